"""Which storylines have a key, read from the archive and kept from one batch to the next while nobody else writes.

A posting is one number: the day that a storyline last grew on, and below it the storyline's row. So a key's postings are a
sorted array, and what many questions ask for is counted in one pass.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, TypeAlias

import numpy as np

from newsdesk.archive.line_keys import BITS
from newsdesk.archive.line_moves import Recent, about, latest
from newsdesk.archive.profiles import LANGUAGES, languages_of, term_of
from newsdesk.ports import Asked, Profile

# How many storylines a key finds: a key that many more share tells little, and would cost as much as they are. Those that
# grew last before a story or about its day come first, so that old stories are found a home in an archive of newer ones.
BEFORE, LATER = 40, 8
ABOUT_DAYS = 21
LAST_DAY = 1 << 30
# Of equally good candidates so many are told apart, of those whose keys are weighed, which are hardly ever equal, fewer; and of
# candidates in any language so many are asked for theirs.
EQUALS, EQUALS_WEIGHED, FOREIGN = 60, 6, 24
_KEPT = 56  # postings of a key that are kept, the latest ones: hardly any story asks for earlier ones
_MOST_KEYS, _MOST_NAMES = 40_000, 12_000
_ROW = (1 << BITS) - 1
_AT_ONCE = 150  # questions that are counted in one step: of five hundred the numbers take 25 MB

Wanted: TypeAlias = tuple[dict[int, int], int]
"""Of a question what each of its keys tells, and the last day that is asked for."""

_NAMES = f"""
SELECT n, id, {LANGUAGES} FROM profile WHERE n IN (SELECT value FROM json_each(?))
"""  # noqa: S608


class Named(NamedTuple):
    """The id of a storyline, and the languages of its stories."""

    line_id: str
    languages: frozenset[str]


class Postings:
    """Storylines by their keys. Whoever changes what the archive has says so (:meth:`move`, :meth:`name`), or it is
    :meth:`clear`-ed."""

    def __init__(self) -> None:
        self._of: dict[int, array[int]] = {}
        self._more: set[int] = set()  # keys of which the archive has earlier postings than those that are kept
        self._newest = 0  # no posting that is kept is later
        self._names: dict[int, Named] = {}
        self._recent = Recent()

    def clear(self) -> None:
        self._of.clear()
        self._more.clear()
        self._names.clear()
        self._newest = 0
        self._recent = Recent()

    def best(self, connection: sqlite3.Connection, asked: Sequence[Asked], limit: int) -> list[list[str]]:
        """For each question the ids of the storylines that share most of its keys, `limit` at most; of equals by their ids."""
        spoken = {row[0] for row in connection.execute("SELECT language FROM profile_language")}
        wanted: list[Wanted] = [
            (
                {} if one.foreign_to and one.foreign_to >= spoken else _weighed(one),
                LAST_DAY if one.day is None else one.day + ABOUT_DAYS,
            )
            for one in asked
        ]
        self._fetch(connection, {term for terms, _ in wanted for term in terms})
        early = self._look_up(connection, wanted)
        found: list[list[tuple[int, int]]] = []
        for at in range(0, len(asked), _AT_ONCE):
            some = slice(at, at + _AT_ONCE)
            found += self._count(asked[some], wanted[some], early, limit)
        self._find_names(connection, {number for numbers in found for _, number in numbers})
        best = []
        for one, numbers in zip(asked, found, strict=True):
            named = [(-told, self._names[number]) for told, number in numbers]
            if one.foreign_to:
                named = [(told, name) for told, name in named if name.languages and name.languages.isdisjoint(one.foreign_to)]
            best.append([name.line_id for _, name in sorted(named, key=lambda pair: (pair[0], pair[1].line_id))[:limit]])
        return best

    def _count(
        self, asked: Sequence[Asked], wanted: Sequence[Wanted], early: Mapping[tuple[int, int], array[int]], limit: int
    ) -> list[list[tuple[int, int]]]:
        """As the function of this name, for some questions; `early` are postings of some keys about some days."""
        parts: list[array[int]] = []
        owners, weights = list[int](), list[int]()
        for owner, (terms, until) in enumerate(wanted):
            if self._is_last(until):
                parts += [own if len(own := self._of[term]) <= BEFORE else own[-BEFORE:] for term in terms]
            else:
                parts += [early.get((term, until)) or self._about(term, until) for term in terms]
            owners += [owner] * len(terms)
            weights += terms.values()
        return _count(parts, owners, weights, asked, [_room(one, limit) for one in asked])

    def _fetch(self, connection: sqlite3.Connection, terms: Collection[int]) -> None:
        """Make sure that the latest postings of `terms` are here."""
        known = [term for term in terms if term in self._of]
        for term in known:
            self._of[term] = self._of.pop(term)  # those that were not asked for longest stand first
        if len(self._of) > _MOST_KEYS:
            for term in list(islice(self._of, min(len(self._of) - len(known), _MOST_KEYS // 2))):
                self._drop(term)
        unknown = [term for term in terms if term not in self._of]
        if unknown:
            self._recent.meet(connection)
        for term, values in latest(connection, self._recent, unknown, _KEPT + 1):
            self._keep(term, values)

    def _keep(self, term: int, values: array[int]) -> None:
        self._of[term] = values[-_KEPT:]
        if len(values) > _KEPT:
            self._more.add(term)
        if values and values[-1] > self._newest:
            self._newest = values[-1]

    def _drop(self, term: int) -> None:
        del self._of[term]
        self._more.discard(term)

    def _look_up(self, connection: sqlite3.Connection, wanted: Sequence[Wanted]) -> dict[tuple[int, int], array[int]]:
        """The postings about a day of keys of which those that are kept are too late."""
        by_day: dict[int, set[int]] = {}
        for terms, until in wanted:
            some = set[int]() if self._is_last(until) else self._more.intersection(terms)
            if some:
                limit = (until + 1) << BITS
                by_day.setdefault(until, set()).update(term for term in some if self._of[term][BEFORE - 1] >= limit)
        found: dict[tuple[int, int], array[int]] = {}
        for until, early in by_day.items():
            if early:
                self._recent.meet(connection)
                for term, values in about(connection, self._recent, early, until, BEFORE, LATER):
                    found[term, until] = values
        return found

    def _is_last(self, day: int) -> bool:
        """Whether nothing that is kept is of a later day."""
        return self._newest >> BITS <= day

    def _about(self, term: int, until: int) -> array[int]:
        own = self._of[term]
        if len(own) <= LATER:
            return own
        end = bisect_left(own, (until + 1) << BITS)
        return own[max(0, end - BEFORE) : end + LATER]

    def _find_names(self, connection: sqlite3.Connection, numbers: Collection[int]) -> None:
        """Make sure that the ids of storylines are here."""
        if len(self._names) > _MOST_NAMES:
            self._names.clear()
        unknown = [number for number in numbers if number not in self._names]
        if unknown:
            rows = connection.execute(_NAMES, (json.dumps(unknown),))
            self._names.update((number, Named(line_id, languages_of(part))) for number, line_id, part in rows)

    def name(self, number: int, profile: Profile | None) -> None:
        """The profile of storyline `number`; None where there is none any more."""
        if profile is None:
            self._names.pop(number, None)
        else:
            self._names[number] = Named(profile.id, languages_of(profile.blob))

    def move(self, went: Iterable[int], posting: int, came: Iterable[int] = (), anew: int = 0) -> None:
        """Keys `went` no longer have a posting, and those that `came` have the posting `anew`."""
        for term in went:
            if (own := self._of.get(term)) is not None:
                at = bisect_left(own, posting)
                if at < len(own) and own[at] == posting:
                    del own[at]
                    if term in self._more and len(own) < BEFORE + LATER:
                        self._drop(term)
        self._newest = max(self._newest, anew)
        for term in came:
            if (own := self._of.get(term)) is not None:
                if term in self._more and anew < own[0]:
                    continue  # it is one of those that are not kept
                own.insert(bisect_right(own, anew), anew)
                if len(own) > 2 * _KEPT:
                    self._keep(term, own)


def _room(one: Asked, limit: int) -> int:
    """How many storylines are candidates for an answer of `limit`."""
    return FOREIGN if one.foreign_to else limit + (EQUALS_WEIGHED if one.weights else EQUALS)


def _weighed(one: Asked) -> dict[int, int]:
    """What each key that is asked for tells."""
    return dict(zip(map(term_of, one.keys), one.weights or (1,) * len(one.keys), strict=True))


def _count(
    postings: Sequence[array[int]],
    owners: Sequence[int],
    weights: Sequence[int],
    asked: Sequence[Asked],
    most: Sequence[int],
) -> list[list[tuple[int, int]]]:
    """For each question (what its keys tell, row) of the storylines that share enough of them, those that tell most first, then
    the latest rows; `most` of each at most. `postings` are those of a key each, of the question `owners`, where it weighs
    `weights`."""
    sizes = np.fromiter(map(len, postings), np.intp, len(postings))
    rows = np.frombuffer(b"".join(postings), np.int64) & _ROW
    rows |= (np.array(owners, np.int64) << BITS).repeat(sizes)
    order = rows.argsort(kind="stable")
    rows = rows[order]
    starts = np.flatnonzero(np.concatenate(([True], rows[1:] != rows[:-1]))) if len(rows) else np.zeros(0, np.intp)
    counts = np.diff(np.append(starts, len(rows)))
    told = np.add.reduceat(np.array(weights, np.int64).repeat(sizes)[order], starts) if len(rows) else counts
    rows = rows[starts]
    own = rows >> BITS
    enough = counts >= np.array([one.least for one in asked])[own]
    enough &= told >= np.array([one.enough for one in asked])[own]
    rows, told, own = rows[enough], told[enough], own[enough]
    order = np.lexsort((-rows, -told, own))
    found: list[list[tuple[int, int]]] = [[] for _ in asked]
    for owner, count, row in zip(own[order].tolist(), told[order].tolist(), (rows[order] & _ROW).tolist(), strict=True):
        some = found[owner]
        if len(some) < most[owner] and not (asked[owner].weights and some and 2 * count < some[0][0]):
            some.append((count, row))
    return found
