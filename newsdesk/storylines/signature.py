"""A story as a vector: what it is about, so that a dot product says how much two stories are about the same.

Title and lead outweigh the tail; names, numbers and other words are three blocks of fixed weight, so that a text full of
words does not drown its names. Each vector has length 1. Method: TF-IDF over a background (Allan et al., topic detection
and tracking, 1998) with named-entity blocks (Hatzivassiloglou et al., 2000).
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from newsdesk.model import Story
from newsdesk.storylines.words import memo, resolve, tokens

TITLE_CHARS, LEAD_CHARS, TAIL_CHARS = 400, 400, 800
TITLE_WEIGHT, LEAD_WEIGHT, TAIL_WEIGHT = 4.0, 3.0, 1.0
BLOCKS = (9.0, 4.0, 9.0)  # names, numbers, other words
TERMS, KEYS = 100, 12
SURE_OF_LANGUAGE = 20
BRIDGE_TERMS, PLACES, CROSSINGS = 60, 4, 8


@dataclass(frozen=True, slots=True)
class Signature:
    """`vector`: term -> weight, length 1, at most `TERMS`. `keys`: its heaviest terms. `mass`: terms before the cut.
    `day`: days since 1970-01-01 of what is printed as published, or null. `bridge`: what of it holds in every language, length
    1; `places`: country code -> share of 1; `crossings`: keys by which stories in other languages can find it."""

    story_id: str
    language: str | None
    vector: dict[str, float]
    keys: tuple[str, ...]
    mass: int
    day: int | None
    bridge: dict[str, float]
    places: dict[str, float]
    crossings: tuple[str, ...]


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


def _count(story: Story) -> tuple[dict[str, float], dict[str, tuple[float, int, str | None]]]:
    """term -> frequency, weighted by where it stands; term -> (rarity, kind, bridge)."""
    frequency: dict[str, float] = {}
    words: dict[str, tuple[float, int, str | None]] = {}
    known = memo  # looked up here and not by a call: this is the innermost loop of all grouping
    for text, weight in zip(parts(story), (TITLE_WEIGHT, LEAD_WEIGHT, TAIL_WEIGHT), strict=True):
        if not text:
            continue
        for token, times in Counter(tokens(text)).items():
            word = known[token] if token in known else resolve(token)
            if word is None:
                continue
            term, rarity, kind, across = word
            if term in frequency:
                frequency[term] += times * weight
                if kind < words[term][1]:
                    words[term] = (rarity, kind, across)
            else:
                frequency[term] = times * weight
                words[term] = (rarity, kind, across)
    return frequency, words


def sign(story: Story) -> Signature:
    """The signature of a story. Empty vector for a story without a word that means anything."""
    frequency, words = _count(story)
    blocks: tuple[list[tuple[str, float]], ...] = ([], [], [])
    log = math.log
    for term, (rarity, kind, _) in words.items():
        blocks[kind].append((term, (1.0 + 0.6 * log(frequency[term])) * rarity))
    pairs: list[tuple[float, str]] = []
    for block, share in zip(blocks, BLOCKS, strict=True):
        if block:
            scale = math.sqrt(share / math.fsum([value * value for _, value in block]))
            pairs += [(value * scale, term) for term, value in block]
    mass = len(pairs)
    pairs.sort(reverse=True)
    del pairs[TERMS:]
    norm = math.sqrt(math.fsum([value * value for value, _ in pairs])) or 1.0
    vector = {term: value / norm for value, term in pairs}
    keys = tuple(term for _, term in pairs[:KEYS])
    bridge = _bridge(vector, words)
    places = _places(story)
    day = day_of(story.published)
    # The language of a few plain Latin words is a guess: it shall not tell stories apart.
    language = None if mass < SURE_OF_LANGUAGE and (story.title or "").isascii() else story.language
    return Signature(story.id, language, vector, keys, mass, day, bridge, places, _crossings(bridge, places))


def _bridge(vector: dict[str, float], words: dict[str, tuple[float, int, str | None]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for term, value in islice(vector.items(), BRIDGE_TERMS):
        across = words[term][2]
        if across is not None:
            found[across] = max(found.get(across, 0.0), value)
    norm = math.sqrt(sum(value * value for value in found.values())) or 1.0
    return {across: value / norm for across, value in found.items()}


def _places(story: Story) -> dict[str, float]:
    scores = {country.code: country.score for country in story.countries[:PLACES] if country.score > 0.0}
    total = sum(scores.values())
    return {code: score / total for code, score in scores.items()}


def _crossings(bridge: dict[str, float], places: dict[str, float]) -> tuple[str, ...]:
    """A matter, name or number together with the main country; without a country, long names alone."""
    best = sorted(bridge, key=lambda across: (-bridge[across], across))
    if places:
        main = max(places, key=lambda code: (places[code], code))
        return tuple(f"@{main}{across}" for across in best[:CROSSINGS])
    return tuple(across for across in best[:CROSSINGS] if len(across) > 5)
