"""The network over word vectors: vectors by the main components of the encoder's, layers by L-BFGS on soft labels, packing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize

from newsdesk.topics.dense import LENGTH
from newsdesk.topics.model import TOPIC_COUNT
from training.topics.student import Array

WIDTH, UNITS, L2, STEPS = 64, 64, 1e-3, 120
Layers = tuple[Array, Array, Array, Array, Array]  # hidden, its bias, out, straight, bias


def main_components(names: Sequence[str], encoded: Mapping[str, Array]) -> Array:
    """A vector a word, of mean length 1, along the components that vary most; zeros for a word that was not encoded."""
    known = np.array([name in encoded for name in names])
    found = np.array([encoded[name] for name in names if name in encoded], dtype=np.float64)
    found -= found.mean(axis=0)
    _, directions = np.linalg.eigh(found.T @ found)
    vectors = np.zeros((len(names), WIDTH))
    vectors[known] = found @ directions[:, ::-1][:, :WIDTH]
    result: Array = vectors / np.sqrt((vectors[known] ** 2).sum(axis=1).mean())
    return result


def quantise(vectors: Array, idf: Array) -> Array:
    """int8 vectors with the inverse document frequencies folded in; their common scale does not matter to the network."""
    folded = vectors * idf[:, None]
    step = np.quantile(np.abs(folded).max(axis=1), 0.999) / 127
    steps: Array = np.clip(np.round(folded / step), -127, 127).astype(np.int8)
    return steps


def read_texts(strengths: Any, vectors: Array) -> Array:
    """Text vectors, a row a text, from a sparse matrix of word strengths."""
    texts = strengths @ vectors
    result: Array = (texts / (np.sqrt((texts * texts).sum(axis=1, keepdims=True)) + 1e-6) * LENGTH).astype(np.float32)
    return result


def logits(texts: Array, layers: Layers) -> Array:
    hidden, hidden_bias, out, straight, bias = layers
    result: Array = np.maximum(texts @ hidden + hidden_bias, 0) @ out + texts @ straight + bias
    return result


def fit(texts: Array, goal: Array, trust: Array) -> Layers:
    """The layers; deterministic, from a seeded start."""
    shapes = ((WIDTH, UNITS), (UNITS,), (UNITS, TOPIC_COUNT), (WIDTH, TOPIC_COUNT), (TOPIC_COUNT,))
    ends = np.cumsum([0, *(int(np.prod(shape)) for shape in shapes)])
    start = np.zeros(ends[-1])
    pick = np.random.default_rng(0)
    start[: ends[1]] = pick.normal(0, 1 / np.sqrt(WIDTH), ends[1])
    start[ends[2] : ends[3]] = pick.normal(0, 0.1, ends[3] - ends[2])
    held = np.ones_like(start)  # biases are not held back
    held[ends[1] : ends[2]] = held[ends[4] :] = 0
    labels = goal.astype(np.float32)
    weight = (trust / trust.mean() / len(trust)).astype(np.float32)[:, None]
    mass = labels.sum(axis=1, keepdims=True)

    def parts(point: Array) -> Layers:
        cut = [point[a:b].reshape(shape).astype(np.float32) for a, b, shape in zip(ends, ends[1:], shapes, strict=False)]
        return cut[0], cut[1], cut[2], cut[3], cut[4]

    def loss(point: Array) -> tuple[float, Array]:
        hidden, hidden_bias, out, straight, bias = parts(point)
        units = np.maximum(texts @ hidden + hidden_bias, 0)
        said = units @ out + texts @ straight + bias
        said -= said.max(axis=1, keepdims=True)
        said -= np.log(np.exp(said).sum(axis=1, keepdims=True))
        error = weight * (np.exp(said) * mass - labels)
        below = (error @ out.T) * (units > 0)
        slopes = (texts.T @ below, below.sum(axis=0), units.T @ error, texts.T @ error, error.sum(axis=0))
        value = -(weight * labels * said).sum(dtype=np.float64) + L2 / 2 * (held * point * point).sum()
        return float(value), np.concatenate([slope.ravel() for slope in slopes]).astype(np.float64) + L2 * held * point

    return parts(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "maxcor": 10}).x)


def pack(vectors: Array, layers: Layers, sharpness: float) -> dict[str, Array]:
    """The arrays of newsdesk.topics.dense; `sharpness` (an inverse temperature) is folded into the last layers."""
    hidden, hidden_bias, out, straight, bias = layers
    last = {"out": out, "straight": straight, "dense_bias": bias}
    folded = {name: (layer * sharpness).astype(np.float16) for name, layer in last.items()}
    return {"vectors": vectors, "hidden": hidden.astype(np.float16), "hidden_bias": hidden_bias.astype(np.float16), **folded}
