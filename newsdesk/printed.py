"""Words that were told apart, with what joins them in print: hyphens, apostrophes."""

from __future__ import annotations

import re
from functools import lru_cache

# Signs that part words beside spaces and stops.
PARTING = tuple("'’‘`-–—‐‑·•*_=+|~[]{}#@&%$€£^\\¿¡‹›‚")


def as_printed(name: str, text: str) -> str:
    """A word, or some parted by single spaces, as it first stands in a text: with what parts them there ("Port-au-Prince"), a
    single word with those that hyphens join to it. As it is where it stands so somewhere, or nowhere."""
    if " " in name:
        found = None if name in text else _parted(name).search(text)
    else:
        found = _joined(name).search(text) if f"-{name}" in text or f"{name}-" in text else None
    return found[0] if found else name


@lru_cache(maxsize=1024)
def _parted(name: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(PARTING))} ]{{1,3}}".join(map(re.escape, name.split(" "))))


@lru_cache(maxsize=1024)
def _joined(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:\w{{1,20}}-){{0,3}}{re.escape(word)}(?:-\w{{1,20}}){{0,3}}(?![\w-])")
