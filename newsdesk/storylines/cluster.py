"""A cluster of stories: the sum of their vectors, the days they span, and how close they are to each other.

How well two clusters fit is the mean similarity of their stories over the mean similarity inside them: two halves of one
affair are as close to each other as to themselves, two look-alike affairs are not, whatever the length of the texts. A
cluster of one has no inside; it is given the closeness that texts of its length usually have inside a storyline, as
`PRIOR` pairs, which weigh less and less as a cluster grows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import islice

from newsdesk.storylines.copies import Sketch
from newsdesk.storylines.signature import Signature

PRIOR = 10.0  # pairs
MOST_KEYS = 40
MOST_TERMS = 1_200  # above which a vector is cut to its heavier half; `square` stays that of the whole
ORIGINALS = 8


@dataclass(slots=True)
class Cluster:
    """`vector`: sum of the stories' unit vectors; `square`: its squared length; `mass`: sum of log(1 + terms of a story).

    `members` are the places of its stories in the batch at hand, `story_ids` all that it remembers. `line_id` is the
    storyline it is stored as, `forwards` storylines merged into it. `marked`: those of its stories that a person corrected.
    `originals`: sketches of its latest texts that are no copies. `touched`: has it changed since it was loaded?
    """

    vector: dict[str, float]
    size: int
    square: float
    mass: float
    first: int | None
    last: int | None
    story_ids: list[str]
    keys: dict[str, None]
    bridge: dict[str, float]
    places: dict[str, float]
    languages: set[str]
    crossings: dict[str, None]
    line_id: str | None = None
    touched: bool = True
    title: str = ""
    centrality: float = 0.0
    members: list[int] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    forwards: list[str] = field(default_factory=list)
    marked: set[str] = field(default_factory=set)
    originals: list[tuple[str, Sketch]] = field(default_factory=list)

    @classmethod
    def of(cls, sign: Signature, member: int) -> Cluster:
        square = 1.0 if sign.vector else 0.0
        days = [] if sign.day is None else [sign.day]
        ids, keys, mass = [sign.story_id], dict.fromkeys(sign.keys), math.log1p(sign.mass)
        return cls(
            vector=dict(sign.vector),
            size=1,
            square=square,
            mass=mass,
            first=sign.day,
            last=sign.day,
            story_ids=ids,
            keys=keys,
            bridge=dict(sign.bridge),
            places=dict(sign.places),
            languages={sign.language} if sign.language else set(),
            crossings=dict.fromkeys(sign.crossings),
            members=[member],
            days=days,
        )

    def similarity(self, other: Cluster) -> float:
        """Mean cosine between the stories of the two, 0 to 1."""
        return dot(self.vector, other.vector) / (self.size * other.size)

    def inside(self) -> float:
        """Mean cosine between the cluster's own stories, drawn to what is usual for texts of their length."""
        pairs = self.size * (self.size - 1)
        own = max(self.square - self.size, 0.0)
        expected = usual(self.mass / self.size)
        value = (own + PRIOR * expected) / (pairs + PRIOR)
        # Stories in different languages share no words, which does not make anything else fit any better.
        return max(value, expected) if len(self.languages) > 1 else value

    def add(self, other: Cluster) -> None:
        """Take the stories of `other`, which is not to be used again. Of two storylines the larger keeps its id."""
        self._take_name(other)
        self.square += other.square + 2.0 * dot(self.vector, other.vector)
        _sum(self.vector, other.vector)
        if len(self.vector) > MOST_TERMS:
            self.vector = {term: self.vector[term] for term in self.heaviest(MOST_TERMS // 2)}
        _sum(self.bridge, other.bridge)
        _sum(self.places, other.places)
        self.languages |= other.languages
        self.crossings.update(other.crossings)
        self.size += other.size
        self.mass += other.mass
        self.first = _least(self.first, other.first)
        self.last = _most(self.last, other.last)
        self.story_ids += other.story_ids
        self.members += other.members
        self.days += other.days
        self.forwards += other.forwards
        self.marked |= other.marked
        self.originals = [*self.originals, *other.originals][-ORIGINALS:]
        self.touched = True

    def _take_name(self, other: Cluster) -> None:
        if other.line_id is None:
            return
        if self.line_id is None:
            self.line_id, self.title, self.centrality = other.line_id, other.title, other.centrality
        elif (other.size, self.line_id) > (self.size, other.line_id):
            self.forwards.append(self.line_id)
            self.line_id, self.title, self.centrality = other.line_id, other.title, other.centrality
        else:
            self.forwards.append(other.line_id)

    def heaviest(self, count: int) -> list[str]:
        """The terms that weigh most, heaviest first."""
        vector = self.vector
        if self.size == 1:  # as it was made: heaviest first
            return list(islice(vector, count))
        return sorted(vector, key=lambda term: (-vector[term], term))[:count]


def _sum(mine: dict[str, float], other: dict[str, float]) -> None:
    for term, value in other.items():
        mine[term] = mine.get(term, 0.0) + value


def dot(a: dict[str, float], b: dict[str, float]) -> float:
    """Scalar product of two sparse vectors; costs as much as the shorter has terms. The same in any order of the terms."""
    return math.fsum([a[term] * b[term] for term in a.keys() & b.keys()])


def usual(mass: float) -> float:
    """Mean cosine of two stories of a storyline, for texts of `mass` (mean of log(1 + informative terms))."""
    return 0.15 + 0.10 * length_share(mass)


def length_share(mass: float) -> float:
    """0 for a headline, 1 for a full text."""
    return min(max((mass - 2.3) / (4.6 - 2.3), 0.0), 1.0)


def days_apart(a: Cluster, b: Cluster) -> int | None:
    """Days between the spans of two clusters, 0 where they meet; null where one has no date."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return None
    return max(a.first - b.last, b.first - a.last, 0)


def closeness(gap: int | None) -> float:
    """What the gap in days adds to a similarity: near dates speak for, far ones against, no date says nothing."""
    if gap is None:
        return 0.0
    return (0.05 if gap <= 3 else 0.0) - 0.036 * min(math.log1p(gap / 3.0), 5.0)


def _least(a: int | None, b: int | None) -> int | None:
    return b if a is None else a if b is None else min(a, b)


def _most(a: int | None, b: int | None) -> int | None:
    return b if a is None else a if b is None else max(a, b)
