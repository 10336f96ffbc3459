"""A storyline of stories without titles is called after what a person knows them by."""

from __future__ import annotations

import datetime

import pytest

from newsdesk.model import Story
from newsdesk.storylines import Grouper, MemoryProfiles, Signed, group_call
from newsdesk.storylines.prepared import prepare_all

TODAY = datetime.date(2031, 9, 3)
WHEN = "2031-09-01T08:30:00Z"
UNTITLED = [
    (Story(None, ("", "Crews found three broken rails below the plant.")), "Crews found three broken rails below the plant."),
    (Story(None, (), highlights=("Rails broken below the plant",)), "Rails broken below the plant"),
    (Story(None, (), source="minase.example", published=WHEN), f"minase.example {WHEN}"),
    (Story(None, (), source="minase.example", outlet="Minase Post", published=WHEN), f"Minase Post {WHEN}"),
    (Story("  ", (" ",), published=WHEN), WHEN),
]


@pytest.mark.parametrize(("story", "title"), UNTITLED)
def test_a_storyline_without_a_title_is_called_by_text_else_source_and_time(story: Story, title: str) -> None:
    story = story.with_(id="s1")
    assert group_call([story], signed([story]), ["s1"]).of(0, story)[0].title == title
    for one in (story, prepare_all([story], None)[0].story()):
        grouping = Grouper(MemoryProfiles(), today=TODAY).group([one])
        assert list(grouping.titles.values()) == [title]


def test_two_stories_whose_first_paragraph_is_empty_are_called_after_their_text() -> None:
    text = "Crews in Minase found three broken rails below the Kurobishi plant, the railway said on Monday."
    stories = [Story(None, ("", text), id=own, published="2031-09-01") for own in ("s1", "s2")]
    lines = group_call(stories, signed(stories), ["s1", "s2"])
    grouping = Grouper(MemoryProfiles(), today=TODAY).group(stories)
    assert [lines.of(at, story)[0].title for at, story in enumerate(stories)] == [text, text]
    assert list(grouping.titles.values()) == [text]


def signed(stories: list[Story]) -> Signed:
    found = Signed()
    found.add(stories)
    return found
