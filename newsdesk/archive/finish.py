"""Stories that are there, but not tagged or grouped yet: a batch at a time, oldest arrival first.

Which these are is an index of the archive's (`story_untagged`), so that a run that was killed leaves nothing undone that the
next one does not find. A batch is tagged before the write transaction; what changed in the meantime waits for its next turn.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsdesk.archive import write
from newsdesk.archive.ids import to_id
from newsdesk.archive.keep import Homes
from newsdesk.archive.memory import GroupingMemory
from newsdesk.archive.rows import Kept
from newsdesk.archive.store import Store
from newsdesk.archive.tags import Tags, tags_from
from newsdesk.drafts import COLUMNS, columns_of, dump_tags, load_story
from newsdesk.model import Story

if TYPE_CHECKING:
    from newsdesk.storylines import Corrections

_TAGGED = ("language", "topics", "countries", "published_in", "negative", "neutral", "positive", "unsure", "mood", "reader")
_AT = tuple(COLUMNS.index(name) for name in _TAGGED)
_UPDATE = f"UPDATE story SET {', '.join(f'{name} = ?' for name in _TAGGED)}, tagged = 1 WHERE key = ?"  # noqa: S608


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """A story that waits for its tags: its key, the version that was read, and the row of its storyline (0: none yet)."""

    key: int
    revision: int
    comments: int
    storyline: int
    story: Story


def read_waiting(connection: sqlite3.Connection, limit: int) -> list[Waiting]:
    """The stories that are neither tagged nor grouped yet, the earliest first, `limit` at most."""
    rows = connection.execute(
        "SELECT s.key, s.revision, s.comments, s.storyline, r.json, r.tags"
        " FROM story s INDEXED BY story_untagged JOIN revision r ON r.story = s.key AND r.n = s.revision"
        " WHERE s.tagged = 0 ORDER BY s.arrived LIMIT ?",
        (limit,),
    )
    return [
        Waiting(key, revision, comments, line, load_story(text, tags, id=to_id(key)))
        for key, revision, comments, line, text, tags in rows
    ]


@dataclass(slots=True)
class Finisher:
    """Tags and groups what waits. `tag` gives many stories their tags, in order; `memory` is from batches before."""

    store: Store
    tag: Callable[[Sequence[Story]], Iterable[Story]]
    corrections: Corrections
    seen: str
    memory: GroupingMemory

    def finish(self, limit: int) -> Kept:
        """Finish `limit` stories at most, in one transaction. `Kept.unchanged` says how many it was."""
        with self.store.reading() as connection:
            waiting = read_waiting(connection, limit)
        if not waiting:
            return Kept()
        tagged = dict(zip(waiting, self.tag([one.story for one in waiting]), strict=True))
        with self.memory.lasting(), self.store.writing() as connection:
            self.memory.meet(connection)
            return self._write(connection, tagged)

    def _write(self, connection: sqlite3.Connection, tagged: dict[Waiting, Story]) -> Kept:
        rows = {row[0]: row for row in _read_rows(connection, [one.key for one in tagged])}
        still = {one: story for one, story in tagged.items() if _is_same(one, rows.get(one.key))}
        writer = write.Writer(connection, self.seen)
        for one, story in still.items():
            _, doc, _, _, sitting, _, topics, countries = rows[one.key]
            writer.retag(one.key, doc, tags_from(sitting, topics, countries), Tags.of(story, sitting))
        _write_tags(connection, still)
        lines = self._group(connection, {one.key: story for one, story in still.items() if rows[one.key][5] == 0})
        writer.flush()
        return Kept((), (), len(still), *lines)

    def _group(self, connection: sqlite3.Connection, stories: dict[int, Story]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if not stories:
            return (), ()
        homes = Homes(connection, self.corrections, self.seen)
        homes.find(list(stories.values()), self.memory)
        found = []
        for key, story in stories.items():
            line, why = homes.of(story)
            found.append((line, json.dumps(why, ensure_ascii=False), homes.copy_of(story), key))
        connection.executemany("UPDATE story SET storyline = ?, why = ?, wire_copy_of = ? WHERE key = ?", found)
        return homes.settle(0)


def _read_rows(connection: sqlite3.Connection, keys: Sequence[int]) -> sqlite3.Cursor:
    return connection.execute(
        "SELECT key, doc, revision, comments, sitting, storyline, topics, countries FROM story"
        " WHERE key IN (SELECT value FROM json_each(?)) AND tagged = 0",
        (json.dumps(keys),),
    )


def _is_same(one: Waiting, row: tuple[int, ...] | None) -> bool:
    """Whether a story is as it was when it was read to be tagged."""
    return row is not None and (row[2], row[3]) == (one.revision, one.comments)


def _write_tags(connection: sqlite3.Connection, tagged: dict[Waiting, Story]) -> None:
    columns = []
    for one, story in tagged.items():
        values = columns_of(story)
        columns.append((*(values[at] for at in _AT), one.key))
    connection.executemany(_UPDATE, columns)
    connection.executemany(
        "UPDATE revision SET tags = ? WHERE story = ? AND n = ?",
        [(dump_tags(story), one.key, one.revision) for one, story in tagged.items()],
    )
