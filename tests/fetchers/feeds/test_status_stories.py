"""What servers answer, request by request, and what a feed's next request is like: each story over real sockets, with a new
reader for every request, so that all of it survives a restart."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from fetchers.feeds.reader import Reader
from fetchers.feeds.schedule import Memory
from fetchers.http import Limits
from newsdesk.config import Feed
from newsdesk.model import Json
from tests.fakes.server import Play, answer, in_turn, redirect, serving

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)  # a Thursday
ITEM = "<item><title>Pier opens</title><guid>1</guid><link>/1</link></item>"
WFW = "http://wellformedweb.org/CommentAPI/"
TAG, DAY = '"v1"', "Thu, 12 Mar 2026 08:00:00 GMT"


def rss(head: str = "", item: str = ITEM) -> bytes:
    return f'<rss version="2.0"><channel><title>Post</title>{head}{item}</channel></rss>'.encode()


def ok(head: str = "", **headers: str) -> Play:
    return answer(rss(head), content_type="application/rss+xml", **headers)


def status(line: str, **headers: str) -> Play:
    return answer(status=line, **headers)


def moved(to: str, line: str = "301 Moved Permanently") -> Play:
    return redirect(to, line)


@dataclass(frozen=True)
class Step:
    """One refresh, `at_h` hours after the first. `sent` are headers that the request has (None: has not), `due_h` the least and
    most hours until the next, `asked` the path of the request, None where there is none."""

    at_h: float
    status: str
    http: int | None = 200
    sent: dict[str, str | None] = field(default_factory=dict)
    due_h: tuple[float, float] | None = None
    asked: str | None = "/rss"
    error: str = ""
    force: bool = False


def skipped(at_h: float, *, error: str = "", force: bool = False) -> Step:
    """One for which nothing was asked."""
    return Step(at_h, "skipped", None, asked=None, error=error, force=force)


FRESH = Step(0, "updated")
BARE: dict[str, str | None] = {"if-none-match": None, "if-modified-since": None}
BOTH: dict[str, str | None] = {"if-none-match": TAG, "if-modified-since": DAY}

STORIES: dict[str, tuple[dict[str, Play], list[Step]]] = {
    "an ETag comes back": (
        {"/rss": in_turn(ok(ETag=TAG), status("304 X"))},
        [Step(0, "updated", sent=BARE), Step(48, "unchanged", 304, {"if-none-match": TAG, "if-modified-since": None})],
    ),
    "Last-Modified comes back": (
        {"/rss": in_turn(ok(Last_Modified=DAY), status("304 X"))},
        [FRESH, Step(48, "unchanged", 304, {"if-none-match": None, "if-modified-since": DAY})],
    ),
    "a 304 that names neither keeps both": (
        {"/rss": in_turn(ok(ETag=TAG, Last_Modified=DAY), status("304 X"))},
        [FRESH, Step(48, "unchanged", 304, BOTH), Step(96, "unchanged", 304, BOTH)],
    ),
    "a 304 with another ETag renews it": (
        {"/rss": in_turn(ok(ETag=TAG, Last_Modified=DAY), status("304 X", ETag='"v2"'), status("304 X"))},
        [FRESH, Step(48, "unchanged", 304), Step(96, "unchanged", 304, {"if-none-match": '"v2"', "if-modified-since": DAY})],
    ),
    "a new version without validators forgets the old ones": (
        {"/rss": in_turn(ok(ETag=TAG, Last_Modified=DAY), ok("<ttl>5</ttl>"), ok())},
        [FRESH, Step(48, "updated"), Step(96, "updated", sent=BARE)],
    ),
    "the same bytes again are no news": ({"/rss": ok()}, [FRESH, Step(48, "unchanged", sent=BARE)]),
    "max-age is waited for": (
        {"/rss": ok(Cache_Control="public, max-age=10800")},
        [Step(0, "updated", due_h=(3, 3)), skipped(2.9), Step(3.1, "unchanged")],
    ),
    "Age is taken off it": ({"/rss": ok(Cache_Control="max-age=10800", Age="3600")}, [Step(0, "updated", due_h=(2, 2))]),
    "Expires is waited for": (
        {"/rss": ok(Expires="Thu, 12 Mar 2026 14:30:00 GMT", Date="Thu, 12 Mar 2026 09:30:00 GMT")},
        [Step(0, "updated", due_h=(5, 5)), skipped(4.9)],
    ),
    "no-cache means as often as it changes": (
        {"/rss": ok(Cache_Control="no-cache, max-age=86400")},
        [Step(0, "updated", due_h=(0.2, 1.2))],
    ),
    "ttl is waited for": ({"/rss": ok("<ttl>240</ttl>")}, [Step(0, "updated", due_h=(4, 4))]),
    "skipHours and skipDays are left out": (
        {"/rss": ok("<skipHours><hour>11</hour></skipHours><skipDays><day>Saturday</day></skipDays>")},
        [FRESH, skipped(2), Step(3, "unchanged"), skipped(48), Step(72, "unchanged")],
    ),
    "301 is believed the third time": (
        {"/rss": moved("/new"), "/new": ok()},
        [
            FRESH,
            *(Step(48 * n, "unchanged", asked="/rss") for n in (1, 2)),
            Step(144, "unchanged", asked="/new"),
        ],
    ),
    "308 is too, and given up when the new address fails": (
        {"/rss": in_turn(*[moved("/new", "308 X")] * 3, ok()), "/new": in_turn(*[ok()] * 3, status("404 X"))},
        [
            FRESH,
            *(Step(96 * n, "unchanged") for n in (1, 2)),
            *(Step(96 * n, "failed", 404, asked="/new") for n in (3, 4, 5)),
            Step(576, "unchanged", asked="/rss"),
        ],
    ),
    "410 at the address that it moved to ends the move, and not the feed": (
        {"/rss": in_turn(*[moved("/new")] * 3, moved("/newer")), "/new": in_turn(*[ok()] * 3, status("410 X")), "/newer": ok()},
        [
            FRESH,
            *(Step(96 * n, "unchanged") for n in (1, 2)),
            Step(288, "failed", 410, asked="/new", error="moved to is gone"),
            Step(384, "unchanged", asked="/rss"),
        ],
    ),
    "304 to a question without validators is a failure": (
        {"/rss": in_turn(status("304 X"), ok(), status("304 X"), ok())},
        [
            Step(0, "failed", 304, sent=BARE, error="not asked"),
            Step(48, "updated"),
            Step(96, "failed", 304, sent=BARE),
            Step(144, "unchanged"),
        ],
    ),
    "302 and 307 never are": (
        {"/rss": in_turn(moved("/new", "302 X"), moved("/new", "307 X")), "/new": ok()},
        [FRESH, *(Step(48 * n, "unchanged", asked="/rss") for n in range(1, 6))],
    ),
    "a redirect that is not seen again is forgotten": (
        {"/rss": in_turn(moved("/new"), moved("/new"), ok(), moved("/new")), "/new": ok()},
        [FRESH, *(Step(48 * n, "unchanged", asked="/rss") for n in range(1, 6))],
    ),
    "410 is the end, until a person asks": (
        {"/rss": in_turn(status("410 Gone"), ok())},
        [
            Step(0, "failed", 410, error="gone for good"),
            skipped(9000, error="gone for good"),
            Step(9001, "updated", force=True),
        ],
    ),
    "429 with seconds is obeyed, even against a person": (
        {"/rss": in_turn(status("429 X", Retry_After="7200"), ok())},
        [
            Step(0, "failed", 429, due_h=(2, 2), error="slow down"),
            skipped(1.9, force=True, error="asked us not to come before 2026-03-12 11:30 UTC"),
            Step(2.1, "updated"),
        ],
    ),
    "of several waits the longest is obeyed": (
        {"/rss": status("503 X", Retry_After="60, 7200, 3600")},
        [Step(0, "failed", 503, due_h=(2, 2))],
    ),
    "503 with a date is obeyed": (
        {"/rss": in_turn(status("503 X", Retry_After="Thu, 12 Mar 2026 15:30:00 GMT"), ok())},
        [Step(0, "failed", 503, due_h=(6, 6)), skipped(5.9), Step(6.1, "updated")],
    ),
    "a Retry-After of years is a week": (
        {"/rss": status("503 X", Retry_After="999999999")},
        [Step(0, "failed", 503, due_h=(168, 168))],
    ),
    "failures back off, and an answer ends that": (
        {"/rss": in_turn(*[status("500 X")] * 3, ok())},
        [
            Step(0, "failed", 500, due_h=(0.07, 0.1)),
            Step(48, "failed", 500, due_h=(0.14, 0.2)),
            Step(96, "failed", 500, due_h=(0.28, 0.4), error="the server answered 500"),
            Step(144, "updated", due_h=(0.2, 25)),
        ],
    ),
    "401 says what is missing": (
        {"/rss": status("401 X", WWW_Authenticate="Basic")},
        [Step(0, "failed", 401, error="password")],
    ),
    "404 and an answer later": (
        {"/rss": in_turn(status("404 X"), ok())},
        [Step(0, "failed", 404, error="no feed at this address"), Step(1, "updated")],
    ),
    "a page in place of a feed keeps what was known": (
        {"/rss": in_turn(ok(ETag=TAG), answer(b"<!doctype html><p>Hi", content_type="text/html"), status("304 X"))},
        [FRESH, Step(48, "failed", 200, error="web page"), Step(96, "unchanged", 304, {"if-none-match": TAG})],
    ),
    "an empty answer is a failure": ({"/rss": answer(b"")}, [Step(0, "failed", 200, error="empty")]),
    "204 is a failure": ({"/rss": status("204 No Content")}, [Step(0, "failed", 204)]),
    "a wrong content type is none of our business": ({"/rss": answer(rss(), content_type="text/plain")}, [FRESH]),
}


@pytest.mark.parametrize("name", STORIES)
async def test_a_story_of_status_and_headers(name: str) -> None:
    plays, steps = STORIES[name]
    memory: Json = None
    async with serving(plays) as server:
        feed = Feed(server.url("/rss"), allow_private=True)
        for step in steps:
            now, before = NOW + timedelta(hours=step.at_h), len(server.seen)
            async with Reader("newsdesk/test", Limits(deadline_s=60)) as reader:
                got = await reader.read(feed, memory, now, force=step.force)
            memory = json.loads(json.dumps(got.memory))
            requests = server.seen[before:]
            assert (got.status, got.http) == (step.status, step.http), (step, got.error)
            assert step.error in (got.error or "")
            assert (requests[0].path if requests else None) == step.asked, step
            assert {header: requests[0].headers.get(header) for header in step.sent} == step.sent
            assert all(origin.feed == feed.id for story in got.stories for origin in story.origins)
            if step.due_h:
                wait_h = (datetime.fromisoformat(memory["due"]) - now).total_seconds() / 3600
                assert step.due_h[0] <= wait_h <= step.due_h[1], step


async def test_a_host_that_rests_does_so_for_all_its_feeds_and_after_a_restart() -> None:
    plays = {"/rss": status("429 X", Retry_After="3600"), "/other": ok()}
    async with serving(plays) as server:
        first, other = (Feed(server.url(path), allow_private=True) for path in plays)
        async with Reader("newsdesk/test") as reader:
            failed = await reader.read(first, None, NOW)
        statuses = []
        for minutes in (59, 61):
            async with Reader("newsdesk/test") as reader:
                reader.recall(json.loads(json.dumps(failed.memory)))
                statuses.append((await reader.read(other, None, NOW + timedelta(minutes=minutes), force=True)).status)
    assert statuses == ["skipped", "updated"]


async def test_a_feed_with_a_password_stays_where_it_is() -> None:
    async with serving({"/rss": moved("/new"), "/new": ok()}) as server, Reader("newsdesk/test") as reader:
        feed, memory = Feed(server.url("/rss").replace("//", "//ada:s3cret@"), allow_private=True), None
        for days in range(5):
            got = await reader.read(feed, memory, NOW + timedelta(days=2 * days))
            memory = got.memory
        assert [request.path for request in server.seen] == ["/rss", "/new"] * 5
    assert all(request.headers["authorization"].startswith("Basic ") for request in server.seen)
    assert "s3cret" not in json.dumps(memory)


async def test_allow_private_is_for_the_feeds_own_host_and_not_for_what_it_points_to() -> None:
    async with serving({"/page": ok(), "/thread": ok()}) as inside:
        page, thread = inside.url("/page", "localhost"), inside.url("/thread", "localhost")
        links = f"<link>{page}</link><wfw:commentRss>{thread}</wfw:commentRss>"
        said = f'<rss version="2.0" xmlns:wfw="{WFW}"><channel><item><title>a</title>{links}</item>'
        async with serving({"/rss": answer(f"{said}</channel></rss>".encode())}) as server, Reader("newsdesk/test") as reader:
            got = await reader.read(Feed(server.url("/rss"), allow_private=True, full_text=True), None, NOW)
    assert sorted(part.kind for part in got.parts) == ["article", "comments"]
    assert all(part.error for part in got.parts)
    assert not any("allow_private" in (part.error or "") for part in got.parts), "it would not help"
    assert "localhost is a private address" in [part.error for part in got.parts]
    assert not inside.seen


async def test_a_feed_that_moved_to_a_private_host_is_not_told_that_a_setting_would_help() -> None:
    async with serving({"/rss": ok()}) as inside, Reader("newsdesk/test") as reader:
        feed = Feed(inside.url("/rss"))
        refused = await reader.read(feed, None, NOW)
        moved = Memory(address=inside.url("/rss", "localhost")).to_json()
        after = await reader.read(feed, moved, NOW)
    assert "allow_private = true" in (refused.error or ""), "of the host that the feed names it is so"
    assert after.error == "localhost is a private address"
    assert not inside.seen
