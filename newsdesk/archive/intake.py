"""What feeds gave, into the archive: stories are written as they come, readable and searchable at once.

:mod:`newsdesk.archive.finish` tags and groups them afterwards, also those that a run before was stopped at.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from newsdesk.archive import entries, late_sketches, write
from newsdesk.archive.amend import are_several, carry_comments, carry_names, is_elsewhere
from newsdesk.archive.forget import wanted
from newsdesk.archive.ids import to_key
from newsdesk.archive.keep import is_of_sitting, is_recorded
from newsdesk.archive.memory import SourceNames
from newsdesk.archive.rows import Kept, SourceState
from newsdesk.archive.sources import write_state
from newsdesk.ingest import Decision, Entry, Facts, decide
from newsdesk.model import Story
from newsdesk.query.match import source_parts
from newsdesk.tagging.drafts import Draft, drafts_of


@dataclass(slots=True)
class Intake:
    """Takes stories in, in the caller's write transaction, before whose end :meth:`flush` has to be called.

    Rows are written many at a time: until then a story is only known here, by its keys and as the entry that it is.
    Stories of sources that are not among `sources` may come without sketches, which are made when a decision needs them.
    """

    connection: sqlite3.Connection
    seen: str
    sources: SourceNames = field(default_factory=SourceNames)
    _writer: write.Writer = field(init=False)
    _entries: dict[str, Entry] = field(default_factory=dict)
    _by_key: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _arrivals: dict[str, write.Arrival] = field(default_factory=dict)
    _decisions: list[Decision] = field(default_factory=list)
    _carried: dict[str, list[str]] = field(default_factory=dict)  # names of who else gave a story
    _late: dict[str, str] = field(default_factory=dict)  # of those whose sketches are still to be made the sources
    _had_late: bool = False

    def __post_init__(self) -> None:
        self._writer = write.Writer(self.connection, self.seen)
        self._had_late = late_sketches.has_late(self.connection)

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
        known = self._find(drafts)
        late = [draft.facts for draft in drafts if draft.facts.keys.late]
        if not late or self._needs_sketches(drafts, late, known):
            for draft in drafts:
                draft.complete()
            if self._complete(drafts, known) or late:
                known = self._find(drafts)
        asked = [draft.facts.own_id for draft in drafts]
        taken = entries.find_taken(self.connection, asked).union(filter(self._entries.__contains__, asked))
        free = frozenset(asked) - taken
        return decide([draft.facts for draft in drafts], known, lambda one: one not in free and self._is_taken(one))

    def _find(self, drafts: Sequence[Draft]) -> list[Entry]:
        """The known stories that share a key with one of `drafts`."""
        keys = [key for draft in drafts for key in draft.facts.keys.all()]
        stored = [one for one in entries.find_entries(self.connection, keys) if one.id not in self._entries]
        names = dict.fromkeys(name for key in keys for name in self._by_key.get(key, ()))
        # Copies: what is decided is only true once it is taken.
        here = [replace(entry, places=dict(entry.places)) for entry in map(self._entries.__getitem__, names)]
        return [*stored, *here]

    def _needs_sketches(self, drafts: Sequence[Draft], late: Sequence[Facts], known: Sequence[Entry]) -> bool:
        """Whether a decision over `drafts` could depend on the sketches of the `late` ones, which are still to be made. Not
        where they share no key with any story or each other, and no story is of their source. Two items of a feed under ids of
        their own are two stories, however alike they are."""
        self.sources.meet(self.connection)
        keys = [key for facts in late for key in facts.keys.all()]
        return bool(
            known
            or len(late) < len(drafts)
            or len(set(keys)) < len(keys)
            or any(facts.item is None for facts in late)
            or not self.sources.sure
            or not self.sources.names.isdisjoint([facts.source for facts in late])
        )

    def _complete(self, drafts: Sequence[Draft], known: Sequence[Entry]) -> bool:
        """Make the sketches of stories that a decision over `drafts` could depend on: of their sources, and of those that they
        share a key with. What was taken in stays in the order in which it came. Whether there were any."""
        sources, names = {draft.facts.source for draft in drafts}, {entry.id for entry in known}
        here = [name for name, source in self._late.items() if source in sources or name in names]
        if here:
            self._write_arrivals()
        elif not self._had_late:
            return False
        late = late_sketches.find_late(self.connection, sources, map(to_key, names))
        late_sketches.complete(self.connection, late)
        for name in here:
            entry = self._entries[name]
            entry.sketch, keys = entries.likeness_of(self.connection, to_key(name))
            self._find_by(entry, keys[len(entry.keys) :])
            entry.keys = keys
            del self._late[name]
        return bool(late)

    def _is_taken(self, story_id: str) -> bool:
        return story_id in self._entries or entries.is_taken(self.connection, story_id)

    def _renew(self, draft: Draft, decision: Decision) -> dict[str, None]:
        """What a story that is there already needs; its id if it has changed."""
        if decision.verdict == "new":
            return {}
        if decision.id not in self._arrivals and is_of_sitting(self.connection, decision.id):
            write.promote_story(self.connection, to_key(decision.id))
        if decision.verdict == "unchanged":
            if is_elsewhere(self.connection, decision):
                self._carried.setdefault(decision.id, []).extend(source_parts(draft.story()))
            return {}
        if decision.id in self._arrivals:
            self._write_arrivals()
        self._writer.revise(decision.id, self._next_version(draft, decision), tagged=False)
        return {decision.id: None}

    def _note(self, decision: Decision) -> None:
        entry = decision.entry
        if decision.verdict != "unchanged" or not is_recorded(self.connection, decision, 0):
            self._decisions.append(decision)
        if decision.verdict == "changed":
            entry.keys = tuple(dict.fromkeys((*entry.keys, *decision.facts.keys.all())))
        entry.fresh = False
        if decision.facts.keys.late:
            self._late[entry.id] = decision.facts.source
        self.sources.names.add(entry.source or "")
        self._find_by(entry, entry.keys)
        self._entries[entry.id] = entry

    def _find_by(self, entry: Entry, keys: Sequence[int]) -> None:
        if self._by_key.keys().isdisjoint(keys):
            self._by_key.update(dict.fromkeys(keys, (entry.id,)))
            return
        for key in keys:
            self._by_key[key] = tuple(dict.fromkeys((*self._by_key.get(key, ()), entry.id)))

    def _write_arrivals(self) -> None:
        for _ in self._rows():
            pass

    def _rows(self) -> Iterator[None]:
        """Write what was taken, a bit at a time."""
        arrivals, decisions = self._arrivals, self._decisions
        self._arrivals, self._decisions = {}, []
        late = {name: one.draft.facts.source for name, one in arrivals.items() if one.draft.facts.keys.late}
        late_sketches.note_late(self.connection, sorted((source, to_key(name)) for name, source in late.items()))
        yield from self._writer.inserting(list(arrivals.values()))
        yield from self._writer.remembering(decisions)
        carried, self._carried = self._carried, {}
        for story_id, names in carried.items():
            self._writer.carried(story_id, names)
            yield

    def _next_version(self, draft: Draft, decision: Decision) -> Draft:
        """A feed gives its stories without the comments that were read from their threads, and knows nobody else that carried
        them: the new version keeps both."""
        commented = not draft.facts.comments and _has_comments(self.connection, decision.id)
        if not (commented or are_several(decision.entry)):
            return draft
        story = carry_comments(self.connection, draft.story().with_(id=decision.id))
        return Draft.of(carry_names(self.connection, story, decision.entry), draft.facts)

    def remember(self, state: SourceState) -> None:
        """What the next refresh has to know of the source."""
        write_state(self.connection, state)

    def flush(self) -> None:
        """Write everything that was taken."""
        for _ in self.slices():
            pass

    def slices(self) -> Iterator[None]:
        """As :meth:`flush`, a bit at a time; nothing may be taken in meanwhile."""
        yield from self._rows()
        yield from self._writer.slices()


def _has_comments(connection: sqlite3.Connection, story_id: str) -> bool:
    row = connection.execute("SELECT comments FROM story WHERE key = ?", (to_key(story_id),)).fetchone()
    return bool(row and row[0])
