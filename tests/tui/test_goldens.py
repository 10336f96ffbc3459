"""Whole screens as text, at three sizes. After a wanted change ``TZ=UTC python -m tests.tui.test_goldens`` writes them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import cast

import pytest

from newsdesk.desk import Desk
from tests.tui.driving import text_after
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import NOW, morning
from tui.app import NewsdeskApp, Setup

DATA = Path(__file__).parent / "data"
SCREENS: dict[str, tuple[int, int, tuple[str, ...], dict[str, str]]] = {
    "morning-80x24": (80, 24, (), {}),
    "morning-120x40": (120, 40, (), {}),
    "morning-200x60": (200, 60, (), {}),
    "sections-80x24": (80, 24, ("1",), {}),
    "article-80x24": (80, 24, ("j", "enter", "w"), {}),
    "comments-80x24": (80, 24, ("4",), {}),
    "narrowed-120x40": (120, 40, ("1", "j", "enter"), {}),
    "narrowed-80x24": (80, 24, ("1", "j", "enter"), {}),
    "article-120x40": (120, 40, ("j", "enter"), {}),
    "jump-120x40": (120, 40, ("semicolon",), {}),
    "jump-ascii-80x24": (80, 24, ("semicolon",), {"LANG": "POSIX"}),
    "zen-200x60": (200, 60, ("j", "Z"), {}),
    "zen-80x24": (80, 24, ("j", "Z"), {}),
    "sized-120x40": (120, 40, ("1", "plus", "4", "plus", "plus", "5", "minus"), {}),
    "ascii-80x24": (80, 24, ("j",), {"LANG": "POSIX"}),
    "ascii-200x60": (200, 60, ("j",), {"LANG": "POSIX"}),
    "keys-120x40": (120, 40, ("question_mark",), {}),
    "ascii-120x40": (120, 40, ("j",), {"LANG": "POSIX"}),
}


def told() -> FakeDesk:
    """A desk that a person has already worked at."""
    desk = FakeDesk(morning())
    for target in ("tquakeaaaaa", "JP", "medtop:04000000"):
        desk.follow(target)
    desk.look("f000003")
    desk.read |= {"s0000000002", "s0000000006", "s0000000008", "s0000000015"}
    desk.starred.add("s0000000010")
    return desk


async def draw(name: str) -> str:
    width, height, keys, env = SCREENS[name]
    setup = Setup(desk=cast(Desk, told()), now=lambda: NOW, polls=False, env=env or {"LANG": "C.UTF-8"})
    return await text_after(NewsdeskApp(setup), (width, height), keys)


@pytest.mark.parametrize("name", SCREENS)
async def test_screen_looks_as_it_was_agreed(name: str) -> None:
    assert await draw(name) == (DATA / f"{name}.txt").read_text("utf-8")


if __name__ == "__main__":
    for screen in SCREENS:
        (DATA / f"{screen}.txt").write_text(asyncio.run(draw(screen)), "utf-8")
