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


_REFERENCES = re.compile(r"(?:References|Visible links|Hidden links|Références|Verweise|Referencias):?$")
_REFERENCE = re.compile(r"\s*(?:\d{1,4}\.|\[\d{1,4}\])\s(?:https?|ftp|file|mailto|javascript):")


_NUMBERED_LINK = re.compile(r"\[\d{1,4}\](?=\S)")


def without_references(rows: Sequence[str]) -> Sequence[str]:
    """The rows without the list of addresses that text browsers print below a page, and without its numbers: "By [8]Ann"."""
    heads = [i for i, row in enumerate(rows) if len(row) <= 24 and _REFERENCES.match(row.strip())]
    listed = [row for row in rows[heads[-1] + 1 :] if row.strip()] if heads else []
    if not listed or not all(_REFERENCE.match(row) for row in listed):
        return rows
    return [_NUMBERED_LINK.sub("", row) for row in rows[: heads[-1]]]
