"""What has changed lately of the keys of storylines, in memory, and what keys find with it and the table of all the others."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.archive import line_keys
from newsdesk.archive.key_blocks import Longs, Starts, read_part, read_rows, read_starts, write_part
from newsdesk.archive.line_keys import BITS, PART_SHIFT, PARTS
from newsdesk.words.stretches import Places, spans

_MOST_BITS = 63  # of a number that is not negative
_LAST_POSTING = (1 << _MOST_BITS) - 1
_MOST_MERGED = 60_000  # rows of a run that another one is merged with: that takes fifty bytes a row
_PARTS_AT_ONCE = 32  # of a round that are sorted together: all of them would take much memory


class Moves(NamedTuple):
    """Changes, in the order of time: `of`, the hash of a key or who asks for it, the posting, and whether it came or went."""

    of: Longs
    postings: Longs
    come: npt.NDArray[np.bool_]

    def pick(self, which: Places) -> Moves:
        return Moves(self.of[which], self.postings[which], self.come[which])


def joined(several: Sequence[Moves]) -> Moves:
    """All of some changes, one after the other."""
    if len(several) == 1:
        return several[0]
    of, postings, come = zip(*several, strict=True) if several else ((), (), ())
    return Moves(
        np.concatenate([np.zeros(0, np.int64), *of]),
        np.concatenate([np.zeros(0, np.int64), *postings]),
        np.concatenate([np.zeros(0, np.bool_), *come]),
    )


def read_moves(rows: Iterable[tuple[bytes, bytes]]) -> Moves:
    """Changes as they are stored: what went, and what came."""
    blobs = [blob for row in rows for blob in row]  # thousands of small ones, where each refresh brings little
    of, postings = np.frombuffer(b"".join(blobs), "<i8").reshape(-1, 2).T.astype(np.int64, order="C")
    come = np.zeros(len(blobs), np.bool_)
    come[1::2] = True
    return Moves(of, postings, come.repeat([len(blob) // 16 for blob in blobs]))


def _coded(numbers: npt.NDArray[np.integer], postings: Longs) -> tuple[Longs, int, int]:
    """Small numbers and postings as numbers that are in the same order; the posting that is 0 in them, and their bits below the
    others. No bits where both don't fit: the days are thousands of years apart."""
    least = int(postings.min(initial=_LAST_POSTING))
    width = (int(postings.max(initial=least)) - least).bit_length() or 1
    if width + int(numbers.max(initial=0)).bit_length() > _MOST_BITS:
        return postings[:0], 0, 0
    return numbers.astype(np.int64) << width | postings - least, least, width


def _firsts_and_lasts(moves: Moves) -> tuple[Places, Places]:
    """Of each row the place of its first change and of its last one, in the order of the rows."""
    order = moves.of.argsort(kind="stable")
    of, postings = moves.of[order], moves.postings[order]
    codes, _, width = _coded(np.append(0, of[1:] != of[:-1])[: len(of)].cumsum(), postings)
    # Most stand in order then: the second time is faster.
    order = order[codes.argsort(kind="stable")] if width else np.lexsort((moves.postings, moves.of))
    of, postings = moves.of[order], moves.postings[order]
    new = np.flatnonzero((of[1:] != of[:-1]) | (postings[1:] != postings[:-1])) + 1
    return order[np.append(0, new)[: len(order)]], order[np.append(new, len(order))[: len(order)] - 1]


def settled(moves: Moves) -> Moves:
    """Of each row the last change, in the order of the rows; nothing of a row that was not there before and that has gone."""
    firsts, lasts = _firsts_and_lasts(moves)
    return moves.pick(lasts[~(moves.come[firsts] & ~moves.come[lasts])])


def parted(connection: sqlite3.Connection) -> Iterator[tuple[int, bytes, bytes]]:
    """What the changes of a round come to, as rows of `key_part`."""
    every = read_moves(connection.execute("SELECT gone, come FROM key_move ORDER BY n"))
    parts = every.of >> PART_SHIFT
    for first in range(0, PARTS, _PARTS_AT_ONCE):
        moves = settled(every.pick(((parts >= first) & (parts < first + _PARTS_AT_ONCE)).nonzero()[0]))
        ends = (moves.of >> PART_SHIFT).searchsorted(np.arange(first, first + _PARTS_AT_ONCE + 1))
        for part, (start, end) in enumerate(pairwise(ends.tolist()), first):
            if start < end:
                own = moves.pick(np.arange(start, end))
                yield part, _packed(own, ~own.come), _packed(own, own.come)


def _packed(moves: Moves, which: npt.NDArray[np.bool_]) -> bytes:
    return np.stack([moves.of[which], moves.postings[which]], axis=1).astype("<i8", copy=False).tobytes()


def carry(connection: sqlite3.Connection, part: int, gone: bytes, come: bytes) -> None:
    """Changes of a part go into the table."""
    write_part(connection, part, *_with(*read_part(connection, part), settled(read_moves([(gone, come)]))))


def _with(keys: Longs, postings: Longs, moves: Moves) -> tuple[Longs, Longs]:
    """Rows that are in order after some changes, of which each row has one at most and which are in order, too."""
    new = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
    own = keys[new]
    at = own.searchsorted(moves.of)
    known = np.append(own, -1)[at] == moves.of
    both = np.concatenate([postings, moves.postings])
    codes, _, width = _coded(np.concatenate([new.cumsum() - 1, at]), both)
    if not width:
        return _with_far(keys, postings, moves)
    rows, changes = codes[: len(keys)], codes[len(keys) :]
    places = rows.searchsorted(np.where(known, changes, at << width))
    there = known & (np.append(rows, -1)[places] == changes)
    came, went = places[~there & moves.come], places[there & ~moves.come]
    went += came.searchsorted(went, side="right")
    come = moves.pick(~there & moves.come)
    return np.delete(np.insert(keys, came, come.of), went), np.delete(np.insert(postings, came, come.postings), went)


def _with_far(keys: Longs, postings: Longs, moves: Moves) -> tuple[Longs, Longs]:
    """As :func:`_with`, where days are too far apart for numbers that hold a key's place and a posting."""
    both = joined([Moves(keys, postings, np.ones(len(keys), np.bool_)), moves])
    _, lasts = _firsts_and_lasts(both)
    stay = lasts[both.come[lasts]]
    return both.of[stay], both.postings[stay]


class Recent:
    """The changes that are not in the table yet, by key, as :meth:`meet` last read them."""

    def __init__(self) -> None:
        self._round, self._last, self._parts = -1, 0, 0
        self.starts = Starts(*np.zeros((3, 0), np.int64))  # of the blocks of the table
        self._runs: list[Moves] = []  # by key, and those of one in the order of time; the first is of the round before

    def meet(self, connection: sqlite3.Connection) -> None:
        """Read what has come since the last time."""
        moves = connection.execute("SELECT moves FROM state").fetchone()[0]
        this = moves // line_keys.A_ROUND
        parts = line_keys.gone_on(moves)
        if this != self._round:
            self._round, self._last = this, 0
            self.starts = read_starts(connection)
            self._runs = [_by_key(read_moves(connection.execute("SELECT gone, come FROM key_part ORDER BY n")))]
        elif parts > self._parts:
            self.starts = self.starts.anew(connection, self._parts, parts)
            self._let_go(parts)
        self._parts = parts
        rows = connection.execute("SELECT n, gone, come FROM key_move WHERE n > ? ORDER BY n", (self._last,)).fetchall()
        if not rows:
            return
        self._last = rows[-1][0]
        self._runs.append(_by_key(read_moves(row[1:] for row in rows)))
        while len(self._runs) > 2 and len(self._runs[-2].of) < min(2 * len(self._runs[-1].of), _MOST_MERGED):
            self._runs.append(_merged(self._runs.pop(-2), self._runs.pop()))

    def _let_go(self, parts: int) -> None:
        """Of the round before what is in the table by now, if that is much: till then it says the same."""
        before = self._runs[0]
        start = int(before.of.searchsorted(parts << PART_SHIFT))
        if start > len(before.of) // 4:
            self._runs[0] = before.pick(np.arange(start, len(before.of)))

    def of(self, keys: Longs) -> Moves:
        """The changes of some keys, which are in order; each by the place of its key there."""
        found = []
        for run in self._runs:
            starts = run.of.searchsorted(keys)
            some = (run.of[np.minimum(starts, len(run.of) - 1)] == keys).nonzero()[0] if len(run.of) else starts[:0]
            starts = starts[some]
            sizes = run.of.searchsorted(keys[some], side="right") - starts
            at = spans(starts, sizes)
            found.append(Moves(some.repeat(sizes), run.postings[at], run.come[at]))
        return joined(found)


def _by_key(moves: Moves) -> Moves:
    return moves.pick(moves.of.argsort(kind="stable"))


def _merged(one: Moves, other: Moves) -> Moves:
    """Two runs as one, a column after the other: all at once takes half as much memory again."""
    order = np.concatenate([one.of, other.of]).argsort(kind="stable").astype(np.int32)
    of, postings, come = (np.concatenate(both)[order] for both in zip(one, other, strict=True))
    return Moves(of, postings, come)


def latest(
    connection: sqlite3.Connection, recent: Recent, keys: Collection[int], most: int
) -> Iterator[tuple[int, array[int]]]:
    """Of each key its latest postings, `most` at most, the earliest first."""
    asked = np.array(sorted(keys), np.int64)
    moves, gone = _lately(recent, asked)
    for key, own in _found(asked, moves, *read_rows(connection, recent.starts, asked, gone + most)):
        yield key, own[-most:]


def about(
    connection: sqlite3.Connection, recent: Recent, keys: Collection[int], day: int, before: int, after: int
) -> Iterator[tuple[int, array[int]]]:
    """Of each key the last `before` postings up to a day, and the first `after` of those after it, the earliest first."""
    limit, asked = (day + 1) << BITS, np.array(sorted(keys), np.int64)
    moves, gone = _lately(recent, asked)
    for key, own in _found(asked, moves, *read_rows(connection, recent.starts, asked, gone + max(before, after), limit - 1)):
        end = bisect_left(own, limit)
        yield key, own[max(0, end - before) : end + after]


def _lately(recent: Recent, asked: Longs) -> tuple[Moves, Longs]:
    """What has changed lately of some keys, and of each how many postings have gone: they are still in the table, so that as
    many more are to be read from it."""
    moves = recent.of(asked)
    return moves, np.bincount(moves.of[~moves.come], minlength=len(asked)).astype(np.int64, copy=False)


def _found(asked: Longs, moves: Moves, owners: Places, told: Longs) -> Iterator[tuple[int, array[int]]]:
    """Of each key the postings that the table tells, with what has changed of them lately."""
    of, there = _there(joined([Moves(owners, told, np.ones(len(told), np.bool_)), moves]))
    ends = of.searchsorted(np.arange(len(asked) + 1)).tolist()
    postings = array("q", there.tobytes())
    for key, (start, end) in zip(asked.tolist(), pairwise(ends), strict=True):
        yield key, postings[start:end]


def _there(moves: Moves) -> tuple[Longs, Longs]:
    """Whose postings are there after some changes, and which, both in order."""
    codes, least, width = _coded(moves.of, moves.postings)
    if not width:
        _, lasts = _firsts_and_lasts(moves)
        stay = lasts[moves.come[lasts]]
        return moves.of[stay], moves.postings[stay]
    went = np.sort(codes[~moves.come])
    if len(went):
        doubtful = went[np.minimum(went.searchsorted(codes), len(went) - 1)] == codes
        some = doubtful.nonzero()[0]
        some = some[codes[some].argsort(kind="stable")]
        lasts = some[np.append(codes[some[1:]] != codes[some[:-1]], True)]
        codes = np.concatenate([codes[~doubtful], codes[lasts[moves.come[lasts]]]])
    codes.sort(kind="stable")  # they stand in a few runs that are in order: many times as fast as by both
    codes = codes[np.append(True, codes[1:] != codes[:-1])[: len(codes)]]
    return codes >> width, (codes & (1 << width) - 1) + least
