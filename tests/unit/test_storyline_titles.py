"""A storyline of stories without titles is called after what a person knows them by."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import pytest

from newsdesk.model import Story
from newsdesk.storylines import Corrections, Grouper, MemoryProfiles, Signed, group_call
from newsdesk.storylines.prepared import prepare_all
from newsdesk.storylines.titles import main_language

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


FERRY = {
    "2031-04-01": (
        (
            "84 taken off ferry aground near Corran",
            "Lifeboats took 84 people off the ferry Isle of Torsay, which ran aground near Corran, the coastguard said.",
        ),
        (
            "Isle of Torsay aground: what we know",
            "The ferry Isle of Torsay is aground off Corran. The coastguard says nobody is hurt.",
        ),
    ),
    "2031-04-04": (
        (
            "Operator's shares slip",
            "Shares of the operator fell by a tenth as its costs rise. Its ferry Isle of Torsay ran aground in the same week.",
        ),
        (
            "Isle of Torsay refloated at high tide",
            "Tugs refloated the ferry Isle of Torsay off Corran, three days after it ran aground, the coastguard said.",
        ),
    ),
    "2031-04-09": (
        (
            "Captain of Isle of Torsay was asleep",
            "The captain of the ferry Isle of Torsay was asleep when it ran aground off Corran, investigators said.",
        ),
    ),
}


def told(*days: str) -> list[Story]:
    return [Story(title, (lead,), f"{day}-{at}", day) for day in days for at, (title, lead) in enumerate(FERRY[day])]


def test_a_storyline_keeps_its_id_and_is_called_after_its_newest_typical_story() -> None:
    profiles, titles = MemoryProfiles(), {}
    for day in FERRY:
        grouping = Grouper(profiles, today=TODAY).group(told(day))
        titles[day] = list(grouping.titles.items())
    ids = {line_id for named in titles.values() for line_id, _ in named}
    assert len(ids) == 1
    assert [named[0][1] for named in titles.values()][1:] == [
        "Isle of Torsay refloated at high tide",
        "Captain of Isle of Torsay was asleep",
    ]
    stories = told(*FERRY)
    lines = group_call(stories, signed(stories), [story.id for story in stories])
    assert {lines.of(at, story)[0].title for at, story in enumerate(stories)} == {"Captain of Isle of Torsay was asleep"}


def test_a_story_that_comes_in_late_does_not_bring_an_old_title_back() -> None:
    profiles = MemoryProfiles()
    Grouper(profiles, today=TODAY).group(told("2031-04-04"))
    grouping = Grouper(profiles, today=TODAY).group(told("2031-04-01"))
    assert list(grouping.titles.values()) == ["Isle of Torsay refloated at high tide"]


def test_a_date_that_is_yet_to_come_does_not_keep_the_title() -> None:
    profiles = MemoryProfiles()
    Grouper(profiles, today=TODAY).group(told("2031-04-01"))
    lead = "The ferry Isle of Torsay ran aground off Corran, the coastguard said."
    ahead = [Story("Isle of Torsay: buy tickets", (lead,), "ahead", "2099-01-01")]
    assert list(Grouper(profiles, today=TODAY).group(ahead).titles.values()) != ["Isle of Torsay: buy tickets"]
    grouping = Grouper(profiles, today=TODAY).group(told("2031-04-09"))
    assert list(grouping.titles.values()) == ["Captain of Isle of Torsay was asleep"]


ASLEEP = {
    "en": (
        "Captain of ferry Isle of Torsay was asleep",
        "The captain of the ferry Isle of Torsay was asleep when it ran aground off Corran in April, investigators said. "
        "Nobody had relieved him on the bridge for nineteen hours, and the alarm that should have woken him was switched off.",
    ),
    "de": (
        "Kapitän der Fähre Isle of Torsay schlief",
        "Der Kapitän der Fähre Isle of Torsay schlief, als das Schiff vor Corran auf Grund lief, sagen die Ermittler. Neunzehn "
        "Stunden lang hatte ihn auf der Brücke niemand abgelöst, und der Alarm war abgeschaltet.",
    ),
}


@pytest.mark.parametrize(("own", "other"), [("en", "de"), ("de", "en")])
def test_a_storyline_in_several_languages_keeps_to_the_one_of_its_title(own: str, other: str) -> None:
    spoken = [own, other, other, own]
    stories = [
        Story(f"{ASLEEP[language][0]} {day}", (ASLEEP[language][1],), f"s{day}", f"2031-04-0{day}", language=language)
        for day, language in enumerate(spoken, 1)
    ]
    profiles, corrections = MemoryProfiles(), Corrections(together=tuple(("s1", f"s{day}") for day in (2, 3, 4)))
    titles: list[str] = []
    for story in stories:
        titles += Grouper(profiles, corrections, TODAY).group([story]).titles.values()
    assert titles == [f"{ASLEEP[own][0]} {day}" for day in (1, 1, 1, 4)]


def test_the_language_of_a_storyline_is_that_of_most_of_its_stories_of_as_many_the_first() -> None:
    assert main_language([None, "de", "en", "en"]) == "en"
    assert main_language(["de", "en"]) == "de"
    assert main_language([None]) is None


def test_an_archive_from_before_the_day_of_a_title_was_kept_is_called_anew() -> None:
    profiles = MemoryProfiles()
    Grouper(profiles, today=TODAY).group(told("2031-04-01", "2031-04-04"))
    (line_id,) = Grouper(profiles, today=TODAY).group(told("2031-04-01")).titles
    known = profiles.get(line_id)
    assert known is not None
    data = json.loads(known.blob)
    del data["e"]
    profiles.put_all([replace(known, blob=json.dumps(data))])
    grouping = Grouper(profiles, today=TODAY).group(told("2031-04-09"))
    assert grouping.titles == {line_id: "Captain of Isle of Torsay was asleep"}


def signed(stories: list[Story]) -> Signed:
    found = Signed()
    found.add(stories)
    return found
