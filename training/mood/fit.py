"""A softmax regression on hashed counts and dense marks: soft targets, weights, and a penalty for each of the two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights: `hashed` [buckets, classes], `dense` [marks, classes], `bias` [classes]."""

    hashed: Array
    dense: Array
    bias: Array

    def logits(self, hashed: csr_matrix, dense: Array) -> Array:
        result: Array = hashed @ self.hashed + dense @ self.dense + self.bias
        return result


@dataclass(frozen=True, slots=True)
class Penalty:
    hashed: float = 1e-4
    dense: float = 1e-4
    iterations: int = 60


def fit(hashed: csr_matrix, dense: Array, targets: Array, weights: Array, penalty: Penalty) -> Linear:
    """Weights that minimise the weighted cross-entropy to `targets` [n, classes] plus the squared penalties (L-BFGS).

    Slopes are found in single precision, which halves what is read of the counts, and added up in double."""
    weights = weights / weights.sum()
    used = np.flatnonzero(np.bincount(hashed.indices, minlength=hashed.shape[1]))
    columns = hashed.astype(np.float32)[:, used].tocsr()
    transposed = columns.T.tocsr()
    n_hashed, n_dense, classes = len(used), dense.shape[1], targets.shape[1]
    cut, end = n_hashed * classes, (n_hashed + n_dense) * classes
    wanted = targets * weights[:, None]

    def loss(vector: Array) -> tuple[float, Array]:
        a, b = vector[:cut].reshape(n_hashed, classes), vector[cut:end].reshape(n_dense, classes)
        logits = columns @ a.astype(np.float32) + dense @ b + vector[end:]
        logits -= logits.max(1, keepdims=True)
        odds = np.exp(logits)
        total = odds.sum(1, keepdims=True)
        value = -(wanted * (logits - np.log(total))).sum()
        value += 0.5 * penalty.hashed * (a * a).sum() + 0.5 * penalty.dense * (b * b).sum()
        slope = odds / total * weights[:, None] - wanted
        return value, np.concatenate(
            [
                (transposed @ slope.astype(np.float32) + penalty.hashed * a).ravel(),
                (dense.T @ slope + penalty.dense * b).ravel(),
                slope.sum(0),
            ]
        )

    found = minimize(
        loss, np.zeros(end + classes), jac=True, method="L-BFGS-B", options={"maxiter": penalty.iterations, "maxcor": 8}
    ).x
    full = np.zeros((hashed.shape[1], classes))
    full[used] = found[:cut].reshape(n_hashed, classes)
    return Linear(full, found[cut:end].reshape(n_dense, classes), found[end:])
