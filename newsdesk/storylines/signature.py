"""A story as a vector: what it is about, so that a dot product says how much two stories are about the same.

Title and lead outweigh the tail; names, numbers and other words are three blocks of fixed weight, so that a text full of
words does not drown its names. Each vector has length 1. Method: TF-IDF over a background (Allan et al., topic detection
and tracking, 1998) with named-entity blocks (Hatzivassiloglou et al., 2000).
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise, repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.model import Story
from newsdesk.storylines.lexis import (
    CODE_BITS,
    FREE_BITS,
    TERM_SHIFT,
    Lexis,
    Numbers,
    Weights,
    lexis,
    words_in,
)
from newsdesk.storylines.words import bit_of
from newsdesk.words.cutting import Cut, body_of, cut

TITLE_CHARS, LEAD_CHARS, TAIL_CHARS = 400, 400, 800
READ_CHARS = LEAD_CHARS + TAIL_CHARS + 1  # one more tells whether a paragraph ends there
_ZONES, _ZONE_WEIGHTS = np.arange(3), np.array([4.0, 3.0, 1.0])  # title, lead, tail
BLOCKS = (9.0, 4.0, 9.0)  # names, numbers, other words
TERMS = 100
SURE_OF_LANGUAGE = 20
_TOGETHER = 200  # stories that are signed in one step: there are bits left for ten times as many above a code
MAIN, CLEAR = 0.7, 0.75
BRIDGE_TERMS, PLACES, CROSSINGS = 60, 4, 8


class Signature(NamedTuple):
    """`terms`: numbers of a lexis, heaviest first, at most `TERMS`; `values`: their weights, length 1. `mass`: all its terms.
    `day`: days since 1970-01-01 of what is printed as published, or None. `bridge`: what of it holds in every language, length
    1; `places`: country code -> how sure that is, 0 to 1; `crossings`: keys by which stories in other languages can find it."""

    story_id: str
    language: str | None
    terms: Numbers
    values: Weights
    mass: int
    day: int | None
    bridge: Mapping[str, float]
    places: dict[str, float]
    crossings: tuple[str, ...]


Doubles = npt.NDArray[np.float64]
_PARTS = float(1 << 30)  # of a square: with all of a text's they are whole numbers that a float holds
_SHARES, _TINY = np.array(BLOCKS), 1e-300
NOTHING: dict[str, float] = {}
_EPOCH = datetime.date(1970, 1, 1).toordinal()


def day_of(printed: str | None) -> int | None:
    """Days since 1970-01-01 of a printed ISO date or time; None for what is no date."""
    if not printed:
        return None
    try:
        return datetime.date.fromisoformat(printed[:10]).toordinal() - _EPOCH
    except ValueError:
        return None


def _clip_at(text: str, end: int, chars: int) -> int:
    """Where `text`, of which `end` characters count, is cut to `chars` at most: between words where it can be."""
    if end <= chars:
        return end
    cut = text.rfind(" ", chars // 2, chars + 1)
    return cut if cut > 0 else chars


def _clip(text: str, chars: int) -> str:
    return text[: _clip_at(text, len(text), chars)]


def _end_of(body: str) -> int:
    """How many characters of a body are read: to the end of a paragraph that fits, else of a word."""
    most = LEAD_CHARS + TAIL_CHARS
    fits = body.find("\n", most - 1, most + 1)
    return fits if fits > 0 else _clip_at(body, len(body), most)


def parts(story: Story) -> tuple[str, str, str]:
    """Title, lead and tail of a story, each within its budget: the cost of a story does not grow with its length."""
    title, text = read_parts(story.title or "", body_of(story, READ_CHARS))
    lead = _clip(text, LEAD_CHARS)
    return title, lead, text[len(lead) :]


def read_parts(title: str, body: str) -> tuple[str, str]:
    """Of a title and a body, of which :data:`READ_CHARS` are enough, what is within their budgets."""
    return _clip(title, TITLE_CHARS), body[: _end_of(body)]


def sign(story: Story, words: Lexis | None = None) -> Signature:
    """As :func:`sign_all`, of one story."""
    return sign_all((story,), words)[0]


def sign_all(
    stories: Sequence[Story], words: Lexis | None = None, *, across: bool = True, cuts: Sequence[Cut] | None = None
) -> list[Signature]:
    """The signatures of stories, their terms numbered by `words`. Empty arrays for a story without a word that means anything.

    `across` is false where nothing in another language will be held against them: then `bridge` and `crossings` stay empty.
    `cuts` are their texts, where they are cut already.
    """
    words = lexis() if words is None else words
    if not stories:
        return []
    measured = list(measure_all(stories, words, cuts))
    bridges = bridges_of([(numbers, values) for numbers, values, _ in measured], words) if across else repeat(NOTHING)
    return [_sign(story, words, *own, bridge) for story, own, bridge in zip(stories, measured, bridges, strict=across)]


def measure_all(stories: Sequence[Story], words: Lexis, cuts: Sequence[Cut] | None) -> Iterator[tuple[Numbers, Weights, int]]:
    """Of each story the words that weigh most, heaviest first, by number, their weights, and of how many terms they are.

    `cuts` are their texts, where they are cut already.
    """
    for at in range(0, len(stories), _TOGETHER):
        texts = cut(stories[at : at + _TOGETHER], READ_CHARS) if cuts is None else cuts[at : at + _TOGETHER]
        languages = [bit_of(story.language) for story in stories[at : at + _TOGETHER]]
        numbers, weights, bounds = _weighted(words, texts, languages)
        masses = np.diff(bounds).tolist()
        yield from zip(*_heaviest(numbers, weights, bounds), masses, strict=True)


def _heaviest(numbers: Numbers, weights: Doubles, bounds: Sequence[int]) -> tuple[list[Numbers], list[Weights]]:
    """Of each text the words that weigh most, heaviest first, and their weights, brought to length 1."""
    below = -weights
    heavy = [below[start:end].argsort()[:TERMS] + start for start, end in pairwise(bounds)]
    sizes = np.fromiter(map(len, heavy), np.int64, len(heavy))
    every, some = np.concatenate(heavy), sizes.nonzero()[0]
    values, ends = weights[every], sizes.cumsum()
    if len(some):
        squares = np.add.reduceat(values * values, (ends - sizes)[some])
        values /= np.sqrt(squares).repeat(sizes[some])
    cuts = ends[:-1]
    return np.split(numbers[every], cuts), np.split(values.astype(np.float32), cuts)


def _sign(story: Story, words: Lexis, numbers: Numbers, values: Weights, mass: int, bridge: dict[str, float]) -> Signature:
    places = places_of(story)
    return Signature(
        story.id,
        language_of(story, mass),
        words.term_of[numbers],
        values,
        mass,
        day_of(story.published),
        bridge,
        places,
        crossings_of(bridge, places),
    )


def language_of(story: Story, mass: int) -> str | None:
    """The language of a few plain Latin words is a guess: it shall not tell stories apart."""
    return None if mass < SURE_OF_LANGUAGE and story.heading().isascii() else story.language


def _zones(text: Cut) -> tuple[Numbers, Numbers, Numbers]:
    """The stretches of title, lead and tail, each within its budget."""
    title = text.title_numbers
    if len(text.title) > TITLE_CHARS:
        stretches = _clip(text.title, TITLE_CHARS).split()
        title = text.vocabulary.number_all(stretches)
    end = _end_of(text.body)
    lead = _clip_at(text.body, end, LEAD_CHARS)
    return title, *text.parted(lead, end)


def _weighted(words: Lexis, texts: Sequence[Cut], languages: Sequence[int]) -> tuple[Numbers, Doubles, list[int]]:
    """Of all texts, one after the other: one word a term, the first of those that are most of a name, and its weight by
    frequency, rarity and the block's share; function words of a text's language (given as a bit, or none) are passed over. And
    where the words of each text begin, and end."""
    zones = [zone for text in texts for zone in _zones(text)]
    bounds = np.array([0, *map(len, zones)]).cumsum()
    numbers, counts = words.table(texts[0].vocabulary).read(np.concatenate(zones))
    if counts is not None:
        bounds = np.append(0, counts.cumsum())[bounds]
    if any(languages):
        mean = words.empty_in[numbers] & np.array(languages).repeat(np.diff(bounds[:: len(_ZONES)])) == 0
        numbers, bounds = numbers[mean], np.append(0, mean.cumsum())[bounds]
    sizes = bounds[1:] - bounds[:-1]
    # Text, term, kind, word and zone as one number: sorting brings equal terms of a text together.
    codes = words.code_of[numbers] | np.tile(_ZONES, len(texts)).repeat(sizes)
    each = sizes.reshape(-1, len(_ZONES)).sum(axis=1)
    codes |= np.arange(len(texts)).repeat(each) << CODE_BITS
    for end, count in zip(each.cumsum().tolist(), each.tolist(), strict=True):  # far faster than all in one
        codes[end - count : end].sort()
    terms = codes >> TERM_SHIFT
    begins = np.empty(len(terms), np.bool_)
    begins[:1] = True
    np.not_equal(terms[1:], terms[:-1], out=begins[1:])
    starts = np.flatnonzero(begins)
    if not len(starts):
        return numbers, np.zeros(0), [0] * (len(texts) + 1)
    frequency = np.add.reduceat(_ZONE_WEIGHTS[codes & ((1 << FREE_BITS) - 1)], starts)
    codes = codes[starts]
    numbers, owners = words_in(codes).astype(np.int32), codes >> CODE_BITS
    blocks = owners * len(BLOCKS) + words.kind_of[numbers]
    weights = (1.0 + 0.6 * np.log(frequency)) * words.weight_of[numbers]
    # Whole numbers add up to the same in any order, and that of terms is not the same in every process.
    parts = np.rint(weights * weights * _PARTS)
    squares = np.bincount(blocks, parts, minlength=len(BLOCKS) * len(texts)).reshape(-1, len(BLOCKS)) / _PARTS
    weights *= np.sqrt(_SHARES / np.maximum(squares, _TINY)).ravel()[blocks]
    return numbers, weights, owners.searchsorted(np.arange(len(texts) + 1)).tolist()


def bridges_of(several: Sequence[tuple[Numbers, Weights]], words: Lexis) -> Iterator[dict[str, float]]:
    """Of each vector what is the same in every language, heaviest first, as its words are."""
    heavy = [numbers[:BRIDGE_TERMS] for numbers, _ in several]
    places, keys = words.across(np.concatenate(heavy))
    weights = np.concatenate([values[:BRIDGE_TERMS] for _, values in several])[places].tolist()
    for start, end in pairwise(places.searchsorted(np.array([0, *map(len, heavy)]).cumsum()).tolist()):
        own = list(zip(keys[start:end], weights[start:end], strict=True))
        found = dict(own)
        if len(found) < len(own):  # the heaviest of those with one key counts, which comes first
            own.reverse()
            found = dict.fromkeys(found, 0.0) | dict(own)
        norm = math.sqrt(sum([value * value for value in found.values()])) or 1.0
        yield {key: value / norm for key, value in found.items()}


def places_of(story: Story) -> dict[str, float]:
    if not story.countries:
        return NOTHING
    return {country.code: country.score for country in story.countries[:PLACES] if country.score > 0.0}


def mains(places: Mapping[str, float]) -> tuple[str, ...]:
    """The countries that weigh nearly as much as the main one, if that is clear."""
    most = max(places.values(), default=0.0)
    return tuple([code for code, weight in places.items() if weight >= MAIN * most]) if most >= CLEAR else ()


def crossings_of(bridge: dict[str, float], places: dict[str, float]) -> tuple[str, ...]:
    """A matter, name or number together with the main country; without a country, long names alone. Heaviest first."""
    best = list(islice(bridge, CROSSINGS))
    if best and places:
        main = max(places, key=lambda code: (places[code], code))
        return tuple([f"@{main}{across}" for across in best])
    return tuple([across for across in best if len(across) > 5])
