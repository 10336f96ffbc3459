"""Clusters merged one pair after the other, always the best pair of all."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

FAR = -4.0  # log odds below which two clusters are not looked at again when one has grown
NEAR = 32  # neighbours that a merged cluster is valued against anew: bounds the cost of a merge in one huge affair
SETTLED = 1.0  # log odds that two storylines already shown to a reader must have beyond even


class Greedy:
    """With a lazy heap: an entry is valued when it is made, and anew when a side has changed.

    `odds` gives the log odds that a cluster belongs together with some others, but for those that it never does; `merge` merges
    two and says which of the numbers the new one has.
    """

    def __init__(
        self, odds: Callable[[int, Sequence[int]], Iterable[tuple[int, float]]], merge: Callable[[int, int], int]
    ) -> None:
        self._odds, self._merge_two = odds, merge
        self._heap: list[tuple[float, int, int, int, int]] = []
        self._version: defaultdict[int, int] = defaultdict(int)
        self._near: defaultdict[int, dict[int, float]] = defaultdict(dict)

    def introduce(self, i: int, others: Sequence[int]) -> None:
        """Value cluster `i` against `others`."""
        for j, value in self._odds(i, others):
            self.note(i, j, value)

    def note(self, i: int, j: int, value: float) -> None:
        """Two clusters, and the log odds that they belong together."""
        if value > FAR:
            self._near[i][j] = self._near[j][i] = value
        if value >= 0.0:
            low, high = min(i, j), max(i, j)
            heapq.heappush(self._heap, (-value, low, high, self._version[low], self._version[high]))

    def run(self) -> None:
        while self._heap:
            _, i, j, version_i, version_j = heapq.heappop(self._heap)
            if version_i == self._version[i] and version_j == self._version[j]:
                self._merge(i, j)

    def _merge(self, i: int, j: int) -> None:
        kept = self._merge_two(i, j)
        self._version[i] += 1
        self._version[j] += 1
        around = self._near.pop(j, {})
        for k, value in self._near.pop(i, {}).items():
            around[k] = max(value, around.get(k, value))
        around.pop(i, None)
        around.pop(j, None)
        for k in around:
            self._near[k].pop(i, None)
            self._near[k].pop(j, None)
        self.introduce(kept, heapq.nlargest(NEAR, around, key=lambda k: (around[k], -k)))
