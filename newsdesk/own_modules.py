"""How a process is started on a module of ours: with what this process has, and with nothing of the folder a person is in."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def command(module: str) -> list[str]:
    """The arguments that run `module` in this Python. ``-P``: a ``json.py`` that lies in the current folder is not taken."""
    return [sys.executable, "-P", "-m", module]


def environment(**more: str) -> dict[str, str]:
    """This process's environment, by which modules are looked for where this one found its own."""
    places = [str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places), **more}
