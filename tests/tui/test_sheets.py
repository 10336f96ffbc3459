"""Sheets over the dashboard: how they stand, and that leaving one takes nothing else away."""

from __future__ import annotations

import threading

import pytest

from tests.tui.conftest import Open
from tests.tui.driving import drain, strike
from tui.keys.commands import COMMANDS
from tui.screens.asking import Choice
from tui.screens.entry import Entry
from tui.screens.sheet import Sheet

LONGEST_S = 10  # a guard against hanging, not a measure


async def test_keys_page_lists_every_command(newsroom: Open) -> None:
    async with newsroom(200, 60) as room:
        await room.press("question_mark")
        seen, before = room.text, ""
        while room.text != before:
            before = room.text
            await room.press("pagedown")
            seen += room.text
        assert [command.id for command in COMMANDS if command.help[:30] not in seen] == []
        await room.press("escape")
        assert len(room.app.screen_stack) == 1


async def test_palette_runs_commands(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("colon")
        await room.type("unread only")
        await room.press("enter")
        assert len(room.app.screen_stack) == 1
        assert room.screen.view.narrowing.unread_only
        await room.press("colon")
        await room.type("zzz")
        assert "No command is called that." in room.text
        await room.press("pagedown", "enter", "colon", "up", "down", "escape")
        assert len(room.app.screen_stack) == 1


async def test_leaving_a_sheet_twice_leaves_the_newsroom_alone(newsroom: Open) -> None:
    async with newsroom() as room:
        for key in ("question_mark", "colon"):
            await room.press(key)
            strike(room.app, "escape", "escape", "escape")
            await room.settle()
            assert room.app.screen is room.screen


async def test_a_sheet_under_another_one_that_came_late_does_not_take_that_away(newsroom: Open) -> None:
    """Textual calls that current, too, and takes away what is on top; leaving it once more ended the dashboard."""
    async with newsroom() as room:
        await room.press("semicolon")
        below, chosen = room.app.screen, list[int]()
        assert isinstance(below, Sheet)
        above = Choice((("Which?", "title"),), [(("this one", "text"),)], chosen.append)
        room.app.push_screen(above)
        await room.settle()
        below.leave()
        below.leave()
        assert room.app.screen is above
        room.screen.action_jump()
        await room.settle()
        assert room.app.screen is above
        await room.press("enter")
        assert chosen == [0]
        assert len(room.app.screen_stack) == 2
        await room.press("escape")
        assert len(room.app.screen_stack) == 1


async def test_the_mouse_leaves_a_sheet_by_the_words_on_its_lower_edge(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        for key in ("question_mark", "D", "colon"):
            await room.press(key)
            (box,) = room.app.screen.children
            for away, stays in ((30, True), (5, False)):
                await room.pilot.click(box, offset=(box.outer_size.width - away, box.outer_size.height - 1))
                await room.settle()
                assert room.is_bare() is not stays
            assert room.app.screen is room.screen


async def test_a_press_beside_a_line_that_was_written_does_not_throw_it_away(newsroom: Open) -> None:
    async with newsroom(80, 24) as room:
        await room.press("vertical_line")
        await room.pilot.click(offset=(0, 0))
        await room.settle()
        assert room.is_bare(), "nothing was written"
        await room.press("vertical_line", "w", "c")
        await room.pilot.click(offset=(0, 0))
        await room.settle()
        assert not room.is_bare()
        assert "What you wrote is still here: Enter takes it" in room.text
        await room.press("escape")
        assert room.is_bare()


@pytest.mark.parametrize("keys", [["vertical_line"], ["greater_than_sign"], ["W"], ["colon"], ["question_mark"], ["4", "at"]])
@pytest.mark.parametrize("height", [8, 12, 24])
async def test_a_sheet_stands_whole_on_a_small_terminal(newsroom: Open, keys: list[str], height: int) -> None:
    async with newsroom(40, height) as room:
        await room.press(*keys)
        sheet = room.app.screen
        assert sheet is not room.screen
        assert not sheet.show_vertical_scrollbar
        box = sheet.children[0].region
        assert box.y >= 0
        assert box.bottom <= height
        assert "Esc leaves" in room.text or keys == ["W"], "the welcome says it among its words"


@pytest.mark.parametrize("keys", [["4", "at"], ["j", "V"], ["E"], ["4", "x"]])
async def test_what_a_sheet_asks_about_is_seen_beside_it(newsroom: Open, keys: list[str]) -> None:
    async with newsroom(120, 40) as room:
        await room.press(*keys)
        assert room.app.screen is not room.screen
        assert "22 unread" in room.text
        left, right = room.app.screen.children[0].region.x, 120 - room.app.screen.children[0].region.right
        assert abs(left - right) <= 1, "in the middle"


async def test_the_keys_on_the_lower_edge_are_those_that_the_box_has_room_for_as_it_is_laid_out(newsroom: Open) -> None:
    async with newsroom(120, 40) as room:
        await room.press("j", "E")
        box = room.app.screen.children[0]
        assert box.border_subtitle == "Enter takes it, Esc leaves"
        box.styles.width = 24  # narrower, and no message says so
        await room.settle()
        assert box.border_subtitle == "Esc leaves"
        box.styles.width = 76
        await room.settle()
        assert box.border_subtitle == "Enter takes it, Esc leaves"


async def test_a_folder_that_is_long_in_answering_keeps_no_key_waiting(newsroom: Open) -> None:
    """One on a network, which may be gone."""
    answers, asked = threading.Event(), list[str]()

    def complete(text: str) -> tuple[str, list[str]]:
        asked.append(text)
        answers.wait(LONGEST_S)
        return f"{text}-completed", []

    def check(text: str) -> str:
        return complete(text)[0]

    async with newsroom(80, 24) as room:
        try:
            for slow in ("tab", "enter"):
                answers.clear()
                room.app.push_screen(Entry((("Which?", "title"),), asked.append, text="/far/a", check=check, complete=complete))
                await room.settle()
                strike(room.app, slow, "b")
                await drain(room.app)
                assert asked == ["/far/a"]
                assert "/far/ab" in room.text, "what was typed meanwhile is there"
                answers.set()
                await room.settle()
                assert "/far/ab" in room.text
                assert "completed" not in room.text, "an answer to another line"
                await room.press("tab")
                assert "/far/ab-completed" in room.text
                await room.press("enter")
                assert "/far/ab-completed-completed" in room.text, "the reason"
                await room.press("escape")
                assert room.is_bare()
                asked.clear()
        finally:
            answers.set()
