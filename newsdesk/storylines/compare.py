"""Do two clusters belong together? Evidence from their words and dates, and its weight."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.storylines.lexis import Numbers
from newsdesk.storylines.table import UNDATED, Products, Table
from newsdesk.storylines.vectors import Doubles


class Evidence(NamedTuple):
    """What speaks for and against one storyline; each is a number near 0 to 5 that the calibration weighs.

    `similarity`: log of the mean cosine between the two. `fit`: log of it over the mean cosine inside them. `terms`: log of
    how many terms carry the similarity (its inverse concentration). `least`, `most`: log sizes. `near`: dates within three
    days. `gap`: log of the days between. `odd`: difference of their lengths, `ODD_MOST` at most with a bare headline.
    `elsewhere`: 1 where both have countries and none in common. `length`: 0 headline, 1 full text; it sets the weights.
    """

    similarity: Doubles
    fit: Doubles
    terms: Doubles
    least: Doubles
    most: Doubles
    near: Doubles
    gap: Doubles
    odd: Doubles
    elsewhere: Doubles
    length: Doubles


NEAR_DAYS = 3
NO_DATE = UNDATED // 2
LEAST, LEAST_LONGER = 0.02, 0.09  # mean cosine below which two clusters are not weighed up: headlines, and more for full texts
NEVER = -9.0  # log odds
# No set to fit on tells of one event with and without a text: a bare headline is no stranger to texts than a brief is.
ODD_MOST = 0.4
LOOK_ALIKE = -99.0  # log odds of what would be one storyline by its words
# Share of a likeness that names carry, below which it is that of two events of a kind: where each cluster has a country that is
# none of the other one's, and of others, if they are texts of this length whose names in common are minor ones: the weights of
# the best of these, over those of the heaviest name of each.
FEW_NAMES, FEWER_NAMES, MINOR, TOLD = 0.3, 0.25, 0.3, 0.3
# Bare headlines, so few together, are of two events where each has names and they have none in common: what is said of more of
# them has other names now and then.
FEW_HEADLINES, NO_NAMES = 4, 0.02
WEIGHED = Evidence._fields[:-1]


class Calibration(NamedTuple):
    """A logistic model: the weight of each evidence and the bias, for headlines and for what full texts add to them.

    `arrival`: the cosine at which a story joins a cluster at sight, likewise. From `calibration.json`, made by
    `training/storylines`.
    """

    bias: tuple[float, float]
    weights: tuple[tuple[float, float], ...]
    arrival: tuple[float, float]

    def log_odds(self, evidence: Sequence[Doubles], length: Doubles) -> Doubles:
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


def weigh_up(table: Table, left: Numbers, right: Numbers, products: Products) -> Evidence:
    """The evidence of pairs of clusters: each field is an array of it. It is the same whichever comes first."""
    total, squares = products.total, products.squares
    size, others = table.size[left], table.size[right]
    similarity = total / (size.astype(np.float64) * others)
    inside = np.sqrt(np.maximum(table.inner[left], 0.02) * np.maximum(table.inner[right], 0.02))
    gap = days_between(table, left, right)
    length, longer = table.length[left], table.length[right]
    shared = squares > 0.0
    return Evidence(
        np.log(similarity + 0.005),
        np.log(similarity / inside + 0.02),
        np.log(np.where(shared, total * total, 1.0) / np.where(shared, squares, 1.0)),
        np.log(np.minimum(size, others)),
        np.log(np.maximum(size, others)),
        np.where(gap <= NEAR_DAYS, 1.0, 0.0),
        np.where(gap < NO_DATE, np.minimum(np.log1p(gap / 3.0), 5.0), 0.0),
        np.minimum(np.abs(length - longer), np.where(np.minimum(length, longer) < TOLD, ODD_MOST, 1.0)),
        table.countries.apart(table.places[left], table.places[right]).astype(np.float64),
        (length + longer) / 2.0,
    )


def belong(table: Table, left: Numbers, right: Numbers, products: Products) -> Doubles:
    """Log odds that the clusters of each pair are one storyline. Not worked out where next to nothing is shared."""
    least = LEAST + LEAST_LONGER * np.minimum(table.length[left], table.length[right])
    worth = (products.total >= least * table.size[left] * table.size[right]).nonzero()[0]
    odds: Doubles = np.full(len(left), NEVER)
    evidence = weigh_up(table, left[worth], right[worth], products.pick(worth))
    odds[worth] = calibration().log_odds(evidence, evidence.length)
    good = (odds >= 0.0).nonzero()[0]
    odds[good[look_alike(table, left[good], right[good], products.pick(good))]] = LOOK_ALIKE
    return odds


def look_alike(table: Table, left: Numbers, right: Numbers, products: Products) -> npt.NDArray[np.bool_]:
    """Of pairs of clusters with like words: are they two events of a kind? These share hardly a name, and none of those that
    they are about; two reports of one event do, its places and its people. In other languages than that of the background
    table, which tells what a name is, clusters are taken to be so only where their countries are others, too."""
    apart = table.apart(left, right)
    known = ~(table.foreign[left] | table.foreign[right])
    told = (table.length[left] >= TOLD) & (table.length[right] >= TOLD)
    bare = (table.length[left] < TOLD) & (table.length[right] < TOLD) & (table.size[left] + table.size[right] <= FEW_HEADLINES)
    found: npt.NDArray[np.bool_] = apart & (products.names < FEW_NAMES * products.total)
    few = told & (products.names < FEWER_NAMES * products.total) | bare & (products.names < NO_NAMES * products.total)
    asked = (known & few & ~found).nonzero()[0]
    found[asked] = table.names_in_common(left[asked], right[asked]) < np.where(told[asked], MINOR, NO_NAMES)
    return found


def may_look_alike(table: Table, one: int, other: int) -> bool:
    """Is there need of :func:`look_alike` for a single pair? Without what it costs to ask that."""
    mains = [table.countries.members[table.mains[number]] for number in (one, other)]
    if (all(mains) and not mains[0] & mains[1]) or bool(min(table.length[one], table.length[other]) >= TOLD):
        return True
    return bool(max(table.length[one], table.length[other]) < TOLD and table.size[one] + table.size[other] <= FEW_HEADLINES)


def days_between(table: Table, left: Numbers, right: Numbers) -> Numbers:
    """Days between the spans of clusters, 0 where they meet; `NO_DATE` and more where one has no date."""
    gap: Numbers = np.maximum(table.first[left] - table.last[right], table.first[right] - table.last[left])
    return np.maximum(gap, 0)


def closeness(gap: Numbers) -> Doubles:
    """What gaps in days add to a similarity: near dates speak for, far ones against, no date says nothing."""
    found: Doubles = np.where(gap <= NEAR_DAYS, 0.05, 0.0) - 0.036 * np.minimum(np.log1p(gap / 3.0), 5.0)
    return np.where(gap < NO_DATE, found, 0.0)
