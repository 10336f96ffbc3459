"""The sums of the topic data that commands make, which a test compares with what is shipped."""

from __future__ import annotations

import hashlib
from pathlib import Path

NAMES = ("model.npz", "concepts.tsv", "together.txt")


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS anew, of those of the files that are there."""
    made = [folder / name for name in NAMES if (folder / name).exists()]
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made]
    (folder / "SHA256SUMS").write_text("".join(sums), "ascii")
