"""The desk's files: damaged, foreign, newer, unwritable, on a full disk, copied; read by others and by threads meanwhile."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from newsdesk.archive.files import compact
from newsdesk.archive.schema import VERSION
from newsdesk.archive.store import Store
from newsdesk.errors import StorageError, UsageError
from newsdesk.person.marks import Marks
from tests.unit.desks import ALL, QUAKE, assert_well, make_story, open_desk, paths


def test_version_sees_every_change_of_others(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, open_desk(tmp_path) as other:
        seen = [desk.version()]
        for change in (
            lambda: other.keep(ALL),
            lambda: other.mark("", "read"),
            lambda: other.follow("topic:sport"),
            lambda: other.keep([make_story("9", "One more", "Of its own kind.")]),
            lambda: other.look(),
            lambda: other.undo(),
        ):
            change()
            seen.append(desk.version())
        assert seen == sorted(set(seen))
        assert desk.version() == seen[-1]


@pytest.mark.parametrize("name", ["archive", "marks"])
def test_who_makes_a_file_waits_for_another_who_makes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    file: Path = getattr(paths(tmp_path), name)
    file.parent.mkdir(parents=True)
    file.touch(0o600)
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr("newsdesk.archive.files.sleep", lambda _: other.rollback())
        with open_desk(tmp_path) as desk:
            desk.keep(QUAKE)
            assert_well(desk)


def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(QUAKE)
        answers: list[int] = []
        with desk.store.writing() as connection:
            connection.execute("UPDATE story SET heading = 'being written'")
            for _ in range(3):
                reader = threading.Thread(target=lambda: answers.append(desk.count("kamikawa")))
                reader.start()
                reader.join(timeout=30)
            marker = threading.Thread(target=lambda: answers.append(desk.mark("kamikawa", "read")))
            marker.start()
            marker.join(timeout=30)
        assert answers == [2, 2, 2, 2]


def test_threads_share_a_desk(tmp_path: Path) -> None:
    failures: list[BaseException] = []
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)

        def work(number: int) -> None:
            try:
                for at in range(8):
                    desk.keep([make_story(f"{number}-{at}", f"Item {number} {at}", f"w{number}x{at} y{number}z{at} a b c{at}")])
                    desk.rows("item", limit=5)
                    desk.mark(desk.ids("item is:unread", limit=1), "read")
            except BaseException as failure:
                failures.append(failure)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert desk.count() == 36
        assert_well(desk)


def test_reading_only_makes_nothing(tmp_path: Path) -> None:
    with open_desk(tmp_path, readonly=True) as desk:
        assert (desk.count(), desk.rows(), desk.storylines(), desk.follows(), desk.sections().total) == (0, [], [], [], 0)
        with pytest.raises(StorageError, match="reading only"):
            desk.mark("", "read")
    assert list(tmp_path.iterdir()) == []


def test_files_are_private(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        desk.follow("sport")
        for file in (tmp_path / "data").iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["archive.sqlite3", "marks.sqlite3", "notebook.json"])
@pytest.mark.parametrize("content", [b"rubbish " * 1000, b"SQLite format 3\0" + b"\xff" * 5000, b"[1, 2]"])
def test_damaged_files_are_named(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / name).write_bytes(content)
    with pytest.raises(StorageError, match=name) as caught, open_desk(tmp_path) as desk:
        desk.keep(ALL)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["archive.sqlite3", "marks.sqlite3"])
@pytest.mark.parametrize("where", ["schema", "pages"])
def test_of_two_files_the_damaged_one_is_named(tmp_path: Path, name: str, where: str) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        desk.mark("", "read")
    file = tmp_path / "data" / name
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # else what is in the log would be read
    data = file.read_bytes()
    page = int.from_bytes(data[16:18], "big")
    if where == "schema":
        file.write_bytes(data[:page].replace(b"CREATE TABLE", b"CREATE \xae\xae\xae\xae\xae") + data[page:])
    else:
        file.write_bytes(data[: 3 * page] + b"\xff" * (len(data) - 3 * page))
    with pytest.raises(StorageError, match=rf"{name}: it is damaged"), open_desk(tmp_path) as desk:
        desk.sections()


def test_an_archive_that_a_newer_newsdesk_took_over_is_left_alone_by_who_had_it_open(tmp_path: Path) -> None:
    """A dashboard stays open for days, and a refresh of cron's is of the version that was installed since."""
    with open_desk(tmp_path) as desk:
        (story,) = desk.keep(QUAKE[:1]).new
        file = desk.store.path
        with contextlib.closing(sqlite3.connect(file)) as connection:
            connection.execute(f"PRAGMA user_version = {VERSION + 1}")
        for touch in (lambda: desk.keep(ALL), lambda: desk.forget([story]), desk.count, lambda: desk.rows("quake")):
            with pytest.raises(StorageError, match=r"newer newsdesk .* start it again"):
                touch()
        with contextlib.closing(sqlite3.connect(file)) as connection:
            assert connection.execute("SELECT count(*) FROM story").fetchone() == (1,)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        assert desk.count() == 1


def test_a_newer_archive_is_left_alone(tmp_path: Path) -> None:
    with open_desk(tmp_path):
        pass
    file = paths(tmp_path).archive
    with sqlite3.connect(file) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(StorageError, match=r"archive\.sqlite3: written by a newer newsdesk .* update newsdesk"):
        open_desk(tmp_path)


def test_another_database_is_not_taken_over(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    connection = sqlite3.connect(paths(tmp_path).archive)
    connection.execute("CREATE TABLE mine (x)")
    connection.commit()
    connection.close()
    with pytest.raises(StorageError, match="not a newsdesk archive"):
        open_desk(tmp_path)


def test_a_limit_of_open_files_that_is_too_low_is_named(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.ExitStack() as opened:
        opened.callback(resource.setrlimit, resource.RLIMIT_NOFILE, before)
        resource.setrlimit(resource.RLIMIT_NOFILE, (60, before[1]))
        last = opened.enter_context(Path(os.devnull).open())
        with contextlib.suppress(OSError):
            while True:
                last = opened.enter_context(Path(os.devnull).open())
        last.close()
        with pytest.raises(StorageError, match="may open 60 files at once; try ulimit -n"):
            open_desk(tmp_path)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(StorageError, match="data"):
        open_desk(tmp_path)


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(QUAKE)
        with desk.store.writing() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA main.max_page_count = {pages}")
        long = make_story("77", "Long", *(f"paragraph{number} " * 50 for number in range(200)))
        with pytest.raises(StorageError, match="disk is full"):
            desk.keep([long])
        assert desk.count() == 2
        assert_well(desk)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_can_only_be_read(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
    folder = tmp_path / "data"
    folder.chmod(0o500)
    try:
        with open_desk(tmp_path, readonly=True) as desk:
            assert desk.count() == 4
    finally:
        folder.chmod(0o700)


def test_making_a_file_smaller_leaves_versions_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    """Alerts go by it; SQLite promises it for no table without a key of its own."""
    with open_desk(tmp_path) as desk:
        stories = [make_story(str(at), f"Story {at * 7 % 40}", "It is long. " * 400) for at in range(40)]
        ids = desk.keep(stories).new
        desk.keep([story.with_(body=(*story.body, "More.")) for story in reversed(stories)])
        desk.forget([one for at, one in enumerate(ids) if at % 4])
        sql = "SELECT rowid, story, n FROM revision ORDER BY rowid"
        with desk.store.reading() as connection:
            before = connection.execute(sql).fetchall()
        assert compact(paths(tmp_path).archive) > 0
        with desk.store.reading() as connection:
            assert connection.execute(sql).fetchall() == before
        assert [place for place, *_ in before] != list(range(1, len(before) + 1))


def test_backup_is_a_whole_copy(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep(ALL)
        desk.mark("russia", "read")
        desk.follow("sport")
        desk.backup(str(tmp_path / "copy"))
        with pytest.raises(UsageError, match="not empty"):
            desk.backup(str(tmp_path / "copy"))
    shutil.rmtree(tmp_path / "data")
    (tmp_path / "copy").rename(tmp_path / "data")
    with open_desk(tmp_path) as desk:
        assert (desk.count(), desk.count("is:read"), len(desk.follows())) == (4, 1, 1)


def test_a_desk_that_can_not_be_opened_leaves_nothing_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Marks] = []
    meet = Marks.meet_archive

    def fail(marks: Marks) -> None:
        opened.append(marks)
        meet(marks)
        raise StorageError("the disk fails")

    monkeypatch.setattr(Marks, "meet_archive", fail)
    with pytest.raises(StorageError, match="the disk fails"):
        open_desk(tmp_path)
    assert [marks._connection for marks in opened] == [None]


def test_on_a_full_disk_a_reader_does_not_overlook_what_is_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([make_story("1", "Quake in Chile", "The ground shook.")])
    tried: list[str] = []

    def fail(store: Store, mode: str) -> sqlite3.Connection:
        tried.append(mode)
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(Store, "_open_pair", fail)
    with pytest.raises(StorageError, match="free space"):
        open_desk(tmp_path, readonly=True)
    assert tried == ["ro"]


WRITE_A_LONG_LOG = """
import os, signal, sys
from pathlib import Path
from newsdesk.archive.store import Store
store = Store(Path(sys.argv[1]), Path(sys.argv[2]))
with store.writing() as connection:
    connection.execute("INSERT INTO source_state VALUES ('long', NULL, NULL, NULL, NULL, ?)", ('"%s"' % ("x" * 20_000_000),))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_nobody_who_opens_an_archive_waits_for_the_long_log_of_one_who_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_desk(tmp_path).close()
    archive = paths(tmp_path).archive
    words = [sys.executable, "-P", "-c", WRITE_A_LONG_LOG, str(archive), str(paths(tmp_path).marks)]
    assert subprocess.run(words, check=False, timeout=60).returncode == -signal.SIGKILL
    log, opened, empty = archive.with_name("archive.sqlite3-wal"), threading.Event(), Store._let_go

    def empty_later(store: Store, connection: sqlite3.Connection) -> None:
        assert opened.wait(60)
        empty(store, connection)

    monkeypatch.setattr(Store, "_let_go", empty_later)
    with open_desk(tmp_path) as desk, open_desk(tmp_path, lean=True):
        assert archive.stat().st_size < 20_000_000 < log.stat().st_size
        assert [state.id for state in desk.feed_states()] == ["long"]
        opened.set()
        for thread in threading.enumerate():
            if thread.name == "archive log":
                thread.join(60)
        assert archive.stat().st_size > 20_000_000
    assert not log.exists()


def test_a_long_log_does_not_stay_while_others_have_the_archive_open(tmp_path: Path) -> None:
    log = paths(tmp_path).archive.with_name("archive.sqlite3-wal")
    with open_desk(tmp_path) as desk:
        assert desk.count() == 0
        with open_desk(tmp_path) as refresh, refresh.store.writing() as connection:
            connection.execute("INSERT INTO source_state VALUES ('long', NULL, NULL, NULL, NULL, ?)", ("x" * 20_000_000,))
        assert log.stat().st_size > 20_000_000
        with open_desk(tmp_path) as refresh:
            refresh.keep(QUAKE)
        assert log.stat().st_size <= 2**24  # what is written next takes its place, and the rest of it goes
        assert desk.count() == len(QUAKE)
