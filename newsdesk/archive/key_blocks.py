"""The large table of storylines' keys: rows in the order of their keys' hashes, some two hundred to a block.

Rows by themselves take twice the room, and each its time: blocks are packed and unpacked many at once. A block begins with the
numbers of its keys and of its postings, in four bytes each; then come the postings, one key's after the other's, and the hashes
of the keys, in eight bytes each; then how many postings are of each key, in one. A part of the table
(:mod:`newsdesk.archive.line_keys`) has blocks of its own, numbered on, and a row of `key_first`, which tells of each its first
key and the first posting of that: a key with many postings stands in several blocks.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.archive.line_keys import PARTS
from newsdesk.words.stretches import Places, spans

Longs = npt.NDArray[np.int64]
_NUMBER, _KEY = 8, 9  # bytes of a posting, and of a key with its count
# Bytes after which a new block begins, and bytes of a block: all have as many, so that one takes the place of another without
# moving those beside it, and four of them fill a page.
_FULL, _BLOCK = 1_950, 1_992
_LEAST = (_FULL - _NUMBER - 2 * _KEY) // _NUMBER  # postings of a block that is of one key alone, and not its last
_PART_BITS = 32  # below the number of its part in that of a block

_BLOCKS = "SELECT (SELECT rows FROM key_block WHERE n = value) FROM json_each(?)"
_PART = "SELECT rows FROM key_block WHERE n BETWEEN ? AND ? ORDER BY n"


class _Found(NamedTuple):
    """What blocks hold: keys in order, where the postings of each begin in `data`, and how many they are."""

    data: Longs
    keys: Longs
    starts: Places
    counts: Places

    def postings(self, starts: Places, counts: Places) -> Longs:
        return self.data[spans(starts, counts)]


def _unpack(packed: Sequence[bytes]) -> _Found:
    joined = np.frombuffer(b"".join(packed), np.uint8)
    data: Longs = joined.view("<i8").astype(np.int64, copy=False)
    heads = np.arange(0, len(data), _BLOCK // _NUMBER)
    keys, postings = data[heads] >> _PART_BITS, data[heads] & ((1 << _PART_BITS) - 1)
    at = heads + 1 + postings
    counts = joined[spans((at + keys) * _NUMBER, keys)].astype(np.intp)
    starts = counts.cumsum() - counts
    # The postings of a block are as many as its keys have together: between them and the next block's is what else it holds.
    starts += (heads + 1 - (postings.cumsum() - postings)).repeat(keys)
    return _Found(data, data[spans(at, keys)], starts, counts)


def _pack(keys: Longs, postings: Longs) -> tuple[list[bytes], bytes]:
    """The blocks, and the first key and posting of each."""
    if not len(keys):
        return [], b""
    new = np.append(True, keys[1:] != keys[:-1])
    blocks = (_NUMBER + _KEY * new).cumsum() // _FULL
    begins = np.append(True, blocks[1:] != blocks[:-1])
    firsts, starts = (new | begins).nonzero()[0], begins.nonzero()[0]  # of keys, and of blocks
    counts, rows = np.diff(firsts, append=len(keys)), np.diff(starts, append=len(keys))
    own = np.diff(firsts.searchsorted(starts), append=len(firsts))
    packed = np.zeros(len(starts) * _BLOCK, np.uint8)
    numbers = packed.view("<i8")
    heads = np.arange(0, len(numbers), _BLOCK // _NUMBER)
    numbers[heads] = own << _PART_BITS | rows
    numbers[spans(heads + 1, rows)] = postings
    numbers[spans(heads + 1 + rows, own)] = keys[firsts]
    packed[spans((heads + 1 + rows + own) * _NUMBER, own)] = counts
    data = packed.tobytes()
    places = np.stack([keys[starts], postings[starts]], axis=1).astype("<i8", copy=False).tobytes()
    return [data[at : at + _BLOCK] for at in range(0, len(data), _BLOCK)], places


def read_part(connection: sqlite3.Connection, part: int) -> tuple[Longs, Longs]:
    """The keys of a part of the table and their postings, in order."""
    first = part << _PART_BITS
    rows = connection.execute(_PART, (first, first + (1 << _PART_BITS) - 1)).fetchall()
    found = _unpack([row[0] for row in rows])
    return found.keys.repeat(found.counts), found.postings(found.starts, found.counts)


def write_part(connection: sqlite3.Connection, part: int, keys: Longs, postings: Longs) -> None:
    """Put these, which are in order, in place of all that a part has."""
    blocks, places = _pack(keys, postings)
    first = part << _PART_BITS
    connection.executemany("INSERT OR REPLACE INTO key_block VALUES (?, ?)", enumerate(blocks, first))
    ends = first + len(blocks), first + (1 << _PART_BITS) - 1
    connection.execute("DELETE FROM key_block WHERE n BETWEEN ? AND ?", ends)
    connection.execute("INSERT OR REPLACE INTO key_first VALUES (?, ?)", (part, places))


class Starts(NamedTuple):
    """Of the blocks of a table the number, the first key, and the first posting of that; in order."""

    blocks: Longs
    keys: Longs
    postings: Longs

    def anew(self, connection: sqlite3.Connection, first: int, end: int) -> Starts:
        """With those of the parts from `first` to before `end` as they are now."""
        start, stop = self.blocks.searchsorted([first << _PART_BITS, end << _PART_BITS]).tolist()
        own = read_starts(connection, first, end)
        return Starts(*(np.concatenate([old[:start], new, old[stop:]]) for old, new in zip(self, own, strict=True)))


def read_starts(connection: sqlite3.Connection, first: int = 0, end: int = PARTS) -> Starts:
    """Where blocks begin, of the parts from `first` to before `end`."""
    sql = "SELECT part, places FROM key_first WHERE part >= ? AND part < ? ORDER BY part"
    rows = connection.execute(sql, (first, end)).fetchall()
    sizes = np.array([len(row[1]) // (2 * _NUMBER) for row in rows], np.intp)
    firsts = np.array([row[0] for row in rows], np.int64) << _PART_BITS
    places = np.frombuffer(b"".join([row[1] for row in rows]), "<i8").reshape(-1, 2)
    keys, postings = places.T.astype(np.int64)
    return Starts(spans(firsts, sizes), keys, postings)


def read_rows(
    connection: sqlite3.Connection, starts: Starts, keys: Longs, most: Longs, limit: int | None = None
) -> tuple[Places, Longs]:
    """Of each of some keys, which are in order, so many of its latest postings, or all (place in `keys`, posting), in order.

    With a `limit` so many, or more, of the last postings up to it and of the first ones beyond it.
    """
    begin, ends = starts.keys.searchsorted(keys), starts.keys.searchsorted(keys, side="right")
    # Of the blocks that begin with a key, and the one before them, as many as it takes.
    firsts, few = np.maximum(begin - 1, 0), most // _LEAST + 2
    if limit is None:
        firsts = np.maximum(firsts, ends - few)
    else:
        turns = [
            first + int(starts.postings[first:end].searchsorted(limit, side="right"))
            for first, end in zip(begin.tolist(), ends.tolist(), strict=True)
        ]
        firsts, ends = np.maximum(firsts, turns - few), np.minimum(ends, turns + few)
    blocks = np.unique(spans(firsts, np.maximum(ends - firsts, 0)))
    found = _read_blocks(connection, starts.blocks[blocks])
    lows, highs = found.keys.searchsorted(keys), found.keys.searchsorted(keys, side="right")
    rows = spans(lows, highs - lows)
    owners, counts, begins = np.arange(len(keys)).repeat(highs - lows), found.counts[rows], found.starts[rows]
    if limit is None:
        late = np.minimum(counts, most[owners])
        begins, counts = begins + counts - late, late
    return owners.repeat(counts), found.postings(begins, counts)


def _read_blocks(connection: sqlite3.Connection, blocks: Longs) -> _Found:
    rows: Iterator[tuple[bytes]] = connection.execute(_BLOCKS, (json.dumps(blocks.tolist()),))
    return _unpack([row[0] for row in rows])
