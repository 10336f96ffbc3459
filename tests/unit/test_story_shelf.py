"""Stories on a shelf come back as they came, whether it holds them in memory or in a file."""

from __future__ import annotations

import datetime
import json

import pytest

from newsdesk.ingest import identify
from newsdesk.model import Comment, Story
from newsdesk.storylines import Grouper, NoProfiles, refs
from newsdesk.tagging.one_call import TOGETHER, OneCall
from newsdesk.tagging.story_shelf import Shelf
from newsdesk.tagging.tagger import tag
from tests.unit.desks import make_story

TODAY = datetime.date(2031, 9, 1)


@pytest.mark.parametrize("most_chars", [0, 2_000, 10**9])
def test_what_is_put_in_comes_out(most_chars: int) -> None:
    stories = [
        make_story(str(at), f"Ferry {at} \ud83d\ude00", "Body. " * at).with_(comments=(Comment("Aha"),)) for at in range(9)
    ]
    with Shelf(most_chars) as shelf:
        for at in range(0, 9, 2):
            shelf.extend(stories[at : at + 2])
        assert len(shelf) == 9
        assert (list(shelf), shelf[3], shelf[-1], shelf[2:8:3]) == (stories, stories[3], stories[8], stories[2:8:3])
        with pytest.raises(IndexError):
            shelf[9]


def test_an_empty_shelf() -> None:
    with Shelf(0) as shelf:
        assert (len(shelf), list(shelf)) == (0, [])


def make_stories() -> list[Story]:
    """One affair in two languages, a story in three places, and stories that are alone."""
    said = "The harbour master Ingrid Solvang closed the Vestfjord bridge on Monday after 14,200 tonnes of rock fell. " * 3
    said_too = (
        "Kapitän Ingrid Solvang sperrte am Montag die Brücke am Vestfjord, nachdem 14.200 Tonnen Fels gestürzt waren. " * 3
    )
    rows = [
        ("1", "Vestfjord bridge closed after rock fall", said, "a.jsonl"),
        ("2", "Rock fall shuts Vestfjord bridge", said + "Nobody was hurt.", "b.jsonl"),
        ("1", "Vestfjord bridge closed after rock fall", said, "c.jsonl"),
        ("3", "Brücke am Vestfjord nach Felssturz gesperrt", said_too, "a.jsonl"),
        *((f"n{at}", f"Report {at} of the day", f"Text {at * 7919} and nothing else.", "a.jsonl") for at in range(TOGETHER)),
        ("4", "", "", "a.jsonl"),
    ]
    return [make_story(item, title, body, path=path) for item, title, body, path in rows]


@pytest.mark.parametrize("most_chars", [0, 10**9])
def test_a_call_that_takes_stories_as_they_come_says_what_one_over_all_of_them_says(most_chars: int) -> None:
    stories = make_stories()
    told: list[int] = []
    tagged = [tag(story) for story in identify(stories)]
    expected = refs(tagged, Grouper(NoProfiles(), today=TODAY).group(tagged))
    with Shelf(most_chars) as shelf:
        call = OneCall(shelf, told.append)
        for story in stories:
            call.take(story)
        assert call.close() == len(stories)
        call.identify()
        found = list(call.group())
    assert told == [TOGETHER, len(stories)]
    assert [json.dumps(story.to_json()) for story in found] == [json.dumps(story.to_json()) for story in expected]
    assert found[0].id == found[2].id
    assert len(found[0].origins) == 3
