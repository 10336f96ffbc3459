"""The sums of data that commands make: written when it is made, and compared by a test with what is shipped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from newsdesk.whole_file import write_whole


def write_sums(folder: Path, names: Iterable[str]) -> None:
    """Write the folder's SHA256SUMS anew, of those of the files that are there. Raises OSError."""
    made = [folder / name for name in names if (folder / name).exists()]
    sums = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made)
    write_whole(folder / "SHA256SUMS", [line.encode() for line in sums])
