"""A feed asked over real sockets: conditional requests, every status, moves, pages and threads behind the stories."""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from fetchers.feeds.reader import SILENCES, Reader
from fetchers.feeds.wire import CUT
from fetchers.http import Limits
from newsdesk.config import Feed
from newsdesk.ports import FeedAnswer
from tests.fakes.server import Request, Server, answer, redirect, serving, silent

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


def rss(*items: str, head: str = "") -> bytes:
    names = 'xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    return f'<rss version="2.0" {names}><channel><title>Post</title>{head}{"".join(items)}</channel></rss>'.encode()


def item(name: str, text: str = "Short text.", more: str = "") -> str:
    head = f"<title>Story {name}</title><guid>{name}</guid><link>/{name}</link>"
    return f"<item>{head}<description>{text}</description>{more}</item>"


@asynccontextmanager
async def reading(**threads: tuple[str, ...]) -> AsyncIterator[Reader]:
    async with Reader("newsdesk/test", Limits(deadline_s=60), threads=threads) as reader:
        yield reader


def feed_of(server: Server, path: str = "/rss", **more: object) -> Feed:
    return Feed(url=server.url(path), allow_private=True, **more)  # type: ignore[arg-type]


async def test_validators_come_back_and_a_304_is_unchanged() -> None:
    async def conditional(request: Request, writer: asyncio.StreamWriter) -> None:
        known = request.headers.get("if-none-match") == '"1"'
        await (answer(status="304 Not Modified") if known else answer(rss(item("a")), ETag='"1"'))(request, writer)

    async with serving({"/rss": conditional}) as server, reading() as reader:
        first = await reader.read(feed_of(server), None, NOW)
        second = await reader.read(feed_of(server), first.memory, NOW, force=True)
        third = await reader.read(feed_of(server), second.memory, NOW, force=True)
    assert (first.status, first.http, len(first.stories)) == ("updated", 200, 1)
    assert [(a.status, a.http) for a in (second, third)] == [("unchanged", 304)] * 2
    json.dumps(third.memory)


async def test_the_same_bytes_without_validators_are_unchanged_too() -> None:
    async with serving({"/rss": answer(rss(item("a")))}) as server, reading() as reader:
        first = await reader.read(feed_of(server), None, NOW)
        second = await reader.read(feed_of(server), first.memory, NOW, force=True)
    assert (first.status, second.status) == ("updated", "unchanged")


async def test_a_feed_that_is_not_due_is_not_asked_unless_a_person_wants_it() -> None:
    async with serving({"/rss": answer(rss(item("a")))}) as server, reading() as reader:
        first = await reader.read(feed_of(server), None, NOW)
        early = await reader.read(feed_of(server), first.memory, NOW + timedelta(minutes=1))
        due = await reader.read(feed_of(server), first.memory, NOW + timedelta(days=2))
    assert (early.status, early.error) == ("skipped", "not due yet")
    assert due.status == "unchanged"
    assert len(server.seen) == 2


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("401 X", "password"),
        ("403 X", "refuses"),
        ("404 X", "no feed"),
        ("407 X", "proxy"),
        ("410 X", "gone"),
        ("500 X", "500"),
        ("418 X", "418"),
    ],
)
async def test_a_refusal_is_a_failure_in_words(status: str, word: str) -> None:
    async with serving({"/rss": answer(status=status)}) as server, reading() as reader:
        got = await reader.read(feed_of(server), None, NOW)
        again = await reader.read(feed_of(server), got.memory, NOW + timedelta(days=30))
    assert (got.status, got.http) == ("failed", int(status[:3]))
    assert word in str(got.error)
    assert again.status == ("skipped" if status.startswith("410") else "failed")


async def test_retry_after_holds_for_the_whole_host_and_over_restarts() -> None:
    plays = {"/rss": answer(status="429 Slow", retry_after="3600"), "/other": answer(rss(item("b")))}
    async with serving(plays) as server:
        async with reading() as reader:
            got = await reader.read(feed_of(server), None, NOW)
            other = await reader.read(feed_of(server, "/other"), None, NOW, force=True)
        async with reading() as reader:
            later = await reader.read(feed_of(server), got.memory, NOW + timedelta(minutes=59), force=True)
            after = await reader.read(feed_of(server), got.memory, NOW + timedelta(minutes=61), force=True)
    assert (got.status, got.retry_after) == ("failed", "2026-03-12T10:30:00Z")
    assert [other.status, later.status, after.status] == ["skipped", "skipped", "failed"]
    assert other.retry_after == later.retry_after == "2026-03-12T10:30:00Z"  # the host's time, sooner than any feed's own


async def test_who_asks_to_slow_down_is_not_asked_for_other_feeds_in_the_same_refresh() -> None:
    plays = {"/rss": answer(status="429 Slow"), "/other": answer(rss(item("b")))}
    async with serving(plays) as server:
        async with reading() as reader:
            got = await reader.read(feed_of(server), None, NOW)
            other = await reader.read(feed_of(server, "/other"), None, NOW, force=True)
        async with reading() as reader:
            reader.recall(got.memory)
            later = await reader.read(feed_of(server, "/other"), other.memory, NOW)
    assert (got.status, got.retry_after, other.status, later.status) == ("failed", None, "skipped", "updated")
    assert len(server.seen) == 2


async def test_a_feed_that_moved_to_another_server_keeps_no_place_at_its_first_one() -> None:
    limits = Limits(deadline_s=60, per_host=1)
    async with serving({"/rss": silent()}) as there, Reader("newsdesk/test", limits) as reader:
        plays = {"/moved": redirect(there.url("/rss")), "/rss": answer(rss(item("a")))}
        async with serving(plays) as here:
            moved = asyncio.create_task(reader.read(feed_of(here, "/moved"), None, NOW))
            await there.asked(1)
            async with asyncio.timeout(20):
                assert (await reader.read(feed_of(here), None, NOW)).status == "updated"
            moved.cancel()
            await asyncio.gather(moved, return_exceptions=True)


async def test_a_feed_that_waits_for_its_turn_hears_what_the_one_before_was_told() -> None:
    plays = {f"/{number}": answer(status="429 Slow", retry_after="3600") for number in range(20)}
    async with serving(plays) as server, reading() as reader:
        got = await asyncio.gather(*(reader.read(feed_of(server, path), None, NOW) for path in plays))
    assert len(server.seen) == 2, "as many as may be asked at once"
    assert [one.status for one in got].count("skipped") == 18
    assert {one.retry_after for one in got} == {"2026-03-12T10:30:00Z"}


async def test_a_host_that_answers_nobody_does_not_keep_a_refresh_for_all_of_its_feeds() -> None:
    plays = {f"/{number}": silent() for number in range(12)}
    async with serving(plays) as server, Reader("newsdesk/test", Limits(deadline_s=0.2)) as reader:
        got = await asyncio.gather(*(reader.read(feed_of(server, path), None, NOW) for path in plays))
        assert len(server.seen) <= SILENCES + 1, "one more may have been under way"
        assert {one.status: one.error for one in got}["skipped"] == "its host does not answer now"
        assert all(not (one.memory or {}).get("failures") for one in got if one.status == "skipped")
        later = await reader.read(feed_of(server, "/13"), None, NOW, force=True)
    assert later.status == "skipped"


async def test_no_wish_holds_that_was_heard_while_the_clock_was_wrong() -> None:
    async with serving({"/rss": answer(status="429 Slow", retry_after="3600")}) as server:
        async with reading() as reader:
            got = await reader.read(feed_of(server), None, NOW + timedelta(days=3650))
        async with reading() as reader:
            reader.recall(got.memory)
            again = await reader.read(feed_of(server), got.memory, NOW)
    assert [got.status, again.status] == ["failed", "failed"]


async def test_the_time_of_the_next_try_is_never_past() -> None:
    quiet = b"<rss><channel><skipHours><hour>9</hour></skipHours><item><title>One</title></item></channel></rss>"
    async with serving({"/rss": answer(quiet)}) as server, reading() as reader:
        got = await reader.read(feed_of(server), None, NOW - timedelta(days=3))
        again = await reader.read(feed_of(server), got.memory, NOW)
    assert (again.status, again.error, again.retry_after) == ("skipped", "not due yet", "2026-03-12T10:00:00Z")


async def test_a_move_is_believed_the_third_time() -> None:
    plays = {"/rss": redirect("/new"), "/new": answer(rss(item("a")))}
    async with serving(plays) as server, reading() as reader:
        memory, moves = None, []
        for _ in range(3):
            got = await reader.read(feed_of(server), memory, NOW, force=True)
            memory = got.memory
            moves.append(got.moved_to)
        assert moves == [None, None, server.url("/new")]


async def test_a_moved_feed_is_the_same_source_to_its_stories() -> None:
    plays = {"/rss": redirect("/new"), "/new": answer(rss(item("a")))}
    async with serving(plays) as server, reading() as reader:
        memory = None
        for _ in range(3):
            memory = (await reader.read(feed_of(server), memory, NOW, force=True)).memory
        server.plays["/new"] = answer(rss(item("b"), item("a")))
        got = await reader.read(feed_of(server), memory, NOW, force=True)
        assert server.seen[-1].path == "/new"
        assert [(story.origins[0].feed, story.url) for story in got.stories] == [
            (server.url("/rss"), server.url("/b")),
            (server.url("/rss"), server.url("/a")),
        ]


@pytest.mark.parametrize("lost", [1, 8, 9])
async def test_a_coding_that_lacks_its_end_around_a_whole_feed_is_read(lost: int) -> None:
    packed = gzip.compress(rss(item("a")) + b"\n" * 40)
    async with serving({"/rss": answer(packed[:-lost], content_encoding="gzip")}) as server, reading() as reader:
        got = await reader.read(feed_of(server), None, NOW)
    assert (got.status, [story.title for story in got.stories]) == ("updated", ["Story a"])


@pytest.mark.parametrize(
    ("last", "error", "titles"),
    [("item", CUT, ["Story a"]), ("nothing", "the answer was cut off", [])],
    ids=["ends within a story", "ends between two"],
)
async def test_half_a_feed_is_not_taken_for_the_whole_one(last: str, error: str, titles: list[str]) -> None:
    text = "".join(str(number * 7919) for number in range(900))
    packed = gzip.compress(rss(item("a"), item("b", text).replace("item>", f"{last}>")))
    async with serving({"/rss": answer(packed[:-99], content_encoding="gzip", etag='"1"')}) as server, reading() as reader:
        got = await reader.read(feed_of(server), None, NOW)
    assert (got.status, got.error, got.http) == ("failed", error, 200)
    assert [story.title for story in got.stories] == titles
    assert isinstance(got.memory, dict)
    assert "etag" not in got.memory


async def test_a_broken_feed_that_has_its_end_came_whole() -> None:
    packed = gzip.compress(rss(item("a")).replace(b"Story a", b"Story & a") + b"\n" * 40)
    async with serving({"/rss": answer(packed[:-8], content_encoding="gzip")}) as server, reading() as reader:
        got = await reader.read(feed_of(server), None, NOW)
    assert (got.status, [story.title for story in got.stories]) == ("updated", ["Story & a"])


async def test_of_a_feed_that_ends_in_a_story_those_before_it_are_taken_and_it_is_read_again() -> None:
    whole = rss(item("a"), item("b"), item("c"))
    cut = whole[: whole.index(b"Story c") + 5]
    async with serving({"/rss": answer(cut, etag='"1"')}) as server, reading() as reader:
        memory: object = None
        for _ in range(6):
            got = await reader.read(feed_of(server), memory, NOW, force=True)
            memory = got.memory
            assert (got.status, got.error, got.http) == ("failed", CUT, 200)
            assert [story.title for story in got.stories] == ["Story a", "Story b"]
        assert isinstance(memory, dict)
        assert "etag" not in memory
        assert NOW < datetime.fromisoformat(memory["due"]) <= NOW + timedelta(hours=1)
        server.plays["/rss"] = answer(whole)
        got = await reader.read(feed_of(server), memory, NOW, force=True)
    assert (got.status, len(got.stories)) == ("updated", 3)


async def test_what_is_no_feed_fails_with_the_reason_and_is_asked_later() -> None:
    async with (
        serving({"/rss": answer(b"<html><body>Hello</body></html>", content_type="text/html")}) as server,
        reading() as reader,
    ):
        got = await reader.read(feed_of(server), None, NOW)
    assert got.status == "failed"
    assert "discover" in str(got.error)
    assert isinstance(got.memory, dict)
    assert got.memory["failures"] == 1


LONG = "The ferry came back to the pier at noon, with its flag torn and its passengers singing, and nobody could say why. "


async def test_full_text_is_fetched_once_for_each_new_story() -> None:
    page = f"<html><body><div class='article'>{f'<p>{LONG}</p>' * 6}</div></body></html>".encode()
    plays = {
        "/rss": answer(rss(item("a"))),
        "/more": answer(rss(item("b"), item("a"))),
        "/a": answer(page, content_type="text/html"),
        "/b": answer(status="404 Not Found"),
        "/robots.txt": answer(status="404 Not Found"),
    }
    async with serving(plays) as server, reading() as reader:
        first = await reader.read(feed_of(server, full_text=True), None, NOW)
        second = await reader.read(feed_of(server, "/more", full_text=True), first.memory, NOW, force=True)
    assert len(first.stories[0].body) == 6
    assert [(part.kind, part.error) for part in second.parts] == [("article", "the server answered 404")]
    assert [(story.title, story.body) for story in second.stories] == [("Story b", ("Short text.",))]
    assert [request.path for request in server.seen].count("/a") == 1


async def test_threads_are_read_when_their_count_grew() -> None:
    talk = rss(*(f"<item><guid>{i}</guid><author>r{i}</author><description>Comment {i}</description></item>" for i in range(2)))

    def with_count(count: int) -> bytes:
        return rss(item("a", more=f"<wfw:commentRss>/a/feed</wfw:commentRss><slash:comments>{count}</slash:comments>"))

    plays = {"/rss": answer(with_count(2)), "/same": answer(with_count(2) + b" "), "/a/feed": answer(talk)}
    async with serving(plays) as server, reading() as reader:
        first = await reader.read(feed_of(server), None, NOW)
        second = await reader.read(feed_of(server, "/same"), first.memory, NOW + timedelta(days=1))
    (said,) = first.discussions
    assert [(c.author, c.text) for c in said.comments] == [("r0", "Comment 0"), ("r1", "Comment 1")]
    assert (said.item_id, said.thread, first.stories[0].comments) == ("a", server.url("/a/feed"), ())
    assert [part.kind for part in first.parts] == ["comments"]
    assert (second.status, second.parts) == ("updated", ())


async def test_a_thread_server_of_ones_own_is_asked_by_its_address() -> None:
    topic = {"post_stream": {"posts": [{"post_number": 2, "username": "al", "cooked": "<p>Good</p>"}]}}
    async with serving({}) as server, reading(discourse=(server.url("/"),)) as reader:
        server.plays |= {
            "/rss": answer(rss(f"<item><title>T</title><guid>x</guid><link>{server.url('/t/pier/42')}</link></item>")),
            "/t/42.json": answer(json.dumps(topic).encode()),
        }
        got = await reader.read(feed_of(server), None, NOW)
    assert [[c.text for c in said.comments] for said in got.discussions] == [["Good"]]
    assert got.discussions[0].whole


async def program(*arguments: str) -> FeedAnswer:
    async with reading() as reader:
        return await reader.read(Feed(url=("exec:", *arguments)), None, NOW)


async def test_a_program_of_the_persons_own_configuration_prints_a_feed() -> None:
    script = f"import sys; sys.stdout.buffer.write({rss(item('a'))!r})"
    got = await program(sys.executable, "-c", script)
    assert (got.status, [story.title for story in got.stories]) == ("updated", ["Story a"])
    for arguments in (["/no/such/program"], [sys.executable, "-c", "import sys; sys.exit(3)"], []):
        failed = await program(*arguments)
        assert failed.status == "failed"
        assert failed.error


async def test_a_program_that_fails_is_told_with_its_last_words() -> None:
    script = "import sys; sys.stderr.write('x' * 300_000 + '\\nTraceback\\n\\x07no such mailbox: ports\\n\\n'); sys.exit(3)"
    got = await program(sys.executable, "-c", script)
    assert got.error is not None
    assert got.error.endswith("ended with exit code 3: no such mailbox: ports")
    got = await program(sys.executable, "-c", "import sys; print('none', file=sys.stderr); sys.exit('x' * 5000)")
    assert got.error is not None
    assert got.error.endswith(f"ended with exit code 1: {'x' * 200}")


async def test_a_program_is_stopped_at_its_deadline_and_past_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fetchers.feeds.program.LIMIT", 1000)
    got = await program(sys.executable, "-c", "import sys; sys.stdout.write('x' * 10_000_000)")
    assert "and was stopped" in str(got.error)
    monkeypatch.setattr("fetchers.feeds.program.DEADLINE_S", 0.05)
    got = await program(sys.executable, "-c", "import threading; threading.Event().wait()")
    assert "more than 0.05 seconds" in str(got.error)


async def test_what_a_program_prints_names_no_program() -> None:
    links = "<link>exec:rm</link><wfw:commentRss>exec:rm</wfw:commentRss>"
    said = rss(f"<item><title>a</title><guid>1</guid>{links}</item>")
    script = f"import sys; sys.stdout.buffer.write({said!r})"
    got = await program(sys.executable, "-c", script)
    assert (got.status, got.stories[0].url, got.parts) == ("updated", None, ())
