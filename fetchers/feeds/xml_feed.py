"""Well-formed RSS 0.9–2.0, RDF and Atom, read with lxml in one walk: 30 times as fast as feedparser, and strict.

What is not well-formed, declares a DTD, has items without title and text or uses what only feedparser knows (base64, other
types than text and HTML) is refused (null): feedparser reads that, see `parse`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from fetchers.feeds.wire import MAX_ITEMS, Feed, Item

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
DCTERMS = "{http://purl.org/dc/terms/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
SLASH = "{http://purl.org/rss/1.0/modules/slash/}comments"
DATES = (f"{DCTERMS}issued", f"{DCTERMS}created", f"{DCTERMS}modified")
WFW = "{http://wellformedweb.org/CommentAPI/}"
THR = "{http://purl.org/syndication/thread/1.0}"
SY = "{http://purl.org/rss/1.0/modules/syndication/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
RSS1 = ("{http://purl.org/rss/1.0/}", "{http://my.netscape.com/rdf/simple/0.9/}")
LATIN_1 = re.compile(rb"\s*<\?xml[^>]*encoding=[\"'](?:iso-8859-1|latin-?1|us-ascii)[\"']", re.IGNORECASE)
WEEK = "montuewedthufrisatsun"
PERIODS_S = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}

FOR_FEEDPARSER = {"fullitem", "{http://www.w3.org/1999/xhtml}body", "{http://www.w3.org/1999/xhtml}div"}
ATOM_TYPES = {"text", "html", "xhtml", "text/html", "text/plain", "application/xhtml+xml"}

Element = etree._Element


class _ForFeedparserError(Exception):
    pass


def read(data: bytes) -> Feed | None:
    """The feed in `data`, or null if it is not one of the kinds above, well-formed and without a DTD."""
    try:
        feed = _read(data)
    except _ForFeedparserError:
        return None
    known = feed is not None and bool(feed.items) and all(item.title or item.markup for item in feed.items)
    return feed if known else None


def _read(data: bytes) -> Feed | None:
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        return None
    # Who declares Latin-1 writes Windows-1252 (the WHATWG encoding standard); its quotation marks would be controls else.
    encoding = "windows-1252" if LATIN_1.match(data[:200]) else None
    # No DTD, no entity, no network and no huge tree: a document can't grow or reach out while it is parsed.
    parser = etree.XMLParser(
        encoding=encoding, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root.tag == "rss":
        channel = root.find("channel")
        return None if channel is None else _read_rss(channel, list(channel.iterchildren("item")), "")
    if root.tag == RDF:
        return next((_read_rdf(root, space) for space in RSS1 if root.find(f"{space}channel") is not None), None)
    return _read_atom(root) if root.tag == f"{ATOM}feed" else None


def _text(element: Element | None) -> str | None:
    """The text of an element without children; null if it has some (markup that was not escaped) or no text."""
    if element is None or len(element):
        return None
    return (element.text or "").strip() or None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else None


def _inner(element: Element | None) -> str | None:
    """The content of an element as markup: its text, or its children written out."""
    if element is None:
        return None
    if not len(element):
        return element.text or None
    return (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)


def _period(channel: Element, space: str) -> int | None:
    minutes = _number(_text(channel.find(f"{space}ttl")))
    if minutes:
        return minutes * 60
    period = PERIODS_S.get((_text(channel.find(f"{SY}updatePeriod")) or "").lower())
    return period // max(1, _number(_text(channel.find(f"{SY}updateFrequency"))) or 1) if period else None


def _read_rdf(root: Element, space: str) -> Feed | None:
    channel = root.find(f"{space}channel")
    return None if channel is None else _read_rss(channel, list(root.iterchildren(f"{space}item")), space)


def _read_rss(channel: Element, items: list[Element], space: str) -> Feed:
    hours = (_number(_text(hour)) for hour in channel.iterfind(f"{space}skipHours/{space}hour"))
    days = (WEEK.find((_text(day) or "").lower()[:3]) for day in channel.iterfind(f"{space}skipDays/{space}day"))
    return Feed(
        title=_text(channel.find(f"{space}title")),
        link=_text(channel.find(f"{space}link")),
        language=_text(channel.find(f"{space}language")) or _text(channel.find(f"{DC}language")),
        items=tuple(_rss_item(item, space) for item in items[:MAX_ITEMS]),
        every_s=_period(channel, space),
        skip_hours=frozenset(hour % 24 for hour in hours if hour is not None and hour <= 24),
        skip_days=frozenset(day // 3 for day in days if day >= 0 and day % 3 == 0),
        hub=_atom_link(channel, "hub"),
        topic=_atom_link(channel, "self"),
    )


def _rss_item(item: Element, space: str) -> Item:
    first: dict[str, Element] = {}
    categories = []
    for child in item:
        tag = child.tag
        if tag == f"{space}category" or tag == f"{DC}subject":
            categories.append(_text(child))
        elif tag in FOR_FEEDPARSER:
            raise _ForFeedparserError
        else:
            first.setdefault(str(tag), child)
    get = first.get
    guid = get(f"{space}guid")
    link = _text(get(f"{space}link")) or _atom_link(item, "alternate")
    if link is None and guid is not None and guid.get("isPermaLink", "true").lower() == "true":
        link = _text(guid)
    return Item(
        id=_text(guid) or item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"),
        title=_inner(get(f"{space}title")) or _text(get(f"{DC}title")),
        link=link,
        published=next(filter(None, (_text(get(name)) for name in (f"{space}pubDate", f"{DC}date", *DATES))), None),
        updated=_text(get(f"{DCTERMS}modified")) or _text(get(f"{ATOM}updated")),
        author=_text(get(f"{DC}creator")) or _text(get(f"{space}author")) or _text(get(f"{DC}author")),
        markup=_longest(_inner(get(CONTENT)), _inner(get(f"{space}description"))),
        categories=tuple(filter(None, categories)),
        comment_feed=_text(get(f"{WFW}commentRss")) or _text(get(f"{WFW}commentRSS")),
        comment_count=_number(_text(get(SLASH))),
        comments_page=_text(get(f"{space}comments")),
        reply_to=_answered(get(f"{THR}in-reply-to")),
        credit=_text(get(f"{space}source")),
    )


def _answered(element: Element | None) -> str | None:
    return element.get("ref") if element is not None else None


def _longest(content: str | None, summary: str | None) -> str:
    return content or summary or ""


def _atom_link(element: Element, rel: str) -> str | None:
    for link in element.iterchildren(f"{ATOM}link"):
        if link.get("rel", "alternate") == rel and link.get("href"):
            return link.get("href")
    return None


def _read_atom(root: Element) -> Feed:
    return Feed(
        title=_atom_text(root.find(f"{ATOM}title")),
        link=_atom_link(root, "alternate"),
        language=root.get(XML_LANG),
        items=tuple(_atom_entry(entry) for entry in _first(root.iterchildren(f"{ATOM}entry"))),
        every_s=_period(root, ATOM),
        hub=_atom_link(root, "hub"),
        topic=_atom_link(root, "self"),
    )


def _first(entries: Iterator[Element]) -> list[Element]:
    return [entry for _, entry in zip(range(MAX_ITEMS), entries, strict=False)]


def _atom_text(element: Element | None) -> str | None:
    """An Atom text construct as markup; `type="text"` is plain, so its signs are escaped for those who read markup."""
    if element is None:
        return None
    inner = _inner(element)
    kind = element.get("type", "text")
    if kind not in ATOM_TYPES or element.get("src") or element.get("mode"):
        raise _ForFeedparserError
    if inner and kind in ("text", "text/plain") and not len(element):
        return inner.replace("&", "&amp;").replace("<", "&lt;")
    return inner


def _atom_entry(entry: Element) -> Item:
    first: dict[str, Element] = {}
    for child in entry:
        first.setdefault(str(child.tag), child)
    get = first.get
    replies = next((link for link in entry.iterchildren(f"{ATOM}link") if link.get("rel") == "replies"), None)
    author = get(f"{ATOM}author")
    identifier = _text(get(f"{ATOM}id"))
    source = get(f"{ATOM}source")
    return Item(
        id=identifier,
        title=_atom_text(get(f"{ATOM}title")),
        link=_atom_link(entry, "alternate") or (identifier if (identifier or "").startswith(("http:", "https:")) else None),
        published=_text(get(f"{ATOM}published")) or _text(get(f"{ATOM}updated")),
        updated=_text(get(f"{ATOM}updated")),
        author=_text(author.find(f"{ATOM}name")) if author is not None else _text(get(f"{DC}creator")),
        markup=_longest(_atom_text(get(f"{ATOM}content")), _atom_text(get(f"{ATOM}summary"))),
        categories=tuple(c for c in (x.get("label") or x.get("term") for x in entry.iterchildren(f"{ATOM}category")) if c),
        comment_feed=replies.get("href") if replies is not None and "xml" in replies.get("type", "atom+xml") else None,
        comment_count=_number(replies.get(f"{THR}count")) if replies is not None else _number(_text(get(f"{THR}total"))),
        reply_to=_answered(get(f"{THR}in-reply-to")),
        credit=_atom_text(source.find(f"{ATOM}title")) if source is not None else None,
    )
