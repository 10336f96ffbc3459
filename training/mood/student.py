"""The model that is shipped: a linear one over hashed words and marks, and a small net over words in order, added up.

Both learn from the labelled comments and, at a lesser weight, from what larger encoders say of many more
(:mod:`training.mood.pool`).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from newsdesk.sentiment.features import BUCKETS, hash_features
from newsdesk.sentiment.marks import mark_names
from newsdesk.sentiment.phrases import FIRST_WORD, REACH, Net, hear, make_ready, number_words
from newsdesk.sentiment.reading import look_at
from training.mood.balance import balance
from training.mood.fit import Linear, Penalty, fit
from training.mood.measure import Array, Flags, Ints
from training.mood.sources import Example
from training.mood.teach_net import Lessons, start, teach

# Labelled sets and what a comment of each weighs; the taught ones are labelled by the teachers.
LABELLED = {
    "fox": 1.0,
    "civil": 0.5,
    "reddit": 1.0,
    "judged toxic_spans": 0.7,
    "judged spans": 1.5,
    "judged goemotions": 1.0,
    "authored": 1.0,
}
TAUGHT = {"taught civil": 1.6, "taught runs": 1.6, "taught turned": 1.0, "taught joined": 1.0, "taught goemotions": 1.0}
TAUGHT |= {"taught vader": 1.0, "taught newsmtsc": 1.5, "taught isarcasm": 0.6, "taught wikinews": 0.6, "taught headlines": 0.6}
NEWS = "fox"  # the outlet whose level is kept: the one news outlet with headlines
BALANCE = 0.5
SIGNS = 160
EPOCHS = 4
NET_SHARE = 1.5  # what the net adds to the linear model
PENALTY = Penalty(6e-5, 1e-4, 45)
SARCASM_PENALTY = Penalty(1e-4, 1e-4)
_LEVEL = 0.5


@dataclass(frozen=True, slots=True)
class Table:
    """A set of examples and what is looked at in them: hashed words, marks, and the numbers of the words in order."""

    examples: list[Example]
    hashed: csr_matrix
    marks: Array
    words: list[Ints]

    def __getitem__(self, rows: Flags) -> Table:
        kept = np.flatnonzero(rows)
        return Table(
            [self.examples[row] for row in kept], self.hashed[kept], self.marks[kept], [self.words[row] for row in kept]
        )

    @property
    def gold(self) -> Ints:
        return np.array([one.label for one in self.examples])

    @property
    def sarcastic(self) -> Flags:
        return np.array([bool(one.sarcastic) for one in self.examples])


@dataclass(frozen=True, slots=True)
class Student:
    """`linear` has a column a head: negative, neutral, positive, sarcasm. `net` has the same heads, scaled to be added."""

    linear: Linear
    net: Net

    def logits(self, table: Table) -> Array:
        return self.linear.logits(table.hashed, table.marks) + listen(table, self.net)


def listen(table: Table, net: Net) -> Array:
    """What the net says of each comment."""
    logits = []
    ear = make_ready(net)
    for begin in range(0, len(table.words), 512):
        part = table.words[begin : begin + 512]
        cuts = np.concatenate([[0], np.cumsum([len(one) for one in part])]).tolist()
        logits.append(hear(np.concatenate(part), cuts, ear).logits)
    return np.vstack(logits).astype(np.float64)


def tabulate(examples: list[Example], lexicon: dict[str, float], vocabulary: Mapping[str, int]) -> Table:
    """Look at all examples, a few thousand at a time."""
    hashed, marks = [], []
    words: list[Ints] = []
    for begin in range(0, len(examples), 4000):
        part = examples[begin : begin + 4000]
        tokens, cuts, manner = look_at([e.text for e in part], [e.title for e in part], [e.parent for e in part], lexicon)
        found = hash_features(tokens)
        place = (tokens.owner[found.token], found.bucket)
        hashed.append(csr_matrix((found.weight, place), shape=(len(part), BUCKETS)))
        marks.append(manner)
        numbers = number_words(tokens.words, vocabulary)
        words += [numbers[a : min(b, a + REACH)] for a, b in itertools.pairwise(cuts)]
    return Table(examples, vstack(hashed).tocsr(), np.vstack(marks).astype(np.float64), words)


def join(tables: Sequence[Table]) -> Table:
    return Table(
        [one for table in tables for one in table.examples],
        vstack([table.hashed for table in tables]).tocsr(),
        np.vstack([table.marks for table in tables]),
        [words for table in tables for words in table.words],
    )


def read_vectors(taught: Mapping[str, NDArray[Any]]) -> tuple[list[str], NDArray[np.float32]]:
    """The words that the net knows and the vectors that it begins with; the first rows are for what is no known word."""
    words = taught["words"].tobytes().decode().split("\n")
    vectors = taught["vectors"].astype(np.float32) * taught["vectors_scale"]
    signs = np.random.default_rng(0).standard_normal((FIRST_WORD, vectors.shape[1])) * 0.3
    signs[0] = 0
    return words, np.vstack([signs.astype(np.float32), vectors])


def learn(tables: Mapping[str, Table], vectors: NDArray[np.float32]) -> Student:
    """Learn everything from the tables named in :data:`LABELLED` and :data:`TAUGHT`.

    Each source has a level of its own, so that the outlet's habits aren't learnt as the comment's mood.
    """
    own = gather(tables, {**LABELLED, **TAUGHT})
    mood = fit_levelled(own.table, own.targets, own.weights, own.source, own.names, PENALTY)
    lessons = Lessons(
        own.table.words,
        own.table.marks.astype(np.float32),
        own.targets.astype(np.float32),
        np.array([one.sarcastic for one in own.table.examples], dtype=np.float32),
        own.weights.astype(np.float32),
        own.source,
    )
    names = own.names
    draw = np.random.default_rng(0)
    taught = teach(lessons, start(vectors, SIGNS, lessons.marks.shape[1], len(names), draw), EPOCHS)
    # The net hears sarcasm worse than the marks of manner do: it learns it, to read better, but isn't asked.
    heard = np.array([1, 1, 1, 0], dtype=np.float32) * NET_SHARE
    net = replace(
        taught.net,
        mean=taught.net.mean * heard,
        most=taught.net.most * heard,
        bias=(taught.net.bias + taught.sources[names.index(NEWS)]) * heard,
    )
    linear = side_by_side([mood, learn_sarcasm(tables)])
    return Student(Linear(linear.hashed, linear.dense + taught.marks * heard, linear.bias), net)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Sets in a row: of each comment the number of its set among `names`, its target and what it weighs."""

    names: list[str]
    table: Table
    source: Ints
    targets: Array
    weights: Array


def gather(tables: Mapping[str, Table], weight: Mapping[str, float]) -> Gathered:
    """The sets that `weight` names, the labelled ones first."""
    names = list(weight)
    table = join([tables[name] for name in names])
    source = np.array([names.index(one.source) for one in table.examples])
    targets = np.array([one.target for one in table.examples])
    return Gathered(names, table, source, targets, _weights(targets, source, weight))


def learn_sarcasm(tables: Mapping[str, Table]) -> Linear:
    """The log-odds of sarcasm, from labels above all: the teacher is shy of it."""
    weight = {**LABELLED, "isarcasm": 0.3, "taught runs": 0.5}
    names = list(weight)
    table = join([tables[name] for name in names])
    source = np.array([names.index(one.source) for one in table.examples])
    flags = np.array([one.sarcastic for one in table.examples], dtype=float)
    yes_no = np.stack([1 - flags, flags], axis=1)
    weights = balance(yes_no, np.array(list(weight.values()))[source], source, BALANCE)
    return log_odds(fit_levelled(table, yes_no, weights, source, names, SARCASM_PENALTY))


def _weights(targets: Array, source: Ints, weight: Mapping[str, float]) -> Array:
    """Labelled sets have their classes evened out; the teacher's chances are taken as they are."""
    base = np.array(list(weight.values()))[source]
    labelled = source < len(LABELLED)
    weights = base.copy()
    weights[labelled] = balance(targets[labelled], base[labelled], source[labelled], BALANCE)
    return weights


def fit_levelled(table: Table, targets: Array, weights: Array, source: Ints, names: Sequence[str], penalty: Penalty) -> Linear:
    """A linear model with a level for each source beside; the level of the news outlet is kept."""
    levels = np.hstack([table.marks, np.eye(len(names))[source] * _LEVEL])
    found = fit(table.hashed, levels, targets, weights, penalty)
    count = len(mark_names())
    return Linear(found.hashed, found.dense[:count], found.bias + found.dense[count + names.index(NEWS)] * _LEVEL)


def log_odds(both: Linear) -> Linear:
    """One column from the two of a yes or no."""
    return Linear(*(part[..., 1:] - part[..., :1] for part in (both.hashed, both.dense, both.bias)))


def side_by_side(parts: Sequence[Linear]) -> Linear:
    return Linear(
        np.hstack([part.hashed for part in parts]),
        np.hstack([part.dense for part in parts]),
        np.concatenate([part.bias for part in parts]),
    )


def learn_toxic(tables: Mapping[str, Table]) -> Linear:
    """Toxic or not, from texts that are clearly one or the other (no set at hand has both)."""
    known = join([tables["toxic_spans"], tables["goemotions"], tables["newsmtsc"]])
    known = known[np.array([one.toxic is not None for one in known.examples])]
    flags = np.array([one.toxic for one in known.examples], dtype=float)
    targets = np.stack([1 - flags, flags], axis=1)
    weights = balance(targets, np.ones(len(flags)), np.zeros(len(flags), int), 1.0)
    return log_odds(fit(known.hashed, known.marks, targets, weights, Penalty(3e-4, 1e-4, 30)))
