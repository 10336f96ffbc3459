"""The gazetteer as it is kept and looked up. Made by ``python -m training.countries.build``; sources in data/countries/README.md.

The file is one line of JSON (section -> offset, length) and zlib-packed sections. A section is a language (``de``) or the
world in a script (``+latn``), unpacked when a story first needs it. Each holds terms by what they stand for, as in
``tGB4,tUS3 <TAB> lancaster``: a kind, a country and, for towns, their size as a digit.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from newsdesk.countries.words import fold_term

SCRIPTS = {
    "ru": "cyrl", "uk": "cyrl", "bg": "cyrl", "be": "cyrl", "sr": "cyrl", "mk": "cyrl", "kk": "cyrl", "ky": "cyrl", "mn": "cyrl", "tg": "cyrl",
    "ar": "arab", "fa": "arab", "ur": "arab", "ps": "arab", "ckb": "arab", "sd": "arab", "he": "hebr", "yi": "hebr", "el": "grek",
    "hi": "deva", "mr": "deva", "ne": "deva", "bn": "beng", "as": "beng", "ta": "indi", "te": "indi", "kn": "indi", "ml": "indi", "gu": "indi",
    "pa": "indi", "or": "indi", "si": "indi", "th": "thai", "lo": "thai", "my": "thai", "km": "thai", "ja": "hani", "zh": "hani", "ko": "hang",
    "ka": "geor", "hy": "armn", "am": "ethi", "ti": "ethi",
}  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class Section:
    """Terms, folded, of one language or script. `proper` must stand with a capital, `lower` need not, `stems` begin a word.

    `starts` are the first words of terms of several words, with the number of words of the longest.
    """

    proper: Mapping[str, str]
    lower: Mapping[str, str]
    stems: Mapping[str, str]
    starts: Mapping[str, int]


_EMPTY = Section({}, {}, {}, {})


def _terms(block: str) -> dict[str, str]:
    terms: dict[str, str] = {}
    for line in block.split("\n"):
        value, *keys = line.split("\t")
        terms.update(dict.fromkeys(keys, value))
    return terms


@lru_cache(maxsize=1)
def _file() -> tuple[dict[str, list[int]], bytes]:
    data = resources.files("newsdesk").joinpath("data", "countries", "gazetteer.bin").read_bytes()
    end = data.index(b"\n")
    return json.loads(data[:end]), data[end + 1 :]


def _text(name: str) -> str | None:
    index, data = _file()
    if name not in index:
        return None
    offset, length = index[name]
    return zlib.decompress(data[offset : offset + length]).decode()


@lru_cache(maxsize=256)
def section(name: str) -> Section:
    """A language's or a script's terms; an empty section for one that the gazetteer has not."""
    text = _text(name)
    if text is None:
        return _EMPTY
    proper, lower, stems, starts = text.split("\f")
    first = {word: int(length) for length, words in _terms_by_length(starts) for word in words}
    return Section(_terms(proper), _terms(lower), _terms(stems), first)


def _terms_by_length(block: str) -> Iterable[tuple[str, list[str]]]:
    for line in block.split("\n"):
        if line:
            length, *words = line.split("\t")
            yield length, words


@lru_cache(maxsize=1)
def country_names() -> Mapping[str, str]:
    """English names by ISO 3166-1 alpha-2 code."""
    return dict(line.split("\t") for line in (_text("names") or "").split("\n"))


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Common first names, in lower case."""
    return frozenset((_text("people") or "").split("\n"))


class Lexicon:
    """All that one language needs: its own terms, the English ones and the world's towns and regions in its script."""

    __slots__ = ("_lower", "_proper", "_starts", "_stems", "openers", "stem_heads", "unspaced")

    def __init__(self, language: str) -> None:
        own, english = section(language), section("en")
        script = SCRIPTS.get(language, "latn")
        world = section("+" + script)
        parts = (own, world) if language == "en" else (own, english, world)
        self._proper = tuple(part.proper for part in parts)
        self._lower = own.lower
        self._stems = own.stems
        self._starts = tuple(part.starts for part in parts)
        self.openers = frozenset().union(*self._proper, own.lower, *self._starts)
        self.stem_heads = frozenset(stem[:3] for stem in own.stems)
        self.unspaced = _by_pair((own, world)) if script in {"hani", "thai"} else {}

    def longest(self, word: str) -> int:
        """The most words that a term beginning with `word` has."""
        return max(starts.get(word, 1) for starts in self._starts)

    def proper(self, key: str) -> str | None:
        """What `key`, written with a capital or in a script without them, stands for."""
        for terms in self._proper:
            value = terms.get(key)
            if value is not None:
                return value
        return None

    def lower(self, key: str) -> str | None:
        return self._lower.get(key)

    def stem(self, word: str) -> str | None:
        """The value of the longest stem that `word` begins with."""
        for length in range(min(len(word), 18), 2, -1):
            value = self._stems.get(word[:length])
            if value is not None:
                return value
        return None


def _by_pair(parts: Iterable[Section]) -> dict[str, tuple[tuple[int, dict[str, str]], ...]]:
    """For scripts without spaces: terms by their first two characters, then by length, longest first."""
    found: dict[str, dict[int, dict[str, str]]] = {}
    for part in reversed(list(parts)):
        for key, value in part.proper.items():
            if len(key) >= 2 and key[0] > "\u0dff":
                found.setdefault(key[:2], {}).setdefault(len(key), {})[key] = value
    return {pair: tuple(sorted(lengths.items(), reverse=True)) for pair, lengths in found.items()}


@lru_cache(maxsize=12)
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language, made at first use and kept. Languages without terms of their own fall back on English ones."""
    return Lexicon(language)


def find_name(text: str) -> str | None:
    """The country that a name, demonym, capital or code stands for in any language, or null. For what a person types."""
    text = text.strip()
    if len(text) == 2 and text.upper() in country_names():
        return text.upper()
    key, exact = fold_term(text), "=" + text.upper().replace(".", "")
    index, _ = _file()
    names = ["en", *sorted(name for name in index if name[0] != "+" and name not in {"en", "names", "people"})]
    for name in names:
        part = section(name)
        for value in (part.proper.get(exact), part.proper.get(key), part.lower.get(key), part.proper.get(text)):
            found = senses(value) if value else ()
            if len(found) == 1 and found[0].kind in "nacd" or (found and found[0].kind == "n"):
                return found[0].code
    return None
