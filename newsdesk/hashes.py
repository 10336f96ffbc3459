"""Hashes by number: a table in a few arrays, in which thousands are looked up in one go."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]

_FIRST_BITS = 14  # of the places
_ROOM = 3  # places for a hash, at the least: fewer would be taken too often


class HashTable:
    """Hash of 64 bits, whose first bits are as good as any -> number, from 1 on. A hash lies at the place that its first bits
    name, or in the next free one."""

    def __init__(self) -> None:
        self._count, self._bits = 0, _FIRST_BITS
        self._keys: Hashes = np.zeros(1 << self._bits, np.uint64)
        self._numbers: Numbers = np.zeros(1 << self._bits, np.int32)

    def find(self, hashes: Hashes) -> Numbers:
        """The number of each hash, 0 for one that is not known."""
        places = self._places(hashes)
        numbers = self._numbers[places]
        open_ = ((self._keys[places] != hashes) & (numbers > 0)).nonzero()[0]
        places, last = places[open_], len(self._keys) - 1
        while len(open_):
            places = places + 1 & last
            found = self._numbers[places]
            numbers[open_] = found
            left = ((self._keys[places] != hashes[open_]) & (found > 0)).nonzero()[0]
            open_, places = open_[left], places[left]
        return numbers

    def find_one(self, found: int) -> int:
        """As :meth:`find`, of one: what numpy costs for a few is more than for one of many."""
        place, last = found >> (64 - self._bits), len(self._keys) - 1
        while number := self._numbers.item(place):
            if self._keys.item(place) == found:
                break
            place = place + 1 & last
        return number

    def add(self, hashes: Hashes, numbers: Numbers) -> None:
        """New hashes, each once."""
        self._count += len(hashes)
        if self._count * _ROOM > len(self._keys):
            taken = self._numbers.nonzero()[0]
            hashes, numbers = np.append(self._keys[taken], hashes), np.append(self._numbers[taken], numbers)
            while self._count * _ROOM > 1 << self._bits:
                self._bits += 1
            self._keys, self._numbers = np.zeros(1 << self._bits, np.uint64), np.zeros(1 << self._bits, np.int32)
        places, last = self._places(hashes), len(self._keys) - 1
        while len(places):
            free = (self._numbers[places] == 0).nonzero()[0]
            self._numbers[places[free]] = numbers[free]  # where several want a place, the last one has it
            self._keys[places[free]] = hashes[free]
            left = (self._numbers[places] != numbers).nonzero()[0]
            places, hashes, numbers = places[left] + 1 & last, hashes[left], numbers[left]

    def _places(self, hashes: Hashes) -> npt.NDArray[np.int64]:
        return (hashes >> np.uint64(64 - self._bits)).astype(np.int64)
