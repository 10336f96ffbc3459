"""Processes that tag stories beside the one that writes: so a refresh of thousands of stories uses the processors there are.

Each has a thread here that hands it questions, so that one that is done has the next at once, however busy the writer is.
Messages are marshal's.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self, TypeAlias

from newsdesk.processes.collecting import collector_seldom
from newsdesk.processes.own_modules import command, environment, read_frame, widen, write_frame

if TYPE_CHECKING:
    from newsdesk.tagging.tagged import Tagged

Row: TypeAlias = tuple[str, str, str | None]

# What a batch takes is as much as the one before took: else glibc would give it back each time.
_KEEPING_MEMORY = {"MALLOC_TRIM_THRESHOLD_": "33554432", "MALLOC_MMAP_THRESHOLD_": "16777216"}


class Answer:
    """What a process will have said of some stories. It waits as it came: unpacked it takes twice the memory."""

    def __init__(self, said: Future[bytes]) -> None:
        self._said = said

    def result(self) -> list[Tagged]:
        """Their tags, as soon as they are there. Raises OSError where there is no process to give them, or none any more."""
        from newsdesk.tagging.tagged import Tagged  # with all that groups: the process starts meanwhile

        return [Tagged.from_row(row) for row in marshal.loads(self._said.result())]  # noqa: S302 - from a process of ours


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

    def tag(self, rows: Sequence[Row]) -> Answer:
        """As :func:`newsdesk.tagging.tagged.tag_rows`, of stories without comments."""
        return Answer(self._threads.submit(self._ask, marshal.dumps(list(rows))))

    def _start(self) -> None:
        """A thread begins: with a process of its own, None where none can be had."""
        self._own.process = None
        with contextlib.suppress(OSError):
            self._own.process = self._open()
            self.started.append(self._own.process)

    @staticmethod
    def _open() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command("newsdesk.tagging.processes"),
            env=environment(OPENBLAS_NUM_THREADS="1", **_KEEPING_MEMORY),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def _ask(self, rows: bytes) -> bytes:
        process = self._own.process
        if process is None:
            raise BrokenPipeError
        write_frame(process.stdin, rows)
        said = read_frame(process.stdout)
        if said is None:
            raise BrokenPipeError
        return said


def _answer_one(stdin: BinaryIO, stdout: BinaryIO) -> bool:
    """False where nobody asks any more."""
    from newsdesk.tagging.tagged import tag_rows

    rows = read_frame(stdin)
    if rows is None:
        return False
    tagged = tag_rows(marshal.loads(rows))  # noqa: S302 - from the process that started this one
    write_frame(stdout, marshal.dumps([one.to_row() for one in tagged]))
    return True


def main() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with the process that asks
    os.nice(5)
    widen(sys.stdout)
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    if _answer_one(stdin, stdout):  # the models are loaded, and the cycles that this left are gone
        with collector_seldom():
            while _answer_one(stdin, stdout):
                pass


if __name__ == "__main__":
    main()
