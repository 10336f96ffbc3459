"""How much plain words weigh, many in one go: what :mod:`.words` says of each, looked up by hashes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from newsdesk.storylines import words
from newsdesk.words.hashes import Hashes, HashTable
from newsdesk.words.packed import SmallWords
from newsdesk.words.stretches import LONGEST, Pieces, cut_to

Doubles = npt.NDArray[np.float64]

_S, _U, _I, _E = b"suie"
_I_TO_Y = np.uint64(ord("i") ^ ord("y"))
_ZERO, _NINE = b"09"
_TWO_BYTES = np.uint64(0xFFFF)
_CENTURIES = np.array([int.from_bytes(century, "little") for century in (b"19", b"20")], np.uint64)
_BYTE, _NOTHING = np.uint64(0xFF), np.uint64(0)
_HALF = LONGEST // 2


class Rarity:
    """Of the words of a background table, and of those that it does not have."""

    def __init__(self, background: tuple[words.Table, float]) -> None:
        self.background = background
        table, unseen = background
        self._terms = _numbered(table)
        functions = words.function_words()
        self._functions = _numbered(functions)
        # By number of a function word the bits of its languages; 0 are all other words.
        untold = (bits | (0 if word in table else words.UNTOLD) for word, bits in functions.items())
        self._languages = np.array([0, *untold], np.int64)
        # By number of a term; 0 are those that the table does not have.
        self._weights: Doubles = np.array([words.weigh(idf) for idf in (unseen, *(idf for idf, _ in table.values()))])
        self._weights_of_figures = np.array([words.weigh(words.idf_of_figures(count)) for count in range(LONGEST + 1)])
        self._weight_of_years = words.weigh(words.IDF_OF_YEARS)
        self._names = np.array([words.MAYBE, *words.names_of(table)], np.int8)
        self._named = np.array([True, *(words.is_named(share) for _, share in table.values())])

    def weigh(self, terms: SmallWords) -> tuple[Doubles, npt.NDArray[np.bool_]]:
        """The weights of plain words, which are given by their terms; 0 for one that means nothing. And which of them are names
        where they have a capital."""
        numbers = self._terms.find(terms.hashes())
        return np.where(terms.sizes < words.FEWEST, 0.0, self._weights[numbers]), self._named[numbers]

    def function_words_of(self, lower: Hashes) -> npt.NDArray[np.int64]:
        """By the hashes of words in small letters the bits of the languages in which they are function words."""
        return self._languages[self._functions.find(lower)]

    def names(self, terms: Hashes, first: npt.NDArray[np.uint8]) -> npt.NDArray[np.int8]:
        """How sure it is that terms are names, by their hashes and first bytes."""
        return np.where((first >= _ZERO) & (first <= _NINE), np.int8(words.NO_NAME), self._names[self._terms.find(terms)])

    def weigh_figures(self, figures: SmallWords) -> Doubles:
        """The weights of numbers that do not begin with a 0."""
        numbers = self._terms.find(figures.hashes())
        weights = self._weights_of_figures[_count_before_zeros(figures)]
        century = figures.first & _TWO_BYTES
        weights[(figures.sizes == words.FIGURES_OF_YEARS) & np.isin(century, _CENTURIES)] = self._weight_of_years
        weights = np.where(numbers > 0, np.minimum(weights, self._weights[numbers]), weights)
        return np.where(figures.sizes < words.FEWEST, 0.0, weights)


def _count_before_zeros(figures: SmallWords) -> npt.NDArray[np.int64]:
    """How many figures of each number there are before the zeros that it ends with."""
    left, ended = figures.sizes.astype(np.int64), np.ones(len(figures.sizes), np.bool_)
    while len(some := (ended & (left > 0)).nonzero()[0]):
        ended[:] = False
        ended[some] = _byte_at(figures.pick(some), left[some] - 1) == _ZERO
        left -= ended
    return left


def _numbered(some: Iterable[str]) -> HashTable:
    pieces = Pieces(b" ".join([word.encode() for word in some]))
    return HashTable.of(pieces.hashes(), np.arange(1, len(pieces.starts) + 1, dtype=np.int32))


_known: list[Rarity] = []


def rarity() -> Rarity:
    """By the background table in use."""
    if not _known or _known[0].background is not words.background():
        _known[:] = [Rarity(words.background())]
    return _known[0]


def singular(lower: SmallWords) -> SmallWords:
    """The terms of plain words: as :func:`newsdesk.storylines.words.stem`."""
    some = ((_byte_at(lower, lower.sizes - 1) == _S) & (lower.sizes > words.LONGEST_AS_IT_IS)).nonzero()[0]
    plural = lower.pick(some)
    before = _byte_at(plural, plural.sizes - 2)
    ies = (before == _E) & (_byte_at(plural, plural.sizes - 3) == _I) & (plural.sizes > words.LONGEST_AS_IT_IS + 1)
    stays = (before == _S) | (before == _U) | (before == _I)
    sizes = plural.sizes - np.where(stays, 0, np.where(ies, 2, 1)).astype(np.int32)
    # Where an i was, the last byte is a y now.
    turn = np.where(ies, _I_TO_Y, _NOTHING) << _bit_of(sizes - 1)
    early = sizes <= _HALF
    first, second, left = lower.first.copy(), lower.second.copy(), lower.sizes.copy()
    first[some] = cut_to(plural.first ^ np.where(early, turn, _NOTHING), sizes)
    second[some] = cut_to(plural.second ^ np.where(early, _NOTHING, turn), sizes - _HALF)
    left[some] = sizes
    return SmallWords(first, second, left)


def _byte_at(some: SmallWords, places: npt.NDArray[np.integer]) -> npt.NDArray[np.uint64]:
    """A byte of each word, of which there is one."""
    return np.where(places < _HALF, some.first, some.second) >> _bit_of(places) & _BYTE


def _bit_of(places: npt.NDArray[np.integer]) -> npt.NDArray[np.uint64]:
    """Where in a word of bytes the bits of one of them begin."""
    return (places % _HALF * 8).astype(np.uint64)
