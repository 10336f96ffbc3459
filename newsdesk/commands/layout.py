"""Plain text in columns: display width, cutting and wrapping by it, and marks for styles. No terminal is touched here."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

ELLIPSIS = "…"
_ZERO_WIDTH = frozenset({"Mn", "Me", "Cf", "Cc"})
_WORDS = re.compile(r"\S+")

# A style is a noncharacter before a text and one after it, of no width, so that layout can measure and cut styled text. The
# console turns them into colours, or into nothing, after it has cleaned the line: a control byte of its own never comes in.
STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36", "heading": "1;36"}
STYLE_MARKS = {name: chr(0xFDD0 + index) for index, name in enumerate(STYLES)}
STYLE_END = "\ufdef"
_STYLE_MARK = re.compile("[\ufdd0-\ufdef]")


def style(text: str, name: str) -> str:
    """`text` between the marks of a style; ``plain`` is none."""
    return f"{STYLE_MARKS[name]}{text}{STYLE_END}" if text and name != "plain" else text


def without_styles(line: str) -> str:
    """A line without its marks, for a file."""
    return _STYLE_MARK.sub("", line)


@functools.lru_cache(maxsize=8192)
def _cells(char: str) -> int:
    """Cells of one character by itself: 0 for marks, 2 for East Asian wide ones (Unicode annex 11), else 1."""
    if unicodedata.category(char) in _ZERO_WIDTH or "\u1160" <= char <= "\u11ff" or "\ufdd0" <= char <= "\ufdef":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def width(text: str) -> int:
    """Terminal cells that `text` (one line) takes. A joined emoji counts as its first part; VS16 widens what it follows."""
    if text.isascii():
        return len(text)
    total = 0
    joined = False
    last = 0
    for char in text:
        if char == "\u200d":
            joined = last == 2
            continue
        if char == "\ufe0f":
            total += 2 - last if last == 1 else 0
            continue
        cells = 0 if joined else _cells(char)
        joined = False
        total += cells
        last = cells or last
    return total


def _fitting(text: str, cells: int) -> int:
    """How many characters of `text` fit into `cells`."""
    if text.isascii():
        return min(len(text), cells)
    used = 0
    for index, char in enumerate(text):
        used += _cells(char)
        if used > cells:
            return index
    return len(text)


def cut(text: str, cells: int) -> str:
    """`text`, cut to `cells` with an ellipsis where it is longer."""
    if len(text) * 2 <= cells or width(text) <= cells:
        return text
    if cells <= 1:
        return ELLIPSIS[:cells]
    return text[: _fitting(text, cells - 1)].rstrip() + ELLIPSIS


def pad(text: str, cells: int, right: bool = False) -> str:
    """`text` cut and filled to exactly `cells`, at the right edge with `right`."""
    text = cut(text, cells)
    gap = " " * (cells - width(text))
    return gap + text if right else text + gap


def _pieces(text: str, cells: int) -> Iterator[tuple[str, bool]]:
    """Words of `text`, those too long for a line (Chinese, an address) in pieces; true where a space stood before."""
    for word in _WORDS.findall(text):
        spaced = True
        while width(word) > cells:
            size = max(1, _fitting(word, cells))
            yield word[:size], spaced
            word, spaced = word[size:], False
        if word:
            yield word, spaced


def wrap(text: str, cells: int, first: str = "") -> list[str]:
    """`text` in lines of at most `cells`; `first` stands before the first line, as many spaces before the others."""
    rest = " " * width(first)
    room = max(8, cells - width(first))
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for piece, spaced in _pieces(text, room):
        need = width(piece) + (1 if line and spaced else 0)
        if line and used + need > room:
            lines.append("".join(line))
            line, used, need = [], 0, width(piece)
        line.append(f" {piece}" if line and spaced else piece)
        used += need
    lines.append("".join(line))
    return [(rest if number else first) + text for number, text in enumerate(lines)]


_NARROW = 12  # cells that a column keeps, however little room there is


def columns(rows: Iterable[Sequence[str]], total: int, grow: int, right: frozenset[int] = frozenset()) -> Iterator[str]:
    """`rows` as aligned lines of at most `total` cells, two spaces between columns.

    Column `grow` (-1: the last) takes what is left, a third at least; columns in `right` are aligned to their right edge.
    """
    table = [tuple(row) for row in rows]
    if not table:
        return
    widths = [max(width(row[index]) for row in table) for index in range(len(table[0]))]
    grow %= len(widths)
    others = [index for index in range(len(widths)) if index != grow]
    gaps = 2 * len(others)
    over = sum(widths[index] for index in others) + min(widths[grow], max(_NARROW, total // 3)) + gaps - total
    for index in sorted(others, key=lambda index: -widths[index]):  # ids, dates and the like are narrower, and stay whole
        spared = min(max(0, over), max(0, widths[index] - _NARROW))
        widths[index] -= spared
        over -= spared
    widths[grow] = min(widths[grow], max(_NARROW, total - gaps - sum(widths[index] for index in others)))
    for row in table:
        cells = (pad(cell, widths[index], index in right) for index, cell in enumerate(row))
        yield "  ".join(cells).rstrip()
