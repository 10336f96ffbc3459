"""`inspect`: what is printed, in which order, and what is said of files that can't be read."""

from __future__ import annotations

import json
import os
import re
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from newsdesk.commands.layout import width
from newsdesk.model import Json, Story
from tests.cli.conftest import STORIES, Run, write_jsonl

BARRED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)

PAGE = """Ferry returns to Aran islands after long gap

Updated 03 November 2023

GALWAY, Ireland - The ferry to the Aran islands sailed again on Friday after three weeks of storms, the operator said.

Islanders had waited for fresh food and post since the middle of October.
"""


def test_a_story_has_every_field_of_the_contract(newsdesk: Run, tmp_path: Path) -> None:
    path = str(write_jsonl(tmp_path / "wire.jsonl"))
    done = newsdesk("inspect", path)
    assert (done.code, done.err) == (0, b"")
    first, second, third = done.lines()
    assert first == Story.from_json(first).to_json()
    assert set(first) == set(Story().to_json())
    assert first["origin"] == {"path": path, "format": "jsonl", "index": 0, "item_id": "k1"}
    assert first["countries"][0]["code"] == "NL"
    assert third["countries"][0]["code"] == "JP"
    assert first["storyline"]["id"] == second["storyline"]["id"] != third["storyline"]["id"]
    assert first["storyline"]["stories"] == 2
    assert re.fullmatch("s[a-z2-7]{10}", first["id"])
    assert re.fullmatch("t[a-z2-7]{10}", first["storyline"]["id"])
    assert first["comments"][1]["reply_to"] == 0
    assert first["mood"]["comments"] == 2


def test_the_order_is_that_of_argument_file_and_position(newsdesk: Run, tmp_path: Path) -> None:
    one, two, three = ({"id": story["id"], "title": story["title"], "body": story["body"]} for story in STORIES)
    write_jsonl(tmp_path / "folder" / "b.jsonl", [three, one])
    write_jsonl(tmp_path / "folder" / "a" / "z.jsonl", [two])
    write_jsonl(tmp_path / "folder" / ".hidden.jsonl", [two])
    last = write_jsonl(tmp_path / "first.jsonl", [one])
    done = newsdesk("inspect", str(tmp_path / "folder"), str(last))
    assert [story["origin"]["item_id"] for story in done.lines()] == ["k2", "k3", "k1", "k1"]
    again = [story["id"] for story in done.lines()]
    assert again[2] == again[3], "the same story has the same id wherever it is"


def test_nothing_is_stored(program: Run, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "wire.jsonl")
    env = {"HOME": str(tmp_path / "home")} | {f"XDG_{name}_HOME": str(tmp_path / "xdg") for name in ("CONFIG", "DATA", "STATE")}
    assert program("inspect", str(path), env=env).code == 0
    assert sorted(tmp_path.rglob("*")) == [path]


def test_broken_settings_do_not_keep_it_from_reading(newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.toml").write_text("nonsense")
    monkeypatch.setenv("NEWSDESK_CONFIG", str(tmp_path / "config.toml"))
    seeds = str(write_jsonl(tmp_path / "wire.jsonl"))
    done = newsdesk("inspect", seeds)
    assert (done.code, len(done.lines())) == (0, 3)
    assert f"{tmp_path}/config.toml: " in done.told
    assert "read as without settings" in done.told
    monkeypatch.delenv("NEWSDESK_CONFIG")
    monkeypatch.setenv("NEWSDESK_MOOD_TIR", "base")
    done = newsdesk("inspect", seeds)
    assert (done.code, "did you mean NEWSDESK_MOOD_TIER?" in done.told) == (0, True)


def test_stdin_and_the_format_that_is_told(program: Run) -> None:
    line = json.dumps(STORIES[0]).encode()
    done = program("inspect", "-", stdin=line)
    assert done.lines()[0]["origin"]["path"] == "-"
    assert done.lines()[0]["title"] == STORIES[0]["title"]
    page = program("inspect", "-", "--seed-format", "page-text", stdin=PAGE.encode())
    assert page.code == 0
    assert page.lines()[0]["published" if page.lines()[0]["published"] else "updated"] == "2023-11-03"
    assert program("inspect", "-", "--seed-format", "nosuch").code == 2


def test_json_text_and_tables(newsdesk: Run, tmp_path: Path) -> None:
    path = str(write_jsonl(tmp_path / "wire.jsonl"))
    whole = json.loads(newsdesk("inspect", path, "--format", "json").out)
    assert whole["version"] == 1
    assert whole["stories"] == newsdesk("inspect", path, "--format", "ndjson").lines()
    text = newsdesk("inspect", path, "--format", "text").text
    for part in ("Rotterdam dockers walk out", "Harbour Wire", "Netherlands", "(2 stories)", "topics", "mood"):
        assert part in text
    assert all(width(line) <= 92 for line in text.split("\n"))
    assert newsdesk("inspect", path, "--format", "csv").text.startswith("id,published,")


def test_the_same_bytes_in_any_terminal(program: Run, tmp_path: Path) -> None:
    path = str(write_jsonl(tmp_path / "wire.jsonl"))
    one = program("inspect", path, "--format", "text", env={"TERM": "xterm-256color", "LC_ALL": "C"})
    other = program("inspect", path, "--format", "text", env={"TERM": "dumb", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"})
    assert one.out == other.out
    narrow = program("inspect", path, "--format", "text", env={"COLUMNS": "40"})
    assert all(width(line) <= 40 for line in narrow.text.split("\n"))


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "good.jsonl")


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_blank(path: Path) -> None:
    path.write_bytes(b" \n\n\t\n")


def make_storyless(path: Path) -> None:
    path.write_text('{"id": "1", "title": null, "body": []}\n')


def make_binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def make_loop(path: Path) -> None:
    path.symlink_to(path)


def make_dangling(path: Path) -> None:
    path.symlink_to(path.with_name("gone"))


def make_bad_lines(path: Path) -> None:
    write_jsonl(path, STORIES[:1])
    path.write_bytes(path.read_bytes() + b'{"id": \n[1, 2]\n')


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def test_a_story_with_nothing_in_it_is_a_story_and_a_note(newsdesk: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    make_storyless(path)
    done = newsdesk("inspect", str(path))
    assert (done.code, len(done.lines())) == (0, 1)
    assert done.told.count("\n") == 1
    assert done.told.startswith(str(path))


@pytest.mark.parametrize("make", [make_empty, make_blank])
def test_no_story_is_no_failure(newsdesk: Run, tmp_path: Path, make: Callable[[Path], None]) -> None:
    bad = tmp_path / "bad.jsonl"
    make(bad)
    done = newsdesk("inspect", str(bad))
    assert (done.code, done.out) == (0, b"")
    assert done.told.count("\n") == 1
    assert str(bad) in done.told


@pytest.mark.parametrize("make", [make_binary, make_loop, make_pipe, make_bad_lines])
def test_a_file_that_fails_costs_itself_alone(newsdesk: Run, good: Path, make: Callable[[Path], None]) -> None:
    bad = good.with_name("bad.jsonl")
    make(bad)
    done = newsdesk("inspect", str(bad), str(good))
    assert done.code == 3
    assert len(done.lines()) >= 3
    assert done.told
    assert all(line.startswith(str(bad)) for line in done.told.splitlines())


@pytest.mark.parametrize("make", [make_binary, make_loop, make_pipe])
def test_where_every_file_fails_it_is_4(newsdesk: Run, tmp_path: Path, make: Callable[[Path], None]) -> None:
    bad = tmp_path / "bad.jsonl"
    make(bad)
    done = newsdesk("inspect", str(bad))
    assert (done.code, done.out) == (4, b"")
    assert done.told.count("\n") == 1


def test_a_path_that_is_not_there_is_2_and_the_rest_is_read(newsdesk: Run, good: Path) -> None:
    gone = good.with_name("gone.txt")
    done = newsdesk("inspect", str(gone), str(good))
    assert done.code == 2
    assert len(done.lines()) == 3
    assert done.told == f"{gone}: no such file or folder\n"


def test_a_link_that_leads_nowhere_names_itself(newsdesk: Run, good: Path) -> None:
    bad = good.with_name("bad.jsonl")
    make_dangling(bad)
    done = newsdesk("inspect", str(bad), str(good))
    assert done.code == 3
    assert done.told.startswith(f"{bad}: ")


def test_a_folder_that_leads_into_itself_ends(newsdesk: Run, good: Path) -> None:
    (good.parent / "again").symlink_to(good.parent)
    done = newsdesk("inspect", str(good.parent))
    assert len(done.lines()) == 3
    assert done.code == 0


def test_files_of_no_known_format_in_a_folder_are_passed_over_with_a_note(newsdesk: Run, good: Path) -> None:
    (good.parent / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    done = newsdesk("inspect", str(good.parent))
    assert done.code == 0
    assert len(done.lines()) == 3
    assert "picture.png" in done.told


def test_an_unreadable_file_is_named(program: Run, good: Path) -> None:
    shut = write_jsonl(good.with_name("shut.jsonl"))
    shut.chmod(0)
    if os.access(shut, os.R_OK):
        pytest.skip("this user may read everything")
    done = program("inspect", str(shut), str(good))
    assert done.code == 3
    assert done.told == f"{shut}: permission denied\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_a_page(newsdesk: Run, tmp_path: Path, encoding: str) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(PAGE.replace("Aran islands", "café’s quay").replace("\n", "\r\n").encode(encoding))
    done = newsdesk("inspect", str(page))
    assert done.code == 0
    assert done.lines()[0]["title"] == "Ferry returns to café’s quay after long gap"


def test_a_line_of_a_megabyte_and_a_page_of_fifty_are_no_end_of_it(program: Run, good: Path) -> None:
    write_jsonl(good.with_name("long.jsonl"), [{"id": "1", "title": "Long", "body": "word " * 200_000}])
    with good.with_name("big.txt").open("wb") as big:
        big.truncate(50 * 2**20)
    done = program("inspect", str(good.parent))
    assert done.code in (0, 3)
    assert {story["title"] for story in done.lines()} >= {"Long", STORIES[0]["title"]}
    assert "big.txt" in done.told


def test_file_names_drive_no_terminal(program: Run, newsdesk: Run, tmp_path: Path) -> None:
    names = [
        b"\x1b[31mred.jsonl",
        b"new\nline.jsonl",
        b"\xff\xfe.jsonl",
        "\u202egnp.jsonl".encode(),
        b"\x9b31m.jsonl",
        b"-dash.jsonl",
    ]
    for name in names:
        place = os.path.join(os.fsencode(tmp_path), name)  # noqa: PTH118 - bytes
        with open(place, "wb") as file:  # noqa: PTH123
            file.write(json.dumps(STORIES[0]).encode() + b"\nbroken\n")
    for run, form in ((newsdesk, "ndjson"), (newsdesk, "json"), (program, "text"), (newsdesk, "csv")):
        done = run("inspect", str(tmp_path), "--format", form)
        assert done.code == 3
        assert_calm(done.text)
        assert_calm(done.told)
        assert len(done.told.splitlines()) == len(names)


def test_stories_drive_no_terminal(newsdesk: Run, tmp_path: Path) -> None:
    nasty = "a\x1b[31mb\x1b]52;c;aGk=\x07c\x9b31md\u202ee\u2028f\x7fg\r\nh[bold]i"
    story: dict[str, Json] = dict.fromkeys(("id", "title", "source", "byline", "dateline", "url"), nasty)
    story |= {
        "body": [nasty],
        "published": nasty,
        "language": nasty,
        "comments": [{"author": nasty, "text": nasty, "when": nasty}],
    }
    path = str(write_jsonl(tmp_path / "nasty.jsonl", [story]))
    for form in ("ndjson", "json", "text", "csv", "tsv", "md"):
        done = newsdesk("inspect", path, "--format", form)
        assert done.code in (0, 3)
        assert_calm(done.text)
    assert "[bold]" in newsdesk("inspect", path, "--format", "text").text


def assert_calm(text: str) -> None:
    """No control character but newline and tab, and nothing that hides or reorders: what the contract bars."""
    assert not BARRED.findall(text)


def test_many_stories_need_little_memory_and_come_at_once(program: Run, tmp_path: Path) -> None:
    many = [
        {"id": str(number), "title": f"Report {number} of the day", "body": f"Text {number * 7919}."} for number in range(1500)
    ]
    path = write_jsonl(tmp_path / "many.jsonl", many)
    limit = 700 * 2**20
    done = program("inspect", str(path), preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (limit, limit)))
    assert done.code == 0
    assert len(done.lines()) == 1500


def test_every_long_part_of_the_work_is_named_while_it_lasts(
    newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("newsdesk.commands.inspect._LARGE", 0)
    monkeypatch.setattr("newsdesk.commands.inspect._MANY", 0)
    monkeypatch.setattr("newsdesk.commands.console.Console.progress", lambda self, text: told.append(text))
    assert newsdesk("inspect", str(write_jsonl(tmp_path / "wire.jsonl"))).code == 0
    assert told == ["reading wire.jsonl", "3 stories tagged", "telling 3 stories apart", "grouping 3 stories"]
