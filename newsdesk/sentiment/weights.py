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

from newsdesk.sentiment.features import weigh_pieces
from newsdesk.sentiment.phrases import FIRST_WORD, Ear, Net, make_ready

FOLDER = Path(__file__).parent.parent / "data" / "mood"
NET_PARTS = ("window", "window_bias", "attention", "mean", "most", "bias")
HEADS = ("negative", "neutral", "positive", "sarcasm", "toxic")

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """`hashed` [buckets, heads], `dense` [marks, heads], `bias` [heads]; `lexicon` gives words a valence from -4 to 4.

    `ear`, the net, is added to the first four heads; `vocabulary` numbers its words; `pieces` [words, heads] is what the pieces
    of each of them add up to in `hashed`, which saves most of the looking up. `settings` holds what was chosen on held-out
    comments: calibration, decision offsets, thresholds, error rates.
    """

    hashed: Floats
    dense: Floats
    bias: Floats
    pieces: Floats
    ear: Ear
    vocabulary: Mapping[str, int]
    lexicon: Mapping[str, float]
    settings: Mapping[str, Any]


@cache
def load(folder: Path = FOLDER) -> Weights:
    """The shipped weights. The many are stored as bytes, with a scale a column."""
    with np.load(folder / "base.npz", allow_pickle=False) as stored:
        hashed = stored["hashed"].astype(np.float32) * stored["scale"]
        dense, bias = stored["dense"], stored["bias"]
        vectors = stored["vectors"].astype(np.float32) * stored["vectors_scale"]
        net = Net(vectors, **{name: stored[f"net_{name}"] for name in NET_PARTS})
        words = stored["words"].tobytes().decode().split("\n")
    vocabulary = {word: at for at, word in enumerate(words, FIRST_WORD)}
    lexicon, settings = read_lexicon(folder / "lexicon.tsv"), read_settings(folder)
    return Weights(hashed, dense, bias, weigh_pieces(words, hashed), make_ready(net), vocabulary, lexicon, settings)


@cache
def read_settings(folder: Path = FOLDER) -> Mapping[str, Any]:
    """What was chosen on held-out comments, and how good each tier was found to be. What is of the base tier stands at the top,
    what is of the other under ``model``."""
    found: Mapping[str, Any] = json.loads((folder / "settings.json").read_text("utf-8"))
    return found


def read_lexicon(path: Path) -> dict[str, float]:
    """Words and valences of a two-column table; lines that begin with # are remarks."""
    lines = path.read_text("utf-8").split("\n")
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: float(valence) for word, valence in pairs}
