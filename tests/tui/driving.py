"""Driving the dashboard in tests: waiting for what is being done, never for time to pass."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from tests.tui.screen_text import screen_text
from tui.app import NewsdeskApp
from tui.screens.newsroom import Newsroom
from tui.screens.storyline import StorylineScreen

LONGEST_S = 300  # a guard against hanging, not a measure
MOST_TURNS = 10_000  # of the loop: what never rests is not waited for
MOST_PAINTS = 20  # what changes with every paint is not waited for either


async def drain(app: NewsdeskApp) -> None:
    """Wait until every message that is there has been dealt with, by the app, its screens and their widgets, and what that
    brought.

    An app that has died inside deals with none.
    """
    await _at_rest(app)
    while app.turns.busy and _lives(app):
        await asyncio.sleep(0)
    pumps: list[MessagePump] = [app]
    for screen in app.screen_stack:
        pumps += [screen, *screen.walk_children()]
    asked = [(pump, passed) for pump in pumps if pump.is_running and pump.post_message(events.Callback(passed := _Passed()))]
    while _lives(app) and any(not passed.is_done and pump.is_running for pump, passed in asked):  # one waits for a thread
        await asyncio.sleep(0)
    await _at_rest(app)


async def _at_rest(app: NewsdeskApp) -> None:
    """Until nothing can go on: all there is waits for a key, a thread, another process or the clock."""
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    for _ in range(MOST_TURNS):
        if not (ready and _lives(app)):
            return
        await asyncio.sleep(0)


class _Passed:
    """A callback that knows whether it was reached. The framework need not count its arguments, which takes long."""

    _param_count = 0
    is_done = False

    def __call__(self) -> None:
        self.is_done = True


def _lives(app: NewsdeskApp) -> bool:
    return app.is_running and app._exception is None


async def _painted(app: NewsdeskApp) -> None:
    """Until all that has changed is laid out and painted, and what waited for that is done: the clock would do it next."""
    for _ in range(MOST_PAINTS):
        await drain(app)
        screen = app.screen
        changed = screen._layout_required or screen._scroll_required or screen._repaint_required or screen._dirty_widgets
        if app._resize_timer is not None:
            app._check_resize()
        elif changed or screen._callbacks:
            screen._on_timer_update()
        else:
            return


def _waits_for_rest(screen: Newsroom | StorylineScreen) -> bool:
    return screen._preview is not None or (isinstance(screen, Newsroom) and screen._typing is not None)


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until no worker runs and no message waits; what waits for a rest (preview, typing) is done at once."""
    app = pilot.app
    assert isinstance(app, NewsdeskApp)
    for _ in range(50):
        await _painted(app)
        lists = [screen for screen in app.screen_stack if isinstance(screen, Newsroom | StorylineScreen)]
        for screen in lists:
            screen.hurry()
        await _painted(app)
        running = [worker for worker in app.workers if worker.group != "refresh"]
        if not running:
            if not any(map(_waits_for_rest, lists)):  # a thread may have answered since it was hurried
                return
            continue
        with contextlib.suppress(WorkerCancelled):  # a newer question took its place: that one is waited for in the next round
            try:
                async with asyncio.timeout(LONGEST_S):
                    await app.workers.wait_for_complete(running)
            except TimeoutError:
                raise AssertionError(
                    f"the dashboard does not come to rest: {[one for one in running if one.is_running]}"
                ) from None
    raise AssertionError("the dashboard does not come to rest")


def strike(app: NewsdeskApp, *keys: str) -> None:
    """Keys, as the terminal would bring them, without waiting for what they do."""
    for key in keys:
        named = len(key) > 1
        character = key_to_character(key) if named else key
        app.post_message(events.Key(key if named or key.isalnum() else _character_to_key(key), character))


@dataclass
class Room:
    """An open dashboard."""

    app: NewsdeskApp
    pilot: Pilot[Any]

    @property
    def screen(self) -> Newsroom:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, Newsroom))

    def is_bare(self) -> bool:
        """Whether no other screen and no sheet stands above the newsroom."""
        return self.app.screen is self.screen

    @property
    def text(self) -> str:
        return screen_text(self.app)

    async def press(self, *keys: str) -> None:
        for key in keys:
            strike(self.app, key)
            await settle(self.pilot)

    async def type(self, text: str) -> None:
        """Keys without a rest between them."""
        strike(self.app, *text)
        await settle(self.pilot)

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await settle(self.pilot)

    async def settle(self) -> None:
        await settle(self.pilot)

    @contextlib.contextmanager
    def desk_held(self) -> Iterator[None]:
        """What a person waits for is not answered before this is left."""
        let_go = threading.Event()
        self.app.lanes._front.submit(let_go.wait)
        try:
            yield
        finally:
            let_go.set()

    @property
    def status(self) -> str:
        return self.screen.status_bar.text


async def text_after(app: NewsdeskApp, size: tuple[int, int], keys: Sequence[str]) -> str:
    """The screen as text, a line end at its end, once these keys are done; the dashboard is closed again."""
    async with app.run_test(size=size) as pilot:
        room = Room(app, pilot)
        await settle(pilot)
        await room.press(*keys)
        text = room.text
    app.finish()
    assert app.faults == []
    return text + "\n"
