"""Find the places, peoples and institutions that a text names. One pass over its words; the longest term wins.

A term alone proves little: Jordan is a man, Turkey a bird, Jackson a mayor. What stands around it decides, here: a first
name or a title before it, a state or a country after it, a preposition, capitals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress, count
from typing import NamedTuple, TypeAlias

from newsdesk.countries.gazetteer import NOT_LONE, Lexicon, Lone, Meanings, Sense, first_names, meanings, senses
from newsdesk.countries.said import (
    ADDRESS,
    AFTER_PLACES,
    BEFORE_PLACES,
    FIRM,
    GIVEN,
    GRADES,
    HAMLET,
    MONEY,
    SAYING,
    STREET,
    TICKER,
    TITLE,
    UPPER,
    WORD,
    said_in,
)
from newsdesk.countries.words import FOLDED, INITIAL, UNSPACED_RUN, split

# Countries and capitals that are given names too.
NAMESAKES = frozenset(
    "jordan chad georgia israel kenya india ireland holland france england paris london victoria sydney florence austin "
    "jackson lincoln washington madison charlotte savannah carolina virginia dakota montana brooklyn chelsea santiago "
    "sofia lima adelaide alexandria orlando dallas houston denver phoenix cuba malta brittany lorraine valencia milan "
    "roman african german francis asia persia kingston hamilton wellington nelson lagos troy salem eugene tyler clinton "
    "cleveland monroe jefferson franklin".split()
)
# Of these and of great towns those that are family names more often than given ones: "Chad Washington".
SURNAMES = frozenset("austin clinton cleveland franklin houston jackson jefferson lincoln monroe nelson washington".split())
SETTLED_KINDS = "dafipolx"  # of what is never anything but a mention, however its neighbours look
FEWEST_OF_TITLE, TITLED_SHARE = 2, 0.7
BRIEF_CHARS = 3  # of an abbreviation that may be a word in capitals
SHORTEST_STEM = 4
# States and provinces whose short form, with its dot, is no other word or title: "Calif. wildfire grows".
_CLEAR_STATES = frozenset(
    "Ariz Calif Colo Conn Fla Ky Minn Neb Nev Okla Tenn Wis Wyo Alta Ont Sask N.H N.J N.M N.Y N.C N.D R.I S.C S.D W.Va "
    "D.C".split()
)
_BEYOND = ("",) * 4  # as far as is looked from a word


class Mention(NamedTuple):
    """A term found in a text. `at` is the number of words before it; `senses` what it may stand for; `sure` 0..1.

    `placed`: the words beside it say that it is a place, whatever else bears the name.
    """

    surface: str
    key: str
    at: int
    senses: tuple[Sense, ...]
    sure: float = 1.0
    placed: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """The mentions of a stretch of text, its length in words, and the keys that were names of people or firms in it. `settled`:
    what keys stand for that a state or a country follows somewhere ("Peru, Indiana").
    """

    mentions: tuple[Mention, ...]
    words: int
    people: frozenset[str]
    settled: Mapping[str, tuple[Sense, ...]] = field(default_factory=dict)


def scan(text: str, lexicon: Lexicon, headline: bool = False) -> Scan:
    """All mentions of `text`, in order; in a headline most words may have capitals. Linear in the length of the text."""
    if lexicon.unspaced:
        return _scan_unspaced(text, lexicon, headline)
    return _scan_spaced(text, lexicon, headline)


# Where a term may begin: at which word, what this is looked up by, the word, and those before and after it.
Opened: TypeAlias = tuple[int, str, str, str, str]


def scan_words(words: list[str], opened: Iterable[Opened], lexicon: Lexicon, headline: bool) -> Scan:
    """As :func:`scan`, of words and stops, to which empty ones are added."""
    count = len(words)
    titled = headline and is_titled(words)
    shouting = titled and sum(word.isupper() for word in words if len(word) > 1) * 2 > count
    # Beyond both ends, the last one being that before the first, too: what is beside a word can be looked at.
    words += _BEYOND
    return Reader(words.__getitem__, count, lexicon, titled, shouting).read(opened)


def _scan_spaced(text: str, lexicon: Lexicon, headline: bool) -> Scan:
    words = split(text, lexicon.script)
    keys = list(map(lexicon.openers.__getitem__, words))
    ahead, after = ["", *words], [*words[1:], ""]
    opened = list(compress(zip(count(), keys, words, ahead, after, strict=False), keys))
    return scan_words(words, opened, lexicon, headline)


def _scan_unspaced(text: str, lexicon: Lexicon, headline: bool) -> Scan:
    """Japanese, Chinese, Thai and their neighbours: names as substrings, and words between them as elsewhere."""
    found: list[Mention] = []
    for run in UNSPACED_RUN.finditer(text):
        found.extend(_substrings(run[0], run.start() // 2, lexicon))
    rest = _scan_spaced(UNSPACED_RUN.sub(" , ", text), lexicon, headline)
    return Scan((*found, *rest.mentions), max(1, len(text) // 2), rest.people)


def _substrings(run: str, offset: int, lexicon: Lexicon) -> Iterable[Mention]:
    i, last, pairs = 0, len(run) - 1, lexicon.unspaced
    while i < last:
        step = 1
        for length, terms in pairs.get(run[i : i + 2], ()):
            value = terms.get(run[i : i + length])
            if value is not None:
                if value[0] != "x":
                    yield Mention(run[i : i + length], run[i : i + length], offset + i // 2, senses(value))
                step = length
                break
        i += step


def is_titled(words: Sequence[str]) -> bool:
    """Whether most words of a line are capitalised, so that a capital says nothing."""
    letters = [word for word in words if word[0].isalpha()]
    return len(letters) > FEWEST_OF_TITLE and sum(not word[0].islower() for word in letters) > TITLED_SHARE * len(letters)


def is_brief(word: str) -> bool:
    """Whether a word is a few letters, all capitals, and so no town's name: "in the ITU"."""
    return len(word) <= BRIEF_CHARS and word.isupper()


class Reader:
    """Reads one list of words. `word` gives each by its place, an empty one before the first and beyond the last. `titled`: do
    most begin with a capital; `shouting`: are most in capitals?"""

    def __init__(
        self, word: Callable[[int], str], count: int, lexicon: Lexicon, titled: bool = False, shouting: bool = False
    ) -> None:
        self.word, self.count, self.lexicon, self.titled, self.shouting = word, count, lexicon, titled, shouting
        self.people: set[str] = set()
        self.settled: dict[str, tuple[Sense, ...]] = {}
        self.given, self.said = first_names(), said_in(lexicon.language)

    def read(self, opened: Iterable[Opened]) -> Scan:
        found: list[Mention] = []
        end = 0
        for place in opened:
            if place[0] >= end:
                mention, end = self.look(place)
                if mention:
                    found.append(mention)
        return self.finish(found)

    def finish(self, found: list[Mention]) -> Scan:
        """All mentions have been found."""
        placed = tuple(self._place_qualified(found))
        return Scan(placed, self.count, frozenset(self.people), self.settled)

    def look(self, place: Opened) -> tuple[Mention | None, int]:
        """What begins at a place, and where it ends, in words."""
        i, key, own, ahead, after = place
        if self.said[own] & FIRM and self.said[ahead] & UPPER:
            return None, i + 1  # "Petrofina SA"
        seconds = self.lexicon.longest[key]
        length = seconds.get(FOLDED[after], 1) if seconds else 1
        if length > 1:
            mention, length = self._match(i, key.removeprefix(" "), length)
        elif key[0] == " ":
            return None, i + 1
        elif (alone := self.lexicon.alone(own, key)) is not NOT_LONE:
            mention = self._lone(place, alone)
        else:
            mention, length = self._match(i, key, 1)
        return mention, i + length

    def _lone(self, place: Opened, alone: Lone) -> Mention | None:
        """As :meth:`_weigh`, of a single word that is nothing but a term."""
        i, _, surface, ahead, after = place
        key, term = alone
        kind, said = term.kind, self.said[after]
        if said & HAMLET and said & UPPER and self._is_hamlet(i + 1, term.senses):
            return self._of_hamlet(Mention(surface, key, i, term.senses))
        if said & MONEY and kind in "nd":
            return Mention(surface, key, i, term.senses, 0.25)
        if said & STREET or (kind == "d" and self.said[self.word(i + 2)] & STREET):
            return Mention(surface, key, i, term.senses, 0.2)
        if kind in SETTLED_KINDS:
            return Mention(surface, key, i, term.senses)
        if kind != "n" and said & (FIRM | UPPER | TICKER) and self._is_firm(i + 1):
            return self._of_firm(Mention(surface, key, i, term.senses), kind)
        return self._single(i, key, surface, term, ahead, after)

    def _match(self, i: int, first: str, longest: int) -> tuple[Mention | None, int]:
        """The longest term, of `longest` words at most, that begins at word `i`, looked up by `first`, and its words."""
        word, lexicon = self.word(i), self.lexicon
        small = word[0].islower()
        if not small:
            short = lexicon.exact[word]
            exact = self._abbreviation(i, word, short) if short else None
            if exact:
                return exact, 1
            if longest == 1:
                value = lexicon.proper[first]
                if value is not None:
                    return (None if value[0] == "x" else self._weigh(i, 1, first, value)), 1
        for length in range(min(longest, self.count - i), 0, -1):
            key = first if length == 1 else " ".join([first, *(FOLDED[self.word(at)] for at in range(i + 1, i + length))])
            value = None if small else self._capital_value(key, i, length)
            if value is None:
                value = lexicon.lower.get(key)
            if value is not None:
                return (None if value[0] == "x" else self._weigh(i, length, key, value)), length
        value = lexicon.stem(first) if len(first) >= SHORTEST_STEM else None
        return (Mention(word, first, i, senses(value)) if value else None), 1

    def _capital_value(self, key: str, i: int, length: int) -> str | None:
        value = self.lexicon.proper[key]
        if value is not None and length > 1 and self.word(i + length - 1)[0].islower() and value[0] in "trs":
            return None  # "Orange county" is the county, "Grand rapids" is not the town
        return value

    def _of_firm(self, mention: Mention, kind: str) -> Mention:
        """A name that a firm has is next to no place there, and one that is no capital's is the firm's elsewhere, too."""
        if kind == "c":
            return mention._replace(sure=0.3)
        self.people.add(mention.key)
        return mention._replace(sure=0.15)

    def _is_hamlet(self, j: int, options: Sequence[Sense]) -> bool:
        """Whether word `j` makes a small place of the name before it. A high school does so of a nation's or a capital's name
        that towns have too: "Lebanon High School"."""
        if FOLDED[self.word(j)] not in GRADES:
            return True
        kinds = {sense.kind for sense in options}
        return FOLDED[self.word(j + 1)] == "school" and bool(kinds & {"n", "c"}) and bool(kinds & {"t", "s"})

    def _of_hamlet(self, mention: Mention) -> Mention | None:
        """A name with "Township" or the like behind it is not the nation, the capital or the province, here or elsewhere: "Peru
        Township"."""
        self.people.add(mention.key)
        senses = tuple(sense for sense in mention.senses if sense.kind not in "ncr")
        return mention._replace(senses=senses, sure=0.8, placed=True) if senses else None

    def _abbreviation(self, i: int, word: str, value: str) -> Mention | None:
        found = senses(value)
        if found[0].kind == "q":
            behind_a_town = i >= 2 and self.word(i - 1) == "," and not self.word(i - 2)[0].islower()
            if not behind_a_town and (word not in _CLEAR_STATES or ("." not in word and self.word(i + 1) != ".")):
                return None
        elif self.shouting and "." not in word and len(word) <= BRIEF_CHARS:
            return None
        return Mention(word + "." if "." in word else word, "=" + word, i, found)

    def _weigh(self, i: int, length: int, key: str, value: str) -> Mention | None:
        """The mention, if what stands around it does not speak against it."""
        term, end = meanings(value), i + length
        found, kind, after = term.senses, term.kind, self.said[self.word(end)]
        surface = " ".join([self.word(at) for at in range(i, end)]).replace(INITIAL, ".") if length > 1 else self.word(i)
        if length == 1 and after & HAMLET and after & UPPER and self._is_hamlet(end, found):
            return self._of_hamlet(Mention(surface, key, i, found))
        if after & MONEY and kind in "nd":
            return Mention(surface, key, i, found, 0.25)
        if after & STREET or (kind == "d" and self.said[self.word(end + 1)] & STREET):
            return Mention(surface, key, i, found, 0.2)
        if (kind in "nda" and length > 1) or kind in SETTLED_KINDS:
            return Mention(surface, key, i, found)
        if kind not in "nda" and self._is_firm(end):
            return self._of_firm(Mention(surface, key, i, found), kind)
        if length > 1:
            return Mention(surface, key, i, found)
        return self._single(i, key, surface, term, self.word(i - 1), self.word(end))

    def _single(self, i: int, key: str, surface: str, term: Meanings, ahead: str, after: str) -> Mention | None:
        """A single word as a mention: how sure it is a place, and whether the words beside it say so."""
        before = self.said[ahead]
        placed = (
            before & BEFORE_PLACES > 0 or self.said[after] & AFTER_PLACES > 0 or (after == "," and self._is_qualified(i + 2))
        )
        minor = term.minor
        speaks = term.local and not placed and key in self.given and self.said[after] & SAYING
        if speaks or ((term.local or key in NAMESAKES) and self._is_person(ahead, after, key, minor, placed)):
            self.people.add(key)
            return None
        if not minor:
            return Mention(surface, key, i, term.senses, 1.0, placed)
        if term.small and (not placed or is_brief(surface)):
            return None
        return Mention(surface, key, i, term.senses, 1.0 if placed else self._sureness_of_town(before, after), placed)

    def _is_person(self, ahead: str, follows: str, key: str, minor: bool, placed: bool) -> bool:
        """Whether a name before or after makes a person of a word: "Michael Jordan", "Ms Lincoln", "Chad Brown"."""
        said = self.said[ahead]
        if said & UPPER and (said & (GIVEN | ADDRESS) or (minor and said & TITLE)) and FOLDED[ahead] != key:
            return True
        if placed or self.titled or key not in self.given or not self.said[follows] & UPPER:
            return False
        value = self.lexicon.proper[FOLDED[follows]]
        return value is None or meanings(value).minor or FOLDED[follows] in SURNAMES

    def _sureness_of_town(self, before: int, after: str) -> float:
        if self.titled:
            return 0.5
        return 0.5 if not before & WORD or before & UPPER or self.said[after] & UPPER else 0.8

    def _is_firm(self, j: int) -> bool:
        """Whether "... Shopping Centres Ltd" or a ticker symbol, "<CSC>", follows at word `j`."""
        if self.word(j) == "<":
            return True
        for at in range(j, min(j + 4, self.count)):
            said = self.said[self.word(at)]
            if said & FIRM:
                return True
            if not said & UPPER:
                return False
        return False

    def _is_qualified(self, j: int) -> bool:
        """Whether "Ohio" or "France" follows at word `j`, after a comma."""
        word, lexicon = self.word(j), self.lexicon
        if not word or word[0].islower():
            return False
        value = lexicon.exact[word] or lexicon.proper[FOLDED[word]]
        if value is None:
            value = lexicon.proper[f"{FOLDED[word]} {FOLDED[self.word(j + 1)]}"]
        return value is not None and any(sense.kind in "nrq" for sense in senses(value))

    def _place_qualified(self, found: list[Mention]) -> list[Mention]:
        """In "Paris, Texas" and "London, Ontario" the second settles the first."""
        for n in range(len(found) - 1):
            one, two = found[n], found[n + 1]
            if two.at != one.at + one.key.count(" ") + 2 or one.senses[0].kind not in "tscrn":
                continue
            if one.senses[0].kind == "n" and two.senses[0].kind != "q" and not self._is_town_of(one, two, found[n + 2 : n + 3]):
                continue
            if self.word(two.at - 1) == ",":
                codes = {sense.code for sense in two.senses if sense.kind in "nrq"}
                same = tuple(sense for sense in one.senses if sense.code in codes)
                if len(codes) == 1 and two.senses[0].kind in "nrq":
                    settled = same or (Sense("t", next(iter(codes)), 2),)
                    found[n] = Mention(one.surface, one.key, one.at, settled, 1.0)
                    if same or two.senses[0].kind == "q":
                        self.settled[one.key] = settled if self.settled.get(one.key, settled) == settled else ()
        return found

    def _is_town_of(self, one: Mention, two: Mention, following: list[Mention]) -> bool:
        """Whether a nation's name before a region's is that of a town there ("Norway, Maine, library"), and both no list."""
        end = two.at + two.key.count(" ") + 1
        if self.word(end) in ("and", "or", "&") or any(item.at <= end + 2 for item in following):
            return False
        return any(sense.code == two.senses[0].code for sense in one.senses)
