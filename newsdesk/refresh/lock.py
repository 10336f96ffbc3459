"""One at a time refreshes, or carries alerts: a lock that the system lets go of when its holder ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsdesk.errors import LockedError, StorageError


@contextmanager
def hold(file: Path, note: str) -> Iterator[None]:
    """Hold the lock on `file` (made where it is missing), with `note` written in it for whoever finds it held.

    Raises LockedError at once where another process holds it, StorageError where the file can't be made. Method: flock(2).
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        mend = "check who owns the folder, or choose another one with --data DIR"
        raise StorageError(f"{file}: {(error.strerror or 'it cannot be created').lower()}; {mend}") from None
    try:
        _take(number, file)
        _write_note(number, note)
        yield
    finally:
        os.close(number)


def _take(number: int, file: Path) -> None:
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(number, 200).decode("utf-8", "replace").strip()
        raise LockedError(f"another refresh is running{f' ({holder})' if holder else ''}: {file} is locked") from None
    except OSError as error:
        mend = "choose a folder of a disk that knows locks with --data DIR"
        raise StorageError(f"{file}: it can't be locked ({(error.strerror or str(error)).lower()}); {mend}") from None


def _write_note(number: int, note: str) -> None:
    """Only narration: a full disk must not keep a refresh from running."""
    try:
        os.ftruncate(number, 0)
        os.pwrite(number, note.encode(), 0)
    except OSError:
        return
