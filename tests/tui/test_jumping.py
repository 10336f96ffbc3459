"""Jump mode: letters on what can be gone to, and where they lead."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import Mock

import pytest

from tests.tui.conftest import Open
from tests.tui.driving import strike
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import morning
from tui.screens.coverage import CoverageScreen
from tui.screens.jumping import HOME, MOST, JumpScreen, Spot, labels, spots_of, with_labels
from tui.widgets.line_view import LineView


@pytest.mark.parametrize("number", [0, 1, 5, 9, 10, 17, 41, 81, 82, 200, MOST])
def test_no_label_is_the_beginning_of_another(number: int) -> None:
    made = labels(number)
    assert len(made) == len(set(made)) == number
    assert not [(a, b) for a in made for b in made if a != b and b.startswith(a)]
    assert max(map(len, made), default=0) <= 2
    assert made == sorted(made, key=len), "the shortest first: they go to what is listed first"
    if number <= len(HOME) ** 2:
        assert set("".join(made)) <= set(HOME)


def _label(room_spots: list[Spot], spot: Spot) -> str:
    return labels(len(room_spots))[room_spots.index(spot)]


async def test_letters_lead_to_panes_rows_and_sections(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        before = room.text
        spots = spots_of(room.screen)
        await room.press("semicolon")
        assert isinstance(room.app.screen, JumpScreen)
        assert "jump: type the letters" in room.text
        for seen, was in zip(room.text.splitlines()[1:-1], before.splitlines()[1:-1], strict=True):
            assert len(seen) == len(was) or not was.strip(), "nothing moves"
        comments = next(s for s in spots if (s.y, s.x) == _title_of(room.screen.comments_pane))
        await room.press(*_label(spots, comments))
        assert room.screen.focused_pane == "comments"
        spots = spots_of(room.screen)
        inner = room.screen.stories_pane.content_region
        row = next(s for s in spots if (s.x, s.y) == (inner.x, inner.y + 2 * 5))
        await room.press("semicolon", *_label(spots, row))
        assert room.screen.focused_pane == "stories"
        assert room.screen.stories_pane.cursor == 5
        spots = spots_of(room.screen)
        at = next(i for i, entry in enumerate(room.screen.sections_pane.entries) if entry.label == "Economy")
        economy = next(s for s in spots if (s.x, s.y) == (0, room.screen.sections_pane.content_region.y + at))
        await room.press("semicolon", *_label(spots, economy))
        assert room.screen.view.narrowing.query() == "topic:medtop:04000000", "the same as a click there"


def _title_of(view: LineView) -> tuple[int, int]:
    return view.region.y, view.region.x + 2 + len(str(view.border_title))


async def test_it_is_left_by_escape_a_click_another_key_and_another_size(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        at = room.screen.stories_pane.cursor
        for leaving in ("escape", "0", "q"):
            await room.press("semicolon", leaving)
            assert room.app.screen is room.screen
        await room.press("semicolon")
        await room.pilot.click(offset=(30, 10))
        await room.settle()
        assert room.app.screen is room.screen
        await room.press("semicolon")
        await room.resize(100, 30)
        assert room.app.screen is room.screen
        assert room.screen.stories_pane.cursor == at
        assert room.screen.focused_pane == "stories"


async def test_the_first_of_two_letters_leaves_what_it_begins(newsroom: Open) -> None:
    async with newsroom(160, 48) as room:
        made = labels(len(spots_of(room.screen)))
        assert len(made[-1]) == 2
        await room.press("semicolon", made[-1][0])
        assert isinstance(room.app.screen, JumpScreen)
        await room.press("backspace", "escape")
        assert room.is_bare()


async def test_a_link_in_the_text_is_gone_to(newsroom: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    story = replace(morning()[0], url="https://example.org/a/long/way", body=("See https://example.org/report for more.",))
    async with newsroom(120, 40, desk=FakeDesk([story])) as room:
        await room.press("enter")
        copied: list[str] = []
        monkeypatch.setattr(room.app, "copy_to_clipboard", copied.append)
        pane = room.screen.article_pane
        asked = Mock(wraps=pane.addresses)
        monkeypatch.setattr(pane, "addresses", asked)
        links = list(pane.landings())
        assert (len(links), asked.call_count) == (2, 1), "the whole thread is looked through once, not for each link in sight"
        for landing in links:
            landing.go()
            await room.settle()
        assert copied == ["https://example.org/report", "https://example.org/a/long/way"]


async def test_the_coverage_table_by_rows_and_columns(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("7")
        screen = room.app.screen
        assert isinstance(screen, CoverageScreen)
        landings = list(screen.matrix.landings())
        next(place for place in landings if place.y == 3).go()
        next(place for place in landings if place.y == 0 and place.x == 16 + 7 * 2).go()
        await room.settle()
        assert (screen.row, screen.column) == (2, 2)


async def test_keys_that_come_together(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        spots = spots_of(room.screen)
        strike(room.app, "semicolon", *_label(spots, spots[3]), "j")
        await room.settle()
        assert room.screen.stories_pane.cursor == 3


@pytest.mark.parametrize("theme", ["dark", "light", "contrast", "mono"])
async def test_the_letters_are_seen_in_every_theme(newsroom: Open, theme: str) -> None:
    async with newsroom(80, 24, theme=theme) as room:
        await room.press("semicolon")
        strips = room.app.screen._compositor.render_strips()
        signs = [s for strip in strips for s in strip if s.style and s.style.reverse and s.style.bold and s.text in HOME]
        assert len(signs) > 5


def test_labels_stand_over_cells_and_never_over_each_other() -> None:
    from rich.style import Style
    from textual.strip import Strip

    bold = Style(bold=True)
    assert with_labels(Strip.blank(10), [(0, "as"), (1, "df"), (9, "gh"), (4, "j")], 10, bold).text == "as  j     "
