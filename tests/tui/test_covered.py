"""What stands over the newsroom: it asks the desk once. What goes on below a sheet: it is painted once, and seen."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Open
from tui.screens.beside import Beside
from tui.screens.keys import KeysScreen


@pytest.mark.parametrize("key", ["6", "7", "8", "9", "0", "C"])
async def test_a_screen_that_is_opened_asks_the_desk_once(newsroom: Open, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    read: list[Beside] = []
    reload = Beside.reload

    def count(screen: Beside) -> None:
        read.append(screen)
        reload(screen)

    monkeypatch.setattr(Beside, "reload", count)
    async with newsroom(120, 40) as room:
        await room.press(key)
        assert read == [room.app.screen]


async def test_a_covered_screen_is_painted_once_for_a_change(newsroom: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    painted = 0
    render = KeysScreen.render

    def count(self: KeysScreen) -> object:
        nonlocal painted
        painted += 1
        return render(self)

    monkeypatch.setattr(KeysScreen, "render", count)
    async with newsroom(120, 40) as room:
        await room.press("question_mark")
        assert isinstance(room.app.screen, KeysScreen)
        painted = 0
        room.screen.title_bar.show((("Something else", "text"),))
        await room.settle()
        assert painted
        assert "Something else" in room.text
        painted = 0
        await room.settle()  # which brings messages to every screen
        assert painted == 0
        await room.press("escape")
        assert "Something else" in room.text
