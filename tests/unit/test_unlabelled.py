"""Stories that the taggers fail on: told, readable, and labelled by the next refresh that can."""

from __future__ import annotations

import json
import marshal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from newsdesk.cli import main
from newsdesk.commands.refresh import describe, exit_code
from newsdesk.countries import tag_countries_many
from newsdesk.desk import Desk
from newsdesk.errors import Exit
from newsdesk.model import Comment, Json, Story
from newsdesk.ports import Discussion
from newsdesk.refresh.events import Finished
from newsdesk.refresh.run import Refresh
from newsdesk.refresh.sources import SeedSource, Sources
from newsdesk.tagging.processes import Answer, Row, TaggingProcesses
from newsdesk.tagging.tagged import tag_rows
from tests.fakes.seeds import FakeReader
from tests.unit.desks import NOW, collect, make_story, paths
from tui.refreshed import words_of

FEED = "https://example.org/f"
LIMA = make_story("lima", "Lima votes", "Voters in Peru went to the polls in Lima on Sunday.")
OSLO = make_story("oslo", "Oslo votes", "Voters in Norway went to the polls in Oslo on Sunday.")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with Desk.open(paths(tmp_path), now=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tagger that can't read what is said of Peru."""

    def fail(stories: Sequence[Story], *rest: Any) -> Any:
        if any("Peru" in story.lead() for story in stories):
            raise KeyError("Peru")
        return tag_countries_many(stories, *rest)

    monkeypatch.setattr("newsdesk.tagging.tagger.tag_countries_many", fail)


def refreshed(desk: Desk, *stories: Story) -> dict[str, Json]:
    reader = FakeReader().hold("/a", *stories)
    last = collect(Refresh(desk, reader, Sources((SeedSource("/a"),)), lambda: NOW))[-1]
    assert isinstance(last, Finished)
    return last.report


def _countries(desk: Desk) -> dict[str | None, tuple[str, ...]]:
    return {row.heading: row.countries for row in desk.rows()}


def _mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsdesk.tagging.tagger.tag_countries_many", tag_countries_many)


@pytest.mark.usefixtures("broken")
def test_of_a_file_they_wait_for_the_next_refresh(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    report = refreshed(desk, LIMA, OSLO)
    ((story_id, why),) = [tuple(one.values()) for one in report["unlabelled"]]
    assert story_id == desk.ids("lima")[0]
    assert "KeyError: 'Peru'" in why
    assert _countries(desk) == {"Lima votes": (), "Oslo votes": ("NO",)}
    assert desk.waiting() == 1
    assert (tmp_path / "state/newsdesk/newsdesk.log").read_text("utf-8").count("internal error") == 1
    assert len(refreshed(desk, LIMA, OSLO)["unlabelled"]) == 1
    _mend(monkeypatch)
    assert refreshed(desk, LIMA, OSLO)["unlabelled"] == []
    assert _countries(desk) == {"Lima votes": ("PE",), "Oslo votes": ("NO",)}
    assert desk.waiting() == 0


@pytest.mark.usefixtures("broken")
def test_of_a_feed_they_hold_up_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Desk.finish, "__defaults__", (2,))
    many = [make_story(str(at), f"Lima votes {at}", LIMA.lead(), feed=FEED) for at in range(5)]
    with desk.taking_in() as intake:
        intake.take([*many, OSLO])
    assert len(refreshed(desk)["unlabelled"]) == 5
    assert (desk.waiting(), _countries(desk)["Oslo votes"]) == (5, ("NO",))
    _mend(monkeypatch)
    assert refreshed(desk)["unlabelled"] == []
    assert desk.waiting() == 0
    assert all(row.countries and row.storyline for row in desk.rows())


@pytest.mark.usefixtures("broken")
def test_a_process_beside_tells_it_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(_: TaggingProcesses, rows: Sequence[Row]) -> Answer:
        said: Future[bytes] = Future()
        said.set_result(marshal.dumps([one.to_row() for one in tag_rows(rows)]))
        return Answer(said)

    monkeypatch.setattr(TaggingProcesses, "tag", answer)
    monkeypatch.setattr("newsdesk.refresh.run.WORTH_PROCESSES", 1)
    with desk.taking_in() as intake:
        intake.take([LIMA, OSLO])
    assert len(refreshed(desk)["unlabelled"]) == 1
    assert (desk.waiting(), _countries(desk)["Oslo votes"]) == (1, ("NO",))


def test_a_version_or_a_thread_that_cannot_be_read_costs_no_label(desk: Desk, request: pytest.FixtureRequest) -> None:
    known = make_story("lima", "Lima votes", "Voters in Peru went to the polls.", comments=(Comment("A terrible day."),))
    (story_id,) = desk.keep([known]).new
    request.getfixturevalue("broken")
    desk.add_comments(story_id, Discussion(None, None, FEED, (*known.comments, Comment("A wonderful day, thank you!"))))
    story = desk.story(story_id)
    assert story is not None
    assert [country.code for country in story.countries] == ["PE"]
    assert desk.waiting() == 1
    desk.put_text(story_id, lambda story: story.with_(body=(*story.body, "Counting goes on.")))
    assert _countries(desk)["Lima votes"] == ("PE",)
    _mend(request.getfixturevalue("monkeypatch"))
    assert refreshed(desk)["unlabelled"] == []
    story = desk.story(story_id)
    assert story is not None
    assert [country.code for country in story.countries] == ["PE"]
    assert all(comment.sentiment for comment in story.comments)


@pytest.mark.usefixtures("broken")
def test_it_is_told_everywhere(desk: Desk) -> None:
    report = refreshed(desk, LIMA, OSLO)
    said = [line for line in describe(report) if "label" in line]
    assert len(said) == 1
    assert said[0].startswith("1 story has no label yet: internal error: KeyError: 'Peru' at ")
    assert said[0].endswith("; the next refresh tries again")
    assert (exit_code(report, "partial"), exit_code(report, "none")) == (Exit.PARTIAL, Exit.OK)
    words, ink = words_of(report)
    assert ink == "error"
    assert "1 story has no label yet: internal error: KeyError: 'Peru'" in words


@pytest.mark.usefixtures("broken")
def test_inspect_tells_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": LIMA.title, "body": LIMA.lead()}), "utf-8")
    assert main(["inspect", str(tmp_path / "a.jsonl"), "--config", str(tmp_path / "none.toml")]) == Exit.PARTIAL
    told = capsys.readouterr()
    assert json.loads(told.out)["countries"] == []
    assert "1 story has no label yet: internal error: KeyError: 'Peru'" in told.err
