"""A file is written whole or not at all, and nothing lies about where the writer was killed."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdesk.whole_file import write_whole

KILLED = """
import os, signal, sys
from pathlib import Path
from newsdesk.whole_file import write_whole

def pieces():
    yield b"half" * 10_000
    os.kill(os.getpid(), signal.SIGKILL)

write_whole(Path(sys.argv[1]), pieces())
"""


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_new_file_and_one_that_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / ("long name " * 25)
    write_whole(path, [b"one ", b"two"])
    path.chmod(0o640)
    write_whole(path, [b"three"])
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"three", 0o640)
    assert names_in(tmp_path) == [path.name]


def test_a_link_stays_one_and_the_file_that_it_leads_to_is_replaced(tmp_path: Path) -> None:
    """As people have it who keep their files elsewhere."""
    for name in ("file", "other"):
        (tmp_path / "kept").mkdir(exist_ok=True)
        real, link = tmp_path / "kept" / name, tmp_path / name
        link.symlink_to(Path("kept") / name)
        write_whole(link, [b"made"])
        real.chmod(0o640)
        write_whole(link, [b"again"])
        assert (link.is_symlink(), real.read_bytes(), real.stat().st_mode & 0o777) == (True, b"again", 0o640)
    assert names_in(tmp_path / "kept") == ["file", "other"] or names_in(tmp_path / "kept") == ["other", "file"]


def test_what_is_looked_at_last_may_keep_the_old_one(tmp_path: Path) -> None:
    def refuse() -> None:
        assert path.read_bytes() == b"old"
        raise RuntimeError

    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError):
        write_whole(path, [b"fresh"], last=refuse)
    assert (path.read_bytes(), names_in(tmp_path)) == (b"old", ["file"])


@pytest.mark.parametrize("unnamed", [True, False])
def test_who_writes_alone_writes_over_what_one_who_was_killed_has_left(
    tmp_path: Path, unnamed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not unnamed:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    (tmp_path / ".file.new").write_bytes(b"half")
    write_whole(tmp_path / "file", [b"one"], alone=True)
    assert names_in(tmp_path) == ["file"]


def test_one_that_fails_leaves_the_old_file_alone(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError

    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError):
        write_whole(path, pieces())
    assert (path.read_bytes(), names_in(tmp_path)) == (b"old", ["file"])


def test_it_is_on_the_disk_before_it_takes_the_old_ones_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    synced: list[tuple[bytes | str, bytes]] = []

    def note(number: int) -> None:
        told = os.fstat(number)
        what = "folder" if stat.S_ISDIR(told.st_mode) else b"fresh text"[: told.st_size]
        synced.append((what, path.read_bytes()))

    monkeypatch.setattr(os, "fsync", note)
    write_whole(path, [b"fresh ", b"text"])
    first, last = synced
    assert first == (b"fresh text", b"old"), "else a power cut leaves an empty file"
    assert last == ("folder", b"fresh text"), "or the old one, of which it was said that it is another by now"


@pytest.mark.parametrize("unnamed", [True, False])
def test_a_link_that_lies_in_wait_is_not_written_through(
    tmp_path: Path, unnamed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not unnamed:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    victim, path = tmp_path / "victim", tmp_path / "file"
    victim.write_bytes(b"theirs")
    (tmp_path / f".newsdesk.{os.getpid()}.new").symlink_to(victim)
    write_whole(path, [b"ours"])
    assert (victim.read_bytes(), path.read_bytes()) == (b"theirs", b"ours")
    assert sorted(names_in(tmp_path)) == ["file", "victim"]


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="only Linux has files without a name")
@pytest.mark.parametrize("there", [False, True])
def test_one_who_is_killed_leaves_nothing(tmp_path: Path, there: bool) -> None:
    path = tmp_path / "file"
    if there:
        path.write_bytes(b"old")
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert names_in(tmp_path) == (["file"] if there else [])
    assert not there or path.read_bytes() == b"old"


def test_where_there_are_no_unnamed_files_it_is_whole_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    write_whole(tmp_path / "file", [b"one"])
    assert ((tmp_path / "file").read_bytes(), names_in(tmp_path)) == (b"one", ["file"])
