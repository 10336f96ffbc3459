"""A refresh as the dashboard shows it: progress, what could not be read, stopping it, and faults of the desk."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import threading
from pathlib import Path

import pytest
from textual.worker import WorkerCancelled

from newsdesk.errors import StorageError
from tests.tui.conftest import Open
from tests.tui.driving import drain
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import NOW
from tui.messages import RefreshFinished, RefreshMoved, RefreshStarted, StepMoved, StoriesStored
from tui.refreshed import words_of


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


async def test_how_many_stories_of_many_feeds_are_labelled_is_seen_and_so_are_the_labels(newsroom: Open) -> None:
    """The feeds are all read by then, and thousands of their stories may wait."""
    async with newsroom() as room:
        room.screen.on_refresh_started(RefreshStarted(40))
        room.screen.on_refresh_moved(RefreshMoved(40, 40, "https://e.example/rss", None, "updated", 9_000, 0))
        room.screen.on_step_moved(StepMoved(500, 9_000, "stories labelled", changes=True))
        room.screen._show_progress()
        await room.settle()
        assert "refreshing 500 of 9,000" in room.text
        assert room.screen.load_waits


async def test_once_what_came_in_is_labelled_the_sources_that_are_waited_for_are_told_again(newsroom: Open) -> None:
    async with newsroom() as room:
        room.screen.on_refresh_started(RefreshStarted(40))
        room.screen.on_refresh_moved(RefreshMoved(38, 40, "https://e.example/rss", None, "updated", 60, 0))
        for done, told in ((250, "refreshing 250 of 260"), (260, "refreshing 38 of 40")):
            room.screen.on_step_moved(StepMoved(done, 260, "stories labelled", changes=True))
            room.screen._show_progress()
            await room.settle()
            assert told in room.text


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


async def test_what_nobody_asked_leaves_the_way_back_to_be_seen(
    newsroom: Open, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refresh may run every few minutes, whatever a person does just then; and a disk may fill."""
    late = {"id": "a.txt", "status": "failed", "error": "not UTF-8"}

    def fail() -> int:
        raise StorageError("no room on the disk")

    async with newsroom(100, 30) as room:
        for key, waits in (("f", "following “Quake off Iquique”; u takes it back"), ("M", "merging “Quake off Iquique”: M on")):
            await room.press(key)
            room.screen.post_message(RefreshMoved(1, 2, "a.txt", "not UTF-8", "failed"))
            room.screen.post_message(RefreshFinished({"sources": [late], "stories": {"new": 0, "changed": 0}}))
            await room.settle()
            assert room.status.startswith(waits)
            assert "failed: a.txt: not UTF-8" in room.status
            assert waits in room.text
        room.screen.hush()
        await room.settle()
        assert room.status.startswith("merging “Quake off Iquique”: M on"), "until another key ends it"
        monkeypatch.setattr(desk, "version", fail)
        room.screen.look_again()
        await room.settle()
        assert "merging “Quake off Iquique”: M on" in room.status
        assert "no room on the disk" in room.status
        monkeypatch.undo()
        await room.press("escape")
        room.screen.hush()
        await room.settle()
        assert "next unread" in room.status


async def test_where_nothing_is_due_it_is_said_when_something_is(newsroom: Open, tmp_path: Path) -> None:
    def source(at: int, when: str | None) -> dict[str, object]:
        return {"id": f"https://{at}.example/", "status": "skipped", "why": "not due yet", "retry_after": when}

    soon, late = source(1, "2026-03-04T08:40:00Z"), source(2, "2026-03-05T10:00:00Z")
    for sources, told in (
        ((soon, late), "nothing is due before 08:40; r reads the source under the cursor now"),
        ((late, late), "nothing is due before 5 Mar 10:00; r reads"),
        ((soon, {**late, "status": "unchanged"}), "refreshed: nothing new; 1 not due yet"),
        ((soon, source(3, None)), "refreshed: nothing new; 2 not due yet"),
        (({**soon, "why": "the server asked us not to come before 08:40"},) * 2, "refreshed: nothing new; 2 left alone"),
    ):
        async with newsroom(200, 40, refresh_command=_says(tmp_path, *sources)) as room:
            await room.app.workers.wait_for_complete()
            await room.settle()
            assert told in room.status
    async with newsroom(200, 40, desk=FakeDesk([]), refresh_command=_says(tmp_path, soon, late)) as room:
        await room.app.workers.wait_for_complete()
        await room.settle()
        assert "nothing is due before 08:40; R reads all of them now" in room.status, "there is no cursor"


async def test_who_asks_again_where_nothing_is_due_has_all_read_now(newsroom: Open, tmp_path: Path) -> None:
    def source(why: str, when: str | None) -> dict[str, object]:
        return {"id": f"https://{why[:3]}.example/", "status": "skipped", "why": why, "retry_after": when}

    early, paused = source("not due yet", "2026-03-04T08:40:00Z"), source("paused", None)
    asked = tmp_path / "asked"
    command = _says(tmp_path, early, paused)
    command[-1] += f";import sys;open({str(asked)!r},'a').write(' '.join(sys.argv[1:])+'.')"
    async with newsroom(200, 40, refresh_command=command) as room:

        async def ended() -> str:
            await room.app.workers.wait_for_complete()
            await room.settle()
            return asked.read_text()

        assert await ended() == "."
        assert "nothing is due before 08:40; r reads" in room.status
        await room.press("R")
        assert await ended() == "..", "R for the first time is for what is due"
        assert "nothing is due before 08:40; R again reads all of them now" in room.status
        await room.press("R")
        assert await ended() == "..--force."
        assert "refreshed: nothing new; 1 not due yet; 1 left alone" in room.status
        await room.press("R")
        assert await ended() == "..--force.."
        await room.press("colon")
        await room.type("refresh-all now")
        await room.press("enter")
        assert await ended() == "..--force..--force."
        await room.press("colon")
        await room.type("refresh-all later")
        await room.press("enter")
        assert "refresh-all now" in room.status


async def test_r_again_is_for_what_is_due_once_something_is(newsroom: Open, tmp_path: Path) -> None:
    early: dict[str, object] = {
        "id": "https://a.example/",
        "status": "skipped",
        "why": "not due yet",
        "retry_after": "2026-03-04T08:40:00Z",
    }
    asked, clock = tmp_path / "asked", [NOW]
    command = _says(tmp_path, early)
    command[-1] += f";import sys;open({str(asked)!r},'a').write(' '.join(sys.argv[1:])+'.')"
    async with newsroom(200, 40, refresh_command=command, now=lambda: clock[0]) as room:
        for moment in (NOW, NOW.replace(hour=9)):
            await room.app.workers.wait_for_complete()
            await room.settle()
            clock[0] = moment
            await room.press("R")
        await room.app.workers.wait_for_complete()
        await room.settle()
        assert "--force" not in asked.read_text()


def _says(tmp_path: Path, *sources: dict[str, object]) -> list[str]:
    """A refresh that says what stands in a file; first this."""
    events = [{"event": "started", "started": "", "sources": len(sources)}]
    events += [{"event": "source", "done": at, "of": len(sources), "source": one} for at, one in enumerate(sources, 1)]
    events.append({"event": "finished", "report": {"sources": sources, "stories": {"new": 0, "changed": 0}}})
    said = tmp_path / "said.json"
    said.write_text("\n".join(map(json.dumps, events)), "utf-8")
    return [sys.executable, "-c", f"print(open({str(said)!r}).read())"]


async def test_feeds_are_told_by_their_titles_with_the_address_behind(newsroom: Open, tmp_path: Path) -> None:
    async with newsroom(200, 40) as room:
        room.screen.on_refresh_started(RefreshStarted(2))
        room.screen.on_refresh_moved(RefreshMoved(1, 2, "https://a.example/f", None, "unchanged", title="Harbour Post"))
        assert "Harbour Post" in "".join(text for text, _ in room.screen.refresh_words())
        room.screen.on_refresh_moved(RefreshMoved(2, 2, "https://a.example/f", "no answer", "failed", title="Harbour " * 20))
        await room.settle()
        assert "Harbour Harbour Harbour Harbo… (a.example/f): no answer" in room.status
    post, wire = (
        {"url": f"https://{at}.example/f", "status": "failed", "error": "no answer", "title": title}
        for at, title in (("a", "Harbour Post"), ("b", None))
    )
    assert words_of({"sources": [post]})[0] == "refreshed: nothing new; failed: Harbour Post (a.example/f): no answer"
    assert words_of({"sources": [post, wire]})[0].endswith("Harbour Post (a.example/f): no answer; also b.example/f")
    assert words_of({"sources": [post, wire, wire]})[0].endswith("Harbour Post (a.example/f): no answer; and 2 more")


async def test_what_fails_stays_in_the_title_until_it_answers(newsroom: Open, tmp_path: Path) -> None:
    failed: dict[str, object] = {"id": "https://a.example/f", "status": "failed", "error": "no answer"}
    later = {**failed, "status": "skipped", "error": "not due yet"}
    other: dict[str, object] = {"id": "https://b.example/f", "status": "unchanged", "error": None}
    async with newsroom(refresh_command=_says(tmp_path, failed, other)) as room:
        await room.app.workers.wait_for_complete()
        await room.settle()
        assert "1 failed (9)" in room.text
        for sources, told in (([later, other], True), ([{**failed, "status": "updated"}, other], False)):
            _says(tmp_path, *sources)
            await room.press("R")
            await room.app.workers.wait_for_complete()
            await room.settle()
            assert ("1 failed (9)" in room.text) == told
        _says(tmp_path, failed, other)
        await room.press("R")
        await room.app.workers.wait_for_complete()
        await room.settle()
        _says(tmp_path, other)
        await room.press("R")
        await room.app.workers.wait_for_complete()
        await room.settle()
        assert "failed (9)" not in room.text, "it is no source any more"


async def test_a_refresh_that_ends_says_no_stories_only_once_the_list_is_read(
    newsroom: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with newsroom(desk=FakeDesk([])) as room:
        room.screen.on_refresh_started(RefreshStarted(1))
        read_list = room.screen.load
        monkeypatch.setattr(room.screen, "load", lambda **_: None)
        room.screen.on_refresh_finished(RefreshFinished({"sources": [], "stories": {"new": 3, "changed": 0}}))
        await room.settle()
        assert "No stories yet." not in room.text
        read_list(keep=True)
        await room.settle()
        assert "No stories yet." in room.text


def test_why_one_source_was_not_read_is_said() -> None:
    why = "the server asked us not to come before 2026-01-02 10:00 UTC"
    source = {"id": "https://a.example/f", "url": "https://a.example/f", "status": "skipped", "error": None, "why": why}
    assert words_of({"sources": [source], "stories": {"new": 0, "changed": 0}}) == (f"a.example/f was not read: {why}", "muted")


async def test_of_one_source_is_told_what_it_has_brought_so_far(newsroom: Open) -> None:
    async with newsroom() as room:
        for sources, told in ((1, "refreshing · "), (3, "refreshing 0 of 3 · ")):
            room.screen.on_refresh_started(RefreshStarted(sources))
            await room.settle()
            assert f"{told}c stops" in room.text
            for new in (1200, 97):
                room.screen.on_stories_stored(StoriesStored(new, 0))
            room.screen.show_title()
            await room.settle()
            assert f"{told}1,297 new so far · c stops" in room.text
            assert "stop the refresh" not in room.text, "one key is named for it, not two"


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


async def test_a_change_of_the_seeds_is_found_however_long_a_look_at_them_takes(newsroom: Open) -> None:
    class Slow:
        """Finds a change with its first look, which lasts."""

        def __init__(self) -> None:
            self.looks = 0
            self.began, self.goes_on = threading.Event(), threading.Event()

        def changed(self) -> bool:
            self.looks += 1
            first = self.looks == 1
            self.began.set()
            self.goes_on.wait()
            return first

    async with newsroom(seeds=("pages",)) as room:
        slow, started = Slow(), list[None]()
        vars(room.screen).update(watch_seeds=slow, start_refresh=lambda: started.append(None))
        room.screen._watch()
        await asyncio.to_thread(slow.began.wait)
        room.screen._watch()
        await drain(room.app)
        slow.goes_on.set()
        await room.settle()
        assert (len(started), slow.looks) == (1, 1)


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
