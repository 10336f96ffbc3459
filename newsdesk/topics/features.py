"""What the English topic model sees of a text: its words and some pairs of them, by where they stand.

Title and lead count more than the rest, most of all the title of a brief. A word is a run of letters; a pair is two words that
follow each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.words.hashes import HashTable, Numbers
from newsdesk.words.letters import hash_words, words_of

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

TITLE_WEIGHT, LEAD_WEIGHT, REST_WEIGHT = 2.5, 1.5, 1.0
LEAD_WORDS = 45
PAIRED_WORDS = 160  # of title and text: pairs are looked for among the first, where they tell most
TITLE_CHARS, BODY_CHARS = 400, 2500  # the tail of a long story adds cost and little else
# A brief is a title with a body of no more words than this; what it is on stands in its title, which counts more. Chosen on
# titles with first sentences of one half of topics/gold-dev, sources never trained on; longer texts won nothing by it.
BRIEF_WORDS, BRIEF_TITLE_WEIGHT = 40, 4.0
REST, _LEAD, _TITLE, _BRIEF_TITLE = range(4)  # zones
ZONE_WEIGHTS = np.array([REST_WEIGHT, LEAD_WEIGHT, TITLE_WEIGHT, BRIEF_TITLE_WEIGHT], dtype=np.float32)
ZONE_BITS, ZONE_MASK = 2, 3
_ZONES = np.array([_TITLE, _LEAD, REST])


def zones(title: str, body: str) -> tuple[list[bytes], list[bytes]]:
    """The words of the title and of the first part of the body."""
    return words_of(title[:TITLE_CHARS]), words_of(body[:BODY_CHARS])


class Words(NamedTuple):
    """The words of one text after the other: `numbers`, 0 for one that is not known; `ends`: where each title and each body
    begins, and the last ends.

    Of those that the model knows: `rows`, and `keys`, where text, row and zone are one number (text above `bits`). `places`:
    where they stand, with a gap after each title and body. `bounds`: where those of each text begin, and end."""

    numbers: Numbers
    ends: Ints
    rows: Numbers
    keys: Numbers
    places: Ints
    bounds: Ints
    bits: int


def find_words(texts: Sequence[tuple[str, str]], known: HashTable, count: int, bits: int) -> Words:
    """`texts`: titles and bodies; `known`: numbers by word, from 1 on, of which the first `count` have rows; `bits`: as many as
    zone and row have. Raises ValueError where the texts are more than the rest of a key can number."""
    if len(texts) > 1 << 31 - bits:
        raise ValueError(f"{len(texts):,} texts at once: no more than {1 << 31 - bits:,} can be told apart")
    parts = [part for title, body in texts for part in (title[:TITLE_CHARS], body[:BODY_CHARS])]
    hashes, counts = hash_words(parts)
    numbers = known.find(hashes)
    rows = numbers - np.int32(1)
    found = (rows.view(np.uint32) < count).nonzero()[0]
    rows = rows.take(found)
    title, rest = counts.reshape(-1, 2).T
    lead = np.minimum(rest, LEAD_WORDS)
    zones = ((np.arange(len(texts)) << bits)[:, np.newaxis] + _ZONES).astype(np.int32)
    zones[(rest > 0) & (rest <= BRIEF_WORDS), 0] += _BRIEF_TITLE - _TITLE
    above = zones.ravel().repeat(np.stack((title, lead, rest - lead), axis=1).ravel()).take(found)
    ends = np.append(0, counts.cumsum())
    edges = found.searchsorted(ends)
    places = found + np.arange(len(parts)).repeat(edges[1:] - edges[:-1])
    return Words(numbers, ends, rows, above + (rows << ZONE_BITS), places, edges[::2], bits)


def neighbours(words: Words) -> Ints:
    """Which of the words are followed by another, among the first of each text."""
    bounds = words.bounds
    sizes = np.clip(bounds[1:] - bounds[:-1], 1, PAIRED_WORDS) - 1
    firsts = np.arange(int(sizes.sum())) + (bounds[:-1] - (sizes.cumsum() - sizes)).repeat(sizes)
    near: Ints = firsts[words.places.take(firsts + 1) == words.places.take(firsts) + 1]
    return near


class Found(NamedTuple):
    """Of one text after the other each row once, with its strength; `bounds`: where those of each text begin, and end."""

    rows: Numbers
    strengths: Floats
    bounds: list[int]


def gather(words: Words, pairs: Numbers) -> Found:
    """The rows of words and of `pairs`, whose keys are as those of words, brought together where they are equal: their strength
    is the logarithm of one and of what their zones count, and those of a text have length 1."""
    keys, ends = _side_by_side(words, pairs)
    for start, end in pairwise(ends):  # small parts are sorted far faster than all in one
        keys[start:end].sort()
    own = keys >> ZONE_BITS
    new = np.empty(len(keys), dtype=np.bool_)
    new[:1] = True
    np.not_equal(own[1:], own[:-1], out=new[1:])
    starts = new.nonzero()[0]
    bounds = starts.searchsorted(ends)
    counted = ZONE_WEIGHTS.take(keys & ZONE_MASK)
    strengths = np.log1p(np.add.reduceat(counted, starts)) if len(starts) else counted
    sizes = np.diff(bounds)
    full = sizes.nonzero()[0]  # a text without a known word has no sum
    if len(full):
        squares = np.add.reduceat(strengths * strengths, bounds.take(full))
        strengths /= np.sqrt(squares).repeat(sizes.take(full))
    return Found(own.take(starts) & (1 << words.bits - ZONE_BITS) - 1, strengths, bounds.tolist())


def _side_by_side(words: Words, pairs: Numbers) -> tuple[Numbers, list[int]]:
    """The keys of each text, of its words before those of its pairs; and where those of each text begin, and end."""
    owners = pairs >> words.bits
    before = owners.searchsorted(np.arange(len(words.bounds)))
    keys = np.empty(len(words.keys) + len(pairs), np.int32)
    keys[np.arange(len(words.keys)) + before[:-1].repeat(np.diff(words.bounds))] = words.keys
    keys[np.arange(len(pairs)) + words.bounds.take(owners + 1)] = pairs
    return keys, (words.bounds + before).tolist()
