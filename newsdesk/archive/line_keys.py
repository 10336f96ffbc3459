"""The keys by which storylines are found, in two tables: a young one, and a large one that it empties into.

A key is a hash, so that a batch's keys lie all over a table: among millions each row that is written dirties a page of its own.
They are put into `profile_key_young`, which stays small, and with each batch about as many go on to `profile_key`: those of one
stretch of hashes, the next one each time, so that the pages of the large table that are gone to lie side by side and take
several rows each (the rolling merge of log-structured merge trees: O'Neil et al., 1996). `state.stretch` is where it begins.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence

Row = tuple[int, int, int]
"""The hash of a key, the day that it stands under, the number of its storyline."""

# Rows that come while all of the young table goes on once. With fewer of them more pages of a large table would be written,
# with more of them more of the young one: the balance is for archives of a million stories, which have ten million rows.
A_ROUND = 400_000
BITS = 32
"""Below the day in a posting: a posting is one number, the day and then the storyline's."""
_HASHES = 1 << 63

_TABLES = ("profile_key_young", "profile_key")


def _postings(table: str, where: str, order: str, most: str) -> str:
    """In SQL, of the key `value` some postings with commas between."""
    rows = f"SELECT day, profile FROM {table} WHERE term = value {where} ORDER BY {order} LIMIT {most}"  # noqa: S608
    return f"(SELECT group_concat(day * {1 << BITS} + profile) FROM ({rows}))"  # noqa: S608


def _of_both(where: str, order: str, most: str) -> str:
    return ", ".join(_postings(table, where, order, most) for table in _TABLES)


_LATEST = f"SELECT value, {_of_both('', 'day DESC, profile DESC', '?2')} FROM json_each(?1)"  # noqa: S608
_BEFORE = _of_both("AND day <= ?2", "day DESC, profile DESC", "?3")
_AFTER = _of_both("AND day > ?2", "day, profile", "?4")
_ABOUT = f"SELECT value, {_BEFORE}, {_AFTER} FROM json_each(?1)"  # noqa: S608


def latest(connection: sqlite3.Connection, terms: Collection[int], most: int) -> Iterator[tuple[int, array[int]]]:
    """Of each key its latest postings, `most` at most, the earliest first."""
    rows = connection.execute(_LATEST, (json.dumps(sorted(terms)), most)).fetchall()
    numbers = _numbers([row[1:] for row in rows])
    end = len(numbers)
    for term, young, old in rows:
        start = end - _count(young) - _count(old)
        found = numbers[start:end]
        if young and old:
            found = array("q", sorted(found)[-most:])
        yield term, found
        end = start


def about(
    connection: sqlite3.Connection, terms: Collection[int], day: int, before: int, after: int
) -> Iterator[tuple[int, array[int]]]:
    """Of each key the last `before` postings up to a day, and the first `after` of those after it, the earliest first."""
    for term, *texts in connection.execute(_ABOUT, (json.dumps(sorted(terms)), day, before, after)):
        until, later = (array("q", sorted(_numbers([texts[at : at + 2]]))) for at in (0, 2))
        yield term, until[-before:] + later[:after]


def _count(text: str | None) -> int:
    return text.count(",") + 1 if text else 0


def _numbers(rows: Iterable[Iterable[str | None]]) -> array[int]:
    """All postings, the last ones first: those of each key come with the latest first."""
    import numpy as np

    texts = [text for row in rows for text in row if text]
    numbers = np.fromstring(",".join(texts), np.int64, sep=",") if texts else np.zeros(0, np.int64)
    return array("q", numbers[::-1].tobytes())


def drop_rows(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Take rows out of whichever table they are in."""
    sql = "DELETE FROM profile_key_young WHERE term = ? AND day = ? AND profile = ?"
    old = [row for row in sorted(rows) if not connection.execute(sql, row).rowcount]
    connection.executemany("DELETE FROM profile_key WHERE term = ? AND day = ? AND profile = ?", old)


def add_rows(connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Put rows in that are in neither table; of the young one a stretch that is as long as these are many goes on."""
    connection.executemany("INSERT OR IGNORE INTO profile_key_young VALUES (?, ?, ?)", sorted(rows))
    start = connection.execute("SELECT stretch FROM state").fetchone()[0]
    end = min(start + len(rows) * (_HASHES // A_ROUND), _HASHES)
    stretch = "FROM profile_key_young WHERE term BETWEEN ? AND ?"
    connection.execute(f"INSERT OR IGNORE INTO profile_key SELECT term, day, profile {stretch}", (start, end - 1))
    connection.execute(f"DELETE {stretch}", (start, end - 1))
    connection.execute("UPDATE state SET stretch = ?", (end % _HASHES,))
