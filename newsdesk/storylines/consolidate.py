"""From stories to clusters in two passes, each of whose cost a story depends on its candidates and not on how many there are.

First each story joins the cluster that it is plainly part of, or founds one. Then clusters that belong together are merged,
best first: what the order of arrival split, this pass joins. Candidates come from an inverted index over the heaviest terms;
of a term that many clusters have, only the latest `POSTINGS` count.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from newsdesk.storylines.cluster import MOST_KEYS, Cluster, closeness, days_apart, length_share
from newsdesk.storylines.compare import belong, belong_across, calibration, foreign

POSTINGS = 60
TRIED_ON_ARRIVAL = 6
TRIED_ON_MERGE = 16
KEYS_ON_MERGE = 24
FAR = -4.0  # log odds below which two clusters are not looked at again when one has grown
NEAR = 32  # neighbours that a merged cluster is valued against anew: bounds the cost of a merge in one huge affair
SETTLED = 1.0  # log odds that two storylines already shown to a reader must have beyond even

Barred = Callable[[Cluster, Cluster], bool]


class Index:
    """term -> the latest clusters that have it among their keys."""

    def __init__(self) -> None:
        self._postings: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, terms: Iterable[str], number: int) -> None:
        for term in terms:
            self._postings[term].append(number)

    def candidates(self, vector: dict[str, float], terms: Iterable[str], most: int) -> list[int]:
        """Cluster numbers that share most weight with `terms`, at most `most`."""
        score: dict[int, float] = {}
        postings = self._postings
        for term in terms:
            found = postings.get(term)
            if found:
                weight = vector.get(term, 0.0)
                for number in found[-POSTINGS:]:
                    score[number] = score.get(number, 0.0) + weight
        if len(score) <= most:
            return list(score)
        return heapq.nlargest(most, score, key=lambda number: (score[number], -number))


def gather(known: Sequence[Cluster], new: Sequence[Cluster], barred: Barred | None = None) -> list[Cluster]:
    """First pass: `new` clusters, mostly of one story, join the `known` or each other, in their order. Returns all."""
    clusters = list(known)
    index = Index()
    for number, cluster in enumerate(clusters):
        index.add(cluster.keys, number)
    for one in new:
        home = _home(index, clusters, one, barred)
        if home is None:
            index.add(one.keys, len(clusters))
            clusters.append(one)
            continue
        cluster = clusters[home]
        fresh = [key for key in one.keys if key not in cluster.keys][: max(0, MOST_KEYS - len(cluster.keys))]
        index.add(fresh, home)
        cluster.keys.update(dict.fromkeys(fresh))
        cluster.add(one)
    return clusters


def _home(index: Index, clusters: list[Cluster], one: Cluster, barred: Barred | None) -> int | None:
    """The cluster that `one` is plainly part of, if any."""
    short, longer = calibration().arrival
    best, home = short + longer * length_share(one.mass / one.size), None
    for number in index.candidates(one.vector, one.keys, TRIED_ON_ARRIVAL):
        cluster = clusters[number]
        value = cluster.similarity(one) + closeness(days_apart(cluster, one))
        if value >= best and not (barred and barred(cluster, one)):
            best, home = value, number
    return home


def consolidate(clusters: list[Cluster], barred: Barred | None = None) -> list[Cluster]:
    """Second pass: merges until no two fit, first within a language, then across languages. Returns what is left."""
    agglomeration = _Agglomeration(clusters, belong, barred)
    for i, cluster in enumerate(clusters):
        agglomeration.introduce(i, cluster.vector, cluster.heaviest(KEYS_ON_MERGE))
    left = agglomeration.run()
    if len(set().union(*(cluster.languages for cluster in left))) < 2:
        return left
    agglomeration = _Agglomeration(left, _across, barred)
    for i, cluster in enumerate(left):
        bridge = cluster.bridge
        agglomeration.introduce(i, bridge, sorted(bridge, key=lambda key: (-bridge[key], key))[:KEYS_ON_MERGE])
    return agglomeration.run()


def _across(a: Cluster, b: Cluster) -> float:
    return belong_across(a, b) if foreign(a, b) else FAR - 1.0


class _Agglomeration:
    """Greedy merging, best first, with a lazy heap: an entry is valued when it is made, and anew when a side has changed."""

    def __init__(self, clusters: list[Cluster], judge: Callable[[Cluster, Cluster], float], barred: Barred | None) -> None:
        self._live: list[Cluster | None] = list(clusters)
        self._judge = judge
        self._barred = barred
        self._index = Index()
        self._heap: list[tuple[float, int, int, int, int]] = []
        self._version = [0] * len(clusters)
        self._near: list[dict[int, float]] = [{} for _ in clusters]

    def introduce(self, i: int, vector: dict[str, float], terms: list[str]) -> None:
        """Value cluster `i` against the earlier ones that share most of its `terms`."""
        for j in self._index.candidates(vector, terms, TRIED_ON_MERGE):
            self._value(i, j)
        self._index.add(terms, i)

    def _value(self, i: int, j: int) -> None:
        a, b = self._live[i], self._live[j]
        if a is None or b is None or not (a.touched or b.touched) or (self._barred and self._barred(a, b)):
            return
        value = self._judge(a, b) - (SETTLED if a.line_id and b.line_id else 0.0)
        if value > FAR:
            self._near[i][j] = self._near[j][i] = value
        if value >= 0.0:
            i, j = min(i, j), max(i, j)
            heapq.heappush(self._heap, (-value, i, j, self._version[i], self._version[j]))

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
        if len(a.vector) < len(b.vector):
            i, j, a, b = j, i, b, a
        a.add(b)
        self._live[j] = None
        self._version[i] += 1
        around = self._near[j]
        for k, value in self._near[i].items():
            around[k] = max(value, around.get(k, value))
        self._near[i], self._near[j] = {}, {}
        around.pop(i, None)
        around.pop(j, None)
        for k in around:
            self._near[k].pop(i, None)
            self._near[k].pop(j, None)
        for k in heapq.nlargest(NEAR, around, key=lambda k: (around[k], -k)):
            self._value(i, k)
