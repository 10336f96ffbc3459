"""Writes what is shipped of the mood models, and the sums of all files beside it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsdesk.sentiment.weights import NET_PARTS, load, read_settings
from newsdesk.whole_file import write_whole
from training.arrays import write_arrays
from training.mood.calibrate import Settings
from training.mood.fit import Linear
from training.mood.measure import Array
from training.mood.student import Student, side_by_side
from training.sums import write_sums


def store(student: Student, toxic: Linear, words: list[str], folder: Path) -> None:
    """Write the weights, the many of them as bytes with a scale."""
    model, net = side_by_side([student.linear, toxic]), student.net
    scale = np.quantile(np.abs(model.hashed), 0.99999, axis=0) / 127
    width = np.abs(net.vectors).max(axis=0) / 127
    arrays = {
        "hashed": _in_bytes(model.hashed, scale),
        "scale": scale.astype(np.float32),
        "dense": model.dense.astype(np.float32),
        "bias": model.bias.astype(np.float32),
        "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        "vectors": _in_bytes(net.vectors, width),
        "vectors_scale": width.astype(np.float32),
        **{f"net_{name}": getattr(net, name) for name in NET_PARTS},
    }
    write_arrays(folder / "base.npz", arrays)
    load.cache_clear()


def store_settings(settings: Settings, folder: Path) -> None:
    """Write the settings, and the sums of all files."""
    write_whole(folder / "settings.json", [f"{json.dumps(settings, indent=1, sort_keys=True)}\n".encode()])
    load.cache_clear()
    read_settings.cache_clear()
    names = ("base.npz", "model.onnx", "pieces.txt", "settings.json", "lexicon.tsv", "seeds.txt", "turns.txt")
    write_sums(folder, names)


def _in_bytes(values: Array | NDArray[np.float32], scale: Array | NDArray[np.float32]) -> NDArray[np.int8]:
    return np.clip(np.rint(values / scale), -127, 127).astype(np.int8)
