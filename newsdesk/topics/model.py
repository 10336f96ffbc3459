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
from itertools import islice, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from newsdesk.topics import dense, narrower
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
from newsdesk.words.hashes import Hashes, HashTable, Numbers
from newsdesk.words.letters import table_of

# What a word list adds to the log-odds, by the title and the lead: it knows topics that few labelled stories are of. Chosen on
# one half of topics/gold-dev, sources never trained on.
LISTED_WEIGHT, LISTED_PRIOR = 0.7, 1.0
# Words and pairs found in a text that is no brief. In a shorter one that has a body the constants of the topics count for their
# share: fitted on longer texts, they would outweigh what a few sentences say. Headlines alone are as those learnt from. Chosen
# on titles with first sentences of that half.
FULL_TEXT = 80
TOPIC_COUNT = NOT_LISTED = 17
_TOLD = 4  # words that are named of a topic
_CANDIDATES = 4  # for each word named: some tell nothing, others are parts of a pair that was named
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # makes a good hash of a number: the golden ratio's bits
FUNCTION_WORDS = frozenset(
    "the of to and in a is it on for that with as at by be are was were from this an or has have had its but not he she they"
    " his her their you your we our will would can could said says who what which when how why all more one after about into"
    " than been also do so if there out up over new just them him me my us no some most other those these then".split()
)


class Reading(NamedTuple):
    """What each of some texts says of each topic: `logits` (texts, 17). `words`: all that the texts hold. `found`: the rows of
    the model's words, then of its pairs, with their strengths; `numbers`: by text, of each of these its weights and its vector.
    `meanings`: what the vectors say."""

    logits: Floats
    words: Words
    found: Found
    numbers: Sequence[npt.NDArray[np.int8]]
    meanings: dense.Meanings


def listed_odds(topics: npt.NDArray[np.uint8], counts: Floats) -> Floats:
    """What listed words add to the 17 log-odds: `topics` of the words that stand there, and what each time counts."""
    return _odds(np.bincount(topics, weights=counts, minlength=NOT_LISTED + 1)[:NOT_LISTED])


def _odds(strengths: npt.NDArray[Any]) -> Floats:
    odds: Floats = (LISTED_WEIGHT * np.log1p(strengths / LISTED_PRIOR)).astype(np.float32)
    return odds


@dataclass(frozen=True, slots=True)
class Model:
    """`words` gives the row of each of `names`, from 1 on, and numbers beyond these to other words of narrower topics; `pairs`
    are sorted keys, the first word's row times the number of words plus the second word's row; their own rows follow those
    of the words. A step of the weights is `scale`. `listed` is the topic that the word list has a word under, NOT_LISTED
    where it has none.

    Made of these: `both`, of each row its weights and its vector (a pair has none) side by side, so that one look serves for
    both, and `pair_rows`, the rows of pairs by a hash of their keys. `told` keeps names that were given.
    """

    words: HashTable
    names: Sequence[bytes]
    pairs: Ints
    scale: Floats
    bias: Floats
    network: dense.Dense
    listed: npt.NDArray[np.uint8]
    both: npt.NDArray[np.int8]
    pair_rows: HashTable
    told: dict[int, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def read(self, texts: Sequence[tuple[str, str]]) -> Reading:
        """What the texts, each a title and a body, speak for; nothing is found in one that holds no word that the model knows.
        A few of them take little longer than one. Linear in the part that is read. Raises ValueError where they are more than
        fit into a key beside row and zone: 4,096 with 83,000 rows."""
        words = find_words(texts, self.words, len(self.names), ZONE_BITS + len(self.both).bit_length())
        listed = self._listed(words, len(texts))
        found = gather(words, self._pairs(words))
        numbers, sums = [], np.empty((len(texts), self.both.shape[1]), np.float32)
        for (start, end), out in zip(pairwise(found.bounds), sums, strict=True):
            own = self.both.take(found.rows[start:end], axis=0)
            np.matmul(found.strengths[start:end], own.astype(np.float32), out=out)
            numbers.append(own)
        meanings = self.network.read_many(sums[:, TOPIC_COUNT:])
        fullness = np.where(np.diff(words.ends)[1::2] > 0, np.minimum(np.diff(found.bounds) / FULL_TEXT, 1.0), 1.0)
        logits = sums[:, :TOPIC_COUNT] * self.scale + (self.bias * fullness[:, np.newaxis] + listed) + meanings.logits
        return Reading(logits, words, found, numbers, meanings)

    def _pairs(self, words: Words) -> Numbers:
        """The keys of the pairs that the model knows."""
        firsts = neighbours(words)
        rows = words.rows.take(firsts)
        # The type is said here: before numpy 2 a number that stands alone does not widen those that it is multiplied with.
        numbers = self.pair_rows.find(spread(rows.astype(np.int64) * len(self.names) + words.rows.take(firsts + 1)))
        found = numbers.nonzero()[0]
        return words.keys.take(firsts.take(found)) + (numbers.take(found) - rows.take(found) << ZONE_BITS)

    def _listed(self, words: Words, texts: int) -> Floats:
        early = ((words.keys & ZONE_MASK) != REST).nonzero()[0]
        keys = words.keys.take(early)
        topics = (keys >> words.bits) * (NOT_LISTED + 1) + self.listed.take(words.rows.take(early))
        strengths = np.bincount(topics, weights=ZONE_WEIGHTS.take(keys & ZONE_MASK), minlength=(NOT_LISTED + 1) * texts)
        return _odds(strengths.reshape(texts, NOT_LISTED + 1)[:, :NOT_LISTED])

    def speakers(self, reading: Reading, asked: Sequence[tuple[int, Sequence[int]]]) -> list[list[tuple[str, ...]]]:
        """Of each text asked about, for each of some topics, the words that speak most for it against the others; a word inside
        a chosen pair is left out. Something was found in each text."""
        texts = [text for text, some in asked for _ in some]
        if not texts:
            return [[] for _ in asked]
        topics = [topic for _, some in asked for topic in some]
        slopes = np.zeros((len(topics), self.both.shape[1]), np.float32)
        slopes[np.arange(len(topics)), topics] = self.scale[topics]  # each row's weights have mean 0
        slopes[:, TOPIC_COUNT:] = self.network.slopes(reading.meanings, texts, topics)
        found, bounds = reading.found, reading.found.bounds
        most = max(bounds[text + 1] - bounds[text] for text in texts)
        push = np.zeros((len(topics), max(most, _TOLD * _CANDIDATES)), np.float32)
        at = 0
        for text, some in asked:
            if not some:  # its words may be more than there is room for: the room is made for those with a topic
                continue
            start, end, to = bounds[text], bounds[text + 1], at + len(some)
            own = reading.numbers[text].astype(np.float32)
            np.multiply(slopes[at:to] @ own.T, found.strengths[start:end], out=push[at:to, : end - start])
            at = to
        best, counts = _largest(push, _TOLD * _CANDIDATES)
        rows = found.rows.take(best + np.array(bounds)[texts][:, np.newaxis], mode="clip").tolist()
        told = (self._tell_some(own[:count]) for own, count in zip(rows, counts, strict=True))
        return [list(islice(told, len(some))) for _, some in asked]

    def _tell_some(self, rows: Sequence[int]) -> tuple[str, ...]:
        """The names of the first rows, :data:`_TOLD` of them at most."""
        chosen: list[str] = []
        taken: set[str] = set()
        for row in rows:
            name, parts = self.told.get(row) or self._tell(row)
            if parts and not parts & taken:
                chosen.append(name)
                if len(chosen) == _TOLD:
                    break
                taken |= parts
        return tuple(chosen)

    def _tell(self, row: int) -> tuple[str, frozenset[str]]:
        """The name of a row, one text for all stories that it speaks for, and its words; none where they tell nothing."""
        name = self.name(row)
        parts = frozenset(name.split())
        return self.told.setdefault(row, (name, frozenset() if parts <= FUNCTION_WORDS else parts))

    def name(self, row: int) -> str:
        """The word, or the two words with a space, of a row of `both`."""
        if row < len(self.names):
            return self.names[row].decode()
        first, second = divmod(int(self.pairs[row - len(self.names)]), len(self.names))
        return f"{self.names[first].decode()} {self.names[second].decode()}"


def _largest(numbers: Floats, count: int) -> tuple[Ints, list[int]]:
    """Where the largest of each row stand, in order, and how many of these are positive.

    The bits of positive numbers of this kind are in the order of the numbers: their place is put into the last of these, which
    tell a thousandth part at most, and one sort is enough."""
    mask = (1 << (numbers.shape[1] - 1).bit_length()) - 1
    bits = numbers.view(np.int32) & ~mask | np.arange(numbers.shape[1], dtype=np.int32)
    bits.sort(axis=1)
    largest = bits[:, : -count - 1 : -1]
    places: Ints = (largest & mask).astype(np.int64)
    return places, (largest > mask).sum(axis=1).tolist()


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
    rows = HashTable.of(spread(pairs), np.arange(len(names), len(names) + len(pairs), dtype=np.int32))
    weights, vectors = arrays["weights"], arrays["vectors"]
    both = np.zeros((len(weights), TOPIC_COUNT + vectors.shape[1]), np.int8)
    both[:, :TOPIC_COUNT] = weights
    both[: len(names), TOPIC_COUNT:] = vectors
    scale, bias, listed = (arrays[name] for name in ("scale", "bias", "listed"))
    return Model(
        table_of(dict.fromkeys((*names, *sorted(narrower.words())))),
        names,
        pairs,
        scale,
        bias,
        dense.unpack(arrays),
        listed,
        both,
        rows,
    )
