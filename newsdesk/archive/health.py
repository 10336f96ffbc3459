"""The archive's own check, for `doctor`."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

from newsdesk.archive.rereading import count_outdated
from newsdesk.archive.rows import Health
from newsdesk.archive.store import Store
from newsdesk.archive.tags import count_all
from newsdesk.errors import StorageError
from newsdesk.person.marks import read_counts, recount_all
from newsdesk.tagging.tiers import reader
from newsdesk.wording import counted


def check_archive(store: Store) -> list[Health]:
    """Whether files and counts are well; each with a sentence."""
    found: list[Health] = []
    try:
        with store.reading() as connection:
            # Page after page is read once: mapped, all of them are in memory at the end.
            connection.execute("PRAGMA main.mmap_size = 0")
            found.append(_check_pages(connection, store.path))
            found.append(_check_counts(connection))
            found.append(_check_order(connection))
            found.append(_check_marks(connection))
            found += _check_moods(connection)
    except StorageError as error:
        found.append(Health("archive", False, str(error)))
    found += [_check_mode(path) for path in (store.path, store.marks) if path.exists()]
    return found


def _check_moods(connection: sqlite3.Connection) -> list[Health]:
    """Said only while there are comments that another model read than the one that reads now."""
    number = count_outdated(connection, reader())
    says = f"{number:,} comments were read by another model than the one now in use; each refresh reads some of them again"
    return [Health("moods", True, says)] if number else []


def _check_pages(connection: sqlite3.Connection, path: Path) -> Health:
    says = connection.execute("PRAGMA main.quick_check(1)").fetchone()[0]
    if says != "ok":
        mend = "move it away (newsdesk makes a new one and reads the sources again) or restore a backup"
        return Health("archive", False, f"{path}: it is damaged ({says}); {mend}")
    stories, lines = connection.execute("SELECT (SELECT count(*) FROM story), (SELECT count(*) - 1 FROM storyline)").fetchone()
    return Health(
        "archive", True, f"{path}: {counted(stories, 'story', 'stories')} in {counted(lines, 'storyline')}, no page damaged"
    )


def _check_counts(connection: sqlite3.Connection) -> Health:
    counts = count_all(connection)
    kept = {row[:3]: row[3] for row in connection.execute("SELECT sitting, kind, value, total FROM tally WHERE total <> 0")}
    if counts == kept:
        return Health("counts", True, "the counts of topics and countries are right")
    return Health("counts", False, "the counts of topics and countries are wrong; back up, move the archive away and refresh")


def _check_order(connection: sqlite3.Connection) -> Health:
    wrong = connection.execute(
        "SELECT count(*) FROM storyline LEFT JOIN (SELECT storyline, max(doc) AS doc FROM story WHERE sitting = 0 GROUP BY 1)"
        " AS lines ON lines.storyline = n WHERE n <> 0 AND newest IS NOT lines.doc"
    ).fetchone()[0]
    if not wrong:
        return Health("order", True, "the storylines stand in the order of their newest story")
    return Health("order", False, f"{wrong} storylines stand out of order; back up, move the archive away and refresh")


def _check_marks(connection: sqlite3.Connection) -> Health:
    kept = {row: number for row, number in read_counts(connection).items() if number}
    if kept == recount_all(connection):
        return Health("marks", True, "the read marks agree with the archive")
    return Health("marks", False, "the counts of what is read are wrong; mark any story to have them counted again")


def _check_mode(path: Path) -> Health:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return Health("privacy", False, f"{path}: others on this machine can read it; chmod 600 {path}")
    return Health("privacy", True, f"{path}: only you can read it")
