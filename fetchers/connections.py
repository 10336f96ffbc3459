"""Connections that are kept for the next request to the same server.

httpcore's own pool goes through all of its connections with each request, and has a lock and an event for each. Here whoever
asks gets a connection that is idle, or else a new one: how many there are at once is the business of whoever asks.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable
from typing import TypeAlias

import httpcore

MOST_IDLE = 64
IDLE_S = 15.0
CONNECT_S = 10.0

_Server: TypeAlias = tuple[bytes, bytes, int | None]


class Connections:
    """Answers requests, HTTP/1.1 alone. `context` is only called for servers that speak TLS, as reading the authorities takes
    as long as asking fifty servers; what it gives is changed: it offers that protocol to servers."""

    def __init__(self, context: Callable[[], ssl.SSLContext], backend: httpcore.AsyncNetworkBackend) -> None:
        self._context, self._backend = context, backend
        self._idle: dict[_Server, list[httpcore.AsyncHTTP11Connection]] = {}
        self._count = 0

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """The answer, its body not yet read; it has to be closed. Raises httpcore's exceptions."""
        server = (request.url.scheme, request.url.host, request.url.port)
        connection = await self._find(server) or await self._connect(request.url)
        answer = await connection.handle_async_request(request)
        answer.stream = _Body(answer.stream, self, server, connection)  # type: ignore[arg-type]
        return answer

    async def _find(self, server: _Server) -> httpcore.AsyncHTTP11Connection | None:
        """An idle connection that the server has not closed."""
        while waiting := self._idle.get(server):
            connection = waiting.pop()
            self._count -= 1
            if not waiting:
                del self._idle[server]
            if not connection.has_expired():
                return connection
            await connection.aclose()
        return None

    async def _connect(self, url: httpcore.URL) -> httpcore.AsyncHTTP11Connection:
        origin = url.origin
        host = origin.host.decode("ascii")
        stream = await self._backend.connect_tcp(host, origin.port, timeout=CONNECT_S)
        if origin.scheme == b"https":
            context = self._context()
            context.set_alpn_protocols(["http/1.1"])
            stream = await stream.start_tls(context, server_hostname=host, timeout=CONNECT_S)
        return httpcore.AsyncHTTP11Connection(origin, stream, keepalive_expiry=IDLE_S)

    async def take_back(self, server: _Server, connection: httpcore.AsyncHTTP11Connection) -> None:
        """Keep a connection whose answer was read to its end; there is no place for the one that waited longest then."""
        if not connection.is_idle():
            return
        self._idle.setdefault(server, []).append(connection)
        self._count += 1
        if self._count > MOST_IDLE:
            oldest = next(iter(self._idle))
            await self._let_go(oldest)

    async def _let_go(self, server: _Server) -> None:
        for connection in self._idle.pop(server):
            self._count -= 1
            await connection.aclose()

    async def aclose(self) -> None:
        for server in list(self._idle):
            await self._let_go(server)


class _Body:
    """The body of an answer, whose connection goes back when it is closed."""

    def __init__(
        self,
        stream: AsyncIterator[bytes],
        connections: Connections,
        server: _Server,
        connection: httpcore.AsyncHTTP11Connection,
    ) -> None:
        self._stream, self._connections, self._server, self._connection = stream, connections, server, connection

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._stream.__aiter__()

    async def aclose(self) -> None:
        await self._stream.aclose()  # type: ignore[attr-defined]
        await self._connections.take_back(self._server, self._connection)
