"""The larger model: an encoder that reads a comment in its order (``newsdesk[mood]``).

Four layers of all-MiniLM-L6-v2 (Apache-2.0), fine-tuned on the labelled comments (``training/mood``), in whole numbers of 7
bits; run by onnxruntime, which is imported when the first comment is read, in one thread. It is taught and asked about the
comment alone: one that was taught with headlines saw too few to learn what they change, and read comments under others worse.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdesk.sentiment.pieces import Pieces, in_rows
from newsdesk.tagging.tiers import ENCODER

Floats = NDArray[np.float32]

# Comments of like length are read together, so many pieces at once: enough to make it pay, few enough that in a batch as the
# tiers ask for (256 comments) the short ones are hardly filled up to the longest beside them.
_PIECES_AT_ONCE = 500
_MOST_REMEMBERED = 50_000


class Encoder:
    """Reads comments. What it said is remembered by a hash of the words, so that a thread that is read again costs nothing."""

    def __init__(self, path: Path) -> None:
        # It would note the machine's make and an id in the home folder, and send them to its makers.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self._heads: int = self._session.get_outputs()[0].shape[1]
        self._pieces = Pieces.read(path.parent / "pieces.txt")
        self._said: dict[bytes, Floats] = {}

    def read(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Logits [comments, 5]: negative, neutral, positive, sarcasm; and how much more strongly than the first three say a
        comment leans to positive (above 0) or negative (below)."""
        keys = [_digest(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._said}
        if len(self._said) + len(new) > _MOST_REMEMBERED:
            self._said = {key: self._said[key] for key in keys if key in self._said}
        self._said.update(self._answer(new))
        return np.array([self._said[key] for key in keys], dtype=np.float64).reshape(len(keys), self._heads)

    def _answer(self, new: dict[bytes, str]) -> dict[bytes, Floats]:
        looks = sorted(((self._pieces.look(text), key) for key, text in new.items()), key=lambda pair: len(pair[0]))
        found: dict[bytes, Floats] = {}
        begin = 0
        while begin < len(looks):
            end = begin + 1
            while end < len(looks) and len(looks[end][0]) * (end + 1 - begin) <= _PIECES_AT_ONCE:
                end += 1
            part = looks[begin:end]
            numbers, there = in_rows([look for look, _ in part])
            given = {"numbers": numbers, "there": there}
            logits = self._session.run(["logits"], {name: np.array(rows, dtype=np.int64) for name, rows in given.items()})[0]
            found.update(zip((key for _, key in part), logits, strict=True))
            begin = end
        return found


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@cache
def load_encoder() -> Encoder:
    """The shipped encoder."""
    return Encoder(ENCODER)
