"""One feed, asked: retrieve, parse, adapt, decide when to come back. Everything that goes wrong is a value."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from fetchers.articles.reader import ArticleReader
from fetchers.comments.reader import CommentReader
from fetchers.feeds import schedule
from fetchers.feeds.adapt import adapt
from fetchers.feeds.enrich import Enricher
from fetchers.feeds.parse import parse
from fetchers.feeds.program import run_program
from fetchers.feeds.schedule import Memory, stamp
from fetchers.feeds.websub import find_hub
from fetchers.feeds.wire import Feed as WireFeed
from fetchers.http import Answer, Failure, Fetcher, Limits
from fetchers.worker import ParserProcess, ParsingError
from newsdesk.config import Feed
from newsdesk.markup import read_line
from newsdesk.model import Json
from newsdesk.ports import FeedAnswer

ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_WORDS = {
    401: "the server wants a password (401)",
    403: "the server refuses us (403)",
    404: "there is no feed at this address (404)",
    410: "the feed is gone for good (410)",
    429: "the server asks us to slow down (429)",
}


class Reader:
    """An async context manager that implements :class:`newsdesk.ports.FeedReader`."""

    def __init__(
        self, user_agent: str, limits: Limits | None = None, *, threads: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """`threads`: addresses of servers of comments by kind, see :data:`fetchers.comments.reader.KINDS`."""
        self._fetcher = Fetcher(user_agent, limits or Limits())
        self._parser = ParserProcess()
        articles, comments = ArticleReader(self._fetcher, self._parser), CommentReader(self._fetcher, self._parser)
        self._enricher = Enricher(articles, comments, threads or {})
        self._resting: dict[str, datetime] = {}

    async def __aenter__(self) -> Self:
        await self._fetcher.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._parser.close()
        await self._fetcher.__aexit__(kind, error, trace)

    async def read(self, feed: Feed, memory: Json, now: datetime, *, force: bool = False) -> FeedAnswer:
        """As :meth:`newsdesk.ports.FeedReader.read`."""
        known = Memory.from_json(memory)
        if reason := self._reason_to_wait(feed, known, now, force):
            return FeedAnswer("skipped", known.to_json(), error=reason, retry_after=known.due)
        began = time.monotonic()
        answer = await self._ask(feed, known, now)
        return replace(answer, seconds=round(time.monotonic() - began, 3))

    def _reason_to_wait(self, feed: Feed, memory: Memory, now: datetime, force: bool) -> str | None:
        if memory.gone and not force:
            return _WORDS[410]
        rest = schedule.read_stamp(memory.rest) or self._resting.get(_host(feed))
        if rest and now < rest:
            return f"the server asked us not to come before {stamp(rest)}"
        return None if force or schedule.is_due(memory, now) else "not due yet"

    async def _ask(self, feed: Feed, memory: Memory, now: datetime) -> FeedAnswer:
        every = _every(feed)
        if not isinstance(feed.url, str):
            body, failure = await run_program(feed.url[1:])
            if body is None:
                return _failed(memory, feed, now, every, failure)
            return await self._take(feed, memory, now, every, Answer(200, feed.id, {}, body))
        headers = {"accept": ACCEPT}
        if memory.etag:
            headers["if-none-match"] = memory.etag
        if memory.last_modified:
            headers["if-modified-since"] = memory.last_modified
        got = await self._fetcher.get(feed.url, headers, allow_private=feed.allow_private)
        if isinstance(got, Failure):
            return _failed(memory, feed, now, every, got.sentence)
        memory = schedule.after_move(memory, got.moved_to)
        if got.status in (200, 203, 226, 304):
            return await self._take(feed, memory, now, every, got)
        return self._refused(feed, memory, now, every, got)

    async def _take(self, feed: Feed, memory: Memory, now: datetime, every: timedelta | None, got: Answer) -> FeedAnswer:
        """A 200 or 304: stories, or the word that nothing changed."""
        digest = hashlib.blake2b(got.body, digest_size=12).hexdigest()
        moved_to = memory.moved_to if memory.moves >= schedule.MOVES_TO_BELIEVE else None
        if got.status == 304 or digest == memory.digest:
            after = schedule.after_answer(memory, feed.id, got.headers, now, changed=False, every=every)
            return FeedAnswer("unchanged", after.to_json(), http=got.status, moved_to=moved_to)
        try:
            wire = await parse(got.body, got.headers.get("content-type"), self._parser)
        except ParsingError as error:
            return _failed(memory, feed, now, every, str(error), got.status)
        stories = adapt(wire, feed.id, base=got.url, title=feed.title, tags=feed.tags, country=feed.outlet_country)
        wishes = _noted(replace(memory, digest=digest), wire, got)
        stories, wishes, parts = await self._enricher.enrich(feed, wishes, stories)
        after = schedule.after_answer(wishes, feed.id, got.headers, now, changed=True, every=every)
        return FeedAnswer("updated", after.to_json(), stories, got.status, moved_to=moved_to, parts=parts)

    def _refused(self, feed: Feed, memory: Memory, now: datetime, every: timedelta | None, got: Answer) -> FeedAnswer:
        retry_after = schedule.read_retry_after(got.headers.get("retry-after"), now)
        if retry_after and got.status in (429, 503):
            self._resting[_host(feed)] = retry_after
        sentence = _WORDS.get(got.status) or f"the server answered {got.status}"
        memory = replace(memory, gone=got.status == 410)
        return _failed(memory, feed, now, every, sentence, got.status, retry_after)


def _noted(memory: Memory, wire: WireFeed, got: Answer) -> Memory:
    """The memory with what the feed says of itself."""
    hub, topic = find_hub(got.headers, wire, got.url)
    return replace(
        memory,
        every_s=wire.every_s,
        skip_hours=tuple(sorted(wire.skip_hours)),
        skip_days=tuple(sorted(wire.skip_days)),
        title=(read_line(wire.title) or "")[:200] or None,
        hub=hub,
        topic=topic,
    )


def _host(feed: Feed) -> str:
    return feed.url.split("/")[2].rpartition("@")[2].lower() if isinstance(feed.url, str) else ""


def _every(feed: Feed) -> timedelta | None:
    return timedelta(seconds=int(feed.every[:-1]) * _UNITS_S[feed.every[-1]]) if feed.every else None


def _failed(
    memory: Memory,
    feed: Feed,
    now: datetime,
    every: timedelta | None,
    sentence: str,
    status: int | None = None,
    retry_after: datetime | None = None,
) -> FeedAnswer:
    after = schedule.after_failure(memory, feed.id, now, retry_after=retry_after, every=every)
    word = stamp(retry_after) if retry_after else None
    return FeedAnswer("failed", after.to_json(), http=status, error=sentence, retry_after=word)
