"""Comments in other languages than English: a seed of words a language, emoji and punctuation, and no more.

A seed has strong opinion words, words of those who tell or ask plainly ("according to", "how many") and turns of mockery
("yeah right"). A language without one is not scored. The seeds are authored (``data/mood/seeds.txt``); what a good word, a bad
word or a question mark weighs is learnt on comments written in English and in other languages, all read by their seeds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

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
_REACH = 3  # words before a good one that a negation among them denies
_HEAD = 3  # letters of its first word that a phrase lies by
_PHRASE = re.compile("[\x00,.!]")  # what no word alone has; \x00 is the space of a phrase
_OPENING = str.maketrans("(\"'¡¿", "     ")  # what may stand right before a phrase
_WORD = re.compile(r"[^\W\d_]+(?:['\u0300-\u036f\u093c-\u094d\u0951-\u0954\u0981-\u0983\u09be-\u09cd][^\W\d_]*)*")

Kind: TypeAlias = Literal["good", "bad", "not", "plain", "mock"]


@dataclass(frozen=True, slots=True)
class Seed:
    """The words of a language with the kinds that they are of. `stems` are beginnings of words, of the lengths in `sizes`;
    `phrases` are looked for as they stand, and where words are parted, from the beginning of a word on; they lie by the first
    letters of their first word, by none where words are not parted, so that few are looked for in a text."""

    whole: Mapping[str, tuple[Kind, ...]]
    stems: Mapping[str, tuple[Kind, ...]]
    sizes: tuple[int, ...]
    phrases: Mapping[str, Sequence[tuple[str, Kind]]]

    def kinds_of(self, word: str) -> set[Kind]:
        found = set(self.whole.get(word, ()))
        for size in self.sizes:
            if size > len(word):
                break
            found.update(self.stems.get(word[:size], ()))
        return found


@dataclass(frozen=True, slots=True)
class Found:
    """The words of a seed in a comment; `denied` are good ones that a negation stands close before (or, once, close after)."""

    good: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    mock: list[str] = field(default_factory=list)


@cache
def load_seeds() -> Mapping[str, Seed]:
    """The seeds by language."""
    words: dict[str, list[tuple[str, Kind]]] = {}
    for line in _SEEDS_FILE.read_text("utf-8").split("\n"):
        if line and not line.startswith("#"):
            head, rest = line.split(": ", 1)
            language, kind = head.split(" ")
            own = rest.replace("\\ ", "\x00").split(" ")
            words.setdefault(language, []).extend((word, cast(Kind, kind)) for word in own)
    return {language: _seed(own, language in _UNPARTED) for language, own in words.items()}


def _seed(words: Sequence[tuple[str, Kind]], unparted: bool) -> Seed:
    whole: dict[str, tuple[Kind, ...]] = {}
    stems: dict[str, tuple[Kind, ...]] = {}
    phrases: dict[str, list[tuple[str, Kind]]] = {}
    for word, kind in words:
        if kind != "not" and (unparted or _PHRASE.search(word)):
            phrase = word.replace("\x00", " ")
            if unparted:
                phrases.setdefault("", []).append((phrase, kind))
            else:
                phrases.setdefault(phrase.split()[0][:_HEAD], []).append((" " + phrase, kind))
        else:
            where = stems if word.endswith("*") else whole
            bare = word.rstrip("*")
            where[bare] = (*where.get(bare, ()), kind)
    return Seed(whole, stems, tuple(sorted(set(map(len, stems)))), phrases)


def find_words(folded: str, seed: Seed) -> Found:
    """The words of `seed` in a text; an emoji of a plain feeling is a good or a bad word."""
    words = _WORD.findall(folded)
    kinds = list(map(seed.kinds_of, words))
    found = Found()
    for at, (word, own) in enumerate(zip(words, kinds, strict=True)):
        if "bad" in own:
            found.bad.append(word)
        elif "good" in own:
            denied = any("not" in near for near in kinds[max(0, at - _REACH) : at + 2])
            (found.denied if denied else found.good).append(word)
        if "plain" in own:
            found.plain.append(word)
        if "mock" in own:
            found.mock.append(word)
    lists = {"good": found.good, "bad": found.bad, "plain": found.plain, "mock": found.mock}
    spaced = " " + folded.translate(_OPENING)
    for head in dict.fromkeys(["", *(part[:_HEAD] for part in spaced.split())]):
        for phrase, kind in seed.phrases.get(head, ()):
            if phrase in spaced:
                lists[kind].append(phrase.strip())
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
        min(sum(sign.isdigit() for sign in folded.replace("<3", "")) / 12, 1.0),  # a heart is no number
        min(size / 500, 2.0),
        1.0 if raw.isupper() and len(raw) > 3 else 0.0,
        0.0 if good or bad or denied else 1.0,
        min(len(found.plain), 3) / 3,
        min(len(found.mock), 2) / 2,
    ]
    return signs, found


def score_foreign(text: str, language: str, settings: Mapping[str, Any]) -> Sentiment | None:
    """The mood of a comment in `language`; None if there is no seed for it."""
    seed = load_seeds().get(language)
    if seed is None:
        return None
    signs, found = read_signs(text, seed)
    weights = np.array(settings["weights"])
    logits = np.array(signs) @ weights + np.array(settings["bias"])
    chance = np.exp(logits - logits.max())
    chance /= chance.sum()
    label = int(chance.argmax())
    score, confidence = round(float(chance[2] - chance[0]), 3), round(float(chance[label]), 3)
    told = ([*found.mock, *found.bad, *(f"not … {word}" for word in found.denied)], found.plain, found.good)
    lean = np.array(signs) * (weights[:, label] - weights.mean(axis=1))
    why = tuple(dict.fromkeys([*told[label][:3], *_sign_for(lean)]))
    mocks = label == 0 and bool(found.mock)
    return Sentiment(LABELS[label], score, confidence, confidence < settings["unsure"], mocks, why=why)


def _sign_for(lean: NDArray[np.float64]) -> list[str]:
    """The sign, if there is one, that speaks most for the label, the words apart."""
    lean[list(_OF_WORDS)] = 0
    best = int(lean.argmax())
    return [SIGNS[best]] if lean[best] > 0.2 else []
