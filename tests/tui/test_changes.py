"""What a person does to stories and storylines from the list: marks, stars, follows, corrections, and undoing each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NoReturn

import pytest

from newsdesk.archive.rows import StoryRow
from newsdesk.desk import Sight
from newsdesk.errors import StorageError
from newsdesk.model import StorylineRef
from tests.tui.conftest import Open
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import morning
from tui.lists.listing import Listing
from tui.screens.coverage import CoverageScreen


async def test_follow_is_one_key_everywhere(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.press("f")
        assert desk.calls[-1] == ("follow", "tquakeaaaaa")
        assert "following “Quake off Iquique”" in room.status
        assert "5 Following  1 with news" in room.text
        pane = room.screen.sections_pane
        await room.press("1")
        pane.go(next(i for i, e in enumerate(pane.entries) if e.label == "Japan"))
        await room.press("f")
        assert desk.calls[-1] == ("follow", "JP")
        await room.press("slash")
        await room.type("comments:>10")
        await room.press("enter", "F")
        assert desk.calls[-1] == ("follow", "comments:>10")
        await room.press("5", "g", "f")
        assert [call[0] for call in desk.calls[-1:]] == ["unfollow"]
        await room.press("u")
        assert len(desk.follows()) == 3


async def test_a_follow_shows_its_stories_and_is_looked_at(newsroom: Open, desk: FakeDesk) -> None:
    desk.follow("JP")
    async with newsroom() as room:
        assert "+3" in room.text
        await room.press("5", "enter")
        assert room.screen.view.narrowing.query() == "(country:JP)"
        assert desk.calls[-1] == ("look", "f000001")
        assert "following Japan" in room.text
        assert "+3" not in room.text


async def test_what_comes_in_while_a_follow_is_opened_stays_new(
    newsroom: Open, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.follow("JP")
    japanese = next(story for story in morning() if "JP" in [country.code for country in story.countries])
    late = [replace(japanese, id="slate", title="Late")]

    def look_and_store(look: Callable[[], Sight] = desk.sight) -> Sight:
        seen = look()
        while late:
            desk.add(late.pop())
        return seen

    async with newsroom() as room:
        with monkeypatch.context() as patch:
            patch.setattr(desk, "sight", look_and_store)
            await room.press("5", "enter")
        assert [state.new for state in desk.follows()] == [1]


async def test_of_a_storyline_as_many_are_said_to_be_marked_as_were_not(newsroom: Open, desk: FakeDesk) -> None:
    desk.mark(["s0000000002"], "read")
    async with newsroom() as room:
        await room.press("m")
        assert "2 stories marked read" in room.status
        await room.press("m")
        assert "3 stories marked unread" in room.status


async def test_marks_stars_and_undo_over_any_number(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.press("m")
        assert desk.read == {"s0000000001", "s0000000002", "s0000000003"}, "a storyline's stories"
        await room.press("A")
        assert len(desk.read) == 22
        assert "all read" in room.text
        await room.press("s")
        assert desk.starred == {"s0000000001"}
        await room.press("u", "u")
        assert len(desk.read) == 3
        assert desk.starred == set()
        await room.press("u")
        assert desk.read == set()
        await room.press("u")
        assert "nothing left to undo" in room.status
        await room.press("ctrl+r", "ctrl+r", "ctrl+r")
        assert len(desk.read) == 22
        assert "all read" in room.text
        assert desk.starred == {"s0000000001"}
        await room.press("ctrl+r")
        assert "nothing was undone" in room.status
        await room.press("u")
        assert desk.starred == set()


async def test_own_changes_are_not_read_as_another_process(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.screen.look_for_changes()
        number = room.screen.stories_pane.number
        await room.press("j", "s")
        await room.screen.look_for_changes()
        await room.settle()
        assert room.screen.stories_pane.number == number


async def test_what_another_process_stored_just_before_an_own_change_appears(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.screen.look_for_changes()
        desk.add(
            morning()[18].with_(id="s0000000099", title="Fresh off the wire", storyline=StorylineRef("tfreshaaaaa", "Fresh", 1))
        )
        await room.press("s")
        await room.screen.look_for_changes()
        await room.settle()
        assert "Fresh off the wire" in room.text


async def test_what_a_locked_disk_kept_back_is_read_at_the_next_look(
    newsroom: Open, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> NoReturn:
        raise StorageError("another process has kept it busy")

    fresh = morning()[18].with_(id="s0000000099", title="Fresh off the wire", storyline=StorylineRef("tfreshaaaaa", "Fresh", 1))
    async with newsroom() as room:
        await room.screen.look_for_changes()
        with monkeypatch.context() as disk:
            disk.setattr(desk, "storyline_rows", locked)
            desk.add(fresh)
            await room.screen.look_for_changes()
            await room.settle()
            assert "kept it busy" in room.status
        await room.screen.look_for_changes()
        await room.settle()
        assert "Fresh off the wire" in room.text
        with monkeypatch.context() as disk:
            disk.setattr(desk, "coverage", locked)
            await room.press("7")
        coverage = room.app.screen
        assert isinstance(coverage, CoverageScreen)
        assert "kept it busy" in coverage.status_bar.text
        await coverage.look_for_changes()
        await room.settle()
        assert "all days  23 stories" in room.text


async def test_what_is_stored_between_list_and_count_appears(
    newsroom: Open, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = morning()[18].with_(id="s0000000099", title="Fresh off the wire", storyline=StorylineRef("tfreshaaaaa", "Fresh", 1))
    async with newsroom() as room:
        await room.screen.look_for_changes()
        desk.add(fresh)
        room.screen.count()
        await room.settle()
        await room.screen.look_for_changes()
        await room.settle()
        assert "Fresh off the wire" in room.text


async def test_in_a_flat_list_too_a_storyline_is_called_by_its_title(newsroom: Open, desk: FakeDesk) -> None:
    desk.rename("tquakeaaaaa", "The Iquique quake")
    async with newsroom() as room:
        await room.press("t", "P")
        assert "pinned “The Iquique quake”" in room.status
        await room.press("E")
        assert "The Iquique quake" in room.text
        await room.press("escape")
        calls = len(desk.calls)
        desk.storyline = lambda _: None  # type: ignore[method-assign,assignment]
        await room.press("P")
        assert "that storyline is not here any more" in room.status
        await room.press("E")
        assert room.is_bare()
        assert len(desk.calls) == calls


async def test_the_list_is_not_changed_beside_the_screen_while_unread_stories_are_looked_for(
    newsroom: Open, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with newsroom() as room:
        await room.press("O")
        live, opened = room.screen.stories_pane.listing, list[int]()

        def note(listing: Listing, head: int, stories: Sequence[StoryRow]) -> None:
            if listing is live:
                opened.append(threading.get_ident())
            open_head(listing, head, stories)

        open_head = Listing.open
        monkeypatch.setattr(Listing, "open", note)
        await room.press("n")
        item = room.screen.stories_pane.current
        assert item is not None
        assert item.story_id == "s0000000004", "the first one of the next storyline, which was closed"
        assert opened == [threading.get_ident()]


async def test_unread_stories_that_are_too_far_to_be_looked_for_are_told(
    newsroom: Open, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.mark([story.id for story in morning()][:-1], "read")
    async with newsroom() as room:
        monkeypatch.setattr("tui.screens.changing.find_unread", lambda *_: None)
        await room.press("n")
        assert "1 story unread, too far off to be looked for; U shows them" in room.status
        desk.mark("", "read")
        await room.press("n")
        assert "everything here is read" in room.status


async def test_merge_and_split(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.press("M")
        assert "merging “Quake off Iquique”" in room.status
        pane = room.screen.stories_pane
        row = pane.listing.find(None, "tlanderaaaa")
        assert row is not None
        pane.go(row)
        await room.press("M")
        assert desk.calls[-1] == ("merge", "tlanderaaaa", "tquakeaaaaa")
        assert "6 stories" in room.text
        await room.press("u", "g", "j", "X")
        assert desk.calls[-1] == ("split", "tquakeaaaaa", "s0000000001")
        await room.press("M", "escape")
        assert room.screen.merging is None


async def test_split_of_a_single_story_is_refused_with_the_mend(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("G", "X")
        assert "storyline of one can't be split" in room.status
