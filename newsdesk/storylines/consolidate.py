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
from newsdesk.storylines.compare import belong, calibration

POSTINGS = 200
TRIED_ON_ARRIVAL = 6
TRIED_ON_MERGE = 24
KEYS_ON_MERGE = 24
FAR = -4.0  # log odds below which two clusters are not looked at again when one has grown
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


def consolidate(clusters: list[Cluster], barred: Barred | None = None) -> list[Cluster | None]:
    """Second pass: merges until no two fit. A cluster merged away is null in what is returned; its place tells who it was.

    Greedy agglomeration with a lazy heap: an entry is valued when it is made, and again when a part of it has changed.
    """
    live: list[Cluster | None] = list(clusters)
    index = Index()
    heap: list[tuple[float, int, int, int, int]] = []
    version = [0] * len(live)
    near: list[set[int]] = [set() for _ in live]

    def push(i: int, j: int) -> None:
        a, b = live[i], live[j]
        if a is None or b is None or not (a.touched or b.touched) or (barred and barred(a, b)):
            return
        value = belong(a, b) - (SETTLED if a.line_id and b.line_id else 0.0)
        if value > FAR:
            near[i].add(j)
            near[j].add(i)
        if value >= 0.0:
            heapq.heappush(heap, (-value, min(i, j), max(i, j), version[min(i, j)], version[max(i, j)]))

    for i, cluster in enumerate(clusters):
        terms = cluster.heaviest(KEYS_ON_MERGE)
        for j in index.candidates(cluster.vector, terms, TRIED_ON_MERGE):
            push(i, j)
        index.add(terms, i)
    while heap:
        _, i, j, version_i, version_j = heapq.heappop(heap)
        a, b = live[i], live[j]
        if a is None or b is None or version[i] != version_i or version[j] != version_j:
            continue
        if len(a.vector) < len(b.vector):
            i, j, a, b = j, i, b, a
        a.add(b)
        live[j] = None
        version[i] += 1
        around = (near[i] | near[j]) - {i, j}
        for k in around:
            near[k].discard(j)
        near[i], near[j] = set(), set()
        for k in sorted(around):
            near[k].discard(i)
            push(i, k)
    return live
