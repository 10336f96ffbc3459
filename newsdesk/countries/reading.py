"""The words of texts that are cut already, as the gazetteer reads them: where in a text a name may begin is seen by number, so
that of a story's words only a few are looked at one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from newsdesk.countries.gazetteer import Lexicon
from newsdesk.countries.inflection import has_rules
from newsdesk.countries.openings import Openings
from newsdesk.countries.scan import Reader, Scan, scan_words
from newsdesk.countries.words import FOLDED, is_marked, split
from newsdesk.cutting import Table, Vocabulary, doubled
from newsdesk.hashes import Numbers
from newsdesk.packed import PackedTexts, Plain, find_plain, small_words
from newsdesk.stretches import spans

_BETWEEN = "\ue000"
_FIRST_SIZE = 1 << 12
_NOWHERE, _ALONE, _FOLLOWED = range(3)  # whether a term begins with a word: none, one of it alone, or longer ones only
_UNKNOWN = -1
_BEFORE, _AFTER = '"(', ',.:;!?")'  # stops that are words by themselves, one of which may stand beside a plain word
_LONGER = 2  # characters; the dot after a word of fewer may belong to it


class Words(Table):
    """The words and stops of each stretch. `keys`: by number of a word, what it is looked up by."""

    def __init__(self, names: PackedTexts, lexicon: Lexicon) -> None:
        super().__init__(names)
        self.keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self._lexicon, self._openings = lexicon, None if has_rules(lexicon.language) else openings(lexicon)
        # By number: the word, null where it is what is plain in a stretch and was not asked for, and which stretch that is;
        # whether a term begins with it, and whether terms have it second, where that was asked.
        self._words: list[str | None] = []
        self._stretches: Numbers = np.zeros(_FIRST_SIZE, np.int32)
        self._begins: npt.NDArray[np.int8] = np.zeros(_FIRST_SIZE, np.int8)
        self._second: npt.NDArray[np.int8] = np.zeros(_FIRST_SIZE, np.int8)
        self._number(list(dict.fromkeys(_BEFORE + _AFTER)))
        self._stops = np.zeros(128, np.int32)
        self._stops[list(map(ord, _BEFORE + _AFTER))] = [self._numbers[stop] for stop in _BEFORE + _AFTER]

    def make(self, stretches: Numbers) -> tuple[Numbers, Numbers]:
        plain, follows = self._plain(stretches)
        others = np.ones(len(stretches), np.bool_)
        others[plain.places] = False
        counts: Numbers = np.zeros(len(stretches), np.int32)
        numbers, counts[others] = self._split(self.names.read(stretches[others]))
        counts[plain.places] = 1 + plain.before + plain.after
        starts = counts.cumsum() - counts
        found: Numbers = np.zeros(int(counts.sum()), np.int32)
        found[spans(starts[others], counts[others])] = numbers
        at, codes = starts[plain.places], self.names.codes
        first, last = (plain.before > 0).nonzero()[0], (plain.after > 0).nonzero()[0]
        found[at[first]] = self._stops[codes[plain.starts[first] - 1]]
        at += plain.before
        found[at] = self._add_plain(stretches[plain.places], follows)
        found[at[last] + 1] = self._stops[codes[plain.starts[last] + plain.sizes[last]]]
        return found, counts

    def _plain(self, stretches: Numbers) -> tuple[Plain, npt.NDArray[np.int8]]:
        """Those of some stretches that are one plain word with which no term begins, and stops; and whether terms have it
        second, or that this is not known."""
        letters, figures = find_plain(self.names, stretches)
        plain = letters.with_(figures)
        if self._openings is None:
            return plain.pick(slice(0)), np.zeros(0, np.int8)
        codes = self.names.codes
        before = (plain.before == 0) | (plain.before == 1) & _IS_BEFORE[codes[plain.starts - 1]]
        after = (plain.after == 0) | (plain.after == 1) & _IS_AFTER[codes[plain.starts + plain.sizes]]
        plain = plain.pick((before & after & (plain.sizes > _LONGER)).nonzero()[0])
        words = small_words(self.names, plain)
        passed = (~self._openings.may_begin(words)).nonzero()[0]
        follows = np.where(self._openings.may_follow(words.pick(passed)), _UNKNOWN, 0).astype(np.int8)
        return plain.pick(passed), follows

    def _add_plain(self, stretches: Numbers, follows: npt.NDArray[np.int8]) -> Numbers:
        """New words, with which no term begins, by the stretches that they are in. `follows`: do terms have it second?"""
        start, end = len(self.keys), len(self.keys) + len(stretches)
        self._reach(end)
        self.keys += [""] * len(stretches)
        self._words += [None] * len(stretches)
        self._stretches[start:end] = stretches
        self._begins[start:end] = _NOWHERE
        self._second[start:end] = follows
        return np.arange(start, end, dtype=np.int32)

    def _split(self, stretches: list[str]) -> tuple[Numbers, Numbers]:
        # A mark that no stretch holds stands by itself between two of them, so that all are split in one go.
        joined = f" {_BETWEEN} ".join([stretch.replace(_BETWEEN, "") for stretch in stretches])
        words = [*split(joined, self._lexicon.script), _BETWEEN]
        self._number([word for word in dict.fromkeys(words) if word not in self._numbers])
        numbers = np.fromiter(map(self._numbers.__getitem__, words), np.int32, len(words))
        within = numbers != self._numbers[_BETWEEN]
        counts = np.diff((~within).nonzero()[0], prepend=-1) - 1
        return numbers[within], counts[: len(stretches)].astype(np.int32)

    def _number(self, fresh: Sequence[str]) -> None:
        start, end = len(self.keys), len(self.keys) + len(fresh)
        self._reach(end)
        keys = list(map(self._lexicon.openers.key_of, fresh))
        self._numbers.update(zip(fresh, range(start, end), strict=True))
        self.keys += keys
        self._words += fresh
        self._begins[start:end] = [(_FOLLOWED if key[0] == " " else _ALONE) if key else _NOWHERE for key in keys]
        self._second[start:end] = _UNKNOWN

    def _reach(self, count: int) -> None:
        while count > len(self._begins):
            self._begins, self._second = doubled(self._begins), doubled(self._second)
            self._stretches = doubled(self._stretches)

    def word(self, number: int) -> str:
        """A word by its number."""
        known = self._words[number]
        if known is None:
            known = self._words[number] = self.names[self._stretches.item(number)].strip(_BEFORE + _AFTER)
        return known

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
            self._second[number] = FOLDED[self.word(number)] in self._lexicon.seconds
        second: npt.NDArray[np.bool_] = self._second[numbers] > 0
        return second

    def read_some(self, numbers: Numbers) -> list[str]:
        """Words by their numbers."""
        listed = numbers.tolist()
        known = list(map(self._words.__getitem__, listed))
        if None not in known:
            return known  # type: ignore[return-value]
        return [word or self.word(number) for word, number in zip(known, listed, strict=True)]

    def read_words(self, numbers: Numbers) -> Callable[[int], str]:
        """Words by their places: few are asked for, and to make a list of all would take longest of all."""
        words, name, item, count = self._words, self.word, numbers.item, len(numbers)

        def word(at: int) -> str:
            return words[number := item(at)] or name(number) if 0 <= at < count else ""

        return word


@lru_cache(maxsize=16)
def openings(lexicon: Lexicon) -> Openings:
    return Openings(lexicon.language, lexicon.script, lexicon.seconds)


def _among(stops: str) -> npt.NDArray[np.bool_]:
    found = np.zeros(256, np.bool_)
    found[list(stops.encode())] = True
    return found


_IS_BEFORE, _IS_AFTER = _among(_BEFORE), _among(_AFTER)


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
    own, ahead, after = (table.read_some(numbers.take(begun + step, mode="clip")) for step in (0, -1, 1))
    edges, found = bounds.tolist(), []
    for at, headline in enumerate(headlines):
        start, end, first, last = edges[at], edges[at + 1], firsts[at], firsts[at + 1]
        if first == last:
            found.append(Scan((), end - start, frozenset()))
            continue
        some, places = slice(first, last), (begun[first:last] - start).tolist()
        if not places[0]:
            ahead[first] = ""
        if places[-1] == end - start - 1:
            after[last - 1] = ""
        opened = list(zip(places, keys[some], own[some], ahead[some], after[some], strict=True))
        words = table.read_words(numbers[start:end])
        found.append(
            scan_words(list(map(words, range(end - start))), opened, lexicon, headline)
            if headline
            else Reader(words, end - start, lexicon).read(opened)
        )
    return found
