"""What trainings write is there whole, or as it was before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from training.arrays import write_arrays


class Torn:
    """An array that cannot be read to its end."""

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise OSError("torn")


def test_arrays_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "base.npz"
    write_arrays(path, {"weights": np.arange(5, dtype=np.int8), "words": np.array(["a", "ß"])})
    with np.load(path, allow_pickle=False) as stored:
        assert stored["weights"].dtype == np.int8
        assert stored["weights"].tolist() == [0, 1, 2, 3, 4]
        assert stored["words"].tolist() == ["a", "ß"]


def test_who_stops_halfway_has_the_file_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "base.npz"
    write_arrays(path, {"weights": np.arange(5)})
    before = path.read_bytes()
    torn: Any = Torn()
    with pytest.raises(OSError, match="torn"):
        write_arrays(path, {"weights": np.arange(9), "vectors": torn})
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
