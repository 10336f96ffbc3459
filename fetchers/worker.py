"""A warm process for parsers that a hostile document can lead astray: 200 KB can cost feedparser 18 s and a lot of memory.

The process is limited in memory, can write no file, and is killed when a document takes longer than its time box; the next
document gets a new one. A frame on its pipes is 4 bytes of length and as many bytes. A question is two frames, JSON (`task` and
its options) and the document; an answer is one, marshal's, a sixth of the price of JSON for much text: what the task returned,
or `error`, a sentence.
"""

from __future__ import annotations

import asyncio
import json
import marshal
import os
import sys
from typing import Any, BinaryIO, Literal, Protocol, TypeAlias

from newsdesk.children import end
from newsdesk.collecting import collector_seldom
from newsdesk.model import Json
from newsdesk.own_modules import LENGTH, PIPE, command, environment, frame, read_frame, widen, write_frame

TIME_BOX_S = 20.0
MEMORY = 1024 * 2**20
MOST = 2

Task: TypeAlias = Literal["feed", "stories", "article"]


class ParsingError(Exception):
    """The document can't be parsed; the text says why in a few words."""


class Parser(Protocol):
    """What answers questions about documents."""

    async def ask(self, task: Task, data: bytes, **options: Json) -> dict[str, Json]:
        """What `task` makes of `data`. Raises :class:`ParsingError`, also when time or memory runs out."""
        ...


class ParserPool:
    """Several processes, of which each question gets one that is idle; one is only started when all others are busy."""

    def __init__(self, size: int | None = None) -> None:
        """`size`: as many as there are processors, two at most, unless it is given."""
        self._all = [ParserProcess() for _ in range(size or max(1, min(MOST, os.cpu_count() or 1)))]
        self._idle = list(reversed(self._all))
        self._places = asyncio.Semaphore(len(self._all))

    async def ask(self, task: Task, data: bytes, **options: Json) -> dict[str, Json]:
        async with self._places:
            process = self._idle.pop()
            try:
                return await process.ask(task, data, **options)
            finally:
                self._idle.append(process)

    async def close(self) -> None:
        for process in self._all:
            await process.close()


class ParserProcess:
    """Answers one question at a time. Close it with :meth:`close`."""

    def __init__(self, time_box_s: float = TIME_BOX_S) -> None:
        self._time_box_s = time_box_s
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def ask(self, task: Task, data: bytes, **options: Json) -> dict[str, Json]:
        """What `task` makes of `data`. Raises :class:`ParsingError`, also when time or memory runs out."""
        async with self._turn:
            try:
                async with asyncio.timeout(self._time_box_s):
                    answer = await self._ask(json.dumps({"task": task, **options}).encode(), data)
            except TimeoutError:
                await self.close()
                raise too_long(self._time_box_s) from None
            except (asyncio.IncompleteReadError, ConnectionError):
                await self.close()
                raise too_large() from None
            except asyncio.CancelledError:
                await self.close()
                raise
        return read_answer(answer)

    async def _ask(self, head: bytes, data: bytes) -> bytes:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *command("fetchers.worker"),
                env=environment(),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=PIPE,
            )
            if self._process.stdin is not None:
                widen(self._process.stdin.get_extra_info("pipe"))
        write, read = self._process.stdin, self._process.stdout
        if write is None or read is None:
            raise ConnectionError
        for part in (head, data):
            write.write(frame(part))
        await write.drain()
        (size,) = LENGTH.unpack(await read.readexactly(LENGTH.size))
        return await read.readexactly(size)

    async def close(self) -> None:
        """Kill the process, if there is one, and wait until it is gone."""
        process, self._process = self._process, None
        if process is not None:
            await end(process)


def too_long(time_box_s: float) -> ParsingError:
    return ParsingError(f"it took more than {time_box_s:g} seconds to parse and was given up")


def too_large() -> ParsingError:
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
        from fetchers.feeds import tolerant_feed

        return tolerant_feed.read(data, **question).to_json()
    from fetchers.articles import extract

    return extract.read(data, **question).to_json()


def _serve_one(stdin: BinaryIO, stdout: BinaryIO) -> bool:
    question, document = read_frame(stdin), read_frame(stdin)
    if question is None or document is None:
        return False
    try:
        said = _do(json.loads(question), document)
    except ParsingError as error:
        said = {"error": str(error)}
    except Exception as error:  # a parser raises what it will; the document is at fault, not the refresh
        said = {"error": f"it can't be parsed ({type(error).__name__})"}
    write_frame(stdout, _dump(said))
    return True


def _dump(said: dict[str, Any]) -> bytes:
    try:
        return marshal.dumps(said)
    except ValueError:  # a kind of string of a parser's own
        return marshal.dumps(json.loads(json.dumps(said)))


def main() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a numpy that is loaded needs no threads, nor the memory for them
    widen(sys.stdout)
    with collector_seldom():
        while _serve_one(sys.stdin.buffer, sys.stdout.buffer):
            pass


if __name__ == "__main__":
    from fetchers import worker  # by its own name, so that there is one ParsingError and not two

    worker.main()
