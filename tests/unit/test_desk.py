"""The desk on real files: what it keeps, and what its lists and counts say of it."""

from __future__ import annotations

import itertools
import mmap
import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from newsdesk.archive.rows import SourceState
from newsdesk.archive.sources import born
from newsdesk.desk import Desk, Sort
from newsdesk.errors import UsageError
from newsdesk.model import Story
from tests.unit.desks import ALL, NOW, QUAKE, VOTE, assert_well, headings, make_story, open_desk, tag


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        first = desk.keep(ALL)
        assert (len(first.new), first.changed, first.unchanged) == (4, (), 0)
        assert len(first.storylines_new) == 3
        version, before = desk.version(), [desk.story(one) for one in desk.ids()]
        again = desk.keep(ALL)
        assert (again.new, again.changed, again.unchanged) == ((), (), 4)
        assert desk.version() == version
        assert [desk.story(one) for one in desk.ids()] == before
        assert_well(desk)


def test_a_changed_story_is_a_new_revision_and_the_earlier_one_is_kept(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        story_id = desk.ids("russia")[0]
        kept = desk.keep([VOTE.with_(body=("Turnout was low.",), hints=("politics", "sport"), published="2026-01-20")])
        assert kept.changed == (story_id,)
        assert [story.revision for story in desk.revisions(story_id)] == [1, 2]
        assert desk.revisions(story_id)[0].body == VOTE.body
        now = desk.story(story_id)
        assert now is not None
        assert now.body == ("Turnout was low.",)
        assert headings(desk, "turnout") == headings(desk, "topic:sport") == [VOTE.title]
        assert headings(desk, "polls") == headings(desk, "country:RU") == []
        assert desk.ids()[0] == story_id  # it moved in time
        assert_well(desk)


@pytest.mark.parametrize("apart", [False, True])
def test_the_last_line_of_an_id_counts_also_when_one_above_it_is_edited(tmp_path: Path, apart: bool) -> None:
    def said(body: str, index: int) -> Story:
        return make_story("7", "Strike at the port", body, index=index, published="2026-01-13")

    def keep(desk: Desk, *lines: Story) -> tuple[str, ...]:
        read: dict[tuple[str, ...], int] = {}
        batches = [(line,) for line in lines] if apart else [lines]
        return tuple(dict.fromkeys(one for batch in batches for one in desk.keep(batch, read=read).changed))

    with open_desk(tmp_path) as desk:
        keep(desk, said("It began at dawn.", 0), said("It ended at noon.", 1))
        (story_id,) = desk.ids()
        keep(desk, said("It began at five.", 0), said("It ended at noon.", 1))
        found = desk.story(story_id)
        assert found is not None
        assert (found.body, found.revision) == (("It ended at noon.",), 4 if apart else 2)
        assert not keep(desk, said("It began at five.", 0), said("It ended at noon.", 1))
        assert keep(desk, said("It began at five.", 0), said("It ended at one.", 1)) == (story_id,)
        assert keep(desk, said("It began at four.", 0), said("It ended at two.", 1)) == (story_id,)
        again = desk.story(story_id)
        assert again is not None
        assert again.body == ("It ended at two.",)
        assert_well(desk)


def test_renamed_removed_and_doubled_files(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        before = desk.ids()
        moved = [story.with_(origins=make_story(story.origins[0].item_id, None, path="b.jsonl").origins) for story in ALL]
        kept = desk.keep(moved)
        assert (kept.new, kept.changed) == ((), ())
        assert desk.ids() == before
        story = desk.story(before[0])
        assert story is not None
        assert [origin.path for origin in story.origins] == ["a.jsonl", "b.jsonl"]


def test_a_story_comes_back_whole(tmp_path: Path) -> None:
    full = QUAKE[0].with_(
        updated="2026-01-10T09:00+09:00",
        byline="Ann Lee",
        dateline="KAMIKAWA",
        url="https://example.org/q",
        highlights=("Ten dead",),
        extra={"odd": [1, None]},
        outlet="Example",
    )
    with open_desk(tmp_path) as desk:
        desk.keep([full])
        found = desk.story(desk.ids()[0])
        assert found is not None
        assert found.storyline is not None
        assert found.with_(id="", storyline=None) == tag(full)


def test_lists_are_windows_of_one_order(tmp_path: Path) -> None:
    batch = [
        make_story(
            str(n),
            f"Title {n}",
            f"Text number{n} of its own kind{n}.",
            index=n,
            published=f"2026-01-{n % 9 + 1:02d}",
            hints=("sport",),
        )
        for n in range(120)
    ]
    with open_desk(tmp_path) as desk:
        desk.keep(batch)
        sorts: tuple[Sort, ...] = ("newest", "oldest", "title", "arrived")
        for query, sort in itertools.product(("", "topic:sport", "title", "is:unread"), sorts):
            whole = desk.ids(query, sort)
            assert len(whole) == len(set(whole)) == 120 == desk.count(query)
            windows = [row.id for at in range(0, 120, 25) for row in desk.rows(query, sort, 25, at)]
            assert windows == whole
        newest = [row.published for row in desk.rows("topic:sport")]
        assert newest == sorted(newest, reverse=True)  # type: ignore[type-var]
        assert desk.ids(sort="oldest") == desk.ids()[::-1]
        assert desk.rows_of(desk.ids()[5:9][::-1]) == desk.rows()[5:9][::-1]
        lines = desk.storyline_ids()
        assert [row.id for at in range(0, len(lines), 7) for row in desk.storyline_rows(limit=7, offset=at)] == lines
        assert desk.storyline_count() == len(lines)
        for query in ("", "topic:sport", "title", "is:unread", "titl*", "/tit.e/"):
            lines = desk.storyline_ids(query)
            assert desk.storyline_ids(query, "oldest") == lines[::-1]
            assert desk.storyline_ids(query, "oldest", 7, 3) == lines[::-1][3:10]


def test_sections_count_what_lists_list(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        desk.mark("kamikawa", "read")
        found = desk.sections()
        assert (found.total, found.unread) == (4, 2)
        assert len(found.topics) == 17
        assert {section.name: (section.total, section.unread) for section in found.topics if section.total} == {
            "disaster, accident and emergency incident": (2, 0),
            "politics and government": (1, 1),
        }
        assert {section.id: section.total for section in found.countries} == {"JP": 2, "RU": 1}
        assert (found.unknown_topic.total, found.unknown_country.unread) == (1, 1)
        for section in (*found.topics, *found.countries):
            query = f"topic:{section.id}" if section.id.startswith("medtop") else f"country:{section.id}"
            assert (desk.count(query), desk.count(f"{query} is:unread")) == (section.total, section.unread)
        assert desk.sections("topic:disaster").countries == desk.sections("country:JP").countries


def test_counts_follow_a_read_story_whose_tags_change(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        desk.mark("", "read")
        desk.keep([VOTE.with_(hints=("sport", "FR"), body=("It was a cup tie.",))])
        assert desk.sections().unread == 0
        assert all(section.unread == 0 for section in desk.sections().topics)
        assert desk.undo() == "marked 4 stories read"
        assert {section.id: section.unread for section in desk.sections().countries} == {"JP": 2, "FR": 1}
        assert_well(desk)


def test_the_log_of_changed_tags_is_dropped_once_the_marks_have_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsdesk.person.marks._LONG_LOG", 3)

    def logged(desk: Desk) -> int:
        with desk.store.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM retag").fetchone()[0])

    with open_desk(tmp_path) as desk:
        with desk.taking_in() as intake:
            intake.take(ALL)
        desk.mark("", "read")
        desk.finish()
        assert logged(desk) == 3, "one has no tags"
    with open_desk(tmp_path) as desk:  # the marks are brought up to it when the desk is opened
        desk.begin_run()
        assert logged(desk) == 0
        assert desk.sections().unread == 0
        assert_well(desk)


def test_marks_are_undone_at_once(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        one = desk.ids()[0]
        assert desk.mark([one], "read") == 1
        assert desk.mark([one], "read") == 0
        assert desk.mark("", "read") == 3
        assert desk.mark("russia", "star") == 1
        assert [row.starred for row in desk.rows("russia")] == [True]
        assert desk.undo() == "starred 1 story"
        assert desk.undo() == "marked 3 stories read"
        assert desk.ids("is:read") == [one]
        assert desk.undo() == "marked 1 story read"
        assert desk.undo() is None
        with pytest.raises(UsageError, match="not 'eat'"):
            desk.mark("", "eat")


def test_what_came_in_after_a_sight_is_not_marked(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL[:2])
        seen, sight = set(desk.ids()), desk.sight()
        desk.keep(ALL[2:])
        assert desk.mark("", "read", sight) == 2
        assert set(desk.ids("is:read")) == seen
        assert desk.mark("", "read", desk.sight()) == len(desk.ids()) - 2


def test_storylines_and_their_rows(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        desk.mark("toll", "read")
        rows = {row.stories: row for row in desk.storyline_rows("country:JP")}
        assert list(rows) == [2]
        row = rows[2]
        assert (row.unread, row.storyline.stories, row.storyline.countries) == (1, 2, ("JP",))
        assert row.newest is not None
        assert row.newest.heading == QUAKE[1].title
        assert [story.heading for story in desk.storyline_stories(row.id)] == [QUAKE[1].title, QUAKE[0].title]
        assert [story.heading for story in desk.storyline_stories(row.id, "is:unread")] == [QUAKE[0].title]
        assert (row.storyline.first_seen, row.storyline.last_seen) == ("2026-01-10", "2026-01-11")
        assert desk.storylines(sort="stories")[0].id == row.id
        assert desk.storyline_rows_of([row.id], "toll")[0].stories == 1


def test_a_storyline_names_each_of_its_sources(tmp_path: Path) -> None:
    """A hundred outlets told of one affair were fifty, on the screen and in the digest."""
    text = "A toll on the old bridge of Karlsund was voted by the harbour board after a long night of talks on Friday."
    carried = [make_story(str(at), f"Bridge toll, says {at}", text, source=f"Outlet {at}", index=at) for at in range(60)]
    with open_desk(tmp_path) as desk:
        desk.keep(carried)
        (row,) = desk.storyline_rows()
        assert (row.stories, len(row.storyline.sources)) == (60, 60)


def test_a_storyline_gives_the_reasons_that_most_of_its_stories_give(tmp_path: Path) -> None:
    names = "Kamikawa Hokkaido Asahikawa Furano Biei Teshio Nayoro Shibetsu".split()
    stories = [
        make_story(
            str(at),
            f"{names[at]} and {names[at + 1]} shaken by earthquake",
            f"The earthquake shook {', '.join(names[: at + 3])} on Friday, and rescuers reached {names[0]} late.",
            published=f"2026-01-1{at}",
            index=at,
        )
        for at in range(6)
    ]
    with open_desk(tmp_path) as desk:
        desk.keep(stories)
        (line,) = desk.storylines()
        kept = [desk.story(row.id) for row in reversed(desk.storyline_stories(line.id))]
        reasons = Counter(reason for story in kept if story and story.storyline for reason in story.storyline.why)
        assert len(reasons) > 5
        assert line.why == tuple(reason for reason, _ in reasons.most_common(5))


def test_since_last_visit_is_what_came_in_since_the_dashboard_was_closed(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(QUAKE)
        assert desk.last_visit() is None
        assert desk.count("since:last-visit") == 2, "all is new to whoever never was here"
        desk.leave()
        assert desk.count("since:last-visit") == 0
        desk.begin_run()
        desk.keep([*QUAKE, VOTE])
        desk.begin_run()  # whatever number of refreshes came between
    with open_desk(tmp_path) as desk:
        assert headings(desk, "since:last-visit") == [VOTE.title]
        assert desk.last_visit() is not None
        assert desk.count("since:last-run") == 0
        desk.leave()
        desk.leave()
        assert desk.count("since:last-visit") == 0


def test_since_last_run_is_what_the_latest_refresh_brought(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.begin_run()
        desk.keep(QUAKE)
        assert desk.count("since:last-run") == 2
        desk.begin_run()
        desk.keep([*QUAKE, VOTE])
        assert headings(desk, "since:last-run") == [VOTE.title]


def test_find_by_prefix_names_what_is_near(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        story_id = desk.ids()[0]
        assert desk.find(story_id[:7]) == story_id
        with pytest.raises(UsageError, match=story_id):
            desk.find(story_id[:6] + ("a" if story_id[6] != "a" else "b"))
        many = [make_story(f"m{n}", f"Many {n}", f"word{n} other{n}") for n in range(40)]
        desk.keep(many)
        with pytest.raises(UsageError, match="write more"):
            desk.find(next(a for a, b in itertools.pairwise(sorted(one[:2] for one in desk.ids())) if a == b))
        with pytest.raises(UsageError, match="is no id"):
            desk.find("'; --")


def test_a_sitting_is_seen_here_only_and_goes(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, open_desk(tmp_path) as other:
        desk.keep(QUAKE[:1])
        token = desk.begin_sitting()
        kept = desk.keep([*QUAKE, VOTE], sitting=token)
        assert len(kept.new) == 2
        assert (desk.count(), other.count()) == (3, 1)
        assert (desk.sections().total, other.sections().total) == (3, 1)
        assert desk.mark("", "read") == 3
        assert (desk.sections().unread, other.sections().unread) == (0, 0)
        assert other.ids("russia") == []
        assert [row.sitting for row in desk.rows("russia")] == [True]
        desk.set_source_states([SourceState("x.txt", "mark")], sitting=token)
        assert desk.source_state("x.txt") is None
        # A source brings one of them: it stays.
        other.keep([VOTE])
        desk.end_sitting(token)
        assert set(headings(desk)) == set(headings(other)) == {QUAKE[0].title, VOTE.title}
        assert desk.file_states() == desk.feed_states() == []
        assert_well(desk)
        desk.mark("", "read")
        with desk.store.reading() as connection:
            for table in ("tally", "mark_tally"):  # a row for each pair of its sections stayed of every sitting there was
                assert connection.execute(f"SELECT count(*) FROM {table} WHERE sitting <> 0").fetchone() == (0,), table


@pytest.mark.parametrize("feed", [False, True])
def test_a_story_of_a_sitting_that_a_source_brings_finds_those_that_come_after_it(tmp_path: Path, feed: bool) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(QUAKE[:1], sitting=desk.begin_sitting())
        if feed:
            with desk.taking_in() as intake:
                intake.take(QUAKE[:1])
        else:
            desk.keep(QUAKE[:1])
        assert (desk.waiting(), desk.storyline_count()) == (1, 0)
        assert len(desk.finish().storylines_new) == 1
        assert len(desk.keep(QUAKE[1:]).storylines_grown) == 1
        assert [row.stories for row in desk.storyline_rows()] == [2]
        assert_well(desk)


def test_the_end_of_another_sitting_leaves_this_one(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, open_desk(tmp_path) as other:
        ours, theirs = desk.begin_sitting(), other.begin_sitting()
        desk.keep([VOTE], sitting=ours)
        desk.end_sitting(theirs)
        assert desk.count() == 1
        desk.end_sitting(ours)
        assert (desk.count(), desk.sitting) == (0, 0)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux says when a process began")
def test_when_a_process_began_stays_the_same_while_it_grows() -> None:
    before, grown = born(os.getpid()), mmap.mmap(-1, 64 * 2**20)
    with grown:
        assert born(os.getpid()) == before
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as later:
        assert int(born(later.pid)) >= int(before)
        later.communicate(b"\n")


def _not_ours(_pid: int, _signal: int) -> None:
    raise PermissionError


@pytest.mark.parametrize("of_another_user", [False, True])
def test_a_sitting_of_a_dead_process_is_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, of_another_user: bool
) -> None:
    """Also where its number is that of another process now."""
    with open_desk(tmp_path) as desk:
        token = desk.begin_sitting()
        desk.keep(ALL, sitting=token)
        with desk.store.writing() as connection:
            connection.execute("UPDATE sitting SET born = 'another'")
        desk.sitting = 0
    if of_another_user:
        monkeypatch.setattr("newsdesk.archive.sources.os.kill", _not_ours)
    with open_desk(tmp_path) as desk:
        with desk.store.reading() as connection:
            assert connection.execute("SELECT count(*) FROM story").fetchone()[0] == 0
            assert connection.execute("SELECT count(*) FROM storyline WHERE n <> 0").fetchone()[0] == 0
        assert_well(desk)


# What stands in the way


def test_dates_of_the_future_do_not_stay_on_top(tmp_path: Path) -> None:
    with open_desk(tmp_path, now=NOW) as desk:
        desk.keep([make_story("1", "From 2099", "One.", published="2099-01-01")])
    with open_desk(tmp_path, now=NOW + timedelta(days=2)) as desk:
        desk.keep([make_story("2", "Of today", "Two.", published="2026-02-03", index=1)])
        assert headings(desk) == ["Of today", "From 2099"]
