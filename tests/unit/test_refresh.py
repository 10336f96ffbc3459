"""A refresh: what is read, what is passed over, what is said of failures, and how it ends early."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fetchers.seeds import Reader
from newsdesk.archive.rows import Kept
from newsdesk.config import Config, Feed, FollowEntry
from newsdesk.desk import Desk
from newsdesk.errors import FullDiskError, Problem, StorageError, UsageError
from newsdesk.model import Country, Json, Origin, Story
from newsdesk.paths import Paths
from newsdesk.ports import SeedReader
from newsdesk.refresh.events import FilesRead, Finished, SourceDone, Started, Stored, StoriesKept
from newsdesk.refresh.run import Refresh
from newsdesk.refresh.sources import SeedSource, Sources, find_sources, keep_seeds, read_kept
from tests.fakes.seeds import FakeReader, make_story
from tests.unit.desks import collect

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def tag(story: Story) -> Story:
    """Tags without models: this is about refreshing."""
    return story.with_(language="en", countries=(Country("NL", "Netherlands", 1.0),))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    paths = Paths(tmp_path / "config.toml", tmp_path / "data", tmp_path / "state")
    with Desk.open(paths, now=lambda: NOW, tag=tag) as opened:
        yield opened


def refreshed(desk: Desk, reader: SeedReader, *paths: str, **more: object) -> dict[str, Json]:
    sources = Sources(tuple(map(SeedSource, paths)))
    last = collect(Refresh(desk, reader, sources, lambda: NOW, **more))[-1]  # type: ignore[arg-type]
    assert isinstance(last, Finished)
    return last.report


def test_the_report_has_what_the_contract_says(desk: Desk) -> None:
    reader = FakeReader().hold("/news/a.jsonl", make_story("One quay"), make_story("Two cranes"))
    report = refreshed(desk, reader, "/news")
    assert report == {
        "version": 1,
        "started": "2026-03-01T12:00:00Z",
        "finished": "2026-03-01T12:00:00Z",
        "stopped": False,
        "sources": [
            {
                "id": "/news",
                "kind": "seeds",
                "path": "/news",
                "status": "updated",
                "http": None,
                "new": 2,
                "changed": 0,
                "error": None,
                "retry_after": None,
                "seconds": 0.0,
            }
        ],
        "stories": {"new": 2, "changed": 0, "total": 2},
        "storylines": report["storylines"],
        "follows": [],
        "skipped": [],
        "unlabelled": [],
    }
    assert report["storylines"]["new"] >= 1


def test_events_come_in_order_and_stories_can_be_read_when_they_are_told(desk: Desk) -> None:
    reader = FakeReader().hold("/a", *(make_story(f"Story number {number} of many") for number in range(250)))
    counts: list[int] = []
    refresh = Refresh(desk, reader, Sources((SeedSource("/a"),)), lambda: NOW)
    events = collect(refresh, lambda event: counts.append(desk.count()) if isinstance(event, Stored) else None)
    assert [type(event) for event in events] == [Started, Stored, Stored, Stored, SourceDone, Finished]
    assert counts == [100, 200, 250]
    assert events[0].to_json() == {"event": "started", "started": "2026-03-01T12:00:00Z", "sources": 1}
    assert events[-1].to_json()["report"]["stories"]["new"] == 250


def test_what_has_not_changed_is_not_read_again(desk: Desk) -> None:
    reader = FakeReader().hold("/a", make_story("One quay")).hold("/b", make_story("Two cranes"))
    refreshed(desk, reader, "/a", "/b")
    again = refreshed(desk, reader, "/a", "/b")
    assert reader.reads == ["/a", "/b"]
    assert [source["status"] for source in again["sources"]] == ["unchanged", "unchanged"]
    reader.hold("/b", make_story("Two cranes", body=("The second crane fell.",)))
    third = refreshed(desk, reader, "/a", "/b")
    assert reader.reads == ["/a", "/b", "/b"]
    assert third["stories"] == {"new": 0, "changed": 1, "total": 2}


def test_a_failure_costs_itself_and_is_told_again_while_the_file_is_as_it_was(desk: Desk) -> None:
    reader = FakeReader().hold("/n/a", make_story("One quay")).hold("/n/bad", problems=[Problem("/n/bad", "binary, not text")])
    told: list[Problem] = []
    first = refreshed(desk, reader, "/n", tell=told.append)
    assert first["sources"][0]["status"] == "updated"
    assert first["sources"][0]["error"] == "/n/bad: binary, not text"
    assert first["skipped"] == [{"what": "/n/bad", "why": "binary, not text"}]
    assert first["stories"]["new"] == 1
    assert told == [Problem("/n/bad", "binary, not text")]
    again = refreshed(desk, reader, "/n")
    assert again["sources"][0]["error"] == "/n/bad: binary, not text"
    reader.hold("/n/bad", make_story("Two cranes"))
    assert refreshed(desk, reader, "/n")["sources"][0]["error"] is None


def test_a_source_of_which_nothing_can_be_read_has_failed(desk: Desk) -> None:
    reader = FakeReader().hold("/bad", problems=[Problem("/bad", "binary"), Problem("/bad", "worse", line=3)])
    report = refreshed(desk, reader, "/bad", "/gone")
    assert [source["status"] for source in report["sources"]] == ["failed", "failed"]
    assert report["sources"][0]["error"] == "/bad: binary (and 1 more)"
    assert report["skipped"][1] == {"what": "/bad:3", "why": "worse"}


def test_a_harmless_note_is_no_failure(desk: Desk) -> None:
    reader = FakeReader().hold("/a", problems=[Problem("/a", "no story in it", harmless=True)])
    report = refreshed(desk, reader, "/a")
    assert report["sources"][0]["status"] == "updated"
    assert report["sources"][0]["error"] is None
    assert report["skipped"] == [{"what": "/a", "why": "no story in it"}]


def test_stopped_it_keeps_what_is_done_and_the_next_one_reads_the_rest(desk: Desk) -> None:
    reader = FakeReader().hold("/a", *(make_story(f"Story number {number} of many") for number in range(250)))
    reader.hold("/b", make_story("Two cranes"))
    refresh = Refresh(desk, reader, Sources((SeedSource("/a"), SeedSource("/b"))), lambda: NOW)
    events = collect(refresh, lambda event: refresh.stop() if isinstance(event, Stored) else None)
    report = events[-1].to_json()["report"]
    assert [source["status"] for source in report["sources"]] == ["skipped", "skipped"]
    assert report["sources"][0]["error"] == "interrupted"
    assert report["stopped"] is True
    assert report["stories"]["total"] == 100
    rest = refreshed(desk, reader, "/a", "/b")
    assert rest["stories"] == {"new": 151, "changed": 0, "total": 251}


def test_stopped_it_starts_no_processes_that_tag(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_: object) -> Iterator[Kept]:
        raise AssertionError("they take seconds")

    monkeypatch.setattr("newsdesk.refresh.run.WORTH_PROCESSES", 1)
    monkeypatch.setattr(Refresh, "_finish_beside", start)
    with desk.taking_in() as intake:
        intake.take([make_story("One quay").with_(origins=(Origin("feed", feed="https://a.example/", item_id="1"),))])
    desk.tag = None
    refresh = Refresh(desk, None, Sources(), lambda: NOW)
    refresh.stop()
    assert [type(event) for event in collect(refresh)] == [Started, Finished]
    assert desk.waiting() == 1


def test_how_far_the_files_and_the_stories_of_a_large_one_are_is_told(desk: Desk) -> None:
    """A source may be one file of 250,000 stories: that none of one source is read says nothing for a long time."""
    reader = FakeReader().hold("/n/a", *(make_story(f"Story number {number} of many") for number in range(1150)))
    reader.hold("/n/b", make_story("One quay"))
    events = collect(Refresh(desk, reader, Sources((SeedSource("/n"),)), lambda: NOW))
    told = [event.to_json() for event in events if isinstance(event, StoriesKept | FilesRead)]
    kept = [{"event": "stories", "done": done, "of": 1150} for done in (*range(100, 1101, 100), 1150)]
    assert told == [*kept, {"event": "files", "done": 1, "of": 2}]


def test_a_file_that_is_read_in_parts_is_kept_part_by_part(desk: Desk) -> None:
    reader = FakeReader().hold("/n/a", *(make_story(f"Story number {number} of many") for number in range(1150)))
    reader.hold("/n/b", make_story("One quay"))
    reader.part = 250
    events = collect(Refresh(desk, reader, Sources((SeedSource("/n"),)), lambda: NOW))
    told = [event.to_json() for event in events if isinstance(event, StoriesKept | FilesRead)]
    done = [part + kept for part in (0, 250, 500, 750) for kept in (100, 200, 250)] + [1100, 1150]
    assert told == [*({"event": "stories", "done": one, "of": 1150} for one in done), {"event": "files", "done": 1, "of": 2}]
    assert events[-1].to_json()["report"]["stories"] == {"new": 1151, "changed": 0, "total": 1151}
    assert refreshed(desk, reader, "/n")["sources"][0]["status"] == "unchanged"


def test_stopped_between_two_parts_of_a_file_it_does_not_remember_the_file(desk: Desk) -> None:
    reader = FakeReader().hold("/a", *(make_story(f"Story number {number} of many") for number in range(250)))
    reader.part = 100
    refresh = Refresh(desk, reader, Sources((SeedSource("/a"),)), lambda: NOW)
    report = collect(refresh, lambda event: refresh.stop() if desk.count() == 100 else None)[-1].to_json()["report"]
    assert (report["sources"][0]["status"], report["sources"][0]["error"]) == ("skipped", "interrupted")
    assert report["stories"] == {"new": 100, "changed": 0, "total": 100}
    assert desk.file_states() == []
    assert refreshed(desk, reader, "/a")["stories"] == {"new": 150, "changed": 0, "total": 250}
    assert refreshed(desk, reader, "/a")["sources"][0]["status"] == "unchanged"


def test_a_fault_in_any_part_of_a_file_is_remembered_and_no_failure_of_the_whole(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fetchers.seeds.PART_STORIES", 10)
    path = tmp_path / "long.jsonl"
    lines = [json.dumps({"id": number, "title": f"Story number {number} of many"}) for number in range(30)]
    path.write_text("\n".join([*lines[:5], "{broken", *lines[5:]]), "utf-8")
    reader = Reader()
    for _ in range(2):
        report = refreshed(desk, reader, str(path))
        assert report["sources"][0]["status"] in ("updated", "unchanged")
        assert ":6: no JSON" in report["sources"][0]["error"]
    assert report["stories"] == {"new": 0, "changed": 0, "total": 30}


def test_an_id_that_two_parts_of_a_file_give_is_the_same_on_each_reading(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fetchers.seeds.PART_STORIES", 100)
    path = tmp_path / "long.jsonl"
    stories = [make_story(f"Story number {number} of many") for number in range(300)]
    lines = [json.dumps({"id": at % 250, "title": one.title, "body": one.body}) for at, one in enumerate(stories)]
    path.write_text("\n".join(lines), "utf-8")
    assert refreshed(desk, Reader(), str(path))["stories"] == {"new": 250, "changed": 50, "total": 250}
    path.write_text("\n".join(lines) + "\n", "utf-8")
    again = refreshed(desk, Reader(), str(path))
    assert (again["sources"][0]["status"], again["stories"]) == ("updated", {"new": 0, "changed": 0, "total": 250})


def test_many_small_files_are_kept_together_and_each_is_remembered(desk: Desk) -> None:
    reader = FakeReader()
    for number in range(250):
        reader.hold(f"/n/{number:03d}", make_story(f"Story number {number} of many"))
    refresh = Refresh(desk, reader, Sources((SeedSource("/n"),)), lambda: NOW)
    events = collect(refresh, lambda event: refresh.stop() if isinstance(event, Stored) and desk.count() == 200 else None)
    assert [event.new for event in events if isinstance(event, Stored)] == [100, 100]
    assert events[-1].to_json()["report"]["sources"][0]["status"] == "skipped"
    assert len(reader.reads) == 200
    told = [event.to_json() for event in events if isinstance(event, FilesRead)]
    assert told == [{"event": "files", "done": done, "of": 250} for done in (100, 200)]
    rest = refreshed(desk, reader, "/n")
    assert rest["stories"] == {"new": 50, "changed": 0, "total": 250}
    assert reader.reads == [f"/n/{number:03d}" for number in range(250)]


def test_configured_follows_are_made_once_and_reported(desk: Desk) -> None:
    reader = FakeReader().hold("/a", make_story("One quay"))
    follows = (FollowEntry("country:NL", "The Dutch"),)
    first = refreshed(desk, reader, "/a", follows=follows)
    assert [(follow["name"], follow["new"]) for follow in first["follows"]] == [("The Dutch", 1)]
    second = refreshed(desk, reader, "/a", follows=follows)
    assert len(second["follows"]) == 1


def test_arrivals_are_those_of_this_run(desk: Desk) -> None:
    reader = FakeReader().hold("/a", make_story("One quay"))
    refreshed(desk, reader, "/a")
    reader.hold("/b", make_story("Two cranes"))
    report = refreshed(desk, reader, "/a", "/b", arrivals=True)
    assert [story["title"] for story in report["arrived"]] == ["Two cranes"]


def test_what_is_opened_for_a_sitting_goes_with_it(desk: Desk) -> None:
    reader = FakeReader().hold("/stays", make_story("One quay")).hold("/goes", make_story("Two cranes"))
    token = desk.begin_sitting()
    sources = Sources((SeedSource("/stays"), SeedSource("/goes", sitting=True)))
    collect(Refresh(desk, reader, sources, lambda: NOW, sitting=token))
    assert desk.count() == 2
    desk.end_sitting(token)
    assert [row.heading for row in desk.rows()] == ["One quay"]


def test_file_names_that_are_no_utf8_have_a_state_too(desk: Desk) -> None:
    reader = FakeReader().hold("/odd\udcff\x1b[31m", make_story("One quay"))
    refreshed(desk, reader, "/odd\udcff\x1b[31m")
    refreshed(desk, reader, "/odd\udcff\x1b[31m")
    assert len(reader.reads) == 1


def test_sources_are_each_read_once_in_order(tmp_path: Path) -> None:
    config = Config(seeds=("/a", "/b"), feeds=(Feed("https://x.example/rss", title="X"),))
    found = find_sources(config, ("/c", "/a"), (str(tmp_path), "/b"), (), sitting=True)
    assert [(seed.path, seed.sitting) for seed in found.seeds] == [
        ("/a", False),
        ("/b", False),
        ("/c", False),
        (str(tmp_path), True),
    ]
    assert [feed.id for feed in found.feeds] == ["https://x.example/rss"]


def test_only_picks_sources_by_path_name_or_title() -> None:
    config = Config(seeds=("/news/wires", "/news/desk"), feeds=(Feed("https://x.example/rss", title="X"),))
    for name, path in (("/news/wires", "/news/wires"), ("desk", "/news/desk"), ("/news/../news/desk", "/news/desk")):
        assert [seed.path for seed in find_sources(config, (), (), (name,), False).seeds] == [path]
    only_feed = find_sources(config, (), (), ("X",), False)
    assert not only_feed.seeds
    assert len(only_feed.feeds) == 1
    with pytest.raises(UsageError, match=r"no source 'wirs': did you mean /news/wires"):
        find_sources(config, (), (), ("wirs",), False)
    with pytest.raises(UsageError, match="none is configured"):
        find_sources(Config(), (), (), ("x",), False)


def test_kept_seeds_survive_and_are_each_there_once(tmp_path: Path) -> None:
    file = tmp_path / "data" / "seeds.json"
    assert read_kept(file) == ()
    keep_seeds(file, ["/a", "/b/../b"])
    assert keep_seeds(file, ["/b", "/odd\udcff"]) == ("/a", "/b", "/odd\udcff")
    assert read_kept(file) == ("/a", "/b", "/odd\udcff")
    file.write_text('{"a": 1}')
    with pytest.raises(StorageError, match="not a list of paths"):
        read_kept(file)
    file.write_text("[" * 100_000)
    with pytest.raises(StorageError, match="not a list of paths"):
        read_kept(file)
    file.unlink()
    file.mkdir()
    with pytest.raises(StorageError, match=r"it can't be read \(is a directory\); check who owns it, or remove it"):
        read_kept(file)


def test_where_the_disk_is_full_kept_seeds_say_what_helps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("newsdesk.refresh.sources.write_whole", fill)
    with pytest.raises(FullDiskError, match="the disk is full; free 20 MB"):
        keep_seeds(tmp_path / "seeds.json", ["/a"])


def test_seeds_that_several_keep_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    file = tmp_path / "seeds.json"
    paths = [f"/{number}" for number in range(40)]
    with ThreadPoolExecutor(8) as several:
        list(several.map(lambda path: keep_seeds(file, [path]), paths))
    assert sorted(read_kept(file)) == sorted(paths)
