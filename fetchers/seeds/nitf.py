"""NITF, the News Industry Text Format 3 of the IPTC and the NAA (https://iptc.org/std/NITF/): one story a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fetchers.feeds.adapt import read_date
from fetchers.seeds.detect import Format, Head, Source
from fetchers.seeds.xml_document import (
    PROLOGUE,
    attribute,
    name_of,
    paragraphs_of,
    read_root,
    status_of,
    text_of,
)
from newsdesk.errors import Problem
from newsdesk.model import Origin, Story

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "nitf"
_ROOT = re.compile(rf"{PROLOGUE}<nitf[\s>]", re.IGNORECASE)


def sniff(head: Head) -> float:
    """NITF's root element at the head of the text."""
    return 1.0 if _ROOT.match((head.text or "")[:8000].lstrip("\ufeff")) else 0.0


def parse(source: Source) -> Iterator[Story | Problem]:
    """The story of the document."""
    try:
        root = read_root(source)
    except ValueError as error:
        yield Problem(source.path, str(error))
        return
    story = read_nitf(root)
    if not story.title and not story.body:
        yield Problem(source.path, "a story with neither title nor body", harmless=True)
    yield story


def read_nitf(root: Element) -> Story:
    """The story of a ``nitf`` element without namespaces."""
    docdata, head = root.find("head/docdata"), root.find("body/body.head")
    item_id = attribute(root.find("head/docdata/doc-id"), "id-string")
    issued = read_date(attribute(root.find("head/docdata/date.issue"), "norm"))
    released = read_date(attribute(root.find("head/docdata/date.release"), "norm"))
    abstract = root.find("body/body.head/abstract")
    content = root.find("body/body.content")
    body = paragraphs_of(content) if content is not None else ()
    return Story(
        title=text_of(root.find("body/body.head/hedline/hl1")) or text_of(root.find("head/title")),
        body=body or (paragraphs_of(abstract) if abstract is not None else ()),
        published=issued or released,
        source=_first(head, "byline/org", "distributor/org", "distributor"),
        outlet=attribute(root.find("head/pubdata"), "name"),
        byline=_byline(head),
        dateline=text_of(head.find("dateline/location")) if head is not None else None,
        origins=(Origin(format=NAME, item_id=item_id),),
        status=status_of(attribute(docdata, "management-status")),
        hints=_hints(root),
    )


def _first(head: Element | None, *paths: str) -> str | None:
    found = (text_of(head.find(path)) for path in paths) if head is not None else ()
    return next(filter(None, found), None)


def _byline(head: Element | None) -> str | None:
    """The person of the byline; else all of it, without title and agency."""
    byline = head.find("byline") if head is not None else None
    if byline is None:
        return None
    people = [name for person in byline.iterfind("person") if (name := text_of(person))]
    if people:
        return ", ".join(people)
    for part in (*byline.iterfind("byttl"), *byline.iterfind("org")):
        part.text = None
        for child in list(part):
            part.remove(child)
    return name_of(text_of(byline))


def _hints(root: Element) -> tuple[str, ...]:
    codes = (attribute(e, "tobject.subject.refnum") for e in root.iter("tobject.subject"))
    sections = (attribute(e, "position.section") for e in root.iterfind("head/pubdata"))
    keys = (attribute(e, "key") for e in root.iterfind("head/docdata/key-list/keyword"))
    return tuple(hint for hint in (*codes, *sections, *keys) if hint)[:20]


FORMAT = Format(NAME, sniff, parse)
