"""Each kind of thread, as its server sends it, becomes the same flat list of comments; nonsense becomes a NotAThreadError."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fetchers.comments import comment_feed, discourse, hacker_news, lemmy, mastodon, parse, reddit, wordpress
from fetchers.comments.reader import CommentReader, Thread, find_thread, names_a_thread
from fetchers.comments.thread import NotAThreadError, moment
from fetchers.feeds import xml_feed
from fetchers.feeds.wire import Feed, Item
from fetchers.http import Fetcher
from fetchers.worker import ParsingError
from newsdesk.markup import read_comment
from newsdesk.model import Comment, Json, Origin, Story
from newsdesk.sentiment.lines import own_words
from tests.fakes.server import answer, serving

NINE = "2026-03-12T09:00:00Z"


def seen(comments: tuple[Comment, ...]) -> list[tuple[str | None, str, str | None, int | None, int | None]]:
    return [(c.author, c.text, c.when, c.votes, c.reply_to) for c in comments]


def test_a_comment_feed_with_replies_is_a_thread_oldest_first() -> None:
    data = b"""<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:thr="http://purl.org/syndication/thread/1.0">
    <channel><title>Comments</title>
    <item><guid>c2</guid><title>By: Ines</title><pubDate>Thu, 12 Mar 2026 10:00:00 +0100</pubDate>
      <thr:in-reply-to ref="c1"/><description>&lt;p&gt;No, twelve.&lt;/p&gt;</description></item>
    <item><guid>c1</guid><title>Comment on Pier by someone</title><dc:creator>Olav</dc:creator>
      <pubDate>Thu, 12 Mar 2026 09:00:00 +0100</pubDate><description>Eleven boats &amp;amp; a dog.</description></item>
    </channel></rss>"""
    feed = xml_feed.read(data)
    assert feed is not None
    assert seen(comment_feed.read(feed)) == [
        ("Olav", "Eleven boats & a dog.", "2026-03-12T09:00", None, None),
        ("Ines", "No, twelve.", "2026-03-12T10:00", None, 0),
    ]


@pytest.mark.parametrize("names", [("one", "one", "one"), (None, None, None), ("one", "one", "two")])
def test_comments_that_all_have_one_id_or_none_are_comments_each(names: tuple[str | None, ...]) -> None:
    texts = {"Olav": "Eleven boats.", "Ines": "No, twelve.", "Ida": "A dog."}
    items = [
        Item(id=name, author=author, markup=text, published="2026-03-12T09:00:00Z", reply_to="one")
        for name, (author, text) in zip(names, texts.items(), strict=True)
    ]
    said = seen(comment_feed.read(Feed(items=tuple(items))))
    assert [(author, text, reply_to) for author, text, _, _, reply_to in said] == [(*row, None) for row in texts.items()]


def test_a_comment_that_a_feed_has_twice_since_it_was_edited_is_one() -> None:
    items = [Item(id="one", author="Olav", markup=text, published="2026-03-12T09:00:00Z") for text in ("Twelve.", "Eleven.")]
    (comment,) = comment_feed.read(Feed(items=tuple(items)))
    assert comment.text == "Twelve."


def test_wordpress() -> None:
    guid = (Origin("feed", item_id="https://blog.example.org/?p=77"),)
    for url in ("https://example.org/blog", "https://example.org/blog/a", "https://example.org/blog?p=77"):
        thread = find_thread(Story(url=url, origins=guid), {"wordpress": ["https://example.org/blog/"]})
        assert thread is not None
        assert thread.url == "https://example.org/blog/wp-json/wp/v2/comments?post=77&per_page=100&order=desc"
    neighbour = Story(url="https://example.org/blog2/a", origins=guid)
    assert find_thread(neighbour, {"wordpress": ["https://example.org/blog"]}) is None
    damaged = Story(url="https://blog.example.org/a", origins=(Origin("feed", item_id="http://[x?p=77"),))
    thread = find_thread(damaged, {"wordpress": ["https://blog.example.org"]})
    assert thread is not None
    assert thread.url == "https://blog.example.org/wp-json/wp/v2/comments?post=77&per_page=100&order=desc"
    said = [
        {
            "id": 5,
            "parent": 0,
            "author_name": "Ada",
            "date": "2026-03-12T09:00:00",
            "content": {"rendered": "<p>One</p><p>Two</p>"},
        },
        {
            "id": 6,
            "parent": 5,
            "author_name": "Bo &amp; O&#039;Brien \x1b[31m",
            "date": "2026-03-12T09:05:00",
            "content": {"rendered": "Yes<script>x</script>"},
        },
    ]
    assert seen(wordpress.read(said[::-1])) == [
        ("Ada", "One\nTwo", "2026-03-12T09:00", None, None),
        ("Bo & O'Brien [31m", "Yes", "2026-03-12T09:05", None, 0),
    ]


def test_what_a_comment_quotes_stands_behind_a_mark() -> None:
    quote = """<aside class="quote no-group" data-username="al"><div class="title"><div class="quote-controls"></div> al:</div>
    <blockquote><p>Good<br>&amp; cheap.</p><blockquote>By <b>far</b></blockquote></blockquote></aside><p>Is it?</p>"""
    quoted = ("> al:", "> Good", "> & cheap.", "> > By far", "Is it?")
    posts = [{"post_number": 2, "username": "cy", "cooked": quote, "created_at": NINE}]
    (comment,) = discourse.read({"post_stream": {"posts": posts}})
    assert tuple(comment.text.split("\n")) == quoted
    assert own_words(comment.text) == "Is it?"
    (comment,) = comment_feed.read(Feed(items=(Item(markup="<BLOCKQUOTE cite='x'>No</BLOCKQUOTE>Yes"),)))
    assert comment.text == "> No\nYes"


@pytest.mark.parametrize(
    ("markup", "paragraphs"),
    [
        ("</blockquote>a<blockquote>b", ("a", "> b")),
        ("<blockquote>" * 50 + "a", ("> > > > a",)),
        ("<!-- <blockquote> -->a<script>'<blockquote>'</script>b<blockquote>c", ("a", "b", "> c")),
        ("\x1ca\x1cB<blockquote>&#28;A</blockquote>", ("a B", "> A")),
        ("if a <blockquote", ("if a <blockquote",)),
    ],
)
def test_marks_of_quotations_come_from_elements_alone(markup: str, paragraphs: tuple[str, ...]) -> None:
    assert read_comment(markup) == paragraphs


def test_discourse_leaves_the_first_post_to_the_story() -> None:
    story = Story(url="https://talk.example.org/t/the-pier/42/3?u=x")
    assert discourse.find(story, "https://talk.example.org") == "https://talk.example.org/t/42.json"
    posts = [
        {"post_number": 1, "username": "op", "cooked": "<p>The story</p>", "created_at": NINE},
        {
            "post_number": 2,
            "username": "al",
            "cooked": "<p>Good</p>",
            "created_at": NINE,
            "actions_summary": [{"id": 2, "count": 7}],
        },
        {"post_number": 3, "username": "op", "cooked": "", "created_at": NINE, "action_code": "closed.enabled"},
        {"post_number": 5, "username": "dd", "cooked": "<p>This post was flagged.</p>", "created_at": NINE, "hidden": True},
        {"post_number": 6, "username": "ee", "cooked": "<p>(post deleted)</p>", "created_at": NINE, "user_deleted": True},
        {"post_number": 4, "username": "cy", "cooked": "<p>Why?</p>", "created_at": NINE, "reply_to_post_number": 2},
    ]
    assert seen(discourse.read({"post_stream": {"posts": posts}})) == [
        ("al", "Good", "2026-03-12T09:00", 7, None),
        ("cy", "Why?", "2026-03-12T09:00", None, 0),
    ]


def test_hacker_news_is_walked_depth_first() -> None:
    story = Story(url="https://example.org/", extra={"comments_page": "https://news.ycombinator.com/item?id=9"})
    assert hacker_news.find(story, "http://127.0.0.1:8/") == "http://127.0.0.1:8/api/v1/items/9"
    deep = {"id": 12, "author": "c", "text": "third", "created_at_i": 1773306000, "children": []}
    reply = {"id": 11, "author": "b", "text": "second", "created_at_i": 1773306000, "children": [deep]}
    first = {"id": 10, "author": "a", "text": "first<p>more", "created_at_i": 1773306000, "points": 4, "children": [reply]}
    gone: dict[str, Json] = {"id": 13, "author": None, "text": None, "created_at_i": 1773306000, "children": []}
    got = seen(hacker_news.read({"id": 9, "children": [first, gone]}))
    assert [(author, text, reply_to) for author, text, _, _, reply_to in got] == [
        ("a", "first\nmore", None),
        ("b", "second", 0),
        ("c", "third", 1),
    ]
    assert got[0][2:4] == ("2026-03-12T09:00", 4)


def test_reddit_leaves_deleted_ones_out_and_keeps_hidden_scores_hidden() -> None:
    story = Story(url="https://old.reddit.com/r/news/comments/abc1/the_pier/")
    assert reddit.find(story, "http://127.0.0.1:8") == "http://127.0.0.1:8/r/news/comments/abc1.json?limit=500&raw_json=1"

    def t1(name: str, body: str, **more: Any) -> dict[str, Any]:
        replies = {"data": {"children": more.pop("replies", [])}}
        return {
            "kind": "t1",
            "data": {"id": name, "author": name, "body": body, "created_utc": 1773306000.0, "replies": replies, **more},
        }

    answer = t1("b", "No.", score=-3)
    listing = [
        t1("a", "Yes.\n\nReally.", score=12, replies=[answer]),
        t1("d", "[deleted]", score=1),
        t1("f", "[ Removed by Reddit ]", author="[deleted]"),
        t1("g", "I left.", author="[deleted]"),
        t1("e", "Hm", score=1, score_hidden=True),
    ]
    listing.append({"kind": "more", "data": {"children": ["x"]}})
    got = reddit.read([{}, {"data": {"children": listing}}])
    assert seen(got) == [
        ("a", "Yes.\nReally.", "2026-03-12T09:00", 12, None),
        ("b", "No.", "2026-03-12T09:00", -3, 0),
        (None, "I left.", "2026-03-12T09:00", None, None),
        ("e", "Hm", "2026-03-12T09:00", None, None),
    ]


@pytest.mark.parametrize(
    ("bodies", "read"),
    [
        (["&gt; So they say.", "AT&amp;T &lt;3", "&amp;gt; is how"], ["> So they say.", "AT&T <3", "&gt; is how"]),
        (["&gt; So they say.", "3 > 2"], ["&gt; So they say.", "3 > 2"]),
        (["&gt; So they say.", "Q&A"], ["&gt; So they say.", "Q&A"]),
        (["So they say."], ["So they say."]),
    ],
)
def test_signs_that_a_server_like_reddit_escapes_are_read_where_it_escapes_all(bodies: list[str], read: list[str]) -> None:
    rows = [{"kind": "t1", "data": {"id": str(at), "body": body}} for at, body in enumerate(bodies)]
    assert [comment.text for comment in reddit.read([{}, {"data": {"children": rows}}])] == read


def test_lemmy_reads_parents_from_the_path() -> None:
    found = lemmy.find(Story(url="https://lemmy.example/post/7"), "https://lemmy.example/")
    assert found is not None
    assert found.startswith("https://lemmy.example/api/v3/comment/list?post_id=7&")
    said = [
        {
            "comment": {"id": 3, "path": "0.2.3", "content": "And?", "published": NINE},
            "creator": {"name": "n"},
            "counts": {"score": 1},
        },
        {
            "comment": {"id": 2, "path": "0.2", "content": "So.", "published": NINE},
            "creator": {"name": "m"},
            "counts": {"score": 5},
        },
        {"comment": {"id": 4, "path": "0.4", "content": "x", "published": NINE, "deleted": True}, "creator": {"name": "o"}},
    ]
    assert seen(lemmy.read({"comments": said})) == [
        ("m", "So.", "2026-03-12T09:00", 5, None),
        ("n", "And?", "2026-03-12T09:00", 1, 0),
    ]


def test_mastodon() -> None:
    story = Story(url="https://m.example/@desk/123")
    assert mastodon.find(story, "https://m.example") == "https://m.example/api/v1/statuses/123/context"
    said = [
        {
            "id": "5",
            "in_reply_to_id": "123",
            "account": {"display_name": "", "acct": "a@b"},
            "content": "<p>Hi</p>",
            "created_at": NINE,
        },
        {
            "id": "6",
            "in_reply_to_id": "5",
            "account": {"display_name": "B"},
            "content": "<p>Ho</p>",
            "created_at": NINE,
            "favourites_count": 2,
        },
    ]
    assert seen(mastodon.read({"ancestors": [], "descendants": said})) == [
        ("a@b", "Hi", "2026-03-12T09:00", None, None),
        ("B", "Ho", "2026-03-12T09:00", 2, 0),
    ]


def test_a_moment_has_four_digits_for_its_year() -> None:
    assert (moment(1773306000), moment(-(10**11) / 2), moment(10**12)) == ("2026-03-12T09:00", "0385-07-25T07:06", None)


def test_a_long_thread_is_no_whole_one() -> None:
    """What is not in the answer was not deleted there: the servers tell only so many."""
    few = [{"id": number} for number in range(59)]
    for module, name, most in ((lemmy, "comments", 300), (mastodon, "descendants", 60)):
        assert module.is_whole({name: few})
        assert not module.is_whole({name: few * (most // 59 + 1)})
    for numbers, whole in ((list(range(59)), True), (list(range(60)), False), (None, True)):
        topic = {"post_stream": {"posts": few, "stream": numbers}}
        assert discourse.is_whole(topic) is whole


def test_posts_of_a_long_topic_are_asked_for_by_their_numbers_the_latest_if_there_are_too_many() -> None:
    def topic(numbers: Any) -> Json:
        return {"post_stream": {"posts": [{"id": 900}], "stream": numbers}}

    url = "https://talk.example.org/t/42.json"
    asked = discourse.pages(url, topic([900, *range(150), "x", -3, True, 149]))
    assert [page.count("post_ids%5B%5D=") for page in asked] == [100, 50]
    assert asked[1].startswith("https://talk.example.org/t/42/posts.json?post_ids%5B%5D=100&post_ids%5B%5D=101&")
    many = discourse.pages(url, topic(list(range(10_000))))
    assert len(many) == discourse.MOST_PAGES
    assert many[-1].endswith("=9999")
    assert discourse.pages(url, topic(None)) == discourse.pages(url, topic([900])) == []


def test_a_further_page_that_is_damaged_costs_itself_alone() -> None:
    posts = [{"id": 9, "post_number": 2, "cooked": "<p>Good</p>"}]
    topic = json.dumps({"post_stream": {"posts": posts, "stream": [9, 10]}}).encode()
    page = b'{"post_stream": '
    said = parse.read(topic + page, kind="discourse", url="", content_type=None, sizes=[len(page)])
    assert ([row[0] for row in said["comments"]], said["whole"]) == (["Good"], False)


async def test_a_thread_is_read_where_parsers_are_limited_in_time_and_memory() -> None:
    class Limited:
        async def ask(self, task: str, data: bytes, **options: Json) -> dict[str, Json]:
            raise ParsingError(f"{task} of {len(data)} bytes was given up")

    plays = {"/c": answer(b'{"children": []}'), "/f": answer(b"<rss><channel/></rss>")}
    async with serving(plays) as server, Fetcher("newsdesk/test") as fetcher:
        reader = CommentReader(fetcher, Limited())
        for kind, path, size in (("hacker_news", "/c", 16), ("feed", "/f", 21)):
            got = await reader.read(Thread(kind, server.url(path)), allow_private=True)
            assert (got.comments, got.error) == (None, f"thread of {size} bytes was given up")


@pytest.mark.parametrize("kind", list(parse.READERS))
@pytest.mark.parametrize(
    "data", [b"", b"<html>", b"3", b"{}", b"null", b"[" * 100_000, b'{"error": 404}', b'{"comments": 3, "children": 3}']
)
def test_nonsense_is_no_thread(kind: str, data: bytes) -> None:
    with pytest.raises(NotAThreadError, match=r"thread|topic|item|context"):
        parse.read(data, kind=kind, url="", content_type=None)


def test_a_thread_that_is_cut_at_our_limit_is_no_whole_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "MAX_COMMENTS", 2)
    for count in (1, 2):
        children = [{"id": number, "text": "x"} for number in range(1, count + 1)]
        said = parse.read(json.dumps({"children": children}).encode(), kind="hacker_news", url="", content_type=None)
        assert said["whole"] is (count < 2)


def test_a_thread_that_is_too_deep_is_told_so() -> None:
    deep = b'{"text": "x", "children": [' * 50_000 + b"]}" * 50_000
    with pytest.raises(NotAThreadError, match="the thread is nested too deeply"):
        parse.read(deep, kind="hacker_news", url="", content_type=None)


@pytest.mark.parametrize("module", [discourse, hacker_news, lemmy, mastodon])
def test_another_host_is_not_asked(module: Any) -> None:
    assert module.find(Story(url="https://m.example.evil/@desk/123"), "https://m.example") is None
    assert module.find(Story(), "https://m.example") is None


def test_a_thread_that_goes_in_circles_or_deep_ends() -> None:
    circle = [{"id": i, "parent": 3 - i, "author_name": "x", "content": {"rendered": "y"}} for i in (2, 1)]
    assert [c.reply_to for c in wordpress.read(circle)] == [None, 0]
    deep = [{"id": i, "parent": i - 1, "author_name": "x", "content": {"rendered": "y"}} for i in range(5000, 0, -1)]
    assert len(wordpress.read(deep)) == 5000


def test_what_a_thread_is_found_by_without_any_setting_is_seen_beforehand() -> None:
    hacker = Story(url="https://news.ycombinator.com/item?id=9")
    post = Story(url="https://WWW.Reddit.com/r/x/comments/ab1/")
    for story in (hacker, post):
        assert find_thread(story, {}) is not None
        assert names_a_thread(story.url)
    assert not names_a_thread("https://example.org/a")
    assert not names_a_thread(None)
