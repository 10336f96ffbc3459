"""What the readers of the agencies' XML share: a parse that can't grow or reach out, and text out of elements."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from fetchers.feeds.document import true_encoding
from fetchers.seeds.decode import decode
from fetchers.seeds.detect import Source
from newsdesk.markup import read_line, read_paragraphs
from newsdesk.model import Status

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# What may stand before the root: a declaration, comments, a doctype without declarations of its own.
# A comment ends at its first end: one that might go on behind it would be tried with every number of those that follow.
COMMENT = r"<!--[^-]*(?:-(?!->)[^-]*)*-->"
PROLOGUE = rf"\s*(?:<\?[^>]*\?>\s*|{COMMENT}\s*|<!doctype[^>\[]*>\s*)*"

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What is text as it stands, and each & that is none of XML's own references.
_LOOSE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|"
    r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)(?:([A-Za-z][A-Za-z0-9]{1,30};))?",
    re.DOTALL,
)
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

    One that is in another encoding than it says, or has signs that XML has not, or an & by itself, is read all the same.
    Raises ValueError, in a few words, for what is too long, not well-formed or too deep.
    """
    from lxml import etree

    data = source.read_whole().lstrip()
    try:
        root = _parse(data, true_encoding(data))
    except etree.XMLSyntaxError as error:
        try:
            root = _parse(_mended(data), "utf-8")
        except etree.XMLSyntaxError:
            raise ValueError(f"no well-formed XML, line {error.position[0]}") from error
    for element in root.iter("*"):
        element.tag = element.tag.rpartition("}")[2]
        for name in map(str, element.attrib):
            if name.startswith("{") and name != XML_LANG:
                del element.attrib[name]
    etree.cleanup_namespaces(root)  # to write an element out takes time for each that is declared above it
    return root


def _parse(data: bytes, encoding: str | None) -> Element:
    from lxml import etree

    parser = etree.XMLParser(
        encoding=encoding, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    return etree.fromstring(data, parser)


def _mended(data: bytes) -> bytes:
    """A document in UTF-8, whatever it says, without characters that no XML has, with HTML's entities as their signs, and with
    the & of a name (AT&T) as XML writes it."""
    decoded = decode(data)
    return _LOOSE.sub(_as_xml, _NO_XML.sub("", decoded.text)).encode() if decoded else b""


def _as_xml(found: re.Match[str]) -> str:
    if found[0][0] == "<":
        return found[0]
    sign = html5.get(found[1] or "")
    return escape(sign) if sign else f"&amp;{found[0][1:]}"


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
