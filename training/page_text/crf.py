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
from scipy.special import logsumexp

from fetchers.seeds.page_text.features import features_of, view_page
from fetchers.seeds.page_text.labelling import LABELS, Model
from training.page_text.align import Labelled

COUNT = len(LABELS)


@dataclass
class Featured:
    """A page with its features, computed once."""

    page: Labelled
    features: list[list[str]]
    weight: float = 1.0


def featured(pages: Sequence[Labelled], weight: float = 1.0) -> list[Featured]:
    return [Featured(page, features_of(view_page(page.looks)), weight) for page in pages if page.looks]


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
        self.weights = np.array([page.weight for page in pages])
        self.lengths = lengths
        self.width = int(lengths.max())
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        self.place = np.full((len(pages), self.width), -1)
        for i, (start, length) in enumerate(zip(starts, lengths, strict=True)):
            self.place[i, :length] = np.arange(start, start + length)
        self.mask = self.place >= 0
        self.gold_steps = np.zeros((COUNT, COUNT))
        self.gold_begin = np.zeros(COUNT)
        for page in pages:
            labels = page.page.labels
            self.gold_begin[labels[0]] += page.weight
            for a, b in pairwise(labels):
                self.gold_steps[a, b] += page.weight
        self.line_weight = np.repeat(self.weights, lengths)
        onehot = csr_matrix((self.line_weight, (np.arange(len(self.y)), self.y)), shape=(len(self.y), COUNT))
        self.gold_weights = np.asarray((self.x.T @ onehot).todense())

    def loss(self, theta: np.ndarray, penalty: float) -> tuple[float, np.ndarray]:
        size = len(self.rows) * COUNT
        w = theta[:size].reshape(-1, COUNT)
        steps = theta[size : size + COUNT * COUNT].reshape(COUNT, COUNT)
        begin = theta[size + COUNT * COUNT :]
        emitted = self.x @ w
        grid = np.where(self.mask[..., None], emitted[np.maximum(self.place, 0)], 0.0)
        pages, width = self.mask.shape
        alpha = np.zeros((width, pages, COUNT))
        alpha[0] = begin + grid[:, 0]
        for t in range(1, width):
            new = logsumexp(alpha[t - 1][:, :, None] + steps, axis=1) + grid[:, t]
            alpha[t] = np.where(self.mask[:, t, None], new, alpha[t - 1])
        total = logsumexp(alpha[-1], axis=1)
        beta = np.zeros((width, pages, COUNT))
        grad_steps = np.zeros((COUNT, COUNT))
        for t in range(width - 2, -1, -1):
            inner = grid[:, t + 1] + beta[t + 1]
            joint = alpha[t][:, :, None] + steps + inner[:, None, :] - total[:, None, None]
            live = self.mask[:, t + 1]
            grad_steps += (np.exp(joint[live]) * self.weights[live, None, None]).sum(axis=0)
            back = logsumexp(steps[None] + inner[:, None, :], axis=2)
            beta[t] = np.where(live[:, None], back, 0.0)
        marginal = np.exp(alpha.transpose(1, 0, 2) + beta.transpose(1, 0, 2) - total[:, None, None])
        lines = np.zeros_like(emitted)
        lines[self.place[self.mask]] = marginal[self.mask]
        grad_w = self.x.T @ (lines * self.line_weight[:, None]) - self.gold_weights
        grad_begin = (marginal[:, 0] * self.weights[:, None]).sum(axis=0) - self.gold_begin
        value = float(
            (total * self.weights).sum()
            - (w * self.gold_weights).sum()
            - (steps * self.gold_steps).sum()
            - begin @ self.gold_begin
        )
        value += penalty / 2 * float(theta @ theta)
        gradient = np.concatenate([grad_w.ravel(), (grad_steps - self.gold_steps).ravel(), grad_begin]) + penalty * theta
        return value, gradient


@dataclass
class Learnt:
    """Weights as learnt; `export` rounds them for shipping, so what is measured is what ships."""

    rows: dict[str, int]
    weights: np.ndarray
    steps: np.ndarray
    begin: np.ndarray
    theta: np.ndarray

    def export(self, scale: int = 64, smallest: float = 0.02) -> dict[str, Any]:
        table = {}
        for name, i in self.rows.items():
            row = self.weights[i]
            if np.abs(row).max() >= smallest:
                table[name] = [round(float(v) * scale) for v in row]
        whole = lambda values: [[round(float(v) * scale) for v in row] for row in values]  # noqa: E731
        return {
            "scale": scale,
            "labels": list(LABELS),
            "begin": whole([self.begin])[0],
            "steps": whole(self.steps),
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
    return Learnt(batch.rows, w, steps, found.x[size + COUNT * COUNT :], found.x)
