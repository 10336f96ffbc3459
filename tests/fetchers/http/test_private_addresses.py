"""No name, redirect or answer of DNS leads to a private address that was not allowed."""

from __future__ import annotations

import asyncio
import socket
import threading

import httpcore
import pytest

from fetchers import addresses, streams
from fetchers.connections import CONNECT_S
from fetchers.http import Failure, Why
from tests.fakes.fetching import fetch
from tests.fakes.server import answer, redirect, serving

# 127.0.0.1, the private ranges and the cloud's metadata address, as attackers spell them.
PRIVATE = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0x7f.1",
    "0",
    "0.0.0.0",
    "localhost",
    "LOCALHOST.",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:7f00:1%25lo]",
    "%31%32%37.0.0.1",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "169.254.169.254",
    "10.0.0.1",
    "192.168.0.1",
    "172.16.0.1",
    "100.64.0.1",
    "[fe80::1]",
    "[fc00::1]",
    "224.0.0.1",
]


@pytest.mark.parametrize("host", PRIVATE)
async def test_no_spelling_of_a_private_address_is_connected_to(host: str) -> None:
    async with serving({"/": answer(b"inside")}) as server:
        got = await fetch(server.url("/", host), private=False)
    assert isinstance(got, Failure)
    assert got.why in {Why.ADDRESS, Why.URL}
    assert not server.seen


@pytest.mark.parametrize("host", PRIVATE)
async def test_nor_by_redirect_from_an_allowed_host(host: str) -> None:
    if host == "127.0.0.1":
        pytest.skip("the allowed host itself")
    async with serving({"/": answer(b"inside")}) as inside, serving({"/": redirect(inside.url("/", host))}) as server:
        got = await fetch(server.url("/"))
    assert isinstance(got, Failure)
    assert got.why in {Why.ADDRESS, Why.URL}
    assert "allow_private" not in got.sentence, "it would not help: it is for the host that the feed names"
    assert not inside.seen


PUBLIC = "93.184.215.14"


RESOLVED = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.255.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254"),
    *("100.127.255.254", "192.0.0.8", "198.18.0.1", "203.0.113.9", "224.0.0.251", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::7f00:1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:a00:1::1", "2001:db8::1"),
    *("fe80::1%2", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1"),
    "64:ff9b:1:a00:0:100:808:808",  # 10.0.0.1, as a network may have it that translates by 48 bits
]


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that are connected to; none is, so that nothing leaves the machine."""
    addresses: list[str] = []

    async def connect(address: str, *_: object) -> None:
        addresses.append(address)
        raise httpcore.ConnectError("no way there")

    monkeypatch.setattr(streams, "connect", connect)
    return addresses


@pytest.mark.parametrize("others", [(), (PUBLIC,)], ids=["alone", "among public ones"])
@pytest.mark.parametrize("address", RESOLVED)
async def test_nor_by_an_answer_of_dns(
    monkeypatch: pytest.MonkeyPatch, connected: list[str], address: str, others: tuple[str, ...]
) -> None:
    async def lie(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (one, 80)) for one in (*others, address)]

    monkeypatch.setattr(addresses, "look_up", lie)
    got = await fetch("http://feeds.example.org/", private=False)
    assert isinstance(got, Failure)
    assert got.why is Why.ADDRESS
    assert connected == []


async def test_nor_when_dns_says_something_else_the_second_time(monkeypatch: pytest.MonkeyPatch, connected: list[str]) -> None:
    """What is connected to is the address that was checked: the name is not asked again in between."""
    asked: list[str] = []

    async def change(*_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append("")
        return [(0, 0, 0, "", (PUBLIC if len(asked) == 1 else "127.0.0.1", 80))]

    monkeypatch.setattr(addresses, "look_up", change)
    assert isinstance(await fetch("http://feeds.example.org/", private=False), Failure)
    assert connected == [PUBLIC]


async def test_names_whose_servers_are_silent_keep_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    end = threading.Event()

    def look_up(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        if host != "quick.example":
            end.wait(60)
            raise socket.gaierror("no answer")
        return [(0, 0, 0, "", (PUBLIC, port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    mute = [asyncio.ensure_future(addresses.resolve(f"mute-{number}.example", 80)) for number in range(100)]
    async with asyncio.timeout(30):
        assert await addresses.resolve("quick.example", 80) == [PUBLIC]
    end.set()
    told = await asyncio.gather(*mute, return_exceptions=True)
    assert all(isinstance(one, httpcore.ConnectError) for one in told)


async def test_a_name_is_no_name_where_there_can_be_no_thread_to_look_it_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(httpcore.ConnectError, match="can't be resolved"):
        await addresses.resolve("quick.example", 80)


async def test_an_address_that_leads_nowhere_does_not_take_the_time_of_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[tuple[str, float]] = []

    async def connect(address: str, port: int, timeout: float, *_: object) -> None:
        waits.append((address, timeout))
        raise httpcore.ConnectTimeout("it took too long")

    async def look_up(*_: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (one, 80)) for one in ("2606:4700::1", PUBLIC)]

    monkeypatch.setattr(streams, "connect", connect)
    monkeypatch.setattr(addresses, "look_up", look_up)
    assert isinstance(await fetch("http://feeds.example.org/", private=False), Failure)
    assert waits == [("2606:4700::1", addresses.OTHER_S), (PUBLIC, CONNECT_S)]
