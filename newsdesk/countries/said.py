"""What words say beside a name, as bits: is it a preposition, a title, a first name, a firm's ending, has it a capital?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import compress

import numpy as np

from newsdesk.countries.gazetteer import first_names
from newsdesk.countries.words import FOLDED, INITIAL
from newsdesk.words.hashes import HashTable, Numbers
from newsdesk.words.packed import SmallWords
from newsdesk.words.stretches import Pieces

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
# Of these, those that no country's name stands behind, as one does in "Chief India economist" and "Miss France".
_ADDRESSES = frozenset(
    "mr mrs ms dr sir judge coach prof professor pastor rev herr frau monsieur madame mme senor senora don dona seu signor "
    "signora".split()
)
_MONEY = frozenset(
    "dlr dlrs dollar dollars franc francs mark marks pound pounds peso pesos crown crowns rupee rupees yuan ruble rubles "
    "rouble roubles".split()
)
_STREETS = frozenset(
    "street st avenue ave road rd drive dr lane boulevard blvd highway parkway court way square terrace".split()
)
GRADES = frozenset("high middle".split())  # of a school
# Behind a nation's name:
_HAMLETS = GRADES | frozenset("township creek grove heights springs valley borough elementary junction".split())
_SAYING = frozenset("said says told tells recalled recalls remembers smiled laughed laughs joked".split())
_FIRMS = frozenset(
    "inc corp ltd co plc llc ag sa nv group holdings bancorp corporation company limited partners industries enterprises "
    "gmbh bhd pty".split()
)

(BEFORE_PLACES, AFTER_PLACES, MONEY, STREET, FIRM, TITLE, GIVEN, HAMLET, SAYING, ADDRESS) = _LISTED = tuple(
    1 << bit for bit in range(10)
)
(UPPER, SMALL, LETTER, WORD, SHOUTED, TICKER, COMMA) = _WRITTEN = tuple(1 << bit for bit in range(10, 17))
_MOST_REMEMBERED = 60_000
_WORDS_OF_A_LETTER = frozenset("aeikosuvwyz")  # "in", "from", "and" in one language or another
_NO_SMALL = np.uint64(0x2020202020202020)  # what capitals have not


@cache
def _by_word() -> dict[str, int]:
    """What the words that are listed say."""
    said: dict[str, int] = {}
    lists = _PLACE_BEFORE, _PLACE_AFTER, _MONEY, _STREETS, _FIRMS, _TITLES, first_names(), _HAMLETS, _SAYING, _ADDRESSES
    for bit, words in zip(_LISTED, lists, strict=True):
        for word in words:
            said[word] = said.get(word, 0) | bit
    return said


class _Said(dict[str, int]):
    """What each word says, worked out when it is first met, and forgotten all at once when they grow too many.

    A letter is an initial: with a dot, or if it is none of `words`.
    """

    def __init__(self, words: frozenset[str]) -> None:
        self._words = words

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        folded, first = FOLDED[word], word[:1]
        initial = word[1:] in (".", INITIAL) or (len(word) == 1 and word.isascii() and folded not in self._words)
        written = (
            *(first.isupper(), first.islower(), first.isalpha(), first.isalnum()),
            *(len(word) > 1 and word.isupper() and not initial, word == "<", word == ","),
        )
        said = _by_word().get(folded, 0) | sum(compress(_WRITTEN, written))
        self[word] = said = said | TITLE if initial else said
        return said


_ENGLISH, _OTHERS = _Said(frozenset()), _Said(_WORDS_OF_A_LETTER)


def said_in(language: str) -> Mapping[str, int]:
    """What each word says, as bits, in a language (ISO 639-1)."""
    return _ENGLISH if language == "en" else _OTHERS


def say_all(words: SmallWords, as_written: SmallWords) -> Numbers:
    """As :func:`said_in`, of plain words of two letters or figures at the least."""
    table, listed = _listed()
    said = listed[table.find(words.hashes())]
    first = as_written.first & np.uint64(0xFF)
    letter = first >= np.uint64(ord("A"))
    upper = letter & (first <= np.uint64(ord("Z")))
    shouted = letter & ((as_written.first | as_written.second) & _NO_SMALL == 0)
    for bit, so in ((UPPER, upper), (SMALL, letter & ~upper), (LETTER, letter), (SHOUTED, shouted)):
        said |= so * np.int32(bit)
    return said | np.int32(WORD)


@cache
def _listed() -> tuple[HashTable, Numbers]:
    """The numbers of the words that are listed, from 1 on, and by number what they say."""
    said = {word: bits for word, bits in _by_word().items() if word.isascii() and word.isalnum()}
    table, pieces = HashTable(), Pieces(" ".join(said).encode())
    table.add(pieces.hashes(), np.arange(1, len(said) + 1, dtype=np.int32))
    return table, np.array([0, *said.values()], np.int32)
