"""Evening out the classes of labelled sets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def balance(targets: Array, weights: Array, groups: NDArray[np.int64], strength: float) -> Array:
    """Weights with the classes of each group evened out: fully at `strength` 1, not at all at 0; a group keeps its total."""
    balanced = weights.astype(np.float64).copy()
    for group in np.unique(groups):
        rows = groups == group
        total = np.maximum(weights[rows] @ targets[rows], 1e-9)
        factor = (targets[rows] / total**strength).sum(1)
        balanced[rows] = weights[rows] * factor
        balanced[rows] *= weights[rows].sum() / balanced[rows].sum()
    return balanced
