"""NewsML-G2, the IPTC's XML for news (https://iptc.org/std/NewsML-G2/): news items alone or in a message.

Their text is read in NITF, in XHTML and plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from fetchers.feeds.adapt import read_date
from fetchers.seeds.detect import Format, Head, Source
from fetchers.seeds.nitf import read_nitf
from fetchers.seeds.xml_document import (
    PROLOGUE,
    XML_LANG,
    attribute,
    name_of,
    paragraphs_of,
    read_root,
    status_of,
    text_of,
)
from newsdesk.errors import Problem
from newsdesk.language_codes import language_code
from newsdesk.markup import read_paragraphs
from newsdesk.model import Origin, Story
from newsdesk.text import clean_paragraphs

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "newsml-g2"
_ROOT = re.compile(rf"{PROLOGUE}<(?:[\w-]+:)?(?:newsMessage|newsItem)[\s>]")


def sniff(head: Head) -> float:
    """A message's or an item's root element at the head of the text."""
    return 1.0 if _ROOT.match((head.text or "")[:8000].lstrip("\ufeff")) else 0.0


def parse(source: Source) -> Iterator[Story | Problem]:
    """A story a text item, in the order of the document. Pictures, packages and the like are passed over."""
    try:
        root = read_root(source)
    except ValueError as error:
        yield Problem(source.path, str(error))
        return
    stories = list(filter(None, map(_read_item, _items(root))))
    if not stories:
        yield Problem(source.path, "no text item in it", harmless=True)
    yield from stories


def _items(root: Element) -> Iterator[Element]:
    """The items of a document, without those that others hold: of each text there would be as many as it is deep."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag == "newsItem":
            yield element
        else:
            waiting.extend(reversed(element))


def _read_item(item: Element) -> Story | None:
    """The story of an item; None for one of another kind than text, and for one of neither headline nor text."""
    kind = attribute(item.find("itemMeta/itemClass"), "qcode")
    if kind is not None and kind.rpartition(":")[2] != "text":
        return None
    meta = item.find("contentMeta")
    inner = _inner(item)
    created = read_date(_line(item, "itemMeta/firstCreated") or _line(item, "contentMeta/contentCreated"))
    version = read_date(_line(item, "itemMeta/versionCreated"))
    published = created or version or inner.published
    story = Story(
        title=_line(item, "contentMeta/headline") or _line(item, "itemMeta/title") or inner.title,
        body=inner.body or _description(meta),
        published=published,
        updated=version if version != published else None,
        source=_named(item, "contentMeta/infoSource") or _line(item, "contentMeta/creditline") or inner.source,
        outlet=_named(item, "itemMeta/provider") or inner.outlet,
        byline=name_of(_line(item, "contentMeta/by")) or _named(item, "contentMeta/creator") or inner.byline,
        dateline=_line(item, "contentMeta/dateline") or inner.dateline or _named(item, "contentMeta/located"),
        language=_language(item),
        origins=(Origin(format=NAME, item_id=attribute(item, "guid")),),
        status=status_of(attribute(item.find("itemMeta/pubStatus"), "qcode") or _line(item, "itemMeta/pubStatus")),
        hints=tuple(islice(_hints(item), 20)) or inner.hints,
    )
    return story if story.title or story.body else None


def _inner(item: Element) -> Story:
    """What the item's content holds, as a story of its own."""
    for content in item.iterfind("contentSet/*"):
        nitf = content.find(".//nitf")
        if nitf is not None:
            return read_nitf(nitf)
        if content.tag == "inlineXML":
            body = content.find(".//body")
            return Story(body=paragraphs_of(body if body is not None else content))
        if content.tag == "inlineData" and (text := content.text or "").strip():
            is_markup = "html" in content.get("contenttype", "")
            return Story(body=read_paragraphs(text) if is_markup else clean_paragraphs(re.split(r"\n[^\S\n]*\n", text)))
    return Story()


def _line(item: Element, path: str) -> str | None:
    return text_of(item.find(path))


def _named(item: Element, path: str) -> str | None:
    """Who or where an element is about: its name, else its literal."""
    element = item.find(path)
    if element is None:
        return None
    return text_of(element.find("name")) or attribute(element, "literal")


def _description(meta: Element | None) -> tuple[str, ...]:
    description = meta.find("description") if meta is not None else None
    return paragraphs_of(description) if description is not None else ()


def _language(item: Element) -> str | None:
    return language_code(attribute(item.find("contentMeta/language"), "tag") or item.get(XML_LANG))


def _hints(item: Element) -> Iterator[str]:
    """Codes and names of subjects, of which the topic tagger knows the IPTC's."""
    for subject in item.iterfind("contentMeta/subject"):
        for hint in (attribute(subject, "qcode"), text_of(subject.find("name"))):
            if hint:
                yield hint


FORMAT = Format(NAME, sniff, parse)
