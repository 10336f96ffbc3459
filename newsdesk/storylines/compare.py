"""Do two clusters belong together? Evidence from their words and dates, and its weight."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from newsdesk.storylines.cluster import Cluster, Spread, days_apart
from newsdesk.storylines.lexis import Weights


class Evidence(NamedTuple):
    """What speaks for and against one storyline; each is a number near 0 to 5 that the calibration weighs.

    `similarity`: log of the mean cosine between the two. `fit`: log of it over the mean cosine inside them. `terms`: log of
    how many terms carry the similarity (its inverse concentration). `least`, `most`: log sizes. `near`: dates within three
    days. `gap`: log of the days between. `odd`: difference of their lengths. `elsewhere`: 1 where both have
    countries and none in common. `length`: 0 headline, 1 full text; it sets the weights.
    """

    similarity: float
    fit: float
    terms: float
    least: float
    most: float
    near: float
    gap: float
    odd: float
    elsewhere: float
    length: float


LEAST, LEAST_LONGER = 0.02, 0.09  # mean cosine below which two clusters are not weighed up: headlines, and more for full texts
NEVER = -9.0  # log odds
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
        for (short, longer), value in zip(self.weights, evidence, strict=False):
            total += (short + longer * length) * value
        return total


@cache
def calibration() -> Calibration:
    text = resources.files("newsdesk").joinpath("data", "storylines", "calibration.json").read_text("utf-8")
    data = json.loads(text)
    weights = tuple(tuple(data["weights"][name]) for name in WEIGHED)
    return Calibration(tuple(data["bias"]), weights, tuple(data["arrival"]))


def belong(a: Cluster, others: Sequence[Cluster], spread: Spread) -> list[float]:
    """Log odds that `a`, which is laid out in `spread`, is one storyline with each of the others.

    Not worked out where next to nothing is shared.
    """
    log_odds, found = calibration().log_odds, []
    for b, total, squares in zip(others, *spread.shared(others), strict=True):
        least = LEAST + LEAST_LONGER * (a.length if a.length < b.length else b.length)
        if total < least * a.size * b.size:
            found.append(NEVER)
        else:
            evidence = _evidence(a, b, total, squares)
            found.append(log_odds(evidence, evidence.length))
    return found


def weigh_up(a: Cluster, b: Cluster, products: Weights) -> Evidence:
    """The evidence; the same whichever comes first, as sums are exact."""
    shared = products[products > 0.0].tolist()
    return _evidence(a, b, math.fsum(shared), math.fsum([value * value for value in shared]))


def _evidence(a: Cluster, b: Cluster, total: float, squares: float) -> Evidence:
    """From the sum and the sum of squares of the products of the weights that the two have."""
    similarity = total / (a.size * b.size)
    inside = (max(a.inner, 0.02) * max(b.inner, 0.02)) ** 0.5
    gap = days_apart(a, b)
    least, most = (a.size, b.size) if a.size < b.size else (b.size, a.size)
    return Evidence(
        math.log(similarity + 0.005),
        math.log(similarity / inside + 0.02),
        math.log(total * total / squares) if squares else 0.0,
        math.log(least),
        math.log(most),
        1.0 if gap is not None and gap <= 3 else 0.0,
        min(math.log1p(gap / 3.0), 5.0) if gap is not None else 0.0,
        abs(a.length - b.length),
        1.0 if a.places and b.places and a.places.keys().isdisjoint(b.places) else 0.0,
        (a.length + b.length) / 2,
    )


def common(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Share of two distributions over countries that is the same, 0 to 1."""
    both = a.keys() & b.keys()
    if not both:
        return 0.0
    total_a, total_b = math.fsum(a.values()), math.fsum(b.values())
    return math.fsum([min(a[code] / total_a, b[code] / total_b) for code in both])


def foreign(a: Cluster, b: Cluster) -> bool:
    """Are the two in different languages, none in common?"""
    return bool(a.languages and b.languages) and a.languages.isdisjoint(b.languages)


def belong_across(a: Cluster, b: Cluster) -> float:
    """Log odds that two clusters in different languages are one storyline, by what holds in every language.

    Chosen by hand on the page set, which has four such storylines: too few to fit. A shared country and two more
    things are asked for, as the skeletons of names are coarse.
    """
    shared = {key: a.bridge[key] * b.bridge[key] for key in a.bridge.keys() & b.bridge.keys()}
    here = common(a.places, b.places)
    if len(shared) < 2 or not here:
        return NEVER
    cosine = math.fsum(shared.values()) / math.sqrt(_square(a.bridge) * _square(b.bridge))
    gap = days_apart(a, b)
    time = 0.0 if gap is None else 1.0 if gap <= 3 else -0.5 * math.log1p(gap / 7.0)
    return -4.5 + 7.0 * cosine + 1.0 * min(len(shared), 4) + 1.5 * here + time


def _square(vector: Mapping[str, float]) -> float:
    return math.fsum([value * value for value in vector.values()])
