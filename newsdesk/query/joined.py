"""The words of many texts at once, as the search index takes them: a space between two.

Most text is ASCII with a few common signs. Its words need not be made one by one: what is no letter or digit becomes a space,
in a pass over the bytes. It needs numpy, so it only pays where there are hundreds of texts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsdesk.query.words import LONGEST, PLAIN, split_words
from newsdesk.text import COMMON_SIGNS

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
    """An ASCII text in small letters, digits and spaces; null for any other."""
    if not text.isascii():
        for sign in COMMON_SIGNS:
            text = text.replace(sign, " ")
        if not text.isascii():
            return None
    return text.encode("ascii").translate(PLAIN)


def _fold_spaces(texts: Sequence[bytes]) -> list[str] | None:
    """Each with one space between two words; null where a word is too long."""
    data = np.frombuffer(_BETWEEN.join([b" %b " % text for text in texts]), np.uint8)
    spaces = np.flatnonzero(data == _SPACE)
    gaps = np.diff(spaces)
    if len(gaps) and int(gaps.max()) > LONGEST + 1:
        return None
    keep = np.ones(len(data), bool)
    keep[spaces[:-1][gaps == 1]] = False
    return [text.strip() for text in data[keep].tobytes().decode("ascii").split("\n")] if texts else []
