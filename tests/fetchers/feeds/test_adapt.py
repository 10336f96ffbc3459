"""What an item says becomes a story's date, address, author and id."""

from __future__ import annotations

import pytest

from fetchers.feeds.adapt import LONGEST_NAME, read_author, read_date, read_link
from tests.fakes.feeds import read, rss


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
        ("12 Mar ٢٠٢٦ 09:00 GMT", "2026-03-12T09:00+00:00"),
        ("٢٠٢٦-٠٣-١٢", "2026-03-12"),
        ("0001-01-01T00:00:00Z", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None),
        ("2026-03-12T09:00:00+19:59", "2026-03-12T09:00"),
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
    assert read_author("a" * 400_000 + " @ Ida Holm") == "a" * 400_000 + " @ Ida Holm"  # at once: it took minutes
    assert [read_author(text) for text in ("By Ida Holm", "BY IDA HOLM", "Byron", "By")] == [
        "Ida Holm",
        "IDA HOLM",
        "Byron",
        "By",
    ]


def test_addresses_are_relative_to_the_base_that_is_told() -> None:
    entry = '<entry xml:base="b/"><id>1</id><title>One</title><link href="c.html"/></entry>'
    (story,) = read(f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/a/">{entry}</feed>'.encode())
    assert story.url == "https://base.example/a/b/c.html"
    (story,) = read(rss("<item><title>One</title><link>c</link></item>", attributes='xml:base="https://base.example/"'))
    assert story.url == "https://base.example/c"
    (story,) = read(rss("<item><title>One</title><link>http://[</link></item>", attributes='xml:base="https://a.example/"'))
    assert story.url is None


def test_what_a_feed_says_once_is_not_kept_at_length_in_every_story() -> None:
    long = "x" * 10_000
    item, entry = "<item><title>One</title><link>c</link></item>", '<entry><title>One</title><link href="c"/></entry>'
    (story,) = read(rss(item, attributes=f'xml:base="https://base.example/{long}/"'))
    assert story.url == "https://example.org/c"
    (story,) = read(f"<rss><channel><title>{long}</title><link>https://a.example/{long}/</link>{item}</channel></rss>".encode())
    assert (len(story.outlet or ""), story.url) == (LONGEST_NAME, "https://example.org/c")
    author = f"<title>A</title><author><name>{long}</name></author>"
    (story,) = read(f'<feed xmlns="http://www.w3.org/2005/Atom">{author}{entry}</feed>'.encode())
    assert len(story.byline or "") == LONGEST_NAME


def test_of_several_links_the_web_page_is_the_storys() -> None:
    links = '<link type="text/gemini" href="gemini://a.example/1"/><link type="text/html" href="https://a.example/1"/>'
    entry = f"<entry><id>1</id><title>One</title>{links}</entry>"
    (story,) = read(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode())
    assert story.url == "https://a.example/1"


def test_a_guid_that_is_a_number_is_no_address() -> None:
    bare, said, address = read(
        rss(
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
    found = read(rss("".join(item.format(*row) for row in rows)))
    assert [story.origins[0].item_id for story in found] == [None, None, "a", "a", None, None, "c"]
