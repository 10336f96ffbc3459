"""The gazetteer as it is kept and looked up. ``python -m training.countries.build`` makes it;
sources: data/countries/README.md.

The file is one line of JSON (section -> offset, length) and zlib-packed sections. A section is a language (``de``) or the
world in a script (``+latn``), unpacked when a story first needs it. Each holds terms by what they stand for, as in
``tGB4,tUS3 <TAB> lancaster``: a kind, a country and, for towns, their size as a digit; for turns of phrase how well they tell.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import chain
from typing import IO, NamedTuple

from newsdesk.countries.inflection import base_form
from newsdesk.countries.terms import Found, Seconds, Terms, by_first, seconds_of
from newsdesk.countries.words import fold, fold_term

_WRITTEN_IN = {
    "cyrl": "ru uk bg be sr mk kk ky mn tg",
    "arab": "ar fa ur ps ckb sd",
    "hebr": "he yi",
    "grek": "el",
    "deva": "hi mr ne",
    "beng": "bn as",
    "indi": "ta te kn ml gu pa or si",
    "thai": "th lo my km",
    "hani": "ja zh",
    "hang": "ko",
    "geor": "ka",
    "armn": "hy",
    "ethi": "am ti",
}
# Language -> the table of towns that it reads; Latin for all that are not named.
SCRIPTS = {language: script for script, languages in _WRITTEN_IN.items() for language in languages.split()}


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a term may stand for: its kind, country and, for towns, size from 0 (5,000 people) to 9 (10 million)."""

    kind: str
    code: str
    size: int


@lru_cache(maxsize=1 << 14)
def senses(value: str) -> tuple[Sense, ...]:
    """What a term stands for. ``tGB4,tUS3`` -> two towns."""
    return tuple(Sense(part[0], part[1:3], int(part[3:] or 0)) for part in value.split(","))


_GREAT = 5  # the size of a town that is believed by its name, whatever family bears it


class Meanings(NamedTuple):
    """What a term may stand for, and what that says at once. `kind`: of the only sense; "t" where there are several. `minor`:
    nothing but towns; `local`: nothing but towns and regions; `small`: is one of them a small town, and none a great one?"""

    senses: tuple[Sense, ...]
    kind: str
    minor: bool
    local: bool
    small: bool


@lru_cache(maxsize=1 << 14)
def meanings(value: str) -> Meanings:
    """As :func:`senses`, with what the reader asks of them."""
    found = senses(value)
    kinds = {sense.kind for sense in found}
    return Meanings(
        found,
        found[0].kind if len(found) == 1 else "t",
        kinds <= {"t", "s"},
        kinds <= {"t", "s", "r"},
        "s" in kinds and not any(sense.kind == "t" and sense.size >= _GREAT for sense in found),
    )


class Lone(NamedTuple):
    """A word that is a term by itself, if no longer one begins with it: looked up by `key`."""

    key: str
    term: Meanings


NOT_LONE = Lone("", Meanings((), "", minor=False, local=False, small=False))


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """Terms, folded, of one language or script. `proper` must stand with a capital, `lower` need not, `stems` begin a word.

    `starts` are the first words of terms of several words, as :func:`newsdesk.countries.terms.by_first` has them. Of a script,
    which has tens of thousands, both are packed.
    """

    proper: Mapping[str, str]
    lower: Mapping[str, str]
    stems: Mapping[str, str]
    starts: Mapping[str, str]


_EMPTY = Section({}, {}, {}, {})


def _rows(block: str) -> Iterator[tuple[str, list[str]]]:
    """What terms stand for, and the terms that do."""
    for line in filter(None, block.split("\n")):
        value, *keys = line.split("\t")
        yield value, keys


def _terms(block: str) -> dict[str, str]:
    return {key: value for value, keys in _rows(block) for key in keys}


def _open() -> IO[bytes]:
    return resources.files("newsdesk").joinpath("data", "countries", "gazetteer.bin").open("rb")


def _read_index(file: IO[bytes]) -> tuple[dict[str, list[int]], int]:
    """Where the sections are in the file, and where the first one begins."""
    line = file.readline()
    return json.loads(line), len(line)


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """Names of the sections."""
    with _open() as file:
        return frozenset(_read_index(file)[0])


def _text(name: str) -> str | None:
    with _open() as file:
        index, start = _read_index(file)  # each time: newsdesk may be updated while the dashboard is open
        if name not in index:
            return None
        offset, length = index[name]
        file.seek(start + offset)
        return zlib.decompress(file.read(length)).decode()


@lru_cache(maxsize=512)
def section(name: str) -> Section:
    """A language's or a script's terms; an empty section for one that the gazetteer has not."""
    text = _text(name)
    if text is None:
        return _EMPTY
    proper, lower, stems, starts = text.split("\f")
    firsts = by_first(_rows(starts))
    if name[0] != "+":
        return Section(_terms(proper), _terms(lower), _terms(stems), firsts)
    packed = Terms((value, (first,)) for first, value in firsts.items())
    return Section(Terms(_rows(proper)), _terms(lower), _terms(stems), packed)


@lru_cache(maxsize=1)
def country_names() -> Mapping[str, str]:
    """English names by ISO 3166-1 alpha-2 code."""
    return dict(line.split("\t") for line in (_text("names") or "").split("\n"))


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Common first names, in lower case."""
    return frozenset((_text("people") or "").split("\n"))


class Lexicon:
    """All that one language needs: its own terms, the English ones and the world's towns and regions in its script.

    `openers` says of a word, as written, what it is looked up by: its folded or base form, with a space before it if terms of
    several words alone begin so, or "" where none does; `exact` what it is as an abbreviation, or "". `proper` holds terms that
    need a capital, `lower` those that don't. `longest`: first word of terms of several words -> second word -> number of words
    of the longest; with a space before it, likewise. `seconds`: those second words. Of several that have a term the language's
    own comes before the English ones, and these before the world's.
    """

    __slots__ = (
        "_lone",
        "_stems",
        "exact",
        "language",
        "longest",
        "lower",
        "openers",
        "proper",
        "script",
        "seconds",
        "unspaced",
    )

    def __init__(self, language: str) -> None:
        own = section(language)
        self.language, self.script = language, SCRIPTS.get(language, "latn")
        parts = list(dict.fromkeys((own, section("en"), section("+" + self.script))))
        self.proper = Found([part.proper for part in parts], _REMEMBERED)
        self.longest = Seconds([part.starts for part in parts], _REMEMBERED)
        self.seconds = frozenset(chain.from_iterable(seconds_of(part.starts) for part in parts))
        self.lower = own.lower
        self._stems = own.stems
        self.openers = _Openers(self, own)
        self.exact = _Exact(self)
        self._lone: dict[str, Lone] = {}
        self.unspaced = _by_pair((section("+" + self.script), own)) if self.script in {"hani", "thai"} else {}

    def alone(self, word: str, key: str) -> Lone:
        """What a word as written, looked up by `key`, is by itself; `NOT_LONE` where more has to be looked at."""
        known = self._lone.get(word)
        if known is not None:
            return known
        if len(self._lone) >= _REMEMBERED:
            self._lone.clear()
        value = None if word[0].islower() or self.exact[word] else self.proper[key]
        found = self._lone[word] = NOT_LONE if value is None or value[0] == "x" else Lone(key, meanings(value))
        return found

    def stem(self, word: str) -> str | None:
        """The value of the longest stem that `word` begins with; None where that is of words that say nothing of a country."""
        return _stem(self._stems, word) if self._stems else None


def _stem(stems: Mapping[str, str], word: str) -> str | None:
    for length in range(min(len(word), 18), 2, -1):
        value = stems.get(word[:length])
        if value is not None:
            return None if value[0] == "x" else value
    return None


def openings_of_script(script: str) -> Iterator[str]:
    """All that a word is looked up by in every language of a script, and in English: a line each, some thousands at a time."""
    world = section("+" + script)
    parts = [part.lines() for part in (world.proper, world.starts) if isinstance(part, Terms)]
    return chain(*parts, (openings_of_language("en"),))


def openings_of_language(language: str) -> str:
    """As :func:`openings_of_script`, in a language alone, but for stems."""
    own = section(language)
    return "\n".join(chain(own.proper, own.lower, own.starts, *(key.split(" ")[:1] for key in own.lower)))


def heads_of_language(language: str) -> frozenset[str]:
    """The first letters, three of each, of words that are looked up by stems in a language."""
    return frozenset(stem[:3] for stem in section(language).stems)


class _Openers(dict[str, str]):
    """Word as written -> what to look it up by, remembered for the words seen and forgotten all at once."""

    def __init__(self, lexicon: Lexicon, own: Section) -> None:
        # Not the lexicon itself, which holds this: what goes round in a ring is not let go of at once.
        self._proper, self._lower, self._first = lexicon.proper, lexicon.lower, lexicon.longest
        self._stems, self._language = own.stems, lexicon.language
        self._first_small = frozenset(key.split(" ")[0] for key in own.lower)
        self._own = own.proper
        self._heads = heads_of_language(lexicon.language)

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        key = self[word] = self.key_of(word)
        return key

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and (self._proper.has(key) or self._first.has(key))

    def key_of(self, word: str) -> str:
        """As looked up, but not remembered."""
        if not word[0].isalnum():
            return ""
        if word.islower() and word.isascii() and word[:3] not in self._heads and "." not in word:  # most words
            return word if word in self._lower else " " + word if word in self._first_small else ""
        key, capital = fold(word), not word[0].islower()
        if self._language == "vi" and not word.isascii() and key not in self._own:
            return " " + key if capital and self._first.has(key) else ""  # a syllable with its tone is no town of the world
        if key in self._lower or (capital and self._proper.has(key)) or (key[:3] in self._heads and _stem(self._stems, key)):
            return key
        if capital and self._proper.has("=" + word.replace(".", "")):
            return key
        if self._first.has(key) if capital else key in self._first_small:
            return " " + key
        return (base_form(key, self._language, self) or "") if capital and len(word) < 60 else ""


class _Exact(dict[str, str]):
    """Word as written -> what it is as an abbreviation, dots or none, or "": remembered likewise."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._proper = lexicon.proper

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        value = self[word] = self._proper.find("=" + word.replace(".", "")) or ""
        return value


_REMEMBERED = 40_000


def _by_pair(parts: Iterable[Section]) -> dict[str, tuple[tuple[int, dict[str, str]], ...]]:
    """For scripts without spaces: terms by their first two characters, then by length, longest first."""
    found: dict[str, dict[int, dict[str, str]]] = {}
    for part in parts:
        for key, value in part.proper.items():
            if len(key) >= 2 and key[0] > "\u0dff":
                found.setdefault(key[:2], {}).setdefault(len(key), {})[key] = value
    return {pair: tuple(sorted(lengths.items(), reverse=True)) for pair, lengths in found.items()}


@lru_cache(maxsize=16)
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language, made at first use and kept. Languages without terms of their own fall back on English ones."""
    return Lexicon(language)


def find_name(text: str) -> str | None:
    """The country that a name, demonym, capital or code stands for in any language, or None. For what a person types."""
    text = text.strip()
    if len(text) == 2 and text.upper() in country_names():
        return text.upper()
    key, exact = fold_term(text), "=" + text.upper().replace(".", "")
    names = ["en", *sorted(name for name in _names() if name[0] != "+" and name not in {"en", "names", "people"})]
    for name in names:
        part = section(name)
        for value in (part.proper.get(exact), part.proper.get(key), part.lower.get(key), part.proper.get(text)):
            found = senses(value) if value else ()
            if (len(found) == 1 and found[0].kind in "nacd") or (found and found[0].kind == "n"):
                return found[0].code
    return None


def is_place(name: str) -> bool:
    """True for the name of a town, region or capital, in its own script. The world's towns are read at first use."""
    script = next((script for script, (first, last) in _LETTERS.items() if first <= name[:1].lower() <= last), "latn")
    return f"+{script}" in _names() and fold_term(name) in section(f"+{script}").proper


_LETTERS = {
    "cyrl": ("\u0400", "\u04ff"),
    "grek": ("\u0370", "\u03ff"),
    "arab": ("\u0600", "\u06ff"),
    "hebr": ("\u0590", "\u05ff"),
}
