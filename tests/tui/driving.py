"""Driving the dashboard in tests: waiting for what is being done, never for time to pass."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
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


async def drain(app: NewsdeskApp) -> None:
    """Wait until every message that is there has been dealt with, by the app, its screens and their widgets.

    An app that has died inside deals with none: the pilot raises what it died of at its next pause.
    """
    await _passed(app, app)
    while app.turns.busy and _lives(app):
        await asyncio.sleep(0)
    waiting: list[MessagePump] = [app]
    for screen in app.screen_stack:
        waiting += [screen, *screen.walk_children()]
    for pump in (*waiting, *reversed(waiting)):  # keys go down to a widget, messages bubble up from it
        await _passed(app, pump)


async def _passed(app: NewsdeskApp, pump: MessagePump) -> None:
    passed = asyncio.Event()
    if pump.is_running and pump.call_later(passed.set):
        while not passed.is_set() and pump.is_running and _lives(app):
            await asyncio.sleep(0)


def _lives(app: NewsdeskApp) -> bool:
    return app.is_running and app._exception is None


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until no worker runs and no message waits; what waits for a rest (preview, typing) is done at once."""
    app = pilot.app
    assert isinstance(app, NewsdeskApp)
    for _ in range(50):
        await pilot.pause()
        for _ in range(3):  # a key becomes a change, a change a message to the screen
            await drain(app)
        for screen in app.screen_stack:
            if isinstance(screen, Newsroom | StorylineScreen):
                screen.hurry()
        await drain(app)
        running = [worker for worker in app.workers if worker.group != "refresh"]
        if not running:
            await pilot.pause()
            return
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
