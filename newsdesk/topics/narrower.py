"""Narrower IPTC Media Topics below a story's own (an election, an earthquake, a merger), by the words that speak for them.

A narrower topic is said only below its top-level topic, and only where a word that speaks strongly is among its words: a reader
who filters by it wants no strangers. `data/topics/narrower.txt` has the words; ``python -m training.topics.narrower`` prints
how many of those that are said are right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from newsdesk.model import Concept

_WORD = re.compile(r"[^\W_]+(?:[-&][^\W_]+)*")
_OPENING_CHARS = 900
# What a word adds in a title and in the opening, and again where it is repeated; a strong word adds twice that.
_IN_TITLE, _IN_OPENING, _AGAIN, _STRONG = 2.0, 1.0, 0.25, 2.0
_LEAST = 5.0
_MOST, _NEAR_FIRST = 2, 0.7  # so many below one topic, the second with this share of the first's strength


@dataclass(frozen=True, slots=True)
class _Term:
    """A word or phrase as the list has it, what follows its first word, and what it weighs."""

    text: str
    rest: tuple[str, ...]
    code: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Lists:
    terms: Mapping[str, Mapping[str, tuple[_Term, ...]]]  # by top-level id, then by first word
    names: Mapping[str, str]  # by code


def names() -> Mapping[str, str]:
    """The name of each narrower topic that can be said, by id (``medtop:20000574``)."""
    return MappingProxyType({f"medtop:{code}": name for code, name in _load().names.items()})


def find_narrower(title: str, opening: str, topics: Collection[str]) -> dict[str, tuple[Concept, ...]]:
    """The narrower topics of an English text by the top-level id that they stand under, the strongest first, at most two each.

    `topics` are the top-level ids that the story has.
    """
    known = _load()
    parts = ((_words(title), _IN_TITLE), (_words(opening[:_OPENING_CHARS]), _IN_OPENING))
    found = ((topic, _choose(_weigh(known.terms[topic], parts), known.names)) for topic in topics if topic in known.terms)
    return {topic: concepts for topic, concepts in found if concepts}


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _weigh(terms: Mapping[str, tuple[_Term, ...]], parts: Iterable[tuple[list[str], float]]) -> dict[str, dict[str, float]]:
    """How strongly each term speaks, by code and term; only codes that a strong term speaks for."""
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    strong: set[str] = set()
    for words, worth in parts:
        for at, word in enumerate(words):
            for term in terms.get(word, ()):
                if tuple(words[at + 1 : at + 1 + len(term.rest)]) == term.rest:
                    own = weights[term.code]
                    own[term.text] = own[term.text] + _AGAIN * term.weight if term.text in own else worth * term.weight
                    if term.weight == _STRONG:
                        strong.add(term.code)
    return {code: own for code, own in weights.items() if code in strong}


def _choose(weights: Mapping[str, Mapping[str, float]], names: Mapping[str, str]) -> tuple[Concept, ...]:
    totals = {code: sum(own.values()) for code, own in weights.items()}
    least = max(_LEAST, _NEAR_FIRST * max(totals.values(), default=0))
    said = sorted((code for code, total in totals.items() if total >= least), key=lambda code: (-totals[code], code))
    return tuple(Concept(f"medtop:{code}", names[code], tuple(weights[code])) for code in said[:_MOST])


@cache
def _load() -> _Lists:
    data = resources.files("newsdesk").joinpath("data/topics")
    lists = dict(line.split(" ", 1) for line in _lines(data.joinpath("narrower.txt").read_text("utf-8")))
    terms: dict[str, dict[str, list[_Term]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for line in _lines(data.joinpath("concepts.tsv").read_text("utf-8")):
        code, top, name = line.split("\t")
        if code in lists:
            names[code] = name
            for first, term in _read_terms(code, lists[code]):
                terms[f"medtop:{top}000000"][first].append(term)
    return _Lists({top: {first: tuple(some) for first, some in own.items()} for top, own in terms.items()}, names)


def _read_terms(code: str, listed: str) -> Iterator[tuple[str, _Term]]:
    """The terms of a line by their first word, each form once: where one is listed twice, the first counts."""
    seen: set[tuple[str, ...]] = set()
    for written in listed.split(", "):
        text = written.lstrip("*")
        for form in _forms(tuple(_words(text))):
            if form not in seen:
                seen.add(form)
                yield form[0], _Term(text, form[1:], code, _STRONG if written.startswith("*") else 1.0)


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def _forms(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """A term, and the same with its last word in the other number where an -s makes it."""
    last = words[-1]
    if last.endswith("s"):
        return (words,) if last.endswith("ss") or len(last) <= 3 else (words, (*words[:-1], last[:-1]))
    return (words, (*words[:-1], f"{last}s"))
