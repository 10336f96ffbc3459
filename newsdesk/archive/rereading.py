"""Stories whose comments another model read than the one that reads now: one was installed, or newsdesk is newer."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from newsdesk.archive.ids import to_id
from newsdesk.model import Story
from newsdesk.person.judgements import as_read

# Two ranges of the index, as "<>" would go through all of it.
_OTHER = "FROM story INDEXED BY story_reader WHERE comments > 0 AND (reader < ?1 OR reader > ?1) AND tagged = 1"


def count_outdated(connection: sqlite3.Connection, reader: str) -> int:
    """How many comments there are that another than `reader` read."""
    return int(connection.execute(f"SELECT coalesce(sum(comments), 0) {_OTHER}", (reader,)).fetchone()[0])


def find_outdated(connection: sqlite3.Connection, reader: str, limit: int) -> list[str]:
    """The newest such stories' ids, with `limit` comments together, or the first alone where it has more."""
    sql = f"SELECT key, comments {_OTHER} ORDER BY doc DESC LIMIT ?2"
    found: list[str] = []
    room = limit
    for key, comments in connection.execute(sql, (reader, limit)):
        if found and comments > room:
            break
        found.append(to_id(key))
        room -= comments
    return found


def without_moods(story: Story) -> Story:
    """`story` as before anyone read its comments; what a person said of them is put over them again where they are read."""
    comments = tuple(replace(comment, sentiment=None) for comment in as_read(story).comments)
    return story.with_(comments=comments, mood=None)
