"""What the English topic model sees of a text: its words and some pairs of them, by where they stand.

Title and lead count more than the rest. A word is a run of letters; a pair is two words that follow each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.cutting import Cut, Vocabulary
from newsdesk.hashes import Numbers

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Zones = tuple[Numbers, Numbers]  # the stretches of a title and of the first part of its body

TITLE_WEIGHT, LEAD_WEIGHT, REST_WEIGHT = 2.5, 1.5, 1.0
LEAD_WORDS = 45
PAIRED_WORDS = 160  # of title and text: pairs are looked for among the first, where they tell most
TITLE_CHARS, BODY_CHARS = 400, 2500  # the tail of a long story adds cost and little else
UNKNOWN = -1
REST, _LEAD, _TITLE = range(3)  # zones
ZONE_WEIGHTS = np.array([REST_WEIGHT, LEAD_WEIGHT, TITLE_WEIGHT], dtype=np.float32)
ZONE_BITS, ZONE_MASK = 2, 3
_ZONES = np.array([_TITLE, _LEAD, REST])
_MARK = np.zeros(1, np.int32)  # stands after a title and after a body, so that no pair goes beyond them
# Bytes of UTF-8 that words are made of: letters, all beyond ASCII, and two signs that stand alone. Anything else parts words.
_LETTERS = bytes(code if chr(code).islower() or code > 127 or chr(code) in "$%" else 32 for code in range(256))
_LETTERS_AND_LINES = _LETTERS[:10] + b"\n" + _LETTERS[11:]
_PARTING = "\u2019\u2018\u201c\u201d\u2013\u2014\u2026\u2022\u00ab\u00bb\u201e\u00a0\u00b7"


def words_of(text: str) -> list[bytes]:
    """The words of `text`, lower-cased, in UTF-8. Bytes are split several times faster than a pattern finds words."""
    return _spread(text).translate(_LETTERS).split()


def words_of_all(texts: Sequence[str]) -> Iterator[list[bytes]]:
    """The words of each text, none of which has a line end in it."""
    return map(bytes.split, _spread("\n".join(texts)).translate(_LETTERS_AND_LINES).split(b"\n"))


def _spread(text: str) -> bytes:
    """`text` in small letters, with spaces around signs that are words."""
    text = text.lower()
    if not text.isascii():
        for mark in _PARTING:
            text = text.replace(mark, " ")
        text = text.replace("£", " £ ").replace("€", " € ")
    if "%" in text:
        text = text.replace("%", " % ")
    if "$" in text:
        text = text.replace("$", " $ ")
    return text.encode("utf-8", "replace")


def zones(title: str, body: str) -> tuple[list[bytes], list[bytes]]:
    """The words of the title and of the first part of the body."""
    return words_of(title[:TITLE_CHARS]), words_of(body[:BODY_CHARS])


def zones_of(cut: Cut) -> Zones:
    title = cut.title_numbers
    if len(cut.title) > TITLE_CHARS:
        title = cut.vocabulary.number_all(cut.title[:TITLE_CHARS].split())
    return title, cut.until(BODY_CHARS)


def number_zones(title: str, body: str, words: Vocabulary) -> Zones:
    """As :func:`zones_of`, of a text that is not cut yet."""
    return words.number_all(title[:TITLE_CHARS].split()), words.number_all(body[:BODY_CHARS].split())


def join(texts: Sequence[Zones]) -> tuple[Numbers, Ints]:
    """The stretches of all texts, with marks between, and how many each title and each body has, with its mark."""
    parts = list(chain.from_iterable((headline, _MARK, rest, _MARK) for headline, rest in texts))
    return np.concatenate(parts), np.array(list(map(len, parts))).reshape(-1, 2).sum(axis=1)


class Words(NamedTuple):
    """The words that the model knows, of one text after the other: `rows`, and `keys`, where text, row and zone are one number
    (text above `bits`). `places`: which of all words they are. `bounds`: where those of each text begin, and end."""

    rows: Numbers
    keys: Numbers
    places: Ints
    bounds: Ints
    bits: int


def find_words(rows: Numbers, counts: Numbers | None, lengths: Ints, bits: int) -> Words:
    """`rows` of all words, `UNKNOWN` for some and for marks; `counts`: words of each stretch, where not one each; `lengths`: as
    :func:`join` gives them; `bits`: as many as zone and row have."""
    sizes = _sizes(counts, lengths)
    known = (rows >= 0).nonzero()[0]
    above = ((np.arange(len(sizes)) << bits)[:, np.newaxis] + _ZONES).astype(np.int32).ravel().repeat(sizes.ravel())[known]
    own = rows[known]
    bounds = known.searchsorted(np.append(0, sizes.sum(axis=1).cumsum()))
    return Words(own, above + (own << ZONE_BITS), known, bounds, bits)


def _sizes(counts: Numbers | None, lengths: Ints) -> Ints:
    """Words in the three zones of each text, title, lead and rest, a row each; the marks count with the first and the last."""
    sizes = lengths if counts is None else np.add.reduceat(counts, lengths.cumsum() - lengths)
    title, rest = sizes.reshape(-1, 2).T
    lead = np.minimum(rest - 1, LEAD_WORDS)
    return np.stack((title, lead, rest - lead), axis=1)


def neighbours(words: Words) -> Ints:
    """Which of the words are followed by another, among the first of each text."""
    bounds = words.bounds
    sizes = np.clip(bounds[1:] - bounds[:-1], 1, PAIRED_WORDS) - 1
    firsts = np.arange(int(sizes.sum())) + (bounds[:-1] - (sizes.cumsum() - sizes)).repeat(sizes)
    near: Ints = firsts[words.places[firsts + 1] == words.places[firsts] + 1]
    return near


class Found(NamedTuple):
    """Of one text after the other each row once, with its strength; `owners`: its text; `bounds`: as in :class:`Words`."""

    rows: Numbers
    strengths: Floats
    owners: Numbers
    bounds: list[int]


def gather(keys: Numbers, bounds: Sequence[int], bits: int) -> Found:
    """Equal rows of a text brought together: their strength is the logarithm of one and of what their zones count."""
    for start, end in pairwise(bounds):  # small parts are sorted far faster than all in one
        keys[start:end].sort()
    own = keys >> ZONE_BITS
    new = np.empty(len(keys), dtype=np.bool_)
    new[:1] = True
    np.not_equal(own[1:], own[:-1], out=new[1:])
    starts = new.nonzero()[0]
    counted = ZONE_WEIGHTS[keys & ZONE_MASK]
    strengths = np.log1p(np.add.reduceat(counted, starts)) if len(starts) else counted
    own = own[starts]
    row_bits = bits - ZONE_BITS
    return Found(own & (1 << row_bits) - 1, strengths, own >> row_bits, starts.searchsorted(bounds).tolist())
