"""Feeds in a file: RSS, RDF, Atom and JSON Feed as a browser or curl saved them, by the same readers as live ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fetchers.seeds.detect import Format, Head, Source
from fetchers.seeds.xml_document import PROLOGUE
from newsdesk.errors import Problem
from newsdesk.model import Story

NAME = "feed"

_ROOT = re.compile(rf"{PROLOGUE}<(?:[a-z][\w.-]{{,20}}:)?(?:rss|rdf|feed)[\s>]", re.IGNORECASE)
_JSON_FEED = re.compile(r'\s*\{.{0,2000}?"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version', re.DOTALL)


def sniff(head: Head) -> float:
    """A feed's root element, or JSON Feed's version, at the head of the text."""
    start = (head.text or "")[:6000].lstrip("\ufeff")
    return 1.0 if _ROOT.match(start) or _JSON_FEED.match(start) else 0.0


def parse(source: Source) -> Iterator[Story | Problem]:
    """A story an item, in the order of the feed."""
    from fetchers.blocking import shared_parser  # all of it only where there is a feed
    from fetchers.feeds.adapt import adapt
    from fetchers.feeds.wire import CUT, Feed
    from fetchers.worker import ParsingError

    try:
        feed = Feed.from_json(shared_parser().ask("feed", source.read_whole()))
    except (ParsingError, ValueError) as error:
        yield Problem(source.path, str(error))
        return
    stories = adapt(feed, source.path, base="")
    if not stories:
        yield Problem(source.path, "a feed without a story in it", harmless=True)
    yield from stories
    if feed.cut:
        yield Problem(source.path, CUT)


FORMAT = Format(NAME, sniff, parse)
