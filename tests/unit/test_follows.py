"""Follows on a real desk: what is new in them by arrival, and which alerts are raised once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsdesk.archive import read, watch
from newsdesk.archive.compile import Context
from newsdesk.archive.read import count_unread
from newsdesk.briefs.briefing import make_digest
from newsdesk.config import FollowEntry
from newsdesk.errors import UsageError
from newsdesk.model import Origin, Story
from newsdesk.query.terms import Term
from tests.unit.desks import NOW, QUAKE, VOTE, comments, line_of, make_story, open_desk


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


def test_more_than_a_thousand_follows(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([*QUAKE, VOTE])
        desk.follow_all(FollowEntry(f"country:JP word{number}") for number in range(1200))
        assert not any(row.followed for row in desk.rows())
        line = line_of(desk, "")
        desk.follow(line)
        followed = {row.id for row in desk.rows() if row.followed}
        assert followed == set(desk.ids("is:followed")) == {row.id for row in desk.storyline_stories(line)}
        assert desk.count("since:last-look") == 0


def test_since_last_look_is_what_is_new_in_the_follows(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(QUAKE[:1])
        assert desk.count("since:last-look") == 0
        country, other = desk.follow("country:JP"), desk.follow("toll OR parliament")
        desk.keep([*QUAKE, VOTE])
        vote, quake = desk.ids("parliament"), desk.ids("toll")
        assert set(desk.ids("since:last-look")) == {*vote, *quake}
        assert desk.ids("country:JP since:last-look") == quake
        desk.look(other.id)
        assert desk.ids("since:last-look") == quake, "the other one was not looked at yet"
        desk.edit_follow(country.id, paused=True)
        assert desk.count("since:last-look") == 0, "a paused follow counts nothing as new"
        desk.edit_follow(country.id, paused=False)
        desk.keep([make_story("9", "Toll in Japan of the quake rises", "More.", hints=("JP",), index=9)])
        assert desk.count("since:last-look") == 2
        with pytest.raises(UsageError, match="follow itself"):
            desk.follow("since:last-look")


def test_a_storyline_that_was_merged_into_another_is_followed_under_either_name(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([*QUAKE, VOTE])
        vote, quake = line_of(desk, "parliament"), line_of(desk, "toll")
        follow = desk.follow(vote)
        assert (desk.follow_of(vote), desk.follow_of(quake)) == (follow, None)
        desk.merge(quake, vote)
        assert desk.follow_of(vote) == desk.follow_of(quake) == desk.follow(quake) == follow
        assert desk.all_follows() == [follow]
        assert [row.followed for row in desk.storyline_rows()] == [True]
        assert desk.unfollow(quake) == follow
        assert (desk.follow_of(quake), desk.all_follows()) == (None, [])


def test_a_search_that_says_no_more_than_what_is_followed_is_followed(tmp_path: Path) -> None:
    """`F` on it said that it was followed from now on and could be taken back; `u` took back what was done before."""
    with open_desk(tmp_path) as desk:
        topic, country = desk.follow("topic:disaster"), desk.follow("CL")
        search = desk.follow("quake OR tsunami")
        assert desk.follow_of("topic:disaster") == desk.follow_of(topic.target) == topic
        assert desk.follow_of("country:CL") == desk.follow_of("country:Chile") == country
        assert desk.follow_of("quake OR tsunami") == search
        assert (desk.follow_of("country:JP"), desk.follow_of("(")) == (None, None)


@pytest.mark.parametrize(
    ("query", "one_by_one"),
    [
        ("storm", False),
        ("-ferry", True),
        ("country:JP", False),
        ("topic:disaster", True),
        ("storm topic:disaster", False),
        ("is:unread", True),
    ],
)
def test_a_new_country_is_found_without_all_stories_being_read_for_each(tmp_path: Path, query: str, one_by_one: bool) -> None:
    codes = [f"{one}{other}" for one in "BCDE" for other in "KLMN"]

    def of(first: int, *countries: str) -> list[Story]:
        told = [(f"{first + at}", f"Storm number {first + at}", ("disaster", "JP", code)) for at, code in enumerate(countries)]
        return [make_story(item, title, "It blew.", hints=hints, index=int(item)) for item, title, hints in told]

    with open_desk(tmp_path) as desk:
        desk.keep(of(0, *codes))
        desk.follow(query, alerts=("new-country",))
        desk.keep(of(100, *codes, "ZZ"))
        statements: list[str] = []
        with desk.store.reading() as connection:
            connection.set_trace_callback(statements.append)
            (state,) = desk.follows()
        assert state.alerts == ("new-country: ZZ for the first time",)
        asked = [sql for sql in statements if sql.startswith("SELECT 1 ")]
        along_its_index = [sql for sql in asked if "WHERE t.country = 'ZZ'" in sql]
        assert (bool(along_its_index), len(asked) > 3) == (one_by_one, one_by_one), "else each may read all that match"


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


def test_alerts_of_a_storyline_leave_out_what_is_muted(tmp_path: Path) -> None:
    def quake(item: int, source: str, mood: str) -> Story:
        told = QUAKE[item - 1].with_(source=source, comments=comments(*[f"{mood} {source}"] * 60))
        return told.with_(body=(*told.body, f"{source} reports."))

    with open_desk(tmp_path) as desk:
        desk.keep([quake(1, "Daily", "bad")])
        for query in ("earthquake", "earthquake (is:muted OR -is:muted)"):
            desk.follow(query, alerts=("sources:2", "mood"))
        desk.keep([quake(2, "Gazette", "good")])
        assert len({row.storyline for row in desk.rows()}) == 1
        both = [state.alerts for state in desk.follows()]
        assert [text.partition(":")[0] for text in both[0]] == ["sources", "mood"]
        desk.mute(["Daily"])
        assert [state.alerts for state in desk.follows()] == [(), both[1]]


def test_no_alert_takes_what_is_in_no_storyline_yet_for_one(tmp_path: Path) -> None:
    brought = [
        story.with_(origins=(Origin("rss", at, feed="https://a.example/"),)) for at, story in enumerate([QUAKE[0], VOTE])
    ]
    with open_desk(tmp_path) as desk:
        desk.follow("earthquake", alerts=("sources:2", "keyword:town"))
        with desk.taking_in() as intake:
            intake.take(brought)
        assert [(state.new, state.alerts) for state in desk.follows()] == [(1, ())]
        desk.finish()
        assert [state.alerts for state in desk.follows()] == [("keyword town: “Earthquake hits Kamikawa in Japan”",)]


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
    counted: list[str] = []

    def noted(what: str, count: Callable[..., object]) -> Callable[..., object]:
        def counting(*asked: object) -> object:
            counted.append(what)
            return count(*asked)

        return counting

    monkeypatch.setattr(read, "count", noted("new", read.count))
    monkeypatch.setattr(read, "count_unread", noted("total", read.count_unread))
    with open_desk(tmp_path) as desk:
        for query in ("bridge", "harbour", "mayor"):
            desk.follow(query)
        assert (desk.follows(new_only=True), counted) == ([], [])
        desk.keep([make_story("1", "The bridge is closed", "For two years.")])
        assert [(state.follow.name, state.new, state.total) for state in desk.follows(new_only=True)] == [("bridge", 1, 1)]
        assert sorted(counted) == ["new", "new", "new", "total"]
        assert [state.total for state in desk.follows()] == [1, 0, 0]


def test_a_refresh_and_a_digest_count_no_follow_whole_that_brings_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    totals: list[Term | None] = []

    def counting(connection: sqlite3.Connection, term: Term | None, context: Context) -> tuple[int, int]:
        totals.append(term)
        return count_unread(connection, term, context)

    monkeypatch.setattr(read, "count_unread", counting)
    with open_desk(tmp_path) as desk:
        follows = [desk.follow(query) for query in ("bridge", "harbour", "mayor")]
        assert desk.new_in_follows() == [(follow, 0) for follow in follows]
        desk.keep([make_story("1", "The bridge is closed", "For two years.")])
        assert desk.new_in_follows() == [(follow, state.new) for follow, state in zip(follows, desk.follows(), strict=True)]
        assert [new for _, new in desk.new_in_follows()] == [1, 0, 0]
        desk.edit_follow("bridge", paused=True)
        assert [new for _, new in desk.new_in_follows()] == [0, 0, 0]
        desk.edit_follow("bridge", paused=False)
        totals.clear()
        assert [told.state.total for told in make_digest(desk, "2026-01-01").follows] == [1]
        assert desk.catch_up() == 1
        assert totals == [desk.term("bridge")] * 2, "of the digest and of catching up"


def test_what_a_follow_has_is_counted_again_where_something_changed_that_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[Term | None] = []

    def counting(connection: sqlite3.Connection, term: Term | None, context: Context) -> int:
        counted.append(term)
        return count(connection, term, context)

    count = read.count
    monkeypatch.setattr(read, "count", counting)
    now = [NOW]
    with open_desk(tmp_path) as desk:
        desk.now = lambda: now[0]

        def totals() -> list[int]:
            counted.clear()
            found, whole = desk.follow_totals()
            assert whole
            assert found == [replace(state, unread=0) for state in desk.follows()]
            return [state.total for state in found]

        def asks() -> int:
            counted.clear()
            desk.follow_totals()
            return len(counted)

        desk.keep(QUAKE)
        desk.follow("toll")
        desk.follow("earthquake", alerts=("velocity",))
        assert totals() == [1, 2]
        desk.mark("toll", "read")
        assert asks() == 0, "who reads stories has nothing counted again"
        desk.keep([VOTE])
        assert asks()
        desk.follow("parliament")
        assert asks() == 1, "the others are as they were"
        assert totals() == [1, 2, 1]
        desk.look("earthquake")
        desk.edit_follow("parliament", name="The vote")
        desk.mark("quake", "star")
        assert asks() == 4, "three of the one with an alert, which was looked at, and the one that is called otherwise"
        assert totals() == [1, 2, 1]
        assert asks() == 0
        now[0] += timedelta(minutes=1)
        assert asks() == 3, "the one with an alert that asks the clock"
        now[0] += timedelta(minutes=10)
        assert asks() == 6, "all of them"
        desk.follow("Is:Unread earthquake")
        desk.follow("earthquake OR parliament", alerts=("keyword:is:starred toll",))
        assert totals() == [1, 2, 1, 1, 3]
        desk.mark("toll", "unread")
        assert totals() == [1, 2, 1, 2, 3]
        desk.keep([make_story("5", "Toll of the earthquake is final", "It is.")])
        assert totals() == [2, 3, 1, 3, 4]
        desk.mark("toll", "star")
        assert totals() == [2, 3, 1, 3, 4]
        assert desk.follow_totals()[0][4].alerts
        desk.mute(["Other Wire"])
        assert totals() == [2, 3, 0, 3, 3]
        desk.undo()
        assert totals() == [2, 3, 1, 3, 4]
        desk.unfollow("toll")
        with open_desk(tmp_path) as other:
            other.forget(other.ids("toll"))
        assert totals() == [1, 1, 1, 2]


def test_what_alerts_were_told_is_written_in_one_go_and_only_where_it_is_news(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        for query in ("toll", "earthquake", "parliament"):
            desk.follow(query, alerts=("new-country",))
        desk.keep([*QUAKE, VOTE])
        before = desk.version()
        desk.fire_alerts()
        assert desk.version() == before + 1
        desk.fire_alerts()
        assert desk.version() == before + 1


def test_follows_are_counted_a_few_at_a_time_and_each_once_before_one_twice(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:

        def told() -> tuple[list[int | None], bool]:
            states, whole = desk.follow_totals(0)
            return [state.total if state.counted else None for state in states], whole

        desk.keep(QUAKE)
        for query in ("toll", "earthquake", "Kamikawa"):
            desk.follow(query)
        assert told() == ([1, None, None], False)
        assert told() == ([1, 2, None], False)
        desk.keep([make_story("5", "Earthquake toll of Kamikawa is final", "It is.")])
        assert told() == ([1, 2, 3], False)
        assert told() == ([2, 2, 3], False)
        desk.follow("rescuers")
        assert told() == ([2, 2, 3, 1], False), "one that never was comes first"
        assert told() == ([2, 3, 3, 1], True)
        assert told() == ([2, 3, 3, 1], True)


def test_a_topic_or_country_that_is_followed_is_not_counted_story_by_story(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[Term | None] = []

    def counting(connection: sqlite3.Connection, term: Term | None, context: Context) -> tuple[int, int]:
        counted.append(term)
        return count_unread(connection, term, context)

    monkeypatch.setattr(read, "count_unread", counting)
    with open_desk(tmp_path) as desk:
        for query in ("topic:disaster", "country:JP", "country:JP topic:disaster", "country:RU"):
            desk.follow(query)
        desk.keep([*QUAKE, VOTE])
        desk.mark("toll", "read")
        numbers = [(2, 1), (2, 1), (2, 1), (1, 1)]
        assert [(state.total, state.unread) for state in desk.follows()] == numbers
        assert counted == [desk.term("country:JP topic:disaster")]
        desk.mute(["Other Wire"])
        assert [(state.total, state.unread) for state in desk.follows()] == [*numbers[:3], (0, 0)]


def test_what_comes_in_while_a_person_looks_stays_new(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        follow = desk.follow("quake OR parliament")
        desk.keep(QUAKE)
        sight = desk.sight()
        states = desk.follows(new_only=True)
        desk.keep([VOTE])
        desk.look_at([state.follow for state in states], sight)
        assert desk.rows(desk.follow_query(follow.id, new_only=True)) == desk.rows("parliament") != []


def test_a_look_that_began_before_another_one_takes_none_of_it_back(tmp_path: Path) -> None:
    later = NOW + timedelta(minutes=1)
    with open_desk(tmp_path) as desk, open_desk(tmp_path, now=later) as other:
        follow = desk.follow("quake OR parliament", alerts=("correction",))
        sight = desk.sight()
        desk.keep([*QUAKE, VOTE])
        desk.keep([VOTE.with_(title="Russia elects no parliament")])
        other.look()
        seen, desk.now = other.all_follows(), other.now
        desk.look_at([follow], sight)
        assert other.all_follows() == seen
        assert [(state.new, state.alerts) for state in other.follows()] == [(0, ())]


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


def test_a_search_among_sections_is_followed_under_words_and_not_under_ids(tmp_path: Path) -> None:
    """As the dashboard gives what narrows its list."""
    with open_desk(tmp_path) as desk:
        desk.keep([*QUAKE, VOTE])
        follow = desk.follow("topic:medtop:03000000 country:JP (toll OR -topic:medtop:11000000)")
        assert follow.name == (
            'topic:"disaster, accident and emergency incident" country:JP (toll OR -topic:"politics and government")'
        )
        assert desk.ids(follow.name) == desk.ids(follow.target) != []
        assert desk.unfollow(follow.name).id == follow.id


def test_searches_are_kept_under_names_and_dropped(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.save_query("japan", "country:JP")
        desk.save_query("japan", "country:JP is:unread")
        with pytest.raises(UsageError):
            desk.save_query("slip", "country:Nowhereland")
        assert desk.saved_queries() == {"japan": "country:JP is:unread"}
        assert desk.undo() == "saved the query “japan”"
        assert desk.saved_queries() == {"japan": "country:JP"}, "the earlier one is there again"
        desk.drop_query("japan")
        with pytest.raises(UsageError, match="no query is saved as 'japan'"):
            desk.drop_query("japan")
        assert desk.undo() == "dropped the query “japan”"
        assert desk.saved_queries() == {"japan": "country:JP"}


@pytest.mark.parametrize(
    ("target", "reason"),
    [(" ", "nothing to follow"), ("is:followed", "follow itself"), ("JP OR is:followed", "follow itself")],
)
def test_what_can_not_be_followed(tmp_path: Path, target: str, reason: str) -> None:
    with open_desk(tmp_path) as desk, pytest.raises(UsageError, match=reason):
        desk.follow(target)


def test_a_storyline_is_followed_by_its_own_query_too(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(QUAKE)
        line = line_of(desk, "")
        follow = desk.follow(line)
        assert desk.follow(f"storyline:{line}") == follow
        assert desk.follow(desk.rows()[0].id) == follow, "a story means its storyline"
        assert desk.unfollow(follow.name) == follow


def test_who_never_looks_hears_of_whatever_comes_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what came in since a look only so much is told at a time: of the latest, or after that many nothing ever was."""
    monkeypatch.setattr(watch, "_MOST_LINES", 12)
    monkeypatch.setattr(watch, "_MOST_MATCHES", 24)
    batches = [
        [
            make_story(town + wire, f"{town} votes", f"The people of {town} vote in {mayor}.", source=wire)
            for first in ("Bar", "Cal", "Dor", "Fen")
            for last in ("by", "ton", "wick")
            for town, mayor in [(f"{first}{end}{last}", f"{last}{end}{first}".title())]
            for wire in ("A", "B")
        ]
        for end in ("en", "ol", "um")
    ]
    fired: list[list[str]] = []
    with open_desk(tmp_path) as desk:
        follow = desk.follow("votes", alerts=("keyword:votes", "sources:2", "correction"))
        for changed in ({}, {"body": ("They vote.",)}, {"body": ("They vote.",), "title": "All votes are in"}):
            for batch in batches:
                desk.keep([story.with_(**changed) for story in batch])
                fired.append([text.partition(" ")[0] for text in desk.fire_alerts().get(follow.id, ())])
    assert fired == [["keyword"] * 12 + ["sources:"] * 12] * 3 + [[]] * 3 + [["correction:"] * 24] * 3


@pytest.mark.parametrize("anew", [True, False], ids=["anew", "restored"])
def test_what_comes_into_another_archive_is_new(tmp_path: Path, anew: bool) -> None:
    """A look at the archive that was damaged, or lost, had seen more than there is in the one that took its place."""
    with open_desk(tmp_path) as desk:
        desk.keep(QUAKE[:1])
        desk.backup(str(tmp_path / "copy"))
        desk.keep([*QUAKE, VOTE])
        desk.follow("earthquake OR parliament")
        desk.leave()
        archive = desk.store.path
    archive.unlink()
    if not anew:
        (tmp_path / "copy" / archive.name).rename(archive)
    with open_desk(tmp_path) as desk:
        desk.begin_run()
        desk.look_anew()
        desk.keep([*QUAKE, VOTE])
        assert [state.new for state in desk.follows()] == [3 if anew else 2]
        assert desk.count("since:last-visit") == (3 if anew else 2)
        desk.look()
        desk.look_anew()
        assert [state.new for state in desk.follows()] == [0]


def test_what_is_followed_goes_with_the_clock(tmp_path: Path) -> None:
    """A dashboard is open for days: what was two days old when it was opened is older by then."""
    moments = [datetime(2026, 1, 11, tzinfo=UTC)]
    with open_desk(tmp_path) as desk:
        desk.now = lambda: moments[-1]
        desk.keep(QUAKE[:1])
        desk.follow("newer:2d")
        assert [row.followed for row in desk.rows()] == [True]
        moments.append(moments[0] + timedelta(days=2))
        assert [row.followed for row in desk.rows()] == [False]


def test_a_digest_tells_once_what_of_its_follows_stories_is_followed(tmp_path: Path) -> None:
    """For each time all follows are made one query: with 300 of them that took most of the time of a digest."""

    def asked(follows: int, name: str) -> int:
        with open_desk(tmp_path / name) as desk:
            desk.keep([*QUAKE, VOTE])
            for number in range(follows):
                desk.follow(f"kamikawa OR storm{number}")
            statements: list[str] = []
            with desk.store.reading() as connection:
                connection.set_trace_callback(statements.append)
                digest = make_digest(desk, "2026-01-01")
            assert [len(one.rows) for one in digest.follows] == [2] * follows
            return sum(" JOIN storyline l ON l.n = s.storyline WHERE s.key IN " in sql for sql in statements)

    assert asked(9, "many") == asked(1, "one") > 0
