"""A linear-chain conditional random field, learnt by L-BFGS on padded batches (Lafferty, McCallum and Pereira 2001)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from fetchers.seeds.page_text.lines.features import features_of, view_page
from fetchers.seeds.page_text.lines.labelling import LABELS, Model
from training.page_text.align import Labelled

COUNT = len(LABELS)
SCALE = 64  # a shipped weight is a whole number of these parts
SMALLEST = 0.02  # a feature whose weights are all smaller is not shipped


@dataclass
class Featured:
    """A page with its features, computed once."""

    page: Labelled
    features: list[list[str]]
    weight: float = 1.0


def featured(pages: Sequence[Labelled], weight: float = 1.0) -> list[Featured]:
    return [Featured(page, features_of(view_page(page.looks)), weight) for page in pages if page.looks]


BOUNDS = (24, 40, 64, 100)  # lines: pages of like length are padded to one length and computed together


class Block:
    """Pages of like length, padded. `place` is pages x lines: the row of each line in the batch, -1 beyond a page's end."""

    def __init__(self, pages: Sequence[int], lengths: np.ndarray, starts: np.ndarray, weights: np.ndarray) -> None:
        self.weights = weights[list(pages)]
        self.place = np.full((len(pages), int(lengths[list(pages)].max())), -1)
        for row, page in enumerate(pages):
            self.place[row, : lengths[page]] = np.arange(starts[page], starts[page] + lengths[page])
        self.mask = self.place >= 0

    def sums(
        self, emitted: np.ndarray, steps: np.ndarray, begin: np.ndarray
    ) -> tuple[float, np.ndarray, np.ndarray, np.ndarray]:
        """(weighted log of the sums over all labellings, marginals of the lines, expected steps, expected beginnings).

        Forward and backward in probabilities, scaled at each line (Rabiner 1989).
        """
        grid = emitted[np.maximum(self.place, 0)]
        top = grid.max(axis=2)
        local = np.exp(grid - top[..., None])
        move = np.exp(steps)
        pages, width = self.mask.shape
        alpha = np.zeros((width, pages, COUNT))
        scale = np.ones((width, pages))
        first = np.exp(begin) * local[:, 0]
        scale[0] = first.sum(axis=1)
        alpha[0] = first / scale[0][:, None]
        for t in range(1, width):
            live = self.mask[:, t]
            new = (alpha[t - 1] @ move) * local[:, t]
            scale[t] = np.where(live, new.sum(axis=1), 1.0)
            alpha[t] = np.where(live[:, None], new / scale[t][:, None], alpha[t - 1])
        beta = np.ones((width, pages, COUNT))
        expected = np.zeros((COUNT, COUNT))
        for t in range(width - 2, -1, -1):
            live = self.mask[:, t + 1]
            onward = local[:, t + 1] * beta[t + 1] / scale[t + 1][:, None]
            beta[t] = np.where(live[:, None], onward @ move.T, 1.0)
            expected += move * (alpha[t].T @ (onward * (self.weights * live)[:, None]))
        marginal = (alpha * beta).transpose(1, 0, 2)
        total = np.log(scale).sum(axis=0) + (top * self.mask).sum(axis=1)
        return float(total @ self.weights), marginal, expected, (marginal[:, 0] * self.weights[:, None]).sum(axis=0)


class Batch:
    """Pages as one sparse matrix of lines x features, and where each page's lines lie."""

    def __init__(self, pages: Sequence[Featured], minimum: int) -> None:
        seen = Counter(name for page in pages for line in page.features for name in set(line))
        self.rows = {name: i for i, name in enumerate(sorted(n for n, c in seen.items() if c >= minimum))}
        indices, pointers = [], [0]
        for page in pages:
            for line in page.features:
                indices += [self.rows[name] for name in line if name in self.rows]
                pointers.append(len(indices))
        self.x = csr_matrix((np.ones(len(indices)), indices, pointers), shape=(len(pointers) - 1, len(self.rows)))
        self.y = np.array([label for page in pages for label in page.page.labels])
        lengths = np.array([len(page.features) for page in pages])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        weights = np.array([page.weight for page in pages])
        groups = np.searchsorted(BOUNDS, lengths)
        self.blocks = [
            Block([int(page) for page in np.flatnonzero(groups == group)], lengths, starts, weights)
            for group in np.unique(groups)
        ]
        self.gold_steps = np.zeros((COUNT, COUNT))
        self.gold_begin = np.zeros(COUNT)
        for page in pages:
            labels = page.page.labels
            self.gold_begin[labels[0]] += page.weight
            for a, b in pairwise(labels):
                self.gold_steps[a, b] += page.weight
        self.line_weight = np.repeat(weights, lengths)
        onehot = csr_matrix((self.line_weight, (np.arange(len(self.y)), self.y)), shape=(len(self.y), COUNT))
        self.gold_weights = np.asarray((self.x.T @ onehot).todense())

    def loss(self, theta: np.ndarray, penalty: float) -> tuple[float, np.ndarray]:
        size = len(self.rows) * COUNT
        w = theta[:size].reshape(-1, COUNT)
        steps = theta[size : size + COUNT * COUNT].reshape(COUNT, COUNT)
        begin = theta[size + COUNT * COUNT :]
        emitted = self.x @ w
        lines = np.zeros_like(emitted)
        value = 0.0
        grad_steps, grad_begin = -self.gold_steps, -self.gold_begin
        for block in self.blocks:
            total, marginal, expected, beginnings = block.sums(emitted, steps, begin)
            value += total
            lines[block.place[block.mask]] = marginal[block.mask]
            grad_steps, grad_begin = grad_steps + expected, grad_begin + beginnings
        grad_w = self.x.T @ (lines * self.line_weight[:, None]) - self.gold_weights
        value -= float((w * self.gold_weights).sum() + (steps * self.gold_steps).sum() + begin @ self.gold_begin)
        value += penalty / 2 * float(theta @ theta)
        return value, np.concatenate([grad_w.ravel(), grad_steps.ravel(), grad_begin]) + penalty * theta


def _whole(values: np.ndarray) -> list[int]:
    return [round(float(value) * SCALE) for value in values]


@dataclass
class Learnt:
    """Weights as learnt; `export` rounds them for shipping, so what is measured is what ships."""

    rows: dict[str, int]
    weights: np.ndarray
    steps: np.ndarray
    begin: np.ndarray

    def export(self) -> dict[str, Any]:
        table = {}
        for name, i in self.rows.items():
            row = self.weights[i]
            if np.abs(row).max() >= SMALLEST:
                table[name] = _whole(row)
        return {
            "scale": SCALE,
            "labels": list(LABELS),
            "begin": _whole(self.begin),
            "steps": [_whole(row) for row in self.steps],
            "features": table,
        }

    def model(self) -> Model:
        return Model.from_json(self.export())


def learn(pages: Sequence[Featured], penalty: float = 0.6, minimum: int = 2, iterations: int = 120) -> Learnt:
    batch = Batch(pages, minimum)
    size = len(batch.rows) * COUNT
    start = np.zeros(size + COUNT * COUNT + COUNT)
    found = minimize(
        batch.loss, start, args=(penalty,), jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 8}
    )
    w = found.x[:size].reshape(-1, COUNT)
    steps = found.x[size : size + COUNT * COUNT].reshape(COUNT, COUNT)
    return Learnt(batch.rows, w, steps, found.x[size + COUNT * COUNT :])


def average(models: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The mean of exported models, feature by feature; one that a model lacks counts as nothing there."""
    count = len(models)
    nothing = [0] * COUNT

    def mean(rows: Sequence[Sequence[int]]) -> list[int]:
        return [round(sum(column) / count) for column in zip(*rows, strict=True)]

    names = sorted({name for model in models for name in model["features"]})
    table = {name: mean([model["features"].get(name, nothing) for model in models]) for name in names}
    return {
        **models[0],
        "begin": mean([model["begin"] for model in models]),
        "steps": [mean([model["steps"][i] for model in models]) for i in range(COUNT)],
        "features": {name: row for name, row in table.items() if any(row)},
    }
