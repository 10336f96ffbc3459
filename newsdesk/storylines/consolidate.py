"""Second pass: clusters that belong together are merged, best first: what the order of arrival split, this pass joins.

All pairs that are candidates are weighed up in one step. Then, in turns, those pairs are merged of which each is the best that
the other one has, and what is near a merged cluster is weighed up anew: pairs that have nothing to do with each other need not
wait for each other (reciprocal nearest neighbours: de Rham, 1980; Murtagh, 1983). What was stored before and has changed is
looked up in the index once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.storylines.across import merge_across
from newsdesk.storylines.compare import LOOK_ALIKE, belong
from newsdesk.storylines.gather import BLOCK, KEYS_ON_MERGE, LEAST_LONGER, LEAST_SHARED, TRIED_ON_MERGE, Gathering
from newsdesk.storylines.greedy import FAR, NEAR, SETTLED, Greedy
from newsdesk.storylines.index import most_shared
from newsdesk.storylines.lexis import Numbers
from newsdesk.storylines.vectors import Doubles, Places, runs

WORTH_A_TURN = 1_000  # pairs to look through for a merge: with more of them merges are looked for one by one
_AT_ONCE = 50_000  # pairs that are weighed up together


class Edges(NamedTuple):
    """Pairs of clusters that are not far from each other: their numbers, the log odds, the scalar product."""

    one: Numbers
    other: Numbers
    odds: Doubles
    total: Doubles

    def pick(self, which: Places) -> Edges:
        return Edges(self.one[which], self.other[which], self.odds[which], self.total[which])


def consolidate(gathering: Gathering) -> None:
    """Merge until no two fit, first within a language, then across languages."""
    edges = weigh(gathering, *_candidates(gathering))
    _merge_in_turns(gathering, edges)
    if len(gathering.table.languages.all()) > 1:
        merge_across(gathering)


def _candidates(gathering: Gathering) -> tuple[Numbers, Numbers]:
    """Pairs of clusters that share many of their keys, each pair once, those of one cluster together. Lets go of the index."""
    table = gathering.table
    stored = table.touched[: gathering.known].nonzero()[0].astype(np.int32)
    pairs: list[tuple[Numbers, Numbers]] = []
    for at in range(0, len(stored), BLOCK):
        some = stored[at : at + BLOCK]
        keyed, least = table.keys(some, KEYS_ON_MERGE), LEAST_SHARED + LEAST_LONGER * table.length[some]
        rows, numbers, _ = most_shared(*gathering.index.sharing(*keyed), least, TRIED_ON_MERGE + 1)
        pairs.append((some[rows], numbers))
    ends = np.frombuffer(gathering.found_ends, np.int64)
    asking = np.arange(len(table), dtype=np.int32).repeat(ends[1:] - ends[:-1])
    pairs.append((table.root[asking], table.root[np.frombuffer(gathering.found, np.int32)]))
    del gathering.index, gathering.found, gathering.found_ends, ends, asking  # large, and of no more use
    one, other = (np.concatenate(some) for some in zip(*pairs, strict=True))
    pairs.clear()
    codes = np.maximum(one, other).astype(np.int64)
    codes <<= 32
    codes |= np.minimum(one, other)
    codes = codes[one != other]
    codes.sort()  # np.unique would take more room
    codes = codes[runs(codes)]
    return (codes >> 32).astype(np.int32), (codes & 0xFFFFFFFF).astype(np.int32)


def weigh(gathering: Gathering, one: Numbers, other: Numbers) -> Edges:
    """Those of pairs of clusters that are not far from each other. Equal ones of `one` stand together."""
    table = gathering.table
    which = (table.touched[one] | table.touched[other]).nonzero()[0]
    if gathering.barred is not None:
        which = which[[not gathering.bars(*pair) for pair in zip(one[which].tolist(), other[which].tolist(), strict=True)]]
    one, other = one[which], other[which]
    parts = [_weigh(gathering, one[at : at + _AT_ONCE], other[at : at + _AT_ONCE]) for at in range(0, len(one), _AT_ONCE)]
    return _together(parts)


def _weigh(gathering: Gathering, one: Numbers, other: Numbers) -> Edges:
    table = gathering.table
    products = table.dots(one, other)
    odds = belong(table, one, other, products)
    alike = (odds == LOOK_ALIKE).nonzero()[0]
    gathering.note_look_alikes(one[alike], other[alike])
    odds -= SETTLED * (table.stored[one] & table.stored[other])
    return Edges(one, other, odds, products.total).pick((odds > FAR).nonzero()[0])


def _together(parts: Sequence[Edges]) -> Edges:
    parts = (_NONE, *parts)
    return Edges(
        np.concatenate([part.one for part in parts]),
        np.concatenate([part.other for part in parts]),
        np.concatenate([part.odds for part in parts]),
        np.concatenate([part.total for part in parts]),
    )


_NONE = Edges(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0), np.zeros(0))


def _merge_in_turns(gathering: Gathering, edges: Edges) -> None:
    best: Numbers = np.zeros(len(gathering.table), np.int32)
    while len(good := (edges.odds >= 0.0).nonzero()[0]):
        chosen = edges.pick(good[best_of_both(edges.pick(good), best)])
        if len(chosen.odds) * WORTH_A_TURN < len(edges.odds):
            _merge_singly(gathering, edges)
            return
        edges = _merged(gathering, edges, chosen)


def best_of_both(edges: Edges, best: Numbers) -> Places:
    """Which pairs are the best that either cluster has; of equal ones those of lower numbers are better."""
    low, high = np.minimum(edges.one, edges.other), np.maximum(edges.one, edges.other)
    rank = np.zeros(len(low), np.int32)
    rank[np.lexsort((high, low, -edges.odds))] = np.arange(len(low))
    best[low] = best[high] = len(low)
    np.minimum.at(best, low, rank)
    np.minimum.at(best, high, rank)
    found: Places = ((best[low] == rank) & (best[high] == rank)).nonzero()[0]
    return found


def _merged(gathering: Gathering, edges: Edges, chosen: Edges) -> Edges:
    """Merge the chosen pairs. Gives the edges that are left, those of what is new weighed up."""
    table = gathering.table
    kept = gathering.merge(chosen.one, chosen.other, chosen.total)
    changed = np.zeros(len(table), np.bool_)
    changed[kept] = True
    one, other = table.root[edges.one], table.root[edges.other]
    moved = changed[one] | changed[other]
    around = (moved & (one != other)).nonzero()[0]
    fresh = weigh(gathering, *_nearest(one[around], other[around], edges.odds[around], changed))
    return _together([edges.pick((~moved).nonzero()[0]), fresh])


def _nearest(one: Numbers, other: Numbers, odds: Doubles, changed: npt.NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Each pair once; of each cluster that has changed those with its `NEAR` best neighbours, by what the odds were."""
    codes = np.maximum(one, other).astype(np.int64) << 32 | np.minimum(one, other)
    order = np.lexsort((-odds, codes))
    codes = codes[order]
    starts = runs(codes)
    codes, odds = codes[starts], odds[order[starts]]
    one, other = (codes >> 32).astype(np.int32), (codes & 0xFFFFFFFF).astype(np.int32)
    owners, others = np.concatenate([one, other]), np.concatenate([other, one])
    which = changed[owners].nonzero()[0]
    owners, others, pairs = owners[which], others[which], which % max(len(one), 1)
    order = np.lexsort((others, -odds[pairs], owners))
    starts = runs(owners[order])
    within = np.arange(len(order)) - starts.repeat(np.diff(starts, append=len(order)))
    pairs, first = np.unique(pairs[order[within < NEAR]], return_index=True)
    # By those that have changed, which are large: they are laid out, the others held against them.
    order = order[within < NEAR][np.sort(first)]
    return owners[order], others[order]


def _merge_singly(gathering: Gathering, edges: Edges) -> None:
    """As in turns, but always the best pair of all: where turns would be many, and most of what is looked through stays."""

    def odds(i: int, others: Sequence[int]) -> Iterable[tuple[int, float]]:
        found = weigh(gathering, np.full(len(others), i, np.int32), np.array(others, np.int32))
        return zip(found.other.tolist(), found.odds.tolist(), strict=True)

    greedy = Greedy(odds, gathering.merge_two)
    for i, j, value in zip(edges.one.tolist(), edges.other.tolist(), edges.odds.tolist(), strict=True):
        greedy.note(i, j, value)
    greedy.run()
