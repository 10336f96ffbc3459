"""The feeds of a refresh: asked many at a time, kept one after the other as their answers come in."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from newsdesk.archive.rows import Kept, SourceState
from newsdesk.clock import stamp
from newsdesk.config import Feed
from newsdesk.desk import Desk
from newsdesk.model import Json
from newsdesk.ports import FeedAnswer, FeedPart, FeedReader

AT_ONCE = 64  # answers under way; connections are limited by the reader, this bounds what waits in memory
BATCH_STORIES = 100
POLL_S = 0.2  # how soon a refresh that is stopped lets go of answers that are still under way


@dataclass(slots=True)
class FeedOutcome:
    """What asking one feed came to: the lines of the report, what was kept, stories by how many new comments they have, and
    whether the feed fails now or answers again, other than before."""

    reports: list[dict[str, Json]]
    kept: list[Kept] = field(default_factory=list)
    commented: dict[str, int] = field(default_factory=dict)
    turned: Literal["failing", "recovered"] | None = None


class FeedRefresh:
    """One round over `feeds`. `force` asks those too that are not due."""

    def __init__(
        self, desk: Desk, reader: FeedReader, feeds: Sequence[Feed], clock: Callable[[], datetime], *, force: bool
    ) -> None:
        self._desk = desk
        self._reader = reader
        self._feeds = feeds
        self._clock = clock
        self._force = force

    async def outcomes(self, stopped: Callable[[], bool]) -> AsyncIterator[FeedOutcome]:
        """An outcome a feed, in the order of the answers. When `stopped` turns true, what is under way is let go."""
        waiting = list(reversed(self._feeds))
        states = {state.id: state for state in self._desk.source_states()}
        for state in states.values():
            self._reader.recall(state.detail)
        asked: dict[asyncio.Task[FeedAnswer], tuple[Feed, SourceState | None]] = {}
        try:
            while (waiting or asked) and not stopped():
                while waiting and len(asked) < AT_ONCE:
                    feed = waiting.pop()
                    known = states.get(feed.id)
                    memory = known.detail if known else None
                    task = asyncio.ensure_future(self._reader.read(feed, memory, self._clock(), force=self._force))
                    asked[task] = feed, known
                done, _ = await asyncio.wait(asked, timeout=POLL_S, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    feed, known = asked.pop(task)
                    yield self._keep(feed, known, task.result())
        finally:
            for task in asked:
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*asked, return_exceptions=True)

    def _keep(self, feed: Feed, state: SourceState | None, answer: FeedAnswer) -> FeedOutcome:
        """Stories first, then the memory that they were had: a crash between asks again and loses nothing."""
        starts = range(0, len(answer.stories), BATCH_STORIES)
        kept = [self._desk.keep(answer.stories[start : start + BATCH_STORIES]) for start in starts]
        comments = {said.thread: self._desk.add_comments(feed.id, said) for said in answer.discussions}
        if answer.status != "skipped" or answer.parts:
            self._desk.set_source_state(self._state(feed, state, answer))
        report = {
            "id": feed.id,
            "kind": "feed",
            "url": feed.id,
            "status": answer.status,
            "http": answer.http,
            "new": sum(len(batch.new) for batch in kept),
            "changed": sum(len(batch.changed) for batch in kept),
            "error": answer.error if answer.status == "failed" else None,
            "retry_after": answer.retry_after,
            "seconds": answer.seconds,
        }
        parts = (_report_part(feed, part, comments.get(part.url, (None, 0))[1]) for part in answer.parts)
        commented = {story_id: new for story_id, new in comments.values() if story_id and new}
        return FeedOutcome([report, *parts], kept, commented, _turned(state, answer))

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


def _turned(state: SourceState | None, answer: FeedAnswer) -> Literal["failing", "recovered"] | None:
    failed = state is not None and state.error is not None
    if answer.status == "failed":
        return None if failed else "failing"
    return "recovered" if failed and answer.status != "skipped" else None


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
