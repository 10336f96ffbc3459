"""Stories that are there, but not tagged or grouped yet: a batch at a time, oldest arrival first.

Which these are is an index of the archive's (`story_untagged`), so that a run that was killed leaves nothing undone that the
next one does not find. A batch is tagged before the write transaction; what changed in the meantime waits for its next turn.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from newsdesk.archive import write
from newsdesk.archive.ids import to_id, to_key
from newsdesk.archive.keep import Homes
from newsdesk.archive.memory import GroupingMemory
from newsdesk.archive.originals import settle_originals
from newsdesk.archive.rows import Kept
from newsdesk.archive.store import Store
from newsdesk.archive.tags import tags_from
from newsdesk.model import Json, Story
from newsdesk.tagging.drafts import TAGGED, load_story

if TYPE_CHECKING:
    from newsdesk.storylines import Corrections
    from newsdesk.tagging.tagged import Tagged

WINDOW = 4_000  # stories of which those that arrived first need not be tagged first

_WAITING = "s.key, s.revision, s.comments, r.json, r.tags"
_VERSION = "CROSS JOIN revision r ON r.story = s.key AND r.n = s.revision"
_WINDOW = (
    "SELECT key, arrived FROM story INDEXED BY story_untagged"
    " WHERE tagged = 0 AND comments = 0 AND arrived > ? ORDER BY arrived LIMIT ?"
)
_SILENT = (
    f"SELECT {_WAITING} FROM json_each(?) CROSS JOIN story s ON s.key = value {_VERSION}"  # noqa: S608
    " WHERE s.tagged = 0 AND s.comments = 0"
)


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """A story that waits for its tags: its key, and the version that was read with the tags that came with it."""

    key: int
    revision: int
    comments: int
    text: str
    tags: str | None

    def story(self) -> Story:
        return load_story(self.text, self.tags, id=to_id(self.key))

    def row(self) -> tuple[str, str, str | None]:
        """The story as another process is told of it."""
        return to_id(self.key), self.text, self.tags

    def told(self) -> Waiting:
        """What is still to be known of it once another process has its text."""
        return Waiting(self.key, self.revision, self.comments, "", None)


def read_waiting(connection: sqlite3.Connection, limit: int, tried: Iterable[str] = ()) -> list[Waiting]:
    """The earliest stories that are neither tagged nor grouped yet, but for those that were `tried`, `limit` at most, in the
    order of the tables."""
    rows = connection.execute(
        f"SELECT {_WAITING} FROM story s INDEXED BY story_untagged {_VERSION} WHERE s.tagged = 0"  # noqa: S608
        " AND s.key NOT IN (SELECT value FROM json_each(?)) ORDER BY s.arrived LIMIT ?",
        (json.dumps(list(map(to_key, tried))), limit),
    )
    return sorted([Waiting(*row) for row in rows], key=attrgetter("key"))


def read_silent(store: Store, size: int) -> Iterator[list[Waiting]]:
    """The same of those without comments, `size` at a time and in transactions of their own. Of :data:`WINDOW` stories that
    arrived one after the other those stand together that do so in the tables: each page is gone to once."""
    last = 0
    while True:
        with store.reading() as connection:
            window = connection.execute(_WINDOW, (last, WINDOW)).fetchall()
        if not window:
            return
        last = window[-1][1]
        keys = sorted(key for key, _ in window)
        for start in range(0, len(keys), size):
            with store.reading() as connection:
                some = [Waiting(*row) for row in connection.execute(_SILENT, (json.dumps(keys[start : start + size]),))]
            if some:
                yield some


@dataclass(slots=True)
class Finisher:
    """Tags and groups what waits. `tag` gives many stories their tags, in order, with what the person says of them;
    `said` tells that by the stories' ids. `memory` is from batches before. `unlabelled`: the stories that the taggers failed
    on, and why; they are passed over from then on."""

    store: Store
    tag: Callable[[Sequence[Story]], Iterable[Story]]
    corrections: Corrections
    seen: str
    memory: GroupingMemory
    said: Callable[[Iterable[str]], Sequence[object]]
    unlabelled: dict[str, str] = field(default_factory=dict)

    def finish(self, limit: int) -> Kept:
        """Finish `limit` stories at most, in one transaction. `Kept.unchanged` says how many it was."""
        with self.store.reading() as connection:
            waiting = read_waiting(connection, limit, self.unlabelled)
        if not waiting:
            return Kept()
        from newsdesk.tagging.tagged import of_all

        said = self.said([to_id(one.key) for one in waiting])
        return self.keep(waiting, of_all(self.tag([one.story() for one in waiting])), said)

    def keep(self, waiting: Sequence[Waiting], tagged: Sequence[Tagged], said: Sequence[object]) -> Kept:
        """Write the tags of stories, in one transaction. `Kept.unchanged` says how many it was: what has changed since it was
        read, or is no more `said` to be what it was then, goes on waiting. So does what has no tags; it is counted."""
        failed = {to_id(one.key): tags.unlabelled for one, tags in zip(waiting, tagged, strict=True) if tags.unlabelled}
        self.unlabelled.update(failed)
        with self.memory.lasting(), self.store.writing() as connection:
            self.memory.meet(connection)
            found = zip(waiting, tagged, said, self.said([to_id(one.key) for one in waiting]), strict=True)
            same = {one: tags for one, tags, then, now in found if now == then and not tags.unlabelled}
            kept = self._write(connection, same)
            return replace(kept, unchanged=kept.unchanged + len(failed))

    def _write(self, connection: sqlite3.Connection, tagged: dict[Waiting, Tagged]) -> Kept:
        rows = {row[0]: row for row in _read_rows(connection, [one.key for one in tagged])}
        still = {one: said for one, said in tagged.items() if _is_same(one, rows.get(one.key))}
        writer = write.Writer(connection, self.seen)
        moves = []
        for one, said in still.items():
            _, doc, _, _, sitting, _, topics, countries, _ = rows[one.key]
            before, after = tags_from(sitting, topics, countries), tags_from(sitting, said.topics, said.countries)
            moves.append((one.key, doc, before, after))
        writer.retag(moves)
        alone = {one: said for one, said in still.items() if rows[one.key][5] == 0}
        connection.executemany(_UPDATE, [(*said.columns, one.key) for one, said in still.items() if one not in alone])
        texts = [(said.text, one.key, one.revision) for one, said in still.items()]
        connection.executemany("UPDATE revision SET tags = ? WHERE story = ? AND n = ?", texts)
        lines = self._group(connection, alone)
        writer.flush()
        settle_originals(connection, [one.key for one in alone])
        return Kept((), (), len(still), *lines)

    def _group(self, connection: sqlite3.Connection, alone: dict[Waiting, Tagged]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if not alone:
            return (), ()
        homes = Homes(connection, self.corrections, self.seen)
        homes.find_prepared([said.prepared for said in alone.values()], self.memory)
        found = []
        for one, said in alone.items():
            story_id = said.prepared.story_id
            line, why = homes.of(story_id)
            reasons = json.dumps(why, ensure_ascii=False) if why else "[]"
            found.append((*said.columns, line, reasons, homes.copy_of(story_id), one.key))
        # In the order of their keys: so each page of the table is gone to once.
        connection.executemany(_UPDATE_ALL, sorted(found, key=itemgetter(-1)))
        return homes.settle(0)


_COLUMNS = ", ".join(f"{name} = ?" for name in TAGGED)
# OR FAIL: else SQLite would copy each page before it is changed, in case that what the trigger does fails, which takes a third
# longer. Whoever writes takes the whole transaction back then.
_UPDATE = f"UPDATE OR FAIL story SET {_COLUMNS}, tagged = 1 WHERE key = ?"  # noqa: S608
_GROUPED = "tagged = 1, storyline = ?, why = ?, wire_copy_of = ?"
_UPDATE_ALL = f"UPDATE OR FAIL story SET {_COLUMNS}, {_GROUPED} WHERE key = ?"  # noqa: S608


def _read_rows(connection: sqlite3.Connection, keys: Sequence[int]) -> sqlite3.Cursor:
    text = "CASE WHEN comments > 0 THEN (SELECT json FROM revision WHERE story = key AND n = revision) END"
    return connection.execute(
        f"SELECT key, doc, revision, comments, sitting, storyline, topics, countries, {text} FROM story"  # noqa: S608
        " WHERE key IN (SELECT value FROM json_each(?)) AND tagged = 0",
        (json.dumps(keys),),
    )


def _is_same(one: Waiting, row: tuple[Json, ...] | None) -> bool:
    """Whether a story is as it was when it was read to be tagged. Of a version that is there only the thread changes."""
    if row is None or (row[2], row[3]) != (one.revision, one.comments):
        return False
    return not one.comments or row[-1] == one.text
