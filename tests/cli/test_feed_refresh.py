"""Feeds through the whole program: a real server, a real refresh, the report, the exit code and what the archive holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

FEED = """<rss version="2.0"><channel><title>Harbour Post</title>{items}</channel></rss>"""
ITEM = (
    "<item><title>{title}</title><guid>{id}</guid><link>https://example.org/{id}</link><description>{text}</description></item>"
)
ENV = {"PATH": os.environ["PATH"], "TERM": "dumb"}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    pages: dict[str, bytes]

    def do_GET(self) -> None:
        body = self.pages.get(self.path)
        known = body is not None and self.headers.get("If-None-Match") == f'"{hash(body)}"'
        self.send_response(404 if body is None else 304 if known else 200)
        if body is not None:
            self.send_header("ETag", f'"{hash(body)}"')
        self.send_header("Content-Length", "0" if known or body is None else str(len(body)))
        self.end_headers()
        if body is not None and not known:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def pages() -> dict[str, bytes]:
    items = "".join(
        ITEM.format(title=f"Storm {i} reaches Lisbon", id=i, text="Waves hit the coast of Portugal.") for i in range(3)
    )
    return {"/rss": FEED.format(items=items).encode(), "/broken": b"<html>no feed</html>"}


@pytest.fixture
def server(pages: dict[str, bytes]) -> Iterator[str]:
    handler = type("Handler", (_Handler,), {"pages": pages})
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def newsdesk(tmp_path: Path, *words: str) -> tuple[int, str, str]:
    command = [
        sys.executable,
        "-m",
        "newsdesk",
        *words,
        "--config",
        str(tmp_path / "config.toml"),
        "--data",
        str(tmp_path / "data"),
    ]
    env = {**ENV, "HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False, timeout=120)
    return done.returncode, done.stdout, done.stderr


def configure(tmp_path: Path, *urls: str, private: bool = True) -> None:
    entries = "".join(f'[[feeds]]\nurl = "{url}"\nallow_private = {str(private).lower()}\n' for url in urls)
    (tmp_path / "config.toml").write_text(entries, "utf-8")


def test_a_feed_is_read_into_the_archive_and_a_second_time_costs_nothing(tmp_path: Path, server: str) -> None:
    configure(tmp_path, f"{server}/rss")
    code, out, err = newsdesk(tmp_path, "refresh", "--json")
    assert code == 0, err
    report = json.loads(out)
    (source,) = report["sources"]
    assert (source["kind"], source["status"], source["http"], source["new"]) == ("feed", "updated", 200, 3)
    code, out, _ = newsdesk(tmp_path, "refresh", "--json", "--only", f"{server}/rss")
    (source,) = json.loads(out)["sources"]
    assert (code, source["status"], source["http"], source["new"]) == (0, "unchanged", 304, 0)
    code, out, _ = newsdesk(tmp_path, "refresh", "--json")
    assert (code, json.loads(out)["sources"][0]["status"]) == (0, "skipped")
    (health,) = json.loads(newsdesk(tmp_path, "feeds", "list", "--format", "json")[1])["feeds"]
    assert (health["title"], health["stories"], health["http"], health["failures"]) == ("Harbour Post", 3, 304, 0)
    assert 600 <= health["interval_s"] <= 24 * 3600
    code, out, _ = newsdesk(tmp_path, "list", "--format", "ndjson", "country:PT")
    stories = [json.loads(line) for line in out.splitlines()]
    assert len(stories) == 3
    assert {story["origin"]["feed"] for story in stories} == {f"{server}/rss"}
    assert {story["outlet"] for story in stories} == {"Harbour Post"}


def test_a_broken_feed_costs_itself_and_the_exit_code_says_so(tmp_path: Path, server: str) -> None:
    configure(tmp_path, f"{server}/rss", f"{server}/broken", f"{server}/none")
    code, out, _ = newsdesk(tmp_path, "refresh", "--json")
    told = {source["url"].rpartition("/")[2]: source for source in json.loads(out)["sources"]}
    assert code == 3
    assert {name: source["status"] for name, source in told.items()} == {"rss": "updated", "broken": "failed", "none": "failed"}
    assert told["none"]["http"] == 404
    assert "no feed" in told["none"]["error"]


def test_a_private_address_is_refused_by_default(tmp_path: Path, server: str) -> None:
    configure(tmp_path, f"{server}/rss", private=False)
    code, out, _ = newsdesk(tmp_path, "refresh", "--json")
    assert code == 4
    assert "allow_private" in json.loads(out)["sources"][0]["error"]


def test_a_changed_item_is_a_new_revision_of_the_same_story(tmp_path: Path, server: str, pages: dict[str, bytes]) -> None:
    configure(tmp_path, f"{server}/rss")
    newsdesk(tmp_path, "refresh", "--quiet")
    pages["/rss"] = FEED.format(items=ITEM.format(title="Storm 0 leaves Lisbon", id=0, text="The sea is calm again.")).encode()
    _, out, _ = newsdesk(tmp_path, "refresh", "--json", "--only", f"{server}/rss")
    report = json.loads(out)
    assert (report["stories"]["new"], report["stories"]["changed"], report["stories"]["total"]) == (0, 1, 3)
    _, out, _ = newsdesk(tmp_path, "list", "--format", "ndjson", "title:leaves")
    assert json.loads(out)["revision"] == 2
