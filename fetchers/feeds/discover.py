"""The feeds of a web page: those that it links to as such, and on request those at the addresses where feeds often are."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from lxml import etree, html

from fetchers.feeds.adapt import read_link
from fetchers.feeds.parse import parse
from fetchers.http import Answer, Failure, Fetcher
from fetchers.worker import ParserProcess, ParsingError
from newsdesk.markup import read_line
from newsdesk.ports import FoundFeed
from newsdesk.text import charset_of

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
KINDS = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/rdf+xml": "rdf",
    "application/feed+json": "json",
}
COMMON_PATHS = ("feed", "rss", "rss.xml", "atom.xml", "feed.xml", "index.xml", "feed.json")
MOST_FOUND = 100
_READ_BYTES = 2**20  # links to feeds stand in the head of a page


class Finder:
    """An async context manager that implements :class:`newsdesk.ports.FeedFinder`."""

    def __init__(self, user_agent: str) -> None:
        self._fetcher = Fetcher(user_agent)
        self._parser = ParserProcess()

    async def __aenter__(self) -> Self:
        await self._fetcher.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._parser.close()
        await self._fetcher.__aexit__(kind, error, trace)

    async def find(self, url: str, *, guess: bool = False, allow_private: bool = False) -> tuple[FoundFeed, ...] | str:
        """As :meth:`newsdesk.ports.FeedFinder.find`."""
        got = await self._fetcher.get(url, {"accept": ACCEPT}, allow_private=allow_private)
        if isinstance(got, Failure):
            return got.sentence
        if got.status != 200:
            return f"the server answered {got.status}"
        if itself := await self._as_feed(got):
            return (itself,)
        found = {feed.url: feed for feed in read_links(got.body, got.url, charset_of(got.headers.get("content-type", "")))}
        if guess:
            tried = await asyncio.gather(*(self._try(address, allow_private) for address in _guesses(got.url)))
            found = {feed.url: feed for feed in tried if feed} | found
        return tuple(found.values())

    async def _try(self, url: str, allow_private: bool) -> FoundFeed | None:
        got = await self._fetcher.get(url, allow_private=allow_private)
        return None if isinstance(got, Failure) or got.status != 200 else await self._as_feed(got)

    async def _as_feed(self, got: Answer) -> FoundFeed | None:
        """The feed that an answer is, None if it is none. What says to be a web page is not asked to be a feed."""
        kind = got.headers.get("content-type", "")
        if "html" in kind.lower():
            return None
        try:
            feed = await parse(got.body, kind or None, self._parser)
        except ParsingError:
            return None
        return FoundFeed(got.url, read_line(feed.title), KINDS.get(kind.partition(";")[0].strip().lower(), "feed"))


def _guesses(url: str) -> Iterator[str]:
    """Where feeds often are: at the site's root."""
    root = read_link("/", url)
    return (f"{root}{path}" for path in COMMON_PATHS) if root else iter(())


def read_links(data: bytes, url: str, charset: str | None) -> tuple[FoundFeed, ...]:
    """The feeds that the page `data` from `url` names in ``<link rel=alternate>``, each once, in the page's order."""
    root = _parse(data[:_READ_BYTES], charset)
    if root is None:
        return ()
    named = next((base.get("href") for base in root.iter("base") if base.get("href")), None)
    base = read_link(named, url) or url
    found: dict[str, FoundFeed] = {}
    for link in root.iter("link", "a"):
        kind = KINDS.get((link.get("type") or "").partition(";")[0].strip().lower())
        if kind is None or "alternate" not in (link.get("rel") or "").lower().split():
            continue
        address = read_link(link.get("href"), base)
        if address and len(found) < MOST_FOUND:
            found.setdefault(address, FoundFeed(address, read_line(link.get("title")), kind))
    return tuple(found.values())


def _parse(data: bytes, charset: str | None) -> html.HtmlElement | None:
    for encoding in dict.fromkeys((charset, None)):
        try:
            parser = html.HTMLParser(encoding=encoding, remove_comments=True, huge_tree=False, no_network=True)
            return html.document_fromstring(data, parser=parser)
        except (etree.LxmlError, LookupError, ValueError):
            continue
    return None
