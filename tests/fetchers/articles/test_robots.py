"""robots.txt by RFC 9309: which group counts, which rule, and what a pattern means."""

from __future__ import annotations

import pytest

from fetchers.articles.robots import read


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /private/", "/private/a", False),
        ("Disallow: /private/", "/public", True),
        ("Disallow:", "/a", True),
        ("Disallow: /", "/", False),
        ("Disallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("Allow: /a/b\nDisallow: /a", "/a/c", False),
        ("Disallow: /a\nAllow: /a", "/a", True),
        ("Disallow: /*.pdf$", "/x/y.pdf", False),
        ("Disallow: /*.pdf$", "/x/y.pdf?z", True),
        ("Disallow: /*?print=", "/story?print=1", False),
        ("Disallow: /*/print", "/story/7/print/all", False),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: /caf\u00e9", "/caf%C3%A9", False),
        ("Disallow: /caf%c3%a9", "/caf\u00e9", False),
        ("disallow : /a # not this", "/a", False),
        ("Disallow: " + "/*a" * 300, "/" + "a" * 200, True),
    ],
)
def test_rules(rules: str, path: str, allowed: bool) -> None:
    assert read(f"User-agent: *\n{rules}\n".encode(), "newsdesk").allow(f"https://example.org{path}") is allowed


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: *\nDisallow: /\n\nUser-agent: newsdesk\nAllow: /\n", True),
        ("User-agent: newsdesk/1.0\nDisallow: /\n\nUser-agent: *\nAllow: /\n", False),
        ("User-agent: other\nUser-agent: NewsDesk\nDisallow: /\n", False),
        ("User-agent: other\nDisallow: /\n", True),
        ("User-agent: newsdesk\n\nUser-agent: *\nDisallow: /\n", False),
        ("User-agent: newsdesk\nDisallow: /b\nUser-agent: *\nDisallow: /\n", True),
        ("Disallow: /\n", True),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", False),
        ("User-agent: newsdesk\nDisallow: /b\n\nUser-agent: newsdesk\nDisallow: /a\n", False),
        ("<html>not found</html>", True),
        ("", True),
    ],
)
def test_groups(text: str, allowed: bool) -> None:
    assert read(text.encode(), "newsdesk").allow("https://example.org/a") is allowed


@pytest.mark.parametrize(
    "data", [b"\x00\xff" * 1000, b"User-agent: *\n" * 100_000, b"User-agent: *\n" + b"Disallow: /*a*b\n" * 50_000]
)
def test_any_bytes_are_read(data: bytes) -> None:
    assert read(data, "newsdesk").allow("https://example.org/c")
