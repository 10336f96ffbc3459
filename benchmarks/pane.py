"""A program in a real terminal of 160 by 50, with what it writes: for measuring what a person waits for."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import termios
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

WIDTH, HEIGHT = 160, 50
REST_S = 0.6  # until nothing that a key started is still to come
MOVE_S = 0.08  # less than the cursor's rest before the article follows it
HELD_S = 1 / 30  # between the keys of one that is held down
LONGEST_S = 120.0


@dataclass(frozen=True, slots=True)
class Strike:
    """Milliseconds until the answer to a key began, and how many of them were not spent ready to run while others had the
    processor; the bytes of the answer, and those that followed once the cursor rested."""

    took_ms: float
    own_ms: float
    soon: int
    later: int


class Pane:
    """A process in a pty. `began` is when it was started; `seen` is all that it wrote."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        self.began = time.perf_counter()
        self.seen = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
            world = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
            os.execvpe(command[0], list(command), {**os.environ, **world, **(env or {})})
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def _read(self, seconds: float) -> bytes:
        if not select.select([self.fd], [], [], max(0.0, seconds))[0]:
            return b""
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        self.seen += data
        return data

    def until(self, *marks: bytes) -> float:
        """Seconds from the start until every one of `marks` was written."""
        while not all(mark in self.seen for mark in marks):
            if time.perf_counter() - self.began > LONGEST_S:
                raise TimeoutError(f"{marks!r} did not come; it wrote {self.seen[-400:]!r}")
            self._read(1.0)
        return time.perf_counter() - self.began

    def drain(self, seconds: float) -> int:
        """Bytes written until nothing came for `seconds`."""
        total = 0
        while data := self._read(seconds):
            total += len(data)
        return total

    def read_for(self, seconds: float) -> None:
        """Read what comes in that time."""
        ends = time.perf_counter() + seconds
        while (left := ends - time.perf_counter()) > 0:
            self._read(left)

    def press(self, keys: bytes) -> None:
        os.write(self.fd, keys)

    def wait_after(self, keys: bytes, mark: bytes = b"", size: int = 0) -> tuple[float, float]:
        """Milliseconds from pressing `keys` until `mark` is written, and `size` bytes in all; and how many of them were not
        spent ready to run while others had the processor."""
        before = len(self.seen)
        kept, began = self.kept_waiting_s(), time.perf_counter()
        self.press(keys)
        while mark not in self.seen[before:] or len(self.seen) - before < size:
            if time.perf_counter() - began > LONGEST_S:
                raise TimeoutError(f"{mark!r} did not come")
            self._read(1.0)
        took = time.perf_counter() - began
        return took * 1000, max(0.0, took - (self.kept_waiting_s() - kept)) * 1000

    def strike(self, key: bytes, rest_s: float = REST_S, move_s: float = MOVE_S) -> Strike:
        """Press a key, read the answer, then what follows once the cursor rests."""
        kept, began = self.kept_waiting_s(), time.perf_counter()
        self.press(key)
        select.select([self.fd], [], [], 5.0)
        took = time.perf_counter() - began
        own = max(0.0, took - (self.kept_waiting_s() - kept))
        soon = 0
        while (left := began + move_s - time.perf_counter()) > 0 and (data := self._read(left)):
            soon += len(data)
        return Strike(took * 1000, own * 1000, soon, self.drain(rest_s) if rest_s else 0)

    def memory_mb(self) -> float:
        """Resident memory, with what is mapped of files."""
        lines = Path(f"/proc/{self.pid}/status").read_text("ascii", "replace").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))

    def kept_waiting_s(self) -> float:
        """Seconds that its main thread, or whoever measures, was ready to run and others had the processor."""
        tasks = (Path(f"/proc/{self.pid}/schedstat"), Path("/proc/self/schedstat"))
        return sum(int(task.read_text().split()[1]) for task in tasks) / 1e9

    def cpu_s(self) -> float:
        """Seconds of processor time so far, of all threads."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


@dataclass(frozen=True, slots=True)
class Strikes:
    """Many keys; the numbers are those of :class:`Strike`."""

    took_ms: tuple[float, ...]
    own_ms: tuple[float, ...]
    soon: tuple[int, ...]
    later: tuple[int, ...]

    @classmethod
    def of(cls, pane: Pane, keys: Iterable[bytes], rest_s: float = REST_S, move_s: float = MOVE_S) -> Strikes:
        answers = [pane.strike(key, rest_s, move_s) for key in keys]
        return cls(
            tuple(answer.took_ms for answer in answers),
            tuple(answer.own_ms for answer in answers),
            tuple(answer.soon for answer in answers),
            tuple(answer.later for answer in answers),
        )

    @property
    def times(self) -> str:
        """Of the key's own time; with the waits for the processor in brackets."""
        own, took = self.own_ms, self.took_ms
        whole = f"({statistics.median(took):.1f} and {percentile(took, 0.95):.1f} with the waits for the processor)"
        return f"{statistics.median(own):6.1f} ms median {percentile(own, 0.95):6.1f} ms p95  {whole}"


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
