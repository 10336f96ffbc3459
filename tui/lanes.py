"""Asking the desk and the disk without holding up the screen: a thread for what a person waits for, one for counting."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from newsdesk.archive.rows import FollowState
from newsdesk.desk import Desk

FOLLOWS_AT_ONCE_S = 0.1

T = TypeVar("T")


class Lanes:
    """`front` answers in order what the eye waits for (pages, a story) and every change; `back` counts.

    A cancelled wait at the front lets its thread finish and drops the answer, so that a late answer is never shown.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._front = ThreadPoolExecutor(1, "desk-front")
        self._back = ThreadPoolExecutor(1, "desk-back")

    async def front(self, work: Callable[[Desk], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._front, work, self._desk)

    async def back(self, work: Callable[[Desk], T]) -> T:
        """A cancelled count is stopped: of a million stories it would hold up the one that is wanted."""
        thread, ends = 0, threading.Lock()

        def run(desk: Desk) -> T:
            nonlocal thread
            thread = threading.get_ident()
            try:
                return work(desk)
            finally:
                with ends:  # not while it is being stopped: that would meet the next one on the same thread
                    thread = 0

        try:
            return await asyncio.get_running_loop().run_in_executor(self._back, run, self._desk)
        except asyncio.CancelledError:
            with ends:
                if thread:
                    self._desk.stop_reading(thread)
            raise

    async def follows(self) -> AsyncIterator[Sequence[FollowState]]:
        """All follows with what they have, as often as more of them are counted. Many take seconds, and others want the back
        lane meanwhile; while a refresh changes what was counted, to count it again takes half of the time at most."""
        whole = False
        while not whole:
            began = time.perf_counter()
            follows, whole = await self.back(lambda desk: desk.follow_totals(FOLLOWS_AT_ONCE_S))
            took = time.perf_counter() - began
            yield follows
            await asyncio.sleep(took if not whole and all(follow.counted for follow in follows) else 0)

    def close(self) -> None:
        """Finish what is being done, drop what waits."""
        for lane in (self._front, self._back):
            lane.shutdown(wait=True, cancel_futures=True)


def apart(work: Callable[[], T]) -> asyncio.Future[T]:
    """What `work` returns or raises, done on a thread of its own that nobody waits for at the end: a folder on a network may
    never answer."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def settle(put: Callable[[], None]) -> None:
        if not answer.done():
            put()

    def run() -> None:
        try:
            put = partial(answer.set_result, work())
        except Exception as error:
            put = partial(answer.set_exception, error)
        with contextlib.suppress(RuntimeError):  # the dashboard has ended
            loop.call_soon_threadsafe(settle, put)

    threading.Thread(target=run, name="disk", daemon=True).start()
    return answer
