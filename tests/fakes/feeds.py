"""Feeds as their publishers write them: one story in three formats, and RSS around any items."""

from __future__ import annotations

import json

from fetchers.feeds import tolerant_feed
from fetchers.feeds.adapt import adapt
from fetchers.feeds.parse import read_strictly
from fetchers.feeds.wire import Feed
from newsdesk.model import Story

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel><title>Harbour &amp; Hill</title><link>https://example.org/</link><language>en-GB</language><ttl>90</ttl>
<skipHours><hour>3</hour></skipHours>
<item><title>Pier opens &amp;amp; closes &lt;b&gt;again&lt;/b&gt;</title>
<link>/news/1</link><guid isPermaLink="false">one</guid>
<pubDate>Thu, 12 Mar 2026 09:00:00 +0100</pubDate><dc:creator>Ida Holm</dc:creator><category>Transport</category>
<description>Short.</description>
<content:encoded><![CDATA[<p>The pier opened.</p><p>Then it closed.</p>
<script>x()</script>]]></content:encoded>
<comments>https://example.org/news/1#comments</comments><wfw:commentRss>https://example.org/news/1/feed</wfw:commentRss>
<slash:comments>3</slash:comments></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="en-GB">
<title>Harbour &amp; Hill</title><link href="https://example.org/"/><id>urn:x</id><updated>2026-03-12T09:00:00+01:00</updated>
<entry><title type="html">Pier opens &amp;amp; closes &lt;b>again&lt;/b></title><id>one</id><link href="/news/1"/>
<link rel="replies" type="application/atom+xml" href="https://example.org/news/1/feed" thr:count="3"/>
<published>2026-03-12T09:00:00+01:00</published>
<updated>2026-03-12T09:00:00+01:00</updated><author><name>Ida Holm</name></author>
<category term="Transport"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The pier opened.</p>
<p>Then it closed.</p></div></content></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour & Hill",
        "home_page_url": "https://example.org/",
        "language": "en-GB",
        "items": [
            {
                "id": "one",
                "url": "/news/1",
                "title": "Pier opens & closes again",
                "date_published": "2026-03-12T09:00:00+01:00",
                "authors": [{"name": "Ida Holm"}],
                "tags": ["Transport"],
                "content_html": "<p>The pier opened.</p><p>Then it closed.</p>",
            }
        ],
    }
)


def stories(feed: Feed | None) -> tuple[Story, ...]:
    """The stories of a feed at ``https://example.org/rss``."""
    assert feed is not None
    return adapt(feed, "https://example.org/rss", base="https://example.org/rss")


def rss(items: str, encoding: str = "utf-8", declared: str | None = "utf-8", attributes: str = "") -> bytes:
    """A feed of `items`, with `attributes` on its root; `declared`: the encoding that it says it is in, None for none."""
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    return f'{head}<rss version="2.0" {attributes}><channel><title>Post</title>{items}</channel></rss>'.encode(encoding)


def read(data: bytes, content_type: str | None = None) -> tuple[Story, ...]:
    """The stories of a feed, by the reader that a refresh would take: the strict one, else feedparser."""
    return stories(read_strictly(data) or tolerant_feed.read(data, content_type))
