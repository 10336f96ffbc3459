"""One feed, asked: retrieve, parse, adapt, decide when to come back. Everything that goes wrong is a value."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from fetchers.addresses import without_mend
from fetchers.feeds import schedule
from fetchers.feeds.program import run_program
from fetchers.feeds.schedule import Followed, Memory
from fetchers.http import Answer, Failure, Fetcher, Limits, Why
from fetchers.resting import BUSY, RestingHosts
from fetchers.worker import ParserPool, ParsingError
from newsdesk.clock import stamp
from newsdesk.config import Feed
from newsdesk.model import Json, Story
from newsdesk.ports import FeedAnswer, FeedPart, StoryAnswer
from newsdesk.urls import host_of

if TYPE_CHECKING:
    from fetchers.feeds.enrich import Enricher
    from fetchers.feeds.wire import Feed as WireFeed

ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
SILENCES = 4  # requests in a row that a host does not answer in time: its other feeds wait for the next refresh
FAILURES_OF_CUT = 3  # that count, of a feed that brings stories but never its end: the wait grows to 40 minutes and no further
_WORDS = {
    401: "the server wants a password (401)",
    403: "the server refuses us (403)",
    404: "there is no feed at this address (404)",
    407: "the proxy that the environment names wants a password (407)",
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
        self._parser = ParserPool()
        self._resting = RestingHosts()
        self._silent = Counter[str]()  # how many requests in a row a host has left without an answer
        self._threads = threads or {}

    @cached_property
    def _enricher(self) -> Enricher:
        """What reads pages and threads, which a refresh of feeds that are as they were never pays for."""
        from fetchers.articles.reader import ArticleReader
        from fetchers.comments.reader import CommentReader
        from fetchers.feeds.enrich import Enricher

        articles, comments = ArticleReader(self._fetcher, self._parser), CommentReader(self._fetcher, self._parser)
        return Enricher(articles, comments, self._threads, self._resting)

    async def __aenter__(self) -> Self:
        await self._fetcher.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._parser.close()
        await self._fetcher.__aexit__(kind, error, trace)

    def recall(self, memory: Json) -> None:
        """As :meth:`newsdesk.ports.FeedReader.recall`."""
        if not isinstance(memory, dict) or not ("host" in memory or "hosts" in memory):
            return
        known = Memory.from_json(memory)
        for host, until in ((known.host, known.rest), *known.hosts):
            if host and (moment := schedule.read_stamp(until)):
                self._resting.rest(host, moment)

    def aside(self) -> int:
        """As :meth:`newsdesk.ports.FeedReader.aside`."""
        return self._fetcher.aside

    async def read(self, feed: Feed, memory: Json, now: datetime, *, force: bool = False) -> FeedAnswer:
        """As :meth:`newsdesk.ports.FeedReader.read`."""
        known, began = Memory.from_json(memory), time.monotonic()
        is_due = self._reason_to_wait(feed, known, now, force)[0] is None
        answer = await self._ask(feed, known, now, force) if is_due else None
        if answer is None:
            answer = await self._skip(feed, known, now, force)
        return replace(answer, seconds=round(time.monotonic() - began, 3))

    async def _skip(self, feed: Feed, memory: Memory, now: datetime, force: bool) -> FeedAnswer:
        """Threads have a schedule of their own, but not against a host's wish."""
        reason, until = self._reason_to_wait(feed, memory, now, force)
        followed = Followed(memory) if memory.gone else await self._follow(feed, memory, now)
        after = self._remember(followed.memory, followed.parts, now).to_json()
        return FeedAnswer(
            "skipped", after, error=reason, retry_after=until, parts=followed.parts, discussions=followed.discussions
        )

    async def read_story(self, story: Story, feed: Feed | None, now: datetime) -> StoryAnswer:
        """As :meth:`newsdesk.ports.FeedReader.read_story`."""
        return await self._enricher.follow_story(feed or Feed(""), story, now)

    def _remember(self, memory: Memory, parts: Sequence[FeedPart], now: datetime) -> Memory:
        """The memory with the hosts behind its feed that asked to rest."""
        urls = [*(part.url for part in parts), *(watch.url for watch in memory.threads)]
        hosts = tuple((host, stamp(until)) for host, until in self._resting.of(urls, now))
        return replace(memory, hosts=hosts) if hosts != memory.hosts else memory

    def _reason_to_wait(self, feed: Feed, memory: Memory, now: datetime, force: bool) -> tuple[str | None, str | None]:
        """Why the feed is not asked now, None if it is, and until when."""
        if memory.gone and not force:
            return _WORDS[410], None
        wishes = (schedule.read_stamp(memory.rest), self._resting.until(_address(feed, memory), now))
        due = schedule.when_due(memory, now, every=_every(feed))
        if rest := max((wish for wish in wishes if wish and now < wish <= now + schedule.LONGEST_WISH), default=None):
            return f"the server asked us not to come before {rest:%Y-%m-%d %H:%M} UTC", stamp(max(rest, due))
        if due > now and not force:
            return "not due yet", stamp(due)
        is_silent = self._silent[host_of(_address(feed, memory))] >= SILENCES
        return ("its host does not answer now", stamp(due)) if is_silent else (None, None)

    async def _ask(self, feed: Feed, memory: Memory, now: datetime, force: bool) -> FeedAnswer | None:
        """None where the host asked to be left alone while this waited for its turn, or answers nobody."""
        every = _every(feed)
        if not isinstance(feed.url, str):
            body, failure = await run_program(feed.url[1:])
            if body is None:
                return _failed(memory, feed, now, every, failure)
            return await self._take(feed, memory, now, Answer(200, feed.id, {}, body), force)
        headers = {"accept": ACCEPT}
        if memory.etag:
            headers["if-none-match"] = memory.etag
        if memory.last_modified:
            headers["if-modified-since"] = memory.last_modified
        address = _address(feed, memory)
        host = host_of(address)
        # A host that it moved to is not the one that a person allowed to be private.
        named = address == feed.url or host == host_of(feed.url)
        private = feed.allow_private and named

        def is_wanted() -> bool:
            return not self._resting.until(address, now) and self._silent[host] < SILENCES

        got = await self._fetcher.get(address, headers, allow_private=private, keeps_cut=True, is_wanted=is_wanted)
        if isinstance(got, Failure) and got.why is Why.UNWANTED:
            return None
        is_silent = isinstance(got, Failure) and got.why is Why.DEADLINE
        self._silent[host] = self._silent[host] + 1 if is_silent else 0
        if isinstance(got, Failure):
            return _failed(memory, feed, now, every, got.sentence if named else without_mend(got.sentence))
        if got.status == 304 and not (memory.etag or memory.last_modified):
            return _failed(memory, feed, now, every, "the server says that nothing changed (304), which it was not asked", 304)
        if got.status in (200, 203, 226, 304):
            return await self._take(feed, memory, now, got, force)
        return self._refused(feed, memory, now, every, got)

    async def _take(self, feed: Feed, memory: Memory, now: datetime, got: Answer, force: bool) -> FeedAnswer:
        """A 200 or 304: stories, or the word that nothing changed."""
        every = _every(feed)
        digest = hashlib.sha256(got.body, usedforsecurity=False).hexdigest()[:24]  # processors have it built in
        # An address with a password in it stays: the new one would lack it.
        memory = schedule.after_move(memory, None if feed.has_secret else got.moved_to)
        if got.status == 304 or digest == memory.digest:
            followed = await self._follow(feed, memory, now, force=force)
            after = schedule.after_answer(followed.memory, feed.id, got.headers, now, changed=False, every=every)
            after = self._remember(after, followed.parts, now)
            return FeedAnswer(
                "unchanged",
                after.to_json(),
                http=got.status,
                moved_to=after.address,
                parts=followed.parts,
                discussions=followed.discussions,
            )
        return await self._parse(feed, memory, now, got, digest, force)

    async def _parse(self, feed: Feed, memory: Memory, now: datetime, got: Answer, digest: str, force: bool) -> FeedAnswer:
        """The stories of a 200 that is another than the last one. What only this needs is loaded for the first one."""
        from fetchers.feeds.wire import CUT
        from fetchers.feeds.wire import Feed as WireFeed
        from newsdesk.tagging.drafts import Drafted

        every = _every(feed)
        try:
            said = await self._parser.ask(
                "stories",
                got.body,
                content_type=got.headers.get("content-type"),
                source=feed.id,
                base=got.url,
                title=feed.title,
                tags=feed.tags,
                country=feed.outlet_country,
                cut=got.cut,
                first=memory.digest is None,
            )
        except ParsingError as error:
            return _failed(memory, feed, now, every, str(error), got.status)
        wire, stories = WireFeed.from_json(said["feed"]), Drafted(said["drafts"], said["stories"])
        wishes = _noted(replace(memory, digest=digest), wire, got)
        filled, wishes, parts = await self._enricher.fill(feed, wishes, now, stories)
        outlines = stories.outlines(self._enricher.that_may_have_threads(said["leads"])) if feed.comments else ()
        followed = await self._enricher.follow(feed, wishes, now, outlines, force=force)
        parts = (*parts, *followed.parts)
        if wire.cut:  # it is read again, soon, also where what was taken stays all that there is
            after = replace(followed.memory, digest=memory.digest, failures=min(memory.failures, FAILURES_OF_CUT))
            answer = _failed(self._remember(after, parts, now), feed, now, every, CUT, got.status)
            return replace(answer, stories=filled, parts=parts, discussions=followed.discussions)
        after = schedule.after_answer(followed.memory, feed.id, got.headers, now, changed=True, every=every)
        after = self._remember(after, parts, now)
        answer = FeedAnswer("updated", after.to_json(), filled, got.status, moved_to=after.address)
        return replace(answer, parts=parts, discussions=followed.discussions)

    async def _follow(self, feed: Feed, memory: Memory, now: datetime, *, force: bool = False) -> Followed:
        """Read those of the threads that are remembered that are due."""
        return await self._enricher.follow(feed, memory, now, force=force) if memory.threads else Followed(memory)

    def _refused(self, feed: Feed, memory: Memory, now: datetime, every: timedelta | None, got: Answer) -> FeedAnswer:
        retry_after = schedule.read_retry_after(got.headers.get("retry-after"), now)
        if rest := schedule.read_rest(got.status, got.headers.get("retry-after"), now):
            self._resting.rest(host_of(got.url), rest)
            self._resting.rest(host_of(feed.id), rest)
        if retry_after and got.status in BUSY:
            memory = replace(memory, host=host_of(got.url))
        sentence = _WORDS.get(got.status) or f"the server answered {got.status}"
        if got.status == 410 and memory.address:  # it may have moved once more: the settings' address will tell
            sentence, memory = "the address that the feed moved to is gone for good (410)", replace(memory, address=None)
        else:
            memory = replace(memory, gone=got.status == 410)
        return _failed(memory, feed, now, every, sentence, got.status, retry_after)


def _noted(memory: Memory, wire: WireFeed, got: Answer) -> Memory:
    """The memory with what the feed says of itself."""
    from fetchers.feeds.websub import find_hub
    from newsdesk.markup import read_line

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


def _address(feed: Feed, memory: Memory) -> str:
    """Where the feed is asked: where it moved to, else what the settings say; "" for a program."""
    return memory.address or feed.url if isinstance(feed.url, str) else ""


def _every(feed: Feed) -> timedelta | None:
    return timedelta(seconds=feed.every_s) if feed.every_s else None


def _failed(
    memory: Memory,
    feed: Feed,
    now: datetime,
    every: timedelta | None,
    sentence: str,
    status: int | None = None,
    retry_after: datetime | None = None,
) -> FeedAnswer:
    answered = status is not None or not isinstance(feed.url, str)
    after = schedule.after_failure(memory, feed.id, now, retry_after=retry_after, every=every, answered=answered)
    word = stamp(retry_after) if retry_after else None
    return FeedAnswer("failed", after.to_json(), http=status, error=sentence, retry_after=word)
