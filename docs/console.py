"""Write the README's console examples: the commands are run on the sample seeds, and what they print is put below them.

python docs/console.py [--check]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from docs.blocks import keep  # noqa: E402

README = ROOT / "README.md"
SAMPLES = ROOT / "newsdesk" / "data" / "samples"
NOW = "2026-03-12T12:00Z"
_MOST_LINES = 9


def run(command: str, folder: Path) -> str:
    """What a line of shell prints, `newsdesk` being this checkout's, in an empty home with the samples at hand."""
    here = folder / "bin"
    here.mkdir(exist_ok=True)
    program = here / "newsdesk"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newsdesk "$@" --now {NOW}\n')
    program.chmod(0o755)
    home = {name: str(folder / name) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    env = {**home, "PATH": f"{here}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "COLUMNS": "110"}
    env["NEWSDESK_MOOD_TIER"] = "base"  # what the page shows is the same wherever it is made
    done = subprocess.run(command, shell=True, cwd=folder, env=env, capture_output=True, text=True, check=False)
    lines = (done.stdout + done.stderr).splitlines()
    more = [f"... ({len(lines) - _MOST_LINES} more lines)"] if len(lines) > _MOST_LINES + 1 else []
    return "".join(line + "\n" for line in (lines[:_MOST_LINES] + more if more else lines))


def fill(block: str) -> str:
    """The block with each command's output made anew. The commands stand in it after a dollar sign."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "saved-pages").symlink_to(SAMPLES)
        commands = [line for line in block.splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{command}\n{run(command[2:], folder)}" for command in commands) + "```\n"


if __name__ == "__main__":
    sys.exit(keep(README, "console", fill))
