"""`feeds`: into and out of the settings, their health, asking them, OPML, and the feeds of a page."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from fetchers.feeds.page_links import read_links
from newsdesk.archive.rows import SourceState
from newsdesk.commands.feeds.named import find_feed
from newsdesk.config import Feed, load_config
from newsdesk.desk import Desk
from newsdesk.errors import UsageError
from newsdesk.paths import find_paths
from newsdesk.ports import FoundFeed
from tests.cli.conftest import Run
from tests.fakes.server import Server, answer, serving

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title><link>https://h.example/</link>
<item><title>Pier opens</title><link>https://h.example/1</link><guid>1</guid></item>
<item><title>Pier closes</title><link>https://h.example/2</link><guid>2</guid></item></channel></rss>"""
PAGE = b"""<html><head><base href="/news/">
<link rel="Alternate" type="application/rss+xml" title="All &amp; more" href="all.rss">
<link rel="alternate" type="application/atom+xml; charset=utf-8" href="/atom">
<link rel="alternate" type="application/feed+json" href="/feed.json"><link rel="alternate" hreflang="de" href="/de">
<link rel="stylesheet" type="application/rss+xml" href="/no"><link rel="alternate" type="application/rss+xml" href="all.rss">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"></head><body>Hi</body></html>"""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server in a thread of its own, since a command has the event loop of this one."""
    plays = {
        "/rss": answer(RSS, content_type="application/rss+xml"),
        "/rss.xml": answer(RSS, content_type="application/rss+xml"),
        "/page": answer(PAGE, content_type="text/html"),
        "/bare": answer(b"<html><body>Nothing</body></html>", content_type="text/html; charset=utf-8"),
        "/gone": answer(b"", "410 Gone"),
    }
    plays |= {f"/{path}": answer(b"", "404 Not Found") for path in ("feed", "atom.xml", "feed.xml", "index.xml", "feed.json")}
    started, ended = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()
    held: list[Server] = []

    async def play() -> None:
        async with serving(plays) as running:
            held.append(running)
            started.set()
            await ended.wait()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()

    thread = threading.Thread(target=loop.run_until_complete, args=(play(),))
    thread.start()
    assert started.wait(10)
    yield held[0]
    loop.call_soon_threadsafe(ended.set)
    thread.join(10)
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    path.write_text('seeds = []  # none\n\n[[feeds]]\nurl = "https://one.example/rss"\ntitle = "One"\ntags = ["wires"]\n')
    monkeypatch.setenv("NEWSDESK_CONFIG", str(path))
    return path


def test_add_writes_what_was_asked_and_remove_takes_it_back(newsdesk: Run, config: Path) -> None:
    before = config.read_bytes()
    words = ("--title", "Two", "--tag", "a", "--tag", "b", "--every", "2h", "--outlet-country", "gb", "--full-text")
    done = newsdesk("feeds", "add", "https://two.example/rss", *words, "--no-comments")
    assert (done.code, done.text) == (0, "added https://two.example/rss\n")
    assert config.read_bytes().startswith(before)
    two = Feed("https://two.example/rss", "Two", ("a", "b"), "GB", True, False, False, "2h")
    assert load_config(config, {}).feeds[1:] == (two,)
    done = newsdesk("feeds", "remove", "http://www.two.example/rss/")
    assert (done.code, done.text) == (0, "removed https://two.example/rss\n")
    assert config.read_bytes() == before


def test_add_makes_the_settings_where_there_are_none(newsdesk: Run) -> None:
    assert newsdesk("feeds", "add", "https://two.example/rss").code == 0
    assert [json.loads(line)["url"] for line in newsdesk("feeds", "list", "--format", "ndjson").out.splitlines()] == [
        "https://two.example/rss"
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["add", "http://www.one.example/rss/"], "https://one.example/rss: this feed is in the settings already"),
        (["add", "file:///etc/passwd"], "must be a web address"),
        (["add", "one.example"], "must be a web address"),
        (["add", "https://"], "must be a web address"),
        (["add", "exec:ls"], "written into the settings by hand"),
        (["add", "https://x.example/\x1b[2J"], "must be a web address"),
        (["add", "https://x.example/", "--every", "soon"], "every: must be an age"),
        (["add", "https://x.example/", "--outlet-country", "UKR"], "outlet-country: must be a country's two letters"),
        (["add", "https://x.example/", "--guess"], "--guess does not go with feeds add"),
        (["add"], "feeds add takes one address or file"),
        (["list", "x"], "feeds list takes nothing more"),
        (["remove", "https://one.example/rsss"], "did you mean https://one.example/rss?"),
        (["remove", "One", "nothing"], "nothing: no such feed in the settings; newsdesk feeds list tells what there is"),
        (["pause", "on"], "on: no such feed in the settings; did you mean One?"),
        (["import", "no.opml"], "no.opml: No such file or directory"),
        (["frobnicate"], "invalid choice"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_changed(newsdesk: Run, config: Path, words: list[str], told: str) -> None:
    before = config.read_bytes()
    done = newsdesk("feeds", *words)
    assert (done.code, done.out) == (2, b"")
    assert told in done.told
    assert b"\x1b" not in done.err
    assert config.read_bytes() == before


def test_a_feed_is_meant_by_the_title_that_it_has_by_itself() -> None:
    feeds = [Feed("https://a.example/", title="One"), Feed("https://b.example/"), Feed("https://c.example/")]
    titles = {"https://b.example/": "Harbour Wire", "https://c.example/": "Harbour Sport"}
    assert find_feed(feeds, "harbour wire", titles) == 1
    with pytest.raises(UsageError, match=r"did you mean Harbour Wire or Harbour Sport\?"):
        find_feed(feeds, "harbour", titles)


def test_list_tells_health(newsdesk: Run, config: Path) -> None:
    for url in ("https://two.example/rss", "https://three.example/rss", "https://four.example/rss"):
        assert newsdesk("feeds", "add", url).code == 0
    with Desk.open(find_paths(dict(NEWSDESK_CONFIG=str(config), **_xdg(config)), None, None)) as desk:
        due = {"due": "2026-03-01T11:00:00Z"}
        desk.set_source_state(SourceState("https://one.example/rss", succeeded="2026-03-01T10:00:00Z", detail=due))
        desk.set_source_state(
            SourceState(
                "https://two.example/rss",
                succeeded="2026-02-27T10:00:00Z",
                failed="2026-03-01T10:00:00Z",
                error="the server answered 500",
                detail={**due, "failures": 3, "http": 500, "hub": "https://hub.example/", "topic": "https://two.example/rss"},
            )
        )
        desk.set_source_state(SourceState("https://three.example/rss", error="gone (410)", detail={**due, "gone": True}))
    done = newsdesk("feeds", "list")
    assert done.code == 0
    assert "   " not in done.text, "one long fault pushes nothing to the right"
    assert [" ".join(line.split()) for line in done.text.splitlines()] == [
        "✓ 2026-03-01 10:00 One https://one.example/rss wires next 2026-03-01 11:00",
        "✗ the server answered 500 (3 times) https://two.example/rss next 2026-03-01 11:00",
        "✗ gone (410) https://three.example/rss never again",
        "never asked https://four.example/rss",
    ]
    rows = json.loads(newsdesk("feeds", "list", "--format", "json").out)
    assert rows["version"] == 1
    assert rows["feeds"][1] == {
        "id": "https://two.example/rss",
        "url": "https://two.example/rss",
        "title": None,
        "kind": "feed",
        "tags": [],
        "last_success": "2026-02-27T10:00:00Z",
        "last_failure": "2026-03-01T10:00:00Z",
        "last_error": "the server answered 500",
        "failures": 3,
        "next_try": "2026-03-01T11:00:00Z",
        "interval_s": 3600,
        "http": 500,
        "gone": False,
        "stories": 0,
        "address": None,
        "hub": "https://hub.example/",
        "topic": "https://two.example/rss",
        "paused": False,
    }
    assert (rows["feeds"][2]["next_try"], rows["feeds"][2]["gone"]) == (None, True)
    assert newsdesk("feeds", "list", "--format", "ndjson").lines() == rows["feeds"]


def _xdg(config: Path) -> dict[str, str]:
    return {f"XDG_{name}_HOME": str(config.parent / "xdg" / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}


def test_check_asks_and_keeps_nothing(newsdesk: Run, server: Server, tmp_path: Path) -> None:
    well, gone = server.url("/rss"), server.url("/gone")
    done = newsdesk("feeds", "check", well, "--allow-private")
    assert (done.code, done.text) == (0, f"✓  {well}  2 stories\n")
    done = newsdesk("feeds", "check", well, gone, "--allow-private", "--format", "ndjson")
    assert done.code == 3
    assert [(row["url"], row["well"], row["http"], row["stories"]) for row in done.lines()] == [
        (well, True, 200, 2),
        (gone, False, 410, 0),
    ]
    done = newsdesk("feeds", "check", well)
    assert done.code == 4, "a private address has to be allowed"
    assert done.text.startswith(f"✗  {well}  ")
    assert "--allow-private allows it" in done.text
    done = newsdesk("feeds", "add", well, "--check")
    assert (done.code, done.text) == (4, "")
    assert "is a private address; --allow-private allows it; not added" in done.told
    assert not (tmp_path / "xdg" / "data" / "newsdesk" / "archive.sqlite3").exists()
    assert newsdesk("feeds", "check").code == 0


def test_check_without_addresses_asks_all_as_they_are_set(newsdesk: Run, server: Server) -> None:
    assert newsdesk("feeds", "add", server.url("/rss"), "--allow-private", "--check").code == 0
    assert newsdesk("feeds", "add", server.url("/gone"), "--allow-private", "--check").code == 4
    done = newsdesk("feeds", "check")
    assert (done.code, done.text) == (0, f"✓  {server.url('/rss')}  2 stories\n")
    done = newsdesk("feeds", "check", server.url("/rss"))
    assert done.code == 0, "it is allowed in the settings"
    assert "newsdesk/" in server.seen[-1].headers["user-agent"]


def test_import_and_export(newsdesk: Run, config: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.opml"
    path.write_text(
        '<opml><body><outline text="Ports"><outline text="Q &amp; A" xmlUrl="https://q.example/rss"/>\n'
        '<outline text="bad" xmlUrl="exec:rm"/></outline><outline text="1" xmlUrl="http://one.example/rss"/></body></opml>'
    )
    done = newsdesk("feeds", "import", str(path))
    assert (done.code, done.text) == (3, "1 added, 1 there already\n")
    assert done.told == f"{path}: line 2: not a web address: exec:rm\n"
    feeds = load_config(config, {}).feeds
    assert feeds[1:] == (Feed("https://q.example/rss", title="Q & A", tags=("Ports",)),)
    with config.open("a") as file:
        file.write('[[feeds]]\nurl = ["exec:", "cat", "x"]\n')
    done = newsdesk("feeds", "export")
    assert done.code == 0
    assert "1 left out" in done.told
    assert b"exec" not in done.out
    path.write_bytes(done.out)
    config.write_text("")
    assert newsdesk("feeds", "import", str(path)).text == "2 added, 0 there already\n"
    assert set(load_config(config, {}).feeds) == set(feeds)
    again = config.read_bytes()
    assert newsdesk("feeds", "import", str(path)).text == "0 added, 2 there already\n"
    assert config.read_bytes() == again


def test_feeds_that_differ_in_who_logs_in_are_not_taken_for_one_another(
    newsdesk: Run, server: Server, config: Path, tmp_path: Path
) -> None:
    ann, bob = (server.url("/rss").replace("//", f"//{login}@") for login in ("ann:a-secret", "bob:b-secret"))
    assert newsdesk("feeds", "add", ann, "--allow-private").code == 0
    assert newsdesk("feeds", "add", bob, "--allow-private").code == 0
    assert newsdesk("feeds", "add", bob.replace("b-secret", "other")).code == 2
    done = newsdesk("feeds", "check", ann)
    assert (done.code, done.text) == (0, f"✓  {Feed(ann).id}  2 stories\n")
    assert server.seen[-1].headers["authorization"] == "Basic YW5uOmEtc2VjcmV0"
    done = newsdesk("feeds", "export")
    listed = tmp_path / "mine.opml"
    listed.write_bytes(done.out)
    assert done.text.count("secret") == 2, "an address has to hold it, a name has not"
    assert newsdesk("feeds", "remove", bob).text == f"removed {Feed(bob).id}\n"
    assert [feed.url for feed in load_config(config, {}).feeds[1:]] == [ann]
    assert newsdesk("feeds", "import", str(listed)).text == "1 added, 2 there already\n"
    assert load_config(config, {}).feeds[-1] == Feed(bob)


def test_import_of_what_holds_nothing_fails(newsdesk: Run, config: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.opml"
    path.write_text('<!DOCTYPE opml [<!ENTITY a "b">]><opml><outline xmlUrl="https://q.example/&a;"/></opml>')
    before = config.read_bytes()
    assert newsdesk("feeds", "import", str(path)).code == 4
    path.write_text("hello")
    assert newsdesk("feeds", "import", str(path)).code == 4
    assert config.read_bytes() == before
    path.write_text("<opml><body/></opml>")
    assert newsdesk("feeds", "import", str(path)).code == 0


def test_discover(newsdesk: Run, server: Server) -> None:
    done = newsdesk("feeds", "discover", server.url("/page"), "--allow-private", "--format", "ndjson")
    assert done.code == 0
    assert done.lines() == [
        {"url": server.url("/news/all.rss"), "title": "All & more", "kind": "rss"},
        {"url": server.url("/atom"), "title": None, "kind": "atom"},
        {"url": server.url("/feed.json"), "title": None, "kind": "json"},
    ]
    assert [request.path for request in server.seen] == ["/page"]
    done = newsdesk("feeds", "discover", server.url("/rss"), "--allow-private")
    assert done.text == f"{server.url('/rss')}  rss  Harbour Post\n"
    done = newsdesk("feeds", "discover", server.url("/bare"), "--allow-private")
    assert (done.code, done.out) == (0, b"")
    assert "names no feed; --guess" in done.told
    done = newsdesk("feeds", "discover", server.url("/bare"), "--allow-private", "--guess")
    assert {line.split()[0] for line in done.text.splitlines()} == {server.url("/rss"), server.url("/rss.xml")}
    assert newsdesk("feeds", "discover", server.url("/gone"), "--allow-private").code == 4
    assert newsdesk("feeds", "discover", server.url("/page")).code == 4


@pytest.mark.parametrize("data", [b"", b"\x00\xff", b"<" * 10_000, b"<div>" * 100_000, b'<link rel="alternate" type="x">'])
def test_a_page_of_any_bytes_has_no_feeds(data: bytes) -> None:
    assert read_links(data, "https://x.example/", "no-such-charset") == ()


def test_links_take_the_declared_charset() -> None:
    page = '<link rel=alternate type="application/rss+xml" title="Żółw" href="https://x.example/rss">'.encode("iso-8859-2")
    assert read_links(page, "https://x.example/", "iso-8859-2") == (FoundFeed("https://x.example/rss", "Żółw", "rss"),)


def test_a_feed_is_paused_listed_as_such_resumed_and_undone(newsdesk: Run, config: Path) -> None:
    before = config.read_bytes()
    done = newsdesk("feeds", "pause", "http://one.example/rss/")
    assert (done.code, done.text) == (0, "paused https://one.example/rss\n")
    assert newsdesk("feeds", "pause", "One").text == "https://one.example/rss is paused already\n"
    assert newsdesk("feeds", "list").text.rstrip().endswith("paused")
    assert "One: paused; newsdesk feeds resume https://one.example/rss" in newsdesk("doctor").text
    assert newsdesk("feeds", "resume", "One").text == "resumed https://one.example/rss\n"
    assert newsdesk("feeds", "resume", "One").text == "https://one.example/rss is not paused\n"
    assert "resumed “https://one.example/rss”" in newsdesk("undo").text
    assert [json.loads(line)["paused"] for line in newsdesk("feeds", "list", "--format", "ndjson").out.splitlines()] == [True]
    assert newsdesk("feeds", "pause", "https://two.example/").code == 2
    assert config.read_bytes() == before
    newsdesk("feeds", "remove", "One")
    newsdesk("feeds", "add", "https://one.example/rss")
    assert [json.loads(line)["paused"] for line in newsdesk("feeds", "list", "--format", "ndjson").out.splitlines()] == [False]


def test_on_a_terminal_a_feeds_fault_is_whole_at_eighty_cells(
    newsdesk: Run, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = "this is a web page, not a feed; newsdesk feeds discover finds those of a page"
    with Desk.open(find_paths(dict(NEWSDESK_CONFIG=str(config), **_xdg(config)), None, None)) as desk:
        detail = {"due": "2026-03-01T11:00:00Z", "failures": 2}
        desk.set_source_state(SourceState("https://one.example/rss", error=fault, detail=detail))
    monkeypatch.setattr("newsdesk.commands.console._is_terminal", lambda stream: True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    first, *rest = newsdesk("feeds", "list").text.splitlines()
    assert first.split() == ["✗", "One", "https://one.example/rss", "wires", "next", "2026-03-01", "11:00"]
    assert " ".join(" ".join(rest).split()) == f"{fault} (2 times)"
    assert all(len(line) <= 80 for line in (first, *rest))
