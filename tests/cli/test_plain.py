"""`newsdesk --plain`: the desk line by line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from newsdesk.commands.console import Console
from newsdesk.commands.plain import Plain
from newsdesk.commands.plain_lists import PAGE, Say
from newsdesk.commands.plain_sitting import Children
from newsdesk.commands.plain_words import WORDS, tell_when
from newsdesk.config import Config
from newsdesk.desk import Desk
from newsdesk.feeds.health import FeedHealth
from newsdesk.paths import find_paths
from tests.cli.conftest import Run

Sitting = Callable[..., list[str]]


class NothingBeside:
    """No other process: what it would be told is said."""

    def refresh(self, say: Say, only: str | None = None) -> None:
        say(f"refreshed {only or 'all'}")

    def run(self, say: Say, words: Sequence[str]) -> None:
        say(f"ran {' '.join(words)}")

    def feeds_health(self) -> Sequence[FeedHealth]:
        failing = FeedHealth("https://a.example/rss", "https://a.example/rss", "A", "feed", last_error="no answer", failures=2)
        return (failing, FeedHealth("https://b.example/rss", "https://b.example/rss", None, "feed", stories=3))


@pytest.fixture
def sitting(archive: Path) -> Iterator[Sitting]:
    """Lines done one after the other; what the last one said comes back."""
    said: list[str] = []
    with Desk.open(find_paths({}, None, str(archive))) as desk:
        plain = Plain(desk, said.append, NothingBeside())

        def do(*lines: str) -> list[str]:
            for line in lines:
                said.clear()
                assert plain.do(line)
            return list(said)

        yield do


def test_a_list_has_numbers_and_words_alone(sitting: Sitting) -> None:
    said = sitting("list")
    assert said[0].startswith(
        "1. Rotterdam dockers end strike after deal on night shifts. Harbour Wire, 26 February 2026, Netherlands"
    )
    assert "unread" in said[0]
    assert said[-1] == "That is all."
    assert all(char.isalnum() or char.isspace() or char in ".,:;-'\"!?+" for line in said for char in line)


def test_words_mind_no_capitals(sitting: Sitting) -> None:
    sitting("List kyoto", "1")
    assert sitting("Follow") == ["You follow Kyoto temple finds a lost scroll."]
    assert sitting("FOLLOWS")[0].startswith("1. Kyoto temple finds a lost scroll.")


def test_an_empty_desk_says_so_of_every_list(tmp_path: Path) -> None:
    said: list[str] = []
    with Desk.open(find_paths({}, None, str(tmp_path))) as desk:
        plain = Plain(desk, said.append, NothingBeside())
        for line in ("list", "storylines", "topics", "countries"):
            said.clear()
            plain.do(line)
            assert said == ["There are no stories yet: refresh reads the sources; newsdesk feeds add URL adds one."], line


def test_a_number_reads_and_marks_read(sitting: Sitting) -> None:
    said = sitting("list kyoto", "1")
    assert said[0] == "Kyoto temple finds a lost scroll"
    assert "Countries: Japan." in said
    assert "unread" not in sitting("list kyoto")[0]
    assert sitting("undo")[0].startswith("Undone: ")
    assert "unread" in sitting("list kyoto")[0]
    assert sitting("redo") == ["Done again: marked 1 story read."]
    assert "unread" not in sitting("list kyoto")[0]
    assert sitting("redo") == ["There is nothing to redo."]


def test_a_list_of_follows_goes_on_when_one_of_them_is_gone(sitting: Sitting) -> None:
    for number in range(17):
        sitting(f"follow kyoto OR word{number}")
    first = sitting("follows")
    assert first[0].startswith("1. kyoto OR word0. 1 story, ")
    assert first[-1] == "2 more: press Enter."
    assert sitting("unfollow 16") == ["You no longer follow kyoto OR word15."]
    assert sitting("")[0] == "16. No longer followed."


def test_comments_and_reasons(sitting: Sitting) -> None:
    said = sitting("list walk", "1", "comments")
    assert said[0].startswith("2 comments: ")
    assert sitting("com") == said, "compare came later"
    assert said[2].startswith("2. ann, ")
    assert "reply, level 1" in said[2]
    assert any("Netherlands: " in line for line in sitting("why"))


def test_labels_are_corrected_and_changes_told(sitting: Sitting) -> None:
    assert sitting("list walk", "1", "changes") == ["Nothing changed in this story."]
    assert sitting("label topic:sport country:finland") == ["Topics: sport. Countries: Finland; undo takes it back."]
    assert sitting("why")[:2] == ["sport: a person said so.", "Finland: a person said so."]
    assert sitting('label country:"New Zealand" country:fi') == [
        "Topics: sport. Countries: New Zealand, Finland; undo takes it back."
    ]
    assert sitting("label sport") == ["'sport' is no label: write topic:NAME, country:NAME, or machine alone."]
    assert sitting("label") == ["say what it is about: topic:NAME, country:NAME, or machine alone."]
    assert sitting("list country:FI")[0].startswith("1. Rotterdam dockers walk out")
    assert sitting("1", "label machine") != []
    assert any("Netherlands: " in line for line in sitting("why"))


def test_marks_by_number_and_of_what_is_open(sitting: Sitting) -> None:
    assert sitting("list", "read 2") == ["Marked read."]
    assert sitting("read 2") == ["It was read already."]
    assert len(sitting("list is:unread")) == 3
    assert sitting("list", "unread 2") == ["Marked unread."]
    assert sitting("1", "unread") == ["Marked unread."]
    assert len(sitting("list is:unread")) == 4
    assert sitting("topics", "read 1") == ["the list is not one of stories; say list."]


def test_next_goes_through_what_is_unread(sitting: Sitting) -> None:
    first = sitting("next")[0]
    second = sitting("next")[0]
    third = sitting("next")[0]
    assert len({first, second, third}) == 3
    assert sitting("next") == ["No unread story further down the list."]
    assert sitting("unread", "next") == ["No unread story further down the list. 1 unread in all: list is:unread."]


def test_lists_of_topics_and_countries_open_stories(sitting: Sitting) -> None:
    said = sitting("countries")
    number = next(line.partition(".")[0] for line in said if "Japan" in line)
    assert "Kyoto temple" in sitting("countries", number)[0]
    assert sitting("topics")[0][0] == "1"


def test_follow_what_is_open_and_what_is_listed(sitting: Sitting) -> None:
    assert sitting("follows") == ["You follow nothing yet: open a story and say follow."]
    assert sitting("list kyoto", "1", "follow")[0].startswith("You follow Kyoto")
    assert sitting("follow country:NL") == ["You follow Netherlands."]
    assert [line.split(".")[0] for line in sitting("follows")[:2]] == ["1", "2"]
    assert sitting("unfollow 2") == ["You no longer follow Netherlands."]
    assert sitting("unfollow Nowhere")[0].startswith("'Nowhere' is not followed")


def test_marks_by_number(sitting: Sitting) -> None:
    assert sitting("list", "star 2") == ["Starred."]
    assert "starred" in sitting("list is:starred")[0]
    assert sitting("list", "catchup") == ["3 stories marked read; undo takes it back."]


def test_search_is_a_word_and_so_is_what_others_call_it(sitting: Sitting) -> None:
    assert sitting("search kyoto")[0].startswith("1. Kyoto temple")
    assert sitting("find kyoto") == sitting("search kyoto")
    assert sitting("search")[0].startswith("say what to search for")
    assert sitting("list topic:moood")[0].endswith("?")  # and no full stop behind it


def test_what_is_wrong_is_said_and_the_mend(sitting: Sitting) -> None:
    assert sitting("st")[0] == "'st' may be storylines or star; write more of it."
    assert sitting("hello")[0].startswith("there is no command 'hello'; ")
    assert sitting("7")[0] == "nothing is listed: say list."
    assert sitting("list", "99")[0] == "the list has numbers 1 to 3."
    assert sitting("list (") != []
    assert sitting("list nosuchword")[0].startswith("No story matches nosuchword")
    assert sitting("comments")[0].startswith("no story is open")
    assert len(sitting("help")) == len(WORDS) + 1


def test_a_long_list_comes_in_parts(sitting: Sitting, newsdesk: Run, tmp_path: Path) -> None:
    seed = tmp_path / "many.jsonl"
    words = ("amber", "basil", "cedar", "delta")
    stories = [
        {"id": f"m{n}", "title": f"Stack {n} {words[n % 4]}", "body": [f"Lot {n * 97} of {words[n // 4 % 4]}."]}
        for n in range(40)
    ]
    seed.write_text("".join(json.dumps(story) + "\n" for story in stories), "utf-8")
    newsdesk("refresh", "--quiet", "--seeds", str(seed))
    assert sitting("list stack")[-1] == "25 more: press Enter."
    assert sitting("")[0].startswith("16. ")
    assert sitting("more")[-1] == "That is all."
    assert sitting("")[0] == "That is the end of the list."
    assert sitting("previous")[0].startswith("16. ")
    assert sitting("previous", "previous") == ["That is the start of the list."]


def test_the_real_program_reads_stdin_on_a_dumb_terminal(program: Run, tmp_path: Path) -> None:
    ran = program("--demo", "--plain", stdin=b"list\n1\nquit\nlist\n", env={"TERM": "dumb", "HOME": str(tmp_path)})
    assert ran.code == 0
    assert "newsdesk. 25 stories, 25 unread." in ran.text
    assert ran.text.count("\n1. ") == 1
    assert b"\x1b" not in ran.out


def test_the_end_of_stdin_is_the_end(program: Run, tmp_path: Path) -> None:
    assert program("--demo", "--plain", env={"HOME": str(tmp_path)}).code == 0


def test_only_who_has_no_story_yet_is_welcomed(program: Run, archive: Path, tmp_path: Path) -> None:
    kept = program("--plain", env={"HOME": str(tmp_path)})
    assert "newsdesk. 3 stories" in kept.text
    assert "Welcome" not in kept.text
    with Desk.open(find_paths({}, None, str(archive))) as desk:
        desk.mute(["Harbour Wire", "Kansai Evening"])
    assert "Welcome" not in program("--plain", env={"HOME": str(tmp_path)}).text
    empty = program("--plain", "--data", str(tmp_path / "empty"), env={"HOME": str(tmp_path)})
    assert "Welcome" in empty.text


def test_a_refresh_that_is_interrupted_may_finish_what_it_keeps(tmp_path: Path) -> None:
    mark = tmp_path / "kept"
    keeps = "import os, pathlib, select, signal, sys; os.kill(os.getppid(), signal.SIGINT)\n"
    keeps += "select.select((), (), (), 0.6); pathlib.Path(sys.argv[1]).touch()"
    said: list[str] = []
    with Desk.open(find_paths({}, None, str(tmp_path))) as desk:
        Children([sys.executable, "-c", keeps, str(mark)], Console({}), desk, Config(), None, None).refresh(said.append)
    assert said[-1] == "Stopped; what was read so far is kept."
    assert mark.exists()


def test_a_source_is_muted_and_let_in_again(sitting: Sitting) -> None:
    every = sitting("list")
    assert sitting("mute Harbour Wire")[0].startswith("Harbour Wire is muted, ")
    assert "Harbour Wire," not in "\n".join(sitting("list"))
    assert "Harbour Wire," in "\n".join(sitting("list is:muted"))
    assert sitting("mute") == ["Muted: Harbour Wire."]
    assert sitting("mute harbour wire") == ["harbour wire is let in again."]
    assert sitting("mute") == ["Muted: nothing."]
    assert sitting("list") == every


def test_a_muted_source_that_no_story_names_is_told_of_and_a_number_means_the_storys(sitting: Sitting) -> None:
    assert sitting("mute 12 Uhr Blatt") == ["12 Uhr Blatt is muted, but no story names a source so yet; undo takes it back."]
    assert sitting("list", "mute 1")[0].startswith("Harbour Wire is muted, ")


def test_storylines_are_merged_and_split_by_number(sitting: Sitting) -> None:
    before = sitting("storylines")
    said = sitting("merge 1 2")[0]
    assert said.startswith("One storyline now, 3 stories: ")
    assert sitting("more") == ["That is the end of the list."]
    assert sitting("merge 1 1") == ["they are in one storyline already."]
    assert sitting("merge")[0].startswith("say merge 2 3 ")
    assert sitting("list kyoto", "1", "split")[0].startswith("Taken out of ")
    assert sitting("split")[0].startswith("the story is alone in its storyline")
    sitting("undo", "undo", "undo")  # reading it was a step too
    assert sitting("storylines") == before
    assert sitting("list dockers", "1", "list kyoto", "merge 1")[0].startswith("One storyline now, 3 stories: ")


def test_a_number_means_what_was_read_out_with_it_also_when_another_one_has_gone(sitting: Sitting) -> None:
    for number in range(PAGE + 1):
        sitting(f"search kyoto OR word{number}", f"save n{number:02}")
    assert sitting("saved")[0] == "1. n00: kyoto OR word0."
    assert sitting(f"drop n{PAGE}", "more")[0] == f"{PAGE + 1}. No longer there."


def test_a_search_is_saved_listed_followed_and_dropped(sitting: Sitting) -> None:
    assert sitting("saved") == ["No search is saved yet: search for something, then say save and a name."]
    assert sitting("list", "save all") == ["search for something first: that is saved."]
    assert sitting("search kyoto", "save temples") == ["Saved as temples: kyoto. saved lists what is saved."]
    assert sitting("saved") == ["1. temples: kyoto.", "That is all."]
    assert sitting("follow 1") == ["You follow kyoto."]
    assert "Kyoto temple" in sitting("1")[0]
    assert sitting("drop temples") == ["Dropped temples; undo takes it back."]
    assert sitting("undo", "saved")[0] == "1. temples: kyoto."


def test_a_digest_is_heard_without_signs_and_its_stories_open_by_number(sitting: Sitting) -> None:
    said = sitting("digest")
    assert said[0] == "Digest: 3 stories since the last run."
    assert not any("·" in line or "T0" in line for line in said)
    number = next(line.partition(".")[0] for line in said if line[0].isdecimal() and "Kyoto" in line)
    assert sitting(number)[0] == "Kyoto temple finds a lost scroll"


def test_many_comments_come_in_parts(sitting: Sitting, newsdesk: Run, tmp_path: Path) -> None:
    seed = tmp_path / "thread.jsonl"
    comments = [f"Answer {number}" for number in range(PAGE + 2)]
    seed.write_text(json.dumps({"id": "c", "title": "Ferry delayed", "body": "Ice.", "comments": comments}) + "\n", "utf-8")
    newsdesk("refresh", "--quiet", "--seeds", str(seed))
    assert sitting("search ferry", "1", "comments")[-1] == "2 more: press Enter."
    assert sitting("star", "")[0].endswith(f"Answer {PAGE}")
    assert sitting("") == ["That is the end of the list."]


def test_the_mood_of_the_open_story_and_of_a_query(sitting: Sitting) -> None:
    assert sitting("mood")[0].startswith("no story is open")
    assert sitting("list walk", "1", "mood")[0].startswith("2 comments: ")
    assert sitting("mood country:NL")[0].startswith("2 comments: ")
    assert sitting("mood kyoto") == ["No comments."]


def test_a_list_is_written_to_a_file_whose_ending_says_how(sitting: Sitting, tmp_path: Path) -> None:
    assert sitting("list kyoto", f"export {tmp_path}/my stories.md") == [f"1 story written to {tmp_path}/my stories.md."]
    assert "Kyoto temple" in (tmp_path / "my stories.md").read_text("utf-8")
    assert sitting(f"export {tmp_path}/x.doc")[0].startswith("end the file's name in one of md, json")
    assert sitting("export")[0] == "say the name of a file, as in export stories.md."
    assert sitting("topics", "export x.md") == ["the list is not one of stories; say list."]


def test_feeds_are_listed_in_sentences_and_tried_again_by_number(sitting: Sitting) -> None:
    assert sitting("feeds") == [
        "1. A, https://a.example/rss. 0 stories, fails, 2 times: no answer.",
        "2. https://b.example/rss. 3 stories, never asked yet.",
        "That is all.",
    ]
    assert sitting("retry 1") == ["refreshed https://a.example/rss"]
    assert sitting("feeds add https://c.example/rss")[0] == "ran feeds add https://c.example/rss"
    assert sitting("list", "retry 1") == ["say feeds first, then retry and a number."]


def test_a_feed_is_added_from_within_and_told_of(program: Run, tmp_path: Path) -> None:
    lines = b"feeds\nfeeds add http://127.0.0.1:9/rss\nfeeds add http://127.0.0.1:9/rss\nfeeds\n"
    first = program("--plain", stdin=lines, env={"HOME": str(tmp_path)})
    assert "added http://127.0.0.1:9/rss" in first.text
    assert "start newsdesk --plain again" in first.text
    ran = program("--plain", stdin=lines.replace(b"9/rss", b"9/atom"), env={"HOME": str(tmp_path)})
    assert "1. http://127.0.0.1:9/rss. 0 stories, fails" in ran.text
    assert "added http://127.0.0.1:9/atom" in ran.text
    assert "this feed is in the settings already" in ran.text
    assert "2. http://127.0.0.1:9/atom. 0 stories, never asked yet." in ran.text
    demo = program("--plain", "--demo", stdin=lines, env={"HOME": str(tmp_path)})
    assert "the samples have no settings to change" in demo.text


def test_help_tells_of_one_command_and_of_queries(sitting: Sitting) -> None:
    assert sitting("help star") == ["star NUMBER: give it a star."]
    assert any(line.startswith("country, a colon, then ") for line in sitting("help search"))
    assert sitting("help xyz")[0].startswith("there is no command 'xyz'")


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2026-03-12", "12 March 2026"),
        ("2026-03-12T09:40", "12 March 2026, 09:40"),
        ("2026-03-12T09:40-03:00", "12 March 2026, 09:40, UTC minus 03:00"),
        ("2026-03-12T09:40+05:30", "12 March 2026, 09:40, UTC plus 05:30"),
        ("last week", "last week"),
    ],
)
def test_dates_are_said_as_they_are_spoken(when: str, told: str) -> None:
    assert tell_when(when) == told


def test_a_mistake_in_a_query_is_told_by_the_word_before_it(sitting: Sitting) -> None:
    assert sitting("list kyoto (") == ["after '(': a term is missing at the end."]
    assert sitting("list temple topic:moood")[0].startswith("after 'temple': no topic is called 'moood'")
    assert sitting("follow topic:moood")[0].startswith("no topic is called 'moood'")


def test_the_mood_of_a_comment_is_judged_by_the_number_it_was_read_out_with(sitting: Sitting) -> None:
    assert sitting("list walk", "1", "judge 1 negative") == ["say comments first, then judge, a number and a mood."]
    assert sitting("comments")[1].startswith("1. joe, ")
    said = sitting("judge 2 positive")[0]
    assert said.startswith("Comment 2: positive, you say")
    assert said.endswith("undo takes it back.")
    assert "positive, you said" in sitting("comments")[2]
    assert sitting("judge 3 positive") == ["the story has comments 1 to 2."]
    assert sitting("judge 1 glad")[0].startswith(
        "a comment's mood can be said to be negative, neutral, positive, none, machine"
    )
    assert sitting("judge 2") == ["say judge, the number of a comment and its mood, as in judge 2 negative."]
    sitting("judge 2 machine")
    assert "you said" not in sitting("comments")[2]
    assert sitting("list kyoto", "1", "judge 1 negative") == ["the story has no comments."]


def test_a_storyline_is_renamed_pinned_and_unpinned(sitting: Sitting) -> None:
    assert sitting("rename")[0].startswith("say its new title, as in rename 2 The port strike")
    assert sitting("list kyoto", "1", "rename The lost scroll") == ["Renamed to The lost scroll; undo takes it back."]
    assert any(line.startswith("1. The lost scroll. ") for line in sitting("storylines scroll"))
    assert sitting("rename 1 2 scrolls") == ["Renamed to 2 scrolls; undo takes it back."]
    assert sitting("pin 1") == ["2 scrolls is pinned: it is never merged or split unasked; undo takes it back."]
    assert "pinned" in sitting("storylines scroll")[0]
    assert sitting("pin") == ["2 scrolls is pinned already."]
    assert sitting("unpin") == ["2 scrolls is no longer pinned; undo takes it back."]
    assert sitting("unpin 1") == ["2 scrolls is not pinned."]


def test_a_story_is_moved_into_another_storyline(sitting: Sitting) -> None:
    before = sitting("storylines")
    assert sitting("move")[0].startswith("say move 2 3 ")
    assert sitting("list kyoto", "1", "list dockers", "move 1")[0].startswith("Moved into ")
    assert len(sitting("storylines")) == len(before) - 1
    sitting("undo")
    assert sitting("storylines")[-1] == before[-1]
    assert len(sitting("storylines")) == len(before)
    assert sitting("list", "move 1 1") == ["the story is in that storyline already."]
    assert sitting("storylines", "move 1 2") == ["the list is not one of stories; say list."]
    assert sitting("list kyoto", "1", "storylines dockers", "move 1")[0].startswith("Moved into ")


def test_a_handover_is_heard_and_written(sitting: Sitting, tmp_path: Path) -> None:
    assert sitting("handover")[0].startswith("no story is open")
    said = sitting("list dockers", "1", "handover")
    assert said[0].startswith("Handover of ")
    assert "The story so far." in said
    assert any(line.startswith("Sources: Harbour Wire, ") for line in said)
    assert not any("·" in line or "s2" in line for line in said)
    step = next(line.partition(".")[0] for line in said if line[0].isdecimal())
    assert "dockers" in sitting(step)[0]
    assert sitting("storylines dockers", f"handover 1 {tmp_path}/dockers.md") == [f"Written to {tmp_path}/dockers.md."]
    assert "## The story so far" in (tmp_path / "dockers.md").read_text("utf-8")
    assert sitting(f"handover {tmp_path}/x.doc")[0].startswith("end the file's name in one of md, ")


def test_what_is_new_in_a_follow_is_told_until_it_was_looked_at(sitting: Sitting, newsdesk: Run, tmp_path: Path) -> None:
    sitting("follow country:NL", "follows", "1")
    seed = tmp_path / "later.jsonl"
    seed.write_text(json.dumps({"id": "n", "title": "Amsterdam trams stop", "body": "Ice in Amsterdam, Netherlands."}), "utf-8")
    newsdesk("refresh", "--quiet", "--seeds", str(seed))
    said = sitting("follows", "1")
    assert said[0].startswith("1 new since ")
    told = [line for line in said if "new, " in line]
    assert len(told) == 1
    assert "Amsterdam trams stop" in told[0]
    assert not any("new, " in line or "new since" in line for line in sitting("follows", "1"))


def test_coverage_is_told_by_topic_and_opens_its_stories(sitting: Sitting) -> None:
    said = sitting("coverage")
    assert said[0] == "3 stories by topic."
    assert said[-1] == "That is all."
    number, _, line = next(one.partition(". ") for one in said[1:] if "labour" in one)
    assert line == "labour. 2 stories: Netherlands 2."
    assert len(sitting(number)) == 3
    assert "labour" not in "\n".join(sitting("coverage country:JP"))
    assert sitting("coverage country:JP")[0] == "1 story by topic."
    assert "Kyoto temple" in sitting("1")[0]
    assert sitting("coverage nosuchword")[0] == "No story matches nosuchword: list shows all."
    assert all(char.isalnum() or char.isspace() or char in ".,:;-'\"!?+" for line in sitting("coverage") for char in line)


def test_a_story_is_read_beside_another_account(sitting: Sitting) -> None:
    assert sitting("compare") == ["no story is open; say the number of one in the list."]
    said = sitting("list dockers", "1", "compare")
    opened, beside = said[:2]
    assert "Rotterdam dockers end strike" in opened
    assert "Rotterdam dockers walk out" in beside
    assert said[2].startswith("The first, 1: ")
    assert said[3].startswith("The second, 1: ")
    assert "unread" not in "\n".join(sitting("list dockers"))
    said = sitting("list dockers", "2", "list kyoto", "compare 1")
    assert said[1].startswith("Kansai Evening: Kyoto temple finds a lost scroll. ")
    assert any(line.endswith(" ends here.") for line in said)
    assert sitting("1", "compare 1") == ["that is the story that is open."]
    assert sitting("compare") == ["no other story tells of this yet; merge joins storylines."]


def test_a_label_is_said_of_a_whole_storyline_and_taken_from_it(sitting: Sitting) -> None:
    sitting("list walk", "1")
    assert sitting("label all topic:sport") == ["topic:sport said of 2 stories; undo takes it back."]
    assert len(sitting("list topic:sport")) == 3
    assert sitting("label all topic:sport") == ["Nothing changes by that."]
    assert sitting('label all -country:"Netherlands"') == ["country:Netherlands taken from 2 stories; undo takes it back."]
    assert sitting("list country:NL")[0].startswith("No story matches")
    sitting("undo")
    assert sitting("label all -topic:sport") == ["topic:sport taken from 2 stories; undo takes it back."]
    for wrong in ("label all", "label all topic:sport country:FI", "label all machine"):
        assert "label" in sitting(wrong)[0]
    assert sitting("list topic:sport")[0].startswith("No story matches")
