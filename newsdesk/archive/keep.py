"""What a source gave, into the archive: known stories are found again, the others written, tagged and grouped.

Two ways. :class:`Keeper` does all of it in one transaction: tagging takes the time, so it is done before, for what looks new or
changed; inside everything is decided anew, so that two processes that bring the same story at once still make one of it.
:class:`Intake` writes stories as they come, readable and searchable at once; :mod:`newsdesk.archive.finish` tags and groups
them afterwards, also those that a run before was stopped at.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from newsdesk.archive import entries, write
from newsdesk.archive.amend import carry_comments
from newsdesk.archive.forget import wanted
from newsdesk.archive.ids import to_key
from newsdesk.archive.lines import drop_empty_lines, put_lines, resolve_all
from newsdesk.archive.memory import GroupingMemory
from newsdesk.archive.originals import settle_originals
from newsdesk.archive.profiles import ArchiveProfiles, SittingProfiles
from newsdesk.archive.rows import Kept, SourceState
from newsdesk.archive.sources import write_state
from newsdesk.archive.store import Store
from newsdesk.drafts import Draft, drafts_of
from newsdesk.ingest import NOTHING, REWRITTEN, Decision, Earlier, Entry, Facts, decide, facts_of
from newsdesk.model import Story

if TYPE_CHECKING:  # the clusterer comes with numpy, which a refresh that finds nothing new never pays
    from newsdesk.storylines import Corrections, Grouping
    from newsdesk.storylines.prepared import Prepared


@dataclass(slots=True)
class Keeper:
    """Keeps batches. `tag` gives stories their tags; `sitting` and `profiles` are set where stories last for a sitting only.
    `memory` is of the same archive, from batches before.

    `read`: what one reading of a source has found so far (:data:`newsdesk.ingest.Earlier`); each batch adds its own. Without
    it an id that a file gives more than once would be the first of its kind in each batch, and another version on each reading.
    """

    store: Store
    tag: Callable[[Sequence[Story]], Iterable[Story]]
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
        facts = [facts_of(story) for story in batch]
        with self.store.reading() as connection:
            decisions = _decide(connection, facts, self.read)
            stay = range(len(batch)) if self.sitting else wanted(connection, decisions)
            if len(stay) < len(batch):
                batch, facts = [batch[place] for place in stay], [facts[place] for place in stay]
                decisions = _decide(connection, facts, self.read)
        self._tagged = self._tag(decisions, batch)
        if not self._tagged and self._is_known(decisions):
            kept = Kept(unchanged=len(batch))
        else:
            with self.memory.lasting(), self.store.writing() as connection:
                self.memory.meet(connection)
                decisions = _decide(connection, facts, self.read)
                kept = self._write(connection, decisions, batch)
        for decision in decisions:
            place, item, nth = decision.place
            self.read[decision.id, place] = 1
            self.read[decision.id, place, item] = nth + 1
            if decision.verdict == "changed":
                self.read[decision.id, place, item, REWRITTEN] = 1
        return kept

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
            return all(_is_recorded(connection, decision, self.sitting) for decision in decisions)

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
                story = carry_comments(connection, stories[place])
                writer.revise(decision.id, Draft.of(story, decision.facts))
                changed.append(decision.id)
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
                write.Arrival(decision, Draft.of(story, decision.facts), *homes.of(story.id), homes.copy_of(story.id))
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


@dataclass(slots=True)
class Intake:
    """Takes stories in, in the caller's write transaction, before whose end :meth:`flush` has to be called.

    Rows are written many at a time: until then a story is only known here, by its keys and as the entry that it is.
    """

    connection: sqlite3.Connection
    seen: str
    _writer: write.Writer = field(init=False)
    _entries: dict[str, Entry] = field(default_factory=dict)
    _by_key: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _arrivals: dict[str, write.Arrival] = field(default_factory=dict)
    _decisions: list[Decision] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._writer = write.Writer(self.connection, self.seen)

    def take(self, stories: Sequence[Story]) -> Kept:
        """Take in what is new or changed among the stories of one source, untagged and in no storyline."""
        drafts = drafts_of(stories)
        decisions = self._decide(drafts)
        stay = wanted(self.connection, decisions)
        if len(stay) < len(drafts):
            drafts = [drafts[place] for place in stay]
            decisions = self._decide(drafts)
        new = {one.id: at for at, one in enumerate(decisions) if one.verdict == "new"}
        self._arrivals.update((name, write.Arrival(decisions[at], drafts[at], tagged=False)) for name, at in new.items())
        changed: dict[str, None] = {}
        for draft, decision in zip(drafts, decisions, strict=True):
            changed |= self._renew(draft, decision)
            self._note(decision)
        renewed = tuple(story_id for story_id in changed if story_id not in new)
        return Kept(tuple(new), renewed, len({one.id for one in decisions}) - len(new) - len(renewed))

    def _decide(self, drafts: Sequence[Draft]) -> list[Decision]:
        keys = [key for draft in drafts for key in draft.facts.keys.all()]
        stored = [one for one in entries.find_entries(self.connection, keys) if one.id not in self._entries]
        names = dict.fromkeys(name for key in keys for name in self._by_key.get(key, ()))
        # Copies: what is decided is only true once it is taken.
        here = [replace(entry, places=dict(entry.places)) for entry in map(self._entries.__getitem__, names)]
        asked = [draft.facts.own_id for draft in drafts]
        taken = entries.find_taken(self.connection, asked).union(filter(self._entries.__contains__, asked))
        free = frozenset(asked) - taken
        return decide([draft.facts for draft in drafts], [*stored, *here], lambda one: one not in free and self._is_taken(one))

    def _is_taken(self, story_id: str) -> bool:
        return story_id in self._entries or entries.is_taken(self.connection, story_id)

    def _renew(self, draft: Draft, decision: Decision) -> dict[str, None]:
        """What a story that is there already needs; its id if it has changed."""
        if decision.verdict == "new":
            return {}
        if decision.id not in self._arrivals and is_of_sitting(self.connection, decision.id):
            write.promote_story(self.connection, to_key(decision.id))
        if decision.verdict == "unchanged":
            return {}
        if decision.id in self._arrivals:
            self._write_arrivals()
        self._writer.revise(decision.id, self._carried(draft, decision), tagged=False)
        return {decision.id: None}

    def _note(self, decision: Decision) -> None:
        entry = decision.entry
        if decision.verdict != "unchanged" or not _is_recorded(self.connection, decision, 0):
            self._decisions.append(decision)
        if decision.verdict == "changed":
            entry.keys = tuple(dict.fromkeys((*entry.keys, *decision.facts.keys.all())))
        entry.fresh = False
        if self._by_key.keys().isdisjoint(entry.keys):
            self._by_key.update(dict.fromkeys(entry.keys, (entry.id,)))
        else:
            for key in entry.keys:
                self._by_key[key] = tuple(dict.fromkeys((*self._by_key.get(key, ()), entry.id)))
        self._entries[entry.id] = entry

    def _write_arrivals(self) -> None:
        for _ in self._rows():
            pass

    def _rows(self) -> Iterator[None]:
        """Write what was taken, a bit at a time."""
        arrivals, decisions = list(self._arrivals.values()), self._decisions
        self._arrivals, self._decisions = {}, []
        yield from self._writer.inserting(arrivals)
        yield from self._writer.remembering(decisions)

    def _carried(self, draft: Draft, decision: Decision) -> Draft:
        """A feed gives its stories without the comments that were read from their threads: the new version keeps them."""
        if draft.facts.comments or not _has_comments(self.connection, decision.id):
            return draft
        story = carry_comments(self.connection, draft.story().with_(id=decision.id))
        return Draft.of(story, draft.facts)

    def remember(self, state: SourceState) -> None:
        """What the next refresh has to know of the source."""
        write_state(self.connection, state)

    def flush(self) -> None:
        """Write everything that was taken."""
        for _ in self.slices():
            pass

    def commit(self) -> None:
        """Make what was taken and written last, in any thread, while no other uses the connection; nothing may follow."""
        self.connection.execute("COMMIT")

    def slices(self) -> Iterator[None]:
        """As :meth:`flush`, a bit at a time; nothing may be taken in meanwhile."""
        yield from self._rows()
        yield from self._writer.slices()


def _has_comments(connection: sqlite3.Connection, story_id: str) -> bool:
    row = connection.execute("SELECT comments FROM story WHERE key = ?", (to_key(story_id),)).fetchone()
    return bool(row and row[0])


def _decide(connection: sqlite3.Connection, batch: Sequence[Facts], earlier: Earlier = NOTHING) -> list[Decision]:
    known = entries.find_entries(connection, [key for facts in batch for key in facts.keys.all()])
    return decide(batch, known, partial(entries.is_taken, connection), earlier)


def _is_recorded(connection: sqlite3.Connection, decision: Decision, sitting: int) -> bool:
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
