"""A disk without room: what is stored can be read, changes say what helps and lose nothing, and go on when there is room."""

from __future__ import annotations

import contextlib
import resource
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import SimpleNamespace

import pytest

from newsdesk.errors import FullDiskError
from tests.unit.desks import ALL, QUAKE, assert_well, make_story, open_desk

FullDisk = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> FullDisk:
    """No file of this process can grow: SQLite fails as it does on a full disk, and the disk says that it has no room."""

    @contextlib.contextmanager
    def full() -> Iterator[None]:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        with monkeypatch.context() as patched:
            patched.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
            try:
                yield
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return full


@pytest.mark.parametrize("readonly", [True, False])
def test_what_is_stored_is_read_on_a_full_disk(tmp_path: Path, full_disk: FullDisk, readonly: bool) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        desk.mark("russia", "read")
    with full_disk(), open_desk(tmp_path, readonly=readonly) as desk:
        assert (desk.count(), desk.count("is:read")) == (4, 1)
        assert all(desk.story(story) for story in desk.ids(""))


def test_threads_take_turns_in_reading_on_a_full_disk(tmp_path: Path, full_disk: FullDisk) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
    found: list[int] = []
    with full_disk(), open_desk(tmp_path) as desk, open_desk(tmp_path, readonly=True) as other:

        def read() -> None:
            for _ in range(20):
                with desk.store.reading():
                    found.append(desk.count())

        threads = [threading.Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert other.count() == 4
    assert found == [4] * 60


def test_what_is_in_a_log_that_was_left_is_read_on_a_full_disk(tmp_path: Path, full_disk: FullDisk) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        for file in ("archive.sqlite3", "archive.sqlite3-wal", "marks.sqlite3", "marks.sqlite3-wal"):
            (tmp_path / "left" / "data").mkdir(parents=True, exist_ok=True)
            shutil.copy(tmp_path / "data" / file, tmp_path / "left" / "data")
    with full_disk(), open_desk(tmp_path / "left", readonly=True) as desk:
        assert desk.count() == 4


def test_changes_say_what_helps_and_go_on_when_there_is_room(tmp_path: Path, full_disk: FullDisk) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(QUAKE)
    says = f"marks.sqlite3: the disk is full; free 20 MB or more on the disk that {tmp_path / 'data'} is on"
    with contextlib.ExitStack() as opened:
        with full_disk():
            desk = opened.enter_context(open_desk(tmp_path))
            with pytest.raises(FullDiskError, match=says):
                desk.mark("", "read")
            with pytest.raises(FullDiskError, match="the disk is full"):
                desk.keep([make_story("9", "One more", "Of its own kind.")])
            assert (desk.count(), desk.count("is:read")) == (2, 0)
        desk.mark("", "read")
        desk.keep([make_story("9", "One more", "Of its own kind.")])
        assert (desk.count(), desk.count("is:read")) == (3, 2)
        assert_well(desk)


def test_marks_that_could_not_be_made_are_made_when_there_is_room(tmp_path: Path, full_disk: FullDisk) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(QUAKE)
    (tmp_path / "data" / "marks.sqlite3").unlink()
    with contextlib.ExitStack() as opened:
        with full_disk():
            desk = opened.enter_context(open_desk(tmp_path))
            assert desk.count("is:unread") == 2
        desk.mark("", "read")
        with open_desk(tmp_path) as other:
            assert other.count("is:read") == 2


def test_an_archive_that_was_not_made_yet_says_that_the_disk_is_full(tmp_path: Path, full_disk: FullDisk) -> None:
    with full_disk(), pytest.raises(FullDiskError, match="the disk is full"):
        open_desk(tmp_path)
    with open_desk(tmp_path) as desk:
        desk.keep(QUAKE)
        assert desk.count() == 2


@pytest.mark.parametrize("where", ["newsdesk.archive.store.attach", "newsdesk.person.marks.attach"])
def test_what_could_be_opened_by_half_only_is_opened_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    def change() -> None:
        desk.keep(ALL)
        desk.mark("", "read")

    with open_desk(tmp_path) as desk:
        desk.marks.close()  # as where nothing had to be counted anew
        with monkeypatch.context() as patched:
            patched.setattr(where, fail)
            with pytest.raises(FullDiskError):
                change()
        change()
        assert desk.count("is:read") == 4
        assert_well(desk)
