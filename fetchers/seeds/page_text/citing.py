"""Words of an earlier comment that a later one begins with, in quotation marks on a line of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.looks import Look

REACH = 200  # lines above in which quoted words are looked for, so that long threads stay fast
_QUOTED = re.compile(r"[\"“«„‚‘「『'](?P<said>.{8,300}?)[\"”»“‘’」』']\.{0,3}")


def cites(looks: Sequence[Look], i: int) -> bool:
    """True for a line that is nothing but quoted words, which a line above it holds."""
    found = _QUOTED.fullmatch(looks[i].text)
    said = found["said"].strip(" .…").lower() if found else ""
    return bool(said) and any(said in look.lower for look in looks[max(0, i - REACH) : i])
