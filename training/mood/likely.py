"""What the likely shares of some comments are told by (:mod:`newsdesk.sentiment.likely`), and how near they come."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsdesk.sentiment.likely import estimate
from training.mood.calibrate import Settings
from training.mood.measure import RUN, Answers

PULL = 60.0  # comments; from 40 to 100 it is all one to threads of the comments that choose
_SMOOTHING = 1.0  # of a mistake of each kind, in comments of a thousand


def fit_likely(answers: Sequence[Answers], weights: Sequence[float]) -> Settings:
    """How frequent the classes are and, where a label is wrong, how often each is right; a set counts as its weight says."""
    counts = np.full((3, 3), _SMOOTHING)
    for own, weight in zip(answers, weights, strict=True):
        np.add.at(counts, (own.label, own.gold), 1000 * weight / len(own.gold))
    usual = (counts.sum(axis=0) - 3 * _SMOOTHING) / (counts.sum() - 9 * _SMOOTHING)
    np.fill_diagonal(counts, 0)
    wrong = counts / counts.sum(axis=1, keepdims=True)
    return {"wrong": wrong.round(3).tolist(), "usual": usual.round(3).tolist(), "pull": PULL}


def likely_error(judged: Sequence[tuple[Answers, Settings]]) -> float:
    """Mean error of the likely net share over runs of :data:`~training.mood.measure.RUN` comments of each part."""
    gaps = []
    for own, settings in judged:
        runs = len(own.gold) // RUN
        rows = np.arange(runs * RUN).reshape(runs, RUN)
        shares = estimate(own.label[rows], own.confidence[rows], settings)
        gaps.append(shares[:, 2] - shares[:, 0] - (own.gold[rows] - 1).mean(axis=1))
    return float(np.abs(np.concatenate(gaps)).mean())
