"""Bytes to wire: the fast strict reader where it can, feedparser for all that it refuses."""

from __future__ import annotations

import shlex

from fetchers.feeds.wire import Feed, NotAFeedError
from fetchers.worker import Parser


def read_strictly(data: bytes, address: str = "") -> Feed | None:
    """The feed in `data` if it is a well-formed one; None if only feedparser may know. Raises :class:`NotAFeedError`, which
    names the `address` that it came from to whoever has to look for a feed there."""
    from fetchers.feeds import json_feed, xml_feed  # with lxml, which a process that parses nothing never pays

    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head:
        raise NotAFeedError("the document is empty")
    if head[:1] in (b"{", b"["):
        return json_feed.read(data)
    if head.startswith(b"<html") or (head.startswith(b"<!doctype") and b"html" in head[:64]):
        page = shlex.quote(address) if address.startswith("http") else "URL"
        raise NotAFeedError(f"this is a web page, not a feed; `newsdesk feeds discover {page}` finds the feeds that it names")
    return xml_feed.read(data)


def read(data: bytes, content_type: str | None = None) -> Feed:
    """The feed in `data`, however it is written: for the limited process. Raises :class:`NotAFeedError`."""
    from fetchers.feeds import tolerant_feed

    return read_strictly(data) or tolerant_feed.read(data, content_type)


async def parse(data: bytes, content_type: str | None, process: Parser) -> Feed:
    """The feed in `data`. Raises :class:`ParsingError`, whose text says why, for anything else."""
    return Feed.from_json(await process.ask("feed", data, content_type=content_type))
