"""Hashes by number: a table in one array, in which thousands are looked up in one go."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]

_FIRST_BITS = 14  # of the places
_ROOM = 3  # places for a hash, at the least: fewer would be taken too often
# An entry is the number below and as much of the hash as there is room for above; its place says the rest.
_NUMBER_BITS = 24
_ABOVE, _NUMBER = np.uint64(_NUMBER_BITS), np.uint64((1 << _NUMBER_BITS) - 1)
_WHOLE = (1 << 64) - 1


class HashTable:
    """Hash of 64 bits, all of them as good as any -> number, from 1 to 16 million. A hash lies at the place that its first
    bits name, or in the next free one."""

    def __init__(self) -> None:
        self._bits = _FIRST_BITS
        self._entries: Hashes = np.zeros(1 << self._bits, np.uint64)
        self._added: list[tuple[Hashes, Numbers]] | None = []  # of what a larger table is made when there is no more room
        self._count = 0

    @classmethod
    def of(cls, hashes: Hashes, numbers: Numbers) -> HashTable:
        """A table of these hashes, each once: nothing more is added to it."""
        table = cls()
        table.add(hashes, numbers)
        table._added = None
        return table

    def find(self, hashes: Hashes) -> Numbers:
        """The number of each hash, 0 for one that is not known."""
        places, wanted = self._places(hashes), hashes << _ABOVE
        entries = self._entries[places]
        open_ = (((entries ^ wanted) > _NUMBER) & (entries > 0)).nonzero()[0]
        if len(open_):
            places, wanted, last = places[open_], wanted[open_], len(self._entries) - 1
            while len(open_):
                places = places + 1 & last
                found = self._entries[places]
                entries[open_] = found
                left = (((found ^ wanted) > _NUMBER) & (found > 0)).nonzero()[0]
                open_, places, wanted = open_[left], places[left], wanted[left]
        return (entries & _NUMBER).astype(np.int32)

    def find_one(self, wanted: int) -> int:
        """As :meth:`find`, of one: what numpy costs for a few is more than for one of many."""
        place, last = wanted >> (64 - self._bits), len(self._entries) - 1
        wanted = wanted << _NUMBER_BITS & _WHOLE
        while entry := self._entries.item(place):
            if entry ^ wanted <= int(_NUMBER):
                break
            place = place + 1 & last
        return entry & int(_NUMBER)

    def add(self, hashes: Hashes, numbers: Numbers) -> None:
        """New hashes, each once."""
        if self._added is None:
            raise ValueError("nothing more is added to this table")
        self._added.append((hashes, numbers))
        self._count += len(hashes)
        if self._count * _ROOM > len(self._entries):
            while self._count * _ROOM > 1 << self._bits:
                self._bits += 1
            self._entries = np.zeros(1 << self._bits, np.uint64)
            hashes, numbers = (np.concatenate(parts) for parts in zip(*self._added, strict=True))
            self._added = [(hashes, numbers)]
        places, last = self._places(hashes), len(self._entries) - 1
        entries = hashes << _ABOVE | numbers.astype(np.uint64)
        while len(places):
            free = (self._entries[places] == 0).nonzero()[0]
            self._entries[places[free]] = entries[free]  # where several want a place, the last one has it
            left = (self._entries[places] != entries).nonzero()[0]
            places, entries = places[left] + 1 & last, entries[left]

    def _places(self, hashes: Hashes) -> npt.NDArray[np.int64]:
        return (hashes >> np.uint64(64 - self._bits)).astype(np.int64)


def first_met(hashes: Hashes) -> tuple[npt.NDArray[np.intp], Numbers]:
    """Where each hash stands for the first time, in order; and of each one the which of these it is, from 0 on."""
    _, firsts, same = np.unique(hashes, return_index=True, return_inverse=True)
    order = firsts.argsort()
    turn = np.empty(len(order), np.int32)
    turn[order] = np.arange(len(order), dtype=np.int32)
    return firsts[order], turn[same]
