"""How many columns a text takes, as the browser that broke it at one counted them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from fetchers.seeds.page_text.lines.headline_lines import WRAP_MAX, WRAP_MIN

Measure: TypeAlias = Callable[[str], int]  # how many columns a text takes

WIDER = 25  # one of so many lines that go on may be wider than the column: a table's, a list's
# What a terminal shows in two columns; all but Korean also puts no spaces between its words.
UNSPACED = re.compile(r"[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]")
_WIDE = re.compile(rf"{UNSPACED.pattern}|[\u1100-\u115f\uac00-\ud7a3]")


def columns_of(text: str) -> int:
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def measure_of(rows: Sequence[str]) -> Measure:
    """How a text's columns are counted: w3m breaks it at those that are shown, Lynx where its letters are as many."""
    wide = [shown for row in rows if WRAP_MIN <= len(row) < (shown := columns_of(row))]
    return len if sum(width > WRAP_MAX for width in wide) > len(wide) // WIDER else columns_of


def first_word(text: str, above: str, columns: Measure) -> int:
    """The columns that the first word would have needed on the line above, less one where no space parts them."""
    word = text.split(" ", 1)[0]
    if columns is len:  # Lynx parts words at spaces alone
        return len(word)
    if UNSPACED.match(text):
        return 1
    return columns_of(UNSPACED.split(word, maxsplit=1)[0]) - bool(UNSPACED.match(above[-1:]))
