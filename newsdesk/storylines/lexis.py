"""Terms as numbers, so that a story is two short arrays: by far the largest part of grouping is done with them.

A lexis numbers the words that it meets and, beneath them, the terms that they count for. A text comes to it cut at its spaces
(:mod:`newsdesk.cutting`). Numbers mean something within one lexis only, and only while a process lasts: what is stored are the
terms.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from newsdesk.cutting import Table, Vocabulary, doubled
from newsdesk.storylines import words
from newsdesk.storylines.bridges import bridge

Numbers = npt.NDArray[np.int32]
Weights = npt.NDArray[np.float32]

_LIMIT = 150_000  # words, or terms from elsewhere, above which a new batch begins a new lexis
_FIRST_SIZE = 1 << 13
FREE_BITS = 2
_WORD_BITS = 27
_KIND_SHIFT = FREE_BITS + _WORD_BITS
TERM_SHIFT = _KIND_SHIFT + 2
CODE_BITS = TERM_SHIFT + 26
_AROUND = ".,;:!?\"()[]“”„«»‘’'–—-…"  # what may stand around a word and is no part of it
# Weights of equal words are made to differ by so much, the same in every run: then heaviest-first is one order.
_DISTINCT = 1e-6


class Lexis:
    """Words and their terms by number, from 1 on and from 0 on. Grows by being asked.

    By number of a word: `term_of`, `weight_of` and `kind_of` (arrays longer than they are filled), `code_of`, which sorts words
    by term, then by kind, and leaves `FREE_BITS` below, and `lower`, the word itself. By number of a term: `terms`.
    """

    def __init__(self) -> None:
        self.background = words.background()
        self.closed = False
        self.terms: list[str] = []
        self.lower: list[str] = [""]
        self.term_of: Numbers = np.zeros(_FIRST_SIZE, np.int32)
        self.weight_of: npt.NDArray[np.float64] = np.zeros(_FIRST_SIZE)
        self.kind_of: Numbers = np.zeros(_FIRST_SIZE, np.int32)
        self.code_of: npt.NDArray[np.int64] = np.zeros(_FIRST_SIZE, np.int64)
        self._numbered = 1  # words that are in the arrays yet
        self._fresh: list[tuple[int, int, float]] = []  # term, kind and weight of those that are not
        self._across: dict[int, str | None] = {}
        self._by_term: dict[str, int] = {}
        self._by_word: tuple[dict[str, int], ...] = ({}, {}, {})  # by kind

    def table(self, vocabulary: Vocabulary) -> Table:
        """What the stretches of a vocabulary hold."""
        return vocabulary.table(self, lambda names: Table(names, self.number_all))

    def number_all(self, stretches: Sequence[str]) -> list[Sequence[int]]:
        """Of stretches of text the words of each that mean anything: mostly one; of "Anglo-French" two."""
        found: list[Sequence[int]] = []
        names, others = self._by_word[words.NAME], self._by_word[words.WORD]
        for stretch in stretches:
            bare = stretch.strip(_AROUND)
            if not bare.isalpha() or not (bare.isascii() or words.is_spaced(bare)):
                some = map(words.resolve_anew, words.tokens(bare))
                found.append([self._number(word) for word in some if word])
                continue
            # Of a small letter it is a word; of a capital a name, if it was ever taken for one.
            known = (names if bare[0].isupper() else others).get(bare.lower())
            if known is not None:
                found.append((known,))
            else:
                word = words.resolve_letters(bare)
                found.append((self._number(word),) if word else ())
        self._enter_fresh()
        return found

    def _number(self, word: words.Word) -> int:
        known = self._by_word[word.kind]
        number = known.get(word.lower)
        if number is None:
            number = known[word.lower] = len(self.lower)
            self.lower.append(word.lower)
            self._fresh.append((self._term(word.term), word.kind, word.weight))
        return number

    def _enter_fresh(self) -> None:
        """Bring the arrays up to date."""
        if not self._fresh:
            return
        own, self._numbered = slice(self._numbered, len(self.lower)), len(self.lower)
        while own.stop > len(self.term_of):
            self._grow()
        terms, kinds, weights = zip(*self._fresh, strict=True)
        self._fresh.clear()
        self.term_of[own], self.kind_of[own] = terms, kinds
        hashes = np.array([zlib.crc32(_bytes(self.terms[term])) for term in terms])
        self.weight_of[own] = weights * (1.0 + _DISTINCT * hashes / (1 << 32))
        numbers = np.arange(own.start, own.stop)
        self.code_of[own] = np.array(terms) << TERM_SHIFT | np.array(kinds) << _KIND_SHIFT | numbers << FREE_BITS

    def close(self, across: bool) -> None:
        """No more words come: what only they would need is let go. `across` will still be asked for?"""
        self.closed = True
        self._by_word, self._by_term = ({}, {}, {}), {}
        if not across:
            self.lower = []

    def _grow(self) -> None:
        self.term_of, self.kind_of = doubled(self.term_of), doubled(self.kind_of)
        self.weight_of, self.code_of = doubled(self.weight_of), doubled(self.code_of)

    def _term(self, term: str) -> int:
        number = self._by_term.get(term)
        if number is None:
            number = self._by_term[term] = len(self.terms)
            self.terms.append(term)
        return number

    def across(self, numbers: Sequence[int]) -> list[str | None]:
        """What each word is in every language, or null."""
        known = self._across
        for number in [one for one in numbers if one not in known]:
            term, kind = self.terms[int(self.term_of[number])], int(self.kind_of[number])
            known[number] = bridge(self.lower[number], term, kind == words.NUMBER, kind == words.NAME)
        return [known[number] for number in numbers]

    def number_terms(self, terms: Collection[str]) -> Numbers:
        """The numbers of terms that come from a store."""
        return np.fromiter(map(self._term, terms), np.int32, len(terms))


def words_in(codes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The numbers of the words that codes are of, whatever stands above and below."""
    return codes >> FREE_BITS & ((1 << _WORD_BITS) - 1)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


_of_thread = threading.local()


def lexis() -> Lexis:
    """The lexis that a batch shall use from beginning to end, one a thread; a new one where the last has grown large, is
    closed, or its table is old."""
    found: Lexis | None = getattr(_of_thread, "lexis", None)
    large = found is not None and max(len(found.lower), len(found.terms)) > _LIMIT
    if found is None or found.closed or large or found.background is not words.background():
        found = _of_thread.lexis = Lexis()
    return found
