"""Stories that another process tags are as those that are tagged here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from newsdesk.archive import finish
from newsdesk.archive.finish import read_waiting
from newsdesk.desk import Desk
from newsdesk.model import Comment
from newsdesk.tagging.processes import TaggingProcesses
from tests.unit.desks import NOW, make_story, paths
from tests.unit.key_rows import all_keys

_PLACES = ("Lima", "Oslo", "Nairobi", "Delhi", "Cairo")
_MATTERS = ("election", "earthquake", "strike at the port", "championship", "vaccine", "film festival")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(paths(tmp_path), now=lambda: NOW) as desk:
        _fill(desk)
        yield desk


def _fill(desk: Desk) -> None:
    """Thirty affairs with two stories each, of which some are told twice, and one story that has been talked about."""
    stories = []
    for at in range(60):
        place, matter = _PLACES[at % 5], _MATTERS[at % 6]
        body = f"Officials in {place} said on Monday that the {matter} was the largest in years. {place} waits for more news."
        title = f"{place}: {matter} draws thousands, say officials" if at % 7 else None
        stories.append(make_story(str(at), title, body, f"Part {at} \x41.", feed="https://example.org/f"))
    told = make_story("told", "Readers speak", "A story.", feed="https://example.org/f", comments=(Comment("A", "Bad news."),))
    with desk.taking_in() as intake:
        intake.take([*stories, told])


def _told(desk: Desk) -> list[tuple[Any, ...]]:
    with desk.store.reading() as connection:
        rows = connection.execute(
            "SELECT s.*, l.id, l.title, r.tags FROM story s JOIN storyline l ON l.n = s.storyline"
            " JOIN revision r ON r.story = s.key ORDER BY key"
        ).fetchall()
        rows += sorted(all_keys(connection))
        for table in ("profile", "story_topic", "story_country", "tally", "storyline_word", "forward"):
            rows += connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        return rows


def test_what_is_kept_is_the_same(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finish, "WINDOW", 20)
    with TaggingProcesses() as processes:
        done = [kept.unchanged for kept in desk.finish_beside(processes, 20)]
    assert done == [20, 20, 20]
    with desk.store.reading() as connection:
        assert [one.comments for one in read_waiting(connection, 9)] == [1]
    assert desk.finish().unchanged == 1
    with Desk.open(paths(tmp_path / "other"), now=lambda: NOW) as other:
        _fill(other)
        assert [other.finish(20).unchanged for _ in range(4)] == [20, 20, 20, 1]
        assert _told(other) == _told(desk)


@pytest.mark.parametrize("window", [7, 60, 100])
def test_each_that_waits_is_read_once(desk: Desk, monkeypatch: pytest.MonkeyPatch, window: int) -> None:
    """Whatever part of a window a portion is; one that has been tagged since its window was read is passed over."""
    monkeypatch.setattr(finish, "WINDOW", window)
    with desk.store.reading() as connection:
        silent = {one.key for one in read_waiting(connection, 99) if not one.comments}
    portions = list(finish.read_silent(desk.store, 25))
    assert sorted(one.key for some in portions for one in some) == sorted(silent)
    later = finish.read_silent(desk.store, 5)
    first = {one.key for one in next(later)}
    assert desk.finish(99).unchanged == 61
    assert (len(first), list(later)) == (5, [])


def test_where_a_process_dies_the_rest_goes_on_waiting(desk: Desk) -> None:
    with TaggingProcesses() as processes:
        for process in _processes(processes):
            process.kill()
            process.wait()
        assert list(desk.finish_beside(processes, 20)) == []
    assert desk.waiting() == 61


def test_where_no_process_can_be_had_everything_goes_on_waiting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with TaggingProcesses() as processes:
        assert list(desk.finish_beside(processes, 20)) == []
        assert processes.started == []
    assert desk.finish(20).unchanged == 20


def _processes(processes: TaggingProcesses) -> list[Any]:
    assert processes.tag([]).result() == []  # they start when they are needed
    return processes.started


def test_leaving_early_leaves_no_process(desk: Desk) -> None:
    with TaggingProcesses() as processes, closing(desk.finish_beside(processes, 10)) as batches:
        assert next(batches).unchanged == 10
        (process,) = processes.started
    assert process.poll() is not None
    assert desk.waiting() == 51
