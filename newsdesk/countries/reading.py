"""The words of texts that are cut already, as the gazetteer reads them: where in a text a name may begin is seen by number, so
that of a story's words only a few are looked at one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from newsdesk.countries.gazetteer import Lexicon
from newsdesk.countries.scan import Reader, Scan, scan_words
from newsdesk.countries.words import FOLDED, is_marked, split
from newsdesk.cutting import Table, Vocabulary, doubled
from newsdesk.hashes import Numbers
from newsdesk.packed import PackedTexts

_BETWEEN = "\ue000"
_FIRST_SIZE = 1 << 12
_NOWHERE, _ALONE, _FOLLOWED = range(3)  # whether a term begins with a word: none, one of it alone, or longer ones only
_UNKNOWN = -1


class Words(Table):
    """The words and stops of each stretch. `keys`: by number of a word, what it is looked up by."""

    def __init__(self, names: PackedTexts, lexicon: Lexicon) -> None:
        super().__init__(names)
        self.keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self._lexicon = lexicon
        # By number: the word, whether a term begins with it, and whether terms have it second, where that was asked.
        self._words: list[str] = []
        self._begins: npt.NDArray[np.int8] = np.zeros(_FIRST_SIZE, np.int8)
        self._second: npt.NDArray[np.int8] = np.zeros(_FIRST_SIZE, np.int8)

    def make(self, stretches: Numbers) -> tuple[Numbers, Numbers]:
        # A mark that no stretch holds stands by itself between two of them, so that all are split in one go.
        joined = f" {_BETWEEN} ".join([stretch.replace(_BETWEEN, "") for stretch in self.names.read(stretches)])
        words = [*split(joined, self._lexicon.script), _BETWEEN]
        self._number([word for word in dict.fromkeys(words) if word not in self._numbers])
        numbers = np.fromiter(map(self._numbers.__getitem__, words), np.int32, len(words))
        within = numbers != self._numbers[_BETWEEN]
        counts = np.diff((~within).nonzero()[0], prepend=-1) - 1
        return numbers[within], counts.astype(np.int32)

    def _number(self, fresh: Sequence[str]) -> None:
        start, end = len(self.keys), len(self.keys) + len(fresh)
        while end > len(self._begins):
            self._begins, self._second = doubled(self._begins), doubled(self._second)
        keys = list(map(self._lexicon.openers.key_of, fresh))
        self._numbers.update(zip(fresh, range(start, end), strict=True))
        self.keys += keys
        self._words += fresh
        self._begins[start:end] = [(_FOLLOWED if key[0] == " " else _ALONE) if key else _NOWHERE for key in keys]
        self._second[start:end] = _UNKNOWN

    def opened(self, numbers: Numbers) -> npt.NDArray[np.intp]:
        """Where a term may begin among words."""
        begins = self._begins[numbers]
        begun = begins.nonzero()[0]
        follows = numbers.take(begun + 1, mode="clip")
        found: npt.NDArray[np.intp] = begun[(begins[begun] == _ALONE) | self._is_second(follows)]
        return found

    def _is_second(self, numbers: Numbers) -> npt.NDArray[np.bool_]:
        unknown = set(numbers[self._second[numbers] == _UNKNOWN].tolist())
        for number in unknown:
            self._second[number] = FOLDED[self._words[number]] in self._lexicon.seconds
        second: npt.NDArray[np.bool_] = self._second[numbers] > 0
        return second

    def read_words(self, numbers: Numbers) -> Callable[[int], str]:
        """Words by their places: few are asked for, and to make a list of all would take longest of all."""
        words, item, count = self._words, numbers.item, len(numbers)

        def word(at: int) -> str:
            return words[item(at)] if 0 <= at < count else ""

        return word


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
    begun = table.opened(numbers)
    firsts = begun.searchsorted(bounds).tolist()
    keys = list(map(table.keys.__getitem__, numbers[begun].tolist()))
    places, edges, found = begun.tolist(), bounds.tolist(), []
    for at, headline in enumerate(headlines):
        start, end, first, last = edges[at], edges[at + 1], firsts[at], firsts[at + 1]
        if first == last:
            found.append(Scan((), end - start, frozenset()))
            continue
        opened = [(place - start, key) for place, key in zip(places[first:last], keys[first:last], strict=True)]
        words = table.read_words(numbers[start:end])
        found.append(
            scan_words(list(map(words, range(end - start))), opened, lexicon, headline)
            if headline
            else Reader(words, end - start, lexicon).read(opened)
        )
    return found
