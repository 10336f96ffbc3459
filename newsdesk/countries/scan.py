"""Find the places, peoples and institutions that a text names. One pass over its words; the longest term wins.

A term alone proves little: Jordan is a man, Turkey a bird, Jackson a mayor. What stands around it decides, here: a first
name or a title before it, a state or a country after it, a preposition, capitals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from newsdesk.countries.gazetteer import Lexicon, Sense, first_names, senses
from newsdesk.countries.words import FOLDED, UNSPACED_RUN, split

_PLACE_BEFORE = frozenset(
    "in at near from of to outside inside around across toward towards throughout downtown greater central northern "
    "southern eastern western north south east west upper lower en de a dans vers pres aux au du des depuis em no na do "
    "da di nel nella da aus bei nach von zu im til fra i och till fran uit naar op te van ve ile kutoka katika di dari ke "
    "pada w z do na ve v u iz".split()
)
_PLACE_AFTER = frozenset(
    "police university college county city state town township village district court council hospital airport area "
    "residents resident mayor school schools region province prefecture metropolitan native suburb woman man men women "
    "officials officer teen authorities fire department sheriff high bridge port harbor harbour river lake stadium based "
    "bound stock exchange".split()
)
_TITLES = frozenset(
    "mr mrs ms miss dr sen rep judge justice officer sgt lt capt det detective deputy coach prof professor pastor rev "
    "father sister brother lord lady sir president senator congressman congresswoman councilman councilwoman gov governor "
    "chief superintendent commissioner general colonel major captain herr frau monsieur madame mme senor senora don dona "
    "signor signora bapak pak ibu bay bayan gospodin pan pani attorney secretary".split()
)
# Countries and capitals that are given names too.
_NAMESAKES = frozenset(
    "jordan chad georgia israel kenya india ireland holland france england paris london victoria sydney florence austin "
    "jackson lincoln washington madison charlotte savannah carolina virginia dakota montana brooklyn chelsea santiago "
    "sofia lima adelaide alexandria orlando dallas houston denver phoenix cuba malta brittany lorraine valencia milan "
    "roman african german francis asia persia kingston hamilton wellington nelson lagos troy salem eugene tyler clinton "
    "cleveland monroe jefferson franklin".split()
)


_MONEY = frozenset(
    "dlr dlrs dollar dollars franc francs mark marks pound pounds peso pesos crown crowns rupee rupees yuan ruble rubles "
    "rouble roubles".split()
)
_STREETS = frozenset(
    "street st avenue ave road rd drive dr lane boulevard blvd highway parkway court way square terrace".split()
)
_FIRMS = frozenset(
    "inc corp ltd co plc llc ag sa nv group holdings bancorp corporation company limited partners industries enterprises "
    "gmbh bhd pty".split()
)


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
    """The mentions of a stretch of text, its length in words, and the keys that were people's names in it."""

    mentions: tuple[Mention, ...]
    words: int
    people: frozenset[str]


def scan(text: str, lexicon: Lexicon, headline: bool = False) -> Scan:
    """All mentions of `text`, in order; in a headline most words may have capitals. Linear in the length of the text."""
    if lexicon.unspaced:
        return _scan_unspaced(text, lexicon, headline)
    return _Reader(split(text, lexicon.script), lexicon, headline).read()


def _scan_unspaced(text: str, lexicon: Lexicon, headline: bool) -> Scan:
    """Japanese, Chinese, Thai and their neighbours: names as substrings, and words between them as elsewhere."""
    found: list[Mention] = []
    for run in UNSPACED_RUN.finditer(text):
        found.extend(_substrings(run[0], run.start() // 2, lexicon))
    words = split(UNSPACED_RUN.sub(" , ", text), lexicon.script)
    rest = _Reader(words, lexicon, headline).read()
    return Scan((*found, *rest.mentions), max(1, len(text) // 2), rest.people)


def _substrings(run: str, offset: int, lexicon: Lexicon) -> Iterable[Mention]:
    i, last, pairs = 0, len(run) - 1, lexicon.unspaced
    while i < last:
        step = 1
        for length, terms in pairs.get(run[i : i + 2], ()):
            value = terms.get(run[i : i + length])
            if value is not None:
                yield Mention(run[i : i + length], run[i : i + length], offset + i // 2, senses(value))
                step = length
                break
        i += step


def is_titled(words: Sequence[str]) -> bool:
    """Whether most words of a line are capitalised, so that a capital says nothing."""
    letters = [word for word in words if word[0].isalpha()]
    return len(letters) > 2 and sum(not word[0].islower() for word in letters) > 0.7 * len(letters)


class _Reader:
    """Reads one list of words."""

    def __init__(self, words: list[str], lexicon: Lexicon, headline: bool) -> None:
        self.words, self.lexicon = words, lexicon
        self.titled = headline and is_titled(words)
        self.shouting = self.titled and sum(word.isupper() for word in words if len(word) > 1) * 2 > len(words)
        self.people: set[str] = set()
        self.given = first_names()

    def folded(self, i: int) -> str:
        """Word `i`, folded; "" beyond the ends."""
        return FOLDED[self.words[i]] if 0 <= i < len(self.words) else ""

    def is_upper(self, i: int) -> bool:
        """Whether word `i` has a capital; not beyond the ends."""
        return 0 <= i < len(self.words) and self.words[i][0].isupper()

    def read(self) -> Scan:
        found: list[Mention] = []
        longest, words, end = self.lexicon.longest, self.words, 0
        last = len(words) - 1
        keys = list(map(self.lexicon.openers.__getitem__, words))
        for i in [at for at, key in enumerate(keys) if key]:
            if i < end:
                continue
            key = keys[i]
            seconds = longest.get(key)
            length = seconds.get(FOLDED[words[i + 1]], 1) if seconds and i < last else 1
            if key[0] == " ":
                if length == 1:
                    continue
                key = key[1:]
            mention, length = self._match(i, key, length)
            if mention:
                found.append(mention)
            end = i + length
        return Scan(tuple(self._place_qualified(found)), len(words), frozenset(self.people))

    def _match(self, i: int, first: str, longest: int) -> tuple[Mention | None, int]:
        """The longest term, of `longest` words at most, that begins at word `i`, looked up by `first`, and its words."""
        small = self.words[i][0].islower()
        if not small:
            exact = self._abbreviation(i)
            if exact:
                return exact, 1
            if longest == 1:
                value = self.lexicon.proper.get(first)
                if value is not None:
                    return (None if value[0] == "x" else self._weigh(i, 1, first, value)), 1
        for length in range(min(longest, len(self.words) - i), 0, -1):
            key = first if length == 1 else " ".join([first, *(FOLDED[other] for other in self.words[i + 1 : i + length])])
            value = None if small else self._capital_value(key, i, length)
            if value is None:
                value = self.lexicon.lower.get(key)
            if value is not None:
                return (None if value[0] == "x" else self._weigh(i, length, key, value)), length
        value = self.lexicon.stem(first) if len(first) > 3 else None
        return (Mention(self.words[i], first, i, senses(value)) if value else None), 1

    def _capital_value(self, key: str, i: int, length: int) -> str | None:
        value = self.lexicon.proper.get(key)
        if value is not None and length > 1 and self.words[i + length - 1][0].islower() and value[0] in "trs":
            return None  # "Orange county" is the county, "Grand rapids" is not the town
        return value

    def _abbreviation(self, i: int) -> Mention | None:
        word = self.words[i]
        value = self.lexicon.exact[word]
        if not value:
            return None
        found = senses(value)
        if found[0].kind == "q":
            if i < 2 or self.words[i - 1] != "," or self.words[i - 2][0].islower():
                return None
        elif self.shouting and "." not in word and len(word) < 4:
            return None
        return Mention(word + "." if "." in word else word, "=" + word, i, found)

    def _weigh(self, i: int, length: int, key: str, value: str) -> Mention | None:
        """The mention, if what stands around it does not speak against it."""
        found = senses(value)
        surface = " ".join(self.words[i : i + length]) if length > 1 else self.words[i]
        kind = found[0].kind if len(found) == 1 else "t"
        if kind in "nd" and self.folded(i + length) in _MONEY:
            return Mention(surface, key, i, found, 0.25)
        if self.folded(i + length) in _STREETS or (kind == "d" and self.folded(i + length + 1) in _STREETS):
            return Mention(surface, key, i, found, 0.2)
        if (kind in "nda" and length > 1) or kind in "dafipolx":
            return Mention(surface, key, i, found)
        if kind not in "nda" and self._is_firm(i + length):
            return Mention(surface, key, i, found, 0.3 if kind == "c" else 0.15)
        if length > 1:
            return Mention(surface, key, i, found)
        return self._single(i, key, surface, found)

    def _single(self, i: int, key: str, surface: str, found: tuple[Sense, ...]) -> Mention | None:
        """A single word as a mention: how sure it is a place, and whether the words beside it say so."""
        minor = all(sense.kind in "ts" for sense in found)
        placed = self.folded(i - 1) in _PLACE_BEFORE or self.folded(i + 1) in _PLACE_AFTER or self._qualified(i + 1)
        nameable = key in _NAMESAKES or all(sense.kind in "tsr" for sense in found)
        if nameable and self._is_person(i, key, minor, placed):
            self.people.add(key)
            return None
        if minor and not placed and any(sense.kind == "s" for sense in found):
            return None
        return Mention(surface, key, i, found, self._sureness_of_town(i, placed) if minor else 1.0, placed)

    def _is_person(self, i: int, key: str, minor: bool, placed: bool) -> bool:
        """Whether a name before or after makes a person of word `i`: "Michael Jordan", "Ms Lincoln", "Chad Brown"."""
        if self.is_upper(i - 1):
            before = FOLDED[self.words[i - 1]]
            if before != key and (before in self.given or (minor and (len(self.words[i - 1]) == 1 or before in _TITLES))):
                return True
        if placed or self.titled or key not in self.given or not self.is_upper(i + 1):
            return False
        value = self.lexicon.proper.get(self.folded(i + 1))
        return value is None or all(sense.kind in "ts" for sense in senses(value))

    def _sureness_of_town(self, i: int, placed: bool) -> float:
        if placed:
            return 1.0
        if self.titled:
            return 0.5
        sentence_start = i == 0 or not self.words[i - 1][0].isalnum()
        beside_capital = self.is_upper(i + 1) or self.is_upper(i - 1)
        return 0.5 if sentence_start or beside_capital else 0.8

    def _is_firm(self, j: int) -> bool:
        """Whether "... Shopping Centres Ltd" or a ticker symbol, "<CSC>", follows at word `j`."""
        if not self.is_upper(j) and self.folded(j) not in _FIRMS and self.words[j : j + 1] != ["<"]:
            return False
        for n in range(j, min(j + 4, len(self.words))):
            if self.folded(n) in _FIRMS or (n == j and self.words[n] == "<"):
                return True
            if not self.words[n][0].isupper():
                return False
        return False

    def _qualified(self, j: int) -> bool:
        """Whether ", Ohio" or ", France" follows at word `j`."""
        if j + 1 >= len(self.words) or self.words[j] != "," or self.words[j + 1][0].islower():
            return False
        word = self.words[j + 1]
        value = self.lexicon.exact[word] or self.lexicon.proper.get(self.folded(j + 1))
        if value is None:
            value = self.lexicon.proper.get(f"{self.folded(j + 1)} {self.folded(j + 2)}")
        return value is not None and any(sense.kind in "nrq" for sense in senses(value))

    def _place_qualified(self, found: list[Mention]) -> list[Mention]:
        """In "Paris, Texas" and "London, Ontario" the second settles the first."""
        for n in range(len(found) - 1):
            one, two = found[n], found[n + 1]
            end = one.at + len(one.key.split(" "))
            if two.at == end + 1 and self.words[end] == "," and one.senses[0].kind in "tscr":
                codes = {sense.code for sense in two.senses if sense.kind in "nrq"}
                same = tuple(sense for sense in one.senses if sense.code in codes)
                if len(codes) == 1 and two.senses[0].kind in "nrq":
                    found[n] = Mention(one.surface, one.key, one.at, same or (Sense("t", next(iter(codes)), 2),), 1.0)
        return found
