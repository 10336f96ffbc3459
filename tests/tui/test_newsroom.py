"""The dashboard as a person uses it: keys and clicks in, state and desk calls out."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from newsdesk.archive.rows import StorylineRow
from newsdesk.model import StorylineRef
from tests.tui.conftest import Open
from tests.tui.driving import Room
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import NOW, morning
from tui.colours.schemes import LIGHT


async def test_first_screen_shows_every_pane_filled(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        for title in ("1 Sections", "2 Stories", "3 Article", "4 Comments  14", "5 Following"):
            assert title in room.text
        assert "22 stories · 22 unread" in room.text
        assert "Aftershocks keep Iquique awake as port" in room.text
        assert "You follow nothing yet." in room.text
        assert room.screen.focused_pane == "stories"


async def test_ages_grow_while_nobody_touches_it(newsroom: Open) -> None:
    now = NOW
    async with newsroom(120, 40, now=lambda: now) as room:
        fresh = room.text
        assert "25m" in fresh
        now += timedelta(hours=2)
        room.screen.tell_time()
        await room.settle()
        old = room.text
        assert "25m" not in old
    async with newsroom(120, 40, now=lambda: now) as room:
        assert old == room.text


async def test_article_follows_the_cursor_and_enter_marks_read(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.press("j", "j")
        assert room.screen.article_pane.story is not None
        assert room.screen.article_pane.story.id == "s0000000002"
        assert desk.calls == []
        await room.press("enter")
        assert room.screen.focused_pane == "article"
        assert desk.calls == [("mark", ("s0000000002",), "read")]
        item = room.screen.stories_pane.current
        assert item is not None
        assert item.story is not None
        assert not item.story.unread
        assert "21 unread" in room.text
        await room.press("escape")
        assert room.screen.focused_pane == "stories"


async def test_storylines_open_and_close(newsroom: Open) -> None:
    async with newsroom() as room:
        rows = room.screen.stories_pane.rows
        await room.press("h")
        assert room.screen.stories_pane.rows == rows - 3
        assert "▸ Quake off Iquique" in room.text
        await room.press("l")
        assert room.screen.stories_pane.rows == rows
        await room.press("j", "h")
        assert room.screen.stories_pane.cursor == 0, "closing from inside goes to the head"
        await room.press("enter")
        assert room.screen.stories_pane.rows == rows
        await room.press("O")
        assert room.screen.stories_pane.rows == 15
        await room.press("O")
        assert room.screen.stories_pane.rows == rows


async def test_list_can_be_flat(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("t")
        assert room.screen.stories_pane.rows == 22
        assert "stories · 3 sources" not in room.text
        await room.press("t")
        assert "stories · 3 sources" in room.text


async def test_empty_desk_says_what_to_do(newsroom: Open) -> None:
    async with newsroom(desk=FakeDesk([])) as room:
        assert "No stories yet." in room.text
        assert "newsdesk --demo" in room.text
        await room.press("j", "enter", "n", "A", "w", "1", "j", "enter", "5", "enter", "f")


async def test_an_empty_desk_says_what_will_stand_where(newsroom: Open) -> None:
    async with newsroom(160, 40, desk=FakeDesk([])) as room:
        assert "What readers wrote appears here" in room.text
        assert "No reader comments" not in room.text


async def test_a_story_that_is_alone_in_its_storyline_says_so(newsroom: Open) -> None:
    desk = FakeDesk([replace(morning()[0], storyline=StorylineRef("tone", "Quake off Iquique", 1))])
    async with newsroom(120, 40, desk=desk) as room:
        await room.press("w")
        assert "because: no other story is in it" in room.text


async def test_next_unread_opens_closed_storylines_and_comes_round(newsroom: Open, desk: FakeDesk) -> None:
    desk.read = {story.id for story in morning()} - {"s0000000008", "s0000000020"}
    async with newsroom() as room:
        await room.press("O", "n")
        item = room.screen.stories_pane.current
        assert item is not None
        assert item.story_id == "s0000000008"
        await room.press("n")
        assert room.screen.stories_pane.current is not None
        assert room.screen.stories_pane.current.story_id == "s0000000020"
        await room.press("n")
        assert room.screen.stories_pane.current.story_id == "s0000000008"
        await room.press("enter", "n")
        assert room.screen.focused_pane == "article"
        assert room.screen.article_pane.story is not None
        assert room.screen.article_pane.story.id == "s0000000020", "in the article it goes on reading"
        assert "s0000000020" in desk.read
        await room.press("n")
        assert "everything here is read" in room.status


async def test_reasons_of_labels_are_a_key_away(newsroom: Open) -> None:
    async with newsroom() as room:
        assert "because of" not in room.text
        await room.press("w")
        assert "because of: quake, tremor" in room.text
        assert "because of: capital" in room.text
        await room.press("w")
        assert "because of" not in room.text


async def test_untitled_story_shows_its_lead(newsroom: Open) -> None:
    async with newsroom(200, 60) as room:
        assert "For eleven years the dog of the lighth" in room.text
        pane = room.screen.stories_pane
        row = pane.listing.find("s0000000014", None)
        assert row is not None
        pane.go(row)
        await room.settle()
        assert "(no title on the page)" in room.text


@pytest.mark.parametrize(
    ("width", "height", "shown"),
    [(120, 40, 5), (200, 60, 5), (160, 48, 5), (80, 24, 2), (100, 40, 3), (60, 12, 1), (20, 6, 1)],
)
async def test_every_size_shows_what_it_can(newsroom: Open, width: int, height: int, shown: int) -> None:
    async with newsroom(width, height) as room:
        assert sum(pane.display for pane in room.screen.panes.values()) == shown
        assert room.screen.stories_pane.display


async def test_narrow_screen_has_a_key_for_each_pane(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        for key, pane_id in zip("12345", ("sections", "stories", "article", "comments", "following"), strict=True):
            await room.press(key)
            assert room.screen.panes[pane_id].display
            assert room.screen.panes[pane_id].has_focus
        await room.resize(120, 40)
        assert all(pane.display for pane in room.screen.panes.values())
        await room.resize(40, 10)
        assert room.screen.panes["following"].display


async def test_one_pane_alone(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("z")
        assert [name for name, pane in room.screen.panes.items() if pane.display] == ["stories"]
        await room.press("escape")
        assert all(pane.display for pane in room.screen.panes.values())


async def test_cursor_stays_on_its_story_when_another_process_stores_some(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        await room.screen.look_for_changes()
        await room.press("j", "j", "j", "j", "j")
        before = room.screen.stories_pane.current
        assert before is not None
        fresh = morning()[18]
        desk.add(fresh.with_(id="s0000000099", title="Fresh off the wire", storyline=StorylineRef("tfreshaaaaa", "Fresh", 1)))
        await room.screen.look_for_changes()
        await room.settle()
        after = room.screen.stories_pane.current
        assert after is not None
        assert after.story_id == before.story_id
        assert "23 stories" in room.text


async def test_mouse_moves_opens_and_chooses(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom() as room:
        pane = room.screen.stories_pane
        await room.pilot.click("#stories", offset=(10, 4))
        await room.settle()
        assert pane.cursor == 1
        await room.pilot.click("#stories", offset=(10, 4))
        await room.settle()
        assert desk.read == {"s0000000001"}
        await room.pilot.click("#sections", offset=(5, 4))
        await room.settle()
        assert room.screen.view.narrowing.topic is not None
        await room.pilot.click("#comments", offset=(5, 3))
        await room.settle()
        assert room.screen.focused_pane == "comments"


async def test_the_clock_is_that_of_the_persons_own_zone(newsroom: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    async with newsroom() as room:
        assert "Wed 4 Mar  03:20" in room.text


async def test_themes_go_round_and_settings_choose_one(newsroom: Open) -> None:
    async with newsroom(theme="light") as room:
        assert room.app.theme == LIGHT.name
        for _ in range(5):
            await room.press("T")
        assert room.app.theme == LIGHT.name
    async with newsroom(theme="nord") as room:
        assert room.app.theme == "nord"
        assert "Iquique" in room.text


async def test_keys_are_remapped_by_id(newsroom: Open, desk: FakeDesk) -> None:
    async with newsroom(keys={"star": "b"}) as room:
        await room.press("j", "b")
        assert desk.starred == {"s0000000001"}
        assert "b star" in room.text
        await room.press("s")
        assert desk.starred == {"s0000000001"}
        assert "s does nothing here" in room.status


async def test_ascii_where_the_terminal_has_no_more(newsroom: Open) -> None:
    async with newsroom(env={"LANG": "POSIX", "TERM": "vt100"}) as room:
        lines = room.text.replace("ひばり2号、月の南極付近から最初の画像を送信", "").splitlines()
        signs = {char for line in lines[:1] + lines[-1:] for char in line}
        assert all(char.isascii() for char in signs)
        assert "●" not in room.text
        assert "│" not in room.text


async def test_a_paint_that_is_never_told_of_is_not_waited_for(newsroom: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The word goes to the screen that is looked at, and with it where that one is left."""
    monkeypatch.setattr("tui.screens.base.LONGEST_PAINT_S", 0.0)
    async with newsroom() as room:
        for lost in (True, False):
            monkeypatch.setattr(room.screen, "call_after_refresh", lambda callback, lost=lost: lost)
            async with asyncio.timeout(60):
                await room.screen.painted()


async def test_link_is_copied_over_ssh(newsroom: Open) -> None:
    async with newsroom(env={"LANG": "C.UTF-8", "SSH_TTY": "/dev/pts/1"}) as room:
        await room.press("o")
        assert room.app.clipboard == "https://news.example/1"
        assert room.status == "over SSH no browser is opened; link copied: https://news.example/1"
        await room.press("y")
        assert room.status == "link copied: https://news.example/1"


async def test_without_a_browser_the_link_is_copied_and_it_says_why(newsroom: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.outside.links.browser_command", lambda url, env: None)
    async with newsroom(env={"LANG": "C.UTF-8"}) as room:
        await room.press("o")
        assert room.app.clipboard == "https://news.example/1"
        assert room.status == "no browser found (set BROWSER); link copied: https://news.example/1"


async def test_session_is_kept_and_taken_up(newsroom: Open, tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "state" / "dashboard.json"
    async with newsroom(session_file=path) as room:
        await room.press("T", "t", "j", "j", "j")
        await room.app.action_quit()
    async with newsroom(session_file=path) as room:
        assert room.app.theme == LIGHT.name
        assert not room.screen.view.grouped
        item = room.screen.stories_pane.current
        assert item is not None
        assert item.story_id == "s0000000004"


async def test_the_largest_come_first_and_the_newest_again(newsroom: Open, desk: FakeDesk) -> None:
    def heads(room: Room) -> list[int]:
        listing = room.screen.stories_pane.listing
        return [head.stories if isinstance(head, StorylineRow) else head.comments for _, head in listing.loaded()]

    async with newsroom() as room:
        newest = heads(room)
        await room.press("slash")
        await room.type("newer:7d")
        await room.press("enter", "B")
        assert "largest first" in room.text
        assert heads(room) == sorted(heads(room), reverse=True)
        await room.press("t")
        assert "most comments first" in room.text
        assert heads(room) == sorted(heads(room), reverse=True)
        await room.press("t", "escape")
        assert room.screen.view.narrowing.empty
        assert room.screen.view.largest, "the search goes first"
        assert room.screen.way_back() == "newest first"
        await room.press("escape")
        assert heads(room) == newest
        assert not room.screen.filter_bar.has_class("-shown")


async def test_a_list_that_is_asked_for_comes_whatever_changes_meanwhile(newsroom: Open) -> None:
    async with newsroom() as room:
        screen = room.screen
        screen.narrow(replace(screen.view.narrowing, search="iquique"))
        screen.load(keep=True)  # a refresh has stored something
        await room.settle()
        assert screen.view.narrowing.search == "iquique"
        screen.action_order()
        screen.load(keep=True)
        await room.settle()
        assert screen.view.largest
        screen.narrow(replace(screen.view.narrowing, search="(unclosed"))  # can't be read: the list stays as it is
        await room.settle()
        screen.load(keep=True)
        await room.settle()
        assert screen.view.narrowing.search == "iquique"


async def test_a_narrow_row_says_when_and_where_whatever_else_there_is_to_say(newsroom: Open) -> None:
    first, *others = morning()
    named = replace(first, source="The Evening Herald of the Northern Coast and Its Islands")
    async with newsroom(110, 40, desk=FakeDesk([named, *others])) as room:
        assert "3 stories · CL" in room.text
        assert "The Evening Her… · 25m · CL" in room.text
