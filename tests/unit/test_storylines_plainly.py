"""The clusterer against one that does the same story by story and pair by pair, with dictionaries."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from newsdesk.model import Country, Story
from newsdesk.storylines import Grouper, NoProfiles, Signed, group_call
from newsdesk.storylines.compare import LEAST, LEAST_LONGER, ODD_MOST, TOLD, Evidence, calibration
from newsdesk.storylines.gather import (
    BLOCK,
    KEYS,
    KEYS_ON_MERGE,
    LEAST_SHARED,
    LIKELY,
    MOST_KEYS,
    TRIED_ON_ARRIVAL,
    TRIED_ON_MERGE,
)
from newsdesk.storylines.gather import LEAST_LONGER as SHARED_LONGER
from newsdesk.storylines.greedy import FAR
from newsdesk.storylines.index import LATEST
from newsdesk.storylines.signature import Signature, sign
from newsdesk.storylines.table import LONG, PRIOR, SHORT

Near = list[tuple[float, int]]


@dataclass
class Plain:
    """A cluster."""

    ids: set[str]
    vector: dict[int, float]
    mass: float
    days: list[int]
    places: set[str]
    keys: list[tuple[int, float]] = field(default_factory=list)

    @classmethod
    def of(cls, one: Signature) -> Plain:
        vector = dict(zip(one.terms.tolist(), one.values.tolist(), strict=True))
        days = [] if one.day is None else [one.day]
        return cls({one.story_id}, vector, math.log1p(one.mass), days, set(one.places), list(vector.items())[:KEYS_ON_MERGE])

    @property
    def length(self) -> float:
        return min(max((self.mass / len(self.ids) - SHORT) / (LONG - SHORT), 0.0), 1.0)

    @property
    def inner(self) -> float:
        pairs, usual = len(self.ids) * (len(self.ids) - 1), 0.15 + 0.10 * self.length
        own = max(dot(self, self) - len(self.ids), 0.0)
        return (own + PRIOR * usual) / (pairs + PRIOR)

    def add(self, other: Plain) -> None:
        self.ids |= other.ids
        for term, value in other.vector.items():
            self.vector[term] = self.vector.get(term, 0.0) + value
        self.mass += other.mass
        self.days += other.days
        self.places |= other.places


def dot(a: Plain, b: Plain) -> float:
    return sum(value * b.vector[term] for term, value in a.vector.items() if term in b.vector)


def days_apart(a: Plain, b: Plain) -> int | None:
    if not a.days or not b.days:
        return None
    return max(min(a.days) - max(b.days), min(b.days) - max(a.days), 0)


def closeness(gap: int | None) -> float:
    return 0.0 if gap is None else (0.05 if gap <= 3 else 0.0) - 0.036 * min(math.log1p(gap / 3.0), 5.0)


def odds_of(a: Plain, b: Plain) -> float:
    total, sizes = dot(a, b), (len(a.ids), len(b.ids))
    if total < (LEAST + LEAST_LONGER * min(a.length, b.length)) * sizes[0] * sizes[1]:
        return FAR
    squares = sum((value * b.vector[term]) ** 2 for term, value in a.vector.items() if term in b.vector)
    similarity, gap = total / (sizes[0] * sizes[1]), days_apart(a, b)
    evidence = (
        math.log(similarity + 0.005),
        math.log(similarity / math.sqrt(max(a.inner, 0.02) * max(b.inner, 0.02)) + 0.02),
        math.log(total * total / squares),
        math.log(min(sizes)),
        math.log(max(sizes)),
        1.0 if gap is not None and gap <= 3 else 0.0,
        0.0 if gap is None else min(math.log1p(gap / 3.0), 5.0),
        min(abs(a.length - b.length), ODD_MOST if min(a.length, b.length) < TOLD else 1.0),
        1.0 if a.places and b.places and a.places.isdisjoint(b.places) else 0.0,
    )
    assert len(evidence) == len(Evidence._fields) - 1
    model, length = calibration(), (a.length + b.length) / 2
    weights = [short + longer * length for short, longer in model.weights]
    return model.bias[0] + model.bias[1] * length + sum(w * e for w, e in zip(weights, evidence, strict=True))


class PlainClusterer:
    """Both passes. `home`: by number of a story that of the one whose cluster it is in. `singly`: only the best pair of all is
    merged in one turn."""

    def __init__(self, signs: Iterable[Signature], singly: bool = False) -> None:
        self.singly = singly
        self.clusters = [Plain.of(one) for one in signs]
        self.home = list(range(len(self.clusters)))
        self.near: list[Near] = []
        self.postings: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
        self.known: dict[int, set[int]] = {}
        for start in range(0, len(self.clusters), BLOCK):
            self.take(range(start, min(start + BLOCK, len(self.clusters))))
        self.merge()

    def take(self, block: range) -> None:
        found = [self.near_of(one, block) for one in block]
        self.near += found
        joined: list[tuple[int, int]] = []
        for one, near in zip(block, found, strict=True):
            home = self.home_of(one, near)
            if home is not None:
                self.known.setdefault(home, {key for key, _ in self.clusters[home].keys})
                self.clusters[home].add(self.clusters[one])
                self.home[one] = home
                joined.append((one, home))
        for one in block:
            if self.home[one] == one:
                self.enter(one, self.clusters[one].keys)
        for one, home in joined:
            fresh = [pair for pair in self.clusters[one].keys[:KEYS] if pair[0] not in self.known[home]]
            fresh = fresh[: max(0, MOST_KEYS - len(self.known[home]))]
            self.known[home] |= {key for key, _ in fresh}
            self.enter(home, fresh)

    def enter(self, number: int, keys: Iterable[tuple[int, float]]) -> None:
        for key, weight in keys:
            self.postings[key].append((number, weight))

    def near_of(self, one: int, block: range) -> Near:
        shared: Counter[int] = Counter()
        for key, weight in self.clusters[one].keys:
            first, *later = self.postings[key] or [(-1, 0.0)]
            mates = [
                (mate, dict(self.clusters[mate].keys)[key])
                for mate in range(block.start, one)
                if key in dict(self.clusters[mate].keys)
            ]
            for number, other in (first, *later[-LATEST:], *mates[-LATEST:]):
                shared[number] += weight * other  # type: ignore[assignment]
        least = LEAST_SHARED + SHARED_LONGER * self.clusters[one].length
        best = sorted((-value, number) for number, value in shared.items() if value >= least)
        return [(-value, number) for value, number in best[:TRIED_ON_MERGE]]

    def home_of(self, one: int, near: Near) -> int | None:
        short, longer = calibration().arrival
        best, found = short + longer * self.clusters[one].length, None
        likely = best * LIKELY
        for shared, number in near[:TRIED_ON_ARRIVAL]:
            home = self.home[number]
            a, b = self.clusters[home], self.clusters[one]
            value = dot(a, b) / (len(a.ids) * len(b.ids)) + closeness(days_apart(a, b))
            if shared >= likely and value >= best:
                best, found = value, home
        return found

    def merge(self) -> None:
        pairs = {
            (min(pair), max(pair)): 0.0
            for one, near in enumerate(self.near)
            for _, other in near
            if len(pair := {self.home[one], self.home[other]}) > 1
        }
        edges = self.weighed(pairs)
        while any(value >= 0.0 for value in edges.values()):
            best: dict[int, tuple[float, int, int]] = {}
            for (low, high), value in edges.items():
                if value >= 0.0:
                    for one in (low, high):
                        best[one] = min(best.get(one, (1.0, 0, 0)), (-value, low, high))
            mutual = sorted({pair for pair in best.values() if best[pair[1]] == best[pair[2]]})
            chosen = [(low, high) for _, low, high in (mutual[:1] if self.singly else mutual)]
            for low, high in chosen:
                self.clusters[low].add(self.clusters[high])
                self.home = [low if home == high else home for home in self.home]
            changed = {low for low, _ in chosen}
            moved = {(min(a, b), max(a, b)) for low, high in edges if (a := self.home[low]) != (b := self.home[high])}
            again = self.weighed(pair for pair in moved if changed.intersection(pair))
            edges = {pair: edges[pair] for pair in moved if not changed.intersection(pair)} | again

    def weighed(self, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], float]:
        found = {pair: odds_of(self.clusters[pair[0]], self.clusters[pair[1]]) for pair in pairs}
        return {pair: value for pair, value in found.items() if value > FAR}

    def groups(self) -> set[frozenset[str]]:
        return {frozenset(self.clusters[home].ids) for home in set(self.home)}


def make_stories(rng: random.Random, count: int, words: int) -> list[Story]:
    """Stories of affairs that share names with each other, some without a date or a country."""
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    names = ["".join(rng.choices(syllables, k=3)).title() for _ in range(count)]
    common = "minister council budget strike harbour bridge court storm match vote school trial talks mine ferry".split()
    common += ["".join(rng.choices(syllables, k=2)) for _ in range(6 * count)]
    affairs = [(rng.sample(names, 4), rng.sample(common, 5), rng.randint(1, 25)) for _ in range(count // 4)]
    made = []
    for number in range(count):
        own, matter, day = rng.choice(affairs)
        text = " ".join(rng.choice((*own, *matter, rng.choice(names), *rng.sample(common, 12))) for _ in range(words))
        title = f"{rng.choice(own)} {rng.choice(matter)} {rng.choice(own)} {rng.choice(common)}"
        date = f"2031-03-{min(day + rng.randint(0, 5), 28):02d}" if rng.random() < 0.9 else None
        countries = (Country(rng.choice(("NO", "SE")), "", 0.8),) if rng.random() < 0.7 else ()
        made.append(Story(title, (text,) if words else (), f"s{number}", date, language="en", countries=countries))
    return made


@pytest.mark.parametrize(
    ("seed", "words", "singly"),
    [(1, 0, False), (2, 0, False), (3, 60, False), (4, 60, False), (5, 200, False), (6, 0, True), (7, 60, True)],
)
def test_many_at_once_are_grouped_as_one_by_one(seed: int, words: int, singly: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if singly:
        monkeypatch.setattr("newsdesk.storylines.consolidate.WORTH_A_TURN", 0)
    stories = make_stories(random.Random(seed), 170, words)
    signs = sorted(map(sign, stories), key=lambda one: (math.inf if one.day is None else one.day, -one.mass, one.story_id))
    expected = PlainClusterer(signs, singly).groups()
    assert 20 < len(expected) < 160
    signed = Signed()
    signed.add(stories)
    lines = group_call(stories, signed, [story.id for story in stories])
    packed, whole = defaultdict(set), defaultdict(set)
    for place, story in enumerate(stories):
        packed[lines.of(place, story)[0].id].add(story.id)
    for assignment in Grouper(NoProfiles()).group(stories).assignments:
        whole[assignment.storyline_id].add(assignment.story_id)
    assert set(map(frozenset, packed.values())) == expected
    assert dict(packed) == dict(whole)
