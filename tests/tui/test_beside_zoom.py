"""One pane alone on the screens that stand beside the newsroom."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Open
from tests.tui.driving import Room
from tui.screens.base import DeskScreen
from tui.widgets.line_view import LineView

SCREENS = ("6", "7", "8", "9", "0", "C")


def _seen(room: Room) -> list[LineView]:
    """The panes that have room on the screen, the largest last."""
    panes = [pane for pane in room.app.screen.query(LineView) if pane.display and pane.outer_size.area]
    return sorted(panes, key=lambda pane: pane.outer_size.area)


@pytest.mark.parametrize(
    ("key", "size"), [(key, size) for key in SCREENS for size in ((80, 24), (160, 48)) if (key, size) != ("7", (80, 24))]
)
async def test_every_pane_can_stand_alone_and_all_come_back(newsroom: Open, key: str, size: tuple[int, int]) -> None:
    width, height = size
    async with newsroom(width, height) as room:
        await room.press(key)
        before = room.text
        screen, first = room.app.screen, room.app.screen.focused
        assert isinstance(screen, DeskScreen)
        sizes = {pane: pane.outer_size for pane in _seen(room)}
        await room.press("z")
        assert _seen(room) == [first]
        assert _seen(room)[0].outer_size.width == width
        assert _seen(room)[0].outer_size.height >= height - 3
        assert "all panes" in screen.status_bar.text
        panes = [screen.focused]
        await room.press("tab")
        while screen.focused is not first:
            assert _seen(room) == [screen.focused]
            assert _seen(room)[0].outer_size.height >= height - 3
            panes.append(screen.focused)
            await room.press("tab")
        assert len(panes) == len(screen.query(LineView)), "Tab goes round all of them"
        await room.press("escape")
        assert room.app.screen is screen
        assert {pane: pane.outer_size for pane in _seen(room)} == sizes
        assert room.text == before
        await room.press("z", "z")
        assert room.text == before
        await room.press("escape")
        assert room.is_bare()


async def test_a_pane_that_has_all_the_room_says_so(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        await room.press("7", "z")
        assert isinstance(room.app.screen, DeskScreen)
        assert "this pane has all the room that there is" in room.app.screen.status_bar.text
        await room.press("escape")
        assert room.is_bare()
