"""Writing arrays that are shipped, whole or not at all: one who stops a training has the file that was there before."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from newsdesk.whole_file import write_whole


def write_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    """Give `path` these arrays, compressed (npz). Raises OSError."""
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)
    write_whole(path, [packed.getvalue()])
