"""What the readers of the agencies' XML share: a parse that can't grow or reach out, and text out of elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fetchers.seeds.detect import Source
from newsdesk.markup import read_line, read_paragraphs
from newsdesk.model import Status

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# What may stand before the root: a declaration, comments, a doctype without declarations of its own.
# A comment ends at its first end: one that might go on behind it would be tried with every number of those that follow.
COMMENT = r"<!--[^-]*(?:-(?!->)[^-]*)*-->"
PROLOGUE = rf"\s*(?:<\?[^>]*\?>\s*|{COMMENT}\s*|<!doctype[^>\[]*>\s*)*"

_BY = re.compile(r"(?:by|von|par|por|di)\s+", re.IGNORECASE)
_STATUS: dict[str, Status] = {
    "usable": "usable",
    "embargoed": "embargoed",
    "withheld": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "killed": "canceled",
}


def read_root(source: Source) -> Element:
    """The root of a document, every element by its local name: the formats are written with namespaces and without.

    Raises ValueError, in a few words, for what is too long, not well-formed or too deep.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(source.read_whole().lstrip(), parser)
    except etree.XMLSyntaxError as error:
        line, _ = error.position
        raise ValueError(f"no well-formed XML, line {line}") from error
    for element in root.iter("*"):
        element.tag = element.tag.rpartition("}")[2]
    return root


def text_of(element: Element | None) -> str | None:
    """All text in an element as one clean line; None if there is none."""
    return None if element is None else " ".join(paragraphs_of(element)) or None


def paragraphs_of(element: Element) -> tuple[str, ...]:
    """The paragraphs in an element, clean."""
    from lxml import etree

    # Without its namespaces, the scanner knows elements by their names alone.
    return read_paragraphs(re.sub(r"(</?)[\w.-]+:", r"\1", etree.tostring(element, encoding="unicode", with_tail=False)))


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute as a clean line."""
    return None if element is None else read_line(element.get(name))


def status_of(word: str | None) -> Status:
    """``stat:usable``, ``canceled`` and their kind as newsdesk's word; what is not known is usable."""
    return _STATUS.get((word or "").rpartition(":")[2].strip().lower(), "usable")


def name_of(byline: str | None) -> str | None:
    """A byline without the word before its name."""
    return _BY.sub("", byline, count=1).strip(" ,") or None if byline and _BY.match(byline) else byline
