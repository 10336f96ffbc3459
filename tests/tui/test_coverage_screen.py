"""The coverage screen: topics by countries, the world, days, and the way to the stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from newsdesk.model import Country, Topic
from newsdesk.world import world
from tests.tui.conftest import Open
from tests.tui.driving import Room, strike
from tests.tui.fake_desk import FakeDesk
from tests.tui.hostile import HOSTILE
from tests.tui.morning import TOPICS
from tests.tui.test_hostile import assert_harmless, hostile_stories
from tests.tui.test_real_desk import _fetched, _open
from tui.drawing import atlas
from tui.drawing.render import ASCII, UNICODE, line_width
from tui.panes.coverage import Grid, Heading, shade
from tui.screens.coverage import CoverageScreen
from tui.screens.newsroom import Newsroom


def _screen(room: Room) -> CoverageScreen:
    screen = room.app.screen
    assert isinstance(screen, CoverageScreen)
    return screen


def _cursor(room: Room) -> tuple[str | None, str | None]:
    grid, screen = _screen(room).grid, _screen(room)
    return grid.rows[screen.row].id, grid.columns[screen.column].id


async def test_topics_by_countries_with_numbers(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("7")
        assert "all days  22 stories" in room.text
        assert " all            [   22]     3      3" in room.text
        assert "█   2" in room.text
        assert "▓   1" in room.text
        assert "unknown             1" in room.text
        assert "World" in room.text


async def test_arrows_walk_and_enter_shows_the_stories_of_a_cell(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("7", "down", "right")
        assert _cursor(room) == ("medtop:04000000", "CL")
        assert "[█   2]" in room.text
        assert "X Chile: 2" in room.text
        await room.press("up", "left", "j", "l", "enter")
        assert room.app.screen is room.screen
        assert room.screen.view.narrowing.query() == "topic:medtop:04000000 country:CL"
        assert "topic Economy + country Chile" in room.text
        assert "20 hidden" in room.text


async def test_an_empty_cell_says_so(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("7", "j", "l", "l", "enter")
        assert "no story there" in _screen(room).status_bar.text


async def test_the_map_follows_the_topic(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("7")
        assert "█ CL Chile                         3" in room.text
        await room.press("j")
        assert "█ CL Chile                         2" in room.text
        assert "Japan" not in room.text.split("World", 1)[1]


async def test_days_step_and_come_back_to_all(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom(120, 40) as room:
        await room.press("7", "right_square_bracket")
        assert "these are all days; [ goes to the latest" in _screen(room).status_bar.text
        await room.press("left_square_bracket")
        assert "these are all days" not in room.text, "what was said of all days is no longer so"
        assert "Wed 4 Mar 2026  7 stories, 15 hidden" in room.text
        await room.press("left_square_bracket")
        assert "Tue 3 Mar 2026" in room.text
        await room.press("enter")
        assert room.screen.view.narrowing.query() == "newer:2026-03-03 older:2026-03-04"
        await room.press("7", "left_square_bracket", "right_square_bracket")
        assert "all days" in room.text
        for _ in range(8):
            await room.press("left_square_bracket")
        assert "there is no earlier story" in _screen(room).status_bar.text
        _screen(room).day = (date.max - date.min).days * 24 * 60
        assert _screen(room)._day_query() == "newer:9999-12-31", "no day comes after the last one"


async def test_keys_struck_while_a_day_is_read_go_on_from_that_day(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("7")
        strike(room.app, *["left_square_bracket"] * 3, "right_square_bracket")
        await room.settle()
        assert _screen(room).day_words() == "Tue 3 Mar 2026"
        strike(room.app, *["right_square_bracket"] * 2, "left_square_bracket", "right_square_bracket")
        await room.settle()
        assert _screen(room).day_words() == "all days"


async def test_the_cursor_stays_on_its_cell_from_day_to_day(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("7", "j", "j", "l", "l")
        assert _cursor(room) == ("medtop:13000000", "JP")
        await room.press("left_square_bracket")
        assert _cursor(room) == ("medtop:13000000", "JP")
        assert _screen(room).grid.number(_screen(room).row, _screen(room).column) == 1
        await room.press(*["left_square_bracket"] * 3)
        assert "1 Mar" in _screen(room).day_words()
        assert _cursor(room) == (None, None), "there is no such story on the first of March"
        await room.press("right_square_bracket")
        assert _cursor(room) == ("medtop:13000000", "JP")


async def test_a_search_narrows_it_and_what_it_hides_is_told(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("slash")
        await room.type("balloons OR quake")
        await room.press("enter", "7")
        assert "search balloons OR quake" in room.text
        assert "hidden" in room.text
        await room.press("left_square_bracket", "enter")
        assert room.screen.view.narrowing.search == "(balloons OR quake) newer:2026-03-04 older:2026-03-05"


async def test_follow_a_topic_a_country_or_both(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom(120, 40) as room:
        await room.press("7", "f")
        assert "put the cursor on a topic or a country" in _screen(room).status_bar.text
        await room.press("l", "f")
        assert desk.calls[-1] == ("follow", "CL")
        await room.press("j", "f")
        assert desk.calls[-1] == ("follow", "topic:medtop:04000000 country:CL")
        await room.press("h", "f", "u")
        assert len(desk.follows()) == 2


async def test_one_pane_at_a_time_where_it_is_small(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        await room.press("7")
        assert "Tab: the world" in room.text
        assert "⢕" not in room.text
        await room.press("tab")
        assert "⢕" in room.text
        await room.press("j", "l")
        assert "X Chile: 2" in room.text
        await room.press("shift+tab")
        assert "[█   2]" in room.text
        await room.resize(30, 9)
        await room.press("G", "l", "l", "l", "l", "l", "l")
        assert "unknown" in room.text, "the table scrolls with the cursor"
        await room.resize(160, 30)
        assert "⢕" in room.text


async def test_nothing_to_count_says_what_to_do(newsroom: Open) -> None:
    async with newsroom(desk=FakeDesk([])) as room:
        await room.press("7")
        assert "No stories yet." in room.text
        assert "R reads the sources." in room.text
        await room.press("escape")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Newsroom, "refreshing", True)
            await room.press("7")
            assert "The sources are being read; c stops it." in room.text
        await room.press("j", "l", "enter", "f", "left_square_bracket", "tab", "enter", "escape")
        assert room.app.screen is room.screen


async def test_what_narrows_to_nothing_is_not_called_a_search_and_the_keys_that_widen_are_told(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("slash", *"xylophone", "enter", "7")
        assert "No story matches what narrows the list." in room.text
        assert "Esc goes back to the list, Backspace shows everything there." in " ".join(room.text.split())


async def test_on_the_desk_that_people_use(newsroom: Open, tmp_path: Path) -> None:
    with _open(tmp_path) as real:
        real.keep(_fetched())
        async with newsroom(120, 40, desk=real) as room:
            await room.press("7", "j", "l")
            number = _screen(room).grid.number(_screen(room).row, _screen(room).column)
            await room.press("enter")
            assert real.count(room.screen.view.narrowing.query()) == number == 2


async def test_hostile_names(newsroom: Open) -> None:
    stories = hostile_stories(HOSTILE)
    for number, text in enumerate(HOSTILE):
        topic, place = (
            Topic(TOPICS["crime"][0] if number % 2 else text, text, 0.5),
            Country("CL" if number % 3 else text, text, 0.5),
        )
        stories[number] = replace(stories[number], topics=(topic,), countries=(place,))
    async with newsroom(120, 40, desk=FakeDesk(stories)) as room:
        await room.press("7", "G", "l")
        assert_harmless(room.text)
        await room.resize(30, 9)
        assert_harmless(room.text)


async def test_the_cell_under_the_cursor_is_told_in_words(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        await room.press("7", "j", "l")
        assert "Economy, Chile: 2  all days" in room.text
        await room.press("h", "G")
        assert "topic unknown: 1  all days" in room.text
        await room.press("g")
        assert "all days  22 stories" in room.text


# The map


async def test_countries_are_named_below_a_map_with_none_beside_it(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        await room.press("7", "tab")
        assert "CL Chile " in room.text
        assert "IT Italy " in room.text


def test_the_map_fits_any_size_and_shows_the_smallest_state() -> None:
    for width, height in ((1, 1), (9, 3), (40, 9), (80, 20), (250, 80)):
        size = atlas.map_size(world(), width, height)
        assert size[0] <= width
        assert size[1] <= height
        for glyphs in (UNICODE, ASCII):
            lines = atlas.map_lines(world(), {"SG": 1}, None, size, glyphs)
            assert len(lines) == size[1]
            assert all(line_width(line) == size[0] for line in lines)
            assert any(text.strip("⠀ ") in ("█", "#", "") for line in lines for text, ink in line if ink == "follow")
            drawn = "".join(text for line in lines for text, _ in line)
            assert ("#" if glyphs is ASCII else "█") in drawn


def test_the_chosen_country_is_marked_and_levels_grow() -> None:
    size = (80, 16)
    drawn = "".join(text for line in atlas.map_lines(world(), {"BR": 9, "CL": 1}, "CL", size, UNICODE) for text, _ in line)
    assert drawn.count("X") >= 5
    assert drawn.count("█") >= 20
    assert [atlas.level(number, 10) for number in (0, 1, 2, 3, 6, 7, 10)] == [0, 1, 1, 2, 2, 3, 3]
    assert atlas.level(3, 0) == 0
    for most in range(60):
        levels = [atlas.level(number, most) for number in range(most + 1)]
        assert atlas.level_starts(most) == [levels.index(one) if one in levels else None for one in (1, 2, 3)]


def test_shades_are_told_apart_without_colour() -> None:
    assert [shade(number, 10, UNICODE)[0] for number in (0, 1, 2, 4, 7)] == [" ", "░", "▒", "▓", "█"]
    assert len({shade(number, 10, ASCII)[0] for number in (0, 1, 2, 4, 7)}) == 5


async def test_numbers_in_the_table_are_written_as_beside_the_map(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("7")
        rows = (Heading(None, "all", 2892), Heading("t", "Crime", 1742))
        columns = (Heading(None, "all", 2892), Heading("CL", "Chile", 1282), Heading("PE", "Peru", 8))
        screen = _screen(room)
        screen.grid = Grid(rows, columns, {("t", "CL"): 1045, ("t", "PE"): 7})
        screen._show()
        await room.settle()
        assert " all            [2,892] 1,282      8\n" in room.text
        assert " Crime           1,742 █1,045  ░   7\n" in room.text
        await room.press("j", "l")
        assert " Crime           1,742 [1,045] ░   7\n" in room.text


def test_a_grid_answers_for_all_and_for_one() -> None:
    rows = (Heading(None, "all", 3), Heading("t", "T", 2))
    columns = (Heading(None, "all", 3), Heading("CL", "Chile", 2), Heading("", "unknown", 1))
    grid = Grid(rows, columns, {("t", "CL"): 1, ("t", ""): 1})
    assert [grid.number(row, column) for row in range(2) for column in range(3)] == [3, 2, 1, 2, 1, 1]
    assert grid.by_country(1) == {"CL": 1}
    assert grid.find("t", "CL") == (1, 1)
    assert grid.find("gone", "gone") == (0, 0)


async def test_a_day_is_held_against_the_day_and_the_week_before_it(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom(140, 40) as room:
        await room.press("7")
        assert "week before" not in room.text
        await room.press("left_square_bracket")
        day = "newer:2026-03-03 older:2026-03-04"
        week = "newer:2026-02-25 older:2026-03-04"
        before, in_week = desk.count(day), desk.count(week)
        assert 0 < before < in_week
        assert f"15 hidden; day before {before}, week before {in_week}" in room.text
        await room.press("j")
        topic, _ = _cursor(room)
        before, in_week = (desk.count(f"topic:{topic} {days}") for days in (day, week))
        assert f": {desk.count(f'topic:{topic} newer:2026-03-04')}; day before {before}, week before {in_week}" in room.text
