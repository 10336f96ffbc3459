"""Commands on the archive: list, storylines, show, explain, mood, follow, mark, merge, split, undo, export."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from newsdesk.commands.layout import width
from newsdesk.model import Story
from tests.cli.conftest import STORIES, Run, write_jsonl
from tests.cli.test_inspect import assert_calm

pytestmark = pytest.mark.usefixtures("archive")

NO_ROOM = "No space left on device; free some space, or write to another place"


def story_id(newsdesk: Run, query: str) -> str:
    found: str = newsdesk("list", query).lines()[0]["id"]
    return found


def test_list_is_the_contract_newest_first(newsdesk: Run) -> None:
    stories = newsdesk("list").lines()
    assert [story["published"] for story in stories] == ["2026-02-26", "2026-02-25T09:30+09:00", "2026-02-23"]
    assert all(story == Story.from_json(story).to_json() for story in stories)
    whole = json.loads(newsdesk("list", "--format", "json").out)
    assert whole == {"version": 1, "stories": stories}
    assert newsdesk("list", "--format", "csv", "--limit", "1").text.count("\n") == 2
    assert newsdesk("list", "--format", "tsv", "--sort", "title").text.split("\n")[1].split("\t")[8].startswith("Kyoto")
    assert newsdesk("list", "--limit", "0").out == b""


def test_list_in_text_is_a_line_a_story(newsdesk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    lines = newsdesk("list", "--format", "text").text.split("\n")
    assert len(lines) == 4
    assert all(width(line) <= 70 for line in lines)
    assert re.match(r"s[a-z2-7]{10}  ●  2026-02-26  NL +Rotterdam dockers end strike .*…$", lines[0])
    monkeypatch.setenv("COLUMNS", "80")
    lines = newsdesk("list", "--format", "text").text.splitlines()
    assert "Harbour W…  Rotterdam" in lines[0]
    assert all(width(line) <= 80 for line in lines)
    monkeypatch.setenv("COLUMNS", "140")
    assert "Harbour Wire" in newsdesk("list", "--format", "text").text
    none = newsdesk("list", "nosuchword", "--format", "text")
    assert (none.code, none.out, none.told) == (0, b"", "no story matches\n")


def test_queries_narrow(newsdesk: Run) -> None:
    assert len(newsdesk("list", "country:JP").lines()) == 1
    assert len(newsdesk("list", "Rotterdam", "-deal").lines()) == 1
    assert len(newsdesk("list", 'source:"Harbour Wire"').lines()) == 2
    bad = newsdesk("list", "(a")
    assert (bad.code, bad.out) == (2, b"")


def test_storylines(newsdesk: Run) -> None:
    lines = newsdesk("storylines").lines()
    assert sorted(line["stories"] for line in lines) == [1, 2]
    big = next(line for line in lines if line["stories"] == 2)
    assert big["sources"] == ["Harbour Wire"]
    assert big["countries"] == ["NL"]
    assert (big["first_seen"], big["last_seen"]) == ("2026-02-23", "2026-02-26")
    assert json.loads(newsdesk("storylines", "--format", "json").out) == {"version": 1, "storylines": lines}
    assert "2026-02-23 to 02-26" in newsdesk("storylines", "--format", "text").text
    assert len(newsdesk("storylines", "country:JP").lines()) == 1


def test_show_a_story_in_every_format(newsdesk: Run) -> None:
    known = story_id(newsdesk, "walk out")
    text = newsdesk("show", known[:7], "--format", "text").text
    for part in (STORIES[0]["title"], "4,000 dockers had stopped work", "2 comments", "joe · +4", "ann", "Netherlands"):
        assert part in text
    assert newsdesk("show", known).lines()[0]["id"] == known
    assert json.loads(newsdesk("show", known, "--format", "json").out)["stories"][0]["id"] == known
    assert json.loads(newsdesk("show", known, "--format", "ninjs").out)[0]["headlines"][0]["value"] == STORIES[0]["title"]
    assert newsdesk("show", known, "--format", "md").text.startswith("# Rotterdam dockers walk out")


def test_show_a_storyline(newsdesk: Run) -> None:
    line = newsdesk("storylines", "Rotterdam").lines()[0]
    assert newsdesk("show", line["id"]).lines() == [line]
    text = newsdesk("show", line["id"], "--format", "text").text
    assert "2 stories · 2026-02-23 to 2026-02-26" in text
    assert text.count("Rotterdam dockers") >= 3
    assert newsdesk("show", line["id"], "--format", "md").text.count("\n# ") == 1


def test_copies_are_counted_apart_and_told(newsdesk: Run, tmp_path: Path) -> None:
    wire = STORIES[0] | {"comments": []}
    copies = [wire | {"id": f"c{number}", "outlet": f"Outlet {number}", "source": f"Outlet {number}"} for number in range(3)]
    done = newsdesk("refresh", "--seeds", str(write_jsonl(tmp_path / "copies.jsonl", copies)), "--now", "2026-03-02")
    assert done.code == 0
    found = newsdesk("list", "walk out").lines()
    copied = next(story for story in found if story["wire_copy_of"])
    line = newsdesk("show", copied["storyline"]["id"], "--format", "text").text
    assert re.search(r"\d outlets, \d originals?", " ".join(line.split()))
    assert f"copy of   {copied['wire_copy_of']}" in newsdesk("show", copied["id"], "--format", "text").text
    assert f"copy of\n  {copied['wire_copy_of']}\n    near-identical text\n" in newsdesk("explain", copied["id"]).text


def test_explain_says_why(newsdesk: Run) -> None:
    known = story_id(newsdesk, "walk out")
    story = newsdesk("show", known).lines()[0]
    text = newsdesk("explain", known).text
    for reason in (*story["topics"][0]["why"], *story["countries"][0]["why"]):
        assert reason in text
    assert "mood" in text
    assert json.loads(newsdesk("explain", known, "--format", "json").out)["stories"][0] == story
    line = story["storyline"]["id"]
    assert newsdesk("explain", line).text.count("countries") == 2


def test_mood_of_a_story_and_of_a_query(newsdesk: Run) -> None:
    known = story_id(newsdesk, "walk out")
    one = json.loads(newsdesk("mood", known, "--format", "json").out)
    assert one["mood"] == newsdesk("show", known).lines()[0]["mood"]
    assert json.loads(newsdesk("mood", "Rotterdam", "--format", "json").out)["stories"] == 2
    assert json.loads(newsdesk("mood", "Kyoto", "--format", "json").out)["mood"] is None
    assert newsdesk("mood", "Rotterdam").text.startswith("2 comments on 2 stories\n")
    assert newsdesk("mood", "Kyoto").text == "0 comments on 1 story\n"
    assert one["likely"] is None  # of so few


def test_likely_shares_of_many_comments_are_told(newsdesk: Run, tmp_path: Path) -> None:
    comments = ["What a disgrace, they lied to us again.", "Thank you, this is wonderful news."] * 6
    seeds = write_jsonl(
        tmp_path / "zoo.jsonl",
        [
            {
                "id": "9",
                "title": "Zoo opens in Leeds",
                "body": "The new zoo of the town is open to the public.",
                "comments": comments,
            }
        ],
    )
    assert newsdesk("refresh", "--quiet", "--seeds", str(seeds)).code == 0
    likely = json.loads(newsdesk("mood", "Zoo", "--format", "json").out)["likely"]
    assert list(likely) == ["negative", "neutral", "positive"]
    assert sum(likely.values()) == pytest.approx(1.0, abs=0.002)
    assert min(likely["negative"], likely["positive"]) > 0.3
    told = ", ".join(f"{share:.0%} {name}" for name, share in likely.items())
    assert f"likely    {told}, misreadings allowed for" in " ".join(newsdesk("mood", "Zoo").text.split("\n"))


def test_a_label_is_corrected_and_given_back(newsdesk: Run) -> None:
    known = story_id(newsdesk, "walk out")
    before = newsdesk("show", known, "--format", "ndjson").lines()[0]
    said = newsdesk("label", known, "topic:sport", "topic:labour", "country:finland")
    assert (said.code, said.text) == (0, f"{known}  sport, labour · Finland\n")
    (found,) = newsdesk("list", "topic:sport country:FI").lines()
    assert (found["id"], found["topics"][0]["why"], found["topics"][1]) == (known, ["a person said so"], before["topics"][0])
    assert "a person said so" in newsdesk("explain", known).text
    assert newsdesk("label", known, "topic:none").text == f"{known}  no topic · Finland\n"
    told = newsdesk("explain", known).text
    assert f"  none\n  you said; newsdesk found {', '.join(one['name'] for one in before['topics'])}\n" in told
    assert newsdesk("undo").code == newsdesk("redo").code == 0
    assert newsdesk("label", known, "machine").code == 0
    assert newsdesk("show", known, "--format", "ndjson").lines()[0] == before
    assert newsdesk("undo").code == 0
    assert newsdesk("undo").text.endswith(": no topic · Finland\n")
    for words, told in (
        (("sport",), "'sport' is no label: write topic:NAME, country:NAME, or machine alone"),
        (("topic:sprot",), "did you mean 'sport'?"),
        (("topic:election",), "is no top-level topic"),
        (("machine", "topic:sport"), "'machine' is no label"),
    ):
        ran = newsdesk("label", known, *words)
        assert (ran.code, told in ran.told) == (2, True), ran.told


def test_what_an_outlet_changed_is_told(newsdesk: Run, tmp_path: Path) -> None:
    file = tmp_path / "ferry.jsonl"
    told = {"id": "1", "title": "Ferry sinks", "body": ["Ten people died.", "Two are missing."], "source": "Harbour Wire"}
    file.write_text(json.dumps(told), "utf-8")
    assert newsdesk("refresh", "--seeds", str(file)).code == 0
    known = story_id(newsdesk, "ferry")
    assert (newsdesk("show", known, "--changes").out, newsdesk("show", known, "--changes", "--format", "text").out) == (
        b"",
        b"",
    )
    told |= {"title": "Ferry turns over", "body": ["Twelve people died."]}
    file.write_text(json.dumps(told), "utf-8")
    assert newsdesk("refresh", "--seeds", str(file)).code == 0
    first, *rest = newsdesk("show", known, "--changes").lines()
    assert first.pop("seen").endswith("Z")
    assert first == {"version": 2, "what": "headline", "before": "Ferry sinks", "after": "Ferry turns over"}
    assert [(one["before"], one["after"]) for one in rest] == [
        ("Ten people died.", "Twelve people died."),
        ("Two are missing.", None),
    ]
    text = newsdesk("show", known, "--changes", "--format", "text").text
    assert "was: Ferry sinks" in text
    assert "now: taken out" in text
    whole = json.loads(newsdesk("show", known, "--changes", "--format", "json").out)
    assert whole["changes"][1:] == rest
    assert newsdesk("show", known, "--changes", "--format", "md").code == 2


def test_storylines_as_a_table_have_a_row_each(newsdesk: Run) -> None:
    head, *rows = newsdesk("storylines", "--format", "csv").text.splitlines()
    assert head == "id,title,stories,sources,countries,first_seen,last_seen,pinned"
    lines = newsdesk("storylines", "--format", "ndjson").lines()
    assert [row.partition(",")[0] for row in rows] == [line["id"] for line in lines]
    assert lines[0]["pinned"] is False
    assert rows[0].endswith(f"{lines[0]['first_seen']},{lines[0]['last_seen']},false")
    cells = newsdesk("storylines", "--format", "tsv").text.splitlines()[1].split("\t")
    assert (cells[0], cells[1], int(cells[2])) == (lines[0]["id"], lines[0]["title"], lines[0]["stories"])


def test_mood_as_a_table_has_a_comment_a_row(newsdesk: Run) -> None:
    known = story_id(newsdesk, "walk out")
    head, *rows = newsdesk("mood", known, "--format", "csv").text.splitlines()
    assert head.startswith("story,index,author,when,votes,label,score")
    assert [row.split(",")[:2] for row in rows] == [[known, "0"], [known, "1"]]


def test_a_mood_is_judged_counted_given_out_and_undone(newsdesk: Run) -> None:
    known = story_id(newsdesk, "walk out")
    said = newsdesk("judge", known, "1", "positive")
    assert (said.code, said.text) == (0, "positive: A disgrace. This strike ruins small firms.\n")
    one = json.loads(newsdesk("mood", known, "--format", "json").out)
    assert (one["mood"]["negative"], one["judged"]) == (0, 1)
    newsdesk("judge", known, "0", "positive")
    assert newsdesk("list", "mood:positive").lines()[0]["comments"][1]["judged"]["read"]["label"] == "negative"
    assert newsdesk("judge", known, "0", "machine").code == 0
    assert newsdesk("mood", known, "--format", "csv").text.splitlines()[2].endswith(",True")
    text = newsdesk("mood", known).text
    assert "1 comment as you judged" in text
    assert "unscored" not in text
    (label,) = newsdesk("mood", "--labels").lines()
    assert (label["label"], label["parent"], label["title"]) == (
        "positive",
        "Well done, they deserve every cent!",
        "Rotterdam dockers walk out over night shifts",
    )
    assert newsdesk("mood", "Kyoto", "--labels").out == b""
    newsdesk("judge", known, "1", "none")
    assert json.loads(newsdesk("mood", known, "--format", "json").out)["mood"]["scored"] == 1
    text = " ".join(newsdesk("mood", known).text.split())
    assert "unscored 1, in languages that newsdesk doesn't read, without a word, or excluded" in text
    assert "not scored" in newsdesk("undo").text
    assert "the models say" in newsdesk("undo").text
    assert "called a comment positive: “Well done" in newsdesk("undo").text
    assert "called a comment positive: “A disgrace" in newsdesk("undo").text
    assert newsdesk("mood", "--labels").out == b""
    for words in (("judge", known, "7", "none"), ("judge", known, "0", "angry"), ("judge", "nothere", "0", "none"), ("mood",)):
        assert newsdesk(*words).code == 2
    kyoto = story_id(newsdesk, "Kyoto")
    assert newsdesk("judge", kyoto, "0", "none").told == f"newsdesk: {kyoto} has no comments\n"


def test_mood_says_who_read_and_gives_no_share_of_a_few(newsdesk: Run) -> None:
    text = newsdesk("mood", "Rotterdam").text
    assert "base tier" in text
    assert "%" not in text


def test_mood_shows_the_longest_and_the_newest_comments(newsdesk: Run, tmp_path: Path) -> None:
    said = [
        {"text": f"It was told to us {number} times" + " over" * number, "author": f"reader {number}"} for number in range(6)
    ]
    timed = {"text": "So it goes.", "author": "late", "when": "2026-03-12T10:00"}
    story = {"title": "Sluice closed", "body": "It was closed on Monday.", "language": "en", "comments": [*said, timed]}
    newsdesk("refresh", "--seeds", str(write_jsonl(tmp_path / "sluice.jsonl", [story])))
    _, long, new = re.split(r"^(?:longest|newest)$", newsdesk("mood", "Sluice").text, flags=re.MULTILINE)
    assert re.findall(r"reader \d(?=: )", long) == ["reader 5", "reader 4", "reader 3"]
    assert "late: So it goes." in new


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["You are an idiot and a liar, shut up.", "Oh great, yet another brilliant strike. Slow clap."], True),
        (["The sluice is by the mill.", "It was closed on Monday, too."], False),
    ],
)
def test_mood_counts_what_is_toxic_or_sarcastic(newsdesk: Run, tmp_path: Path, said: list[str], told: bool) -> None:
    story = {"title": "Sluice closed", "body": "It was closed on Monday.", "language": "en", "comments": said}
    newsdesk("refresh", "--seeds", str(write_jsonl(tmp_path / "sluice.jsonl", [story])))
    found = re.search(r"besides +(\d+) toxic · \d+ sarcastic", newsdesk("mood", "Sluice").text)
    assert (found is not None and found[1] != "0") is told


def test_follow_muted_paused_and_in_a_folder(newsdesk: Run) -> None:
    assert newsdesk("follow", "country:NL", "--name", "Dutch", "--folder", "Europe", "--mute").code == 0
    (follow,) = newsdesk("follows").lines()
    assert (follow["folder"], follow["muted"], follow["paused"]) == ("Europe", True, False)
    newsdesk("follow", "Dutch", "--pause", "--no-mute")
    (follow,) = newsdesk("follows").lines()
    assert (follow["muted"], follow["paused"], follow["total"]) == (False, True, 0)
    assert "paused" in newsdesk("follows", "--format", "text").text
    assert "paused “Dutch”" in newsdesk("undo").text


def test_follow_look_and_unfollow(newsdesk: Run) -> None:
    made = newsdesk("follow", "country:NL", "dockers", "--name", "Docks", "--alert", "velocity")
    assert made.code == 0
    follow_id = made.text.split()[0]
    assert newsdesk("follow", "country:NL", "dockers").text.split()[0] == follow_id
    follows = newsdesk("follows").lines()
    assert [(follow["id"], follow["name"], follow["total"]) for follow in follows] == [(follow_id, "Docks", 2)]
    assert json.loads(newsdesk("follows", "--format", "json").out) == {"version": 1, "follows": follows}
    assert "Docks" in newsdesk("follows", "--format", "text").text
    gone = newsdesk("unfollow", follow_id[:6])
    assert gone.text.startswith(follow_id)
    assert newsdesk("follows").out == b""
    assert newsdesk("unfollow", "nosuch").code == 2


def test_what_is_new_is_new_until_it_was_looked_at(newsdesk: Run, tmp_path: Path) -> None:
    newsdesk("follow", "topic:sport")
    newsdesk("follow", "ferry", "--name", "Ferries")
    seeds = tmp_path / "more.jsonl"
    seeds.write_text(json.dumps({"id": "9", "title": "Ferry sails again", "body": "The ferry to the island sailed again."}))
    assert newsdesk("refresh", "--quiet", "--seeds", str(seeds)).code == 0
    for _ in range(2):
        new = newsdesk("follows", "--new", "--peek").lines()
        assert [(follow["name"], follow["new"], len(follow["stories"])) for follow in new] == [("Ferries", 1, 1)]
    assert "Ferries: 1 new" in newsdesk("follows", "--new", "--format", "text").text
    assert newsdesk("follows", "--new").out == b""
    assert newsdesk("follows").code == 0


def test_mark_and_undo(newsdesk: Run) -> None:
    known = story_id(newsdesk, "Kyoto")
    assert newsdesk("mark", "read", known).text == "1 story marked read\n"
    assert newsdesk("mark", "star", "country:NL").text == "2 stories starred\n"
    assert len(newsdesk("list", "is:unread").lines()) == 2
    assert len(newsdesk("list", "is:starred").lines()) == 2
    assert newsdesk("undo").text.startswith("undone: ")
    assert newsdesk("list", "is:starred").out == b""
    assert newsdesk("undo").code == 0
    assert len(newsdesk("list", "is:unread").lines()) == 3
    nothing = newsdesk("undo")
    assert (nothing.code, nothing.out, nothing.told) == (0, b"", "there is nothing to undo\n")


def test_a_whole_storyline_can_be_marked(newsdesk: Run) -> None:
    line = newsdesk("storylines", "Rotterdam").lines()[0]["id"]
    assert newsdesk("mark", "read", line).text == "2 stories marked read\n"


def test_merge_and_split(newsdesk: Run) -> None:
    docks = newsdesk("storylines", "Rotterdam").lines()[0]["id"]
    kyoto = newsdesk("storylines", "Kyoto").lines()[0]["id"]
    assert newsdesk("merge", docks, kyoto).text.startswith(f"{docks}  3 stories")
    assert [line["stories"] for line in newsdesk("storylines").lines()] == [3]
    out = newsdesk("split", docks, story_id(newsdesk, "Kyoto"))
    assert "1 stor" in out.text
    assert sorted(line["stories"] for line in newsdesk("storylines").lines()) == [1, 2]
    assert newsdesk("undo").code == 0
    assert [line["stories"] for line in newsdesk("storylines").lines()] == [3]
    assert newsdesk("merge", docks, "tnosuchline").code == 2


def test_export_to_stdout_and_to_a_file(newsdesk: Run, tmp_path: Path) -> None:
    page = newsdesk("export", "country:JP")
    assert page.text.startswith("# Kyoto temple finds a lost scroll")
    target = tmp_path / "out.csv"
    target.write_text("old")
    assert newsdesk("export", "--format", "csv", "--output", str(target)).out == b""
    assert target.read_text().count("\n") == 4
    assert [path.name for path in tmp_path.glob("*.csv")] == ["out.csv"]
    assert not list(tmp_path.glob(".out*"))
    for form in ("json", "ndjson", "ninjs", "atom", "html", "tsv"):
        assert newsdesk("export", "--format", form).code == 0
    assert newsdesk("export", "--output", str(tmp_path)).code == 2
    assert newsdesk("export", "--output", str(tmp_path / "no" / "such.md")).code == 2
    full = newsdesk("export", "--output", "/dev/full")
    assert (full.code, full.told) == (1, f"newsdesk: /dev/full: {NO_ROOM}\n")


def test_a_list_goes_to_a_file_as_an_export_does(newsdesk: Run, tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    target.write_text("old")
    assert newsdesk("list", "--limit", "2", "--output", str(target)).out == b""
    assert target.read_bytes() == newsdesk("list", "--limit", "2", "--format", "csv").out
    for form in ("text", "ndjson", "json", "tsv"):
        newsdesk("list", "--format", form, "--output", str(target))
        assert target.read_bytes() == newsdesk("list", "--format", form).out, form
    newsdesk("list", "--output", str(tmp_path / "stories"))
    assert (tmp_path / "stories").read_bytes() == newsdesk("list", "--format", "ndjson").out
    assert newsdesk("list", "--output", "-").out == newsdesk("list").out
    assert newsdesk("list", "--output", str(tmp_path / "no" / "such.csv")).code == 2
    full = newsdesk("list", "--output", "/dev/full")
    assert (full.code, full.told) == (1, f"newsdesk: /dev/full: {NO_ROOM}\n")


@pytest.mark.parametrize(
    ("command", "usual", "formats"),
    [
        ("storylines", "ndjson", ("text", "ndjson", "json", "csv", "tsv")),
        ("show", "ndjson", ("text", "ndjson", "json", "md", "ninjs")),
        ("mood", "text", ("text", "json", "csv")),
    ],
)
def test_what_is_read_goes_to_a_file_too(
    newsdesk: Run, tmp_path: Path, command: str, usual: str, formats: tuple[str, ...]
) -> None:
    target = tmp_path / "read"
    for words in ([command, story_id(newsdesk, "walk out")], [command, newsdesk("storylines").lines()[0]["id"]]):
        if command == "storylines":
            words = [command, "--limit", "2"]
        for form in formats:
            assert newsdesk(*words, "--format", form, "--output", str(target)).out == b""
            printed = newsdesk(*words, "--format", form).out
            assert (target.read_bytes(), bool(printed)) == (printed, True), form
            newsdesk(*words, "--output", f"{target}.{form}")
            assert Path(f"{target}.{form}").read_bytes() == printed, form
        newsdesk(*words, "--output", str(target))
        assert target.read_bytes() == newsdesk(*words, "--format", usual).out
        assert newsdesk(*words, "--output", "-").out == newsdesk(*words).out
        full = newsdesk(*words, "--output", "/dev/full")
        assert (full.code, full.told) == (1, f"newsdesk: /dev/full: {NO_ROOM}\n")
    target.write_text("old")
    assert newsdesk(command, "no:such", "--output", str(target)).code == 2
    assert target.read_text() == "old"


def test_the_changes_of_a_story_and_the_moods_judged_go_to_a_file_and_never_through_a_pager(
    newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, target = story_id(newsdesk, "walk out"), tmp_path / "read"
    newsdesk("judge", known, "1", "positive")
    newsdesk("mood", "--labels", "--output", str(target))
    assert json.loads(target.read_text("utf-8"))["label"] == "positive"
    newsdesk("show", known, "--changes", "--output", f"{target}.json")
    assert json.loads(Path(f"{target}.json").read_text("utf-8")) == {"version": 1, "changes": []}
    monkeypatch.setenv("PAGER", "false")
    monkeypatch.setattr("newsdesk.commands.console._is_terminal", lambda stream: True)
    monkeypatch.setattr("os.get_terminal_size", lambda *_: os.terminal_size((80, 2)))
    done = newsdesk("show", known, "--format", "text", "--output", str(target))
    assert (done.code, done.out, done.told) == (0, b"", "")
    assert "Rotterdam" in target.read_text("utf-8")


def test_without_a_format_the_ending_of_the_file_is_one(newsdesk: Run, tmp_path: Path) -> None:
    line = newsdesk("storylines").lines()[0]["id"]
    for words in (("export", "country:JP"), ("digest",), ("handover", line)):
        for name, begins in (("o.html", "<!DOCTYPE html>"), ("o.json", '{"version": 1, '), ("o.atom", "<?xml"), ("o.md", "# ")):
            newsdesk(*words, "--output", str(tmp_path / name))
            assert (tmp_path / name).read_text("utf-8").startswith(begins), (words, name)
    assert newsdesk("export", "--format", "json", "--output", str(tmp_path / "o.html")).code == 0
    assert (tmp_path / "o.html").read_text("utf-8").startswith("{")
    newsdesk("export", "country:JP", "--output", str(tmp_path / "notes.of.today"))
    assert (tmp_path / "notes.of.today").read_text("utf-8").startswith("# Kyoto")
    for name, begins in (("o.HTM", "<!DOCTYPE html>"), ("o.jsonl", '{"id"'), ("o.markdown", "# ")):
        assert newsdesk("export", "--output", str(tmp_path / name)).told == ""
        assert (tmp_path / name).read_text("utf-8").startswith(begins), name
    for command, usual in (("export", "md"), ("list", "ndjson")):
        told = newsdesk(command, "--output", str(tmp_path / "o.pdf")).told
        assert told == f"{tmp_path / 'o.pdf'}: no format is called pdf, so it is written as {usual} (--format)\n"


def test_an_export_that_fails_leaves_the_old_file(newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.md"
    target.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("newsdesk.export.markdown._blocks", fail)
    assert newsdesk("export", "--output", str(target)).code == 1
    assert target.read_text() == "old"
    assert not list(tmp_path.glob(".out*"))


def test_an_export_goes_where_a_link_points_and_who_may_read_it_stays(newsdesk: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept.md"
    kept.write_text("old")
    kept.chmod(0o600)
    (tmp_path / "link.md").symlink_to(kept)
    assert newsdesk("export", "--output", str(tmp_path / "link.md")).code == 0
    assert (tmp_path / "link.md").is_symlink()
    assert kept.read_text().startswith("# ")
    assert kept.stat().st_mode & 0o777 == 0o600


def test_reading_commands_make_no_archive(newsdesk: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    for words in (["list"], ["storylines"], ["follows"], ["export"], ["doctor"], ["config", "show"], ["config", "paths"]):
        done = newsdesk(*words, "--data", str(empty))
        assert done.code == 0, words
        assert not empty.exists(), words


def test_terminal_colours_are_ours_alone(newsdesk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsdesk.commands.console._is_terminal", lambda stream: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    known = story_id_plain(newsdesk)
    for words in (["list"], ["storylines"], ["show", known], ["explain", known], ["mood", known]):
        text = newsdesk(*words).text
        assert "\x1b[" in text
        assert_calm(re.sub(r"\x1b\[[0-9;]*m", "", text))
        assert all(line.count("\x1b[") % 2 == 0 for line in text.split("\n"))
    monkeypatch.setenv("NO_COLOR", "1")
    assert_calm(newsdesk("list").text)


def test_a_format_that_is_named_gives_the_same_bytes_on_a_terminal(
    newsdesk: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = tmp_path / "xdg" / "config" / "newsdesk" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[[feeds]]\nurl = "https://a.example/rss"\n[[feeds]]\nurl = "https://b.example/much/longer/rss"\n')
    known = story_id_plain(newsdesk)
    commands = (["list"], ["storylines"], ["show", known], ["explain", known], ["mood", known], ["feeds", "list"], ["digest"])
    off = [newsdesk(*words, "--format", "text").out for words in commands]
    monkeypatch.setattr("newsdesk.commands.console._is_terminal", lambda stream: True)
    monkeypatch.setattr("os.get_terminal_size", lambda *_: os.terminal_size((200, 50)))
    monkeypatch.setenv("TERM", "xterm-256color")
    assert [newsdesk(*words, "--format", "text").out for words in commands] == off


def story_id_plain(newsdesk: Run) -> str:
    found: str = newsdesk("list", "walk out", "--format", "ndjson").lines()[0]["id"]
    return found
