"""From stories to clusters in two passes, each of whose cost a story depends on its candidates and not on how many there are.

First each story joins the cluster that it is plainly part of, or founds one. Then clusters that belong together are merged,
best first: what the order of arrival split, this pass joins. Candidates come from an inverted index over the heaviest terms,
which also tells about how much two clusters share, so that few are looked at whole; of a term that many clusters have, only
the latest count. The second pass looks anew only for what has grown, or was stored before and has changed.
"""

from __future__ import annotations

import heapq
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from newsdesk.storylines.cluster import Cluster, Spread, closeness, days_apart
from newsdesk.storylines.compare import belong, belong_across, calibration, foreign
from newsdesk.storylines.index import Index
from newsdesk.storylines.lexis import Lexis, Numbers, Weights

TRIED_ON_ARRIVAL = 6
TRIED_ON_MERGE = 16
KEYS_ON_MERGE = 16
KEYS, MOST_KEYS = 12, 40  # of a story, and of a cluster that has grown
LEAST_SHARED, LEAST_LONGER = (
    0.02,
    0.06,
)  # cosine by the keys alone from which a cluster is a candidate: headlines, more for texts
LIKELY = 0.3  # share of the cosine at which a story joins a cluster at sight that the keys alone must have
FAR = -4.0  # log odds below which two clusters are not looked at again when one has grown
NEAR = 32  # neighbours that a merged cluster is valued against anew: bounds the cost of a merge in one huge affair
SETTLED = 1.0  # log odds that two storylines already shown to a reader must have beyond even

Barred = Callable[[Cluster, Cluster], bool]
Against = Callable[[Cluster, Sequence[Cluster]], Sequence[float]]


class Gathering:
    """First pass. `clusters`: the known ones, then those that new stories founded; `found`: the candidates for a merge that
    were met when a cluster was founded, which hold as long as it has not grown."""

    def __init__(self, words: Lexis, known: Sequence[Cluster], barred: Barred | None = None) -> None:
        self.clusters = list(known)
        self.found: dict[int, array[int]] = {}  # many, and small so
        self.barred = barred
        self.spread = Spread(words)
        self.index = Index(len(words.terms))
        self._keys: dict[int, set[int]] = {}
        for number, cluster in enumerate(self.clusters):
            self.index.add(*keys_of(cluster), number)

    def gather(self, new: Iterable[Cluster]) -> None:
        """`new` clusters, mostly of one story, join the known or each other, in their order."""
        for one in new:
            keys, weights = keys_of(one)
            near = self.index.candidates(keys, weights, TRIED_ON_MERGE, least_shared(one))
            home = self._home(one, near)
            if home is None:
                self.index.add(keys, weights, len(self.clusters))
                self.found[len(self.clusters)] = array("i", [number for _, number in near])
                self.clusters.append(one)
            else:
                self._join(home, one, keys[:KEYS], weights[:KEYS])
        self._keys.clear()  # large, and of no more use

    def _home(self, one: Cluster, near: Sequence[tuple[float, int]]) -> int | None:
        """The cluster that `one` is plainly part of, if any."""
        short, longer = calibration().arrival
        best, home = short + longer * one.length, None
        if not near or near[0][0] < best * LIKELY:
            return None
        self.spread.lay(one)
        for guess, number in near[:TRIED_ON_ARRIVAL]:
            if guess < best * LIKELY:
                break
            cluster = self.clusters[number]
            shared = self.spread.dot(cluster.terms, cluster.values)
            value = shared / (cluster.size * one.size) + closeness(days_apart(cluster, one))
            if value >= best and not (self.barred and self.barred(cluster, one)):
                best, home = value, number
        return home

    def _join(self, home: int, one: Cluster, keys: Numbers, weights: Weights) -> None:
        cluster = self.clusters[home]
        if home in self.found:
            del self.found[home]
        known = self._keys.get(home)
        if known is None:
            known = self._keys[home] = set(keys_of(cluster)[0].tolist())
        fresh = [at for at, key in enumerate(keys.tolist()) if key not in known][: max(0, MOST_KEYS - len(known))]
        if fresh:
            self.index.add(keys[fresh], weights[fresh], home)
            known.update(keys[fresh].tolist())
        cluster.add(one)


def least_shared(cluster: Cluster) -> float:
    return LEAST_SHARED + LEAST_LONGER * cluster.length


def keys_of(cluster: Cluster) -> tuple[Numbers, Weights]:
    """The heaviest terms of a cluster and their mean weights in its stories."""
    if cluster.size == 1:
        return cluster.terms[:KEYS_ON_MERGE], cluster.values[:KEYS_ON_MERGE]
    heavy = cluster.heaviest(KEYS_ON_MERGE)
    return cluster.terms[heavy], cluster.values[heavy] / np.float32(cluster.size)


def consolidate(gathering: Gathering) -> list[Cluster]:
    """Second pass: merges until no two fit, first within a language, then across languages. Returns what is left, and leaves
    `gathering` empty."""
    spread, clusters, barred = gathering.spread, gathering.clusters, gathering.barred

    def against(a: Cluster, others: Sequence[Cluster]) -> list[float]:
        spread.lay(a)
        return belong(a, others, spread)

    agglomeration = _Agglomeration(clusters, against, barred)
    for i, cluster in enumerate(clusters):
        if not cluster.touched:
            continue
        near = gathering.found.pop(i, None)
        if near is None:
            found = gathering.index.candidates(*keys_of(cluster), TRIED_ON_MERGE + 1, least_shared(cluster))
            near = array("i", [number for _, number in found])
        agglomeration.introduce(i, near)
    del gathering.index, gathering.found  # large, and of no more use; no more are clusters that are merged
    clusters.clear()
    left = agglomeration.run()
    if len(frozenset().union(*(cluster.languages for cluster in left))) < 2:
        return left
    return _across(left, barred)


def _across(clusters: list[Cluster], barred: Barred | None) -> list[Cluster]:
    def against(a: Cluster, others: Sequence[Cluster]) -> list[float]:
        return [belong_across(a, b) if foreign(a, b) else FAR - 1.0 for b in others]

    agglomeration, numbers = _Agglomeration(clusters, against, barred), dict[str, int]()
    keyed = [_bridge_keys(cluster, numbers) for cluster in clusters]
    index = Index(len(numbers))
    for i, (keys, weights) in enumerate(keyed):
        agglomeration.introduce(i, [number for _, number in index.candidates(keys, weights, TRIED_ON_MERGE, 1e-9)])
        index.add(keys, weights, i)
    return agglomeration.run()


def _bridge_keys(cluster: Cluster, numbers: dict[str, int]) -> tuple[Numbers, Weights]:
    """As :func:`keys_of`, of what holds in every language; `numbers` learns the keys."""
    best = sorted(cluster.bridge.items(), key=lambda pair: (-pair[1], pair[0]))[:KEYS_ON_MERGE]
    keys = np.array([numbers.setdefault(key, len(numbers)) for key, _ in best], np.int32)
    return keys, np.array([weight / cluster.size for _, weight in best], np.float32)


class _Agglomeration:
    """Greedy merging, best first, with a lazy heap: an entry is valued when it is made, and anew when a side has changed.

    `against` gives the log odds that a cluster belongs together with each of some others.
    """

    def __init__(self, clusters: list[Cluster], against: Against, barred: Barred | None) -> None:
        self._live: list[Cluster | None] = list(clusters)
        self._against = against
        self._barred = barred
        self._heap: list[tuple[float, int, int, int, int]] = []
        self._version = [0] * len(clusters)
        self._near: defaultdict[int, dict[int, float]] = defaultdict(dict)

    def introduce(self, i: int, others: Sequence[int]) -> None:
        """Value cluster `i` against `others`, but for those it has been valued against."""
        near = self._near.get(i, ())
        fresh = [j for j in others if j != i and j not in near]
        if fresh:
            self._value_all(i, fresh)

    def _value_all(self, i: int, others: Iterable[int]) -> None:
        a = self._live[i]
        if a is None:
            return
        eligible: list[tuple[int, Cluster]] = []
        for j in others:
            b = self._live[j]
            if b is not None and (a.touched or b.touched) and not (self._barred and self._barred(a, b)):
                eligible.append((j, b))
        odds = self._against(a, [b for _, b in eligible])
        for (j, b), value in zip(eligible, odds, strict=True):
            if a.line_id and b.line_id:
                value -= SETTLED
            if value > FAR:
                self._near[i][j] = self._near[j][i] = value
            if value >= 0.0:
                low, high = min(i, j), max(i, j)
                heapq.heappush(self._heap, (-value, low, high, self._version[low], self._version[high]))

    def run(self) -> list[Cluster]:
        while self._heap:
            _, i, j, version_i, version_j = heapq.heappop(self._heap)
            if version_i == self._version[i] and version_j == self._version[j]:
                self._merge(i, j)
        return [cluster for cluster in self._live if cluster is not None]

    def _merge(self, i: int, j: int) -> None:
        a, b = self._live[i], self._live[j]
        if a is None or b is None:
            return
        if len(a.terms) < len(b.terms):
            i, j, a, b = j, i, b, a
        a.add(b)
        self._live[j] = None
        self._version[i] += 1
        around = self._near.pop(j, {})
        for k, value in self._near.pop(i, {}).items():
            around[k] = max(value, around.get(k, value))
        around.pop(i, None)
        around.pop(j, None)
        for k in around:
            self._near[k].pop(i, None)
            self._near[k].pop(j, None)
        self._value_all(i, heapq.nlargest(NEAR, around, key=lambda k: (around[k], -k)))
