"""What is written to a terminal that takes nothing in, or is gone: nobody waits for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple, TextIO

import pytest
from textual.drivers._writer_thread import MAX_QUEUED_WRITES

from tui.terminal.output import Writer

FULL = "x" * 100_000  # more than a terminal holds that nobody reads
LONGEST_S = 60  # a guard against hanging, not a measure


class Line(NamedTuple):
    """A terminal's two ends: the number of that where it is read, and the file that is written."""

    read: int
    file: TextIO


@pytest.fixture
def line() -> Iterator[Line]:
    read, number = os.openpty()
    with os.fdopen(number, "w", encoding="utf-8") as file:
        yield Line(read, file)


def test_all_is_written_before_it_stops(line: Line) -> None:
    writer = Writer(line.file)
    writer.start()
    writer.write("ab")
    writer.write("ç")
    writer.stop()
    got = b""
    while len(got) < len("abç".encode()):  # the other end has them one after the other
        got += os.read(line.read, 99)
    assert got == "abç".encode()
    assert not writer.is_lost
    os.close(line.read)


def test_one_that_drops_while_it_is_full_holds_nobody_up(line: Line) -> None:
    writer = Writer(line.file)
    writer.start()
    for _ in range(MAX_QUEUED_WRITES):
        writer.write(FULL)
    os.close(line.read)
    for _ in range(2 * MAX_QUEUED_WRITES):
        writer.write(FULL)
    writer.stop()
    writer.join(LONGEST_S)
    assert not writer.is_alive()
    assert writer.is_lost


def test_one_that_is_full_is_given_up_where_the_dashboard_is_told_to_end(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.terminal.output.STUCK_S", 0.0)
    writer = Writer(line.file)
    writer.start()
    for _ in range(MAX_QUEUED_WRITES):
        writer.write(FULL)
    writer.told_to_end = True
    for _ in range(2 * MAX_QUEUED_WRITES):
        writer.write(FULL)
    writer.stop()
    assert writer.is_alive(), "nobody can take it out of what it waits for"
    os.close(line.read)
    writer.join(LONGEST_S)
    assert writer.is_lost


def test_one_that_somebody_made_not_wait_gets_all(line: Line) -> None:
    os.set_blocking(line.file.fileno(), False)
    writer = Writer(line.file)
    writer.start()
    writer.write(FULL)
    got = 0
    while got < len(FULL):
        got += len(os.read(line.read, 65_536))
    writer.stop()
    assert not writer.is_lost
    os.close(line.read)
