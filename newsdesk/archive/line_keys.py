"""The keys by which storylines are found: a large table of rows, and what has changed lately, which goes into it bit by bit.

A key is a hash, so that a batch's keys lie all over a table: among millions each row that is written dirties a page of its own.
So what a batch changes is one row of `key_move`, in the order of time. A round of changes later all of these are sorted into
`key_part`, a row for each stretch of hashes, and these go on to the table (:mod:`newsdesk.archive.key_blocks`) one after the
other, as the next round comes: the pages that are gone to lie side by side and take many rows each (the rolling merge of
log-structured merge trees: O'Neil et al., 1996). `state.moves` counts the changes. Whoever looks for keys has those that are
not in the table yet in memory (:mod:`newsdesk.archive.line_moves`).
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Iterator, Sequence
from itertools import chain

Row = tuple[int, int]
"""The hash of a key, and a posting: the day that the key stands under, and below it the number of its storyline."""

# Changes of a round, in which every block of the table is written once. With fewer of them that costs more, with more of them
# more is in memory, and read by a process that begins.
A_ROUND = 800_000
PARTS = 256
BITS = 32
"""Below the day in a posting."""
PART_SHIFT = 63 - (PARTS - 1).bit_length()
"""Below the number of its part in a hash, which has 63 bits."""


def posting_of(day: int, number: int) -> int:
    """The posting of a storyline's key."""
    return (day << BITS) + number


def pack(rows: Sequence[Row]) -> bytes:
    """Rows as bytes, 16 each."""
    packed = array("q", list(chain.from_iterable(rows)))
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def unpack(packed: bytes) -> Iterator[Row]:
    """What :func:`pack` packed."""
    numbers = array("q", packed)
    if sys.byteorder == "big":
        numbers.byteswap()
    return zip(numbers[::2], numbers[1::2], strict=True)


def move_rows(connection: sqlite3.Connection, gone: Sequence[Row], come: Sequence[Row]) -> None:
    """Take rows out that are in, and put rows in that are not; of the round before as much goes on to the table."""
    if not gone and not come:
        return
    before = connection.execute("SELECT moves FROM state").fetchone()[0]
    after = before + len(gone) + len(come)
    connection.execute("INSERT INTO key_move (gone, come) VALUES (?, ?)", (pack(gone), pack(come)))
    connection.execute("UPDATE state SET moves = ?", (after,))
    if after // A_ROUND > before // A_ROUND:
        _go_on(connection, PARTS)
        _end_round(connection)
    _go_on(connection, gone_on(after))


def gone_on(moves: int) -> int:
    """How many parts of the round before are in the table after so many changes."""
    return moves % A_ROUND * PARTS // A_ROUND


def _go_on(connection: sqlite3.Connection, end: int) -> None:
    """The parts before `end` go into the table."""
    parts = connection.execute("SELECT n, gone, come FROM key_part WHERE n < ? ORDER BY n", (end,)).fetchall()
    if not parts:
        return
    from newsdesk.archive.line_moves import carry

    for part, gone, come in parts:
        carry(connection, part, gone, come)
    connection.execute("DELETE FROM key_part WHERE n < ?", (end,))


def _end_round(connection: sqlite3.Connection) -> None:
    """Sort the changes of the round into parts."""
    from newsdesk.archive.line_moves import parted

    connection.executemany("INSERT INTO key_part VALUES (?, ?, ?)", parted(connection))
    connection.execute("DELETE FROM key_move")
