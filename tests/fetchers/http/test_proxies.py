"""The proxy that the environment names is used as other programs use it, and is no way into the private network."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import httpx
import pytest

from fetchers import addresses, places
from fetchers.http import Answer, Failure, Fetcher, Limits, Why
from fetchers.proxies import proxy_for
from tests.fakes.server import Server, answer, serving, silent

PROXY = "http://proxy.example:3128"


@pytest.mark.parametrize(
    ("env", "url", "proxy"),
    [
        ({}, "https://a.example/", None),
        ({"https_proxy": PROXY}, "https://a.example/", PROXY),
        ({"https_proxy": PROXY}, "http://a.example/", None),
        ({"HTTP_PROXY": PROXY}, "http://a.example/", PROXY),
        ({"all_proxy": "proxy.example:3128"}, "http://a.example/", PROXY),
        ({"all_proxy": PROXY, "no_proxy": "a.example"}, "http://a.example/", None),
        ({"all_proxy": PROXY, "no_proxy": ".example,b.test"}, "http://www.a.example/", None),
        ({"all_proxy": PROXY, "no_proxy": "*"}, "http://a.example/", None),
        ({"all_proxy": PROXY}, "http://127.0.0.1:8000/", None),
        ({"all_proxy": PROXY}, "http://localhost/", None),
        ({"all_proxy": PROXY}, "http://[::1]/", None),
    ],
)
def test_which_proxy(monkeypatch: pytest.MonkeyPatch, env: dict[str, str], url: str, proxy: str | None) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(httpx.URL(url)) == proxy


async def ask(monkeypatch: pytest.MonkeyPatch, proxy: str, url: str, resolved: str | None = None) -> Answer | Failure:
    async def look_up(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        if host in ("127.0.0.1", "10.0.0.1"):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        if resolved is None:
            raise socket.gaierror("no DNS here")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (resolved, port))]

    monkeypatch.setenv("http_proxy", proxy)
    monkeypatch.setattr(addresses, "look_up", look_up)
    async with Fetcher("newsdesk/test", Limits(deadline_s=60)) as fetcher:
        return await fetcher.get(url)


def play_proxy(server: Server) -> None:
    server.plays["http://feeds.example/rss"] = answer(b"through the proxy")


async def test_a_feed_is_asked_through_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving({}) as server:
        play_proxy(server)
        got = await ask(monkeypatch, server.url("").replace("//", "//ada:s3cret@"), "http://feeds.example/rss")
    assert isinstance(got, Answer)
    assert got.body == b"through the proxy"
    assert server.seen[0].path == "http://feeds.example/rss"
    assert server.seen[0].headers["proxy-authorization"].startswith("Basic ")


@pytest.mark.parametrize(("url", "resolved"), [("http://10.0.0.1/rss", None), ("http://feeds.example/rss", "192.168.0.1")])
async def test_a_private_address_is_not_asked_of_a_proxy(
    monkeypatch: pytest.MonkeyPatch, url: str, resolved: str | None
) -> None:
    async with serving({}) as server:
        play_proxy(server)
        got = await ask(monkeypatch, server.url(""), url, resolved)
    assert isinstance(got, Failure)
    assert got.why is Why.ADDRESS
    assert not server.seen


async def test_servers_behind_a_proxy_that_let_us_wait_keep_nobody_from_being_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "PATIENCE_S", 0.0)

    async def look_up(*_: object) -> list[tuple[Any, ...]]:
        raise socket.gaierror("no DNS here")

    monkeypatch.setattr(addresses, "look_up", look_up)
    async with serving({"http://slow.example/rss": silent()}) as server:
        play_proxy(server)
        monkeypatch.setenv("http_proxy", server.url(""))
        async with Fetcher("newsdesk/test", Limits(deadline_s=60, connections=1, aside=1)) as fetcher:
            waits = asyncio.ensure_future(fetcher.get("http://slow.example/rss"))
            await server.asked(1)
            got = await fetcher.get("http://feeds.example/rss")
            assert not waits.done(), "it was not waited for"
            waits.cancel()
    assert isinstance(got, Answer)


@pytest.mark.parametrize("host", ["%31%32%37.0.0.1", "127.0.0.1%00.example.org", "[fe80::1%25lo]", "[::ffff:7f00:1%25lo]"])
async def test_a_host_that_a_proxy_might_decode_is_none(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    async with serving({}) as server:
        got = await ask(monkeypatch, server.url(""), f"http://{host}/rss")
    assert isinstance(got, Failure)
    assert got.why is Why.URL
    assert not server.seen


@pytest.mark.parametrize("host", [".example.org", "a..example.org", f"{'a' * 64}.example.org"])
async def test_a_host_that_tls_could_not_be_told_is_none(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    async with serving({}) as server:
        monkeypatch.setenv("https_proxy", server.url(""))
        got = await ask(monkeypatch, server.url(""), f"https://{host}/rss")
    assert isinstance(got, Failure)
    assert got.why is Why.URL
    assert not server.seen


async def test_a_proxy_of_another_kind_is_a_failure_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    got = await ask(monkeypatch, "socks5://ada:s3cret@127.0.0.1:9", "http://feeds.example/rss")
    assert isinstance(got, Failure)
    assert "the proxy must begin with http:// or https://, not socks5://" in got.sentence
    assert "s3cret" not in got.sentence
    got = await ask(monkeypatch, "http://ada:s3cret@[::1", "http://feeds.example/rss")
    assert isinstance(got, Failure)
    assert got.sentence == "the proxy that the environment names does not do its part: its address is not a valid URL"
