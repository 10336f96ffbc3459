"""Comments in other languages than English: a seed of strong opinion words a language, emoji and punctuation, and no more.

A language without a seed is not scored. The seeds are authored (``data/mood/seeds.txt``); what a good word, a bad word or a
question mark weighs is learnt on English comments read in the same way, with an English seed of the same size.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from newsdesk.model import MoodLabel, Sentiment
from newsdesk.sentiment.emoji import find_feelings
from newsdesk.sentiment.features import fold, trim

LABELS: tuple[MoodLabel, MoodLabel, MoodLabel] = ("negative", "neutral", "positive")
SIGNS = (
    "good words",
    "bad words",
    "denied good words",
    "exclamation",
    "question",
    "ends in a question",
    "trails off",
    "quotes",
    "link",
    "numbers",
    "long",
    "shouts",
    "neither good nor bad words",
)
_SEEDS_FILE = Path(__file__).parent.parent / "data" / "mood" / "seeds.txt"
# Scripts that don't part words: their seeds are looked for anywhere in the text.
_UNPARTED = frozenset({"ja", "zh", "ko", "th"})
_REACH = 3
_WORD = re.compile(r"[^\W\d_]+(?:['\u0300-\u036f\u093c-\u094d\u0951-\u0954\u0981-\u0983\u09be-\u09cd][^\W\d_]*)*")


@dataclass(frozen=True, slots=True)
class Seed:
    """Opinion words of a language; `stems` are beginnings of words. Phrases are looked for as they are."""

    good: frozenset[str]
    bad: frozenset[str]
    negators: frozenset[str]
    good_stems: frozenset[str]
    bad_stems: frozenset[str]
    good_phrases: tuple[str, ...]
    bad_phrases: tuple[str, ...]


@cache
def load_seeds() -> Mapping[str, Seed]:
    """The seeds by language."""
    kinds: dict[str, dict[str, list[str]]] = {}
    for line in _SEEDS_FILE.read_text("utf-8").split("\n"):
        if line and not line.startswith("#"):
            head, words = line.split(": ", 1)
            language, kind = head.split(" ")
            kinds.setdefault(language, {})[kind] = words.replace("\\ ", "\x00").split(" ")
    return {language: _seed(found, language in _UNPARTED) for language, found in kinds.items()}


def _seed(found: Mapping[str, Sequence[str]], unparted: bool) -> Seed:
    def whole(kind: str) -> frozenset[str]:
        return frozenset(word for word in found.get(kind, ()) if not (unparted or "*" in word or "\x00" in word))

    def stems(kind: str) -> frozenset[str]:
        return frozenset(word.rstrip("*") for word in found.get(kind, ()) if word.endswith("*") and "\x00" not in word)

    def phrases(kind: str) -> tuple[str, ...]:
        return tuple(word.replace("\x00", " ") for word in found.get(kind, ()) if unparted or "\x00" in word)

    return Seed(whole("good"), whole("bad"), whole("not"), stems("good"), stems("bad"), phrases("good"), phrases("bad"))


def find_opinions(folded: str, seed: Seed) -> tuple[list[str], list[str], list[str]]:
    """The good words, the bad words and the good words that a negation stands close before (or, once, close after); an emoji of
    a plain feeling is a word."""
    words = _WORD.findall(folded)
    good: list[str] = []
    bad: list[str] = []
    denied: list[str] = []
    for at, word in enumerate(words):
        if _known(word, seed.bad, seed.bad_stems):
            bad.append(word)
        elif _known(word, seed.good, seed.good_stems):
            near = words[max(0, at - _REACH) : at + 2]
            (denied if seed.negators.intersection(near) else good).append(word)
    glad, cross = find_feelings(folded)
    good += [phrase for phrase in seed.good_phrases if phrase in folded] + glad
    bad += [phrase for phrase in seed.bad_phrases if phrase in folded] + cross
    return good, bad, denied


def _known(word: str, whole: frozenset[str], stems: frozenset[str]) -> bool:
    return word in whole or any(word[:size] in stems for size in range(2, min(len(word), 14) + 1))


def read_signs(text: str, seed: Seed) -> tuple[list[float], list[str], list[str]]:
    """The signs of one comment, in the order of :data:`SIGNS`, and the good and bad words found (denied good ones are bad)."""
    raw = trim(text)
    folded = fold(raw)
    good, bad, denied = find_opinions(folded, seed)
    count = raw.count
    questions = count("?") + count("？") + count("؟")
    shouts = count("!") + count("！")
    size = len(folded) * (
        2.5 if any("\u3040" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7a3" for sign in folded[:40]) else 1
    )
    signs = [
        min(len(good), 3) / 3,
        min(len(bad), 3) / 3,
        min(len(denied), 2) / 2,
        min(shouts, 3) / 3,
        min(questions, 2) / 2,
        1.0 if raw.rstrip("\" '»)").endswith(("?", "？", "؟")) else 0.0,
        1.0 if ".." in raw or "…" in raw else 0.0,
        min(folded.count('"') + count("「"), 2) / 2,
        1.0 if "urlhere" in folded else 0.0,
        min(sum(sign.isdigit() for sign in folded) / 12, 1.0),
        min(size / 500, 2.0),
        1.0 if raw.isupper() and len(raw) > 3 else 0.0,
        0.0 if good or bad or denied else 1.0,
    ]
    return signs, good, bad + [f"not … {word}" for word in denied]


def score_foreign(text: str, language: str, settings: Mapping[str, Any]) -> Sentiment | None:
    """The mood of a comment in `language`; None if there is no seed for it."""
    seed = load_seeds().get(language)
    if seed is None:
        return None
    signs, good, bad = read_signs(text, seed)
    logits = np.array(signs) @ np.array(settings["weights"]) + np.array(settings["bias"])
    chance = np.exp(logits - logits.max())
    chance /= chance.sum()
    label = int(chance.argmax())
    score, confidence = round(float(chance[2] - chance[0]), 3), round(float(chance[label]), 3)
    why = (bad, [], good)[label][:3] + _signs_for(label, signs, settings)
    return Sentiment(LABELS[label], score, confidence, confidence < settings["unsure"], why=tuple(dict.fromkeys(why)))


def _signs_for(label: int, signs: Sequence[float], settings: Mapping[str, Any]) -> list[str]:
    """The sign, if there is one, that speaks most for the label, the words apart."""
    weights = np.array(settings["weights"])
    lean = np.array(signs) * (weights[:, label] - weights.mean(axis=1))
    lean[:3] = 0
    best = int(lean.argmax())
    return [SIGNS[best]] if lean[best] > 0.2 else []
