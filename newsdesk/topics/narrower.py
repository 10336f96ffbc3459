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

if TYPE_CHECKING:  # they come with numpy, which whoever only asks for names never pays
    import numpy as np
    import numpy.typing as npt

    from newsdesk.hashes import HashTable

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
    """`terms`: by top-level id, then by the number of the first word; `numbers`: of the words of terms, from 1 on; `begins`: by
    number, the top-level topics of the terms that the word begins, a bit each; `strong`: those of strong terms alone."""

    terms: Mapping[str, Mapping[int, tuple[_Term, ...]]]
    numbers: HashTable
    begins: npt.NDArray[np.int64]
    strong: npt.NDArray[np.int64]


def names() -> Mapping[str, str]:
    """The name of each narrower topic that can be said, by id (``medtop:20000574``)."""
    return MappingProxyType({f"medtop:{code}": name for code, (_, name) in _concepts().items() if code in _listed()})


def find_narrower(texts: Sequence[tuple[str, str]], topics: Sequence[Collection[str]]) -> list[dict[str, tuple[Concept, ...]]]:
    """The narrower topics of English texts, each a title and a body, by the top-level id that they stand under, the strongest
    first, at most two each.

    `topics` are the top-level ids that each story has.
    """
    import numpy as np

    from newsdesk.letters import hash_joined

    known = _load()
    parts = [part for title, body in texts for part in (title, body[:_OPENING_CHARS])]
    hashes, counts = hash_joined(parts)
    words, ends = known.numbers.find(hashes), np.append(0, counts.cumsum())
    asked = np.array([sum(_BITS[topic] for topic in own) for own in topics], np.int64)
    asked = asked.repeat(ends[2::2] - ends[:-2:2])
    begun = (known.begins[words] & asked).nonzero()[0]
    strong = np.append(0, (known.strong[words] & asked != 0).cumsum())[ends].tolist()
    edges = begun.searchsorted(ends).tolist()
    bounds, numbers, places = ends.tolist(), words.tolist(), begun.tolist()
    found: list[dict[str, tuple[Concept, ...]]] = []
    for at, own in zip(range(0, len(parts), 2), topics, strict=True):
        if strong[at] == strong[at + 2]:
            found.append({})
            continue
        first, second, last = edges[at : at + 3]
        title = (numbers, _IN_TITLE, places[first:second], bounds[at + 1])
        found.append(_find(known, (title, (numbers, _IN_OPENING, places[second:last], bounds[at + 2])), own))
    return found


def _find(known: _Lists, parts: Sequence[_Part], topics: Iterable[str]) -> dict[str, tuple[Concept, ...]]:
    found = ((topic, _choose(_weigh(known.terms[topic], parts))) for topic in topics if topic in known.terms)
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
                rest = term.rest
                if not rest or (at + len(rest) < end and tuple(words[at + 1 : at + 1 + len(rest)]) == rest):
                    own = weights[term.code]
                    own[term.text] = own[term.text] + _AGAIN * term.weight if term.text in own else worth * term.weight
                    if term.weight == _STRONG:
                        strong.add(term.code)
    return {code: own for code, own in weights.items() if code in strong}


def _choose(weights: Mapping[str, Mapping[str, float]]) -> tuple[Concept, ...]:
    if not weights:
        return ()
    totals = {code: sum(own.values()) for code, own in weights.items()}
    least = max(_LEAST, _NEAR_FIRST * max(totals.values(), default=0))
    said = sorted((code for code, total in totals.items() if total >= least), key=lambda code: (-totals[code], code))
    return tuple(Concept(f"medtop:{code}", _concepts()[code][1], tuple(weights[code])) for code in said[:_MOST])


@cache
def _listed() -> dict[str, str]:
    """The words of each narrower topic that can be said, by code."""
    text = resources.files("newsdesk").joinpath("data/topics/narrower.txt").read_text("utf-8")
    return dict(line.split(" ", 1) for line in _lines(text))


@cache
def _concepts() -> dict[str, tuple[str, str]]:
    """The top-level id and the name of every concept, by code."""
    text = resources.files("newsdesk").joinpath("data/topics/concepts.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in _lines(text))
    return {code: (f"medtop:{top}000000", name) for code, top, name in rows}


@cache
def _load() -> _Lists:
    import numpy as np

    from newsdesk.letters import table_of

    listed = [(code, *term) for code in _concepts() if code in _listed() for term in _read_terms(_listed()[code])]
    words = dict.fromkeys(word for _, _, form, _ in listed for word in form)
    numbers = {word: number for number, word in enumerate(words, 1)}
    begins, strong = np.zeros((2, len(words) + 1), np.int64)
    terms: dict[str, dict[int, tuple[_Term, ...]]] = defaultdict(dict)
    for code, text, form, weight in listed:
        top, (first, *rest) = _concepts()[code][0], [numbers[word] for word in form]
        begins[first] |= _BITS[top]
        if weight == _STRONG:
            strong[first] |= _BITS[top]
        terms[top][first] = (*terms[top].get(first, ()), _Term(text, tuple(rest), code, weight))
    return _Lists(dict(terms), table_of(word.encode() for word in words), begins, strong)


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
