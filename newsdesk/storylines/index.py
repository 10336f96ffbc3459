"""Which clusters share the heaviest terms of another one, and about how much: an inverted index without a loop.

Of each key the first cluster that has it and the latest `LATEST` others are kept, with the key's weight in them: a key that
many more have tells little, and would cost as much as they are. All look-ups of a cluster are one gather from a table.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from newsdesk.cutting import doubled
from newsdesk.storylines.lexis import Numbers, Weights

LATEST = 20


class Index:
    """Over keys 0 to `keys` - 1 and clusters by number, from 0."""

    def __init__(self, keys: int) -> None:
        # Clusters count from 1 in here: 0 is an empty place. Row 0 is of keys with one cluster at most.
        self._first: Numbers = np.zeros(keys, np.int32)
        self._first_weight = np.zeros(keys, np.float32)
        self._row: Numbers = np.zeros(keys, np.int32)
        self._rows = 1
        self._latest: Numbers = np.zeros((64, LATEST), np.int32)
        self._weights = np.zeros((64, LATEST), np.float32)
        self._filled: npt.NDArray[np.int64] = np.zeros(64, np.int64)
        self._shared: Weights = np.zeros(64, np.float32)

    def add(self, keys: Numbers, weights: Weights, number: int) -> None:
        """Cluster `number` has these keys, each once."""
        if number + 2 > len(self._shared):
            self._shared = np.zeros(2 * (number + 2), np.float32)
        known = self._first[keys] > 0
        new = keys[~known]
        self._first[new] = number + 1
        self._first_weight[new] = weights[~known]
        if len(new) == len(keys):
            return
        keys, weights = keys[known], weights[known]
        rows = self._row[keys]
        if not rows.all():
            rows = self._new_rows(keys, rows)
        places = self._filled[rows] % LATEST
        self._latest[rows, places] = number + 1
        self._weights[rows, places] = weights
        self._filled[rows] += 1

    def _new_rows(self, keys: Numbers, rows: Numbers) -> Numbers:
        without = keys[rows == 0]
        end = self._rows + len(without)
        while end > len(self._filled):
            self._latest = doubled(self._latest)
            self._weights = doubled(self._weights)
            self._filled = doubled(self._filled)
        self._row[without] = np.arange(self._rows, end, dtype=np.int32)
        self._rows = end
        return self._row[keys]

    def candidates(self, keys: Numbers, weights: Weights, most: int, least: float) -> list[tuple[float, int]]:
        """(what they share by these keys, number) of the clusters that share most, at least `least`; best first."""
        rows = self._row[keys]
        several = rows > 0
        rows = rows[several]
        numbers = np.concatenate([self._first[keys], self._latest[rows].ravel()])
        parts = np.concatenate(
            [self._first_weight[keys] * weights, (self._weights[rows] * weights[several][:, np.newaxis]).ravel()]
        )
        shared = self._shared
        np.add.at(shared, numbers, parts)
        shared[0] = 0.0
        found = numbers[shared[numbers] >= least]
        known = dict(zip(found.tolist(), shared[found].tolist(), strict=True))
        best = sorted([(-value, number) for number, value in known.items() if number])[:most]
        shared[numbers] = 0.0
        return [(-value, number - 1) for value, number in best]
