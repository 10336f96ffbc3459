"""Writing a file whole or not at all, so that one who is killed meanwhile leaves nothing behind."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, pieces: Iterable[bytes], *, private: bool = False) -> None:
    """Give `path` this content at the end; an existing file is replaced, and who may read it stays. A `private` one only its
    owner may read. Raises OSError."""
    fresh = path.with_name(f".newsdesk.{os.getpid()}.new")  # short, whatever the name is
    fresh.unlink(missing_ok=True)  # of one with the same number, who was killed
    try:
        number, named = _open(fresh, 0o600 if private else 0o666)
        with os.fdopen(number, "wb") as stream:
            for piece in pieces:
                stream.write(piece)
            stream.flush()
            os.fsync(number)  # or a power cut leaves an empty file in the place of the old one
            with contextlib.suppress(FileNotFoundError):
                os.fchmod(number, 0o600 if private else stat.S_IMODE(path.stat().st_mode))
            if not named:
                os.link(_place(number), fresh, src_dir_fd=number)  # with a folder named, Python follows the link
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _open(fresh: Path, mode: int) -> tuple[int, bool]:
    """A file to write to, and whether it has its name already: where the system can, it has none before it is whole."""
    try:
        number = os.open(fresh.parent, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, mode)
        if os.path.exists(_place(number)):  # noqa: PTH110 - /proc may not be there
            return number, False
        os.close(number)
    except (AttributeError, OSError):  # no Linux, or a file system without unnamed files
        pass
    return os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode), True


def _place(number: int) -> str:
    return f"/proc/self/fd/{number}"
