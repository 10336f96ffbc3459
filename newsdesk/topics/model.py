"""The English topic model: a linear classifier over words and pairs of words, and a small network over word vectors, as data.

Method: log-scaled, length-normalised counts of words and word pairs, weighted by zone (title, lead, rest), times an int8 weight
matrix: multinomial logistic regression whose inverse document frequencies are folded into the weights. To its log-odds come
those of :mod:`newsdesk.topics.dense`. How both are trained stands in training/topics.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt

from newsdesk.topics import dense

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

TITLE_WEIGHT, LEAD_WEIGHT, REST_WEIGHT = 2.5, 1.5, 1.0
LEAD_WORDS = 45
PAIRED_WORDS = 160  # of title and text: pairs are looked for among the first, where they tell most
TITLE_CHARS, BODY_CHARS = 400, 2500  # the tail of a long story adds cost and little else
# What a word list adds to the log-odds, by the title and the lead: it knows topics that few labelled stories are of. Chosen on
# one half of topics/gold-dev, sources never trained on.
LISTED_WEIGHT, LISTED_PRIOR = 0.7, 1.0
NOT_LISTED = 17
# Bytes of UTF-8 that words are made of: letters, all beyond ASCII, and two signs that stand alone. Anything else parts words.
_LETTERS = bytes(code if chr(code).islower() or code > 127 or chr(code) in "$%" else 32 for code in range(256))
_PARTING = "\u2019\u2018\u201c\u201d\u2013\u2014\u2026\u2022\u00ab\u00bb\u201e\u00a0\u00b7"
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


def words_of(text: str) -> list[bytes]:
    """The words of `text`, lower-cased, in UTF-8. Bytes are split several times faster than a pattern finds words."""
    text = text.lower()
    if not text.isascii():
        for mark in _PARTING:
            text = text.replace(mark, " ")
        text = text.replace("£", " £ ").replace("€", " € ")
    if "%" in text:
        text = text.replace("%", " % ")
    if "$" in text:
        text = text.replace("$", " $ ")
    return text.encode("utf-8", "replace").translate(_LETTERS).split()


def zones(title: str, body: str) -> tuple[list[bytes], list[bytes]]:
    """The words of the title and of the first part of the body."""
    return words_of(title[:TITLE_CHARS]), words_of(body[:BODY_CHARS])


def listed_odds(topics: npt.NDArray[np.uint8], counts: Floats) -> Floats:
    """What listed words add to the 17 log-odds: `topics` of the words that stand there, and what each time counts."""
    strengths = np.bincount(topics, weights=counts, minlength=NOT_LISTED + 1)[:NOT_LISTED]
    odds: Floats = (LISTED_WEIGHT * np.log1p(strengths / LISTED_PRIOR)).astype(np.float32)
    return odds


@dataclass(frozen=True, slots=True)
class Model:
    """`words` gives a word's row of `weights` (a step of which is `scale`); `pairs` are sorted keys, the first word's row times
    the number of words plus the second word's row; their own rows follow those of the words. `listed` is the topic that the
    word list has a word under, NOT_LISTED where it has none."""

    words: Mapping[bytes, int]
    names: Sequence[bytes]
    pairs: Ints
    weights: npt.NDArray[np.int8]
    scale: Floats
    bias: Floats
    sieve: npt.NDArray[np.bool_]  # by key modulo _SIEVE: whether a pair may have it, which spares most searches
    network: dense.Dense
    listed: npt.NDArray[np.uint8]

    def read(self, title: str, body: str) -> Evidence | None:
        """What the text speaks for; null if it holds no word that the model knows. Linear in the part that is read."""
        rows, counts, listed = self._find(*zones(title, body))
        if not len(rows):
            return None
        order = rows.argsort()
        rows, counts = rows[order], counts[order]
        new = np.empty(len(rows), dtype=np.bool_)
        new[0] = True
        np.not_equal(rows[1:], rows[:-1], out=new[1:])
        starts = new.nonzero()[0]
        features, strengths = rows[starts], np.log1p(np.add.reduceat(counts, starts))
        strengths /= np.sqrt(np.dot(strengths, strengths))
        weights = self.weights[features].astype(np.float32)
        logits: Floats = (strengths @ weights) * self.scale + self.bias + listed
        count = int(features.searchsorted(len(self.words)))
        meaning = self.network.read(features[:count], strengths[:count])
        if meaning is not None:
            logits += meaning.logits
        return Evidence(logits, features, strengths, weights, meaning)

    def _find(self, headline: list[bytes], rest: list[bytes]) -> tuple[Ints, Floats, Floats]:
        """The rows of the words and pairs that stand there, as often as they do, what each time counts, and the list's odds."""
        length, begin = len(headline) + 1 + len(rest), len(headline) + 1
        ids = np.fromiter(map(self.words.get, [*headline, b"", *rest], repeat(-1)), dtype=np.int64, count=length)
        zone = np.full(length, REST_WEIGHT, dtype=np.float32)
        zone[: len(headline)] = TITLE_WEIGHT
        zone[begin : begin + LEAD_WORDS] = LEAD_WEIGHT
        known = (ids >= 0).nonzero()[0]
        words, counts = ids[known], zone[known]
        lead = int(known.searchsorted(begin + LEAD_WORDS))
        listed = listed_odds(self.listed[words[:lead]], counts[:lead])
        near = known[:PAIRED_WORDS]
        following = (near[1:] == near[:-1] + 1).nonzero()[0]
        keys = words[following] * len(self.words) + words[following + 1]
        maybe = self.sieve[keys % _SIEVE].nonzero()[0]
        keys, following = keys[maybe], following[maybe]
        at = self.pairs.searchsorted(keys)
        at[at == len(self.pairs)] = 0
        found = (self.pairs[at] == keys).nonzero()[0]
        rows = np.concatenate((words, at[found] + len(self.words)))
        return rows, np.concatenate((counts, counts[following[found]])), listed

    def speakers(self, evidence: Evidence, topic: int, limit: int = 4) -> tuple[str, ...]:
        """The words that speak most for `topic` against the other topics; a word inside a chosen pair is left out."""
        push = evidence.strengths * evidence.weights[:, topic] * self.scale[topic]  # each row's weights have mean 0
        if evidence.meaning is not None:
            pushed = self.network.push(evidence.meaning, topic)
            push[: len(pushed)] += pushed
        chosen: list[str] = []
        taken: set[str] = set()
        for _ in range(limit * 4):
            i = int(push.argmax())
            if push[i] <= 0 or len(chosen) == limit:
                break
            push[i] = 0
            name = self.name(int(evidence.features[i]))
            parts = set(name.split())
            if not parts <= FUNCTION_WORDS and not parts & taken:
                chosen.append(name)
                taken |= parts
        return tuple(chosen)

    def name(self, feature: int) -> str:
        """The word, or the two words with a space, of a row of `weights`."""
        if feature < len(self.words):
            return self.names[feature].decode()
        first, second = divmod(int(self.pairs[feature - len(self.words)]), len(self.words))
        return f"{self.names[first].decode()} {self.names[second].decode()}"


@cache
def load() -> Model:
    """The shipped model; read once."""
    path = resources.files("newsdesk") / "data" / "topics" / "model.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return unpack(arrays)


def unpack(arrays: Any) -> Model:
    """The model from its arrays: `words` (newline between), `pairs`, `weights`, `scale`, `bias`, `listed`, the network."""
    names = arrays["words"].tobytes().split(b"\n")
    words = dict(zip(names, range(len(names)), strict=True))
    pairs = arrays["pairs"].astype(np.int64)
    sieve = np.zeros(_SIEVE, dtype=np.bool_)
    sieve[pairs % _SIEVE] = True
    weights, scale, bias, listed = (arrays[name] for name in ("weights", "scale", "bias", "listed"))
    return Model(words, names, pairs, weights, scale, bias, sieve, dense.unpack(arrays), listed)
