"""Forgetting stories for good, and knowing them again so that they don't come back. Runs in the caller's transaction.

Of a forgotten story hashes are kept by which its source would bring it again: its id there, its address, its title and day.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from newsdesk.archive import entries, late_sketches, sources, write
from newsdesk.archive.ids import to_key
from newsdesk.archive.lines import UNGROUPED, drop_empty_lines, resolve_all
from newsdesk.archive.originals import orphan
from newsdesk.archive.regroup import without
from newsdesk.archive.watch import MOST_SAID
from newsdesk.ingest import Decision, Keys
from newsdesk.wording import line_title

if TYPE_CHECKING:  # whoever only forgets a story must not wait for the clusterer
    from newsdesk.storylines import Corrections

KEPT_DAYS = 400  # how long a forgotten story is known again: no feed lists its stories longer


def corrected(connection: sqlite3.Connection, corrections: Corrections) -> set[int]:
    """Keys of the stories whose grouping a person saw to: all that are now in a storyline which was pinned, renamed, merged,
    split, or given a story or had one taken from it by hand."""
    named = resolve_all(connection, {*corrections.titles, *corrections.pinned})
    said = {to_key(story) for pair in (*corrections.apart, *corrections.together) for story in pair}
    rows = connection.execute(
        "SELECT key FROM story WHERE storyline IN (SELECT n FROM storyline WHERE id IN (SELECT value FROM json_each(?1))"
        " UNION SELECT storyline FROM story WHERE key IN (SELECT value FROM json_each(?2)) AND storyline <> ?3)",
        (json.dumps(named), json.dumps(list(said)), UNGROUPED),
    )
    return said.union(key for (key,) in rows)


def titles(connection: sqlite3.Connection, keys: Sequence[int]) -> set[str]:
    """What storylines are or were called after stories, by all their versions."""
    return set(map(line_title, _headings(connection, keys)))


def _headings(connection: sqlite3.Connection, keys: Sequence[int]) -> list[str]:
    rows = connection.execute(
        "WITH wanted AS (SELECT value FROM json_each(?)) SELECT heading FROM story WHERE key IN wanted"
        " UNION SELECT json_extract(json, '$.title') FROM revision WHERE story IN wanted",
        (json.dumps(list(keys)),),
    )
    return [title for (title,) in rows if title]


def drop_alerts(connection: sqlite3.Connection, keys: Sequence[int]) -> None:
    """Forget the alerts that wait to be carried and name one of these stories, or a storyline that was called after one."""
    waiting = sources.read_waiting(connection)
    if not waiting:
        return
    headings = _headings(connection, keys)
    named = [f"“{title[:MOST_SAID]}”" for title in {*headings, *map(line_title, headings)}]
    for alert in waiting:
        if any(name in alert.text for name in named):
            for way in alert.ways:
                sources.settle_waiting(connection, way, [alert.key])


def forget(connection: sqlite3.Connection, keys: Sequence[int], day: int, corrections: Callable[[], Corrections]) -> int:
    """Take stories out with everything that is known of them; returns how many were there. `day`: days since 0001-01-01.
    `corrections` are asked for where others of a storyline stay."""
    connection.execute("PRAGMA secure_delete = ON")  # not every SQLite writes over what it deletes
    late_sketches.complete(connection, late_sketches.find_late(connection, stories=keys))
    rows = connection.execute(
        "SELECT s.key, s.storyline, s.heading FROM story s WHERE s.key IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    ).fetchall()
    found = [key for key, *_ in rows]
    marks = [(value, day) for key in found for value in entries.keys_of_story(connection, key)]
    connection.executemany("INSERT OR REPLACE INTO forgotten VALUES (?, ?)", marks)
    connection.execute("DELETE FROM forgotten WHERE day < ?", (day - KEPT_DAYS,))
    write.remove_stories(connection, found)
    orphan(connection, found)
    gone: dict[int, set[str]] = {}
    for _, line, heading in rows:
        if line != UNGROUPED:
            gone.setdefault(line, set()).add(heading)
    _leave_lines(connection, gone, corrections)
    return len(found)


def _leave_lines(connection: sqlite3.Connection, gone: Mapping[int, set[str]], corrections: Callable[[], Corrections]) -> None:
    """Forget storylines that no story is in any more, and what they were found by; of the others what they had of the stories
    that are gone, whose headings are given."""
    from newsdesk.archive.profiles import ArchiveProfiles

    profiles = ArchiveProfiles(connection)
    rows = connection.execute(
        "SELECT l.n, l.id, EXISTS (SELECT 1 FROM story WHERE storyline = l.n) FROM storyline l"
        " WHERE l.n IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(gone)),),
    ).fetchall()
    for _, name, stays in rows:
        if not stays:
            profiles.drop(name)
    drop_empty_lines(connection, gone)
    if any(stays for *_, stays in rows):
        said = corrections()
        for number, name, stays in rows:
            if stays:
                without(connection, name, gone[number], said)


def wanted(connection: sqlite3.Connection, decisions: Sequence[Decision]) -> list[int]:
    """Places of the decisions that are not of a forgotten story. One that is known is never taken for a forgotten one."""
    if connection.execute("SELECT 1 FROM forgotten LIMIT 1").fetchone() is None:
        return list(range(len(decisions)))
    asked = {value for decision in decisions if decision.entry.fresh for value in _sure(decision.facts.keys)}
    rows = connection.execute(
        "SELECT key FROM forgotten WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(sorted(asked)),)
    )
    gone = {row[0] for row in rows}
    return [
        place
        for place, decision in enumerate(decisions)
        if not (decision.entry.fresh and gone.intersection(_sure(decision.facts.keys)))
    ]


def _sure(keys: Keys) -> list[int]:
    """The keys that name one story; where it has none, those that its text gives."""
    sure = [key for key in (keys.item, keys.url, keys.title) if key is not None]
    return sure or ([keys.title_here] if keys.title_here is not None else list(keys.near))


def let_back(connection: sqlite3.Connection) -> None:
    """Know no forgotten story any more: sources may bring them again, and are read as if they had changed, since only then
    they do."""
    known = ", ".join(f"'$.{name}'" for name in ("etag", "last_modified", "digest", "pages", "threads"))
    connection.execute(f"UPDATE source_state SET fingerprint = NULL, detail = json_remove(detail, {known})")  # noqa: S608
    connection.execute("DELETE FROM forgotten")
