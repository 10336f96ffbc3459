"""Keys by the names that people write, and those that no terminal sends."""

from __future__ import annotations

import pytest
from textual.keys import _character_to_key

from newsdesk.errors import ConfigError
from tests.tui.conftest import Open
from tui.keys.commands import COMMANDS, read_keymap
from tui.keys.key_names import read_key, read_keys
from tui.keys.keymaps import KEYMAPS, keys_in_force, read_keys_in_force


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ("f", "f"), ("F", "F"), ("/", "slash"), ("slash", "slash"), ("^d", "ctrl+d"), ("Ctrl+D", "ctrl+d"), ("M-x", "alt+x"),
        ("PgDn", "pagedown"), ("Esc", "escape"), ("b, j", "b,j"), (",", "comma"), ("+", "plus"), ("-", "minus"), (" ", "space"),
        ("é", "é"), ("^_", "ctrl+underscore"), ("shift+tab", "shift+tab"), ("alt+X", "alt+shift+x"), ("F5", "f5"),
        ("ctrl+space", "ctrl+@"), ("j,j", "j"),
    ],
)  # fmt: skip
def test_a_key_by_any_of_its_names(told: str, key: str) -> None:
    assert read_keys(told) == key


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("pgdon", "no key is called 'pgdon'; did you mean 'pagedown'"),
        ("qwerty", "write one sign, or a name like enter"),
        ("ctrl+i", "can't be told from tab"),
        ("ctrl+m", "write 'enter'"),
        ("ctrl+[", "write 'escape'"),
        ("ctrl+h", "write 'backspace'"),
        ("shift+f", "write 'F'"),
        ("ctrl+1", "can't be typed in every terminal"),
        ("ctrl+.", "can't be typed in every terminal"),
        ("alt+shift+/", "write the sign that it makes, with alt"),
        ("ctrl+shift+a", "can't be typed in every terminal"),
        ("alt+enter", "can't be typed in every terminal"),
        ("super+x", "knows ctrl, alt and shift, not 'super'"),
        ("ctrl+q", "always leaves the dashboard"),
        ("a,,b", "a key is missing between commas"),
        ("", "a key is missing"),
        ("\x1b", "no key that can be typed"),
    ],
)
def test_what_can_not_be_typed_is_said_with_the_mend(told: str, says: str) -> None:
    with pytest.raises(ValueError, match=r".+") as raised:
        read_keys(told)
    assert says in str(raised.value)


def test_signs_have_the_names_that_the_framework_gives_them() -> None:
    for code in range(33, 127):
        assert read_key(chr(code)) == (chr(code) if chr(code).isalnum() else _character_to_key(chr(code)))


def test_every_key_of_the_tables_can_be_typed() -> None:
    for command in COMMANDS:
        assert read_keys(command.keys) == command.keys
    for keymap in KEYMAPS.values():
        assert read_keymap(keymap) == (dict(keymap), [])


def test_all_faults_are_found_at_once() -> None:
    person = {"folow": "Q", "star": "ctrl+i", "search": "Q", "why": "Q", "undo": "S", "redo": "S"}
    keys, faults = read_keys_in_force("vim", person)
    assert keys == {"search": "Q", "why": "Q", "undo": "S", "redo": "S", "save-search": ""}
    assert len(faults) == 4
    assert "did you mean 'follow'" in faults[0]
    assert faults[1].startswith("keys: star: 'ctrl+i' can't be told from tab")
    with pytest.raises(ConfigError, match=r"\(and 3 more: newsdesk config check\)"):
        keys_in_force("vim", person)


async def test_a_key_that_does_nothing_says_so_and_where_it_would(newsroom: Open) -> None:
    async with newsroom() as room:
        await room.press("Q")
        assert "Q does nothing here; ? shows every key" in room.status
        await room.press("number_sign")
        assert "# does nothing here; ? shows every key" in room.status
        await room.press("full_stop")
        assert ". does nothing here; in the article or the comments: Find again" in room.status
        await room.press("J")
        assert "J does nothing here; in the comments: Next at this level" in room.status
        await room.press("a")
        assert "a does nothing here; in the pane of follows: Alert rules; on the feeds screen: Add a feed" in room.status
        await room.press("7", "n")
        assert "n does nothing here; among the stories: Next unread" in room.text
        await room.press("escape", "slash")
        await room.type("b#J")
        assert room.screen.search_box.value == "b#J"
        assert "does nothing" not in room.status


async def test_keys_with_blanks_and_signs_work_on_the_screen(newsroom: Open) -> None:
    async with newsroom(keys={"help": "f9, &", "unread-only": "%"}) as room:
        await room.press("ampersand")
        assert "Keys" in room.text
        await room.press("escape", "percent_sign")
        assert room.screen.view.narrowing.unread_only
