"""The English topic model: a linear classifier over words and pairs of words, and a small network over word vectors, as data.

Method: log-scaled, length-normalised counts of words and word pairs, weighted by zone (title, lead, rest), times an int8 weight
matrix: multinomial logistic regression whose inverse document frequencies are folded into the weights. To its log-odds come
those of :mod:`newsdesk.topics.dense`. How both are trained stands in training/topics.
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

from newsdesk.topics import dense

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

WORD = re.compile(r"[^\W\d_]{2,}|[$£€%]")
TITLE_WEIGHT, LEAD_WEIGHT, REST_WEIGHT = 3.0, 2.0, 1.0
LEAD_WORDS = 45
TITLE_CHARS, BODY_CHARS = 400, 2500  # the tail of a long story adds cost and little else
_SIEVE = 524_287  # a prime, some ten times the number of pairs
FUNCTION_WORDS = frozenset(
    "the of to and in a is it on for that with as at by be are was were from this an or has have had its but not he she they"
    " his her their you your we our will would can could said says who what which when how why all more one after about into"
    " than been also do so if there out up over new just them him me my us no some most other those these then".split()
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text says of each topic: `logits` (17), and the features found with their strengths and weights (a row each).

    `meaning` is what the vectors of the words among the features say, which come first.
    """

    logits: Floats
    features: Ints
    strengths: Floats
    weights: Floats
    meaning: dense.Meaning | None


class _Rows(dict[str, int]):
    """Word -> row; -1 for a word that is not there."""

    def __missing__(self, word: str) -> int:
        return -1


def zones(title: str, body: str) -> tuple[list[str], list[str]]:
    """The words of the title and of the first part of the body, lower-cased."""
    return WORD.findall(title[:TITLE_CHARS].lower()), WORD.findall(body[:BODY_CHARS].lower())


@dataclass(frozen=True, slots=True)
class Model:
    """`words` gives a word's row of `weights` (a step of which is `scale`); `pairs` are sorted keys, the first word's row times
    the number of words plus the second word's row; their own rows follow those of the words."""

    words: _Rows
    names: Sequence[str]
    pairs: Ints
    weights: npt.NDArray[np.int8]
    scale: Floats
    bias: Floats
    sieve: npt.NDArray[np.bool_]  # by key modulo _SIEVE: whether a pair may have it, which spares most searches
    network: dense.Dense

    def read(self, title: str, body: str) -> Evidence | None:
        """What the text speaks for; null if it holds no word that the model knows. Linear in the part that is read."""
        rows, counts = self._find(*zones(title, body))
        if not len(rows):
            return None
        order = np.argsort(rows)
        rows, counts = rows[order], counts[order]
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        features, strengths = rows[starts], np.log1p(np.add.reduceat(counts, starts))
        strengths /= np.sqrt(np.dot(strengths, strengths))
        weights = self.weights[features].astype(np.float32)
        logits: Floats = (strengths @ weights) * self.scale + self.bias
        count = int(features.searchsorted(len(self.words)))
        meaning = self.network.read(features[:count], strengths[:count])
        if meaning is not None:
            logits += meaning.logits
        return Evidence(logits, features, strengths, weights, meaning)

    def _find(self, headline: list[str], rest: list[str]) -> tuple[Ints, Floats]:
        """The rows of the words and pairs that stand there, as often as they do, and what each time counts."""
        row = self.words.__getitem__
        ids = np.array([*map(row, headline), -1, *map(row, rest)], dtype=np.int64)
        zone = np.full(len(ids), REST_WEIGHT, dtype=np.float32)
        zone[: len(headline)] = TITLE_WEIGHT
        zone[len(headline) + 1 : len(headline) + 1 + LEAD_WORDS] = LEAD_WEIGHT
        known = np.flatnonzero(ids >= 0)
        first = known[:-1][np.diff(known) == 1]
        keys = ids[first] * len(self.words) + ids[first + 1]
        maybe = np.flatnonzero(self.sieve[keys % _SIEVE])
        keys, first = keys[maybe], first[maybe]
        at = np.minimum(np.searchsorted(self.pairs, keys), len(self.pairs) - 1)
        found = np.flatnonzero(self.pairs[at] == keys)
        rows = np.concatenate((ids[known], at[found] + len(self.words)))
        return rows, np.concatenate((zone[known], zone[first[found]]))

    def speakers(self, evidence: Evidence, topic: int, limit: int = 4) -> tuple[str, ...]:
        """The words that speak most for `topic` against the other topics; a word inside a chosen pair is left out."""
        push = evidence.strengths * evidence.weights[:, topic] * self.scale[topic]  # each row's weights have mean 0
        if evidence.meaning is not None:
            pushed = self.network.push(evidence.meaning, topic)
            push[: len(pushed)] += pushed
        chosen: list[str] = []
        taken: set[str] = set()
        for i in np.argsort(-push, kind="stable")[: limit * 4].tolist():
            if push[i] <= 0 or len(chosen) == limit:
                break
            name = self.name(int(evidence.features[i]))
            parts = set(name.split())
            if not parts <= FUNCTION_WORDS and not parts & taken:
                chosen.append(name)
                taken |= parts
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
    """The model from its arrays: `words` (bytes, newline between), `pairs`, `weights`, `scale`, `bias`, and the network's."""
    names = arrays["words"].tobytes().decode("utf-8").split("\n")
    words = _Rows(zip(names, range(len(names)), strict=True))
    pairs = arrays["pairs"].astype(np.int64)
    sieve = np.zeros(_SIEVE, dtype=np.bool_)
    sieve[pairs % _SIEVE] = True
    network = dense.unpack(arrays)
    return Model(words, names, pairs, arrays["weights"], arrays["scale"], arrays["bias"], sieve, network)
