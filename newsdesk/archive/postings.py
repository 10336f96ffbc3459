"""Which storylines have a key, read from the archive and kept from one batch to the next while nobody else writes.

A posting is one number: the day that a storyline last grew on, and below it the storyline's row. So a key's postings are a
sorted array, and what many questions ask for is counted in one pass.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from newsdesk.archive.profiles import term_of
from newsdesk.ports import Asked

# How many storylines a key finds: a key that many more share tells little, and would cost as much as they are. Those that
# grew last before a story or about its day come first, so that old stories are found a home in an archive of newer ones.
BEFORE, LATER = 40, 8
ABOUT_DAYS = 21
LAST_DAY = 1 << 30
EQUALS = 60  # of equally good candidates, so many are told apart
_WHOLE = 200  # postings of a key that are kept; a key that has more is looked up for every batch
_MOST_KEYS, _MOST_NAMES = 12_000, 12_000
_BITS = 32
_ROW = (1 << _BITS) - 1

_ALL = f"""
SELECT value, (SELECT group_concat(day * {1 << _BITS} + profile) FROM
 (SELECT day, profile FROM profile_key WHERE term = value ORDER BY day, profile LIMIT {_WHOLE + 1})) FROM json_each(?)
"""  # noqa: S608
_ABOUT = f"""
SELECT value, (SELECT group_concat(day * {1 << _BITS} + profile) FROM
 (SELECT day, profile FROM profile_key WHERE term = value AND day <= ?2 ORDER BY day DESC, profile DESC LIMIT {BEFORE})),
 (SELECT group_concat(day * {1 << _BITS} + profile) FROM
 (SELECT day, profile FROM profile_key WHERE term = value AND day > ?2 ORDER BY day, profile LIMIT {LATER})) FROM json_each(?1)
"""  # noqa: S608


def _parse(text: str | None) -> list[int]:
    return sorted(map(int, text.split(","))) if text else []


class Postings:
    """Storylines by their keys. Whoever changes what the archive has says so (:meth:`move`, :meth:`drop_name`), or it is
    :meth:`clear`-ed."""

    def __init__(self) -> None:
        self._of: dict[int, array[int] | None] = {}  # null: more than are kept
        self.names: dict[int, str] = {}

    def clear(self) -> None:
        self._of.clear()
        self.names.clear()

    def best(self, connection: sqlite3.Connection, asked: Sequence[Asked], limit: int) -> list[list[str]]:
        """For each question the ids of the storylines that share most of its keys, `limit` at most; of equals by their ids."""
        wanted = [({term_of(key) for key in one.keys}, LAST_DAY if one.day is None else one.day + ABOUT_DAYS) for one in asked]
        self._fetch(connection, {term for terms, _ in wanted for term in terms})
        large = self._look_up(connection, wanted)
        parts: list[array[int]] = []
        sizes: list[int] = []
        for terms, until in wanted:
            before = len(parts)
            parts += [self._about(term, until) if self._of[term] is not None else large[term, until] for term in terms]
            sizes.append(sum(map(len, parts[before:])))
        found = _count(b"".join(parts), sizes, [one.least for one in asked], limit + EQUALS)
        self._name(connection, {number for numbers in found for _, number in numbers})
        best = [sorted((-count, self.names[number]) for count, number in numbers) for numbers in found]
        return [[name for _, name in some[:limit]] for some in best]

    def _fetch(self, connection: sqlite3.Connection, terms: Collection[int]) -> None:
        """Make sure that the postings of `terms` are here."""
        if len(self._of) > _MOST_KEYS:
            for term in [term for term in self._of if term not in terms][: _MOST_KEYS // 2]:
                del self._of[term]
        unknown = [term for term in terms if term not in self._of]
        for term, text in connection.execute(_ALL, (json.dumps(unknown),)):
            values = _parse(text)
            self._of[term] = array("q", values) if len(values) <= _WHOLE else None

    def _look_up(
        self, connection: sqlite3.Connection, wanted: Sequence[tuple[set[int], int]]
    ) -> dict[tuple[int, int], array[int]]:
        """The postings about a day of keys that have too many to be kept."""
        by_day: dict[int, set[int]] = {}
        for terms, until in wanted:
            by_day.setdefault(until, set()).update(term for term in terms if self._of[term] is None)
        found: dict[tuple[int, int], array[int]] = {}
        for until, terms in by_day.items():
            if terms:
                for term, before, after in connection.execute(_ABOUT, (json.dumps(list(terms)), until)):
                    found[term, until] = array("q", _parse(before) + _parse(after))
        return found

    def _about(self, term: int, until: int) -> array[int]:
        own = self._of[term]
        assert own is not None
        if len(own) <= LATER:
            return own
        end = bisect_left(own, (until + 1) << _BITS)
        return own[max(0, end - BEFORE) : end + LATER]

    def _name(self, connection: sqlite3.Connection, numbers: Collection[int]) -> None:
        """Make sure that the ids of storylines are here."""
        if len(self.names) > _MOST_NAMES:
            self.names.clear()
        unknown = [number for number in numbers if number not in self.names]
        if unknown:
            sql = "SELECT n, id FROM profile WHERE n IN (SELECT value FROM json_each(?))"
            self.names.update(connection.execute(sql, (json.dumps(unknown),)))

    def move(self, number: int, before: Iterable[tuple[int, int]], after: Iterable[tuple[int, int]]) -> None:
        """Storyline `number` no longer has the keys (term, day) of `before`, but those of `after`."""
        for term, day in before:
            if (own := self._of.get(term)) is not None:
                at = bisect_left(own, posting := (day << _BITS) + number)
                if at < len(own) and own[at] == posting:
                    del own[at]
        for term, day in after:
            if (own := self._of.get(term)) is not None:
                own.insert(bisect_right(own, posting := (day << _BITS) + number), posting)
                if len(own) > _WHOLE:
                    self._of[term] = None


def _count(postings: bytes, sizes: Sequence[int], least: Sequence[int], most: int) -> list[list[tuple[int, int]]]:
    """For each question, of which `sizes` says how many postings are its own, (how often, row) of the storylines that are
    there at least so often, those that are there most often first, then the latest rows; `most` at most."""
    rows = np.frombuffer(postings, np.int64) & _ROW
    rows |= (np.arange(len(sizes)) << _BITS).repeat(sizes)
    rows.sort()
    starts = np.flatnonzero(np.concatenate(([True], rows[1:] != rows[:-1]))) if len(rows) else np.zeros(0, np.intp)
    counts = np.diff(np.append(starts, len(rows)))
    rows = rows[starts]
    enough = counts >= np.array(least)[rows >> _BITS]
    rows, counts = rows[enough], counts[enough]
    owners = rows >> _BITS
    order = np.lexsort((-rows, -counts, owners))
    found: list[list[tuple[int, int]]] = [[] for _ in sizes]
    for owner, count, row in zip(owners[order].tolist(), counts[order].tolist(), (rows[order] & _ROW).tolist(), strict=True):
        own = found[owner]
        if len(own) < most:
            own.append((count, row))
    return found
