"""The bytes of a feed before they are parsed: which encoding they are in, whatever they say, and what no parser needs."""

from __future__ import annotations

import re

from newsdesk.text import charset_of, decode_declared

_DECLARED = re.compile(rb"\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE)
_LATIN_1 = frozenset((b"iso-8859-1", b"latin-1", b"latin1", b"us-ascii"))
_UTF_8 = frozenset((b"utf-8", b"utf8"))
_DOCTYPE = re.compile(rb"<!DOCTYPE\s[^\[\]<>]*>")
_WINDOWS_SIGN = re.compile(rb"&#(?:(1(?:2[89]|[345]\d))|[xX]([89][0-9a-fA-F]));")
_HEAD = 4096


def without_leftovers(data: bytes) -> bytes:
    """`data` without a DOCTYPE that only names a DTD, as RSS 0.91 has: with it feedparser passes over ``&eacute;``.

    References to controls (``&#146;``) are to the signs that Windows-1252 has there, as browsers and feedparser have it.
    """
    if b"<!DOCTYPE" in data[:_HEAD]:
        data = _DOCTYPE.sub(b"", data[:_HEAD], count=1) + data[_HEAD:]
    return _WINDOWS_SIGN.sub(_windows_sign, data) if _WINDOWS_SIGN.search(data) else data


def _windows_sign(found: re.Match[bytes]) -> bytes:
    number = int(found[1]) if found[1] else int(found[2], 16)
    sign = bytes([number]).decode("windows-1252", "ignore")
    return b"&#%d;" % ord(sign) if sign else found[0]


def true_encoding(data: bytes) -> str | None:
    """The encoding that a document is in where that is another one than it declares; None where that may be right.

    What is UTF-8 throughout is nothing else, as happens where a server recodes feeds. Who declares Latin-1 writes Windows-1252
    (the WHATWG encoding standard); its quotation marks would be controls else.
    """
    declared = _DECLARED.match(data[:200])
    if declared is None or (name := declared[1].lower()) in _UTF_8:
        return None
    if not data.isascii() and decode_declared(data, "utf-8") is not None:
        return "utf-8"
    return "windows-1252" if name in _LATIN_1 else None


def in_utf_8(data: bytes, content_type: str | None) -> tuple[bytes, str | None]:
    """`data` in UTF-8, and the content type that says so, where it is UTF-8 with a few bad bytes (an excerpt cut in the middle
    of a letter), has several bytes a sign, or is in none of the encodings that it or the server names; both unchanged else.
    """
    from fetchers.seeds.decode import decode  # with tables of languages, which sound feeds never pay

    charset, declared = charset_of(content_type or ""), _DECLARED.match(data[:200])
    decoded = decode(data)
    if decoded is None:
        return data, content_type
    if not decoded.encoding.startswith("utf-") or (decoded.encoding == "utf-8" and not decoded.damaged):
        named = [charset, declared[1].decode("ascii") if declared else "utf-8"]
        if any(decode_declared(data, name) is not None for name in named if name):
            return data, content_type
    return decoded.text.encode(), "application/xml; charset=utf-8"
