"""The welcome: shown where nothing is here yet, each way by one key, with what went wrong and the mend."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from textwrap import dedent

import pytest

from newsdesk.first_start import FirstStart, Next, in_words
from tests.tui.conftest import Open
from tests.tui.driving import Room
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import morning
from tui.screens.asking import Words
from tui.screens.welcome import WelcomeScreen

# A program in the place of newsdesk: finds two feeds, adds one, takes an OPML file unless it is a bad one.
CHILD = """
import json, sys
words = sys.argv[1:]
if "discover" in words:
    feeds = [{"url": f"https://herald.example/{name}", "title": f"Herald {name}", "kind": "rss"} for name in ("news", "sport")]
    print(json.dumps({"version": 1, "feeds": [] if "empty" in words[-1] else feeds}))
    sys.exit("newsdesk: the page names no feed; give the feed's own address" if "empty" in words[-1] else 0)
if "import" in words and "bad" in words[-1]:
    sys.exit("newsdesk: bad.opml: not an OPML file; export it again")
open(CALLS, "a").write(" ".join(words) + chr(10))
"""


@pytest.fixture
def first(tmp_path: Path) -> FirstStart:
    script = CHILD.replace("CALLS", repr(str(tmp_path / "calls")))
    command = (sys.executable, "-c", script, "refresh", "--events", "--data", str(tmp_path / "data"))
    return FirstStart(tmp_path / "config" / "config.toml", command, welcome=True)


def asked(room: Room) -> str:
    """What the sheet on top says above what it asks."""
    lines = [line for words in room.app.screen.query(Words) for line in words.lines]
    return " ".join("".join(text for text, _ in line).strip() for line in lines)


async def test_a_first_start_asks_over_the_stories_and_any_other_key_goes_to_them(newsroom: Open, first: FirstStart) -> None:
    async with newsroom(80, 24, demo=True, first=first) as room:
        assert "What should newsdesk read?" in room.text
        assert "Aftershocks keep Iquique" in room.text, "the stories stand above it"
        for words in ("The sample stories", "A folder of pages", "An OPML file", "Add a feed", str(first.config)[:20]):
            assert words in room.text
        await room.press("n")
        assert room.is_bare()
        assert room.screen.stories_pane.cursor > 0
        await room.press("W")
        assert isinstance(room.app.screen, WelcomeScreen)
        await room.press("s")
        assert room.is_bare()
        await room.press("C", "W", "escape")
        assert room.is_bare()
        assert room.app.return_code is None


async def test_a_folder_goes_into_the_settings_and_on_to_the_desk(newsroom: Open, first: FirstStart, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    async with newsroom(80, 24, demo=True, first=first) as room:
        await room.press("d")
        await room.type(str(tmp_path / "pag"))
        await room.press("tab", "enter")
        assert "no file is in it; choose the folder that holds the saved pages" in asked(room)
        assert not first.config.exists()
        (tmp_path / "pages" / "a.txt").write_text("A story\n")
        await room.press("down", "enter")
        await room.type("/nowhere")
        await room.press("enter")
        assert "/nowhere: no such file or folder; Tab shows what there is" in asked(room)
        await room.press("ctrl+u")
        await room.type("~nobody-of-that-name/x")
        await room.press("tab", "enter")
        assert "~nobody-of-that-name/x: no such file or folder" in asked(room)
        await room.press("ctrl+u")
        await room.type(str(tmp_path / "pages"))
        await room.press("enter")
    assert room.app.return_code == Next.DESK
    assert tomllib.loads(first.config.read_text()) == {"seeds": [str(tmp_path / "pages")]}


async def test_an_opml_file_is_taken_or_its_fault_is_told(newsroom: Open, first: FirstStart, tmp_path: Path) -> None:
    for name in ("bad.opml", "good.opml"):
        (tmp_path / name).write_text("<opml/>")
    async with newsroom(80, 24, demo=True, first=first) as room:
        await room.press("o")
        await room.type("n" * 300)
        await room.press("enter")
        assert "no such file or folder; Tab shows what there is" in asked(room)
        await room.press("ctrl+u")
        await room.type(str(tmp_path))
        await room.press("enter")
        assert "is a folder; choose the file in it" in asked(room)
        await room.type("/bad.opml")
        await room.press("enter")
        assert "bad.opml: not an OPML file; export it again" in asked(room)
        await room.press("o")
        await room.type(str(tmp_path / "good.opml"))
        await room.press("enter")
    assert room.app.return_code == Next.DESK
    assert (tmp_path / "calls").read_text() == f"feeds --data {tmp_path / 'data'} import -- {tmp_path / 'good.opml'}\n"


async def test_at_a_first_start_the_feeds_screen_adds_a_first_feed_too(
    newsroom: Open, first: FirstStart, tmp_path: Path
) -> None:
    async with newsroom(80, 24, demo=True, first=first) as room:
        await room.press("escape", "9", "a")
        assert "Add a feed" in asked(room), "what the screen says there is what can be done"
        await room.type("herald.example")
        await room.press("enter", "2")
    assert room.app.return_code == Next.DESK
    assert (tmp_path / "calls").read_text().endswith("add -- https://herald.example/sport\n")


async def test_a_first_feed_is_looked_for_chosen_and_added(newsroom: Open, first: FirstStart, tmp_path: Path) -> None:
    async with newsroom(80, 24, demo=True, first=first) as room:
        await room.press("a")
        await room.type("empty.example")
        await room.press("enter")
        assert "the page names no feed; give the feed's own address" in room.text
        await room.press("ctrl+u")  # what was written stands there to be mended
        await room.type("herald.example")
        await room.press("enter")
        assert "Which of them?" in room.text
        await room.press("2")
    assert room.app.return_code == Next.DESK
    assert (tmp_path / "calls").read_text() == f"feeds --data {tmp_path / 'data'} add -- https://herald.example/sport\n"


async def test_an_empty_desk_without_sources_asks_and_one_with_stories_does_not(newsroom: Open, first: FirstStart) -> None:
    async with newsroom(80, 24, desk=FakeDesk([]), first=first) as room:
        assert "Nothing is here yet." in room.text
        await room.press("s")
    assert room.app.return_code == Next.DEMO
    async with newsroom(80, 24, desk=FakeDesk(morning()), first=first) as room:
        assert room.app.screen is room.screen
        await room.press("W")
        assert "What is here stays; more can come in beside it." in room.text
        assert "Nothing is here yet." not in room.text


async def test_a_refresh_that_brought_nothing_asks_again_with_what_it_said(newsroom: Open, first: FirstStart) -> None:
    quiet = FirstStart(first.config, first.refresh_command, welcome=False)
    report = '{"event": "finished", "report": {"sources": [{"id": "x", "status": "failed", "error": "no such folder"}]}}'
    command = [sys.executable, "-c", f"print({report!r})", "refresh"]
    async with newsroom(120, 40, desk=FakeDesk([]), first=quiet, refresh_command=command) as room:
        await room.app.workers.wait_for_complete()
        await room.settle()
        assert isinstance(room.app.screen, WelcomeScreen)
        assert "failed: x: no such folder" in room.text


async def test_where_several_sources_failed_no_sheet_comes_up_under_the_fingers(newsroom: Open, first: FirstStart) -> None:
    """Enter would have opened the sample stories in the place of the person's own desk."""
    quiet = FirstStart(first.config, first.refresh_command, welcome=False)
    says = """
    import json
    failed = [{"id": name, "status": "failed", "error": "no answer"} for name in "xy"]
    for source in failed:
        print(json.dumps({"event": "source", "done": 1, "of": 2, "source": source}))
    print(json.dumps({"event": "finished", "report": {"sources": failed}}))
    """
    command = [sys.executable, "-c", dedent(says), "refresh"]
    async with newsroom(120, 40, desk=FakeDesk([]), first=quiet, refresh_command=command) as room:
        await room.app.workers.wait_for_complete()
        await room.settle()
        assert room.is_bare()
        assert "2 sources could not be read." in room.text
        assert "W asks what else to read." in room.text


async def test_where_nothing_is_kept_it_says_how_to_begin(newsroom: Open) -> None:
    async with newsroom(80, 24, demo=True) as room:
        assert room.app.screen is room.screen
        await room.press("W", "d")
        assert "start newsdesk without --demo" in room.text
    async with newsroom(80, 24) as room:
        await room.press("W", "s")
        assert "newsdesk --demo opens them" in room.text
    assert room.app.return_code is None


def test_the_same_in_words() -> None:
    told = " ".join(in_words())
    for command in ("newsdesk --demo", "newsdesk --keep PATH", "newsdesk feeds import FILE", "newsdesk feeds add URL"):
        assert command in told


async def test_who_muted_all_sources_has_begun(newsroom: Open, first: FirstStart) -> None:
    desk = FakeDesk([story for story in morning() if story.source])
    desk.mute(desk.named_sources())
    async with newsroom(100, 30, desk=desk, first=first) as room:
        assert room.is_bare()
        assert "Every story is of a muted source." in room.text
