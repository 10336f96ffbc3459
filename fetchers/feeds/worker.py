"""A warm process that parses what only feedparser reads: 200 KB can cost it 18 seconds and a lot of memory.

The process is limited in memory, has no file it could write, and is killed when a document takes longer than its time box;
the next document gets a new one. A frame on its pipes is 4 bytes of length and
as many bytes: JSON (`content_type`), then the document; the answer is JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import struct
import sys
from dataclasses import asdict
from typing import BinaryIO

from fetchers.feeds.wire import Feed, Item, NotAFeedError

TIME_BOX_S = 20.0
MEMORY = 1024 * 2**20
_LENGTH = struct.Struct(">I")


class ParserPool:
    """Parses hostile documents one at a time in a child process. Close it with :meth:`close`."""

    def __init__(self, time_box_s: float = TIME_BOX_S) -> None:
        self._time_box_s = time_box_s
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def parse(self, data: bytes, content_type: str | None) -> Feed:
        """As :func:`fetchers.feeds.tolerant_feed.read`. Raises :class:`NotAFeedError`, also when time or memory runs out."""
        async with self._turn:
            try:
                async with asyncio.timeout(self._time_box_s):
                    answer = await self._ask(data, content_type)
            except TimeoutError:
                await self.close()
                raise NotAFeedError(f"it took more than {self._time_box_s:g} seconds to parse and was given up") from None
            except (asyncio.IncompleteReadError, ConnectionError):
                await self.close()
                raise NotAFeedError("it could not be parsed within the memory that a feed may take") from None
            except asyncio.CancelledError:
                await self.close()
                raise
        return _read_answer(answer)

    async def _ask(self, data: bytes, content_type: str | None) -> bytes:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "fetchers.feeds.worker"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
        write, read = self._process.stdin, self._process.stdout
        if write is None or read is None:
            raise ConnectionError
        head = json.dumps({"content_type": content_type}).encode()
        for part in (head, data):
            write.write(_LENGTH.pack(len(part)) + part)
        await write.drain()
        (size,) = _LENGTH.unpack(await read.readexactly(_LENGTH.size))
        return await read.readexactly(size)

    async def close(self) -> None:
        """Kill the process, if there is one, and wait until it is gone."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()


def _read_answer(answer: bytes) -> Feed:
    said = json.loads(answer)
    if "error" in said:
        raise NotAFeedError(said["error"])
    items = tuple(Item(**{**item, "categories": tuple(item["categories"])}) for item in said.pop("items"))
    return Feed(**{**said, "items": items, "skip_hours": frozenset(said["skip_hours"])})


def _serve_one(stdin: BinaryIO, stdout: BinaryIO) -> bool:
    from fetchers.feeds import tolerant_feed

    parts = []
    for _ in range(2):
        if len(length := stdin.read(_LENGTH.size)) < _LENGTH.size:
            return False
        parts.append(stdin.read(_LENGTH.unpack(length)[0]))
    try:
        feed = tolerant_feed.read(parts[1], json.loads(parts[0])["content_type"])
        said: dict[str, object] = {**asdict(feed), "skip_hours": sorted(feed.skip_hours)}
    except NotAFeedError as error:
        said = {"error": str(error)}
    except Exception as error:  # feedparser raises what it will; the document is at fault, not the refresh
        said = {"error": f"it can't be parsed ({type(error).__name__})"}
    answer = json.dumps(said).encode()
    stdout.write(_LENGTH.pack(len(answer)) + answer)
    stdout.flush()
    return True


def main() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    while _serve_one(sys.stdin.buffer, sys.stdout.buffer):
        pass


if __name__ == "__main__":
    main()
