"""`newsdesk backup`: a whole archive again, beside others that run, were stopped or killed."""

from __future__ import annotations

import gzip  # noqa: F401 - another person may not be able to read where it is
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
import types
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("archive")


def test_a_backup_is_an_archive_again(newsdesk: Run, tmp_path: Path) -> None:
    newsdesk("mark", "star", "Kyoto")
    copy = tmp_path / "copy.tar.gz"
    assert newsdesk("backup", str(copy)).text == f"{copy}\n"
    assert copy.stat().st_mode & 0o077 == 0, "settings may hold passwords"
    with tarfile.open(copy) as tar:
        if hasattr(tarfile, "data_filter"):  # from 3.11.4 on
            tar.extractall(tmp_path / "back", filter="data")
        else:
            tar.extractall(tmp_path / "back")
    back = str(tmp_path / "back" / "newsdesk")
    assert len(newsdesk("list", "--data", back).lines()) == 3
    assert len(newsdesk("list", "is:starred", "--data", back).lines()) == 1
    twice = newsdesk("backup", str(copy))
    assert twice.code == 2
    assert "is there already" in twice.told
    assert newsdesk("backup", str(tmp_path / "no" / "copy")).code == 2
    assert newsdesk("backup", str(tmp_path / "x"), "--data", str(tmp_path / "empty")).code == 2
    assert not list(tmp_path.glob(".newsdesk-backup*"))


def test_what_is_a_link_is_in_the_copy_as_what_it_leads_to(newsdesk: Run, archive: Path, tmp_path: Path) -> None:
    """Settings and notebook may lie with a person's other settings: a link alone would restore nothing."""
    newsdesk("mark", "star", "Kyoto")
    kept = tmp_path / "dotfiles"
    kept.mkdir()
    (kept / "desk.toml").write_text('seeds = ["news"]\n')
    (archive / "notebook.json").rename(kept / "notes.json")
    (archive / "notebook.json").symlink_to(kept / "notes.json")
    (tmp_path / "config.toml").symlink_to(kept / "desk.toml")
    copy = tmp_path / "copy.tar.gz"
    assert newsdesk("backup", str(copy), "--config", str(tmp_path / "config.toml")).code == 0
    with tarfile.open(copy) as tar:
        held = {member.name: member for member in tar}
        settings = tar.extractfile(held["newsdesk/config.toml"])
        assert settings is not None
        assert settings.read() == b'seeds = ["news"]\n'
    assert [name for name, member in held.items() if not (member.isfile() or member.isdir())] == []


def test_a_backup_that_is_stopped_while_it_tidies_up_has_tidied_up(
    newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove = shutil.rmtree

    def remove_late(*words: Any, **options: Any) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        remove(*words, **options)

    monkeypatch.setattr("shutil.rmtree", remove_late)
    place = tmp_path / "copies"
    place.mkdir()
    assert newsdesk("backup", str(place / "copy.tar.gz")).code == 128 + signal.SIGTERM
    assert [path.name for path in place.iterdir()] == ["copy.tar.gz"]


STOP_WHILE_PACKING = """
import sys, tarfile
def stop(*_, **__):
    print("packing", flush=True)
    sys.stdin.read()
tarfile.open = stop
from newsdesk.cli import main
main(sys.argv[1:])
"""


def test_what_a_backup_left_that_was_killed_goes_with_the_next_one_and_what_one_that_runs_has_stays(
    newsdesk: Run, archive: Path, tmp_path: Path
) -> None:
    place = tmp_path / "copies"
    place.mkdir()
    words = [sys.executable, "-P", "-c", STOP_WHILE_PACKING, "backup", str(place / "never.tar.gz")]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"packing\n"
        (left,) = place.iterdir()
        prefix = left.name[: left.name.rindex("-")]
        (place / f"{prefix}-empty").mkdir()
        (place / f"{prefix}-killed-at-once").mkdir()
        os.utime(place / f"{prefix}-killed-at-once", (time.time() - 4000,) * 2)
        (place / f"{prefix}-own" / "newsdesk").mkdir(parents=True)
        (place / f"{prefix}-own" / "letters").mkdir()
        (tmp_path / "elsewhere" / "newsdesk").mkdir(parents=True)
        (place / f"{prefix}-link").symlink_to(tmp_path / "elsewhere")
        names = sorted(path.name for path in place.iterdir())
        assert newsdesk("backup", str(place / "first.tar.gz")).code == 0
        names.remove(f"{prefix}-killed-at-once")
        assert sorted(path.name for path in place.iterdir()) == [*names, "first.tar.gz"]
        assert sorted(path.name for path in left.iterdir()) == ["newsdesk", "packed"]
        other.kill()
    assert left.exists()
    assert newsdesk("backup", str(place / "second.tar.gz")).code == 0
    names.remove(left.name)
    assert sorted(path.name for path in place.iterdir()) == [*names, "first.tar.gz", "second.tar.gz"]


KILLED_WHILE_OPENING = """
import os, signal, sys
from newsdesk.commands.session import Session
Session.open_desk = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
from newsdesk.cli import main
main(sys.argv[1:])
"""


def test_what_a_backup_left_that_was_killed_before_there_was_a_copy_goes_with_the_next_one_too(
    newsdesk: Run, tmp_path: Path
) -> None:
    place = tmp_path / "copies"
    place.mkdir()
    words = [sys.executable, "-P", "-c", KILLED_WHILE_OPENING, "backup", str(place / "never.tar.gz")]
    assert subprocess.run(words, check=False, timeout=120).returncode == -signal.SIGKILL
    assert len(list(place.iterdir())) == 1
    assert newsdesk("backup", str(place / "copy.tar.gz")).code == 0
    assert [path.name for path in place.iterdir()] == ["copy.tar.gz"]


def test_a_backup_onto_a_disk_without_links(newsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    copy = tmp_path / "copy.tar.gz"
    assert newsdesk("backup", str(copy)).code == 0
    assert copy.stat().st_mode & 0o077 == 0
    assert tarfile.is_tarfile(copy)
    assert newsdesk("backup", str(copy)).code == 2


def test_a_backup_from_a_disk_that_nobody_can_write(
    newsdesk: Run, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsdesk("mark", "star", "Kyoto")
    log = sqlite3.connect(archive / "archive.sqlite3")  # open, so that what is written next stays in the log
    log.execute("SELECT 1 FROM story").fetchone()
    newsdesk("forget", "--yes", newsdesk("list", "-is:starred").lines()[0]["id"])
    assert (archive / "archive.sqlite3-wal").stat().st_size > 0
    flags, real = os.ST_RDONLY, os.statvfs
    monkeypatch.setattr(os, "statvfs", lambda place: types.SimpleNamespace(f_flag=flags) if place == archive else real(place))
    monkeypatch.setattr("newsdesk.commands.session.Session.open_desk", lambda *_, **__: pytest.fail("it can't be opened"))
    copy = tmp_path / "copy.tar.gz"
    assert newsdesk("backup", str(copy)).code == 0
    log.close()
    monkeypatch.undo()
    with tarfile.open(copy) as tar:
        assert all(entry.mode & 0o077 == 0 for entry in tar.getmembers())
        tar.extractall(tmp_path / "back")
    back = str(tmp_path / "back" / "newsdesk")
    assert len(newsdesk("list", "--data", back).lines()) == 2
    assert len(newsdesk("list", "is:starred", "--data", back).lines()) == 1


@pytest.mark.parametrize("is_open", [False, True])
def test_a_backup_by_someone_who_may_only_read(
    newsdesk: Run, archive: Path, monkeypatch: pytest.MonkeyPatch, is_open: bool
) -> None:
    newsdesk("mark", "star", "Kyoto")
    newsdesk("mark", "read", "Kyoto")
    with tempfile.TemporaryDirectory() as place, ExitStack() as reading:
        data, copies = Path(place) / "data", Path(place) / "copies"
        shutil.copytree(archive, data)
        copies.mkdir()
        monkeypatch.setenv("XDG_CONFIG_HOME", str(copies))
        if is_open:
            for name in ("archive.sqlite3", "marks.sqlite3"):
                connection = reading.enter_context(closing(sqlite3.connect(data / name)))
                connection.execute("SELECT * FROM sqlite_master").fetchone()
        for path in (Path(place), *data.iterdir()):
            path.chmod(0o555 if path.is_dir() else 0o444)
        data.chmod(0o555)
        copies.chmod(0o777)
        with as_another_person():
            done = newsdesk("backup", str(copies / "copy.tar.gz"), "--data", str(data))
        data.chmod(0o755)
        assert (done.code, done.told) == (0, "")
        with tarfile.open(copies / "copy.tar.gz") as tar:
            tar.extractall(Path(place) / "back")
        back = str(Path(place) / "back" / "newsdesk")
        assert len(newsdesk("list", "--data", back).lines()) == 3
        assert len(newsdesk("list", "is:starred is:read", "--data", back).lines()) == 1
        reading.close()


@contextmanager
def as_another_person() -> Iterator[None]:
    """Without the superuser's rights, where the tests have them."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
