"""What is remembered of sources, runs and sittings."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from newsdesk.archive.lines import drop_empty_lines
from newsdesk.archive.rows import SourceState
from newsdesk.following.alerts import Raised, Way
from newsdesk.model import Json

_IS_FILE = "id >= '/' AND id < '0'"  # the ids of files are absolute paths
_IS_TOLD = "id >= 'told ' AND id < 'told!'"
_IS_WAITING = "id >= 'alert ' AND id < 'alert!'"


def read_states(connection: sqlite3.Connection, *, files: bool) -> Iterator[SourceState]:
    """The states of all sources by id: of files, or of what is none."""
    return _read(connection, _IS_FILE if files else f"NOT ({_IS_FILE}) ORDER BY id")


def read_state(connection: sqlite3.Connection, source_id: str) -> SourceState | None:
    """The state of one source."""
    return next(_read(connection, "id = ?", source_id), None)


def _read(connection: sqlite3.Connection, where: str, *values: str) -> Iterator[SourceState]:
    sql = f"SELECT id, fingerprint, succeeded, failed, error, detail FROM source_state WHERE {where}"  # noqa: S608
    for name, fingerprint, succeeded, failed, error, detail in connection.execute(sql, values):
        yield SourceState(name, fingerprint, succeeded, failed, error, json.loads(detail))


def write_state(connection: sqlite3.Connection, state: SourceState) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO source_state VALUES (?, ?, ?, ?, ?, ?)",
        (state.id, state.fingerprint, state.succeeded, state.failed, state.error, json.dumps(state.detail)),
    )


# What is kept beside the sources' states under names of its own.
APART = ("sitting ", "told ", "alert ")


def read_told(connection: sqlite3.Connection, follow_id: str) -> dict[str, Json]:
    """What alerts of a follow were raised (see :func:`newsdesk.following.alerts.untold`)."""
    found = read_state(connection, f"told {follow_id}")
    return found.detail if found and isinstance(found.detail, dict) else {}


def write_told(connection: sqlite3.Connection, follow_id: str, told: dict[str, Json]) -> None:
    write_state(connection, SourceState(f"told {follow_id}", detail=told))


def read_waiting(connection: sqlite3.Connection) -> list[Raised]:
    """The alerts that were raised and not carried yet in each way that they have to be, as they were raised."""
    found = ((state.id, state.detail) for state in _read(connection, f"{_IS_WAITING} ORDER BY id"))
    return [Raised(told["follow"], told["text"], told["at"], tuple(told["ways"]), key) for key, told in found]


def write_waiting(connection: sqlite3.Connection, raised: Iterable[Raised]) -> None:
    """Keep alerts until they are carried, under keys that none has had before: one may be forgotten while it is carried."""
    (tick,) = connection.execute("SELECT tick FROM state").fetchone()
    for number, alert in enumerate(raised):
        detail = {"follow": alert.follow, "text": alert.text, "at": alert.at, "ways": alert.ways}
        write_state(connection, SourceState(f"alert {tick:012d} {number:06d}", detail=detail))


def settle_waiting(connection: sqlite3.Connection, way: Way, keys: Iterable[str]) -> None:
    """These have no more to be carried in that way; what has in none is forgotten."""
    for key in keys:
        state = read_state(connection, key)
        ways = [one for one in state.detail["ways"] if one != way] if state else []
        if state and ways:
            write_state(connection, replace(state, detail={**state.detail, "ways": ways}))
        else:
            connection.execute("DELETE FROM source_state WHERE id = ?", (key,))


def read_ids(connection: sqlite3.Connection) -> tuple[list[str], list[str]]:
    """The files that have a state, and the follows of which alerts were raised."""
    files = connection.execute(f"SELECT id FROM source_state WHERE {_IS_FILE}").fetchall()  # noqa: S608
    told = connection.execute(f"SELECT substr(id, 6) FROM source_state WHERE {_IS_TOLD}").fetchall()  # noqa: S608
    return [name for (name,) in files], [follow_id for (follow_id,) in told]


def read_idle(connection: sqlite3.Connection, before: str) -> list[SourceState]:
    """What is remembered of feeds that were not asked since a moment (UTC, ``Z``)."""
    latest = "max(coalesce(succeeded, ''), coalesce(failed, ''))"
    states = _read(connection, f"NOT ({_IS_FILE}) AND {latest} < ?", before)
    return [state for state in states if not state.id.startswith(APART)]


def drop_states(connection: sqlite3.Connection, places: Iterable[str], follows: Iterable[str]) -> None:
    """Forget what is remembered of these files and feeds, and of these follows."""
    names = [*places, *(f"told {follow_id}" for follow_id in follows)]
    connection.executemany("DELETE FROM source_state WHERE id = ?", [(name,) for name in names])


def count_stories(connection: sqlite3.Connection) -> dict[str, int]:
    """How many stories each place (a feed's id, a file's path) has given. One pass over an index: 30 ms for 100,000 stories."""
    return dict(connection.execute("SELECT place, count(DISTINCT story) FROM origin GROUP BY place"))


def begin_run(connection: sqlite3.Connection) -> int:
    """`since:last-run` means from here. Returns the arrival number so far. What the marks have taken from the log of changed
    tags is dropped from it."""
    connection.execute("UPDATE state SET run_start = arrivals")
    counted = "SELECT retagged FROM mark_state WHERE of_archive = (SELECT archive_id FROM state)"
    connection.execute(f"DELETE FROM retag WHERE n <= ({counted})")  # noqa: S608
    return int(connection.execute("SELECT arrivals FROM state").fetchone()[0])


# Sittings: a token names a process, and what it opened goes when that process has gone.


def sitting_prefix(token: int) -> str:
    """What the ids of a sitting's sources start with, so that they are forgotten with it."""
    return f"sitting {token} "


def born(pid: int) -> str:
    """When a process started, where the system tells: a number that was used before then is not taken for the same process."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[19]


def begin_sitting(connection: sqlite3.Connection, started: str) -> int:
    cursor = connection.execute(
        "INSERT INTO sitting (pid, started, born) VALUES (?, ?, ?)", (os.getpid(), started, born(os.getpid()))
    )
    return int(cursor.lastrowid or 0)


def end_sitting(connection: sqlite3.Connection, token: int) -> None:
    """Take out everything that was there for this sitting only."""
    rows = connection.execute("SELECT key, storyline FROM story WHERE sitting = ? AND sitting <> 0", (token,)).fetchall()
    from newsdesk.archive import write

    write.remove_stories(connection, [row[0] for row in rows])
    drop_empty_lines(connection, [row[1] for row in rows])
    connection.execute("DELETE FROM tally WHERE sitting = ? AND total = 0", (token,))
    prefix = sitting_prefix(token)
    connection.execute("DELETE FROM source_state WHERE substr(id, 1, ?) = ?", (len(prefix), prefix))
    connection.execute("DELETE FROM sitting WHERE token = ?", (token,))


def stale_sittings(connection: sqlite3.Connection) -> list[int]:
    """Sittings whose process has ended without ending them."""
    rows = connection.execute("SELECT token, pid, born FROM sitting").fetchall()
    return [token for token, pid, since in rows if not _is_alive(pid, since)]


def _is_alive(pid: int, since: str) -> bool:
    """Whether that process still runs. Its number may be another one's by now, of another user too."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return born(pid) in (since, "")
    return born(pid) == since
