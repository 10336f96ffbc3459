"""Opening SQLite files: private, in WAL mode, with one clear sentence for whatever stands in the way.

WAL with ``synchronous=NORMAL``: a commit survives the death of the process at any moment; if the power fails, the last
commits may be undone, whole and in order, which the next refresh makes good. Readers never wait for a writer.
"""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import quote

from newsdesk.errors import FullDiskError, StorageError

BUSY_S = 20.0
_SOON_S = 0.01
# What damage raises: errors of other kinds are of kinds of their own. Where a schema is damaged, SQLite's message quotes it and
# can't be read itself.
_DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)
# With less room than this an error of the disk is one of room: to read, SQLite makes a file of 32 KB for what is in a log.
_NO_ROOM_BYTES = 2**18
_NEEDED_MB = 20  # a day of feeds and its log: less would soon be full again
_FEW_FILES = 64  # which a process may have open: a refresh has some forty
_SEEN_BYTES = 2**31 - 2**16  # of a file, in the page cache of the system: SQLite takes no more


def explain(error: Exception, path: Path) -> StorageError:
    """A sentence with the mend for an error of SQLite or of the system at `path`."""
    text = "malformed" if isinstance(error, UnicodeDecodeError) else str(error)
    if _is_for_room(error, path):
        return FullDiskError(f"{path}: {no_room(path.parent)}")
    if isinstance(error, OSError):
        text = {errno.EACCES: "readonly", errno.EPERM: "readonly", errno.EROFS: "readonly"}.get(
            error.errno or 0, error.strerror or text
        )
    reasons = {
        "readonly": "it can't be written; check who owns the folder, or choose another one with --data DIR",
        "unable to open": "it can't be opened; check that the folder is there and yours, or choose another one with --data DIR",
        "malformed": "it is damaged; move it away (newsdesk makes a new one and reads the sources again) or restore a backup",
        "not a database": "it is not a newsdesk archive; move it away or choose another folder with --data DIR",
        "locked": f"another process has kept it busy for {BUSY_S:.0f} s; try again when that is done",
        "disk I/O": "the disk fails to read or write it; check the disk and the free space",
    }
    few = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if 0 <= few < _FEW_FILES:  # SQLite does not say whether it was that; -1 is no limit
        reasons["unable to open"] = f"it can't be opened where a program may open {few} files at once; try ulimit -n 256"
    for sign, reason in reasons.items():
        if sign in text:
            return StorageError(f"{path}: {reason}")
    return StorageError(f"{path}: {text}")


def no_room(folder: Path) -> str:
    """That the disk of `folder` is full, and what helps."""
    return (
        f"the disk is full; free {_NEEDED_MB} MB or more on the disk that {folder} is on and try again,"
        " nothing that was stored is lost"
    )


def _is_for_room(error: Exception, path: Path) -> bool:
    """Whether an error of SQLite or of the system at `path` is that the disk has no room."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    if "disk I/O" in str(error):  # what SQLite says where its side files can't be made, too
        with contextlib.suppress(OSError):
            return shutil.disk_usage(path.parent).free < _NO_ROOM_BYTES
    return "full" in str(error)


@contextlib.contextmanager
def explained(path: Path, attached: Path | None = None) -> Iterator[None]:
    """Turn errors of SQLite and the system into :class:`StorageError`. SQLite does not say which of two files is damaged: who
    read the name of the whole one would move that away."""
    try:
        yield
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        is_damage = attached is not None and type(error) in _DAMAGE
        raise explain(error, _damaged_of(path, attached) if attached and is_damage else path) from error


def _damaged_of(*paths: Path) -> Path:
    """Which of two files is damaged; of a small one that is seen sooner."""
    small, large = sorted(paths, key=lambda path: path.stat().st_size if path.exists() else 0)
    try:
        with contextlib.closing(connect(small, "ro")) as connection:
            return large if connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok" else small
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return small if type(error) in _DAMAGE else large


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


def unwritten(path: Path) -> str:
    """The mode in which a connection `alone` reads a file that nobody writes, in a folder that can't be written; what was left
    in its log, too, for which SQLite must not look for locks."""
    try:
        left = Path(f"{path}-wal").stat().st_size
    except OSError:
        left = 0
    return "ro&vfs=unix-none" if left else "ro&immutable=1"


def connect(path: Path, mode: str = "rw", *, alone: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode; transactions are begun by hand. One `alone` makes no file beside it to
    read, but in mode ``rw`` nobody else can read or write until it is closed. Raises sqlite3.Error."""
    connection = sqlite3.connect(
        address(path, mode), uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False, cached_statements=512
    )
    try:
        if alone:  # what is in the log is then kept in memory, and not in a file that all share; also of what is attached
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -32000")
        connection.execute(f"PRAGMA mmap_size = {_SEEN_BYTES}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def use_log(connection: sqlite3.Connection, page_bytes: int = 4096) -> None:
    """Put a file into WAL mode, with pages of this size if it is empty yet. Another process may just make it, too, for which
    SQLite doesn't wait here. Raises sqlite3.Error."""
    end = monotonic() + BUSY_S
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute(f"PRAGMA page_size = {page_bytes}")
                connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > end:
                raise
        sleep(_SOON_S)


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
    with explained(target), contextlib.closing(connect(target)) as copy, _open_to_copy(source) as own:
        for connection in (own, copy):
            connection.execute("PRAGMA mmap_size = 0")  # or both files are in memory as a whole at the end
        own.backup(copy)


@contextlib.contextmanager
def _open_to_copy(path: Path) -> Iterator[sqlite3.Connection]:
    """Also where the disk that `path` is on is full: all the more may someone want what is stored elsewhere. Who may only read
    can't keep others from writing: where nobody had it open, somebody may have written it meanwhile."""
    written = path.stat().st_mtime_ns
    try:
        connection, is_kept = connect(path, "ro"), True
    except sqlite3.OperationalError as error:
        if isinstance(explain(error, path), FullDiskError):
            connection, is_kept = connect(path, alone=True), True
        elif Path(f"{path}-shm").exists():
            raise
        else:
            connection, is_kept = connect(path, unwritten(path), alone=True), False
    with contextlib.closing(connection):
        yield connection
    if not is_kept and path.stat().st_mtime_ns != written:
        raise StorageError(f"{path}: it was written while it was copied; try again")


def attach(connection: sqlite3.Connection, path: Path, name: str, mode: str) -> None:
    connection.execute("ATTACH DATABASE ? AS " + name, (address(path, mode),))


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, kind: str) -> Iterator[sqlite3.Connection]:
    """A transaction (``DEFERRED`` to read one snapshot, ``IMMEDIATE`` to write); rolled back if anything is raised."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
