"""The part of the English topic model that knows words by their meaning: a small network over averaged word vectors.

Method: each word has a vector (its sentence embedding by the teacher's encoder, cut to its main components and folded with the
word's inverse document frequency, int8). A text is the sum of its words' vectors by strength, brought to one length; one
hidden layer of rectified units and a straight path give 17 log-odds. It knows words that few labelled stories hold, by those
that are near them. Trained by training/topics/dense.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

LENGTH = 3.0  # of a text's vector
_NOTHING = 1e-6  # a length below which there is no direction


class Meanings(NamedTuple):
    """What the vectors of the words of texts say, a row a text: `logits` (17), the units at work, and what the sum of the
    vectors was brought to its length by; 0 for a text that comes to nothing, whose logits are 0."""

    logits: Floats
    working: npt.NDArray[np.bool_]
    scales: Floats


@dataclass(frozen=True, slots=True)
class Dense:
    """`hidden` (width, units), `out` (units, 17), `straight` (width, 17) and the two biases.

    Over the 17 topics the mean of the last layers is 0: what speaks for one speaks against the others.
    """

    hidden: Floats
    hidden_bias: Floats
    out: Floats
    straight: Floats
    bias: Floats

    def read_many(self, sums: Floats) -> Meanings:
        """What each text speaks for, of the sum of its words' vectors by strength, a row a text."""
        lengths = np.sqrt(np.einsum("ij,ij->i", sums, sums))
        scales = np.where(lengths >= _NOTHING, LENGTH / np.maximum(lengths, _NOTHING), 0.0)[:, np.newaxis].astype(np.float32)
        texts = sums * scales
        units = texts @ self.hidden + self.hidden_bias
        working = units > 0
        units *= working
        logits = (units @ self.out + texts @ self.straight + self.bias) * (scales > 0)
        return Meanings(logits.astype(np.float32, copy=False), working, scales)

    def slopes(self, meanings: Meanings, texts: Sequence[int], topics: Sequence[int]) -> Floats:
        """How much the log-odds of a topic against the mean of all topics rise along each number of a word's vector, a row for
        each text and topic: times the vector and its strength, what the word says for the topic."""
        units = self.out.T[topics] * meanings.working[texts]
        slopes: Floats = (units @ self.hidden.T + self.straight.T[topics]) * meanings.scales[texts]
        return slopes


def unpack(arrays: Any) -> Dense:
    """From the arrays that training/topics/dense.py packs; numbers that were kept short are widened."""
    hidden, hidden_bias, out, straight, bias = (
        arrays[name].astype(np.float32) for name in ("hidden", "hidden_bias", "out", "straight", "dense_bias")
    )
    out -= out.mean(axis=1, keepdims=True)
    straight -= straight.mean(axis=1, keepdims=True)
    return Dense(hidden, hidden_bias, out, straight, bias)
