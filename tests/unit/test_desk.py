from __future__ import annotations

import itertools
import os
import random
import shutil
import sqlite3
import stat
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsdesk.archive import read
from newsdesk.archive.rows import SourceState
from newsdesk.archive.schema import VERSION
from newsdesk.archive.store import Store
from newsdesk.config import FollowEntry
from newsdesk.desk import Desk
from newsdesk.errors import StorageError, UsageError
from newsdesk.marks import Marks
from newsdesk.model import Story
from newsdesk.query import Facts, parse
from tests.unit.desks import NOW, assert_well, comments, make_story, open_desk, paths, tag

QUAKE = (
    make_story(
        "1",
        "Earthquake hits Kamikawa in Japan",
        "A strong earthquake struck the town of Kamikawa in Japan early on Friday and killed ten people.",
        hints=("disaster", "JP"),
        comments=comments("bad news", "good work by the rescuers", "bad"),
        published="2026-01-10",
    ),
    make_story(
        "2",
        "Kamikawa earthquake toll rises to twenty",
        "The toll of the earthquake in Kamikawa, Japan, rose to twenty as rescuers reached the town.",
        hints=("disaster", "JP"),
        published="2026-01-11",
        index=1,
    ),
)
VOTE = make_story(
    "3",
    "Russia elects a parliament",
    "Voters in Russia went to the polls to elect a new parliament.",
    hints=("politics", "RU"),
    published="2026-01-12",
    source="Other Wire",
    index=2,
)
BANK = make_story("4", "日本銀行、金利を引き上げ", "日本銀行は金利を引き上げた。", published="2026-01-13", index=3)
ALL = (*QUAKE, VOTE, BANK)


def headings(desk: Desk, query: str = "") -> list[str]:
    return [row.heading for row in desk.rows(query)]


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
        for query, sort in itertools.product(
            ("", "topic:sport", "title", "is:unread"), ("newest", "oldest", "title", "arrived")
        ):
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


def make_many(chance: random.Random, number: int) -> list:  # type: ignore[type-arg]
    words = "bridge harbour strike 日本 金利 élan covid-19 vote".split()
    return [
        make_story(
            str(at),
            " ".join(chance.sample(words, 2)) if at % 7 else None,
            " ".join(chance.sample(words, 4)) + f" n{at}",
            index=at,
            hints=tuple(chance.sample(("politics", "sport", "disaster", "JP", "RU", "FR"), chance.randint(0, 3))),
            published=chance.choice(["2026-01-05", "2026-01-31T10:00", None, "2025-02-03T10:00-05:00"]),
            source=chance.choice(["Test Wire", None, "Harbour Radio"]),
            comments=comments(*chance.choices(["bad", "good", "so"], k=chance.randint(0, 4))),
        )
        for at in range(number)
    ]


def random_query(chance: random.Random, depth: int = 0) -> str:
    leaves = [
        *(
            "bridge",
            "harbour*",
            '"bridge strike"',
            "日本",
            "利",
            "elan",
            "covid",
            "title:vote",
            "body:n1*",
            "source:wire",
            "/br.dge/",
        ),
        *("topic:sport", "topic:unknown", "country:JP", "country:unknown", "is:unread", "is:read", "is:starred", "is:followed"),
        *(
            "comments:>1",
            "comments:0",
            "mood:negative",
            "mood:none",
            "mood:mixed",
            "newer:3d",
            "older:2026-01-06",
            "since:last-run",
            "since:last-visit",
        ),
        *("published-in:unknown", "storyline:bridge"),
    ]
    kind = chance.random()
    if depth > 2 or kind < 0.5:
        return chance.choice(leaves)
    if kind < 0.65:
        return f"-{random_query(chance, 3)}"
    parts = [random_query(chance, depth + 1) for _ in range(2)]
    return " ".join(parts) if kind < 0.85 else f"({' OR '.join(parts)})"


def test_sql_and_memory_agree(tmp_path: Path) -> None:
    chance = random.Random(11)
    with open_desk(tmp_path) as desk:
        batch = make_many(chance, 60)
        desk.keep(batch[:40])
        desk.begin_run()
        desk.keep(batch[40:])
        ids = desk.ids(sort="arrived")[::-1]
        read, starred = set(ids[::3]), set(ids[::5])
        desk.mark(sorted(read), "read")
        desk.mark(sorted(starred), "star")
        desk.follow("country:FR")
        desk.follow("bridge strike")
        followed = set(desk.ids("country:FR OR (bridge strike)"))
        stories = {one: desk.story(one) for one in ids}
        facts = {
            one: Facts(one in read, one in starred, one in followed, "2026-02-01T12:00:00Z", at + 1, 40)
            for at, one in enumerate(ids)
        }
        for _ in range(400):
            text = random_query(chance)
            query = parse(text, NOW)
            wanted = {one for one, story in stories.items() if story and query.matches(story, facts[one])}
            assert set(desk.ids(text)) == wanted, text
            assert desk.count(text) == len(wanted), text
            sections = desk.sections(text)
            assert (sections.total, sections.unread) == (len(wanted), len(wanted - read)), text


def test_search_text_never_becomes_syntax(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        for text in (
            "NEAR",
            '"a" NEAR "b',
            "title",
            "kamikawa*",
            "col:umn",
            "^kamikawa",
            "a;b",
            "'",
            "x' OR 1=1 --",
            "{title}",
            "+",
            "\x00a",
        ):
            try:
                desk.rows(text)
            except UsageError:
                continue


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
    monkeypatch.setattr("newsdesk.marks._LONG_LOG", 3)

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


def line_of(desk: Desk, query: str) -> str:
    line = desk.rows(query)[0].storyline
    assert line is not None
    return line


def test_a_merge_stays_and_can_be_undone(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        vote, bank = line_of(desk, "russia"), line_of(desk, "金利")
        before = desk.storylines()
        merged = desk.merge(vote, bank)
        assert (merged.id, merged.stories) == (vote, 2)
        assert desk.storyline(bank) == merged
        assert desk.find(bank) == vote
        desk.keep(
            [
                make_story(
                    "9", "日本銀行、金利を再び引き上げ", "日本銀行は金利を再び引き上げた。", index=9, published="2026-01-14"
                )
            ]
        )
        assert line_of(desk, "russia") == line_of(desk, "title:金利") == vote
        with pytest.raises(UsageError, match="already"):
            desk.merge(vote, bank)
        assert "merged" in str(desk.undo())
        assert line_of(desk, '"日本銀行は金利を引き上げた"') == bank
        assert {line.id for line in desk.storylines()} >= {line.id for line in before}
        assert_well(desk)


def test_a_split_stays_and_can_be_undone(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        line, story_id = line_of(desk, "toll"), desk.ids("toll")[0]
        alone = desk.split(line, story_id)
        assert alone.stories == 1
        assert alone.id != line
        desk.keep([QUAKE[1].with_(body=(*QUAKE[1].body, "More was to come."))])
        desk.keep(ALL)
        assert line_of(desk, "toll") == alone.id
        assert "took" in str(desk.undo())
        assert line_of(desk, "toll") == line
        assert desk.storyline(alone.id) is None or desk.storyline(alone.id).id == line  # type: ignore[union-attr]
        with pytest.raises(UsageError, match="only story"):
            desk.split(line_of(desk, "russia"), desk.ids("russia")[0])


def test_a_correction_survives_a_new_archive(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        desk.split(line_of(desk, "toll"), desk.ids("toll")[0])
        desk.merge(line_of(desk, "russia"), line_of(desk, "金利"))
    for file in (tmp_path / "data").glob("archive*"):
        file.unlink()
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        assert line_of(desk, "toll") != line_of(desk, "strong")
        assert line_of(desk, "russia") == line_of(desk, "金利")


def test_a_title_that_a_person_gave_stays(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(QUAKE[:1])
        line = line_of(desk, "")
        assert desk.rename(line, "The  Kamikawa\u202e quake").title == "The Kamikawa quake"
        desk.keep(QUAKE)
        assert [found.title for found in desk.storylines("storyline:quake")] == ["The Kamikawa quake"]
        assert "renamed" in str(desk.undo())
        assert [found.title for found in desk.storylines()] == [QUAKE[0].title]


def test_follows_tell_what_is_new_by_arrival(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(QUAKE[:1])
        country, line = desk.follow("country:JP", alerts=("new-country", "velocity")), desk.follow(line_of(desk, ""))
        query = desk.follow("parliament OR quake", name="Mine")
        assert desk.follow("JP") == country
        assert (country.kind, country.target, line.kind, query.kind) == ("country", "JP", "storyline", "query")
        assert [state.new for state in desk.follows()] == [0, 0, 0]
        old = make_story("8", "Old flood in Japan", "A flood, long ago.", hints=("JP", "FR"), published="2020-01-01", index=8)
        desk.keep([*QUAKE, VOTE, old])
        states = {state.follow.id: state for state in desk.follows(new_only=True)}
        assert (states[country.id].new, states[country.id].total) == (2, 3)
        assert states[country.id].alerts == ("new-country: FR for the first time",)
        assert (states[line.id].new, states[query.id].new) == (1, 1)
        assert set(desk.ids(desk.follow_query(country.id, new_only=True))) == set(desk.ids("country:JP (toll OR flood)"))
        desk.look(country.id)
        assert {state.follow.id for state in desk.follows(new_only=True)} == {line.id, query.id}
        desk.look()
        assert desk.follows(new_only=True) == []
        assert {row.followed for row in desk.rows("is:followed")} == {True}
        assert desk.count("is:followed") == 4
        assert desk.unfollow("mine").id == query.id
        assert "unfollowed" in str(desk.undo())
        assert [state.follow.name for state in desk.follows()][-1] == "Mine"
        with pytest.raises(UsageError, match="not followed"):
            desk.unfollow("nothing")
        with pytest.raises(UsageError, match="follow itself"):
            desk.follow("is:followed")
        with pytest.raises(UsageError, match="new-country"):
            desk.follow("x", alerts=("new-contry",))


def test_sources_keywords_and_corrections_are_raised_once(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(QUAKE[:1])
        follow = desk.follow("quake OR tsunami OR toll", alerts=("sources:2", "keyword:toll", "correction"))
        assert desk.fire_alerts() == {}
        second = QUAKE[1].with_(source="Another Wire")
        desk.keep([second])
        fired = desk.fire_alerts()[follow.id]
        assert [text.partition(" ")[0] for text in fired] == ["sources:", "keyword"]
        assert desk.fire_alerts() == {}
        desk.look()
        desk.keep([second.with_(title="Quake toll was a mistake")])
        (correction,) = desk.fire_alerts()[follow.id]
        assert correction.startswith("correction: “Quake toll was a mistake”, previously “")
        assert desk.fire_alerts() == {}
        (state,) = desk.follows()
        assert (state.new, state.alerts) == (0, (correction,))


def test_what_the_settings_follow_is_written_in_one_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of follows, each with a notebook of its own, took minutes."""
    with open_desk(tmp_path) as desk:
        country = desk.follow("country:JP", "Mine")
        writes = []
        apply = desk.notebook.apply
        monkeypatch.setattr(desk.notebook, "apply", lambda changes: writes.append(apply(changes)))
        entries = [FollowEntry(f"word{number}", alerts=("velocity",)) for number in range(50)]
        desk.follow_all([*entries, FollowEntry("JP", alerts=("mood",)), entries[3], FollowEntry("word4", "Fourth")])
        desk.follow_all(entries)
        assert len(writes) == 1
        follows = {follow.id: follow for follow in desk.all_follows()}
        assert len(follows) == 51
        assert follows[country.id] == replace(country, alerts=("mood",))
        assert [follow.alerts for follow in follows.values() if follow.name == "Fourth"] == [("velocity",)]
    with open_desk(tmp_path) as desk:
        assert desk.undo() is not None
        assert desk.undo() is None


def test_only_follows_with_something_new_are_counted_where_only_those_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[object] = []
    count, total = read.count, read.count_unread
    monkeypatch.setattr(read, "count", lambda *asked: counted.append("new") or count(*asked))
    monkeypatch.setattr(read, "count_unread", lambda *asked: counted.append("total") or total(*asked))
    with open_desk(tmp_path) as desk:
        for query in ("bridge", "harbour", "mayor"):
            desk.follow(query)
        assert (desk.follows(new_only=True), counted) == ([], [])
        desk.keep([make_story("1", "The bridge is closed", "For two years.")])
        assert [(state.follow.name, state.new, state.total) for state in desk.follows(new_only=True)] == [("bridge", 1, 1)]
        assert sorted(counted) == ["new", "new", "new", "total"]
        assert [state.total for state in desk.follows()] == [1, 0, 0]


def test_what_comes_in_while_a_person_looks_stays_new(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        follow = desk.follow("quake OR parliament")
        desk.keep(QUAKE)
        sight = desk.sight()
        states = desk.follows(new_only=True)
        desk.keep([VOTE])
        desk.look_at([state.follow for state in states], sight)
        assert desk.rows(desk.follow_query(follow.id, new_only=True)) == desk.rows("parliament") != []


def test_a_correction_does_not_wait_where_the_clock_was_set_back(tmp_path: Path) -> None:
    ahead, now = datetime(2038, 2, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
    with open_desk(tmp_path, now=ahead) as desk:
        follow = desk.follow("quake", alerts=("correction",))
        desk.keep([QUAKE[0], QUAKE[1].with_(title="Quake toll")])
        desk.keep([QUAKE[1].with_(title="Quake toll rises")])
        assert len(desk.fire_alerts()[follow.id]) == 1
        desk.look()
        assert desk.fire_alerts() == {}
    with open_desk(tmp_path, now=now) as desk:
        assert desk.fire_alerts() == {}
        desk.keep([QUAKE[1].with_(title="Quake toll was a mistake")])
        (correction,) = desk.fire_alerts()[follow.id]
        assert desk.fire_alerts() == {}
        assert desk.follows()[0].alerts == (correction,)
        assert [change.after for change in desk.follow_news(follow.id).corrections] == ["“Quake toll was a mistake”"]
        desk.look()
    with open_desk(tmp_path, now=now + timedelta(minutes=1)) as desk:
        desk.look()
        assert (desk.fire_alerts(), desk.follows()[0].alerts) == ({}, ())


def test_velocity_fires_when_stories_come_faster(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        follow = desk.follow("sport", alerts=("velocity",))
        desk.keep(
            [make_story(str(n), f"Sport {n}", f"Cup tie number{n} won{n}.", index=n, published="2026-02-01") for n in range(5)]
        )
        assert [state.alerts for state in desk.follows()] == [("velocity: 5 stories in a day, 0.0 a day before",)]
        assert follow.alerts == ("velocity",)


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
        assert desk.source_states() == []
        assert_well(desk)


def test_the_end_of_another_sitting_leaves_this_one(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, open_desk(tmp_path) as other:
        ours, theirs = desk.begin_sitting(), other.begin_sitting()
        desk.keep([VOTE], sitting=ours)
        desk.end_sitting(theirs)
        assert desk.count() == 1
        desk.end_sitting(ours)
        assert (desk.count(), desk.sitting) == (0, 0)


def test_a_sitting_of_a_dead_process_is_cleared_away(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        token = desk.begin_sitting()
        desk.keep(ALL, sitting=token)
        with desk.store.writing() as connection:
            connection.execute("UPDATE sitting SET born = 'another'")
        desk.sitting = 0
    with open_desk(tmp_path) as desk:
        with desk.store.reading() as connection:
            assert connection.execute("SELECT count(*) FROM story").fetchone()[0] == 0
            assert connection.execute("SELECT count(*) FROM storyline WHERE n <> 0").fetchone()[0] == 0
        assert_well(desk)


def test_version_sees_every_change_of_others(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, open_desk(tmp_path) as other:
        seen = [desk.version()]
        for change in (
            lambda: other.keep(ALL),
            lambda: other.mark("", "read"),
            lambda: other.follow("topic:sport"),
            lambda: other.keep([make_story("9", "One more", "Of its own kind.")]),
            lambda: other.look(),
            lambda: other.undo(),
        ):
            change()
            seen.append(desk.version())
        assert seen == sorted(set(seen))
        assert desk.version() == seen[-1]


def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(QUAKE)
        answers: list[int] = []
        with desk.store.writing() as connection:
            connection.execute("UPDATE story SET heading = 'being written'")
            for _ in range(3):
                reader = threading.Thread(target=lambda: answers.append(desk.count("kamikawa")))
                reader.start()
                reader.join(timeout=30)
            marker = threading.Thread(target=lambda: answers.append(desk.mark("kamikawa", "read")))
            marker.start()
            marker.join(timeout=30)
        assert answers == [2, 2, 2, 2]


def test_threads_share_a_desk(tmp_path: Path) -> None:
    failures: list[BaseException] = []
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)

        def work(number: int) -> None:
            try:
                for at in range(8):
                    desk.keep([make_story(f"{number}-{at}", f"Item {number} {at}", f"w{number}x{at} y{number}z{at} a b c{at}")])
                    desk.rows("item", limit=5)
                    desk.mark(desk.ids("item is:unread", limit=1), "read")
            except BaseException as failure:
                failures.append(failure)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert desk.count() == 36
        assert_well(desk)


# What stands in the way


def test_reading_only_makes_nothing(tmp_path: Path) -> None:
    with open_desk(tmp_path, readonly=True) as desk:
        assert (desk.count(), desk.rows(), desk.storylines(), desk.follows(), desk.sections().total) == (0, [], [], [], 0)
        with pytest.raises(StorageError, match="reading only"):
            desk.mark("", "read")
    assert list(tmp_path.iterdir()) == []


def test_files_are_private(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        desk.follow("sport")
        for file in (tmp_path / "data").iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["archive.sqlite3", "marks.sqlite3", "notebook.json"])
@pytest.mark.parametrize("content", [b"rubbish " * 1000, b"SQLite format 3\0" + b"\xff" * 5000, b"[1, 2]"])
def test_damaged_files_are_named(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / name).write_bytes(content)
    with pytest.raises(StorageError, match=name) as caught, open_desk(tmp_path) as desk:
        desk.keep(ALL)
    assert "\n" not in str(caught.value)


def test_a_newer_archive_is_left_alone(tmp_path: Path) -> None:
    with open_desk(tmp_path):
        pass
    file = paths(tmp_path).archive
    with sqlite3.connect(file) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(StorageError, match=r"archive\.sqlite3: written by a newer newsdesk .* update newsdesk"):
        open_desk(tmp_path)


def test_another_database_is_not_taken_over(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    connection = sqlite3.connect(paths(tmp_path).archive)
    connection.execute("CREATE TABLE mine (x)")
    connection.commit()
    connection.close()
    with pytest.raises(StorageError, match="not a newsdesk archive"):
        open_desk(tmp_path)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(StorageError, match="data"):
        open_desk(tmp_path)


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(QUAKE)
        with desk.store.writing() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA main.max_page_count = {pages}")
        long = make_story("77", "Long", *(f"paragraph{number} " * 50 for number in range(200)))
        with pytest.raises(StorageError, match="disk is full"):
            desk.keep([long])
        assert desk.count() == 2
        assert_well(desk)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_can_only_be_read(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
    folder = tmp_path / "data"
    folder.chmod(0o500)
    try:
        with open_desk(tmp_path, readonly=True) as desk:
            assert desk.count() == 4
    finally:
        folder.chmod(0o700)


def test_backup_is_a_whole_copy(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        desk.mark("russia", "read")
        desk.follow("sport")
        desk.backup(str(tmp_path / "copy"))
        with pytest.raises(UsageError, match="not empty"):
            desk.backup(str(tmp_path / "copy"))
    shutil.rmtree(tmp_path / "data")
    (tmp_path / "copy").rename(tmp_path / "data")
    with open_desk(tmp_path) as desk:
        assert (desk.count(), desk.count("is:read"), len(desk.follows())) == (4, 1, 1)


def test_dates_of_the_future_do_not_stay_on_top(tmp_path: Path) -> None:
    with open_desk(tmp_path, now=NOW) as desk:
        desk.keep([make_story("1", "From 2099", "One.", published="2099-01-01")])
    with open_desk(tmp_path, now=NOW + timedelta(days=2)) as desk:
        desk.keep([make_story("2", "Of today", "Two.", published="2026-02-03", index=1)])
        assert headings(desk) == ["Of today", "From 2099"]


def test_a_desk_that_can_not_be_opened_leaves_nothing_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Marks] = []
    meet = Marks.meet_archive

    def fail(marks: Marks) -> None:
        opened.append(marks)
        meet(marks)
        raise StorageError("the disk fails")

    monkeypatch.setattr(Marks, "meet_archive", fail)
    with pytest.raises(StorageError, match="the disk fails"):
        open_desk(tmp_path)
    assert [marks._connection for marks in opened] == [None]


def test_on_a_full_disk_a_reader_does_not_overlook_what_is_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([make_story("1", "Quake in Chile", "The ground shook.")])
    tried: list[str] = []

    def fail(store: Store, mode: str) -> sqlite3.Connection:
        tried.append(mode)
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(Store, "_open_pair", fail)
    with pytest.raises(StorageError, match="free space"):
        open_desk(tmp_path, readonly=True)
    assert tried == ["ro"]
