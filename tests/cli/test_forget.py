"""`newsdesk forget`, and what a refresh forgets."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from newsdesk.archive import files
from tests.cli.conftest import Run, write_jsonl

pytestmark = pytest.mark.usefixtures("archive")


def test_it_asks_before_it_forgets(newsdesk: Run) -> None:
    assert newsdesk("forget", "kyoto", "--dry-run").text == "1 story would be forgotten\n"
    refused = newsdesk("forget", "kyoto")
    assert (refused.code, "--yes" in refused.told) == (2, True)
    assert newsdesk("forget", "kyoto", "--yes").text == "1 story forgotten\n"
    assert newsdesk("list", "kyoto", "--format", "ndjson").text == ""
    assert len(newsdesk("list").lines()) == 2


def test_what_a_person_holds_on_to_stays_unless_all_is_said(newsdesk: Run) -> None:
    newsdesk("mark", "star", "kyoto")
    newsdesk("follow", "country:NL")
    assert newsdesk("forget", "older:2027-01-01", "--yes").text == "0 stories would be forgotten\n"
    assert newsdesk("forget", "older:2027-01-01", "--all", "--yes").text == "3 stories forgotten\n"


def test_what_a_person_corrected_stays(newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = [{"id": "w", "title": "Harbour lights", "published": "2026-03-01", "comments": ["What a shame!"]}]
    towns = ["Aarhus ferry sinks", "Bergen tunnel floods", "Corfu wine wins", "Dakar rally ends"]
    plain = [{"id": town, "title": town, "body": f"{town} today.", "published": "2026-03-01"} for town in towns]
    (tmp_path / "more.jsonl").write_text("".join(json.dumps(story) + "\n" for story in said + plain))
    assert newsdesk("refresh", "--quiet", "--seeds", str(tmp_path / "more.jsonl")).code == 0
    line = {story["title"]: story["storyline"]["id"] for story in newsdesk("list").lines()}
    judged, taken = (newsdesk("list", word).lines()[0]["id"] for word in ("harbour", "corfu"))
    assert newsdesk("judge", judged, "0", "neutral").code == 0
    assert newsdesk("pin", line[towns[0]]).code == 0
    assert newsdesk("merge", line[towns[1]], line[towns[2]]).code == 0
    assert newsdesk("split", line[towns[1]], taken).code == 0
    assert newsdesk("rename", line[towns[3]], "Desert news").code == 0
    ran = newsdesk("forget", "older:2027-01-01", "--dry-run")
    assert ran.text == "3 stories would be forgotten\n"
    assert "5 stories that you starred, follow, corrected or judged stay" in ran.told
    assert "--all" in ran.told
    monkeypatch.setenv("NEWSDESK_ARCHIVE_KEEP", "1d")
    assert "3 stories older than 1d forgotten" in newsdesk("refresh", "--now", "2027-01-01").told
    assert {story["title"] for story in newsdesk("list").lines()} == {"Harbour lights", *towns}
    for _ in range(4):  # what was corrected and taken back is held on to no more
        newsdesk("undo")
    assert newsdesk("forget", "older:2027-01-01", "--dry-run").text == "4 stories would be forgotten\n"
    assert newsdesk("forget", "older:2027-01-01", "--all", "--yes").text == "5 stories forgotten\n"


def test_a_query_may_not_reach_around_what_stays(newsdesk: Run) -> None:
    newsdesk("mark", "star", "kyoto")
    ran = newsdesk("forget", "kyoto) OR (kyoto", "--yes")
    assert (ran.code, ran.text) == (2, "")
    assert newsdesk("forget", "zork OR kyoto", "--yes").text == "0 stories would be forgotten\n"


def test_an_id_is_meant_as_it_is(newsdesk: Run) -> None:
    newsdesk("mark", "star", "kyoto")
    story = newsdesk("list", "kyoto").lines()[0]["id"]
    assert newsdesk("forget", story, "--yes").text == "1 story forgotten\n"


def test_a_storyline_that_is_named_keeps_what_a_person_holds_on_to_unless_all_is_said(newsdesk: Run) -> None:
    starred, other = newsdesk("list", "dockers").lines()
    assert starred["storyline"]["id"] == other["storyline"]["id"]
    newsdesk("mark", "star", starred["id"])
    ran = newsdesk("forget", starred["storyline"]["id"], "--yes")
    assert ran.text == "1 story forgotten\n"
    assert "1 story that you starred, follow, corrected or judged stays: --all" in ran.told
    assert [story["id"] for story in newsdesk("list", "dockers").lines()] == [starred["id"]]
    assert newsdesk("forget", starred["storyline"]["id"], "--all", "--yes").text == "1 story forgotten\n"


def test_a_query_that_begins_with_an_id_is_a_query_and_reaches_nothing_that_stays(newsdesk: Run) -> None:
    newsdesk("mark", "star", "dockers")
    story = newsdesk("list", "kyoto").lines()[0]["id"]
    assert newsdesk("forget", story, "OR", "dockers", "--yes").text == "0 stories would be forgotten\n"
    assert len(newsdesk("list").lines()) == 3


@pytest.mark.parametrize("blank", [[""], ["  ", "\u3000"], ["AND"], ["--", "", "AND", ""]])
def test_a_query_that_is_empty_is_not_every_story(newsdesk: Run, monkeypatch: pytest.MonkeyPatch, blank: list[str]) -> None:
    monkeypatch.setenv("NEWSDESK_ARCHIVE_KEEP", "1d")  # which is for a forget of no words
    assert newsdesk("forget", "--all", "--yes", "--now", "2036-03-26T12:00Z", *blank).code == 2
    assert newsdesk("mark", "read", *blank).code == 2
    assert len(newsdesk("list", "is:unread").lines()) == 3


def test_without_a_query_or_a_setting_it_says_what_to_say(newsdesk: Run) -> None:
    ran = newsdesk("forget")
    assert (ran.code, "older:90d" in ran.told) == (2, True)


def test_a_refresh_forgets_what_the_settings_no_longer_keep(
    newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = write_jsonl(tmp_path / "news" / "wire.jsonl")
    monkeypatch.setenv("NEWSDESK_ARCHIVE_KEEP", "30d")
    ran = newsdesk("refresh", "--seeds", str(seeds), "--now", "2026-03-26T12:00Z")
    assert "1 story older than 30d forgotten" in ran.told
    assert len(newsdesk("list").lines()) == 2
    again = newsdesk("refresh", "--seeds", str(seeds), "--now", "2026-03-26T12:00Z")
    assert "forgotten" not in again.told
    assert newsdesk("forget", "--let-back").code == 0


def test_what_is_muted_is_of_the_archive_that_a_refresh_forgets_a_part_of(
    newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = write_jsonl(tmp_path / "news" / "wire.jsonl")
    monkeypatch.setenv("NEWSDESK_ARCHIVE_KEEP", "30d")
    assert newsdesk("mute", "Harbour Wire").code == 0
    ran = newsdesk("refresh", "--seeds", str(seeds), "--now", "2026-03-26T12:00Z")
    assert "1 story older than 30d forgotten" in ran.told


def test_a_clock_that_is_years_ahead_makes_a_refresh_forget_nothing(
    newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = write_jsonl(tmp_path / "news" / "wire.jsonl")
    monkeypatch.setenv("NEWSDESK_ARCHIVE_KEEP", "365d")
    ran = newsdesk("refresh", "--quiet", "--seeds", str(seeds), "--now", "2036-03-26T12:00Z")
    assert "3 of 3 stories would be older than 365d" in ran.told
    assert len(newsdesk("list").lines()) == 3
    assert newsdesk("forget", "--yes", "--now", "2036-03-26T12:00Z").text == "3 stories forgotten\n"


def test_what_is_let_back_comes_with_the_next_refresh_from_an_unchanged_file(newsdesk: Run, tmp_path: Path) -> None:
    seeds = str(write_jsonl(tmp_path / "news" / "wire.jsonl"))
    assert newsdesk("refresh", "--quiet", "--seeds", seeds).code == 0
    assert newsdesk("forget", "kyoto", "--yes").text == "1 story forgotten\n"
    assert newsdesk("refresh", "--quiet", "--seeds", seeds).code == 0
    assert newsdesk("list", "kyoto").lines() == []
    assert newsdesk("forget", "--let-back").code == 0
    done = newsdesk("refresh", "--seeds", seeds)
    assert "1 new and 0 changed, 3 stories in all" in done.text
    assert len(newsdesk("list", "kyoto").lines()) == 1


def test_who_stops_it_learns_how_many_are_gone_and_of_these_nothing_is_left(
    newsdesk: Run, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [{"id": f"n{at}", "title": f"Note {at}", "comments": ["What a shame!"]} for at in range(201)]
    (tmp_path / "many.jsonl").write_text("".join(json.dumps(story) + "\n" for story in many))
    newsdesk("refresh", "--quiet", "--seeds", str(tmp_path / "many.jsonl"))
    first = newsdesk("list", "note").lines()[0]["id"]
    newsdesk("judge", first, "0", "neutral")
    newsdesk("mark", "star", first)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("newsdesk.commands.console.Console.progress", stop)
    ran = newsdesk("forget", "note", "--all", "--yes")
    assert (ran.code, ran.out) == (130, b"")
    assert "200 stories of 201 forgotten when it was stopped" in ran.told
    assert len(newsdesk("list", "note").lines()) == 1
    assert b"shame" not in (archive / "notebook.json").read_bytes()
    assert first.encode() not in (archive / "notebook.json").read_bytes()


def test_the_room_of_what_is_forgotten_is_given_back(newsdesk: Run, archive: Path, tmp_path: Path) -> None:
    news = tmp_path / "long.jsonl"
    long = [{"id": f"long-{n}", "title": f"Ledger {n}", "body": f"{n} crates came in. " * 4000} for n in range(40)]
    news.write_text("".join(json.dumps(story) + "\n" for story in long))
    newsdesk("refresh", "--seeds", str(news))
    file = archive / "archive.sqlite3"
    before = file.stat().st_size
    ran = newsdesk("forget", "ledger", "--yes")
    assert ran.text == "40 stories forgotten\n"
    assert "MB given back to the disk" in ran.told
    assert file.stat().st_size < before / 2
    assert len(newsdesk("list").lines()) == 3
    assert newsdesk("doctor").code == 0
    ran = newsdesk("forget", "kyoto", "--yes")
    assert "given back" not in ran.told, "a little is kept for stories to come"


def test_nothing_is_left_of_what_is_forgotten(newsdesk: Run, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*words: Any, **named: Any) -> sqlite3.Connection:
        connection = files.connect(*words, **named)
        connection.execute("PRAGMA secure_delete = OFF")  # as SQLite comes with some Pythons
        return connection

    monkeypatch.setattr("newsdesk.archive.store.connect", connect)
    title = newsdesk("list", "kyoto").lines()[0]["title"]
    assert title.encode() in (archive / "archive.sqlite3").read_bytes()
    assert newsdesk("forget", "kyoto", "--yes").code == 0
    assert all(title.encode() not in file.read_bytes() for file in archive.iterdir())


def test_the_journal_tells_nothing_of_what_is_forgotten(newsdesk: Run, archive: Path) -> None:
    end, walk = newsdesk("list", "dockers").lines()
    line = walk["storyline"]["id"]
    assert newsdesk("judge", walk["id"], "0", "neutral").code == 0
    assert newsdesk("judge", walk["id"], "0", "negative").code == 0
    assert newsdesk("pin", line).code == newsdesk("unpin", line).code == 0
    assert newsdesk("split", line, end["id"]).code == 0
    assert newsdesk("rename", line, "Night shifts in Rotterdam").code == 0
    assert newsdesk("undo").code == 0  # the step stays, to be done again
    assert newsdesk("mark", "star", "kyoto").code == 0
    assert newsdesk("forget", "dockers", "--all", "--yes").text == "2 stories forgotten\n"
    words = (b"dockers walk out", b"dockers end strike", b"Night shifts in", b"deserve every cent")
    assert not [(file.name, word) for file in archive.iterdir() for word in words if word in file.read_bytes()]
    assert newsdesk("undo").text == "undone: starred 1 story\n"
    assert newsdesk("undo").code == 0
    assert not [file.name for file in archive.iterdir() for word in words if word in file.read_bytes()]
