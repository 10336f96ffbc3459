"""Two accounts of one event beside each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newsdesk.archive.rows import StoryRow
from newsdesk.briefs.accounts import pair_of
from tests.tui.conftest import Open
from tests.tui.driving import Room
from tests.tui.fake_desk import FakeDesk
from tests.tui.hostile import HOSTILE
from tests.tui.morning import morning
from tests.tui.test_hostile import assert_harmless, hostile_stories
from tests.tui.test_real_desk import _fetched, _open
from tui.screens.compare import CompareScreen
from tui.screens.storyline import StorylineScreen


def _screen(room: Room) -> CompareScreen:
    screen = room.app.screen
    assert isinstance(screen, CompareScreen)
    return screen


def _shown(room: Room) -> list[str]:
    """The sources of the two stories that are shown."""
    return [pane.story.source or "" if pane.story else "" for pane in _screen(room).accounts]


def _tops(room: Room) -> list[int]:
    return [pane.scroll_offset.y for pane in _screen(room).accounts]


@pytest.fixture
def long_desk() -> FakeDesk:
    """The first account of the quake has 40 paragraphs, the second 20."""
    stories = morning()
    stories[0] = replace(stories[0], body=tuple(f"First, paragraph {n}." for n in range(40)))
    stories[1] = replace(stories[1], body=tuple(f"Second, paragraph {n}." for n in range(20)))
    return FakeDesk(stories)


async def test_from_a_story_to_it_and_another_outlets_account(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom(160, 48) as room:
        await room.press("j", "j", "b")
        assert _shown(room) == ["Meridian Wire", "Coastal Herald"]
        first, second = _screen(room).accounts
        assert (first.region.y, first.region.height) == (second.region.y, second.region.height)
        assert first.region.right < second.region.x
        assert "Meridian Wire  2 of 3" in room.text
        assert "Coastal Herald  1 of 3" in room.text
        assert "Quake off Iquique" in room.text
        assert [row.unread for row in desk.storyline_stories("tquakeaaaaa")] == [False, False, True]
        await room.press("escape")
        assert room.is_bare()
        assert room.screen.stories_pane.current is not None
        assert room.screen.stories_pane.current.story_id == "s0000000002"


async def test_one_below_the_other_where_it_is_narrow(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        await room.press("j", "b")
        first, second = _screen(room).accounts
        assert first.region.x == second.region.x
        assert first.region.bottom <= second.region.y
        assert abs(first.region.height - second.region.height) <= 1
        await room.resize(120, 30)
        assert first.region.right < second.region.x
        await room.resize(80, 24)
        await room.press("z")
        assert first.region.height >= 21


async def test_they_scroll_together_or_apart(newsroom: Open, long_desk: FakeDesk) -> None:
    async with newsroom(120, 30, desk=long_desk) as room:
        await room.press("j", "b")
        await room.press("j", "j", "j")
        assert _tops(room) == [3, 3]
        await room.press("tab", "k")
        assert _tops(room) == [2, 2]
        await room.press("t", "j", "j")
        assert "each scrolls alone" in _screen(room).status_bar.text
        assert _tops(room) == [2, 4]
        await room.press("t", "j")
        assert _tops(room) == [3, 5], "from where each of them was"
        await room.press("G")
        ends = [pane.max_scroll_y for pane in _screen(room).accounts]
        assert ends[0] > ends[1] > 10
        assert _tops(room) == ends, "also past the end of the one with the focus"
        await room.press("k")
        assert _tops(room) == [ends[0] - 1, ends[1]], "what was beside each other stays beside each other"
        await room.press("G", "t", "k")
        assert _tops(room) == [ends[0], ends[1] - 1], "alone, from where it is"
        await room.press("t", "g")
        assert _tops(room) == [0, 0]


async def test_another_account_takes_a_place(newsroom: Open) -> None:
    async with newsroom(160, 48) as room:
        await room.press("j", "b")
        assert _shown(room) == ["Coastal Herald", "Meridian Wire"]
        await room.press("right_square_bracket")
        assert _shown(room) == ["Diario Norte", "Meridian Wire"], "the one that stands there already is passed over"
        await room.press("tab", "left_square_bracket")
        assert _shown(room) == ["Diario Norte", "Coastal Herald"]
        await room.press("enter")
        assert "Which account?" in room.text
        assert "Copper shippers" in room.text
        await room.press("2")
        assert _shown(room) == ["Diario Norte", "Meridian Wire"]
        assert _screen(room).focused is _screen(room).accounts[1]


async def test_going_through_the_accounts_reads_no_list_again(
    newsroom: Open, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a storyline with thousands of stories that takes longer than a key may."""
    listed: list[str] = []
    whole = desk.storyline_stories

    def listing(storyline_id: str, query: str = "") -> list[StoryRow]:
        listed.append(storyline_id)
        return whole(storyline_id, query)

    async with newsroom(160, 48, desk=desk) as room:
        await room.press("j", "b")
        monkeypatch.setattr(desk, "storyline_stories", listing)
        await room.press("right_square_bracket", "right_square_bracket", "tab", "left_square_bracket")
        assert _shown(room) == ["Coastal Herald", "Diario Norte"]
        assert "Diario Norte  3 of 3" in room.text
        assert listed == []
        assert not any(row.unread for row in whole("tquakeaaaaa")), "each is marked read all the same"


async def test_two_accounts_have_no_third(newsroom: Open) -> None:
    async with newsroom(160, 48) as room:
        await room.press("slash")
        await room.type("seals")
        await room.press("enter", "j", "b")
        assert _shown(room) == ["Harbour Post", "North Sea Wire"]
        await room.press("right_square_bracket")
        assert "no other account" in _screen(room).status_bar.text
        await room.press("enter")
        assert "no other account" in _screen(room).status_bar.text


async def test_a_story_alone_is_compared_with_nothing(newsroom: Open) -> None:
    async with newsroom(160, 48) as room:
        await room.press("slash")
        await room.type("turkana")
        await room.press("enter", "b")
        assert room.is_bare()
        assert "no other story tells of this yet; M joins storylines" in room.status


async def test_from_the_storyline_screen_and_back_to_it(newsroom: Open) -> None:
    async with newsroom(160, 48) as room:
        await room.press("6", "j", "j", "b")
        assert _shown(room) == ["Diario Norte", "Coastal Herald"]
        await room.press("escape")
        assert isinstance(room.app.screen, StorylineScreen)
        assert room.app.screen.storyline_id == "tquakeaaaaa"
        await room.press("escape")
        assert room.is_bare()


async def test_the_comments_are_those_of_the_story_that_is_read_here(newsroom: Open) -> None:
    """`4` went to the thread of the story under the list's cursor, which had none: it seemed that this one had none either."""
    async with newsroom(80, 24) as room:
        await room.press("j", "6", "j", "j", "enter")
        assert "Article   4 Comments  3" in room.text
        await room.press("4")
        assert room.is_bare()
        assert room.screen.focused_pane == "comments"
        assert room.screen.comments_pane.story is not None
        assert room.screen.comments_pane.story.id == "s0000000003"
        await room.press("2")
        assert room.screen.stories_pane.current is not None
        assert room.screen.stories_pane.current.story_id == "s0000000003", "the list's cursor is there too"
        await room.press("b", "tab", "3")
        assert room.is_bare()
        assert room.screen.article_pane.story is not None
        assert room.screen.article_pane.story.id == "s0000000001"


async def test_marks_and_reasons_are_of_the_account_with_the_focus(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom(160, 48) as room:
        await room.press("j", "b", "tab", "s")
        assert [row.starred for row in desk.storyline_stories("tquakeaaaaa")] == [False, True, False]
        await room.press("y")
        assert "link copied: https://news.example/2" in _screen(room).status_bar.text
        await room.press("w")
        assert room.text.count("because of: ") >= 2
        await room.press("u")
        assert [row.starred for row in desk.storyline_stories("tquakeaaaaa")] == [False, False, False]


async def test_read_marks_and_follows_are_of_the_account_with_the_focus(newsroom: Open, desk: FakeDesk) -> None:
    def unread() -> list[bool]:
        return [row.unread for row in desk.storyline_stories("tquakeaaaaa")]

    async with newsroom(160, 48) as room:
        await room.press("j", "b")
        assert unread() == [False, False, True]
        await room.press("tab", "m")
        assert unread() == [False, True, True]
        said = _screen(room).status_bar.text
        assert "marked unread; u takes it back" in said
        assert said.startswith(f"“{_screen(room).accounts[1].story.title}”")  # type: ignore[union-attr]
        await room.press("m")
        assert unread() == [False, False, True]
        await room.press("f")
        assert "following “Quake off Iquique”; u takes it back" in _screen(room).status_bar.text
        assert desk.follow_of("tquakeaaaaa") is not None
        await room.press("f")
        assert "no longer following “Quake off Iquique”" in _screen(room).status_bar.text
        assert desk.follow_of("tquakeaaaaa") is None


async def test_what_was_taken_out_meanwhile_gives_way_to_another_account(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom(160, 48) as room:
        await room.press("j", "b")
        desk.split("tquakeaaaaa", "s0000000002")
        await _screen(room).look_for_changes()
        await room.settle()
        assert _shown(room) == ["Coastal Herald", "Diario Norte"]
        desk.split("tquakeaaaaa", "s0000000003")
        await _screen(room).look_for_changes()
        _screen(room).reload()
        await room.settle()
        assert _shown(room) == ["Coastal Herald", ""]
        assert "No other story tells of this" in room.text


async def test_on_the_desk_that_people_use(newsroom: Open, tmp_path: Path) -> None:
    with _open(tmp_path) as real:
        real.keep(_fetched())
        first, second, *_ = (line.id for line in real.storylines())
        line = real.merge(first, second)
        async with newsroom(120, 40, desk=real) as room:
            at = room.screen.stories_pane.listing.find(None, line.id)
            assert at is not None
            room.screen.stories_pane.go(at)
            await room.press("b")
            shown = [pane.story.id for pane in _screen(room).accounts if pane.story]
            assert shown == [row.id for row in real.storyline_stories(line.id)][:2]
            assert real.count("is:unread") == 20
            await room.press("u")
            assert real.count("is:unread") == 22, "reading them was one step"
            await room.press("u")
            await _screen(room).look_for_changes()
            await room.settle()
            assert len(_screen(room).rows) == 1
            assert "No other story tells of this" in room.text


def test_the_other_one_is_of_another_outlet_no_copy_and_in_the_same_language() -> None:
    rows = FakeDesk(morning()).storyline_stories("tquakeaaaaa")
    assert pair_of(rows, ("s0000000001",)) == ["s0000000001", "s0000000002"]
    spanish, copy = replace(rows[1], language="es"), replace(rows[1], wire_copy=True)
    assert pair_of([rows[0], spanish, replace(rows[2], language=rows[0].language)], ("s0000000001",))[1] == "s0000000003"
    assert pair_of([rows[0], copy, rows[2]], ("s0000000001",))[1] == "s0000000003"
    assert pair_of([rows[0], replace(rows[1], source=rows[0].source), rows[2]], ("s0000000001",))[1] == "s0000000003"
    assert pair_of(rows, ("gone", "s0000000003")) == ["s0000000001", "s0000000003"]
    assert pair_of(rows, ("s0000000003", "gone")) == ["s0000000003", "s0000000001"]
    assert pair_of(rows, ()) == ["s0000000001", "s0000000002"]
    assert pair_of(rows[:1], ()) == ["s0000000001"]
    assert pair_of([], ("gone",)) == []


@pytest.mark.parametrize("text", HOSTILE)
async def test_what_sources_call_themselves_harms_nothing(newsroom: Open, text: str) -> None:
    async with newsroom(120, 40, desk=FakeDesk(hostile_stories(text))) as room:
        await room.press("j", "b")
        assert_harmless(room.text)
