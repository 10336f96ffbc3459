"""Asking the desk without holding up the screen: two threads, one for what a person waits for, one for counting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from newsdesk.desk import Desk

T = TypeVar("T")


class Lanes:
    """`front` answers in order what the eye waits for (pages, a story) and every change; `back` counts.

    A cancelled wait lets its thread finish and drops the answer, so that a late answer is never shown.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._front = ThreadPoolExecutor(1, "desk-front")
        self._back = ThreadPoolExecutor(1, "desk-back")

    async def front(self, work: Callable[[Desk], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._front, work, self._desk)

    async def back(self, work: Callable[[Desk], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._back, work, self._desk)

    def close(self) -> None:
        """Finish what is being done, drop what waits."""
        for lane in (self._front, self._back):
            lane.shutdown(wait=True, cancel_futures=True)
