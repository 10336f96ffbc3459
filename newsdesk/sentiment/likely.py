"""Which shares of some comments are likely to be negative, neutral and positive, misreadings allowed for.

Labels that are counted err to the side on which a tier errs. Here a comment is a chance of each class: of its label its
confidence, of another class as much of the rest as falls to it where that label is wrong. These chances hold where classes are
as frequent as among the comments that they were fitted on; how frequent they are among the comments at hand is found by
expectation-maximisation (Saerens, Latinne and Decaestecker 2002, "Adjusting the outputs of a classifier to new a priori
probabilities"), as if some comments of the usual frequencies stood beside them: a few alone tell little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdesk.model import Sentiment
from newsdesk.sentiment.judging import LABELS
from newsdesk.sentiment.weights import read_settings
from newsdesk.tagging.tiers import Tier

_ROUNDS = 50

Floats = NDArray[np.float64]
Shares = tuple[float, float, float]


def chances_of(label: NDArray[np.int64], confidence: Floats, wrong: Floats) -> Floats:
    """Chances [comments, 3] of the classes. `wrong` [3, 3]: where a label is wrong, how often each class is right."""
    chance: Floats = wrong[label] * (1 - confidence)[:, None]
    chance[np.arange(len(label)), label] = confidence
    return chance


def likely_shares(chance: Floats, usual: Floats, pull: float) -> Floats:
    """The shares [..., 3] of groups of comments, of which `chance` [..., comments, 3] are the chances where classes are as
    frequent as `usual`. `pull`: so many usual comments stand beside each group."""
    odds, size = chance / usual, chance.shape[-2]
    turned = np.swapaxes(odds, -1, -2)
    frequency = np.broadcast_to(usual, (*chance.shape[:-2], 3))
    for _ in range(_ROUNDS):
        shares: Floats = frequency * (turned @ (1 / (odds @ frequency[..., None])))[..., 0] / size
        frequency = (shares * size + pull * usual) / (size + pull)
    return shares


def estimate(label: NDArray[np.int64], confidence: Floats, settings: Mapping[str, Any]) -> Floats:
    """The shares [..., 3] of groups of comments by their labels and confidences [..., comments], with a tier's ``likely``."""
    chance = chances_of(label.ravel(), confidence.ravel(), np.asarray(settings["wrong"]))
    return likely_shares(chance.reshape(*label.shape, 3), np.asarray(settings["usual"]), settings["pull"])


def likely(moods: Sequence[Sentiment], tier: Tier) -> Shares:
    """The likely shares of some comments, at least one, which `tier` read in English: of the sure and the unsure ones."""
    settings = read_settings()
    label = np.array([LABELS.index(mood.label) for mood in moods])
    confidence = np.array([mood.confidence for mood in moods])
    found = estimate(label, confidence, (settings["model"] if tier == "model" else settings)["likely"])
    negative, neutral, positive = found.round(3).tolist()
    return negative, neutral, positive
