"""Short texts by number, packed: the bytes of their UTF-8 side by side in one array, so that hundreds of thousands take little
room and many are looked at in one go.

Most stretches of a text are plain: letters or figures of ASCII, with marks around (:func:`find_plain`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.words.hashes import Hashes, Numbers
from newsdesk.words.stretches import LONGEST, Places, first_bytes, hash_bytes, spans

Bytes = npt.NDArray[np.uint8]

_FIRST_TEXTS, _FIRST_BYTES = 1 << 12, 1 << 15
_FEW = 12  # texts, of which each is read by itself
_ROOM = 2 * LONGEST  # bytes beyond the last text, so that whole words of bytes can be read
_SMALL = np.uint64(0x2020202020202020)  # the bits by which small letters of ASCII differ from capitals
_SPACE = 0x20
_OTHER, _LETTER, _FIGURE, _MARK = range(4)
_MARKS = b".,;:!?\"()[]'-"


class PackedTexts:
    """Texts by number, from 0 on; none has a space in it."""

    def __init__(self) -> None:
        self.codes: Bytes = np.zeros(_FIRST_BYTES, np.uint8)
        self._ends: Numbers = np.zeros(_FIRST_TEXTS, np.int32)  # of each text where it begins: where that before it ends
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> str:
        ends = self._ends.data
        return str(self.codes.data[ends[number] : ends[number + 1]], "utf-8", "surrogatepass")

    def append(self, codes: Bytes, sizes: npt.NDArray[np.integer]) -> None:
        """More texts: their bytes one after the other, and how many each has."""
        start = int(self._ends[self._count])
        while start + len(codes) + _ROOM > len(self.codes):
            self.codes = np.concatenate([self.codes, np.zeros_like(self.codes)])
        while self._count + len(sizes) + 1 > len(self._ends):
            self._ends = np.concatenate([self._ends, np.zeros_like(self._ends)])
        self.codes[start : start + len(codes)] = codes
        self._ends[self._count + 1 : self._count + 1 + len(sizes)] = start + sizes.cumsum()
        self._count += len(sizes)

    def append_text(self, text: str) -> None:
        """One more text."""
        codes = np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)
        self.append(codes, np.array([len(codes)]))

    def places(self, numbers: npt.NDArray[np.integer]) -> tuple[Numbers, Numbers]:
        """Where in `codes` texts begin, and how many bytes each has."""
        starts = self._ends[numbers]
        return starts, self._ends[numbers + 1] - starts

    def join(self, numbers: npt.NDArray[np.integer]) -> bytes:
        """Some of the texts, as bytes, with a space between two."""
        starts, sizes = self.places(numbers)
        found, ends = self.codes.take(spans(starts, sizes + 1)), (sizes + 1).cumsum()
        found[ends - 1] = _SPACE
        return found[:-1].tobytes()

    def join_each(self, numbers: npt.NDArray[np.integer], counts: Sequence[int]) -> list[str]:
        """As :meth:`join`, of several stretches of `numbers`, of so many texts each."""
        joined = self.join(numbers) if len(numbers) else b""
        ends = np.append(0, (self.places(numbers)[1] + 1).cumsum())[np.array([0, *counts]).cumsum()].tolist()
        return [str(joined[start : max(start, end - 1)], "utf-8", "surrogatepass") for start, end in pairwise(ends)]

    def read_bytes(self, numbers: npt.NDArray[np.integer]) -> list[bytes]:
        """Some of the texts, as bytes."""
        return self.join(numbers).split(b" ") if len(numbers) else []

    def read(self, numbers: npt.NDArray[np.integer]) -> list[str]:
        """Some of the texts."""
        if len(numbers) <= _FEW:
            return list(map(self.__getitem__, numbers.tolist()))
        return self.join(numbers).decode("utf-8", "surrogatepass").split(" ")


class Plain(NamedTuple):
    """The plain ones among texts that are asked for. `places`: which of those asked for they are; `starts`, `sizes`: of their
    letters or figures, in bytes; `before`, `after`: how many marks there are."""

    places: Places
    starts: Numbers
    sizes: Numbers
    before: Numbers
    after: Numbers

    def pick(self, which: npt.NDArray[Any] | slice) -> Plain:
        """Some of them, by their places here, or by whether they are picked."""
        return Plain(self.places[which], *(part[which] for part in self[1:]))

    def with_(self, other: Plain) -> Plain:
        """Both, one after the other."""
        pairs: list[tuple[npt.NDArray[Any], npt.NDArray[Any]]] = list(zip(self, other, strict=True))
        return Plain(*map(np.concatenate, pairs))


@cache
def _kinds() -> Bytes:
    found: Bytes = np.zeros(256, np.uint8)
    found[[code for code in range(128) if chr(code).isalpha()]] = _LETTER
    found[list(b"0123456789")] = _FIGURE
    found[list(_MARKS)] = _MARK
    return found


@cache
def _bits() -> Bytes:
    """How many bits a number of sixteen has."""
    pairs = np.arange(1 << LONGEST, dtype="<u2").view(np.uint8).reshape(-1, 2)
    found: Bytes = np.unpackbits(pairs, axis=1).sum(axis=1, dtype=np.uint8)
    return found


def find_plain(texts: PackedTexts, numbers: npt.NDArray[np.integer]) -> tuple[Plain, Plain]:
    """Those of some texts that are letters of ASCII, at least one and all together, with nothing but marks around, and short;
    and those that are figures, likewise."""
    starts, sizes = texts.places(numbers)
    rows = np.ndarray((len(texts.codes) - LONGEST + 1, LONGEST), np.uint8, texts.codes.data, strides=(1, 1))[starts]
    kinds = _kinds()[rows]
    # Of each text a bit for each of its bytes: is it a letter, a figure, a mark?
    whole = (1 << np.minimum(sizes, LONGEST + 1)) - 1
    marks = _pack(kinds == _MARK) & whole
    letters, figures = (_find(_pack(kinds == kind) & whole, marks, whole, starts, sizes) for kind in (_LETTER, _FIGURE))
    return letters, figures


def _find(own: Numbers, marks: Numbers, whole: Numbers, starts: Numbers, sizes: Numbers) -> Plain:
    lowest = own & -own
    places = ((own > 0) & (own + lowest & own == 0) & (own | marks == whole)).nonzero()[0]
    before, size = _bits()[lowest[places] - 1].astype(np.int32), _bits()[own[places]].astype(np.int32)
    return Plain(places, starts[places] + before, size, before, sizes[places] - before - size)


def _pack(flags: npt.NDArray[np.bool_]) -> Numbers:
    return np.packbits(flags, axis=1, bitorder="little").view("<u2")[:, 0].astype(np.int32)


class SmallWords(NamedTuple):
    """Short words of ASCII in small letters, or figures: their first eight bytes as one number each, the next eight, and how
    many each has."""

    first: Hashes
    second: Hashes
    sizes: Numbers

    def pick(self, which: Places) -> SmallWords:
        return SmallWords(self.first[which], self.second[which], self.sizes[which])

    def hashes(self) -> Hashes:
        return hash_bytes(*self)

    def spell(self) -> Bytes:
        """Their bytes, one word after the other."""
        rows = np.stack([self.first, self.second], axis=1).astype("<u8", copy=False).view(np.uint8)
        return rows[np.arange(LONGEST) < self.sizes[:, np.newaxis]]


def small_words(texts: PackedTexts, plain: Plain) -> SmallWords:
    """Plain words in small letters; figures are what they are."""
    return SmallWords(*first_bytes(texts.codes, plain.starts, plain.sizes, _SMALL), plain.sizes)


def words_as_written(texts: PackedTexts, plain: Plain) -> SmallWords:
    """As :func:`small_words`, but capitals are what they are."""
    return SmallWords(*first_bytes(texts.codes, plain.starts, plain.sizes, np.uint64(0)), plain.sizes)
