"""The words of texts that are cut already, as the gazetteer reads them: where in a text a name may begin is seen by number, so
that of a story's words only a few are looked at one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.countries.alone import FIRM_OF_OTHER, LOOK, NONE, SAID_OF, Flags, Name, Places, decide, look_up
from newsdesk.countries.gazetteer import Lexicon
from newsdesk.countries.inflection import has_rules
from newsdesk.countries.openings import Openings
from newsdesk.countries.said import LETTER, SHOUTED, SMALL, said_in, say_all
from newsdesk.countries.scan import FEWEST_OF_TITLE, TITLED_SHARE, Mention, Reader, Scan
from newsdesk.countries.words import FOLDED, is_marked, split
from newsdesk.words.cutting import Table, Vocabulary, doubled
from newsdesk.words.hashes import Numbers
from newsdesk.words.packed import PackedTexts, Plain, find_plain, small_words, words_as_written
from newsdesk.words.stretches import spans

NO_WORD = 0
_BETWEEN = "\ue000"
_FIRST_SIZE = 1 << 12
_NOWHERE, _ALONE, _FOLLOWED = range(3)  # whether a term begins with a word: none, one of it alone, or longer ones only
_UNKNOWN = -1
_BEFORE, _AFTER = '"(', ',.:;!?")'  # stops that are words by themselves, one of which may stand beside a plain word
_LONGER = 2  # characters; the dot after a word of fewer may belong to it


class Words(Table):
    """The words and stops of each stretch. By number of a word: `keys`, what it is looked up by; `names_alone`, of what is a
    name by itself the word, its key and what it may stand for. `NO_WORD` stands for what there is beyond a text."""

    def __init__(self, names: PackedTexts, lexicon: Lexicon) -> None:
        super().__init__(names)
        self.keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self.lexicon, self._openings = lexicon, None if has_rules(lexicon.language) else openings(lexicon)
        # By number: the word, None where it is what is plain in a stretch and was not asked for, and which stretch that is;
        # whether a term begins with it, and whether terms have it second, where that was asked.
        self._words: list[str | None] = []
        self._stretches: Numbers = np.zeros(_FIRST_SIZE, np.int32)
        self._begins: npt.NDArray[np.int8] = np.zeros(_FIRST_SIZE, np.int8)
        self._second: npt.NDArray[np.int8] = np.zeros(_FIRST_SIZE, np.int8)
        # What it says beside a name, and what it is as a name; `_UNKNOWN` where it was not asked.
        self._says: Numbers = np.zeros(_FIRST_SIZE, np.int32)
        self._traits: Numbers = np.zeros(_FIRST_SIZE, np.int32)
        self.names_alone: dict[int, Name] = {}
        self._seconds: dict[int, str] = {}  # how those are looked up that terms have second
        self._number(["", *dict.fromkeys(_BEFORE + _AFTER)])
        self._stops = np.zeros(128, np.int32)
        self._stops[list(map(ord, _BEFORE + _AFTER))] = [self._numbers[stop] for stop in _BEFORE + _AFTER]

    def make(self, stretches: Numbers) -> tuple[Numbers, Numbers]:
        plain, follows, says = self._plain(stretches)
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
        found[at] = self._add_plain(stretches[plain.places], follows, says)
        found[at[last] + 1] = self._stops[codes[plain.starts[last] + plain.sizes[last]]]
        return found, counts

    def _plain(self, stretches: Numbers) -> tuple[Plain, npt.NDArray[np.int8], Numbers]:
        """Those of some stretches that are one plain word with which no term begins, and stops; whether terms have it second,
        or that this is not known; and what it says beside a name."""
        letters, figures = find_plain(self.names, stretches)
        plain = letters.with_(figures)
        if self._openings is None:
            return plain.pick(slice(0)), np.zeros(0, np.int8), np.zeros(0, np.int32)
        codes = self.names.codes
        before = (plain.before == 0) | (plain.before == 1) & _IS_BEFORE[codes[plain.starts - 1]]
        after = (plain.after == 0) | (plain.after == 1) & _IS_AFTER[codes[plain.starts + plain.sizes]]
        plain = plain.pick((before & after & (plain.sizes > _LONGER)).nonzero()[0])
        words = small_words(self.names, plain)
        passed = (~self._openings.may_begin(words)).nonzero()[0]
        plain, words = plain.pick(passed), words.pick(passed)
        follows = np.where(self._openings.may_follow(words), _UNKNOWN, 0).astype(np.int8)
        return plain, follows, say_all(words, words_as_written(self.names, plain))

    def _add_plain(self, stretches: Numbers, follows: npt.NDArray[np.int8], says: Numbers) -> Numbers:
        """New words, with which no term begins, by the stretches that they are in. `follows`: do terms have it second? `says`:
        what it says beside a name."""
        start, end = len(self.keys), len(self.keys) + len(stretches)
        self._reach(end)
        self.keys += [""] * len(stretches)
        self._words += [None] * len(stretches)
        self._stretches[start:end] = stretches
        self._begins[start:end] = _NOWHERE
        self._second[start:end] = follows
        self._says[start:end] = says
        return np.arange(start, end, dtype=np.int32)

    def _split(self, stretches: list[str]) -> tuple[Numbers, Numbers]:
        # A mark that no stretch holds stands by itself between two of them, so that all are split in one go.
        joined = f" {_BETWEEN} ".join([stretch.replace(_BETWEEN, "") for stretch in stretches])
        words = [*split(joined, self.lexicon.script), _BETWEEN]
        self._number([word for word in dict.fromkeys(words) if word not in self._numbers])
        numbers = np.fromiter(map(self._numbers.__getitem__, words), np.int32, len(words))
        within = numbers != self._numbers[_BETWEEN]
        counts = np.diff((~within).nonzero()[0], prepend=-1) - 1
        return numbers[within], counts[: len(stretches)].astype(np.int32)

    def _number(self, fresh: Sequence[str]) -> None:
        start, end = len(self.keys), len(self.keys) + len(fresh)
        self._reach(end)
        keys = [word and self.lexicon.openers.key_of(word) for word in fresh]
        self._numbers.update(zip(fresh, range(start, end), strict=True))
        self.keys += keys
        self._words += fresh
        self._begins[start:end] = [(_FOLLOWED if key[0] == " " else _ALONE) if key else _NOWHERE for key in keys]
        self._second[start:end] = _UNKNOWN
        self._says[start:end] = _UNKNOWN
        self._traits[start:end] = _UNKNOWN

    def _reach(self, count: int) -> None:
        while count > len(self._begins):
            self._begins, self._second = doubled(self._begins), doubled(self._second)
            self._says, self._traits = doubled(self._says), doubled(self._traits)
            self._stretches = doubled(self._stretches)

    def word(self, number: int) -> str:
        """A word by its number."""
        known = self._words[number]
        if known is None:
            known = self._words[number] = self.names[self._stretches.item(number)].strip(_BEFORE + _AFTER)
        return known

    def opened(self, numbers: Numbers) -> tuple[Places, Flags]:
        """Where a term may begin among words, and whether it may be one of several words."""
        begins = self._begins[numbers]
        begun = begins.nonzero()[0]
        several = self._is_second(numbers.take(begun + 1, mode="clip"))
        several &= self._is_pair(numbers, begun, several.nonzero()[0])
        found = (several | (begins[begun] == _ALONE)).nonzero()[0]
        return begun[found], several[found]

    def _is_pair(self, numbers: Numbers, begun: Places, some: Places) -> Flags:
        """Whether some of the words make the beginning of a term with the next ones, which are the second words of terms."""
        first, second = numbers[begun[some]].tolist(), numbers.take(begun[some] + 1, mode="clip").tolist()
        keys, longest, seconds = self.keys, self.lexicon.longest, self._seconds
        found = np.zeros(len(begun), np.bool_)
        found[some] = [
            (known := longest[keys[one]]) is not None and seconds[two] in known for one, two in zip(first, second, strict=True)
        ]
        return found

    def says(self, numbers: Numbers) -> Numbers:
        """What words say beside a name."""
        said = self._says[numbers]
        if said.min(initial=0) == _UNKNOWN:
            known = said_in(self.lexicon.language)
            for number in set(numbers[said == _UNKNOWN].tolist()):
                self._says[number] = known[self.word(number)]
            said = self._says[numbers]
        return said

    def traits(self, numbers: Numbers) -> Numbers:
        """What words are as names, of those that terms begin with."""
        found = self._traits[numbers]
        if found.min(initial=0) == _UNKNOWN:
            for number in set(numbers[found == _UNKNOWN].tolist()):
                self._traits[number] = self._learn_alone(number)
            found = self._traits[numbers]
        return found

    def _learn_alone(self, number: int) -> int:
        word, key = self.word(number), self.keys[number]
        if key[0] == " ":
            return 0
        traits, name = look_up(word, key, self.lexicon)
        if name:
            self.names_alone[number] = name
        return traits

    def _is_second(self, numbers: Numbers) -> npt.NDArray[np.bool_]:
        unknown = set(numbers[self._second[numbers] == _UNKNOWN].tolist())
        for number in unknown:
            folded = FOLDED[self.word(number)]
            self._second[number] = known = folded in self.lexicon.seconds
            if known:
                self._seconds[number] = folded
        second: npt.NDArray[np.bool_] = self._second[numbers] > 0
        return second

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


class _Names(NamedTuple):
    """Where names may begin in parts of texts. `starts`, `ends`: of the part that each is in, in words; `titled`, `shouting`:
    are most words of that part with a capital, in capitals?"""

    table: Words
    numbers: Numbers
    begun: Places
    starts: Places
    ends: Places
    titled: Flags
    shouting: Flags

    def say(self, step: int, some: Places) -> Numbers:
        """What the words say that stand so many after some of them."""
        places = self.begun[some] + step
        inside = (places >= self.starts[some]) & (places < self.ends[some])
        return self.table.says(np.where(inside, self.numbers.take(places, mode="clip"), NO_WORD))


def read_all(parts: Sequence[Numbers], headlines: Sequence[bool], vocabulary: Vocabulary, lexicon: Lexicon) -> list[Scan]:
    """What each part, given by its stretches, names. `headlines`: is it a headline? Not for scripts without spaces."""
    table = vocabulary.table(lexicon, lambda names: Words(names, lexicon))
    numbers, counts = table.read(np.concatenate(parts))
    bounds = np.fromiter(chain((0,), map(len, parts)), np.int64, len(parts) + 1).cumsum()
    if counts is not None:
        bounds = np.append(0, counts.cumsum())[bounds]
    names, codes = _find_names(table, numbers, bounds, np.array(headlines))
    some = (codes != NONE).nonzero()[0]
    firsts = names.begun[some].searchsorted(bounds).tolist()
    begun = names.begun[some]
    known = (begun - names.starts[some], numbers[begun], codes[some], names.titled[some], names.shouting[some])
    looks, found = list(zip(*(part.tolist() for part in known), strict=True)), []
    for (start, end), (first, last) in zip(pairwise(bounds.tolist()), pairwise(firsts), strict=True):
        if first == last:
            found.append(Scan((), end - start, frozenset()))
        else:
            found.append(_read(table, numbers[start:end], looks[first:last]))
    return found


def _find_names(table: Words, numbers: Numbers, bounds: Places, headlines: Flags) -> tuple[_Names, Numbers]:
    """Where names may begin, and what is said of each."""
    begun, several = table.opened(numbers)
    owners = bounds.searchsorted(begun, "right") - 1
    titled, shouting = np.zeros((2, len(headlines)), np.bool_)
    heads = np.unique(owners[headlines[owners]])
    titled[heads], shouting[heads] = _capitals(table, numbers, bounds[heads], bounds[heads + 1])
    names = _Names(table, numbers, begun, bounds[owners], bounds[owners + 1], titled[owners], shouting[owners])
    traits = np.where(several, 0, table.traits(numbers[begun]))
    return names, decide(traits, names.titled, names.shouting, names.say)


def _capitals(table: Words, numbers: Numbers, starts: Places, ends: Places) -> tuple[Flags, Flags]:
    """Whether most words of each part, none of which is empty, begin with a capital, and are in capitals."""
    if not len(starts):
        return np.zeros(0, np.bool_), np.zeros(0, np.bool_)
    said = table.says(numbers[spans(starts, ends - starts)])
    firsts = np.append(0, (ends - starts).cumsum()[:-1])
    kinds = (said & LETTER > 0, (said & LETTER > 0) & (said & SMALL == 0), said & SHOUTED > 0)
    letters, capitals, shouted = (np.add.reduceat(kind.astype(np.int64), firsts) for kind in kinds)
    titled = (letters > FEWEST_OF_TITLE) & (capitals > TITLED_SHARE * letters)
    return titled, titled & (shouted * 2 > ends - starts)


def _read(table: Words, numbers: Numbers, looks: Sequence[tuple[int, int, int, bool, bool]]) -> Scan:
    """What a part names. `looks`: where names may begin, the words, what is said of each, and whether the part is titled and
    shouting."""
    word, end = table.read_words(numbers), 0
    reader = Reader(word, len(numbers), table.lexicon, *looks[0][-2:])
    found: list[Mention] = []
    for at, number, code, _, _ in looks:
        if at < end:
            continue
        if code != LOOK:
            surface, key, senses = table.names_alone[number]
            if code == FIRM_OF_OTHER:
                reader.people.add(key)
            found.append(Mention(surface, key, at, senses, *SAID_OF[code]))
            continue
        mention, end = reader.look((at, table.keys[number], word(at), word(at - 1), word(at + 1)))
        if mention:
            found.append(mention)
    return reader.finish(found)
