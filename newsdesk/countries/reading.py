"""The words of texts that are cut already, as the gazetteer reads them: where in a text a name may begin is seen by number, so
that of a story's words only a few are looked at one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from newsdesk.countries.gazetteer import Lexicon
from newsdesk.countries.scan import Reader, Scan, scan_words
from newsdesk.countries.words import is_marked, split
from newsdesk.cutting import Table, Vocabulary
from newsdesk.hashes import Numbers

_BETWEEN = "\ue000"


class Words(Table):
    """The words and stops of each stretch. `words` and `keys` by number: the word itself, and what it is looked up by."""

    def __init__(self, names: Sequence[str], lexicon: Lexicon) -> None:
        super().__init__(names)
        self.words: list[str] = []
        self.keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self._lexicon = lexicon
        self._begins: npt.NDArray[np.bool_] = np.zeros(0, np.bool_)

    def make(self, stretches: list[str]) -> Iterator[list[int]]:
        # A mark that no stretch holds stands by itself between two of them, so that all are split in one go.
        between, found = self._number(_BETWEEN), list[int]()
        joined = f" {_BETWEEN} ".join([stretch.replace(_BETWEEN, "") for stretch in stretches])
        for word in split(joined, self._lexicon.script):
            number = self._numbers.get(word)
            if number is None:
                number = self._number(word)
            if number == between:
                yield found
                found = []
            else:
                found.append(number)
        yield found

    def _number(self, word: str) -> int:
        number = self._numbers.setdefault(word, len(self.words))
        if number == len(self.words):
            self.words.append(word)
            self.keys.append(self._lexicon.openers[word])
        return number

    def begins(self) -> npt.NDArray[np.bool_]:
        """By number of a word: may a term begin with it?"""
        if len(self._begins) < len(self.keys):
            fresh = np.fromiter(map(bool, self.keys[len(self._begins) :]), np.bool_, len(self.keys) - len(self._begins))
            self._begins = np.concatenate([self._begins, fresh])
        return self._begins


def is_numbered(lexicon: Lexicon) -> bool:
    """Whether texts can be read by number with a lexicon: in its script words stand apart, and stops and spaces part them."""
    return not lexicon.unspaced and not is_marked(lexicon.script)


def read_all(parts: Sequence[Numbers], headlines: Sequence[bool], vocabulary: Vocabulary, lexicon: Lexicon) -> list[Scan]:
    """What each part, given by its stretches, names. `headlines`: is it a headline? Not for scripts without spaces."""
    table = vocabulary.table(lexicon, lambda names: Words(names, lexicon))
    numbers, counts = table.read(np.concatenate(parts))
    bounds = np.fromiter(chain((0,), map(len, parts)), np.int64, len(parts) + 1).cumsum()
    if counts is not None:
        bounds = np.append(0, counts.cumsum())[bounds]
    begun = table.begins()[numbers].nonzero()[0]
    firsts = begun.searchsorted(bounds).tolist()
    keys = list(map(table.keys.__getitem__, numbers[begun].tolist()))
    places, edges, found = begun.tolist(), bounds.tolist(), []
    for at, headline in enumerate(headlines):
        start, end, first, last = edges[at], edges[at + 1], firsts[at], firsts[at + 1]
        if first == last:
            found.append(Scan((), end - start, frozenset()))
            continue
        opened = [(place - start, key) for place, key in zip(places[first:last], keys[first:last], strict=True)]
        own = numbers[start:end]
        if headline:
            found.append(scan_words(list(map(table.words.__getitem__, own.tolist())), opened, lexicon, headline))
        else:
            found.append(Reader(_words(table.words, own), len(own), lexicon).read(opened))
    return found


def _words(words: Sequence[str], numbers: Numbers) -> Callable[[int], str]:
    """A text's words by their places: few are asked for, and to make a list of all would take longest of all."""
    item, count = numbers.item, len(numbers)

    def word(at: int) -> str:
        return words[item(at)] if 0 <= at < count else ""

    return word
