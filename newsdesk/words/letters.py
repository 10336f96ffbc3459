"""The words of many texts in small letters, as hashes, for readers to whom all else (capitals, marks, digits) is the same.

No word is kept: what a reader does not know, it never meets. A word is a run of letters; ``%``, ``$``, ``£`` and ``€`` are
words, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from newsdesk.words.hashes import Hashes, HashTable
from newsdesk.words.stretches import Pieces, Places

_PARTING = "\u2019\u2018\u201c\u201d\u2013\u2014\u2026\u2022\u00ab\u00bb\u201e\u00a0\u00b7"


def _table(others: str) -> bytes:
    """What a byte of UTF-8 becomes: letters small, all beyond ASCII and `others` as they are, anything else a space."""
    small = bytes(range(256)).lower()
    return bytes(small[code] if chr(code).isalpha() or code > 127 or chr(code) in others else 32 for code in range(256))


_LETTERS = _table("$%")
_BETWEEN = "\x1f"  # the sign for between units: no text that was cleaned has it


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
    spread, bounds = _spread_all(texts)
    pieces = Pieces(spread.translate(_LETTERS))
    return pieces.hashes(), _counts(pieces, bounds)


def _spread_all(texts: Sequence[str]) -> tuple[bytes, Places]:
    """All texts, spread, a byte between; where each begins, and where the next would."""
    whole = _BETWEEN.join(texts)
    if whole.isascii() and whole.count(_BETWEEN) < len(texts):  # no text has one in it: all are spread in one go
        spread = _spread(whole)
        ends = (np.frombuffer(spread, np.uint8) == ord(_BETWEEN)).nonzero()[0]
        return spread, np.concatenate(([0], ends + 1, [len(spread) + 1]))
    each = list(map(_spread, texts))
    return b" ".join(each), np.array([0, *map(len, each)]).cumsum() + np.arange(len(each) + 1)


def _counts(pieces: Pieces, bounds: Places) -> Places:
    counts: Places = np.diff(pieces.starts.searchsorted(bounds + 1))
    return counts


def table_of(words: Iterable[bytes]) -> HashTable:
    """The numbers of words, from 1 on, by their hashes; each stands there once and has no white space in it."""
    pieces = Pieces(b" ".join(words))
    return HashTable.of(pieces.hashes(), np.arange(1, len(pieces.starts) + 1, dtype=np.int32))
