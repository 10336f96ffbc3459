"""The HTTP client against real sockets: what it follows, what it refuses, and that nothing makes it wait, swell or leak."""

from __future__ import annotations

import asyncio
import gzip
import socket
import zlib

import pytest

from fetchers import connections, places
from fetchers.http import Answer, Failure, Fetcher, Limits, Why
from fetchers.places import Places, in_turn
from tests.fakes.fetching import SMALL, fetch
from tests.fakes.server import Request, answer, bomb, endless, raw, redirect, serving, silent

IMPATIENT = Limits(deadline_s=0.2)  # for servers that never answer: where one does, no test may depend on how soon
OK = b"HTTP/1.1 200 OK\r\n"


async def test_an_answer_has_status_body_and_lower_case_headers() -> None:
    async with serving({"/": answer(b"hello", ETag='"v1"')}) as server:
        got = await fetch(server.url("/"))
    assert isinstance(got, Answer)
    assert (got.status, got.body, got.headers["etag"], got.moved_to) == (200, b"hello", '"v1"', None)
    assert server.seen[0].headers["user-agent"].endswith("(+mailto:desk@example.org)")


@pytest.mark.parametrize("status", ["304 Not Modified", "404 Not Found", "410 Gone", "429 Too Many Requests", "503 Busy"])
async def test_a_status_is_a_value_for_the_caller_to_judge(status: str) -> None:
    async with serving({"/": answer(status=status, retry_after="120")}) as server:
        got = await fetch(server.url("/"))
    assert isinstance(got, Answer)
    assert (str(got.status), got.headers["retry-after"]) == (status[:3], "120")


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(b"news")),
        ("deflate", zlib.compress(b"news")),
        ("deflate", zlib.compress(b"news")[2:-4]),
        ("gzip, gzip", gzip.compress(gzip.compress(b"news"))),
        ("identity", b"news"),
        ("gzip", b"news"),
        ("identity", gzip.compress(b"news")),
        ("gzip", gzip.compress(b"ne") + gzip.compress(b"ws")),
        ("gzip", gzip.compress(b"news") + b"\0" * 20 + gzip.compress(b"old")),
        ("gzip", gzip.compress(gzip.compress(b"news"))),
    ],
    ids=[
        *("gzip", "deflate", "deflate without its frame", "gzip twice", "identity"),
        *(
            "not as it says",
            "gzip that is not said to be",
            "gzip in two parts",
            "gzip with padding",
            "gzip once more than it says",
        ),
    ],  # the bytes have the time of day in them
)
async def test_the_codings_that_were_asked_for_are_decoded(coding: str, body: bytes) -> None:
    async with serving({"/": answer(body, content_encoding=coding)}) as server:
        got = await fetch(server.url("/"))
    assert isinstance(got, Answer)
    assert got.body == b"news"


async def test_a_mark_of_a_hundred_thousand_letters_is_not_remembered() -> None:
    async with serving({"/": answer(b"news", ETag=f'"{"x" * 90_000}"', Last_Modified="today")}) as server:
        got = await fetch(server.url("/"))
    assert isinstance(got, Answer)
    assert dict(got.headers) == {"content-length": "4", "last-modified": "today"}


async def test_a_server_that_is_not_there_is_told_in_words() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        got = await fetch(f"http://127.0.0.1:{closed.getsockname()[1]}/")
    assert isinstance(got, Failure)
    assert (got.why, got.sentence) == (Why.NETWORK, "connection refused")


async def test_a_server_that_speaks_no_http_is_told_without_its_bytes() -> None:
    async with serving({"/": raw(b"220 mail \x1b[2J ESMTP\r\n\r\n")}) as server:
        got = await fetch(server.url("/"))
    assert isinstance(got, Failure)
    assert got.sentence == "the server broke the HTTP protocol: illegal status line"


async def test_only_a_chain_of_permanent_redirects_says_that_the_feed_moved() -> None:
    plays = {
        "/a": redirect("/b"),
        "/b": redirect("/c", "308 Permanent Redirect"),
        "/c": answer(b"there"),
        "/t": redirect("/a", "302 Found"),
    }
    async with serving(plays) as server:
        moved, found = await fetch(server.url("/a")), await fetch(server.url("/t"))
    assert isinstance(moved, Answer)
    assert isinstance(found, Answer)
    assert (moved.moved_to, found.moved_to) == (server.url("/c"), None)
    assert moved.body == found.body == b"there"


async def test_a_password_stays_with_its_host_and_out_of_every_word() -> None:
    async with serving({"/": answer(b"other")}) as other, serving({"/": redirect(other.url("/", "localhost"))}) as first:
        url = first.url("/").replace("//", "//reader:s3cret@")
        got = await fetch(url)
    assert first.seen[0].headers["authorization"].startswith("Basic ")
    assert isinstance(got, Failure)  # the other host is private, and only the named one was allowed
    assert "s3cret" not in got.sentence
    assert not other.seen


async def test_what_is_meant_for_one_server_is_not_shown_to_the_next() -> None:
    async with serving({"/": answer(b"other")}) as other:
        plays = {"/": redirect("/again"), "/again": redirect(other.url("/"))}
        async with serving(plays) as first, Fetcher("newsdesk/test", SMALL) as fetcher:
            url = first.url("/").replace("//", "//reader:s3cret@")
            got = await fetcher.get(url, {"if-none-match": '"mine"', "cookie": "a=b"}, allow_private=True)
    assert isinstance(got, Answer)
    assert got.url == other.url("/")
    assert [request.headers.get("if-none-match") for request in first.seen] == ['"mine"'] * 2
    assert all("authorization" in request.headers for request in first.seen)
    assert not {"authorization", "if-none-match", "cookie"} & set(other.seen[0].headers)


HOSTILE = {
    "a body without end": (endless(OK + b"\r\n", b"x" * 65536), Why.SIZE),
    "headers without end": (endless(OK, b"x-more: " + b"y" * 1000 + b"\r\n"), Why.NETWORK),
    "early hints without end": (endless(b"", b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n" * 500), Why.NETWORK),
    "remarks on chunks without end": (
        endless(OK + b"transfer-encoding: chunked\r\n\r\n", (b"1;" + b"x" * 3000 + b"\r\nz\r\n") * 9),
        Why.NETWORK,
    ),
    "chunks without end": (endless(OK + b"transfer-encoding: chunked\r\n\r\n", b"1000\r\n" + b"z" * 4096 + b"\r\n"), Why.SIZE),
    "a gzip bomb": (answer(bomb(50_000_000, 1), content_encoding="gzip"), Why.SIZE),
    "a bomb in a bomb": (answer(bomb(50_000_000, 2), content_encoding="gzip, gzip"), Why.SIZE),
    "three codings": (answer(bomb(100, 3), content_encoding="gzip, gzip, gzip"), Why.SIZE),
    "a coding not asked for": (answer(b"x", content_encoding="br"), Why.SIZE),
    "a coding cut off": (answer(gzip.compress(b"news" * 900)[:-9], content_encoding="gzip"), Why.SIZE),
    "a damaged coding": (answer(b"\x1fnot gzip", content_encoding="gzip"), Why.SIZE),
    "a damaged coding that nobody named": (answer(gzip.compress(b"news")[:8] + b"\xff" * 40), Why.SIZE),
    "a bomb that nobody named": (answer(bomb(50_000_000, 1)), Why.SIZE),
    "silence": (silent(), Why.DEADLINE),
    "silence in the body": (silent(OK + b"content-length: 10\r\n\r\nabc"), Why.DEADLINE),
    "not HTTP": (raw(b"220 mail.example.org ESMTP\r\n"), Why.NETWORK),
    "a body cut off": (raw(OK + b"content-length: 100\r\n\r\nshort"), Why.NETWORK),
    "a hang-up": (raw(b""), Why.NETWORK),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_server_is_a_failure_of_its_own_and_never_more(name: str) -> None:
    play, why = HOSTILE[name]
    async with serving({"/": play}) as server:
        got = await fetch(server.url("/"), limits=IMPATIENT if why is Why.DEADLINE else SMALL)
    assert isinstance(got, Failure), got
    assert got.why is why, got
    assert got.sentence.isprintable()


async def test_redirects_end() -> None:
    async with serving({"/": redirect("/")}) as server:
        got = await fetch(server.url("/"))
    assert isinstance(got, Failure)
    assert got.why is Why.REDIRECT
    assert len(server.seen) == SMALL.redirects + 1


@pytest.mark.parametrize(
    "to",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "javascript:alert(1)",
        "http://[::1",
        "//[no",
        "//127.0.0.1:99999/",
        "//.a/",
        "//a..b/",
    ],
)
async def test_a_redirect_leads_to_http_or_nowhere(to: str) -> None:
    async with serving({"/": redirect(to)}) as server:
        got = await fetch(server.url("/"))
    assert isinstance(got, Failure)
    assert got.why is Why.URL


@pytest.mark.parametrize("name", ["xn--a.localhost", "xn--ls8h.localhost"])
async def test_a_name_that_no_registry_would_give_today_is_asked_as_any_other(name: str) -> None:
    async with serving({"/": answer(b"news")}) as server:
        got = await fetch(server.url("/", name))
    assert isinstance(got, Answer)


async def test_a_connection_is_kept_for_the_next_request_to_the_same_server() -> None:
    plays = {
        "/": answer(b"news"),
        "/same": answer(b"", "304 Not Modified", content_encoding="br"),
        "/no": answer(b"x", "404 No"),
    }
    async with serving(plays) as server, serving(plays) as other, Fetcher("newsdesk/test") as fetcher:
        for path in ("/", "/same", "/no", "/same", "/"):
            got = await fetcher.get(server.url(path), allow_private=True)
            assert isinstance(got, Answer), got
        await fetcher.get(other.url("/"), allow_private=True)
        assert (server.connections, other.connections, len(server.seen)) == (1, 1, 5)


async def test_a_connection_that_the_server_closed_meanwhile_is_not_taken_again() -> None:
    async def leave(request: Request, writer: asyncio.StreamWriter) -> None:
        await answer(b"news")(request, writer)
        writer.close()

    async with serving({"/": leave}) as server, Fetcher("newsdesk/test") as fetcher:
        for _ in range(3):
            assert isinstance(await fetcher.get(server.url("/"), allow_private=True), Answer)
        assert server.connections == 3


async def test_a_kept_connection_that_ends_unanswered_is_tried_once_more_on_a_new_one() -> None:
    asked: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(0)
        number = len(asked)
        while await reader.readuntil(b"\r\n\r\n"):
            asked[number - 1] += 1
            if number > 2 or asked[number - 1] > 1:
                break
            writer.write(OK + b"content-length: 2\r\n\r\nhi")
        writer.close()

    listener = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/"
    async with listener, Fetcher("newsdesk/test", SMALL) as fetcher:
        got = [await fetcher.get(url, allow_private=True) for _ in range(3)]
    assert [isinstance(one, Answer) for one in got] == [True, True, False]
    assert asked == [2, 2, 1], "a new connection that ends unanswered is a failure"


async def test_what_comes_behind_an_answer_is_no_answer_to_the_next_request() -> None:
    forged = OK + b"content-length: 4\r\n\r\nevil"
    async with (
        serving({"/": raw(OK + b"content-length: 4\r\n\r\nnews" + forged, close=False)}) as server,
        Fetcher("newsdesk/test") as fetcher,
    ):
        for _ in range(2):
            got = await fetcher.get(server.url("/"), allow_private=True)
            assert isinstance(got, Answer)
            assert got.body == b"news"
        assert server.connections == 2


async def test_few_connections_wait_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_IDLE", 1)
    async with serving({"/": answer(b"a")}) as one, serving({"/": answer(b"b")}) as two, Fetcher("newsdesk/test") as fetcher:
        for server in (one, two, one, one, two):
            assert isinstance(await fetcher.get(server.url("/"), allow_private=True), Answer)
        assert (one.connections, two.connections) == (2, 2)


async def test_a_host_gets_two_connections_at_once_and_no_more() -> None:
    gate = asyncio.Event()

    async def wait(_: object, writer: asyncio.StreamWriter) -> None:
        await gate.wait()
        writer.write(OK + b"content-length: 0\r\n\r\n")

    async with serving({"/": wait}) as server, Fetcher("newsdesk/test", SMALL) as fetcher:
        fetches = [asyncio.ensure_future(fetcher.get(server.url("/"), allow_private=True)) for _ in range(6)]
        await server.asked(2)
        gate.set()
        answers = await asyncio.gather(*fetches)
    assert all(isinstance(got, Answer) for got in answers)
    assert server.at_once <= 2


async def test_a_fetch_can_be_cancelled() -> None:
    async with serving({"/": silent()}) as server, Fetcher("newsdesk/test") as fetcher:
        task = asyncio.ensure_future(fetcher.get(server.url("/"), allow_private=True))
        await server.asked(1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_waiting_for_a_turn_is_no_part_of_the_servers_time() -> None:
    gate, places = asyncio.Semaphore(0), Places(1)
    async with asyncio.timeout(60) as deadline:
        before = deadline.when()

        async def release() -> None:
            assert deadline.when() is None, "the clock stands while it waits"
            gate.release()

        asyncio.get_running_loop().call_soon(lambda: waiting.append(asyncio.ensure_future(release())))
        waiting: list[asyncio.Future[None]] = []
        async with in_turn(gate, places, deadline):
            assert before is not None
            assert (deadline.when() or 0) >= before
        await waiting[0]


async def test_servers_that_let_us_wait_keep_nobody_from_being_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "PATIENCE_S", 0.0)
    end = asyncio.Event()

    async def wait(_: object, writer: asyncio.StreamWriter) -> None:
        await end.wait()
        writer.write(OK + b"content-length: 4\r\n\r\nlate")

    limits = Limits(deadline_s=60, connections=1, aside=2)
    async with (
        serving({"/": wait}) as slow,
        serving({"/": silent()}) as mute,
        serving({"/": answer(b"soon")}) as quick,
        Fetcher("newsdesk/test", limits) as fetcher,
    ):
        late, never = (asyncio.ensure_future(fetcher.get(one.url("/"), allow_private=True)) for one in (slow, mute))
        await slow.asked(1)
        await mute.asked(1)
        for _ in range(3):
            got = await fetcher.get(quick.url("/"), allow_private=True)
            assert isinstance(got, Answer)
        assert fetcher.aside == 2
        end.set()
        got = await late
        assert isinstance(got, Answer)
        assert got.body == b"late"
        never.cancel()
        with pytest.raises(asyncio.CancelledError):
            await never
        assert fetcher.aside == 0
        assert isinstance(await fetcher.get(quick.url("/"), allow_private=True), Answer), "its place is there again"


async def test_servers_that_begin_and_do_not_go_on_keep_nobody_from_being_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "PATIENCE_S", 0.0)
    end = asyncio.Event()
    size = 3 * places.LIGHT

    async def drip(_: object, writer: asyncio.StreamWriter) -> None:
        writer.write(OK + f"content-length: {size}\r\n\r\nx".encode())
        await end.wait()
        writer.write(b"x" * (size - 1))

    limits = Limits(deadline_s=60, connections=1, aside=1)
    async with (
        serving({"/": drip}) as slow,
        serving({"/": answer(b"soon")}) as quick,
        Fetcher("newsdesk/test", limits) as fetcher,
    ):
        late = asyncio.ensure_future(fetcher.get(slow.url("/"), allow_private=True))
        await slow.asked(1)
        for _ in range(3):
            assert isinstance(await fetcher.get(quick.url("/"), allow_private=True), Answer)
        assert not late.done(), "it was not waited for"
        end.set()
        got = await late
        assert isinstance(got, Answer)
        assert got.body == b"x" * size
        assert fetcher.aside == 0


async def test_no_more_stand_aside_than_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "PATIENCE_S", 0.0)
    room, gate = Places(1, 1), asyncio.Semaphore(3)
    async with asyncio.timeout(60) as deadline, in_turn(gate, room, deadline) as one:
        with one.waiting():
            while not room.aside:
                await asyncio.sleep(0)
        async with in_turn(gate, room, deadline) as other:
            with other.waiting():
                for _ in range(10):
                    await asyncio.sleep(0)
            assert (room.aside, room.free.locked()) == (1, True)
        await one.come_back()
        assert (room.aside, room.free.locked()) == (0, True)
    assert (room.aside, room.free.locked(), gate.locked()) == (0, False, False)


async def test_a_mark_beyond_ascii_is_read_and_said_again() -> None:
    async with (
        serving({"/": answer(b"news", etag='"\u00e9"', vary="one", Vary="two")}) as server,
        Fetcher("newsdesk/test") as fetcher,
    ):
        first = await fetcher.get(server.url("/"), allow_private=True)
        assert isinstance(first, Answer)
        assert first.headers["vary"] == "one, two"
        again = await fetcher.get(server.url("/"), {"if-none-match": first.headers["etag"]}, allow_private=True)
        assert isinstance(again, Answer)
        assert server.seen[1].headers["if-none-match"].encode("latin-1").decode("utf-8") == first.headers["etag"]
