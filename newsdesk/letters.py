"""The words of many texts in small letters, as hashes, for readers to whom all else (capitals, marks, digits) is the same.

No word is kept: what a reader does not know, it never meets. A word is a run of letters; ``%``, ``$``, ``£`` and ``€`` are
words, too. What is joined is a run of letters and digits, and of such runs with a hyphen or an ampersand between.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from newsdesk.hashes import Hashes, HashTable
from newsdesk.stretches import Pieces, Places

_PARTING = "\u2019\u2018\u201c\u201d\u2013\u2014\u2026\u2022\u00ab\u00bb\u201e\u00a0\u00b7"


def _table(others: str) -> bytes:
    """What a byte of UTF-8 becomes: letters small, all beyond ASCII and `others` as they are, anything else a space."""
    small = bytes(range(256)).lower()
    return bytes(small[code] if chr(code).isalpha() or code > 127 or chr(code) in others else 32 for code in range(256))


_LETTERS = _table("$%")
_JOINED = _table("0123456789-&")
_HYPHEN, _AMPERSAND = b"-&"


def words_of(text: str) -> list[bytes]:
    """The words of `text`, in UTF-8."""
    return _spread(text).translate(_LETTERS).split()


def _spread(text: str) -> bytes:
    """`text` with spaces around signs that are words, in small letters but for those of ASCII."""
    if not text.isascii():
        for mark in _PARTING:
            text = text.replace(mark, " ")
        text = text.replace("£", " £ ").replace("€", " € ")
        if not text.isascii():
            text = text.lower()
    if "%" in text:
        text = text.replace("%", " % ")
    if "$" in text:
        text = text.replace("$", " $ ")
    return text.encode("utf-8", "replace")


def hash_words(texts: Sequence[str]) -> tuple[Hashes, Places]:
    """The hashes of the words of all texts, one after the other, and how many words each has."""
    spread = list(map(_spread, texts))
    pieces = Pieces(b" ".join(spread).translate(_LETTERS))
    return pieces.hashes(), _counts(pieces, spread)


def hash_joined(texts: Sequence[str]) -> tuple[Hashes, Places]:
    """As :func:`hash_words`, of what is joined."""
    spread = list(map(_spread, texts))
    pieces = Pieces(b" ".join(spread).translate(_JOINED))
    first, last = pieces.codes[pieces.starts], pieces.codes[pieces.ends - 1]
    pieces.starts += (first == _HYPHEN) | (first == _AMPERSAND)
    pieces.ends -= (last == _HYPHEN) | (last == _AMPERSAND)
    np.maximum(pieces.ends, pieces.starts, out=pieces.ends)
    return pieces.hashes(), _counts(pieces, spread)


def _counts(pieces: Pieces, texts: Sequence[bytes]) -> Places:
    bounds = np.array([0, *map(len, texts)]).cumsum() + np.arange(len(texts) + 1)
    counts: Places = np.diff(pieces.starts.searchsorted(bounds + 1))
    return counts


def table_of(words: Iterable[bytes]) -> HashTable:
    """The numbers of words, from 1 on, by their hashes; each stands there once and has no white space in it."""
    table, pieces = HashTable(), Pieces(b" ".join(words))
    table.add(pieces.hashes(), np.arange(1, len(pieces.starts) + 1, dtype=np.int32))
    return table
