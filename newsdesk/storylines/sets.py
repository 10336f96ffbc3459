"""Sets of languages and of countries by number, as columns of numbers hold them."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from newsdesk.storylines.lexis import Numbers
from newsdesk.words.cutting import doubled

_BITS = 64
_FIRST_ROWS, _FIRST_WORDS = 64, 4


class Sets:
    """Each set that was met has a number; the empty one is 0."""

    def __init__(self) -> None:
        self.members: list[frozenset[str]] = []
        self._numbers: dict[Collection[str], int] = {}  # as tuples, too, as they are mostly given
        self._unions: dict[tuple[int, int], int] = {}
        self._codes: dict[str, int] = {}
        self._bits: npt.NDArray[np.uint64] = np.zeros((_FIRST_ROWS, _FIRST_WORDS), np.uint64)
        self.number(())

    def number(self, members: tuple[str, ...] | frozenset[str]) -> int:
        """The number of a set."""
        found = self._numbers.get(members)
        if found is None:
            own = frozenset(members)
            found = self._numbers.get(own, len(self.members))
            if found == len(self.members):
                self.members.append(own)
                self._mark(found, own)
            self._numbers[own] = self._numbers[members] = found
        return found

    def _mark(self, row: int, own: frozenset[str]) -> None:
        if row == len(self._bits):
            self._bits = doubled(self._bits)
        for code in own:
            bit = self._codes.setdefault(code, len(self._codes))
            if bit >= self._bits.shape[1] * _BITS:
                self._bits = np.concatenate([self._bits, np.zeros_like(self._bits)], axis=1)
            self._bits[row, bit // _BITS] |= np.uint64(1 << bit % _BITS)

    def union(self, one: int, other: int) -> int:
        """The number of all that two sets have."""
        if one == other:
            return one
        found = self._unions.get((one, other))
        if found is None:
            found = self._unions[one, other] = self.number(self.members[one] | self.members[other])
        return found

    def apart(self, some: Numbers, others: Numbers) -> npt.NDArray[np.bool_]:
        """Of each pair of sets: have both something, and nothing in common?"""
        common = (self._bits[some] & self._bits[others]).any(axis=1)
        found: npt.NDArray[np.bool_] = ~common & (some > 0) & (others > 0)
        return found

    def several(self, some: Numbers) -> npt.NDArray[np.bool_]:
        """Which of some sets have more than one member."""
        sizes = np.fromiter(map(len, self.members), np.int32, len(self.members))
        found: npt.NDArray[np.bool_] = sizes[some] > 1
        return found

    def beyond(self, some: Numbers, member: str) -> npt.NDArray[np.bool_]:
        """Which of some sets have another member than this one."""
        other = np.fromiter((bool(own - {member}) for own in self.members), np.bool_, len(self.members))
        found: npt.NDArray[np.bool_] = other[some]
        return found

    def all(self) -> frozenset[str]:
        """Every member of any set."""
        return frozenset(self._codes)
