"""Writing stories: rows, revisions, origins, search words, identity, counts. All of it runs in the caller's transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from newsdesk.archive.compile import A_MINUTE
from newsdesk.archive.entries import ROWS_AT_ONCE, keys_of_story, writing_entries
from newsdesk.archive.ids import to_id, to_key
from newsdesk.archive.insertion import Insertion
from newsdesk.archive.lines import drop_empty_lines, follow_headline
from newsdesk.archive.tags import Recount, Tags, read_tags, recount, tags_from
from newsdesk.ingest import Decision
from newsdesk.model import Json, Origin, Story
from newsdesk.query.match import with_names
from newsdesk.query.moments import DAY, story_minute
from newsdesk.query.words import WORDS_VERSION
from newsdesk.tagging.drafts import COLUMNS, Draft, dump_story, load_story, words_of
from newsdesk.wording import line_title

_LAST = 1 << 62
_SLICE = 100  # stories that the index takes in some ten milliseconds
_TOPICS, _COUNTRIES = COLUMNS.index("topics"), COLUMNS.index("countries")


@dataclass(slots=True)
class Arrival:
    """A new story as it is to be written. `storyline` is the row of its storyline, 0 as long as it is in none."""

    decision: Decision
    draft: Draft
    storyline: int = 0
    why: Sequence[str] = ()
    wire_copy_of: str | None = None
    tagged: bool = True


def free_doc(connection: sqlite3.Connection, minute: int) -> int:
    """A `doc` that is not taken, at `minute` or as soon after it as there is room; costs the same however many there are."""
    low = minute * A_MINUTE
    for high in (low + A_MINUTE, low + DAY * A_MINUTE, low + 1000 * DAY * A_MINUTE, _LAST):
        taken = connection.execute("SELECT max(doc) FROM story WHERE doc >= ? AND doc < ?", (low, high)).fetchone()[0]
        if taken is None:
            return low
        if taken + 1 < high:
            return int(taken) + 1
    raise OverflowError(minute)


def free_docs(connection: sqlite3.Connection, minutes: Sequence[int]) -> list[int | None]:
    """For each of `minutes` a `doc` that is not taken, and none twice; None where the minute has no room left."""
    rows = connection.execute(
        "SELECT value, (SELECT max(doc) FROM story WHERE doc >= value AND doc < value + ?) FROM json_each(?)",
        (A_MINUTE, json.dumps([minute * A_MINUTE for minute in dict.fromkeys(minutes)])),
    )
    free = {low // A_MINUTE: low if taken is None else taken + 1 for low, taken in rows}
    found: list[int | None] = []
    for minute in minutes:
        doc = free[minute]
        found.append(doc if doc < (minute + 1) * A_MINUTE else None)
        free[minute] = doc + 1
    return found


def next_arrival(connection: sqlite3.Connection, number: int = 1) -> int:
    """The first of so many arrival numbers, which are taken from now on."""
    connection.execute("UPDATE state SET arrivals = arrivals + ?", (number,))
    return int(connection.execute("SELECT arrivals FROM state").fetchone()[0]) - number + 1


class Writer:
    """Writes stories in one transaction. What is cheaper done at once, the search index and the counts, waits for
    :meth:`flush`, before which the transaction must not end."""

    def __init__(self, connection: sqlite3.Connection, seen: str, sitting: int = 0) -> None:
        self.connection, self.seen, self.sitting = connection, seen, sitting
        self._words: dict[int, tuple[str, str, str]] = {}
        self._recount = Recount(connection)

    def insert(self, arrivals: Sequence[Arrival]) -> None:
        """New stories, with their words and counts; their origins and keys are written with :meth:`remember`."""
        for _ in self.inserting(arrivals):
            pass

    def inserting(self, arrivals: Sequence[Arrival]) -> Iterator[None]:
        """As :meth:`insert`, a bit at a time. In the order of its keys a table takes rows faster, and fewer of its pages are
        written again and again."""
        if not arrivals:
            return
        first = next_arrival(self.connection, len(arrivals))
        minutes = [story_minute(one.draft.facts.published, self.seen) for one in arrivals]
        docs = free_docs(self.connection, minutes)
        rows = [
            (to_key(one.decision.id), doc, at, one) for at, (one, doc) in enumerate(zip(arrivals, docs, strict=True), first)
        ]
        placed = sorted([(key, doc, at, one) for key, doc, at, one in rows if doc is not None], key=itemgetter(0))
        for start in range(0, len(placed), _SLICE):
            self._put(placed[start : start + _SLICE])
            yield
        for (key, doc, at, one), minute in zip(rows, minutes, strict=True):
            if doc is None:  # one after the other: each has to see the `doc` that the one before it took
                placed.append((key, free_doc(self.connection, minute), at, one))
                self._put(placed[-1:])
        self._index_new(placed)

    def _put(self, rows: Sequence[tuple[int, int, int, Arrival]]) -> None:
        """New stories by key, `doc` and arrival number."""
        stories = []
        for key, doc, arrived, one in rows:
            why = json.dumps(one.why, ensure_ascii=False) if one.why else "[]"
            rest = (self.seen, 1, one.wire_copy_of, why, int(one.tagged))
            stories.append((key, doc, arrived, self.sitting, one.storyline, *one.draft.columns, *rest))
            self._words[doc] = one.draft.words
        _STORY.write(self.connection, stories)
        texts = [(key, 1, self.seen, one.draft.text) for key, _, _, one in rows]
        _REVISION.write(self.connection, texts)

    def _index_new(self, rows: Sequence[tuple[int, int, int, Arrival]]) -> None:
        """Tags and counts of new stories, of which most have the same: none."""
        alike: dict[tuple[Json, Json], list[tuple[int, int]]] = {}
        for key, doc, _, one in rows:
            columns = one.draft.columns
            alike.setdefault((columns[_TOPICS], columns[_COUNTRIES]), []).append((key, doc))
        found = [(tags_from(self.sitting, *named), stories) for named, stories in alike.items()]
        self._index_tags([(key, doc, tags) for tags, stories in found for key, doc in stories])
        for tags, stories in found:
            self._recount.come([key for key, _ in stories], tags)

    def revise(self, story_id: str, draft: Draft, *, tagged: bool = True) -> int:
        """A new revision of a story that is there; earlier ones stay. Without tags it keeps those that it has, until it is
        tagged. Returns the revision's number."""
        key = to_key(story_id)
        old_doc, first_seen, sitting, line, revision, topics, countries, heading = self.connection.execute(
            "SELECT doc, seen, sitting, storyline, revision, topics, countries, heading FROM story WHERE key = ?", (key,)
        ).fetchone()
        self._forget_words(old_doc, key, revision)
        before = tags_from(sitting, topics, countries)
        after = tags_of(draft, sitting) if tagged else before
        unindex_tags(self.connection, old_doc, before)
        doc = free_doc(self.connection, story_minute(draft.facts.published, first_seen))
        columns = dict(zip(COLUMNS, draft.columns, strict=True)) | {"doc": doc, "revision": revision + 1}
        columns["tagged"] = int(tagged and line != 0)
        if not tagged:
            columns |= {"topics": topics, "countries": countries}
        changes = ", ".join(f"{name} = ?" for name in columns)
        self.connection.execute(f"UPDATE story SET {changes} WHERE key = ?", (*columns.values(), key))  # noqa: S608
        _REVISION.write(self.connection, [(key, revision + 1, self.seen, draft.text)])
        self._index_tags([(key, doc, after)])
        self._words[doc] = draft.words
        self._recount.move(key, before, after)
        if line and heading != columns["heading"]:
            follow_headline(self.connection, line, line_title(heading), line_title(columns["heading"]))
        return int(revision) + 1

    def carried(self, story_id: str, names: Sequence[str]) -> None:
        """Who else carried a story that is there: searches by source find it by these names as well. An index of an earlier
        version's words is not told: it is about to be filled anew."""
        key = to_key(story_id)
        doc, revision, version = self.connection.execute(
            "SELECT doc, revision, words_version FROM story, state WHERE key = ?", (key,)
        ).fetchone()
        story = read_version(self.connection, key, revision)
        named = with_names(story, names)
        if named != story and version == WORDS_VERSION:
            self._forget_words(doc, key, revision)
            self._words[doc] = words_of(named)
            put_version(self.connection, named.with_(revision=revision))

    def retag(self, rows: Sequence[tuple[int, int, Tags, Tags]]) -> None:
        """The tags of stories that are there, in index and counts: key, `doc`, tags before and after of each."""
        moved = [row for row in rows if row[2] != row[3]]
        unindex_all(self.connection, [(doc, before) for _, doc, before, _ in moved])
        self._index_tags([(key, doc, after) for key, doc, _, after in moved])
        for key, _, before, after in moved:
            self._recount.move(key, before, after)

    def remember(self, decisions: Sequence[Decision]) -> None:
        """Where stories were found, and by which keys and facts they are found again."""
        for _ in self.remembering(decisions):
            pass

    def remembering(self, decisions: Sequence[Decision]) -> Iterator[None]:
        """As :meth:`remember`, a bit at a time."""
        yield from writing_entries(self.connection, [one for one in decisions if one.verdict != "unchanged"])
        rows = sorted(
            [_origin_row(decision, self.seen) for decision in decisions], key=itemgetter(0)
        )  # a story's in their order
        for start in range(0, len(rows), ROWS_AT_ONCE):
            _ORIGIN.write(self.connection, rows[start : start + ROWS_AT_ONCE])
            yield

    def flush(self) -> None:
        """Write what has waited."""
        for _ in self.slices():
            pass

    def slices(self) -> Iterator[None]:
        """Write what has waited, a bit at a time. The index takes rows much faster in the order of their numbers."""
        words = sorted(self._words.items())
        for start in range(0, len(words), _SLICE):
            self.connection.executemany(
                "INSERT INTO words (rowid, title, body, source) VALUES (?, ?, ?, ?)",
                [(doc, *columns) for doc, columns in words[start : start + _SLICE]],
            )
            yield
        self._words.clear()
        self._recount.flush()

    def _index_tags(self, rows: Sequence[tuple[int, int, Tags]]) -> None:
        self.connection.executemany(
            "INSERT INTO story_topic VALUES (?, ?, ?)",
            sorted((topic, doc, key) for key, doc, tags in rows for topic in (*tags.topics, *tags.narrower)),
        )
        self.connection.executemany(
            "INSERT INTO story_country VALUES (?, ?, ?)",
            sorted((code, doc, key) for key, doc, tags in rows for code in tags.countries),
        )

    def _forget_words(self, doc: int, key: int, revision: int) -> None:
        if self._words.pop(doc, None) is None:
            unindex_words(self.connection, doc, read_version(self.connection, key, revision))


_STORY_COLUMNS = (
    *("key", "doc", "arrived", "sitting", "storyline", *COLUMNS, "seen", "revision", "wire_copy_of", "why", "tagged"),
)
# OR FAIL: else SQLite would copy each page before it is changed, for the case that a later row can't be written. Whoever writes
# takes the whole transaction back then.
_STORY = Insertion(f"INSERT OR FAIL INTO story ({', '.join(_STORY_COLUMNS)})", f"({', '.join('?' * len(_STORY_COLUMNS))})")
_REVISION = Insertion("INSERT INTO revision (story, n, seen, json)", "(?, ?, ?, CAST(? AS TEXT))")  # it comes in UTF-8
_ORIGIN = Insertion(
    "INSERT INTO origin",
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    " ON CONFLICT (story, place, item, nth) DO UPDATE SET"
    " format = excluded.format, position = excluded.position, digest = excluded.digest",
)


def tags_of(draft: Draft, sitting: int) -> Tags:
    return tags_from(sitting, draft.columns[_TOPICS], draft.columns[_COUNTRIES])


def unindex_words(connection: sqlite3.Connection, doc: int, story: Story) -> None:
    """A contentless index forgets a row only if it is told again what the row held. One of an earlier version's words holds
    others: it keeps the row until it is filled anew, and a row without a story is never found."""
    connection.execute(
        "INSERT INTO words (words, rowid, title, body, source) SELECT 'delete', ?, ?, ?, ? FROM state WHERE words_version = ?",
        (doc, *words_of(story), WORDS_VERSION),
    )


def unindex_tags(connection: sqlite3.Connection, doc: int, tags: Tags) -> None:
    unindex_all(connection, [(doc, tags)])


def unindex_all(connection: sqlite3.Connection, rows: Sequence[tuple[int, Tags]]) -> None:
    """As :func:`unindex_tags`, of many stories."""
    found_by = sorted((topic, doc) for doc, tags in rows for topic in (*tags.topics, *tags.narrower))
    connection.executemany("DELETE FROM story_topic WHERE topic = ? AND doc = ?", found_by)
    places = sorted((code, doc) for doc, tags in rows for code in tags.countries)
    connection.executemany("DELETE FROM story_country WHERE country = ? AND doc = ?", places)


def read_version(connection: sqlite3.Connection, key: int, revision: int) -> Story:
    text, tags = connection.execute("SELECT json, tags FROM revision WHERE story = ? AND n = ?", (key, revision)).fetchone()
    return load_story(text, tags, id=to_id(key))


def put_version(connection: sqlite3.Connection, story: Story) -> None:
    """The version that is there, with what is known of it now."""
    connection.execute(
        "UPDATE revision SET json = ?, tags = NULL WHERE story = ? AND n = ?",
        (dump_story(story), to_key(story.id), story.revision),
    )


def remove_stories(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    """Take stories out, with everything that is known of them."""
    for key in keys:
        row = connection.execute("SELECT doc, revision FROM story WHERE key = ?", (key,)).fetchone()
        tags = read_tags(connection, key)
        if row is None or tags is None:
            continue
        unindex_words(connection, row[0], read_version(connection, key, row[1]))
        unindex_tags(connection, row[0], tags)
        recount(connection, key, tags, None)
        connection.executemany(
            "DELETE FROM identity WHERE key = ? AND story = ?", [(k, key) for k in keys_of_story(connection, key)]
        )
        connection.execute("DELETE FROM story WHERE key = ?", (key,))
        for table in ("revision", "origin", "likeness"):
            connection.execute(f"DELETE FROM {table} WHERE story = ?", (key,))  # noqa: S608


def promote_story(connection: sqlite3.Connection, key: int) -> None:
    """A story of a sitting has come from a source: it stays. It waits to be grouped: what its sitting knew of storylines goes
    with that, and no later story would be put together with it."""
    before = read_tags(connection, key)
    if before is None or before.sitting == 0:
        return
    line = connection.execute("SELECT storyline FROM story WHERE key = ?", (key,)).fetchone()[0]
    connection.execute(
        "UPDATE story SET sitting = 0, arrived = ?, storyline = 0, why = '[]', wire_copy_of = NULL, tagged = 0 WHERE key = ?",
        (next_arrival(connection), key),
    )
    recount(connection, key, before, replace(before, sitting=0))
    drop_empty_lines(connection, [line])


def _origin_row(decision: Decision, seen: str) -> tuple[str | int | None, ...]:
    """That a place gives this version of a story; a place that did before is brought up to date."""
    origin = decision.facts.origin or Origin("unknown")
    return (
        *(to_key(decision.id), *decision.place, origin.item_id),
        *(int(origin.feed is not None), origin.format, origin.index, decision.facts.digest, seen),
    )
