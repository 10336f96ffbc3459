"""httpcore's network streams on asyncio's own sockets: a request is a few reads and writes, of which most need not wait at all.

Plain connections are sockets without a transport; TLS is asyncio's. Errors are httpcore's, with the cause kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import socket
import ssl
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore

TURN = 2**16  # bytes, after which others have a turn
CLOSED = "the server closed the connection"  # as asyncio has no word for, where it does so before TLS is agreed on

_Error = type[Exception]


class CutError(httpcore.ReadError):
    """TLS ended without its farewell: somebody on the way may have ended it, and more was to come (RFC 8446, 6.1)."""


@contextlib.contextmanager
def _as_httpcore(failed: _Error, late: _Error) -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise late("it took too long") from error
    except ssl.SSLError as error:
        raise failed(str(error)) from error
    except OSError as error:
        raise failed(os.strerror(error.errno).lower() if error.errno else str(error) or CLOSED) from error


async def connect(
    address: str, port: int, timeout: float | None, options: Iterable[httpcore.SOCKET_OPTION] = ()
) -> SocketStream:
    """A connection to a numeric address. Raises httpcore's ConnectError and ConnectTimeout."""
    with _as_httpcore(httpcore.ConnectError, httpcore.ConnectTimeout):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        end = socket.socket(family, socket.SOCK_STREAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK)
        try:
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for option in options:
                end.setsockopt(*option)
            async with asyncio.timeout(timeout):
                await asyncio.get_running_loop().sock_connect(end, (address, port))
        except BaseException:
            end.close()
            raise
    return SocketStream(end)


def _is_readable(end: Any) -> bool:
    """Whether something came, or the end, on a connection where nothing is expected."""
    poll = select.poll()
    poll.register(end, select.POLLIN)
    return bool(poll.poll(0))


class SocketStream(httpcore.AsyncNetworkStream):
    """A plain connection."""

    def __init__(self, end: socket.socket) -> None:
        self._socket = end
        self._is_open = True
        self._in_turn = 0

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        # A server that sends as fast as it is read would let nobody else have a turn, a deadline neither.
        if self._in_turn >= TURN:
            self._in_turn = 0
            await asyncio.sleep(0)
        with _as_httpcore(httpcore.ReadError, httpcore.ReadTimeout):
            try:
                data = self._socket.recv(max_bytes)
                self._in_turn += len(data)
                return data
            except (BlockingIOError, InterruptedError):
                async with asyncio.timeout(timeout):
                    return await asyncio.get_running_loop().sock_recv(self._socket, max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        with _as_httpcore(httpcore.WriteError, httpcore.WriteTimeout):
            try:
                sent = self._socket.send(buffer)
            except (BlockingIOError, InterruptedError):
                sent = 0
            if sent < len(buffer):
                async with asyncio.timeout(timeout):
                    await asyncio.get_running_loop().sock_sendall(self._socket, buffer[sent:])

    async def aclose(self) -> None:
        self._is_open = False
        self._socket.close()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> TlsStream:
        # As a plain stream first: what is given up before TLS has begun would stay open else.
        reader, writer = await asyncio.open_connection(sock=self._socket)
        self._is_open = False
        return await TlsStream(reader, writer).start_tls(ssl_context, server_hostname, timeout)

    def get_extra_info(self, info: str) -> Any:
        match info:
            case "socket":
                return self._socket
            case "is_readable":
                return not self._is_open or _is_readable(self._socket)
            case "client_addr":
                return self._socket.getsockname()
            case "server_addr":
                return self._socket.getpeername()
        return None


class TlsStream(httpcore.AsyncNetworkStream):
    """A TLS connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with _as_httpcore(httpcore.ReadError, httpcore.ReadTimeout):
            async with asyncio.timeout(timeout):
                data = await self._reader.read(max_bytes)
        if not data and not self._heard_farewell():
            raise CutError(CLOSED)
        return data

    def _heard_farewell(self) -> bool:
        """To be asked at the end, of which asyncio doesn't say how it came."""
        try:
            return not self._writer.get_extra_info("ssl_object").read(1)
        except ssl.SSLZeroReturnError:
            return True
        except ssl.SSLError:
            return False

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        with _as_httpcore(httpcore.WriteError, httpcore.WriteTimeout):
            self._writer.write(buffer)
            async with asyncio.timeout(timeout):
                await self._writer.drain()

    async def aclose(self) -> None:
        self._writer.close()
        await asyncio.sleep(0)  # the farewell is written if it can be; an end that says none is not waited for
        self._writer.transport.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> TlsStream:
        """Once more for TLS inside of TLS, to what a proxy that is asked by TLS connects to."""
        with _as_httpcore(httpcore.ConnectError, httpcore.ConnectTimeout):
            try:
                async with asyncio.timeout(timeout):
                    await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
            except BaseException:
                self._writer.transport.abort()
                raise
        return self

    def get_extra_info(self, info: str) -> Any:
        match info:
            case "ssl_object":
                return self._writer.get_extra_info("ssl_object")
            case "socket":
                return self._writer.get_extra_info("socket")
            case "is_readable":
                gone = self._reader.at_eof() or self._writer.transport.is_closing()
                return gone or _is_readable(self._writer.get_extra_info("socket"))
            case "client_addr":
                return self._writer.get_extra_info("sockname")
            case "server_addr":
                return self._writer.get_extra_info("peername")
        return None
