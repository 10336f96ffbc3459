"""Saying what a story is about: topics and countries taken away and added in a list, and back."""

from __future__ import annotations

from tests.tui.conftest import Open
from tests.tui.driving import Room, strike
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import morning
from tui.screens.labelling import LabelPicker


def about(room: Room) -> tuple[list[str], list[str]]:
    story = room.screen.article_pane.story
    assert story is not None
    return [topic.name for topic in story.topics], [country.code for country in story.countries]


async def test_a_wrong_topic_is_taken_away_and_another_added(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        before = about(room)
        assert before[0]
        await room.press("x")
        sheet = room.app.screen
        assert isinstance(sheet, LabelPicker)
        ticked = [label.name for label in sheet._rows.said if label.kind == "topic"]
        assert ticked == before[0]
        assert "Enter adds it or takes it away, Tab: all 3 stories, Esc leaves" in room.text
        await room.press("enter")
        await room.type("spor")
        await room.press("enter")
        await room.type("finl")
        await room.press("enter")
        assert isinstance(room.app.screen, LabelPicker), "it stays until it is left"
        await room.press("escape")
        assert about(room) == (["sport", *before[0][1:]], ["FI", *before[1]])
        assert "you say; u takes it back" in room.text
        await room.press("w")
        lines = ("".join(text for text, _ in line) for line in room.screen.article_pane.lay_out(200))
        assert f"Topics: you said; newsdesk found {before[0][0]}" in " ".join(" ".join(lines).split())
        await room.press("u", "u", "u")
        assert about(room) == before


async def test_letters_find_first_what_begins_with_them_and_what_country_they_mean(newsroom: Open) -> None:
    async with newsroom() as room:
        ticked = about(room)[0][0]
        assert "s" in ticked
        await room.press("x")
        sheet = room.app.screen
        assert isinstance(sheet, LabelPicker)
        for letters, first in (
            ("s", "science and technology"),
            ("la", "labour"),
            ("uk", "United Kingdom"),
            ("usa", "United States"),
            ("holland", "Netherlands"),
            ("india", "India"),
            ("samoa", "Samoa"),
            ("polit", "politics and government"),
        ):
            sheet._box.value = letters
            await room.settle()
            assert sheet._rows.found[0].name == first
        await room.press("enter", "escape")
        assert "politics and government" in about(room)[0]


async def test_who_strikes_twice_has_one_list(newsroom: Open) -> None:
    async with newsroom() as room:
        strike(room.app, "x", "x")
        await room.settle()
        assert [type(screen) for screen in room.app.screen_stack].count(LabelPicker) == 1


async def test_what_is_not_touched_is_left_to_who_said_it(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.press("x")
        await room.type("weather")
        await room.press("enter")
        await room.type("finl")
        await room.press("enter")
        weather, finland = (call[2:] for call in desk.calls if call[0] == "label")
        assert weather == (["medtop:17000000", *(topic.id for topic in morning()[0].topics)], None)
        assert finland == (None, ["FI", *(country.code for country in morning()[0].countries)])


async def test_letters_that_no_label_has_change_nothing(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        before = about(room)
        await room.press("x")
        await room.type("zzz")
        assert "No topic or country has these letters." in room.text
        await room.press("enter", "escape")
        assert about(room) == before
        assert not [call for call in desk.calls if call[0] == "label"]


async def test_a_fourth_topic_takes_the_place_of_the_last(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.press("x")
        for word in ("religion", "weather", "labour", "science"):
            await room.type(word)
            await room.press("enter")
        await room.press("escape")
        assert about(room)[0] == ["science and technology", "labour", "weather"]


async def test_every_story_of_a_storyline_is_labelled_at_once_and_back(newsroom: Open, desk: FakeDesk) -> None:
    line = morning()[0].storyline
    assert line is not None
    query = f"storyline:{line.id}"
    number = desk.count(query)
    assert number > 1

    def having(what: str) -> int:
        return desk.count(f"{query} {what}")

    some = having("topic:economy")
    assert 0 < some < number
    async with newsroom() as room:
        await room.press("x")
        assert f"Tab: all {number} stories" in room.text
        await room.press("tab")
        assert f"All {number} stories of “{line.title}” are about" in room.text
        assert f"{some} of {number}" in room.text
        await room.type("finl")
        await room.press("enter")
        assert having("country:FI") == number
        assert f"Finland said of {number} stories; u takes it back" in room.text
        await room.type("economy")
        await room.press("enter")
        assert having("topic:economy") == 0, "what some have is taken from these"
        await room.press("tab")
        assert "Tab: all" in room.text
        await room.type("finl")
        await room.press("enter", "escape")
        assert having("country:FI") == number - 1, "and then of the one alone again"
        await room.press("u", "u", "u")
        assert (having("country:FI"), having("topic:economy")) == (0, some)


async def test_a_story_alone_in_its_storyline_has_no_others_to_be_labelled(newsroom: Open) -> None:
    async with newsroom(desk=FakeDesk(morning()[:1])) as room:
        await room.press("x")
        assert "Enter adds it or takes it away, Esc leaves" in room.text
        await room.press("tab")
        assert "is about" in room.text
        assert "are about" not in room.text


async def test_the_story_of_another_screen_is_labelled_and_its_changes_are_shown_there(newsroom: Open, desk: FakeDesk) -> None:
    """`x` and `d` did nothing beside the list: who saw a wrong label there had to find the story in the list again."""

    def codes(number: int) -> list[str]:
        story = desk.story(f"s000000000{number}")
        assert story is not None
        return [country.code for country in story.countries]

    for keys, number in ((("j", "b", "tab"), 2), (("6", "j", "j"), 3)):
        async with newsroom(160, 48, desk=desk) as room:
            await room.press(*keys, "x")
            assert isinstance(room.app.screen, LabelPicker)
            await room.type("finl")
            await room.press("enter", "escape")
            assert codes(number)[0] == "FI"
            assert "Finland" in room.text, "in the article that is read there, and what is said of it"
            assert "you say; u takes it back" in room.text
            await room.press("u")
            assert "FI" not in codes(number)
            await room.press("d")
            assert "nothing changed in this story: it is its first version" in room.text
