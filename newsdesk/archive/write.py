"""Writing stories: rows, revisions, origins, search words, identity, counts. All of it runs in the caller's transaction."""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Iterable, Sequence

from newsdesk.archive.ids import to_id, to_key
from newsdesk.archive.tags import Tags, read_tags, recount
from newsdesk.ingest import Decision, Entry, Place
from newsdesk.model import Json, Mood, Origin, Story
from newsdesk.query.match import body_parts, mood_of, source_parts
from newsdesk.query.moments import DAY, story_minute
from newsdesk.query.words import WORDS_VERSION, split_words

# Stories of one minute, told apart by the low bits of `doc`.
_A_MINUTE = 256
_LAST = 1 << 62
_HEADING_CHARS = 300


def dump_story(story: Story) -> str:
    """The whole story as JSON: the contract's fields, and those that the contract keeps aside."""
    data = story.to_json()
    del data["storyline"], data["origins"], data["origin"], data["revision"], data["wire_copy_of"]
    data["hints"], data["extra"] = list(story.hints), dict(story.extra)
    for comment, row in zip(story.comments, data["comments"], strict=True):
        if comment.answers is not None:
            row["answers"] = comment.answers
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def load_story(text: str, **kept_apart: Json) -> Story:
    """The inverse of :func:`dump_story`; `kept_apart` are the fields that the archive keeps in columns."""
    data = json.loads(text)
    data.update({"storyline": None, "origins": [], "revision": 1, "wire_copy_of": None})
    return Story.from_json(data).with_(**kept_apart)


def free_doc(connection: sqlite3.Connection, minute: int) -> int:
    """A `doc` that is not taken, at `minute` or as soon after it as there is room; costs the same however many there are."""
    low = minute * _A_MINUTE
    for high in (low + _A_MINUTE, low + DAY * _A_MINUTE, low + 1000 * DAY * _A_MINUTE, _LAST):
        taken = connection.execute("SELECT max(doc) FROM story WHERE doc >= ? AND doc < ?", (low, high)).fetchone()[0]
        if taken is None:
            return low
        if taken + 1 < high:
            return int(taken) + 1
    raise OverflowError(minute)


def next_arrival(connection: sqlite3.Connection) -> int:
    connection.execute("UPDATE state SET arrivals = arrivals + 1")
    return int(connection.execute("SELECT arrivals FROM state").fetchone()[0])


def _word_columns(story: Story) -> tuple[str, str, str]:
    texts = (story.title or "", "\n".join(body_parts(story)), "\n".join(source_parts(story)))
    title, body, source = (" ".join(split_words(text)) for text in texts)
    return title, body, source


def _index_words(connection: sqlite3.Connection, doc: int, story: Story) -> None:
    connection.execute("INSERT INTO words (rowid, title, body, source) VALUES (?, ?, ?, ?)", (doc, *_word_columns(story)))


def _unindex_words(connection: sqlite3.Connection, doc: int, story: Story) -> None:
    """A contentless index forgets a row only if it is told again what the row held."""
    connection.execute(
        "INSERT INTO words (words, rowid, title, body, source) VALUES ('delete', ?, ?, ?, ?)", (doc, *_word_columns(story))
    )


def _index_tags(connection: sqlite3.Connection, key: int, doc: int, tags: Tags) -> None:
    connection.executemany("INSERT INTO story_topic VALUES (?, ?, ?)", [(topic, doc, key) for topic in tags.topics])
    connection.executemany("INSERT INTO story_country VALUES (?, ?, ?)", [(code, doc, key) for code in tags.countries])


def _unindex_tags(connection: sqlite3.Connection, doc: int, tags: Tags) -> None:
    connection.executemany("DELETE FROM story_topic WHERE topic = ? AND doc = ?", [(topic, doc) for topic in tags.topics])
    connection.executemany("DELETE FROM story_country WHERE country = ? AND doc = ?", [(code, doc) for code in tags.countries])


def _columns(story: Story, doc: int) -> dict[str, Json]:
    """The columns of `story` that follow the latest version."""
    mood = story.mood or Mood(0, 0, 0, 0, 0, 0, None, None)
    return {
        "doc": doc,
        "heading": story.heading()[:_HEADING_CHARS],
        "titled": int(story.title is not None),
        "source": story.source,
        "outlet": story.outlet,
        "published": story.published,
        "language": story.language,
        "topics": " ".join(dict.fromkeys(topic.id for topic in story.topics)),
        "countries": " ".join(dict.fromkeys(country.code for country in story.countries)),
        "published_in": story.published_in or "",
        "comments": len(story.comments),
        "negative": mood.negative,
        "neutral": mood.neutral,
        "positive": mood.positive,
        "unsure": mood.unsure,
        "mood": mood_of(story.mood),
        "revision": story.revision,
        "status": story.status,
    }


def insert_story(
    connection: sqlite3.Connection, story: Story, seen: str, sitting: int, storyline: int, why: Sequence[str]
) -> None:
    """A new story, with its words and counts. `storyline` is the row of its storyline."""
    key = to_key(story.id)
    doc = free_doc(connection, story_minute(story.published, seen))
    columns = _columns(story, doc) | {
        "key": key,
        "arrived": next_arrival(connection),
        "sitting": sitting,
        "storyline": storyline,
        "seen": seen,
        "wire_copy_of": story.wire_copy_of,
        "why": json.dumps(why, ensure_ascii=False),
    }
    marks = ", ".join("?" * len(columns))
    connection.execute(f"INSERT INTO story ({', '.join(columns)}) VALUES ({marks})", tuple(columns.values()))  # noqa: S608
    connection.execute("INSERT INTO revision VALUES (?, ?, ?, ?)", (key, story.revision, seen, dump_story(story)))
    tags = Tags.of(story, sitting)
    _index_tags(connection, key, doc, tags)
    _index_words(connection, doc, story)
    recount(connection, key, None, tags)


def revise_story(connection: sqlite3.Connection, story: Story, seen: str) -> Story:
    """A new revision of a story that is there; earlier ones stay. Returns it with its revision number."""
    key = to_key(story.id)
    old_doc, first_seen, sitting, revision = connection.execute(
        "SELECT doc, seen, sitting, revision FROM story WHERE key = ?", (key,)
    ).fetchone()
    before, after = read_tags(connection, key), Tags.of(story, sitting)
    _unindex_words(connection, old_doc, read_version(connection, key, revision))
    if before is not None:
        _unindex_tags(connection, old_doc, before)
    story = story.with_(revision=revision + 1)
    doc = free_doc(connection, story_minute(story.published, first_seen))
    columns = _columns(story, doc)
    changes = ", ".join(f"{name} = ?" for name in columns)
    connection.execute(f"UPDATE story SET {changes} WHERE key = ?", (*columns.values(), key))  # noqa: S608
    connection.execute("INSERT INTO revision VALUES (?, ?, ?, ?)", (key, story.revision, seen, dump_story(story)))
    _index_tags(connection, key, doc, after)
    _index_words(connection, doc, story)
    recount(connection, key, before, after)
    return story


def read_version(connection: sqlite3.Connection, key: int, revision: int) -> Story:
    text = connection.execute("SELECT json FROM revision WHERE story = ? AND n = ?", (key, revision)).fetchone()[0]
    return load_story(text)


def remove_stories(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    """Take stories out, with everything that is known of them."""
    for key in keys:
        row = connection.execute("SELECT doc, revision FROM story WHERE key = ?", (key,)).fetchone()
        tags = read_tags(connection, key)
        if row is None or tags is None:
            continue
        _unindex_words(connection, row[0], read_version(connection, key, row[1]))
        _unindex_tags(connection, row[0], tags)
        recount(connection, key, tags, None)
        connection.execute("DELETE FROM story WHERE key = ?", (key,))
        for table in ("revision", "origin", "identity", "likeness"):
            connection.execute(f"DELETE FROM {table} WHERE story = ?", (key,))  # noqa: S608


def promote_story(connection: sqlite3.Connection, key: int) -> None:
    """A story of a sitting has come from a source: it stays."""
    before = read_tags(connection, key)
    if before is None or before.sitting == 0:
        return
    connection.execute("UPDATE story SET sitting = 0, arrived = ? WHERE key = ?", (next_arrival(connection), key))
    recount(connection, key, before, Tags(0, before.topics, before.countries))


# What tells stories apart


def is_taken(connection: sqlite3.Connection, story_id: str) -> bool:
    return connection.execute("SELECT 1 FROM story WHERE key = ?", (to_key(story_id),)).fetchone() is not None


def write_entry(connection: sqlite3.Connection, decision: Decision, keys: Sequence[int]) -> None:
    """Remember by which keys and facts a new or changed story is found again. Keys of earlier versions stay."""
    entry, key = decision.entry, to_key(decision.entry.id)
    connection.executemany("INSERT OR IGNORE INTO identity VALUES (?, ?)", [(value, key) for value in keys])
    sketch = struct.pack(f"<{len(entry.sketch)}I", *entry.sketch)
    connection.execute(
        "INSERT OR REPLACE INTO likeness VALUES (?, ?, ?, ?, ?, ?, ?)",
        (key, entry.title, entry.updated, entry.source or "", entry.digest, entry.chars, sketch),
    )


def write_origin(connection: sqlite3.Connection, decision: Decision, seen: str) -> None:
    """Remember that a place gives this version of a story; a place that did before is brought up to date."""
    origin = decision.story.origin or Origin("unknown")
    place, item, nth = decision.place
    connection.execute(
        "INSERT INTO origin VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (story, place, item, nth) DO UPDATE SET"
        " format = excluded.format, position = excluded.position, digest = excluded.digest",
        (
            *(to_key(decision.entry.id), place, item, nth, origin.item_id),
            *(int(origin.feed is not None), origin.format, origin.index, decision.digest, seen),
        ),
    )


def find_entries(connection: sqlite3.Connection, keys: Sequence[int], most_per_key: int = 40) -> list[Entry]:
    """The known stories that share one of `keys`."""
    found: dict[int, None] = {}
    for key in dict.fromkeys(keys):
        rows = connection.execute("SELECT story FROM identity WHERE key = ? LIMIT ?", (key, most_per_key))
        found.update((row[0], None) for row in rows)
    return [entry for key in found if (entry := _read_entry(connection, key))]


def _read_entry(connection: sqlite3.Connection, key: int) -> Entry | None:
    row = connection.execute(
        "SELECT l.title, s.published, l.updated, l.source, l.digest, l.chars, s.comments, l.sketch"
        " FROM likeness l JOIN story s ON s.key = l.story WHERE l.story = ?",
        (key,),
    ).fetchone()
    if row is None:
        return None
    title, published, updated, source, digest, chars, comments, sketch = row
    places = connection.execute("SELECT place, item, nth, item_id, digest FROM origin WHERE story = ?", (key,))
    return Entry(
        id=to_id(key),
        title=title,
        published=published,
        updated=updated,
        source=source,
        digest=digest,
        chars=chars,
        comments=comments,
        sketch=struct.unpack(f"<{len(sketch) // 4}I", sketch),
        keys=tuple(value for (value,) in connection.execute("SELECT key FROM identity WHERE story = ?", (key,))),
        places={(place, item, nth): Place(item_id, mark) for place, item, nth, item_id, mark in places},
    )


def rebuild_words(connection: sqlite3.Connection) -> None:
    """Fill the search index anew, after the way in which text becomes words has changed."""
    connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
    for key, doc, revision in connection.execute("SELECT key, doc, revision FROM story ORDER BY doc").fetchall():
        _index_words(connection, doc, read_version(connection, key, revision))
    connection.execute("UPDATE state SET words_version = ?", (WORDS_VERSION,))
