"""The search index is filled anew beside the one that is in use, while others read and write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newsdesk.archive import refill
from newsdesk.desk import Desk
from newsdesk.refresh.events import Finished, Started, WordsFilled
from newsdesk.refresh.run import Refresh
from newsdesk.refresh.sources import Sources
from tests.unit.desks import NOW, assert_well, collect, make_story, open_desk

FERRIES = [make_story(str(at), f"Ferry{at} sails", f"It left pier{at}.", published=f"2026-01-{10 + at}") for at in range(5)]


@pytest.fixture(autouse=True)
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refill, "AT_ONCE", 2)


def make_stale(desk: Desk, words: str = "old " * 9) -> None:
    """As if `words` had been made of each text: nothing is found by the new ones."""
    with desk.store.writing() as connection:
        connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
        for doc in connection.execute("SELECT doc FROM story").fetchall():
            connection.execute("INSERT INTO words (rowid, title, body, source) VALUES (?, ?, ?, ?)", (*doc, *[words] * 3))
        connection.execute("UPDATE state SET words_version = 0")
    desk.store.stale_words = True


def assert_whole(desk: Desk) -> None:
    """Each story is found by its words alone, and by none that it no longer has."""
    stories = [story for one in desk.ids("") if (story := desk.story(one))]
    for number in range(10):
        named = [story.id for story in stories if f"Ferry{number} " in f"{story.title} "]
        assert desk.ids(f"ferry{number}") == named
    assert desk.ids("old") == []
    with desk.store.writing() as connection:
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'words_%'")]
        assert sorted(names) == ["words_config", "words_data", "words_idx"]
    assert_well(desk)


def test_it_comes_bit_by_bit_and_until_then_the_old_one_is_searched(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, open_desk(tmp_path) as other:
        desk.keep(FERRIES)
        make_stale(desk)
        told = []
        for said in refill.refill(desk.store):
            told.append(said)
            assert len(other.ids("old")) == 5
        assert told == [(2, 5), (4, 5), (5, 5)]
        assert other.count("ferry3") == 1
        assert_whole(other)
    with open_desk(tmp_path) as desk:
        assert not desk.store.stale_words


def test_who_stops_it_has_the_old_one_and_it_begins_anew(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(FERRIES)
        make_stale(desk)
        assert next(refill.refill(desk.store)) == (2, 5)
    with open_desk(tmp_path) as desk:
        assert desk.store.stale_words
        assert len(desk.ids("old")) == 5
        for _ in refill.refill(desk.store):
            pass
        assert_whole(desk)


def test_a_refresh_tells_how_far_it_is_and_can_be_stopped_meanwhile(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(FERRIES)
        make_stale(desk)
        stopped = Refresh(desk, None, Sources(), lambda: NOW)
        events = collect(stopped, lambda event: stopped.stop() if isinstance(event, WordsFilled) else None)
        assert [type(event) for event in events] == [Started, WordsFilled, Finished]
        assert len(desk.ids("old")) == 5
        events = collect(Refresh(desk, None, Sources(), lambda: NOW))
        assert [(event.done, event.of) for event in events if isinstance(event, WordsFilled)] == [(2, 5), (4, 5), (5, 5)]
        assert_whole(desk)


def revise(desk: Desk) -> None:
    desk.keep([make_story("0", "Ferry9 sails", "It left pier9.", published="2026-01-10")])


def add(desk: Desk) -> None:
    desk.keep([make_story("7", "Ferry7 sails", "It left pier7.", published="2026-01-01")])


def forget(desk: Desk) -> None:
    desk.forget(desk.ids("title:old")[-1:])


@pytest.mark.parametrize(("change", "stories"), [(revise, 5), (add, 6), (forget, 4)])
def test_what_others_change_meanwhile_is_made_up_for(tmp_path: Path, change: Callable[[Desk], None], stories: int) -> None:
    with open_desk(tmp_path) as desk, open_desk(tmp_path) as other:
        desk.keep(FERRIES)
        make_stale(desk)
        filling = refill.refill(desk.store)
        next(filling)
        change(other)
        for _ in filling:
            pass
        assert other.count("") == stories
        assert_whole(other)


@pytest.mark.parametrize(("change", "stories"), [(revise, 1), (forget, 0)])
def test_an_index_of_other_words_is_not_told_to_drop_these(
    tmp_path: Path, change: Callable[[Desk], None], stories: int
) -> None:
    """More words taken out than it holds are a damaged archive to SQLite."""
    with open_desk(tmp_path) as desk:
        desk.keep(FERRIES[:1])
        make_stale(desk, "old")
        change(desk)
        assert desk.count("") == stories
        assert desk.ids("old") == []
        for _ in refill.refill(desk.store):
            pass
        assert_whole(desk)
