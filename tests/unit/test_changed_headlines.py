"""A storyline that is called after a story whose outlet changes its headline."""

from __future__ import annotations

from pathlib import Path

from newsdesk.desk import Desk
from newsdesk.model import Story
from tests.unit.desks import ALL, VOTE, assert_well, line_of, open_desk, whole_stories

OTHER = 'Russia’s parliament: "count" goes on'


def title(desk: Desk) -> str:
    line = desk.storyline(line_of(desk, "parliament"))
    assert line is not None
    return line.title


def changed(headline: str) -> Story:
    return VOTE.with_(title=headline)


def test_it_goes_with_the_headline_and_stays_so_when_it_grows(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        assert title(desk) == VOTE.title
        desk.keep([changed(OTHER)])
        assert title(desk) == OTHER
        assert [line.title for line in desk.storylines("count")] == [OTHER]
        with desk.store.reading() as connection:
            blob = connection.execute("SELECT blob FROM profile WHERE id = ?", (line_of(desk, "parliament"),)).fetchone()[0]
        assert VOTE.title not in blob
        assert_well(desk)


def test_it_goes_with_it_where_tags_come_later(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        with desk.taking_in() as intake:
            intake.take([changed(OTHER)])
        assert title(desk) == OTHER
        desk.finish()
        assert title(desk) == OTHER


def test_what_a_person_called_it_stays(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        desk.rename(line_of(desk, "parliament"), "The vote")
        desk.keep([changed(OTHER)])
        assert title(desk) == "The vote"
        assert len(whole_stories(desk)) == len(ALL)
