"""The archive's file and its connections: one a thread for reading, one for writing. The read marks are attached to each."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

from newsdesk.archive import schema
from newsdesk.archive.files import (
    attach,
    connect,
    explain,
    explained,
    make_private_file,
    make_private_folder,
    transaction,
    unwritten,
    use_log,
)
from newsdesk.errors import FullDiskError, OutdatedError, StorageError
from newsdesk.query.words import WORDS_VERSION

# Two stories or three fit on a page: of the common 4 KB a story leaves a third empty.
_PAGE_BYTES = 8192
# 390 MB: what many transactions write again and again goes into the file once. A thousand new feeds write 330 MB, and twice
# they waited half a second for the disk where it was 130.
_LOG_PAGES = 48_000
_LOG_BYTES = 2**24  # what stays of the log afterwards
# What a lean process that writes keeps of the file in memory, and once others need the room.
_WRITTEN_KB, _SHRUNK_KB = 24_000, 4_000


class Store:
    """Connections to one archive. `marks` is the marks file; only writing needs it to be there.

    A `lean` one keeps little of the file in memory, for a process that stays all day.
    """

    def __init__(self, path: Path, marks: Path, *, readonly: bool = False, lean: bool = False) -> None:
        self.path, self.marks, self.readonly, self.lean = path, marks, readonly, lean
        self.stale_words = False
        self._lock = threading.RLock()  # for the table of connections: held for moments only
        self._write_lock = threading.RLock()
        self._readers: dict[int, sqlite3.Connection] = {}
        self._turn = threading.Lock()  # to open a connection for reading; held for the whole reading where the disk is full
        self._writer: sqlite3.Connection | None = None
        self._first: sqlite3.Connection | None = None  # while the file is prepared
        self._written_kb = _WRITTEN_KB
        self._closed = False
        with contextlib.nullcontext() if readonly else self._prepared():
            try:
                with self.reading() as connection:
                    self._check(connection)
            except StorageError:
                self.close()
                raise

    @contextlib.contextmanager
    def _prepared(self) -> Iterator[None]:
        """Make the file, or bring it up to date.

        A long log, as one who was killed leaves it, goes into the file when the last connection is closed, for which this one
        stays until there is a reader. For who stays all day it goes there in a thread; a short command would wait for that,
        also where the log is one that a refresh is writing.
        """
        make_private_folder(self.path.parent)
        make_private_file(self.path)
        with explained(self.path), contextlib.ExitStack() as opened:
            try:
                connection = self._first = opened.enter_context(contextlib.closing(connect(self.path)))
                self._prepare(connection)
            except sqlite3.OperationalError as error:
                if not (isinstance(explain(error, self.path), FullDiskError) and self.path.stat().st_size):
                    raise
                opened.close()  # what is stored can be read all the same, and changed when there is room
                try:
                    yield
                except OutdatedError:  # but for an old archive, which a refresh can't bring up to date before there is
                    raise explain(error, self.path) from error
                return
            yield
            self._first = None
            if self.lean and self._has_long_log():
                opened.pop_all()
                threading.Thread(target=self._let_go, args=(connection,), name="archive log").start()

    def _prepare(self, connection: sqlite3.Connection) -> None:
        self._check_version(connection)
        use_log(connection, _PAGE_BYTES)
        if connection.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION:
            return
        with transaction(connection, "IMMEDIATE"):
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                schema.create(connection, WORDS_VERSION, uuid.uuid4().hex)
            else:
                schema.migrate(connection, version)

    def _check_known(self, connection: sqlite3.Connection) -> None:
        """Raises StorageError for a format of a newer newsdesk, which may have come while this one has the archive open."""
        version = connection.execute("PRAGMA main.user_version").fetchone()[0]
        if version > schema.VERSION:
            raise StorageError(
                f"{self.path}: written by a newer newsdesk (format {version}, this one knows {schema.VERSION});"
                " update newsdesk, or start it again if that was done meanwhile"
            )

    def _check_version(self, connection: sqlite3.Connection) -> None:
        self._check_known(connection)
        is_ours = connection.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
        if not is_ours and connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            raise StorageError(
                f"{self.path}: it is not a newsdesk archive; move it away or choose another folder with --data DIR"
            )

    def _check(self, connection: sqlite3.Connection) -> None:
        self._check_version(connection)
        if connection.execute("PRAGMA main.user_version").fetchone()[0] < schema.VERSION:
            raise OutdatedError(f"{self.path}: written by an older newsdesk; run newsdesk refresh once to bring it up to date")
        self.stale_words = connection.execute("SELECT words_version FROM state").fetchone()[0] != WORDS_VERSION

    def _open_reader(self) -> sqlite3.Connection:
        if not self.path.exists():
            return self._open_empty()
        mode = "ro" if self.readonly else "rw"
        try:
            connection = self._open_pair(mode)
            if self.readonly and not _has_content(connection, "main"):  # whoever made it got no further: the disk was full
                connection.close()
                return self._open_empty()
            return connection
        except sqlite3.OperationalError as error:
            # In a folder that can't be written, WAL needs its side files or a promise that nobody writes. On a full disk
            # that promise would be a lie: what is in the side files would be overlooked.
            if not self.readonly or "disk I/O" in str(error) or "full" in str(error):
                raise
            return self._open_pair(unwritten(self.path), marks_mode=unwritten(self.marks), alone=True)

    def _open_pair(self, mode: str, *, marks_mode: str = "", alone: bool = False) -> sqlite3.Connection:
        connection = connect(self.path, mode, alone=alone)
        if self.lean:
            connection.execute("PRAGMA mmap_size = 0")
            connection.execute("PRAGMA cache_size = -6000")
        try:
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
            self._attach_marks(connection, marks_mode or mode)
        except BaseException:
            connection.close()
            raise
        return connection

    def _attach_marks(self, connection: sqlite3.Connection, mode: str) -> None:
        if not self.marks.exists():
            _attach_no_marks(connection)
            return
        attach(connection, self.marks, "marks", mode)
        if _has_content(connection, "marks"):
            connection.execute("SELECT 1 FROM read_mark LIMIT 1").fetchone()
            return
        connection.execute("DETACH DATABASE marks")
        _attach_no_marks(connection)

    def _open_empty(self) -> sqlite3.Connection:
        """What there is to read where nothing was ever stored."""
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        schema.create(connection, WORDS_VERSION, "")
        _attach_no_marks(connection)
        return connection

    def _reader(self) -> sqlite3.Connection | None:
        with self._lock:
            self._check_is_open()
            return self._readers.get(threading.get_ident())

    def _check_is_open(self) -> None:
        if self._closed:
            raise StorageError(f"{self.path}: the archive is closed")

    def _new_reader(self, reading: contextlib.ExitStack) -> sqlite3.Connection:
        """Open this thread's connection. On a full disk it keeps all others away, and is closed at the end of `reading`: with
        the next one there may be room again."""
        with contextlib.ExitStack() as opened:
            opened.enter_context(self._turn)
            try:
                connection = self._open_reader()
            except sqlite3.OperationalError as error:
                if not isinstance(explain(error, self.path), FullDiskError):
                    raise
                if self._first is not None:  # there was room for one file's log and not for the other's
                    self._first.close()
                connection = self._open_pair("rw", alone=True)
                opened.callback(self._drop_reader)
                reading.enter_context(opened.pop_all())
            with self._lock:
                self._readers[threading.get_ident()] = connection
                self._close_readers_of_ended_threads()
                if self._closed:
                    self._drop_reader()
                self._check_is_open()
            return connection

    def _drop_reader(self) -> None:
        with self._lock:
            connection = self._readers.pop(threading.get_ident(), None)
            if connection is not None:
                connection.close()

    def _close_readers_of_ended_threads(self) -> None:
        alive = {thread.ident for thread in threading.enumerate()}
        for ident in [ident for ident in self._readers if ident not in alive]:
            self._readers.pop(ident).close()

    def interrupt(self, thread: int) -> None:
        """Stop what the thread of this ident is reading: it gets StorageError. Nothing happens where it reads nothing."""
        with self._lock:
            connection = self._readers.get(thread)
            if connection is not None and not self._closed:
                connection.interrupt()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One snapshot of archive and marks; nests."""
        with explained(self.path, self.marks), contextlib.ExitStack() as reading:
            connection = self._reader() or self._new_reader(reading)
            if connection.in_transaction:
                yield connection
                return
            with transaction(connection, "DEFERRED"):
                self._check_known(connection)
                yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A write transaction; the archive's version goes up with it. One at a time, in this process and in all others."""
        if self.readonly:
            raise StorageError(f"{self.path}: it was opened for reading only")
        with self._write_lock, explained(self.path, self.marks):
            self._check_is_open()
            if self._writer is None:
                self._writer = self._open_writer()
            with transaction(self._writer, "IMMEDIATE") as connection:
                self._check_known(connection)
                connection.execute("UPDATE state SET tick = tick + 1")
                yield connection

    def _open_writer(self) -> sqlite3.Connection:
        with contextlib.ExitStack() as opened:
            connection = opened.enter_context(contextlib.closing(connect(self.path)))
            connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
            connection.execute(f"PRAGMA journal_size_limit = {_LOG_BYTES}")
            if self.lean:
                connection.execute("PRAGMA mmap_size = 0")
                connection.execute(f"PRAGMA cache_size = -{self._written_kb}")
            attach(connection, self.marks, "marks", "ro")
            opened.pop_all()
        return connection

    def shrink(self) -> None:
        """Let go of what is in memory of the file, and keep less of it from now on: another process needs the room."""
        if not self.lean:
            return
        with self._write_lock, self._lock:
            self._written_kb = _SHRUNK_KB
            for connection in (self._writer, *self._readers.values()):
                if connection is not None:
                    size_kb = _SHRUNK_KB if connection is self._writer else _SHRUNK_KB // 4
                    connection.execute(f"PRAGMA cache_size = -{size_kb}")
                    connection.execute("PRAGMA shrink_memory")

    def close(self) -> None:
        with self._write_lock, self._lock:
            self._closed = True
            for connection in self._readers.values():
                connection.close()
            self._readers.clear()
            if self._writer is not None:
                self._let_go(self._writer)
                self._writer = None

    def _has_long_log(self) -> bool:
        try:
            return Path(f"{self.path}-wal").stat().st_size > _LOG_BYTES
        except OSError:
            return False

    def _let_go(self, connection: sqlite3.Connection) -> None:
        """Close a connection that may write. A long log goes into the file, also where others have the archive open: the last
        to close it would do so."""
        with contextlib.closing(connection), contextlib.suppress(sqlite3.Error):  # then it stays as it is, and nothing is lost
            if self._has_long_log():
                connection.execute("PRAGMA main.wal_checkpoint(PASSIVE)")


def _has_content(connection: sqlite3.Connection, name: str) -> bool:
    """Whether a database, by the name that it is attached under, got further than being made on a full disk."""
    is_new = connection.execute(f"PRAGMA {name}.user_version").fetchone()[0] == 0
    return not is_new or connection.execute(f"SELECT 1 FROM {name}.sqlite_master LIMIT 1").fetchone() is not None  # noqa: S608


def _attach_no_marks(connection: sqlite3.Connection) -> None:
    from newsdesk.person.marks import TABLES

    connection.execute("ATTACH DATABASE ':memory:' AS marks")
    schema.run_script(connection, TABLES.replace("CREATE TABLE ", "CREATE TABLE marks."))
