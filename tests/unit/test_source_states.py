"""What is remembered of a file or a follow goes when it goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from newsdesk.archive import sources
from newsdesk.archive.rows import SourceState
from newsdesk.clock import stamp
from newsdesk.config import Feed
from newsdesk.desk import Desk
from newsdesk.errors import Problem
from newsdesk.refresh.run import Refresh
from newsdesk.refresh.sources import SeedSource, Sources
from tests.fakes.seeds import FakeReader, make_story
from tests.unit.desks import NOW, QUAKE, collect, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


def refresh(desk: Desk, reader: FakeReader, *paths: str, named: bool = False) -> None:
    collect(Refresh(desk, reader, Sources(tuple(map(SeedSource, paths))), lambda: NOW, named=named))


def test_a_feed_that_left_the_settings_is_known_for_some_weeks_and_while_its_host_rests(desk: Desk) -> None:
    """Who adds it again goes on where it was; what a server asked for holds for every feed of its host."""

    def remember(name: str, days: int, **detail: str) -> None:
        moment = stamp(NOW - timedelta(days=days))
        desk.set_source_state(SourceState(f"https://{name}.example", succeeded=moment, detail={"etag": "x", **detail}))

    remember("stays", 400)
    remember("gone", 57)
    remember("lately", 55)
    remember("rests", 57, host="rests.example", rest=stamp(NOW + timedelta(hours=1)))
    remember("rested", 57, host="rested.example", rest=stamp(NOW - timedelta(hours=1)))
    failing = SourceState("https://failing.example", succeeded=None, failed=stamp(NOW - timedelta(days=3)), error="no")
    desk.set_source_states([failing, SourceState("exec:['old']", failed=stamp(NOW - timedelta(days=90)), error="no")])
    follow = desk.follow("earthquake", alerts=("keyword:town",))
    desk.keep(QUAKE)
    assert desk.fire_alerts(("file",))

    def left(feeds: tuple[Feed, ...], named: bool = False) -> list[str]:
        collect(Refresh(desk, None, Sources((), feeds), lambda: NOW, named=named))
        return [state.id.removeprefix("https://").removesuffix(".example") for state in desk.feed_states()]

    assert "gone" in left((), named=True), "the others were not looked at"
    assert left((Feed("https://stays.example"),)) == ["failing", "lately", "rests", "stays"]
    assert told(desk) == [follow.id]
    assert len(desk.waiting_alerts()) == 1


def known(desk: Desk) -> list[str]:
    return [state.id for state in desk.file_states()]


def test_of_a_file_that_was_removed_nothing_is_remembered_not_even_what_was_wrong_with_it(desk: Desk, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.touch()
    reader = FakeReader().hold("/n/a", make_story("One quay")).hold("/m/b", make_story("Two cranes"))
    reader.hold("/n/bad", problems=[Problem("/n/bad", "binary")]).hold(str(there), make_story("Three tides"))
    refresh(desk, reader, "/n", "/m", str(there))
    assert known(desk) == sorted([str(there), "/m/b", "/n/a", "/n/bad"])
    del reader.files["/n/bad"]
    refresh(desk, reader, "/m", named=True)
    assert "/n/bad" in known(desk), "the others were not looked at"
    refresh(desk, reader, "/n")
    assert known(desk) == sorted([str(there), "/n/a"]), "one that nobody reads is there, the other is not"


def test_files_of_a_disk_that_is_elsewhere_are_remembered(desk: Desk) -> None:
    reader = FakeReader().hold("/n/a", make_story("One quay")).hold("/nn", make_story("Two cranes"))
    refresh(desk, reader, "/n", "/nn")
    reader.files.clear()
    refresh(desk, reader, "/n")
    assert known(desk) == ["/n/a"]


def told(desk: Desk) -> list[str]:
    with desk.store.reading() as connection:
        return sources.read_ids(connection)[1]


def test_what_alerts_were_told_goes_with_its_follow_unless_that_can_come_back(desk: Desk) -> None:
    follow = desk.follow("earthquake", alerts=("keyword:town",))
    desk.keep(QUAKE)
    assert desk.fire_alerts()
    desk.unfollow(follow.id)
    refresh(desk, FakeReader())
    assert told(desk) == [follow.id]
    desk.undo()
    assert [one.id for one in desk.all_follows()] == [follow.id]
    assert desk.fire_alerts() == {}, "it was told"
    desk.unfollow(follow.id)
    desk.marks.drop_steps(desk.marks.steps())
    refresh(desk, FakeReader())
    assert told(desk) == []
