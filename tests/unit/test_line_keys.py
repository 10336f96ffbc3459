"""The keys of storylines stand in two tables, and are found as if they stood in one."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsdesk.archive import line_keys, schema
from newsdesk.archive.line_keys import BITS, Row, about, add_rows, drop_rows, latest
from newsdesk.archive.profiles import ArchiveProfiles
from newsdesk.ports import Asked, Profile
from tests.unit.desks import make_story, open_desk, paths

_TOP = (1 << 63) - 1


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        schema.create(made, 1, "")
        yield made


def _rows(connection: sqlite3.Connection, table: str) -> set[Row]:
    return set(connection.execute(f"SELECT * FROM {table}"))


def _all(connection: sqlite3.Connection) -> set[Row]:
    young, old = _rows(connection, "profile_key_young"), _rows(connection, "profile_key")
    assert young.isdisjoint(old)
    return young | old


@pytest.mark.parametrize("a_round", [1, 30, 300, 100_000])
def test_two_tables_answer_as_one(connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, a_round: int) -> None:
    monkeypatch.setattr(line_keys, "A_ROUND", a_round)
    chance = random.Random(a_round)
    terms = [0, _TOP, *(chance.randrange(_TOP) for _ in range(10))]
    known: set[Row] = set()
    for _ in range(60):
        come = {(chance.choice(terms), chance.randrange(-20, 60), chance.randrange(400)) for _ in range(12)} - known
        gone = set(chance.sample(sorted(known), min(len(known), chance.randrange(8))))
        drop_rows(connection, gone)
        add_rows(connection, list(come))
        known = known - gone | come
        assert _all(connection) == known
        postings = defaultdict(list)
        for term, day, number in sorted(known):
            postings[term].append((day << BITS) + number)
        most, day = chance.randrange(1, 9), chance.randrange(-20, 60)
        found = {term: own.tolist() for term, own in latest(connection, terms, most)}
        assert found == {term: postings[term][-most:] for term in terms}
        found = {term: own.tolist() for term, own in about(connection, terms, day, most, 2)}
        limit = (day + 1) << BITS
        for term, own in found.items():
            before, after = ([one for one in postings[term] if (one < limit) is early] for early in (True, False))
            assert own == before[-most:] + after[:2]


def test_the_young_table_stays_small_and_each_batch_moves_about_as_much_as_it_brings(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_keys, "A_ROUND", 1_000)
    chance, moved = random.Random(4), 0
    for at in range(120):
        add_rows(connection, [(chance.randrange(_TOP), 3, at * 50 + number) for number in range(50)])
        before, moved = moved, len(_rows(connection, "profile_key"))
        assert moved - before < 3 * 50
        assert len(_rows(connection, "profile_key_young")) <= 1_000
    assert moved > 120 * 50 - 1_000


def test_more_rows_than_a_round_has_all_go_on(connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_keys, "A_ROUND", 10)
    add_rows(connection, [(term * (_TOP // 30), 3, term) for term in range(31)])
    assert len(_rows(connection, "profile_key")) == 31
    add_rows(connection, [(_TOP, 4, 1)])
    assert _rows(connection, "profile_key_young") == {(_TOP, 4, 1)}


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


def test_a_process_that_is_killed_between_the_tables_leaves_each_key_in_one(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        place = desk.store.path, desk.store.marks
    done = subprocess.run([sys.executable, "-c", _DIE, *map(str, place)], check=False)
    assert done.returncode == -9
    with open_desk(tmp_path) as desk, desk.store.writing() as connection:
        assert len(_all(connection)) == 29 * 3
        assert _rows(connection, "profile_key")
        profiles = ArchiveProfiles(connection)
        asked = [Asked((f"a{at}", f"b{at}", f"c{at}"), 3, 3) for at in range(30)]
        assert profiles.find(asked, 2) == [*([f"t{at}"] for at in range(29)), []]


def test_an_archive_of_format_9_is_brought_up_to_date(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, desk.store.writing() as connection:
        ArchiveProfiles(connection).put(Profile("tquake", ("tremor", "valdivia"), 3, "{}"))
        kept = _all(connection)
        connection.execute("INSERT OR IGNORE INTO profile_key SELECT * FROM profile_key_young")
        connection.execute("DROP TABLE profile_key_young")
        connection.execute("ALTER TABLE state DROP COLUMN stretch")
        connection.execute("PRAGMA user_version = 9")
    with open_desk(tmp_path) as desk, desk.store.writing() as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        assert _rows(connection, "profile_key") == kept
        profiles = ArchiveProfiles(connection)
        profiles.put(Profile("tquake", ("tremor", "aftershock"), 3, "{}"))
        profiles.put(Profile("tport", ("tremor", "port"), 3, "{}"))
        assert profiles.find([Asked(("tremor", "aftershock"), 1, 3), Asked(("valdivia",), 1, 3)], 5) == [
            ["tquake", "tport"],
            [],
        ]
        profiles.drop("tquake")
        profiles.drop("tport")
        assert _all(connection) == set()
    assert paths(tmp_path).archive.exists()
    with open_desk(tmp_path) as desk:
        desk.keep([make_story("1", "Quake in Chile", "The ground shook in Valdivia.", published="2026-03-01")])
        assert desk.storyline_count() == 1
