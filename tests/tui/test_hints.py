"""The line of keys: what it names where, that the mouse can press it, and that keys which can't act say why."""

from __future__ import annotations

from typing import cast

import pytest
from textual import events

from newsdesk.desk import Desk
from tests.tui.conftest import Open
from tests.tui.driving import Room, settle
from tests.tui.fake_desk import FakeDesk
from tests.tui.morning import morning
from tui.keys.command_table import COMMANDS
from tui.keys.hints import hints_of
from tui.keys.key_bytes import KeyParser, told_apart
from tui.palette import Palette
from tui.screens.base import NO_STORY
from tui.screens.keys import KeysPage


def _drawn(room: Room) -> str:
    return room.text.split("\n")[-1]


async def _click(room: Room, words: str) -> None:
    """On the key of the line that is drawn."""
    await room.pilot.click(offset=(_drawn(room).index(words), room.app.size.height - 1))
    await settle(room.pilot)


def test_own_keys_come_first_the_way_back_and_all_keys_last() -> None:
    words = {"quit": "quit", "help": "keys", "back": "back", "search": "search", "merge": "merge"}
    assert [hint.command for hint in hints_of(words, frozenset({"merge"}), {})] == ["merge", "search", "quit", "back", "help"]
    assert [hint.command for hint in hints_of(words, frozenset(), {}) if hint.kept] == ["back", "help"]
    assert hints_of({"quit": "quit"}, frozenset(), {"quit": "ctrl+x"})[0].line == (("^x", "accent"), (" quit", "muted"))


async def test_where_nothing_is_no_key_is_named_that_needs_something(newsroom: Open) -> None:
    async with newsroom(120, 30) as room:
        assert "w why" in room.status
        assert "Enter" in room.status
        await room.press("slash")
        await room.type("nosuchword")
        await room.press("enter")
        assert "No story matches" in room.text
        for gone in ("Enter", "n next unread", "s star", "w why", "b side"):
            assert gone not in room.status
        await room.press("escape")
        assert "w why" in room.status
    async with newsroom(120, 30, desk=FakeDesk([])) as room:
        for key in ("1", "2", "3", "4", "5", "0"):
            await room.press(key)
            assert "Enter" not in _drawn(room), key


@pytest.mark.parametrize("place", ["6", "7", "8", "9", "0", "C", "3", "4"])
async def test_the_way_back_is_always_named(newsroom: Open, place: str) -> None:
    async with newsroom(60, 20) as room:
        assert "Esc" not in _drawn(room)
        await room.press(place)
        assert "Esc " in _drawn(room)
        assert "? keys" in _drawn(room)


async def test_the_way_back_is_named_by_what_it_does(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("1", "j", "enter")
        assert "Esc list" in room.status
        await room.press("escape")
        assert "Esc widen" in room.status
        await room.press("escape")
        assert "Esc" not in room.status
        await room.press("z")
        assert "Esc all panes" in room.status


async def test_while_a_search_is_typed_its_own_keys_are_named(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        await room.press("slash")
        assert room.status == "Enter keep   Esc as before   Tab completes"
        await room.type("Iquique")
        await room.press("enter", "slash")
        assert "Up earlier searches" in room.status
        await room.press("escape")
        assert "Enter fold" in room.status


async def test_what_enter_does_is_said_for_the_row_that_the_cursor_is_on(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        await room.press("g")
        assert "Enter fold" in room.status, "the first row is a storyline that stands open"
        await room.press("j")
        assert "Enter read" in room.status
        await room.press("g", "enter")
        assert "Enter open" in room.status
        await room.press("enter")
        assert "Enter fold" in room.status
        await room.press("1")
        assert "Enter narrow" in room.status


async def test_the_mouse_presses_keys(newsroom: Open) -> None:
    async with newsroom(200, 40) as room:
        await _click(room, ": commands")
        assert isinstance(room.app.screen, Palette)
        await room.pilot.click(offset=(2, 2))
        await settle(room.pilot)
        assert room.is_bare(), "a click beside a sheet leaves it"
        await room.press("7")
        await _click(room, "Esc back")
        assert room.is_bare()
        await _click(room, "Tab panes")
        assert room.screen.focused_pane == "article"


async def test_what_was_said_gives_way_to_the_next_key(newsroom: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async with newsroom() as room:
        await room.press("T", "j")
        assert room.status == "theme: light", "at first it stays"
        monkeypatch.setattr("tui.screens.base.LEAST_SAID_S", -1.0)
        await room.press("k")
        assert "Enter fold" in room.status
        await room.press("M", "j")
        assert "merging" in room.status, "this is waited for"


async def test_what_was_said_some_time_ago_is_gone_for_who_comes_back(newsroom: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async with newsroom() as room:
        await room.press("T", "7", "escape")
        assert room.status == "theme: light", "at first it stays"
        await room.press("7")
        monkeypatch.setattr("tui.screens.base.LEAST_SAID_S", -1.0)
        await room.press("escape")
        assert "Enter fold" in room.status


async def test_a_long_sentence_is_said_to_its_end(newsroom: Open) -> None:
    async with newsroom(60, 20) as room:
        room.screen.say_error("the disk is full: the story could not be kept; make room on it and press the key again")
        await room.settle()
        assert room.screen.status_bar.size.height > 1
        said = " ".join(line.strip() for line in room.text.split("\n")[-room.screen.status_bar.size.height :])
        assert said == room.status
        await room.press("escape")
        assert room.screen.status_bar.size.height == 1
        assert "? keys" in _drawn(room)
        room.screen.say("word " * 200)
        await room.settle()
        assert room.screen.status_bar.size.height == 3
        assert _drawn(room).rstrip().endswith("…")


async def test_sheets_say_how_they_are_left(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        await room.press("?")
        assert "Esc leaves" in room.text
        await room.press("escape", ":")
        assert "Enter does it, Tab completes it, Esc leaves" in room.text


async def test_keys_that_need_a_story_say_so(newsroom: Open) -> None:
    async with newsroom(desk=cast(Desk, FakeDesk(()))) as room:
        for key in ("m", "s", "M", "P", "E", "6", "8", "Z"):
            await room.press("colon", "escape", key)
            assert NO_STORY in room.status, key
        await room.press("4", "p")
        assert "there is no comment here" in room.status
        await room.press("x")
        assert "there is no comment here" in room.status


async def test_keys_that_can_do_nothing_in_a_place_say_why(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("3", "enter")
        assert "nothing opens here" in room.status
        await room.press("l")
        assert "nothing unfolds here" in room.status
        await room.press("2", "G", "l")
        assert "this story has no others below it" in room.status
        await room.press("g", "j", "4", "p")
        assert "this comment replies to no other" in room.status


async def test_the_article_tells_of_comments_that_are_out_of_sight(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        await room.press("j")
        assert "3 Article   4 Comments  14" in room.text
        await room.resize(120, 40)
        assert "3 Article─" in room.text
        await room.resize(80, 24)
        await room.press("j")
        assert "3 Article──" in room.text


async def test_a_list_that_fills_from_nothing_is_looked_at_from_its_top(newsroom: Open) -> None:
    """What was pressed while nothing was there has put the cursor nowhere."""
    stories = morning()
    desk = FakeDesk(())
    async with newsroom(desk=cast(Desk, desk)) as room:
        await room.press("j", "u")
        for part in (stories[9:12], stories[:9]):
            for story in part:
                desk.add(story)
            room.screen.load(keep=True)
            await room.settle()
            assert room.screen.stories_pane.cursor == 0


def _keys(text: str) -> list[str]:
    parser = KeyParser()
    return [event.key for event in [*parser.feed(text), *parser.feed("")] if hasattr(event, "key")]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("\x1b7", "alt+7"),
        ("\x1bb", "alt+b"),
        ("\x1b-", "alt+minus"),
        ("\x1b[A", "up"),
        ("\x1b\x7f", "ctrl+w"),
        ("j", "j"),
    ],
)
def test_what_comes_right_after_escape_is_that_key_with_alt(written: str, key: str) -> None:
    assert _keys(written) == [key]


@pytest.mark.parametrize(
    ("text", "bound", "writing", "keys"),
    [
        ("\x1b7", (), False, ["escape", "7"]),
        ("\x1b-", (), True, ["escape", "minus"]),
        ("\x1b7", ("alt+7",), False, ["alt+7"]),
        ("\x1bb", (), True, ["ctrl+left"]),
        ("\x1bb", (), False, ["escape", "b"]),
        ("7", (), False, ["7"]),
    ],
)
def test_escape_and_a_key_are_two_keys_where_alt_is_bound_to_nothing(
    text: str, bound: tuple[str, ...], writing: bool, keys: list[str]
) -> None:
    (event,) = KeyParser().feed(text)
    assert isinstance(event, events.Key)
    assert [one.key for one in told_apart(event, bound, writing=writing)] == keys


async def test_the_list_of_keys_begins_with_those_of_the_place(newsroom: Open) -> None:
    """A moderator in a thread had to pass sixty rows of other keys; the welcome's stood before those of reading."""

    groups = {"Signs in the lists", *(command.group for command in COMMANDS)}

    async def listed(room: Room, *keys: str) -> list[str]:
        await room.press(*keys, "question_mark")
        lines = room.app.screen.query_one(KeysPage).lines
        names = ["".join(part for part, _ in line).strip() for line in lines]
        await room.press("escape")
        return [name for name in names if name in groups]

    async with newsroom(80, 30) as room:
        names = await listed(room)
        assert names[:2] == ["Signs in the lists", "Moving"]
        assert names.index("Welcome") > names.index("Desk")
        assert (await listed(room, "4"))[:2] == ["Comments", "Signs in the lists"]
        assert (await listed(room, "7"))[:2] == ["Coverage", "Signs in the lists"]
