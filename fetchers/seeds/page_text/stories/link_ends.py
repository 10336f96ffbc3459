"""Links that stand behind the last sentence of a page's items: "Full story", "Weiterlesen"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

LONG = 60  # characters of an item at least
LEAST = 3  # items that end with the same words, at least
_BEHIND = re.compile(r"(?<=[.!?。…”\"'’»)])\s?(?P<link>[^\W\d_][^.!?。:;,]{2,28})$")


def text_ends(texts: Sequence[str]) -> list[int]:
    """Where each paragraph's text ends, if most long ones end with the same words behind their last sentence; 0 elsewhere."""
    long = [text for text in texts if len(text) >= LONG]
    found = [_BEHIND.search(text, len(text) - 40) if len(text) >= LONG else None for text in texts]
    counts = Counter(match["link"].lower() for match in found if match)
    links = {link for link, count in counts.items() if count >= LEAST and count * 2 >= len(long)}
    return [match.start() if match and match["link"].lower() in links else 0 for match in found]
