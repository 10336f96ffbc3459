"""What `doctor` says where something is ill: each check is seen to find what it is for."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections import namedtuple
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest

from newsdesk import doctor
from newsdesk.archive.rows import Health
from newsdesk.feeds.health import FeedHealth
from newsdesk.paths import Paths
from tests.unit.desks import ALL, open_desk, paths

Usage = namedtuple("Usage", "total used free")
FULL = Usage(1 << 40, (1 << 40) - (1 << 20), 1 << 20)


def ills(root: Path) -> dict[str, str]:
    """By what is checked, what is said of what is not well in the desk's own files."""
    with open_desk(root, readonly=True) as desk:
        return {health.what: health.says for health in desk.check() if not health.well}


@pytest.mark.parametrize(
    ("file", "change", "what"),
    [
        ("archive", "UPDATE tally SET total = total + 1 WHERE kind = 'country'", "counts"),
        ("archive", "UPDATE storyline SET newest = newest - 1 WHERE n <> 0", "order"),
        ("marks", "UPDATE mark_tally SET total = total + 1 WHERE kind = 'country'", "marks"),
    ],
)
def test_counts_and_orders_that_are_wrong(tmp_path: Path, file: str, change: str, what: str) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        desk.mark("toll", "read")
    assert not ills(tmp_path)
    with closing(sqlite3.connect(getattr(paths(tmp_path), file))) as connection, connection:
        assert connection.execute(change).rowcount > 0
    assert ills(tmp_path).keys() == {what}


def test_a_large_archive_is_not_in_memory_as_a_whole_while_its_pages_are_checked(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
    with open_desk(tmp_path, readonly=True) as desk:
        assert all(health.well for health in desk.check())
        with desk.store.reading() as connection:
            assert connection.execute("PRAGMA main.mmap_size").fetchone() == (0,)


def test_files_that_others_can_read(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
    paths(tmp_path).marks.chmod(0o640)
    assert ills(tmp_path)["privacy"].endswith(f"chmod 600 {paths(tmp_path).marks}")


def test_a_notebook_that_is_damaged(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        paths(tmp_path).notebook.write_text("{")
        assert str(paths(tmp_path).notebook) in {one.what: one.says for one in desk.check() if not one.well}["notebook"]


def test_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: FULL)
    assert [(one.well, "only 1 MB" in one.says) for one in doctor.check_folders(paths(tmp_path))] == [(False, True)] * 2


def test_a_folder_that_can_not_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    data, state = doctor.check_folders(Paths(tmp_path / "config.toml", tmp_path / "file" / "data", tmp_path / "state"))
    assert not data.well
    assert "can't be written" in data.says
    assert state.well


def test_sources_that_are_not_there(tmp_path: Path) -> None:
    own = paths(tmp_path)
    own.config.write_text('seeds = ["gone"]\n')
    own.kept_seeds.parent.mkdir()
    own.kept_seeds.write_text("{}")
    damaged, gone = doctor.check_sources(own, {})
    assert (damaged.well, "not a list of paths" in damaged.says) == (False, True)
    assert gone == Health("seeds", False, f"{tmp_path / 'gone'}: not there; correct the path in {own.config}")
    own.config.write_text('[[feeds]]\nurl = "https://one.example/rss"\n')
    own.kept_seeds.unlink()
    assert [(one.what, one.well) for one in doctor.check_sources(own, {})] == [("contact", True)]
    own.config.write_text("")
    (none,) = doctor.check_sources(own, {})
    assert "none configured yet" in none.says


@pytest.mark.parametrize(
    ("changes", "well", "says"),
    [
        ({}, True, "One: not asked yet"),
        ({"last_success": "2026-02-01T11:00:00Z", "stories": 1}, True, "One: answered at 2026-02-01 11:00, 1 story"),
        ({"paused": True, "last_error": "x"}, True, "One: paused; newsdesk feeds resume https://one.example/rss"),
        ({"gone": True}, False, "One: gone for good (410); newsdesk feeds remove https://one.example/rss"),
        ({"last_error": "no answer", "failures": 1}, False, "One: no answer; never answered"),
        ({"last_error": "it is cut off", "stories": 2}, False, "One: it is cut off; never read whole, 2 stories"),
        (
            {"last_error": "no answer", "failures": 3, "last_success": "2026-02-01T11:00:00Z"},
            False,
            "One: no answer (3 times); last answered at 2026-02-01 11:00",
        ),
    ],
)
def test_how_feeds_do(changes: dict[str, object], well: bool, says: str) -> None:
    url = "https://one.example/rss"
    feed = FeedHealth(**{"id": url, "url": url, "title": "One", "kind": "feed", **changes})  # type: ignore[arg-type]
    assert list(doctor.check_feeds([feed])) == [Health("feed", well, says)]


class Screen(StringIO):
    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("env", "size", "encoding", "ill"),
    [
        ({"TERM": "xterm", "LANG": "C.UTF-8"}, (80, 24), "UTF-8", set()),
        ({"TERM": "xterm", "LANG": "C.UTF-8"}, (79, 24), "UTF-8", {"terminal"}),
        ({"TERM": "xterm", "LANG": "C.UTF-8"}, (80, 23), "UTF-8", {"terminal"}),
        ({"TERM": "dumb", "LANG": "C.UTF-8"}, (80, 24), "UTF-8", {"terminal"}),
        ({}, (80, 24), "UTF-8", set()),  # the dashboard opens there
        ({"TERM": ""}, (80, 24), "UTF-8", {"terminal"}),
        ({"TERM": "unknown", "LANG": "C.UTF-8"}, (80, 24), "UTF-8", {"terminal"}),
        ({"TERM": "xterm", "LANG": "C"}, (80, 24), "ANSI_X3.4-1968", {"encoding"}),
    ],
)
def test_terminals(
    monkeypatch: pytest.MonkeyPatch, env: dict[str, str], size: tuple[int, int], encoding: str, ill: set[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", Screen(encoding))
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size(size))
    assert {one.what for one in doctor.check_terminal(env) if not one.well} == ill
    said = " ".join(one.says for one in doctor.check_terminal(env))
    assert ("TERM is not set" in said) == (not env)
