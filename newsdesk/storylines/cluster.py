"""A cluster of stories: the sum of their vectors, the days they span, and everything that is stored of it."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from newsdesk.storylines.kept import KeptBridge
from newsdesk.storylines.lexis import Lexis, Numbers, Weights
from newsdesk.storylines.signature import Signature

MOST_TERMS = 1_200  # above which a vector is cut to its heavier half; `square` stays that of the whole
ORIGINALS = 8

_NO_STORIES: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Cluster:
    """`terms`: numbers of a lexis; `values`: sum of the stories' unit vectors there; `square`: its squared length; `mass`: sum
    of log(1 + terms of a story). A cluster of one has its terms heaviest first.

    `members` are the places of its stories in the batch at hand, `story_ids` all that it remembers. `line_id` is the storyline
    it is stored as, `forwards` storylines merged into it. `marked`: those of its stories that a person corrected. `originals`:
    sketches of its latest texts that are no copies. `touched`: has it changed since it was loaded? `look_alike`: one that a
    cluster of one is like but no part of. `title` is that of a story of the day `title_day`, in `title_language`, that is as
    near to the middle as `centrality` tells.
    """

    terms: Numbers
    values: Weights
    size: int
    square: float
    mass: float
    first: int | None
    last: int | None
    story_ids: list[str]
    bridge: Mapping[str, float]
    places: Mapping[str, float]
    languages: frozenset[str]
    crossings: tuple[str, ...]
    line_id: str | None = None
    touched: bool = True
    title: str = ""
    centrality: float = 0.0
    title_day: int | None = None
    title_language: str | None = None
    members: list[int] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    forwards: tuple[str, ...] = ()
    marked: frozenset[str] = _NO_STORIES
    originals: tuple[tuple[str, Collection[int]], ...] = ()
    look_alike: Cluster | None = None

    @classmethod
    def of(cls, sign: Signature, member: int) -> Cluster:
        return cls(
            terms=sign.terms,
            values=sign.values,
            size=1,
            square=1.0 if len(sign.terms) else 0.0,
            mass=math.log1p(sign.mass),
            first=sign.day,
            last=sign.day,
            story_ids=[sign.story_id],
            bridge=sign.bridge,
            places=sign.places,
            languages=_tongue(sign.language),
            crossings=sign.crossings,
            members=[member],
            days=[] if sign.day is None else [sign.day],
        )

    def add(self, other: Cluster) -> None:
        """Take the stories of `other`, which is not to be used again. Of two storylines the larger keeps its id."""
        self._take_name(other)
        self.terms, self.values, shared = _sum(self, other)
        self.square += other.square + 2.0 * shared
        if len(self.terms) > MOST_TERMS:
            kept = self.heaviest(MOST_TERMS // 2)
            self.terms, self.values = self.terms[kept], self.values[kept]
        self.bridge = total(self.bridge, other.bridge)
        self.places = total(self.places, other.places)
        self.languages |= other.languages
        self.crossings = tuple(dict.fromkeys((*self.crossings, *other.crossings))) if other.crossings else self.crossings
        self.size += other.size
        self.mass += other.mass
        self.first = least(self.first, other.first)
        self.last = most(self.last, other.last)
        self.story_ids += other.story_ids
        self.members += other.members
        self.days += other.days
        self.forwards += other.forwards
        self.marked |= other.marked
        self.originals = (*self.originals, *other.originals)[-ORIGINALS:]
        self.touched = True

    def _take_name(self, other: Cluster) -> None:
        if other.line_id is None:
            return
        if self.line_id is None:
            self._be_called_as(other)
        elif (other.size, self.line_id) > (self.size, other.line_id):
            self.forwards += (self.line_id,)
            self._be_called_as(other)
        else:
            self.forwards += (other.line_id,)

    def _be_called_as(self, other: Cluster) -> None:
        self.line_id, self.title = other.line_id, other.title
        self.centrality, self.title_day, self.title_language = other.centrality, other.title_day, other.title_language

    def heaviest(self, count: int) -> Numbers:
        """Where in `terms` those are that weigh most, heaviest first."""
        if self.size == 1:
            return np.arange(min(count, len(self.terms)), dtype=np.int32)
        return np.argsort(-self.values, kind="stable")[:count].astype(np.int32)


class Spread:
    """One cluster's vector laid out over all terms of a lexis, against which others are held."""

    def __init__(self, words: Lexis) -> None:
        self._over: Weights = np.zeros(len(words.terms), np.float32)
        self._laid: Numbers = np.zeros(0, np.int32)

    def lay(self, cluster: Cluster) -> None:
        self._over[self._laid] = 0.0
        self._over[cluster.terms] = cluster.values
        self._laid = cluster.terms

    def dot(self, terms: Numbers, values: Weights) -> float:
        """The scalar product with another vector."""
        return float(self._over[terms] @ values)

    def products(self, terms: Numbers, values: Weights) -> Weights:
        """The products of the weights, term by term."""
        found: Weights = self._over[terms] * values
        return found


def _sum(mine: Cluster, other: Cluster) -> tuple[Numbers, Weights, float]:
    """The sum of two vectors, my terms in their order, then those that only the other has; and their scalar product."""
    if not len(mine.terms):
        return other.terms, other.values, 0.0
    order = mine.terms.argsort()
    where = order[np.minimum(mine.terms.searchsorted(other.terms, sorter=order), len(order) - 1)]
    both = mine.terms[where] == other.terms
    where, added, alone = where[both], other.values[both], ~both
    values = mine.values.copy()
    shared = float(values[where] @ added)
    values[where] += added
    return np.concatenate([mine.terms, other.terms[alone]]), np.concatenate([values, other.values[alone]]), shared


def total(mine: Mapping[str, float], other: Mapping[str, float]) -> Mapping[str, float]:
    if not other:
        return mine
    found = dict(mine.whole() if isinstance(mine, KeptBridge) else mine)
    for key, value in (other.whole() if isinstance(other, KeptBridge) else other).items():
        found[key] = found.get(key, 0.0) + value
    return found


def _tongue(language: str | None) -> frozenset[str]:
    if language is None:
        return _NO_STORIES
    found = _TONGUES.get(language)
    if found is None:
        found = _TONGUES[language] = frozenset((language,))
    return found


_TONGUES: dict[str, frozenset[str]] = {}


def least(a: int | None, b: int | None) -> int | None:
    return b if a is None else a if b is None else min(a, b)


def most(a: int | None, b: int | None) -> int | None:
    return b if a is None else a if b is None else max(a, b)
