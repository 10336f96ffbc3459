"""One person's read marks, in a small SQLite file of their own, and the journal from which every change can be taken back.

A step that was taken back stays in the journal, under its number below zero, until another change is made, to be done again.

The archive is attached for reading, so that marking a query is one statement; writing marks never waits for a refresh that
writes the archive. `mark_tally` counts what is read by topic and country; changes to stories that were read reach it through
the archive's `retag` log (:mod:`newsdesk.archive.tags`), up to `retagged`.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsdesk.archive.compile import Context, make_plan
from newsdesk.archive.files import attach, connect, explained, make_private_file, make_private_folder, transaction, use_log
from newsdesk.archive.read import run
from newsdesk.archive.schema import run_script
from newsdesk.archive.tags import Tags, sum_up
from newsdesk.errors import FullDiskError, StorageError
from newsdesk.model import Json
from newsdesk.query.terms import Term
from newsdesk.wording import stories

VERSION = 1
APPLICATION_ID = 1852076909
TABLES = """
CREATE TABLE mark_state (
    only INTEGER PRIMARY KEY CHECK (only = 1), mark_tick INTEGER NOT NULL, retagged INTEGER NOT NULL, of_archive TEXT NOT NULL);
CREATE TABLE read_mark (story INTEGER PRIMARY KEY);
CREATE TABLE mark_tally (
    sitting INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, total INTEGER NOT NULL,
    PRIMARY KEY (sitting, kind, value)) WITHOUT ROWID;
CREATE TABLE journal (step INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, says TEXT NOT NULL, detail TEXT NOT NULL);
CREATE TABLE journal_mark (step INTEGER NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (step, story)) WITHOUT ROWID;
"""
_MOST_STEPS = 200
_LONG_LOG = 1000  # changed tags, which take a reader a millisecond

Counts = dict[tuple[int, str, str], int]


@dataclass(frozen=True, slots=True)
class Step:
    """One change a person made: `says` what it was ("marked 3 stories read"), `detail` is what taking it back needs."""

    number: int
    kind: str
    says: str
    detail: Json


class Marks:
    """The marks file; made where it is missing. `archive` is the archive's file, which must be there before marking."""

    def __init__(self, path: Path, archive: Path) -> None:
        self.path, self.archive = path, archive
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._is_prepared = False
        with contextlib.suppress(FullDiskError):  # then with the first change: one may read till there is room
            self._prepare()

    def _prepare(self) -> None:
        make_private_folder(self.path.parent)
        make_private_file(self.path)
        with explained(self.path), contextlib.closing(connect(self.path)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > VERSION:
                raise StorageError(
                    f"{self.path}: written by a newer newsdesk (format {version}, this one knows {VERSION}); update newsdesk"
                )
            use_log(connection)
            if version == VERSION:
                self._is_prepared = True
                return
            with transaction(connection, "IMMEDIATE"):
                if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
                    run_script(connection, TABLES)
                    connection.execute("INSERT INTO mark_state VALUES (1, 0, 0, '')")
                    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    connection.execute(f"PRAGMA user_version = {VERSION}")
        self._is_prepared = True

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A write transaction on the marks, with a snapshot of the archive."""
        with self._lock, explained(self.path, self.archive):
            if not self._is_prepared:
                self._prepare()
            if self._connection is None:
                with contextlib.ExitStack() as opened:
                    connection = opened.enter_context(contextlib.closing(connect(self.path)))
                    attach(connection, self.archive, "archive", "ro")
                    connection.execute("CREATE TEMP TABLE touched (story INTEGER PRIMARY KEY)")
                    opened.pop_all()
                self._connection = connection
            with transaction(self._connection, "IMMEDIATE") as connection:
                connection.execute("UPDATE mark_state SET mark_tick = mark_tick + 1")
                catch_up(connection)
                yield connection

    def mark(self, choice: Term | Sequence[int] | None, read: bool, context: Context) -> int:
        """Mark what a query matches, or the given keys, as read or unread. Returns how many changed; one step to undo."""
        with self.writing() as connection:
            _choose(connection, choice, read, context)
            number = _apply(connection, read)
            if number:
                says = f"marked {stories(number)} {'read' if read else 'unread'}"
                step = _write_step(connection, "read" if read else "unread", says, None)
                connection.execute("INSERT INTO journal_mark SELECT ?, story FROM touched", (step,))
            return number

    def write_step(self, kind: str, says: str, detail: Json) -> int:
        """Put a change that was made elsewhere (the notebook, the grouping) into the journal."""
        with self.writing() as connection:
            return _write_step(connection, kind, says, detail)

    def last_step(self) -> Step | None:
        with self.writing() as connection:
            return _read_step(connection, done=True)

    def last_undone(self) -> Step | None:
        """The step that was taken back last, if nothing was changed since."""
        with self.writing() as connection:
            return _read_step(connection, done=False)

    def steps(self) -> list[Step]:
        """Every step, also those that were taken back."""
        with self.writing() as connection:
            rows = connection.execute("SELECT abs(step), kind, says, detail FROM journal").fetchall()
        return [Step(number, kind, says, json.loads(detail)) for number, kind, says, detail in rows]

    def take_back(self, step: Step) -> bool:
        """Take a step back, with its marks. False if another process was faster."""
        return self._turn(step, -step.number)

    def do_again(self, step: Step) -> bool:
        """Put a step that was taken back into its place again, with its marks. False if another process was faster."""
        return self._turn(step, step.number)

    def _turn(self, step: Step, number: int) -> bool:
        with self.writing() as connection:
            if connection.execute("UPDATE journal SET step = ? WHERE step = ?", (number, -number)).rowcount == 0:
                return False
            if step.kind in ("read", "unread"):
                read = (step.kind == "read") == (number > 0)
                _choose(connection, _step_keys(connection, step.number), read, Context())
                _apply(connection, read)
            return True

    def drop_steps(self, steps: Iterable[Step]) -> None:
        """Strike steps that can neither be taken back nor be done again, and their words."""
        numbers = [step.number for step in steps]
        with self.writing() as connection:
            connection.execute("PRAGMA secure_delete = ON")  # not every SQLite writes over what it deletes
            connection.executemany("DELETE FROM journal WHERE step IN (?, ?)", [(one, -one) for one in numbers])
            connection.executemany("DELETE FROM journal_mark WHERE step = ?", [(one,) for one in numbers])

    def settle(self) -> None:
        """Empty the log, which still holds what was struck, into the file; unless another process is reading it."""
        with self._lock, explained(self.path), contextlib.closing(connect(self.path)) as connection:
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def meet_archive(self) -> None:
        """Bring the counts up to what the archive is now, so that readers need not: of one that these marks have not met
        before, and of one of which a long log has come since they were last written."""
        with self._lock, explained(self.path, self.archive), contextlib.closing(connect(self.path)) as connection:
            attach(connection, self.archive, "archive", "ro")
            known, applied = connection.execute("SELECT of_archive, retagged FROM mark_state").fetchone()
            name, _, last = _log_of(connection)
            if known == name and last - applied < _LONG_LOG:
                return
        with self.writing():
            pass

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def _read_step(connection: sqlite3.Connection, *, done: bool) -> Step | None:
    """The latest step that was done, or the earliest that was taken back."""
    query = "SELECT abs(step), kind, says, detail FROM journal WHERE (step > 0) = ? ORDER BY step DESC LIMIT 1"
    row = connection.execute(query, (done,)).fetchone()
    return Step(row[0], row[1], row[2], json.loads(row[3])) if row else None


def _step_keys(connection: sqlite3.Connection, step: int) -> list[int]:
    return [row[0] for row in connection.execute("SELECT story FROM journal_mark WHERE step = ?", (step,))]


def _choose(connection: sqlite3.Connection, choice: Term | Sequence[int] | None, read: bool, context: Context) -> None:
    """Fill `touched` with the chosen stories that are not yet as they should be."""
    connection.execute("DELETE FROM touched")
    if isinstance(choice, Sequence):
        connection.execute("INSERT OR IGNORE INTO touched SELECT value FROM json_each(?)", (json.dumps(list(choice)),))
    else:
        plan = make_plan(choice, context)
        found = run(connection, f"SELECT s.key {plan.body}", plan.values)
        connection.executemany("INSERT OR IGNORE INTO touched VALUES (?)", list(found))
    if read:
        connection.execute(
            "DELETE FROM touched WHERE EXISTS (SELECT 1 FROM read_mark r WHERE r.story = touched.story)"
            " OR NOT EXISTS (SELECT 1 FROM story s WHERE s.key = touched.story)"
        )
    else:
        connection.execute("DELETE FROM touched WHERE NOT EXISTS (SELECT 1 FROM read_mark r WHERE r.story = touched.story)")


def _apply(connection: sqlite3.Connection, read: bool) -> int:
    """Mark the touched stories, and count them. Returns how many."""
    if read:
        connection.execute("INSERT OR IGNORE INTO read_mark SELECT story FROM touched")
    else:
        connection.execute("DELETE FROM read_mark WHERE story IN (SELECT story FROM touched)")
    rows = connection.execute(
        "SELECT s.sitting, s.topics, s.countries, ? * count(*) FROM touched t CROSS JOIN story s ON s.key = t.story"
        " GROUP BY 1, 2, 3",
        (1 if read else -1,),
    )
    _add_counts(connection, sum_up(rows))
    return int(connection.execute("SELECT count(*) FROM touched").fetchone()[0])


def _write_step(connection: sqlite3.Connection, kind: str, says: str, detail: Json) -> int:
    connection.execute("DELETE FROM journal_mark WHERE step IN (SELECT -step FROM journal WHERE step < 0)")
    connection.execute("DELETE FROM journal WHERE step < 0")
    step = connection.execute(
        "INSERT INTO journal (kind, says, detail) VALUES (?, ?, ?)", (kind, says, json.dumps(detail))
    ).lastrowid
    old = (int(step or 0) - _MOST_STEPS,)
    connection.execute("DELETE FROM journal WHERE step <= ?", old)
    connection.execute("DELETE FROM journal_mark WHERE step <= ?", old)
    return int(step or 0)


# Counts of what is read


def _moves(connection: sqlite3.Connection, after: int) -> Iterable[tuple[int, Tags | None, Tags | None]]:
    """Changes to the tags of stories that are read, from the archive's log."""
    rows = connection.execute(
        "SELECT g.n, g.before, g.after FROM retag g"
        " WHERE g.n > ? AND EXISTS (SELECT 1 FROM read_mark r WHERE r.story = g.story) ORDER BY g.n",
        (after,),
    )
    for number, before, now in rows:
        yield number, Tags.load(before), Tags.load(now)


def _add_moves(connection: sqlite3.Connection, after: int, counts: Counts) -> None:
    for _, before, now in _moves(connection, after):
        for tags, sign in ((before, -1), (now, 1)):
            for row in tags.counted() if tags else ():
                counts[row] = counts.get(row, 0) + sign


def recount_all(connection: sqlite3.Connection) -> Counts:
    """The counts of what is read, from the marks themselves: what `mark_tally` has to say."""
    return sum_up(
        connection.execute(
            "SELECT s.sitting, s.topics, s.countries, count(*) FROM read_mark r CROSS JOIN story s ON s.key = r.story"
            " GROUP BY 1, 2, 3"
        )
    )


def _add_counts(connection: sqlite3.Connection, counts: Counts) -> None:
    connection.executemany(
        "INSERT INTO mark_tally (sitting, kind, value, total) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (sitting, kind, value) DO UPDATE SET total = total + excluded.total",
        [(*row, number) for row, number in sorted(counts.items()) if number],
    )
    ended = {sitting for sitting, *_ in counts if sitting}  # or perhaps not yet: what counts none is then written again
    connection.executemany("DELETE FROM mark_tally WHERE sitting = ? AND total = 0", [(one,) for one in ended])


def _log_of(connection: sqlite3.Connection) -> tuple[str, int, int]:
    """The archive's name, and the first and last number of its log of changed tags."""
    name = connection.execute("SELECT archive_id FROM state").fetchone()[0]
    first, last = connection.execute("SELECT (SELECT min(n) FROM retag), (SELECT max(n) FROM retag)").fetchone()
    used = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'retag'").fetchone()
    end = max(last or 0, used[0] if used else 0)
    return name, first or end + 1, end


def catch_up(connection: sqlite3.Connection) -> None:
    """Bring `mark_tally` up to the archive's log; count anew where the log does not reach back far enough."""
    name, first, last = _log_of(connection)
    known, applied = connection.execute("SELECT of_archive, retagged FROM mark_state").fetchone()
    if known == name and applied == last:
        return
    if known == name and first - 1 <= applied <= last:
        counts: Counts = {}
        _add_moves(connection, applied, counts)
    else:
        connection.execute("DELETE FROM mark_tally")
        counts = recount_all(connection)
    _add_counts(connection, counts)
    connection.execute("UPDATE mark_state SET of_archive = ?, retagged = ?", (name, last))


def read_counts(connection: sqlite3.Connection, kinds: Collection[str] | None = None) -> Counts:
    """How many stories are read, by sitting, kind and value (:meth:`newsdesk.archive.tags.Tags.counted`), as of the caller's
    snapshot; of the given kinds only, where they are given."""
    name, first, last = _log_of(connection)
    state = connection.execute("SELECT of_archive, retagged FROM mark_state").fetchone()
    if state is None:
        return {}
    if state[0] != name or not first - 1 <= state[1] <= last:
        return recount_all(connection)
    where, values = ("", ()) if kinds is None else (" WHERE kind IN (SELECT value FROM json_each(?))", (json.dumps([*kinds]),))
    rows = connection.execute(f"SELECT sitting, kind, value, total FROM mark_tally{where}", values)  # noqa: S608
    counts: Counts = {(sitting, kind, value): total for sitting, kind, value, total in rows}
    if state[1] != last:
        _add_moves(connection, state[1], counts)
    return counts
