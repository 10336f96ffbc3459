from __future__ import annotations

import pytest

from newsdesk.urls import canonical, names_a_story


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
