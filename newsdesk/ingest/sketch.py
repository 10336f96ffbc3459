"""Sketches of texts, by which versions of one text find each other (method: bottom-k sketch, Cohen and Kaplan 2007)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain

from newsdesk.model import Story
from newsdesk.query.words import split_words

SHINGLE_WORDS = 4
SKETCH_SIZE = 48
MOST_WORDS = 2000
FEWEST_WORDS = 5


def sketch_text(story: Story) -> tuple[int, ...]:
    """The smallest hashes of the body's word shingles, sorted (method: bottom-k sketch, Cohen and Kaplan 2007)."""
    return sketch_words(split_words("\n".join(story.body)))


def sketch_words(tokens: Sequence[str]) -> tuple[int, ...]:
    """The sketch of a body's tokens."""
    tokens = tokens[:MOST_WORDS]
    if len(tokens) < FEWEST_WORDS:
        return ()
    # A shingle is a stretch of the whole: cutting it out of the bytes spares joining and encoding each.
    whole = " ".join(tokens).encode("utf-8", "surrogatepass")
    sizes: Iterable[int] = map(len, tokens)
    if len(whole) != sum(map(len, tokens)) + len(tokens) - 1:
        sizes = (len(token.encode("utf-8", "surrogatepass")) for token in tokens)
    after = list(accumulate(map((1).__add__, sizes)))  # where the word after each begins
    ends = map((-1).__add__, after[min(SHINGLE_WORDS, len(tokens)) - 1 :])
    hashes = set(map(zlib.crc32, map(whole.__getitem__, map(slice, chain((0,), after), ends))))
    return tuple(sorted(hashes)[:SKETCH_SIZE])


def pack_sketch(sketch: Sequence[int]) -> bytes:
    """A sketch as it is kept, in a ninth of the memory."""
    return struct.pack(f"<{len(sketch)}I", *sketch)


def unpack_sketch(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // 4}I", packed)


def alike(one: bytes, other: bytes) -> float:
    """As :func:`likeness`, of packed sketches."""
    return likeness(unpack_sketch(one), unpack_sketch(other))


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of shingles that two texts have in common (Jaccard), estimated from their sketches."""
    if not one or not other:
        return 0.0
    left, right = set(one), set(other)
    common = left & right
    if not common:
        return 0.0
    sample = sorted(left | right)[: max(len(left), len(right))]
    return len(common.intersection(sample)) / len(sample)
