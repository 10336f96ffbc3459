"""What text browsers print for what they cannot show: a form's fields and buttons, pictures without words, marks of changes."""

from __future__ import annotations

import re
from collections.abc import Sequence

# "(BUTTON) Share", "[BUTTON Input] (not implemented)____", "[INS: new :INS]", "[____________]" and "[   ]": Lynx and w3m.
_MARK = re.compile(
    r"\(BUTTON\) ?|\[BUTTON Input\] \(not(?: implemented\)_*|$)|\[(?:INS|DEL): ?| ?:(?:INS|DEL)\]"
    r"|\[_{3,}[_ .]*\]?|(?<!_)_{4,}\]|(?:(?<=\s)|^)\[ +\] ?",
    re.MULTILINE,
)
_BULLET = r"^[ \t]*(?:[•*+o] ?|\d+\. )?"
# A picture's file name or address: "[harbour-12]" (cut short by w3m), "[snow.jpg?w=90]", and over several rows where Lynx broke
# it at its column. Words in brackets are text.
_PICTURE = (
    r"\[(?=[^\[\]\s]*[\d_.?=&%-])(?=[\d_.?=&%-]*[^\W\d])"
    r"(?:[^\[\]\s:]{3,80}|[^\[\]\s]{40,80}(?:\n[ ]*[^\[\]\s]{1,80}){1,40})\]"
)
_SHOWN = re.compile(
    rf"{_BULLET}{_PICTURE}(?: {_PICTURE})*[ \t]*$|^[ \t]*IFRAME:(?: \S+|(?:\n[ ]*\S+){{1,400}})[ \t]*$|^ {{5,}}[*+o#@-]$",
    re.MULTILINE,
)
# One before words that is written as file names and addresses alone are: signs, an ending, small letters and figures mixed.
_FILE = r"\[(?:[^\[\]\s]*[?=&%_]|[^\[\]]*\.(?:jpe?g|png|gif|svg|webp)\b|(?=[a-z-]*\d)[a-z\d-]{5,}\])"
_BESIDE = re.compile(rf"({_BULLET})(?={_FILE}){_PICTURE} ?(?=\S)", re.MULTILINE)
LEAST = 2  # marks of the kind


def without_marks(rows: Sequence[str]) -> Sequence[str]:
    """The rows without such marks, where there are several; what is left of a row keeps its place."""
    text = "\n".join(rows)
    for marks, kept in ((_SHOWN, ""), (_BESIDE, r"\1"), (_MARK, "")):
        cut, count = marks.subn(kept, text)
        text = cut if count >= LEAST else text
    return text.split("\n")


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
