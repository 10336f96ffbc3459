"""Stories by topic and country at once, and the map that they are drawn on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsdesk.desk import Desk
from newsdesk.model import Country, Story, Topic
from newsdesk.paths import Paths
from newsdesk.query.moments import DAY, to_minute
from newsdesk.world import NORTH, WIDTH, world

POLITICS, SPORT = "medtop:11000000", "medtop:15000000"
NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)


def _minute(day: int) -> int:
    return to_minute(datetime(2026, 3, day, tzinfo=UTC))


def _story(number: int, day: int, topics: tuple[str, ...], countries: tuple[str, ...]) -> Story:
    return Story(
        title=f"Story number {number} of the day {day}",
        body=(f"Text {number} that no other story has {number * 7919}.",),
        published=f"2026-03-0{day}T08:00Z",
        topics=tuple(Topic(topic, topic, 0.9) for topic in topics),
        countries=tuple(Country(code, code, 0.9) for code in countries),
    )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    paths = Paths(tmp_path / "config.toml", tmp_path / "data", tmp_path / "state")
    with Desk.open(paths, now=lambda: NOW, tag=lambda story: story) as desk:
        desk.keep(
            [
                _story(1, 1, (POLITICS,), ("CL",)),
                _story(2, 1, (POLITICS, SPORT), ("CL", "JP")),
                _story(3, 3, (), ("JP",)),
                _story(4, 3, (SPORT,), ()),
            ]
        )
        yield desk


def test_what_is_kept_is_what_counting_gives(desk: Desk) -> None:
    desk.mark("Story", "read")
    token = desk.begin_sitting()
    desk.keep([_story(9, 4, (SPORT,), ("JP", "PE"))], sitting=token)
    assert desk.coverage() == desk.coverage("is:read OR is:unread")
    assert desk.coverage().countries["PE"] == 1
    desk.forget(desk.ids("Story 1"))
    assert desk.coverage() == desk.coverage("is:read OR is:unread")
    desk.end_sitting(token)
    assert desk.coverage() == desk.coverage("is:read OR is:unread")
    assert "PE" not in desk.coverage().countries


def test_a_story_counts_in_every_cell_and_once_in_all(desk: Desk) -> None:
    found = desk.coverage()
    assert found.total == 4
    assert dict(found.topics) == {POLITICS: 2, SPORT: 2, "": 1}
    assert dict(found.countries) == {"CL": 2, "JP": 2, "": 1}
    assert dict(found.cells) == {
        (POLITICS, "CL"): 2,
        (POLITICS, "JP"): 1,
        (SPORT, "CL"): 1,
        (SPORT, "JP"): 1,
        ("", "JP"): 1,
        (SPORT, ""): 1,
    }
    assert (found.earlier, found.later) == (_minute(3), None)


def test_every_cell_is_what_a_search_for_it_finds(desk: Desk) -> None:
    cells = desk.coverage().cells
    assert len(cells) == 6
    for (topic, country), number in cells.items():
        assert desk.count(f"topic:{topic or 'unknown'} country:{country or 'unknown'}") == number


def test_one_day_and_its_neighbours(desk: Desk) -> None:
    found = desk.coverage(day=_minute(1))
    assert (found.total, found.earlier, found.later) == (2, None, _minute(3))
    found = desk.coverage(day=_minute(2))
    assert (found.total, found.earlier, found.later) == (0, _minute(1), _minute(3))
    assert desk.count("newer:2026-03-03 older:2026-03-04") == desk.coverage(day=_minute(3)).total == 2


def test_a_query_narrows(desk: Desk) -> None:
    found = desk.coverage("country:JP")
    assert (found.total, found.cells.get((POLITICS, "CL"))) == (2, 1)
    assert desk.coverage("topic:sport", _minute(1)).earlier is None
    assert desk.coverage("xylophone").earlier is None
    assert DAY == 1440


def test_capitals_lie_in_their_countries() -> None:
    places = {
        "CL": (-30, -71),
        "JP": (36, 138),
        "BR": (-15, -47),
        "KE": (-1, 36),
        "DE": (52, 13),
        "US": (39, -98),
        "NZ": (-44, 170),
    }
    rows = world().rows
    assert {len(row) for row in rows} == {WIDTH}
    for code, (latitude, longitude) in places.items():
        assert rows[NORTH - latitude][longitude + 180] == code
    drawn = {code for row in rows for code in row}
    assert {"SG", "MT", "BH", "VA", "XK", "TW"} <= drawn, "small states have a degree of their own"
