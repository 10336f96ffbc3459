"""Hard-wrapped text: which lines above it are a headline and no paragraph that was broken, and which begin paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

WRAP_MIN = 36  # columns at which hard-wrapped text is broken, at least
WRAP_MAX = 100  # and at most
OPENED = 2  # paragraphs whose first line stands further in than what it goes on in, at least
NARROW = 66  # columns of what agencies and letters break; text browsers break headlines too, at more
LETTERS = 3  # of the small words that a headline is broken behind: "di", "the"
SENTENCE_END = re.compile(r"[.!?。\uff01\uff1f।۔؟…][\"'”’»)\]」』]*$")


def stands_below_headline(texts: Sequence[str], blanks: Sequence[int], i: int) -> bool:
    """True for the second of two lines that stand apart and end no sentence: a standfirst below a headline in small letters.

    `blanks` counts the empty lines above each.
    """
    if not 0 < i < len(texts) - 1 or not blanks[i + 1] or blanks[i] or not texts[i][:1].isupper():
        return False
    words = [word for word in texts[i - 1].split(" ") if len(word) > LETTERS]
    small = sum(word[:1].islower() for word in words) * 2 >= len(words)
    alone = blanks[i - 1] or i < 2 or len(texts[i - 2]) < WRAP_MIN
    ended = SENTENCE_END.search(texts[i - 1]) or SENTENCE_END.search(texts[i])
    return bool(alone and not ended and small and texts[i - 1].endswith(tuple(words[-1:])))


class Placed(Protocol):
    """A line's text, its columns of indentation and the empty lines above it."""

    @property
    def text(self) -> str: ...
    @property
    def indent(self) -> int: ...
    @property
    def blanks(self) -> int: ...


def find_openings(lines: Sequence[Placed], widths: Sequence[int]) -> list[int]:
    """The first lines of paragraphs, which stand further in than what they go on in, where most do; else none. `widths` are in
    columns."""
    wide = [i for i in range(len(lines) - 1) if lines[i].blanks and widths[i] >= WRAP_MIN and not lines[i + 1].blanks]
    further = [i for i in wide if lines[i + 1].indent < lines[i].indent and widths[i] <= WRAP_MAX]
    further = [i for i in further if not SENTENCE_END.search(lines[i].text)]
    return further if len(further) >= OPENED and len(further) * 2 > len(wide) else []
