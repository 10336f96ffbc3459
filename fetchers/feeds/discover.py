"""The feeds of a web page: those that it links to as such, and on request those at the addresses where feeds often are."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from fetchers.feeds.adapt import read_link
from fetchers.feeds.page_links import KINDS, read_links
from fetchers.feeds.parse import parse
from fetchers.http import Answer, Failure, Fetcher
from fetchers.worker import ParserProcess, ParsingError
from newsdesk.markup import read_line
from newsdesk.ports import FoundFeed
from newsdesk.text import charset_of

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
COMMON_PATHS = ("feed", "rss", "rss.xml", "atom.xml", "feed.xml", "index.xml", "feed.json")


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
