"""Pane sizes by key and mouse, kept and taken back; and the story alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.tui.conftest import Open
from tests.tui.driving import Room
from tests.tui.fake_desk import FakeDesk
from tui.arrangement import LEFT, PANES, SPLITS, Sizes, arrange, length_of, resized, sizes_in
from tui.places import place_of_list, places_of
from tui.session import Session, load_session, save_session


@pytest.mark.parametrize("size", [(80, 24), (110, 20), (120, 40), (200, 60), (60, 16)])
@pytest.mark.parametrize("wish", [-50, 1, 30, 100_000])
def test_whatever_is_wished_every_pane_keeps_some_room(size: tuple[int, int], wish: int) -> None:
    width, height = size
    for pane in PANES:
        arrangement = arrange(width, height, pane, zoomed=False)
        sizes: Sizes = {}
        for split in SPLITS:
            if split in arrangement.splits:
                sizes = resized(split, wish, arrangement, sizes, width, height, 26)
        lengths = {split: length_of(split, arrangement, sizes, width, height, 26) for split in sizes}
        assert all(length is not None and length >= 4 for length in lengths.values())
        if arrangement.name == "columns":
            left, right = lengths["left"] or 0, lengths["right"] or 0
            assert width - left - right >= 30


def test_shares_follow_the_terminal_and_names_keep_their_cells() -> None:
    small, large = arrange(120, 40, "stories", zoomed=False), arrange(240, 80, "stories", zoomed=False)
    sizes = resized("comments", 19, small, resized(LEFT, 40, small, {}, 120, 40, 26), 120, 40, 26)
    assert length_of("comments", large, sizes, 240, 80, 26) == 39
    assert length_of(LEFT, large, sizes, 240, 80, 26) == 40
    assert length_of("right", large, sizes, 240, 80, 26) is None


def test_a_file_with_nonsense_in_it_gives_the_usual_sizes(tmp_path: Path) -> None:
    assert sizes_in({"left": 30, "right": "x", "top": True, "side": -1, "comments": 10**9, "other": 4}) == {"left": 30}
    file = tmp_path / "s.json"
    save_session(file, Session(sizes={"left": 30, "comments": 400}))
    assert load_session(file).sizes == {"left": 30, "comments": 400}
    file.write_text('{"sizes": [1], "theme": "x"}')
    assert load_session(file) == Session(theme="x")


async def test_keys_make_panes_larger_and_smaller_and_it_is_kept(newsroom: Open, tmp_path: Path) -> None:
    file = tmp_path / "dashboard.json"
    async with newsroom(120, 40, session_file=file) as room:
        panes = room.screen.panes
        before = {name: pane.outer_size for name, pane in panes.items()}
        await room.press("1", "plus")
        assert panes["sections"].outer_size.width == before["sections"].width + 4
        await room.press("4", "plus", "3", "plus", "5", "minus")
        assert panes["comments"].outer_size.height == before["comments"].height + 2
        assert panes["article"].outer_size.width > before["article"].width
        assert panes["following"].outer_size.height == before["following"].height - 2
        now = {name: pane.outer_size for name, pane in panes.items()}
        await room.press("equals_sign")
        assert {name: pane.outer_size for name, pane in panes.items()} == before
        assert "brings yours back" in room.status
        await room.press("equals_sign")
        assert {name: pane.outer_size for name, pane in panes.items()} == now
        await room.press("2", *["minus"] * 20)
        assert "as small as it can be" in room.status
        assert panes["stories"].outer_size.width >= 30
        list_width = room.screen.stories_pane.inner_width
    async with newsroom(120, 40, session_file=file) as room:
        assert room.screen.stories_pane.inner_width == list_width
        place = place_of_list(120, 40, load_session(file).sizes)
        inner = room.screen.stories_pane.content_region
        assert (place.x, place.y, place.width, place.height) == (inner.x, inner.y, list_width, inner.height)
        for name, there in places_of(120, 40, room.screen.sizes).items():
            inner = room.screen.panes[name].content_region
            assert (there.x, there.y, there.height) == (inner.x, inner.y, inner.height), name
        await room.press("z", "plus")
        assert "all the room" in room.status


async def test_a_low_screen_has_a_split_of_its_own(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        pane = room.screen.stories_pane
        before = pane.outer_size.height
        await room.press("plus")
        assert pane.outer_size.height == before + 2
        place = place_of_list(80, 24, room.screen.sizes)
        assert (place.y, place.height) == (pane.content_region.y, pane.content_region.height)
        await room.press("1", "plus")
        assert room.screen.sections_pane.outer_size.width == 34
        await room.press("3")
        assert room.screen.article_pane.outer_size.width == 80, "a pane alone has it all"
        await room.resize(120, 40)
        assert room.screen.panes["sections"].outer_size.width == 26


def _mouse(room: Room, kind: type[events.MouseEvent], x: int, y: int) -> None:
    room.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y))


async def _drag(room: Room, start: tuple[int, int], end: tuple[int, int]) -> None:
    _mouse(room, events.MouseDown, *start)
    await room.settle()
    for at in (start, end):
        _mouse(room, events.MouseMove, *at)
        await room.settle()
    _mouse(room, events.MouseUp, *end)
    await room.settle()


async def test_borders_are_dragged(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        panes = room.screen.panes
        await _drag(room, (26, 10), (36, 12))
        assert panes["sections"].outer_size.width == 36
        comments = panes["comments"].region
        await _drag(room, (comments.x + 5, comments.y), (comments.x + 5, comments.y - 4))
        assert panes["comments"].region.y == comments.y - 4
        right = panes["article"].region.x - 1
        await _drag(room, (right, 5), (right - 6, 5))
        assert panes["article"].region.x == right - 5
        _mouse(room, events.MouseMove, 3, 3)
        await room.settle()
        assert panes["article"].region.x == right - 5, "it was let go"
        assert room.app.mouse_captured is None


async def test_the_border_of_list_and_article_is_dragged_or_pressed(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        border = room.screen.article_pane.region.y
        await _drag(room, (10, border), (10, border + 3))
        assert room.screen.article_pane.region.y == border + 3
        assert room.screen.focused_pane == "stories", "the list is still there"
        await _drag(room, (10, border + 3), (10, border + 3))
        assert room.screen.focused_pane == "article"


@pytest.mark.parametrize("size", [(160, 48), (80, 24), (60, 20)])
async def test_the_story_alone(newsroom: Open, desk: FakeDesk, size: tuple[int, int]) -> None:
    width, height = size
    async with newsroom(width, height) as room:
        await room.press("j", "Z")
        pane = room.screen.article_pane
        assert desk.calls == [("mark", ("s0000000001",), "read")], "who goes into a story has read it"
        assert [name for name, one in room.screen.panes.items() if one.display] == ["article"]
        assert pane.outer_size.width == min(80, width)
        assert abs((pane.region.x) - (width - pane.region.right)) <= 1, "in the middle"
        lines = room.text.splitlines()
        assert "newsdesk" not in lines[0]
        assert "3 Article" not in room.text
        assert "next unread story" in lines[-1]
        room.screen.hush()
        assert not room.status.strip(), "nothing around it"
        read = pane.story
        await room.press("n")
        assert pane.story is not read
        assert len(desk.calls) == 2
        await room.press("escape")
        assert room.screen.focused_pane == "stories"
        assert "newsdesk" in room.text.splitlines()[0]


async def test_it_is_left_for_the_list_and_zoom_leaves_it_too(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("j", "enter", "Z")
        assert room.screen.has_class("zen")
        await room.press("4")
        assert room.screen.has_class("zen"), "the readers stand alone too"
        await room.press("z")
        assert room.screen.focused_pane == "article", "where it was begun"
        assert not room.screen.has_class("zen")
        await room.press("Z", "2")
        assert not room.screen.has_class("zen")
        await room.press("Z", "slash", "escape")
        assert room.screen.focused_pane == "stories"
        assert not room.screen.has_class("zen")
