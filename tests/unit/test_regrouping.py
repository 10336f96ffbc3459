"""A person's corrections of the grouping: they stay over refreshes and new archives, and are undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.archive import regroup
from newsdesk.errors import UsageError
from newsdesk.storylines import Corrections
from tests.unit.desks import ALL, QUAKE, assert_well, line_of, make_story, open_desk, whole_stories


def test_a_merge_stays_and_can_be_undone(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        vote, bank = line_of(desk, "russia"), line_of(desk, "金利")
        before = desk.storylines()
        merged = desk.merge(vote, bank)
        assert (merged.id, merged.stories) == (vote, 2)
        assert desk.storyline(bank) == merged
        assert desk.find(bank) == vote
        desk.keep(
            [
                make_story(
                    "9", "日本銀行、金利を再び引き上げ", "日本銀行は金利を再び引き上げた。", index=9, published="2026-01-14"
                )
            ]
        )
        assert line_of(desk, "russia") == line_of(desk, "title:金利") == vote
        with pytest.raises(UsageError, match="already"):
            desk.merge(vote, bank)
        assert "merged" in str(desk.undo())
        assert line_of(desk, '"日本銀行は金利を引き上げた"') == bank
        assert {line.id for line in desk.storylines()} >= {line.id for line in before}
        assert_well(desk)


def test_a_split_stays_and_can_be_undone(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        line, story_id = line_of(desk, "toll"), desk.ids("toll")[0]
        alone = desk.split(line, story_id)
        assert alone.stories == 1
        assert alone.id != line
        desk.keep([QUAKE[1].with_(body=(*QUAKE[1].body, "More was to come."))])
        desk.keep(ALL)
        assert line_of(desk, "toll") == alone.id
        assert "took" in str(desk.undo())
        assert line_of(desk, "toll") == line
        assert desk.storyline(alone.id) is None or desk.storyline(alone.id).id == line  # type: ignore[union-attr]
        with pytest.raises(UsageError, match="only story"):
            desk.split(line_of(desk, "russia"), desk.ids("russia")[0])


def test_a_storyline_is_not_called_after_a_story_that_has_left_it(tmp_path: Path) -> None:
    def titles() -> dict[str, str]:
        return {line.id: line.title for line in desk.storylines()}

    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        line = line_of(desk, "toll")
        members = [story for story in whole_stories(desk) if story.storyline and story.storyline.id == line]
        first = next(story.id for story in members if story.title == titles()[line])
        before = titles()
        alone = desk.split(line, first)
        assert titles()[alone.id] == before[line]
        assert titles()[line] == next(story.title for story in members if story.id != first)
        desk.undo()
        assert titles() == before
        desk.move(first, line_of(desk, "russia"))
        assert titles()[line] != before[line]
        desk.undo()
        assert titles() == before
        desk.rename(line, before[line])  # now it is a person's
        desk.split(line, first)
        assert titles()[line] == before[line]


def test_a_correction_survives_a_new_archive(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        desk.split(line_of(desk, "toll"), desk.ids("toll")[0])
        desk.merge(line_of(desk, "russia"), line_of(desk, "金利"))
    for file in (tmp_path / "data").glob("archive*"):
        file.unlink()
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        assert line_of(desk, "toll") != line_of(desk, "strong")
        assert line_of(desk, "russia") == line_of(desk, "金利")


def test_a_title_that_a_person_gave_stays(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(QUAKE[:1])
        line = line_of(desk, "")
        assert desk.rename(line, "The  Kamikawa\u202e quake").title == "The Kamikawa quake"
        desk.keep(QUAKE)
        assert [found.title for found in desk.storylines("storyline:quake")] == ["The Kamikawa quake"]
        assert "renamed" in str(desk.undo())
        assert [found.title for found in desk.storylines()] == [QUAKE[0].title]


def test_a_story_that_was_taken_out_goes_back_to_the_others_wherever_they_are(tmp_path: Path) -> None:
    """A refresh found in between that the storyline is part of another one: the story came back to nobody."""
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        quake, vote = line_of(desk, "toll"), line_of(desk, "russia")
        desk.split(quake, desk.ids("toll")[0])
        with desk.store.writing() as connection:
            regroup.merge(connection, vote, quake, Corrections())
        title = desk.storyline(vote)
        assert title is not None
        assert "took" in str(desk.undo())
        assert {line_of(desk, query) for query in ("toll", "hits", "russia")} == {vote}
        assert [(line.title, line.stories) for line in desk.storylines("toll")] == [(title.title, 3)]
        assert_well(desk)


def test_what_a_storyline_was_called_since_stays_when_a_story_goes_back_to_it(tmp_path: Path) -> None:
    third = make_story("5", "Kamikawa earthquake relief arrives", *QUAKE[1].body, published="2026-01-14", index=5)
    last = make_story("6", "Earthquake in Kamikawa killed ten people", *QUAKE[0].body, published="2026-01-15", index=6)
    with open_desk(tmp_path) as desk:
        desk.keep([*QUAKE, third])
        (line,) = desk.storylines()
        assert line.title == third.title
        desk.split(line.id, desk.ids("title:relief")[0])
        assert [story.title for story in whole_stories(desk, f"storyline:{line.id}")] == [QUAKE[1].title, QUAKE[0].title]
        desk.keep([last])
        desk.undo()
        assert [(line.title, line.stories) for line in desk.storylines()] == [(last.title, 4)]


def test_a_merge_that_is_taken_back_leaves_what_was_said_of_the_one_before(tmp_path: Path) -> None:
    def reasons() -> dict[str, tuple[str, ...]]:
        with desk.store.reading() as connection:
            return {story_id: tuple(regroup.why(connection, story_id)) for story_id in desk.ids()}

    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        quake, vote, bank = (line_of(desk, query) for query in ("toll", "russia", "金利"))
        desk.merge(vote, bank)
        before = reasons()
        desk.merge(quake, vote)
        desk.undo()
        assert reasons() == before
