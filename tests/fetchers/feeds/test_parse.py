"""Feeds of every kind become the same stories; the fast reader says what feedparser says, and refuses what it does not know."""

from __future__ import annotations

import json
import tarfile
import warnings
from pathlib import Path

import pytest

from fetchers.feeds import json_feed, tolerant_feed, xml_feed
from fetchers.feeds.parse import read_strictly
from fetchers.feeds.wire import NotAFeedError
from newsdesk.model import Json
from tests.fakes.feeds import ATOM, JSON, RSS, read, rss, stories


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


def test_old_rss_keeps_its_letters_and_its_wishes() -> None:
    kind = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    for entity in ("&eacute;", "é"):
        wishes = "<skipHours><hour>3</hour><hour> 24 </hour></skipHours><skipDays><day>Sunday</day></skipDays>"
        item = f"<item><title>L&#233;ger {entity}t{entity}</title></item>"
        data = f'{kind}<rss version="0.91"><channel><title>Post</title>{wishes}{item}</channel></rss>'.encode()
        feed = read_strictly(data) or tolerant_feed.read(data)
        assert (feed.skip_hours, feed.skip_days) == (frozenset({3, 0}), frozenset({6}))
        assert stories(feed)[0].title == "Léger été"


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
    film, hour, both, core, atom = read(rss("".join(f"<item>{item}</item>" for item in items), attributes=spaces))
    assert (film.title, film.body) == ("A film", ("Of a film.",))
    assert (hour.body, hour.byline) == (("Of an hour.",), "Ida Holm")
    assert both.body == ("Own.",)
    assert (core.body, core.byline) == (("Of it.",), "Ida, Jo")
    assert (atom.published, atom.updated, atom.byline) == ("2026-03-12T09:00+00:00", None, "Ida")


def test_a_page_that_was_taken_for_a_feed_tells_the_feeds_that_it_names() -> None:
    links = [f'<link rel="alternate" type="application/rss+xml" href="/{name}">' for name in ("news", "sport")]
    one, two = (f"<!doctype html><html><head>{''.join(some)}".encode() for some in (links[:1], links))
    with pytest.raises(NotAFeedError, match=r"a web page, not a feed; the feed that it names is https://a\.example/news$"):
        read_strictly(one, "https://a.example/front")
    with pytest.raises(NotAFeedError, match=r"/news \(of 2; `newsdesk feeds discover https://a\.example/front` lists them\)$"):
        read_strictly(two, "https://a.example/front")


def test_an_item_may_have_a_language_of_its_own() -> None:
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    own, shared = read(
        rss(
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
        (story,) = read(rss(f"<item><title>{title}</title>{links}</item>", attributes=space))
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


@pytest.mark.parametrize("whole", [True, False], ids=["strictly", "by feedparser"])
def test_replies_are_a_feed_also_where_a_page_is_named_first_and_counted_by_their_total(whole: bool) -> None:
    page = '<link rel="replies" type="text/html" href="https://a.example/1#c"{0}/>'
    feed = '<link rel="replies" type="application/atom+xml" href="https://a.example/1/c"{0}/>'
    spaces = 'xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"'
    for links in (page + feed, feed + page):
        for count, total in ((' thr:count="3"', ""), ("", "<thr:total>3</thr:total>")):
            entry = f"<entry><id>1</id><title>One</title>{links.format(count)}{total}</entry>"
            (story,) = read(f"<feed {spaces}>{entry}{'</feed>' if whole else '&nbsp;</feed>'}".encode())
            assert story.extra == {"comment_feed": "https://a.example/1/c", "comment_count": 3}
    (story,) = read(f"<feed {spaces}><entry><id>1</id><title>One</title>{page.format('')}</entry></feed>".encode())
    assert story.extra == {}


def test_what_names_no_writer_is_by_its_feeds_unless_that_is_the_feeds_own_name() -> None:
    def written(author: str, title: str, entry: str = "", more: str = "") -> str | None:
        head = f"<title>{title}</title><author><name>{author}</name></author>"
        entry = f"<entry><id>1</id><title>One</title>{entry}</entry>"
        (story,) = read(f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{entry}{more}</feed>'.encode())
        return story.byline

    for more in ("", "&nbsp;"):
        assert written("Ida Holm", "Harbour Post", more=more) == "Ida Holm"
        assert written("Ida Holm", "Harbour Post", "<author><name>Jo Berg</name></author>", more) == "Jo Berg"
        assert written("harbour post", "Harbour Post: News", more=more) is None
    first = "<source><title>Hill Post</title><author><name>Jo Berg</name></author></source>"
    assert written("Ida Holm", "Planet", first) == "Jo Berg"
    for names in ({"authors": [{"name": "Ida"}, {"name": "Jo"}]}, {"author": {"name": "Ida, Jo"}, "authors": []}):
        (story,) = read(json.dumps({"title": "Post", "items": [{"id": "1", "title": "One"}], **names}).encode())
        assert story.byline == "Ida, Jo"


def test_the_publishers_wishes_are_read() -> None:
    feed = xml_feed.read(RSS.encode())
    assert feed is not None
    assert (feed.every_s, feed.skip_hours) == (5400, frozenset({3}))


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


@pytest.mark.parametrize(
    "element",
    [
        "</creativeCommons:license>",
        "</width>",
        "</media:player>",
        '<g:pos xmlns:g="http://www.opengis.net/gml">1 2</g:pos>',
        '<s:x xmlns:s="a&#9;b&#9;c"/>',
    ],
)
def test_an_element_that_feedparser_trips_over_costs_no_story(element: str) -> None:
    document = RSS.replace("<item>", f"{element}<item>{element}").replace("</channel>", element)
    (story,) = stories(tolerant_feed.read(document.encode()))
    assert (story.title, story.url) == ("Pier opens & closes again", "https://example.org/news/1")


@pytest.mark.parametrize(("name", "content_type"), [(b"UTF-8\0", None), (b"UT\xffF-8", "text/xml; charset=iso-8859-1")])
def test_an_encoding_whose_name_no_system_may_look_up_costs_no_story(name: bytes, content_type: str | None) -> None:
    document = RSS.encode().replace(b"UTF-8", name)
    assert len(tolerant_feed.read(document, content_type).items) == 1


@pytest.mark.parametrize(
    "data", [b"", b"  ", b"<!DOCTYPE html><html></html>", b"<html>", b"{}", b'{"items": 3}', b"[" * 100_000]
)
def test_what_is_no_feed_says_so(data: bytes) -> None:
    with pytest.raises(NotAFeedError):
        read_strictly(data)


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


def test_plain_texts_of_json_feed_are_no_markup() -> None:
    data = b'{"items": [{"id": "1", "summary": "1 <b> 2 & 3"}, {"id": "2", "content_text": "one\ttwo\n\nthree"}]}'
    summary, text = stories(json_feed.read(data))
    assert (summary.body, text.body) == (("1 <b> 2 & 3",), ("one two", "three"))


def test_json_feed_survives_every_type_in_every_place() -> None:
    values: tuple[Json, ...] = (None, True, 3, 10**400, 1.5, "x", [], {}, [[]], [{}])
    for value in values:
        document = {"items": [dict.fromkeys(["id", "title", "url", "tags", "authors", "author", "content_text"], value)]}
        assert len(json_feed.read(json.dumps(document).encode()).items) == 1
