"""The network streams that requests go over: plain, by TLS and by TLS in TLS; what fails is told as httpcore tells it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl

import httpcore
import pytest
import trustme

from fetchers import streams

PATIENCE_S = 60.0


@pytest.fixture(scope="module")
def contexts() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A client's and a server's."""
    authority = trustme.CA()
    client, server = ssl.create_default_context(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.configure_trust(client)
    authority.issue_cert("localhost").configure_cert(server)
    return client, server


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):  # an end that was not said is one
        while data := await reader.read(2**16):
            writer.write(data)
    writer.close()


async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say nothing until the other side goes."""
    await reader.read()
    writer.close()


async def serve(play: object, context: ssl.SSLContext | None = None) -> tuple[asyncio.Server, int]:
    server = await asyncio.start_server(play, "127.0.0.1", 0, ssl=context)  # type: ignore[arg-type]
    return server, server.sockets[0].getsockname()[1]


async def say(stream: httpcore.AsyncNetworkStream, data: bytes) -> bytes:
    await stream.write(data, PATIENCE_S)
    got = b""
    while len(got) < len(data):
        got += await stream.read(2**16, PATIENCE_S)
    return got


async def test_who_sends_as_fast_as_it_is_read_lets_others_have_their_turn() -> None:
    here, there = socket.socketpair()
    here.setblocking(False)
    there.setblocking(False)
    stream, turns = streams.SocketStream(here), 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.ensure_future(other())
    try:
        for _ in range(40):  # there is always something to read
            there.send(b"x" * 20_000)
            await stream.read(2**16, PATIENCE_S)
        assert turns >= 5
    finally:
        task.cancel()
        await stream.aclose()
        there.close()


async def test_a_plain_connection_and_its_end() -> None:
    server, port = await serve(echo)
    async with server:
        stream = await streams.connect("127.0.0.1", port, PATIENCE_S, [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)])
        assert await say(stream, b"x" * 300_000) == b"x" * 300_000
        assert stream.get_extra_info("server_addr") == ("127.0.0.1", port)
        assert stream.get_extra_info("client_addr") == stream.get_extra_info("socket").getsockname()
        assert not stream.get_extra_info("is_readable")
        assert stream.get_extra_info("ssl_object") is None
        stream.get_extra_info("socket").shutdown(socket.SHUT_WR)
        assert await stream.read(10, PATIENCE_S) == b""
        assert stream.get_extra_info("is_readable")
        await stream.aclose()
        assert stream.get_extra_info("is_readable")


async def test_tls_and_tls_in_tls(contexts: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    client, served = contexts
    inner, inner_port = await serve(echo, served)
    passed_on = asyncio.Event()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", inner_port)

        async def pipe(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
            with contextlib.suppress(OSError):
                while data := await source.read(2**16):
                    target.write(data)
            target.close()

        await asyncio.gather(pipe(reader, back), pipe(there, writer))
        passed_on.set()

    outer, outer_port = await serve(pass_on, served)
    async with inner, outer:
        alone = await (await streams.connect("127.0.0.1", inner_port, PATIENCE_S)).start_tls(client, "localhost", PATIENCE_S)
        through = await (await streams.connect("127.0.0.1", outer_port, PATIENCE_S)).start_tls(client, "localhost", PATIENCE_S)
        within = await through.start_tls(client, "localhost", PATIENCE_S)
        for stream in (alone, within):
            assert await say(stream, b"over TLS " * 20_000) == b"over TLS " * 20_000
            assert stream.get_extra_info("ssl_object") is not None
            assert stream.get_extra_info("server_addr")[0] == "127.0.0.1"
            assert stream.get_extra_info("client_addr")[0] == "127.0.0.1"
            await stream.aclose()
            assert stream.get_extra_info("is_readable")
        await passed_on.wait()


async def test_what_fails_is_told_with_its_cause(contexts: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    client, served = contexts
    server, port = await serve(echo, served)
    silent, silent_port = await serve(hold)
    async with server, silent:
        stream = await streams.connect("127.0.0.1", port, PATIENCE_S)
        with pytest.raises(httpcore.ConnectError) as told:
            await stream.start_tls(client, "another.example", PATIENCE_S)
        assert isinstance(told.value.__cause__, ssl.SSLCertVerificationError)
        waiting = await streams.connect("127.0.0.1", silent_port, PATIENCE_S)
        with pytest.raises(httpcore.ReadTimeout):
            await waiting.read(10, 0.0)
        with pytest.raises(httpcore.ConnectTimeout):
            await waiting.start_tls(client, "localhost", 0.0)
        closed = await streams.connect("127.0.0.1", silent_port, PATIENCE_S)
        await closed.aclose()
        with pytest.raises(httpcore.ReadError):
            await closed.read(10, PATIENCE_S)
        with pytest.raises(httpcore.WriteError):
            await closed.write(b"lost", PATIENCE_S)
    with pytest.raises(httpcore.ConnectError):
        await streams.connect("127.0.0.1", port, PATIENCE_S)
