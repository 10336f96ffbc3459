"""Feeds of every kind become the same stories; the fast reader says what feedparser says, and refuses what it does not know."""

from __future__ import annotations

import asyncio
import json
import tarfile
import warnings
from pathlib import Path

import pytest

from fetchers import worker
from fetchers.blocking import BlockingParser
from fetchers.feeds import json_feed, tolerant_feed, xml_feed
from fetchers.feeds.adapt import adapt, read_author, read_date, read_link
from fetchers.feeds.depth import is_too_deep
from fetchers.feeds.parse import parse, read_strictly
from fetchers.feeds.wire import Feed, NotAFeedError
from fetchers.worker import ParserProcess, ParsingError
from newsdesk.children import end
from newsdesk.model import Json, Story

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
    assert feed is not None
    return adapt(feed, "https://example.org/rss", base="https://example.org/rss")


@pytest.mark.parametrize("document", [RSS, ATOM, JSON], ids=["RSS", "Atom", "JSON Feed"])
def test_every_kind_of_feed_becomes_the_same_story(document: str) -> None:
    (story,) = stories(read_strictly(document.encode()))
    assert story.title == "Pier opens & closes again"
    assert story.body == ("The pier opened.", "Then it closed.")
    assert (story.published, story.updated) == ("2026-03-12T09:00+01:00", None)
    assert (story.outlet, story.byline, story.language) == ("Harbour & Hill", "Ida Holm", "en")
    assert (story.url, story.hints) == ("https://example.org/news/1", ("Transport",))
    assert story.origin is not None
    assert (story.origin.feed, story.origin.item_id, story.origin.format) == ("https://example.org/rss", "one", "feed")


CYRILLIC = "<item><title>Парламент принял бюджет</title><description>Комитет сообщил о третьем чтении.</description></item>"
KANA = "<item><title>首相が予算案に署名</title><description>国会は法案を可決した。これは初めてのことです。</description></item>"


def document(items: str, encoding: str = "utf-8", declared: str | None = "utf-8", attributes: str = "") -> bytes:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    return f'{head}<rss version="2.0" {attributes}><channel><title>Post</title>{items}</channel></rss>'.encode(encoding)


def read(data: bytes, content_type: str | None = None) -> tuple[Story, ...]:
    return stories(read_strictly(data) or tolerant_feed.read(data, content_type))


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-16", "utf-16", None),
        ("utf-16-le", None, None),
        ("utf-8", "windows-1251", None),
        ("utf-8", "iso-8859-1", "text/xml; charset=iso-8859-1"),
        ("cp1251", "windows-1251", "text/xml; charset=utf-8"),
        ("cp1251", "utf-8", "text/xml; charset=utf-8"),
        ("cp1251", None, "text/xml; charset=windows-1251"),
        ("koi8-r", "utf-8", None),
    ],
)
def test_a_feed_is_read_in_the_encoding_that_it_is_in_whatever_is_said_of_it(
    encoding: str, declared: str | None, content_type: str | None
) -> None:
    (story,) = read(document(CYRILLIC, encoding, declared), content_type)
    assert (story.title, story.body) == ("Парламент принял бюджет", ("Комитет сообщил о третьем чтении.",))


def test_two_byte_letters_are_found_out_too() -> None:
    (story,) = read(document(KANA, "shift_jis", "utf-8"))
    assert story.title == "首相が予算案に署名"


@pytest.mark.parametrize("content_type", [None, "text/xml; charset=utf-8", "text/xml; charset=iso-8859-1"])
def test_an_excerpt_that_is_cut_in_a_letter_costs_that_letter(content_type: str | None) -> None:
    data = document(CYRILLIC + CYRILLIC).replace("чтении.".encode(), "чтени".encode() + b"\xd0", 1)
    cut, whole = read(data, content_type)
    assert cut.title == whole.title == "Парламент принял бюджет"
    assert cut.body == ("Комитет сообщил о третьем чтени\ufffd",)


def test_references_to_controls_are_the_signs_of_windows() -> None:
    (story,) = read(document("<item><title>It&#146;s &#x93;over&#148; &#150; &amp;#146;tis &#129;</title></item>"))
    assert story.title == "It’s “over” – ’tis"


def test_old_rss_keeps_its_letters_and_its_wishes() -> None:
    kind = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    for entity in ("&eacute;", "é"):
        wishes = "<skipHours><hour>3</hour><hour> 24 </hour></skipHours><skipDays><day>Sunday</day></skipDays>"
        item = f"<item><title>L&#233;ger {entity}t{entity}</title></item>"
        data = f'{kind}<rss version="0.91"><channel><title>Post</title>{wishes}{item}</channel></rss>'.encode()
        feed = read_strictly(data) or tolerant_feed.read(data)
        assert (feed.skip_hours, feed.skip_days) == (frozenset({3, 0}), frozenset({6}))
        assert stories(feed)[0].title == "Léger été"


def test_addresses_are_relative_to_the_base_that_is_told() -> None:
    entry = '<entry xml:base="b/"><id>1</id><title>One</title><link href="c.html"/></entry>'
    (story,) = read(f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/a/">{entry}</feed>'.encode())
    assert story.url == "https://base.example/a/b/c.html"
    (story,) = read(document("<item><title>One</title><link>c</link></item>", attributes='xml:base="https://base.example/"'))
    assert story.url == "https://base.example/c"
    (story,) = read(
        document("<item><title>One</title><link>http://[</link></item>", attributes='xml:base="https://a.example/"')
    )
    assert story.url is None


def test_of_several_links_the_web_page_is_the_storys() -> None:
    links = '<link type="text/gemini" href="gemini://a.example/1"/><link type="text/html" href="https://a.example/1"/>'
    entry = f"<entry><id>1</id><title>One</title>{links}</entry>"
    (story,) = read(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode())
    assert story.url == "https://a.example/1"


def test_a_guid_that_is_a_number_is_no_address() -> None:
    bare, said, address = read(
        document(
            "<item><title>One</title><guid>17</guid></item>"
            '<item><title>Two</title><guid isPermaLink="true">18</guid></item>'
            "<item><title>Three</title><guid>https://a.example/19</guid></item>"
        )
    )
    assert (bare.url, said.url, address.url) == (None, "https://example.org/18", "https://a.example/19")


def test_an_id_that_other_stories_have_too_is_none() -> None:
    item = "<item><title>{}</title><guid isPermaLink='false'>{}</guid><link>{}</link><description>{}</description></item>"
    rows = (
        ("Ships", "0", "/ships", "One."),
        ("Schools", "0", "/schools", "Two."),
        ("Floods", "a", "/floods", "One."),
        ("Floods ebb", "a", "/floods", "The same again, later."),
        ("", "b", "", "One."),
        ("", "b", "", "Two."),
        ("Taxes", "c", "", "One."),
    )
    found = read(document("".join(item.format(*row) for row in rows)))
    assert [story.origins[0].item_id for story in found] == [None, None, "a", "a", None, None, "c"]


def test_videos_and_podcasts_have_their_texts_where_others_have_none() -> None:
    spaces = (
        'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
    )
    items = (
        "<media:group><media:title>A film</media:title><media:description>Of a film.</media:description></media:group>",
        "<title>An hour</title><itunes:summary>Of an hour.</itunes:summary><itunes:author>Ida Holm</itunes:author>",
        "<title>Both</title><description>Own.</description><itunes:summary>Other.</itunes:summary>",
        "<title>Core</title><dc:description>Of it.</dc:description><dc:creator>Ida</dc:creator><dc:creator>Jo</dc:creator>",
        "<title>Ato</title><atom:updated>2026-03-12T09:00:00Z</atom:updated><atom:author><atom:name>Ida</atom:name></atom:author>",
    )
    film, hour, both, core, atom = read(document("".join(f"<item>{item}</item>" for item in items), attributes=spaces))
    assert (film.title, film.body) == ("A film", ("Of a film.",))
    assert (hour.body, hour.byline) == (("Of an hour.",), "Ida Holm")
    assert both.body == ("Own.",)
    assert (core.body, core.byline) == (("Of it.",), "Ida, Jo")
    assert (atom.published, atom.updated, atom.byline) == ("2026-03-12T09:00+00:00", None, "Ida")


def test_an_item_may_have_a_language_of_its_own() -> None:
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    own, shared = read(
        document(
            "<language>fr</language><item><title>Eins</title><dc:language>de-DE</dc:language></item><item><title>Un</title></item>",
            attributes=spaces,
        )
    )
    assert (own.language, shared.language) == ("de", "fr")
    entry = '<entry xml:lang="de"><id>1</id><title>Eins</title></entry>'
    (story,) = read(f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">{entry}</feed>'.encode())
    assert story.language == "de"
    (story,) = read(b'{"language": "fr", "items": [{"id": "1", "title": "Eins", "language": "de"}]}')
    assert story.language == "de"


def test_the_address_behind_one_that_counts_is_the_storys() -> None:
    space = 'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    links = "<link>http://count.example/1</link><feedburner:origLink>https://a.example/1</feedburner:origLink>"
    for title in ("One", ""):  # read strictly, and by feedparser
        (story,) = read(document(f"<item><title>{title}</title>{links}</item>", attributes=space))
        assert story.url == "https://a.example/1"


def test_markup_with_a_prefix_parts_no_paragraph() -> None:
    text = "<x:div>It is <x:b>late</x:b> and <x:i>dark</x:i>.</x:div>"
    content = f'<content type="xhtml" xmlns:x="http://www.w3.org/1999/xhtml">{text}</content>'
    entry = (
        f"<entry><id>1</id><title>One</title><author><name>A</name></author><author><name>B</name></author>{content}</entry>"
    )
    (story,) = read(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode())
    assert (story.body, story.byline) == (("It is late and dark.",), "A, B")


def test_comments_are_a_count_and_a_feed_and_never_a_link() -> None:
    for document in (RSS, ATOM):
        (story,) = stories(xml_feed.read(document.encode()))
        assert (story.extra["comment_count"], story.extra["comment_feed"]) == (3, "https://example.org/news/1/feed")


def test_the_publishers_wishes_are_read() -> None:
    feed = xml_feed.read(RSS.encode())
    assert feed is not None
    assert (feed.every_s, feed.skip_hours) == (5400, frozenset({3}))


@pytest.mark.parametrize("inside", ["<b>" * 9_000, "<b>" * 9_000 + "</b>" * 9_000, "<P>\n<q cite='x'>" * 4_000])
async def test_a_feed_that_nests_absurdly_is_refused_before_it_is_parsed(inside: str) -> None:
    process = ParserProcess()
    try:
        document = RSS.replace("</title>", f"</title>{inside}").encode()
        with pytest.raises(ParsingError, match="nested too deeply"):
            await process.ask("feed", document)
    finally:
        await process.close()


def test_many_open_ends_are_no_depth() -> None:
    item = "<item><title>One<br></title><description>" + "<p>words" * 90 + "</description></item>"
    for body in (item * 200, "<![CDATA[" + "<b>" * 9_000 + "]]>", "<!--" + "<b>" * 9_000 + "-->", "<x/>" * 9_000):
        assert not is_too_deep(RSS.replace("<item>", f"{body}<item>").encode())
    for endless in ("<![CDATA[", "<!--", "<b ", "</b>", "<"):  # linear, or this takes minutes
        assert not is_too_deep(endless.encode() * 300_000)


async def test_the_worker_takes_its_modules_from_no_folder_that_it_happens_to_be_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "fetchers", "newsdesk", "lxml"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    process = ParserProcess()
    try:
        assert (await process.ask("feed", RSS.replace("</rss>", "").encode()))["title"]
    finally:
        await process.close()
    waiting = BlockingParser()
    try:
        assert waiting.ask("feed", RSS.replace("</rss>", "").encode())["title"]
    finally:
        waiting.close()


@pytest.mark.parametrize(
    "document",
    [
        RSS.replace("</channel>", ""),
        RSS.replace("<rss", '<!DOCTYPE rss [<!ENTITY a "b">]><rss'),
        RSS.replace("<item>", "<nothing>").replace("</item>", "</nothing>"),
        ATOM.replace('type="xhtml"', 'type="application/octet-stream"'),
        "<opml/>",
    ],
)
def test_what_the_fast_reader_does_not_know_it_leaves_to_feedparser(document: str) -> None:
    assert read_strictly(document.encode()) is None


async def test_a_broken_feed_is_read_in_the_worker_with_the_same_result() -> None:
    process = ParserProcess()
    try:
        feed = await parse(RSS.replace("</channel></rss>", "").encode(), "text/xml", process)
        again = await parse(RSS.replace("</rss>", "&nbsp;").encode(), None, process)
        with pytest.raises(ParsingError):
            await parse(b"just words, no feed", None, process)
    finally:
        await process.close()
    (whole,) = stories(xml_feed.read(RSS.encode()))
    for mended in (feed, again):
        (story,) = stories(mended)
        assert (story.title, story.body, story.published, story.url) == (whole.title, whole.body, whole.published, whole.url)


async def test_a_document_past_its_time_box_costs_itself_alone() -> None:
    hasty = ParserProcess(time_box_s=0.0)
    try:
        with pytest.raises(ParsingError, match="seconds"):
            await hasty.ask("feed", b"<rss>")
    finally:
        await hasty.close()
    process = ParserProcess()
    try:
        assert (await process.ask("feed", RSS.replace("</rss>", "").encode()))["title"]
    finally:
        await process.close()


async def test_every_process_is_gone_when_its_parser_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []

    async def end_slowly(process: asyncio.subprocess.Process) -> None:
        for _ in range(50):
            await asyncio.sleep(0)
        ended.append(await end(process))

    monkeypatch.setattr(worker, "end", end_slowly)
    process = ParserProcess(time_box_s=0.0)
    for number in range(3):
        with pytest.raises(ParsingError, match="seconds"):
            await process.ask("feed", b"<rss>")
        assert len(ended) == number
    await process.close()
    assert len(ended) == 3
    assert all(code < 0 for code in ended)


async def test_a_process_that_ended_between_two_questions_is_replaced() -> None:
    process = ParserProcess()
    broken = RSS.replace("</rss>", "").encode()
    try:
        first = await process.ask("feed", broken)
        assert process._running is not None
        process._running._process.kill()
        await process._running._process.wait()
        assert await process.ask("feed", broken) == first
    finally:
        await process.close()


@pytest.mark.parametrize(
    "data", [b"", b"  ", b"<!DOCTYPE html><html></html>", b"<html>", b"{}", b'{"items": 3}', b"[" * 100_000]
)
async def test_what_is_no_feed_says_so(data: bytes) -> None:
    with pytest.raises(NotAFeedError):
        read_strictly(data)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Thu, 12 Mar 2026 09:00:00 GMT", "2026-03-12T09:00+00:00"),
        ("12 Mar 2026 09:00 -0500", "2026-03-12T09:00-05:00"),
        ("Thu, 12 Mar 2026 09:00:00 UT", "2026-03-12T09:00+00:00"),
        ("Tue, 31 Mar 2026 09:00:00 +0200", "2026-03-31T09:00+02:00"),
        ("Mon, 30 Feb 2026 09:00:00 GMT", None),
        ("2026-03-12T09:00:00.5Z", "2026-03-12T09:00+00:00"),
        ("2026-03-12T09:00:00", "2026-03-12T09:00"),
        ("2026-03-12", "2026-03-12"),
        ("2026-13-12", None),
        ("Thu, 12 Mar 2026 23:99:00 GMT", "2026-03-12"),
        ("Thu, 12 Mar 2026 23:09:00 +9999", "2026-03-12T23:09"),
        ("2026-03-12T12:75:00Z", "2026-03-12"),
        ("yesterday", None),
        (None, None),
    ],
)
def test_dates(printed: str | None, read: str | None) -> None:
    assert read_date(printed) == read


def test_links_and_authors_are_cleaned() -> None:
    assert read_link("javascript:alert(1)", "https://example.org/") is None
    assert read_link("//other.example/a\x1b]0;x", "https://example.org/") == "https://other.example/a]0;x"
    assert read_link("http://[", "https://example.org/") is None
    assert read_link("story one.html", "https://example.org/a/") == "https://example.org/a/story%20one.html"
    assert read_link("http://not a host/x", "https://example.org/") is None
    assert read_author("ida@example.org (Ida Holm)") == "Ida Holm"
    assert read_author("ida@example.org") is None
    assert [read_author(text) for text in ("By Ida Holm", "BY IDA HOLM", "Byron", "By")] == [
        "Ida Holm",
        "IDA HOLM",
        "Byron",
        "By",
    ]


FIELDS = ("title", "body", "published", "url", "byline", "language", "hints", "outlet")


@pytest.mark.shared
def test_the_fast_reader_agrees_with_feedparser_on_its_own_test_suite(shared: Path) -> None:
    corpus = shared / "corpora" / "feedparser-6.0.14-tests" / "feedparser-6.0.14-tests.tar.gz"
    same = other = 0
    with tarfile.open(corpus) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for member in archive:
            file = archive.extractfile(member) if member.isfile() and member.name.endswith(".xml") else None
            feed = xml_feed.read(data := file.read()) if file else None
            if feed is None:
                continue
            fast, slow = stories(feed), stories(tolerant_feed.read(data))
            assert len(fast) == len(slow), member.name
            agree = all(getattr(a, name) == getattr(b, name) for a, b in zip(fast, slow, strict=True) for name in FIELDS)
            same, other = same + agree, other + (not agree)
    assert same >= 450
    assert same / (same + other) >= 0.98


@pytest.mark.shared
async def test_documents_made_to_exhaust_a_parser_cost_themselves_alone(shared: Path) -> None:
    process = ParserProcess(time_box_s=10.0)
    try:
        paths = sorted((shared / "corpora" / "xml-bombs-generated").iterdir())
        assert paths
        for path in paths:
            try:
                feed = await parse(path.read_bytes(), None, process)
            except ParsingError:
                continue
            size = sum(len(item.markup) + len(item.title or "") for item in feed.items)
            assert size <= 2 * 15 * 2**20, path.name
    finally:
        await process.close()


def test_plain_texts_of_json_feed_are_no_markup() -> None:
    data = b'{"items": [{"id": "1", "summary": "1 <b> 2 & 3"}, {"id": "2", "content_text": "one\ttwo\n\nthree"}]}'
    summary, text = stories(json_feed.read(data))
    assert (summary.body, text.body) == (("1 <b> 2 & 3",), ("one two", "three"))


def test_json_feed_survives_every_type_in_every_place() -> None:
    values: tuple[Json, ...] = (None, True, 3, 10**400, 1.5, "x", [], {}, [[]], [{}])
    for value in values:
        document = {"items": [dict.fromkeys(["id", "title", "url", "tags", "authors", "author", "content_text"], value)]}
        assert len(json_feed.read(json.dumps(document).encode()).items) == 1
