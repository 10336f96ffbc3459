"""Sparse vectors side by side in a few arrays, and the scalar products of many pairs of them at once."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from newsdesk.storylines.lexis import Numbers, Weights
from newsdesk.words.cutting import doubled

Places = npt.NDArray[np.intp]
Doubles = npt.NDArray[np.float64]

Number = TypeVar("Number", np.int32, np.float32)


def runs(values: npt.NDArray[np.integer]) -> Places:
    """Where in sorted `values` each run of equal ones begins."""
    begins = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=begins[1:])
    return begins.nonzero()[0]


def added_up(values: npt.NDArray[np.floating], rows: Places, count: int) -> Doubles:
    """The sums of the values of each of `count` rows."""
    found: Doubles = np.bincount(rows, values, count).astype(np.float64, copy=False)
    return found


class Vectors:
    """Terms and their weights, each vector a stretch of both. What is given at first is never copied."""

    def __init__(self, terms: Numbers, values: Weights) -> None:
        self._terms, self._values, self._given = terms, values, len(terms)
        self._more_terms: Numbers = np.zeros(1 << 12, np.int32)
        self._more_values: Weights = np.zeros(1 << 12, np.float32)
        self._more = 0

    def append(self, terms: Numbers, values: Weights) -> int:
        """Where a new vector begins."""
        start, self._more = self._more, self._more + len(terms)
        while self._more > len(self._more_terms):
            self._more_terms, self._more_values = doubled(self._more_terms), doubled(self._more_values)
        self._more_terms[start : self._more] = terms
        self._more_values[start : self._more] = values
        return self._given + start

    def one(self, start: int, count: int) -> tuple[Numbers, Weights]:
        """A vector by where it begins."""
        if start < self._given:
            return self._terms[start : start + count], self._values[start : start + count]
        start -= self._given
        return self._more_terms[start : start + count], self._more_values[start : start + count]

    def terms_at(self, places: Places) -> Numbers:
        return self._at(places, self._terms, self._more_terms)

    def values_at(self, places: Places) -> Weights:
        return self._at(places, self._values, self._more_values)

    def _at(self, places: Places, given: npt.NDArray[Number], more: npt.NDArray[Number]) -> npt.NDArray[Number]:
        if not self._more:
            return given.take(places)
        if not self._given:
            return more.take(places)
        found = given.take(places, mode="clip")
        later = (places >= self._given).nonzero()[0]
        found[later] = more.take(places[later] - self._given)
        return found


def summed(rows: Places, terms: Numbers, values: Weights) -> tuple[Places, Numbers, Weights]:
    """The elements of several vectors, each term of a row once: rows in order, in each the terms in order."""
    order = (rows << 32 | terms).argsort(kind="stable")
    codes = (rows << 32 | terms)[order]
    starts = runs(codes)
    if len(starts) == len(codes):
        return rows[order], terms[order], values[order]
    totals: Weights = np.add.reduceat(values[order], starts)
    return codes[starts] >> 32, (codes[starts] & 0xFFFFFFFF).astype(np.int32), totals


def heaviest_first(rows: Places, terms: Numbers, values: Weights, most: int) -> tuple[Places, Numbers, Weights]:
    """Of each row the `most` elements that weigh most, heaviest first. `rows` are in order."""
    order = np.lexsort((terms, -values, rows))
    starts = runs(rows)
    within = np.arange(len(rows)) - starts.repeat(np.diff(starts, append=len(rows)))
    order = order[within < most]
    return rows[order], terms[order], values[order]
