"""Makes a large archive out of a small generated one, in minutes: copies of its rows, hours and days apart.

    python -m benchmarks.multiply FOLDER TIMES

Only for reading fast from much: the copies have no identity of their own, so that no refresh may be run on the result, and of
their words only those of the headline are in the search index.
"""

from __future__ import annotations

import argparse
import sqlite3
from pathlib import Path

from newsdesk.archive.tags import count_all
from newsdesk.desk import Desk
from newsdesk.paths import Paths

KEYS = 2**50  # ids are ten characters of five bits
A_MINUTE = 256  # places of a minute: see newsdesk.archive.schema
STEP_MINUTES = 61

BASES = {
    "line": "storyline",
    "story": "story",
    "topic": "story_topic",
    "country": "story_country",
    "revision": "revision",
}
COPY = (
    "INSERT OR IGNORE INTO storyline SELECT n + :lines, 't' || substr('abcdefghijklmnopqrstuvwxyz234567', 1 + :at % 32, 1)"
    " || substr(id, 3), title FROM base_line",
    "INSERT OR IGNORE INTO story SELECT (key + :keys) % :most, doc + :docs, arrived + :arrived, sitting, storyline + :lines,"
    " heading, titled, source, outlet, published, seen, language, topics, countries, published_in, comments, negative, neutral,"
    " positive, unsure, mood, revision, status, wire_copy_of, why, tagged FROM base_story",
    "INSERT OR IGNORE INTO story_topic SELECT topic, doc + :docs, (key + :keys) % :most FROM base_topic",
    "INSERT OR IGNORE INTO story_country SELECT country, doc + :docs, (key + :keys) % :most FROM base_country",
    "INSERT OR IGNORE INTO revision SELECT (story + :keys) % :most, n, seen, json, tags FROM base_revision",
    "INSERT INTO words (rowid, title, body, source) SELECT doc + :docs, lower(heading), '', lower(source) FROM base_story",
)


def multiply(path: Path, times: int) -> None:
    """`times` as many stories in the archive at `path`."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; PRAGMA temp_store = FILE;")
    for name, table in BASES.items():
        connection.execute(f"CREATE TEMP TABLE base_{name} AS SELECT * FROM {table}")
    lines, arrived = connection.execute("SELECT (SELECT max(n) FROM storyline), (SELECT max(arrived) FROM story)").fetchone()
    connection.execute("DELETE FROM base_line WHERE n = 0")
    for at in range(1, times):
        step = {
            "at": at,
            "lines": lines * at,
            "keys": KEYS // times * at,
            "most": KEYS,
            "docs": A_MINUTE * STEP_MINUTES * at,
            "arrived": arrived * at,
        }
        connection.execute("BEGIN")
        for statement in COPY:
            connection.execute(statement, {name: value for name, value in step.items() if f":{name}" in statement})
        connection.execute("COMMIT")
    connection.execute("BEGIN")
    connection.execute("DELETE FROM tally")
    counted = [(*row, number) for row, number in count_all(connection).items()]
    connection.executemany("INSERT INTO tally VALUES (?, ?, ?, ?)", counted)
    connection.execute("UPDATE state SET tick = tick + 1, arrivals = (SELECT max(arrived) FROM story)")
    connection.execute("COMMIT")
    connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("times", type=int)
    flags = parser.parse_args()
    paths = Paths(flags.folder / "config.toml", flags.folder / "data", flags.folder / "state")
    multiply(paths.archive, flags.times)
    with Desk.open(paths) as desk:
        print(f"{desk.count():,} stories, {desk.storyline_count():,} storylines")


if __name__ == "__main__":
    main()
