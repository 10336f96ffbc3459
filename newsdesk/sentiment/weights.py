"""The trained weights of the mood model, as shipped: loaded once, when the first comment is scored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(__file__).parent.parent / "data" / "mood"
HEADS = ("negative", "neutral", "positive", "sarcasm", "toxic")

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """`hashed` [buckets, heads], `dense` [marks, heads], `bias` [heads]; `lexicon` gives words a valence from -4 to 4.

    `settings` holds what was chosen on held-out comments: calibration, decision offsets, thresholds, error rates.
    """

    hashed: Floats
    dense: Floats
    bias: Floats
    lexicon: Mapping[str, float]
    settings: Mapping[str, Any]


@cache
def load(folder: Path = FOLDER) -> Weights:
    """The shipped weights. The hashed ones are stored as bytes with one scale a head."""
    settings = json.loads((folder / "settings.json").read_text("utf-8"))
    with np.load(folder / "base.npz", allow_pickle=False) as stored:
        hashed = stored["hashed"].astype(np.float32) * stored["scale"]
        dense, bias = stored["dense"], stored["bias"]
    return Weights(hashed, dense, bias, read_lexicon(folder / "lexicon.tsv"), settings)


def read_lexicon(path: Path) -> dict[str, float]:
    """Words and valences of a two-column table; lines that begin with # are remarks."""
    lines = path.read_text("utf-8").split("\n")
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: float(valence) for word, valence in pairs}
