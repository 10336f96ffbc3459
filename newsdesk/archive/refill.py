"""The search index, filled anew after the way in which text becomes words has changed.

It is filled beside the one that is in use, a thousand stories in a transaction: whoever else writes waits for one of them at
most, and searches find what they found before until all is there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from newsdesk.archive import lines, schema
from newsdesk.archive.store import Store
from newsdesk.archive.write import read_version
from newsdesk.query.words import WORDS_VERSION
from newsdesk.tagging.drafts import words_of

AT_ONCE = 1000

# The new index, and which version of which story it has in each place.
_NEXT = schema.WORDS.replace("words", "words_next") + (
    "CREATE TABLE words_filled (doc INTEGER PRIMARY KEY, story INTEGER NOT NULL, revision INTEGER NOT NULL);\n"
)
_UNDO = "DROP TABLE IF EXISTS words_next;\nDROP TABLE IF EXISTS words_filled;\n"
_INSTEAD = "DROP TABLE words;\nALTER TABLE words_next RENAME TO words;\nDROP TABLE words_filled;\n"
_AS_NOW = "s.doc = f.doc AND s.key = f.story AND s.revision = f.revision"


def refill(store: Store) -> Iterator[tuple[int, int]]:
    """Fill the index. After each bit how many stories are in it, and of how many; who stops before the end begins anew the next
    time. Raises StorageError."""
    with store.writing() as connection:
        schema.run_script(connection, _UNDO + _NEXT)
        of = connection.execute("SELECT count(*) FROM story").fetchone()[0]
    done, last = 0, -1
    while True:
        with store.writing() as connection:
            sql = "SELECT doc, key, revision FROM story WHERE doc > ? ORDER BY doc LIMIT ?"
            rows = connection.execute(sql, (last, AT_ONCE)).fetchall()
            if not rows:
                _use(connection)
                break
            _fill(connection, rows)
        done, last = done + len(rows), rows[-1][0]
        yield done, max(done, of)
    store.stale_words = False


def _fill(connection: sqlite3.Connection, rows: Iterable[tuple[int, int, int]]) -> None:
    """`rows`: places, keys and versions of stories."""
    for doc, key, revision in rows:
        words = words_of(read_version(connection, key, revision))
        connection.execute("INSERT INTO words_next (rowid, title, body, source) VALUES (?, ?, ?, ?)", (doc, *words))
        connection.execute("INSERT INTO words_filled VALUES (?, ?, ?)", (doc, key, revision))


def _use(connection: sqlite3.Connection) -> None:
    """Make up for what others changed meanwhile, and put the new index in place of the old one."""
    known = "EXISTS (SELECT 1 FROM revision r WHERE r.story = f.story AND r.n = f.revision)"
    gone = f"SELECT doc, story, revision, {known} FROM words_filled f WHERE NOT EXISTS (SELECT 1 FROM story s WHERE {_AS_NOW})"  # noqa: S608
    changed = connection.execute(gone).fetchall()
    if all(is_there for *_, is_there in changed):
        for doc, key, revision, _ in changed:
            words = words_of(read_version(connection, key, revision))
            sql = "INSERT INTO words_next (words_next, rowid, title, body, source) VALUES ('delete', ?, ?, ?, ?)"
            connection.execute(sql, (doc, *words))
            connection.execute("DELETE FROM words_filled WHERE doc = ?", (doc,))
    else:  # of a story that was forgotten nobody knows any more what would have to come out
        schema.run_script(connection, _UNDO + _NEXT)
    late = (
        f"SELECT doc, key, revision FROM story s WHERE NOT EXISTS (SELECT 1 FROM words_filled f WHERE {_AS_NOW}) ORDER BY doc"  # noqa: S608
    )
    _fill(connection, connection.execute(late).fetchall())
    schema.run_script(connection, _INSTEAD)
    lines.rebuild_words(connection)
    connection.execute("UPDATE state SET words_version = ?", (WORDS_VERSION,))
