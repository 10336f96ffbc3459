"""What text browsers print for what they cannot show: a form's fields and buttons, pictures without words, marks of changes."""

from __future__ import annotations

import re
from collections.abc import Sequence

# "(BUTTON) Share", "[INS: new :INS]", "[____________]" and "[ ]": Lynx and w3m.
_MARK = re.compile(r"\(BUTTON\) ?|\[(?:INS|DEL): ?| ?:(?:INS|DEL)\]|\[_{3,}[_ .]*\]?|_{4,}\]|(?:(?<=\s)|^)\[ \] ?")
_SIGNS = ("(BUTTON)", "[INS:", "[DEL:", "___", "[ ]")
# A picture's file name, cut short by w3m: "[harbour-12]". A line of words in brackets is text.
_PICTURE = re.compile(r"\s*(?:[•*+o] ?|\d+\. )?\[(?=[^\]]*[\d_-])[\w.-]{3,14}\]\s*$")
_FRAME = re.compile(r"\s*IFRAME: \S+$")
LEAST = 2  # lines of the kind


def without_marks(rows: Sequence[str]) -> Sequence[str]:
    """The rows without such marks, where there are several; what is left of a row keeps its place."""
    marked = [i for i, row in enumerate(rows) if "[" in row or "(" in row or ":" in row or "_" in row]
    pictures = {i for i in marked if _PICTURE.match(rows[i]) or _FRAME.match(rows[i])}
    others = {i for i in marked if any(sign in rows[i] for sign in _SIGNS) and _MARK.search(rows[i])}
    kept = list(rows)
    if len(pictures) >= LEAST:
        for i in pictures:
            kept[i] = ""
    if len(others) >= LEAST:
        for i in others:
            kept[i] = _MARK.sub("", rows[i])
    return kept
