"""One person's notebook: follows, stars, corrections of grouping, moods and labels, saved queries, paused feeds, muted sources.
A small JSON file, for people too.

TinyDB on a storage of our own: a change is made under a lock that all processes share, to what is in the file at that
moment, and the file is replaced whole (written beside it, synced, renamed). So a crash leaves the old notebook or the new
one, and no change of another process is lost.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from newsdesk.errors import StorageError
from newsdesk.model import Json
from newsdesk.person.notebook_form import first_slip
from newsdesk.whole_file import write_whole

if TYPE_CHECKING:
    from tinydb import TinyDB
    from tinydb.table import Table as TableOfDocs

Table: TypeAlias = Literal[
    "follows", "stars", "apart", "together", "titles", "pins", "queries", "moods", "labels", "paused", "visits", "muted"
]
TABLES: tuple[Table, ...] = get_args(Table)
FORMAT = 1
Doc: TypeAlias = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Change:
    """A document put into a table or dropped from it."""

    op: Literal["put", "drop"]
    table: Table
    doc: Mapping[str, Json]

    def inverse(self) -> Change:
        return Change("drop" if self.op == "put" else "put", self.table, self.doc)

    def to_json(self) -> Json:
        return [self.op, self.table, dict(self.doc)]

    @classmethod
    def from_json(cls, data: Json) -> Change:
        return cls(*data)


class _HeldStorage:
    """What TinyDB reads and writes while a change is made: the file's content, held in memory until it is whole."""

    def __init__(self, content: dict[str, dict[str, Any]]) -> None:
        self.content = content

    def read(self) -> dict[str, dict[str, Any]]:
        return self.content

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        self.content = data

    def close(self) -> None:
        """TinyDB asks for it."""


def _database(storage: _HeldStorage) -> TinyDB:
    from tinydb import TinyDB

    return TinyDB(storage=lambda: storage)


class Notebook:
    """The notebook at `path`; made with the first change. Safe for several threads and processes."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self.path, self.readonly = path, readonly
        self._lock = threading.RLock()
        self._is_held = False
        self._state: tuple[int, int, int] | None = None
        self._tables: dict[str, list[Doc]] = {}
        self.docs("follows")

    # Reading

    def docs(self, table: Table) -> list[Doc]:
        """The documents of a table, in the order in which they were put there."""
        with self._lock:
            state = self._file_state()
            if state != self._state:
                self._tables = self._parse(self._read())
                self._state = state
            return [dict(doc) for doc in self._tables.get(table, [])]

    def version(self) -> tuple[int, int, int] | None:
        """A mark of the file's state: differs when it was changed."""
        return self._file_state()

    def _file_state(self) -> tuple[int, int, int] | None:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._explain(error) from error
        return found.st_mtime_ns, found.st_ino, found.st_size

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            data = json.loads(self.path.read_bytes() or b"{}")
        except FileNotFoundError:
            return {}
        except (ValueError, RecursionError):
            raise StorageError(f"{self.path}: it is damaged (not JSON); move it away, or repair it by hand") from None
        except OSError as error:
            raise self._explain(error) from error
        if not isinstance(data, dict) or not all(isinstance(table, dict) for table in data.values()):
            raise StorageError(f"{self.path}: it is not a newsdesk notebook; move it away")
        forms = [doc.get("format", 0) for doc in data.get("notebook", {}).values() if isinstance(doc, dict)]
        form = max((number for number in forms if isinstance(number, int)), default=FORMAT)
        if form > FORMAT:
            raise StorageError(
                f"{self.path}: written by a newer newsdesk (format {form}, this one knows {FORMAT}); update newsdesk"
            )
        slip = first_slip(data)
        if slip is not None:
            raise StorageError(f"{self.path}: {slip}; repair it by hand, or move the file away")
        return data

    @staticmethod
    def _parse(data: dict[str, dict[str, Any]]) -> dict[str, list[Doc]]:
        """The documents by table: as TinyDB would give them, which only who writes needs to load."""
        return {name: [dict(doc) for doc in data.get(name, {}).values()] for name in TABLES}

    # Writing

    def apply(self, changes: Sequence[Change], first: Callable[[list[Change]], None] = lambda _: None) -> list[Change]:
        """Make the changes, all or none, and on disk when it returns. Returns those that changed anything; `first` is given
        them before anything is written, and no other process changes the notebook in between."""
        with self.held():
            data = self._read()
            storage = _HeldStorage(data)
            database = _database(storage)
            made = _make(database, changes)
            first(made)
            if made:
                if not data.get("notebook"):
                    database.table("notebook").insert({"format": FORMAT})
                self._write(storage.content)
                self._tables, self._state = self._parse(storage.content), self._file_state()
            return made

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep all others from changing it, so that what is read here is still so when it is changed here; nests. The lock that
        processes share is on a file beside the notebook, since the notebook itself is replaced."""
        if self.readonly:
            raise StorageError(f"{self.path}: it was opened for reading only")
        with self._lock:
            if self._is_held:
                yield
                return
            with self._locked():
                self._is_held = True
                try:
                    yield
                finally:
                    self._is_held = False

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            number = os.open(self.path.with_suffix(".lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise self._explain(error) from error
        try:
            fcntl.flock(number, fcntl.LOCK_EX)
            yield
        finally:
            os.close(number)

    def _write(self, data: Mapping[str, Any]) -> None:
        text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=False)
        try:
            write_whole(self.path, [text.encode("utf-8", "surrogatepass")], private=True, alone=True)
        except OSError as error:
            raise self._explain(error) from error

    def _explain(self, error: OSError) -> StorageError:
        reasons = {
            errno.ENOSPC: "the disk is full; free some space and try again, nothing that was stored is lost",
            errno.EACCES: "it can't be read or written; check who owns it, or choose another folder with --data DIR",
            errno.EROFS: "the disk is read-only; choose another folder with --data DIR",
        }
        return StorageError(f"{self.path}: {reasons.get(error.errno or 0, error.strerror or str(error))}")


def _make(database: TinyDB, changes: Sequence[Change]) -> list[Change]:
    """Make the changes, in their order; returns those that changed anything. A table is read and written once, however many
    changes it sees: TinyDB copies it whole for each document that is put in."""
    leaves = {name: _Leaf(database.table(name)) for name in dict.fromkeys(change.table for change in changes)}
    made = [change for change in changes if leaves[change.table].make(change)]
    for leaf in leaves.values():
        leaf.write()
    return made


class _Leaf:
    """A table while changes are made to it. A document is told by its ``id`` where it has one, and what is put there under that
    stands in its place; else it is told whole."""

    def __init__(self, table: TableOfDocs) -> None:
        self._table, self._is_changed = table, False
        self._docs: dict[int, dict[str, Any]] = {doc.doc_id: dict(doc) for doc in table}
        self._next = max(self._docs, default=0) + 1
        self._by_id: dict[Any, list[int]] = {}
        for number, doc in self._docs.items():
            self._by_id.setdefault(_name(doc), []).append(number)

    def make(self, change: Change) -> bool:
        """Make one change; False if it is as wanted already."""
        wanted = dict(change.doc)
        same = self._by_id.get(_name(wanted), [])
        if "id" not in wanted:
            same = [number for number in same if self._docs[number] == wanted]
        if any(self._docs[number] == wanted for number in same) if change.op == "put" else not same:
            return False
        stays = same[:1] if change.op == "put" else []
        for number in same[len(stays) :]:
            self._by_id[_name(self._docs.pop(number))].remove(number)
        if stays:
            self._docs[stays[0]] = wanted
        elif change.op == "put":
            self._docs[self._next] = wanted
            self._by_id.setdefault(_name(wanted), []).append(self._next)
            self._next += 1
        self._is_changed = True
        return True

    def write(self) -> None:
        from tinydb.table import Document

        if self._is_changed:
            self._table.truncate()
            self._table.insert_multiple([Document(doc, number) for number, doc in self._docs.items()])


def _name(doc: Mapping[str, Any]) -> str | None:
    """What a document is told by; all without an ``id`` are looked at."""
    return json.dumps(doc["id"]) if "id" in doc else None
