"""Comments in other languages than English: a seed of words a language, emoji and punctuation, and no more.

A seed has strong opinion words, words of those who tell or ask plainly ("according to", "how many") and turns of mockery
("yeah right"). A language without one is not scored. The seeds are authored (``data/mood/seeds.txt``); what a good word, a bad
word or a question mark weighs is learnt on comments written in English and in other languages, all read by their seeds.
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
    "plain words",
    "mocking words",
)
_SEEDS_FILE = Path(__file__).parent.parent / "data" / "mood" / "seeds.txt"
# Scripts that don't part words: their seeds are looked for anywhere in the text.
_UNPARTED = frozenset({"ja", "zh", "ko", "th"})
_OF_WORDS = tuple(map(SIGNS.index, ("good words", "bad words", "denied good words", "plain words", "mocking words")))
_REACH = 3
_PHRASE = re.compile("[\x00,.!]")
_OPENING = str.maketrans("(\"'¡¿", "     ")
_WORD = re.compile(r"[^\W\d_]+(?:['\u0300-\u036f\u093c-\u094d\u0951-\u0954\u0981-\u0983\u09be-\u09cd][^\W\d_]*)*")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one kind; `stems` are beginnings of words, `phrases` are looked for as they stand; where words are parted, from
    the beginning of a word on."""

    whole: frozenset[str]
    stems: frozenset[str]
    phrases: tuple[str, ...]

    def have(self, word: str) -> bool:
        return word in self.whole or any(word[:size] in self.stems for size in range(2, min(len(word), 14) + 1))

    def phrases_in(self, spaced: str) -> list[str]:
        return [phrase.strip() for phrase in self.phrases if phrase in spaced]


@dataclass(frozen=True, slots=True)
class Seed:
    """The words of a language; a negation close to a good word denies it."""

    good: Words
    bad: Words
    plain: Words
    mocking: Words
    negators: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """The words of a seed in a comment; `denied` are good ones that a negation stands close before (or, once, close after)."""

    good: list[str]
    bad: list[str]
    denied: list[str]
    plain: list[str]
    mocking: list[str]


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
    def words(kind: str) -> Words:
        own = found.get(kind, ())
        phrases = [word for word in own if unparted or _PHRASE.search(word)]
        single = [word for word in own if word not in phrases]
        return Words(
            frozenset(word for word in single if not word.endswith("*")),
            frozenset(word.rstrip("*") for word in single if word.endswith("*")),
            tuple(("" if unparted else " ") + word.replace("\x00", " ") for word in phrases),
        )

    return Seed(words("good"), words("bad"), words("plain"), words("mock"), frozenset(found.get("not", ())))


def find_words(folded: str, seed: Seed) -> Found:
    """The words of `seed` in a text; an emoji of a plain feeling is a good or a bad word."""
    words = _WORD.findall(folded)
    found = Found([], [], [], [], [])
    for at, word in enumerate(words):
        if seed.bad.have(word):
            found.bad.append(word)
        elif seed.good.have(word):
            near = words[max(0, at - _REACH) : at + 2]
            (found.denied if seed.negators.intersection(near) else found.good).append(word)
        if seed.plain.have(word):
            found.plain.append(word)
        if seed.mocking.have(word):
            found.mocking.append(word)
    spaced = " " + folded.translate(_OPENING)
    for own, kind in ((found.good, seed.good), (found.bad, seed.bad), (found.plain, seed.plain), (found.mocking, seed.mocking)):
        own += kind.phrases_in(spaced)
    glad, cross = find_feelings(folded)
    found.good.extend(glad)
    found.bad.extend(cross)
    return found


def read_signs(text: str, seed: Seed) -> tuple[list[float], Found]:
    """The signs of one comment, in the order of :data:`SIGNS`, and the words found."""
    raw = trim(text)
    folded = fold(raw)
    found = find_words(folded, seed)
    good, bad, denied = found.good, found.bad, found.denied
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
        min(len(found.plain), 3) / 3,
        min(len(found.mocking), 2) / 2,
    ]
    return signs, found


def score_foreign(text: str, language: str, settings: Mapping[str, Any]) -> Sentiment | None:
    """The mood of a comment in `language`; None if there is no seed for it."""
    seed = load_seeds().get(language)
    if seed is None:
        return None
    signs, found = read_signs(text, seed)
    logits = np.array(signs) @ np.array(settings["weights"]) + np.array(settings["bias"])
    chance = np.exp(logits - logits.max())
    chance /= chance.sum()
    label = int(chance.argmax())
    score, confidence = round(float(chance[2] - chance[0]), 3), round(float(chance[label]), 3)
    told = ([*found.mocking, *found.bad, *(f"not … {word}" for word in found.denied)], found.plain, found.good)
    why = tuple(dict.fromkeys(told[label][:3] + _signs_for(label, signs, settings)))
    mocks = label == 0 and bool(found.mocking)
    return Sentiment(LABELS[label], score, confidence, confidence < settings["unsure"], mocks, why=why)


def _signs_for(label: int, signs: Sequence[float], settings: Mapping[str, Any]) -> list[str]:
    """The sign, if there is one, that speaks most for the label, the words apart."""
    weights = np.array(settings["weights"])
    lean = np.array(signs) * (weights[:, label] - weights.mean(axis=1))
    lean[list(_OF_WORDS)] = 0
    best = int(lean.argmax())
    return [SIGNS[best]] if lean[best] > 0.2 else []
