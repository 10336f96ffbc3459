"""Sketches of stories that were there before them. All of it runs in the caller's transaction.

A sketch and the keys made of it (:mod:`newsdesk.ingest.sketch`) only find another version of a text from the same source, and
are looked at where two stories share another key. A feed that is read for the first time, of a source that the archive has
nothing of, need not wait for them: its stories are stored without, and stand in `late_sketch` by their sources. Theirs are
made as soon as a decision could depend on them (:func:`late_for`), so that none comes out otherwise, and never where none does.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from newsdesk.archive.entries import find_known, pack_keys, write_keys
from newsdesk.ingest import Facts, keys_near, pack_sketch, sketch_words
from newsdesk.query.words import split_words

# Texts and what numpy makes of them: of more, glibc gives the memory back each time, which takes a sixth longer.
_READ_AT_ONCE = 20
_ENOUGH_FOR_NUMPY = 300

Late: TypeAlias = tuple[str, int]
"""The source of a story whose sketch is still to be made, folded, and its key."""

_LATE = (
    "SELECT source, story FROM late_sketch WHERE source IN (SELECT value FROM json_each(?)) UNION"
    " SELECT t.source, t.story FROM json_each(?) j CROSS JOIN likeness l ON l.story = j.value"
    " CROSS JOIN late_sketch t ON t.source = l.source AND t.story = l.story"
)
_READ = (
    "SELECT l.story, l.source, l.keys, r.json FROM json_each(?) j CROSS JOIN likeness l ON l.story = j.value"
    " CROSS JOIN story s ON s.key = l.story CROSS JOIN revision r ON r.story = s.key AND r.n = s.revision"
)


def has_late(connection: sqlite3.Connection) -> bool:
    """Whether the sketch of any story is still to be made."""
    return connection.execute("SELECT 1 FROM late_sketch LIMIT 1").fetchone() is not None


def note_late(connection: sqlite3.Connection, late: Iterable[Late]) -> None:
    """Stories that are stored without their sketch."""
    connection.executemany("INSERT OR IGNORE INTO late_sketch VALUES (?, ?)", late)


def find_late(connection: sqlite3.Connection, sources: Iterable[str] = (), stories: Iterable[int] = ()) -> list[Late]:
    """The stories of some sources, and those with some keys, whose sketch is still to be made."""
    return connection.execute(_LATE, (json.dumps(list(sources)), json.dumps(list(stories)))).fetchall()


def late_for(connection: sqlite3.Connection, batch: Sequence[Facts]) -> list[Late]:
    """The stories whose sketch is still to be made and that a decision over a batch could depend on."""
    if not has_late(connection):
        return []
    known = find_known(connection, [key for facts in batch for key in facts.keys.all()])
    return find_late(connection, {facts.source for facts in batch}, known)


def complete(connection: sqlite3.Connection, late: Sequence[Late]) -> None:
    """Make these sketches."""
    asked = sorted(key for _, key in late)  # the order in which they were written: each page is gone to once
    found: list[tuple[bytes, bytes, int]] = []
    identities: list[tuple[int, int]] = []
    for start in range(0, len(asked), _READ_AT_ONCE):
        rows = connection.execute(_READ, (json.dumps(asked[start : start + _READ_AT_ONCE]),)).fetchall()
        texts = ["\n".join(json.loads(row[-1])["body"]) for row in rows]
        for (key, source, keys, _), sketch in zip(rows, _sketcher.sketch(texts), strict=True):
            near = keys_near(source, sketch)
            identities += [(value, key) for value in near]
            found.append((pack_sketch(sketch), keys + pack_keys(near), key))
    for _ in write_keys(connection, identities):
        pass
    connection.executemany("UPDATE likeness SET sketch = ?, keys = ? WHERE story = ?", found)
    connection.executemany("DELETE FROM late_sketch WHERE source = ? AND story = ?", late)


class _Sketcher:
    """Makes sketches. From some hundreds on it is worth the time that numpy takes to load, and where it is there already."""

    def __init__(self) -> None:
        self._made = 0

    def sketch(self, texts: Sequence[str]) -> Sequence[tuple[int, ...]]:
        self._made += len(texts)
        if self._made < _ENOUGH_FOR_NUMPY and "numpy" not in sys.modules:
            return [sketch_words(split_words(text)) for text in texts]
        from newsdesk.query.joined import join_all
        from newsdesk.words.sketches import sketch_all

        return sketch_all(join_all(texts))


_sketcher = _Sketcher()
