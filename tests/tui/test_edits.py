"""What changed in a story that its outlet corrected, to be read on a key."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Open
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import morning


@pytest.fixture
def desk() -> FakeDesk:
    desk = FakeDesk(morning())
    first = desk._stories[desk._order[0]]
    text = (*first.body[:-1], f"{first.body[-1]} Nobody else [red]was hurt[/red].")
    desk._stories[first.id] = first.with_(title="Quake kills twelve", body=text, revision=2)
    desk.earlier[first.id] = (first,)
    return desk


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (160, 48)])
async def test_what_changed_is_told_with_what_it_was(newsroom: Open, desk: FakeDesk, size: tuple[int, int]) -> None:
    async with newsroom(*size) as room:
        story = desk._stories[desk._order[0]]
        room.screen.stories_pane.go(room.screen.stories_pane.listing.find(story.id, None) or 0)
        await room.press("d")
        assert "Version 2" in room.text
        assert "now Quake kills twelve" in room.text
        await room.press("G")
        assert "hurt[/red]." in room.text
        await room.press("escape")
        assert "Version 2" not in room.text


@pytest.mark.parametrize("heading", ["Quake [/b] at sea", "Quake [link= at sea", "Quake [@click=app.quit]off[/] at sea"])
async def test_marks_in_a_headline_are_words(newsroom: Open, desk: FakeDesk, heading: str) -> None:
    story = desk._stories[desk._order[0]]
    desk._stories[story.id] = story.with_(title=heading)
    async with newsroom(120, 40) as room:
        room.screen.stories_pane.go(room.screen.stories_pane.listing.find(story.id, None) or 0)
        await room.press("d")
        assert f"What changed in “{heading}”" in room.text


async def test_where_nothing_changed_that_is_said(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("j", "j", "j", "j", "d")
        assert "nothing changed in this story: it is its first version" in room.status
