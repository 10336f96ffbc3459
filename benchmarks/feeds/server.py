"""Serves generated feeds on loopback, in a process of its own: whole answers are made beforehand, a request costs a look-up.

    python -m benchmarks.feeds.server FEEDS LATENCY_S

Prints two ports, of which the second answers `LATENCY_S` late, and serves until its stdin ends. Every address of 127.0.0.0/8
is answered, so that each feed can have a host of its own. `/N` is feed N, with ETag and Last-Modified and 304s for both.
"""

from __future__ import annotations

import asyncio
import sys
import zlib
from functools import partial

from benchmarks.feeds.press import Press

STAMP = "Sun, 31 May 2026 18:00:00 GMT"


class Answers:
    """Whole answers by number: with the document, and that it is as it was."""

    def __init__(self, feeds: int) -> None:
        press = Press()
        self.tags: list[bytes] = []
        self.whole: list[bytes] = []
        self.size = 0
        for number in range(feeds):
            body = press.feed(number)
            tag = f'"{zlib.crc32(body):08x}"'
            kind = "rss" if number % 10 < 7 else "atom"
            head = (
                f"HTTP/1.1 200 OK\r\nContent-Type: application/{kind}+xml; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
                f"ETag: {tag}\r\nLast-Modified: {STAMP}\r\n\r\n"
            )
            self.tags.append(tag.encode())
            self.whole.append(head.encode() + body)
            self.size += len(body)

    def find(self, request: bytes) -> bytes:
        number = int(request[5 : request.index(b" ", 5)])
        if self.tags[number] in request or b"if-modified-since: " + STAMP.encode().lower() in request.lower():
            return (
                b"HTTP/1.1 304 Not Modified\r\nETag: " + self.tags[number] + b"\r\nLast-Modified: %b\r\n\r\n" % STAMP.encode()
            )
        return self.whole[number]


class Connection(asyncio.Protocol):
    """One client's connection: an answer a request, in order."""

    def __init__(self, answers: Answers, latency_s: float) -> None:
        self._answers, self._latency_s = answers, latency_s
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while b"\r\n\r\n" in self._waiting:
            request, _, self._waiting = self._waiting.partition(b"\r\n\r\n")
            answer = self._answers.find(request)
            if self._latency_s:
                asyncio.get_running_loop().call_later(self._latency_s, self._transport.write, answer)
            else:
                self._transport.write(answer)


async def serve(feeds: int, latency_s: float) -> None:
    answers = Answers(feeds)
    loop = asyncio.get_running_loop()
    ports = []
    for late in (0.0, latency_s):
        server = await loop.create_server(partial(Connection, answers, late), "0.0.0.0", 0, backlog=4096)
        ports.append(server.sockets[0].getsockname()[1])
    print(*ports, answers.size, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2])))
