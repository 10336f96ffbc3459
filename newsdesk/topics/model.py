"""The English topic model: a linear classifier over words and pairs of words, and a small network over word vectors, as data.

Method: log-scaled, length-normalised counts of words and word pairs, weighted by zone (title, lead, rest), times an int8 weight
matrix: multinomial logistic regression whose inverse document frequencies are folded into the weights. To its log-odds come
those of :mod:`newsdesk.topics.dense`. How both are trained stands in training/topics.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain, pairwise
from sys import intern
from typing import Any

import numpy as np
import numpy.typing as npt

from newsdesk.cutting import Cut, Numbers, Table, Vocabulary, vocabulary
from newsdesk.topics import dense

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Zones = tuple[Numbers, Numbers]  # the stretches of a title and of the first part of its body

TITLE_WEIGHT, LEAD_WEIGHT, REST_WEIGHT = 2.5, 1.5, 1.0
LEAD_WORDS = 45
PAIRED_WORDS = 160  # of title and text: pairs are looked for among the first, where they tell most
TITLE_CHARS, BODY_CHARS = 400, 2500  # the tail of a long story adds cost and little else
# What a word list adds to the log-odds, by the title and the lead: it knows topics that few labelled stories are of. Chosen on
# one half of topics/gold-dev, sources never trained on.
LISTED_WEIGHT, LISTED_PRIOR = 0.7, 1.0
NOT_LISTED = 17
_REST, _LEAD, _TITLE = range(3)  # zones
_ZONES = np.array([_TITLE, _LEAD, _REST])
_MARK = np.zeros(1, np.int32)  # stands after a title and after a body, so that no pair goes beyond them
_UNKNOWN = -1
_ZONE_WEIGHTS = np.array([REST_WEIGHT, LEAD_WEIGHT, TITLE_WEIGHT], dtype=np.float32)
_ZONE_BITS, _ZONE_MASK = 2, 3
# Texts that are read in one step. Of more, the network's product would be large enough to be shared out among threads, which
# costs more than it saves.
_TOGETHER = 40
# Bytes of UTF-8 that words are made of: letters, all beyond ASCII, and two signs that stand alone. Anything else parts words.
_LETTERS = bytes(code if chr(code).islower() or code > 127 or chr(code) in "$%" else 32 for code in range(256))
_LETTERS_AND_LINES = _LETTERS[:10] + b"\n" + _LETTERS[11:]
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
    return _spread(text).translate(_LETTERS).split()


def words_of_all(texts: Sequence[str]) -> Iterator[list[bytes]]:
    """The words of each text, none of which has a line end in it."""
    return map(bytes.split, _spread("\n".join(texts)).translate(_LETTERS_AND_LINES).split(b"\n"))


def _spread(text: str) -> bytes:
    """`text` in small letters, with spaces around signs that are words."""
    text = text.lower()
    if not text.isascii():
        for mark in _PARTING:
            text = text.replace(mark, " ")
        text = text.replace("£", " £ ").replace("€", " € ")
    if "%" in text:
        text = text.replace("%", " % ")
    if "$" in text:
        text = text.replace("$", " $ ")
    return text.encode("utf-8", "replace")


def zones(title: str, body: str) -> tuple[list[bytes], list[bytes]]:
    """The words of the title and of the first part of the body."""
    return words_of(title[:TITLE_CHARS]), words_of(body[:BODY_CHARS])


def listed_odds(topics: npt.NDArray[np.uint8], counts: Floats) -> Floats:
    """What listed words add to the 17 log-odds: `topics` of the words that stand there, and what each time counts."""
    return _odds(np.bincount(topics, weights=counts, minlength=NOT_LISTED + 1)[:NOT_LISTED])


def _odds(strengths: npt.NDArray[Any]) -> Floats:
    odds: Floats = (LISTED_WEIGHT * np.log1p(strengths / LISTED_PRIOR)).astype(np.float32)
    return odds


def _zones_of(cut: Cut) -> Zones:
    title = cut.title_numbers
    if len(cut.title) > TITLE_CHARS:
        stretches = cut.title[:TITLE_CHARS].split()
        title = cut.vocabulary.number_all(stretches)
    return title, cut.until(BODY_CHARS)


def _number(texts: Sequence[tuple[str, str]], words: Vocabulary) -> list[Zones]:
    found = []
    for title, body in texts:
        head, rest = title[:TITLE_CHARS].split(), body[:BODY_CHARS].split()
        found.append((words.number_all(head), words.number_all(rest)))
    return found


def _sizes(counts: Numbers | None, lengths: Ints) -> Ints:
    """Words in the three zones of each text, title, lead and rest, a row each; the marks count with the first and the last.

    `lengths`: stretches of titles and bodies by turns, with their marks; `counts`: words of each, where not one each.
    """
    sizes = lengths if counts is None else np.add.reduceat(counts.astype(np.int64), lengths.cumsum() - lengths)
    title, rest = sizes.reshape(-1, 2).T
    lead = np.minimum(rest - 1, LEAD_WORDS)
    return np.stack((title, lead, rest - lead), axis=1)


def _shortened(strengths: Floats) -> Floats:
    """Brought to length 1, in place."""
    if len(strengths):
        strengths /= np.sqrt(np.dot(strengths, strengths))
    return strengths


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
        return self.read_many([(title, body)])[0]

    def read_many(self, texts: Sequence[tuple[str, str]]) -> list[Evidence | None]:
        """As :meth:`read`, of many texts, each a title and a body: a few of them take little longer than one."""
        words = vocabulary()
        return self._read_all(words, _number(texts, words))

    def read_cuts(self, cuts: Sequence[Cut]) -> list[Evidence | None]:
        """As :meth:`read_many`, of texts that are cut already, all with one vocabulary."""
        return self._read_all(cuts[0].vocabulary, list(map(_zones_of, cuts))) if cuts else []

    def _read_all(self, words: Vocabulary, texts: Sequence[Zones]) -> list[Evidence | None]:
        table = words.table(id(self), lambda names: Table(names, self._rows, words.plain))
        found: list[Evidence | None] = []
        for at in range(0, len(texts), _TOGETHER):
            found += self._read(texts[at : at + _TOGETHER], table)
        return found

    def _rows(self, stretches: list[str]) -> Iterator[list[int]]:
        """The rows of the words of each stretch of text; of a mark one that is none."""
        row = self.words.get
        for words, stretch in zip(words_of_all(stretches), stretches, strict=True):
            yield [row(word, _UNKNOWN) for word in words] if stretch else [_UNKNOWN]

    def _read(self, texts: Sequence[Zones], table: Table) -> list[Evidence | None]:
        owners, rows, places, listed = self._find(texts, table)
        if not len(rows):
            return [None] * len(texts)
        # Text, row and zone as one number, which 32 bits hold: one sort brings equal rows of a text together.
        keys = (((owners * len(self.weights) + rows) << _ZONE_BITS) + places).astype(np.int32)
        keys.sort()
        counts = _ZONE_WEIGHTS[keys & _ZONE_MASK]
        keys >>= _ZONE_BITS
        new = np.empty(len(keys), dtype=np.bool_)
        new[0] = True
        np.not_equal(keys[1:], keys[:-1], out=new[1:])
        starts = new.nonzero()[0]
        owners, features = np.divmod(keys[starts], len(self.weights))
        strengths = np.log1p(np.add.reduceat(counts, starts))
        begins = owners.searchsorted(np.arange(len(texts) + 1)).tolist()
        words = np.bincount(owners[features < len(self.words)], minlength=len(texts)).tolist()
        parts = [(features[begin:end], _shortened(strengths[begin:end])) for begin, end in pairwise(begins)]
        alone = [(rows[:count], own[:count]) for (rows, own), count in zip(parts, words, strict=True)]
        meanings = self.network.read_many(alone)
        return [self._weigh(*part, odds, meaning) for part, odds, meaning in zip(parts, listed, meanings, strict=True)]

    def _weigh(self, features: Ints, strengths: Floats, listed: Floats, meaning: dense.Meaning | None) -> Evidence | None:
        if not len(features):
            return None
        weights = self.weights.take(features, axis=0).astype(np.float32)
        logits: Floats = (strengths @ weights) * self.scale + self.bias + listed
        if meaning is not None:
            logits += meaning.logits
        return Evidence(logits, features, strengths, weights, meaning)

    def _find(self, texts: Sequence[Zones], table: Table) -> tuple[Ints, Ints, Ints, Floats]:
        """Of words and pairs, as often as they stand there: text, row and zone; and each text's odds by the word list."""
        parts = list(chain.from_iterable((headline, _MARK, rest, _MARK) for headline, rest in texts))
        lengths = np.array(list(map(len, parts))).reshape(-1, 2).sum(axis=1)
        ids, counts = table.read(np.concatenate(parts))
        sizes = _sizes(counts, lengths)
        known = (ids >= 0).nonzero()[0]
        places = np.tile(_ZONES, len(texts)).repeat(sizes.ravel())[known]
        owners = np.arange(len(texts)).repeat(sizes.sum(axis=1))[known]
        words = ids[known].astype(np.int64)
        pairs, firsts = self._pairs(words, known, owners)
        rows = np.concatenate((words, pairs + len(self.words)))
        places_of_all = np.concatenate((places, places[firsts]))
        return np.concatenate((owners, owners[firsts])), rows, places_of_all, self._listed(words, owners, places, len(texts))

    def _pairs(self, words: Ints, known: Ints, owners: Ints) -> tuple[Ints, Ints]:
        """The pairs among the first words of each text, and where in `words` each has its first word."""
        rank = np.arange(len(known)) - owners.searchsorted(owners)
        near = (known[1:] == known[:-1] + 1) & (rank[1:] < PAIRED_WORDS)
        firsts = near.nonzero()[0]
        keys = words[firsts] * len(self.words) + words[firsts + 1]
        maybe = self.sieve[keys % _SIEVE].nonzero()[0]
        keys, firsts = keys[maybe], firsts[maybe]
        at = self.pairs.searchsorted(keys)
        at[at == len(self.pairs)] = 0
        found = (self.pairs[at] == keys).nonzero()[0]
        return at[found], firsts[found]

    def _listed(self, words: Ints, owners: Ints, places: Ints, texts: int) -> Floats:
        early = (places != _REST).nonzero()[0]
        topics = owners[early] * (NOT_LISTED + 1) + self.listed[words[early]]
        strengths = np.bincount(topics, weights=_ZONE_WEIGHTS[places[early]], minlength=(NOT_LISTED + 1) * texts)
        return _odds(strengths.reshape(texts, NOT_LISTED + 1)[:, :NOT_LISTED])

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
        """The word, or the two words with a space, of a row of `weights`: one text for all stories that it speaks for."""
        if feature < len(self.words):
            return intern(self.names[feature].decode())
        first, second = divmod(int(self.pairs[feature - len(self.words)]), len(self.words))
        return intern(f"{self.names[first].decode()} {self.names[second].decode()}")


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
