"""All clusters of a batch as columns of numbers: so that many are held against each other, and merged, in one step.

A cluster is a number here. Its vector is the sum of the vectors of the numbers that were merged into it, which stay apart
until they have so many terms that they are summed up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.storylines.cluster import MOST_TERMS, Cluster
from newsdesk.storylines.lexis import Lexis, Numbers, Weights
from newsdesk.storylines.sets import Sets
from newsdesk.storylines.signature import mains
from newsdesk.storylines.vectors import Doubles, Places, Vectors, added_up, heaviest_first, runs, summed
from newsdesk.storylines.words import MAYBE, SURELY
from newsdesk.words.cutting import doubled
from newsdesk.words.stretches import spans

UNDATED = 1 << 29  # so that a difference of two is a number yet
LANGUAGE = "en"  # of the background table, which tells what a name is
PRIOR = 10.0  # pairs
SHORT, LONG = 2.3, 4.6  # log(1 + informative terms) of a headline, and of a full text
_TOGETHER, _PAIRS = 32, 512  # clusters laid out at the same time, and pairs: what a processor keeps at hand
_COLUMNS: dict[str, type] = {
    **dict.fromkeys(("size", "first", "last", "tongues", "places", "mains", "root", "count", "total"), np.int32),
    **dict.fromkeys(("square", "mass", "length", "inner"), np.float64),
    **dict.fromkeys(("stored", "touched", "grown", "foreign"), np.bool_),
    "start": np.int64,
}


class Products(NamedTuple):
    """Of pairs of clusters. `total`: the scalar products of their vectors, `squares`: the sums of their terms' squares,
    `names`: what names are of the scalar products; in other languages than `LANGUAGE` those that are sure to be names."""

    total: Doubles
    squares: Doubles
    names: Doubles

    def pick(self, which: Places) -> Products:
        return Products(self.total[which], self.squares[which], self.names[which])


class Table:
    """By number of a cluster: `size`, `square`, `mass`, `touched` as a :class:`Cluster` has them; `first`,
    `last`: days, `UNDATED` and minus that without a date; `tongues`, `places`: numbers of sets; `mains`: that of the countries
    that are clearly the main ones; `foreign`: is it in another language than `LANGUAGE`? `stored`: is it a storyline with an
    id? `root`: what it was merged into, else itself; `start`, `count`: its own vector; `total`: terms of all of its vectors.
    `length`: 0 for headlines, 1 for full texts.

    How well two clusters fit is the mean similarity of their stories over the mean similarity inside them: two halves of one
    affair are as close to each other as to themselves, two look-alike affairs are not, whatever the length of the texts. This
    is `inner`. A cluster of one has no inside; it is given the closeness that texts of its length usually have inside a
    storyline, as `PRIOR` pairs, which weigh less and less as a cluster grows.
    """

    size: Numbers
    first: Numbers
    last: Numbers
    tongues: Numbers
    places: Numbers
    mains: Numbers
    root: Numbers
    count: Numbers
    total: Numbers
    square: Doubles
    mass: Doubles
    length: Doubles
    inner: Doubles
    stored: npt.NDArray[np.bool_]
    touched: npt.NDArray[np.bool_]
    grown: npt.NDArray[np.bool_]
    foreign: npt.NDArray[np.bool_]
    start: npt.NDArray[np.int64]

    def __init__(self, words: Lexis, vectors: Vectors) -> None:
        self.vectors, self.words = vectors, words
        self.languages, self.countries = Sets(), Sets()
        self.parts: dict[int, list[int]] = {}  # of a cluster that has grown: whose own vectors are summed
        self._filled = 0
        for name, kind in _COLUMNS.items():
            setattr(self, name, np.zeros(64, kind))
        self._local: Numbers = np.zeros(len(words.terms), np.int32)
        self._dense: Weights = np.zeros(1 << 12, np.float32)
        self._over: Weights = np.zeros(len(words.terms), np.float32)

    def __len__(self) -> int:
        return self._filled

    def _room(self, more: int) -> slice:
        own = slice(self._filled, self._filled + more)
        while own.stop > len(self.root):
            for name in _COLUMNS:
                setattr(self, name, doubled(getattr(self, name)))
        self._filled = own.stop
        self.root[own] = np.arange(own.start, own.stop)
        return own

    def extend(self, clusters: Sequence[Cluster]) -> Numbers:
        """Take clusters in. Returns their numbers."""
        own = self._room(len(clusters))
        self.start[own] = [self.vectors.append(cluster.terms, cluster.values) for cluster in clusters]
        self.count[own] = self.total[own] = [len(cluster.terms) for cluster in clusters]
        self.size[own] = [cluster.size for cluster in clusters]
        self.square[own] = [cluster.square for cluster in clusters]
        self.mass[own] = [cluster.mass for cluster in clusters]
        self.first[own] = [UNDATED if cluster.first is None else cluster.first for cluster in clusters]
        self.last[own] = [-UNDATED if cluster.last is None else cluster.last for cluster in clusters]
        self.tongues[own] = [self.languages.number(cluster.languages) for cluster in clusters]
        self.places[own] = [self.countries.number(tuple(cluster.places)) for cluster in clusters]
        self.mains[own] = [self.countries.number(mains(cluster.places)) for cluster in clusters]
        self.stored[own] = [cluster.line_id is not None for cluster in clusters]
        self.touched[own] = [cluster.touched for cluster in clusters]
        numbers = np.arange(own.start, own.stop, dtype=np.int32)
        self.foreign[own] = self.languages.beyond(self.tongues[own], LANGUAGE)
        self._measure(numbers)
        return numbers

    def extend_with_stories(
        self, starts: Places, counts: Numbers, masses: Doubles, days: Numbers, tongues: Numbers, places: Numbers, mains: Numbers
    ) -> Numbers:
        """Take clusters of one story in: where their vectors are, log(1 + terms), days or `UNDATED`, and their sets."""
        own = self._room(len(starts))
        self.start[own], self.count[own], self.total[own] = starts, counts, counts
        self.size[own], self.touched[own] = 1, True
        self.square[own], self.mass[own] = counts > 0, masses
        self.first[own], self.last[own] = days, np.where(days == UNDATED, -UNDATED, days)
        self.tongues[own], self.places[own], self.mains[own] = tongues, places, mains
        numbers = np.arange(own.start, own.stop, dtype=np.int32)
        self.foreign[own] = self.languages.beyond(self.tongues[own], LANGUAGE)
        self._measure(numbers)
        return numbers

    def _measure(self, numbers: Numbers) -> None:
        size = self.size[numbers]
        self.length[numbers] = length = length_of(self.mass[numbers] / size)
        usual = 0.15 + 0.10 * length  # mean cosine of two stories of a storyline
        pairs = size * (size - 1.0)
        inner = (np.maximum(self.square[numbers] - size, 0.0) + PRIOR * usual) / (pairs + PRIOR)
        # Stories in different languages share no words, which does not make anything else fit any better.
        tongues = self.tongues[numbers]
        self.inner[numbers] = np.where(self.languages.several(tongues), np.maximum(inner, usual), inner)

    # --- merging

    def merge(self, kept: Numbers, gone: Numbers, shared: Doubles) -> None:
        """Merge pairs of clusters, of which none is in two; `shared`: the scalar products of their vectors."""
        self.square[kept] += self.square[gone] + 2.0 * shared
        for column in (self.size, self.mass, self.total):
            column[kept] += column[gone]
        self.first[kept] = np.minimum(self.first[kept], self.first[gone])
        self.last[kept] = np.maximum(self.last[kept], self.last[gone])
        self.stored[kept] |= self.stored[gone]
        self.foreign[kept] |= self.foreign[gone]
        self.touched[kept] = True
        for column, sets in self._sets():
            odd = (column[kept] != column[gone]).nonzero()[0]
            pairs = zip(column[kept[odd]].tolist(), column[gone[odd]].tolist(), strict=True)
            column[kept[odd]] = [sets.union(one, other) for one, other in pairs]
        self.root[gone] = kept
        self.grown[kept] = True
        for one, other in zip(kept.tolist(), gone.tolist(), strict=True):
            self.parts[one] = self.parts.get(one, [one]) + self.parts.pop(other, [other])
            if self.total[one] > MOST_TERMS:
                self._sum_up(one)
        self._measure(kept)

    def _sets(self) -> tuple[tuple[Numbers, Sets], ...]:
        """Each column of sets, with what has these."""
        return (self.tongues, self.languages), (self.places, self.countries), (self.mains, self.countries)

    def _sum_up(self, number: int) -> None:
        """One vector in place of several; of too many terms those that weigh most. `square` stays that of the whole."""
        rows, terms, values = summed(*self.elements(np.array([number], np.int32)))
        if len(terms) > MOST_TERMS:
            _, terms, values = heaviest_first(rows, terms, values, MOST_TERMS // 2)
        self.start[number] = self.vectors.append(terms, values)
        self.count[number] = self.total[number] = len(terms)
        self.parts[number] = [number]

    def roots(self, numbers: Numbers) -> Numbers:
        """What clusters were merged into in the end."""
        found = self.root[numbers]
        while True:
            further = self.root[found]
            if (further == found).all():
                return found
            found = further

    # --- vectors

    def _places(self, numbers: Numbers) -> tuple[Places, Places]:
        """Where the elements of clusters are, one cluster after the other, and of which of `numbers` each is."""
        rows = np.arange(len(numbers))
        grown = self.grown[numbers].nonzero()[0]
        if len(grown):
            lists = [self.parts[number] for number in numbers[grown].tolist()]
            sizes = np.ones(len(numbers), np.intp)
            sizes[grown] = list(map(len, lists))
            rows, owners = rows.repeat(sizes), self.grown[numbers].repeat(sizes)
            numbers = numbers.repeat(sizes)
            numbers[owners] = list(chain.from_iterable(lists))
        counts = self.count[numbers]
        return spans(self.start[numbers], counts), rows.repeat(counts)

    def elements(self, numbers: Numbers) -> tuple[Places, Numbers, Weights]:
        """The vectors of clusters, one after the other: of which of `numbers` each element is, its term and its weight. Of a
        cluster that has grown a term may be there more than once."""
        places, rows = self._places(numbers)
        return rows, self.vectors.terms_at(places), self.vectors.values_at(places)

    def keys(self, numbers: Numbers, most: int) -> tuple[Places, Numbers, Weights]:
        """The heaviest terms of clusters and their mean weights in their stories: of which of `numbers`, term, weight."""
        if (self.size[numbers] == 1).all():
            counts = np.minimum(self.count[numbers], most)
            places = spans(self.start[numbers], counts)
            rows = np.arange(len(numbers)).repeat(counts)
            return rows, self.vectors.terms_at(places), self.vectors.values_at(places)
        rows, terms, values = heaviest_first(*summed(*self.elements(numbers)), most)
        return rows, terms, values / self.size[numbers].astype(np.float32)[rows]

    def _vectors_of(self, number: int) -> list[tuple[Numbers, Weights]]:
        """The vectors that are summed in a cluster's."""
        return [self.vectors.one(int(self.start[part]), int(self.count[part])) for part in self.parts.get(number, (number,))]

    def dot(self, one: int, other: int) -> float:
        """The scalar product of a single pair of clusters."""
        laid = self._vectors_of(one)
        for terms, values in laid:
            self._over[terms] += values
        total = sum([float(self._over.take(terms) @ values) for terms, values in self._vectors_of(other)])
        for terms, _ in laid:
            self._over[terms] = 0.0
        return total

    def dots(self, left: Numbers, right: Numbers) -> Products:
        """Of pairs of clusters what their vectors share. Equal ones of `left` stand together."""
        found = Products(*np.zeros((3, len(left))))
        foreign = self.foreign[left] | self.foreign[right]
        least, name_of = np.where(foreign, SURELY, MAYBE).astype(np.int8), self.words.name_of
        for own, pairs, terms, products in self._shared(left, right):
            count = own.stop - own.start
            named = (name_of.take(terms) >= least[own].take(pairs)).nonzero()[0]
            found.total[own] = added_up(products, pairs, count)
            found.squares[own] = added_up(products * products, pairs, count)
            found.names[own] = added_up(products.take(named), pairs.take(named), count)
        return found

    def names_in_common(self, left: Numbers, right: Numbers) -> Doubles:
        """Of pairs of clusters the heaviest term that they share, of numbers and of what is sure to be a name: the product of
        its weights, over that of the heaviest name of each; 0 where they share none, 1 where one has no names. Equal ones of
        `left` stand together."""
        found = np.zeros(len(left))
        for own, pairs, terms, products in self._shared(left, right):
            telling = ((self.words.name_of.take(terms) >= SURELY) | self.words.are_figures(terms)).nonzero()[0]
            np.maximum.at(found[own], pairs.take(telling), products.take(telling))
        heaviest = self._heaviest_names(left) * self._heaviest_names(right)
        return np.divide(found, heaviest, out=np.ones(len(left)), where=heaviest > 0.0)

    def _heaviest_names(self, numbers: Numbers) -> Doubles:
        rows, terms, values = summed(*self.elements(numbers))
        named = (self.words.name_of.take(terms) >= MAYBE).nonzero()[0]
        found = np.zeros(len(numbers))
        np.maximum.at(found, rows.take(named), values.take(named))
        return found

    def apart(self, left: Numbers, right: Numbers) -> npt.NDArray[np.bool_]:
        """Of pairs of clusters: has each a clear main country that is none of the other one's?"""
        apart = self.countries.apart
        one, other = self.mains[left], self.mains[right]
        found = apart(one, other)
        some = found.nonzero()[0]
        left, right = left[some], right[some]
        found[some] = apart(one[some], self.places[right]) & apart(self.places[left], other[some])
        return found

    def _shared(self, left: Numbers, right: Numbers) -> Iterator[tuple[slice, Places, Numbers, Doubles]]:
        """Some pairs after others: which these are, and of what each of them shares its place there, the term, the product of
        the weights."""
        turn = np.zeros(len(left), np.intp)
        turn[runs(left)[1:]] = 1
        starts = runs(turn.cumsum() // _TOGETHER * len(left) + np.arange(len(left)) // _PAIRS)
        for start, end in pairwise([*starts.tolist(), len(left)]):
            yield slice(start, end), *self._products(left[start:end], right[start:end])

    def _products(self, left: Numbers, right: Numbers) -> tuple[Places, Numbers, Doubles]:
        starts = runs(left)
        rows, terms, values = self.elements(left[starts])
        # Only the terms of these clusters have a column, the same for equal ones: the last of them.
        self._local[terms] = np.arange(1, len(terms) + 1)
        width = len(terms) + 1
        laid = rows * width + self._local.take(terms)
        if len(self._dense) < len(starts) * width:
            self._dense = np.zeros(2 * len(starts) * width, np.float32)
        np.add.at(self._dense, laid, values)
        places, pairs = self._places(right)
        columns = self._local.take(self.vectors.terms_at(places))
        known = columns.nonzero()[0]
        places, pairs, columns = places.take(known), pairs.take(known), columns.take(known)
        owners = np.arange(len(starts)).repeat(np.diff(starts, append=len(left)))
        products = self._dense.take(owners.take(pairs) * width + columns) * self.vectors.values_at(places)
        self._dense[laid] = 0.0
        self._local[terms] = 0
        shared = products.nonzero()[0]
        pairs, columns, products = pairs.take(shared), columns.take(shared), products.take(shared)
        several = self.grown[right].take(pairs)
        if several.any():
            alone = (~several).nonzero()[0]
            again = summed(pairs[several], columns[several], products[several])
            pairs, columns = np.concatenate([pairs[alone], again[0]]), np.concatenate([columns[alone], again[1]])
            products = np.concatenate([products[alone], again[2]])
        return pairs, terms.take(columns - 1), products.astype(np.float64)


def length_of(mass: Doubles | float) -> Doubles:
    """0 for headlines to 1 for full texts, by log(1 + informative terms) of a story."""
    found: Doubles = np.clip((mass - SHORT) / (LONG - SHORT), 0.0, 1.0)
    return found
