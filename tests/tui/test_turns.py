"""Keys that arrive together: each goes where the one before has put the focus, and nothing waits for ever."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest
from textual.binding import Binding, BindingType

from tests.tui.conftest import Open
from tests.tui.driving import drain, strike
from tests.tui.fake_desk import FakeDesk
from tests.tui.terminal import Terminal
from tui.palette import Palette
from tui.screens.entry import Prompt
from tui.screens.sheet import Sheet


@pytest.mark.parametrize(
    ("keys", "seen"),
    [
        ("\x1bU", "unread only"),
        ("\x1b?", "Signs in the lists"),
        ("/Iquique\x1b:theme light\r", "theme: light"),
        ("/Iquique \x1bbx\r", "search xIquique"),
        ("\x1bT", "theme: light"),
        ("/country:JP\r", "search country:JP      3 shown, 19 hidden"),
        (":theme\r", "theme: light"),
        (":search\rcountry:JP\r", "search country:JP      3 shown, 19 hidden"),
        ("/smAq\x7f\x7f\x7f\x7f\rT", "theme: light"),
        ("\x1b[200~ATq\x1b[201~T", "theme: light"),
        ("/\x1b[200~country:JP\x1b[201~\r", "search country:JP      3 shown, 19 hidden"),
    ],
)
def test_one_write_of_several_keys_goes_where_its_keys_lead(tmp_path: Path, keys: str, seen: str) -> None:
    with Terminal("morning", tmp_path / "s.json") as terminal:
        terminal.wait_for("22 unread")
        terminal.wait_for("Aftershocks keep Iquique awake as port")
        terminal.press(keys)
        terminal.wait_for(seen)
        assert "22 stories · 22 unread" in terminal.text, "nothing was marked"


async def test_letters_after_the_search_key_run_no_command(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        strike(room.app, "/", *"smAfTXq", "enter", "T")
        await room.settle()
        assert desk.calls == []
        assert room.screen.view.narrowing.search == "smAfTXq"
        assert room.status.startswith("theme: light")


async def test_a_burst_into_a_prompt_and_what_follows(newsroom: Open) -> None:
    async with newsroom() as room:
        given: list[str] = []
        room.screen.app.push_screen(Prompt([("Which?", "text")], given.append))
        await drain(room.app)
        strike(room.app, *"sTA", "enter", "T", ":", *"theme", "enter")
        await room.settle()
        assert given == ["sTA"]
        assert room.status.startswith("theme: contrast")


async def test_a_sheet_that_is_left_takes_no_keys_with_it(newsroom: Open) -> None:
    async with newsroom() as room:
        for _ in range(3):
            strike(room.app, ":", "escape", "?", "?", ":", "a", "escape")
        strike(room.app, "/", "x", "enter")
        await room.settle()
        assert room.app.screen is room.screen
        assert room.screen.view.narrowing.search == "x"


class Asking(Sheet):
    """Waits for a key before it goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "yes", show=False)]

    def action_yes(self) -> None:
        self.leave()


async def test_work_that_waits_for_a_key_gets_it(newsroom: Open) -> None:
    async with newsroom() as room:
        answered: list[bool] = []

        async def ask() -> None:
            await room.app.push_screen_wait(Asking())
            answered.append(True)

        room.screen.work("ask", ask)
        await room.pilot.pause()
        strike(room.app, "y", ":")
        await drain(room.app)
        await room.pilot.pause()
        assert answered == [True]
        assert isinstance(room.app.screen, Palette)
