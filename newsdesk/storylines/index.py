"""Which clusters share the heaviest terms of others, and about how much: an inverted index without a loop.

Of each key the first cluster that has it and the latest `LATEST` others are kept, with the key's weight in them: a key that
many more have tells little, and would cost as much as they are. All look-ups of many clusters are one gather from a table.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from newsdesk.storylines.lexis import Numbers, Weights
from newsdesk.storylines.vectors import Places, runs
from newsdesk.words.cutting import doubled

LATEST = 20


class Index:
    """Over keys 0 to `keys` - 1 and clusters by number, from 0."""

    def __init__(self, keys: int) -> None:
        # Clusters count from 1 in here: 0 is an empty place. Row 0 is of keys with one cluster at most.
        self._first: Numbers = np.zeros(keys, np.int32)
        self._first_weight: Weights = np.zeros(keys, np.float32)
        self._row: Numbers = np.zeros(keys, np.int32)
        self._rows = 1
        self._latest: Numbers = np.zeros((64, LATEST), np.int32)
        self._weights: Weights = np.zeros((64, LATEST), np.float32)
        self._filled: Numbers = np.zeros(64, np.int32)

    def reach(self, keys: int) -> None:
        """Be over so many keys, at least."""
        while keys > len(self._row):
            self._first, self._first_weight = doubled(self._first), doubled(self._first_weight)
            self._row = doubled(self._row)

    def add(self, keys: Numbers, weights: Weights, numbers: Numbers) -> None:
        """Clusters have keys: each key, its weight and its cluster, in the order of the clusters."""
        order = keys.argsort(kind="stable")
        keys, weights, numbers = keys[order], weights[order], numbers[order] + 1
        starts = runs(keys)
        several = np.ones(len(keys), np.bool_)
        several[starts] = self._first.take(keys[starts]) > 0
        new = (~several).nonzero()[0]
        self._first[keys[new]], self._first_weight[keys[new]] = numbers[new], weights[new]
        more = several.nonzero()[0]
        if len(more):
            self._add_later(keys[more], weights[more], numbers[more])

    def _add_later(self, keys: Numbers, weights: Weights, numbers: Numbers) -> None:
        """To keys that have a first cluster; equal keys stand together."""
        starts = runs(keys)
        sizes = np.diff(starts, append=len(keys))
        rows = self._rows_of(keys[starts])
        within = np.arange(len(keys)) - starts.repeat(sizes)
        places = (self._filled[rows].repeat(sizes) + within) % LATEST
        at = rows.repeat(sizes)
        late = within >= sizes.repeat(sizes) - LATEST  # of too many the last ones
        self._latest[at[late], places[late]] = numbers[late]
        self._weights[at[late], places[late]] = weights[late]
        self._filled[rows] += sizes

    def _rows_of(self, keys: Numbers) -> Numbers:
        rows = self._row[keys]
        without = keys[rows == 0]
        if not len(without):
            return rows
        end = self._rows + len(without)
        while end > len(self._filled):
            self._latest, self._weights = doubled(self._latest), doubled(self._weights)
            self._filled = doubled(self._filled)
        self._row[without] = np.arange(self._rows, end, dtype=np.int32)
        self._rows = end
        return self._row[keys]

    def sharing(self, askers: Places, keys: Numbers, weights: Weights) -> tuple[Places, Numbers, Weights]:
        """Each cluster that has a key that is asked for: who asks, its number, and the product of the two weights."""
        firsts = self._first.take(keys)
        one = firsts.nonzero()[0]
        rows = self._row.take(keys)
        several = rows.nonzero()[0]
        latest = self._latest[rows.take(several)]
        at, place = latest.nonzero()
        again = several.take(at)
        return (
            np.concatenate([askers.take(one), askers.take(again)]),
            np.concatenate([firsts.take(one), latest[at, place]]) - 1,
            np.concatenate(
                [
                    self._first_weight.take(keys.take(one)) * weights.take(one),
                    self._weights[rows.take(again), place] * weights.take(again),
                ]
            ),
        )


def most_shared(
    askers: Places, numbers: Numbers, parts: Weights, least: npt.NDArray[np.float64], most: int
) -> tuple[Places, Numbers, Weights]:
    """What they share, summed up by pair: of each asker the `most` clusters that share most, at least `least[asker]`; best
    first."""
    codes = askers << 32 | numbers
    order = codes.argsort(kind="stable")
    codes = codes[order]
    starts = runs(codes)
    shared: Weights = np.add.reduceat(parts[order], starts) if len(starts) else parts
    codes = codes[starts]
    askers = codes >> 32
    enough = (shared >= least[askers]).nonzero()[0]
    askers, numbers, shared = askers[enough], (codes[enough] & 0xFFFFFFFF).astype(np.int32), shared[enough]
    order = np.lexsort((numbers, -shared, askers))
    starts = runs(askers)
    within = np.arange(len(askers)) - starts.repeat(np.diff(starts, append=len(askers)))
    order = order[within < most]
    return askers[order], numbers[order], shared[order]
