"""Keys are answered while the worst feeds are read: a real dashboard in a real terminal, its refresh held up by a slow feed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.conftest import write_jsonl
from tests.fakes.server import Play, Request, Server, answer
from tests.tui.terminal import Terminal

TYPED = "meanwhile"  # short: the slow feed is not waited for without end
HEAD = '<?xml version="1.0"?><rss version="2.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/"><channel><title>Feed</title>'
FOOT = "</channel></rss>"


def items(name: str, count: int, more: str = "") -> str:
    return "".join(
        f"<item><title>{name} report {at}</title><guid>{name}-{at}</guid>{more}"
        f"<description>Told {at} times.</description></item>"
        for at in range(count)
    )


class Feeds:
    """Five feeds on loopback; the slow one ends when :meth:`let_go` is called."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._held = asyncio.Event()
        self.began = threading.Event()  # the slow feed is being read
        self.server = Server()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def let_go(self) -> None:
        self._loop.call_soon_threadsafe(self._held.set)

    async def _slow(self, _: Request, writer: asyncio.StreamWriter) -> None:
        body = (HEAD + items("slow", 20) + FOOT).encode()
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(body)}\r\n\r\n".encode())
        writer.write(body[:200])
        await writer.drain()
        self.began.set()
        await self._held.wait()
        writer.write(body[200:])

    async def _start(self) -> asyncio.Server:
        started = await asyncio.start_server(self.server.serve, "127.0.0.1", 0)
        self.server.port = started.sockets[0].getsockname()[1]
        thread = f"<wfw:commentRss>{self.server.url('/thread')}</wfw:commentRss>"
        texts = {
            "/huge": HEAD + items("huge", 400) + FOOT,
            "/deep": HEAD + "<item><title>Deep</title>" + "<b>" * 500 + "</b>" * 500 + "</item>" + FOOT,
            "/broken": HEAD + items("broken", 50)[:-90] + "\x01&nope;<![CDATA[<item",
            "/comments": HEAD + items("comments", 1, thread) + FOOT,
            "/thread": HEAD + items("thread", 200) + FOOT,
        }
        plays: dict[str, Play] = {
            path: answer(text.encode(), content_type="application/rss+xml") for path, text in texts.items()
        }
        self.server.plays |= {**plays, "/slow": self._slow}
        return started

    @contextmanager
    def served(self) -> Iterator[str]:
        """The feeds as a configuration."""
        self._thread.start()
        started = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(60)
        address = '[[feeds]]\nurl = "{}"\nallow_private = true\ncomments = true\n'
        names = ("/slow", "/huge", "/deep", "/broken", "/comments")
        try:
            yield "".join(address.format(self.server.url(name)) for name in names)
        finally:
            self.let_go()
            asyncio.run_coroutine_threadsafe(_end(started), self._loop).result(60)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(60)
            self._loop.close()


async def _end(started: asyncio.Server) -> None:
    """No answer goes on after the loop has ended."""
    started.close()
    answers = asyncio.all_tasks() - {asyncio.current_task()}
    for task in answers:
        task.cancel()
    await asyncio.gather(*answers, return_exceptions=True)
    await asyncio.sleep(0)  # connections are closed in the next turn


def test_keys_are_answered_while_five_of_the_worst_feeds_are_read(tmp_path: Path) -> None:
    feeds = Feeds()
    with feeds.served() as settings:
        seeds = write_jsonl(tmp_path / "wire.jsonl", [{"title": f"Seed {at}", "body": f"Text {at}."} for at in range(60)])
        (tmp_path / "config.toml").write_text(f'seeds = ["{seeds}"]\n{settings}')
        words = ("-P", "-m", "newsdesk", "--config", str(tmp_path / "config.toml"), "--data", str(tmp_path / "data"))
        with Terminal("", tmp_path, 160, 50, words, HOME=str(tmp_path)) as terminal:
            terminal.wait_for("Seed")  # stored while the slow feed is being read
            terminal.wait_for("quit")
            assert feeds.began.wait(60)
            terminal.press("/")
            for at, letter in enumerate(TYPED, 1):
                terminal.press(letter)
                terminal.wait_for(TYPED[:at])
            terminal.press("\x1b")
            terminal.wait_for(lambda: TYPED not in terminal.text)
            assert "refreshed:" not in terminal.text, "the slow feed is still held, so the refresh goes on"
            feeds.let_go()
            terminal.wait_for("refreshed:")
            terminal.press("/slow\r")
            terminal.wait_for("slow report 1")
            terminal.press("q")
            assert terminal.end() == 0
