"""The English topic model: a linear classifier over words and pairs of words, kept as data.

Method: log-scaled, length-normalised counts of words and word pairs, weighted by zone (title, lead, rest), times an int8 weight
matrix, then softmax: multinomial logistic regression whose inverse document frequencies are folded into the weights. How it is
trained stands in training/topics.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

WORD = re.compile(r"[^\W\d_]{2,}|[$£€%]")
TITLE_WEIGHT, LEAD_WEIGHT, REST_WEIGHT = 3.0, 2.0, 1.0
LEAD_WORDS = 45
TITLE_CHARS, BODY_CHARS = 400, 2500  # the tail of a long story adds cost and little else
_GAP = np.array([-1], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text says of each topic: `logits` (17), and the features found, each with its strength."""

    logits: Floats
    features: Ints
    strengths: Floats


def zones(title: str, body: str) -> tuple[list[str], list[str]]:
    """The words of the title and of the first part of the body, lower-cased."""
    return WORD.findall(title[:TITLE_CHARS].lower()), WORD.findall(body[:BODY_CHARS].lower())


@dataclass(frozen=True, slots=True)
class Model:
    """`words` gives a word's row of `weights`; `pairs` are sorted keys first * len(words) + second, their rows follow."""

    words: dict[str, int]
    names: Sequence[str]
    pairs: Ints
    weights: npt.NDArray[np.int8]
    scale: Floats
    bias: Floats

    def read(self, title: str, body: str) -> Evidence | None:
        """What the text speaks for; null if it holds no word that the model knows. Linear in the part that is read."""
        headline, rest = zones(title, body)
        lead = min(len(rest), LEAD_WORDS)
        ids = np.array([*map(self._row, headline), -1, *map(self._row, rest)], dtype=np.int64)
        zone = np.full(len(ids), REST_WEIGHT)
        zone[: len(headline)] = TITLE_WEIGHT
        zone[len(headline) + 1 : len(headline) + 1 + lead] = LEAD_WEIGHT
        known = ids >= 0
        both = known[:-1] & known[1:]
        keys = (ids[:-1] * len(self.words) + ids[1:])[both]
        at = np.searchsorted(self.pairs, keys)
        at[at == len(self.pairs)] = 0
        found = self.pairs[at] == keys
        rows = np.concatenate((ids[known], at[found] + len(self.words)))
        if not len(rows):
            return None
        counts = np.concatenate((zone[known], zone[:-1][both][found]))
        features, inverse = np.unique(rows, return_inverse=True)
        strengths = np.log1p(np.bincount(inverse, counts)).astype(np.float32)
        strengths /= np.sqrt(np.dot(strengths, strengths))
        logits = (strengths @ self.weights[features].astype(np.float32)) * self.scale + self.bias
        return Evidence(logits, features, strengths)

    def _row(self, word: str) -> int:
        return self.words.get(word, -1)

    def speakers(self, evidence: Evidence, topic: int, limit: int = 4) -> tuple[str, ...]:
        """The words that speak most for `topic` against the other topics; a word inside a chosen pair is left out."""
        weights = self.weights[evidence.features].astype(np.float32) * self.scale
        push = evidence.strengths * (weights[:, topic] - weights.mean(axis=1))
        chosen: list[str] = []
        for i in np.argsort(-push, kind="stable")[: limit * 3]:
            name = self.name(int(evidence.features[i]))
            if push[i] <= 0 or len(chosen) == limit:
                break
            if not any(set(name.split()) & set(other.split()) for other in chosen):
                chosen.append(name)
        return tuple(chosen)

    def name(self, feature: int) -> str:
        """The word, or the two words with a space, of a row of `weights`."""
        if feature < len(self.words):
            return self.names[feature]
        first, second = divmod(int(self.pairs[feature - len(self.words)]), len(self.words))
        return f"{self.names[first]} {self.names[second]}"


@cache
def load() -> Model:
    """The shipped model; read once."""
    path = resources.files("newsdesk") / "data" / "topics" / "model.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return unpack(arrays)


def unpack(arrays: Any) -> Model:
    """The model from its arrays: `words` (bytes, newline between), `pairs`, `weights`, `scale`, `bias`."""
    names = arrays["words"].tobytes().decode("utf-8").split("\n")
    words = {word: i for i, word in enumerate(names)}
    return Model(words, names, arrays["pairs"].astype(np.int64), arrays["weights"], arrays["scale"], arrays["bias"])
