"""What narrows the list: sections, searches, what is unread, what came in since; and what is said where nothing is left."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from newsdesk.model import StorylineRef
from tests.tui.conftest import Open
from tests.tui.driving import drain, strike
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import morning


async def test_topic_and_country_combine_and_say_what_is_hidden(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("1")
        pane = room.screen.sections_pane
        pane.go(next(i for i, e in enumerate(pane.entries) if e.label == "Economy"))
        await room.press("enter")
        assert room.screen.view.narrowing.query() == "topic:medtop:04000000"
        assert "topic Economy" in room.text
        assert "4 shown, 18 hidden" in room.text
        pane.go(next(i for i, e in enumerate(pane.entries) if e.label == "Chile"))
        await room.press("enter")
        assert "topic Economy + country Chile" in room.text
        assert "20 hidden" in room.text
        await room.press("enter")
        assert "country" not in room.screen.view.narrowing.query(), "the same again takes it away"
        await room.press("escape", "escape")
        assert room.screen.view.narrowing.empty
        assert not room.screen.filter_bar.has_class("-shown")


async def test_unknown_is_a_section(newsroom: Open) -> None:
    async with newsroom() as room:
        pane = room.screen.sections_pane
        assert [e.label for e in pane.entries].count("unknown") == 2
        await room.press("1")
        pane.go(len(pane.entries) - 1)
        await room.press("enter")
        assert room.screen.view.narrowing.query() == "country:unknown"
        assert room.screen.stories_pane.rows == 1
        assert "A note without a place or a date" in room.text


async def test_search_narrows_while_typing_and_errors_stand_below(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("slash")
        await room.type("balloons")
        assert room.screen.view.narrowing.search == "balloons"
        assert room.screen.stories_pane.rows == 3
        await room.type(" (")
        assert room.screen.trouble_bar.has_class("-shown")
        assert room.screen.trouble_bar.text.strip() == "after '(': a term is missing at the end"
        assert room.screen.stories_pane.rows == 3, "the last good list stays"
        await room.press("enter")
        assert room.screen.search_box.display, "what can't be read is there to be mended"
        assert room.screen.trouble_bar.has_class("-shown")
        await room.press("backspace", "backspace", "enter")
        assert (room.screen.search_box.display, room.screen.trouble_bar.has_class("-shown")) == (False, False)
        assert room.screen.focused_pane == "stories"
        await room.press("escape")
        assert room.screen.view.narrowing.empty


async def test_leaving_the_search_box_brings_the_list_back(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("slash")
        await room.type("balloons")
        await room.press("escape")
        assert room.screen.view.narrowing.empty
        assert room.screen.stories_pane.rows == 27


async def test_no_match_says_what_to_do(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("slash")
        await room.type("xylophone")
        await room.press("enter")
        assert "No story matches." in room.text
        assert "comment:word" in room.text
        assert "Backspace shows everything again." in room.text
        await room.press("j", "enter", "m", "s", "f", "X", "M", "o")
        await room.press("backspace")
        assert room.screen.stories_pane.rows > 20


async def test_where_nothing_matches_it_says_which_part_is_in_the_way(newsroom: Open, desk: FakeDesk) -> None:
    number = desk.count("country:CL newer:900d topic:economy")
    assert number > 0
    async with newsroom(160, 40) as room:
        await room.press("slash")
        await room.type("country:CL newer:900d xylophone topic:economy")
        await room.press("enter")
        assert "No story matches." in room.text
        assert f"Without “xylophone” there are {number} stories." in room.text
        assert "comment:word" not in room.text
        await room.press("slash", "ctrl+u")
        await room.type("xylophone is:unread -is:unread")
        await room.press("enter")
        assert "Without" not in room.text, "nothing is left without one alone"
        assert "comment:word" in room.text


async def test_unread_only_is_not_blamed_for_what_no_read_story_matches_either(newsroom: Open, desk: FakeDesk) -> None:
    desk.mark("country:CL", "read")
    async with newsroom() as room:
        await room.press("U", "slash")
        await room.type("xylophone")
        await room.press("enter")
        assert "No story matches." in room.text
        assert "shows the read ones again" not in room.text
        await room.press("slash", "ctrl+u")
        await room.type("country:CL")
        await room.press("enter")
        assert "Nothing unread here." in room.text
        await room.press("escape", "A", "U", "U")
        assert room.screen.view.narrowing.query() == "is:unread"
        assert "Nothing unread here." in room.text


async def test_above_a_mistake_in_a_search_stands_the_list_as_it_was_before(newsroom: Open) -> None:
    """And not that of the letters up to it: "country:at" is Austria."""
    async with newsroom() as room:
        every = room.screen.stories_pane.rows
        await room.press("slash")
        for letter in "country:atlantis":
            await room.type(letter)
            await room.settle()
        for key in ("enter", "enter"):
            assert "no country is called 'atlantis'" in " ".join(room.text.split())
            assert room.screen.stories_pane.rows == every
            assert "search country:at" not in room.text
            await room.press(key)
        await room.press("ctrl+u")
        await room.type("country:CL")
        await room.press("enter")
        assert "no country is called" not in room.text
        assert 0 < room.screen.stories_pane.rows < every
        await room.press("slash")
        await room.type(" country:atlantis")
        await room.press("enter")
        assert "search country:CL" in room.screen.filter_bar.text
        await room.press("escape")
        assert "no country is called" not in room.text


async def test_a_mistake_in_a_search_is_said_to_its_end(newsroom: Open) -> None:
    async with newsroom(40, 24) as room:
        await room.press("slash")
        await room.type("country:Atlantis")
        await room.press("enter")
        said = " ".join(" ".join(line.split()) for line in room.text.splitlines())
        assert "no country is called 'Atlantis'; write its English name or its two-letter code (JP)" in said
        await room.press(*["backspace"] * 8)
        await room.type("CL")
        assert "no country" not in room.text
        assert room.screen.trouble_bar.size.height == 0 or not room.screen.trouble_bar.display


@pytest.mark.parametrize("columns", [80, 200])
async def test_a_long_name_of_a_follow_leaves_room_for_how_many_are_shown(newsroom: Open, desk: FakeDesk, columns: int) -> None:
    desk.follow("country:CL", "Everything that our colleagues in Santiago and Valparaiso have asked us to watch for them")
    async with newsroom(columns, 40, desk=desk) as room:
        await room.press("5", "g", "enter", "2")
        assert re.search(r"following Everything.*… +3 new since the last look, \d+ shown, \d+ hidden", room.text)


async def test_what_came_in_since_the_dashboard_was_closed(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.press("I")
        assert "all is new" in room.status
    desk.add(replace(morning()[0], id="snew", title="Ferry turns back", storyline=StorylineRef("tnew", "Ferry turns back", 1)))
    async with newsroom(160, 40) as room:
        assert "1 since you left (I)" in room.text.splitlines()[0]
        await room.press("I")
        assert room.screen.view.narrowing.query() == "since:last-visit"
        assert room.screen.stories_pane.rows == 1
        assert "since you left (08:00)" in room.screen.filter_bar.text
        await room.press("I")
        assert room.screen.stories_pane.rows > 1
    async with newsroom() as room:
        assert "since you left" not in room.text
        await room.press("I")
        assert "Nothing here came in since you left." in room.text
        await room.press("escape")
        assert room.screen.view.narrowing.empty


async def test_unread_only_keeps_a_story_while_it_is_read(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("U", "j", "enter", "escape")
        item = room.screen.stories_pane.current
        assert item is not None
        assert item.story_id == "s0000000001"


async def test_how_many_stories_of_how_many_is_never_cut(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        await room.press("slash")
        await room.type("iquique -copper")
        await room.press("enter")
        assert "2 of 3 " in room.text
        assert "sto…" not in room.text


@pytest.mark.parametrize(
    ("keys", "query", "grouped"),
    [
        ("UU", "", True),
        ("tU", "is:unread", False),
        ("Ut", "is:unread", False),
        ("tt", "", True),
    ],
)
async def test_what_narrows_begins_from_a_list_being_read(newsroom: Open, keys: str, query: str, grouped: bool) -> None:
    async with newsroom() as room:
        with room.desk_held():
            strike(room.app, *keys)
            await drain(room.app)
        await room.settle()
        assert (room.screen.view.narrowing.query(), room.screen.view.grouped) == (query, grouped)


async def test_a_search_that_is_left_before_it_was_read_is_not_shown(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("j", "j", "slash")
        with room.desk_held():
            strike(room.app, *"balloons")
            await drain(room.app)
            room.screen.hurry()
            strike(room.app, "escape")
            await drain(room.app)
        await room.settle()
        assert room.screen.view.narrowing.empty
        assert room.screen.stories_pane.cursor == 2, "the list was not left"


async def test_sections_chosen_one_after_the_other_combine(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("1")
        pane = room.screen.sections_pane
        with room.desk_held():
            for label in ("Economy", "Chile"):
                pane.go(next(i for i, e in enumerate(pane.entries) if e.label == label))
                strike(room.app, "enter")
                await drain(room.app)
        await room.settle()
        assert room.screen.view.narrowing.query() == "topic:medtop:04000000 country:CL"


async def test_tab_completes_a_search_and_does_not_leave_it(newsroom: Open) -> None:
    """It went to the next pane, in a small terminal out of sight of the box, which stood open all the same."""
    async with newsroom(80, 24) as room:
        box = room.screen.search_box
        await room.press("slash")
        await room.type("quake count")
        assert "Tab completes" in room.status
        await room.press("tab")
        assert box.value == "quake country:"
        await room.type("c")
        await room.press("tab")
        assert box.value == "quake country:C"
        assert room.status.startswith("CA, CC, "), "several begin so"
        await room.press("backspace")
        await room.type("cl")
        await room.press("tab")
        assert (box.value, room.screen.focused) == ("quake country:CL", box)
        await room.type(" zzz")
        await room.press("tab")
        assert box.value == "quake country:CL zzz"
        assert "nothing known begins with “zzz”" in room.status
        await room.press("escape")
        assert "zzz" not in room.status


async def test_a_pane_that_is_pressed_keeps_the_search_and_closes_its_box(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("slash")
        await room.type("balloons")
        await room.pilot.click("#article")
        await room.settle()
        assert not room.screen.search_box.display
        assert room.screen.view.narrowing.search == "balloons"
        assert room.screen.focused is room.screen.article_pane
        await room.press("slash", "ctrl+u", "up")
        assert room.screen.search_box.value == "balloons"
        await room.type(" (")
        await room.pilot.click("#article")
        await room.settle()
        assert not room.screen.search_box.display
        assert not room.screen.trouble_bar.has_class("-shown")
        assert room.screen.view.narrowing.search == "balloons", "as before, where it can't be read"
