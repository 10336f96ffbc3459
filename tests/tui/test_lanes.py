"""The desk's two threads: what is given up is stopped, and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import cast

from newsdesk.desk import Desk, FollowState
from tui.lanes import Lanes

LONGEST_S = 60.0  # a guard against hanging, not a measure


class Counted:
    """A desk whose first count ends in the very moment in which it is stopped."""

    def __init__(self) -> None:
        self.first_runs, self.first_ends, self.second_runs = threading.Event(), threading.Event(), threading.Event()
        self.stopped = 0
        self.stopped_wrongly = False

    def first(self, _: Desk) -> None:
        self.first_runs.set()
        assert self.first_ends.wait(LONGEST_S)

    def second(self, _: Desk) -> str:
        self.second_runs.set()
        return "counted"

    def stop_reading(self, thread: int) -> None:
        self.stopped += 1
        self.first_ends.set()
        self.stopped_wrongly = self.second_runs.wait(0.3)  # time enough for the thread to go on to the next


async def test_a_count_that_ends_while_it_is_stopped_does_not_have_the_next_one_stopped() -> None:
    desk = Counted()
    lanes = Lanes(cast(Desk, desk))
    first = asyncio.create_task(lanes.back(desk.first))
    await asyncio.to_thread(desk.first_runs.wait, LONGEST_S)
    second = asyncio.create_task(lanes.back(desk.second))
    await asyncio.sleep(0)  # it waits for the thread now
    first.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await first
    assert await second == "counted"
    assert desk.stopped == 1
    assert not desk.stopped_wrongly
    lanes.close()


class Followed:
    """A desk of which the follows are counted in three bits."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def follow_totals(self, most_s: float) -> tuple[list[FollowState], bool]:
        self.done.append("some follows")
        return [], self.done.count("some follows") == 3


async def test_who_wants_the_back_lane_does_not_wait_for_all_follows() -> None:
    desk = Followed()
    lanes = Lanes(cast(Desk, desk))
    seen = 0
    async for _ in lanes.follows():
        seen += 1
        assert desk.done.count("some follows") == seen, "what is counted is shown before more is"
        await lanes.back(lambda _: desk.done.append("another count"))
    assert desk.done == ["some follows", "another count"] * 3
    lanes.close()
