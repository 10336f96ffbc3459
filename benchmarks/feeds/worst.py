"""Five of the worst feeds that a reader meets, served on loopback in a process of their own.

    python -m benchmarks.feeds.worst TOKEN

Prints a port and serves until its stdin ends: `/huge` (3,400 long items, near to the most that is read), `/deep` (elements
inside each other), `/broken` (cut off in the middle, with stray bytes), `/slow` (a little at a time) and `/comments` (a post
with a thread of 3,000). `TOKEN` makes the items new to whoever has read them before.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import subprocess
import sys
from collections.abc import Iterator

NAMES = ("huge", "deep", "broken", "slow", "comments")
HUGE, DEEP, THREAD = 3_400, 20_000, 3_000
SLOW_PARTS, SLOW_S = 60, 0.1
HEAD = '<?xml version="1.0"?><rss version="2.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/"><channel><title>{}</title>'
FOOT = "</channel></rss>"


def items(token: str, count: int, paragraphs: int) -> str:
    chance = random.Random(token)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(3, 9))) for _ in range(3000)]
    return "".join(
        f"<item><title>{' '.join(chance.sample(words, 8))}</title><guid>{token}-{at}</guid>"
        f"<link>https://news.example/{token}/{at}</link><description>{' '.join(chance.choices(words, k=60 * paragraphs))}"
        "</description></item>"
        for at in range(count)
    )


def bodies(token: str, port: int) -> dict[str, bytes]:
    """What stands at each address."""
    small = items(f"slow{token}", 40, 2)
    post = (
        f"<item><title>A thread {token}</title><guid>thread-{token}</guid><link>http://127.0.0.1:{port}/post</link>"
        f"<wfw:commentRss>http://127.0.0.1:{port}/thread</wfw:commentRss><description>Said by many.</description></item>"
    )
    whole = {
        "huge": HEAD.format("Huge") + items(f"huge{token}", HUGE, 3) + FOOT,
        "deep": HEAD.format("Deep") + "<item><title>Deep</title>" + "<b>" * DEEP + "</b>" * DEEP + "</item>" + FOOT,
        "broken": HEAD.format("Broken") + items(f"broken{token}", 300, 2)[:-400] + "\x01&nope;<![CDATA[<item",
        "slow": HEAD.format("Slow") + small + FOOT,
        "comments": HEAD.format("Comments") + post + FOOT,
        "thread": HEAD.format("Thread") + items(f"thread{token}", THREAD, 1) + FOOT,
    }
    return {name: text.encode() for name, text in whole.items()}


async def _answer(told: dict[str, bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
        request = await reader.readuntil(b"\r\n\r\n")
        name = request.split()[1].decode("latin-1").strip("/")
        body = told.get(name)
        status = "200 OK" if body is not None else "404 Not Found"
        body = body or b""
        kind = "Content-Type: application/rss+xml\r\nConnection: close\r\n"
        writer.write(f"HTTP/1.1 {status}\r\n{kind}Content-Length: {len(body)}\r\n\r\n".encode())
        part = len(body) // SLOW_PARTS + 1 if name == "slow" else len(body) or 1
        for start in range(0, len(body), part):
            writer.write(body[start : start + part])
            await writer.drain()
            if name == "slow":
                await asyncio.sleep(SLOW_S)
    writer.close()


async def serve(token: str) -> None:
    told: dict[str, bytes] = {}
    server = await asyncio.start_server(lambda reader, writer: _answer(told, reader, writer), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    told.update(bodies(token, port))
    print(port, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


@contextlib.contextmanager
def served(token: str) -> Iterator[str]:
    """The feeds as a configuration (TOML)."""
    command = [sys.executable, "-m", "benchmarks.feeds.worst", token]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        port = int(child.stdout.readline())
        address = f'[[feeds]]\nurl = "http://127.0.0.1:{port}/{{}}"\nallow_private = true\ncomments = true\n'
        try:
            yield "".join(address.format(name) for name in NAMES)
        finally:
            child.communicate()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
