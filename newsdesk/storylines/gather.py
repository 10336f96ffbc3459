"""First pass from stories to clusters: each story joins the cluster that it is plainly part of, or founds one.

Stories are taken a block at a time. Candidates come from an inverted index over the heaviest terms, which also tells about how
much two clusters share, so that few are looked at whole; of a term that many clusters have, only the latest count, and those
of the block. The cost of a story depends on its candidates and not on how many clusters there are.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from newsdesk.storylines.cluster import Cluster
from newsdesk.storylines.compare import calibration, closeness, days_between, look_alike, may_look_alike
from newsdesk.storylines.index import LATEST, Index, most_shared
from newsdesk.storylines.lexis import Lexis, Numbers, Weights
from newsdesk.storylines.signed import Signed
from newsdesk.storylines.table import Products, Table
from newsdesk.storylines.vectors import Doubles, Places, Vectors, runs

TRIED_ON_ARRIVAL = 6
TRIED_ON_MERGE = 16
KEYS_ON_MERGE = 16
KEYS, MOST_KEYS = 12, 40  # of a story, and of a cluster that has grown
LEAST_SHARED, LEAST_LONGER = (
    0.02,
    0.06,
)  # cosine by the keys alone from which a cluster is a candidate: headlines, more for texts
LIKELY = 0.3  # share of the cosine at which a story joins a cluster at sight that the keys alone must have
FAR_BEHIND = 0.33  # share of what the best candidate shares, below which another one is none for a merge
BLOCK = 64
NOT_LIKE = -1.0  # in place of a cosine, of clusters that are look-alikes

Barred = Callable[[Cluster, Cluster], bool]


class Keyed(NamedTuple):
    """Keys of the clusters of a block: whose (its place in the block), which, and with what weight."""

    rows: Places
    keys: Numbers
    weights: Weights


class Gathering:
    """`table`: the known clusters, then one for each that came, in their order. `objects`: those that were given as such, by
    number; stories of a :class:`Signed` are none. `found`: of each the candidates for a merge that were met when it came;
    `found_ends`: where those of each number end."""

    def __init__(
        self, words: Lexis, known: Sequence[Cluster] = (), barred: Barred | None = None, signed: Signed | None = None
    ) -> None:
        vectors = Vectors(np.zeros(0, np.int32), np.zeros(0, np.float32)) if signed is None else Vectors(*signed.vectors())
        self.table, self.index = Table(words, vectors), Index(len(words.terms))
        self.objects, self.known, self.barred = list(known), len(known), barred
        self.found, self.found_ends = array("i"), array("q", [0] * (len(known) + 1))
        self.signed = signed
        self._look_alikes: dict[int, int] = {}  # which another one is like and no part of, and that one
        self.order: Places = np.zeros(0, np.intp)
        self._said: dict[int, float] = {}  # by days between
        self._keys: dict[int, set[int]] = {}  # of a cluster that has grown
        if known:
            numbers = self.table.extend(known)
            rows, keys, weights = self.table.keys(numbers, KEYS_ON_MERGE)
            self.index.add(keys, weights, numbers[rows])

    def gather(self, new: Iterable[Cluster]) -> None:
        """`new` clusters, mostly of one story, join the known or each other, in their order."""
        rest = iter(new)
        while block := list(islice(rest, BLOCK)):
            self.objects += block
            self._take(self.table.extend(block))
        self._keys.clear()  # large, and of no more use

    def gather_signed(self, places: Places) -> None:
        """As :meth:`gather`, of stories by their places in `signed`: each is a cluster."""
        assert self.signed is not None
        self.order = places
        for at in range(0, len(places), BLOCK):
            self._take(self.signed.enter(places[at : at + BLOCK], self.table))
        self._keys.clear()

    def _take(self, block: Numbers) -> None:
        """The clusters of a block, which are in the table, one after the other."""
        keyed = Keyed(*self.table.keys(block, KEYS_ON_MERGE))
        rows, numbers, shared = self._near(block, keyed)
        joins = self._join_homes(block, rows, numbers, shared)
        self._enter(block, keyed, joins)
        best = shared[starts := runs(rows)].repeat(np.diff(starts, append=len(rows)))
        near = (shared >= best * FAR_BEHIND).nonzero()[0]
        rows, numbers = rows[near], numbers[near]
        self.found.frombytes(numbers.tobytes())
        self.found_ends.extend((self.found_ends[-1] + np.bincount(rows, minlength=len(block)).cumsum()).tolist())

    def _near(self, block: Numbers, keyed: Keyed) -> tuple[Places, Numbers, Weights]:
        """Of each cluster of a block those that share most of its keys, best first, and what they share by these."""
        known, mates = self.index.sharing(*keyed), _mates(keyed)
        askers, numbers, parts = (
            np.concatenate([known[0], mates[0]]),
            np.concatenate([known[1], mates[1] + block[:1]]),
            known[2],
        )
        least = LEAST_SHARED + LEAST_LONGER * self.table.length[block]
        return most_shared(askers, numbers, np.concatenate([parts, mates[2]]), least, TRIED_ON_MERGE)

    def _join_homes(self, block: Numbers, rows: Places, numbers: Numbers, shared: Weights) -> list[tuple[int, int]]:
        """Add those of a block to a cluster that are plainly part of one. Returns which, by place in the block, and it."""
        table, (short, longer) = self.table, calibration().arrival
        asked = short + longer * table.length[block]
        starts = runs(rows)
        within = np.arange(len(rows)) - starts.repeat(np.diff(starts, append=len(rows)))
        tried = ((shared >= asked[rows] * LIKELY) & (within < TRIED_ON_ARRIVAL)).nonzero()[0]
        rows, numbers = rows[tried], numbers[tried]
        products, values = self._likeness(block[rows], numbers)
        likely = (values >= asked[rows]).nonzero()[0]
        alike = look_alike(table, block[rows[likely]], numbers[likely], products.pick(likely))
        values[likely[alike]] = NOT_LIKE
        joins, waiting = list[tuple[int, int]](), dict[int, tuple[int, float]]()
        candidates = zip(rows.tolist(), numbers.tolist(), products.total.tolist(), values.tolist(), strict=True)
        homes = dict[int, int]()  # of those that have joined one
        for row, some in groupby(candidates, key=itemgetter(0)):
            one = int(block[row])
            home = self._home(one, float(asked[row]), some, homes, waiting)
            if home is not None:
                waiting[home[0]] = one, home[1]
                homes[one] = homes[home[0]] = home[0]
                joins.append((row, home[0]))
        self._add_waiting(waiting)
        return joins

    def _home(
        self,
        one: int,
        asked: float,
        some: Iterable[tuple[int, int, float, float]],
        homes: Mapping[int, int],
        waiting: dict[int, tuple[int, float]],
    ) -> tuple[int, float] | None:
        """The best of some clusters, if it is as like as is asked for. Those that have grown meanwhile are looked at anew."""
        best, found, anew = asked, None, set[int]()
        for _, number, total, value in some:
            home = homes.get(number)
            if home is None:
                home = number
            elif home in anew:
                continue
            else:
                anew.add(home)
                if home in waiting:
                    self._add_waiting(waiting)
                total = self.table.dot(home, one)
                value = total / int(self.table.size[home] * self.table.size[one]) + self._closeness(home, one)
                if value >= best and self._look_alike(home, one):
                    continue
            if value >= best and not self.bars(home, one):
                best, found = value, (home, total)
        return found

    def _look_alike(self, home: int, one: int) -> bool:
        if not may_look_alike(self.table, home, one):
            return False
        left, right = np.array([[home], [one]], np.int32)
        return bool(look_alike(self.table, left, right, self.table.dots(left, right))[0])

    def _add_waiting(self, waiting: dict[int, tuple[int, float]]) -> None:
        """What has joined clusters, one each, since the last time."""
        homes = np.fromiter(waiting, np.int32, len(waiting))
        ones, totals = zip(*waiting.values(), strict=True) if waiting else ((), ())
        new = [home for home in waiting if home not in self._keys]
        if new:
            rows, keys, _ = self.table.keys(np.array(new, np.int32), KEYS_ON_MERGE)
            ends = rows.searchsorted(np.arange(1, len(new))).tolist()
            self._keys.update(zip(new, map(set, map(np.ndarray.tolist, np.split(keys, ends))), strict=True))
        self._merge(homes, np.array(ones, np.int32), np.array(totals))
        waiting.clear()

    def _likeness(self, left: Numbers, right: Numbers) -> tuple[Products, Doubles]:
        """What is shared, and mean cosines with what the days between say."""
        table = self.table
        products = table.dots(left, right)
        mean = products.total / (table.size[left].astype(np.float64) * table.size[right])
        return products, mean + closeness(days_between(table, left, right))

    def _closeness(self, home: int, one: int) -> float:
        """What the days between two clusters say, which are often as many."""
        first, last = self.table.first, self.table.last
        gap = max(int(first[home]) - int(last[one]), int(first[one]) - int(last[home]), 0)
        if gap not in self._said:
            self._said[gap] = float(closeness(np.array([gap]))[0])
        return self._said[gap]

    def merge(self, one: Numbers, other: Numbers, shared: Doubles) -> Numbers:
        """Merge pairs of clusters, of which none is in two; `shared`: their scalar products. Returns the numbers of what is
        made: of each pair that of the larger vector."""
        larger = self.table.total[one] - self.table.total[other]
        first = (larger > 0) | (larger == 0) & (one < other)
        kept, gone = np.where(first, one, other), np.where(first, other, one)
        self._merge(kept, gone, shared)
        return kept

    def merge_two(self, i: int, j: int) -> int:
        """As :meth:`merge`, of one pair."""
        one, other = np.array([i], np.int32), np.array([j], np.int32)
        return int(self.merge(one, other, np.array([self.table.dot(i, j)]))[0])

    def _merge(self, kept: Numbers, gone: Numbers, shared: Doubles) -> None:
        self.table.merge(kept, gone, shared)
        if self.objects:
            for one, other in zip(kept.tolist(), gone.tolist(), strict=True):
                self.objects[one].add(self.objects[other])

    def bars(self, one: int, other: int) -> bool:
        """Did a person say that two clusters are not to be merged?"""
        return self.barred is not None and self.barred(self.objects[one], self.objects[other])

    def roots(self) -> Numbers:
        """What each cluster was merged into, else itself."""
        return self.table.roots(np.arange(len(self.table), dtype=np.int32))

    def note_look_alikes(self, one: Numbers, other: Numbers) -> None:
        """Pairs of clusters that are not merged because they are look-alikes."""
        self._look_alikes.update(zip(one.tolist(), other.tolist(), strict=True))
        self._look_alikes.update(zip(other.tolist(), one.tolist(), strict=True))

    def look_alikes(self) -> dict[int, int]:
        """Of new clusters of one story that are like another one but not in it, by number, that other one as it is now."""
        roots = self.roots().tolist()
        return {
            number: roots[other]
            for number, other in self._look_alikes.items()
            if self.table.size[number] == 1 and number >= self.known and roots[number] == number
        }

    def changed(self) -> list[Cluster]:
        """Of those that were given as such the ones that have changed, each as it is now."""
        numbers = np.unique(self.roots())
        return [self.objects[number] for number in numbers[self.table.touched[numbers]].tolist()]

    def _enter(self, block: Numbers, keyed: Keyed, joins: Sequence[tuple[int, int]]) -> None:
        """Put the keys of those that found a cluster into the index, and what others bring to theirs that it did not have."""
        founds = np.ones(len(block), np.bool_)
        places, owners = list[int](), list[int]()
        for row, home in joins:
            founds[row] = False
            first, last = keyed.rows.searchsorted((row, row + 1)).tolist()
            known, keys = self._keys[home], keyed.keys[first : min(last, first + KEYS)].tolist()
            fresh = [first + at for at, key in enumerate(keys) if key not in known][: max(0, MOST_KEYS - len(known))]
            known.update(keyed.keys[fresh].tolist())
            places += fresh
            owners += [home] * len(fresh)
        own = founds[keyed.rows].nonzero()[0]
        at = np.concatenate([own, np.array(places, np.intp)])
        numbers = np.concatenate([block[keyed.rows[own]], np.array(owners, np.int32)])
        self.index.add(keyed.keys[at], keyed.weights[at], numbers)


def _mates(keyed: Keyed) -> tuple[Places, Numbers, Weights]:
    """As :meth:`Index.sharing`, of the clusters of one block: whose key an earlier one has, too, the places of both."""
    rows, keys, weights = keyed
    order = keys.argsort(kind="stable")
    ordered, found = keys[order], []
    for back in range(1, LATEST + 1):
        same = (ordered[back:] == ordered[:-back]).nonzero()[0]
        if not len(same):
            break
        later, earlier = order[same + back], order[same]
        found.append((rows[later], rows[earlier].astype(np.int32), weights[later] * weights[earlier]))
    if not found:
        return rows[:0], keys[:0], weights[:0]
    askers, numbers, parts = (np.concatenate(some) for some in zip(*found, strict=True))
    return askers, numbers, parts
