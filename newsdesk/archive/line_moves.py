"""What has changed lately of the keys of storylines, in memory, and what keys find with it and the table of all the others."""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.archive import line_keys
from newsdesk.archive.line_keys import BITS, PART_SHIFT, PARTS
from newsdesk.stretches import Places, spans

Longs = npt.NDArray[np.int64]
_MOST_BITS = 63  # of a number that is not negative
_LAST_POSTING = (1 << _MOST_BITS) - 1


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
    blobs = [(blob, bool(side)) for row in rows for side, blob in enumerate(row) if blob]
    pairs = [np.frombuffer(blob, "<i8").astype(np.int64, copy=False).reshape(-1, 2).T for blob, _ in blobs]
    return joined([Moves(of, at, np.full(len(of), came)) for (of, at), (_, came) in zip(pairs, blobs, strict=True)])


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
    moves = settled(read_moves(connection.execute("SELECT gone, come FROM key_move ORDER BY n")))
    ends = (moves.of >> PART_SHIFT).searchsorted(np.arange(PARTS + 1))
    for part, (start, end) in enumerate(pairwise(ends.tolist())):
        if start < end:
            own = moves.pick(np.arange(start, end))
            yield part, _packed(own, ~own.come), _packed(own, own.come)


def _packed(moves: Moves, which: npt.NDArray[np.bool_]) -> bytes:
    return np.stack([moves.of[which], moves.postings[which]], axis=1).astype("<i8", copy=False).tobytes()


class Recent:
    """The changes that are not in `profile_key` yet, by key, as :meth:`meet` last read them."""

    def __init__(self) -> None:
        self._round, self._last = -1, 0
        self._runs: list[Moves] = []  # by key, and those of one in the order of time; the first is of the round before

    def meet(self, connection: sqlite3.Connection) -> None:
        """Read what has come since the last time. What has gone on into the table meanwhile stays: it says the same."""
        this = connection.execute("SELECT moves FROM state").fetchone()[0] // line_keys.A_ROUND
        if this != self._round:
            self._round, self._last = this, 0
            self._runs = [_by_key(read_moves(connection.execute("SELECT gone, come FROM key_part ORDER BY n")))]
        rows = connection.execute("SELECT n, gone, come FROM key_move WHERE n > ? ORDER BY n", (self._last,)).fetchall()
        if not rows:
            return
        self._last = rows[-1][0]
        self._runs.append(_by_key(read_moves(row[1:] for row in rows)))
        while len(self._runs) > 2 and len(self._runs[-2].of) < 2 * len(self._runs[-1].of):
            self._runs[-2:] = [_by_key(joined(self._runs[-2:]))]

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


def _postings(where: str, order: str, most: str) -> str:
    """In SQL, of the key `value` some postings with commas between."""
    rows = f"SELECT day, profile FROM profile_key WHERE term = value {where} ORDER BY {order} LIMIT {most}"  # noqa: S608
    return f"(SELECT group_concat(day * {1 << BITS} + profile) FROM ({rows}))"  # noqa: S608


_LATEST = f"SELECT key, {_postings('', 'day DESC, profile DESC', '?2')} FROM json_each(?1)"  # noqa: S608
_UP_TO = _postings("AND day <= ?3", "day DESC, profile DESC", "?2 + ?4")
_AFTER = _postings("AND day > ?3", "day, profile", "?2 + ?5")
_ABOUT = f"SELECT key, {_UP_TO}, {_AFTER} FROM json_each(?1)"  # noqa: S608


def latest(
    connection: sqlite3.Connection, recent: Recent, keys: Collection[int], most: int
) -> Iterator[tuple[int, array[int]]]:
    """Of each key its latest postings, `most` at most, the earliest first."""
    for key, own in _found(connection, recent, keys, _LATEST, most):
        yield key, own[-most:]


def about(
    connection: sqlite3.Connection, recent: Recent, keys: Collection[int], day: int, before: int, after: int
) -> Iterator[tuple[int, array[int]]]:
    """Of each key the last `before` postings up to a day, and the first `after` of those after it, the earliest first."""
    limit = (day + 1) << BITS
    for key, own in _found(connection, recent, keys, _ABOUT, 0, day, before, after):
        end = bisect_left(own, limit)
        yield key, own[max(0, end - before) : end + after]


def _found(
    connection: sqlite3.Connection, recent: Recent, keys: Collection[int], sql: str, most: int, *limits: int
) -> Iterator[tuple[int, array[int]]]:
    """Of each key the postings that the table tells, `most` or more as the SQL says, and what has changed of them lately.

    Of a key that some were taken from lately as many more are read from the table: they are still there.
    """
    asked = np.array(sorted(keys), np.int64)
    moves = recent.of(asked)
    gone = np.bincount(moves.of[~moves.come], minlength=len(asked))
    more = np.where(gone > 0, 1 << np.ceil(np.log2(np.maximum(gone, 1))).astype(np.int64), 0)
    found = []
    for extra in np.unique(more).tolist():
        places = (more == extra).nonzero()[0][::-1]
        rows = connection.execute(sql, (json.dumps(asked[places].tolist()), most + extra, *limits)).fetchall()
        found.append(_of_table(rows, places))
    of, there = _there(joined([*found, moves]))
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


def _of_table(rows: Sequence[Sequence[Any]], places: Places) -> Moves:
    """What the table tells, as if it came now; the keys of `rows` are numbers of `places`.

    Both have the last ones first, as the postings of each: turned round, all are in order.
    """
    texts = [(row[0], text) for row in rows for text in row[1:] if text]
    owners = [key for key, _ in texts]
    sizes = [text.count(",") + 1 for _, text in texts]
    postings = np.fromstring(",".join([text for _, text in texts]), np.int64, sep=",") if texts else np.zeros(0, np.int64)
    of = places[np.array(owners, np.intp)].repeat(sizes)
    return Moves(of[::-1], postings[::-1], np.ones(len(postings), np.bool_))
