"""Whoever narrows the list and widens it again stands where they stood."""

from __future__ import annotations

import pytest

from newsdesk.model import Story, StorylineRef
from tests.tui.conftest import Open
from tests.tui.driving import Room
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import morning


def told(at: int) -> Story:
    """Story `at`: the later the number, the newer. Every tenth storyline has two stories."""
    name = f"Report {at} {'balloon' if at % 7 == 0 else 'ship'}"
    line = StorylineRef(f"tline{at - at % 10 if at % 10 == 1 else at:05}", name, 1)
    return morning()[18].with_(
        id=f"sreport{at:05}",
        title=name,
        published=f"2026-02-0{1 + at // 1440}T{at % 1440 // 60:02}:{at % 60:02}:00Z",
        storyline=line,
    )


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(told(at) for at in reversed(range(900)))


def stands(room: Room) -> tuple[str | None, int, list[str | None]]:
    """The story or storyline of the cursor, the first line in sight, and what is in sight."""
    pane = room.screen.stories_pane
    rows = [item.story_id if (item := pane.listing.item(row)) else None for row in pane.in_sight]
    assert pane.current is not None
    return pane.current.story_id, int(pane.scroll_offset.y), rows


async def go_down(room: Room) -> tuple[str | None, int, list[str | None]]:
    """To the middle of the list, in a page that is not the first, below a storyline that was opened."""
    pane = room.screen.stories_pane
    pane.go(340)
    await room.settle()
    while (item := pane.current) is None or not item.is_head:
        await room.press("j")
    await room.press("l", "j", "j", "j")
    return stands(room)


@pytest.mark.parametrize("back", [("escape",), ("backspace",)])
async def test_a_search_that_is_cleared_leads_back_to_where_one_was(newsroom: Open, back: tuple[str, ...]) -> None:
    async with newsroom() as room:
        before = await go_down(room)
        await room.press("slash")
        await room.type("balloon")
        await room.press("enter", "j", "j")
        assert room.screen.stories_pane.cursor == 2
        await room.press(*back)
        assert stands(room) == before


async def test_leaving_the_search_box_leads_back_to_where_one_was(newsroom: Open) -> None:
    async with newsroom() as room:
        before = await go_down(room)
        await room.press("slash")
        await room.type("ballx")
        await room.press("backspace", "backspace")
        await room.type("loon")
        await room.press("escape")
        assert stands(room) == before


async def test_each_list_on_the_way_back_is_as_it_was(newsroom: Open) -> None:
    async with newsroom() as room:
        before = await go_down(room)
        await room.press("slash")
        await room.type("balloon")
        await room.press("enter", "ctrl+d", "ctrl+d", "j")
        found = stands(room)
        await room.press("U", "j", "j", "U")
        assert stands(room) == found
        await room.press("B", "j", "t", "j", "t", "B")
        assert stands(room) == found
        await room.press("escape")
        assert stands(room) == before


async def test_a_list_that_was_left_at_its_top_or_is_entered_anew_is_shown_from_its_top(newsroom: Open) -> None:
    async with newsroom() as room:
        await go_down(room)
        await room.press("U", "ctrl+d", "ctrl+d", "U")
        assert room.screen.stories_pane.cursor > 300
        await room.press("U")
        assert room.screen.stories_pane.is_at_top
        await room.press("U", "g", "U", "j", "U")
        assert room.screen.stories_pane.is_at_top


async def test_what_went_meanwhile_leaves_the_cursor_on_the_same_row(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        room.screen.stories_pane.go(340)
        await room.settle()
        story = stands(room)[0]
        await room.press("slash")
        await room.type("balloon")
        assert story is not None
        desk._order.remove(story)
        await room.press("escape")
        assert room.screen.stories_pane.cursor == 340
