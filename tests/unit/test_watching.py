"""Follows as a workplace: what is new in one, catching up, muting, pausing, folders."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from newsdesk.archive.rows import Follow
from newsdesk.briefs.briefing import make_digest
from newsdesk.desk import Desk
from newsdesk.errors import UsageError
from newsdesk.following.follows import from_doc
from newsdesk.following.news import gone_quiet
from tests.unit.desks import NOW, make_story, open_desk, paths

FLOOD = make_story("1", "Flood in Japan", "A flood.", hints=("disaster", "JP"), published="2026-01-10")
AGAIN = make_story("2", "Flood reaches France", "A flood.", hints=("disaster", "FR"), published="2026-01-12", index=1)


def test_what_is_new_since_the_last_look(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([FLOOD])
        follow = desk.follow("flood")
        quiet = desk.follow_news(follow.id)
        assert (quiet.rows, quiet.countries, quiet.corrections, quiet.days) == ((), (), (), (("2026-01-10", 1),))
        desk.keep([FLOOD.with_(title="Flood in Kamikawa"), AGAIN])
        news = desk.follow_news("flood")
        assert [row.heading for row in news.rows] == ["Flood reaches France"]
        assert news.countries == ("FR",)
        (change,) = news.corrections
        assert (change.before, change.after) == ("“Flood in Japan”", "“Flood in Kamikawa”")
        assert news.days == (("2026-01-10", 1), ("2026-01-12", 1))
        assert news.to_json()["countries"] == ["FR"]


def test_a_country_is_new_where_the_stories_before_were_about_others(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([make_story("0", "Flood somewhere", "A flood.", index=7)])
        follow = desk.follow("flood")
        desk.keep([FLOOD])
        assert desk.follow_news(follow.id).countries == (), "of the story before it is not known where it was"
        desk.look()
        desk.keep([AGAIN, make_story("3", "Flood in Japan again", "More rain.", hints=("JP", "CL"), index=3)])
        assert desk.follow_news(follow.id).countries == ("CL", "FR")


def test_what_changed_since_the_last_look_is_not_looked_for_among_all_stories(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, open_desk(tmp_path, now=NOW + timedelta(minutes=1)) as later:
        desk.keep([FLOOD, AGAIN])
        desk.keep([FLOOD.with_(title="Flood in Kamikawa")])
        later.follow("topic:disaster", alerts=("correction",))
        statements: list[str] = []
        with later.store.reading() as connection:
            connection.set_trace_callback(statements.append)
            assert [state.alerts for state in later.follows()] == [()]
            assert not [sql for sql in statements if "FROM story_topic t" in sql and "arrived" not in sql]
        later.keep([AGAIN.with_(title="Flood reaches Spain")])
        ((alert,),) = [state.alerts for state in later.follows()]
        assert "Spain" in alert


def test_alerts_of_new_stories_look_nothing_up_where_none_is_new(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([FLOOD])
        desk.follow("flood", alerts=("new-country", "sources:2", "keyword:flood"))
        desk.fire_alerts()
        statements: list[str] = []
        with desk.store.reading() as connection:
            connection.set_trace_callback(statements.append)
            assert desk.fire_alerts() == {}
            assert statements
            assert not [sql for sql in statements if "words MATCH" in sql]
        desk.keep([AGAIN])
        ((country, keyword),) = desk.fire_alerts().values()
        assert (country, keyword[:13]) == ("new-country: FR for the first time", "keyword flood")


def test_catching_up_is_one_step_that_can_be_taken_back(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        one, other = desk.follow("flood"), desk.follow("country:FR")
        desk.keep([FLOOD, AGAIN])
        assert [state.new for state in desk.follows()] == [2, 1]
        assert desk.catch_up() == 2
        assert [state.new for state in desk.follows()] == [0, 0]
        assert desk.catch_up() == 0
        assert desk.undo() == "caught up with 2 follows"
        assert {state.follow.id: state.new for state in desk.follows()} == {one.id: 2, other.id: 1}
        assert desk.catch_up(other.id) == 1
        assert {state.follow.id: state.new for state in desk.follows()} == {one.id: 2, other.id: 0}


def test_what_is_taken_back_of_a_follow_leaves_the_last_look(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, open_desk(tmp_path, now=NOW + timedelta(minutes=1)) as other:
        follow = desk.follow("flood")
        desk.edit_follow(follow.id, name="Rivers")
        desk.keep([FLOOD])
        other.look()
        (looked,) = other.all_follows()
        assert desk.undo() == "renamed “flood” to “Rivers”"
        assert desk.all_follows() == [replace(looked, name="flood")]
        assert desk.redo() == "renamed “flood” to “Rivers”"
        assert desk.all_follows() == [looked]


def test_a_digest_tells_of_the_longest_query_that_can_be_followed(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.follow("flood OR " + "x" * 3980, name="Floods")
        desk.keep([FLOOD])
        assert [state.new for state in desk.follows()] == [1]
        assert [(one.state.follow.name, one.new) for one in make_digest(desk, asked="flood").follows] == [("Floods", 1)]


def test_muted_and_paused(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        loud = desk.follow("flood", alerts=("sources:2",))
        desk.edit_follow(loud.id, muted=True)
        desk.keep([FLOOD, AGAIN.with_(source="Another Wire", title="Flood in Japan grows", published="2026-01-11")])
        (state,) = desk.follows()
        assert (state.new, state.alerts, desk.fire_alerts()) == (2, (), {})
        desk.edit_follow(loud.id, muted=False)
        assert desk.fire_alerts() == {}, "what came while it was muted is passed over"
        desk.edit_follow("flood", paused=True, folder="  Night\u202e desk ")
        (state,) = desk.follows()
        assert (state.new, state.total, state.follow.folder) == (0, 0, "Night desk")
        assert make_digest(desk, "2026-01-01").follows == ()
        assert desk.follow_news("flood").rows == ()
        assert desk.undo() == "paused “flood”"
        (state,) = desk.follows()
        assert (state.new, state.follow.paused, state.follow.folder) == (2, False, "")


def test_names_and_rules_are_changed_and_slips_named(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        follow = desk.follow("flood", "High water", ("velocity",))
        assert desk.edit_follow(follow.id, name="Floods").name == "Floods"
        assert desk.edit_follow(follow.id, alerts=("sources: 3", "sources:3")).alerts == ("sources:3",)
        assert desk.edit_follow(follow.id, alerts=()).alerts == ()
        assert [desk.undo() for _ in range(3)] == ["changed the alerts of “Floods”"] * 2 + ["renamed “High water” to “Floods”"]
        with pytest.raises(UsageError, match="needs a name"):
            desk.edit_follow(follow.id, name=" \x1b ")
        with pytest.raises(UsageError, match="sources:5"):
            desk.edit_follow(follow.id, alerts=("sources:many",))
        assert desk.is_followed("High water")
        assert not desk.is_followed("low water")


def test_a_follow_of_an_earlier_version_is_neither_muted_nor_paused() -> None:
    follow = from_doc({"id": "f1", "kind": "query", "target": "x", "name": "x"})
    assert (follow.muted, follow.paused, follow.folder) == (False, False, "")


def test_gone_quiet_after_days_with_stories() -> None:
    days = {"2026-01-08": 2, "2026-01-09": 1, "2026-01-10": 1}
    assert gone_quiet(days, date(2026, 1, 14)) == "2026-01-10"
    assert gone_quiet(days, date(2026, 1, 13)) is None, "two whole days only"
    assert gone_quiet({"2026-01-07": 1, "2026-01-10": 1}, date(2026, 2, 1)) is None, "it never had some each day"
    assert gone_quiet({}, date(2026, 2, 1)) is None


class _Crossed(Desk):
    """A desk that reads its follows and is slow to change them: `meanwhile` begins in between, in a thread."""

    meanwhile: Callable[[], Future[Follow]] | None = None

    def all_follows(self) -> list[Follow]:
        found = super().all_follows()
        begin, self.meanwhile = self.meanwhile, None
        if begin is not None:
            other = begin()
            while not (other.done() or _is_locked(self.notebook.path.with_suffix(".lock"))):
                pass
        return found


def _is_locked(path: Path) -> bool:
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@pytest.mark.parametrize(
    "act",
    [
        lambda desk, follow: desk.look_at([follow], desk.sight()),
        lambda desk, follow: desk.edit_follow(follow.id, folder="seas"),
        lambda desk, follow: desk.catch_up(follow.id),
        lambda desk, follow: desk.follow("flood", alerts=["velocity"]),
    ],
)
def test_two_changes_to_a_follow_at_once_are_both_kept(tmp_path: Path, act: Callable[[Desk, Follow], object]) -> None:
    with (
        open_desk(tmp_path) as other,
        _Crossed.open(paths(tmp_path), now=lambda: NOW) as desk,
        ThreadPoolExecutor(1) as beside,
    ):
        follow = other.follow("flood")
        other.keep([FLOOD])
        assert isinstance(desk, _Crossed)
        renamed: list[Future[Follow]] = []

        def rename() -> Future[Follow]:
            renamed.append(beside.submit(other.edit_follow, follow.id, name="The flood"))
            return renamed[0]

        desk.meanwhile = rename
        act(desk, follow)
        renamed[0].result()
        (known,) = other.all_follows()
        assert known.name == "The flood"
        assert (known.looked, known.folder, known.alerts) != (follow.looked, "", ())
