"""The words of many texts at once, as the search index takes them: a space between two.

Most text is ASCII with a few common signs. Its words need not be made one by one: what is no letter or digit becomes a space,
in a pass over the bytes. It needs numpy, so it only pays where there are hundreds of texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from newsdesk.query.words import LONGEST, PLAIN, fold, split_words
from newsdesk.text import COMMON_SIGNS

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_SPACE, _BETWEEN = 32, b"\n"


def join_all(texts: Sequence[str]) -> list[str]:
    """``" ".join(split_words(text))`` of each."""
    plain = [_plain(text) for text in texts]
    joined = _fold_spaces([one for one in plain if one is not None])
    if joined is None:  # a word that is to be cut
        return [" ".join(split_words(text)) for text in texts]
    rest = iter(joined)
    return [next(rest) if one is not None else " ".join(split_words(text)) for text, one in zip(texts, plain, strict=True)]


def _plain(text: str) -> bytes | None:
    """A text in small ASCII letters, digits and spaces; None for one that is not when accents and common signs are off."""
    if not text.isascii():
        for sign in COMMON_SIGNS:
            text = text.replace(sign, " ")
    if not text.isascii():
        text = _FOREIGN.sub(lambda found: _folded(found[0]), text)
        if not text.isascii():
            return None
    return text.encode("ascii").translate(PLAIN)


@lru_cache(maxsize=1 << 12)
def _folded(run: str) -> str:
    """A run of other than ASCII characters as a text has it when it is folded: nothing beside it changes that."""
    return fold(run)


def _fold_spaces(texts: Sequence[bytes]) -> list[str] | None:
    """Each with one space between two words; None where a word is too long."""
    data = np.frombuffer(_BETWEEN.join([b" %b " % text for text in texts]), np.uint8)
    spaces = np.flatnonzero(data == _SPACE)
    gaps = np.diff(spaces)
    if len(gaps) and int(gaps.max()) > LONGEST + 1:
        return None
    keep = np.ones(len(data), bool)
    keep[spaces[:-1][gaps == 1]] = False
    return [text.strip() for text in data[keep].tobytes().decode("ascii").split("\n")] if texts else []
