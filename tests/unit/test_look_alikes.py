"""Two events of a kind have like words and other names: they are two storylines, and two reports of one event are one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import overload
from weakref import finalize

import pytest

from newsdesk.model import Country, Story
from newsdesk.storylines import Corrections, Grouper, Grouping, MemoryProfiles, NoProfiles, Signed, group_call
from newsdesk.storylines.lexis import lexis
from newsdesk.storylines.signature import mains
from newsdesk.storylines.words import MAYBE, NO_NAME, SURELY

TODAY = datetime.date(2031, 9, 3)

_QUAKE = (
    "A strong earthquake shook the south of {0} before dawn on Monday, the seismological service said. Residents ran into the "
    "streets as buildings swayed. No deaths were reported, but eleven people were treated for injuries. Engineers will inspect "
    "schools and hospitals for cracks before classes begin."
)
_ROBBERY = (
    "Two men with guns walked into a bank on the main street in the morning, told customers to lie down and took the money. "
    "They left in a stolen car, which was found on fire an hour later. Nobody was hurt. Officers asked people who saw the two "
    "men to call."
)


def story(story_id: str, title: str, body: str = "", country: str = "", language: str = "en", score: float = 0.85) -> Story:
    countries = (Country(country, country, score),) if country else ()
    return Story(title, (body,) if body else (), story_id, "2031-09-01", language=language, countries=countries)


def group(stories: list[Story], corrections: Corrections | None = None) -> Grouping:
    return Grouper(NoProfiles(), corrections, TODAY).group(stories)


def lines(grouping: Grouping) -> list[str]:
    return [assignment.storyline_id for assignment in grouping.assignments]


CHILE = story("quake-cl", "Strong earthquake shakes southern Chile", _QUAKE.format("Chile"), "CL")
PERU = story("quake-pe", "Strong earthquake shakes southern Peru", _QUAKE.format("Peru"), "PE")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CHILE, PERU),
        (CHILE.with_(body=()), PERU.with_(body=())),
        (
            story("fr-ma", "Éboulement dans une mine : cinq morts", "Les secours travaillent sans relâche.", "MA", "fr"),
            story("fr-cm", "Éboulement dans une mine : sept morts", "Les secours travaillent sans relâche.", "CM", "fr"),
        ),
        (
            story(
                "rob-1",
                "Men with guns take money from bank in Dortmund",
                f"{_ROBBERY} Dortmund had a like case in spring.",
                "",
            ),
            story("rob-2", "Men with guns take money from bank in Bremen", f"{_ROBBERY} Bremen has not had one for years.", ""),
        ),
        (
            story(
                "rob-3",
                "Men with guns take money from bank in Dortmund",
                f"{_ROBBERY} Gerda Kolbe of the Dortmund police leads the search.",
                "DE",
            ),
            story(
                "rob-4",
                "Men with guns take money from bank in Bremen",
                f"{_ROBBERY} Jens Uhlig of the Bremen police leads the search.",
                "DE",
            ),
        ),
    ],
    ids=("texts", "headlines", "other language", "no country known", "one country"),
)
def test_two_events_of_a_kind_are_two_storylines(one: Story, other: Story) -> None:
    assert len(set(lines(group([one, other])))) == 2
    profiles = MemoryProfiles()
    first = Grouper(profiles, today=TODAY).group([one])
    later = Grouper(profiles, today=TODAY).group([other])
    assert lines(first) != lines(later)
    assert not later.merged


@pytest.mark.parametrize(
    "other",
    [
        story("near", "Strong earthquake shakes southern Chile, Osorno worst hit", _QUAKE.format("Chile"), "CL"),
        story("other-tag", "Strong earthquake shakes southern Chile", _QUAKE.format("Chile"), "PE"),
        story("guess", "Strong earthquake shakes the south", _QUAKE.format("Chile"), "PE", score=0.5),
        story("untold", "Strong earthquake shakes the south", _QUAKE.format("Chile")),
    ],
    ids=lambda other: other.id,
)
def test_one_event_is_one_storyline(other: Story) -> None:
    assert len(set(lines(group([CHILE, other])))) == 1


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("Three shot dead at house party in Memphis", "Two shot dead at house party in Milwaukee", 2),
        ("Three shot dead at house party in Memphis", "Two shot dead at Memphis house party", 1),
        ("Three shot dead at house party", "Two shot dead at house party", 1),
        ("Leeds man jailed for life for killing wife", "Cardiff man jailed for life for killing wife", 2),
        ("Leeds man jailed for life for killing wife", "Life for Leeds man who killed wife", 1),
    ],
)
def test_bare_headlines_that_have_names_but_none_in_common_are_of_two_events(one: str, other: str, count: int) -> None:
    assert len(set(lines(group([story("h1", one), story("h2", other)])))) == count


def test_texts_without_a_name_are_told_by_their_words() -> None:
    rise = story(
        "rise", "Central bank lifts rate again", "Loans cost more from today, as prices go up faster than hoped. " * 3, "PK"
    )
    other = story(
        "loans",
        "Loans cost more as bank lifts rate",
        "Prices go up faster than hoped, so loans cost more from today. " * 3,
        "PK",
    )
    assert len(set(lines(group([rise, other])))) == 1


def test_a_figure_in_common_is_as_good_as_a_name() -> None:
    karachi = story(
        "stocks",
        "Karachi stocks fall as rate rises to 13.25 percent",
        "Shares in Karachi fell as loans will cost more from today: the rate of the central bank is 13.25 percent now. " * 2,
        "PK",
    )
    islamabad = story(
        "loans",
        "Loans to cost more as Islamabad fights dear bread",
        "Loans will cost more from today in Islamabad, as the central bank lifts its rate to 13.25 percent once more. " * 2,
        "PK",
    )
    assert len(set(lines(group([karachi, islamabad])))) == 1


def test_what_a_person_put_together_stays_together() -> None:
    corrections = Corrections(together=(("quake-cl", "quake-pe"),))
    assert len(set(lines(group([CHILE, PERU], corrections)))) == 1
    profiles = MemoryProfiles()
    first = Grouper(profiles, corrections, TODAY).group([CHILE])
    later = Grouper(profiles, corrections, TODAY).group([PERU])
    assert lines(first) == lines(later)


def test_a_story_says_what_it_was_kept_out_of() -> None:
    said = ("not in “Strong earthquake shakes southern Chile”, which has like words but other names",)
    profiles = MemoryProfiles()
    Grouper(profiles, today=TODAY).group([CHILE])
    (peru,) = Grouper(profiles, today=TODAY).group([PERU]).assignments
    assert peru.why == said
    chile, peru = group([CHILE, PERU]).assignments
    assert peru.why == said
    assert chile.why == ("not in “Strong earthquake shakes southern Peru”, which has like words but other names",)
    signed = Signed()
    signed.add([CHILE, PERU, PERU])
    call = group_call([CHILE, PERU, PERU], signed, ["quake-cl", "quake-pe", "quake-pe"])
    assert [call.of(place, one)[0].why for place, one in enumerate((CHILE, PERU, PERU))] == [chile.why, peru.why, peru.why]


def test_a_story_that_is_no_look_alike_says_nothing() -> None:
    alone = story("alone", "Council of Minase votes on the toll of the harbour bridge", "", "JP")
    assert [assignment.why for assignment in group([CHILE, alone]).assignments] == [(), ()]


def test_only_a_country_that_is_told_plainly_is_a_main_one() -> None:
    assert mains({"CL": 0.85, "US": 0.44}) == ("CL",)
    assert mains({"CL": 0.85, "US": 0.8}) == ("CL", "US")
    assert mains({"CL": 0.5}) == ()
    assert mains({"CL": 0.5 + 0.5, "US": 0.4}) == ("CL",)  # of two stories
    assert mains({}) == ()


def test_what_is_known_of_a_term_does_not_depend_on_where_it_was_met() -> None:
    words = lexis()
    numbers = words.number_terms(["chile", "earthquake", "kurobishi", "monday", "1900", "le"])
    assert words.name_of[numbers].tolist() == [SURELY, NO_NAME, MAYBE, NO_NAME, NO_NAME, NO_NAME]


class Shelved(Sequence[Story]):
    """Gives each story anew, as from a file, and knows the `most` of them that were held at a time."""

    def __init__(self, stories: Sequence[Story]) -> None:
        self._stories, self._held, self.most = stories, 0, 0

    def _let_go(self) -> None:
        self._held -= 1

    def __len__(self) -> int:
        return len(self._stories)

    @overload
    def __getitem__(self, at: int) -> Story: ...
    @overload
    def __getitem__(self, at: slice) -> list[Story]: ...
    def __getitem__(self, at: int | slice) -> Story | list[Story]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        told = self._stories[at]
        story = Read(told.title, told.body, told.id, told.published)
        finalize(story, self._let_go)
        self._held += 1
        self.most = max(self.most, self._held)
        return story


class Read(Story):
    """A story that can be counted while it is held."""


def test_a_storyline_of_all_stories_of_a_call_is_not_held_at_once() -> None:
    text = ("The harbour bridge of Minase will close for repairs on Monday, the council of the town said.",)
    stories = [Story("Minase bridge to close", text, f"s{number}", f"2031-09-0{1 + number % 3}") for number in range(900)]
    signed = Signed()
    signed.add(stories)
    shelf = Shelved(stories)
    lines = group_call(shelf, signed, [story.id for story in stories])
    assert lines.of(899, stories[899])[0].stories == 900
    assert lines.of(899, stories[899])[1] == "s0"
    assert shelf.most <= 450
