"""The best labelling of a whole page: a linear-chain model decoded by Viterbi (Lafferty et al. 2001; Viterbi 1967).

A labelling's score is the sum of the weights of every line's features for its label and of every pair of labels that follow
each other. Weights are learnt by training/page_text and shipped as data.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Scores: TypeAlias = NDArray[np.float32]

LABELS = (
    "title",  # the headline, each time it is printed
    "byline",  # who wrote it
    "date",  # when it was published or updated
    "credit",  # the agency or outlet that it is from
    "highlight",  # bullet highlights and standfirst
    "body",  # a paragraph of the story, sub-headings too
    "furniture",  # anything else before a story's text
    "aside",  # anything else inside or after it
    "author",  # the line of a comment that names its author
    "meta",  # the other lines of a comment's frame: time, votes, buttons, whom it answers
    "comment",  # a paragraph of a comment
)


@dataclass(frozen=True, slots=True)
class Model:
    """`rows` gives a feature its row of `weights` (features x labels); `steps[a, b]` scores label b after label a."""

    rows: dict[str, int]
    weights: Scores
    steps: Scores
    begin: Scores

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Model:
        """Weights are stored as whole numbers, `scale` of them to one; the last row is for features never seen."""
        scale = float(data["scale"])
        rows = {name: i for i, name in enumerate(data["features"])}
        table = np.array([*data["features"].values(), [0] * len(LABELS)], dtype=np.float32) / scale
        steps = np.array(data["steps"], dtype=np.float32) / scale
        return cls(rows, table, steps, np.array(data["begin"], dtype=np.float32) / scale)

    def emit(self, features: Sequence[Sequence[str]]) -> Scores:
        """The score of every label for every line: lines x labels."""
        unknown = len(self.weights) - 1
        find = self.rows.get
        flat = [find(name, unknown) for line in features for name in line]
        starts = np.cumsum([0, *(len(line) for line in features[:-1])])
        return np.add.reduceat(self.weights[flat], starts, axis=0)

    def decode(self, emitted: Scores) -> list[int]:
        """The best path of labels."""
        count = len(emitted)
        if not count:
            return []
        back = np.zeros((count, len(LABELS)), dtype=np.int8)
        best = self.begin + emitted[0]
        for i in range(1, count):
            reach = best[:, None] + self.steps
            back[i] = reach.argmax(axis=0)
            best = reach.max(axis=0) + emitted[i]
        at = int(best.argmax())
        path = [at]
        for i in range(count - 1, 0, -1):
            at = int(back[i, at])
            path.append(at)
        return path[::-1]


@cache
def shipped_model() -> Model:
    source = resources.files("newsdesk") / "data" / "page_text" / "weights.json.gz"
    return Model.from_json(json.loads(gzip.decompress(source.read_bytes())))
