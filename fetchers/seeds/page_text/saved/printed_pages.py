"""Text copied out of a print of a page (PDF): without the lines that stand at the top and foot of every sheet, and with its
lines set close again where each was followed by an empty one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.lines.headline_lines import WRAP_MAX
from fetchers.seeds.page_text.lines.lines import COLUMN_MIN

EDGE = 2  # lines at the top and foot of a sheet that may be its running head
FLOWS_LEAST, FLOWS_SHARE = 6, 0.25  # lines, and of all lines, that go on in the next one

_NUMBERS = re.compile(r"\d+")
_WORD = re.compile(r"\b[^\W\d_]{2,}\b")
_NUMBERED = re.compile(r"\W*(?:(?:page|seite|página|pagina|стр\.?)\s)?#(?:\s?(?:of|von|de|di|/|из)\s?#)?\W*", re.IGNORECASE)
_SHEET_FOOT = re.compile(r"(?:https?|file)://\S{1,2000}\s+(\d{1,3})/(\d{1,3})\s*")  # as browsers print
_ENDS = re.compile(r"[.!?:…。][\"'”’»)\]]*\s*$")


def without_sheets(text: str) -> str:
    """The text without what its sheets repeat; as it is where nothing says that it was printed."""
    if "\f" in text:
        text = _join_sheets([sheet.split("\n") for sheet in text.split("\f")]) or text
    elif "://" in text:
        text = _without_print(text.split("\n")) or text
    return _close_lines(text.split("\n")) or text


def _key(row: str) -> str:
    return _NUMBERS.sub("#", " ".join(row.lower().split()))


def _edges(rows: Sequence[str]) -> list[int]:
    written = [i for i, row in enumerate(rows) if row.strip()]
    return sorted({*written[:EDGE], *written[-EDGE:]})


def _join_sheets(sheets: Sequence[list[str]]) -> str | None:
    """The sheets in a row. The head of the first stays: it may tell the paper and the day."""
    seen = Counter(key for rows in sheets for key in {_key(rows[i]) for i in _edges(rows)})
    top = {word for i in _edges(sheets[0])[:EDGE] for word in _words(sheets[0][i])}
    kept = []
    for number, rows in enumerate(sheets):
        keys = {i: _key(rows[i]) for i in _edges(rows)}
        running = {
            i for i, key in keys.items() if _NUMBERED.fullmatch(key) or (number and (seen[key] > 1 or _says_top(rows[i], top)))
        }
        kept.append([row for i, row in enumerate(rows) if i not in running])
    return None if sum(map(len, kept)) == sum(map(len, sheets)) else _run_on(kept)


def _words(row: str) -> list[str]:
    return _WORD.findall(row.lower())


def _says_top(row: str, top: set[str]) -> bool:
    """Whether a line with a number says nothing but what heads the first sheet: left and right sheets say it otherwise."""
    words = _words(row)
    return bool(words) and top.issuperset(words) and bool(_NUMBERS.search(row))


def _without_print(rows: Sequence[str]) -> str | None:
    """What a browser printed, without the address below each sheet, and the day and title above each."""
    feet = [i for i, row in enumerate(rows) if _SHEET_FOOT.fullmatch(row)]
    total = {match[2] for i in feet if (match := _SHEET_FOOT.fullmatch(rows[i]))}
    if not feet or len(total) != 1 or len(feet) > int(next(iter(total))):
        return None
    sheets = [list(rows[start:end]) for start, end in zip([0, *(i + 1 for i in feet)], [*feet, len(rows)], strict=True)]
    heads = Counter(next((row.strip() for row in sheet if row.strip()), "") for sheet in sheets)
    head = max(heads, key=lambda row: heads[row])
    if heads[head] > 1 and head:
        sheets = [[row for row in sheet if row.strip() != head] for sheet in sheets]
    return _run_on(sheets)


def _run_on(sheets: Sequence[Sequence[str]]) -> str:
    """The sheets' text, without a gap where a sentence goes on."""
    text = ""
    for rows in sheets:
        sheet = "\n".join(rows).strip("\n\r")
        gap = "\n\n" if not text or _ENDS.search(text[-80:]) else "\n"
        text = f"{text.rstrip()}{gap}{sheet}" if text and sheet.strip() else text + sheet
    return text


def _close_lines(rows: Sequence[str]) -> str | None:
    """Wrapped lines of which each is followed by an empty one, without that; None for others."""
    written = [i for i, row in enumerate(rows) if row.strip()]
    gaps = [b - a - 1 for a, b in pairwise(written)]
    if len(gaps) < FLOWS_LEAST or min(gaps) < 1:
        return None
    goes_on = [gap == 1 and _goes_on(rows[i], rows[i + 2]) for i, gap in zip(written, gaps, strict=False)]
    if sum(goes_on) < max(FLOWS_LEAST, FLOWS_SHARE * len(gaps)):
        return None
    return "\n".join(rows[i] + "\n" * ((gap - 1) // 2) for i, gap in zip(written, [*gaps, 1], strict=True))


def _goes_on(row: str, following: str) -> bool:
    return COLUMN_MIN <= len(row) <= WRAP_MAX and following.lstrip()[:1].islower() and not _ENDS.search(row[-80:])
