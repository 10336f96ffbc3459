"""Turns of requests: a place at the host, and one in all. Waiting for them is our own doing, and no part of a server's time.

A request whose server lets it wait, for the head of its answer or for the beginning of its body, stands aside: its connection
stays, and its place goes to another. Else a few dozen servers that take connections and say nothing, or a byte now and then,
would keep all others from being asked.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator

from fetchers.streams import CutError

PATIENCE_S = 3.0  # that a server has for the head of its answer, or the beginning, before the request stands aside
LIGHT = 2**16  # bytes of a body, as they come, that a request may have which stands aside


class Places:
    """Room for `most` requests at a time, and for as many more as may stand aside, `most_aside` at most."""

    def __init__(self, most: int, most_aside: int = 0) -> None:
        self.free = asyncio.Semaphore(most)
        self.most_aside = most_aside
        self.aside = 0


class Turn:
    """A request's turn, under `deadline`."""

    def __init__(self, places: Places, deadline: asyncio.Timeout) -> None:
        self._places, self._deadline = places, deadline
        self._is_aside = False
        self._timer: asyncio.TimerHandle | None = None

    @contextlib.contextmanager
    def waiting(self) -> Iterator[None]:
        """While the server has to answer. It is no longer waited for once the request has come back."""
        self._timer = asyncio.get_running_loop().call_later(PATIENCE_S, self._step_aside)
        try:
            yield
        finally:
            self._timer.cancel()

    def _step_aside(self) -> None:
        if self._places.aside < self._places.most_aside:
            self._places.aside += 1
            self._places.free.release()
            self._is_aside = True

    async def begin(self, coming: AsyncIterator[bytes]) -> tuple[list[bytes], bool]:
        """The beginning of a body, and whether it was cut off there. Then there is a place again to read it in."""
        early: list[bytes] = []
        size, cut = 0, False
        try:
            while size <= LIGHT:
                early.append(await anext(coming))
                size += len(early[-1])
        except StopAsyncIteration:
            pass
        except CutError:
            cut = True
        await self.come_back()
        return early, cut

    async def come_back(self) -> None:
        """Have a place again, for good."""
        if self._timer is not None:
            self._timer.cancel()
        if self._is_aside:
            await _acquire(self._places.free, self._deadline)
            self._places.aside -= 1
            self._is_aside = False

    def end(self) -> None:
        if self._is_aside:
            self._places.aside -= 1
        else:
            self._places.free.release()


@contextlib.asynccontextmanager
async def in_turn(gate: asyncio.Semaphore, places: Places, deadline: asyncio.Timeout) -> AsyncIterator[Turn]:
    """A place at the host (`gate`) and one in all."""
    await _acquire(gate, deadline)
    try:
        await _acquire(places.free, deadline)
        turn = Turn(places, deadline)
        try:
            yield turn
        finally:
            turn.end()
    finally:
        gate.release()


async def _acquire(place: asyncio.Semaphore, deadline: asyncio.Timeout) -> None:
    """Have a place. While it has to be waited for, the deadline's clock stands still."""
    if not place.locked():
        await place.acquire()
        return
    began, until = time.monotonic(), deadline.when()
    deadline.reschedule(None)
    await place.acquire()
    deadline.reschedule(until + time.monotonic() - began if until is not None else None)
