from __future__ import annotations

import random
import re
from urllib.parse import urlsplit

import pytest

from newsdesk import urls
from newsdesk.urls import canonical, names_a_story, web_link


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("http://www.Example.org:80/a/b/?utm_source=x&id=3#top", "https://example.org/a/b?id=3"),
        ("https://example.org/a//b/index.html", "https://example.org/a/b"),
        ("https://example.org/story/amp/", "https://example.org/story"),
        ("https://example.org/story/amp", "https://example.org/story"),
        ("https://example.org/s?b=2&a=1&fbclid=zz", "https://example.org/s?a=1&b=2"),
        ("https://user:pw@example.org:8443/x", "https://example.org:8443/x"),
        ("https://bücher.example/%7Eann/caf%C3%A9", "https://xn--bcher-kva.example/~ann/caf%C3%A9"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("https://example.org?cid=77", "https://example.org?cid=77"),
    ],
)
def test_same_page_same_address(url: str, wanted: str) -> None:
    assert canonical(url) == wanted


def test_bytes_that_are_no_utf8_keep_pages_apart() -> None:
    assert canonical("https://example.org/caf%E9") == "https://example.org/caf%E9"
    assert canonical("https://example.org/p?q=%EF%F0") != canonical("https://example.org/p?q=%EE%E1")


def test_canonical_is_stable() -> None:
    once = canonical("http://www.example.org/a%20b/ü?q=1&ref=x")
    assert once is not None
    assert canonical(once) == once


@pytest.mark.parametrize(
    "url",
    [None, "", "mailto:a@example.org", "javascript:x", "/path", "https://", "http://[::1", "https://x:99999/", "a" * 9000],
)
def test_no_web_address(url: str | None) -> None:
    assert canonical(url) is None


def test_a_front_page_is_no_story() -> None:
    assert not names_a_story("https://example.org")
    assert names_a_story("https://example.org/x")
    assert names_a_story("https://example.org?id=4")


def test_the_short_way_of_plain_addresses_leads_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    chance, plain = random.Random(4), urls._PLAIN
    hosts = "a.com www.a.com A.com a.com. a 1.2.3.4 a.com:80 a.com:8080 -a.com u@a.com [::1] a..com wwwa.com www.com".split()
    pieces = [
        "index.html",
        "amp",
        "amp.html",
        "a",
        "b.c",
        "..",
        ".",
        "x%41",
        "index",
        "default.aspx",
        "",
        "~u",
        "\u00e9",
        "a b",
    ]
    ends = ["", "/", "?a=1", "?utm_source=x", "#f", "?", "?b=2&a=1"]
    taken = 0
    for _ in range(5_000):
        path = "".join(f"/{chance.choice(pieces)}" for _ in range(chance.randrange(4)))
        url = f"{chance.choice(('http', 'https', 'HTTP', 'ftp'))}://{chance.choice(hosts)}{path}{chance.choice(ends)}"
        monkeypatch.setattr(urls, "_PLAIN", plain)
        short = canonical(url)
        monkeypatch.setattr(urls, "_PLAIN", re.compile("(?!)"))
        assert short == canonical(url), url
        taken += plain.fullmatch(url) is not None
        if short is not None:
            parts = urlsplit(short)
            assert names_a_story(short) == bool(parts.path.strip("/") or parts.query), url
    assert taken > 50


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a.example/> <b>", "https://a.example/a b", "ftp://a.example/", "", None]
)
def test_a_document_links_to_nothing_but_web_addresses(url: str | None) -> None:
    assert web_link(url) is None
    assert web_link("https://a.example/?q=(1)") == "https://a.example/?q=(1)"
