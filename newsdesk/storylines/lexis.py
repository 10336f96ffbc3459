"""Terms as numbers, so that a story is two short arrays: by far the largest part of grouping is done with them.

A lexis numbers the words that it meets: what a stretch of text without a space counts for, so that a text is cut at its spaces
only, which is six times as fast as a pattern; and beneath that, the term. Numbers mean something within one lexis only, and
only while a process lasts: what is stored are the terms.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from newsdesk.storylines import words
from newsdesk.storylines.bridges import bridge

Numbers = npt.NDArray[np.int32]
Weights = npt.NDArray[np.float32]

_LIMIT = 150_000  # words, above which a new batch begins a new lexis
_STRETCHES = 100_000
_FIRST_SIZE = 1 << 13
_WORD_BITS = 29
_TERM_SHIFT = _WORD_BITS + 2
_AROUND = ".,;:!?\"()[]“”„«»‘’'–—-…"  # what may stand around a word and is no part of it
# Weights of equal words are made to differ by so much, the same in every run: then heaviest-first is one order.
_DISTINCT = 1e-6


class Lexis(dict[str, int]):
    """A stretch of text without a space -> the number of its word; 0 for one that means nothing; for one that holds several
    words ("Anglo-French") minus its number among `compounds`. Grows by being asked.

    By number of a word: `term_of`, `weight_of` and `kind_of` (arrays longer than they are filled), `code_of`, which sorts words
    by term, then by kind, and `lower`, the word itself. By number of a term: `terms`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.background = words.background()
        self.terms: list[str] = []
        self.compounds: list[tuple[int, ...]] = [()]
        self.lower: list[str] = [""]
        self.term_of: Numbers = np.zeros(_FIRST_SIZE, np.int32)
        self.weight_of: npt.NDArray[np.float64] = np.zeros(_FIRST_SIZE)
        self.kind_of: Numbers = np.zeros(_FIRST_SIZE, np.int32)
        self.code_of: npt.NDArray[np.int64] = np.zeros(_FIRST_SIZE, np.int64)
        self._across: dict[int, str | None] = {}
        self._by_term: dict[str, int] = {}
        self._by_word: dict[str, int] = {}

    def __missing__(self, stretch: str) -> int:
        bare = stretch.strip(_AROUND)
        if bare != stretch:
            number = self[stretch] = self[bare] if bare else 0
            return number
        if stretch.isalpha():
            word = words.resolve_anew(stretch)
            number = self[stretch] = self._number(word) if word else 0
            return number
        found = tuple(self._number(word) for token in words.tokens(stretch) if (word := words.resolve_anew(token)))
        number = found[0] if found else 0
        if len(found) > 1:
            number = -len(self.compounds)
            self.compounds.append(found)
        self[stretch] = number
        return number

    def _number(self, word: words.Word) -> int:
        key = word.lower if word.kind == words.WORD else f"{word.lower}/{word.kind}"
        found = self._by_word.get(key)
        return self._add(key, word) if found is None else found

    def _add(self, key: str, word: words.Word) -> int:
        number, term = len(self.lower), self._term(word.term)
        if number == len(self.term_of):
            self._grow()
        self.term_of[number], self.kind_of[number] = term, word.kind
        self.weight_of[number] = word.weight * (1.0 + _DISTINCT * zlib.crc32(_bytes(word.term)) / (1 << 32))
        self.code_of[number] = term << _TERM_SHIFT | word.kind << _WORD_BITS | number
        self.lower.append(word.lower)
        self._by_word[key] = number
        return number

    def _grow(self) -> None:
        self.term_of, self.kind_of = _doubled(self.term_of), _doubled(self.kind_of)
        self.weight_of, self.code_of = _doubled(self.weight_of), _doubled(self.code_of)

    def _term(self, term: str) -> int:
        number = self._by_term.get(term)
        if number is None:
            number = self._by_term[term] = len(self.terms)
            self.terms.append(term)
        return number

    def trim(self) -> None:
        """Forget stretches of text where they have grown many; words and terms keep their numbers. For between texts."""
        if len(self) > _STRETCHES:
            self.clear()
            self.compounds = [()]

    def across(self, numbers: Sequence[int]) -> list[str | None]:
        """What each word is in every language, or null."""
        known = self._across
        for number in [one for one in numbers if one not in known]:
            term, kind = self.terms[int(self.term_of[number])], int(self.kind_of[number])
            known[number] = bridge(self.lower[number], term, kind == words.NUMBER, kind == words.NAME)
        return [known[number] for number in numbers]

    def terms_of(self, codes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        return codes >> _TERM_SHIFT

    def number_terms(self, terms: Collection[str]) -> Numbers:
        """The numbers of terms that come from a store."""
        return np.fromiter(map(self._term, terms), np.int32, len(terms))


def _doubled(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.concatenate([values, np.zeros_like(values)])


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


_of_thread = threading.local()


def lexis() -> Lexis:
    """The lexis that a batch shall use from beginning to end, one a thread; a new one where the last has grown large or its
    table is old."""
    found: Lexis | None = getattr(_of_thread, "lexis", None)
    if found is None or len(found.lower) > _LIMIT or found.background is not words.background():
        found = _of_thread.lexis = Lexis()
    return found
