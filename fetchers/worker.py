"""A warm process for parsers that a hostile document can lead astray: 200 KB can cost feedparser 18 s and a lot of memory.

The process is limited in memory, can write no file, and ends when a document takes more processor time than its time box; the
next document gets a new one. Waiting for a processor is no fault of the document, so a far limit of wall time is for a process
that does nothing at all. A frame on its pipes is 4 bytes of length and as many bytes. A question is two frames, JSON (`task`
and its options) and the document; an answer is one, marshal's, a sixth of the price of JSON for much text: what the task
returned, or `error`, a sentence.
"""

from __future__ import annotations

import asyncio
import json
import marshal
import os
import signal
import sys
from collections import deque
from typing import Any, BinaryIO, Literal, Protocol, TypeAlias

from newsdesk.model import Json
from newsdesk.processes.children import end, exited
from newsdesk.processes.collecting import collector_seldom
from newsdesk.processes.own_modules import LENGTH, PIPE, command, environment, pack, read_frame, widen, write_frame

TIME_BOX_S = 20.0  # of processor time
WALL_S = 180.0
MEMORY = 1024 * 2**20
MOST = 2
AT_ONCE = 3  # questions that a process has: one that it works on, and those that wait in its pipe
# What a document takes the next one takes again: else glibc would give it back each time, a fourteenth of the work.
_KEEPING_MEMORY = {"MALLOC_TRIM_THRESHOLD_": "2097152", "MALLOC_MMAP_THRESHOLD_": "1048576"}

Task: TypeAlias = Literal["feed", "stories", "article", "thread"]


class ParsingError(Exception):
    """The document can't be parsed; the text says why in a few words."""


class Parser(Protocol):
    """What answers questions about documents."""

    async def ask(self, task: Task, data: bytes, **options: Json) -> dict[str, Json]:
        """What `task` makes of `data`. Raises :class:`ParsingError`, also when time or memory runs out."""
        ...


class ParserPool:
    """Several processes; one is only started when all others are busy. Each has a few questions at a time, so that it has the
    next one before its answer is read: who asks may be busy with other things."""

    def __init__(self, size: int | None = None) -> None:
        """`size`: as many as there are processors, two at most, unless it is given."""
        self._load = {ParserProcess(): 0 for _ in range(size or max(1, min(MOST, os.cpu_count() or 1)))}
        self._places = asyncio.Semaphore(AT_ONCE * len(self._load))

    async def ask(self, task: Task, data: bytes, **options: Json) -> dict[str, Json]:
        async with self._places:
            process = min(self._load, key=self._load.__getitem__)
            self._load[process] += 1
            try:
                return await process.ask(task, data, **options)
            finally:
                self._load[process] -= 1

    async def close(self) -> None:
        for process in self._load:
            await process.close()


class ParserProcess:
    """Answers questions one after the other. Close it with :meth:`close`."""

    def __init__(self, time_box_s: float = TIME_BOX_S, wall_s: float = WALL_S) -> None:
        """`time_box_s` (more than 0): of processor time for a document; `wall_s`: until it is given up in any case."""
        self._time_box_s, self._wall_s = time_box_s, wall_s
        self._running: _Running | None = None
        self._door = asyncio.Lock()

    async def ask(self, task: Task, data: bytes, **options: Json) -> dict[str, Json]:
        """What `task` makes of `data`. Raises :class:`ParsingError`, also when time or memory runs out."""
        head = json.dumps({"task": task, **options}).encode()
        while True:
            async with self._door:
                if self._running is not None and self._running.has_ended():
                    await self._running.gone()
                    self._running = None
                if self._running is None:
                    self._running = await _Running.start(self._time_box_s, self._wall_s)
                running = self._running
            answer = running.tell(head, data)
            try:
                return read_answer(await answer)
            except _LostError:  # another one's document has ended the process
                continue
            except asyncio.CancelledError:
                await running.close()
                raise

    async def close(self) -> None:
        """Kill the process, if there is one, and wait until it is gone."""
        running, self._running = self._running, None
        if running is not None:
            await running.close()


class _LostError(Exception):
    """A question whose process ended before its turn came."""


class _Running:
    """A process, and the questions that it was asked and has not answered yet, in their order."""

    def __init__(self, process: asyncio.subprocess.Process, time_box_s: float, wall_s: float) -> None:
        self._process, self._time_box_s, self._wall_s = process, time_box_s, wall_s
        self._waiting: deque[asyncio.Future[bytes]] = deque()
        self._asked = asyncio.Event()
        self._is_over = False
        self._reading = asyncio.ensure_future(self._read())

    @classmethod
    async def start(cls, time_box_s: float, wall_s: float) -> _Running:
        process = await asyncio.create_subprocess_exec(
            *worker_command(time_box_s),
            env=environment(**_KEEPING_MEMORY),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=PIPE,
        )
        if process.stdin is not None:
            widen(process.stdin.get_extra_info("pipe"))
        return cls(process, time_box_s, wall_s)

    def has_ended(self) -> bool:
        return self._is_over or self._process.returncode is not None

    def tell(self, head: bytes, data: bytes) -> asyncio.Future[bytes]:
        """Ask a question; its answer."""
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append(answer)
        self._asked.set()
        if self._process.stdin is not None:
            self._process.stdin.writelines([LENGTH.pack(len(head)), head, LENGTH.pack(len(data)), data])
        return answer

    async def _read(self) -> None:
        """Hand out answers as they come, until one does not come in its time, or at all."""
        try:
            while await self._asked.wait():
                async with asyncio.timeout(self._wall_s):
                    said = await self._next()
                answer = self._waiting.popleft()
                if not self._waiting:
                    self._asked.clear()
                if not answer.done():
                    answer.set_result(said)
        except TimeoutError:
            self._lose(too_long(self._wall_s))
        except (asyncio.IncompleteReadError, ConnectionError):
            self._lose(why_ended(await exited(self._process), self._time_box_s))
        finally:
            self._is_over = True
            self._lose(_LostError())
            await end(self._process)

    async def _next(self) -> bytes:
        if self._process.stdout is None:
            raise ConnectionError
        (size,) = LENGTH.unpack(await self._process.stdout.readexactly(LENGTH.size))
        return await self._process.stdout.readexactly(size)

    def _lose(self, error: Exception) -> None:
        """The first question has met `error`, those behind it nobody has looked at."""
        for answer in self._waiting:
            if not answer.done():
                answer.set_exception(error)
            error = _LostError()
        self._waiting.clear()

    async def close(self) -> None:
        """Kill the process and wait until it is gone."""
        if not self._is_over:  # else it is being ended, and who interrupts that leaves it behind
            self._is_over = True
            self._reading.cancel()
        await asyncio.wait([self._reading])

    async def gone(self) -> None:
        """Wait until a process that has ended is gone, and whoever waits for it knows."""
        if self._waiting:
            await asyncio.wait([self._reading])
        else:
            await self.close()


def worker_command(time_box_s: float) -> list[str]:
    """The arguments that run a process with this time box."""
    return [*command("fetchers.worker"), repr(time_box_s)]


def too_long(seconds: float) -> ParsingError:
    return ParsingError(f"it took more than {seconds:g} seconds to parse and was given up")


def why_ended(code: int, time_box_s: float) -> ParsingError:
    """What was wrong with the document at which a process ended by itself, by its exit code."""
    if code == -signal.SIGPROF:
        return too_long(time_box_s)
    return ParsingError("it could not be parsed within the memory that a document may take")


def read_answer(answer: bytes) -> dict[str, Any]:
    """What a process said. Raises :class:`ParsingError` where that is an error."""
    said: dict[str, Any] = marshal.loads(answer)  # noqa: S302 - from a process of ours
    if "error" in said:
        raise ParsingError(said["error"])
    return said


def _do(question: dict[str, Any], data: bytes) -> dict[str, Any]:
    task = question.pop("task")
    if task == "stories":
        from fetchers.feeds import prepare

        return prepare.read(data, **question)
    if task == "feed":
        from fetchers.feeds import parse

        return parse.read(data, **question).to_json()
    if task == "thread":
        from fetchers.comments import parse as thread

        return thread.read(data, **question)
    from fetchers.articles import extract

    return extract.read(data, **question).to_json()


def _serve_one(stdin: BinaryIO, stdout: BinaryIO, time_box_s: float) -> bool:
    question, document = read_frame(stdin), read_frame(stdin)
    if question is None or document is None:
        return False
    signal.setitimer(signal.ITIMER_PROF, time_box_s)  # its signal ends a process without Python having a say
    try:
        said = _do(json.loads(question), document)
    except ParsingError as error:
        said = {"error": str(error)}
    except Exception as error:  # a parser raises what it will; the document is at fault, not the refresh
        said = {"error": f"it can't be parsed ({type(error).__name__})"}
    write_frame(stdout, pack(said))
    return True


def main(time_box_s: float) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)  # what they have read is stored beside them, and has to keep up
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a numpy that is loaded needs no threads, nor the memory for them
    widen(sys.stdout)
    with collector_seldom():
        while _serve_one(sys.stdin.buffer, sys.stdout.buffer, time_box_s):
            pass


if __name__ == "__main__":
    from fetchers import worker  # by its own name, so that there is one ParsingError and not two

    worker.main(float(sys.argv[1]))
