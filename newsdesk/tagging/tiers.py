"""Which of the two models reads comments: the encoder where it is installed and wanted, else the model of words.

The settings say what is wanted (:func:`want`, or the environment's ``NEWSDESK_MOOD_TIER``); a call of ``score`` may name one.
Importing this costs nothing: neither model is touched.
"""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

Tier: TypeAlias = Literal["base", "model"]
Wanted: TypeAlias = Literal["auto", "base", "model"]
WANTED: Final = get_args(Wanted)

FOLDER: Final = Path(__file__).parents[1] / "data" / "mood"
ENCODER = FOLDER / "model.onnx"
INSTALL = "pip install 'newsdesk[mood]'"

_wanted: list[str] = []


def want(tier: str) -> None:
    """What the settings say, for this process: one of :data:`WANTED`."""
    _wanted[:] = [tier]


def wanted() -> str:
    """What is wanted; ``auto`` where nobody said anything that makes sense."""
    said = _wanted[0] if _wanted else os.environ.get("NEWSDESK_MOOD_TIER", "auto")
    return said if said in WANTED else "auto"


def tier() -> Tier:
    """The tier that reads comments now."""
    return "model" if wanted() != "base" and can_model() else "base"


def reader() -> str:
    """The mark of who reads comments now: the tier, and which of its versions. What two of them say is not to be compared."""
    return f"{tier()} {_version()}"


@cache
def _version() -> str:
    """Of the models that are shipped: it changes whenever one of their files does."""
    import hashlib

    return hashlib.blake2b((FOLDER / "SHA256SUMS").read_bytes(), digest_size=4).hexdigest()


@cache
def can_model() -> bool:
    """Whether the encoder and what runs it are installed."""
    return ENCODER.exists() and importlib.util.find_spec("onnxruntime") is not None
