"""Where countries are: the middle of each degree, for a map of characters. The data is made by training/map."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NORTH = 84  # degrees north of the first row's upper edge
WIDTH = 360
_RUN = re.compile(r"(-|[A-Z]{2})(\d{1,3})")


@dataclass(frozen=True, slots=True)
class World:
    """`rows` from north to south, each 360 codes from longitude -180 on; "" is no country's."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def height(self) -> int:
        return len(self.rows)


@cache
def world() -> World:
    """The map, read once (a few milliseconds)."""
    text = (files("newsdesk") / "data" / "map" / "world.txt").read_text("utf-8")
    return World(tuple(_row(line) for line in text.splitlines() if not line.startswith("#")))


def _row(line: str) -> tuple[str, ...]:
    row: list[str] = []
    for code, length in _RUN.findall(line):
        row += ["" if code == "-" else code] * int(length)
    return tuple(row)
