"""The bytes of a feed before they are parsed: which encoding they are in, whatever they say, and what no parser needs."""

from __future__ import annotations

import re

from newsdesk.text import charset_of, decode_declared

_DECLARED = re.compile(rb"\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE)
_LATIN_1 = frozenset((b"iso-8859-1", b"latin-1", b"latin1", b"us-ascii"))
_UTF_8 = frozenset((b"utf-8", b"utf8"))
_DOCTYPE = re.compile(rb"<!DOCTYPE\s[^\[\]<>]*>")
# References to no sign: controls that Windows-1252 has signs for, halves of UTF-16's pairs (55296 to 57343), numbers too high.
_NO_SIGN = (
    rb"&#(?:1(?:2[89]|[345]\d)|5[5-7]\d{3}|\d{7,99}|"
    rb"[xX](?:[89][0-9a-fA-F]|0{0,4}[dD][89a-fA-F][0-9a-fA-F]{2}|[0-9a-fA-F]{6,99}));"
)
_NO_SIGNS = re.compile(rb"%b(?:%b)*" % (_NO_SIGN, _NO_SIGN))  # not (?:…)+, which is sought without its first letters
_HIGHEST, _UNKNOWN = 0x10FFFF, 0xFFFD
_HEAD = 4096


def without_leftovers(data: bytes) -> bytes:
    """`data` without a DOCTYPE that only names a DTD, as RSS 0.91 has: with it feedparser passes over ``&eacute;``.

    References to controls (``&#146;``) are to the signs that Windows-1252 has there, as browsers and feedparser have it. Those
    to the two halves of a pair (``&#55357;&#56832;``), as JavaScript counts, are to the sign that they make; feedparser reads
    nothing of a feed that has one.
    """
    if b"<!DOCTYPE" in data[:_HEAD]:
        data = _DOCTYPE.sub(b"", data[:_HEAD], count=1) + data[_HEAD:]
    return _NO_SIGNS.sub(_signs, data) if _NO_SIGNS.search(data) else data


def _signs(found: re.Match[bytes]) -> bytes:
    told = found[0].lower()[2:-1].split(b";&#")
    numbers = [int(one[1:], 16) if one.startswith(b"x") else int(one) for one in told]
    text = "".join(chr(number if number <= _HIGHEST else _UNKNOWN) for number in numbers)
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return b"".join(b"&#%d;" % ord(_windows_sign(sign)) for sign in whole)


def _windows_sign(sign: str) -> str:
    return sign.encode("latin-1").decode("windows-1252", "ignore") or sign if "\x80" <= sign <= "\x9f" else sign


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
    # ISO 2022 is in seven bits: whatever is named can hold it, and none but itself is right.
    if not decoded.encoding.startswith(("utf-", "iso2022")) or (decoded.encoding == "utf-8" and not decoded.damaged):
        named = [charset, declared[1].decode("ascii") if declared else "utf-8"]
        if any(decode_declared(data, name) is not None for name in named if name):
            return data, content_type
    return decoded.text.encode(), "application/xml; charset=utf-8"
