"""What a person gets wrong is told in their words: the flag, what was written there, what could be."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import shutil
import sqlite3
from pathlib import Path
from typing import NoReturn

import pytest

from newsdesk.commands import TABLE
from newsdesk.commands.arguments import ELSEWHERE
from newsdesk.errors import StorageError
from tests.cli.conftest import Run, write_jsonl


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("list", "--limit", "-1"), "argument --limit: '-1' is not a whole number of 0 or more"),
        (("list", "--limit", "x"), "argument --limit: 'x' is not a whole number of 0 or more"),
        (("storylines", "--limit", "1.5"), "argument --limit: '1.5' is not a whole number of 0 or more"),
        (("digest", "--most", "0"), "argument --most: '0' is not a whole number of 1 or more"),
        (("serve", "--port", "70000"), "argument --port: '70000' is not a whole number from 0 to 65535"),
        (("digest", "--since", "soon"), "--since soon: neither an age nor a date"),
        (("digest", "--since", "2d country:NL"), "--since 2d country:NL: neither an age nor a date"),
        (("follow", "strike", "--alert", "keyword:("), "query, column 2"),
        (("inspect", "--formt"), "unrecognized arguments: --formt; did you mean --format?"),
        (("mark", "read", "--zork=1"), "unrecognized arguments: --zork=1"),
        (("list", "--fromat", "csv"), "unrecognized arguments: --fromat; did you mean --format?"),
        (("mark", "read", ""), "mark takes ids or a query, and this one is empty; is:unread means every unread story"),
        (("mark", "unstar", " "), "mark takes ids or a query, and this one is empty"),
        (("search", "strike"), "no command and no file is called 'search': did you mean 'newsdesk list QUERY'?"),
        (("help",), "no command and no file is called 'help': did you mean 'newsdesk --help'?"),
        (("--limit", "3", "list", "strike"), "--limit goes behind the command: newsdesk list --limit 3"),
        (("list", "--json"), "unrecognized arguments: --json; did you mean --format json?"),
        (("mark", "raed", "x"), "invalid choice: 'raed'; did you mean read?"),
        (("config", "zork"), "invalid choice: 'zork'; it can be show, check, paths, example, edit, theme"),
        (("list", "country:Germny"), "no country is called 'Germny'; did you mean 'Germany'?"),
        (("list", "--data", ""), "--data names a file or folder, and here its name is empty"),
        (("list", "--config="), "--config names a file or folder, and here its name is empty"),
        (("export", "--output", ""), "--output names a file or folder, and here its name is empty"),
        (("backup", ""), "FILE names a file or folder, and here its name is empty"),
        (("backup", "-"), "a backup is a file, not a stream: name one that is not there yet"),
        (("judge",), "the following arguments are required: STORY, N, MOOD"),
        (
            ("judge", "s2", "1", "glad"),
            "argument MOOD: invalid choice: 'glad'; it can be negative, neutral, positive, none",
        ),
        (("mark",), "the following arguments are required: read|unread|star|unstar, ID|QUERY"),
        (("feeds", "zork"), "argument ACTION: invalid choice: 'zork'; it can be add,"),
        (("list", f"topic:{'x' * 3_000}"), f"no topic is called '{'x' * 100}"),
        (("list", "topic:" + '"' + "x y " * 900 + '"'), "no topic is called 'x y x y "),
        (("lst",), "no command and no file is called 'lst': did you mean 'list'?"),
    ],
)
def test_a_flag_that_can_not_be_used_is_named_with_what_it_takes(
    newsdesk: Run, archive: Path, words: tuple[str, ...], told: str
) -> None:
    ran = newsdesk(*words)
    assert ran.code == 2
    assert told in ran.told
    assert len(ran.told) < 1_300  # what was typed may be of any length
    assert ran.out == b""
    assert "_" not in ran.told.split("(see")[0]  # no name of the program's own


@pytest.mark.parametrize(
    ("variable", "meant"), [("NEWSDESK_DATTA", "NEWSDESK_DATA"), ("NEWSDESK_ARCHIV_KEEP", "NEWSDESK_ARCHIVE_KEEP")]
)
def test_a_misspelt_variable_is_told_also_where_no_settings_are_read(
    newsdesk: Run, archive: Path, monkeypatch: pytest.MonkeyPatch, variable: str, meant: str
) -> None:
    monkeypatch.setenv(variable, "/elsewhere")
    ran = newsdesk("list")
    assert (ran.code, ran.out) == (2, b"")
    assert f"{variable}: unknown key: did you mean {meant}?" in ran.told
    monkeypatch.delenv(variable)
    monkeypatch.setenv("NEWSDESK_ARCHIVE_KEEP", "9d")
    monkeypatch.setenv("NEWSDESK_SHARED", "/of/another/program")
    assert newsdesk("list").code == 0


def test_what_stands_behind_two_dashes_is_no_flag(newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("--odd.jsonl", "-odd.jsonl", "--format"):
        write_jsonl(tmp_path / name)
        ran = newsdesk("inspect", "--format", "csv", "--", name)
        assert (ran.code, ran.text.count("\n")) == (0, 4), name
    assert len(newsdesk("inspect", "--", "-odd.jsonl", "--odd.jsonl").lines()) == 6


def test_an_empty_name_of_a_seed_is_seen(newsdesk: Run, archive: Path) -> None:
    ran = newsdesk("refresh", "--seeds", "")
    assert (ran.code, ran.told.startswith("'': no such file or folder")) == (2, True)


def test_an_id_where_a_query_is_wanted_is_told_as_one(newsdesk: Run, archive: Path) -> None:
    story = newsdesk("list").lines()[0]
    for command, one in (("list", story["id"]), ("storylines", story["storyline"]["id"])):
        ran = newsdesk(command, one)
        assert (ran.code, ran.out) == (0, b"")
        assert f"{one} is an id: newsdesk show {one}" in ran.told


def test_a_word_that_an_id_begins_with_is_a_word(newsdesk: Run, archive: Path, tmp_path: Path) -> None:
    """As "storm" or "trade" may be among a hundred thousand stories."""
    many = [{"id": f"n{at}", "title": f"Note {at}", "body": "Nothing else."} for at in range(30)]
    (tmp_path / "many.jsonl").write_text("".join(json.dumps(story) + "\n" for story in many))
    newsdesk("refresh", "--quiet", "--seeds", str(tmp_path / "many.jsonl"))
    ids = [story["id"] for story in newsdesk("list", "note").lines()]
    one = next(each for each in ids if each[:7].isalpha())
    other = next(each for each in ids if not each[:5].isalpha())
    assert newsdesk("mark", "read", one[:5]).text == "0 stories marked read\n"
    assert newsdesk("forget", one[:7], "--yes").text == "0 stories would be forgotten\n"
    assert newsdesk("export", one[:7], "--format", "ndjson").out == b""
    assert newsdesk("export", one[:8], "--format", "ndjson").lines()[0]["id"] == one
    assert newsdesk("mark", "star", other[:6]).text == "1 story starred\n"
    lines = [line["id"] for line in newsdesk("storylines").lines()]
    line = next(each for each in lines if each[:4].isalpha())
    assert newsdesk("follow", line[:4]).text.split()[1:] == ["query", line[:4]]
    assert newsdesk("list", f"storyline:{line[:4]}").out == b""
    assert newsdesk("list", f"storyline:{line[:8]}").lines()
    assert newsdesk("show", one[:5], "--format", "ndjson").lines()[0]["id"] == one, "where only an id can stand"


def test_nothing_is_followed_by_an_alert_that_can_not_be_read(newsdesk: Run, archive: Path) -> None:
    newsdesk("follow", "strike", "--alert", "keyword:(")
    assert newsdesk("follows").out == b""


def test_a_data_folder_that_is_a_file_is_a_slip(newsdesk: Run, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for data in (file, file / "below"):
        for command in (("list",), ("refresh",), ("mark", "read", "x")):
            ran = newsdesk(*command, "--data", str(data))
            assert (ran.code, ran.told) == (2, f"newsdesk: {data}: is not a folder (--data, NEWSDESK_DATA)\n")


def test_a_backup_names_the_file_that_was_asked_for(newsdesk: Run, archive: Path, tmp_path: Path) -> None:
    ran = newsdesk("backup", str(tmp_path / "no" / "copy.tgz"))
    assert (ran.code, ran.told) == (2, f"newsdesk: {tmp_path}/no/copy.tgz: no such folder\n")


def test_where_there_is_nothing_it_is_said_what_to_do(newsdesk: Run, tmp_path: Path) -> None:
    data = str(tmp_path / "none")
    for command, told in (
        ("storylines", "newsdesk refresh reads"),
        ("list", "newsdesk refresh reads"),
        ("follows", "newsdesk follow"),
        ("export", "newsdesk refresh reads"),
        ("mood --labels", "newsdesk judge"),
    ):
        how = () if command in ("export", "mood --labels") else ("--format", "text")
        ran = newsdesk(*command.split(), *how, "--data", data)
        assert (ran.code, ran.out) == (0, b"")
        assert told in ran.told


def test_an_archive_of_an_older_version_is_brought_up_to_date_by_whatever_reads_it(newsdesk: Run, tmp_path: Path) -> None:
    old = Path(__file__).parents[1] / "data" / "archive"
    (file,) = old.glob("*.gz")
    (tmp_path / "archive.sqlite3").write_bytes(gzip.decompress(file.read_bytes()))
    ran = newsdesk("list", "--data", str(tmp_path))
    assert (ran.code, len(ran.lines()), ran.told) == (0, 4, "")


def test_an_archive_of_an_older_version_in_a_place_that_is_closed_is_said_to_be_both(
    newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: Path, archive: Path) -> NoReturn:
        raise StorageError(f"{path}: it can't be written")

    (file,) = (Path(__file__).parents[1] / "data" / "archive").glob("*.gz")
    (tmp_path / "archive.sqlite3").write_bytes(gzip.decompress(file.read_bytes()))
    monkeypatch.setattr("newsdesk.desk.keeping.Marks", closed)
    ran = newsdesk("list", "--data", str(tmp_path))
    assert (ran.code, ran.out) == (1, b"")
    assert "archive.sqlite3: written by an older newsdesk, and it can't be brought up to date here: " in ran.told
    assert ran.told.endswith("marks.sqlite3: it can't be written\n")


def test_an_archive_that_was_begun_on_a_full_disk_has_nothing_in_it_and_is_not_called_old(
    newsdesk: Run, tmp_path: Path
) -> None:
    seeds = write_jsonl(tmp_path / "news.jsonl")
    data = ("--data", str(tmp_path / "data"))
    for has_page in (False, True):
        shutil.rmtree(tmp_path / "data", ignore_errors=True)
        (tmp_path / "data").mkdir()
        file = tmp_path / "data" / "archive.sqlite3"
        if has_page:
            with contextlib.closing(sqlite3.connect(file)) as begun:
                begun.execute("PRAGMA journal_mode = WAL")
        file.touch()
        before = file.read_bytes()
        ran = newsdesk("list", *data)
        assert (ran.code, ran.out) == (0, b"")
        assert "newsdesk refresh reads" in ran.told
        assert "0 stories" in newsdesk("doctor", *data).text
        assert file.read_bytes() == before
        assert newsdesk("refresh", "--quiet", "--seeds", str(seeds), *data).code == 0
        assert len(newsdesk("list", *data).lines()) == 3


@pytest.mark.parametrize("has_page", [False, True])
def test_marks_that_were_begun_on_a_full_disk_are_no_marks(newsdesk: Run, archive: Path, has_page: bool) -> None:
    file = archive / "marks.sqlite3"
    for name in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
        name.unlink(missing_ok=True)
    if has_page:
        with contextlib.closing(sqlite3.connect(file)) as begun:
            begun.execute("PRAGMA journal_mode = WAL")
    file.touch()
    assert len(newsdesk("list", "is:unread").lines()) == 3
    assert newsdesk("mark", "read", "Kyoto").code == 0
    assert len(newsdesk("list", "is:unread").lines()) == 2


def test_marks_that_can_not_be_read_are_named_and_not_the_archive_beside_them(newsdesk: Run, archive: Path) -> None:
    (archive / "marks.sqlite3").write_bytes(b"these are no marks " * 1000)
    for words in (("list",), ("show", "Kyoto"), ("mark", "read", "Kyoto")):
        ran = newsdesk(*words)
        assert (ran.code, ran.out) == (1, b"")
        assert ran.told.startswith(f"newsdesk: {archive / 'marks.sqlite3'}: it is not ")


def test_a_story_with_neither_title_nor_text_has_a_line_to_be_seen_by(newsdesk: Run, tmp_path: Path) -> None:
    (tmp_path / "bare.jsonl").write_text('{"id": "1", "title": null, "body": null}\n', "utf-8")
    data = ("--data", str(tmp_path / "data"))
    newsdesk("refresh", "--seeds", str(tmp_path / "bare.jsonl"), *data)
    for command in (("list", "--format", "text"), ("storylines", "--format", "text"), ("digest", "--since", "9999d")):
        assert "(no title)" in newsdesk(*command, *data).text


def test_a_handful_of_comments_is_counted_and_makes_no_share(newsdesk: Run, archive: Path) -> None:
    (line,) = [line["id"] for line in newsdesk("storylines", "Rotterdam").lines()]
    told = newsdesk("handover", line, "--format", "text").text
    assert "2 comments: " in told
    assert "%" not in told


def test_an_export_or_a_mood_of_nothing_says_that_nothing_matches(newsdesk: Run, archive: Path) -> None:
    for command in ("export", "mood"):
        ran = newsdesk(command, "nosuchword")
        assert (ran.code, ran.told) == (0, "no story matches\n")


def test_a_folder_with_nothing_to_read_is_said_to_be_so(newsdesk: Run, tmp_path: Path) -> None:
    (tmp_path / ".hidden.txt").write_text("A headline\n\nAnd a text.\n", "utf-8")
    ran = newsdesk("inspect", str(tmp_path))
    assert (ran.code, ran.told) == (0, f"{tmp_path}: no file in it to read (hidden ones are passed over)\n")


def test_what_a_closed_folder_keeps_back_is_not_said_to_be_missing(
    newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: object, **_more: object) -> NoReturn:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "lstat", refuse)
    monkeypatch.setattr(Path, "stat", refuse)
    ran = newsdesk("inspect", str(tmp_path / "wire.txt"))
    assert (ran.code, ran.told) == (4, f"{tmp_path}/wire.txt: permission denied\n")


@pytest.mark.parametrize("blank", ["", " "])
def test_a_path_of_no_letters_is_named_all_the_same(newsdesk: Run, archive: Path, blank: str) -> None:
    for command in (["inspect"], ["refresh", "--seeds"], ["serve"], ["--plain", "--"]):
        ran = newsdesk(*command, blank)
        assert (ran.code, f"'{blank}': no such file or folder" in ran.told) == (2, True), command


def test_a_digest_of_a_blank_query_is_one_of_all(newsdesk: Run, archive: Path) -> None:
    assert newsdesk("digest", "  ").text == newsdesk("digest").text
    assert newsdesk("digest", " ", "--format", "json").text == newsdesk("digest", "--format", "json").text


def test_a_format_is_refused_where_there_is_none_to_choose(newsdesk: Run) -> None:
    for action in ("show", "example", "theme"):
        ran = newsdesk("config", action, "--format", "json")
        assert (ran.code, "check and paths" in ran.told, ran.text) == (2, True, ""), action


def test_a_width_of_any_number_is_one(newsdesk: Run, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "9" * 5000)
    assert "Rotterdam dockers end strike after deal on night shifts" in newsdesk("list", "--format", "text").text


def test_a_mark_of_unicode_alone_is_an_empty_file(newsdesk: Run, tmp_path: Path) -> None:
    (tmp_path / "bom.txt").write_bytes(b"\xef\xbb\xbf\r\n")
    ran = newsdesk("inspect", str(tmp_path / "bom.txt"))
    assert (ran.code, ran.told) == (0, f"{tmp_path}/bom.txt: empty\n")


def test_one_is_said_of_one(newsdesk: Run, archive: Path) -> None:
    (line,) = newsdesk("storylines", "kyoto", "--format", "ndjson").lines()
    assert "1 story · " in newsdesk("show", line["id"], "--format", "text").text
    assert "1 stories" not in newsdesk("show", line["id"], "--format", "text").text


def test_feeds_are_added_to_a_settings_file_that_was_named_and_is_not_there_yet(newsdesk: Run, tmp_path: Path) -> None:
    named = ("--config", str(tmp_path / "new" / "desk.toml"))
    assert newsdesk("feeds", "list", *named).code == 2
    assert newsdesk("feeds", "add", "https://one.example/rss", *named).code == 0
    assert "https://one.example/rss" in newsdesk("feeds", "list", *named, "--data", str(tmp_path / "data")).text


def test_what_other_programs_call_a_thing_leads_to_a_command_of_ours() -> None:
    for word, command in ELSEWHERE.items():
        assert word not in TABLE
        assert command.startswith("--") or command.split()[0] in TABLE


@pytest.mark.parametrize("words", [("list",), ("storylines",), ("list", "--format", "csv"), ("list", "quake")])
def test_an_empty_archive_is_said_to_be_so_in_every_format(newsdesk: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    ran = newsdesk(*words, "--data", str(tmp_path / "none"))
    assert ran.code == 0
    assert ran.told == "no stories yet: newsdesk refresh reads the sources\n"


def test_a_query_that_finds_nothing_leaves_a_script_in_peace(newsdesk: Run, archive: Path) -> None:
    quiet = newsdesk("list", "nosuchword", "--format", "ndjson")
    assert (quiet.code, quiet.out, quiet.err) == (0, b"", b"")
    assert newsdesk("list", "nosuchword", "--format", "text").told == "no story matches\n"


def test_the_day_a_story_came_in_is_not_given_out_for_its_date(newsdesk: Run, tmp_path: Path) -> None:
    seeds = write_jsonl(tmp_path / "one.jsonl", [{"id": "1", "title": "No date stands here", "source": "Quay Wire"}])
    flags = ("--data", str(tmp_path / "data"))
    newsdesk("refresh", "--seeds", str(seeds), "--now", "2026-03-04T10:00Z", *flags)
    assert "  seen 03-04  " in newsdesk("list", "--format", "text", "--now", "2026-03-05", *flags).text
    assert "  seen 2026  " in newsdesk("list", "--format", "text", "--now", "2027-01-05", *flags).text


def test_what_a_list_is_sorted_by_can_be_seen_in_it(newsdesk: Run, archive: Path) -> None:
    assert "Harbour Wire" not in newsdesk("list", "--format", "text").text
    assert "Harbour Wire" in newsdesk("list", "--format", "text", "--sort", "source").text


def test_the_follow_list_tells_rules_and_folders(newsdesk: Run, archive: Path) -> None:
    newsdesk("follow", "country:NL", "--alert", "velocity", "--alert", "mood", "--folder", "Ports")
    newsdesk("follow", "topic:labour", "--mute")
    lines = newsdesk("follows", "--format", "text").text.splitlines()
    assert lines[0].endswith("in Ports; alerts: velocity, mood")
    assert lines[1].endswith("  muted")


def test_a_follow_that_is_named_after_its_query_has_a_name_in_one_line_of_spaces(newsdesk: Run, archive: Path) -> None:
    newsdesk("follow", "title:kyoto\tdockers\nharbour", "--mute")
    newsdesk("follow", "country:NL", "--mute")
    assert newsdesk("follows").lines()[0]["name"] == "title:kyoto dockers harbour"
    lines = newsdesk("follows", "--format", "text").text.splitlines()
    assert {line.index("muted") for line in lines} == {len(lines[0]) - len("muted")}


@pytest.mark.parametrize(
    "url", ["desk.example.org", "http://[", "ftp://a.example", "https://a.example:99999", "https://a/?key=1"]
)
def test_a_public_address_that_no_browser_could_name_is_refused_before_anything_listens(newsdesk: Run, url: str) -> None:
    done = newsdesk("serve", "--demo", "--public-url", url)
    assert (done.code, done.out) == (2, b"")
    assert f"--public-url {url}: write an address as browsers open it" in done.told


def test_a_number_too_large_to_count_to_is_all_there_is(newsdesk: Run, archive: Path) -> None:
    for number in ("99999999999999999999999", "9223372036854775808", "0" * 30 + "3"):
        assert len(newsdesk("list", "--limit", number).lines()) == 3
        assert newsdesk("storylines", "--limit", number).code == 0
    assert newsdesk("serve", "--port", "99999999999999999999999").code == 2


def test_what_may_be_left_out_is_not_called_required(newsdesk: Run) -> None:
    for command, needed in (("feeds", "ACTION"), ("completion", "bash|zsh|fish")):
        assert f"required: {needed} (see" in newsdesk(command).told


def test_who_follows_what_nothing_matches_is_told(newsdesk: Run, archive: Path) -> None:
    done = newsdesk("follow", "Kyotto")
    assert (done.code, done.told) == (0, "no story matches it yet\n")
    assert newsdesk("follow", "Kyoto").told == newsdesk("follow", "country:NL").told == ""
    assert newsdesk("follow", newsdesk("storylines").lines()[0]["id"]).told == ""
