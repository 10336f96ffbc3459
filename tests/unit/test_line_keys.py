"""The keys of storylines are in a table, and what changed lately is not yet: they are found as if all were in one."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsdesk.archive import line_keys, schema
from newsdesk.archive.line_keys import BITS, PARTS, Row, move_rows, posting_of, unpack
from newsdesk.archive.line_moves import Recent, about, latest
from newsdesk.archive.profiles import ArchiveProfiles
from newsdesk.ports import Asked, Profile
from tests.unit.desks import make_story, open_desk, paths
from tests.unit.key_rows import all_keys, table_keys

_TOP = (1 << 63) - 1
Key = tuple[int, int, int]


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        schema.create(made, 1, "")
        yield made


def _rows(keys: Collection[Key]) -> list[Row]:
    return [(term, posting_of(day, number)) for term, day, number in keys]


def _waiting(connection: sqlite3.Connection, table: str) -> int:
    """How many changes a table has."""
    return sum(len(list(unpack(blob))) for row in connection.execute(f"SELECT gone, come FROM {table}") for blob in row)


@pytest.mark.parametrize("a_round", [1, 15, 30, 300, 100_000])
@pytest.mark.parametrize(("anew", "days"), [(False, 40), (True, 40), (True, 1 << 30)])
def test_changes_and_table_answer_as_one(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, a_round: int, anew: bool, days: int
) -> None:
    monkeypatch.setattr(line_keys, "A_ROUND", a_round)
    chance = random.Random(a_round)
    terms = [0, _TOP, *(chance.randrange(_TOP) for _ in range(10))]
    known: set[Key] = set()
    recent = Recent()
    for _ in range(60):
        come = {(chance.choice(terms), chance.randrange(-days, days), chance.randrange(400)) for _ in range(12)} - known
        gone = set(chance.sample(sorted(known), min(len(known), chance.randrange(12))))
        move_rows(connection, _rows(gone), _rows(come))
        known = known - gone | come
        assert all_keys(connection) == known
        postings = defaultdict(list)
        for term, day, number in sorted(known):
            postings[term].append((day << BITS) + number)
        most, day = chance.randrange(1, 9), chance.randrange(-days, days)
        if anew:
            recent = Recent()
        recent.meet(connection)
        found = {term: own.tolist() for term, own in latest(connection, recent, terms, most)}
        assert found == {term: postings[term][-most:] for term in terms}
        found = {term: own.tolist() for term, own in about(connection, recent, terms, day, most, 2)}
        limit = (day + 1) << BITS
        for term, own in found.items():
            before, after = ([one for one in postings[term] if (one < limit) is early] for early in (True, False))
            assert own == before[-most:] + after[:2]
    assert bool(table_keys(connection)) is (a_round <= 300)


@pytest.mark.parametrize("many", [1, 244, 245, 246, 489, 490, 491, 3_000])
def test_a_key_that_many_storylines_share_stands_in_several_blocks(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(line_keys, "A_ROUND", 1_000)
    hot, near = 5 << 40, [((5 << 40) + by, day, 7) for by in (-3, -2, -1, 1, 2, 3) for day in range(90)]
    keys = {*((hot, at // 4, at) for at in range(many)), *near}
    move_rows(connection, (), _rows(keys))
    move_rows(connection, (), _rows(put := {((1 << 62) + at, 1, 1) for at in range(2_000)}))
    assert table_keys(connection) >= keys
    gone = {(hot, at // 4, at) for at in range(0, many, 3)}
    move_rows(connection, _rows(gone), ())
    assert all_keys(connection) == (keys | put) - gone
    left = sorted(posting for term, posting in _rows(keys - gone) if term == hot)
    recent = Recent()
    recent.meet(connection)
    asked = [hot - 4, hot - 1, hot, hot + 1, hot + 4]
    for most in (1, 57, 300, 5_000):
        found = {term: own.tolist() for term, own in latest(connection, recent, asked, most)}
        assert found[hot] == left[-most:]
        assert list(map(len, found.values())) == [0, min(most, 90), min(most, len(left)), min(most, 90), 0]
        for day in (-1, 0, many // 8, many):
            limit = (day + 1) << BITS
            early, late = [one for one in left if one < limit], [one for one in left if one >= limit]
            about_it = dict(about(connection, recent, asked, day, most, 8))
            assert about_it[hot].tolist() == early[-most:] + late[:8]
            assert len(about_it[hot + 1]) == min(most, max(0, min(day + 1, 90))) + min(8, max(0, min(90, 89 - day)))


def test_what_waits_stays_little_and_each_batch_moves_about_as_much_as_it_brings(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_keys, "A_ROUND", 1_000)
    chance, moved = random.Random(4), 0
    for at in range(120):
        move_rows(connection, (), _rows([(chance.randrange(_TOP), 3, at * 50 + number) for number in range(50)]))
        before, moved = moved, len(table_keys(connection))
        assert moved - before < 3 * 50
        assert _waiting(connection, "key_move") < 1_000
        assert _waiting(connection, "key_part") <= 1_000
    assert moved > 120 * 50 - 2_000


def test_what_came_and_went_within_a_round_never_reaches_the_table(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_keys, "A_ROUND", 10)
    rows = _rows([(term, 3, 7) for term in range(5)])
    move_rows(connection, (), rows)
    move_rows(connection, rows, ())
    assert (_waiting(connection, "key_move"), _waiting(connection, "key_part"), all_keys(connection)) == (0, 0, set())
    move_rows(connection, (), rows[:1])
    assert all_keys(connection) == {(0, 3, 7)}


def test_more_rows_than_a_round_has_are_sorted_at_once(connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_keys, "A_ROUND", 10)
    keys = {(term * (_TOP // 30), 3, term) for term in range(31)}
    move_rows(connection, (), _rows(keys))
    assert _waiting(connection, "key_move") == 0
    assert all_keys(connection) == keys
    move_rows(connection, (), _rows([(_TOP - 1, 4, number) for number in range(10)]))
    assert keys <= table_keys(connection)
    assert len(all_keys(connection)) == 41


def test_a_part_is_a_stretch_of_hashes(connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_keys, "A_ROUND", 10)
    move_rows(connection, (), _rows([(0, 1, 1), (_TOP, 1, 1), (_TOP // 2, -3, 1), *((5, 2, at) for at in range(17))]))
    assert [row[0] for row in connection.execute("SELECT n FROM key_part ORDER BY n")] == [0, PARTS // 2 - 1, PARTS - 1]


_DIE = """
import os, signal, sys
from pathlib import Path
from newsdesk.archive import line_keys
from newsdesk.archive.profiles import ArchiveProfiles
from newsdesk.archive.store import Store
from newsdesk.ports import Profile

line_keys.A_ROUND = 40
store = Store(Path(sys.argv[1]), Path(sys.argv[2]))
for at in range(30):
    with store.writing() as connection:
        ArchiveProfiles(connection).put(Profile(f"t{at}", (f"a{at}", f"b{at}", f"c{at}"), 3, "{}"))
        if at == 29:
            os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_that_is_killed_while_keys_move_leaves_each_where_it_is_found(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        place = desk.store.path, desk.store.marks
    done = subprocess.run([sys.executable, "-c", _DIE, *map(str, place)], check=False)
    assert done.returncode == -9
    with open_desk(tmp_path) as desk, desk.store.writing() as connection:
        assert len(all_keys(connection)) == 29 * 3
        assert table_keys(connection)
        profiles = ArchiveProfiles(connection)
        asked = [Asked((f"a{at}", f"b{at}", f"c{at}"), 3, 3) for at in range(30)]
        assert profiles.find(asked, 2) == [*([f"t{at}"] for at in range(29)), []]


_COLUMNS = "term INTEGER NOT NULL, day INTEGER NOT NULL, profile INTEGER NOT NULL, PRIMARY KEY (term, day, profile)"


def _make_format_11(connection: sqlite3.Connection) -> None:
    keys = sorted(table_keys(connection))
    connection.execute(f"CREATE TABLE profile_key ({_COLUMNS}) WITHOUT ROWID")
    connection.executemany("INSERT INTO profile_key VALUES (?, ?, ?)", keys)
    connection.execute("DROP TABLE key_block")
    connection.execute("DROP TABLE key_first")
    connection.execute("DROP TABLE late_sketch")
    for index in ("story_copies", "revision_later"):
        connection.execute(f"DROP INDEX {index}")
    connection.execute("PRAGMA user_version = 11")


def _make_format_10(connection: sqlite3.Connection) -> None:
    keys = sorted(all_keys(connection))
    _make_format_11(connection)
    connection.execute(f"CREATE TABLE profile_key_young ({_COLUMNS}) WITHOUT ROWID")
    connection.executemany("INSERT INTO profile_key_young VALUES (?, ?, ?)", keys[1::2])
    connection.execute("DELETE FROM profile_key")
    connection.executemany("INSERT INTO profile_key VALUES (?, ?, ?)", keys[::2])
    connection.execute("DROP TABLE key_move")
    connection.execute("DROP TABLE key_part")
    connection.execute("ALTER TABLE state RENAME COLUMN moves TO stretch")
    connection.execute("UPDATE state SET stretch = 4611686018427387904")
    connection.execute("PRAGMA user_version = 10")


def _make_format_9(connection: sqlite3.Connection) -> None:
    _make_format_10(connection)
    connection.execute("INSERT OR IGNORE INTO profile_key SELECT * FROM profile_key_young")
    connection.execute("DROP TABLE profile_key_young")
    connection.execute("ALTER TABLE state DROP COLUMN stretch")
    connection.execute("PRAGMA user_version = 9")


@pytest.mark.parametrize("make", [_make_format_9, _make_format_10, _make_format_11])
def test_an_archive_of_an_earlier_format_is_brought_up_to_date(
    tmp_path: Path, make: Callable[[sqlite3.Connection], None]
) -> None:
    with open_desk(tmp_path) as desk, desk.store.writing() as connection:
        ArchiveProfiles(connection).put(Profile("tquake", ("tremor", "valdivia", "north"), 3, "{}"))
        kept = all_keys(connection)
        make(connection)
    with open_desk(tmp_path) as desk, desk.store.writing() as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        assert all_keys(connection) == kept
        profiles = ArchiveProfiles(connection)
        profiles.put(Profile("tquake", ("tremor", "aftershock"), 3, "{}"))
        profiles.put(Profile("tport", ("tremor", "port"), 3, "{}"))
        assert profiles.find([Asked(("tremor", "aftershock"), 1, 3), Asked(("valdivia",), 1, 3)], 5) == [
            ["tquake", "tport"],
            [],
        ]
        profiles.drop("tquake")
        profiles.drop("tport")
        assert all_keys(connection) == set()
    assert paths(tmp_path).archive.exists()
    with open_desk(tmp_path) as desk:
        desk.keep([make_story("1", "Quake in Chile", "The ground shook in Valdivia.", published="2026-03-01")])
        assert desk.storyline_count() == 1
