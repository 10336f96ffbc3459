"""XML of feeds and agencies that is small to send and large or slow to read, or that is not quite XML."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO

import pytest
from lxml import etree

from fetchers import blocking
from fetchers.blocking import BlockingParser
from fetchers.feeds import xml_feed
from fetchers.seeds import Reader
from fetchers.seeds.detect import Source
from fetchers.seeds.xml_document import XML_LANG, read_root

NAMESPACES = "".join(f' xmlns:a{n}="urn:{n}"' for n in range(5000))


def test_a_feeds_namespaces_are_not_written_out_with_every_piece_of_markup() -> None:
    item = f"<item><title>One</title><description>Few <b>words</b>{'<i/>' * 5000}</description></item>"
    document = f'<rss version="2.0"{NAMESPACES}><channel>{item}</channel></rss>'
    feed = xml_feed.read(document.encode())
    assert feed is not None
    assert feed.items[0].markup.startswith("Few <b>words</b><i/>")
    assert len(feed.items[0].markup) < len(document)


def test_a_feed_in_a_file_has_its_time_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    item = f"<item><title>One</title><description>{'<i/>' * 100_000}</description></item>"
    with closing(BlockingParser(time_box_s=0.001)) as parser:
        monkeypatch.setattr(blocking, "shared_parser", lambda: parser)
        read = Reader().read_bytes(f"<rss><channel>{item}</channel></rss>".encode(), "x")
    assert [problem.what for problem in read.problems] == ["x"]
    assert read.stories == ()


def test_an_agencys_document_is_left_with_no_namespace() -> None:
    used = "".join(f' a{n}:x="1"' for n in range(5000))
    root = read_root(Source("x", BytesIO(f'<nitf{NAMESPACES}{used} xml:lang="en"><body/></nitf>'.encode())))
    assert root.items() == [(XML_LANG, "en")]
    assert len(etree.tostring(root)) < 100


def test_an_item_within_an_item_is_no_story_of_its_own() -> None:
    """Else the text inside would be kept as often as items are around it."""
    start = "<newsItem><contentMeta><headline>One</headline></contentMeta><contentSet><inlineXML>"
    end = "</inlineXML></contentSet></newsItem>"
    document = f"<newsMessage>{start * 80}<p>Text.</p>{end * 80}{start}<p>More.</p>{end}</newsMessage>"
    first, second = Reader().read_bytes(document.encode(), "x").stories
    assert (len(first.body), second.body) == (80, ("More.",))


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("AT&T & Co &lt;3 &#38; R&D;", "AT&T & Co <3 & R&D;"),
        ("Q&A <![CDATA[AT&T &amp; &eacute;]]>", "Q&A AT&T &amp; &eacute;"),
        ("Q&A &LT;i>", "Q&A <i>"),
        ("Q&" + "<![CDATA[" * 1_000_000, None),
    ],
    ids=["bare", "text as it stands", "a sign of markup", "no end"],
)
def test_an_ampersand_by_itself_is_one(written: str, title: str | None) -> None:
    found = Reader().read_bytes(
        f"<nitf><body><body.head><hedline><hl1>{written}</hl1></hedline></body.head></body></nitf>".encode(), "x"
    )
    assert [story.title for story in found.stories] == ([title] if title else [])
