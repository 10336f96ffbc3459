"""How text becomes words, the same for the search index and for a query, so that both always agree.

Case, accents and widths don't count. Scripts that put no spaces between words (Chinese, Japanese, Thai and their like, and
Korean, whose words carry endings) are cut into overlapping pairs of characters, with the last character of a run alone at its
end: so any part of a run of two characters or more is found as consecutive pairs (method: character bigrams, as in Lucene's
CJKBigramFilter), and a single character as the start of a pair.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from newsdesk.text import COMMON_SIGNS

# Raise this when tokens change: the archive then fills its search index anew.
WORDS_VERSION = 3

LONGEST = 64
_SHORT = 500  # characters of a text that may be remembered
_UNSPACED = (
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u104f\u1780-\u17d3\U00020000-\U0003ffff"
)
# Vowel signs of the Indic scripts are marks, not letters, but belong to their words; the danda (\u0964, \u0965) does not.
_INDIC = "\u0900-\u0963\u0966-\u0dff"
# Letters that no accent comes off, and as what they are typed by who does not have them: Wałęsa is Walesa, cœur is coeur.
# What stories are known again by is made of the words of :func:`split_words`, which therefore leaves these letters as they are.
_TYPED = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
_UNTYPED = re.compile(f"[{''.join(_TYPED)}]")
# Of bytes, small letters and digits as they are, capitals as small letters, and all else is space.
PLAIN = bytes(byte if chr(byte).isalnum() else 32 for byte in range(128)).lower() + b" " * 128
_SPACED_WORD = re.compile(r"[^\W_]+")


@cache  # compiled when a text needs it: it takes as long as reading a page of stories
def _word() -> re.Pattern[str]:
    return re.compile(rf"([{_UNSPACED}]+)|((?:[^\W_{_UNSPACED}]|[{_INDIC}])+)")


@cache
def _apart() -> re.Pattern[str]:
    """What is not made of words of letters alone."""
    return re.compile(f"[{_UNSPACED}{_INDIC}]")


@cache
def _marks() -> re.Pattern[str]:
    """Accents, Hebrew points, Arabic vowel signs and the stroke that only stretches a word."""
    return re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")


def fold(text: str) -> str:
    """`text` with case, accents and widths evened out (NFKD, marks off, NFC, casefold)."""
    if text.isascii():
        return text.lower()
    bare = _marks().sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", bare).casefold()


def as_typed(folded: str) -> str:
    """Folded text as a search looks for it and the index has it: in letters that are on most keyboards."""
    return folded if folded.isascii() else _UNTYPED.sub(lambda found: _TYPED[found[0]], folded)


def loosely_folded(text: str) -> str:
    """`text` as something that holds each of its :func:`index_words`; between them, spaces and signs are as they may be."""
    if not text.isascii():
        for sign in COMMON_SIGNS:
            text = text.replace(sign, " ")
    return as_typed(fold(text))


def _pairs(run: str) -> Iterable[str]:
    return (run[at : at + 2] for at in range(len(run)))


def _cut(words: list[str]) -> list[str]:
    return words if max(map(len, words), default=0) <= LONGEST else [word[:LONGEST] for word in words]


def split_words(text: str) -> list[str]:
    """The tokens of `text`, in order."""
    if not text.isascii():
        for sign in COMMON_SIGNS:  # each parts words, as a space does
            text = text.replace(sign, " ")
    if not text.isascii():
        text = fold(text)
    if text.isascii():
        return _cut(text.encode("ascii").translate(PLAIN).decode("ascii").split())
    if not _apart().search(text):
        return _cut(_SPACED_WORD.findall(text))
    found: list[str] = []
    for run, word in _word().findall(text):
        if run:
            found.extend(_pairs(run))
        else:
            found.append(word[:LONGEST])
    return found


def index_words(text: str) -> list[str]:
    """The tokens of `text` as the index has them, in order."""
    tokens = split_words(text)
    return tokens if text.isascii() else as_typed(" ".join(tokens)).split()


@cache
def _marked_word() -> re.Pattern[str]:
    """A word as it is printed, with the accents that count for nothing."""
    return re.compile(rf"([{_UNSPACED}]+)|(?:[^\W_{_UNSPACED}]|[{_INDIC}]|{_marks().pattern})+")


def words_with_places(text: str) -> Iterator[tuple[int, int, str]]:
    """The :func:`index_words` of `text`, each with where it begins and ends."""
    for match in _marked_word().finditer(text):
        start, end = match.span()
        if match[1]:
            for at in range(start, end):
                yield at, min(at + 2, end), fold(text[at : min(at + 2, end)])
        else:
            for token in index_words(match[0]):
                yield start, end, token


def join_words(text: str) -> str:
    """The tokens of `text`, a space between two. A headline is asked for twice, the name of an outlet for all its stories."""
    return _join_short(text) if len(text) < _SHORT else " ".join(split_words(text))


@lru_cache(maxsize=64)
def _join_short(text: str) -> str:
    return " ".join(split_words(text))


def search_words(text: str) -> tuple[tuple[str, ...], bool]:
    """The tokens to look for to find `text`, and whether the last one has to be taken as the start of a token.

    The single character that ends a run is left out at the end, since the run may go on in the story.
    """
    tokens = index_words(text)
    if tokens and len(tokens[-1]) == 1 and re.match(f"[{_UNSPACED}]", tokens[-1]):
        if len(tokens) > 1 and len(tokens[-2]) == 2 and tokens[-2][1] == tokens[-1] and _word().match(tokens[-2])[1]:  # type: ignore[index]
            return tuple(tokens[:-1]), False
        return tuple(tokens), True
    return tuple(tokens), False


def holds(tokens: list[str], wanted: tuple[str, ...], prefix: bool) -> bool:
    """Whether `wanted` stands in `tokens` consecutively, the last of them as the start of a token if `prefix`."""
    *whole, last = wanted
    size = len(wanted)
    for at in range(len(tokens) - size + 1):
        end = tokens[at + size - 1]
        if (end.startswith(last) if prefix else end == last) and tokens[at : at + size - 1] == whole:
            return True
    return False
