"""The dashboard on the desk that people use: archive, marks and notebook on disk, another process at work beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdesk.desk import Desk
from newsdesk.model import Comment, Story
from newsdesk.paths import Paths
from newsdesk.threads import kept_text
from newsdesk.threads.kept_text import KeptComments
from tests.tui.conftest import Open
from tests.tui.morning import NOW, morning
from tui.lists.narrowing import Narrowing
from tui.lists.view import Folding, View, read_first, read_listing
from tui.messages import RefreshStarted


def _open(folder: Path) -> Desk:
    paths = Paths(folder / "config.toml", folder / "data", folder / "state")
    return Desk.open(paths, now=lambda: NOW, tag=lambda story: story)


def _fetched() -> list[Story]:
    """As a fetcher brings them: without ids and storylines."""
    return [story.with_(id="", storyline=None, wire_copy_of=None) for story in morning()]


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Desk]:
    with _open(tmp_path) as desk:
        desk.keep(_fetched())
        yield desk


async def test_reading_marking_following_and_undoing(newsroom: Open, real: Desk) -> None:
    async with newsroom(200, 60, desk=real) as room:
        assert "22 stories · 22 unread" in room.text
        await room.press("t", "enter")
        assert real.count("is:unread") == 21
        await room.press("escape", "s", "f")
        assert real.count("is:starred") == 1
        assert len(real.follows()) == 1
        await room.press("A")
        assert real.count("is:unread") == 0
        await room.press("u", "u", "u")
        assert real.count("is:unread") == 21
        assert real.count("is:starred") == 0
        assert real.follows() == []


async def test_a_desk_whose_stories_wait_for_their_labels_is_not_told_that_none_matches(newsroom: Open, tmp_path: Path) -> None:
    with _open(tmp_path) as desk:
        with desk.taking_in() as intake:
            intake.take(_fetched())
            for _ in intake.slices():
                pass
        async with newsroom(200, 40, desk=desk) as room:
            assert "What came in has still to be labelled and grouped." in room.text
            assert "No story matches." not in room.text
            room.screen.on_refresh_started(RefreshStarted(3))
            await room.settle()
            assert "0 of 3 sources read so far." in room.text


async def test_what_does_it_again_is_told_behind_long_names(newsroom: Open, real: Desk) -> None:
    first, second, *_ = (line.id for line in real.storylines())
    real.rename(second, "Harbour pilots and crane drivers of three ports agree to talk")
    real.rename(first, "Dockers of the northern ports walk out over night shifts again")
    real.merge(first, second)
    async with newsroom(80, 24, desk=real) as room:
        await room.press("u")
        said = room.app.screen.status_bar.text  # type: ignore[attr-defined]
        assert said.startswith("undone: merged “Harbour")
        assert said.endswith("^r does it again")
        assert len(said) < 80


async def test_sections_narrow_and_searches_search(newsroom: Open, real: Desk) -> None:
    async with newsroom(200, 60, desk=real) as room:
        await room.press("t", "1")
        pane = room.screen.sections_pane
        pane.go(next(i for i, entry in enumerate(pane.entries) if entry.label == "Japan"))
        await room.press("enter")
        assert room.screen.stories_pane.rows == 3
        await room.press("slash")
        await room.type("drill")
        await room.press("enter")
        assert room.screen.stories_pane.rows == 1
        await room.press("slash")
        await room.type(" colour:red")
        assert room.screen.trouble_bar.has_class("-shown")
        await room.press("escape", "backspace", "1", "G", "enter")
        assert room.screen.view.narrowing.country == ""
        assert room.screen.stories_pane.rows == 1


@pytest.mark.parametrize("grouped", [True, False])
@pytest.mark.parametrize("at_first", [15, 60])
def test_what_is_shown_first_is_the_top_of_all_that_is_found(
    real: Desk, grouped: bool, at_first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.lists.view.AT_FIRST", at_first)
    view = View(Narrowing(search="-nowhere"), grouped)
    first = read_first(real, view, Folding())
    whole = read_listing(real, view, [0], Folding(), None)
    heads = list(whole.loaded())[:at_first]
    assert list(first.loaded()) == heads
    assert [first.opened(index) for index, _ in heads] == [whole.opened(index) for index, _ in heads]
    assert any(whole.opened(index) for index, _ in whole.loaded()) is grouped, "a short list stands open"


async def test_a_long_search_comes_in_whole(newsroom: Open, real: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.reading.AT_FIRST", 3)
    monkeypatch.setattr("tui.lists.view.AT_FIRST", 3)
    async with newsroom(200, 60, desk=real) as room:
        await room.press("t", "slash")
        await room.type("-nowhere")
        assert room.screen.stories_pane.rows == 22


async def test_a_long_thread_is_read_from_where_it_is_kept(newsroom: Open, real: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_text, "LONG", 3)
    talk = [Comment(f"word {at} on it", f"reader{at % 3}", reply_to=at // 2 if at else None) for at in range(40)]
    real.keep([Story(title="A thread", body=("One.",), published="2099-01-01", comments=tuple(talk))])
    async with newsroom(160, 50, desk=real) as room:
        pane = room.screen.comments_pane
        assert pane.story is not None
        assert isinstance(pane.story.comments, KeptComments)
        await room.press("4", "j", "j", "j")
        assert pane.current in talk
        here = pane.current
        await room.press("x", "1")
        assert "negative, you say" in room.status
        assert isinstance(pane.story.comments, KeptComments)
        assert pane.current is not None
        assert (pane.current.text, pane.current.sentiment and pane.current.sentiment.label) == (here and here.text, "negative")
        assert "you: negative" in room.text
        await room.press("u")
        assert pane.current == here
        await room.press("comma")
        await room.type("word 39")
        await room.press("enter")
        assert pane.current == talk[39]
        await room.press("O")
        assert pane.current == talk[0]
        assert "39 replies" in room.text


async def test_what_another_process_stores_appears(newsroom: Open, real: Desk, tmp_path: Path) -> None:
    async with newsroom(200, 60, desk=real) as room:
        await room.screen.look_for_changes()
        with _open(tmp_path) as other:
            fresh = _fetched()[18].with_(title="Fresh off the wire", body=("Nobody has read this.",), origins=(), url=None)
            other.keep([fresh])
        await room.screen.look_for_changes()
        await room.settle()
        assert "23 stories" in room.text
        assert "Fresh off the wire" in room.text


async def test_the_following_screen_on_a_real_desk(newsroom: Open, real: Desk) -> None:
    line = next(line for line in real.storylines() if line.stories > 1)
    real.follow(line.id)
    real.follow("country:JP", "Japan", ("new-country",))
    old = _fetched()[0]
    real.keep([old.with_(title="Quite another headline"), old.with_(title="A story of today", origins=(), published=None)])
    async with newsroom(200, 60, desk=real) as room:
        await room.press("0", "j")
        assert "THE STORY SO FAR" in room.text
        await room.press("m", "k", "m", "x", "p", "F")
        await room.type("Asia")
        await room.press("enter")
        assert [(state.follow.muted, state.follow.paused) for state in real.follows()].count((True, True)) == 1
        assert "Asia" in room.text
        for _ in range(5):
            await room.press("u")
        assert "undone: caught up with" in room.app.screen.status_bar.text  # type: ignore[attr-defined]
        assert [(state.follow.muted, state.follow.folder) for state in real.follows()] == [(False, ""), (False, "")]
        await room.press("6")
        assert "THE STORY SO FAR" in room.text
        assert "the first report" in room.text
