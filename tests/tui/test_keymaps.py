"""Keymaps: what they change, a person's keys on top, and two commands with one key."""

from __future__ import annotations

import pytest

from newsdesk.errors import ConfigError
from tests.tui.conftest import Open
from tests.tui.driving import Room
from tui.keys.keymaps import KEYMAPS, clashes, differences, keys_in_force


@pytest.mark.parametrize("name", KEYMAPS)
def test_no_two_commands_of_a_place_share_a_key(name: str) -> None:
    assert list(clashes(KEYMAPS[name])) == []
    assert keys_in_force(name, {}) == dict(KEYMAPS[name])
    assert len(differences(name)) == len(KEYMAPS[name])


def test_a_persons_keys_stand_on_top_and_a_clash_names_both() -> None:
    assert keys_in_force("newsboat", {"quit": "f10"})["quit"] == "f10"
    assert keys_in_force("", {"star": "Q"}) == {"star": "Q"}
    with pytest.raises(ConfigError, match=r"'Q' is the key of both 'toggle-read' .* and 'star' \(Star\); give one"):
        keys_in_force("vim", {"star": "Q", "toggle-read": "Q"})
    with pytest.raises(ConfigError, match=r"both 'feed-add' .* and 'welcome-opml'|both 'welcome-opml' .* and 'feed-add'"):
        keys_in_force("vim", {"feed-add": "Q", "welcome-opml": "Q"})
    with pytest.raises(ConfigError, match=r"'j' is the key of both 'next-unread' .* and 'star'"):
        keys_in_force("vim", {"star": "j", "next-unread": "j"})
    assert keys_in_force("vim", {"star": "a", "feed-add": "s"}), "at different places they may share one"


def test_a_key_that_is_built_in_gives_way_to_a_persons_own() -> None:
    assert keys_in_force("vim", {"star": "b, j"})["cursor-down"] == "down"
    assert keys_in_force("newsboat", {"star": "p"})["previous-unread"] == ""
    assert keys_in_force("vim", {"star": "!"})["mute-source"] == ""
    assert keys_in_force("vim", {"feed-add": "d"})["welcome-folder"] == ""
    with pytest.raises(ConfigError, match="nothing is left to open the command line"):
        keys_in_force("vim", {"star": "colon", "undo": "ctrl+p"})


async def test_a_command_without_a_key_is_found_and_told_by_its_name(newsroom: Open) -> None:
    own = {"star": "U", "toggle-read": "space", "undo": "asterisk"}
    async with newsroom(160, 60, keys=own) as room:
        await room.press("U", "space")
        assert "unread only" not in room.text
        assert [call[0] for call in room_calls(room)] == ["mark", "mark"]
        await room.press("t", "exclamation_mark")
        assert ":muted-only shows them; * takes it back" in room.text
        await room.press("colon")
        await room.type("unread-only")
        assert "Unread only" in room.text
        await room.press("enter")
        assert room.screen.view.narrowing.unread_only
        await room.press("question_mark")
        assert "no_key" not in room.text


async def test_newsboat_keys(newsroom: Open) -> None:
    async with newsroom(200, 70, keymap="newsboat") as room:
        await room.press("N")
        assert [call[0] for call in room_calls(room)] == ["mark"]
        await room.press("l")
        assert room.screen.view.narrowing.unread_only
        await room.press("0", "q")
        assert room.app.screen is room.screen
        await room.press("question_mark")
        assert "Q ^c" in room.text


async def test_emacs_keys(newsroom: Open) -> None:
    async with newsroom(200, 60, keymap="emacs") as room:
        await room.press("ctrl+n")
        assert room.screen.stories_pane.cursor == 1
        await room.press("ctrl+p", "ctrl+s")
        assert room.screen.search_box.has_focus
        await room.press("escape", "question_mark")
        assert "M-< Home" in room.text
        await room.press("ctrl+g", "ctrl+s", "q", "ctrl+g")
        assert (room.is_bare(), room.screen.search_box.has_focus) == (True, False)
        assert "search q" not in room.text
        for sheet in ("question_mark", "alt+x", "vertical_line", "i"):
            await room.press(sheet)
            assert room.app.screen is not room.screen, sheet
            await room.press("ctrl+g")
            assert room.app.screen is room.screen, sheet
        await room.press("ctrl+g", "alt+x")
        await room.type("next theme")
        await room.press("enter")
        assert "theme: " in room.status


def room_calls(room: Room) -> list[tuple[object, ...]]:
    calls: list[tuple[object, ...]] = room.app.setup.desk.calls  # type: ignore[attr-defined]
    return calls


@pytest.mark.parametrize("keymap", ["emacs", "vim", "newsboat"])
async def test_a_search_is_written_as_a_line_in_a_shell(newsroom: Open, keymap: str) -> None:
    async with newsroom(keymap=keymap) as room:
        box, older = room.screen.search_box, "ctrl+p" if keymap == "emacs" else "up"  # of the others ^p is the command line's
        for text in ("quake", "storm"):
            await room.press("slash", "ctrl+u")
            await room.type(text)
            await room.press("enter")
        await room.press("slash", "ctrl+u", older)
        assert box.value == "storm"
        await room.press(older)
        assert box.value == "quake"
        await room.press("ctrl+n")
        assert box.value == "storm"
        await room.press("ctrl+a", "ctrl+f", "ctrl+f", "ctrl+b", "x")
        assert box.value == "sxtorm"
        await room.press("ctrl+e", "ctrl+b", "ctrl+k")
        assert box.value == "sxtor"
        assert room.screen.view.narrowing.search == "sxtor"
        await room.press("ctrl+g")
        assert not box.display
