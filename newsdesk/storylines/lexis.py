"""Terms as numbers, so that a story is two short arrays: by far the largest part of grouping is done with them.

A lexis numbers the words that it meets and, beneath them, the terms that they count for. A text comes to it cut at its spaces
(:mod:`newsdesk.words.cutting`); most stretches are plain words, which are numbered all in one go. Numbers mean something within
one lexis only, and only while a process lasts: what is stored are the terms.
"""

from __future__ import annotations

import string
import threading
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from newsdesk.storylines import words
from newsdesk.storylines.bridges import bridge, heads
from newsdesk.storylines.rarity import rarity, singular
from newsdesk.words.cutting import Table, Vocabulary, doubled
from newsdesk.words.hashes import Hashes, HashTable, first_met
from newsdesk.words.packed import Bytes, PackedTexts, Plain, SmallWords, find_plain, small_words
from newsdesk.words.stretches import LONGEST, Pieces, Places, first_bytes, spans

Numbers = npt.NDArray[np.int32]
Weights = npt.NDArray[np.float32]

_LIMIT = 150_000  # words, or terms from elsewhere, above which a new batch begins a new lexis
_FIRST_SIZE = 1 << 13
FREE_BITS = 2
_WORD_BITS = 24
_KIND_SHIFT = FREE_BITS + _WORD_BITS
TERM_SHIFT = _KIND_SHIFT + 2
CODE_BITS = TERM_SHIFT + 24
_AROUND = ".,;:!?\"()[]“”„«»‘’'–—-…"  # what may stand around a word and is no part of it
# Weights of equal words are made to differ by so much, the same in every run: then heaviest-first is one order.
_DISTINCT = 1e-6
_AT_HOME = 1  # of a word that is in no other language
_BEYOND_ASCII, _TWO_BYTES = np.uint64(0x8080808080808080), np.uint64(0xFFFF)
_ZERO, _SMALL = ord("0"), 0x20  # of letters of ASCII the bit that capitals do not have
_KINDS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0], np.uint64)  # what tells apart hashes of a word by its kind


class Lexis:
    """Words and their terms by number, from 1 on and from 0 on. Grows by being asked.

    By number of a word: `term_of`, `weight_of` and `kind_of` (arrays longer than they are filled), `code_of`, which sorts words
    by term, then by kind, and leaves `FREE_BITS` below, `empty_in`, bits of the languages that it is a function word of, and
    `lower`, the word itself. By number of a term: `terms`.
    `bridges`: what words are in every language, by the numbers that :meth:`across` gives.
    """

    def __init__(self) -> None:
        self.background = words.background()
        self.closed = False
        self.terms, self.lower = PackedTexts(), PackedTexts()
        self.lower.append_text("")
        self.term_of: Numbers = np.zeros(_FIRST_SIZE, np.int32)
        self.weight_of: npt.NDArray[np.float64] = np.zeros(_FIRST_SIZE)
        self.kind_of: Numbers = np.zeros(_FIRST_SIZE, np.int32)
        self.code_of: npt.NDArray[np.int64] = np.zeros(_FIRST_SIZE, np.int64)
        self.empty_in: npt.NDArray[np.int64] = np.zeros(_FIRST_SIZE, np.int64)
        self.bridges: list[str] = [""] * (_AT_HOME + 1)
        self._bridges: dict[str, int] = {}
        self._across: Numbers = np.zeros(_FIRST_SIZE, np.int32)  # 0 where it was not asked
        self._terms, self._words = HashTable(), HashTable()  # their numbers, those of terms from 1 on
        self._names: list[npt.NDArray[np.int8]] = []
        self._unnamed: list[tuple[Hashes, Bytes]] = []  # hashes and first bytes of terms that came since these

    def table(self, vocabulary: Vocabulary) -> Table:
        """What the stretches of a vocabulary hold."""
        return vocabulary.table(self, lambda names: _Meant(names, self))

    def number_all(self, stretches: Sequence[str]) -> list[Sequence[int]]:
        """Of stretches of text the words of each that mean anything: mostly one; of "Anglo-French" two."""
        meant = [_read(stretch.strip(_AROUND)) for stretch in stretches]
        numbers = self._number_words(list(chain.from_iterable(meant))).tolist()
        rest = iter(numbers)
        return [[next(rest) for _ in some] for some in meant]

    def number_plain(self, texts: PackedTexts, plain: Plain) -> Numbers:
        """The words that plain ones of letters are; 0 for one that means nothing."""
        lower = small_words(texts, plain)
        capital = texts.codes[plain.starts] & _SMALL == 0
        terms, hashes = singular(lower), lower.hashes()
        weights, named = rarity().weigh(terms)
        return self._number_small(lower, hashes, terms, np.where(capital & named, words.NAME, words.WORD), weights)

    def number_figures(self, texts: PackedTexts, plain: Plain) -> Numbers:
        """As :meth:`number_plain`, of figures that do not begin with a 0."""
        figures = small_words(texts, plain)
        kinds = np.full(len(figures.sizes), words.NUMBER)
        return self._number_small(figures, figures.hashes(), figures, kinds, rarity().weigh_figures(figures))

    def _number_small(
        self,
        lower: SmallWords,
        hashes: Hashes,
        terms: SmallWords,
        kinds: npt.NDArray[np.int64],
        weights: npt.NDArray[np.float64],
    ) -> Numbers:
        found: Numbers = np.zeros(len(hashes), np.int32)
        some = weights.nonzero()[0]
        keys = hashes[some] ^ _KINDS[kinds[some]]
        numbers = self._words.find(keys)
        fresh = (numbers == 0).nonzero()[0]
        if len(fresh):
            firsts, which = first_met(keys[fresh])
            numbers[fresh] = which + np.int32(len(self.lower))
            new = fresh[firsts]
            own = some[new]
            terms, lower = terms.pick(own), lower.pick(own)
            numbered = self._number_hashed(terms.hashes(), terms.spell(), terms.sizes)
            self._enter(keys[new], numbered, kinds[own], weights[own], lower.spell(), lower.sizes)
        found[some] = numbers
        return found

    def _number_words(self, some: Sequence[words.Word]) -> Numbers:
        if not some:
            return np.zeros(0, np.int32)
        spelt = Pieces(b" ".join([_bytes(word.lower) for word in some]))
        kinds = np.array([word.kind for word in some])
        keys = spelt.hashes() ^ _KINDS[kinds]
        numbers = self._words.find(keys)
        fresh = (numbers == 0).nonzero()[0]
        if len(fresh):
            firsts, which = first_met(keys[fresh])
            numbers[fresh] = which + np.int32(len(self.lower))
            first = fresh[firsts]
            new = [some[at] for at in first.tolist()]
            terms = self.number_terms([word.term for word in new])
            self._enter(keys[first], terms, kinds[first], np.array([word.weight for word in new]), *spelt.read(first))
        return numbers

    def _enter(
        self,
        keys: Hashes,
        terms: Numbers,
        kinds: npt.NDArray[np.int64],
        weights: npt.NDArray[np.float64],
        spelt: Bytes,
        sizes: npt.NDArray[np.integer],
    ) -> None:
        """New words, each once."""
        own = slice(len(self.lower), len(self.lower) + len(keys))
        while own.stop > len(self.term_of):
            self._grow()
        self.lower.append(spelt, sizes)
        self.term_of[own], self.kind_of[own] = terms, kinds
        hashes = np.array(list(map(zlib.crc32, self.terms.read_bytes(terms))))
        self.weight_of[own] = weights * (1.0 + _DISTINCT * hashes / (1 << 32))
        numbers = np.arange(own.start, own.stop)
        self.code_of[own] = terms.astype(np.int64) << TERM_SHIFT | kinds << _KIND_SHIFT | numbers << FREE_BITS
        self.empty_in[own] = rarity().function_words_of(keys ^ _KINDS[kinds])
        self._words.add(keys, numbers.astype(np.int32))

    def close(self, across: bool) -> None:
        """No more words come: what only they would need is let go. `across` will still be asked for?"""
        self.closed = True
        self._terms, self._words = HashTable(), HashTable()
        if not across:
            self.lower = PackedTexts()

    def _grow(self) -> None:
        self.term_of, self.kind_of = doubled(self.term_of), doubled(self.kind_of)
        self.weight_of, self.code_of = doubled(self.weight_of), doubled(self.code_of)
        self.empty_in, self._across = doubled(self.empty_in), doubled(self._across)

    def across(self, numbers: Numbers) -> tuple[Places, list[str]]:
        """Which of words are the same in every language, and what these are there."""
        found = self._across[numbers]
        if not found.all():
            self._cross(np.unique(numbers[found == 0]))
            found = self._across[numbers]
        places = (found > _AT_HOME).nonzero()[0]
        return places, list(map(self.bridges.__getitem__, found[places].tolist()))

    def _cross(self, fresh: Numbers) -> None:
        starts, sizes = self.lower.places(fresh)
        first, second = first_bytes(self.lower.codes, starts, sizes, np.uint64(0))
        plain = (sizes <= LONGEST) & ((first | second) & _BEYOND_ASCII == 0)
        self._across[fresh] = _AT_HOME
        for number in fresh[~plain | (self.kind_of[fresh] != words.WORD) | _begin_concepts()[first & _TWO_BYTES]].tolist():
            lower, kind = self.lower[number], self.kind_of.item(number)
            term = self.terms[self.term_of.item(number)] if kind == words.NUMBER else lower
            key = bridge(lower, term, kind == words.NUMBER, kind == words.NAME)
            if key is not None:
                self._across[number] = at = self._bridges.setdefault(key, len(self.bridges))
                self.bridges += [key] * (at == len(self.bridges))

    def number_terms(self, terms: Iterable[str]) -> Numbers:
        """The numbers of terms."""
        return self.number_joined(" ".join(terms))

    def number_joined(self, terms: str) -> Numbers:
        """The numbers of terms that are given with a space between."""
        pieces = Pieces(_bytes(terms))
        hashes = pieces.hashes()
        found = self._terms.find(hashes)
        fresh = (found == 0).nonzero()[0]
        if len(fresh):
            firsts, which = first_met(hashes[fresh])
            found[fresh] = which + np.int32(len(self.terms) + 1)
            first = fresh[firsts]
            self._add_terms(hashes[first], *pieces.read(first))
        return found - np.int32(1)

    def number_each(self, several: Sequence[str]) -> list[Numbers]:
        """As :meth:`number_joined`, of each of several, which is given likewise and may have none."""
        numbers = self.number_joined(" ".join(filter(None, several)))
        ends = np.array([one.count(" ") + 1 if one else 0 for one in several]).cumsum().tolist()
        return [numbers[start:end] for start, end in pairwise([0, *ends])]

    def _number_hashed(self, hashes: Hashes, spelt: Bytes, sizes: Numbers) -> Numbers:
        """As :meth:`number_terms`, of terms given by their bytes."""
        found = self._terms.find(hashes)
        fresh = (found == 0).nonzero()[0]
        if len(fresh):
            firsts, which = first_met(hashes[fresh])
            found[fresh] = which + np.int32(len(self.terms) + 1)
            first, starts = fresh[firsts], sizes.cumsum() - sizes
            self._add_terms(hashes[first], spelt[spans(starts[first], sizes[first])], sizes[first])
        return found - np.int32(1)

    def _add_terms(self, hashes: Hashes, spelt: Bytes, sizes: npt.NDArray[np.integer]) -> None:
        end = len(self.terms) + len(hashes)
        self._terms.add(hashes, np.arange(len(self.terms) + 1, end + 1, dtype=np.int32))
        self._unnamed.append((hashes, spelt[sizes.cumsum() - sizes]))
        self.terms.append(spelt, sizes)

    def are_figures(self, terms: Numbers) -> npt.NDArray[np.bool_]:
        """Which of terms begin with a figure."""
        starts, _ = self.terms.places(terms)
        found: npt.NDArray[np.bool_] = self.terms.codes[starts] - np.uint8(_ZERO) < len(string.digits)
        return found

    @property
    def name_of(self) -> npt.NDArray[np.int8]:
        """By number of a term how sure it is that it is a name."""
        if self._unnamed:  # those of many stories are looked up in one step
            hashes, first = map(np.concatenate, zip(*self._unnamed, strict=True))
            self._names = [np.concatenate([*self._names, rarity().names(hashes, first)])]
            self._unnamed.clear()
        return self._names[0] if self._names else np.zeros(0, np.int8)


@cache
def _begin_concepts() -> npt.NDArray[np.bool_]:
    """By two bytes, whether a word that begins with them may have a concept."""
    found = np.zeros(1 << 16, np.bool_)
    found[[int.from_bytes(head.encode(), "little") for head in heads() if head.isascii()]] = True
    return found


class _Meant(Table):
    """The words of each stretch that mean anything."""

    def __init__(self, names: PackedTexts, lexis: Lexis) -> None:
        super().__init__(names)
        self._lexis = lexis

    def make(self, stretches: Numbers) -> tuple[Numbers, Numbers]:
        letters, figures = find_plain(self.names, stretches)
        figures = figures.pick(self.names.codes[figures.starts] != _ZERO)
        places = np.concatenate([letters.places, figures.places])
        numbers = np.concatenate(
            [self._lexis.number_plain(self.names, letters), self._lexis.number_figures(self.names, figures)]
        )
        others = np.ones(len(stretches), np.bool_)
        others[places] = False
        read = self._lexis.number_all(self.names.read(stretches[others]))
        counts: Numbers = np.zeros(len(stretches), np.int32)
        counts[places] = numbers > 0
        counts[others] = list(map(len, read))
        starts = counts.cumsum() - counts
        found: Numbers = np.zeros(int(counts.sum()), np.int32)
        meant = numbers.nonzero()[0]
        found[starts[places[meant]]] = numbers[meant]
        found[spans(starts[others], counts[others])] = list(chain.from_iterable(read))
        return found, counts


def _read(bare: str) -> list[words.Word]:
    """The words that mean anything in a stretch without the marks around it."""
    if bare.isalpha() and words.is_spaced(bare):
        word = words.resolve_letters(bare)
        return [word] if word else []
    return [word for word in map(words.resolve_anew, words.tokens(bare)) if word]


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
