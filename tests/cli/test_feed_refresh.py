"""Feeds through the whole program: a real server, a real refresh, the report, the exit code and what the archive holds."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from newsdesk.cli import main
from tui.refreshed import words_of

FEED = """<rss version="2.0"><channel><title>Harbour Post</title>{items}</channel></rss>"""
ITEM = (
    "<item><title>{title}</title><guid>{id}</guid><link>https://example.org/{id}</link><description>{text}</description></item>"
)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    pages: dict[str, bytes]

    def do_GET(self) -> None:
        if self.path == "/stops":
            os.kill(os.getpid(), signal.SIGINT)
            self.rfile.read(1)  # no answer, until who asks has gone
            return
        body = self.pages.get(self.path)
        known = body is not None and self.headers.get("If-None-Match") == f'"{hash(body)}"'
        rests = self.path == "/rests"
        self.send_response(429 if rests else 404 if body is None else 304 if known else 200)
        if rests:
            self.send_header("Retry-After", "3600")
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


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def newsdesk(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    """A command on this test's settings and data: its exit code, and what it wrote to stdout and stderr."""

    def run(*words: str) -> tuple[int, str, str]:
        capsysbinary.readouterr()
        code = main([*words, "--config", str(tmp_path / "config.toml"), "--data", str(tmp_path / "data")])
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


def configure(tmp_path: Path, *urls: str, private: bool = True) -> None:
    entries = "".join(f'[[feeds]]\nurl = "{url}"\nallow_private = {str(private).lower()}\n' for url in urls)
    (tmp_path / "config.toml").write_text(entries, "utf-8")


def test_stories_are_found_by_the_tags_of_their_feed(newsdesk: Command, tmp_path: Path, server: str) -> None:
    words = ("--tag", "Wires", "--tag", "Süd", "--allow-private")
    assert newsdesk("feeds", "add", f"{server}/rss", *words)[0] == 0
    assert newsdesk("refresh", "--quiet")[0] == 0
    for query, found in (("wires", 3), ("source:süd", 3), ("title:wires", 0), ("wires -storm", 0), ("source:other", 0)):
        assert len(json.loads(newsdesk("list", query, "--format", "json")[1])["stories"]) == found, query


def test_a_feed_is_read_into_the_archive_and_a_second_time_costs_nothing(
    newsdesk: Command, tmp_path: Path, server: str
) -> None:
    configure(tmp_path, f"{server}/rss")
    code, out, err = newsdesk("refresh", "--json")
    assert code == 0, err
    report = json.loads(out)
    (source,) = report["sources"]
    assert (source["kind"], source["status"], source["http"], source["new"]) == ("feed", "updated", 200, 3)
    code, out, _ = newsdesk("refresh", "--json", "--only", f"{server}/rss")
    (source,) = json.loads(out)["sources"]
    assert (code, source["status"], source["http"], source["new"]) == (0, "unchanged", 304, 0)
    code, out, _ = newsdesk("refresh", "--json")
    assert (code, json.loads(out)["sources"][0]["status"]) == (0, "skipped")
    assert "nothing is due before 20" in newsdesk("refresh")[1]
    assert "Harbour Post: answered at " in newsdesk("doctor")[1]
    (health,) = json.loads(newsdesk("feeds", "list", "--format", "json")[1])["feeds"]
    assert (health["title"], health["stories"], health["http"], health["failures"]) == ("Harbour Post", 3, 304, 0)
    assert 600 <= health["interval_s"] <= 24 * 3600
    code, out, _ = newsdesk("list", "--format", "ndjson", "country:PT")
    stories = [json.loads(line) for line in out.splitlines()]
    assert len(stories) == 3
    assert {story["origin"]["feed"] for story in stories} == {f"{server}/rss"}
    assert {story["outlet"] for story in stories} == {"Harbour Post"}


def test_all_feeds_are_asked_now_but_for_those_that_asked_for_rest_or_are_paused(
    newsdesk: Command, tmp_path: Path, server: str, pages: dict[str, bytes]
) -> None:
    pages["/other"] = pages["/rss"]
    configure(tmp_path, f"{server}/rss", f"{server}/other")
    assert newsdesk("refresh")[0] == 0

    def statuses(*words: str) -> list[str]:
        return [source["status"] for source in json.loads(newsdesk("refresh", "--json", *words)[1])["sources"]]

    assert statuses() == ["skipped", "skipped"]
    assert statuses("--force") == ["unchanged", "unchanged"]
    assert newsdesk("feeds", "pause", f"{server}/other")[0] == 0
    assert statuses("--force") == ["unchanged", "skipped"]
    configure(tmp_path, f"{server}/rests", f"{server}/rss")
    assert newsdesk("refresh", "--only", f"{server}/rests")[0] == 4
    assert statuses("--force") == ["skipped", "skipped"], "the host asked for rest, for all its feeds"
    assert f"  Harbour Post ({server}/rss): the server asked us not to come before 20" in newsdesk("refresh", "--force")[1]


def test_of_a_feed_that_was_named_it_is_said_why_it_was_not_read(newsdesk: Command, tmp_path: Path, server: str) -> None:
    configure(tmp_path, f"{server}/rests")
    assert newsdesk("refresh")[0] == 4
    assert "nothing is due before 20" in newsdesk("refresh")[1]
    code, out, _ = newsdesk("refresh", "--only", f"{server}/rests")
    assert code == 0
    assert f"  {server}/rests: the server asked us not to come before 20" in out
    assert "nothing is due" not in out
    (source,) = json.loads(newsdesk("refresh", "--only", f"{server}/rests", "--json")[1])["sources"]
    assert (source["status"], source["error"]) == ("skipped", None)
    assert words_of({"sources": [source]})[0].startswith(f"{server[7:]}/rests was not read: {source['why']}")


def test_a_broken_feed_costs_itself_and_the_exit_code_says_so(newsdesk: Command, tmp_path: Path, server: str) -> None:
    configure(tmp_path, f"{server}/rss", f"{server}/broken", f"{server}/none")
    code, out, _ = newsdesk("refresh", "--json")
    told = {source["url"].rpartition("/")[2]: source for source in json.loads(out)["sources"]}
    assert code == 3
    assert {name: source["status"] for name, source in told.items()} == {"rss": "updated", "broken": "failed", "none": "failed"}
    assert told["none"]["http"] == 404
    assert "no feed" in told["none"]["error"]


def test_stopped_it_says_so_and_how_many_sources_are_left(newsdesk: Command, tmp_path: Path, server: str) -> None:
    configure(tmp_path, f"{server}/stops")
    (tmp_path / "wire.jsonl").write_text('{"id": "1", "title": "Storm reaches Lisbon", "body": "Waves."}\n', "utf-8")
    seeds = ("refresh", "--seeds", str(tmp_path / "wire.jsonl"))
    code, out, _ = newsdesk(*seeds, "--json")
    report = json.loads(out)
    assert (code, report["stopped"], report["stories"]["new"]) == (130, True, 1)
    assert [source["status"] for source in report["sources"]] == ["updated", "skipped"]
    assert (report["sources"][1]["url"], report["sources"][1]["error"]) == (f"{server}/stops", None)
    code, out, _ = newsdesk(*seeds)
    assert (code, out.splitlines()[1]) == (130, "2 sources: 1 unchanged, 1 skipped")
    says = "stopped: 1 of 2 sources was not read, or not to the end; what came in is kept, the next refresh does the rest"
    assert out.splitlines()[0] == says
    assert newsdesk(*seeds, "--quiet") == (130, "", f"{says}\n")
    assert words_of(report) == ("refresh stopped: 1 new, 0 changed; 1 left alone", "muted")


def test_a_private_address_is_refused_by_default(newsdesk: Command, tmp_path: Path, server: str) -> None:
    configure(tmp_path, f"{server}/rss", private=False)
    code, out, _ = newsdesk("refresh", "--json")
    assert code == 4
    assert "allow_private" in json.loads(out)["sources"][0]["error"]


def test_a_changed_item_is_a_new_revision_of_the_same_story(
    newsdesk: Command, tmp_path: Path, server: str, pages: dict[str, bytes]
) -> None:
    configure(tmp_path, f"{server}/rss")
    newsdesk("refresh", "--quiet")
    pages["/rss"] = FEED.format(items=ITEM.format(title="Storm 0 leaves Lisbon", id=0, text="The sea is calm again.")).encode()
    _, out, _ = newsdesk("refresh", "--json", "--only", f"{server}/rss")
    report = json.loads(out)
    assert (report["stories"]["new"], report["stories"]["changed"], report["stories"]["total"]) == (0, 1, 3)
    _, out, _ = newsdesk("list", "--format", "ndjson", "title:leaves")
    assert json.loads(out)["revision"] == 2


LONG = "The ferry came back to the pier at noon, with its flag torn and its passengers singing, and nobody could say why. "
PAGE = f"<html><body><div class='article'>{f'<p>{LONG}</p>' * 6}</div></body></html>"
COMMENTED = (
    '<rss version="2.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/"><channel><title>Post</title><item><title>Pier</title>'
    "<guid>p</guid><link>{server}/pier</link><description>Short.</description>"
    "<wfw:commentRss>{server}/pier/comments</wfw:commentRss></item>{more}</channel></rss>"
)


def thread(*said: str) -> bytes:
    items = (
        f"<item><guid>{i}</guid><title>By: Ada</title><description>{text}</description></item>" for i, text in enumerate(said)
    )
    return f"<rss version='2.0'><channel><title>C</title>{''.join(items)}</channel></rss>".encode()


def refresh(newsdesk: Command, now: str, *words: str) -> dict[str, Any]:
    code, out, err = newsdesk("refresh", "--json", "--now", now, *words)
    assert code == 0, err
    report: dict[str, Any] = json.loads(out)
    return report


def the_story(newsdesk: Command) -> dict[str, Any]:
    (story,) = (json.loads(line) for line in newsdesk("list", "title:pier", "--format", "ndjson")[1].splitlines())
    return dict(story)


def test_new_comments_come_though_neither_feed_nor_story_changed(
    newsdesk: Command, tmp_path: Path, server: str, pages: dict[str, bytes]
) -> None:
    pages["/rss"] = COMMENTED.format(server=server, more="").encode()
    pages["/pier/comments"] = thread("Lovely to see her back.")
    pages["/pier"] = PAGE.encode()
    (tmp_path / "config.toml").write_text(f'[[feeds]]\nurl = "{server}/rss"\nallow_private = true\nfull_text = true\n', "utf-8")
    first = refresh(newsdesk, "2026-03-12T09:00Z")
    assert [(row["kind"], row["new"], row["error"]) for row in first["sources"][:1]] == [("feed", 1, None)]
    assert {(row["kind"], row["new"]) for row in first["sources"][1:]} >= {("comments", 1)}
    pages["/pier/comments"] = thread("Lovely to see her back.", "What a dreadful service.")
    second = refresh(newsdesk, "2026-03-12T15:00Z")
    assert [(row["kind"], row["status"], row["new"]) for row in second["sources"]] == [
        ("feed", "unchanged", 0),
        ("comments", "updated", 1),
    ]
    story = the_story(newsdesk)
    assert [(c["text"], c["seen"]) for c in story["comments"]] == [
        ("Lovely to see her back.", "2026-03-12T09:00:00Z"),
        ("What a dreadful service.", "2026-03-12T15:00:00Z"),
    ]
    assert (story["mood"]["comments"], story["revision"]) == (2, 1)
    # Another item changes the feed: the story as the feed gives it has no comments, and keeps those that it has.
    pages["/rss"] = COMMENTED.format(server=server, more=ITEM.format(title="Storm", id=1, text="Waves.")).encode()
    pages["/pier/comments"] = thread("What a dreadful service.")
    third = refresh(newsdesk, "2026-03-13T20:00Z")
    assert third["stories"] == {"new": 1, "changed": 0, "total": 2}
    assert len(the_story(newsdesk)["comments"]) == 2
    pages["/rss"] = COMMENTED.format(server=server, more="").replace(">Pier<", ">Pier reopens<").encode()
    assert refresh(newsdesk, "2026-03-15T20:00Z")["stories"]["changed"] == 1
    story = the_story(newsdesk)
    assert (len(story["comments"]), story["revision"], story["mood"]["comments"]) == (2, 2, 2)


def test_show_follows_a_link_when_asked(newsdesk: Command, tmp_path: Path, server: str, pages: dict[str, bytes]) -> None:
    pages["/rss"] = COMMENTED.format(server=server, more="").encode()
    pages["/pier"] = PAGE.encode()
    configure(tmp_path, f"{server}/rss")
    newsdesk("refresh", "--quiet")
    story = the_story(newsdesk)
    assert story["body"] == ["Short."]
    pages["/pier/comments"] = thread("Welcome home!", "At last.")
    told = newsdesk("refresh", "--only", f"{server}/rss")[1].splitlines()
    assert told[:2] == ["1 source: 1 unchanged", "1 thread with 2 new comments read"]
    code, out, err = newsdesk("show", story["id"], "--fetch", "--format", "json")
    assert (code, err) == (0, "")
    (fetched,) = json.loads(out)["stories"]
    assert (len(fetched["body"]), fetched["revision"], fetched["id"]) == (6, 2, story["id"])
    assert [c["text"] for c in fetched["comments"]] == ["Welcome home!", "At last."]
    code, _, _ = newsdesk("refresh", "--quiet", "--only", f"{server}/rss")
    assert (code, the_story(newsdesk)["revision"]) == (0, 2), "the feed's short text is no new version"
    del pages["/pier"]
    code, out, err = newsdesk("show", story["id"], "--fetch", "--format", "json")
    assert (code, err) == (3, f"{server}/pier: the server answered 404\n")
    assert json.loads(out)["stories"][0]["body"] == fetched["body"]


def test_show_reads_the_thread_that_a_page_shows(
    newsdesk: Command, tmp_path: Path, server: str, pages: dict[str, bytes]
) -> None:
    readers = "".join(
        f'<li class="comment"><b>{who}</b> <time>12 March 2026, 13:{minute}</time><p>{text}</p><a href="#">Reply</a></li>'
        for who, minute, text in (("Ida Holm", "02", "Welcome home, I say."), ("Marek", "41", "Who pays for the coffee?"))
    )
    pages["/rss"] = COMMENTED.format(server=server, more="").replace("wfw:commentRss", "wfw:comment").encode()
    pages["/pier"] = PAGE.replace("</body>", f'<section id="comments"><h2>2 comments</h2>{readers}</section></body>').encode()
    configure(tmp_path, f"{server}/rss")
    newsdesk("refresh", "--quiet")
    for _ in range(2):  # a second look finds the same two
        code, out, _ = newsdesk("show", the_story(newsdesk)["id"], "--fetch", "--format", "json")
        told = [(comment["author"], comment["text"]) for comment in json.loads(out)["stories"][0]["comments"]]
        assert (code, told) == (0, [("Ida Holm", "Welcome home, I say."), ("Marek", "Who pays for the coffee?")])


def test_since_last_tells_the_differences_and_quiet_only_what_is_not_well(
    newsdesk: Command, tmp_path: Path, server: str, pages: dict[str, bytes]
) -> None:
    configure(tmp_path, f"{server}/rss")
    code, out, err = newsdesk("refresh", "--quiet", "--now", "2026-03-12T09:00Z")
    assert (code, out, err) == (0, "", "")
    good, pages["/rss"] = pages["/rss"], b"<html>down for repair</html>"
    code, out, err = newsdesk("refresh", "--quiet", "--now", "2026-03-14T09:00Z")
    assert (code, out) == (4, "")
    assert err.startswith(
        f"{server}/rss: this is a web page, not a feed; it names none; `newsdesk feeds discover --guess {server}/"
    )
    pages["/rss"] = good.replace(b"Storm 1", b"Hurricane 1")
    report = refresh(newsdesk, "2026-03-15T09:00Z", "--since-last")
    assert (report["arrived"], report["failing"], report["recovered"]) == ([], [], [f"{server}/rss"])
    assert [story["title"] for story in report["changed"]] == ["Hurricane 1 reaches Lisbon"]
    del pages["/rss"]
    text = newsdesk("refresh", "--since-last", "--now", "2026-03-18T09:00Z")[1]
    assert text.endswith(f"  {server}/rss fails now\n")
    code, out, err = newsdesk("refresh", "--quiet", "--now", "2026-03-18T09:01Z")
    assert (code, out, err) == (0, "", ""), "not asked again before its time"


def test_a_password_that_is_typed_is_not_said_again(newsdesk: Command, tmp_path: Path, server: str) -> None:
    configure(tmp_path)
    login = server.replace("//", "//ada:s3cret@")
    lines = (
        f"feeds add {login}/rss --allow-private --check",
        f"feeds add {login}/broken --allow-private --check",
        f"feeds add {login}/none --allow-private",
        f"feeds discover {login}/broken --allow-private",
        f"feeds discover {login}/none",
        f"feeds check {login}/rss {login}/none",
        f"feeds remove {login}/zork",
        f"feeds pause {login}/rss",
        f"refresh --only {login}/zork",
    )
    said = "".join(text for line in lines for text in newsdesk(*line.split())[1:])
    assert f"added {server.replace('//', '//ada@')}/rss" in said
    assert "s3cret" not in said
    assert "s3cret" in (tmp_path / "config.toml").read_text()


def test_a_password_is_in_no_report_no_list_and_no_story(newsdesk: Command, tmp_path: Path, server: str) -> None:
    configure(tmp_path, f"{server}/rss".replace("//", "//ada:s3cret@"), f"{server}/none".replace("//", "//t0ken@"))
    said = [newsdesk("refresh", "--json")]
    report = json.loads(said[0][1])
    assert [source["url"] for source in report["sources"]] == [f"{server}/rss".replace("//", "//ada@"), f"{server}/none"]
    words = (
        "feeds list --format json",
        "feeds list",
        "feeds check",
        "refresh --events",
        "list --format ndjson",
        "export is:unread",
        "doctor",
    )
    said += [newsdesk(*word.split()) for word in words]
    assert all("s3cret" not in text and "t0ken" not in text for _, *texts in said for text in texts)
    assert newsdesk("refresh", "--only", f"{server}/rss".replace("//", "//ada@"))[0] == 0
    assert newsdesk("refresh", "--only", f"{server}/rss".replace("//", "//ada:s3cret@"))[0] == 0, "as the settings have it"
    stored = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    assert not any(secret in stored for secret in (b"s3cret", b"t0ken"))
