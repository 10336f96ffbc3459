"""The feeds screen: health in words, asking again, stories of a source, adding one."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from textual.worker import WorkerCancelled

from newsdesk.archive.rows import SourceState
from newsdesk.processes.children import sibling
from tests.tui.conftest import Open
from tests.tui.driving import Room, strike
from tests.tui.fake_desk import FakeDesk
from tests.tui.hostile import HOSTILE
from tests.tui.morning import NOW, morning
from tests.tui.sources import GONE, HERALD, NEVER, SEEDS, WIRE, with_sources, write_config
from tests.tui.test_hostile import assert_harmless
from tui.outside import errands
from tui.panes.source_words import ahead, seeds_health, span
from tui.refreshed import words_of
from tui.screens.feeds import FeedsScreen
from tui.screens.refreshing import only_command, source_of
from tui.widgets.search_box import SearchBox


def _child(tmp_path: Path, *lines: object, more: str = "") -> list[str]:
    """A refresh command that prints events and keeps the arguments that it was given."""
    said = ";".join(f"print({json.dumps(json.dumps(line))}, flush=True)" for line in lines)
    args = tmp_path / "args"
    script = f"import sys,time;open({str(args)!r},'a').write(' '.join(sys.argv[1:])+chr(10));{said or 'pass'};{more or 'pass'}"
    return [sys.executable, "-c", script, "refresh", "--only", "all", "--data", "d"]


def _screen(room: Room) -> FeedsScreen:
    screen = room.app.screen
    assert isinstance(screen, FeedsScreen)
    return screen


@pytest.fixture
def told(desk: FakeDesk) -> FakeDesk:
    return with_sources(desk)


async def test_every_source_with_its_health_and_the_reason_in_words(newsroom: Open, told: FakeDesk, tmp_path: Path) -> None:
    async with newsroom(120, 40, desk=told, config_file=write_config(tmp_path), seeds=SEEDS) as room:
        await room.press("9")
        for words in ("Coastal Herald", "1,204", "Meridian Wire", "failed 4x", "gone", "Neverland Times", "never", "1 failed"):
            assert words in room.text
        assert "7 sources  3 failing" in room.text
        assert _screen(room).sources_pane.current is not None
        assert "the server answered 503" in room.text, "what fails comes first and is told in full"
        assert "in 22h" in room.text
        failing = next(line for line in room.text.splitlines() if "! Meridian" in line)
        assert failing.split("│")[0].split()[-3:] == ["4x", "22h", "310"]
        details = "\n".join(line.partition("│")[2] for line in room.text.splitlines())
        assert "every" not in details, "how long it is left alone is not how often it is read"
        await room.press("j")
        assert "it is gone for good (410)" in room.text
        await room.press("escape")
        assert room.app.screen is room.screen


async def test_the_title_of_the_newsroom_counts_what_fails_as_this_screen_does(
    newsroom: Open, told: FakeDesk, tmp_path: Path
) -> None:
    """What failed on an earlier day and is not due yet was no failure there."""
    finished = {"event": "finished", "report": {"sources": [], "stories": {"new": 0, "changed": 0}}}
    command, file = _child(tmp_path, finished), write_config(tmp_path)
    async with newsroom(120, 40, desk=told, config_file=file, seeds=SEEDS, refresh_command=command) as room:
        await room.app.workers.wait_for_complete()
        await room.settle()
        assert "3 failed (9)" in room.text
        await room.press("9")
        assert "7 sources  3 failing" in room.text
        await room.press("p", "escape")
        assert "2 failed (9)" in room.text, "what is left alone fails no more"
        await room.press("u")
        await room.press("9", "escape")
        assert "3 failed (9)" in room.text


async def test_a_demo_that_keeps_nothing_does_not_offer_to_add_a_feed(newsroom: Open) -> None:
    async with newsroom(demo=True) as room:
        await room.press("9")
        assert "No feeds yet." not in room.text
        assert "newsdesk without --demo adds feeds" in room.text


async def test_no_feeds_says_how_to_add_one(newsroom: Open, tmp_path: Path) -> None:
    async with newsroom(config_file=tmp_path / "none.toml") as room:
        await room.press("9")
        assert "No feeds yet." in room.text
        assert "newsdesk feeds add URL" in room.text
        await room.press("j", "enter", "r", "G", "a", "escape", "2")
        assert room.app.screen is room.screen


async def test_wrong_settings_are_said(newsroom: Open, tmp_path: Path) -> None:
    async with newsroom(config_file=write_config(tmp_path, "[[feeds]]\nurl = 'ftp://x'")) as room:
        await room.press("9")
        assert "must begin with http" in _screen(room).status_bar.text


async def test_enter_shows_the_stories_of_a_feed(newsroom: Open, told: FakeDesk, tmp_path: Path) -> None:
    async with newsroom(120, 40, desk=told, config_file=write_config(tmp_path)) as room:
        await room.press("9")
        pane = _screen(room).sources_pane
        pane.go(next(i for i, row in enumerate(pane.entries) if getattr(row, "id", "") == HERALD))
        await room.press("enter")
        assert room.app.screen is room.screen
        assert room.screen.view.narrowing.search == 'source:"Coastal Herald"'
        assert room.screen.stories_pane.rows == 1
        await room.press("9")
        pane = _screen(room).sources_pane
        pane.go(next(i for i, row in enumerate(pane.entries) if getattr(row, "id", "") == NEVER))
        await room.press("enter")
        assert "no story of it is here yet; r asks it now" in _screen(room).status_bar.text


async def test_one_key_asks_the_source_again_and_shows_what_comes(newsroom: Open, told: FakeDesk, tmp_path: Path) -> None:
    source = {"id": WIRE, "status": "updated", "error": None, "new": 3, "changed": 0}
    events = [
        {"event": "started", "started": "", "sources": 1},
        {"event": "source", "done": 1, "of": 1, "source": source},
        {"event": "finished", "report": {"sources": [source], "stories": {"new": 3, "changed": 0}}},
    ]
    command = _child(tmp_path, *events)
    async with newsroom(120, 40, desk=told, config_file=write_config(tmp_path)) as room:
        room.screen.setup = replace(room.screen.setup, refresh_command=command)
        await room.press("9", "r")
        await room.app.workers.wait_for_complete()
        await room.settle()
        assert (tmp_path / "args").read_text().strip() == f"refresh --data d --only {WIRE}"
        assert "+3 new" in room.text
        assert "refreshed: 3 new, 0 changed" in _screen(room).status_bar.text


async def test_one_key_leaves_a_feed_alone_and_undo_asks_it_again(newsroom: Open, told: FakeDesk, tmp_path: Path) -> None:
    async with newsroom(120, 40, desk=told, config_file=write_config(tmp_path), seeds=SEEDS) as room:
        await room.press("9")
        pane = _screen(room).sources_pane
        pane.go(next(i for i, row in enumerate(pane.entries) if getattr(row, "id", "") == HERALD))
        await room.press("p")
        assert told.paused == {HERALD}
        assert "Coastal Herald is left alone; its stories stay; u takes it back" in _screen(room).status_bar.text
        assert "paused" in room.text
        assert "paused; p asks it again" in room.text
        await room.press("u")
        assert told.paused == set()
        assert "undone: paused https://herald.example/feed" in _screen(room).status_bar.text
        await room.press("p", "p")
        assert told.paused == set()
        pane.go(next(i for i, row in enumerate(pane.entries) if getattr(row, "id", "") == SEEDS[1]))
        await room.press("p")
        assert "only feeds can be paused" in _screen(room).status_bar.text
        assert told.paused == set()


async def test_progress_stop_and_failures_are_seen_on_every_screen(newsroom: Open, told: FakeDesk, tmp_path: Path) -> None:
    failed = {"id": HERALD, "status": "failed", "error": "no answer in 30 s", "new": 0, "changed": 0}
    events = [
        {"event": "started", "started": "", "sources": 5},
        {"event": "source", "done": 1, "of": 5, "source": failed},
    ]
    command = _child(tmp_path, *events, more="time.sleep(600)")
    file = write_config(tmp_path)
    async with newsroom(120, 40, desk=told, config_file=file, seeds=SEEDS, refresh_command=command) as room:
        await room.press("9")
        while room.screen.source_news.get(HERALD) is None:
            await room.settle()
        room.screen.show_title()
        await room.settle()
        assert "refreshing 1 of 5 · 1 failed · herald.example/feed · c stops" in room.text
        await room.resize(60, 18)
        room.screen.show_title()
        await room.settle()
        assert "1 failed · c stops" in room.text, "how it is stopped is seen where there is no room for what is read"
        await room.resize(120, 40)
        assert "waiting" in room.text
        assert "no answer in 30 s" in room.text
        await room.press("R")
        assert "a refresh is running; c stops it" in _screen(room).status_bar.text
        await room.press("c")
        with contextlib.suppress(WorkerCancelled):  # where it has not ended yet
            await room.app.workers.wait_for_complete()
        await room.settle()
        assert not room.screen.refreshing
        assert "refresh stopped" in _screen(room).status_bar.text
        await room.press("c")
        assert "no refresh is running" in _screen(room).status_bar.text


async def test_a_feed_is_found_chosen_added_and_asked(newsroom: Open, desk: FakeDesk, tmp_path: Path) -> None:
    file = write_config(tmp_path, "")
    found = [{"url": f"https://herald.example/{n}", "title": f"Herald {n}", "kind": "rss"} for n in ("news", "sport")]
    script = (
        "import sys,json;from pathlib import Path;a=sys.argv[1:];f=Path(a[a.index('--config')+1]);"
        f"'discover' in a and print(json.dumps({{'version':1,'feeds':{found!r}}}));"
        "'add' in a and f.write_text('[[feeds]]\\nurl = \"'+a[a.index('--')+1]+'\"\\n');"
        "'refresh' in a and print(json.dumps({'event':'finished','report':{}}))"
    )
    command = [sys.executable, "-c", script, "refresh", "--events", "--config", str(file)]
    async with newsroom(120, 40, desk=desk, config_file=file, refresh_command=command) as room:
        await room.app.workers.wait_for_complete()
        await room.press("9", "a")
        await room.type("herald.example")
        await room.press("enter")
        assert "Which of them?" in room.text
        assert "Herald sport" in room.text
        await room.press("down", "enter")
        await room.app.workers.wait_for_complete()
        await room.settle()
        assert file.read_text() == '[[feeds]]\nurl = "https://herald.example/sport"\n'
        assert "herald.example/sport" in room.text


async def test_a_feed_is_taken_out_once_that_is_sure(newsroom: Open, told: FakeDesk, tmp_path: Path) -> None:
    command = _child(tmp_path)
    async with newsroom(120, 40, desk=told, config_file=write_config(tmp_path), seeds=SEEDS, refresh_command=command) as room:
        await room.app.workers.wait_for_complete()
        await room.press("9")
        pane = _screen(room).sources_pane
        pane.go(next(i for i, row in enumerate(pane.entries) if getattr(row, "id", "") == HERALD))
        (tmp_path / "args").unlink()
        await room.press("d")
        assert "Take Coastal Herald out of the settings?" in room.text
        await room.press("enter")
        assert not (tmp_path / "args").exists(), "the first answer keeps it"
        await room.press("d", "2")
        await room.app.workers.wait_for_complete()
        await room.settle()
        assert (tmp_path / "args").read_text() == f"feeds --data d remove -- {HERALD}\n"
        assert "Coastal Herald is no longer read; its stories stay" in _screen(room).status_bar.text
        pane.go(next(i for i, row in enumerate(pane.entries) if getattr(row, "id", "") == SEEDS[1]))
        await room.press("d")
        assert "only feeds can be taken out here" in _screen(room).status_bar.text


async def test_a_page_without_a_feed_is_told_with_the_mend(newsroom: Open, tmp_path: Path) -> None:
    script = (
        "import sys;sys.exit('newsdesk: https://x.example: the page names no feed; --guess asks') if 'feeds' in sys.argv else 0"
    )
    command = [sys.executable, "-c", script, "refresh"]
    async with newsroom(config_file=write_config(tmp_path, ""), refresh_command=command) as room:
        await room.press("9", "a")
        await room.type("x.example")
        await room.press("enter")
        assert "the page names no feed; newsdesk feeds discover" in room.text
        assert "--guess asks" in room.text


async def test_an_address_that_led_to_nothing_stands_there_again_with_the_reason(newsroom: Open, tmp_path: Path) -> None:
    script = "import sys;sys.exit('127.0.0.1 is a private address; --allow-private allows it')"
    command = [sys.executable, "-c", script, "refresh"]
    async with newsroom(100, 30, config_file=write_config(tmp_path, ""), refresh_command=command) as room:
        await room.app.workers.wait_for_complete()
        await room.press("9", "a")
        await room.type("http://127.0.0.1/x")
        await room.press("enter")
        await room.app.workers.wait_for_complete()
        await room.settle()
        assert "private address; newsdesk feeds add --allow-private allows it" in room.text
        assert room.app.screen.query_one("#search", SearchBox).value == "http://127.0.0.1/x"
        await room.press("escape")
        assert _screen(room)


async def test_an_address_is_mended_where_it_was_typed_and_looking_can_be_stopped(newsroom: Open, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "pass", "refresh"]
    async with newsroom(config_file=write_config(tmp_path, ""), refresh_command=command) as room:
        await room.press("9", "a")
        await room.type("two words")
        await room.press("enter")
        assert "write one address, like https://example.org" in room.text
        await room.press("escape")
        screen = _screen(room)
        never = asyncio.Event()

        async def look() -> None:
            await never.wait()

        screen._do(look)
        assert room.app.screen is screen
        await room.pilot.press("escape")
        await room.settle()
        assert room.app.screen is screen
        assert "stopped; no feed was added" in screen.status_bar.text
        await room.press("escape")
        assert room.is_bare()


async def test_hostile_names_reasons_and_settings(newsroom: Open, desk: FakeDesk, tmp_path: Path) -> None:
    texts = [text for text in HOSTILE if "\ud800" not in text]
    urls = [f"https://x{n}.example/" for n in range(len(texts))]
    config = "".join(
        f"[[feeds]]\nurl = {json.dumps(url)}\ntitle = {json.dumps(text)}\n" for url, text in zip(urls, texts, strict=True)
    )
    for url, text in zip(urls, HOSTILE, strict=False):
        desk.states[url] = SourceState(
            url, succeeded=text, failed=text, error=text, detail={"due": text, "address": text, "hub": text}
        )
    for size in ((120, 40), (30, 9)):
        async with newsroom(*size, desk=desk, config_file=write_config(tmp_path, config)) as room:
            await room.press("9")
            for _ in range(4):
                strike(room.app, *"jjjjjj")
                await room.settle()
                assert_harmless(room.text)
            await room.press("enter")
            assert_harmless(room.text)


async def test_the_palette_offers_what_can_be_done_here(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("9", "colon")
        await room.type("add a feed")
        assert "Add a feed" in room.text
        await room.press("escape", "escape", "colon")
        await room.type("add a feed")
        assert "Add a feed" not in room.text
        assert "Feeds" in room.text


async def test_r_reads_the_source_of_the_story_under_the_cursor(newsroom: Open, tmp_path: Path) -> None:
    async with newsroom(seeds=["/seeds", "seeds"]) as room:
        room.screen.setup = replace(room.screen.setup, refresh_command=_child(tmp_path))
        await room.press("r")
        await room.app.workers.wait_for_complete()
        await room.settle()
        assert (tmp_path / "args").read_text().strip() == "refresh --data d --only seeds"


def test_the_source_of_a_story_is_its_feed_or_the_seed_that_holds_its_file() -> None:
    origins = morning()[0].origins
    assert source_of(origins, ["/other", "seeds", "seeds/01.txt"]) == "seeds/01.txt"
    assert source_of(origins, ["/other"]) is None
    assert only_command(["x", "refresh", "--only", "a", "--data", "d"], "b") == ("x", "refresh", "--data", "d", "--only", "b")


def test_a_report_says_what_was_not_due() -> None:
    sources = [{"id": HERALD, "status": "skipped"}, {"id": WIRE, "status": "unchanged"}]
    assert words_of({"sources": sources, "stories": {"new": 0, "changed": 0}}) == (
        "refreshed: nothing new; 1 not due yet",
        "muted",
    )


def test_another_command_goes_to_the_same_desk() -> None:
    command = ["python", "-m", "newsdesk", "refresh", "--events", "--data", "d", "--config", "c", "--seeds", "s"]
    assert sibling(command, ["feeds", "add"]) == (*command[:3], "feeds", "--data", "d", "--config", "c", "add")
    assert sibling(["x"], ["feeds"]) == ()


async def test_an_errand_never_raises() -> None:
    assert (await errands.run(["/nonexistent/newsdesk"])).code == -1
    outcome = await errands.run([sys.executable, "-c", "import sys;print('[1');sys.exit('newsdesk: no')"])
    assert (outcome.code, outcome.says, outcome.listed("feeds")) == (1, "no", [])


def test_times_ahead_and_files_under_a_seed() -> None:
    assert [ahead(text, NOW) for text in ("2026-03-04T08:32:00Z", "2026-03-04T08:00:00Z", "2026-03-09T08:20:00Z", "x")] == [
        "12m",
        "now",
        "5d",
        "",
    ]
    assert [span(seconds) for seconds in (10, 90, 7200, 86400 * 3)] == ["", "2m", "2h", "3d"]
    states = [SourceState("/a/b/c.txt", succeeded="2"), SourceState("/a/d.txt", failed="3", error="no"), SourceState(GONE)]
    outer, inner, other = seeds_health(["/a", "/a/b", "/z"], states)
    assert (outer.files, outer.failing, outer.last_success, outer.last_error) == (2, 1, "2", "no")
    assert (inner.files, inner.failing, other.files) == (1, 0, 0)
