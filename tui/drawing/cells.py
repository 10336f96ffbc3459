"""How many cells text takes: one width, for what we place and for what the framework places.

Terminals do not agree on the spacing vowel signs of Indic scripts (general category Mc). The C library's wcwidth, and with it
tmux, xterm and VTE, gives each a cell of its own; others draw it in the cell of its letter, as Rich has it. Where we count more
cells than the terminal a blank is left over at the end of a word; where we count fewer, what follows is written over the word's
last letters. So here each takes its cell, and so does a letter after a joiner, which Rich takes for a part of an emoji.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

import rich.cells
from rich._unicode_data import load
from rich.cells import cached_cell_len, cell_len, get_character_cell_size

if TYPE_CHECKING:
    from rich.cells import CellSpan, CellTable

_JOINER = "\u200d"
_JOINS_LETTERS = re.compile("(?<=[\u0300-\u1fff\ua800-\uaaff\ufb50-\ufefc\U00010d00-\U00011fff])\u200d")
_LAST_MARK = 0x1D172  # the spacing mark with the highest number
_MOST_CELLS = 4  # of a letter with its signs; more of them are no spelling


def is_spacing_mark(char: str) -> bool:
    """Whether `char` is a sign that belongs to the letter before it and takes room of its own."""
    return char > "\u0902" and unicodedata.category(char) == "Mc"  # the first there is


def _mark_cells(point: int) -> int:
    """Cells of a character that Rich gives none."""
    char = chr(point)
    if not is_spacing_mark(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _with_marks(widths: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Rich's ranges of characters, from and to, and their cells, with those of spacing marks set right."""
    for start, end, cells in widths:
        if cells or start > _LAST_MARK:
            yield start, end, cells
            continue
        for own, points in groupby(range(start, end + 1), _mark_cells):
            first, *rest = points
            yield first, rest[-1] if rest else first, own


_measure, _split = rich.cells._cell_len, rich.cells.split_graphemes


@cache
def _load_cell_table(unicode_version: str = "auto") -> CellTable:
    table = load(unicode_version)
    return table._replace(widths=tuple(_with_marks(table.widths)))


def _without_joiners(text: str) -> str:
    """`text`, as long, with joiners between emoji only."""
    return _JOINS_LETTERS.sub("\u200c", text) if _JOINER in text else text


def _cell_len(text: str, unicode_version: str = "auto") -> int:
    return _measure(_without_joiners(text), unicode_version)


def split_graphemes(text: str, unicode_version: str = "auto") -> tuple[list[CellSpan], int]:
    """Where each sign of `text` begins and ends, and its cells, as Rich says it; and the cells of all."""
    return _split(_without_joiners(text), unicode_version)


# What Rich, and with it the framework, measures and cuts by.
vars(rich.cells).update(load_cell_table=_load_cell_table, _cell_len=_cell_len, split_graphemes=split_graphemes)
get_character_cell_size.cache_clear()
cached_cell_len.cache_clear()


def width_of(text: str) -> int:
    """Cells that `text` takes."""
    return len(text) if text.isascii() else cell_len(text)


def _letters(text: str, most: int = _MOST_CELLS) -> Iterator[tuple[int, int]]:
    """Where each letter of `text` begins, and its cells: with its signs, as far as these are `most` cells at most."""
    begin = used = 0
    for start, _, cells in split_graphemes(text)[0]:
        if start and (used + cells > most or not is_spacing_mark(text[start])):
            yield begin, used
            begin, used = start, 0
        used += cells
    if text:
        yield begin, used


def head(text: str, width: int) -> str:
    """As many whole letters from the beginning of `text` as `width` cells hold."""
    if text.isascii():
        return text[: max(0, width)]
    for start, cells in _letters(text):
        width -= cells
        if width < 0:
            return text[:start]
    return text


def chop(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, two at least, each of whole letters."""
    if text.isascii():
        return [text[at : at + width] for at in range(0, len(text), width)]
    lines: list[str] = []
    begin = used = 0
    for start, cells in _letters(text, min(_MOST_CELLS, width)):
        if used + cells > width:
            lines.append(text[begin:start])
            begin, used = start, 0
        used += cells
    return [*lines, text[begin:]]
