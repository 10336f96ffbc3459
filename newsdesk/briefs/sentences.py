"""A text's sentences. Rules rather than a model: news copy is edited, and what must not be cut is a short list.

Method: a full stop, question or exclamation mark (also in full width), with the quotes and brackets that close after it, ends
a sentence where white space and something that can begin one follow, unless the word before it is an abbreviation, an initial
or a number that counts. Chinese and Japanese marks end one without white space. Linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLOSERS = "\"'”’»)\\]」』）"
# Possessive, and begun only where no mark stands before: a line of a million full stops is looked at once.
_END = re.compile(rf"(?<![.!?…])[.!?…]++[{_CLOSERS}]*+(?=\s)|[。！？]++[{_CLOSERS}]*+")
_BEGINS = re.compile(r"""\s*(?:["'“‘«„(\[¿¡「『（—–-]\s?)*[^\W_a-zà-öø-ÿ]""")
_LAST_WORD = re.compile(r"[^\s(\[“\"«]*$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_LONGEST_WORD = 24
_ORDINAL_DAY = re.compile(r"\b(?:am|vom|zum|bis|den|dem|der|des|seit|ab)\s\d{1,2}$", re.IGNORECASE)  # "am 3. Mai"

# Abbreviations that stand before a capital or a number: titles, ranks, months, places, and the like of other languages.
_SHORT = frozenset(
    "mr mrs ms dr prof rev hon gov gen col lt sgt capt cmdr maj adm sen rep pres st jr sr vs no nos fig art vol pp approx est"
    " jan feb mar apr jun jul aug sep sept oct nov dec corp co inc ltd dept univ al ft mt cf etc"
    " sra srta dra mme mlle nr bzw ca geb str evtl ing mag hr fr tel av bd".split()
)


def split_sentences(text: str) -> list[str]:
    """The sentences of `text`, in order, white space off their ends; a line break also ends one."""
    return [sentence for line in text.split("\n") for sentence in _of_line(line)]


def _of_line(line: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(line):
        if _closes(line, start, end):
            sentence = line[start : end.end()].strip()
            if sentence:
                yield sentence
            start = end.end()
    rest = line[start:].strip()
    if rest:
        yield rest


def _closes(line: str, start: int, end: re.Match[str]) -> bool:
    mark = end[0][0]
    if mark in "。！？":
        return True
    if not _BEGINS.match(line, end.end()):
        return False
    if end[0] != ".":
        return True
    before = line[max(start, end.start() - _LONGEST_WORD) : end.start()]
    found = _LAST_WORD.search(before)
    word = found[0].casefold() if found else ""
    if word.isdecimal():
        return _ORDINAL_DAY.search(before) is None
    return not (word in _SHORT or (bool(_INITIALS.fullmatch(word)) and word not in ("i", "é", "y")))
