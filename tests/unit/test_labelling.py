"""A person's word on what a story is about: found by it, counted by it, kept over refreshes, undone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newsdesk.desk import Desk
from newsdesk.errors import StorageError, UsageError
from newsdesk.model import Story
from newsdesk.person.notebook import Change
from newsdesk.tagging.processes import TaggingProcesses
from tests.unit.desks import ALL, NOW, QUAKE, TOPICS, VOTE, assert_well, headings, open_desk, paths, whole_stories
from tests.unit.desks import tag as tag_by_hand

SPORT, POLITICS, DISASTER = (TOPICS[name] for name in ("sport", "politics", "disaster"))


def vote(desk: Desk) -> Story:
    (story,) = whole_stories(desk, "parliament")
    return story


def told(story: Story) -> tuple[list[str], list[str]]:
    return [topic.id for topic in story.topics], [country.code for country in story.countries]


def counted(desk: Desk) -> dict[str, int]:
    sections = desk.sections()
    return {one.id: one.total for one in (*sections.topics, *sections.countries) if one.total}


def test_a_story_is_found_and_counted_by_what_a_person_said(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        before, counts = vote(desk), counted(desk)
        desk.mark([before.id], "read")
        after = desk.label(before.id, [SPORT, POLITICS], ["FI"])
        assert told(after) == told(vote(desk)) == ([SPORT, POLITICS], ["FI"])
        first, second = vote(desk).topics
        assert (first.name, first.score, first.why) == ("sport", 1.0, ("a person said so",))
        assert second == before.topics[0], "what newsdesk said too keeps its reasons"
        assert headings(desk, "topic:sport") == headings(desk, "country:FI") == [before.title]
        assert headings(desk, "country:RU") == []
        assert counted(desk) == {**{key: n for key, n in counts.items() if key != "RU"}, SPORT: 1, "FI": 1}
        assert {one.id: one.unread for one in desk.sections().topics}[SPORT] == 0
        assert_well(desk)
        assert str(desk.undo()) == "labelled “Russia elects a parliament”: sport, politics · Finland"
        assert vote(desk) == before
        assert counted(desk) == counts
        assert desk.notebook.docs("labels") == []
        desk.redo()
        assert told(vote(desk)) == ([SPORT, POLITICS], ["FI"])
        assert_well(desk)


def test_one_of_the_two_can_be_said_and_none_is_an_answer(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        story_id = vote(desk).id
        desk.label(story_id, countries=[])
        assert told(vote(desk)) == ([POLITICS], [])
        assert story_id in desk.ids("country:unknown")
        desk.label(story_id, topics=[SPORT])
        assert told(vote(desk)) == ([SPORT], [])
        desk.undo()
        assert told(vote(desk)) == ([POLITICS], [])
        desk.redo()
        desk.label(story_id)
        assert told(vote(desk)) == ([POLITICS], ["RU"])
        assert desk.notebook.docs("labels") == []
        desk.undo()
        assert told(vote(desk)) == ([SPORT], [])


def test_a_label_is_given_to_many_stories_or_taken_from_those_that_have_it_in_one_step(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        before, counts = {story.id: told(story) for story in whole_stories(desk)}, counted(desk)
        kamikawa = {story_id for story_id, (_, countries) in before.items() if countries == ["JP"]}
        desk.label(vote(desk).id, countries=["FI", "RU"])
        assert desk.label_all(list(before), "country", "RU", away=True) == 1
        assert told(vote(desk)) == ([POLITICS], ["FI"])
        assert desk.label_all(list(before), "country", "JP") == 2, "two had it already"
        assert told(vote(desk)) == ([POLITICS], ["JP", "FI"])
        assert desk.label_all([*kamikawa, "sgoneaaaaaa"], "topic", SPORT) == 2
        assert [told(story) for story in whole_stories(desk, "topic:sport")] == [([SPORT, DISASTER], ["JP"])] * 2
        assert counted(desk)[SPORT] == 2
        assert_well(desk)
        assert desk.undo() == "labelled 2 stories with sport"
        assert desk.redo() == "labelled 2 stories with sport"
        assert counted(desk)[SPORT] == 2
        assert [desk.undo() for _ in range(3)] == [
            "labelled 2 stories with sport",
            "labelled 2 stories with Japan",
            "labelled 1 story without Russia",
        ]
        assert told(vote(desk)) == ([POLITICS], ["FI", "RU"])
        desk.undo()
        assert ({story.id: told(story) for story in whole_stories(desk)}, counted(desk)) == (before, counts)
        assert desk.notebook.docs("labels") == []
        assert_well(desk)


def test_a_label_that_all_have_or_none_has_is_no_step(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        everything = desk.ids("")
        assert desk.label_all(everything, "country", "FI", away=True) == 0
        assert desk.label_all(desk.ids("country:JP"), "topic", DISASTER) == 0
        assert desk.undo() is None
        with pytest.raises(UsageError, match="is no country"):
            desk.label_all(everything, "country", "XX")


def test_a_fourth_topic_for_many_takes_the_place_of_the_last(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        story_id = vote(desk).id
        desk.label(story_id, [POLITICS, DISASTER, "medtop:07000000"])
        assert desk.label_all([story_id], "topic", SPORT) == 1
        assert told(vote(desk))[0] == [SPORT, POLITICS, DISASTER]


def test_of_many_labelled_stories_one_is_forgotten_and_no_step_tells_of_it(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        desk.label_all(desk.ids(""), "country", "FI")
        desk.forget([vote(desk).id])
        assert "Russia elects" not in json.dumps([step.detail for step in desk.marks.steps()])
        assert all("Russia" not in str(note["heading"]) for note in desk.notebook.docs("labels"))


def test_what_newsdesk_says_anyway_is_no_note_and_no_step(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        desk.label(vote(desk).id, [POLITICS], ["RU"])
        assert desk.notebook.docs("labels") == []
        assert desk.undo() is None
        desk.label(vote(desk).id, [SPORT])
        desk.label(vote(desk).id, [SPORT])
        desk.undo()
        assert told(vote(desk)) == ([POLITICS], ["RU"])
        assert desk.undo() is None


def test_it_stays_over_refreshes_revisions_and_a_new_archive(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        story_id = vote(desk).id
        desk.label(story_id, [SPORT], ["FI"])
        desk.keep([VOTE.with_(body=(*VOTE.body, "The count goes on."), hints=("disaster", "JP"))])
        assert (vote(desk).revision, told(vote(desk))) == (2, ([SPORT], ["FI"]))
        desk.put_text(story_id, lambda story: story.with_(body=(*story.body, "It has ended.")))
        assert (vote(desk).revision, told(vote(desk))) == (3, ([SPORT], ["FI"]))
        assert_well(desk)
    for file in (tmp_path / "data").glob("archive*"):
        file.unlink()
    with open_desk(tmp_path) as desk:
        with desk.taking_in() as intake:
            intake.take(ALL)
        desk.finish()
        assert told(vote(desk)) == ([SPORT], ["FI"])
        assert_well(desk)


def test_processes_that_tag_beside_leave_it_to_who_knows_the_notebook(tmp_path: Path) -> None:
    with Desk.open(paths(tmp_path), now=lambda: NOW) as desk:
        desk.keep([VOTE, *QUAKE])
        desk.label(vote(desk).id, [SPORT], ["FI"])
        changed = [story.with_(body=(*story.body, "More is to come."), comments=()) for story in (VOTE, QUAKE[1])]
        with desk.taking_in() as intake:
            intake.take(changed)
        assert desk.waiting() == 2
        with TaggingProcesses() as processes:
            assert [kept.unchanged for kept in desk.finish_beside(processes, 20)] == [1]
        assert desk.finish().unchanged == 1
        assert (vote(desk).revision, told(vote(desk))) == (2, ([SPORT], ["FI"]))


@pytest.mark.parametrize("way", ["undo", "machine"])
def test_what_is_taken_back_leads_to_what_newsdesk_finds_in_the_version_that_is_there(tmp_path: Path, way: str) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        story_id = vote(desk).id
        desk.label(story_id, [SPORT], ["FI"])
        desk.keep([VOTE.with_(body=(*VOTE.body, "The count goes on."), hints=("disaster", "JP"))])
        if way == "undo":
            desk.undo()
        else:
            desk.label(story_id)
        assert told(vote(desk)) == ([DISASTER], ["JP"])
        assert vote(desk).labelled is None
        assert_well(desk)


def test_who_is_killed_between_notebook_and_archive_can_take_it_back_once_more(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        before = vote(desk)
        desk.label(before.id, [SPORT], ["FI"])
        (note,) = desk.notebook.docs("labels")
        desk.notebook.apply([Change("drop", "labels", note)])  # all that an undo did before it was killed
        desk.undo()
        assert vote(desk) == before
        desk.label(before.id, [SPORT], ["FI"])
        desk.notebook.apply([Change("drop", "labels", note)])  # the same of giving it back to newsdesk
        desk.label(before.id)
        assert vote(desk) == before
        assert_well(desk)


def test_what_is_said_while_a_story_is_being_tagged_stands(tmp_path: Path) -> None:
    def tag(story: Story) -> Story:
        with open_desk(tmp_path) as other:
            if story.title == VOTE.title and not other.labels():
                other.label(story.id, [SPORT])
        return tag_by_hand(story)

    with Desk.open(paths(tmp_path), now=lambda: NOW, tag=tag) as desk:
        with desk.taking_in() as intake:
            intake.take(ALL)
        while desk.waiting():
            desk.finish()
        assert told(vote(desk)) == ([SPORT], ["RU"])
        desk.undo()
        assert told(vote(desk)) == ([POLITICS], ["RU"])
        assert_well(desk)


def test_what_is_said_of_a_version_that_waits_for_its_tags_is_taken_back(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        before, counts = desk.rows("parliament"), counted(desk)
        story_id = before[0].id
        desk.label(story_id, [SPORT])
        with desk.taking_in() as intake:
            intake.take([VOTE.with_(body=(*VOTE.body, "The count goes on."))])
        desk.label(story_id, countries=["FI"])
        (row,) = desk.rows("parliament")
        assert (row.topics, row.countries) == ((SPORT,), ("FI",))
        desk.undo()
        (row,) = desk.rows("parliament")
        assert (row.topics, row.countries) == ((SPORT,), ("RU",))
        desk.undo()
        assert [replace(row, revision=1) for row in desk.rows("parliament")] == before
        assert counted(desk) == counts
        desk.finish()
        assert told(vote(desk)) == ([POLITICS], ["RU"])
        assert_well(desk)


@pytest.mark.parametrize("meanwhile", [VOTE, QUAKE[0]])
def test_what_is_said_while_a_new_version_is_being_tagged_stands(tmp_path: Path, meanwhile: Story) -> None:
    with open_desk(tmp_path) as other:
        other.keep(ALL)

        said = vote(other).id

        def tag(story: Story) -> Story:
            if story.title == meanwhile.title:
                other.label(said, [SPORT])
            return tag_by_hand(story)

        with open_desk(tmp_path, tag=tag) as desk:
            desk.keep([one.with_(body=(*one.body, "The count goes on.")) for one in (VOTE, QUAKE[0])])
            assert (vote(desk).revision, told(vote(desk))) == (2, ([SPORT], ["RU"]))
            assert_well(desk)


def test_what_processes_beside_are_tagging_and_a_person_labels_meanwhile_waits(tmp_path: Path) -> None:
    with Desk.open(paths(tmp_path), now=lambda: NOW) as desk:
        desk.keep([VOTE, *QUAKE])
        with desk.taking_in() as intake:
            intake.take([story.with_(body=(*story.body, "More is to come."), comments=()) for story in (VOTE, QUAKE[1])])
        with TaggingProcesses() as processes:
            beside = desk.finish_beside(_Labelling(processes, desk, vote(desk).id), 20)  # type: ignore[arg-type]
            assert [kept.unchanged for kept in beside] == [1]
        assert desk.finish().unchanged == 1
        assert told(vote(desk))[0] == [SPORT]


class _Labelling:
    """Processes that tag, while a person labels a story."""

    def __init__(self, processes: TaggingProcesses, desk: Desk, story_id: str) -> None:
        self._processes, self._desk, self._story_id, self.size = processes, desk, story_id, processes.size

    def tag(self, rows: Any) -> Any:
        answer = self._processes.tag(rows)
        self._desk.label(self._story_id, [SPORT])
        return answer


def test_a_labelled_story_is_held_and_what_was_said_goes_with_it(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        story_id = vote(desk).id
        desk.label(story_id, [SPORT])
        assert story_id not in desk.stale("")
        desk.forget([story_id])
        assert desk.notebook.docs("labels") == []
        assert desk.undo() is None


def test_a_note_written_by_hand_may_leave_out_what_it_does_not_say(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        story_id = vote(desk).id
        desk.notebook.apply([Change("put", "labels", {"id": story_id, "countries": ["FI"]})])
        desk.put_text(story_id, lambda story: story.with_(body=(*story.body, "It has ended.")))
        assert told(vote(desk)) == ([POLITICS], ["FI"])


def test_what_can_not_be_said_is_refused(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        story_id = vote(desk).id
        with pytest.raises(UsageError, match="no top-level topic; it is part of politics and government"):
            desk.label(story_id, ["medtop:20000574"])
        with pytest.raises(UsageError, match="XX is no country"):
            desk.label(story_id, countries=["XX"])
        with pytest.raises(UsageError, match="named twice"):
            desk.label(story_id, [SPORT, SPORT])
        with pytest.raises(UsageError, match="at most 3"):
            desk.label(story_id, [SPORT, POLITICS, DISASTER, "medtop:07000000"])
        with pytest.raises(UsageError, match="there is no story"):
            desk.label("saaaaaaaaaa", [SPORT])
        assert desk.undo() is None


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        ({"topics": "sport"}, '"topics" must be a list of texts like "medtop:15000000", or null'),
        ({"topics": ["sport"]}, '"topics" must be a list of texts like "medtop:15000000", or null'),
        ({"id": "vote"}, '"id" must be the id of a story'),
        ({"countries": [1]}, '"countries" must be a list of texts like "FI", or null'),
        ({"countries": ["FI SE"]}, '"countries" must be a list of texts like "FI", or null'),
    ],
)
def test_a_slip_in_the_notebook_is_told_by_its_place(tmp_path: Path, slip: dict[str, object], told: str) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        desk.label(vote(desk).id, [SPORT])
        file = desk.notebook.path
    data = json.loads(file.read_text("utf-8"))
    data["labels"]["1"] |= slip
    file.write_text(json.dumps(data), "utf-8")
    with pytest.raises(StorageError) as failed:
        open_desk(tmp_path)
    assert f"labels 1: {told}" in str(failed.value)
