"""Which of several near-identical texts is the original: the one with the earliest printed time, whichever came in first.

A text that comes in is found to be a copy of one that is known. Where the new one is the earlier of the two, the others are
copies of it from then on.
"""

from __future__ import annotations

import contextlib
import json
import math
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from newsdesk.archive.ids import to_id, to_key


def settle_originals(connection: sqlite3.Connection, keys: Sequence[int]) -> None:
    """Look over the copies among new stories. Runs in the caller's write transaction, once they are in their storylines."""
    rows = connection.execute(
        "SELECT DISTINCT wire_copy_of, storyline FROM story"
        " WHERE key IN (SELECT value FROM json_each(?)) AND sitting = 0 AND wire_copy_of IS NOT NULL",
        (json.dumps(list(keys)),),
    )
    for named, line in rows.fetchall():
        row = connection.execute("SELECT wire_copy_of FROM story WHERE key = ?", (to_key(named),)).fetchone()
        _put_in_order(connection, {named, row[0] or named} if row else {named}, line)


def orphan(connection: sqlite3.Connection, gone: Iterable[int]) -> None:
    """Stories are gone: of their copies the earliest is the original now."""
    names = json.dumps([to_id(key) for key in gone])
    rows = connection.execute(
        "SELECT DISTINCT wire_copy_of, storyline FROM story WHERE wire_copy_of IN (SELECT value FROM json_each(?))", (names,)
    )
    for named, line in rows.fetchall():
        _put_in_order(connection, {named}, line)
    # Those of a sitting, which nothing else is told by.
    connection.execute("UPDATE story SET wire_copy_of = NULL WHERE wire_copy_of IN (SELECT value FROM json_each(?))", (names,))


def _put_in_order(connection: sqlite3.Connection, named: set[str], line: int) -> None:
    """The stories `named` as originals, and their copies in a storyline: all copies of the earliest, which is none."""
    found = connection.execute(
        "SELECT key, wire_copy_of, published, arrived FROM story"
        " WHERE storyline = ?1 AND sitting = 0 AND wire_copy_of IN (SELECT value FROM json_each(?2))"
        " UNION SELECT key, wire_copy_of, published, arrived FROM story"
        " WHERE key IN (SELECT value FROM json_each(?3)) AND sitting = 0",
        (line, json.dumps(sorted(named)), json.dumps([to_key(name) for name in sorted(named)])),
    ).fetchall()
    if not found:
        return
    first = min(found, key=lambda row: (*_printed(row[2]), row[1] is not None, row[3]))[0]
    renamed = [(of, key) for key, before, *_ in found if (of := None if key == first else to_id(first)) != before]
    connection.executemany("UPDATE story SET wire_copy_of = ? WHERE key = ?", renamed)
    _hand_down(connection, named - {to_id(key) for key, *_ in found}, to_id(first), line)


def _hand_down(connection: sqlite3.Connection, gone: Iterable[str], heir: str, line: int) -> None:
    """Later copies of a text whose original is gone are copies of its heir: a storyline's profile has a list of originals, each
    a list that begins with its id, as no other list in a list does."""
    for name in gone:
        connection.execute(
            "UPDATE profile SET blob = replace(replace(blob, ?, ?), ?, ?) WHERE id = (SELECT id FROM storyline WHERE n = ?)",
            (f'[["{name}",', f'[["{heir}",', f',["{name}",', f',["{heir}",', line),
        )


def _printed(published: str | None) -> tuple[float, float]:
    """The day, and the moment in it where one is printed; what is not printed comes last."""
    day = time = math.inf
    with contextlib.suppress(TypeError, ValueError):
        moment = datetime.fromisoformat(published or "")
        day = moment.toordinal()
        if len(published or "") > len("2026-01-10"):
            time = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return day, time
