"""Commands on a disk that is really full, or can only be read: a small one in memory, where this user may mount one."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from newsdesk.archive.compile import Context
from newsdesk.archive.store import Store
from newsdesk.person.marks import Marks
from tests.cli.conftest import Run, write_jsonl

MB = 2**20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if mount is None or subprocess.run([mount, "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("left", [(), ("archive",), ("archive", "marks")])
def test_a_disk_that_can_only_be_read_shows_what_was_left_in_the_log_too(
    archive: Path, small_disk: Path, left: Sequence[str]
) -> None:
    data = small_disk / "data"
    data.mkdir()
    with contextlib.ExitStack() as opened:
        store = opened.enter_context(contextlib.closing(Store(archive / "archive.sqlite3", archive / "marks.sqlite3")))
        with store.writing() as connection:
            connection.execute("UPDATE story SET source = 'Late Wire'")
        marks = opened.enter_context(contextlib.closing(Marks(archive / "marks.sqlite3", archive / "archive.sqlite3")))
        assert marks.mark(None, True, Context()) == 3
        for file in archive.iterdir():
            if not file.name.endswith(("-shm", "-wal")) or file.name.removesuffix(".sqlite3-wal") in left:
                shutil.copy(file, data)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    store = Store(data / "archive.sqlite3", data / "marks.sqlite3", readonly=True)
    with contextlib.closing(store), store.reading() as connection:
        sources = {source for (source,) in connection.execute("SELECT source FROM story")}
        read = connection.execute("SELECT count(*) FROM read_mark").fetchone()[0]
    assert sources == ({"Late Wire"} if left else {"Harbour Wire", "Kansai Evening"})
    assert read == (3 if "marks" in left else 0)
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)


def fill(disk: Path) -> Path:
    """A file that takes all the room there is."""
    filler = disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(MB)):
            pass
    assert shutil.disk_usage(disk).free == 0
    return filler


def test_a_full_disk_is_read_and_copied_and_filled_further_when_there_is_room(
    newsdesk: Run, archive: Path, small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = small_disk / "data"
    shutil.copytree(archive, data)
    monkeypatch.setenv("NEWSDESK_DATA", str(data))
    story = {
        "id": "k9",
        "title": "Osaka bakers win a prize",
        "body": ["Two bakers won it for rye."],
        "source": "Bread",
    }
    seeds = str(write_jsonl(tmp_path / "more.jsonl", [story]))
    filler = fill(small_disk)
    listed = newsdesk("list")
    assert (listed.code, len(listed.lines())) == (0, 3)
    assert newsdesk("show", listed.lines()[0]["id"]).code == 0
    refreshed = newsdesk("refresh", "--seeds", seeds)
    assert refreshed.code == 1
    assert f"the disk is full; free 20 MB or more on the disk that {data} is on" in refreshed.told
    assert newsdesk("backup", str(tmp_path / "copy.tar.gz")).code == 0
    filler.unlink()
    assert newsdesk("refresh", "--seeds", seeds).code == 0
    assert len(newsdesk("list").lines()) == 4


def test_a_copy_or_an_export_that_has_no_place_says_why_and_what_helps(newsdesk: Run, archive: Path, small_disk: Path) -> None:
    fill(small_disk)
    copy, page = small_disk / "copy.tar.gz", small_disk / "page.md"
    assert (
        f"{copy}: the disk is full; free 20 MB or more on the disk that {small_disk} is on"
        in newsdesk("backup", str(copy)).told
    )
    no_room = f"newsdesk: {page}: No space left on device; free some space, or write to another place\n"
    assert newsdesk("export", "--output", str(page)).told == no_room
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    for command, place in ((["backup"], copy), (["export", "--output"], page)):
        done = newsdesk(*command, str(place))
        assert (done.code, done.told) == (1, f"newsdesk: {place}: Read-only file system; write to another place\n")
    assert [path.name for path in small_disk.iterdir()] == ["filler"]
