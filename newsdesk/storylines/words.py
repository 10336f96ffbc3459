"""Words as the clusterer sees them: one term for all forms of a word, how rare it is in the news, and of what kind.

How rare: from the background table (`newsdesk/data/storylines/background.txt`, made by `training/storylines`), not from the
stories at hand, so that the weight of a word does not change while an archive grows. A word that the table does not have is
rare. Function words of other languages than English are listed in `function_words.txt`, as the table is English; some of them
it has, in another sense or as parts of names (die, war, la, les), so those count for nothing in a text of their language alone.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

NAME, NUMBER, WORD = 0, 1, 2
NO_NAME, MAYBE, SURELY = 0, 1, 2  # is a term a name? It may be where the background table does not say

# Vowel signs and accents are marks to Unicode, not letters, but belong to their words: accents that no letter comes with, and
# the marks of the scripts from Devanagari to Khmer. What points Hebrew and Arabic is printed or left out as one likes.
_MARKS = "".join(
    chr(code) for code in (*range(0x300, 0x370), *range(0x900, 0x1800)) if unicodedata.category(chr(code)).startswith("M")
)
_POINTS = re.compile("[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670]+")
# A number with its separators, or a word with its inner apostrophes. Both alternatives are linear in the text.
_TOKEN = re.compile(rf"\d+(?:[.,٫٬]\d+)*|[^\W\d_](?:[^\W_]|[{_MARKS}])*(?:[’'](?:[^\W_]|[{_MARKS}])+)*")
_SIGN = re.compile(f".[{_MARKS}]*")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+")
# Scripts without spaces between words: Han, kana, Thai, Lao, Burmese, Khmer. Their runs are cut into pairs of characters.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]{3,}")
_PARTICLE_KANA = re.compile("[\u3041-\u309f]{2}")

_LONGEST = 40
_MEMO_LIMIT = 400_000
_OFFSET = 1.5  # idf that is worth nothing: a word in every fourth or fifth text
_DAMP = 0.7
_NAME_SHARE = 0.3
_SURE_SHARE = 0.7
_EVERYWHERE = 4.0  # idf of a word that tells a reader nothing, unless it is part of names: "New", "US"
# Have a capital and name nobody.
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday"
    " january february march april june july august september october november december".split()
)
FIGURES_OF_YEARS, IDF_OF_YEARS = 4, 5.0
UNTOLD = 1 << 62  # bit of texts whose language is not known: what the background table does not have is a function word there
FEWEST = 2  # characters of a term that means anything
LONGEST_AS_IT_IS = 3  # characters of a word whose last one may be an s and no plural


class Word(NamedTuple):
    """A resolved token: the term it counts for, its weight (damped idf, > 0), its kind, and the token itself in lower case."""

    term: str
    weight: float
    kind: int
    lower: str


Table = dict[str, tuple[float, float | None]]


def read_background(text: str) -> tuple[Table, float]:
    """word -> (idf, share of capitalised uses inside sentences or None if unknown); and the idf of a word never seen."""
    table: Table = {}
    unseen = 10.0
    for line in text.splitlines():
        if line.startswith("#") or not line:
            continue
        head, _, found = line.partition(" ")
        idf, _, share = head.partition("/")
        if not found:
            unseen = float(idf)
            continue
        value = (float(idf), None if share == "?" else int(share) / 10)
        table.update((word, value) for word in found.split(" "))
    return table, unseen


_loaded: list[tuple[Table, float]] = []


def background() -> tuple[Table, float]:
    """The table in use, and the idf of a word that it does not have."""
    if not _loaded:
        load_background(resources.files("newsdesk").joinpath("data", "storylines", "background.txt"))
    return _loaded[0]


def load_background(path: Traversable | Path) -> None:
    """Use this table in place of the shipped one; for training, which measures with words of other sets."""
    _loaded[:] = [read_background(path.read_text("utf-8"))]
    memo.clear()


@cache
def function_words() -> dict[str, int]:
    """By function word the bits of the languages that have it, see :func:`bit_of`."""
    found: dict[str, int] = {}
    for bit, (_, *words) in _listed().items():
        for word in words:
            found[word] = found.get(word, 0) | bit
    return found


def bit_of(language: str | None) -> int:
    """The bit of a language, `UNTOLD` for None; 0 for one whose function words are not listed."""
    return UNTOLD if language is None else _bits().get(language, 0)


@cache
def _bits() -> dict[str, int]:
    return {language: bit for bit, (languages, *_) in _listed().items() for language in languages.split(",")}


@cache
def _listed() -> dict[int, list[str]]:
    """The lines by the bit of their languages, which are named first."""
    text = resources.files("newsdesk").joinpath("data", "storylines", "function_words.txt").read_text("utf-8")
    lines = (line.split(" ") for line in text.splitlines() if not line.startswith("#"))
    return {1 << at: line for at, line in enumerate(lines)}


def stem(word: str) -> str:
    """The term of a lower-case word: possessive and plural endings off (Harman's S-stemmer, 1991), apostrophes out."""
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    return _singular(word.replace("'", "").replace("’", ""))


def _singular(word: str) -> str:
    if len(word) > LONGEST_AS_IT_IS and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-3] + "y" if word.endswith("ies") and len(word) > LONGEST_AS_IT_IS + 1 else word[:-1]
    return word


def number(token: str) -> str:
    """A number in Western digits without thousands separators: ``3,000``, ``3.000`` and ``३०००`` are all ``3000``."""
    if token.isascii() and token.isdecimal():
        return token.lstrip("0") or "0"
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else "." if c in ".٫" else "," for c in token)
    if _THOUSANDS.fullmatch(plain):
        return plain.replace(".", "").replace(",", "").lstrip("0") or "0"
    return plain.replace(",", ".").lstrip("0") or "0"


def _number_idf(term: str) -> float:
    """Rarity of a number not in the table: short and round ones say little, years something, long ones much."""
    if len(term) == FIGURES_OF_YEARS and term[:2] in ("19", "20"):
        return IDF_OF_YEARS
    return idf_of_figures(len(term.replace(".", "").rstrip("0")))


def idf_of_figures(count: int) -> float:
    """Rarity of a number that has so many figures before the zeros that it ends with."""
    return min(2.5 + 2.0 * count, 9.0)


@lru_cache(maxsize=4096)  # most words share the idf of those never seen
def weigh(idf: float) -> float:
    """What a word of this rarity weighs; 0 for one that is everywhere."""
    return float(max(idf - _OFFSET, 0.0) ** _DAMP)


def is_named(share: float | None) -> bool:
    """Whether a word with a capital is a name, by how often it has one inside sentences."""
    return share is None or share >= _NAME_SHARE


def names_of(table: Table) -> list[int]:
    """Of the words of a background table, in their order, whether they name somebody or something wherever they stand."""
    nobody = function_words().keys() | _DAYS
    return [
        NO_NAME if word in nobody else MAYBE if share is None else SURELY if share >= _SURE_SHARE else NO_NAME
        for word, (_, share) in table.items()
    ]


def tells_nothing(term: str) -> bool:
    """Whether a term is everywhere in the news, and no name: no reason that a reader could use."""
    idf, share = background()[0].get(term, (math.inf, None))
    return idf <= _EVERYWHERE and not is_named(share)


def resolve_anew(token: str) -> Word | None:
    """What a token counts for; None for what is too short to mean anything."""
    token = token[:_LONGEST]
    table, _ = background()
    if token[0].isdecimal():
        term = number(token)
        if len(term) < FEWEST:  # a day, a count, a list number: they meet everywhere
            return None
        known = table.get(term)
        weight = weigh(min(known[0], _number_idf(term)) if known else _number_idf(term))
        return Word(term, weight, NUMBER, term) if weight else None
    lower = token.lower()
    return _resolve(token, lower, stem(lower))


def resolve_letters(token: str) -> Word | None:
    """As :func:`resolve_anew`, of a token of letters alone."""
    token = token[:_LONGEST]
    lower = token.lower()
    return _resolve(token, lower, _singular(lower) if lower[-1] == "s" else lower)


def _resolve(token: str, lower: str, term: str) -> Word | None:
    table, unseen = background()
    if len(term) < FEWEST:
        return None
    found = table.get(term)
    idf, share = found if found else (unseen, None)
    weight = weigh(idf)
    if not weight:
        return None
    kind = NAME if token[0].isupper() and is_named(share) else WORD
    return Word(term, weight, kind, lower)


memo: dict[str, Word | None] = {}


def resolve(token: str) -> Word | None:
    """As :func:`resolve_anew`, remembered; None for function words, too: those of all languages, as far as no English word is
    spelt so."""
    try:
        return memo[token]
    except KeyError:
        if len(memo) > _MEMO_LIMIT:
            memo.clear()
        word = resolve_anew(token)
        if word is not None and word.lower in function_words() and word.lower not in background()[0]:
            word = None
        memo[token] = word
        return word


def _cut(run: str) -> Iterator[str]:
    """Character pairs of a run without spaces; katakana words, mostly foreign names, whole."""
    start = 0
    for found in _KATAKANA.finditer(run):
        yield from _pairs(run[start : found.start()])
        yield found[0]
        start = found.end()
    yield from _pairs(run[start:])


def _pairs(run: str) -> Iterator[str]:
    for one, other in pairwise(_SIGN.findall(run)):
        pair = one + other
        if not _PARTICLE_KANA.fullmatch(pair):
            yield pair


def is_spaced(text: str) -> bool:
    """Whether all of a text is in scripts that put spaces between words."""
    return text.isascii() or not _UNSPACED.search(text)


def tokens(text: str) -> list[str]:
    """The tokens of `text` in order. Linear in its length."""
    found: list[str] = _TOKEN.findall(text if text.isascii() else _POINTS.sub("", text))
    if is_spaced(text):
        return found
    out: list[str] = []
    for token in found:
        if not _UNSPACED.search(token):
            out.append(token)
            continue
        start = 0
        for run in _UNSPACED.finditer(token):
            if run.start() > start:
                out.append(token[start : run.start()])
            out.extend(_cut(run[0]))
            start = run.end()
        if start < len(token):
            out.append(token[start:])
    return out


def idf_of(documents: int, seen_in: int) -> float:
    """Inverse document frequency, natural logarithm, as the background table has it."""
    return math.log((documents + 1) / (seen_in + 0.5))
