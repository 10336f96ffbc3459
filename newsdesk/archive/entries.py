"""What tells stories apart, as the archive remembers it: keys, sketches and places. Runs in the caller's transaction."""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter

from newsdesk.archive.ids import to_id, to_key
from newsdesk.archive.insertion import Insertion
from newsdesk.ingest import Decision, Entry, Place

ROWS_AT_ONCE = 500  # of a few numbers each
MOST_OF_KEY = 40
_STRETCHES, _STRETCH_BITS = 512, 54  # of keys, which have 63 bits
_LIKENESS = Insertion("INSERT OR REPLACE INTO likeness", "(?, ?, ?, ?, ?, ?, ?, ?)")
_IDENTITY = Insertion("INSERT OR IGNORE INTO identity", "(?, ?)")


def is_taken(connection: sqlite3.Connection, story_id: str) -> bool:
    return connection.execute("SELECT 1 FROM story WHERE key = ?", (to_key(story_id),)).fetchone() is not None


def find_taken(connection: sqlite3.Connection, story_ids: Sequence[str]) -> set[str]:
    """Which of these ids a story has."""
    keys = {to_key(story_id): story_id for story_id in story_ids}
    rows = connection.execute("SELECT key FROM story WHERE key IN (SELECT value FROM json_each(?))", (json.dumps([*keys]),))
    return {keys[row[0]] for row in rows}


def pack_keys(keys: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(keys)}q", *keys)


def keys_of_story(connection: sqlite3.Connection, key: int) -> tuple[int, ...]:
    """The identity keys of a story."""
    row = connection.execute("SELECT keys FROM likeness WHERE story = ?", (key,)).fetchone()
    return _unpack_keys(row[0]) if row else ()


def likeness_of(connection: sqlite3.Connection, key: int) -> tuple[bytes, tuple[int, ...]]:
    """The packed sketch and the identity keys of a story that is there."""
    sketch, keys = connection.execute("SELECT sketch, keys FROM likeness WHERE story = ?", (key,)).fetchone()
    return sketch, _unpack_keys(keys)


def _unpack_keys(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // 8}q", packed)


def write_entries(connection: sqlite3.Connection, decisions: Sequence[Decision]) -> None:
    """Remember by which keys and facts new and changed stories are found again. Keys of earlier versions stay."""
    for _ in writing_entries(connection, decisions):
        pass


def writing_entries(connection: sqlite3.Connection, decisions: Sequence[Decision]) -> Iterator[None]:
    """As :func:`write_entries`, a bit at a time."""
    identities = []
    rows = []
    given: dict[int, tuple[int, ...]] = {}  # a story may change more than once
    for decision in decisions:
        entry, key = decision.entry, to_key(decision.id)
        keys = own = decision.facts.keys.all()
        if decision.verdict == "changed":
            known = given[key] if key in given else keys_of_story(connection, key)
            keys = tuple(dict.fromkeys((*known, *own)))
            own = keys[len(known) :]
        given[key] = keys
        identities += [(value, key) for value in own]
        facts = (entry.title, entry.updated, entry.source or "", entry.digest, entry.chars)
        rows.append((key, *facts, entry.sketch, pack_keys(keys)))
    yield from write_keys(connection, identities)
    rows.sort(key=itemgetter(0))
    for start in range(0, len(rows), ROWS_AT_ONCE):
        _LIKENESS.write(connection, rows[start : start + ROWS_AT_ONCE])
        yield


def write_keys(connection: sqlite3.Connection, identities: Iterable[tuple[int, int]]) -> Iterator[None]:
    """By which keys which stories are found, a bit at a time. Roughly in the order of the keys, so that a page is gone to once:
    to sort them costs as much as to write them."""
    stretches: list[list[tuple[int, int]]] = [[] for _ in range(_STRETCHES)]
    for pair in identities:
        stretches[pair[0] >> _STRETCH_BITS].append(pair)
    rows = list(chain.from_iterable(stretches))
    for start in range(0, len(rows), ROWS_AT_ONCE):
        _IDENTITY.write(connection, rows[start : start + ROWS_AT_ONCE])
        yield


def find_entries(connection: sqlite3.Connection, keys: Iterable[int]) -> list[Entry]:
    """The known stories that share one of `keys`, of each :data:`MOST_OF_KEY` at most."""
    return [entry for key in find_known(connection, keys) if (entry := _read_entry(connection, key))]


def find_known(connection: sqlite3.Connection, keys: Iterable[int]) -> list[int]:
    """As :func:`find_entries`, their keys as stories."""
    rows = connection.execute(
        "SELECT (SELECT group_concat(story) FROM (SELECT story FROM identity WHERE key = j.value LIMIT ?)) FROM json_each(?) j"
        " WHERE EXISTS (SELECT 1 FROM identity WHERE key = j.value)",
        (MOST_OF_KEY, json.dumps(list(dict.fromkeys(keys)))),
    )
    return list(dict.fromkeys(int(story) for (stories,) in rows if stories for story in str(stories).split(",")))


def _read_entry(connection: sqlite3.Connection, key: int) -> Entry | None:
    row = connection.execute(
        "SELECT l.title, s.published, l.updated, l.source, l.digest, l.chars, s.comments, l.sketch, l.keys"
        " FROM likeness l JOIN story s ON s.key = l.story WHERE l.story = ?",
        (key,),
    ).fetchone()
    if row is None:
        return None
    title, published, updated, source, digest, chars, comments, sketch, keys = row
    places = connection.execute("SELECT place, item, nth, item_id, digest FROM origin WHERE story = ?", (key,))
    return Entry(
        id=to_id(key),
        title=title,
        published=published,
        updated=updated,
        source=source,
        digest=digest,
        chars=chars,
        comments=comments,
        sketch=sketch,
        keys=_unpack_keys(keys),
        places={(place, item, nth): Place(item_id, mark) for place, item, nth, item_id, mark in places},
    )
