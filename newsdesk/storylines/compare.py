"""Do two clusters belong together? Evidence from their words and dates, and its weight."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from newsdesk.storylines.cluster import Cluster, days_apart, length_share


class Evidence(NamedTuple):
    """What speaks for and against one storyline; each is a number near 0 to 5 that the calibration weighs.

    `similarity`: log of the mean cosine between the two. `fit`: log of it over the mean cosine inside them. `terms`: log of
    how many terms carry the similarity (its inverse concentration). `least`, `most`: log sizes. `near`: dates within three
    days. `gap`: log of the days between. `length`: 0 headline, 1 full text; `odd`: difference of their lengths.
    """

    similarity: float
    fit: float
    terms: float
    least: float
    most: float
    near: float
    gap: float
    odd: float
    length: float


WEIGHED = Evidence._fields[:-1]


class Calibration(NamedTuple):
    """A logistic model: the weight of each evidence and the bias, for headlines and for what full texts add to them.

    `arrival`: the cosine at which a story joins a cluster at sight, likewise. From `calibration.json`, made by
    `training/storylines`.
    """

    bias: tuple[float, float]
    weights: tuple[tuple[float, float], ...]
    arrival: tuple[float, float]

    def log_odds(self, evidence: Sequence[float], length: float) -> float:
        total = self.bias[0] + self.bias[1] * length
        for (short, longer), value in zip(self.weights, evidence, strict=True):
            total += (short + longer * length) * value
        return total


@cache
def calibration() -> Calibration:
    text = resources.files("newsdesk").joinpath("data", "storylines", "calibration.json").read_text("utf-8")
    data = json.loads(text)
    weights = tuple(tuple(data["weights"][name]) for name in WEIGHED)
    return Calibration(tuple(data["bias"]), weights, tuple(data["arrival"]))


def belong(a: Cluster, b: Cluster) -> float:
    """Log odds that two clusters are one storyline."""
    evidence = weigh_up(a, b)
    return calibration().log_odds(evidence[: len(WEIGHED)], evidence.length)


def weigh_up(a: Cluster, b: Cluster) -> Evidence:
    mine, other = a.vector, b.vector
    if len(mine) > len(other):
        mine, other = other, mine
    total = squares = 0.0
    for term in mine.keys() & other.keys():
        value = mine[term] * other[term]
        total += value
        squares += value * value
    similarity = total / (a.size * b.size)
    inside = (max(a.inside(), 0.02) * max(b.inside(), 0.02)) ** 0.5
    gap = days_apart(a, b)
    length_a, length_b = length_share(a.mass / a.size), length_share(b.mass / b.size)
    sizes = sorted((a.size, b.size))
    return Evidence(
        math.log(similarity + 0.005),
        math.log(similarity / inside + 0.02),
        math.log(total * total / squares) if squares else 0.0,
        math.log(sizes[0]),
        math.log(sizes[1]),
        1.0 if gap is not None and gap <= 3 else 0.0,
        min(math.log1p(gap / 3.0), 5.0) if gap is not None else 0.0,
        abs(length_a - length_b),
        (length_a + length_b) / 2,
    )
