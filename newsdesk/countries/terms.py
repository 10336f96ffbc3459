"""Many terms and what each stands for, packed: a dictionary of them takes eight times the room.

The terms stand one after the other in one stretch of bytes. Where in it one begins is found by its hash, in a table with open
places (linear probing). Python's hash of a string is drawn anew in each process, so no text can be made to look long for a
term; the string keeps it, so that looking in several tables reckons it once.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar, overload

# What terms stand for, and the terms that do.
Rows: TypeAlias = Iterable[tuple[str, Sequence[str]]]
Other = TypeVar("Other")

_ROOM = 10 / 3  # places for a term, at the least: with fewer many words that are no terms find a place taken
_END = b"\n"
_LINES = 1 << 16  # bytes


class Terms(Mapping[str, str]):
    """Term -> what it stands for, neither with a newline in it."""

    __slots__ = ("_codes", "_last", "_numbers", "_places", "_starts", "_values")

    def __init__(self, rows: Rows) -> None:
        """No term twice."""
        self._values: list[str] = []
        self._numbers, self._starts = array("i"), array("i")  # by number of a term: of its value, and where it begins
        codes, hashes, end = list[bytes](), array("q"), 0
        for value, terms in rows:
            own = [term.encode("utf-8", "surrogatepass") + _END for term in terms]
            self._numbers.extend([len(self._values)] * len(own))
            self._values.append(value)
            hashes.extend(map(hash, terms))
            for code in own:
                self._starts.append(end)
                end += len(code)
            codes.append(b"".join(own))
        self._codes = b"".join(codes)
        self._last = (1 << int(len(hashes) * _ROOM).bit_length()) - 1
        self._places = _placed(hashes, self._last)

    def _find(self, term: str) -> int:
        """The number of a term, -1 where it is none."""
        place = hash(term) & self._last
        code = term.encode("utf-8", "surrogatepass") + _END
        while (number := self._places[place]) >= 0:
            if self._codes.startswith(code, self._starts[number]) and code.index(_END) == len(code) - 1:  # and not two terms
                return number
            place = place + 1 & self._last
        return -1

    def __getitem__(self, term: str) -> str:
        number = self._find(term)
        if number < 0:
            raise KeyError(term)
        return self._values[self._numbers[number]]

    @overload
    def get(self, term: str, /) -> str | None: ...
    @overload
    def get(self, term: str, default: str | Other, /) -> str | Other: ...
    def get(self, term: str, default: object = None, /) -> object:
        if self._places[hash(term) & self._last] < 0:  # as of most words
            return default
        number = self._find(term)
        return self._values[self._numbers[number]] if number >= 0 else default

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and self._find(term) >= 0

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[str]:
        for lines in self.lines():
            yield from lines.split("\n")

    def lines(self) -> Iterator[str]:
        """All terms, a line each, some thousands at a time."""
        start, size = 0, len(self._codes)
        while start < size:
            end = self._codes.find(_END, start + _LINES) if start + _LINES < size else size - 1
            yield str(self._codes[start:end], "utf-8", "surrogatepass")
            start = end + 1


def _placed(hashes: array[int], last: int) -> array[int]:
    """The numbers of terms by place, -1 where there is none."""
    places = array("i", (-1,)) * (last + 1)
    for number, code in enumerate(hashes):
        place = code & last
        while places[place] >= 0:
            place = place + 1 & last
        places[place] = number
    return places


class Found(dict[str, str | None]):
    """What terms stand for in the first of several tables that has them, None in none: ``found[term]``. What was asked for is
    remembered, and forgotten all at once where it is too much."""

    def __init__(self, parts: Sequence[Mapping[str, str]], most: int) -> None:
        self.parts, self._most = parts, most

    def __missing__(self, term: str) -> str | None:
        if len(self) >= self._most:
            self.clear()
        value = self[term] = self.find(term)
        return value

    def find(self, term: str) -> str | None:
        """As looked up, but not remembered."""
        return _find_first(self.parts, term)

    def has(self, term: str) -> bool:
        """Whether it is a term, likewise."""
        return _find_first(self.parts, term) is not None


class Seconds(dict[str, "dict[str, int] | None"]):
    """First word of terms of several words -> second word -> number of words of the longest, None where there is none; with a
    space before it, likewise. Remembered as :class:`Found`."""

    def __init__(self, parts: Sequence[Mapping[str, str]], most: int) -> None:
        """`parts`: first word -> its second ones, as :func:`by_first` has them."""
        self.parts, self._most = parts, most

    def __missing__(self, first: str) -> dict[str, int] | None:
        if len(self) >= self._most:
            self.clear()
        seconds: dict[str, int] = {}
        for part in self.parts:
            for second, length in _read_seconds(part.get(first.removeprefix(" "))):
                seconds[second] = max(length, seconds.get(second, 1))
        found = self[first] = seconds or None
        return found

    def has(self, first: str) -> bool:
        """Whether a term of several words begins so."""
        return _find_first(self.parts, first) is not None


def _find_first(parts: Sequence[Mapping[str, str]], term: str) -> str | None:
    for part in parts:
        value = part.get(term)
        if value is not None:
            return value
    return None


def by_first(starts: Rows) -> dict[str, str]:
    """The first two words of terms, by the number of words of the longest: first word -> the second ones, each with that
    number."""
    found: dict[str, list[str]] = {}
    for length, pairs in starts:
        for pair in pairs:
            first, _, second = pair.partition(" ")
            found.setdefault(first, []).append(f"{second} {length}")
    return {first: " ".join(seconds) for first, seconds in found.items()}


def seconds_of(part: Mapping[str, str]) -> frozenset[str]:
    """All second words of what :func:`by_first` gives."""
    return frozenset(second for value in part.values() for second, _ in _read_seconds(value))


def _read_seconds(value: str | None) -> Iterator[tuple[str, int]]:
    words = value.split(" ") if value else ()
    return zip(words[::2], map(int, words[1::2]), strict=True)
