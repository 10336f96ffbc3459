"""`refresh` as a process: lock, signals, reports, exit codes, full disks and read-only homes."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from newsdesk.commands.refresh import describe, exit_code
from newsdesk.model import Json
from newsdesk.refresh.run import BATCH_STORIES
from tests.cli.conftest import PROGRAM, STORIES, Run, write_jsonl


def configure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    monkeypatch.setenv("NEWSDESK_CONFIG", str(path))


def test_the_report_and_a_second_run_that_changes_nothing(
    newsdesk: Run, data: Path, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(
        tmp_path,
        monkeypatch,
        'seeds = ["news"]\n[[follows]]\nquery = "country:NL"\nname = "Dutch"\n',
    )
    first = json.loads(newsdesk("refresh", "--json", "--now", "2026-03-01").out)
    assert first["stories"] == {"new": 3, "changed": 0, "total": 3}
    assert first["sources"][0]["path"] == str(news)
    assert first["skipped"] == []
    assert [(follow["name"], follow["new"]) for follow in first["follows"]] == [("Dutch", 2)]
    second = json.loads(newsdesk("refresh", "--json", "--now", "2026-03-02").out)
    assert second["stories"] == {"new": 0, "changed": 0, "total": 3}
    assert second["sources"][0]["status"] == "unchanged"
    text = newsdesk("refresh").text
    assert "1 source: 1 unchanged" in text
    assert "0 new and 0 changed, 3 stories in all" in text


def test_events_are_ndjson_and_end_with_the_report(newsdesk: Run, data: Path, news: Path) -> None:
    events = newsdesk("refresh", "--events", "--seeds", str(news)).lines()
    assert [event["event"] for event in events] == ["started", "stored", "source", "finished"]
    assert events[-1]["report"]["stories"]["new"] == 3
    assert events[2]["source"] == events[-1]["report"]["sources"][0]


def test_quiet_says_only_what_failed(newsdesk: Run, data: Path, news: Path) -> None:
    (news / "bad.jsonl").write_text("{broken\n")
    done = newsdesk("refresh", "--quiet", "--seeds", str(news))
    assert (done.code, done.out) == (3, b"")
    assert done.told.startswith(f"{news / 'bad.jsonl'}")


def test_since_last_lists_what_came(newsdesk: Run, data: Path, news: Path) -> None:
    newsdesk("refresh", "--quiet", "--seeds", str(news))
    write_jsonl(news / "more.jsonl", [{"id": "9", "title": "Ferry sails again", "body": "The ferry sailed."}])
    done = newsdesk("refresh", "--since-last", "--seeds", str(news))
    assert done.text.count("Ferry sails again") == 1
    assert "Kyoto" not in done.text


def test_only_and_missing_paths(newsdesk: Run, data: Path, news: Path, tmp_path: Path) -> None:
    gone = newsdesk("refresh", "--seeds", str(tmp_path / "gone"), "--seeds", str(news))
    assert gone.code == 2
    assert "3 new" in gone.text
    assert gone.told == f"{tmp_path / 'gone'}: no such file or folder\n"
    assert newsdesk("refresh", "--only", "nosuch", "--seeds", str(news)).code == 2
    assert newsdesk("refresh", "--only", "news", "--seeds", str(news)).code == 0
    assert "nothing to read" in newsdesk("refresh").told


def test_an_alert_is_raised_once_and_a_quiet_refresh_tells_it_where_it_counts(
    newsdesk: Run, data: Path, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(tmp_path, monkeypatch, 'seeds = ["news"]\n[[follows]]\nquery = "temple OR dockers"\nalerts = ["new-country"]\n')
    words = ("refresh", "--quiet", "--fail-on", "alert")
    write_jsonl(news / "wire.jsonl", STORIES[:2])
    assert newsdesk(*words).code == 0
    newsdesk("follows", "--new")
    write_jsonl(news / "more.jsonl", STORIES[2:])
    done = newsdesk(*words)
    assert (done.code, done.err) == (6, b"")
    assert "new-country: JP for the first time" in done.text
    again = newsdesk(*words)
    assert (again.code, again.out, again.err) == (0, b"", b"")
    write_jsonl(
        news / "again.jsonl", [{"id": "9", "title": "Temple in Kyoto closes", "body": "A temple in Kyoto, Japan, closes."}]
    )
    assert newsdesk(*words).code == 0


@pytest.mark.parametrize("words", [["--json"], ["--quiet", "--fail-on", "alert"]])
def test_an_alert_is_carried_where_nobody_reads_the_report_or_its_disk_is_full(
    newsdesk: Run, data: Path, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """It counts as told, so that no later refresh tells it."""
    rules = 'query = "temple OR dockers"\nalerts = ["new-country", "keyword:deal"]\n'
    configure(tmp_path, monkeypatch, f'seeds = ["news"]\n[alerts]\nfile = "{tmp_path / "told"}"\n[[follows]]\n{rules}')
    for stories, stdout, code in ((STORIES[:2], "/dev/full", 1), (STORIES, None, 0)):
        write_jsonl(news / "wire.jsonl", stories)
        ours, theirs = os.pipe()
        os.close(ours)
        with Path(stdout).open("wb") if stdout else os.fdopen(theirs, "wb") as out:
            done = subprocess.run([*PROGRAM, "refresh", *words], stdout=out, stderr=subprocess.PIPE, check=False, timeout=120)
        assert done.returncode == code, done
    told = [line.split("\t")[2].split(":")[0] for line in (tmp_path / "told").read_text().splitlines()]
    assert told == ["keyword deal", "new-country"]


def test_who_never_looks_hears_of_a_new_country_too(
    newsdesk: Run, data: Path, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(tmp_path, monkeypatch, 'seeds = ["news"]\n[[follows]]\nquery = "temple OR dockers"\nalerts = ["new-country"]\n')
    words = ("refresh", "--quiet", "--fail-on", "alert")
    (news / "wire.jsonl").write_text("")
    assert newsdesk(*words).code == 0
    write_jsonl(news / "wire.jsonl", STORIES[:2])
    assert newsdesk(*words).code == 0
    write_jsonl(news / "more.jsonl", STORIES[2:])
    done = newsdesk(*words)
    assert (done.code, "new-country: JP for the first time" in done.text) == (6, True)
    assert newsdesk(*words).code == 0
    assert newsdesk("follows").lines()[0]["alerts"] == ["new-country: JP for the first time"]
    newsdesk("follows", "--new")
    assert newsdesk("follows").lines()[0]["alerts"] == []


def test_who_never_looks_hears_of_a_swing_of_the_mood_too(
    newsdesk: Run, data: Path, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(tmp_path, monkeypatch, 'seeds = ["news"]\n[[follows]]\nquery = "dockers"\nalerts = ["mood"]\n')
    words = ("refresh", "--quiet", "--fail-on", "alert")
    for story, told, code in (
        (STORIES[0], "Disgusting, shameful liars. I hate it", 0),
        (STORIES[1], "Wonderful, I love it", 6),
    ):
        comments = [{"author": f"{number}", "text": f"{told}! {number}"} for number in range(40)]
        write_jsonl(news / "wire.jsonl", [{**story, "comments": comments}])
        done = newsdesk(*words)
        assert done.code == code, done
    assert "mood: comments on “Rotterdam dockers" in done.text


@pytest.mark.parametrize(
    ("statuses", "alerts", "codes"),
    [
        ([], [], {"none": 0, "partial": 0, "alert": 0}),
        (["updated", "unchanged"], [], {"none": 0, "partial": 0, "alert": 0}),
        (["updated", "failed"], [], {"none": 0, "partial": 3, "alert": 3}),
        (["updated!"], [], {"none": 0, "partial": 3, "alert": 3}),
        (["failed", "failed"], [], {"none": 0, "partial": 4, "alert": 4}),
        (["updated"], ["velocity"], {"none": 0, "partial": 0, "alert": 6}),
        (["updated", "failed"], ["velocity"], {"none": 0, "partial": 3, "alert": 6}),
    ],
)
def test_exit_codes(statuses: list[str], alerts: list[str], codes: dict[str, int]) -> None:
    sources: list[Json] = [
        {"status": status.rstrip("!"), "error": "x" if status in ("failed", "updated!") else None, "path": "/a"}
        for status in statuses
    ]
    follows = [{"id": "f", "name": "F", "new": 0, "alerts": alerts}]
    report: dict[str, Json] = {"sources": sources, "follows": follows}
    assert {how: exit_code(report, how) for how in codes} == codes
    report |= {"stories": {"new": 0, "changed": 0, "total": 0}, "storylines": {"new": 0, "grown": 0}}
    assert all("\n" not in line for line in describe(report))


@pytest.mark.parametrize("now", ["0001-01-02", "1969-12-31", "2045-06-01T10:00Z", "9999-12-30"])
def test_a_clock_that_is_far_off_fails_nothing(newsdesk: Run, data: Path, news: Path, now: str) -> None:
    assert newsdesk("refresh", "--quiet", "--seeds", str(news), "--now", now).code == 0
    write_jsonl(news / "wire.jsonl", [*STORIES, {"id": "9", "title": "No day is printed here"}])
    assert newsdesk("refresh", "--quiet", "--seeds", str(news), "--now", "2026-03-01").code == 0
    for words in (["list", "newer:2d"], ["follows", "--new"], ["digest"], ["export", "--format", "atom"], ["doctor"]):
        assert newsdesk(*words, "--now", now).code == 0, words
    assert len(newsdesk("list").lines()) == 4


def test_a_file_that_is_removed_keeps_its_stories(newsdesk: Run, data: Path, news: Path) -> None:
    write_jsonl(news / "other.jsonl", STORIES[2:])
    newsdesk("refresh", "--quiet", "--seeds", str(news))
    os.remove(news / "wire.jsonl")  # noqa: PTH107
    assert newsdesk("refresh", "--quiet", "--seeds", str(news)).code == 0
    assert len(newsdesk("list").lines()) == 3


def test_a_renamed_file_is_the_same_stories(newsdesk: Run, data: Path, news: Path) -> None:
    newsdesk("refresh", "--quiet", "--seeds", str(news))
    before = [story["id"] for story in newsdesk("list").lines()]
    (news / "wire.jsonl").rename(news / "renamed.jsonl")
    report = json.loads(newsdesk("refresh", "--json", "--seeds", str(news)).out)
    assert report["stories"] == {"new": 0, "changed": 0, "total": 3}
    assert [story["id"] for story in newsdesk("list").lines()] == before


def test_stories_made_from_one_template_stay_apart_however_many_a_file_holds(newsdesk: Run, tmp_path: Path) -> None:
    body = [
        "The council of town {0} voted on Monday to close the bridge over the river for a year, officials said.",
        "Work will cost 3 million pounds, the mayor said on Monday in a note to residents of the town.",
    ]
    stories = [
        {
            "id": None,
            "title": f"Town {number} closes its bridge",
            "source": "Wire",
            "body": [part.format(number) for part in body],
        }
        for number in range(230)
    ]
    seeds = write_jsonl(tmp_path / "news" / "towns.jsonl", stories)
    for new in (230, 0):
        os.utime(seeds, (new, new))
        ran = newsdesk("refresh", "--data", str(tmp_path / "data"), "--seeds", str(seeds), "--json")
        told = json.loads(ran.out)["stories"]
        assert told == {"new": new, "changed": 0, "total": 230}


def test_quiet_says_nothing_of_what_is_no_fault(newsdesk: Run, data: Path, news: Path) -> None:
    (news / "notes.bin").write_bytes(bytes(range(256)) * 20)
    (news / "empty.txt").touch()
    ran = newsdesk("refresh", "--quiet", "--seeds", str(news))
    assert (ran.code, ran.out, ran.err) == (0, b"", b"")


def test_a_query_of_the_settings_that_can_not_be_read_is_named_by_its_place(
    newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(tmp_path, monkeypatch, '[[follows]]\nquery = "quay"\n[[follows]]\nquery = "country:XQ"\n')
    done = newsdesk("refresh")
    assert done.code == 2
    assert "config.toml:4: [[follows]] 2: query, column 1: no country is called 'XQ'" in done.told


def test_what_the_settings_follow_is_no_step_to_undo(
    newsdesk: Run, data: Path, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(tmp_path, monkeypatch, 'seeds = ["news"]\n[[follows]]\nquery = "country:NL"\n')
    newsdesk("refresh")
    newsdesk("mark", "read", "kyoto")
    assert newsdesk("undo").text == "undone: marked 1 story read\n"
    assert "nothing to undo" in newsdesk("undo").told
    assert len(newsdesk("follows").lines()) == 1


def test_a_file_that_failed_is_named_once_in_a_line() -> None:
    source: dict[str, Json] = {
        "path": "/news",
        "status": "failed",
        "error": "/news: no such file or folder",
        "retry_after": None,
    }
    report: dict[str, Json] = {
        "sources": [source],
        "stories": {"new": 0, "changed": 0, "total": 0},
        "storylines": {"new": 0, "grown": 0},
        "follows": [],
    }
    assert "  /news: no such file or folder" in list(describe(report))
    source["error"] = "/news:3: no JSON"
    assert "  /news:3: no JSON" in list(describe(report))


def test_threads_and_pages_that_fail_for_one_reason_are_told_in_one_line() -> None:
    part = {"status": "failed", "error": "127.0.0.2 is a private address", "retry_after": None, "new": 0}
    threads = [{**part, "kind": "comments", "url": f"http://a.example/c/{at}"} for at in range(3)]
    pages = [
        {**part, "kind": "article", "url": "http://a.example/1"},
        {**part, "kind": "comments", "url": "x", "error": "gone"},
    ]
    feed = {"kind": "feed", "url": "http://a.example/", "status": "failed", "error": "127.0.0.2 is a private address"}
    report: dict[str, Json] = {
        "sources": [{**part, **feed}, *threads, *pages],
        "stories": {"new": 0, "changed": 0, "total": 0},
        "storylines": {"new": 0, "grown": 0},
        "follows": [],
    }
    assert [line for line in describe(report) if line.startswith("  ")] == [
        "  http://a.example/: 127.0.0.2 is a private address",
        "  http://a.example/c/0 and 2 more threads: 127.0.0.2 is a private address",
        "  http://a.example/1: 127.0.0.2 is a private address",
        "  x: gone",
    ]


def test_an_id_that_a_file_gives_again_batches_later_is_no_new_version_on_each_reading(
    newsdesk: Run, data: Path, tmp_path: Path
) -> None:
    words = ("quay", "crane", "ferry", "ledger")
    stories = [
        {"id": str(at), "title": f"Note {at}", "body": f"Word{at} of note {at} alone."} for at in range(2 * BATCH_STORIES)
    ]
    for at, word in zip((0, BATCH_STORIES // 2, BATCH_STORIES + 1, 2 * BATCH_STORIES - 1), words, strict=True):
        stories[at] = {"id": "again", "title": f"The {word}", "body": f"A {word} was seen by all who came to {word}s that day."}
    file = write_jsonl(tmp_path / "wire.jsonl", stories)
    counts = []
    for reading in range(3):
        os.utime(file, (reading, reading))
        counts.append(json.loads(newsdesk("refresh", "--json", "--seeds", str(file)).out)["stories"])
    assert counts[0]["new"] == counts[0]["total"]
    assert [(count["new"], count["changed"]) for count in counts[1:]] == [(0, 0), (0, 0)]
    (story,) = newsdesk("list", "title:ledger").lines()  # the last line under the id is the latest version
    assert (story["revision"], len(story["origins"])) == (len(words), len(words))
    assert newsdesk("list", "title:quay").lines() == []
