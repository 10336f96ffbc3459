"""Make docs/screen.svg, the README's picture: the real dashboard on the sample seeds, at a fixed moment.

    python docs/picture.py [--size 140x42] [--keys KEY,KEY,...] [--theme NAME] [FILE.svg]

The archive is made by a real refresh into a folder that is thrown away.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from newsdesk.desk import Desk  # noqa: E402
from newsdesk.paths import find_paths  # noqa: E402
from tests.tui.driving import settle  # noqa: E402
from tui.app import NewsdeskApp, Setup  # noqa: E402

MORNING = datetime(2026, 3, 12, 11, 40, tzinfo=UTC)
SAMPLES = ROOT / "newsdesk" / "data" / "samples"


async def draw(folder: str, size: tuple[int, int], keys: list[str], theme: str) -> str:
    """The screen as SVG after `keys` were pressed."""
    env = {"HOME": folder, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    os.environ.update(env)  # the framework asks there how many colours there are
    with Desk.open(find_paths(env, None, folder), now=lambda: MORNING) as desk:
        app = NewsdeskApp(Setup(desk, now=lambda: MORNING, demo=True, theme=theme, env=env, polls=False))
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            return app.export_screenshot(title="newsdesk --demo")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", default="140x42")
    parser.add_argument("--keys", default="j,j,enter,2")
    parser.add_argument("--theme", default="")
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "docs" / "screen.svg")
    args = parser.parse_args()
    width, height = map(int, args.size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        moment = MORNING.strftime("%Y-%m-%dT%H:%M:%SZ")
        command = [sys.executable, "-m", "newsdesk", "refresh", "--quiet", "--data", folder, "--now", moment]
        subprocess.run(
            [*command, "--seeds", str(SAMPLES)], check=True, env={**os.environ, "HOME": folder, "PYTHONPATH": str(ROOT)}
        )
        svg = asyncio.run(draw(folder, (width, height), list(filter(None, args.keys.split(","))), args.theme))
    args.file.write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
