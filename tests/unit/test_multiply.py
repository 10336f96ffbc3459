"""A large archive for benchmarks, made of copies: also of one that feeds have filled, whose stories stand anywhere in time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.multiply import STEP_MINUTES, multiply
from newsdesk.archive.compile import A_MINUTE
from tests.unit.desks import make_story, open_desk

FEED = "https://example.org/rss"
# The second stands where the copy of the first comes to stand; two are of one minute.
MOMENTS = (
    "2026-01-02T10:00+00:00",
    f"2026-01-02T11:{STEP_MINUTES - 60:02}+00:00",
    "2026-01-03T10:00+00:00",
    "2026-01-03T10:00+00:00",
)


def test_an_empty_archive_is_not_multiplied(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        path = desk.store.path
    with pytest.raises(ValueError, match="no story is in it"):
        multiply(path, 3)


def fill(folder: Path, moments: Sequence[str]) -> Path:
    """The archive of a desk that has a story of each of the moments."""
    stories = [
        make_story(str(at), f"Harbour news {at}", "A ship came in.", feed=FEED, index=at, published=moment)
        for at, moment in enumerate(moments)
    ]
    with open_desk(folder) as desk:
        with desk.taking_in() as intake:
            intake.take(stories)
        return desk.store.path


def test_an_archive_that_feeds_have_filled_is_multiplied(tmp_path: Path) -> None:
    multiply(fill(tmp_path, MOMENTS), 3)
    with open_desk(tmp_path) as desk:
        assert desk.count() == len(desk.ids()) == len(set(desk.ids())) == 12
        assert len(desk.rows("harbour")) == len(desk.rows("title:harbour body:ship")) == 12
        assert {row.storyline for row in desk.rows()} == {None}
        assert desk.sections().unknown_topic.total == 12


def test_copies_stand_after_minutes_that_are_full(tmp_path: Path) -> None:
    # A minute has room for A_MINUTE stories, and the copies of the first minute come to stand in the second, which is full.
    moments = (MOMENTS[0],) * A_MINUTE + (MOMENTS[1],) * (A_MINUTE + 1)
    multiply(fill(tmp_path, moments), 2)
    with open_desk(tmp_path) as desk:
        assert desk.count() == len(set(desk.ids())) == 2 * len(moments)
