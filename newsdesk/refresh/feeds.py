"""The feeds of a refresh: asked many at a time, kept one after the other as their answers come in."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from newsdesk.archive.rows import Kept, SourceState
from newsdesk.clock import stamp
from newsdesk.config import Feed
from newsdesk.desk import Desk
from newsdesk.model import Json
from newsdesk.ports import FeedAnswer, FeedPart, FeedReader
from newsdesk.processes.collecting import collector_at_rest
from newsdesk.refresh.events import INTERRUPTED, CommentsRead
from newsdesk.urls import host_of

if TYPE_CHECKING:
    from newsdesk.archive.intake import Intake

AT_ONCE = 40  # answers under way; connections are limited by the reader, this bounds what waits in memory
POLL_S = 0.2  # how soon a refresh that is stopped lets go of answers that are still under way
# When what came in is written: the index takes many stories at once for much less than one by one, but whoever else writes
# waits for a transaction. So there are as many stories in one as were written in that time before.
BATCH_S, TRANSACTION_S = 1.0, 0.7
FIRST_BATCH, SMALLEST_BATCH, LARGEST_BATCH, LAST_BATCHES = 200, 50, 3500, 300


@dataclass(slots=True)
class FeedOutcome:
    """What asking one feed came to: the lines of the report, what was kept, stories by how many new comments they have, and
    whether the feed fails now or answers again, other than before."""

    reports: list[dict[str, Json]]
    kept: list[Kept] = field(default_factory=list)
    commented: dict[str, int] = field(default_factory=dict)
    turned: Literal["failing", "recovered"] | None = None


class FeedRefresh:
    """One round over `feeds`. `force` asks those too that are not due; where a person has `named` them, also those paused."""

    def __init__(
        self,
        desk: Desk,
        reader: FeedReader,
        feeds: Sequence[Feed],
        clock: Callable[[], datetime],
        *,
        force: bool,
        named: bool = False,
    ) -> None:
        self._desk = desk
        self._reader = reader
        self._feeds = feeds
        self._clock = clock
        self._force = force
        self._named = named
        self._paused = frozenset[str]()

    async def outcomes(self, stopped: Callable[[], bool]) -> AsyncIterator[FeedOutcome | CommentsRead | None]:
        """An outcome a feed, in the order of the answers, and how far the reading of a long thread is. None where all that is
        left is to wait for slow answers: the archive is free then. When `stopped` turns true, what is under way is let go."""
        states = {state.id: state for state in self._desk.feed_states()}
        failed = {state.id for state in states.values() if state.error is not None}
        waiting = _in_order(self._feeds, failed)[::-1]
        self._paused = self._desk.paused()
        for state in states.values():
            self._reader.recall(state.detail)
        asked: dict[asyncio.Task[FeedAnswer], tuple[Feed, SourceState | None]] = {}
        ready = _Ready()
        batch = _Batch(self._desk, stopped, ready)
        try:
            while (waiting or asked) and not stopped():
                while waiting and len(asked) < AT_ONCE + self._reader.aside() and batch.has_room():
                    feed = waiting.pop()
                    known = states.get(feed.id)
                    task = asyncio.ensure_future(self._ask(feed, known))
                    task.add_done_callback(ready.note)
                    asked[task] = feed, known
                came = await ready.soon()
                for task in came:
                    feed, known = asked.pop(task)
                    answer = _result(task, known)
                    batch.take(_Taken(feed, answer, known, self._state(feed, known, answer)))
                batch.ends = not waiting
                async for outcome in batch.store(batch.is_due):
                    yield outcome
                if asked and not (came or waiting or batch.holds()):
                    yield None
            while batch.holds():
                async for outcome in batch.store(batch.waits):
                    yield outcome
                await batch.settle()
        finally:
            for task in asked:
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*asked, return_exceptions=True)
            batch.close()

    async def _ask(self, feed: Feed, known: SourceState | None) -> FeedAnswer:
        """What the feed answers. One that is paused is only asked when a person names it."""
        memory = known.detail if known else None
        if feed.id in self._paused and not self._named:
            return FeedAnswer("skipped", memory, error="paused")
        return await self._reader.read(feed, memory, self._clock(), force=self._force)

    def _state(self, feed: Feed, state: SourceState | None, answer: FeedAnswer) -> SourceState:
        moment = stamp(self._clock())
        failed = answer.status == "failed"
        memory = answer.memory if isinstance(answer.memory, dict) else {}
        if answer.status == "skipped" and state is not None:
            http = (state.detail or {}).get("http")
            return replace(state, detail={**memory, "http": http} if http else memory)
        return SourceState(
            id=feed.id,
            succeeded=(state.succeeded if state else None) if failed else moment,
            failed=moment if failed else (state.failed if state else None),
            error=answer.error if failed else None,
            detail={**memory, "http": answer.http} if answer.http else memory,
        )


def _in_order(feeds: Sequence[Feed], failed: Set[str]) -> list[Feed]:
    """Those that failed come last, and the first feed of each host before the second of any: servers that let us wait must not
    keep the others from being read."""
    so_far = Counter[str]()
    ranks: dict[str, tuple[bool, int]] = {}
    for feed in feeds:
        name = feed.id
        host = host_of(name)
        ranks[name] = name in failed, so_far[host]
        so_far[host] += bool(host)
    return sorted(feeds, key=lambda feed: ranks[feed.id])


def _result(task: asyncio.Task[FeedAnswer], known: SourceState | None) -> FeedAnswer:
    """The answer. A fault of ours with one feed costs that feed, and not the others."""
    error = task.exception()
    if error is None:
        return task.result()
    if not isinstance(error, Exception):
        raise error
    return FeedAnswer("failed", known.detail if known else None, error=f"internal error: {type(error).__name__}: {error}"[:200])


def _turned(state: SourceState | None, answer: FeedAnswer) -> Literal["failing", "recovered"] | None:
    failed = state is not None and state.error is not None
    if answer.status == "failed":
        return None if failed else "failing"
    return "recovered" if failed and answer.status != "skipped" else None


class _GivenUpError(Exception):
    """The refresh has ended before a transaction did."""


@dataclass(slots=True)
class _Taken:
    """An answer of a feed, what was remembered of the feed before and has to be now, and what the answer did to the archive."""

    feed: Feed
    answer: FeedAnswer
    before: SourceState | None
    state: SourceState
    kept: Kept = field(default_factory=Kept)


class _Ready:
    """Answers that have come in, and the news that a batch is stored: whoever waits hears of either at once."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[FeedAnswer]] = []
        self._bell = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def note(self, task: asyncio.Task[FeedAnswer]) -> None:
        self._tasks.append(task)
        self._bell.set()

    def ring(self, _: object = None) -> None:
        """Wake whoever waits, from any thread."""
        with contextlib.suppress(RuntimeError):  # the loop has ended, and nobody waits
            self._loop.call_soon_threadsafe(self._bell.set)

    async def soon(self) -> list[asyncio.Task[FeedAnswer]]:
        """What has come in since it was asked last; none after :data:`POLL_S`, or where it was rung for."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(POLL_S):
                await self._bell.wait()
        self._bell.clear()
        tasks, self._tasks = self._tasks, []
        return tasks


class _Batch:
    """Answers on their way into the archive: stories, and the memory that they were had, are committed together. What is not
    stored yet when a refresh ends is asked for again by the next one.

    They are written in a thread, as SQLite's work is one that other threads need not wait for: meanwhile more answers come in,
    and parsers are not left without work.
    """

    def __init__(self, desk: Desk, stopped: Callable[[], bool], ready: _Ready) -> None:
        self._desk, self._stopped, self._ready = desk, stopped, ready
        self._taken: list[_Taken] = []
        self._stories = 0
        self._enough = FIRST_BATCH
        self._began = 0.0
        self._writing: tuple[list[_Taken], int, Future[float]] | None = None
        self._beside = ThreadPoolExecutor(1, "store")
        self._given_up = False
        self.ends = False  # no more feeds are to be asked: what waits for more to come with it would be written alone

    def close(self) -> None:
        """What is not committed yet is rolled back. Until it is, the connection is the thread's."""
        self._given_up = True
        self._beside.shutdown(cancel_futures=True)

    def take(self, taken: _Taken) -> None:
        if not self._taken:
            self._began = time.monotonic()
        self._taken.append(taken)
        self._stories += len(taken.answer.stories)

    def has_room(self) -> bool:
        """Whether more answers can wait, of which only some stories are to be in memory at a time."""
        return self._stories < self._enough

    def holds(self) -> bool:
        return bool(self._taken) or self._writing is not None

    def waits(self) -> bool:
        return bool(self._taken)

    def is_due(self) -> bool:
        enough = min(self._enough, LAST_BATCHES) if self.ends else self._enough
        return bool(self._taken) and (self._stories >= enough or time.monotonic() - self._began >= BATCH_S)

    async def settle(self) -> None:
        """Wait until what is being written is there."""
        if self._writing is not None:
            written = asyncio.wrap_future(self._writing[-1])
            await asyncio.wait([written])
            written.exception()  # told by who asks for the result

    async def store(self, more: Callable[[], bool]) -> AsyncIterator[FeedOutcome | CommentsRead]:
        """Tell of what is stored by now, and begin to write what was taken, if `more` is true then."""
        if self._writing is not None:
            some, stories, written = self._writing
            if not written.done():
                return
            self._writing = None
            self._fit(stories, written.result())
            for one in some:
                for event in self._hear(one):
                    yield event
                    await asyncio.sleep(0)
                yield self._tell(one)
        if more():
            some, stories = self._portion()
            written = self._beside.submit(self._write, some)
            self._writing = some, stories, written
            written.add_done_callback(self._ready.ring)

    def _hear(self, taken: _Taken) -> Iterator[CommentsRead]:
        """Have long threads read, bit by bit. Stopped, it lets go of the feed's threads: the next refresh gets them again."""
        for said in taken.answer.discussions:
            for done, of in self._desk.read_thread_ahead(taken.feed.id, said):
                yield CommentsRead(done, of)
                if self._stopped():
                    taken.answer = replace(taken.answer, discussions=())
                    return

    def _portion(self) -> tuple[list[_Taken], int]:
        """The first answers, of as many stories as go into a transaction, and how many these are."""
        count = stories = 0
        while count < len(self._taken) and stories < self._enough:
            stories += len(self._taken[count].answer.stories)
            count += 1
        some, self._taken = self._taken[:count], self._taken[count:]
        self._stories -= stories
        self._began = time.monotonic()
        return some, stories

    def _write(self, taken: Sequence[_Taken]) -> float:
        """All in one transaction. Returns the seconds that it took of the processor: by the clock, a busy machine would make
        for many small transactions, which keep it busy. Runs in the thread."""
        if not any(one.answer.stories for one in taken):  # what takes stories in need not be loaded
            if states := [one.state for one in taken if _is_remembered(one.answer)]:
                self._desk.set_source_states(states)
            return 0.0
        began = time.thread_time()
        with collector_at_rest(), self._desk.taking_in() as intake:
            for one in taken:
                self._write_one(intake, one)
                self._go_on()
            for _ in intake.slices():
                self._go_on()
        return time.thread_time() - began

    def _go_on(self) -> None:
        if self._given_up:
            raise _GivenUpError

    def _fit(self, stories: int, took_s: float) -> None:
        """As many stories go into the next transaction as would have been written in its time."""
        if stories:
            fitting = int(stories * TRANSACTION_S / max(took_s, 0.001))
            self._enough = min(max(fitting, SMALLEST_BATCH), 2 * self._enough, LARGEST_BATCH)

    @staticmethod
    def _write_one(intake: Intake, taken: _Taken) -> None:
        answer = taken.answer
        if answer.stories:
            taken.kept = intake.take(answer.stories)
        if _is_remembered(answer):
            intake.remember(taken.state)
        taken.answer = replace(answer, stories=())  # their texts need not wait for the commit in memory

    def _tell(self, taken: _Taken) -> FeedOutcome:
        feed, answer = taken.feed, taken.answer
        comments = {said.thread: self._desk.add_comments(feed.id, said) for said in answer.discussions}
        if answer.discussions:
            self._desk.set_source_state(taken.state)
        report = _report_feed(feed, (taken.state.detail or {}).get("title"), answer, taken.kept)
        parts = (_report_part(feed, part, comments.get(part.url, (None, 0))[1]) for part in answer.parts)
        commented = {story_id: new for story_id, new in comments.values() if story_id and new}
        return FeedOutcome([report, *parts], [taken.kept], commented, _turned(taken.before, answer))


def _is_remembered(answer: FeedAnswer) -> bool:
    """Whether there is something to remember of an answer as it comes: the memory of threads is only true once their comments
    are kept."""
    return (answer.status != "skipped" or bool(answer.parts)) and not answer.discussions


def report_interrupted(feed: Feed) -> dict[str, Json]:
    """A feed whose answer was not taken any more: the refresh was stopped."""
    return _report_feed(feed, None, FeedAnswer("skipped", error=INTERRUPTED), Kept())


def _report_feed(feed: Feed, title: str | None, answer: FeedAnswer, kept: Kept) -> dict[str, Json]:
    """`title`: what the feed calls itself."""
    return {
        "id": feed.id,
        "kind": "feed",
        "url": feed.id,
        "title": feed.title or title,
        "status": answer.status,
        "http": answer.http,
        "new": len(kept.new),
        "changed": len(kept.changed),
        "error": answer.error if answer.status == "failed" else None,
        "why": answer.error if answer.status == "skipped" else None,
        "retry_after": answer.retry_after,
        "seconds": answer.seconds,
    }


def _report_part(feed: Feed, part: FeedPart, new: int) -> dict[str, Json]:
    """A page or thread; `new` are comments that were not known."""
    return {
        "id": part.url,
        "kind": part.kind,
        "url": part.url,
        "feed": feed.id,
        "status": "failed" if part.error else "updated",
        "http": None,
        "new": new,
        "changed": 0,
        "error": part.error,
        "retry_after": None,
        "seconds": part.seconds,
    }
