"""Grouped lists are read along a kept order: it is always the one that looking at every story gives."""

from __future__ import annotations

import gzip
import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from newsdesk.archive import lines, schema
from newsdesk.desk import Desk
from newsdesk.model import Story
from newsdesk.query.terms import Is, Not, Or
from tests.unit.desks import assert_well, make_story, open_desk, paths

OLD = Path(__file__).parent.parent / "data" / "archive" / "format-1.sqlite3.gz"
EVERY = Or((Is("read"), Not(Is("read"))))  # a query that all match, so that every story is looked at


def assert_in_order(desk: Desk) -> None:
    with desk.store.reading() as connection:
        context = desk.context(connection)
        for sort in ("newest", "oldest", "stories", "unread"):
            every = lines.line_numbers(connection, EVERY, context, sort, None, 0)
            assert lines.line_numbers(connection, None, context, sort, None, 0) == every
            for offset, limit in ((0, 3), (2, 4), (len(every) - 1, 5), (len(every) + 1, 2)):
                page = lines.line_numbers(connection, None, context, sort, limit, offset)
                assert page == every[offset : offset + limit]
    assert desk.storyline_count() == len(every)


def report(at: int, chance: random.Random, **fields: Any) -> Story:
    subject = chance.choice(("Quake in Chile", "Vote in Paris", "Strike in Poland", "Match in Rome", "Flood in Peru"))
    return make_story(
        str(at),
        f"{subject} {chance.choice('abcdefgh') * 6}",
        f"{subject}, told by reporter {at} of {chance.random()}.",
        published=f"2026-01-{chance.randint(1, 28):02d}",
        **fields,
    )


def change_something(desk: Desk, at: int, chance: random.Random) -> None:
    several = [row for row in desk.storyline_rows() if row.storyline.stories > 1 and not (row.newest and row.newest.sitting)]
    lasting = [row.storyline for row in desk.rows() if not row.sitting and row.storyline]
    what = chance.choice(("keep", "keep", "feed", "sitting", "merge", "split", "revise", "undo", "forget"))
    if what == "keep":
        desk.keep([report(at * 10 + more, chance) for more in range(chance.randint(1, 4))])
    elif what == "feed":
        with desk.taking_in() as intake:
            intake.take([report(at * 10, chance, feed="https://news.example/rss")])
        desk.finish()
    elif what == "sitting":
        desk.keep([report(at * 10, chance, path="b.jsonl")], sitting=str(desk.sitting))
    elif what == "revise":
        known = chance.randrange(at + 1) * 10
        desk.keep([report(known, chance)])
    elif what == "undo":
        desk.undo()
    elif what == "merge" and len(set(lasting)) > 1:
        desk.merge(*chance.sample(sorted(set(lasting)), 2))
    elif what == "split" and several:
        line = chance.choice(several)
        members = [row.id for row in desk.storyline_stories(line.id) if not row.sitting]
        if len(members) > 1:
            desk.split(line.id, chance.choice(members))
    elif what == "forget" and lasting:
        desk.forget([row.id for row in desk.rows() if not row.sitting][:1])


@pytest.mark.parametrize("seed", range(3))
def test_the_kept_order_follows_whatever_is_done(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with open_desk(tmp_path) as desk:
        token = desk.begin_sitting()
        for at in range(40):
            change_something(desk, at, chance)
            assert_in_order(desk)
        assert_well(desk)
        desk.end_sitting(token)
        assert_in_order(desk)
        assert_well(desk)


def made_of(desk: Desk) -> set[tuple[str, str]]:
    """Tables, indexes and triggers of an archive."""
    with desk.store.reading() as connection:
        return set(connection.execute("SELECT type, name FROM main.sqlite_master").fetchall())


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_an_archive_of_each_earlier_format_gets_it(tmp_path: Path, version: int) -> None:
    archive = paths(tmp_path).archive
    archive.parent.mkdir(parents=True)
    archive.write_bytes(gzip.decompress(OLD.read_bytes()))
    archive.chmod(0o600)
    connection = sqlite3.connect(archive, isolation_level=None)
    connection.execute("BEGIN")  # all in one, as it is done: each by itself waits for the disk a thousand times
    for step in range(1, version):
        schema.MIGRATIONS[step](connection)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute("COMMIT")
    connection.close()
    with open_desk(tmp_path) as desk, open_desk(tmp_path / "new") as new:
        assert made_of(desk) == made_of(new)
        assert desk.storyline_count() == len(desk.storyline_rows()) > 0
        assert_in_order(desk)
        desk.keep([make_story("new", "Quake in Chile again", "It shook again.", published="2026-03-01")])
        assert_in_order(desk)
        assert_well(desk)


def test_an_empty_archive_has_no_order_to_read(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        assert (desk.storyline_rows(), desk.storyline_ids("", "oldest", 5, 3)) == ([], [])
