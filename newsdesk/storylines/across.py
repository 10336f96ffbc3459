"""Storylines across languages: by names, numbers, matters and countries, which hold in every language."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from newsdesk.storylines.cluster import Cluster, least, most, total
from newsdesk.storylines.compare import NEVER
from newsdesk.storylines.gather import KEYS_ON_MERGE, TRIED_ON_MERGE, Gathering
from newsdesk.storylines.greedy import SETTLED, Greedy
from newsdesk.storylines.index import Index, most_shared
from newsdesk.storylines.lexis import Numbers
from newsdesk.storylines.signature import Signature


def common(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Share of two distributions over countries that is the same, 0 to 1."""
    both = a.keys() & b.keys()
    if not both:
        return 0.0
    total_a, total_b = math.fsum(a.values()), math.fsum(b.values())
    return math.fsum([min(a[code] / total_a, b[code] / total_b) for code in both])


@dataclass(frozen=True, slots=True)
class Side:
    """What of a cluster can be held against one in another language. `bridge`: sum of what its stories have that holds in every
    language; `places`: country code -> weight; `first`, `last`: days or None."""

    size: int
    bridge: Mapping[str, float]
    places: Mapping[str, float]
    languages: frozenset[str]
    first: int | None
    last: int | None

    @classmethod
    def of(cls, known: Cluster | Signature) -> Side:
        if isinstance(known, Cluster):
            return cls(known.size, known.bridge, known.places, known.languages, known.first, known.last)
        languages = frozenset((known.language,) if known.language else ())
        return cls(1, known.bridge, known.places, languages, known.day, known.day)

    def with_(self, other: Side) -> Side:
        """Both together."""
        bridge, places = total(self.bridge, other.bridge), total(self.places, other.places)
        languages = self.languages | other.languages
        return Side(
            self.size + other.size, bridge, places, languages, least(self.first, other.first), most(self.last, other.last)
        )


def foreign(a: Side, b: Side) -> bool:
    """Are the two in different languages, none in common?"""
    return bool(a.languages and b.languages) and a.languages.isdisjoint(b.languages)


def belong_across(a: Side, b: Side) -> float:
    """Log odds that two clusters in different languages are one storyline, by what holds in every language.

    Chosen by hand on the page set, which has four such storylines: too few to fit. A shared country and two more
    things are asked for, as the skeletons of names are coarse.
    """
    shared = {key: a.bridge[key] * b.bridge[key] for key in a.bridge.keys() & b.bridge.keys()}
    here = common(a.places, b.places)
    if len(shared) < 2 or not here:
        return NEVER
    cosine = math.fsum(shared.values()) / math.sqrt(_square(a.bridge) * _square(b.bridge))
    gap = _days_apart(a, b)
    time = 0.0 if gap is None else 1.0 if gap <= 3 else -0.5 * math.log1p(gap / 7.0)
    return -4.5 + 7.0 * cosine + 1.0 * min(len(shared), 4) + 1.5 * here + time


def _square(vector: Mapping[str, float]) -> float:
    return math.fsum([value * value for value in vector.values()])


def _days_apart(a: Side, b: Side) -> int | None:
    """Days between the spans of two clusters, 0 where they meet; None where one has no date."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return None
    return max(a.first - b.last, b.first - a.last, 0)


def merge_across(gathering: Gathering) -> None:
    """Merge clusters in different languages."""
    table, numbers, keys = gathering.table, np.unique(gathering.roots()), dict[str, int]()
    sides = _sides(gathering, numbers)

    def odds(i: int, others: Sequence[int]) -> Iterator[tuple[int, float]]:
        for j in others:
            if foreign(sides[i], sides[j]) and (table.touched[i] or table.touched[j]) and not gathering.bars(i, j):
                yield j, belong_across(sides[i], sides[j]) - (SETTLED if table.stored[i] and table.stored[j] else 0.0)

    def merge(i: int, j: int) -> int:
        kept = gathering.merge_two(i, j)
        sides[kept] = sides.pop(i).with_(sides.pop(j))
        return kept

    greedy, index, least = Greedy(odds, merge), Index(1 << 10), np.array([1e-9])
    for number, side in sides.items():
        best = sorted(side.bridge.items(), key=lambda pair: (-pair[1], pair[0]))[:KEYS_ON_MERGE]
        own = np.array([keys.setdefault(key, len(keys)) for key, _ in best], np.int32)
        weights = np.array([weight / side.size for _, weight in best], np.float32)
        index.reach(len(keys))
        _, near, _ = most_shared(*index.sharing(np.zeros(len(own), np.intp), own, weights), least, TRIED_ON_MERGE)
        greedy.introduce(number, near.tolist())
        index.add(own, weights, np.full(len(own), number, np.int32))
    greedy.run()


def _sides(gathering: Gathering, numbers: Numbers) -> dict[int, Side]:
    """Of clusters by number what of them can be held against others."""
    if gathering.signed is None:
        return {number: Side.of(gathering.objects[number]) for number in numbers.tolist()}
    found: dict[int, Side] = {}
    for number, place in zip(gathering.roots().tolist(), gathering.order.tolist(), strict=True):
        own = Side.of(gathering.signed[place])
        found[number] = found[number].with_(own) if number in found else own
    return found
