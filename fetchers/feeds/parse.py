"""Bytes to wire: the fast strict reader where it can, feedparser for all that it refuses."""

from __future__ import annotations

import shlex

from fetchers.feeds.wire import Feed, NotAFeedError
from fetchers.worker import Parser


def read_strictly(data: bytes, address: str = "") -> Feed | None:
    """The feed in `data` if it is a well-formed one; None if only feedparser may know. Raises :class:`NotAFeedError`, which of
    a web page tells what feeds it names, `address` being where it came from."""
    from fetchers.feeds import json_feed, xml_feed  # with lxml, which a process that parses nothing never pays

    head = data[:512].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").lower()  # the marks of UTF-8 and UTF-16, and its zeros
    if not head:
        raise NotAFeedError("the document is empty")
    if head[:1] in (b"{", b"["):
        return json_feed.read(data)
    if head.startswith(b"<html") or (head.startswith(b"<!doctype") and b"html" in head[:64]):
        raise NotAFeedError(f"this is a web page, not a feed; {_its_feeds(data, address)}")
    return xml_feed.read(data)


def _its_feeds(data: bytes, address: str) -> str:
    """What whoever took a page for a feed can do."""
    from fetchers.feeds.page_links import read_links

    page = shlex.quote(address) if address.startswith("http") else "URL"
    found = read_links(data, address, None)
    if not found:
        return f"it names none; `newsdesk feeds discover --guess {page}` tries the usual addresses"
    more = f" (of {len(found)}; `newsdesk feeds discover {page}` lists them)" if len(found) > 1 else ""
    return f"the feed that it names is {found[0].url}{more}"


def read(data: bytes, content_type: str | None = None) -> Feed:
    """The feed in `data`, however it is written: for the limited process. Raises :class:`NotAFeedError`."""
    from fetchers.feeds import tolerant_feed

    return read_strictly(data) or tolerant_feed.read(data, content_type)


async def parse(data: bytes, content_type: str | None, process: Parser) -> Feed:
    """The feed in `data`. Raises :class:`fetchers.worker.ParsingError`, whose text says why, for anything else."""
    return Feed.from_json(await process.ask("feed", data, content_type=content_type))
