"""From logits to a judgement: label, score, calibrated confidence, sarcasm, toxicity, and the words that decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdesk.model import MoodLabel, Sentiment
from newsdesk.sentiment.marks import MARK_NAMES
from newsdesk.sentiment.reading import Reading
from newsdesk.sentiment.weights import Weights

LABELS: tuple[MoodLabel, MoodLabel, MoodLabel] = ("negative", "neutral", "positive")
SARCASM, TOXIC = 3, 4
_REASONS = 4
_TELLING = 0.06

Floats = NDArray[np.float64]


def chances(logits: Floats, settings: Mapping[str, Any]) -> Floats:
    """Chances of the three classes among news comments: softmax of scaled and shifted logits (vector scaling)."""
    scaled = logits[:, :3] * np.asarray(settings["scale"]) + np.asarray(settings["shift"])
    scaled = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    result: Floats = scaled / scaled.sum(axis=1, keepdims=True)
    return result


def choose(chance: Floats, sarcastic: NDArray[np.bool_], settings: Mapping[str, Any]) -> NDArray[np.int64]:
    """The label of each comment: the likeliest after the offsets that make rare classes heard; never positive for mockery."""
    weighed = np.log(np.maximum(chance, 1e-9)) + np.asarray(settings["offset"])
    weighed[sarcastic, 2] = -np.inf
    chosen: NDArray[np.int64] = weighed.argmax(axis=1)
    return chosen


def confide(chance: Floats, label: NDArray[np.int64], settings: Mapping[str, Any]) -> Floats:
    """The chance that each label is right: a logistic curve a label over the log-odds of its chance (Platt)."""
    own = np.clip(np.take_along_axis(chance, label[:, None], axis=1)[:, 0], 1e-6, 1 - 1e-6)
    intercept, slope = np.asarray(settings["confidence"]).T
    result: Floats = 1 / (1 + np.exp(-(intercept[label] + slope[label] * np.log(own / (1 - own)))))
    return result


def judge(reading: Reading, weights: Weights) -> list[Sentiment]:
    """A sentiment for each comment of the batch."""
    settings = weights.settings
    chance = chances(reading.logits, settings)
    sarcastic = reading.logits[:, SARCASM] > settings["sarcasm"]
    toxic = reading.logits[:, TOXIC] > settings["toxic"]
    label = choose(chance, sarcastic, settings)
    confidence = confide(chance, label, settings)
    score = chance[:, 2] - chance[:, 0]
    why = explain(reading, label, weights)
    rows = zip(label.tolist(), score.tolist(), confidence.tolist(), sarcastic.tolist(), toxic.tolist(), why, strict=True)
    limit = settings["unsure"]
    return [
        Sentiment(LABELS[which], value, sure, sure < limit, mocks, harms, reasons)
        for which, value, sure, mocks, harms, reasons in rows
    ]


def explain(reading: Reading, label: NDArray[np.int64], weights: Weights) -> list[tuple[str, ...]]:
    """For each comment the words and marks that speak most for its label, strongest first."""
    tokens = reading.tokens
    whose = label[tokens.owner]
    every = np.arange(len(whose))
    for_label = 1.5 * (reading.by_token[every, whose] - reading.by_token[:, :3].mean(axis=1))
    order = np.lexsort((-for_label, tokens.owner))
    ranked, strength = order.tolist(), for_label.tolist()
    lean = 1.5 * (weights.dense[:, :3] - weights.dense[:, :3].mean(axis=1, keepdims=True))
    by_mark = reading.marks * lean.T[label]
    best = np.argpartition(-by_mark, 2, axis=1)[:, :2].tolist()
    mark_strength = by_mark.tolist()
    found = []
    for at, (begin, end) in enumerate(zip(reading.cuts, reading.cuts[1:], strict=False)):
        reasons = [(mark_strength[at][mark], MARK_NAMES[mark]) for mark in best[at]]
        reasons += [
            (strength[token], _named(tokens.words[token], tokens.denied[token]))
            for token in ranked[begin : begin + 5]
            if token < end
        ]
        found.append(_strongest(reasons))
    return found


def _named(word: str, denied: bool) -> str:
    return f"not … {word}" if denied else word


def _strongest(reasons: Sequence[tuple[float, str]]) -> tuple[str, ...]:
    telling = sorted((reason for reason in reasons if reason[0] > _TELLING), key=lambda reason: -reason[0])
    return tuple(dict.fromkeys(name for _, name in telling if len(name) > 1))[:_REASONS]
