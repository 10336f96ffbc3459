"""A news site on loopback for the durability tests: feeds that grow from round to round, and one thread of comments."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

START = datetime(2026, 3, 1, tzinfo=UTC)
FEEDS, ITEMS_A_ROUND, WINDOW = 3, 2, 80
COUNTRIES = (
    "Norway Peru Kenya Japan Chile Egypt Nepal Ghana Spain Cuba Latvia Oman Fiji Mali Malta Iceland Uruguay"
    " Zambia Bolivia Tunisia"
).split()
WORDS = (
    "pier ferry mill council strike river bridge court vote storm school market train island festival teacher doctor".split()
)


def moment(number: int) -> datetime:
    """When a round takes place: six hours after the one before."""
    return START + timedelta(hours=6 * number)


@dataclass(slots=True)
class Site:
    """What the site holds in round `number`; `each` rounds there is news of another country."""

    each: int
    number: int = 0
    port: int = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def items(self, feed: int) -> list[str]:
        """The ids that a feed holds now, the newest last."""
        every = [f"f{feed}r{number}i{item}" for number in range(self.number + 1) for item in range(ITEMS_A_ROUND)]
        return every[-WINDOW:]

    def comments(self) -> int:
        return 2 + self.number

    def page(self, path: str) -> str | None:
        if path == "/thread":
            said = (
                f"<item><guid>c{i}</guid><title>By: r{i}</title><description>Remark {i}.</description></item>"
                for i in range(self.comments())
            )
            return _rss("Comments", "".join(said))
        if path.startswith("/feed") and path[5:].isdigit():
            return _rss(f"Harbour {path[5:]}", "".join(map(self._item, reversed(self.items(int(path[5:]))))))
        return None

    def _item(self, name: str) -> str:
        feed, _, rest = name[1:].partition("r")
        number, _, item = rest.partition("i")
        at = int(number) * 31 + int(item) * 7 + int(feed) * 3
        country = COUNTRIES[min(int(number) // self.each, len(COUNTRIES) - 1)]
        said = " ".join(f"{WORDS[(at * step + step) % len(WORDS)]}{at * step}" for step in (1, 3, 5, 7))
        thread = "<wfw:commentRss>/thread</wfw:commentRss>" if name == "f0r0i0" else ""
        return (
            f"<item><guid>{name}</guid><title>Harbour {said}</title><link>/{name}</link>{thread}"
            f"<pubDate>{format_datetime(moment(int(number)))}</pubDate>"
            f"<description>Officials in {country} spoke of the harbour and of {said}.</description></item>"
        )


def _rss(title: str, items: str) -> str:
    names = 'xmlns:wfw="http://wellformedweb.org/CommentAPI/"'
    return f'<rss version="2.0" {names}><channel><title>{title}</title>{items}</channel></rss>'


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = (site.page(self.path) or "").encode()
            mark = f'"{site.number}"'
            known = self.headers.get("if-none-match") == mark
            self.send_response(304 if known else 200 if body else 404)
            self.send_header("etag", mark)
            self.send_header("content-length", "0" if known else str(len(body)))
            self.end_headers()
            if not known:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
