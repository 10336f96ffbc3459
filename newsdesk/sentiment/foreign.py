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
_REACH, _NEAR = 3, 40  # words before a good one that a negation among them denies; signs that these stand in before a phrase
_HEAD = 3  # letters of its first word that a phrase lies by
_OPENING = str.maketrans("(\"'¡¿\u200c", "      ")  # what may stand right before a phrase, or between its words
# A word goes on behind them: vowel signs and the like of Latin, Arabic, Devanagari and Bengali.
_MARKS = "'\u0300-\u036f\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0981-\u0983\u09bc-\u09d7"
_WORD = re.compile(rf"[^\W\d_]+(?:[{_MARKS}][^\W\d_]*)*")
_STOPS = ".,!?;:()…،؛؟。！？，、।—–"  # no negation reaches beyond one
_TOKEN = re.compile(rf"{_WORD.pattern}|[{_STOPS}]")
_GLUED_TO = 3  # letters that a word has at least where another is glued to it
# Where words are not parted: how a negation that stands behind begins, what may stand between, and how it goes on where it asks
# for a yes ("isn't it good?").
_BEHIND, _BETWEEN, _HOPES = "~", r"[^.,!?。、，！？…\s]{0,5}?\s?", "(?!か|です[か?？]|でしょう|の[?？]|은?가|[을까]까|나)"

Kind: TypeAlias = Literal["good", "bad", "not", "plain", "mock", "glued"]


@dataclass(frozen=True, slots=True)
class Seed:
    """The words of a language with the kinds that they are of. `stems` are beginnings of words, of the lengths in `sizes`;
    `phrases` are looked for as they stand, and where words are parted, from the beginning of a word on; they lie by the first
    letters of their first word, by none where words are not parted, so that few are looked for in a text. `glued` words are
    written as one with the next. Where words are not parted, `before` and `behind` deny a phrase that they stand close to."""

    whole: Mapping[str, tuple[Kind, ...]]
    stems: Mapping[str, tuple[Kind, ...]]
    sizes: tuple[int, ...]
    phrases: Mapping[str, Sequence[tuple[str, Kind]]]
    glued: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    behind: re.Pattern[str] | None = None

    def kinds_of(self, word: str) -> set[Kind]:
        found = set(self.whole.get(word, ()))
        for size in self.sizes:
            if size > len(word):
                break
            found.update(self.stems.get(word[:size], ()))
        if not found:
            for glued in self.glued:
                if word.startswith(glued) and len(word) >= len(glued) + _GLUED_TO:
                    found.update(self.kinds_of(word[len(glued) :]))
        return found

    def denies(self, text: str, phrase: str) -> bool:
        """Whether a negation stands close to `phrase` where it first is in `text`."""
        start = text.index(phrase)
        if self.behind and self.behind.match(text, start + len(phrase)):
            return True
        if self.before:
            return text.endswith(self.before, 0, start)
        for word in reversed(_TOKEN.findall(text[max(0, start - _NEAR) : start])[-_REACH:]):
            if word in _STOPS:
                return False
            if "not" in self.kinds_of(word):
                return True
        return False


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
        if kind == "glued" or (unparted and kind == "not"):
            continue
        bare = fold(word.rstrip("*").replace("\x00", " "))
        if unparted:
            phrases.setdefault("", []).append((bare, kind))
        elif _WORD.fullmatch(bare):
            where = stems if word.endswith("*") else whole
            where[bare] = (*where.get(bare, ()), kind)
        else:
            phrases.setdefault(bare.split()[0][:_HEAD], []).append((" " + bare, kind))
    sizes = tuple(sorted(set(map(len, stems))))
    glued = tuple(word for word, kind in words if kind == "glued")
    denying = [word.replace("\x00", " ") for word, kind in words if kind == "not" and unparted]
    before = tuple(word for word in denying if not word.startswith(_BEHIND))
    behind = "|".join(re.escape(word[1:]) for word in denying if word.startswith(_BEHIND))
    return Seed(whole, stems, sizes, phrases, glued, before, re.compile(f"{_BETWEEN}(?:{behind}){_HOPES}") if behind else None)


def find_words(folded: str, seed: Seed) -> Found:
    """The words of `seed` in a text; an emoji of a plain feeling is a good or a bad word."""
    found = Found()
    _find_single(folded, seed, found)
    lists = {"good": found.good, "bad": found.bad, "plain": found.plain, "mock": found.mock}
    spaced = " " + folded.translate(_OPENING)
    heads = dict.fromkeys(["", *(part[:_HEAD] for part in spaced.split())])
    hits = [hit for head in heads for hit in seed.phrases.get(head, ()) if hit[0] in spaced]
    for phrase, kind in hits:
        if any(phrase in longer and {kind, other} == {"good", "bad"} for longer, other in hits):
            continue  # "bad" in "not bad"
        denied = kind == "good" and seed.denies(spaced, phrase)
        (found.denied if denied else lists[kind]).append(phrase.strip())
    glad, cross = find_feelings(folded)
    found.good.extend(glad)
    found.bad.extend(cross)
    return found


def _find_single(folded: str, seed: Seed, found: Found) -> None:
    words = _TOKEN.findall(folded)
    kinds = list(map(seed.kinds_of, words))
    begin = 0  # of the clause
    for at, (word, own) in enumerate(zip(words, kinds, strict=True)):
        if word in _STOPS:
            begin = at + 1
        elif "bad" in own:
            found.bad.append(word)
        elif "good" in own:
            denied = any("not" in near for near in kinds[max(begin, at - _REACH) : at + 2])
            (found.denied if denied else found.good).append(word)
        if "plain" in own:
            found.plain.append(word)
        if "mock" in own:
            found.mock.append(word)


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
