"""Driving the dashboard in tests: waiting for what is being done, never for time to pass."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from tui.screens.newsroom import Newsroom


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until no worker runs and no message waits; a resting cursor's preview is read at once."""
    app = pilot.app
    for _ in range(20):
        await pilot.pause()
        for screen in app.screen_stack:
            if isinstance(screen, Newsroom):
                screen.hurry()
        await pilot.pause()
        if not [worker for worker in app.workers if worker.group != "refresh"]:
            return
        await app.workers.wait_for_complete([worker for worker in app.workers if worker.group != "refresh"])
    raise AssertionError("the dashboard does not come to rest")
