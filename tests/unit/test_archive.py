from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdesk.archive import write
from newsdesk.archive.ids import key_range, to_id, to_key
from newsdesk.archive.profiles import ArchiveProfiles, SittingProfiles
from newsdesk.archive.rows import SORTS
from newsdesk.desk import Desk
from newsdesk.model import Comment
from newsdesk.ports import Profile
from newsdesk.query.moments import read_minute, story_minute
from newsdesk.storylines import MemoryProfiles, NoProfiles
from tests.unit.desks import assert_well, make_story, open_desk, paths


def test_ids_are_numbers_and_back() -> None:
    for key in (0, 1, 2**50 - 1, 123456789012345):
        assert to_key(to_id(key)) == key
    low, high = key_range("sab")
    assert low <= to_key("sabcdefghij") < high


def test_a_full_minute_runs_over_into_the_next(tmp_path: Path) -> None:
    """More stories of one date than a minute has room for: every one has its place, in order, at a constant price."""
    with open_desk(tmp_path) as desk, desk.store.writing() as connection:
        taken = []
        for number in range(600):
            doc = write.free_doc(connection, 1000)
            taken.append(doc)
            connection.execute(
                "INSERT INTO story SELECT ?, ?, 0, 0, 0, '', 0, '', '', '', '', '', '', '', '', 0, 0, 0, 0, 0, '', 1, '', '',"
                " '', 1, ''",
                (number, doc),
            )
        assert taken == sorted(set(taken))
        assert taken[0] == 1000 * 256
        connection.execute("DELETE FROM story")


def test_a_minute_that_fills_up_in_one_go_leaves_the_next_its_places(tmp_path: Path) -> None:
    first = [make_story(str(at), f"Ferry {at} sails", published="2026-01-10T10:00Z") for at in range(257)]
    second = make_story("later", "Ferry waits", published="2026-01-10T10:01Z")
    with open_desk(tmp_path) as desk:
        kept = desk.keep([*first, second])
        assert len(kept.new) == 258
        rows = desk.rows("", limit=2)
        assert [row.heading for row in rows] == ["Ferry 256 sails", "Ferry waits"]
        assert desk.count("") == 258
        assert_well(desk)


def test_when_a_story_is_from() -> None:
    seen = "2026-02-01T12:00:00Z"
    assert story_minute(None, seen) == read_minute(seen)
    assert story_minute("2026-01-31", seen) == read_minute("2026-01-31T23:59Z")
    assert story_minute("2026-02-01", seen) == read_minute(seen)
    assert story_minute("2026-02-01T09:00+02:00", seen) == read_minute("2026-02-01T07:00Z")
    assert story_minute("2026-02-01T20:00", seen) == read_minute("2026-02-01T20:00Z")
    assert story_minute("2099-01-01T20:00", seen) == read_minute(seen)
    assert story_minute("never", seen) == read_minute(seen)


def test_a_story_of_the_first_minute_of_all_is_in_every_list(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([make_story("1", "Founded", "The city was founded.", published="0001-01-01T00:00")])
        assert [line.stories for line in desk.storyline_rows()] == [1]
        for sort in SORTS:
            assert [row.heading for row in desk.rows("", sort, 10)] == ["Founded"], sort
        assert_well(desk)


def test_profiles_in_the_archive_answer_as_those_in_memory(tmp_path: Path) -> None:
    chance = random.Random(5)
    keys = [f"key{number}" for number in range(25)]
    memory = MemoryProfiles()
    with open_desk(tmp_path) as desk, desk.store.writing() as connection:
        stored = ArchiveProfiles(connection)
        for _ in range(300):
            line = f"t{chance.randrange(40)}"
            profile = Profile(line, tuple(chance.sample(keys, 6)), chance.randrange(9), f'{{"n": {chance.random()}}}')
            if chance.random() < 0.1 and memory.get(line) is not None:
                into = next((other for other in ("t1", "t2") if other != line and memory.get(other) is not None), None)
                if into is not None:
                    memory.forward(line, into)
                    stored.forward(line, into)
                continue
            memory.put(profile)
            stored.put(profile)
            wanted = chance.sample(keys, 5)
            assert list(stored.candidates(wanted, 6)) == list(memory.candidates(wanted, 6))
            assert stored.get(line) == memory.get(line)


def test_a_sitting_changes_profiles_only_for_itself(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, desk.store.writing() as connection:
        stored = ArchiveProfiles(connection)
        stored.put(Profile("t1", ("a", "b"), 1, "{}"))
        stored.put(Profile("t2", ("b", "c"), 1, "{}"))
        sitting = SittingProfiles()
        sitting.below = stored
        sitting.put(Profile("t1", ("c", "d"), 2, '{"x": 1}'))
        sitting.put(Profile("t3", ("a",), 2, "{}"))
        assert [found.id for found in sitting.candidates(["a", "c"], 5)] == ["t1", "t2", "t3"]
        sitting.forward("t2", "t3")
        assert sitting.get("t2") == sitting.get("t3")
        assert [found.id for found in sitting.candidates(["b"], 5)] == []
        assert [found.id for found in stored.candidates(["b"], 5)] == ["t1", "t2"]
        again = Profile("t2", ("b",), 3, "{}")
        sitting.put(again)
        assert sitting.get("t2") == again, "what was merged into another one and stands again is found by its own name"
        sitting.forward("t2", "t3")
        sitting.forward("t3", "t2")
        assert sitting.get("t3") == stored.get("t3"), "merges that lead in a circle end"


class Counted(tuple[str, ...]):
    """Keys that count how often they are looked at."""

    looks = 0

    def __iter__(self) -> Iterator[str]:
        Counted.looks += 1
        return super().__iter__()


def test_what_a_sitting_looks_at_does_not_grow_with_what_it_holds() -> None:
    sitting = SittingProfiles()
    sitting.below = NoProfiles()
    for at in range(3_000):
        sitting.put(Profile(f"t{at:04}", Counted(("common", f"own{at}")), at, "{}"))
    Counted.looks = 0
    assert [found.id for found in sitting.candidates(["own7", "common"], 1)] == ["t0007"]
    assert Counted.looks < 200


def test_words_are_filled_anew_when_their_rules_change(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([make_story("1", "Bridge closed", "It is closed.")])
        with desk.store.writing() as connection:
            connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
            connection.execute("DELETE FROM storyline_word")
            connection.execute("UPDATE state SET words_version = 0")
    with open_desk(tmp_path) as desk:
        assert [desk.count(query) for query in ("bridge", "storyline:bridge")] == [0, 0]
        assert list(desk.refill_words()) == [(1, 1)]
        assert [desk.count(query) for query in ("bridge", "storyline:bridge")] == [1, 1]
        assert list(desk.refill_words()) == []
        assert_well(desk)


@pytest.mark.parametrize("typed", ["Wałęsa Łódź", "walesa lodz"])
def test_letters_that_few_keyboards_have_are_found_without_them(tmp_path: Path, typed: str) -> None:
    one, two = typed.split()
    story = make_story(
        "1", "Wałęsa in Łódź", "So Wałęsa spoke.", source="Głos", comments=(Comment("Brawo Łódź", author="Michał"),)
    )
    queries: tuple[str, ...] = (typed, one, f"{one[:4]}*", f"title:{two}", f"body:{one}", f"storyline:{one}", f"comment:{two}")
    queries += ("source:glos", "source:Głos", "commenter:michal*")
    with open_desk(tmp_path) as desk:
        (name,) = desk.keep([story]).new
        assert [query for query in queries if desk.ids(query) != [name]] == []
        found = desk.story(name)
        assert found is not None
        assert [query for query in queries if not desk.query(query).matches(found)] == []
        desk.forget([name])
        assert [query for query in queries if desk.ids(query)] == []
        assert_well(desk)


def test_a_lean_archive_keeps_little_in_memory_once_others_need_the_room(tmp_path: Path) -> None:
    with Desk.open(paths(tmp_path), lean=True) as desk:
        desk.store.shrink()
        sizes = []
        for open_ in (desk.store.writing, desk.store.reading):  # the one that writes is opened only now
            with open_() as connection:
                sizes.append(connection.execute("PRAGMA main.cache_size").fetchone()[0])
        assert sizes == [-4000, -1000]


def test_the_index_forgets_what_a_story_no_longer_says(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        for number in range(6):
            desk.keep([make_story("1", "Bridge closed", f"Version word{number} ürün 金利{number}.")])
        with desk.store.writing() as connection:
            connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
            rows = connection.execute("SELECT count(*) FROM words WHERE words MATCH 'version'").fetchone()[0]
        assert rows == 1
        assert [desk.count(f"word{number}") for number in range(6)] == [0, 0, 0, 0, 0, 1]


def test_every_list_of_the_dashboard_reads_along_an_index(tmp_path: Path) -> None:
    """No plan of a first screen sorts, and none but the count of everything scans the stories."""
    from newsdesk.archive.compile import Context, make_plan
    from newsdesk.query import parse

    with open_desk(tmp_path) as desk, desk.store.reading() as connection:
        for text in (
            "",
            "topic:sport",
            "country:JP",
            "topic:sport country:JP",
            "bridge",
            "bridge topic:sport",
            "is:unread topic:sport",
        ):
            plan = make_plan(parse(text).term, Context())
            sql = f"EXPLAIN QUERY PLAN SELECT s.key {plan.body} ORDER BY {plan.doc} DESC LIMIT 100"
            steps = [row[3] for row in connection.execute(sql, plan.values)]
            assert not any("TEMP B-TREE" in step for step in steps), (text, steps)


@pytest.mark.parametrize("text", ["bridge newer:2d", "topic:sport (bridge older:2026-01-01)", "bridge newer:yesterday"])
def test_the_search_index_is_read_for_the_days_that_are_asked_for_alone(tmp_path: Path, text: str) -> None:
    from newsdesk.archive.compile import Context, make_plan
    from newsdesk.query import parse

    with open_desk(tmp_path) as desk, desk.store.reading() as connection:
        plan = make_plan(parse(text).term, Context())
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN SELECT count(*) {plan.body}", plan.values)]
        assert steps[0].startswith("SCAN w VIRTUAL TABLE"), steps
        assert steps[0].endswith((">", "<")), "the bound is a part of what the index is asked"
