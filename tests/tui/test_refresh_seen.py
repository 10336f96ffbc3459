"""A refresh as the dashboard shows it: progress, what could not be read, stopping it, and faults of the desk."""

from __future__ import annotations

import contextlib
import sys

import pytest
from textual.worker import WorkerCancelled

from tests.tui.conftest import Open
from tests.tui.fake_desk import FakeDesk


async def test_refresh_shows_progress_stores_and_ends(newsroom: Open, desk: FakeDesk) -> None:
    script = (
        "import json;p=lambda **k:print(json.dumps(k),flush=True);"
        "p(event='started',started='',sources=2);p(event='stored',new=1,changed=0);"
        "p(event='source',done=1,of=2,source={'id':'a.txt','status':'failed','error':'not UTF-8'});"
        "p(event='finished',report={'sources':[{'id':'a.txt','status':'failed','error':'not UTF-8'}],"
        "'stories':{'new':1,'changed':0}})"
    )
    async with newsroom(refresh_command=[sys.executable, "-c", script]) as room:
        await room.app.workers.wait_for_complete()
        await room.settle()
        assert not room.screen.refreshing
        assert "refreshed: 1 new, 0 changed; failed: a.txt: not UTF-8" in room.status


async def test_what_could_not_be_read_stays_to_be_seen(newsroom: Open, desk: FakeDesk) -> None:
    script = (
        "import json;p=lambda **k:print(json.dumps(k),flush=True);p(event='started',started='',sources=2);"
        "p(event='source',done=1,of=2,source={'id':'a.txt','status':'failed','error':'not UTF-8'});"
        "p(event='finished',report={'sources':[],'stories':{'new':0,'changed':0}})"
    )
    for stands in (desk, FakeDesk([])):
        async with newsroom(refresh_command=[sys.executable, "-c", script], desk=stands) as room:
            await room.app.workers.wait_for_complete()
            await room.settle()
            room.screen.hush()
            await room.settle()
            assert "1 failed (9)" in room.text
            assert ("One source could not be read." in room.text) == (stands is not desk)
            assert ("9 shows which and why" in room.text) == (stands is not desk)


async def test_refresh_can_be_stopped(newsroom: Open) -> None:
    script = "import time,json;print(json.dumps({'event':'started','started':'','sources':9}),flush=True);time.sleep(600)"
    async with newsroom(refresh_command=[sys.executable, "-c", script]) as room:
        screen = room.screen
        assert screen.refreshing
        assert "c stops" in room.text
        await room.press("slash")
        await room.type("iquique")
        await room.press("enter", "escape")
        assert screen.refreshing, "Esc widens the list first, as the line of keys said"
        assert room.screen.view.narrowing.empty
        await room.press("escape")
        with contextlib.suppress(WorkerCancelled):  # it is stopped before it has begun, or when it has
            await room.app.workers.wait_for_complete()
        await room.settle()
        assert not room.screen.refreshing
        assert "refresh stopped" in room.status


async def test_refresh_that_cannot_start_says_so(newsroom: Open) -> None:
    async with newsroom(refresh_command=["/nonexistent/newsdesk"]) as room:
        await room.app.workers.wait_for_complete()
        await room.settle()
        assert "could not be started" in room.status


async def test_a_fault_of_the_desk_is_said_and_survived(
    newsroom: Open, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with newsroom() as room:

        def broken(*_: object) -> int:
            raise RuntimeError("disk on fire")

        monkeypatch.setattr(desk, "mark", broken)
        await room.press("m")
        assert "disk on fire" in room.status
        assert [str(fault) for fault in room.app.faults] == ["disk on fire"]
        room.app.faults.clear()
        await room.press("j")
