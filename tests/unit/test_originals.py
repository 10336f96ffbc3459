"""The original of near-identical texts is the earliest printed one, whichever came in first."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.desk import Desk
from newsdesk.model import Story
from tests.unit.desks import assert_well, make_story, open_desk

TEXT = (
    "Dockers at the port of Rotterdam walked out on Monday after talks over night shifts between their union and the"
    " employers failed, and ships were waiting outside the harbour until late in the evening, the port said.",
    "About four thousand dockers stopped work, and several hundred of them marched through the centre of the town.",
)


def told(outlet: str, published: str | None) -> Story:
    return make_story(
        outlet, f"Rotterdam dockers walk out: {outlet}", *TEXT, path=f"{outlet}.jsonl", source=outlet, published=published
    )


LATE, FIRST, NOON, UNDATED = (
    told("Late Post", "2026-01-12"),
    told("First Wire", "2026-01-10T08:00+00:00"),
    told("Noon News", "2026-01-10"),
    told("Some Site", None),
)


def copies(desk: Desk) -> dict[str | None, str | None]:
    """By source, the source that a story is a copy of."""
    stories = [story for row in desk.rows() if (story := desk.story(row.id)) is not None]
    names = {story.id: story.source for story in stories}
    return {story.source: names[story.wire_copy_of] if story.wire_copy_of else None for story in stories}


def bring(desk: Desk, stories: list[Story], by_feed: bool) -> None:
    if by_feed:
        with desk.taking_in() as intake:
            intake.take(stories)
        desk.finish()
    else:
        desk.keep(stories)


@pytest.mark.parametrize("by_feed", [False, True])
def test_the_earliest_is_the_original_in_whatever_order_they_come(tmp_path: Path, by_feed: bool) -> None:
    with open_desk(tmp_path) as desk:
        bring(desk, [UNDATED], by_feed)
        bring(desk, [LATE], by_feed)
        assert copies(desk) == {"Some Site": "Late Post", "Late Post": None}
        bring(desk, [FIRST], by_feed)
        bring(desk, [NOON], by_feed)
        assert copies(desk) == {
            "Some Site": "First Wire",
            "Late Post": "First Wire",
            "First Wire": None,
            "Noon News": "First Wire",
        }
        assert_well(desk)


def test_of_copies_whose_original_is_forgotten_the_earliest_is_it(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([LATE, FIRST, NOON])
        desk.forget(desk.ids("source:First"))
        assert copies(desk) == {"Late Post": "Noon News", "Noon News": None}
        assert_well(desk)


@pytest.mark.parametrize("by_feed", [False, True])
def test_later_copies_of_a_forgotten_original_are_known(tmp_path: Path, by_feed: bool) -> None:
    with open_desk(tmp_path) as desk:
        bring(desk, [FIRST, NOON], by_feed)
        desk.forget(desk.ids("source:First"))
        bring(desk, [LATE], by_feed)
        assert copies(desk) == {"Late Post": "Noon News", "Noon News": None}
        desk.forget(desk.ids())
        desk.let_back()
        bring(desk, [FIRST], by_feed)
    with open_desk(tmp_path) as desk:
        bring(desk, [UNDATED], by_feed)
        desk.forget(desk.ids("source:First"))
        bring(desk, [told("Last Site", None)], by_feed)
        assert copies(desk) == {"Some Site": None, "Last Site": "Some Site"}
        assert_well(desk)


def test_no_story_is_read_that_is_no_copy_of_what_is_forgotten(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([LATE, FIRST, NOON])
        statements: list[str] = []
        with desk.store.writing() as connection:
            connection.set_trace_callback(statements.append)
        desk.forget(desk.ids("source:first"))
        with desk.store.writing() as connection:
            connection.set_trace_callback(None)
            asked = [sql for sql in statements if sql.startswith(("SELECT", "UPDATE", "DELETE")) and "wire_copy_of" in sql]
            steps = [row[3] for sql in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert len(asked) > 1
        assert not [step for step in steps if step.startswith("SCAN story")]
        assert copies(desk) == {"Late Post": "Noon News", "Noon News": None}
