"""Makes a large archive out of a small generated one, in minutes: copies of its rows, an hour and days apart.

    python -m benchmarks.multiply FOLDER TIMES

Every copy has ids, storylines and a place in time of its own, and all its words are in the search index, so that reading it
costs what reading so many stories of a real archive costs. For reading from much only: the copies are not found again by a
refresh, and no storyline has a profile.
"""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from newsdesk.archive.compile import A_MINUTE
from newsdesk.archive.tags import count_all
from newsdesk.archive.write import read_version
from newsdesk.desk import Desk
from newsdesk.paths import Paths
from newsdesk.tagging.drafts import words_of

KEYS = 2**50  # ids are ten characters of five bits
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
MOST_TIMES = len(LETTERS)
STEP_MINUTES = 61

BASES = {
    "line": "SELECT n, id, title FROM storyline WHERE n <> 0",
    "word": "SELECT * FROM storyline_word",
    "story": "SELECT * FROM story ORDER BY doc",
    "topic": "SELECT * FROM story_topic",
    "country": "SELECT * FROM story_country",
    "revision": "SELECT * FROM revision",
}
COPY = (
    # The first letter moves on by as many places as it is the nth copy: no two of them are the same.
    f"INSERT INTO storyline (n, id, title) SELECT n + :lines, 't' || substr('{LETTERS}',"
    f" 1 + (instr('{LETTERS}', substr(id, 2, 1)) - 1 + :at) % {MOST_TIMES}, 1) || substr(id, 3), title FROM base_line",
    "INSERT INTO storyline_word SELECT word, storyline + :lines FROM base_word",
    "INSERT INTO story_topic SELECT topic, new, (key + :keys) % :most FROM base_topic JOIN place USING (doc)",
    "INSERT INTO story_country SELECT country, new, (key + :keys) % :most FROM base_country JOIN place USING (doc)",
    "INSERT INTO revision SELECT (story + :keys) % :most, n, seen, json, tags FROM base_revision",
    "INSERT INTO words (rowid, title, body, source)"
    " SELECT new, title, body, source FROM base_words JOIN place USING (doc) ORDER BY new",
)
_MOVED = {
    "key": "(key + :keys) % :most",
    "doc": "new",
    "arrived": "arrived + :arrived",
    "storyline": "iif(storyline = 0, 0, storyline + :lines)",  # 0 is no storyline
}


def multiply(path: Path, times: int) -> None:
    """`times` (:data:`MOST_TIMES` at most) as many stories in the archive at `path`. Raises ValueError for an empty one."""
    connection = sqlite3.connect(path, isolation_level=None)
    if not connection.execute("SELECT count(*) FROM story").fetchone()[0]:
        connection.close()
        raise ValueError(f"{path}: no story is in it that could be multiplied")
    connection.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; PRAGMA temp_store = FILE;")
    for name, query in BASES.items():
        connection.execute(f"CREATE TEMP TABLE base_{name} AS {query}")
    _collect_words(connection)
    connection.execute("CREATE TEMP TABLE place (doc INTEGER PRIMARY KEY, new INTEGER NOT NULL)")
    lines, arrived = connection.execute("SELECT (SELECT max(n) FROM storyline), (SELECT max(arrived) FROM story)").fetchone()
    columns = [row[1] for row in connection.execute("PRAGMA main.table_info (story)")]
    moved = ", ".join(_MOVED.get(column, column) for column in columns)
    story = f"INSERT INTO story ({', '.join(columns)}) SELECT {moved} FROM base_story JOIN place USING (doc)"
    for at in range(1, min(times, MOST_TIMES)):
        step = {
            "at": at,
            "lines": lines * at,
            "keys": KEYS // times * at,
            "most": KEYS,
            "arrived": arrived * at,
        }
        connection.execute("BEGIN")
        connection.execute("DELETE FROM place")
        connection.executemany("INSERT INTO place VALUES (?, ?)", _places(connection, STEP_MINUTES * at))
        for statement in (COPY[0], story, *COPY[1:]):
            connection.execute(statement, {name: value for name, value in step.items() if f":{name}" in statement})
        connection.execute("COMMIT")
    _settle(connection)
    connection.close()


def _places(connection: sqlite3.Connection, minutes: int) -> Iterator[tuple[int, int]]:
    """Where a copy of each story stands in time, so many minutes later: at the first place from there on that is free, for
    a minute that feeds filled is full."""
    taken = {doc for (doc,) in connection.execute("SELECT doc FROM story")}
    new = 0
    for (doc,) in connection.execute("SELECT doc FROM base_story ORDER BY doc").fetchall():
        new = max(new + 1, (doc // A_MINUTE + minutes) * A_MINUTE)
        while new in taken:
            new += 1
        yield doc, new


def _collect_words(connection: sqlite3.Connection) -> None:
    """What the search index was told of each story, since it keeps no text."""
    connection.execute("CREATE TEMP TABLE base_words (doc INTEGER PRIMARY KEY, title TEXT, body TEXT, source TEXT)")
    rows = connection.execute("SELECT key, doc, revision FROM story ORDER BY doc").fetchall()
    texts = ((doc, *words_of(read_version(connection, key, revision))) for key, doc, revision in rows)
    connection.executemany("INSERT INTO base_words VALUES (?, ?, ?, ?)", texts)


def _settle(connection: sqlite3.Connection) -> None:
    """Counts, and the place where the next arrival stands."""
    connection.execute("BEGIN")
    connection.execute("DELETE FROM tally")
    counted = [(*row, number) for row, number in count_all(connection).items()]
    connection.executemany("INSERT INTO tally VALUES (?, ?, ?, ?)", counted)
    connection.execute("UPDATE state SET tick = tick + 1, arrivals = (SELECT max(arrived) FROM story)")
    connection.execute("COMMIT")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("times", type=int)
    flags = parser.parse_args()
    paths = Paths(flags.folder / "config.toml", flags.folder / "data", flags.folder / "state")
    if not paths.archive.exists():
        parser.error(f"{paths.archive}: there is no archive; newsdesk refresh --data {paths.data} makes one")
    with Desk.open(paths):  # an archive of an older format is brought up to date
        pass
    try:
        multiply(paths.archive, flags.times)
    except ValueError as error:
        parser.error(str(error))
    with Desk.open(paths) as desk:
        with desk.store.reading() as connection:
            comments = connection.execute("SELECT sum(comments) FROM story").fetchone()[0]
        print(f"{desk.count():,} stories, {desk.storyline_count():,} storylines, {comments:,} comments")


if __name__ == "__main__":
    main()
