"""Rows written many in a statement are those, and in that order, that they would be one by one."""

from __future__ import annotations

import sqlite3

import pytest

from newsdesk.archive.insertion import AT_ONCE, Insertion


@pytest.fixture
def connection() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE place (item INTEGER PRIMARY KEY, word TEXT)")
    return connection


@pytest.mark.parametrize("count", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE + 7])
def test_all_rows_are_written(connection: sqlite3.Connection, count: int) -> None:
    rows = [(7 * number, f"word {number}") for number in range(count)]
    Insertion("INSERT INTO place", "(?, ?)").write(connection, rows)
    assert connection.execute("SELECT * FROM place ORDER BY item").fetchall() == rows


def test_of_two_rows_with_one_key_the_later_counts_within_a_statement_and_beyond_it(connection: sqlite3.Connection) -> None:
    rows = [(number % (AT_ONCE // 2), f"word {number}") for number in range(AT_ONCE + 5)]
    Insertion("INSERT INTO place", "(?, ?)", " ON CONFLICT (item) DO UPDATE SET word = excluded.word").write(connection, rows)
    assert dict(connection.execute("SELECT item, word FROM place").fetchall()) == dict(rows)


def test_a_value_may_be_made_in_the_statement(connection: sqlite3.Connection) -> None:
    rows = [(number, b"text") for number in range(AT_ONCE + 1)]
    Insertion("INSERT INTO place (item, word)", "(?, CAST(? AS TEXT))").write(connection, rows)
    assert set(connection.execute("SELECT typeof(word) FROM place")) == {("text",)}


def test_an_sqlite_that_takes_fewer_values_in_a_statement_gets_a_row_at_a_time(connection: sqlite3.Connection) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 2 * AT_ONCE - 1)
    rows = [(number, f"word {number}") for number in range(AT_ONCE + 1)]
    Insertion("INSERT INTO place", "(?, ?)").write(connection, rows)
    assert connection.execute("SELECT * FROM place ORDER BY item").fetchall() == rows
