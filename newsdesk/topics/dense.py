"""The part of the English topic model that knows words by their meaning: a small network over averaged word vectors.

Method: each word has a vector (its sentence embedding by the teacher's encoder, cut to its main components and folded with the
word's inverse document frequency, int8). A text is the sum of its words' vectors by strength, brought to one length; one
hidden layer of rectified units and a straight path give 17 log-odds. It knows words that few labelled stories hold, by those
that are near them. Trained by training/topics/dense.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

LENGTH = 3.0  # of a text's vector
_NOTHING = 1e-6  # a length below which there is no direction


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the words' vectors say: `logits` (17), the words' vectors (a row each), strengths, units at work, and the scale."""

    logits: Floats
    vectors: Floats
    strengths: Floats
    working: npt.NDArray[np.bool_]
    scale: float


@dataclass(frozen=True, slots=True)
class Dense:
    """`vectors` (words, width), `hidden` (width, units), `out` (units, 17), `straight` (width, 17) and the two biases.

    Over the 17 topics the mean of the last layers is 0: what speaks for one speaks against the others.
    """

    vectors: npt.NDArray[np.int8]
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    straight: Floats
    bias: Floats

    def read_many(self, texts: Sequence[tuple[npt.NDArray[np.int64], Floats]]) -> list[Meaning | None]:
        """What the words of each text, as rows and strengths, speak for; null where they come to nothing."""
        vectors = [self.vectors.take(rows, axis=0).astype(np.float32) for rows, _ in texts]
        sums = np.array([strengths @ own for (_, strengths), own in zip(texts, vectors, strict=True)])
        lengths = np.sqrt(np.einsum("ij,ij->i", sums, sums))
        scales = LENGTH / np.maximum(lengths, _NOTHING)
        sums *= scales[:, np.newaxis]
        units = sums @ self.hidden + self.hidden_bias
        working = units > 0
        units *= working
        logits = units @ self.out + sums @ self.straight + self.bias
        return [
            Meaning(logits[i], vectors[i], texts[i][1], working[i], scale) if length >= _NOTHING else None
            for i, (length, scale) in enumerate(zip(lengths.tolist(), scales.tolist(), strict=True))
        ]

    def push(self, meaning: Meaning, topic: int) -> Floats:
        """How much each word speaks for `topic` against the mean of all topics: the network's slope along the word's vector."""
        slope: Floats = self.hidden @ (self.out[:, topic] * meaning.working) + self.straight[:, topic]
        pushed: Floats = meaning.strengths * (meaning.vectors @ slope) * np.float32(meaning.scale)
        return pushed


def unpack(arrays: Any) -> Dense:
    """From the arrays that training/topics/dense.py packs; numbers that were kept short are widened."""
    hidden, hidden_bias, out, straight, bias = (
        arrays[name].astype(np.float32) for name in ("hidden", "hidden_bias", "out", "straight", "dense_bias")
    )
    out -= out.mean(axis=1, keepdims=True)
    straight -= straight.mean(axis=1, keepdims=True)
    return Dense(arrays["vectors"], hidden, hidden_bias, out, straight, bias)
