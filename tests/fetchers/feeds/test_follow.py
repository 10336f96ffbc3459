"""Pages and threads behind stories, over real sockets: every kind of thread, each on its schedule, and how much at once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fetchers.feeds.enrich import PAGE_TRIES, THREADS_AT_MOST
from fetchers.feeds.reader import Reader
from fetchers.http import Limits
from newsdesk.config import KEYS, Feed
from newsdesk.model import Json
from newsdesk.ports import FeedAnswer
from tests.fakes.server import Play, Server, answer, in_turn, serving

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
NAMES = 'xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
LONG = "The ferry came back to the pier at noon, with its flag torn and its passengers singing, and nobody could say why. "
ATOM = "http://www.w3.org/2005/Atom"


def rss(*items: str) -> bytes:
    return f'<rss version="2.0" {NAMES}><channel><title>Post</title>{"".join(items)}</channel></rss>'.encode()


def item(link: str, guid: str = "g", more: str = "") -> str:
    return (
        f"<item><title>Pier {guid}</title><guid>{guid}</guid><link>{link}</link><description>Short.</description>{more}</item>"
    )


def said(*texts: str) -> bytes:
    return rss(
        *(
            f"<item><guid>{i}</guid><title>By: Ada</title><description>{text}</description></item>"
            for i, text in enumerate(texts)
        )
    )


def page(more: str = "") -> Play:
    body = f"<html><head>{more}</head><body><div class='article'>{f'<p>{LONG}</p>' * 6}</div></body></html>"
    return answer(body.encode(), content_type="text/html")


async def read(
    server: Server, memory: Json = None, hours: float = 0, threads: dict[str, tuple[str, ...]] | None = None, **more: Any
) -> FeedAnswer:
    """One refresh with a reader of its own."""
    feed = Feed(server.url("/rss"), allow_private=True, **more)
    async with Reader("newsdesk/test", Limits(deadline_s=60), threads=threads) as reader:
        return await reader.read(feed, json.loads(json.dumps(memory)), NOW + timedelta(hours=hours))


BUSY = answer(status="429 X", Retry_After="7200")
POST = {"id": 7, "author_name": "Ada", "date": "2026-03-12T09:00:00", "content": {"rendered": "<p>Well.</p>"}}
KINDS: dict[str, tuple[str, str, str, Any]] = {
    "hacker_news": (
        "https://news.ycombinator.com/item?id=9",
        "g",
        "/api/v1/items/9",
        {"id": 9, "children": [{"id": 10, "text": "Well."}]},
    ),
    "reddit": (
        "https://www.reddit.com/r/news/comments/abc1/pier/",
        "g",
        "/r/news/comments/abc1.json",
        [{}, {"data": {"children": [{"kind": "t1", "data": {"id": "a", "body": "Well."}}]}}],
    ),
    "discourse": (
        "{base}/t/pier/42",
        "g",
        "/t/42.json",
        {"post_stream": {"posts": [{"post_number": 2, "cooked": "<p>Well.</p>"}]}},
    ),
    "lemmy": (
        "{base}/post/7",
        "g",
        "/api/v3/comment/list",
        {"comments": [{"comment": {"id": 2, "path": "0.2", "content": "Well."}}]},
    ),
    "mastodon": (
        "{base}/@desk/123",
        "g",
        "/api/v1/statuses/123/context",
        {"descendants": [{"id": "5", "content": "<p>Well.</p>"}]},
    ),
    "wordpress": ("{base}/2026/pier", "{base}/?p=77", "/wp-json/wp/v2/comments", [POST]),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_each_kind_of_thread_is_read_from_the_server_that_the_settings_name(kind: str) -> None:
    link, guid, path, thread = KINDS[kind]
    assert kind in {key.name for key in KEYS if key.section == "threads"}
    async with serving({path: answer(json.dumps(thread).encode())}) as server:
        base = server.url("")
        server.plays["/rss"] = answer(rss(item(link.format(base=base), guid.format(base=base))))
        got = await read(server, threads={kind: (base,)})
    assert [[comment.text for comment in said.comments] for said in got.discussions] == [["Well."]], got.parts
    assert [part.error for part in got.parts] == [None]


def topic(numbers: list[int], *posts: int) -> bytes:
    """A Discourse topic, or a page of it, that holds these posts; they stand in it in the order of their numbers."""
    told = [{"id": one, "post_number": one - 99, "cooked": f"<p>Post {one}</p>", "reply_to_post_number": 2} for one in posts]
    return json.dumps({"post_stream": {"posts": told, "stream": numbers}}).encode()


async def test_a_long_topic_is_read_page_by_page() -> None:
    numbers = list(range(100, 330))
    plays = {
        "/t/42.json": answer(topic(numbers, *numbers[:20])),
        "/t/42/posts.json": in_turn(*(answer(topic([], *numbers[at : at + 100])) for at in (220, 120, 20))),
    }
    async with serving(plays) as server:
        server.plays["/rss"] = answer(rss(item(server.url("/t/pier/42"))))
        got = await read(server, threads={"discourse": (server.url(""),)})
        asked = [request.path.count("post_ids%5B%5D=") for request in server.seen[2:]]
    assert asked == [10, 100, 100]
    assert [comment.text for comment in got.discussions[0].comments] == [f"Post {one}" for one in numbers[1:]]
    assert {comment.reply_to for comment in got.discussions[0].comments[1:]} == {0}
    assert got.discussions[0].whole


@pytest.mark.parametrize("refused", [BUSY, answer(b"<html>no</html>"), answer(status="500 X")])
async def test_what_is_there_of_a_long_topic_counts_where_a_page_can_not_be_had(refused: Play) -> None:
    plays = {
        "/t/42.json": answer(topic([*range(100, 330)], 100, 101)),
        "/t/42/posts.json": in_turn(answer(topic([], 329)), refused),
    }
    async with serving(plays) as server:
        server.plays["/rss"] = answer(rss(item(server.url("/t/pier/42"))))
        got = await read(server, threads={"discourse": (server.url(""),)})
        assert [request.path.partition("?")[0] for request in server.seen] == ["/rss", "/t/42.json", *["/t/42/posts.json"] * 2]
        async with Reader("newsdesk/test") as reader:
            reader.recall(json.loads(json.dumps(got.memory)))
            again = await reader.read(
                Feed(server.url("/rss"), allow_private=True), got.memory, NOW + timedelta(hours=1.9), force=True
            )
    assert [comment.text for comment in got.discussions[0].comments] == ["Post 101", "Post 329"]
    assert not got.discussions[0].whole
    assert [part.error for part in got.parts] == [None]
    assert (again.status == "skipped") == (refused is BUSY)


@pytest.mark.parametrize("head", ["<wfw:commentRss>/c</wfw:commentRss>", "<wfw:commentRSS>/c</wfw:commentRSS>"])
async def test_a_feed_of_comments(head: str) -> None:
    async with serving({"/rss": answer(rss(item("/a", more=head))), "/c": answer(said("Well."))}) as server:
        got = await read(server)
    assert [comment.text for comment in got.discussions[0].comments] == ["Well."]
    assert not got.discussions[0].whole


async def test_replies_of_atom() -> None:
    link = '<link rel="replies" type="application/atom+xml" href="/c"/>'
    atom = f'<feed xmlns="{ATOM}"><title>P</title><entry><id>urn:1</id><title>Pier</title>{link}</entry></feed>'
    async with serving({"/rss": answer(atom.encode()), "/c": answer(said("Well."))}) as server:
        got = await read(server)
    assert [(one.item_id, len(one.comments)) for one in got.discussions] == [("urn:1", 1)]


async def test_a_count_of_comments_is_no_link() -> None:
    async with serving({"/rss": answer(rss(item("/a", more="<slash:comments>12</slash:comments>")))}) as server:
        got = await read(server)
    assert got.parts == ()
    assert got.stories[0].extra["comment_count"] == 12


async def test_threads_come_also_when_the_feed_is_not_due_and_bring_only_news() -> None:
    link = "<wfw:commentRss>/c</wfw:commentRss>"
    thread = in_turn(answer(said("One"), ETag='"1"'), answer(status="304 X"), answer(said("One", "Two")))
    async with serving({"/rss": answer(rss(item("/a", more=link)), Cache_Control="max-age=86400"), "/c": thread}) as server:
        first = await read(server)
        early = await read(server, first.memory, 0.4)
        second = await read(server, early.memory, 0.6)
        third = await read(server, second.memory, 2)
        paths = [request.path for request in server.seen]
    assert (early.status, early.parts) == ("skipped", ())
    assert (second.status, [part.kind for part in second.parts], second.discussions) == ("skipped", ["comments"], ())
    assert [comment.text for comment in third.discussions[0].comments] == ["One", "Two"]
    assert paths == ["/rss", "/c", "/c", "/c"]
    assert server.seen[2].headers["if-none-match"] == '"1"'


async def test_so_many_threads_at_once_and_the_rest_with_the_next_refresh() -> None:
    plays = {f"/c{i}": answer(said("Well.")) for i in range(THREADS_AT_MOST + 4)}
    items = (item(f"/a{i}", f"g{i}", f"<wfw:commentRss>/c{i}</wfw:commentRss>") for i in range(len(plays)))
    async with serving({"/rss": answer(rss(*items)), **plays}) as server:
        first = await read(server)
        second = await read(server, first.memory, 0.1)
        read_once = sorted(request.path for request in server.seen if request.path != "/rss")
    assert [len(first.discussions), len(second.discussions)] == [THREADS_AT_MOST, 4]
    assert read_once == sorted(plays)


async def test_a_thread_server_that_wants_rest_gets_it() -> None:
    link = "<wfw:commentRss>/c</wfw:commentRss>"
    thread = answer(status="429 X", Retry_After="7200")
    async with serving({"/rss": answer(rss(item("/a", more=link))), "/c": thread}) as server:
        first = await read(server)
        async with Reader("newsdesk/test") as reader:
            reader.recall(json.loads(json.dumps(first.memory)))
            feed = Feed(server.url("/rss"), allow_private=True)
            skipped = await reader.read(feed, first.memory, NOW + timedelta(hours=1.9), force=True)
    assert [part.error for part in first.parts] == ["the server answered 429"]
    assert (skipped.status, skipped.parts) == ("skipped", ())


@pytest.mark.parametrize("said", [{}, {"Retry_After": "7200"}])
async def test_pages_and_threads_that_wait_for_their_turn_hear_that_their_host_wants_rest(said: dict[str, str]) -> None:
    names = [f"/{number}" for number in range(8)]
    link = "<wfw:commentRss>/c{}</wfw:commentRss>"
    plays = dict.fromkeys([*names, *(f"/c{name[1:]}" for name in names)], answer(status="429 X", **said))
    async with serving({"/robots.txt": answer(status="404 X"), **plays}) as server, serving({}) as other:
        # Threads on a host of their own.
        other.plays |= plays
        items = (item(name, name, link.format(name[1:]).replace("/c", other.url("/c"))) for name in names)
        server.plays["/rss"] = answer(rss(*items))
        got = await read(server, full_text=True, threads={"lemmy": (other.url(""),)})
    asked = [request.path for one in (server, other) for request in one.seen if request.path not in ("/rss", "/robots.txt")]
    assert len(asked) == 4, "two of each host"
    assert len(got.stories) == 8
    assert [part.error for part in got.parts] == ["the server answered 429"] * 4


async def test_a_page_that_will_never_be_read_is_asked_once_and_others_a_few_times() -> None:
    feeds = [answer(rss(item("/never", "a"), item("/later", "b"), item("/x", f"x{n}"))) for n in range(PAGE_TRIES + 3)]
    plays = {
        "/rss": in_turn(*feeds),
        "/robots.txt": answer(status="404 X"),
        "/never": answer(status="403 X"),
        "/later": answer(status="500 X"),
        "/x": page(),
    }
    async with serving(plays) as server:
        got = await read(server, full_text=True)
        for n in range(1, len(feeds)):
            got = await read(server, got.memory, 48 * n, full_text=True)
        asked = [request.path for request in server.seen]
    assert (asked.count("/never"), asked.count("/later")) == (1, PAGE_TRIES)


async def test_a_page_names_its_own_address_but_not_that_of_others() -> None:
    canonical = '<link rel="canonical" href="/news/pier">'
    plays = {
        "/rss": answer(rss(item("/a?utm_source=rss", "a"), item("/b", "b"), item("/c", "c"))),
        "/robots.txt": answer(status="404 X"),
        "/a": page(canonical),
        **dict.fromkeys(("/b", "/c"), page('<link rel="canonical" href="/consent">')),
    }
    async with serving(plays) as server:
        got = await read(server, full_text=True)
        urls = [story.url for story in got.stories]
    assert urls == [server.url("/news/pier"), server.url("/b"), server.url("/c")]
