"""Processes that tag stories beside the one that writes: so a refresh of thousands of stories uses the processors there are.

Each has a thread here that hands it questions, so that one that is done has the next at once, however busy the writer is. A
frame on its pipes is 4 bytes of length and as many of marshal's.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, BinaryIO, Self, TypeAlias

from newsdesk.own_modules import command, environment
from newsdesk.tagged import Tagged, tag_rows

Row: TypeAlias = tuple[str, str, str | None]
_LENGTH = struct.Struct(">I")
_PIPE = 2**20


class TaggingProcesses:
    """A context manager: processes start when they are first needed, and go with it."""

    def __init__(self, size: int = 1) -> None:
        """`size`: how many there may be. One keeps up with the writer, and its models take a hundred megabytes."""
        self.size = size
        self._threads = ThreadPoolExecutor(self.size, "tagging", self._start)
        self._own = threading.local()
        self.started: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for process in list(self.started):
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self.started:
            process.communicate()

    def tag(self, rows: Sequence[Row]) -> Future[list[Tagged]]:
        """As :func:`newsdesk.tagged.tag_rows`, of stories without comments. Its result raises OSError where there is no process
        to answer, or none any more."""
        return self._threads.submit(self._ask, rows)

    def _start(self) -> None:
        """A thread begins: with a process of its own, null where none can be had."""
        self._own.process = None
        with contextlib.suppress(OSError):
            self._own.process = self._open()
            self.started.append(self._own.process)

    @staticmethod
    def _open() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command("newsdesk.tagging_process"),
            env=environment(OPENBLAS_NUM_THREADS="1"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def _ask(self, rows: Sequence[Row]) -> list[Tagged]:
        process = self._own.process
        if process is None:
            raise BrokenPipeError
        _write(process.stdin, list(rows))
        said = _read(process.stdout)
        if said is None:
            raise BrokenPipeError
        return [Tagged.from_row(row) for row in said]


def _write(stream: BinaryIO, said: Any) -> None:
    data = marshal.dumps(said)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def _read(stream: BinaryIO) -> Any:
    """What comes next, null where nothing does."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    data = stream.read(size := _LENGTH.unpack(head)[0])
    return marshal.loads(data) if len(data) == size else None  # noqa: S302 - from a process of ours


def main() -> None:
    import fcntl
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with the process that asks
    os.nice(5)
    with contextlib.suppress(OSError, AttributeError):  # Linux alone has pipes that can grow
        fcntl.fcntl(sys.stdout, fcntl.F_SETPIPE_SZ, _PIPE)
    while (rows := _read(sys.stdin.buffer)) is not None:
        _write(sys.stdout.buffer, [tagged.to_row() for tagged in tag_rows(rows)])


if __name__ == "__main__":
    main()
