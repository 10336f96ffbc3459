"""The first frame, drawn before the framework is there: the same rows in the same places, and the terminal given back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import pyte
import pytest
from textual.geometry import Region

from newsdesk.desk import Desk
from tests.tui.conftest import Open
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import NOW
from tui.colours.schemes import DARK, LIGHT, MONO
from tui.colours.themes import Inks, inks_of
from tui.drawing.render import UNICODE
from tui.opening import Opening, draw, draw_beside, lines_beside, read_beside, read_first, rows_of_list, scheme_of
from tui.places import Place, place_of_list, places_of
from tui.session import Session
from tui.terminal.paper import Paper, cells_of

SIZES = [(80, 24), (120, 40), (200, 60), (109, 40), (110, 20), (110, 19), (60, 16), (60, 15), (40, 10), (181, 50), (133, 37)]


def _in_place(lines: Sequence[str], place: Place) -> list[str]:
    inside = lines[place.y : place.y + place.height]
    return ["".join(cells_of(line)[place.x : place.x + place.width]).rstrip() for line in inside]


async def test_the_list_stands_where_the_opening_draws_it(newsroom: Open) -> None:
    async with newsroom(*SIZES[0]) as room:
        for width, height in SIZES:
            await room.resize(width, height)
            place, pane = place_of_list(width, height), room.screen.stories_pane
            content = pane.region.shrink(pane.styles.gutter)
            assert Region(place.x, place.y, place.width, place.height) == Region(
                content.x, content.y, pane.inner_width, content.height
            ), (width, height)


async def test_every_pane_stands_where_the_opening_draws_it(newsroom: Open) -> None:
    async with newsroom(*SIZES[0]) as room:
        for width, height in SIZES:
            await room.resize(width, height)
            there = {}
            for name, pane in room.screen.panes.items():
                if pane.display and pane.region:
                    content = pane.region.shrink(pane.styles.gutter)
                    there[name] = Place(content.x, content.y, content.width - 1, content.height)
            assert places_of(width, height) == there, (width, height)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (200, 60), (100, 40)])
async def test_what_is_beside_the_list_is_what_the_dashboard_shows(
    newsroom: Open, desk: FakeDesk, width: int, height: int
) -> None:
    places = places_of(width, height)
    screen = pyte.Screen(width, height)
    opening = Opening(read_first(cast(Desk, desk), Session(), places["stories"].height), Paper())
    opening.paper.resize(width, height)
    read_beside(cast(Desk, desk), opening, Session(), places)
    inks = Inks(inks_of(DARK.variables))
    assert opening.story is not None
    lines = lines_beside(opening, places, NOW, UNICODE)
    pyte.ByteStream(screen).feed(draw_beside(opening.paper, lines, places, inks, UNICODE, len(opening.story.comments)).encode())
    async with newsroom(width, height) as room:
        shown = room.text.split("\n")
    for name, place in places.items():
        rule = Place(place.x, place.y - 1, place.width, 1)
        if name not in ("comments", "following"):  # their titles also count what is in them
            assert _in_place(screen.display, rule) == _in_place(shown, rule), name
        if lines.get(name):
            assert _in_place(screen.display, place) == _in_place(shown, place), name
    assert lines["article"]
    assert bool(lines.get("sections")) == (width >= 110)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (200, 60)])
async def test_the_rows_are_those_of_the_dashboard(newsroom: Open, desk: FakeDesk, width: int, height: int) -> None:
    place = place_of_list(width, height)
    screen = pyte.Screen(width, height)
    paper = Paper()
    paper.resize(width, height)
    listing = read_first(cast(Desk, desk), Session(), place.height)
    rows = rows_of_list(listing, Session(), place, NOW, UNICODE)
    pyte.ByteStream(screen).feed(draw(paper, rows, place, Inks(inks_of(DARK.variables))).encode())
    async with newsroom(width, height) as room:
        shown = room.text.split("\n")
    drawn, there = _in_place(screen.display, place), _in_place(shown, place)
    assert drawn == there
    assert any("Aftershocks" in line for line in drawn)


def test_the_cursor_of_the_session_is_looked_for_further_down(desk: FakeDesk) -> None:
    story = desk.rows(limit=1)[0].id
    listing = read_first(cast(Desk, desk), Session(story=story), 5)
    assert listing.find(story, None) is not None
    last = Session(storyline=desk.storyline_rows()[-1].storyline.id)
    place = place_of_list(80, 24)
    assert list(rows_of_list(read_first(cast(Desk, desk), last, place.height), last, place, NOW, UNICODE)) == []


def test_colours_are_those_that_the_dashboard_will_have() -> None:
    assert scheme_of("", Session(), {}) is DARK
    assert scheme_of("light", Session(), {}) is LIGHT
    assert scheme_of("", Session(theme=LIGHT.name), {}) is LIGHT
    assert scheme_of("", Session(), {"NO_COLOR": "1"}) is MONO
    assert scheme_of("nord", Session(), {}) is None
