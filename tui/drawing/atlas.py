"""The world in characters: land as dots, countries with stories shaded by how many, one of them chosen. Pure.

A cell of the screen covers some degrees of the map. Land is drawn in braille, two by four dots a cell and every other one of
them: lighter than the lightest shade of a country with stories, also without colour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from newsdesk.world import WIDTH, World
from tui.drawing.render import ASCII, Glyphs, Line, Span

SHADES: Final = " ▒▓█"
ASCII_SHADES: Final = " :+#"
INKS: Final = ("", "place", "accent", "follow")
CHOSEN: Final = "X"
_DOTS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # of a braille cell, by row and column


def map_size(world: World, width: int, height: int) -> tuple[int, int]:
    """Columns and lines of the largest map that fits, a line twice as high as a column is wide."""
    columns = max(1, min(width, height * 2 * WIDTH // world.height))
    return columns, max(1, min(height, round(columns * world.height / WIDTH / 2)))


def level(number: int, most: int) -> int:
    """How strongly `number` is shaded where `most` is the largest: 0 for none, else 1 to 3."""
    if number <= 0 or most <= 0:
        return 0
    return 3 if number * 5 > most * 3 else 2 if number * 5 > most else 1


def level_starts(most: int) -> list[int | None]:
    """The smallest number of each level, 1 to 3, where `most` is the largest; None for a level that none has."""
    starts = (1, most // 5 + 1, most * 3 // 5 + 1)
    return [start if level(start, most) == wanted else None for wanted, start in enumerate(starts, 1)]


def map_lines(world: World, counts: Mapping[str, int], chosen: str | None, size: tuple[int, int], glyphs: Glyphs) -> list[Line]:
    """The map in `size` columns and lines. Where a cell holds several countries, the chosen one is shown, else that with most
    stories."""
    columns, rows = size
    shades = ASCII_SHADES if glyphs is ASCII else SHADES
    most = max(counts.values(), default=0)
    land = _land(world, columns, rows, glyphs is ASCII)
    lines: list[Line] = []
    for cells, dots in zip(_cells(world, columns, rows), land, strict=True):
        spans: list[Span] = []
        for codes, dot in zip(cells, dots, strict=True):
            shown = max((counts.get(code, 0) for code in codes), default=0)
            if chosen and chosen in codes:
                span = CHOSEN, "title"
            elif shown:
                strength = level(shown, most)
                span = shades[strength], INKS[strength]
            else:
                span = dot, "faint"
            if spans and spans[-1][1] == span[1]:
                spans[-1] = spans[-1][0] + span[0], span[1]
            else:
                spans.append(span)
        lines.append(tuple(spans))
    return lines


@lru_cache(maxsize=8)
def _cells(world: World, columns: int, rows: int) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The countries in each cell, the largest first."""
    found = []
    for row in range(rows):
        top, end = _part(row, rows, world.height)
        line = []
        for column in range(columns):
            left, right = _part(column, columns, WIDTH)
            codes = Counter(code for y in range(top, end) for code in world.rows[y][left:right] if code)
            line.append(tuple(code for code, _ in codes.most_common()))
        found.append(tuple(line))
    return tuple(found)


def _part(place: int, of: int, length: int) -> tuple[int, int]:
    """From where to where part `place` of `of` equal parts goes, at least one long."""
    start = place * length // of
    return start, max(start + 1, (place + 1) * length // of)


@lru_cache(maxsize=8)
def _land(world: World, columns: int, rows: int, plain: bool) -> tuple[str, ...]:
    """What stands for land in each cell."""
    if plain:
        return tuple("".join("." if codes else " " for codes in line) for line in _cells(world, columns, rows))
    return tuple("".join(_braille(world, columns, rows, column, row) for column in range(columns)) for row in range(rows))


def _braille(world: World, columns: int, rows: int, column: int, row: int) -> str:
    bits = 0
    for down, dots in enumerate(_DOTS):
        y = (4 * row + down) * world.height // (4 * rows)
        for across, bit in enumerate(dots):
            x = (2 * column + across) * WIDTH // (2 * columns)
            if world.rows[y][x] and (down + across) % 2 == 0:
                bits |= bit
    return chr(0x2800 + bits) if bits else " "
