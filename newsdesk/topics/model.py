"""The English topic model: a linear classifier over words and pairs of words, and a small network over word vectors, as data.

Method: log-scaled, length-normalised counts of words and word pairs, weighted by zone (title, lead, rest), times an int8 weight
matrix: multinomial logistic regression whose inverse document frequencies are folded into the weights. To its log-odds come
those of :mod:`newsdesk.topics.dense`. How both are trained stands in training/topics.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.hashes import Hashes, HashTable, Numbers
from newsdesk.letters import table_of
from newsdesk.topics import dense
from newsdesk.topics.features import (
    REST,
    ZONE_BITS,
    ZONE_MASK,
    ZONE_WEIGHTS,
    Floats,
    Found,
    Ints,
    Words,
    find_words,
    gather,
    neighbours,
)

# What a word list adds to the log-odds, by the title and the lead: it knows topics that few labelled stories are of. Chosen on
# one half of topics/gold-dev, sources never trained on.
LISTED_WEIGHT, LISTED_PRIOR = 0.7, 1.0
TOPIC_COUNT = NOT_LISTED = 17
# Texts that are read in one step. Of more, the network's product would be large enough to be shared out among threads, which
# costs more than it saves.
_TOGETHER = 40
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # makes a good hash of a number: the golden ratio's bits
FUNCTION_WORDS = frozenset(
    "the of to and in a is it on for that with as at by be are was were from this an or has have had its but not he she they"
    " his her their you your we our will would can could said says who what which when how why all more one after about into"
    " than been also do so if there out up over new just them him me my us no some most other those these then".split()
)


class Evidence(NamedTuple):
    """What a text says of each topic: `logits` (17), and the rows found with their strengths, the first `words` of them of
    words, the others of pairs. `meaning` is what the vectors of the words say."""

    logits: Floats
    rows: Numbers
    strengths: Floats
    words: int
    meaning: dense.Meaning | None


def listed_odds(topics: npt.NDArray[np.uint8], counts: Floats) -> Floats:
    """What listed words add to the 17 log-odds: `topics` of the words that stand there, and what each time counts."""
    return _odds(np.bincount(topics, weights=counts, minlength=NOT_LISTED + 1)[:NOT_LISTED])


def _odds(strengths: npt.NDArray[Any]) -> Floats:
    odds: Floats = (LISTED_WEIGHT * np.log1p(strengths / LISTED_PRIOR)).astype(np.float32)
    return odds


@dataclass(frozen=True, slots=True)
class Model:
    """`words` gives a word's row of `weights` (a step is `scale`), from 1 on; `pairs` are sorted keys, the first word's row
    times the number of words plus the second word's row; their own rows follow those of the words. `listed` is the topic
    that the word list has a word under, NOT_LISTED where it has none.

    Made of these: `both`, of each word its weights and its vector side by side, so that one look serves for both, and
    `pair_rows`, the rows of pairs by a hash of their keys. `told` keeps names that were given.
    """

    words: HashTable
    names: Sequence[bytes]
    pairs: Ints
    weights: npt.NDArray[np.int8]
    scale: Floats
    bias: Floats
    network: dense.Dense
    listed: npt.NDArray[np.uint8]
    both: npt.NDArray[np.int8]
    pair_rows: HashTable
    told: dict[int, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def read(self, title: str, body: str) -> Evidence | None:
        """What the text speaks for; null if it holds no word that the model knows. Linear in the part that is read."""
        return self.read_many([(title, body)])[0]

    def read_many(self, texts: Sequence[tuple[str, str]]) -> list[Evidence | None]:
        """As :meth:`read`, of many texts, each a title and a body: a few of them take little longer than one."""
        found: list[Evidence | None] = []
        for at in range(0, len(texts), _TOGETHER):
            found += self._read(texts[at : at + _TOGETHER])
        return found

    def _read(self, texts: Sequence[tuple[str, str]]) -> list[Evidence | None]:
        words = find_words(texts, self.words, ZONE_BITS + len(self.weights).bit_length())
        listed = self._listed(words, len(texts))  # before the keys are sorted
        pairs = self._pairs(words)
        alone = gather(words.keys, words.bounds.tolist(), words.bits)
        _shorten(alone, pairs, len(texts))
        sums = np.empty((len(texts), self.both.shape[1]), np.float32)
        of_pairs = self.weights.take(pairs.rows, axis=0).astype(np.float32)
        spans = list(zip(pairwise(alone.bounds), pairwise(pairs.bounds), strict=True))
        for place, ((start, end), (first, last)) in enumerate(spans):
            vectors = self.both.take(alone.rows[start:end], axis=0).astype(np.float32)
            np.matmul(alone.strengths[start:end], vectors, out=sums[place])
            sums[place, :TOPIC_COUNT] += pairs.strengths[first:last] @ of_pairs[first:last]
        meanings = self.network.read_many(sums[:, TOPIC_COUNT:])
        logits = sums[:, :TOPIC_COUNT] * self.scale + (self.bias + listed) + meanings.logits
        rows, strengths = _side_by_side(alone, pairs)
        found: list[Evidence | None] = []
        for place, ((start, end), (first, last)) in enumerate(spans):
            own = slice(start + first, end + last)
            text = Evidence(logits[place], rows[own], strengths[own], end - start, meanings.of(place))
            found.append(text if end > start else None)
        return found

    def _pairs(self, words: Words) -> Found:
        firsts = neighbours(words)
        keys = words.rows[firsts] * np.int64(len(self.names)) + words.rows[firsts + 1]
        numbers = self.pair_rows.find(spread(keys))
        found = numbers.nonzero()[0]
        firsts = firsts[found]
        above = words.keys[firsts] - (words.rows[firsts] << ZONE_BITS)
        bounds = firsts.searchsorted(words.bounds).tolist()
        return gather(above + (numbers[found] << ZONE_BITS), bounds, words.bits)

    def _listed(self, words: Words, texts: int) -> Floats:
        early = ((words.keys & ZONE_MASK) != REST).nonzero()[0]
        keys = words.keys[early]
        topics = (keys >> words.bits) * (NOT_LISTED + 1) + self.listed[words.rows[early]]
        strengths = np.bincount(topics, weights=ZONE_WEIGHTS[keys & ZONE_MASK], minlength=(NOT_LISTED + 1) * texts)
        return _odds(strengths.reshape(texts, NOT_LISTED + 1)[:, :NOT_LISTED])

    def speakers(self, asked: Sequence[tuple[Evidence, Sequence[int]]], limit: int = 4) -> list[list[tuple[str, ...]]]:
        """Of each text, for each of some topics, the words that speak most for it against the other topics; a word inside a
        chosen pair is left out."""
        topics = [topic for _, some in asked for topic in some]
        if not topics:
            return [[] for _ in asked]
        slopes = np.zeros((len(topics), self.both.shape[1]), np.float32)
        slopes[np.arange(len(topics)), topics] = self.scale[topics]  # each row's weights have mean 0
        slopes[:, TOPIC_COUNT:] = self.network.slopes([(one.meaning, topic) for one, some in asked for topic in some])
        found, at = [], 0
        for evidence, some in asked:
            found.append(self._speakers(evidence, some, slopes[at : at + len(some)], limit))
            at += len(some)
        return found

    def _speakers(self, evidence: Evidence, topics: Sequence[int], slopes: Floats, limit: int) -> list[tuple[str, ...]]:
        words, pairs = evidence.rows[: evidence.words], evidence.rows[evidence.words :]
        push = np.empty((len(topics), len(evidence.rows)), np.float32)
        np.matmul(slopes, self.both.take(words, axis=0).astype(np.float32).T, out=push[:, : len(words)])
        push[:, len(words) :] = self.weights[pairs][:, topics].T * self.scale[topics][:, np.newaxis]
        push *= evidence.strengths
        return [self._strongest(own, evidence.rows, limit) for own in push]

    def _strongest(self, push: Floats, rows: Numbers, limit: int) -> tuple[str, ...]:
        chosen: list[str] = []
        taken: set[str] = set()
        best = (-push).argsort()[: limit * 4]
        for strength, row in zip(push[best].tolist(), rows[best].tolist(), strict=True):
            if strength <= 0 or len(chosen) == limit:
                break
            name, parts = self.told.get(row) or self._tell(row)
            if parts and not parts & taken:
                chosen.append(name)
                taken |= parts
        return tuple(chosen)

    def _tell(self, row: int) -> tuple[str, frozenset[str]]:
        """The name of a row, one text for all stories that it speaks for, and its words; none where they tell nothing."""
        name = self.name(row)
        parts = frozenset(name.split())
        return self.told.setdefault(row, (name, frozenset() if parts <= FUNCTION_WORDS else parts))

    def name(self, row: int) -> str:
        """The word, or the two words with a space, of a row of `weights`."""
        if row < len(self.names):
            return self.names[row].decode()
        first, second = divmod(int(self.pairs[row - len(self.names)]), len(self.names))
        return f"{self.names[first].decode()} {self.names[second].decode()}"


def _shorten(words: Found, pairs: Found, texts: int) -> None:
    """The strengths of the words and pairs of each text, brought to length 1 together, in place."""
    squares = sum(np.bincount(part.owners, part.strengths**2, minlength=texts) for part in (words, pairs))
    lengths = np.sqrt(squares).astype(np.float32)
    for part in (words, pairs):
        np.divide(part.strengths, lengths[part.owners], out=part.strengths)


def _side_by_side(words: Found, pairs: Found) -> tuple[Numbers, Floats]:
    """Rows and strengths, the words of each text before its pairs."""
    places = (
        np.arange(len(words.rows)) + np.array(pairs.bounds)[words.owners],
        np.arange(len(pairs.rows)) + np.array(words.bounds)[1:][pairs.owners],
    )
    rows, strengths = (
        np.empty(len(words.rows) + len(pairs.rows), np.int32),
        np.empty(len(words.rows) + len(pairs.rows), np.float32),
    )
    for part, own in zip((words, pairs), places, strict=True):
        rows[own], strengths[own] = part.rows, part.strengths
    return rows, strengths


def spread(keys: Ints) -> Hashes:
    """A hash of each key."""
    hashes: Hashes = keys.view(np.uint64) * _SPREAD
    return hashes


@cache
def load() -> Model:
    """The shipped model; read once."""
    path = resources.files("newsdesk") / "data" / "topics" / "model.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return unpack(arrays)


def unpack(arrays: Any) -> Model:
    """The model from its arrays: `words` (newline between), `pairs`, `weights`, `scale`, `bias`, `listed`, the network."""
    names = arrays["words"].tobytes().split(b"\n")
    pairs = arrays["pairs"].astype(np.int64)
    rows = HashTable()
    rows.add(spread(pairs), np.arange(len(names), len(names) + len(pairs), dtype=np.int32))
    weights, scale, bias, listed = (arrays[name] for name in ("weights", "scale", "bias", "listed"))
    network = dense.unpack(arrays)
    both = np.hstack((weights[: len(names)], arrays["vectors"]))
    return Model(table_of(names), names, pairs, weights, scale, bias, network, listed, both, rows)
