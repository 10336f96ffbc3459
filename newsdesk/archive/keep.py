"""What a source gave, into the archive: known stories are found again, the others tagged, grouped and written.

Tagging takes the time, so it is done before the write transaction, for what looks new or changed; inside it everything is
decided anew, so that two processes that bring the same story at once still make one of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from newsdesk.archive import write
from newsdesk.archive.amend import carry_comments
from newsdesk.archive.ids import to_key
from newsdesk.archive.lines import drop_empty_lines, put_line, resolve
from newsdesk.archive.profiles import ArchiveProfiles, SittingProfiles
from newsdesk.archive.rows import Kept
from newsdesk.archive.store import Store
from newsdesk.ingest import Decision, Keys, keys_of, sort_out
from newsdesk.model import Story
from newsdesk.storylines import Corrections, Grouper


@dataclass(slots=True)
class Keeper:
    """Keeps batches. `tag` gives a story its tags; `sitting` and `profiles` are set where stories last for a sitting only."""

    store: Store
    tag: Callable[[Story], Story]
    corrections: Corrections
    seen: str
    sitting: int = 0
    profiles: SittingProfiles | None = None
    _tagged: dict[int, Story] = field(default_factory=dict)

    def keep(self, batch: Sequence[Story]) -> Kept:
        """Store a batch in one transaction; all of it is there when this returns, or nothing."""
        if not batch:
            return Kept()
        keys = [keys_of(story) for story in batch]
        with self.store.reading() as connection:
            decisions = _decide(connection, batch, keys)
        for place, decision in enumerate(decisions):
            if decision.verdict != "unchanged":
                self._tagged[place] = self.tag(decision.story)
        if not self._tagged and self._is_known(decisions):
            return Kept(unchanged=len(batch))
        with self.store.writing() as connection:
            return self._write(connection, _decide(connection, batch, keys))

    def _is_known(self, decisions: Sequence[Decision]) -> bool:
        """Whether nothing has to be written at all: places and positions are as they were, and nothing is to be promoted."""
        with self.store.reading() as connection:
            return all(_is_recorded(connection, decision, self.sitting) for decision in decisions)

    def _story(self, place: int, decision: Decision) -> Story:
        story = self._tagged.get(place) or self.tag(decision.story)
        return story.with_(id=decision.story.id, revision=1)

    def _write(self, connection: sqlite3.Connection, decisions: Sequence[Decision]) -> Kept:
        # A sitting looks, but leaves what is there as it is.
        apart = self.sitting != 0
        new = {d.story.id: self._story(at, d) for at, d in enumerate(decisions) if d.verdict == "new"}
        lines_new, lines_grown = self._insert(connection, list(new.values()))
        changed: list[str] = []
        for place, decision in enumerate(decisions):
            story_id = decision.story.id
            stays = not _is_of_sitting(connection, story_id)
            if apart and stays:
                continue
            if not apart and not stays:
                write.promote_story(connection, to_key(story_id))
            if decision.verdict == "changed":
                write.revise_story(connection, carry_comments(connection, self._story(place, decision)), self.seen)
                changed.append(story_id)
            if decision.verdict != "unchanged":
                write.write_entry(connection, decision, decision.keys.all())
            write.write_origin(connection, decision, self.seen)
        changed = [story_id for story_id in dict.fromkeys(changed) if story_id not in new]
        unchanged = len({decision.story.id for decision in decisions}) - len(new) - len(changed)
        return Kept(tuple(new), tuple(changed), unchanged, lines_new, lines_grown)

    def _insert(self, connection: sqlite3.Connection, stories: list[Story]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Group and write new stories. Returns ids of storylines that are new, and of those that grew."""
        if not stories:
            return (), ()
        base = ArchiveProfiles(connection)
        if self.profiles is not None:
            self.profiles.below = base
        grouping = Grouper(self.profiles or base, self.corrections, date.fromisoformat(self.seen[:10])).group(stories)
        homes = {home.story_id: home for home in grouping.assignments}
        known = {home.storyline_id for home in homes.values() if _is_line(connection, home.storyline_id)}
        for story in stories:
            home = homes[story.id]
            title = self.corrections.titles.get(home.storyline_id) or grouping.titles.get(home.storyline_id) or story.heading()
            line = put_line(connection, home.storyline_id, title)
            story = story.with_(wire_copy_of=grouping.copies.get(story.id))
            write.insert_story(connection, story, self.seen, self.sitting, line, home.why)
        for old, into in grouping.merged:
            _move_all(connection, old, into, self.sitting)
        lines = dict.fromkeys(resolve(connection, home.storyline_id) for home in homes.values())
        return tuple(line for line in lines if line not in known), tuple(line for line in lines if line in known)


def _decide(connection: sqlite3.Connection, batch: Sequence[Story], keys: Sequence[Keys]) -> list[Decision]:
    known = write.find_entries(connection, [value for key in keys for value in key.all()])
    return sort_out(batch, known, partial(write.is_taken, connection), keys)


def _is_recorded(connection: sqlite3.Connection, decision: Decision, sitting: int) -> bool:
    place, item, nth = decision.place
    row = connection.execute(
        "SELECT o.digest, o.position, s.sitting FROM origin o JOIN story s ON s.key = o.story"
        " WHERE o.story = ? AND o.place = ? AND o.item = ? AND o.nth = ?",
        (to_key(decision.story.id), place, item, nth),
    ).fetchone()
    position = decision.story.origin.index if decision.story.origin else 0
    return row is not None and row[0] == decision.digest and row[1] == position and (row[2] == 0 or sitting != 0)


def _is_of_sitting(connection: sqlite3.Connection, story_id: str) -> bool:
    row = connection.execute("SELECT sitting FROM story WHERE key = ?", (to_key(story_id),)).fetchone()
    return row is not None and row[0] != 0


def _is_line(connection: sqlite3.Connection, line_id: str) -> bool:
    return connection.execute("SELECT 1 FROM storyline WHERE id = ?", (line_id,)).fetchone() is not None


def _move_all(connection: sqlite3.Connection, old_id: str, into_id: str, sitting: int) -> None:
    """The stories of a storyline that turned out to be part of another one (in a sitting, only its own stories)."""
    rows = connection.execute("SELECT id, n FROM storyline WHERE id IN (?, ?)", (old_id, into_id)).fetchall()
    numbers = dict(rows)
    if old_id in numbers and into_id in numbers:
        apart = f" AND sitting = {sitting:d}" if sitting else ""
        connection.execute(
            f"UPDATE story SET storyline = ? WHERE storyline = ?{apart}",  # noqa: S608
            (numbers[into_id], numbers[old_id]),
        )
        drop_empty_lines(connection, [numbers[old_id]])
