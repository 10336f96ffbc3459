"""Driving the dashboard in tests: waiting for what is being done, never for time to pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual.pilot import Pilot

from tests.tui.screen_text import screen_text
from tui.app import NewsdeskApp
from tui.screens.newsroom import Newsroom


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until no worker runs and no message waits; what waits for a rest (preview, typing) is done at once."""
    app = pilot.app
    for _ in range(30):
        await pilot.pause()
        for screen in app.screen_stack:
            if isinstance(screen, Newsroom):
                screen.hurry()
        await pilot.pause()
        running = [worker for worker in app.workers if worker.group != "refresh"]
        if not running:
            return
        await app.workers.wait_for_complete(running)
    raise AssertionError("the dashboard does not come to rest")


@dataclass
class Room:
    """An open dashboard."""

    app: NewsdeskApp
    pilot: Pilot[Any]

    @property
    def screen(self) -> Newsroom:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, Newsroom))

    @property
    def text(self) -> str:
        return screen_text(self.app)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await settle(self.pilot)

    async def type(self, text: str) -> None:
        """Keys without a rest between them."""
        await self.pilot.press(*text)
        await settle(self.pilot)

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await settle(self.pilot)

    async def settle(self) -> None:
        await settle(self.pilot)

    @property
    def status(self) -> str:
        return self.screen.status_bar.text
