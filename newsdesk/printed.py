"""Words that were told apart, with what joins them in print: hyphens, apostrophes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

# Signs that part words beside spaces and stops.
PARTING = tuple("'’‘`-–—‐‑·•*_=+|~[]{}#@&%$€£^\\¿¡‹›‚")
_BETWEEN, _MOST_BETWEEN = frozenset((*PARTING, " ")), 3


def as_printed(name: str, text: str) -> str:
    """A word, or some parted by single spaces, as it first stands in a text: with what parts them there ("Port-au-Prince"), a
    single word with those that hyphens join to it. As it is where it stands so somewhere, or nowhere."""
    if " " in name:
        return name if name in text else _parted(name.split(" "), text) or name
    if "-" not in text or not (f"-{name}" in text or f"{name}-" in text):
        return name
    found = _joined(name).search(text)
    return found[0] if found else name


def _parted(words: Sequence[str], text: str) -> str | None:
    """Words with one to three signs or spaces between, as they first stand so in a text. A pattern for each name would take far
    longer to make than the text to read."""
    first, *others = words
    start = text.find(first)
    while start >= 0:
        end = start + len(first)
        for word in others:
            if (end := _end_behind(word, text, end)) < 0:
                break
        else:
            return text[start:end]
        start = text.find(first, start + 1)
    return None


def _end_behind(word: str, text: str, at: int) -> int:
    """Where a word ends that begins one to three signs or spaces behind a place, the most first; -1 where none does."""
    for start in range(at + _MOST_BETWEEN, at, -1):
        if text.startswith(word, start) and _BETWEEN.issuperset(text[at:start]):
            return start + len(word)
    return -1


@lru_cache(maxsize=1024)
def _joined(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:\w{{1,20}}-){{0,3}}{re.escape(word)}(?:-\w{{1,20}}){{0,3}}(?![\w-])")
