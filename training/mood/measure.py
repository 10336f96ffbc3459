"""The measures of the table: the same arithmetic as the project's scoring tools use, on arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_BINS = 10  # of confidence, of equal width
RUN = 20  # comments whose net mood is told together


def f1(hit: float, said: float, gold: float) -> float:
    return 2 * hit / (said + gold) if said + gold else 1.0


def macro_f1(gold: Ints, said: Ints) -> float:
    """Mean F1 of the three classes."""
    return sum(f1(((gold == k) & (said == k)).sum(), (said == k).sum(), (gold == k).sum()) for k in range(3)) / 3


def binary_f1(gold: Flags, said: Flags) -> float:
    return f1((gold & said).sum(), said.sum(), gold.sum())


def auc(positive: Flags, value: Array) -> float:
    """Chance that a positive has the greater value; ties count a half."""
    _, rank, number = np.unique(value, return_inverse=True, return_counts=True)
    mean_rank = (np.cumsum(number) - (number - 1) / 2)[rank]
    n, m = positive.sum(), (~positive).sum()
    return float((mean_rank[positive].sum() - n * (n + 1) / 2) / (n * m))


def calibration_error(confidence: Array, right: Flags) -> float:
    """Expected calibration error: mean gap of confidence and accuracy over :data:`_BINS` bins, weighted by size."""
    which = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gaps = [abs(confidence[which == b].sum() - right[which == b].sum()) for b in range(_BINS)]
    return float(sum(gaps) / len(confidence))


def net_error(gold: Ints, said: Ints) -> float:
    """Mean error of (positive - negative) / comments over runs of :data:`RUN` comments."""
    runs = len(gold) // RUN
    gap = (gold - said)[: runs * RUN].reshape(runs, RUN).sum(1)
    return float(np.abs(gap).mean() / RUN)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the model said of a labelled set."""

    gold: Ints
    sarcastic: Flags
    label: Ints
    score: Array
    confidence: Array
    mocked: Flags

    @classmethod
    def together(cls, parts: Sequence[Answers]) -> Answers:
        """Several in a row."""
        return cls(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)))

    def figures(self) -> dict[str, float]:
        """By name. Where no comment is known to be sarcastic, nothing is told of sarcasm."""
        found = {
            "macro-F1": macro_f1(self.gold, self.label),
            "AUC negative": auc(self.gold == 0, -self.score),
            "net share error of 20": net_error(self.gold, self.label),
            "calibration error": calibration_error(self.confidence, self.gold == self.label),
        }
        return {**found, "sarcasm F1": binary_f1(self.sarcastic, self.mocked)} if self.sarcastic.any() else found
