"""What grouping remembers from batch to batch changes nothing of what it finds."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newsdesk.archive.postings import Postings
from newsdesk.archive.profiles import ArchiveProfiles
from newsdesk.desk import Desk
from newsdesk.model import Story
from newsdesk.ports import Asked, Profile
from tests.unit.desks import make_story, open_desk, whole_stories
from tests.unit.key_rows import all_keys

_SOUNDS = "ba de fi go ku la me no pi ra se tu va wo xi zu".split()
AFFAIRS, STORIES, BATCH = 40, 240, 20


def _stories() -> list[Story]:
    """Stories of affairs that go on over the weeks, a few words of each in common, so that batches meet what is stored."""
    chance = random.Random(8)
    names = ["".join(chance.choices(_SOUNDS, k=4)).title() for _ in range(AFFAIRS * 8)]
    common = ["".join(chance.choices(_SOUNDS, k=3)) for _ in range(400)]
    found = []
    for at in range(STORIES):
        affair = chance.randrange(AFFAIRS)
        own = names[affair * 8 : affair * 8 + 8]
        title = " ".join(chance.sample(own, 2) + chance.sample(common, 3))
        words = [*chance.choices(own, k=8), *chance.choices(names, k=6), *chance.choices(common, k=30)]
        chance.shuffle(words)
        day = f"2026-01-{1 + at * 28 // STORIES:02}"
        found.append(make_story(str(at), title, " ".join(words), feed="https://example.org/f", published=day, hints=("JP",)))
    return found


def _told(desk: Desk) -> list[tuple[Any, ...]]:
    """Everything that grouping leaves behind."""
    with desk.store.reading() as connection:
        rows = connection.execute(
            "SELECT s.key, l.id, l.title, s.why, s.wire_copy_of FROM story s JOIN storyline l ON l.n = s.storyline ORDER BY 1"
        ).fetchall()
        rows += connection.execute("SELECT id, day, keys, blob FROM profile ORDER BY id").fetchall()
        return rows + connection.execute("SELECT old, new FROM forward ORDER BY old").fetchall()


def _run(root: Path, forgetful: bool, between: Callable[[int, Desk], None] = lambda at, desk: None) -> Iterator[Desk]:
    stories = _stories()
    with open_desk(root) as desk:
        for at in range(0, STORIES, BATCH):
            with desk.taking_in() as intake:
                intake.take(stories[at : at + BATCH])
            if forgetful:
                desk.grouping_memory.clear()
            assert desk.finish().unchanged == BATCH
            between(at, desk)
        yield desk


def _result(root: Path, forgetful: bool, between: Callable[[int, Desk], None] = lambda at, desk: None) -> list[tuple[Any, ...]]:
    (found,) = (_told(desk) for desk in _run(root, forgetful, between))
    return found


def test_storylines_are_the_same_with_and_without_it(tmp_path: Path) -> None:
    without = _result(tmp_path / "without", True)
    assert _result(tmp_path / "with", False) == without
    assert AFFAIRS / 2 < len({row[1] for row in without[:STORIES]}) < STORIES / 2


@pytest.mark.parametrize("other", [False, True], ids=["the same desk", "another connection"])
def test_storylines_are_the_same_after_corrections_in_the_middle(tmp_path: Path, other: bool) -> None:
    def correct(at: int, desk: Desk) -> None:
        lines = sorted(desk.storylines(sort="stories"), key=lambda line: (-line.stories, line.id))
        if at == 3 * BATCH:
            desk.merge(lines[0].id, lines[1].id)
        if at == 5 * BATCH:
            desk.split(lines[0].id, min(story.id for story in whole_stories(desk, f"storyline:{lines[0].id}")))
        if at == 7 * BATCH:
            desk.forget([story.id for story in whole_stories(desk, f"storyline:{lines[-1].id}")])
        if at == 8 * BATCH:
            desk.undo()

    def between(at: int, desk: Desk) -> None:
        if not other:
            correct(at, desk)
            return
        with open_desk(desk.store.path.parent.parent) as second:
            correct(at, second)

    assert _result(tmp_path / "with", False, between) == _result(tmp_path / "without", True, between)


def _fail(desk: Desk) -> None:
    with desk.grouping_memory.lasting(), desk.store.writing() as connection:
        desk.grouping_memory.meet(connection)
        profiles = ArchiveProfiles(connection, desk.grouping_memory.postings)
        profiles.put(Profile("tghost", ("port",), 5, "{}"))
        assert [found.id for found in profiles.candidates(("port",), 1)] == ["tghost"]
        raise ZeroDivisionError


def test_nothing_is_remembered_of_a_transaction_that_failed(tmp_path: Path) -> None:
    stories = _stories()
    with open_desk(tmp_path) as desk:
        with desk.taking_in() as intake:
            intake.take(stories)
        desk.finish(BATCH)
        with pytest.raises(ZeroDivisionError):
            _fail(desk)
        with open_desk(tmp_path) as other, other.store.writing():
            """Its tick is the one that the transaction that failed would have had."""
        with desk.store.writing() as connection:
            desk.grouping_memory.meet(connection)
            assert list(ArchiveProfiles(connection, desk.grouping_memory.postings).candidates(("port",), 1)) == []


def test_kept_postings_answer_as_new_ones(tmp_path: Path) -> None:
    chance = random.Random(3)
    keys = [f"key{number}" for number in range(12)]
    with open_desk(tmp_path) as desk, desk.store.writing() as connection:
        kept = Postings()
        profiles = ArchiveProfiles(connection, kept)
        lines: list[str] = []
        for at in range(700):
            if lines and chance.random() < 0.2:
                profiles.drop(lines.pop(chance.randrange(len(lines))))
            line = chance.choice(lines) if lines and chance.random() < 0.3 else f"t{at}"
            profiles.put(Profile(line, tuple(chance.sample(keys, 4)), chance.randrange(-40, 90), _blob(chance)))
            lines.append(line) if line not in lines else None
            asked = [_question(chance, keys) for _ in range(2)]
            assert kept.best(connection, asked, 6) == Postings().best(connection, asked, 6)


def _blob(chance: random.Random) -> str:
    return json.dumps({"l": chance.choice((["en"], ["de"], ["de", "en"], []))}, separators=(",", ":"))


def _question(chance: random.Random, keys: list[str]) -> Asked:
    weights = tuple(chance.choices(range(1, 9), k=3)) if chance.random() < 0.5 else ()
    foreign_to = frozenset({"en"}) if chance.random() < 0.3 else frozenset[str]()
    day = chance.choice((None, -30, 10, 60))
    return Asked(tuple(chance.sample(keys, 3)), chance.randrange(1, 3), day, weights, chance.randrange(9), foreign_to)


def test_keys_that_tell_little_find_nothing(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, desk.store.writing() as connection:
        profiles = ArchiveProfiles(connection)
        profiles.put(Profile("tquake", ("tremor", "valdivia", "north"), 3, "{}"))
        profiles.put(Profile("tmarket", ("north", "monday", "rice"), 3, "{}"))
        keys = ("tremor", "valdivia", "north", "monday")
        asked = [
            Asked(keys, 2, 3),
            Asked(keys, 2, 3, weights=(40, 30, 10, 10), enough=30),
            Asked(keys, 2, 3, weights=(20, 20, 20, 25), enough=10),
            Asked(keys, 2, 3, weights=(30, 30, 10, 10), enough=10),
        ]
        # The last question: two common words are less than half of what the best has to say.
        assert profiles.find(asked, 5) == [["tquake", "tmarket"], ["tquake"], ["tquake", "tmarket"], ["tquake"]]


def test_other_languages_are_asked_for_only_where_there_are_some(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, desk.store.writing() as connection:
        profiles = ArchiveProfiles(connection)
        for name, languages in (("ten", ["en"]), ("tboth", ["de", "en"]), ("tnone", [])):
            profiles.put(Profile(name, ("@CL~TRMR", "@CL#8"), 3, json.dumps({"l": languages}, separators=(",", ":"))))
        told: list[str] = []
        connection.set_trace_callback(told.append)
        assert profiles.find([Asked(("@CL~TRMR", "@CL#8"), 2, 3, foreign_to=frozenset({"de", "en"}))], 5) == [[]]
        connection.set_trace_callback(None)
        assert not [sql for sql in told if "FROM profile WHERE" in sql]
        profiles.put(Profile("tes", ("@CL~TRMR", "@CL#8"), 3, '{"t":"\\"l\\":[","l":["es"]}'))
        english, german = (Asked(("@CL~TRMR", "@CL#8"), 2, 3, foreign_to=frozenset({one})) for one in ("en", "de"))
        assert profiles.find([english, german], 5) == [["tes"], ["ten", "tes"]]


def test_an_archive_of_an_older_format_finds_what_it_has(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, desk.store.writing() as connection:
        ArchiveProfiles(connection).put(Profile("tquake", ("tremor", "valdivia"), 19, '{"l":["es"]}'))
        keys = [(term, 19, number) for term, _, number in all_keys(connection)]
        connection.execute("CREATE TABLE profile_key (term INTEGER, day INTEGER, profile INTEGER)")
        connection.executemany("INSERT INTO profile_key VALUES (?, ?, ?)", keys)
        for table in ("key_block", "key_first", "key_move", "key_part", "profile_language", "late_sketch"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("ALTER TABLE state DROP COLUMN moves")
        for index in ("story_copies", "revision_later"):
            connection.execute(f"DROP INDEX {index}")
        connection.execute("PRAGMA user_version = 8")
    with open_desk(tmp_path) as desk, desk.store.writing() as connection:
        profiles = ArchiveProfiles(connection)
        assert profiles.find([Asked(("tremor", "valdivia"), 2, 10, foreign_to=frozenset({"en"}))], 5) == [["tquake"]]
        profiles.drop("tquake")
        assert all_keys(connection) == set()
