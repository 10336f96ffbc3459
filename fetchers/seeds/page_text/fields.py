"""Lists of named fields above a text, as databases of papers print them: "HEADLINE: …", "Author: …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.looks import Look

_FIELDS = {
    "title": "title|headline|titel|titre|título|titolo",
    "byline": "byline|author|by-line|autor|auteur|autore|verfasser",
    "credit": "source|publication|publication title|journal|newspaper|quelle|fuente",
    "date": "date|publication date|published|date of publication|datum|fecha|data",
    "furniture": "section|edition|page|pages|length|document type|language|dateline|body|full text|article text|text|load-date|"
    "graphic|subject|word count|place|copyright|record number|issn|estimated printed pages|caption",
}
FIELD = re.compile(
    "(?:" + "|".join(f"(?P<{kind}>{names})" for kind, names in _FIELDS.items()) + r")\s?:\s*(?P<value>.*)$", re.IGNORECASE
)
LEAST = 4  # fields that make a list
PLACE_LINE = re.compile(r"dateline\s?:\s*(?P<place>\S.{1,40})$", re.IGNORECASE)


def _is_exported(looks: Sequence[Look]) -> bool:
    """True for a page with as many lines of named fields as no other page has, several of them what only databases name."""
    found = [match for look in looks if look.width <= 160 and (match := FIELD.match(look.text))]
    kinds = {match.lastgroup if match.lastgroup != "value" else _kind(match) for match in found}
    return len(found) >= LEAST and bool({"title", "byline"} & kinds) and sum(_kind(one) == "furniture" for one in found) >= 2


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in _FIELDS if match[kind])


def mark_fields(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """On such a page the lines of fields are what they say, and what stands below the last of them is text as it was."""
    if not _is_exported(looks):
        return labels
    mended = list(labels)
    for i, look in enumerate(looks):
        found = FIELD.match(look.text) if look.width <= 160 else None
        kind = _kind(found) if found else None
        if not found or not kind or labels[i] in ("author", "meta", "comment"):
            continue
        mended[i] = kind if found["value"] else "furniture"
        if kind == "furniture" and "body" in mended[:i]:
            mended[i] = "aside"
    return mended


def without_field(text: str) -> str:
    """What a line of a named field says."""
    found = None if text.lower().startswith(("source", "quelle", "fuente", "dat", "fecha")) else FIELD.match(text)
    return found["value"].strip() if found and found["value"] and _kind(found) != "furniture" else text
