"""What a feed says of WebSub, in its headers and in each format."""

from __future__ import annotations

import pytest

from fetchers.feeds import json_feed, tolerant_feed, xml_feed
from fetchers.feeds.websub import find_hub
from fetchers.feeds.wire import Feed

BASE = "https://example.org/rss"
LINKS = '<link rel="hub" href="https://hub.example/" xmlns="{0}"/><link rel="self" href="/feed" xmlns="{0}"/>'.format(
    "http://www.w3.org/2005/Atom"
)
RSS = f"<rss version='2.0'><channel><title>P</title>{LINKS}<item><title>a</title></item></channel></rss>".encode()
ATOM = f"<feed xmlns='http://www.w3.org/2005/Atom'>{LINKS}<entry><title>a</title></entry></feed>".encode()
JSON = b'{"hubs": [{"type": "WebSub", "url": "https://hub.example/"}], "feed_url": "https://example.org/feed", "items": []}'


@pytest.mark.parametrize(
    "feed",
    [xml_feed.read(RSS), xml_feed.read(ATOM), json_feed.read(JSON), tolerant_feed.read(RSS)],
    ids="rss atom json old".split(),
)
def test_each_format_tells_hub_and_topic(feed: Feed | None) -> None:
    assert feed is not None
    assert find_hub({}, feed, BASE) == ("https://hub.example/", "https://example.org/feed")


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ('<https://a.example/>; rel="hub", <https://example.org/x>; rel=self', ("https://a.example/", "https://example.org/x")),
        ('<https://a.example/>; title="a, b"; rel="hub"', ("https://a.example/", BASE)),
        ('</hub>; rel="preload hub"', ("https://example.org/hub", BASE)),
        ("<javascript:alert(1)>; rel=hub", (None, None)),
        ("<https://example.org/x>; rel=self", (None, None)),
        ("<" * 9000, (None, None)),
    ],
)
def test_headers_tell_it_too(header: str, told: tuple[str | None, str | None]) -> None:
    assert find_hub({"link": header}, Feed(), BASE) == told


def test_headers_outrank_the_document() -> None:
    feed = Feed(hub="https://old.example/", topic="https://example.org/old")
    assert find_hub({"link": "<https://new.example/>; rel=hub"}, feed, BASE)[0] == "https://new.example/"
