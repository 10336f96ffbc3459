"""Opening SQLite files: private, in WAL mode, with one clear sentence for whatever stands in the way.

WAL with ``synchronous=NORMAL``: a commit survives the death of the process at any moment; if the power fails, the last
commits may be undone, whole and in order, which the next refresh makes good. Readers never wait for a writer.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from newsdesk.errors import StorageError

BUSY_S = 20.0
_SEEN_BYTES = 2**31 - 2**16  # of a file, in the page cache of the system: SQLite takes no more


def explain(error: Exception, path: Path) -> StorageError:
    """A sentence with the mend for an error of SQLite or of the system at `path`."""
    text = str(error)
    if isinstance(error, OSError):
        text = {errno.ENOSPC: "full", errno.EACCES: "readonly", errno.EPERM: "readonly", errno.EROFS: "readonly"}.get(
            error.errno or 0, error.strerror or text
        )
    reasons = {
        "full": "the disk is full; free some space and try again, nothing that was stored is lost",
        "readonly": "it can't be written; check who owns the folder, or choose another one with --data DIR",
        "unable to open": "it can't be opened; check that the folder is there and yours, or choose another one with --data DIR",
        "malformed": "it is damaged; move it away (newsdesk makes a new one and reads the sources again) or restore a backup",
        "not a database": "it is not a newsdesk archive; move it away or choose another folder with --data DIR",
        "locked": f"another process has kept it busy for {BUSY_S:.0f} s; try again when that is done",
        "disk I/O": "the disk fails to read or write it; check the disk and the free space",
    }
    for sign, reason in reasons.items():
        if sign in text:
            return StorageError(f"{path}: {reason}")
    return StorageError(f"{path}: {text}")


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and the system into :class:`StorageError`."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise explain(error, path) from error


def make_private_folder(folder: Path) -> None:
    """Make `folder` (0700) and the ones above it, where they are missing."""
    with explained(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_private_file(path: Path) -> None:
    """Make an empty file (0600) where there is none: SQLite gives its side files the same mode."""
    with explained(path):
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))


def address(path: Path, mode: str) -> str:
    """The URI by which SQLite opens a file in `mode` (``rw``, ``ro``)."""
    return f"file:{quote(str(path.absolute()))}?mode={mode}"


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """A connection in autocommit mode; transactions are begun by hand. Raises sqlite3.Error."""
    connection = sqlite3.connect(
        address(path, mode), uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False, cached_statements=512
    )
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -32000")
        connection.execute(f"PRAGMA mmap_size = {_SEEN_BYTES}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def compact(path: Path) -> int:
    """Give the system back what is free in an SQLite file, where that is more than half of it; returns the bytes. Others may
    read meanwhile, and the disk needs room for what stays. Raises StorageError."""
    with explained(path), contextlib.closing(connect(path)) as connection:
        size, pages, free = (_number(connection, name) for name in ("page_size", "page_count", "freelist_count"))
        if 2 * free <= pages:
            return 0
        connection.execute("PRAGMA temp_store = FILE")  # not in memory, as what is sorted is
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return (pages - _number(connection, "page_count")) * size


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def back_up(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, while others read and write it. Raises StorageError."""
    make_private_file(target)
    with explained(target), contextlib.closing(connect(target)) as copy, contextlib.closing(connect(source, "ro")) as own:
        own.backup(copy)


def attach(connection: sqlite3.Connection, path: Path, name: str, mode: str) -> None:
    connection.execute("ATTACH DATABASE ? AS " + name, (address(path, mode),))


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, kind: str) -> Iterator[sqlite3.Connection]:
    """A transaction (``DEFERRED`` to read one snapshot, ``IMMEDIATE`` to write); rolled back if anything is raised. Whoever is
    inside may commit it before the end, and then does no more."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield connection
        if connection.in_transaction:
            connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
