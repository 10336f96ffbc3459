"""What a source gave, into the archive: known stories are found again, the others written, tagged and grouped.

:class:`Keeper` does all of it in one transaction: tagging takes the time, so it is done before, for what looks new or changed;
inside everything is decided anew, so that two processes that bring the same story at once still make one of it.
:mod:`newsdesk.archive.intake` is the other way: stories first, their tags afterwards.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from newsdesk.archive import entries, late_sketches, write
from newsdesk.archive.amend import carry_comments, carry_names, is_elsewhere
from newsdesk.archive.forget import wanted
from newsdesk.archive.ids import to_key
from newsdesk.archive.lines import drop_empty_lines, put_lines, resolve_all
from newsdesk.archive.memory import GroupingMemory
from newsdesk.archive.originals import settle_originals
from newsdesk.archive.profiles import ArchiveProfiles, SittingProfiles
from newsdesk.archive.rows import Kept
from newsdesk.archive.store import Store
from newsdesk.ingest import NOTHING, REWRITTEN, Decision, Earlier, Facts, decide, facts_of
from newsdesk.model import Story
from newsdesk.query.match import source_parts
from newsdesk.tagging.drafts import Draft

if TYPE_CHECKING:  # the clusterer comes with numpy, which a refresh that finds nothing new never pays
    from newsdesk.storylines import Corrections, Grouping
    from newsdesk.storylines.prepared import Prepared


@dataclass(slots=True)
class Keeper:
    """Keeps batches. `tag` gives stories their tags, with what the person says of them; `say` puts over a tagged one what they
    say by now. `sitting` and `profiles` are set where stories last for a sitting only. `memory` is of the same archive, from
    batches before.

    `read`: what one reading of a source has found so far (:data:`newsdesk.ingest.Earlier`); each batch adds its own. Without
    it an id that a file gives more than once would be the first of its kind in each batch, and another version on each reading.
    """

    store: Store
    tag: Callable[[Sequence[Story]], Iterable[Story]]
    say: Callable[[Story], Story]
    corrections: Corrections
    seen: str
    sitting: int = 0
    profiles: SittingProfiles | None = None
    read: dict[tuple[str, ...], int] = field(default_factory=dict)
    memory: GroupingMemory = field(default_factory=GroupingMemory)
    _tagged: dict[int, Story] = field(default_factory=dict)

    def keep(self, batch: Sequence[Story]) -> Kept:
        """Store a batch in one transaction; all of it is there when this returns, or nothing."""
        if not batch:
            return Kept()
        facts: Sequence[Facts] = [facts_of(story) for story in batch]
        self._tagged = {}
        with self.store.reading() as connection:
            late = late_sketches.late_for(connection, facts)
        if late:  # else what is tagged now would be told apart otherwise below
            with self.store.writing() as connection:
                late_sketches.complete(connection, late_sketches.late_for(connection, facts))
        with self.store.reading() as connection:
            batch, facts, decisions = self._choose(connection, batch, facts)
        self._tagged = self._tag(decisions, batch)
        if not self._tagged and self._is_known(decisions):
            kept = Kept(unchanged=len(batch))
        else:
            with self.memory.lasting(), self.store.writing() as connection:
                self.memory.meet(connection)
                late_sketches.complete(connection, late_sketches.late_for(connection, facts))
                batch, facts, decisions = self._choose(connection, batch, facts)
                kept = self._write(connection, decisions, batch)
        for decision in decisions:
            place, item, nth = decision.place
            self.read[decision.id, place] = 1
            self.read[decision.id, place, item] = nth + 1
            if decision.verdict == "changed":
                self.read[decision.id, place, item, REWRITTEN] = 1
        return kept

    def _choose(
        self, connection: sqlite3.Connection, batch: Sequence[Story], facts: Sequence[Facts]
    ) -> tuple[Sequence[Story], Sequence[Facts], list[Decision]]:
        """What nobody has forgotten by now of a batch, and the decisions over it."""
        decisions = _decide(connection, facts, self.read)
        stay = range(len(batch)) if self.sitting else wanted(connection, decisions)
        if len(stay) < len(batch):
            self._tagged = {at: self._tagged[place] for at, place in enumerate(stay) if place in self._tagged}
            batch, facts = [batch[place] for place in stay], [facts[place] for place in stay]
            decisions = _decide(connection, facts, self.read)
        return batch, facts, decisions

    def find_news(self, batch: Sequence[Story]) -> list[Story]:
        """Those of a batch that are new or changed, as it looks now: what :meth:`keep` will tag."""
        with self.store.reading() as connection:
            decisions = _decide(connection, [facts_of(story) for story in batch], self.read)
        return [story for story, decision in zip(batch, decisions, strict=True) if decision.verdict != "unchanged"]

    def _tag(self, decisions: Sequence[Decision], batch: Sequence[Story]) -> dict[int, Story]:
        """The stories that are new or changed, with their tags, by place; what is tagged already is taken as it is."""
        told = {at: one.id for at, one in enumerate(decisions) if one.verdict != "unchanged"}
        missing = [at for at in told if at not in self._tagged]
        tagged = dict(zip(missing, self.tag([batch[at].with_(id=told[at]) for at in missing]), strict=True))
        return {at: tagged.get(at) or self._tagged[at] for at in told}

    def _is_known(self, decisions: Sequence[Decision]) -> bool:
        """Whether nothing has to be written at all: places and positions are as they were, and nothing is to be promoted."""
        with self.store.reading() as connection:
            return all(is_recorded(connection, decision, self.sitting) for decision in decisions)

    def _write(self, connection: sqlite3.Connection, decisions: Sequence[Decision], batch: Sequence[Story]) -> Kept:
        # A sitting looks, but leaves what is there as it is.
        apart = self.sitting != 0
        tagged = self._tag(decisions, batch)
        stories = {at: story.with_(id=decisions[at].id, revision=1) for at, story in tagged.items()}
        writer = write.Writer(connection, self.seen, self.sitting)
        new = {decisions[at].id: (decisions[at], story) for at, story in stories.items() if decisions[at].verdict == "new"}
        lines_new, lines_grown = self._insert(writer, list(new.values()))
        changed: list[str] = []
        kept: list[Decision] = []
        for place, decision in enumerate(decisions):
            stays = not is_of_sitting(connection, decision.id)
            if apart and stays:
                continue
            if not apart and not stays:
                write.promote_story(connection, to_key(decision.id))
            if decision.verdict == "changed":
                story = self.say(carry_names(connection, carry_comments(connection, stories[place]), decision.entry))
                writer.revise(decision.id, Draft.of(story, decision.facts), tagged=not story.unlabelled)
                changed.append(decision.id)
            elif is_elsewhere(connection, decision):
                writer.carried(decision.id, source_parts(batch[place]))
            kept.append(decision)
        writer.remember(kept)
        writer.flush()
        settle_originals(connection, [to_key(story_id) for story_id in new])
        changed = [story_id for story_id in dict.fromkeys(changed) if story_id not in new]
        unchanged = len({decision.id for decision in decisions}) - len(new) - len(changed)
        return Kept(tuple(new), tuple(changed), unchanged, lines_new, lines_grown)

    def _insert(self, writer: write.Writer, found: Sequence[tuple[Decision, Story]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Group and write new stories. Returns ids of storylines that are new, and of those that grew."""
        if not found:
            return (), ()
        homes = Homes(writer.connection, self.corrections, self.seen)
        homes.find([story for _, story in found], self.memory, self.profiles)
        writer.insert(
            [
                write.Arrival(
                    *(decision, Draft.of(story, decision.facts), *homes.of(story.id), homes.copy_of(story.id)),
                    tagged=not story.unlabelled,
                )
                for decision, story in found
            ]
        )
        return homes.settle(self.sitting)


class Homes:
    """Which storylines new stories belong to. Runs in the caller's write transaction."""

    def __init__(self, connection: sqlite3.Connection, corrections: Corrections, seen: str) -> None:
        self._connection, self._corrections, self._today = connection, corrections, date.fromisoformat(seen[:10])
        self._grouping: Grouping
        self._known: set[str] = set()

    def find(self, stories: Sequence[Story], memory: GroupingMemory, apart: SittingProfiles | None = None) -> None:
        """Group `stories`, and make the storylines that are new: the archive's, or those of a sitting, of which nothing is
        remembered."""
        from newsdesk.storylines import Grouper

        profiles = ArchiveProfiles(self._connection, memory.postings)
        if apart is None:
            grouper = Grouper(profiles, self._corrections, self._today, memory.standing)
        else:
            apart.below = profiles
            grouper = Grouper(apart, self._corrections, self._today)
        self._take(grouper.group(stories))

    def find_prepared(self, stories: Sequence[Prepared], memory: GroupingMemory) -> None:
        """As :meth:`find`, of stories that were made ready."""
        from newsdesk.storylines import Grouper

        profiles = ArchiveProfiles(self._connection, memory.postings)
        self._take(Grouper(profiles, self._corrections, self._today, memory.standing).group_prepared(stories))

    def _take(self, grouping: Grouping) -> None:
        self._grouping = grouping
        self._by_story = {home.story_id: home for home in grouping.assignments}
        lines = dict.fromkeys(home.storyline_id for home in grouping.assignments)
        self._known = _known_lines(self._connection, list(lines))
        titles = {line: self._corrections.titles.get(line) or grouping.titles[line] for line in lines}
        self._rows = put_lines(self._connection, titles)

    def of(self, story_id: str) -> tuple[int, tuple[str, ...]]:
        """The row of a story's storyline, and why it belongs there."""
        home = self._by_story[story_id]
        return self._rows[home.storyline_id], home.why

    def copy_of(self, story_id: str) -> str | None:
        """The story that it is a wire copy of."""
        return self._grouping.copies.get(story_id)

    def settle(self, sitting: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Move the stories of storylines that turned out to be one. Returns ids of storylines that are new, and that grew."""
        for old, into in self._grouping.merged:
            _move_all(self._connection, old, into, sitting)
        found = dict.fromkeys(home.storyline_id for home in self._by_story.values())
        lines = dict.fromkeys(resolve_all(self._connection, found))
        return tuple(line for line in lines if line not in self._known), tuple(line for line in lines if line in self._known)


def _decide(connection: sqlite3.Connection, batch: Sequence[Facts], earlier: Earlier = NOTHING) -> list[Decision]:
    known = entries.find_entries(connection, [key for facts in batch for key in facts.keys.all()])
    return decide(batch, known, partial(entries.is_taken, connection), earlier)


def is_recorded(connection: sqlite3.Connection, decision: Decision, sitting: int) -> bool:
    place, item, nth = decision.place
    row = connection.execute(
        "SELECT o.digest, o.position, s.sitting FROM origin o JOIN story s ON s.key = o.story"
        " WHERE o.story = ? AND o.place = ? AND o.item = ? AND o.nth = ?",
        (to_key(decision.id), place, item, nth),
    ).fetchone()
    position = decision.facts.origin.index if decision.facts.origin else 0
    return row is not None and row[0] == decision.facts.digest and row[1] == position and (row[2] == 0 or sitting != 0)


def is_of_sitting(connection: sqlite3.Connection, story_id: str) -> bool:
    row = connection.execute("SELECT sitting FROM story WHERE key = ?", (to_key(story_id),)).fetchone()
    return row is not None and row[0] != 0


def _known_lines(connection: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    rows = connection.execute("SELECT id FROM storyline WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
    return {row[0] for row in rows}


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
