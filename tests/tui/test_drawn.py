"""What was written to the terminal, bit by bit, is what the whole screen drawn anew would show: after any keys, at any size."""

from __future__ import annotations

import asyncio
import os
import random

import pyte
import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from textual._compositor import ChopsUpdate
from textual.strip import Strip

from tests.tui.conftest import Open
from tests.tui.driving import Room, drain, strike
from tests.tui.fake_desk import FakeDesk
from tests.tui.hostile import HOSTILE
from tests.tui.morning import morning
from tests.tui.test_hostile import hostile_stories
from tui.app import NewsdeskApp
from tui.keys.commands import COMMANDS
from tui.screens.base import DeskScreen
from tui.terminal.output import stretches_of
from tui.terminal.paper import Paper

STEPS = int(os.environ.get("NEWSDESK_WALK", "90"))  # 2,000 before a release
SIZES = ((160, 50), (80, 24), (80, 24), (60, 20))
MOVES = (
    "j",
    "j",
    "j",
    "j",
    "k",
    "k",
    "ctrl+d",
    "ctrl+u",
    "g",
    "G",
    "space",
    "1",
    "2",
    "3",
    "4",
    "z",
    "enter",
    "escape",
    "t",
    "O",
)


class Watched:
    """A room whose app draws as on a terminal, on one that we look at."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.written = ""
        self.begin()

    def begin(self) -> None:
        size = self.room.app.size
        self.screen = pyte.Screen(size.width, size.height)
        self.stream = pyte.ByteStream(self.screen)
        self.room.app.paper.colours = ColorSystem.TRUECOLOR
        self.room.app.paper.resize(size.width, size.height)
        self.room.app.screen.refresh()

    def take(self, text: str) -> None:
        self.written += text
        self.stream.feed(text.encode())

    async def rest(self) -> None:
        """Until all that changed was drawn; nothing is waited for after the last look."""
        await self.room.settle()
        while self._is_owed():
            await asyncio.sleep(0)
            await drain(self.room.app)

    def _is_owed(self) -> bool:
        screen = self.room.app.screen
        waits = screen._dirty_widgets or screen._layout_required or screen._repaint_required
        return bool(waits) or self.room.app.brush._handle is not None

    def expected(self) -> pyte.Screen:
        """What all of it shows, drawn anew."""
        app = self.room.app
        paper = Paper(app.paper.colours)
        paper.resize(*app.size)
        screen = pyte.Screen(*app.size)
        update = app.screen._compositor.render_full_update()
        pyte.ByteStream(screen).feed(paper.show(stretches_of(update)).encode())
        return screen


def seen(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """Every cell as the eye has it: the ink of a blank is not seen."""
    return [[_cell(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)]


def _cell(cell: pyte.screens.Char) -> tuple[object, ...]:
    ground = (cell.data, cell.bg, cell.reverse, cell.underscore)
    return ground if cell.data == " " else (*ground, cell.fg, cell.bold, cell.italics)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> list[Watched]:
    """What the app writes goes to the last of these."""
    rooms: list[Watched] = []
    monkeypatch.setattr(NewsdeskApp, "is_headless", False)
    monkeypatch.setattr(
        "textual.drivers.headless_driver.HeadlessDriver.write", lambda driver, text: rooms[-1].take(text) if rooms else None
    )
    monkeypatch.setattr(DeskScreen, "action_quit", lambda screen: None)
    return rooms


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_walk_leaves_nothing_of_what_stood_there(newsroom: Open, watched: list[Watched], seed: int) -> None:
    chance = random.Random(seed)
    every = [key for command in COMMANDS if command.where in ("pane", "screen") for key in command.keys.split(",")]
    desk = FakeDesk([*morning(), *hostile_stories(HOSTILE[::9])])
    async with newsroom(*SIZES[0], desk=desk) as room:
        view = Watched(room)
        watched.append(view)
        for step in range(0, STEPS, 6):
            if step % 24 == 18:
                await room.pilot.resize_terminal(*chance.choice(SIZES))
                await room.settle()
                view.begin()
            keys = chance.choices((*MOVES, *every) if chance.random() < 0.3 else MOVES, k=6)
            strike(room.app, *keys)
            await view.rest()
            if not isinstance(room.app.screen, DeskScreen):  # a sheet: what is below it is not its own
                continue
            assert seen(view.screen)[1:] == seen(view.expected())[1:], f"after {keys}, step {step}"


def test_a_change_that_begins_inside_a_wide_character_cuts_no_half_off() -> None:
    line = Strip([Segment("a月b")])
    update = ChopsUpdate([{0: line}], [(0, 2, 4)], [[4]])
    [(y, x, segments)] = stretches_of(update)
    assert (y, x, "".join(segment.text for segment in segments)) == (0, 0, "a月b")


async def test_a_pane_of_the_whole_width_is_scrolled_by_the_terminal(newsroom: Open, watched: list[Watched]) -> None:
    async with newsroom(80, 24) as room:
        view = Watched(room)
        watched.append(view)
        await view.rest()
        for key in ("O", *"j" * 20):
            view.written = ""
            strike(room.app, key)
            await view.rest()
            assert seen(view.screen)[1:] == seen(view.expected())[1:], key
            if "\x1b[1M\x1b[r" in view.written:
                return
        raise AssertionError("every line was written again")
