"""`newsdesk serve`: real requests over loopback; who has no key sees no story."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

aiohttp = pytest.importorskip("aiohttp", reason="the extra 'serve' is not installed")

from tui.serve import KEY, warnings_for  # noqa: E402

PATIENCE_S = 60
PROGRAM = [sys.executable, "-P", "-m", "newsdesk", "serve", "--demo", "--port", "0"]


class Served(NamedTuple):
    """`address` has the key in it, `url` has not."""

    address: str
    url: str


@asynccontextmanager
async def served(home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Served]:
    """The real program, on a port that is free."""
    monkeypatch.setenv("HOME", str(home))
    program = await asyncio.create_subprocess_exec(*PROGRAM, stderr=asyncio.subprocess.PIPE)
    assert program.stderr is not None
    try:
        async with asyncio.timeout(PATIENCE_S):
            line = (await program.stderr.readline()).decode()
        assert line.startswith("open http://127.0.0.1:")
        address = line.removeprefix("open ").strip()
        yield Served(address, address.partition("/?")[0])
    finally:
        program.terminate()
        async with asyncio.timeout(PATIENCE_S):
            await program.communicate()


async def test_without_the_key_there_is_nothing_to_see(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with served(tmp_path, monkeypatch) as server, aiohttp.ClientSession() as browser:
        for path in ("/", "/ws", "/download/x", f"/?{KEY}=wrong", f"/ws?{KEY}="):
            async with browser.get(server.url + path) as answer:
                assert answer.status == 403, path


async def test_another_sites_page_and_another_name_get_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with served(tmp_path, monkeypatch) as server, aiohttp.ClientSession() as browser:
        broken = {"Origin": "http://["}
        for header in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}, {"Origin": "null"}, broken):
            async with browser.get(server.address, headers=header, allow_redirects=False) as answer:
                assert answer.status == 403, header


async def test_the_key_opens_the_dashboard_and_leaves_the_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jar = aiohttp.CookieJar(unsafe=True)  # cookies of an address that is a number
    async with served(tmp_path, monkeypatch) as server, aiohttp.ClientSession(cookie_jar=jar) as browser:
        async with browser.get(server.address) as page:
            assert page.status == 200
            assert KEY not in page.url.query
            assert "default-src 'self'" in page.headers["Content-Security-Policy"]
            assert "newsdesk" in await page.text()
        async with browser.ws_connect(server.url + "/ws?width=120&height=40", origin=server.url) as tab:
            screen = b""
            async with asyncio.timeout(PATIENCE_S):
                while b"Iquique" not in screen:
                    message = await tab.receive()
                    screen += message.data if isinstance(message.data, bytes) else b""
            await tab.send_json(["stdin", "q"])
            async with asyncio.timeout(PATIENCE_S):
                async for _ in tab:
                    pass
        assert tab.closed


@pytest.mark.parametrize(
    ("host", "url", "warnings"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", 0),
        ("localhost", "http://localhost:8000", 0),
        ("::1", "http://[::1]:8000", 0),
        ("0.0.0.0", "http://desk.example:8000", 2),
        ("desk.example", "https://desk.example", 1),
    ],
)
def test_what_can_be_reached_from_outside_is_said(host: str, url: str, warnings: int) -> None:
    assert len(warnings_for(host, url)) == warnings
