"""What was new in a follow when it was entered: marked in the list until the person leaves it, on a real desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsdesk.desk import Desk
from newsdesk.model import Story
from newsdesk.paths import Paths
from tests.tui.conftest import Open
from tests.tui.morning import NOW, morning
from tui.drawing.render import clock_time

THE_DAY_BEFORE = datetime(2026, 3, 3, 9, 12, tzinfo=UTC)


def _fetched() -> list[Story]:
    return [story.with_(id="", storyline=None, wire_copy_of=None) for story in morning()]


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Desk]:
    """Chile was looked at on Tuesday; two stories of it have come in since."""
    clock = [THE_DAY_BEFORE]
    paths = Paths(tmp_path / "config.toml", tmp_path / "data", tmp_path / "state")
    with Desk.open(paths, now=lambda: clock[0], tag=lambda story: story) as desk:
        chile = [story for story in _fetched() if "CL" in {country.code for country in story.countries}]
        rest = [story for story in _fetched() if story not in chile]
        desk.keep([*rest, *chile[2:]])
        desk.follow("country:CL")
        clock[0] = NOW
        desk.keep(_fetched())
        assert [state.new for state in desk.follows()] == [2]
        yield desk


@pytest.mark.parametrize("size", [(200, 60), (120, 40), (80, 24), (60, 20)])
@pytest.mark.parametrize(("language", "mark"), [("C.UTF-8", "new · "), ("POSIX", "new - ")])
async def test_what_was_new_is_marked_without_colours_until_it_is_left(
    newsroom: Open, real: Desk, size: tuple[int, int], language: str, mark: str
) -> None:
    async with newsroom(*size, desk=real, env={"LANG": language, "NO_COLOR": "1"}) as room:
        assert mark not in room.text
        await room.press("5", "enter")
        assert [state.new for state in real.follows()] == [0], "it was looked at"
        assert "2 new since Tue 09:12" in room.text
        for title in ("Aftershocks keep", "Copper"):
            assert f"{mark}{title}" in room.text
        assert room.text.count(mark) == 2, "the story that was there is not marked"
        await room.press("5", "enter")
        assert "2 new since Tue 09:12" in room.text, "a second Enter is no leaving"
        await room.press("2", "t")
        assert room.text.count(mark) == 2, "nor is the list without storylines"
        await room.press("escape")
        assert room.screen.view.narrowing.empty
        assert mark not in room.text
        assert "new since" not in room.text
        await room.press("5", "enter", "2")
        assert "following Chile" in room.text
        assert "new since" not in room.text
        assert mark not in room.text


async def test_a_folded_storyline_says_how_many_are_new(newsroom: Open, real: Desk) -> None:
    first, *others = (line.id for line in real.storylines("country:CL"))
    for other in others:
        first = real.merge(first, other).id
    async with newsroom(60, 20, desk=real) as room:
        await room.press("5", "enter", "2", "h")
        head = next(line for line in room.text.splitlines() if "▸" in line)
        assert "▸ 2 new · " in head
        assert "3 stories" in room.text
        await room.press("l")
        assert "▾ 2 new · " in room.text
        assert room.text.count("◆   new · ") == 2
        await room.resize(200, 60)
        await room.press("h")
        assert "▸ 2 new · " in room.text


async def test_a_search_in_the_follow_finds_what_is_marked(newsroom: Open, real: Desk) -> None:
    async with newsroom(80, 24, desk=real) as room:
        await room.press("5", "enter", "slash")
        await room.type("since:last-look")
        await room.press("enter")
        assert room.screen.stories_pane.rows == 2
        assert "2 new since Tue 09:12" in room.text
        await room.press("escape", "escape")
        assert room.screen.view.narrowing.empty
        await room.press("slash")
        await room.type("since:last-look")
        assert room.screen.stories_pane.rows == 0, "all was looked at"


async def test_what_comes_in_meanwhile_is_marked_too_and_a_paused_follow_marks_nothing(newsroom: Open, real: Desk) -> None:
    async with newsroom(120, 40, desk=real) as room:
        await room.press("5", "enter")
        later = _fetched()[0].with_(title="Iquique reopens its last berth", body=("All nine take ships.",), url=None)
        real.keep([later.with_(origins=())])
        await room.screen.look_for_changes()
        await room.settle()
        assert "3 new since Tue 09:12" in room.text
        await room.press("escape", "escape")
        real.edit_follow("Chile", paused=True)
        room.screen.load(keep=True)
        await room.settle()
        await room.press("5", "enter")
        assert room.screen.view.narrowing.follow == "country:CL"
        assert "new ·" not in room.text


async def test_catching_up_and_taking_it_back_leave_the_marks(newsroom: Open, real: Desk) -> None:
    async with newsroom(120, 40, desk=real) as room:
        await room.press("5", "m")
        assert [state.new for state in real.follows()] == [0]
        await room.press("u")
        assert [state.new for state in real.follows()] == [2]
        await room.press("enter", "m", "u")
        assert room.text.count("new ·") == 2
        assert "2 new since Tue 09:12" in room.text


def test_a_moment_is_told_by_the_clock_of_the_day() -> None:
    for moment, told in (
        (datetime(2026, 3, 4, 7, 5, tzinfo=UTC), "07:05"),
        (THE_DAY_BEFORE, "Tue 09:12"),
        (datetime(2026, 2, 26, 9, 12, tzinfo=UTC), "Thu 09:12"),
        (datetime(2026, 2, 25, 9, 12, tzinfo=UTC), "25 Feb 09:12"),
        (datetime(2026, 3, 5, 10, 0, tzinfo=UTC), "5 Mar 10:00"),
    ):
        assert clock_time(moment, NOW) == told
