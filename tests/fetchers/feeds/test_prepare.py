"""Stories are made ready for the archive in the parser processes: they are those that parsing and adapting give."""

from __future__ import annotations

import asyncio
import marshal
from typing import Any

import pytest

from fetchers.feeds import prepare
from fetchers.feeds.adapt import adapt
from fetchers.feeds.parse import read_strictly
from fetchers.feeds.wire import Feed
from fetchers.worker import ParserPool, ParsingError
from newsdesk.ingest import digest
from newsdesk.model import Json
from newsdesk.tagging.drafts import Draft, Drafted

SOURCE = "https://example.org/rss"
ITEM = (
    "<item><title>Quake &amp;amp; tide {0}</title><link>/a{0}</link><guid isPermaLink='false'>{0}</guid>"
    "<pubDate>Sat, 31 Jan 2026 10:0{0}:00 +0100</pubDate><slash:comments>4</slash:comments><category>World</category>"
    "<description>&lt;p&gt;A quake — {0} — off İzmir.&lt;/p&gt;&lt;p&gt;「津波」 80 cm&#8203;.&lt;/p&gt;</description></item>"
)
RSS = (
    '<rss version="2.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>Example</title>'
    f"<ttl>90</ttl><language>en-GB</language>{''.join(ITEM.format(at) for at in range(5))}</channel></rss>"
).encode()
OPTIONS = {"content_type": None, "source": SOURCE, "base": SOURCE, "title": None, "tags": ["wires"], "country": "GB"}


def stories_of(said: Any) -> Drafted:
    return Drafted(said["drafts"], said["stories"])


def rows_of(said: Any) -> list[tuple[Json, ...]]:
    return [draft.to_row() for draft in stories_of(said).drafts]


def test_what_comes_back_is_what_parsing_and_adapting_give() -> None:
    said = marshal.loads(marshal.dumps(prepare.read(RSS, **OPTIONS)))  # type: ignore[arg-type]
    feed, stories = Feed.from_json(said["feed"]), stories_of(said)
    wire = read_strictly(RSS)
    assert wire is not None
    expected = adapt(wire, SOURCE, base=SOURCE, tags=("wires",), country="GB")
    assert tuple(stories) == expected
    assert [draft.to_row() for draft in stories.drafts] == [Draft.of(story).to_row() for story in expected]
    assert [draft.facts.dated() for draft in stories.drafts] == list(map(digest, expected))
    assert (feed.title, feed.every_s, feed.items) == ("Example", 5400, ())
    assert stories[1:3][0] == expected[1]


async def test_a_pool_answers_many_and_one_that_fails_fails_alone() -> None:
    pool = ParserPool(2)
    try:
        documents = [RSS, b"<html><body>Hello</body></html>", RSS, b"", RSS]
        said = await asyncio.gather(*(pool.ask("stories", data, **OPTIONS) for data in documents), return_exceptions=True)
        assert [type(one) for one in said] == [dict, ParsingError, dict, ParsingError, dict]
        assert "discover" in str(said[1])
        assert rows_of(said[0]) == rows_of(said[2]) == rows_of(said[4])
    finally:
        await pool.close()


async def test_a_question_that_is_given_up_leaves_the_pool_ready() -> None:
    pool = ParserPool(1)
    try:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await pool.ask("stories", RSS, **OPTIONS)
        assert len(rows_of(await pool.ask("stories", RSS, **OPTIONS))) == 5
    finally:
        await pool.close()


async def test_a_question_that_ends_its_process_costs_those_behind_it_nothing() -> None:
    pool = ParserPool(1)
    try:
        asked = [asyncio.ensure_future(pool.ask("stories", RSS, **OPTIONS)) for _ in range(5)]
        await asked[0]
        asked[1].cancel()
        said = await asyncio.gather(*asked, return_exceptions=True)
        assert [type(one) for one in said] in ([dict, asyncio.CancelledError, dict, dict, dict], [dict] * 5)
        assert rows_of(said[0]) == rows_of(said[2]) == rows_of(said[4])
    finally:
        await pool.close()


def test_drafts_are_the_same_with_numpy_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [" ".join(f"word{at * number % 97}" for at in range(number * 3)) for number in range(1, 30)]
    items = "".join(
        f"<item><title>Item</title><guid>{len(text)}</guid><description>{text}</description></item>" for text in texts
    )
    document = f"<rss version='2.0'><channel><title>Paper</title>{items}</channel></rss>".encode()
    said = []
    for enough in (10**9, 0):
        monkeypatch.setattr(prepare, "ENOUGH_FOR_NUMPY", enough)
        said.append(prepare.read(document, **OPTIONS))  # type: ignore[arg-type]
    assert len(rows_of(said[0])) == len(texts)
    assert rows_of(said[0]) == rows_of(said[1])
    assert (said[0]["feed"], said[0]["leads"]) == (said[1]["feed"], said[1]["leads"])
