"""Teaching the small net over words: gradients by hand, Adam, the same arithmetic as ``newsdesk.sentiment.phrases``."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from newsdesk.sentiment.phrases import Net, attend

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

HEADS = 4
BATCH = 256
RATE, WORD_RATE = 3e-3, 1.5e-3
DECAY = 1e-3
DROP_WORD, DROP_SIGN = 0.15, 0.3
SARCASM_WEIGHT = 0.5
SEED = 0


@dataclass(frozen=True, slots=True)
class Lessons:
    """`words` of each comment (numbers), `marks` [n, marks], `sentiment` [n, 3], `sarcasm` [n], `weight` [n], `source` [n]."""

    words: list[Ints]
    marks: Floats
    sentiment: Floats
    sarcasm: Floats
    weight: Floats
    source: Ints


@dataclass(frozen=True, slots=True)
class Taught:
    """The net, and the linear weights of the marks and the levels of the sources that were learnt beside it."""

    net: Net
    marks: Floats
    sources: Floats


def start(vectors: Floats, signs: int, marks: int, sources: int, draw: np.random.Generator) -> Taught:
    """Weights before the first lesson."""
    size = vectors.shape[1]

    def some(rows: int, columns: int) -> Floats:
        drawn: Floats = (draw.standard_normal((rows, columns)) / np.sqrt(rows)).astype(np.float32)
        return drawn

    nothing = np.zeros(HEADS, dtype=np.float32)
    net = Net(
        vectors.astype(np.float32),
        some(3 * size, signs),
        np.zeros(signs, np.float32),
        some(signs, 1)[:, 0],
        some(signs, HEADS),
        some(signs, HEADS),
        nothing,
    )
    return Taught(net, np.zeros((marks, HEADS), np.float32), np.zeros((sources, HEADS), np.float32))


def teach(lessons: Lessons, taught: Taught, epochs: int) -> Taught:
    """Go over the lessons so many times, comments of like length together, at a rate that rises and then falls to nothing."""
    draw = np.random.default_rng(SEED)
    weights = {field.name: getattr(taught.net, field.name).copy() for field in fields(Net)}
    weights |= {"marks": taught.marks.copy(), "sources": taught.sources.copy()}
    memory = {name: (np.zeros_like(value), np.zeros_like(value)) for name, value in weights.items()}
    order = [batch for _ in range(epochs) for batch in _batches(lessons, draw)]
    for step, rows in enumerate(order, 1):
        pace = min(1.0, step / 100) * max(0.02, 1 - step / len(order))
        slopes = _slopes(lessons, rows, weights, draw)
        for name, slope in slopes.items():
            _adam(weights[name], slope, memory[name], (WORD_RATE if name == "vectors" else RATE) * pace, step)
    net = replace(taught.net, **{field.name: weights[field.name] for field in fields(Net)})
    return Taught(net, weights["marks"], weights["sources"])


def _batches(lessons: Lessons, draw: np.random.Generator) -> list[Ints]:
    order = draw.permutation(len(lessons.words))
    sizes = np.array([len(words) for words in lessons.words])
    batches = []
    for begin in range(0, len(order), 32 * BATCH):
        part = order[begin : begin + 32 * BATCH]
        part = part[np.argsort(sizes[part], kind="stable")]
        batches += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
    return [batches[at] for at in draw.permutation(len(batches))]


def _slopes(lessons: Lessons, rows: Ints, weights: dict[str, Floats], draw: np.random.Generator) -> dict[str, Floats]:
    """The gradient of the batch's mean loss by each of the weights."""
    rows = rows[[len(lessons.words[row]) > 0 for row in rows]]
    sizes = np.array([len(lessons.words[row]) for row in rows])
    numbers = np.concatenate([lessons.words[row] for row in rows])
    numbers = np.where(draw.random(len(numbers)) < DROP_WORD, 0, numbers)
    owner, starts = np.repeat(np.arange(len(rows)), sizes), np.cumsum(sizes) - sizes
    first, last = np.zeros(len(owner), dtype=bool), np.zeros(len(owner), dtype=bool)
    first[starts] = last[starts - 1] = True
    seen = neighbours(weights["vectors"][numbers], first, last)
    keep = (draw.random((len(owner), weights["window"].shape[1])) >= DROP_SIGN).astype(np.float32) / (1 - DROP_SIGN)
    signs = np.maximum(seen @ weights["window"] + weights["window_bias"], 0)
    alive = (signs > 0) * keep
    signs *= keep
    share = attend(signs, weights["attention"], starts, owner)
    mean: Floats = np.add.reduceat(share[:, None] * signs, starts, axis=0)
    most: Floats = np.maximum.reduceat(signs, starts, axis=0)
    logits = mean @ weights["mean"] + most @ weights["most"] + weights["bias"]
    logits += lessons.marks[rows] @ weights["marks"] + weights["sources"][lessons.source[rows]]
    error = _error(logits, lessons, rows)
    to_mean, to_most = error @ weights["mean"].T, error @ weights["most"].T
    back = share[:, None] * to_mean[owner] + to_most[owner] * strongest_at(signs, most, starts, owner)
    pull = (signs * to_mean[owner]).sum(1)
    strength = share * (pull - np.add.reduceat(share * pull, starts)[owner])
    back = (back + strength[:, None] * weights["attention"]) * alive
    return {
        "vectors": _to_words(back @ weights["window"].T, numbers, first, last, weights["vectors"]),
        "window": seen.T @ back + DECAY * weights["window"],
        "window_bias": back.sum(0),
        "attention": strength @ signs,
        "mean": mean.T @ error + DECAY * weights["mean"],
        "most": most.T @ error + DECAY * weights["most"],
        "bias": error.sum(0),
        "marks": lessons.marks[rows].T @ error + DECAY * weights["marks"],
        "sources": _sum_rows(error, lessons.source[rows], len(weights["sources"])),
    }


def _error(logits: Floats, lessons: Lessons, rows: Ints) -> Floats:
    """The slope of the loss by the logits: cross-entropy of the sentiment, and of sarcasm as a yes or no, weighted."""
    odds = np.exp(logits[:, :3] - logits[:, :3].max(1, keepdims=True))
    chance = odds / odds.sum(1, keepdims=True)
    sarcastic = 1 / (1 + np.exp(-np.clip(logits[:, 3], -30, 30)))
    error = np.empty_like(logits)
    error[:, :3] = chance - lessons.sentiment[rows]
    error[:, 3] = SARCASM_WEIGHT * (sarcastic - lessons.sarcasm[rows])
    slope: Floats = (error * (lessons.weight[rows] / len(rows))[:, None]).astype(np.float32)
    return slope


def neighbours(vectors: Floats, first: NDArray[np.bool_], last: NDArray[np.bool_]) -> Floats:
    """Each token's vector between those of its neighbours [tokens, 3 * size]; beyond a comment's ends there is nothing."""
    size = vectors.shape[1]
    rows = np.zeros((len(vectors), 3 * size), dtype=np.float32)
    rows[1:, :size] = vectors[:-1]
    rows[first, :size] = 0
    rows[:, size : 2 * size] = vectors
    rows[:-1, 2 * size :] = vectors[1:]
    rows[last, 2 * size :] = 0
    return rows


def strongest_at(signs: Floats, strongest: Floats, starts: Ints, owner: Ints) -> Floats:
    """For each sign 1 at the token where it is strongest, a part of 1 at each where several are, elsewhere 0."""
    there = ((signs == strongest[owner]) & (signs > 0)).astype(np.float32)
    shares: Floats = there / np.maximum(np.add.reduceat(there, starts, axis=0), 1)[owner]
    return shares


def _to_words(back: Floats, numbers: Ints, first: NDArray[np.bool_], last: NDArray[np.bool_], vectors: Floats) -> Floats:
    """The slope of each word's vector: from its own window and from its neighbours'."""
    size = vectors.shape[1]
    own = back[:, size : 2 * size].copy()
    own[:-1] += np.where(first[1:, None], 0, back[1:, :size])
    own[1:] += np.where(last[:-1, None], 0, back[:-1, 2 * size :])
    slope = _sum_rows(own, numbers, len(vectors))
    slope[0] = 0
    return slope


def _sum_rows(values: Floats, groups: Ints, count: int) -> Floats:
    total = np.zeros((count, values.shape[1]), dtype=np.float32)
    np.add.at(total, groups, values)
    return total


def _adam(weight: Floats, slope: Floats, memory: tuple[Floats, Floats], rate: float, step: int) -> None:
    """One step of Adam (Kingma and Ba, 2015), in place."""
    mean, square = memory
    mean += 0.1 * (slope - mean)
    square += 0.002 * (slope * slope - square)
    weight -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.998**step)) + 1e-8)
