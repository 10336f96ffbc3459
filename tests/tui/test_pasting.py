"""A page that is pasted into the dashboard is kept and read, once that is confirmed; it presses no key."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from textual import events

from newsdesk.first_start import FirstStart
from tests.tui.conftest import Open
from tests.tui.driving import Room
from tests.tui.fake_desk import FakeDesk
from tui.screens.asking import Choice

PAGE = "The Harbour Courier\r\nFerry turns back\r\n\r\nA ferry turned back on Thursday.\r\n"
# What a refresh says; then its own arguments, to be read where the test runs.
TOLD = (
    "import json, sys; from pathlib import Path; Path('asked').write_text(json.dumps(sys.argv[1:]));"
    " told = {'new': int(sys.argv[1]), 'changed': 0, 'total': 9};"
    " print(json.dumps({'event': 'finished', 'report': {'sources': [], 'stories': told}}))"
)


async def paste(room: Room, text: str) -> None:
    room.app.post_message(events.Paste(text))
    await room.settle()


async def refreshed(room: Room) -> None:
    await room.app.workers.wait_for_complete()
    await room.settle()


@pytest.mark.parametrize(
    ("new", "says"), [(1, "1 new"), (0, "no new story was found in what was pasted; it lies in ")], ids=["found", "none"]
)
async def test_a_pasted_page_is_asked_for_kept_and_read(
    newsroom: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new: int, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    command = (sys.executable, "-c", TOLD, str(new), "--only", "samples", "--sitting", "7")
    async with newsroom(200, 40, pasted=tmp_path / "data" / "pasted", refresh_command=command) as room:
        await refreshed(room)
        await paste(room, PAGE)
        assert isinstance(room.app.screen, Choice)
        assert "3 lines, from “The Harbour Courier” on" in room.text
        assert not (tmp_path / "data").exists(), "nothing is written before it is confirmed"
        await room.press("enter")
        await refreshed(room)
        (file,) = (tmp_path / "data" / "pasted").iterdir()
        assert file.read_text("utf-8") == "The Harbour Courier\nFerry turns back\n\nA ferry turned back on Thursday.\n"
        assert (file.parent.stat().st_mode & 0o777) == 0o700
        assert says in room.status
        assert Path("asked").read_text("utf-8").endswith(f'"--only", "{file}", "--seeds", "{file}"]')
        assert "--sitting" not in Path("asked").read_text("utf-8")


async def test_what_is_no_page_is_told_and_presses_nothing(newsroom: Open, tmp_path: Path) -> None:
    async with newsroom(pasted=tmp_path / "pasted") as room:
        before = room.screen.view
        await paste(room, "U q x")
        assert "a page of several lines can be pasted here; words go into the search (/)" in room.status
        await paste(room, " \n\n")
        await paste(room, "a\nb" * 1_000_000)
        assert "too much to be a page" in room.status
        assert room.screen.view == before
        await paste(room, PAGE)
        await room.press("escape")
    assert not (tmp_path / "pasted").exists()


async def test_the_welcome_gives_way_to_a_page(newsroom: Open, tmp_path: Path) -> None:
    async with newsroom(
        200, 40, desk=FakeDesk([]), pasted=tmp_path / "pasted", first=FirstStart(tmp_path / "c.toml", (), True)
    ) as room:
        assert "Welcome to newsdesk" in room.text
        await paste(room, PAGE)
        assert "Keep the pasted text as a page?" in room.text
        await room.press("escape")
        assert "A page that is pasted here is read, and kept." in room.text


async def test_among_samples_nothing_is_kept(newsroom: Open) -> None:
    async with newsroom(demo=True) as room:
        await paste(room, PAGE)
        assert "nothing is kept among sample stories; W begins a desk of your own" in room.status


async def test_a_folder_that_can_not_be_made_is_told(newsroom: Open, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    async with newsroom(200, 40, pasted=tmp_path / "data" / "pasted") as room:
        await paste(room, PAGE)
        await room.press("enter")
        assert "what was pasted is not kept" in room.text
