"""The archive's tables, their version, and how an older file becomes a newer one.

`story` holds what lists show; the whole story is JSON in `revision`, one row a version. `doc` is a story's place in time
(minutes since 0001-01-01, times 256, plus a number that makes it unique): lists are read along it, and it is also the rowid
of the search index, which therefore answers newest first without sorting. `key` is the story's id as a number.

The search index `words` is contentless: it is filled by explicit inserts of tokens (:mod:`newsdesk.query.words`), in the
same transaction as the story. It collects 8 MB before it writes, which halves the price of many stories at once, and joins
what it wrote when there are sixteen parts of a size, which saves a sixth and makes a search no slower. It does so bit by bit
while more is written: all at once, which took a transaction half a second, only where there are sixty-four. A new
revision gets a new `doc`, so that an index row never speaks for another text. The index of `doc` also holds what storyline a
story is in: lists and counts by storyline need not read the stories.
`tally` counts stories by topic and country, and by both (:meth:`newsdesk.archive.tags.Tags.counted`); `retag` is the log of
changes to them from which the marks keep their own counts.

`storyline.newest` is the `doc` of the newest story that stays, NULL where there is none: grouped lists are read along it from
any place. Triggers keep it, since many hands move stories from storyline to storyline.

`story_title` and `story_source` leave no story out: a condition that always holds keeps them from being taken for anything but
the order that they are for, where a smaller index does.

The keys of storylines stand in `key_block` (:mod:`newsdesk.archive.key_blocks`). What changes in them waits in `key_move`, then
in `key_part` (:mod:`newsdesk.archive.line_keys`); `state.moves` counts it.

`reader` says which model read a story's comments (:func:`newsdesk.tagging.tiers.reader`): another's are read anew, bit by bit.

`late_sketch` has the stories whose sketch is still to be made (:mod:`newsdesk.archive.late_sketches`).

A story that a feed brought is there before it is tagged (`tagged` 0) and grouped (storyline 0, which is no storyline); its
tags are put beside its text then (`revision.tags`, over what the JSON says).
"""

from __future__ import annotations

import sqlite3
import struct
import uuid
from collections.abc import Callable, Mapping

VERSION = 16

# 0x6e647361, "ndsa": tells our archive from any other SQLite file.
APPLICATION_ID = 1852076897

TABLES = """
CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1), tick INTEGER NOT NULL, arrivals INTEGER NOT NULL, run_start INTEGER NOT NULL,
    words_version INTEGER NOT NULL, archive_id TEXT NOT NULL, moves INTEGER NOT NULL DEFAULT 0);

CREATE TABLE story (
    key INTEGER PRIMARY KEY, doc INTEGER NOT NULL, arrived INTEGER NOT NULL, sitting INTEGER NOT NULL,
    storyline INTEGER NOT NULL, heading TEXT NOT NULL, titled INTEGER NOT NULL, source TEXT, outlet TEXT, published TEXT,
    seen TEXT NOT NULL, language TEXT, topics TEXT NOT NULL, countries TEXT NOT NULL, published_in TEXT NOT NULL,
    comments INTEGER NOT NULL, negative INTEGER NOT NULL, neutral INTEGER NOT NULL, positive INTEGER NOT NULL,
    unsure INTEGER NOT NULL, mood TEXT NOT NULL, revision INTEGER NOT NULL, status TEXT NOT NULL, wire_copy_of TEXT,
    why TEXT NOT NULL, tagged INTEGER NOT NULL DEFAULT 1, reader TEXT NOT NULL DEFAULT '');
CREATE UNIQUE INDEX story_doc ON story (doc, sitting, storyline);
CREATE INDEX story_storyline ON story (storyline, doc);
CREATE INDEX story_arrived ON story (arrived);
CREATE INDEX story_sitting ON story (sitting) WHERE sitting <> 0;
CREATE INDEX story_untagged ON story (arrived) WHERE tagged = 0;
CREATE INDEX story_reader ON story (reader) WHERE comments > 0;
CREATE INDEX story_copies ON story (wire_copy_of) WHERE wire_copy_of IS NOT NULL;
CREATE INDEX story_comments ON story (comments, doc, sitting) WHERE comments > 0;
CREATE INDEX story_title ON story (heading COLLATE NOCASE, doc DESC, sitting) WHERE doc > 0;
CREATE INDEX story_source ON story (coalesce(source, outlet, '~') COLLATE NOCASE, doc DESC, sitting) WHERE doc > 0;

CREATE TABLE story_topic (
    topic INTEGER NOT NULL, doc INTEGER NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (topic, doc)) WITHOUT ROWID;
CREATE TABLE story_country (
    country TEXT NOT NULL, doc INTEGER NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (country, doc)) WITHOUT ROWID;

CREATE TABLE revision (story INTEGER NOT NULL, n INTEGER NOT NULL, seen TEXT NOT NULL, json TEXT NOT NULL, tags TEXT);
CREATE UNIQUE INDEX revision_of ON revision (story, n);
CREATE INDEX revision_later ON revision (seen, story, n) WHERE n > 1;

CREATE TABLE origin (
    story INTEGER NOT NULL, place TEXT NOT NULL, item TEXT NOT NULL, nth INTEGER NOT NULL, item_id TEXT,
    is_feed INTEGER NOT NULL, format TEXT NOT NULL, position INTEGER NOT NULL, digest INTEGER NOT NULL, seen TEXT NOT NULL);
CREATE UNIQUE INDEX origin_of ON origin (story, place, item, nth);

CREATE TABLE identity (key INTEGER NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (key, story)) WITHOUT ROWID;
CREATE TABLE likeness (
    story INTEGER PRIMARY KEY, title TEXT, updated TEXT, source TEXT NOT NULL, digest INTEGER NOT NULL, chars INTEGER NOT NULL,
    sketch BLOB NOT NULL, keys BLOB NOT NULL DEFAULT x'');
CREATE TABLE late_sketch (source TEXT NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (source, story)) WITHOUT ROWID;

CREATE TABLE storyline (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, newest INTEGER);
INSERT INTO storyline VALUES (0, '', '', NULL);
CREATE TABLE storyline_word (word TEXT NOT NULL, storyline INTEGER NOT NULL, PRIMARY KEY (word, storyline)) WITHOUT ROWID;
CREATE TABLE profile (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, day INTEGER NOT NULL, blob TEXT NOT NULL, keys TEXT NOT NULL);
CREATE TABLE key_block (n INTEGER PRIMARY KEY, rows BLOB NOT NULL);
CREATE TABLE key_first (part INTEGER PRIMARY KEY, places BLOB NOT NULL);
CREATE TABLE key_move (n INTEGER PRIMARY KEY, gone BLOB NOT NULL, come BLOB NOT NULL);
CREATE TABLE key_part (n INTEGER PRIMARY KEY, gone BLOB NOT NULL, come BLOB NOT NULL);
CREATE TABLE profile_language (language TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE forward (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE forgotten (key INTEGER PRIMARY KEY, day INTEGER NOT NULL);

CREATE TABLE source_state (
    id TEXT PRIMARY KEY, fingerprint TEXT, succeeded TEXT, failed TEXT, error TEXT, detail TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE tally (
    sitting INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, total INTEGER NOT NULL,
    PRIMARY KEY (sitting, kind, value)) WITHOUT ROWID;
CREATE TABLE retag (n INTEGER PRIMARY KEY AUTOINCREMENT, story INTEGER NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL);
CREATE TABLE sitting (token INTEGER PRIMARY KEY AUTOINCREMENT, pid INTEGER NOT NULL, started TEXT NOT NULL, born TEXT NOT NULL);
"""
WORDS = """
CREATE VIRTUAL TABLE words USING fts5 (title, body, source, content='', tokenize='ascii', columnsize=0);
INSERT INTO words (words, rank) VALUES ('hashsize', 8000000);
INSERT INTO words (words, rank) VALUES ('automerge', 16);
INSERT INTO words (words, rank) VALUES ('crisismerge', 64);
"""

_NEWEST_OF = "SELECT max(doc) FROM story INDEXED BY story_storyline WHERE storyline = n AND sitting = 0"
# A script is cut where a line ends with a semicolon: none within a trigger.
NEWEST = f"""
CREATE INDEX storyline_newest ON storyline (newest);
CREATE TRIGGER story_came AFTER INSERT ON story WHEN new.storyline <> 0 AND new.sitting = 0
BEGIN UPDATE storyline SET newest = new.doc WHERE n = new.storyline AND ifnull(newest < new.doc, 1); END;
CREATE TRIGGER story_moved AFTER UPDATE OF storyline, doc, sitting ON story
WHEN (new.storyline <> old.storyline OR new.doc <> old.doc OR new.sitting <> old.sitting)
AND (new.storyline <> 0 OR old.storyline <> 0)
BEGIN UPDATE storyline SET newest = ({_NEWEST_OF}) WHERE n IN (old.storyline, new.storyline) AND n <> 0; END;
CREATE TRIGGER story_went AFTER DELETE ON story WHEN old.storyline <> 0 AND old.sitting = 0
BEGIN UPDATE storyline SET newest = ({_NEWEST_OF}) WHERE n = old.storyline; END;
"""  # noqa: S608


def create(connection: sqlite3.Connection, words_version: int, archive_id: str) -> None:
    """Make the tables in an empty file, inside the caller's transaction."""
    run_script(connection, TABLES + WORDS + NEWEST)
    connection.execute("INSERT INTO state VALUES (1, 0, 0, 0, ?, ?, 0)", (words_version, archive_id))
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring a file of an older version up to date, inside the caller's transaction: all of it is done, or nothing."""
    for step in range(version, VERSION):
        MIGRATIONS[step](connection)
        connection.execute(f"PRAGMA user_version = {step + 1}")


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Statement by statement: executescript would commit the caller's transaction."""
    for statement in script.split(";\n"):
        if statement.strip(" \n;"):
            connection.execute(statement)


def _to_2(connection: sqlite3.Connection) -> None:
    """Stories before they are tagged; identity keys kept with the story; counts by two sections."""
    run_script(
        connection,
        """
        ALTER TABLE story ADD COLUMN tagged INTEGER NOT NULL DEFAULT 1;
        CREATE INDEX story_untagged ON story (arrived) WHERE tagged = 0;
        ALTER TABLE revision ADD COLUMN tags TEXT;
        ALTER TABLE likeness ADD COLUMN keys BLOB NOT NULL DEFAULT x'';
        INSERT INTO storyline VALUES (0, '', '');
        INSERT INTO words (words, rank) VALUES ('hashsize', 8000000);
        """,
    )
    connection.create_function("packed", 1, _packed, deterministic=True)
    connection.execute(
        "UPDATE likeness SET keys = packed((SELECT group_concat(key) FROM identity WHERE identity.story = likeness.story))"
    )
    connection.execute("DROP INDEX identity_story")
    from newsdesk.archive.tags import count_all

    connection.execute("DELETE FROM tally")
    rows = [(*row, number) for row, number in count_all(connection).items()]
    connection.executemany("INSERT INTO tally VALUES (?, ?, ?, ?)", rows)
    # Marks count what is read by what they find here: under another name it is another archive, and they count anew.
    connection.execute("UPDATE state SET archive_id = ?", (uuid.uuid4().hex,))


def _to_3(connection: sqlite3.Connection) -> None:
    """What was forgotten is known again."""
    connection.execute("CREATE TABLE forgotten (key INTEGER PRIMARY KEY, day INTEGER NOT NULL)")


def _to_4(connection: sqlite3.Connection) -> None:
    """Storylines in the order of their newest story; parts of the search index joined by sixteens, and not by fours."""
    connection.execute("INSERT INTO words (words, rank) VALUES ('automerge', 16)")
    connection.execute("ALTER TABLE storyline ADD COLUMN newest INTEGER")
    connection.execute(
        "UPDATE storyline SET newest = lines.doc FROM"
        " (SELECT storyline, max(doc) AS doc FROM story WHERE sitting = 0 AND storyline <> 0 GROUP BY storyline) AS lines"
        " WHERE n = lines.storyline"
    )
    run_script(connection, NEWEST)


def _to_5(connection: sqlite3.Connection) -> None:
    """Storylines of stories in the order of time are counted without reading the stories."""
    connection.execute("DROP INDEX story_doc")
    connection.execute("CREATE UNIQUE INDEX story_doc ON story (doc, sitting, storyline)")


def _to_6(connection: sqlite3.Connection) -> None:
    """Which model read the comments of a story: unknown for those that are there, so that they are read again."""
    connection.execute("ALTER TABLE story ADD COLUMN reader TEXT NOT NULL DEFAULT ''")
    connection.execute("CREATE INDEX story_reader ON story (reader) WHERE comments > 0")


def _to_7(connection: sqlite3.Connection) -> None:
    """What has most comments is found without reading all."""
    connection.execute("CREATE INDEX story_comments ON story (comments, doc, sitting) WHERE comments > 0")


def _to_8(connection: sqlite3.Connection) -> None:
    """The first stories by title or by source are found without reading all."""
    connection.execute("CREATE INDEX story_title ON story (heading COLLATE NOCASE, doc DESC, sitting) WHERE doc > 0")
    order = "coalesce(source, outlet, '~') COLLATE NOCASE, doc DESC, sitting"
    connection.execute(f"CREATE INDEX story_source ON story ({order}) WHERE doc > 0")


def _to_9(connection: sqlite3.Connection) -> None:
    """The days of storylines' keys are rounded, and the languages that any storyline is in are known."""
    connection.execute("ALTER TABLE profile_key RENAME TO profile_key_8")
    columns = "term INTEGER NOT NULL, day INTEGER NOT NULL, profile INTEGER NOT NULL, PRIMARY KEY (term, day, profile)"
    connection.execute(f"CREATE TABLE profile_key ({columns}) WITHOUT ROWID")
    connection.execute("INSERT INTO profile_key SELECT DISTINCT term, day | 7, profile FROM profile_key_8 ORDER BY 1, 2, 3")
    connection.execute("DROP TABLE profile_key_8")
    connection.execute("CREATE TABLE profile_language (language TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute("INSERT INTO profile_language SELECT DISTINCT value FROM profile, json_each(blob, '$.l')")


def _to_10(connection: sqlite3.Connection) -> None:
    """New keys of storylines have a table of their own for a while."""
    columns = "term INTEGER NOT NULL, day INTEGER NOT NULL, profile INTEGER NOT NULL, PRIMARY KEY (term, day, profile)"
    connection.execute(f"CREATE TABLE profile_key_young ({columns}) WITHOUT ROWID")
    connection.execute("ALTER TABLE state ADD COLUMN stretch INTEGER NOT NULL DEFAULT 0")


def _to_11(connection: sqlite3.Connection) -> None:
    """What changes in the keys of storylines is put down in the order that it comes: the young table's rows come first."""
    from newsdesk.archive.line_keys import pack, posting_of

    for table in ("key_move", "key_part"):
        connection.execute(f"CREATE TABLE {table} (n INTEGER PRIMARY KEY, gone BLOB NOT NULL, come BLOB NOT NULL)")
    young = connection.execute("SELECT term, day, profile FROM profile_key_young ORDER BY 1, 2, 3")
    rows = [(term, posting_of(day, number)) for term, day, number in young]
    connection.execute("INSERT INTO key_move (gone, come) VALUES (x'', ?)", (pack(rows),))
    connection.execute("DROP TABLE profile_key_young")
    connection.execute("ALTER TABLE state RENAME COLUMN stretch TO moves")
    connection.execute("UPDATE state SET moves = ?", (len(rows),))


def _to_12(connection: sqlite3.Connection) -> None:
    """Keys of storylines stand in blocks."""
    import numpy as np

    from newsdesk.archive.key_blocks import write_part
    from newsdesk.archive.line_keys import BITS, PART_SHIFT, PARTS

    connection.execute("CREATE TABLE key_block (n INTEGER PRIMARY KEY, rows BLOB NOT NULL)")
    connection.execute("CREATE TABLE key_first (part INTEGER PRIMARY KEY, places BLOB NOT NULL)")
    sql = "SELECT term, day, profile FROM profile_key WHERE term BETWEEN ? AND ? ORDER BY term, day, profile"
    for part in range(PARTS):
        ends = part << PART_SHIFT, (part + 1 << PART_SHIFT) - 1
        terms, days, numbers = np.array(connection.execute(sql, ends).fetchall(), np.int64).reshape(-1, 3).T
        write_part(connection, part, terms, (days << BITS) + numbers)
    connection.execute("DROP TABLE profile_key")


def _to_13(connection: sqlite3.Connection) -> None:
    """Parts of the search index are joined bit by bit, and not sixteen in one transaction."""
    connection.execute("INSERT INTO words (words, rank) VALUES ('crisismerge', 64)")


def _to_14(connection: sqlite3.Connection) -> None:
    """Stories that are there before their sketches."""
    connection.execute("ALTER TABLE state ADD COLUMN unsketched INTEGER NOT NULL DEFAULT 0")


def _to_15(connection: sqlite3.Connection) -> None:
    """The copies of a story, and what changed since a moment, are found without reading all."""
    connection.execute("CREATE INDEX story_copies ON story (wire_copy_of) WHERE wire_copy_of IS NOT NULL")
    connection.execute("CREATE INDEX revision_later ON revision (seen, story, n) WHERE n > 1")


def _to_16(connection: sqlite3.Connection) -> None:
    """Stories that are there before their sketches are found by their source: before, `state` said from which number of arrival
    on there were such. SQLite takes a column out since 3.35 (2021) alone. The words of a storyline are found by its title."""
    run_script(
        connection,
        """
        CREATE TABLE late_sketch (
            source TEXT NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (source, story)) WITHOUT ROWID;
        INSERT INTO late_sketch SELECT l.source, l.story FROM state CROSS JOIN story s CROSS JOIN likeness l ON l.story = s.key
        WHERE unsketched > 0 AND s.arrived >= unsketched AND l.sketch = x'';
        ALTER TABLE state RENAME TO state_15;
        CREATE TABLE state (
            one INTEGER PRIMARY KEY CHECK (one = 1), tick INTEGER NOT NULL, arrivals INTEGER NOT NULL,
            run_start INTEGER NOT NULL, words_version INTEGER NOT NULL, archive_id TEXT NOT NULL,
            moves INTEGER NOT NULL DEFAULT 0);
        INSERT INTO state SELECT one, tick, arrivals, run_start, words_version, archive_id, moves FROM state_15;
        DROP TABLE state_15;
        DROP INDEX IF EXISTS storyline_words;
        """,
    )


def _packed(keys: str | None) -> bytes:
    numbers = list(map(int, keys.split(","))) if keys else []
    return struct.pack(f"<{len(numbers)}q", *numbers)


MIGRATIONS: Mapping[int, Callable[[sqlite3.Connection], None]] = {
    1: _to_2,
    2: _to_3,
    3: _to_4,
    4: _to_5,
    5: _to_6,
    6: _to_7,
    7: _to_8,
    8: _to_9,
    9: _to_10,
    10: _to_11,
    11: _to_12,
    12: _to_13,
    13: _to_14,
    14: _to_15,
    15: _to_16,
}
"""What takes a file of the given version to the next."""
