"""Which encoding a web page is in: what it and its server say of it is often wrong, and often nothing."""

from __future__ import annotations

import re

from newsdesk.text import decode_declared

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_NAMED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# Who says so writes Windows-1252 (the WHATWG encoding standard); its quotation marks would be controls else.
_LATIN_1 = frozenset(("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"))


def decode_page(data: bytes, charset: str | None = None) -> str | None:
    """A page as text: by its byte order mark; what is UTF-8 throughout is nothing else; by the `charset` that its server names;
    by the one that it names itself; else by what fits. None for what is no text."""
    if not data.startswith(_MARKS):
        if not data.isascii() and (text := decode_declared(data, "utf-8")) is not None:
            return text
        named = _NAMED.search(data[:4096])
        for name in (charset, named[1].decode("ascii") if named else None):
            if name and (text := _decode_as(data, name.lower())) is not None:
                return text
    from fetchers.seeds.decode import decode  # with tables of languages, which few pages need

    decoded = decode(data)
    return decoded.text if decoded else None


def _decode_as(data: bytes, name: str) -> str | None:
    if name.startswith(("utf-16", "utf-32")) and b"\0" not in data[:4096]:  # of any bytes these would make signs
        return None
    return decode_declared(data, "cp1252", "replace") if name in _LATIN_1 else decode_declared(data, name)
