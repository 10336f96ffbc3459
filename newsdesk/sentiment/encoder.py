"""The larger model: an encoder that reads a comment in its order, with its headline and what it answers (``newsdesk[mood]``).

Four layers of all-MiniLM-L6-v2 (Apache-2.0), fine-tuned on the labelled comments (``training/mood``), in whole numbers of 7
bits; run by onnxruntime, which is imported when the first comment is read, in one thread.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdesk.sentiment.pieces import Pieces, in_rows
from newsdesk.tiers import ENCODER

Floats = NDArray[np.float32]

# Comments of like length are read together, so many pieces at once: enough to make it pay, few enough for the caches.
_PIECES_AT_ONCE = 1500
_MOST_REMEMBERED = 50_000


class Encoder:
    """Reads comments. What it said is remembered by a hash of the words, so that a thread that is read again costs nothing."""

    def __init__(self, path: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self._pieces = Pieces.read(path.parent / "pieces.txt")
        self._said: dict[bytes, Floats] = {}

    def read(self, texts: Sequence[str], titles: Sequence[str | None], parents: Sequence[str | None]) -> NDArray[np.float64]:
        """Logits [comments, 4]: negative, neutral, positive, sarcasm."""
        asked = list(zip(texts, titles, parents, strict=True))
        keys = [_digest(one) for one in asked]
        new = {key: one for key, one in zip(keys, asked, strict=True) if key not in self._said}
        if len(self._said) + len(new) > _MOST_REMEMBERED:
            self._said = {key: self._said[key] for key in keys if key in self._said}
        self._said.update(self._answer(new))
        return np.array([self._said[key] for key in keys], dtype=np.float64).reshape(len(keys), 4)

    def _answer(self, new: dict[bytes, tuple[str, str | None, str | None]]) -> dict[bytes, Floats]:
        looks = sorted(((self._pieces.look(*one), key) for key, one in new.items()), key=lambda pair: len(pair[0][0]))
        found: dict[bytes, Floats] = {}
        begin = 0
        while begin < len(looks):
            end = begin + 1
            while end < len(looks) and len(looks[end][0][0]) * (end + 1 - begin) <= _PIECES_AT_ONCE:
                end += 1
            part = looks[begin:end]
            numbers, there, behind = in_rows([look for look, _ in part])
            given = {"numbers": numbers, "there": there, "behind": behind}
            logits = self._session.run(["logits"], {name: np.array(rows, dtype=np.int64) for name, rows in given.items()})[0]
            found.update(zip((key for _, key in part), logits, strict=True))
            begin = end
        return found


def _digest(one: tuple[str, str | None, str | None]) -> bytes:
    """Of a comment with its headline and what it answers."""
    joined = "\x00".join("\x01" if part is None else part for part in one)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@cache
def load_encoder(path: Path = ENCODER) -> Encoder:
    """The shipped encoder."""
    return Encoder(path)
