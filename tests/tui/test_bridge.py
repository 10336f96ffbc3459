"""The bridge: events of a child process, and seeds that change on disk."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest
from textual.message import Message

from newsdesk.refresh.events import (
    CommentsRead,
    FilesRead,
    Finished,
    SourceDone,
    Started,
    Stored,
    StoriesKept,
    Tagged,
    WordsFilled,
)
from tui.messages import RefreshFailed, RefreshFinished, RefreshMoved, RefreshStarted, StepMoved, StoriesStored
from tui.outside.bridge import SeedWatch, look_at, read_event, run_refresh


def _child(script: str) -> list[str]:
    return [sys.executable, "-c", script]


async def _run(script: str) -> tuple[int | None, list[Message]]:
    posted: list[Message] = []
    return await run_refresh(_child(script), posted.append), posted


def test_events_of_the_core_become_messages() -> None:
    source = {"id": "x", "status": "failed", "error": "no", "path": "/a", "new": 4, "changed": 2}
    pairs = [
        (Started("2026-03-04T08:00:00Z", 3), RefreshStarted(3)),
        (SourceDone(1, 3, source), RefreshMoved(1, 3, "x", "no", "failed", 4, 2)),
        (Stored(2, 1), StoriesStored(2, 1)),
        (Tagged(500, 900), StepMoved(500, 900, "stories labelled", changes=True)),
        (FilesRead(100, 250), StepMoved(100, 250, "files read")),
        (StoriesKept(1_100, 250_000), StepMoved(1_100, 250_000, "stories stored")),
        (CommentsRead(512, 20_000), StepMoved(512, 20_000, "comments read")),
        (WordsFilled(1_000, 9_000), StepMoved(1_000, 9_000, "stories in the new search index")),
        (Finished({"version": 1}), RefreshFinished({"version": 1})),
    ]
    for event, message in pairs:
        read = read_event(json.dumps(event.to_json()).encode())
        assert type(read) is type(message)
        assert {k: v for k, v in vars(read).items() if not k.startswith("_")} == {
            k: v for k, v in vars(message).items() if not k.startswith("_")
        }


@pytest.mark.parametrize(
    "line",
    [b"", b"{", b"[]", b"3", b'{"event":"new kind"}', b'{"event":"started"}', b"\xff\xfe", b"[" * 100_000],
)
def test_lines_that_are_no_events_are_passed_over(line: bytes) -> None:
    assert read_event(line) is None


async def test_a_refresh_posts_its_events_and_its_end() -> None:
    code, posted = await _run(
        'import sys;sys.stderr.write(\'noise\\n\'*9999);print(\'{"event":"stored","new":1,"changed":0}\');print(\'rubbish\');'
        'print(\'{"event":"finished","report":{}}\');sys.exit(3)'
    )
    assert code == 3
    assert [type(message) for message in posted] == [StoriesStored, RefreshFinished]


async def test_a_refresh_that_dies_says_its_last_line() -> None:
    code, posted = await _run("import sys;sys.stderr.write('newsdesk: disk full\\n');sys.exit(1)")
    assert code == 1
    assert [m.why for m in posted if isinstance(m, RefreshFailed)] == ["disk full"]


async def test_a_locked_archive_is_explained() -> None:
    held = "newsdesk: another refresh is running (process 9, since 2026-01-31T09:30:00Z): /x/refresh.lock is locked"
    _, posted = await _run(f"import sys;sys.stderr.write({held!r});sys.exit(5)")
    assert posted == [RefreshFailed("another refresh is running; what it brings appears here", elsewhere=True)]


async def test_a_line_beyond_the_limit_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.outside.bridge.LONGEST_LINE_BYTES", 1000)
    _, posted = await _run('print(\'x\'*50000);print(\'{"event":"finished","report":{}}\')')
    assert isinstance(posted[-1], RefreshFinished)


async def test_cancelling_stops_the_child() -> None:
    posted: list[Message] = []
    started = asyncio.Event()

    def post(message: Message) -> None:
        posted.append(message)
        started.set()

    script = 'import time,os;print(\'{"event":"started","sources":%d}\' % os.getpid(),flush=True);time.sleep(600)'
    task = asyncio.ensure_future(run_refresh(_child(script), post))
    async with asyncio.timeout(60):
        await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert isinstance(posted[0], RefreshStarted)
    assert isinstance(posted[-1], RefreshFailed)
    assert posted[-1].why == ""
    with pytest.raises(ProcessLookupError):
        os.kill(posted[0].sources, 0)


async def test_a_refresh_that_is_stopped_while_it_starts_has_ended() -> None:
    posted: list[Message] = []
    task = asyncio.ensure_future(run_refresh(_child("import time; time.sleep(600)"), posted.append))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [type(message) for message in posted] == [RefreshFailed]


def test_changes_are_told_once_and_only_when_settled(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    watch = SeedWatch([str(tmp_path), str(tmp_path / "missing")])
    assert [watch.changed() for _ in range(3)] == [False, False, False]
    (tmp_path / "a.txt").write_text("longer now")
    assert [watch.changed() for _ in range(3)] == [False, True, False], "first seen, then settled, then known"
    (tmp_path / ".hidden").write_text("changed")
    assert [watch.changed() for _ in range(3)] == [False, False, False]
    (tmp_path / "a.txt").unlink()
    assert [watch.changed() for _ in range(3)] == [False, True, False]
    assert look_at([str(tmp_path)]) == {}
