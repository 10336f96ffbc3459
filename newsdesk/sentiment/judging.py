"""From logits to a judgement: label, score, calibrated confidence, sarcasm, toxicity, and the words that decided.

Comments of which headline or parent is known are judged by settings of their own (``known``), the others by theirs (``alone``):
what a tier says of the one and of the other is not alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdesk.model import MoodLabel, Sentiment
from newsdesk.sentiment.marks import has_context, mark_names
from newsdesk.sentiment.reading import Reading
from newsdesk.sentiment.weights import Weights

LABELS: tuple[MoodLabel, MoodLabel, MoodLabel] = ("negative", "neutral", "positive")
SARCASM, TOXIC = 3, 4
STRENGTH = -1  # the last of what the encoder says
_REASONS = 4
_TELLING = 0.06
_KINDNESS = 1.0
_PLAINLY_KIND = 0.8  # from .7 to .9 it is all one to the comments that choose
_UNHEARD = -99.0

# Words that tell a reader nothing, whatever they weigh, and marks that are no manner of the comment's own.
_SILENT = frozenset(
    "the a an of to in on at for and or as by is was are were be been it its it's this that these those with from he she they "
    "them their his her him i i'm i've me my we us our you your he's she's there there's here which who whom what if then than "
    "so do does did has have had will would can could just also am urlhere".split()
)
_UNSAID = ("answers someone",)

Floats = NDArray[np.float64]


def chances(logits: Floats, settings: Mapping[str, Any]) -> Floats:
    """Chances of the three classes among news comments: softmax of scaled and shifted logits (vector scaling). Mockery is
    negative: what sounds of it speaks for that, so much as the settings say."""
    own = logits[:, :3].copy()
    own[:, 0] += settings["mocking"] * logits[:, SARCASM]
    return _softmax(own * np.asarray(settings["scale"]) + np.asarray(settings["shift"]))


def _softmax(logits: Floats) -> Floats:
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Floats = odds / odds.sum(axis=1, keepdims=True)
    return result


def mockery(logits: Floats, chance: Floats) -> Floats:
    """How much each comment sounds like mockery: the sarcasm head, less where the words are kind, and not at all where they are
    plainly so: the head hears "Wonderful, I love it!" as it hears "Wonderful, another tax."."""
    kind = chance[:, 2]
    result: Floats = np.where(kind > _PLAINLY_KIND, _UNHEARD, logits[:, SARCASM] - _KINDNESS * kind)
    return result


def is_mocking(logits: Floats, chance: Floats, settings: Mapping[str, Any]) -> NDArray[np.bool_]:
    """Which comments are taken for mockery."""
    result: NDArray[np.bool_] = mockery(logits, chance) > settings["sarcasm"]
    return result


def choose(chance: Floats, sarcastic: NDArray[np.bool_], settings: Mapping[str, Any]) -> NDArray[np.int64]:
    """The label of each comment: the likeliest after the offsets that make rare classes heard; mockery is always negative."""
    weighed = np.log(np.maximum(chance, 1e-9)) + np.asarray(settings["offset"])
    weighed[sarcastic, 1:] = -np.inf
    chosen: NDArray[np.int64] = weighed.argmax(axis=1)
    return chosen


def confide(chance: Floats, label: NDArray[np.int64], settings: Mapping[str, Any]) -> Floats:
    """The chance that each label is right: a logistic curve a label over the log-odds of its chance (Platt)."""
    own = np.clip(np.take_along_axis(chance, label[:, None], axis=1)[:, 0], 1e-6, 1 - 1e-6)
    intercept, slope = np.asarray(settings["confidence"]).T
    result: Floats = 1 / (1 + np.exp(-(intercept[label] + slope[label] * np.log(own / (1 - own)))))
    return result


def lean(logits: Floats, settings: Mapping[str, Any]) -> Floats:
    """How far each comment leans to positive (above 0) or negative (below), -1 to 1: what speaks for positive less what speaks
    for negative, by settings of its own. Mockery tells what is called negative rather than how strongly. Where the settings
    have a share of the encoder's strength, it is added."""
    own = settings["lean"]
    share = chances(logits, own)
    result: Floats = share[:, 2] - share[:, 0]
    return np.clip(result + own["strength"] * logits[:, STRENGTH], -1.0, 1.0) if own.get("strength") else result


def rate(logits: Floats, label: NDArray[np.int64], settings: Mapping[str, Any]) -> Floats:
    """The score from -1 to 1: the lean, on its label's side of 0."""
    score = lean(logits, settings)
    result: Floats = np.where(label == 0, np.minimum(score, 0.0), np.where(label == 2, np.maximum(score, 0.0), score))
    return result


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Of each comment: its label, its score, the chance that the label is right, and whether it mocks."""

    label: NDArray[np.int64]
    score: Floats
    confidence: Floats
    mocks: NDArray[np.bool_]


def add_beside(said: Floats, beside: Floats, known: NDArray[np.bool_], settings: Mapping[str, Any]) -> Floats:
    """The encoder's logits with a share of what the base tier says beside it, `beside` [comments, 4]: of sarcasm another share
    than of the classes, and another where headline or parent is `known`."""
    share = np.where(known[:, None], settings["known"]["share"], settings["alone"]["share"])
    result: Floats = said.copy()
    result[:, : beside.shape[1]] += share * beside
    return result


def decide(logits: Floats, known: NDArray[np.bool_], settings: Mapping[str, Any]) -> Verdicts:
    """The verdicts on a batch, by a tier's settings; `known` says of which comments headline or parent is known."""
    size = len(logits)
    found = Verdicts(np.zeros(size, np.int64), np.zeros(size), np.zeros(size), np.zeros(size, dtype=bool))
    for rows, own in ((known, settings["known"]), (~known, settings["alone"])):
        if not rows.any():
            continue
        chance = chances(logits[rows], own)
        mocks = is_mocking(logits[rows], chance, own)
        label = choose(chance, mocks, own)
        found.label[rows], found.mocks[rows] = label, mocks
        found.confidence[rows], found.score[rows] = confide(chance, label, own), rate(logits[rows], label, own)
    return found


def judge(reading: Reading, weights: Weights, settings: Mapping[str, Any]) -> list[Sentiment]:
    """A sentiment for each comment of the batch, by the `settings` of the tier that read it."""
    found = decide(reading.logits, has_context(reading.marks), settings)
    toxic = reading.logits[:, TOXIC] > settings["toxic"]
    why = explain(reading, found.label, weights)
    # As they are kept and told: what is counted now and what is counted when they are read again come out the same.
    score, confidence = found.score.round(3).tolist(), found.confidence.round(3).tolist()
    columns = (found.label.tolist(), score, confidence, found.mocks.tolist(), toxic.tolist())
    rows = zip(*columns, why, strict=True)
    limit = settings["unsure"]
    return [
        Sentiment(LABELS[which], value, sure, sure < limit, mocks, harms, reasons)
        for which, value, sure, mocks, harms, reasons in rows
    ]


def explain(reading: Reading, label: NDArray[np.int64], weights: Weights) -> list[tuple[str, ...]]:
    """For each comment the words and marks that speak most for its label, strongest first."""
    words, denied = reading.tokens.words, reading.tokens.denied.tolist()
    whose = label[reading.tokens.owner]
    of_words = reading.by_token[np.arange(len(whose)), whose] - reading.by_token[:, :3].mean(axis=1)
    slope = weights.dense[:, :3] - weights.dense[:, :3].mean(axis=1, keepdims=True)
    of_marks = reading.marks * slope.T[label]
    names = mark_names()
    candidates: list[list[tuple[float, str]]] = [[] for _ in reading.cuts[1:]]
    owners = reading.tokens.owner.tolist()
    telling = np.flatnonzero(of_words > _TELLING)
    for token, strength in zip(telling.tolist(), of_words[telling].tolist(), strict=True):
        word = words[token]
        if len(word) > 2 and word not in _SILENT:
            candidates[owners[token]].append((strength, f"not … {word}" if denied[token] else word))
    rows, columns = np.nonzero(of_marks > _TELLING)
    for row, column, strength in zip(rows.tolist(), columns.tolist(), of_marks[rows, columns].tolist(), strict=True):
        if names[column] not in _UNSAID:
            candidates[row].append((strength, names[column]))
    return [_strongest(found) for found in candidates]


def _strongest(reasons: list[tuple[float, str]]) -> tuple[str, ...]:
    if len(reasons) > 1:
        reasons.sort(reverse=True)
    return tuple(dict.fromkeys(name for _, name in reasons))[:_REASONS]
