"""What is found out about a story after it was kept: its readers' comments, and the text of its page."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from newsdesk.archive import entries, late_sketches, write
from newsdesk.archive.ids import is_story_id, to_id, to_key
from newsdesk.archive.rereading import without_moods
from newsdesk.archive.store import Store
from newsdesk.archive.tags import tags_from
from newsdesk.ingest import Decision, Entry, digest, keys_of, new_version
from newsdesk.model import Json, Mood, Origin, Story
from newsdesk.person.judgements import Docs, put_over
from newsdesk.person.labelling import as_read as without_labels
from newsdesk.person.labelling import put_over as put_labels_over
from newsdesk.ports import Discussion
from newsdesk.query.match import mood_of, source_parts, with_names
from newsdesk.tagging.drafts import COLUMNS, Draft, columns_of
from newsdesk.threads.discussions import merge


@dataclass(slots=True)
class Amender:
    """Changes stories that are kept. `tag` gives a story its tags; `seen` is the moment (UTC, ``Z``)."""

    store: Store
    tag: Callable[[Story], Story]
    seen: str

    def add_comments(self, place: str, said: Discussion) -> tuple[str | None, int]:
        """Merge a thread into the story that the source `place` gave, or whose id it is. Its id, and how many comments are new.

        A thread is no new version of its story: the latest one is changed in place, so that a thread that is read every hour
        doesn't fill the archive. A thread whose story is not there brings nothing.
        """
        key = self._key_of(place, said)
        if key is None:
            return None, 0
        new = 0

        def discuss(story: Story) -> Story:
            nonlocal new
            comments, new = merge(story.comments, said.comments, self.seen, whole=said.whole)
            if comments == story.comments:
                return story
            mooded = self.tag(story.with_(comments=comments))
            return story.with_(comments=mooded.comments, mood=mooded.mood, unlabelled=mooded.unlabelled)

        self._amend(key, discuss, _put_comments)
        return to_id(key), new

    def joined(self, place: str, said: Discussion) -> Story | None:
        """The story as :meth:`add_comments` will have its comments read; None where it isn't there."""
        key = self._key_of(place, said)
        if key is None:
            return None
        with self.store.reading() as connection:
            story = _latest(connection, key)
        return story and story.with_(comments=merge(story.comments, said.comments, self.seen, whole=said.whole)[0])

    def _key_of(self, place: str, said: Discussion) -> int | None:
        with self.store.reading() as connection:
            return to_key(place) if is_story_id(place) else _find(connection, place, said)

    def read_again(self, story_id: str) -> bool:
        """Have the comments of a story read anew, in the version that is there. False where that changes nothing."""

        def reread(story: Story) -> Story:
            mooded = self.tag(without_moods(story))
            return story if mooded.unlabelled else story.with_(comments=mooded.comments, mood=mooded.mood)

        return self._amend(to_key(story_id), reread, _put_comments)

    def put_text(self, story_id: str, change: Callable[[Story], Story]) -> bool:
        """Keep what `change` makes of a story as a new version of it. False where it changes nothing, or there is none."""

        def tagged(story: Story) -> Story:
            changed = change(story)
            return story if digest(changed) == digest(story) else self.tag(changed)

        return self._amend(to_key(story_id), tagged, self._revise)

    def _amend(self, key: int, change: Callable[[Story], Story], put: Callable[[sqlite3.Connection, Story], None]) -> bool:
        """Tagging takes the time, so it is done before the write transaction, and again only if the story changed by then."""
        with self.store.reading() as connection:
            before = _latest(connection, key)
        if before is None or (after := change(before)) == before:
            return False
        with self.store.writing() as connection:
            now = _latest(connection, key)
            if now is None:
                return False
            if now != before:
                after = change(now)
            if after == now:
                return False
            put(connection, after)
        return True

    def _revise(self, connection: sqlite3.Connection, story: Story) -> None:
        late_sketches.complete(connection, late_sketches.find_late(connection, stories=[to_key(story.id)]))
        draft = Draft.of(story)
        writer = write.Writer(connection, self.seen)
        writer.revise(story.id, draft, tagged=not story.unlabelled)
        entries.write_entries(connection, [new_version(draft.facts, story.id)])
        writer.flush()


def _find(connection: sqlite3.Connection, place: str, said: Discussion) -> int | None:
    """The story that a source gave: by its item id there, else by its address."""
    stub = Story(url=said.url, origins=(Origin("feed", feed=place, item_id=said.item_id),))
    keys = keys_of(stub)
    for key in (keys.item, keys.url):
        rows = connection.execute("SELECT story FROM identity WHERE key = ? LIMIT 40", (key,)).fetchall() if key else []
        for (story,) in rows:
            if connection.execute("SELECT 1 FROM origin WHERE story = ? AND place = ?", (story, place)).fetchone():
                return int(story)
    return None


def _latest(connection: sqlite3.Connection, key: int) -> Story | None:
    row = connection.execute("SELECT revision FROM story WHERE key = ?", (key,)).fetchone()
    return write.read_version(connection, key, row[0]).with_(revision=row[0]) if row else None


def _put_comments(connection: sqlite3.Connection, story: Story) -> None:
    """The comments and their mood, into the version that is there. Neither the search index nor a tag depends on them. Where
    the taggers failed on them, the story waits to be tagged again."""
    mood = story.mood or Mood(0, 0, 0, 0, 0, 0, None, None)
    connection.execute(
        "UPDATE story SET comments = ?, negative = ?, neutral = ?, positive = ?, unsure = ?, mood = ?, reader = ?,"
        " tagged = tagged AND ? WHERE key = ?",
        (
            *(len(story.comments), mood.negative, mood.neutral, mood.positive, mood.unsure, mood_of(story.mood)),
            *(mood.reader, not story.unlabelled, to_key(story.id)),
        ),
    )
    write.put_version(connection, story)


def latest(connection: sqlite3.Connection, story_id: str) -> Story | None:
    """A story's latest version, without its storyline and origins."""
    return _latest(connection, to_key(story_id))


def put_judgements(connection: sqlite3.Connection, story_id: str, docs: Docs) -> None:
    """What the person says of a story's comments now, over what the models say of them. In the caller's transaction."""
    story = latest(connection, story_id)
    if story is not None and (judged := put_over(story, docs)) != story:
        _put_comments(connection, judged)


def put_labels(connection: sqlite3.Connection, story_id: str, note: Mapping[str, Json] | None) -> None:
    """What the person says of a story's labels (:mod:`newsdesk.person.labelling`). In the caller's transaction."""
    story = latest(connection, story_id)
    if story is None:
        return
    key, read = to_key(story_id), without_labels(story)
    doc, sitting, tagged, *named = connection.execute(
        "SELECT doc, sitting, tagged, topics, countries FROM story WHERE key = ?", (key,)
    ).fetchone()
    listed = put_labels_over(read if tagged else _found_last(connection, key, read), note)
    columns = dict(zip(COLUMNS, columns_of(listed), strict=True))
    now = (columns["topics"], columns["countries"])
    if list(now) != named:
        writer = write.Writer(connection, "")
        writer.retag([(key, doc, tags_from(sitting, *named), tags_from(sitting, *now))])
        connection.execute("UPDATE story SET topics = ?, countries = ? WHERE key = ?", (*now, key))
        writer.flush()
    labelled = put_labels_over(read, note)
    if labelled != story:
        write.put_version(connection, labelled)


def _found_last(connection: sqlite3.Connection, key: int, read: Story) -> Story:
    """A version that waits for its tags, with those that lists have until then: of the latest version that has any."""
    for number in range(read.revision, 0, -1):
        before = without_labels(write.read_version(connection, key, number))
        if before.topics or before.countries:
            return read.with_(topics=before.topics, countries=before.countries)
    return read


def carry_comments(connection: sqlite3.Connection, story: Story) -> Story:
    """A new version of a story that a feed gives, with the comments that were read from its thread: feeds only point there."""
    if story.comments or story.origin is None or story.origin.feed is None:
        return story
    known = _latest(connection, to_key(story.id))
    return story.with_(comments=known.comments, mood=known.mood) if known is not None and known.comments else story


def carry_names(connection: sqlite3.Connection, story: Story, entry: Entry) -> Story:
    """A new version of a story that several places gave, to be found by the names of all of them."""
    known = _latest(connection, to_key(story.id)) if are_several(entry) else None
    return with_names(story, source_parts(known)) if known is not None else story


def are_several(entry: Entry) -> bool:
    """Whether more than one place gave a story."""
    return len(entry.places) > 1 and len({place for place, _, _ in entry.places}) > 1


def is_elsewhere(connection: sqlite3.Connection, decision: Decision) -> bool:
    """Whether a place gives a story that so far others gave."""
    if not are_several(decision.entry):
        return False
    here = "SELECT 1 FROM origin WHERE story = ? AND place = ?"
    return connection.execute(here, (to_key(decision.id), decision.place[0])).fetchone() is None
