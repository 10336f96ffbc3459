"""The text of a page out of the form in which it was saved or sent as a text: rich text, a message of e-mail, one that quotes
it, a piece of HTML, Markdown, or characters written as entities. A page in none of these stays as it is."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from fetchers.seeds.page_text.saved.messages import is_message, read_message
from fetchers.seeds.page_text.saved.printed_pages import without_sheets
from fetchers.seeds.page_text.saved.rich_text import is_rich_text, read_rich_text
from newsdesk.markup import read_paragraphs

QUOTED_LEAST = 5  # lines
QUOTED_SHARE = 0.9
NOTE_MOST = 6  # lines that somebody writes above what is sent on
QUOTED_DEPTH = 5  # a message that was sent on and on
ENTITIES_LEAST = 3
LINKS_LEAST = 3
RUN_ROWS, RUN_LENGTH = 2, 600  # of a page whose line ends were lost on the way

# What was copied out of a page's source: its first element is one that pages are built of, and it has paragraphs.
_FRAGMENT = re.compile(r"\s*<(?:article|main|section|div|header|nav|aside|h1|p)[\s>]", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</p\s*>", re.IGNORECASE)
_QUOTE = re.compile(r">\s?")
_SENTENCE = re.compile(r"(?<=[.!?])([\"”’»)]{0,2})[ \t]+(?=[\"“‘«(]?[^\W\d_a-z])|(?<=[。！？])(?=[^」』）\s])")
_ENTITY = re.compile(r"&(?:amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|[mn]dash|hellip|#\d{2,5}|#x[\da-fA-F]{2,5});")
_FRONT_ROWS = 60
_FRONT = re.compile(r"[\w-]{1,30}:|[ \t]|-\s|$")
_DATED = re.compile(r"^(?:date|published|pubdate):[ \t]*[\"']?(\d{4}-\d\d-\d\d)", re.MULTILINE)
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(?=\S)", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\s]{1,2000}(?:[ \t]+\"[^\"\n]{0,300}\")?\)")
_LINK = re.compile(r"\[([^\[\]\n]{0,500})\]\((?:https?:|/|#|mailto:)[^()\s]{0,2000}(?:[ \t]+\"[^\"\n]{0,300}\")?\)")
_STRONG = re.compile(r"(?<!\\)(\*\*|__)(?=\S)([^*_\n]{1,400}?)(?<=[^\s\\])\1")
_STRESSED = re.compile(r"(?<![\w*\\])([*_])(?=[^\s*_])([^*_\n]{1,400}?)(?<=[^\s*_\\])\1(?![\w*])")
_CITED = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>|-])")


def page_text(data: bytes, text: str) -> str:
    """The page that a file holds, of its bytes and of what they decode to. Takes time in proportion to its length."""
    if is_message(data):
        text = read_message(data)
    elif is_rich_text(text):
        return read_rich_text(text)
    elif is_fragment(text):
        return "\n\n".join(read_paragraphs(text))
    text = without_sheets(_unquoted(text))
    if _is_markdown(text):
        text = _without_markdown(text)
    return html.unescape(text) if len(_ENTITY.findall(text)) >= ENTITIES_LEAST else text


def cut_run_together(text: str) -> str | None:
    """The sentences, each on a line, of a page that is one line; None for other pages."""
    rows = [row for row in text.splitlines() if row.strip()]
    if len(rows) > RUN_ROWS or sum(map(len, rows)) < RUN_LENGTH:
        return None
    return _SENTENCE.sub(lambda found: f"{found[1] or ''}\n", text)


def is_fragment(text: str) -> bool:
    """HTML that is no document: a page's parts alone."""
    return bool(_FRAGMENT.match(text) and _PARAGRAPH_END.search(text))


def _unquoted(text: str) -> str:
    """A page that a message quotes whole, without the marks of the quote and the line that names its writer."""
    for _ in range(QUOTED_DEPTH):
        rows = text.splitlines()
        kept = _within_quote(rows)
        if kept is None:
            return text
        text = "\n".join(_QUOTE.sub("", row, count=1) for row in kept)
    return text


def _within_quote(rows: Sequence[str]) -> Sequence[str] | None:
    """The rows of the quote; None where the page is more than one, or quotes little."""
    first = next((i for i, row in enumerate(rows) if row.startswith(">")), len(rows))
    before = [row.rstrip() for row in rows[:first] if row.strip()]
    after = [row for row in rows[first:] if row.strip()]
    quoted = sum(row.startswith(">") for row in after)
    if len(before) > NOTE_MOST or quoted < QUOTED_LEAST or quoted < QUOTED_SHARE * len(after):
        return None
    return rows[first:] if before and before[-1].endswith(":") else rows


def _is_markdown(text: str) -> bool:
    """Links written out, several or with a heading: neither alone is rare in plain text."""
    links = len(_LINK.findall(text)) if "](" in text else 0
    return links >= LINKS_LEAST or (links > 0 and bool(_HEADING.search(text)))


def _without_markdown(text: str) -> str:
    text = _LINK.sub(r"\1", _PICTURE.sub("", _without_front(text)))
    text = _CITED.sub("", _HEADING.sub("", text))
    return _ESCAPED.sub(r"\1", _STRESSED.sub(r"\2", _STRONG.sub(r"\2", text)))


def _without_front(text: str) -> str:
    """The text without the fields between lines of dashes at its start, of which the day alone is kept."""
    rows = text.lstrip().split("\n", _FRONT_ROWS)
    end = next((i for i, row in enumerate(rows[1:], 1) if row.rstrip() == "---"), 0)
    if rows[0].rstrip() != "---" or not all(_FRONT.match(row) for row in rows[1:end]):
        return text
    dated = _DATED.search("\n".join(rows[1:end]))
    return "\n".join([dated[1] if dated else "", "", *rows[end + 1 :]])
