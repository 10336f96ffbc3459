"""HTML to paragraphs of clean text. What comes out is plain text: nothing of the markup, no script, no style, no address.

A scanner, not a browser: it knows tags, comments, entities and which elements end a paragraph. That is all that text needs, it
can't be led to fetch or run anything, and it takes linear time on any input.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from newsdesk.text import PARAGRAPH_END, clean_paragraph, clean_paragraphs, clean_parted
from newsdesk.threads.quoted_lines import DEEPEST, MARK

# No group is possessive here: those match wrongly in Python 3.11.2, which is Debian's.
_INSIDE = r"[^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*>"
_NAME = r"[a-zA-Z][a-zA-Z0-9:-]*+"
_TAG = re.compile(rf"<(?:!--|([/!?]?)({_NAME}){_INSIDE}|[!?/][^<>]*>)")
_PARTING = re.compile(rf"<(?:([/!?]?{_NAME}){_INSIDE}|[!?/][^<>]*>)")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_UNREAD = frozenset("script style template noscript iframe object svg math head title select textarea button form nav".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output q rb rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr img picture source input audio video track area map".split()
)
# What is not the writer's: "b" for quotations, "a" for what stands beside a text, in which Discourse has a quotation and the
# name of who wrote it. A capital opens it; no cleaned text has the sign before.
_QUOTE = "\x1c"
_QUOTING = {"blockquote": f"{_QUOTE}B", "/blockquote": f"{_QUOTE}b", "aside": f"{_QUOTE}A", "/aside": f"{_QUOTE}a"}
_QUOTES = re.compile("<(?:blockquote|aside)[\\s>]", re.IGNORECASE)
_LONG, _MOST_NAMES = 20, 512  # letters that no name above has: longer ones of a hostile document are not remembered


class _Marks(dict[str | None, str | None]):
    """What a tag becomes, which is named with what may stand before its name: nothing, or the end of a paragraph. None for one
    that opens what is not read; for some as `own` says. Names are remembered, as long as there are not very many."""

    def __init__(self, own: Mapping[str, str]) -> None:
        super().__init__()
        self._own = own

    def __missing__(self, name: str | None) -> str | None:
        low = (name or "").lower()
        mark = self._own.get(low) or ("" if low.removeprefix("/") in _INLINE else PARAGRAPH_END)
        found = None if low in _UNREAD else mark
        if len(low) < _LONG and len(self) < _MOST_NAMES:
            self[name] = found
        return found


_MARKS, _QUOTING_MARKS = _Marks({}), _Marks(_QUOTING)


def _skip_to(text: str, low: str, name: str, at: int) -> int:
    """Where the unread element `name` that was opened before `at` ends; the end of the text if it never does."""
    end = low.find(f"</{name}", at)
    return len(text) if end < 0 else end


def _runs(markup: str, marks: _Marks) -> list[str]:
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
            runs.append(marks[found[1] + name] or PARAGRAPH_END)
    runs.append(markup[at:])
    return runs


def _part(markup: str, marks: _Marks) -> str:
    """The text between tags, as :func:`_runs` has it, in one go where nothing is to be left out."""
    if "<!--" not in markup:
        pieces = _PARTING.split(markup)
        told = list(map(marks.__getitem__, pieces[1::2]))
        if None not in told:
            pieces[1::2] = told
            return "".join(pieces)
    return "".join(_runs(markup, marks))


def read_paragraphs(markup: str) -> tuple[str, ...]:
    """The paragraphs of an HTML fragment or of plain text (blank lines part it then), clean, without empty ones."""
    if "<" in markup and _TAG.search(markup):
        text = _part(markup.replace(PARAGRAPH_END, " "), _MARKS)
        return clean_parted(html.unescape(text) if "&" in text else text)
    return clean_paragraphs([html.unescape(part) if "&" in part else part for part in _BLANK_LINE.split(markup)])


def read_comment(markup: str) -> tuple[str, ...]:
    """As :func:`read_paragraphs`; a paragraph out of a quotation begins with "> ", once for each that it is in."""
    if not _QUOTES.search(markup):
        return read_paragraphs(markup)
    own, *runs = _part(markup.replace(PARAGRAPH_END, " ").replace(_QUOTE, " "), _QUOTING_MARKS).split(_QUOTE)
    found = list(clean_parted(html.unescape(own)))
    open_now = {"a": 0, "b": 0}
    for run in runs:
        kind = run[0].lower()
        open_now[kind] = max(0, open_now[kind] + (-1 if run[0] == kind else 1))
        mark = MARK * min(max(open_now.values()), DEEPEST)
        found += [mark + paragraph for paragraph in clean_parted(html.unescape(run[1:]))]
    return tuple(found)


def read_line(markup: str | None) -> str | None:
    """A one-line text that may hold markup or entities, a headline say; None if nothing is left."""
    if not markup:
        return None
    if "<" in markup or "&" in markup or "\n" in markup:
        return " ".join(read_paragraphs(markup)) or None
    return clean_paragraph(markup) or None
