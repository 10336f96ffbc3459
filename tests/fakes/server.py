"""A loopback HTTP server for tests. A function plays each path and writes raw bytes, so that it can misbehave at will."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Play = Callable[["Request", asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    headers: dict[str, str]


@dataclass(slots=True)
class Server:
    """`plays` maps a path to what it does; `seen` lists the requests that arrived; `at_once` is the most open at a time,
    `connections` how many were made."""

    plays: dict[str, Play] = field(default_factory=dict)
    seen: list[Request] = field(default_factory=list)
    port: int = 0
    scheme: str = "http"
    at_once: int = 0
    connections: int = 0
    _open: int = 0
    _asked: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def asked(self, times: int) -> None:
        """Wait until so many requests have arrived."""
        async with asyncio.timeout(60), self._asked:
            await self._asked.wait_for(lambda: len(self.seen) >= times)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while line := await reader.readline():
                headers = {}
                while (row := (await reader.readline()).decode("latin-1").strip()) != "":
                    name, _, value = row.partition(":")
                    headers[name.lower()] = value.strip()
                request = Request(line.split()[1].decode("latin-1"), headers)
                async with self._asked:
                    self.seen.append(request)
                    self._asked.notify_all()
                self._open += 1
                self.at_once = max(self.at_once, self._open)
                try:
                    await self.plays[request.path.partition("?")[0]](request, writer)
                    await writer.drain()
                finally:
                    self._open -= 1
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, KeyError, IndexError):
            pass
        finally:
            writer.close()


def answer(body: bytes = b"", /, status: str = "200 OK", **headers: str) -> Play:
    """A well-behaved answer; underscores in header names become hyphens."""
    rows = {"content-length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in rows.items()) + "\r\n"

    async def play(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head.encode("latin-1") + body)

    return play


def redirect(to: str, status: str = "301 Moved Permanently") -> Play:
    return answer(status=status, location=to)


def raw(data: bytes, *, close: bool = True) -> Play:
    """Exactly these bytes."""

    async def play(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        if close:
            await writer.drain()
            writer.close()

    return play


def endless(head: bytes, part: bytes) -> Play:
    """`head`, then `part` over and over until the other side hangs up."""

    async def play(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)

    return play


def silent(head: bytes = b"") -> Play:
    """`head`, then nothing, with the connection open."""

    async def play(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        await writer.drain()
        await asyncio.Event().wait()

    return play


def bomb(size: int, layers: int) -> bytes:
    data = b"\0" * size
    for _ in range(layers):
        data = gzip.compress(data, 9)
    return data


@asynccontextmanager
async def serving(plays: dict[str, Play], tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    server = Server(plays, scheme="https" if tls else "http")
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls, limit=2**20)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()


def in_turn(*plays: Play) -> Play:
    """Each play once, in this order; the last one over and over."""
    left = list(plays)

    async def play(request: Request, writer: asyncio.StreamWriter) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(request, writer)

    return play
