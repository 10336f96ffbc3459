"""A refresh that stores hundreds of stories doesn't move the list under whoever reads it."""

from __future__ import annotations

import pytest

from newsdesk.model import Story, StorylineRef
from tests.tui.conftest import Open
from tests.tui.driving import Room
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import morning
from tui.messages import RefreshFailed, RefreshStarted, StepMoved, StoriesStored


def told(at: int) -> Story:
    """Story `at`: the later the number, the newer."""
    day, minute = divmod(at, 1440)
    when = f"2026-02-{1 + day:02}T{minute // 60:02}:{minute % 60:02}:00Z"
    name = f"Report {at}"
    line = StorylineRef(f"tline{at:05}", name, 1)
    return morning()[18].with_(id=f"sreport{at:05}", title=name, published=when, storyline=line)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(told(at) for at in reversed(range(300)))


def store(room: Room, desk: FakeDesk, first: int, after: int) -> None:
    """What a running refresh does: stories are there, and it says so; the gathering time is over."""
    for at in range(first, after):
        desk.add(told(at))
    room.screen.on_stories_stored(StoriesStored(after - first, 0))
    if room.screen._loading is not None:
        room.screen._loading.stop()
    room.screen._load_stored()


def in_sight(room: Room) -> list[str | None]:
    pane = room.screen.stories_pane
    return [item.story_id if (item := pane.listing.item(row)) else None for row in pane.in_sight]


@pytest.mark.parametrize("grouped", [True, False])
async def test_the_list_stands_still_and_the_title_counts(newsroom: Open, desk: FakeDesk, grouped: bool) -> None:
    async with newsroom() as room:
        if not grouped:
            await room.press("t")
        pane = room.screen.stories_pane
        await room.press("ctrl+d", "ctrl+d", "j")
        before, current = in_sight(room), pane.current
        assert current is not None
        assert None not in before
        room.screen.on_refresh_started(RefreshStarted(1))
        store(room, desk, 300, 420)
        await room.screen.look_for_changes()
        await room.settle()
        store(room, desk, 420, 450)
        room.screen.show_title()
        await room.settle()
        assert in_sight(room) == before
        assert "g shows 150 new" in room.text
        room.screen.on_refresh_failed(RefreshFailed(""))
        await room.settle()
        assert (in_sight(room), pane.current.story_id if pane.current else "") == (before, current.story_id)
        assert "150 new" not in room.text
        assert "2 Stories  150 more above" in room.text
        await room.press("ctrl+d")
        assert "2 Stories  150 more above" in room.text
        store(room, desk, 450, 451)
        await room.settle()
        assert "2 Stories  151 more above" in room.text
        await room.press("g")
        assert "Report 450" in room.text
        assert "more above" not in room.text


@pytest.mark.parametrize("key", ["A", "m"])
async def test_what_is_held_back_is_not_marked(newsroom: Open, desk: FakeDesk, key: str) -> None:
    line = StorylineRef("txurbpm2mtj", "Report", 2)
    for at in (300, 301):
        desk.add(told(at).with_(storyline=line))
    async with newsroom() as room:
        room.screen.on_refresh_started(RefreshStarted(1))
        desk.add(told(302).with_(storyline=line))
        desk.add(told(303))
        await room.press(key)
        assert f"{'302 stories' if key == 'A' else '2 stories'} marked read" in room.status
        assert not desk.read & {told(302).id, told(303).id}


async def test_new_stories_come_in_at_the_top(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        pane = room.screen.stories_pane
        await room.press("j", "k")
        room.screen.on_refresh_started(RefreshStarted(1))
        store(room, desk, 300, 302)
        await room.settle()
        assert in_sight(room)[0] == "sreport00301"
        assert "more above" not in room.text
        assert pane.current is not None
        assert pane.current.story_id == "sreport00299"
        store(room, desk, 302, 310)
        await room.settle()
        assert in_sight(room)[0] == "sreport00301", "the cursor is further down by now"
        await room.press("g")
        assert in_sight(room)[0] == "sreport00309"
        assert pane.current is not None
        assert pane.current.story_id == "sreport00309", "whoever asks for the top is at the newest"
        assert room.screen.held is None


async def test_a_list_that_is_still_to_come_is_not_called_empty(newsroom: Open) -> None:
    desk = FakeDesk(())
    async with newsroom(desk=desk) as room:
        assert "No stories yet." in room.text
        room.screen.on_refresh_started(RefreshStarted(3))
        await room.settle()
        assert "Reading the sources." in room.text
        assert "0 of 3 sources read so far." in room.text
        room.screen.on_step_moved(StepMoved(512, 20_000, "comments read"))
        room.screen._show_progress()
        await room.settle()
        assert "512 of 20,000 comments read so far." in room.text
        room.screen.on_refresh_failed(RefreshFailed("the line is down"))
        await room.settle()
        assert "No stories yet." in room.text


async def test_a_refresh_of_another_process_is_no_failure(newsroom: Open) -> None:
    async with newsroom() as room:
        room.screen.on_refresh_started(RefreshStarted(3))
        room.screen.on_refresh_failed(RefreshFailed("another refresh is running; what it brings appears here", elsewhere=True))
        await room.settle()
        assert "another refresh is running; what it brings appears here" in room.status
        assert "failed" not in room.text


async def test_a_list_that_comes_in_by_parts_is_looked_at_from_its_top_until_a_key_is_pressed(newsroom: Open) -> None:
    desk = FakeDesk(())
    async with newsroom(desk=desk) as room:
        pane = room.screen.stories_pane
        room.screen.on_refresh_started(RefreshStarted(1))
        for first, after in ((0, 10), (10, 20), (20, 150), (150, 300)):
            store(room, desk, first, after)
            await room.settle()
            assert pane.cursor == 0
            assert in_sight(room)[0] == f"sreport{after - 1:05}"
            assert room.screen.article_pane.story is not None
            assert room.screen.article_pane.story.id == f"sreport{after - 1:05}"
        await room.press("j")
        store(room, desk, 300, 310)
        room.screen.on_refresh_failed(RefreshFailed(""))
        await room.settle()
        assert pane.current is not None
        assert pane.current.story_id == "sreport00298", "a row that a person went to is kept"


async def test_a_key_pressed_while_the_list_is_read_anew_is_not_lost(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        pane = room.screen.stories_pane
        await room.press("j", "j")
        room.screen.load(keep=True)
        pane.action_cursor_down()
        await room.settle()
        assert pane.cursor == 3


async def test_rows_that_were_not_read_yet_bring_the_others_in(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        pane = room.screen.stories_pane
        await room.press("j", "j")
        room.screen.on_refresh_started(RefreshStarted(1))
        store(room, desk, 300, 500)
        await room.settle()
        for _ in range(40):
            if room.screen.held is None:
                break
            await room.press("ctrl+d")
        assert room.screen.held is None
        rows = in_sight(room)
        assert None not in rows
        numbers = [int(row.removeprefix("sreport")) for row in rows if row]
        assert numbers == list(range(numbers[0], numbers[0] - len(rows), -1)), "none twice, none left out"
        assert pane.rows == 500
