"""Keys one after the other: a key is looked at only when the one before it has been wholly dealt with.

The framework hands a key to the widget that has the focus and goes on to the next key at once; what the first one does comes
when it has bubbled back up to the app. Of keys that arrive together, pasted or over a slow line, the later ones would go where
the focus was before: ``/country`` would run commands in the list. So behind every key a callback goes the way that the key
goes, through the queue of every widget from the one with the focus up to the app. Where it finds a queue that is not empty it
stands at its end again, and it goes round anew when the key reached the app and while the focus moves; then the next is let in.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.dom import DOMNode

if TYPE_CHECKING:
    from tui.app import NewsdeskApp

LOOK_S = 0.05  # how soon it is seen that the queue where the callback waits was closed: a sheet that is left
LONGEST_S = 5.0  # a key waits no longer than this for the one before it
MOST_ROUNDS = 6
MOST_AGAIN = 20  # times at the end of one queue: a widget that never rests holds nothing up

Deliver = Callable[[events.Event], Awaitable[None]]


class _Stop:
    """A callback whose arguments the framework need not count by its signature, which takes longer than all else."""

    _param_count = 0

    def __init__(self, do: Callable[[], Any]) -> None:
        self._do = do

    def __call__(self) -> Any:
        return self._do()


class Turns:
    """`deliver` is what the framework does with an event that came in. The mouse keeps its place among the keys."""

    def __init__(self, app: NewsdeskApp, deliver: Deliver) -> None:
        self._app = app
        self._deliver = deliver
        self._waiting: deque[events.Event] = deque()
        self._busy = False
        self._stage = 0  # a callback of an older stage comes too late
        self._way: list[DOMNode] = []  # the queues that the callback has still to go through, the one it is in first
        self._began: DOMNode | None = None
        self._rounds = 0
        self._watch: asyncio.TimerHandle | None = None

    @property
    def busy(self) -> bool:
        """Whether a key is being dealt with, or waits."""
        return self._busy or bool(self._waiting)

    async def come(self, event: events.Event) -> None:
        """A key, a paste or the mouse, from the terminal."""
        self._waiting.append(event)
        await self._let_in()

    async def _let_in(self) -> None:
        while self._waiting and not self._busy:
            event = self._waiting.popleft()
            if isinstance(event, events.Key):
                event, *others = self._app.told_apart(event)  # not before: what is bound, and written, depends on the focus
                self._waiting.extendleft(reversed(others))
            if not isinstance(event, events.Key | events.Paste):
                await self._deliver(event)
                continue
            self._busy = True
            target = self._target
            try:
                await self._deliver(event)
            finally:
                self._rounds = 0
                self._watch_over(LONGEST_S)
                self._go_round(target if event.is_forwarded else self._target)

    def reached_app(self) -> None:
        """The key has bubbled up to the app and its command was done; what that has posted is still to come."""
        if self._busy and self._rounds == 1:
            self._go_round(self._target)

    @property
    def _target(self) -> DOMNode:
        return self._app.focused or self._app.screen

    # --- the callback's way

    def _go_round(self, target: DOMNode) -> None:
        """From `target` up."""
        self._rounds += 1
        self._began = target
        self._way = [node for node in target.ancestors_with_self if node is not self._app]
        self._step(0)

    def _step(self, again: int) -> None:
        """To the end of the next queue, the app's at last."""
        self._stage += 1
        while self._way:
            if self._way[0].post_message(events.Callback(_Stop(partial(self._through, self._stage, again)))):
                return
            self._way.pop(0)
        self._app.post_message(events.Callback(_Stop(partial(self._at_app, self._stage))))

    def _through(self, stage: int, again: int) -> None:
        """All that stood in this queue is done; is what that brought?"""
        if stage != self._stage:
            return
        if again < MOST_AGAIN and self._way[0].message_queue_size:
            self._step(again + 1)
        else:
            self._way.pop(0)
            self._step(0)

    async def _at_app(self, stage: int) -> None:
        """Nothing of the key is left on the way, unless the focus has moved meanwhile."""
        if stage != self._stage:
            return
        target = self._target
        if target is not self._began and self._rounds < MOST_ROUNDS:
            self._go_round(target)
        else:
            await self._end()

    async def _end(self) -> None:
        self._stage += 1
        self._busy = False
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        await self._let_in()

    # --- what could hold it up

    def _watch_over(self, left_s: float) -> None:
        self._watch = asyncio.get_running_loop().call_later(LOOK_S, self._look, left_s - LOOK_S)

    def _look(self, left_s: float) -> None:
        """Out of a queue that was closed; on to the next key where an action itself waits for one."""
        if left_s <= 0:
            self._way = []
            self._rounds = MOST_ROUNDS
            self._step(0)
            return
        if self._way and (self._way[0]._closing or self._way[0]._closed):
            self._way.pop(0)
            self._step(0)
        self._watch_over(left_s)
