"""Of most words of a text it is plain that no name begins with them: a filter by hashes says so of many at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from newsdesk.countries.gazetteer import heads_of_language, openings_of_language, openings_of_script
from newsdesk.words.packed import SmallWords
from newsdesk.words.stretches import Pieces

_LEFT_OUT = np.uint64(44)  # bits of a hash: what is left is a place in the filter, a million of them
_BITS_OF_SECONDS = 17
_HEAD = np.uint64(0xFFFFFF)  # three letters


class Openings:
    """Of the names that a language has, in its script."""

    def __init__(self, language: str, script: str, seconds: Iterable[str]) -> None:
        """`seconds`: words that are the second ones of names."""
        self._known = known_in(script)
        if language != "en":  # whose names are in every script's
            self._known = self._known.copy()
            _note(self._known, (openings_of_language(language),))
        heads = [head.encode() for head in heads_of_language(language) if head.isascii()]
        self._heads = np.array([int.from_bytes(head, "little") for head in heads], np.uint64)

        self._seconds = np.zeros(1 << _BITS_OF_SECONDS, np.bool_)
        self._seconds[Pieces(" ".join(seconds).encode()).hashes() >> np.uint64(64 - _BITS_OF_SECONDS)] = True

    def may_follow(self, words: SmallWords) -> npt.NDArray[np.bool_]:
        """Which of words may be the second of a name, likewise."""
        found: npt.NDArray[np.bool_] = self._seconds[words.hashes() >> np.uint64(64 - _BITS_OF_SECONDS)]
        return found

    def may_begin(self, words: SmallWords) -> npt.NDArray[np.bool_]:
        """Which of words may begin a name, each in small letters; of some that don't it is not known."""
        found: npt.NDArray[np.bool_] = self._known[words.hashes() >> _LEFT_OUT]
        if len(self._heads):
            found |= np.isin(words.first & _HEAD, self._heads)
        return found


@lru_cache(maxsize=16)
def known_in(script: str) -> npt.NDArray[np.bool_]:
    found = np.zeros(1 << 64 - int(_LEFT_OUT), np.bool_)
    _note(found, openings_of_script(script))
    return found


def _note(known: npt.NDArray[np.bool_], openings: Iterable[str]) -> None:
    """Put into a filter what stands on lines of one word each; one of several finds no word."""
    for lines in openings:
        bare = lines.replace(" ", "_").replace("\n=", "\n").removeprefix("=").lower()
        known[Pieces(bare.encode()).hashes() >> _LEFT_OUT] = True
