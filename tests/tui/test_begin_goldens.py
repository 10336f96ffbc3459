"""The welcome, the settings and the sheets that they ask with, as text at three sizes and in ASCII; and with their colours, in
the dark theme and without any. ``TZ=UTC python -m tests.tui.test_begin_goldens`` writes them anew after a wanted change."""

from __future__ import annotations

import asyncio
import os
import tempfile
from itertools import groupby
from pathlib import Path
from typing import cast
from unittest.mock import patch

import pytest
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from newsdesk.desk import Desk
from newsdesk.first_start import FirstStart
from tests.tui.driving import Room, settle
from tests.tui.morning import NOW
from tests.tui.test_goldens import DATA, told
from tui.app import NewsdeskApp, Setup
from tui.colours.theme_files import Themes
from tui.keys.commands import COMMANDS

SIZES = ((80, 24), (120, 40), (200, 60))
KEYS: dict[str, tuple[str, ...]] = {
    "welcome": ("W",),
    "settings": ("C", "j", "j", "j"),
    "entry": ("C", "j", "j", "j", "j", "j", "enter"),
}
SCREENS = {
    f"{name}-{width}x{height}": (width, height, keys, "C.UTF-8", "")
    for name, keys in KEYS.items()
    for width, height in SIZES[: 1 if name == "entry" else 3]
}
SCREENS |= {f"{name}-ascii-120x40": (120, 40, keys, "POSIX", "") for name, keys in KEYS.items() if name != "entry"}
LOOKS = {f"{name}-dark-80x24": (80, 24, keys, "C.UTF-8", "dark") for name, keys in KEYS.items()}
LOOKS |= {"settings-mono-80x24": (80, 24, KEYS["settings"], "C.UTF-8", "mono")}
FILE = 'seeds = ["~/news"]\n\n[display]\ntheme = "dark"\n\n[keys]\nstar = "b"\n'


@patch("tui.panes.setting_words.COMMANDS", COMMANDS[:12])  # a command more is no other screen
async def draw(name: str, folder: Path) -> str:
    width, height, keys, language, theme = (SCREENS | LOOKS)[name]
    file = folder / ".config" / "newsdesk" / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(FILE)
    setup = Setup(
        desk=cast(Desk, told()),
        now=lambda: NOW,
        polls=False,
        env={"LANG": language, "HOME": str(folder)},
        config_file=file,
        first=FirstStart(file, (), welcome=False),
        demo=keys == ("W",),
        keys={"star": "b"},
        theme=theme or "dark",
        themes=Themes(file),
    )
    with patch.dict(os.environ, COLORTERM="truecolor"):  # few colours have looks of their own
        app = NewsdeskApp(setup)
    async with app.run_test(size=(width, height)) as pilot:
        room = Room(app, pilot)
        await settle(pilot)
        await room.press(*keys)
        strips = strips_of(app, name.partition("-")[0])
        text = "\n".join(looks_of(strip) if name in LOOKS else strip.text.rstrip() for strip in strips)
    app.finish()
    assert app.faults == []
    return text + "\n"


def strips_of(app: NewsdeskApp, name: str) -> list[Strip]:
    """The lines of a screen; of a sheet those of its own: what it stands over has goldens of its own."""
    strips = app.screen._compositor.render_strips()
    sheet = app.screen.query(f"#{name}").first() if name in ("welcome", "entry") else app.screen
    region = sheet.region
    return [strip.crop(region.x, region.right) for strip in strips[region.y : region.bottom]]


def looks_of(strip: Strip) -> str:
    """A line as runs of one look: the colour on its ground, how it is drawn, the text."""
    runs = groupby(strip, lambda segment: look(segment.style))
    return "".join(f"[{told}]{''.join(segment.text for segment in run)}" for told, run in runs).rstrip()


def look(style: Style | None) -> str:
    if style is None:
        return ""
    ink, ground = (Color.from_rich_color(colour).hex if colour else "-" for colour in (style.color, style.bgcolor))
    drawn = {
        "bold": style.bold,
        "dim": style.dim,
        "italic": style.italic,
        "underline": style.underline,
        "reverse": style.reverse,
    }
    return " ".join([f"{ink}/{ground}", *(name for name, on in drawn.items() if on)])


@pytest.mark.parametrize("name", [*SCREENS, *LOOKS])
async def test_screen_looks_as_it_was_agreed(name: str, tmp_path: Path) -> None:
    assert (DATA / f"{name}.txt").read_text("utf-8").isascii() or "-ascii-" not in name
    assert await draw(name, tmp_path) == (DATA / f"{name}.txt").read_text("utf-8")


if __name__ == "__main__":
    for screen in SCREENS | LOOKS:
        with tempfile.TemporaryDirectory() as scratch:
            (DATA / f"{screen}.txt").write_text(asyncio.run(draw(screen, Path(scratch))), "utf-8")
