"""Opens the dashboard on a desk in memory, for tests that need a process and a real terminal."""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
from contextlib import nullcontext
from pathlib import Path
from typing import cast

from textual.drivers._writer_thread import MAX_QUEUED_WRITES

from newsdesk.desk import Desk
from tests.tui.fake_desk import FakeDesk
from tests.tui.hostile import HOSTILE
from tests.tui.morning import NOW, morning
from tests.tui.test_hostile import hostile_stories
from tui.app import NewsdeskApp, Setup
from tui.opening import opened
from tui.session import Session
from tui.terminal.output import DeskDriver

NARROWER = (90, 30)  # columns, lines


class _Dragged(DeskDriver):
    """The window's edge is dragged: it is narrower again when a size has been read and is about to be told."""

    def _get_terminal_size(self) -> tuple[int, int]:
        size = super()._get_terminal_size()
        if size[1] == NARROWER[1] and size != NARROWER:
            termios.tcsetwinsize(0, NARROWER[::-1])
        return size


class _Talkative(DeskDriver):
    """Behind the name of a theme comes more than the terminal and the queue before it hold."""

    def write(self, data: str) -> None:
        super().write(data)
        if "theme: " in data:
            for _ in range(2 * MAX_QUEUED_WRITES):
                super().write("\0" * 99_999)


class _Stopped(DeskDriver):
    """It is told to stop, by another program, while it holds what its writing needs; once."""

    told = False

    def write(self, data: str) -> None:
        super().write(data)
        if "theme: " in data and not self.told and self._writer_thread is not None:
            self.told = True
            with self._writer_thread._queue.mutex:
                os.kill(os.getpid(), signal.SIGTSTP)


DRIVERS: dict[str, type[DeskDriver]] = {"dragged": _Dragged, "talkative": _Talkative, "stopped": _Stopped}


def main(kind: str, session: str) -> int:
    """`kind`: what is on the desk; ``opened`` draws the first frame and the dashboard once a key is there, ``fallen`` ends
    after the first frame; on ``dragged`` the window is `NARROWER` when the size of another has just been read;
    ``talkative`` writes much at once; ``stopped`` is told to stop in the middle of a write."""
    desk = cast(Desk, FakeDesk(hostile_stories(HOSTILE) if kind == "hostile" else morning()))
    with opened(desk, Session(), "", NOW, os.environ) if kind in ("opened", "fallen") else nullcontext() as opening:
        if kind == "fallen":
            return 3
        if kind == "opened":
            select.select([0], [], [])
        app = NewsdeskApp(Setup(desk=desk, now=lambda: NOW, session_file=Path(session), opening=opening))
        app.driver_class = DRIVERS.get(kind, app.driver_class)
        try:
            app.run()
        finally:
            app.finish()
        return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
