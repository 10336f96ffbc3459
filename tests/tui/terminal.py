"""A real pty with the dashboard in it, and pyte to see what a person would see."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

LONGEST_WAIT_S = 60  # a guard against hanging, not a measure


class Terminal:
    """The child's terminal. `raw` is every byte that it wrote."""

    def __init__(
        self, kind: str, session: Path, width: int = 120, height: int = 40, run: Sequence[str] = (), **env: str
    ) -> None:
        """`run`: another program's arguments than those of a desk in memory."""
        self.raw = b""
        self.screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self.screen)
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
            world = kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"} | env
            words = run or ("-m", "tests.tui.boot", kind, str(session))
            os.execve(sys.executable, [sys.executable, *words], world)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        if self.fd >= 0:
            os.close(self.fd)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def read(self) -> bool:
        """Take in what is there, waiting for some; false at the end."""
        ready, _, _ = select.select([self.fd], [], [], LONGEST_WAIT_S)
        assert ready, f"the dashboard said nothing more; the screen was:\n{self.text}"
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    def wait_for(self, seen: str | Callable[[], bool]) -> None:
        """Read until the screen shows `seen`."""
        while not (seen in self.text if isinstance(seen, str) else seen()):
            assert self.read(), f"the dashboard ended; the screen was:\n{self.text}"

    def scribble(self, data: bytes) -> None:
        """Another program writes on the same terminal."""
        self._stream.feed(data)

    def press(self, keys: str) -> None:
        os.write(self.fd, keys.encode())

    def click(self, column: int, line: int) -> None:
        """Press and let go the left button, columns and lines from 1."""
        self.press(f"\x1b[<0;{column};{line}M\x1b[<0;{column};{line}m")

    def resize(self, width: int, height: int) -> None:
        self.screen.resize(height, width)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)

    def hang_up(self) -> None:
        """The line drops: the terminal is gone."""
        os.close(self.fd)
        self.fd = -1

    def end(self) -> int:
        """Read to the end; returns the exit code, negative for a signal that killed it."""
        while self.fd >= 0 and self.read():
            pass
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)
