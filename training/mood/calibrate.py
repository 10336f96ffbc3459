"""Choosing what turns logits into answers: scale and shift, offsets, confidence curves and thresholds, on held-out comments."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from newsdesk.sentiment.judging import chances, choose, confide
from training.mood.measure import Array, Flags, Ints, binary_f1, macro_f1, net_error

Settings = dict[str, Any]
MOCKING = 0.3
PLATEAU = 0.01


def fit_chances(logits: Array, gold: Ints, weights: Array, mocking: float = MOCKING) -> Settings:
    """One scale for the three logits and a shift a class, by cross-entropy (vector scaling, Guo et al. 2017). `mocking`: how
    much of what sounds of mockery speaks for negative."""

    def settings_of(vector: Array) -> Settings:
        return {"mocking": mocking, "scale": [float(vector[0])] * 3, "shift": [0.0, float(vector[1]), float(vector[2])]}

    def loss(vector: Array) -> float:
        return loss_of_chances(logits, gold, weights, settings_of(vector)) + float(1e-3 * (vector[1:] ** 2).sum())

    return settings_of(minimize(loss, np.array([1.0, 0.0, 0.0]), method="BFGS").x)


def loss_of_chances(logits: Array, gold: Ints, weights: Array, settings: Settings) -> float:
    """The weighted cross-entropy of the classes' chances."""
    chance = chances(logits, settings)[np.arange(len(gold)), gold]
    return float(-(weights * np.log(np.maximum(chance, 1e-9))).sum() / weights.sum())


def fit_offsets(parts: list[tuple[Array, Flags, Ints]], settings: Settings) -> list[float]:
    """Offsets that are best for macro-F1, less the error of the net share, over the sets in `parts` alike.

    Few comments are positive, so single steps are chance: what counts is the mean over the steps around, and of all that are
    nearly as good as the best the middle is taken.
    """
    steps = np.arange(0.0, 2.6, 0.1)
    values = np.zeros((len(steps), len(steps)))
    for first, second in itertools.product(range(len(steps)), repeat=2):
        offset = [0.0, float(steps[first]), float(steps[second])]
        for chance, mocked, gold in parts:
            label = choose(chance, mocked, {**settings, "offset": offset})
            values[first, second] += macro_f1(gold, label) - 0.5 * max(0.0, net_error(gold, label) - 0.12)
    reach = 4
    around = np.lib.stride_tricks.sliding_window_view(np.pad(values, reach, mode="edge"), (2 * reach + 1, 2 * reach + 1))
    level = around.mean(axis=(2, 3))
    good = np.nonzero(level >= level.max() - PLATEAU)
    return [0.0, *(round(float(steps[one].mean()), 1) for one in good)]


def fit_confidence(chance: Array, label: Ints, gold: Ints, weights: Array) -> list[list[float]]:
    """A logistic curve a label from the log-odds of its chance to being right, drawn to the common curve where data are few."""

    def curve(rows: NDArray[np.bool_], centre: Array, pull: float) -> Array:
        def loss(vector: Array) -> float:
            settings = {"confidence": [vector.tolist()] * 3}
            sure = np.clip(confide(chance[rows], label[rows], settings), 1e-6, 1 - 1e-6)
            right = gold[rows] == label[rows]
            each = np.where(right, np.log(sure), np.log(1 - sure))
            return float(-(weights[rows] * each).sum() + pull * ((vector - centre) ** 2).sum())

        return np.asarray(minimize(loss, centre, method="BFGS").x)

    common = curve(np.ones(len(gold), dtype=bool), np.array([0.0, 1.0]), 0.1)
    return [curve(label == which, common, 3.0).tolist() for which in range(3)]


def fit_threshold(parts: list[tuple[Array, Flags, Array, Ints]], settings: Settings) -> float:
    """The threshold of mockery that is best for the F1 of its flags and, twice as much, for the macro-F1 of the labels that it
    overrules, the sets in `parts` (mockery, flags, chances, labels) alike: the middle of the best stretch."""
    steps = np.quantile(np.concatenate([value for value, *_ in parts]), np.linspace(0.7, 0.98, 57))
    scores = np.zeros(len(steps))
    for at, step in enumerate(steps):
        for value, flags, chance, gold in parts:
            label = choose(chance, value > step, settings)
            scores[at] += binary_f1(flags, value > step) + 2 * macro_f1(gold, label)
    smooth = np.convolve(scores, np.ones(7) / 7, mode="same")
    return float(steps[3:-3][smooth[3:-3].argmax()])
