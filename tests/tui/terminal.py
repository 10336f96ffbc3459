"""A real pty with the dashboard in it, and pyte to see what a person would see."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

import pyte

LONGEST_WAIT_S = 120  # a guard against hanging, not a measure
ROOT = Path(__file__).parents[2]
# The terminal becomes that of the process, which then becomes the program. Forking here would copy a process with threads.
_TAKE = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.executable, sys.argv[1:])"


class Terminal:
    """The child's terminal. `raw` is every byte that it wrote."""

    def __init__(
        self, kind: str, session: Path, width: int = 120, height: int = 40, run: Sequence[str] = (), **env: str
    ) -> None:
        """`run`: another program's arguments than those of a desk in memory."""
        self.raw = b""
        self.screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self.screen)
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        places = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        world = kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "PYTHONPATH": places} | env
        words = run or ("-m", "tests.tui.boot", kind, str(session))
        self.fd, theirs = os.openpty()
        _measure(theirs, width, height)  # before it starts: its first frame has this size
        self._child = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _TAKE, sys.executable, *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env=world,
        )
        os.close(theirs)
        self.pid = self._child.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._child.kill()
        self._child.wait()
        if self.fd >= 0:
            os.close(self.fd)

    @property
    def text(self) -> str:
        # pyte's own `display` fails where only half of a wide character was written over, as between two reads
        cells = range(self.screen.columns)
        return "\n".join(
            "".join(row[x].data for x in cells).rstrip()
            for row in map(self.screen.buffer.__getitem__, range(self.screen.lines))
        )

    def read(self, until: float) -> bool:
        """Take in what is there, waiting for some, at the longest until that moment; false at the end."""
        ready, _, _ = select.select([self.fd], [], [], max(0.0, until - monotonic()))
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
        until = monotonic() + LONGEST_WAIT_S
        while not (seen in self.text if isinstance(seen, str) else seen()):
            assert self.read(until), f"the dashboard ended; the screen was:\n{self.text}"

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
        _measure(self.fd, width, height)
        os.kill(self.pid, signal.SIGWINCH)

    def hang_up(self) -> None:
        """The line drops: the terminal is gone."""
        os.close(self.fd)
        self.fd = -1

    def end(self) -> int:
        """Read to the end; returns the exit code, negative for a signal that killed it."""
        until = monotonic() + LONGEST_WAIT_S
        while self.fd >= 0 and self.read(until):
            pass
        return self.ended()

    def ended(self) -> int:
        """Its exit code, once it has ended, with nothing read meanwhile."""
        return self._child.wait(LONGEST_WAIT_S)


def _measure(terminal: int, width: int, height: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
