"""The keys of an archive's storylines, wherever they are at the moment."""

from __future__ import annotations

import sqlite3

from newsdesk.archive.key_blocks import _PART_BITS, read_part
from newsdesk.archive.line_keys import BITS, unpack


def table_keys(connection: sqlite3.Connection) -> set[tuple[int, int, int]]:
    """As :func:`all_keys`, of the table alone."""
    held = connection.execute("SELECT DISTINCT n >> ? FROM key_block ORDER BY 1", (_PART_BITS,)).fetchall()
    parts = [read_part(connection, part) for (part,) in held]
    return {
        (key, posting >> BITS, posting % (1 << BITS))
        for keys, postings in parts
        for key, posting in zip(keys.tolist(), postings.tolist(), strict=True)
    }


def all_keys(connection: sqlite3.Connection) -> set[tuple[int, int, int]]:
    """The hash of each key, its day, and the number of its storyline: of the table, and what has changed since."""
    found = table_keys(connection)
    for table in ("key_part", "key_move"):
        for gone, come in connection.execute(f"SELECT gone, come FROM {table} ORDER BY n"):
            found.difference_update((term, posting >> BITS, posting % (1 << BITS)) for term, posting in unpack(gone))
            found.update((term, posting >> BITS, posting % (1 << BITS)) for term, posting in unpack(come))
    return found
