"""Connections that are kept for the next request to the same server.

httpcore's own pool goes through all of its connections with each request, and has a lock and an event for each. Here whoever
asks gets a connection that is idle, or else a new one: how many there are at once is the business of whoever asks.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import NamedTuple

import httpcore

from fetchers.exchange import Exchange, Headers

MOST_IDLE = 64
CONNECT_S = 10.0
_PORTS = {b"http": 80, b"https": 443}


class Server(NamedTuple):
    """Scheme (http or https), host and port, None for the usual one."""

    scheme: bytes
    host: bytes
    port: int | None


class Connections:
    """Answers requests, HTTP/1.1 alone. `context` is only called for servers that speak TLS, as reading the authorities takes
    as long as asking fifty servers; what it gives is changed: it offers that protocol to servers."""

    def __init__(self, context: Callable[[], ssl.SSLContext], backend: httpcore.AsyncNetworkBackend) -> None:
        self._context, self._backend = context, backend
        self._idle: dict[Server, list[Exchange]] = {}
        self._count = 0

    async def get(self, server: Server, target: bytes, headers: Headers) -> Reply:
        """The answer to GET, its body not yet read; it has to be closed. Raises httpcore's exceptions."""
        if (kept := await self._find(server)) is not None:
            try:
                return Reply(*await kept.ask(target, headers), kept, self, server)
            except (httpcore.NetworkError, httpcore.ProtocolError):
                if kept.has_heard:
                    raise
                # The server closed it at the moment when it was taken (RFC 9112, 9.3.1).
        exchange = await self._connect(server)
        return Reply(*await exchange.ask(target, headers), exchange, self, server)

    async def _find(self, server: Server) -> Exchange | None:
        """An idle connection that the server has not closed."""
        while waiting := self._idle.get(server):
            exchange = waiting.pop()
            self._count -= 1
            if not waiting:
                del self._idle[server]
            if not exchange.has_expired():
                return exchange
            await exchange.aclose()
        return None

    async def _connect(self, server: Server) -> Exchange:
        host = server.host.decode("ascii")
        port = _PORTS[server.scheme] if server.port is None else server.port
        stream = await self._backend.connect_tcp(host, port, timeout=CONNECT_S)
        if server.scheme == b"https":
            context = self._context()
            context.set_alpn_protocols(["http/1.1"])
            # A name's last dot, which says that it is whole, is not in certificates (RFC 6066, 3).
            stream = await stream.start_tls(context, server_hostname=host.rstrip("."), timeout=CONNECT_S)
        return Exchange(stream)

    async def take_back(self, server: Server, exchange: Exchange) -> None:
        """Keep a connection whose answer was read to its end; there is no place for the one that waited longest then."""
        await exchange.finish()
        if not exchange.is_idle:
            return
        self._idle.setdefault(server, []).append(exchange)
        self._count += 1
        if self._count > MOST_IDLE:
            oldest = next(iter(self._idle))
            await self._let_go(oldest)

    async def _let_go(self, server: Server) -> None:
        for exchange in self._idle.pop(server):
            self._count -= 1
            await exchange.aclose()

    async def aclose(self) -> None:
        for server in list(self._idle):
            await self._let_go(server)


@dataclass(slots=True)
class Reply:
    """An answer, whose connection goes back when it is closed; in the shape of httpcore's."""

    status: int
    headers: Headers
    _exchange: Exchange
    _connections: Connections
    _server: Server

    def aiter_stream(self) -> AsyncIterator[bytes]:
        return self._exchange.body()

    async def aclose(self) -> None:
        await self._connections.take_back(self._server, self._exchange)
