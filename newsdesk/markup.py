"""HTML to paragraphs of clean text. What comes out is plain text: nothing of the markup, no script, no style, no address.

A scanner, not a browser: it knows tags, comments, entities and which elements end a paragraph. That is all that text needs, it
can't be led to fetch or run anything, and it takes linear time on any input.
"""

from __future__ import annotations

import html
import re

from newsdesk.text import clean_paragraphs

_INSIDE = r"[^<>\"']*+(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*+)*+>"
_TAG = re.compile(rf"<(?:!--|([/!?]?)([a-zA-Z][a-zA-Z0-9:-]*){_INSIDE}|[!?/][^<>]*>)")
_UNREAD = frozenset("script style template noscript iframe object svg math head title select textarea button form nav".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output q rb rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr img picture source input audio video track area map".split()
)
_SCAN = re.compile(rf"<(?:!--|(?:{'|'.join(sorted(_UNREAD))})\b)", re.IGNORECASE)
_INLINE_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_INLINE))})(?![a-zA-Z0-9:-]){_INSIDE}", re.IGNORECASE)
_LINE_BREAK = "\x1e"  # a record separator can't be in cleaned text, so a break of ours is told from one of the source's


def _skip_to(text: str, low: str, name: str, at: int) -> int:
    """Where the unread element `name` that was opened before `at` ends; the end of the text if it never does."""
    end = low.find(f"</{name}", at)
    return len(text) if end < 0 else end


def _runs(markup: str) -> list[str]:
    """The text between tags, with a break of ours where an element ends a paragraph."""
    runs: list[str] = []
    low: str | None = None
    at = 0
    while found := _TAG.search(markup, at):
        runs.append(markup[at : found.start()])
        at = found.end()
        if found[0] == "<!--":
            end = markup.find("-->", at)
            at = len(markup) if end < 0 else end + 3
            continue
        name = (found[2] or "").lower()
        if name in _UNREAD and not found[1] and not found[0].endswith("/>"):
            low = low if low is not None else markup.lower()
            at = _skip_to(markup, low, name, at) if len(low) == len(markup) else len(markup)
        elif name and name not in _INLINE:
            runs.append(_LINE_BREAK)
    runs.append(markup[at:])
    return runs


def read_paragraphs(markup: str) -> tuple[str, ...]:
    """The paragraphs of an HTML fragment or of plain text (blank lines part it then), clean, without empty ones."""
    if "<" in markup and _TAG.search(markup):
        markup = markup.replace(_LINE_BREAK, " ")
        if _SCAN.search(markup):
            parts = "".join(_runs(markup)).split(_LINE_BREAK)
        else:  # nothing to be left out: two substitutions give the same at several times the speed
            parts = _TAG.sub(_LINE_BREAK, _INLINE_TAG.sub("", markup)).split(_LINE_BREAK)
    else:
        parts = re.split(r"\n[^\S\n]*\n", markup)
    return clean_paragraphs([html.unescape(part) if "&" in part else part for part in parts])


def read_line(markup: str | None) -> str | None:
    """A one-line text that may hold markup or entities, a headline say; null if nothing is left."""
    return " ".join(read_paragraphs(markup)) or None if markup else None
