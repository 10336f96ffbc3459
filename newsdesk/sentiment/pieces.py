"""Cutting a comment into the pieces of words that the encoder knows (WordPiece, as BERT's uncased models have it).

The vocabulary is a part of the original one: the pieces that comments use. A word that is not in it is cut into the longest
pieces that are, from the left; where even a single sign is unknown, the word is the piece for what is unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

PAD, UNKNOWN, BEGIN, END = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
# What is read of a comment: where it is longer, its beginning and its end.
TEXT_PIECES, HEAD_PIECES = 64, 42
_TEXT_CHARS, _TAIL_CHARS = 1500, 500
_LONGEST_WORD = 40
_MOST_KEPT = 50_000

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_LINK = re.compile(r"https?://\S+|www\.\S+")
# Accents, and signs that nobody sees.
_UNREAD = ("Mn", "Cf")


def words_of(text: str) -> list[str]:
    """The words and signs of `text` in small letters, without accents, links as the word for one."""
    if "http" in text or "www." in text:
        text = _LINK.sub(" link ", text)
    text = text.lower()
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFD", text) if unicodedata.category(sign) not in _UNREAD)
    return _WORD.findall(text)


@dataclass(frozen=True, slots=True)
class Pieces:
    """`number` of each piece; `known` keeps the numbers of words that were cut before."""

    number: dict[str, int]
    known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Pieces:
        """From a file with a piece a line."""
        return cls({piece: at for at, piece in enumerate(path.read_text("utf-8").rstrip("\n").split("\n"))})

    def cut(self, text: str) -> list[int]:
        """The numbers of the pieces of `text`."""
        found: list[int] = []
        known = self.known
        for word in words_of(text):
            numbers = known.get(word)
            if numbers is None:
                numbers = self.cut_word(word)
                if len(known) < _MOST_KEPT:
                    known[word] = numbers
            found += numbers
        return found

    def cut_word(self, word: str) -> tuple[int, ...]:
        """The numbers of the pieces of one of :func:`words_of`."""
        whole = self.number.get(word)
        if whole is not None:
            return (whole,)
        unknown = (self.number[UNKNOWN],)
        if len(word) > _LONGEST_WORD:
            return unknown
        numbers = []
        begin = 0
        while begin < len(word):
            lead = "##" if begin else ""
            end = next((end for end in range(len(word), begin, -1) if lead + word[begin:end] in self.number), 0)
            if not end:
                return unknown
            numbers.append(self.number[lead + word[begin:end]])
            begin = end
        return tuple(numbers)

    def look(self, text: str) -> list[int]:
        """What the encoder reads: the comment's pieces between the signs that begin and end it."""
        if len(text) > _TEXT_CHARS + _TAIL_CHARS:
            text = f"{text[:_TEXT_CHARS]} {text[-_TAIL_CHARS:]}"
        own = self.cut(text)
        if len(own) > TEXT_PIECES:
            own = own[:HEAD_PIECES] + own[HEAD_PIECES - TEXT_PIECES :]
        return [self.number[BEGIN], *own, self.number[END]]


def in_rows(looks: Sequence[list[int]]) -> tuple[list[list[int]], list[list[int]]]:
    """Rows of like length: the numbers, and 1 where there is one."""
    width = max(map(len, looks))
    gaps = [width - len(numbers) for numbers in looks]
    numbers = [own + [0] * gap for own, gap in zip(looks, gaps, strict=True)]
    return numbers, [[1] * len(own) + [0] * gap for own, gap in zip(looks, gaps, strict=True)]
