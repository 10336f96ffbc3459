"""A story as a vector: what it is about, so that a dot product says how much two stories are about the same.

Title and lead outweigh the tail; names, numbers and other words are three blocks of fixed weight, so that a text full of
words does not drown its names. Each vector has length 1. Method: TF-IDF over a background (Allan et al., topic detection
and tracking, 1998) with named-entity blocks (Hatzivassiloglou et al., 2000).
"""

from __future__ import annotations

import datetime
import math
from itertools import chain, islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.model import Story
from newsdesk.storylines.lexis import Lexis, Numbers, Weights, lexis
from newsdesk.storylines.words import stretches

TITLE_CHARS, LEAD_CHARS, TAIL_CHARS = 400, 400, 800
TITLE_WEIGHT, LEAD_WEIGHT, TAIL_WEIGHT = 4.0, 3.0, 1.0
BLOCKS = (9.0, 4.0, 9.0)  # names, numbers, other words
TERMS = 100
SURE_OF_LANGUAGE = 20
BRIDGE_TERMS, PLACES, CROSSINGS = 60, 4, 8


class Signature(NamedTuple):
    """`terms`: numbers of a lexis, heaviest first, at most `TERMS`; `values`: their weights, length 1. `mass`: all its terms.
    `day`: days since 1970-01-01 of what is printed as published, or null. `bridge`: what of it holds in every language, length
    1; `places`: country code -> share of 1; `crossings`: keys by which stories in other languages can find it."""

    story_id: str
    language: str | None
    terms: Numbers
    values: Weights
    mass: int
    day: int | None
    bridge: dict[str, float]
    places: dict[str, float]
    crossings: tuple[str, ...]


Doubles = npt.NDArray[np.float64]
_SHARES, _TINY = np.array(BLOCKS), 1e-300
_NOTHING: dict[str, float] = {}
_EPOCH = datetime.date(1970, 1, 1).toordinal()


def day_of(printed: str | None) -> int | None:
    """Days since 1970-01-01 of a printed ISO date or time; null for none and for what is no date."""
    if not printed:
        return None
    try:
        return datetime.date.fromisoformat(printed[:10]).toordinal() - _EPOCH
    except ValueError:
        return None


def _clip(text: str, chars: int) -> str:
    """At most `chars` of `text`, cut between words where it can be."""
    if len(text) <= chars:
        return text
    cut = text.rfind(" ", chars // 2, chars + 1)
    return text[: cut if cut > 0 else chars]


def parts(story: Story) -> tuple[str, str, str]:
    """Title, lead and tail of a story, each within its budget: the cost of a story does not grow with its length."""
    budget, pieces = LEAD_CHARS + TAIL_CHARS, []
    for paragraph in (*story.highlights, *story.body):
        pieces.append(paragraph[: budget + 1])
        budget -= len(pieces[-1]) + 1
        if budget <= 0:
            break
    text = _clip("\n".join(pieces), LEAD_CHARS + TAIL_CHARS)
    lead = _clip(text, LEAD_CHARS)
    return _clip(story.title or "", TITLE_CHARS), lead, text[len(lead) :]


def sign(story: Story, words: Lexis | None = None, *, across: bool = True) -> Signature:
    """The signature of a story, its terms numbered by `words`. Empty arrays for a story without a word that means anything.

    `across` is false where nothing in another language will be held against it: then `bridge` and `crossings` stay empty.
    """
    words = lexis() if words is None else words
    words.trim()
    numbers, weights = _weighted(words, *_words(story, words))
    mass = len(weights)
    heavy = (-weights).argsort()[:TERMS]
    numbers, values = numbers[heavy], weights[heavy]
    values /= math.sqrt(float(values @ values)) or 1.0
    places = _places(story)
    bridge = _bridge(numbers, values, words) if across else _NOTHING
    # The language of a few plain Latin words is a guess: it shall not tell stories apart.
    language = None if mass < SURE_OF_LANGUAGE and (story.title or "").isascii() else story.language
    return Signature(
        story.id,
        language,
        words.term_of[numbers],
        values.astype(np.float32),
        mass,
        day_of(story.published),
        bridge,
        places,
        _crossings(bridge, places) if across else (),
    )


def _words(story: Story, words: Lexis) -> tuple[Numbers, Doubles]:
    """The words of a story by number, and what each counts by where it stands."""
    title, lead, tail = map(stretches, parts(story))
    size = len(title) + len(lead) + len(tail)
    numbers = np.fromiter(map(words.__getitem__, chain(title, lead, tail)), np.int32, size)
    counts = np.empty(size)
    counts[: len(title)] = TITLE_WEIGHT
    counts[len(title) : size - len(tail)] = LEAD_WEIGHT
    counts[size - len(tail) :] = TAIL_WEIGHT
    compound = (numbers < 0).nonzero()[0]
    if len(compound):
        found = [words.compounds[-number] for number in numbers[compound].tolist()]
        more = counts[compound].repeat(list(map(len, found)))
        numbers = np.concatenate([numbers, np.fromiter(chain.from_iterable(found), np.int32, len(more))])
        counts = np.concatenate([counts, more])
    telling = numbers > 0
    return numbers[telling], counts[telling]


def _weighted(words: Lexis, numbers: Numbers, counts: Doubles) -> tuple[Numbers, Doubles]:
    """One word a term, the first of those that are most of a name, and its weight: frequency, rarity and the block's share."""
    if not len(numbers):
        return numbers, counts
    codes = words.code_of[numbers]
    order = codes.argsort()
    terms = words.terms_of(codes[order])
    begins = np.empty(len(terms), np.bool_)
    begins[0] = True
    np.not_equal(terms[1:], terms[:-1], out=begins[1:])
    starts = np.flatnonzero(begins)
    frequency = np.add.reduceat(counts[order], starts)
    numbers = numbers[order[starts]]
    kinds = words.kind_of[numbers]
    weights = (1.0 + 0.6 * np.log(frequency)) * words.weight_of[numbers]
    squares = np.bincount(kinds, weights * weights, minlength=len(BLOCKS))
    return numbers, weights * np.sqrt(_SHARES / np.maximum(squares, _TINY))[kinds]


def _bridge(numbers: Numbers, values: Doubles, words: Lexis) -> dict[str, float]:
    """What is the same in every language, heaviest first, as the words are."""
    found: dict[str, float] = {}
    for across, value in zip(words.across(numbers[:BRIDGE_TERMS].tolist()), values[:BRIDGE_TERMS].tolist(), strict=True):
        if across is not None:
            found.setdefault(across, value)
    norm = math.sqrt(sum([value * value for value in found.values()])) or 1.0
    return {across: value / norm for across, value in found.items()}


def _places(story: Story) -> dict[str, float]:
    if not story.countries:
        return _NOTHING
    scores = {country.code: country.score for country in story.countries[:PLACES] if country.score > 0.0}
    total = sum(scores.values())
    return {code: score / total for code, score in scores.items()}


def _crossings(bridge: dict[str, float], places: dict[str, float]) -> tuple[str, ...]:
    """A matter, name or number together with the main country; without a country, long names alone. Heaviest first."""
    best = list(islice(bridge, CROSSINGS))
    if places:
        main = max(places, key=lambda code: (places[code], code))
        return tuple([f"@{main}{across}" for across in best])
    return tuple([across for across in best if len(across) > 5])
