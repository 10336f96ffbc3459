"""Sketches of stories that were there before them. All of it runs in the caller's transaction.

A sketch and the keys made of it (:mod:`newsdesk.ingest.sketch`) only find another version of a text from the same source. Of a
source that the archive has nothing of, a feed that is read for the first time need not wait for them: its stories are stored
without, and `state.unsketched` says from which number of arrival on there are such. They are made after the stories can be
read, or as soon as a decision could depend on them (:func:`complete`), so that none comes out otherwise.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from newsdesk.archive.entries import pack_keys, write_keys
from newsdesk.archive.store import Store
from newsdesk.ingest import keys_near, pack_sketch, sketch_words
from newsdesk.query.words import split_words

# Stories in a transaction: their keys lie all over a table, of which each transaction writes nearly every page.
COMPLETED_AT_ONCE = 4000
# Texts and what numpy makes of them: of more, glibc gives the memory back each time, which takes a sixth longer.
_READ_AT_ONCE = 20
_ENOUGH_FOR_NUMPY = 60

# In the order of their keys, in which they were written: each page is gone to once.
_LATE = (
    "SELECT l.story, l.source, l.keys, r.json FROM json_each(?) j CROSS JOIN likeness l ON l.story = j.value"
    " CROSS JOIN story s ON s.key = l.story CROSS JOIN revision r ON r.story = s.key AND r.n = s.revision WHERE l.sketch = x''"
)


def has_late(connection: sqlite3.Connection) -> bool:
    """Whether the sketch of any story is still to be made."""
    return bool(connection.execute("SELECT unsketched FROM state").fetchone()[0])


def expect_late(connection: sqlite3.Connection) -> None:
    """Stories that arrive from now on may lack their sketch."""
    connection.execute("UPDATE state SET unsketched = arrivals + 1 WHERE unsketched = 0")


def complete(connection: sqlite3.Connection) -> None:
    """Make all sketches that are still to be made."""
    while complete_some(connection):
        pass


def complete_some(connection: sqlite3.Connection, limit: int = COMPLETED_AT_ONCE) -> bool:
    """As :func:`complete`, of the earliest `limit` stories at most. Returns whether any are left."""
    first = connection.execute("SELECT unsketched FROM state").fetchone()[0]
    if not first:
        return False
    sql = "SELECT key, arrived FROM story INDEXED BY story_arrived WHERE arrived >= ? ORDER BY arrived LIMIT ?"
    arrived = connection.execute(sql, (first, limit)).fetchall()
    asked = sorted(key for key, _ in arrived)
    found: list[tuple[bytes, bytes, int]] = []
    identities: list[tuple[int, int]] = []
    for start in range(0, len(asked), _READ_AT_ONCE):
        rows = connection.execute(_LATE, (json.dumps(asked[start : start + _READ_AT_ONCE]),)).fetchall()
        texts = ["\n".join(json.loads(row[-1])["body"]) for row in rows]
        sketches = _sketch_all(texts, many=len(asked) >= _ENOUGH_FOR_NUMPY)
        for (key, source, keys, _), sketch in zip(rows, sketches, strict=True):
            near = keys_near(source, sketch)
            identities += [(value, key) for value in near]
            found.append((pack_sketch(sketch), keys + pack_keys(near), key))
    for _ in write_keys(connection, identities):
        pass
    connection.executemany("UPDATE likeness SET sketch = ?, keys = ? WHERE story = ?", found)
    left = len(arrived) == limit
    connection.execute("UPDATE state SET unsketched = ?", (arrived[-1][1] + 1 if left else 0,))
    return left


def complete_all(store: Store) -> None:
    """As :func:`complete`, in transactions of its own: others write in between."""
    with store.reading() as connection:
        left = has_late(connection)
    while left:
        with store.writing() as connection:
            left = complete_some(connection)


def _sketch_all(texts: Sequence[str], *, many: bool) -> Sequence[tuple[int, ...]]:
    """`many`: they are part of as many as are worth the time that numpy takes to load."""
    if not many:
        return [sketch_words(split_words(text)) for text in texts]
    from newsdesk.query.joined import join_all
    from newsdesk.sketches import sketch_all

    return sketch_all(join_all(texts))
