"""Headlines in hard-wrapped text: which lines above it are no paragraph that was broken."""

from __future__ import annotations

import re
from collections.abc import Sequence

WRAP_MIN = 36  # columns at which hard-wrapped text is broken, at least
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
