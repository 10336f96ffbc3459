"""The screens beside the newsroom as text, at three sizes and in ASCII. After a wanted change
``TZ=UTC python -m tests.tui.test_screen_goldens`` writes them anew."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import cast
from unittest.mock import patch

import pytest

from newsdesk.desk import Desk
from tests.tui.driving import text_after
from tests.tui.morning import NOW
from tests.tui.sources import SEEDS, with_sources, write_config
from tests.tui.test_goldens import DATA, told
from tui.app import NewsdeskApp, Setup

SIZES = ((80, 24), (120, 40), (200, 60))
KEYS: dict[str, tuple[str, ...]] = {
    "mood": ("8",),
    "feeds": ("9",),
    "storyline": ("6",),
    "compare": ("j", "b", "j"),
    "coverage": ("7", "j", "l"),
    "follows": ("0",),
    "map": ("7", "j", "l", "tab"),
}
SCREENS = {
    f"{name}-{width}x{height}": (width, height, keys, "C.UTF-8") for name, keys in KEYS.items() for width, height in SIZES
}
SCREENS |= {f"{name}-ascii-120x40": (120, 40, keys, "POSIX") for name, keys in KEYS.items()}


@patch("tui.screens.mood.tier_briefly", lambda tier: "the tier that is told here, with how often it is right")
async def draw(name: str, folder: Path) -> str:
    width, height, keys, language = SCREENS[name]
    setup = Setup(
        desk=cast(Desk, with_sources(told())),
        now=lambda: NOW,
        polls=False,
        env={"LANG": language},
        seeds=SEEDS,
        config_file=write_config(folder),
    )
    return await text_after(NewsdeskApp(setup), (width, height), keys)


@pytest.mark.parametrize("name", SCREENS)
async def test_screen_looks_as_it_was_agreed(name: str, tmp_path: Path) -> None:
    assert await draw(name, tmp_path) == (DATA / f"{name}.txt").read_text("utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        for screen in SCREENS:
            (DATA / f"{screen}.txt").write_text(asyncio.run(draw(screen, Path(scratch))), "utf-8")
