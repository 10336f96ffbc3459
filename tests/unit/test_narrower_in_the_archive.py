"""A narrower topic finds stories and can be followed; they are counted and shown under the top level alone."""

from pathlib import Path

import pytest

from newsdesk.desk import Desk
from newsdesk.errors import UsageError
from newsdesk.model import Concept, Story, Topic
from newsdesk.query.values import find_topic
from tests.unit.desks import NOW, assert_well, headings, make_story, paths

ELECTION, BUDGET = Concept("medtop:20000574", "election", ("ballot",)), Concept("medtop:20000607", "government budget")
POLITICS = "medtop:11000000"
STORIES = (
    make_story("1", "Islanders vote", "They vote on Sunday.", hints=("election",)),
    make_story("2", "The island's budget", "It is late.", hints=("budget",), index=1),
    make_story("3", "Rain", "It rains.", index=2),
)


def tag(story: Story) -> Story:
    narrower = {"election": (ELECTION,), "budget": (BUDGET,)}
    return story.with_(topics=tuple(Topic(POLITICS, "politics", 0.9, (), narrower[hint]) for hint in story.hints))


def open_desk(root: Path) -> Desk:
    return Desk.open(paths(root), now=lambda: NOW, tag=tag)


def test_it_finds_and_the_top_level_counts(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(STORIES)
        assert headings(desk, "topic:election") == headings(desk, "topic:medtop:20000574") == ["Islanders vote"]
        assert headings(desk, "-topic:election topic:politics") == ["The island's budget"]
        assert [(row.id, row.topics) for row in desk.rows("topic:election")] == [(desk.ids("vote")[0], (POLITICS,))]
        assert [(section.id, section.total) for section in desk.sections().topics if section.total] == [(POLITICS, 2)]
        assert desk.sections("topic:election").total == desk.count("topic:election") == 1
        assert set(desk.coverage("").topics) == {POLITICS, ""}
        assert_well(desk)


def test_a_revision_without_it_is_found_by_it_no_more(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(STORIES)
        desk.keep([STORIES[0].with_(body=("The vote was put off.",), hints=("budget",))])
        assert headings(desk, "topic:election") == []
        assert sorted(headings(desk, "topic:budget")) == ["Islanders vote", "The island's budget"]
        assert_well(desk)


def test_it_can_be_followed_by_its_name(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(STORIES)
        follow = desk.follow("topic:election")
        assert (follow.kind, follow.target, follow.name) == ("topic", "medtop:20000574", "election")
        assert headings(desk, "is:followed") == ["Islanders vote"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("crime", "medtop:02000000"),
        ("election", "medtop:20000574"),
        ("20000574", "medtop:20000574"),
        ("earthq", "medtop:20000153"),
    ],
)
def test_a_name_means_the_top_level_first(text: str, topic: str) -> None:
    assert find_topic(text) == (topic,)


def test_a_name_that_means_several_and_one_that_means_none() -> None:
    with pytest.raises(UsageError, match=r"'e' may be any of: .*write more of the name"):
        find_topic("e")
    with pytest.raises(UsageError, match="did you mean 'election'"):
        find_topic("electoin")
