"""Narrower IPTC Media Topics below a story's own (an election, an earthquake, a merger), by the words that speak for them.

A narrower topic is said only below its top-level topic, and only where a word that speaks strongly is among its words: a reader
who filters by it wants no strangers. `data/topics/narrower.txt` has the words; ``python -m training.topics.narrower`` prints
how many of those that are said are right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from newsdesk.model import Concept
from newsdesk.topics.names import TOPICS

if TYPE_CHECKING:  # it comes with numpy, which whoever only asks for names never pays
    from newsdesk.cutting import Cut

_WORD = re.compile(r"[^\W_]+(?:[-&][^\W_]+)*")
_OPENING_CHARS = 900
# What a word adds in a title and in the opening, and again where it is repeated; a strong word adds twice that.
_IN_TITLE, _IN_OPENING, _AGAIN, _STRONG = 2.0, 1.0, 0.25, 2.0
_LEAST = 5.0
_BITS = {topic: 1 << place for place, topic in enumerate(TOPICS)}
_MOST, _NEAR_FIRST = 2, 0.7  # so many below one topic, the second with this share of the first's strength


# Numbers of words, what one is worth, the places of those that begin a term, and where the part ends.
_Part: TypeAlias = tuple[Sequence[int], float, Sequence[int], int]


@dataclass(frozen=True, slots=True)
class _Term:
    """A word or phrase as the list has it, the numbers of the words after its first, and what it weighs."""

    text: str
    rest: tuple[int, ...]
    code: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Lists:
    """`terms`: by top-level id, then by the number of the first word; `names`: by code; `numbers`: of the words of terms, from
    1 on; `begins`: by number, the top-level topics of the terms that the word begins, a bit each, 0 for none."""

    terms: Mapping[str, Mapping[int, tuple[_Term, ...]]]
    names: Mapping[str, str]
    numbers: Mapping[str, int]
    begins: Sequence[int]

    def number_words(self, text: str) -> list[int]:
        """The numbers of a text's words, 0 for those of no term."""
        return [self.numbers.get(word, 0) for word in _words(text)]


def names() -> Mapping[str, str]:
    """The name of each narrower topic that can be said, by id (``medtop:20000574``)."""
    return MappingProxyType({f"medtop:{code}": name for code, name in _load().names.items()})


def find_narrower(cuts: Sequence[Cut], topics: Sequence[Collection[str]]) -> list[dict[str, tuple[Concept, ...]]]:
    """The narrower topics of English texts, all cut with one vocabulary, by the top-level id that they stand under, the
    strongest first, at most two each.

    `topics` are the top-level ids that each story has.
    """
    import numpy as np

    from newsdesk.cutting import Table

    if not cuts:
        return []
    known = _load()
    vocabulary = cuts[0].vocabulary
    table = vocabulary.table(
        "narrower", lambda names: Table(names, lambda some: map(known.number_words, some), vocabulary.plain)
    )
    parts = [part for cut in cuts for part in (cut.title_numbers, cut.within(_OPENING_CHARS))]
    lengths = np.array([0, *map(len, parts)]).cumsum()
    words, counts = table.read(np.concatenate(parts))
    ends = lengths if counts is None else np.append(0, counts.cumsum())[lengths]
    asked = np.array([sum(_BITS[topic] for topic in own) for own in topics])
    begun = (np.array(known.begins)[words] & asked.repeat(ends[2::2] - ends[:-2:2])).nonzero()[0]
    edges = begun.searchsorted(ends).tolist()
    bounds, numbers, places = ends.tolist(), words.tolist(), begun.tolist()
    found = []
    for at, own in zip(range(0, len(parts), 2), topics, strict=True):
        first, second, last = edges[at : at + 3]
        title = (numbers, _IN_TITLE, places[first:second], bounds[at + 1])
        opening = (numbers, _IN_OPENING, places[second:last], bounds[at + 2])
        found.append(_find(known, (title, opening), own) if last > first else {})
    return found


def _find(known: _Lists, parts: Sequence[_Part], topics: Iterable[str]) -> dict[str, tuple[Concept, ...]]:
    found = ((topic, _choose(_weigh(known.terms[topic], parts), known.names)) for topic in topics if topic in known.terms)
    return {topic: concepts for topic, concepts in found if concepts}


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _weigh(terms: Mapping[int, tuple[_Term, ...]], parts: Iterable[_Part]) -> dict[str, dict[str, float]]:
    """How strongly each term speaks, by code and term; only codes that a strong term speaks for."""
    weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
    strong: set[str] = set()
    for words, worth, begun, end in parts:
        for at in begun:
            for term in terms.get(words[at], ()):
                if not term.rest or tuple(words[at + 1 : min(at + 1 + len(term.rest), end)]) == term.rest:
                    own = weights[term.code]
                    own[term.text] = own[term.text] + _AGAIN * term.weight if term.text in own else worth * term.weight
                    if term.weight == _STRONG:
                        strong.add(term.code)
    return {code: own for code, own in weights.items() if code in strong}


def _choose(weights: Mapping[str, Mapping[str, float]], names: Mapping[str, str]) -> tuple[Concept, ...]:
    if not weights:
        return ()
    totals = {code: sum(own.values()) for code, own in weights.items()}
    least = max(_LEAST, _NEAR_FIRST * max(totals.values(), default=0))
    said = sorted((code for code, total in totals.items() if total >= least), key=lambda code: (-totals[code], code))
    return tuple(Concept(f"medtop:{code}", names[code], tuple(weights[code])) for code in said[:_MOST])


@cache
def _load() -> _Lists:
    data = resources.files("newsdesk").joinpath("data/topics")
    lists = dict(line.split(" ", 1) for line in _lines(data.joinpath("narrower.txt").read_text("utf-8")))
    listed: list[tuple[str, str, str, tuple[str, ...], float]] = []
    names: dict[str, str] = {}
    for line in _lines(data.joinpath("concepts.tsv").read_text("utf-8")):
        code, top, name = line.split("\t")
        if code in lists:
            names[code] = name
            listed += [(f"medtop:{top}000000", code, *term) for term in _read_terms(lists[code])]
    words = dict.fromkeys(word for _, _, _, form, _ in listed for word in form)
    numbers = {word: number for number, word in enumerate(words, 1)}
    begins = [0] * (len(words) + 1)
    terms: dict[str, dict[int, tuple[_Term, ...]]] = defaultdict(dict)
    for top, code, text, form, weight in listed:
        first, *rest = (numbers[word] for word in form)
        begins[first] |= _BITS[top]
        terms[top][first] = (*terms[top].get(first, ()), _Term(text, tuple(rest), code, weight))
    return _Lists(dict(terms), names, numbers, begins)


def _read_terms(listed: str) -> Iterator[tuple[str, tuple[str, ...], float]]:
    """The terms of a line, each as it is written, the words of one of its forms and its weight. Each form comes once: where one
    is listed twice, the first counts."""
    seen: set[tuple[str, ...]] = set()
    for written in listed.split(", "):
        text = written.lstrip("*")
        for form in _forms(tuple(_words(text))):
            if form not in seen:
                seen.add(form)
                yield text, form, _STRONG if written.startswith("*") else 1.0


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def _forms(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """A term, and the same with its last word in the other number where an -s makes it."""
    last = words[-1]
    if last.endswith("s"):
        return (words,) if last.endswith("ss") or len(last) <= 3 else (words, (*words[:-1], last[:-1]))
    return (words, (*words[:-1], f"{last}s"))
