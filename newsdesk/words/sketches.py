"""The sketches of many texts at once (:func:`newsdesk.ingest.sketch_words`, value for value), a quarter of the price of each
by itself. It needs numpy, so it only pays where there are hundreds.

A sketch is the smallest CRC-32 of a text's word shingles. Without its initial and final inversions a CRC is linear: the sum
(exclusive or) of what each byte gives, which depends on how many bytes follow it. So words are summed up first, then pairs of
words, then pairs of pairs (method: combining CRCs, as in zlib's crc32_combine, with a table for each distance).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from newsdesk.ingest import FEWEST_WORDS, MOST_WORDS, SHINGLE_WORDS, SKETCH_SIZE

Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.intp]

_SPACE = 32
_LONGEST_PAIR = 2 * 64 * 4 + 1  # words are cut at 64 characters, of four bytes at most
_BELOW = 3  # rows for a byte of a sum that is not shifted out yet
_WORDS_AT_ONCE = 50_000  # bounds the memory


def sketch_all(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """The sketches of texts, each given by its words, a space between two."""
    return [sketch for part in _parts(map(_cut, texts)) for sketch in _sketch(part)]


def _cut(text: str) -> tuple[str, int]:
    """What of a text counts, and how many words that is; none where there are too few."""
    count = text.count(" ") + 1 if text else 0
    if count > MOST_WORDS:
        return " ".join(text.split(" ", MOST_WORDS)[:MOST_WORDS]), MOST_WORDS
    return (text, count) if count >= FEWEST_WORDS else ("", 0)


def _parts(texts: Iterable[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    part: list[tuple[str, int]] = []
    size = 0
    for text, count in texts:
        part.append((text, count))
        size += count
        if size >= _WORDS_AT_ONCE:
            yield part
            part, size = [], 0
    yield part


def _sketch(texts: Sequence[tuple[str, int]]) -> list[tuple[int, ...]]:
    data = np.frombuffer(" ".join([text for text, _ in texts if text]).encode("utf-8", "surrogatepass"), np.uint8)
    counts = [count for _, count in texts]
    hashes = _shingles(data) if len(data) else np.empty(0, np.uint32)
    starts = accumulate(counts, initial=0)
    return [
        _smallest(hashes[at : at + count - SHINGLE_WORDS + 1]) if count else ()
        for at, count in zip(starts, counts, strict=False)
    ]


def _smallest(hashes: Numbers) -> tuple[int, ...]:
    first = np.sort(hashes)
    smallest = first[:SKETCH_SIZE].tolist()
    if len(set(smallest)) == SKETCH_SIZE:  # as with most
        return tuple(smallest)
    few = dict.fromkeys(first[: 2 * SKETCH_SIZE].tolist())
    if len(few) < SKETCH_SIZE and len(first) > 2 * SKETCH_SIZE:
        few = dict.fromkeys(np.unique(first).tolist())
    return tuple(few)[:SKETCH_SIZE]


def _shingles(data: npt.NDArray[np.uint8]) -> Numbers:
    """The CRC-32 of every four words in a row of `data`, which spaces part."""
    ends = np.append(np.flatnonzero(data == _SPACE), len(data))
    starts = np.append(0, ends[:-1] + 1)
    sizes = ends - starts
    # The row of the table: how many bytes of its word follow a byte. A space counts as its word's end, and is taken out.
    places = np.repeat((ends + (_BELOW - 1)) * 256, sizes + 1)[: len(data)]
    places -= _steps(len(data).bit_length())[: len(data)]
    places += data
    parts = _table().take(places)
    parts[ends[:-1]] = 0
    words = np.bitwise_xor.reduceat(parts, starts)
    pairs, sizes = _join(words[:-1], words[1:], sizes[:-1], sizes[1:])
    fours, sizes = _join(pairs[:-2], pairs[2:], sizes[:-2], sizes[2:])
    return fours ^ _inversions().take(sizes)


def _join(left: Numbers, right: Numbers, left_sizes: Places, sizes: Places) -> tuple[Numbers, Places]:
    """The sums of two stretches with a space between, and their sizes in bytes."""
    table, row = _table(), sizes << 8
    both = right ^ table[(_BELOW << 8) + _SPACE :].take(row)
    parts = left.astype("<u4", copy=False).view(np.uint8).reshape(-1, 4)
    for byte in range(4):  # the sum so far is as four bytes that stand before what follows
        both ^= table[(_BELOW - byte) << 8 :].take(row + parts[:, byte])
    return both, left_sizes + 1 + sizes


@cache
def _steps(bits: int) -> Places:
    """Where the rows of a table begin, of more than `bits` can count."""
    return np.arange(1 << bits) * 256


@cache
def _table() -> Numbers:
    """What a byte gives, by how many bytes follow it."""
    byte = np.arange(256, dtype=np.uint32)
    one = byte
    for _ in range(8):
        one = np.where(one & 1, one >> 1 ^ np.uint32(0xEDB88320), one >> 1)
    rows = [byte << 16, byte << 8, byte, one]
    while len(rows) <= _LONGEST_PAIR + _BELOW:
        rows.append(one[rows[-1] & 255] ^ rows[-1] >> 8)
    return np.concatenate(rows).astype(np.uint32)


@cache
def _inversions() -> Numbers:
    """What the inversions add to the CRC of so many bytes."""
    return np.array([zlib.crc32(bytes(size)) for size in range(2 * _LONGEST_PAIR + 2)], np.uint32)
