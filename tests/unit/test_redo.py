"""What was undone can be done again: after any changes, undone and done again in any number, all is as it was."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from newsdesk.archive.forget import forget
from newsdesk.archive.ids import to_key
from newsdesk.desk import Desk
from newsdesk.errors import UsageError
from newsdesk.model import Comment
from newsdesk.person.marks import Step
from newsdesk.storylines import Corrections
from tests.unit.desks import assert_well, make_story, open_desk

SUBJECTS = (
    ("Quake shakes Iquique", "Chile's disaster agency Senapred counted cracked houses in Iquique after the earthquake."),
    ("Paris votes on scooters", "Parisians decided in a ballot whether rented scooters stay, mayor Hidalgo said."),
    ("Dockers strike in Gdansk", "Port workers of the union Solidarnosc blocked the terminal in Gdansk over night shifts."),
)


def fill(desk: Desk) -> None:
    stories = [
        make_story(
            str(at),
            SUBJECTS[at % 3][0],
            f"{SUBJECTS[at % 3][1]} {'Again. ' * at}",
            published=f"2026-0{1 + 3 * (at % 3)}-{at + 1:02d}",
            comments=(Comment(f"Well done {at}", "ann"),),
        )
        for at in range(8)
    ]
    desk.keep(stories)


def standing(desk: Desk) -> dict[str, Any]:
    """All that a person can change."""
    lines = {}
    for row in desk.storyline_rows():
        members = [(story.id, tuple(desk.story(story.id).storyline.why)) for story in desk.storyline_stories(row.id)]  # type: ignore[union-attr]
        lines[row.id] = (row.title, row.pinned, sorted(members))
    marks = [(row.id, row.unread, row.starred) for row in desk.rows()]
    moods = [(desk.story(row.id).comments[0].sentiment) for row in desk.rows()]  # type: ignore[union-attr]
    return {"lines": lines, "marks": marks, "moods": moods, "sections": desk.sections(), "paused": desk.paused()} | {
        "follows": {state.follow for state in desk.follows()},
        "queries": desk.saved_queries(),
    }


def change_something(desk: Desk, chance: random.Random) -> None:
    rows = desk.rows()
    one = chance.choice(rows)
    lines = [row.id for row in desk.storyline_rows()]
    several = [row for row in desk.storyline_rows() if row.stories > 1]
    what = chance.choice(("mark", "mark all", "star", "pause", "merge", "split", "move", "pin", "rename", "judge", "follow"))
    if what == "mark":
        desk.mark([one.id], "read" if one.unread else "unread")
    elif what == "mark all":
        desk.mark("ballot", chance.choice(("read", "unread")))
    elif what == "star":
        desk.mark([one.id], "unstar" if one.starred else "star")
    elif what == "pause":
        desk.pause(["https://one.example/rss"], resume=bool(desk.paused()))
    elif what == "merge" and len(lines) > 1:
        desk.merge(*chance.sample(lines, 2))
    elif what == "split" and several:
        line = chance.choice(several)
        desk.split(line.id, chance.choice(desk.storyline_stories(line.id)).id)
    elif what == "move" and (others := [line for line in lines if line != one.storyline]):
        desk.move(one.id, chance.choice(others))
    elif what == "pin":
        desk.pin(chance.choice(lines), chance.random() < 0.5)
    elif what == "rename":
        desk.rename(chance.choice(lines), f"A title {chance.random()}")
    elif what == "follow":
        change_a_follow(desk, chance)
    elif what == "judge":
        story = desk.story(one.id)
        assert story is not None
        desk.judge(one.id, story.comments[0], chance.choice(("negative", "positive", "machine")))


def change_a_follow(desk: Desk, chance: random.Random) -> None:
    known = [state.follow.name for state in desk.follows()]
    if not known or chance.random() < 0.5:
        desk.follow(chance.choice(("country:CL", "topic:sport", "dockers")))
    elif chance.random() < 0.5:
        desk.unfollow(chance.choice(known))
    else:
        desk.save_query("mine", chance.choice(("ballot", "dockers")))


def undo_all(desk: Desk) -> list[str]:
    said = []
    while (undone := desk.undo()) is not None:
        said.append(undone)
    return said


@pytest.mark.parametrize("seed", range(6))
def test_all_that_was_undone_is_done_again(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with open_desk(tmp_path) as desk:
        fill(desk)
        first = standing(desk)
        assert len(first["lines"]) > 2
        for _ in range(14):
            change_something(desk, chance)
        changed = standing(desk)
        undone = undo_all(desk)
        assert standing(desk) == first
        for told in reversed(undone):
            assert desk.redo() == told
        assert desk.redo() is None
        assert standing(desk) == changed
        assert undo_all(desk) == undone, "what was done again can be undone again"
        assert standing(desk) == first
        assert_well(desk)


def test_another_change_leaves_nothing_to_do_again(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        fill(desk)
        ids: Sequence[str] = desk.ids()
        desk.mark([ids[0]], "read")
        desk.undo()
        desk.mark([ids[1]], "star")
        assert desk.redo() is None
        assert desk.undo() == "starred 1 story"
        assert desk.undo() is None


def test_another_process_can_do_it_again(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        fill(desk)
        desk.mark("ballot", "read")
        desk.undo()
    with open_desk(tmp_path) as desk:
        assert desk.redo() == "marked 3 stories read"
        assert desk.count("is:unread") == 5


@pytest.mark.parametrize("kind", ["follow", "storyline"])
def test_what_another_process_changes_at_that_moment_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    with open_desk(tmp_path) as desk, open_desk(tmp_path) as other:
        fill(desk)
        line, follow = desk.storyline_rows()[0].id, desk.follow("ballot", name="Zero").id

        def call(by: Desk, name: str) -> object:
            return by.edit_follow(follow, name=name) if kind == "follow" else by.rename(line, name)

        def names() -> set[str]:
            return {one.name for one in desk.all_follows()} | {row.title for row in desk.storyline_rows()}

        def meanwhile(method: str, name: str) -> None:
            """Once the desk has asked its journal, the other one gives the name."""
            real = getattr(desk.marks, method)

            def asked(*step: Step) -> object:
                monkeypatch.setattr(desk.marks, method, real)
                found = real(*step)
                call(other, name)
                return found

            monkeypatch.setattr(desk.marks, method, asked)

        call(desk, "One")
        meanwhile("last_step", "Two")
        assert "Two" in str(desk.undo())
        assert "One" in names()
        assert "One" in str(desk.undo())
        meanwhile("do_again", "Three")
        with pytest.raises(UsageError, match="changed meanwhile"):
            desk.redo()
        assert "Three" in names()
        assert "Three" in str(desk.undo())
        assert names().isdisjoint(("One", "Two", "Three"))


def test_a_correction_of_what_has_gone_says_so_and_is_given_up(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        fill(desk)
        into, other = [row.id for row in desk.storyline_rows()][:2]
        desk.merge(into, other)
        desk.undo()
        gone = [to_key(row.id) for row in desk.storyline_stories(other)]
        with desk.store.writing() as connection:  # as an older newsdesk did: the journal was not told
            forget(connection, gone, 0, Corrections)
        with pytest.raises(UsageError, match=r"can't be done again \(merged .*changed meanwhile"):
            desk.redo()
        assert desk.redo() is None
        assert desk.undo() is None
        assert_well(desk)
