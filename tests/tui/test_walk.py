"""A random walk: keys, clicks and resizes in any order, hostile stories among the others. Nothing may be raised."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.tui.conftest import Open
from tests.tui.driving import drain, strike
from tests.tui.fake_desk import FakeDesk
from tests.tui.hostile import HOSTILE
from tests.tui.morning import morning
from tests.tui.test_hostile import hostile_stories
from tui.keys.commands import COMMANDS
from tui.outside.piping import Answer
from tui.screens.base import DeskScreen

STEPS = int(os.environ.get("NEWSDESK_WALK", "1500"))  # 20,000 before a release
PARTS = 4  # walks of their own, so that none takes long on a slow machine
SEED = int(os.environ.get("NEWSDESK_WALK_SEED", "20260304"))
LEFT_OUT = {"quit", "open-link"}
SIZES = ((120, 40), (80, 24), (80, 24), (60, 20), (100, 30), (40, 12), (9, 4), (200, 60))


async def _answer(words: Sequence[str], given: bytes) -> Answer:
    return Answer((" ".join(words), f"{len(given)} bytes"), 0, "exit code 0")


@pytest.mark.parametrize("part", range(PARTS))
async def test_walk(newsroom: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, part: int) -> None:
    monkeypatch.chdir(tmp_path)  # where handovers are written
    monkeypatch.setattr("tui.outside.piping.run_filter", _answer)  # letters at random are no programs to be run
    chance = random.Random(SEED + part)
    desk = FakeDesk([*morning()[::2], *hostile_stories(HOSTILE[::3])])
    keys = [key for command in COMMANDS if command.id not in LEFT_OUT for key in command.keys.split(",")]
    keys += ["j", "k", "enter", "escape", "1", "2", "3", "4", "5", "a", "(", '"', "left", "delete"] * 2
    async with newsroom(80, 24, desk=desk) as room:
        monkeypatch.setattr(DeskScreen, "action_quit", lambda screen: None)  # the palette can find it too
        walked = 0
        while walked < STEPS / PARTS:
            kind = chance.random()
            size = room.app.size
            if kind < 0.08:
                await room.pilot.resize_terminal(*chance.choice(SIZES))
                walked += 1
            elif kind < 0.2:
                await room.pilot.click(offset=(chance.randrange(size.width), chance.randrange(size.height)))
                walked += 1
            else:
                burst = chance.choices(keys, k=chance.randrange(1, 16))
                strike(room.app, *burst)
                await drain(room.app)
                walked += len(burst)
            if chance.random() < 0.1:
                await room.settle()
            assert room.app.is_running
            assert room.app.faults == [], f"after {walked} steps"
        await room.settle()
        # what the panes show is what the desk has
        await room.press("escape", "escape", "escape", "escape")
        pane = room.screen.stories_pane
        for row in range(pane.rows):
            item = pane.listing.item(row)
            if item and item.story:
                assert item.story.unread == (item.story.id not in desk.read)
                assert item.story.starred == (item.story.id in desk.starred)
