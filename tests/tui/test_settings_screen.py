"""The settings screen: what each setting means, changed, in force at once where that can be, written, undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.config import KEYS, LISTS
from tests.tui.conftest import Open
from tests.tui.driving import Room, strike
from tests.tui.hostile import HOSTILE
from tests.tui.test_hostile import assert_harmless
from tui.colours.theme_files import Themes
from tui.keys.commands import COMMANDS
from tui.panes.setting_words import row_id
from tui.screens.entry import complete_path
from tui.screens.settings import SettingsScreen
from tui.widgets.virtual_list import VirtualList

FILE = """# my desk
seeds = [
  "~/news",  # pages
]

[display]
theme = "dark"  # at night
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(FILE)
    return path


def screen_of(room: Room) -> SettingsScreen:
    return next(screen for screen in reversed(room.app.screen_stack) if isinstance(screen, SettingsScreen))


async def go_to(room: Room, name: str) -> None:
    screen = screen_of(room)
    place = screen.settings_pane.place_of(name)
    assert place is not None
    screen.settings_pane.go(place)
    await room.settle()


def said(room: Room) -> str:
    return screen_of(room).status_bar.text


async def test_a_list_that_was_squeezed_stands_where_it_stood_once_there_is_room(newsroom: Open, file: Path) -> None:
    async with newsroom(160, 48, config_file=file) as room:
        await room.press("C")
        pane = screen_of(room).settings_pane
        await room.press(*"jjjjjjjjj")
        for size in ((40, 12), (20, 5)):
            await room.resize(*size)
            assert pane.cursor in pane.in_sight
        assert pane.scroll_offset.y
        await room.resize(160, 48)
        assert pane.scroll_offset.y == 0
        await room.press("G")
        top = pane.scroll_offset.y
        await room.resize(20, 5)
        await room.press("k")
        await room.resize(160, 48)
        assert pane.cursor in pane.in_sight
        assert pane.scroll_offset.y <= top


async def test_every_setting_and_every_command_is_there_with_its_meaning(newsroom: Open, file: Path) -> None:
    async with newsroom(80, 24, config_file=file, theme="dark", themes=Themes(file)) as room:
        await room.press("C")
        pane = screen_of(room).settings_pane
        names = [row_id(row) for row in pane.entries if not isinstance(row, str)]
        settings = [key.dotted for key in KEYS if key.section not in LISTS and key.kind != "map"]
        assert names == ["seeds", "feeds", "follows", *settings[1:], *(f"keys.{command.id}" for command in COMMANDS)]
        await go_to(room, "display.theme")
        assert 'Now: "dark"' in room.text
        assert "Default: the one used last, dark at first" in room.text
        assert "Environment: NEWSDESK_DISPLAY_THEME" in room.text
        await room.press("escape")
        assert room.app.screen is room.screen


async def test_where_no_theme_is_set_the_one_in_force_is_said(newsroom: Open, file: Path) -> None:
    file.write_text("", "utf-8")
    async with newsroom(160, 48, config_file=file) as room:
        await room.press("C")
        await go_to(room, "display.theme")
        row = next(line for line in room.text.splitlines() if line.lstrip().startswith("theme"))
        assert "the one used last, dark at first" in row
        assert "Now: the one used last, dark at first" in room.text


@pytest.mark.parametrize("key", ["C", "9"])
async def test_a_small_terminal_shows_the_list_and_the_cursor_in_it(
    newsroom: Open, file: Path, key: str, tmp_path: Path
) -> None:
    async with newsroom(40, 12, config_file=file, seeds=["/one", "/two"]) as room:
        await room.press(key, "j")
        pane = room.app.screen.focused
        assert isinstance(pane, VirtualList)
        assert pane.inner_height >= 3
        assert pane.cursor in pane.in_sight


async def test_a_change_is_in_force_written_and_undone(newsroom: Open, file: Path) -> None:
    async with newsroom(80, 24, config_file=file, theme="dark", themes=Themes(file)) as room:
        await room.press("C")
        await go_to(room, "display.theme")
        await room.press("l")
        assert room.app.theme == "newsdesk-light"
        assert 'theme = "light"  # at night' in file.read_text()
        assert 'display.theme = "light"; u takes it back' in said(room)
        await go_to(room, "display.keymap")
        await room.press("enter", "2")
        assert room.screen.setup.keymap == "newsboat"
        assert room.app.person_keys["back"] == "q,escape"
        await go_to(room, "display.refresh_every")
        await room.press("enter")
        await room.type("5m")
        await room.press("enter")
        assert room.screen.setup.refresh_every_s == 300
        assert 'keymap = "newsboat"\nrefresh_every = "5m"\n' in file.read_text()
        await go_to(room, "alerts.bell")
        await room.press("enter")
        assert room.screen.setup.alerts.bell is True
        await room.press("q")
        assert room.app.screen is room.screen, "the keys of the new keymap are in force"
        await room.press("C", "u", "u", "u", "u")
        assert file.read_text().replace("\n[alerts]\n", "") == FILE
        assert room.app.theme == "newsdesk-dark"
        await room.press("u")
        assert "no setting was changed in this session" in said(room)
        await room.press("ctrl+r")
        assert room.app.theme == "newsdesk-light"
        assert 'done again: display.theme is "light"' in said(room)
        await room.press("u")
        assert room.app.theme == "newsdesk-dark"
        await room.press("ctrl+r", "ctrl+r", "ctrl+r", "ctrl+r", "ctrl+r")
        assert "no setting was undone since the last change" in said(room)
        assert room.screen.setup.refresh_every_s == 300
        assert 'keymap = "newsboat"\nrefresh_every = "5m"\n' in file.read_text()


async def test_keys_that_come_faster_than_a_change_is_written_count_each(newsroom: Open, file: Path) -> None:
    async with newsroom(80, 24, config_file=file, theme="dark", themes=Themes(file)) as room:
        await room.press("C")
        await go_to(room, "display.theme")
        await room.press("l")
        first = room.app.theme
        await room.press("u")
        strike(room.app, "l", "l")
        await room.settle()
        assert room.app.theme not in (first, "newsdesk-dark")
        assert 'theme = "light"' not in file.read_text()
        strike(room.app, "h", "l")
        await room.settle()
        strike(room.app, "u", "u", "u", "u")
        await room.settle()
        assert file.read_text() == FILE
        assert "undone: display.theme is" in said(room)
        await go_to(room, "alerts.bell")
        strike(room.app, "enter", "enter", "enter")
        await room.settle()
        assert room.screen.setup.alerts.bell is True
        assert not room.app.faults


async def test_what_can_not_be_is_refused_with_the_reason(newsroom: Open, file: Path) -> None:
    async with newsroom(80, 24, config_file=file, themes=Themes(file)) as room:
        await room.press("C")
        await go_to(room, "display.refresh_every")
        await room.press("enter")
        await room.type("soon")
        await room.press("enter")
        assert "refresh_every must be an age like 30m, 1h or 2d" in room.text
        await room.press("escape")
        await go_to(room, "keys.star")
        await room.press("enter", "backspace")
        await room.type("plusminus")
        await room.press("enter")
        assert "no key is called 'plusminus'" in room.text
        await room.press("escape")
        room.screen.do_settings("display.theme nrod")
        await room.settle()
        assert "no theme is called 'nrod'" in said(room)
        room.screen.do_settings("display.thme")
        await room.settle()
        assert "no setting is called 'display.thme'" in said(room)
        assert file.read_text() == FILE


async def test_keys_are_changed_by_the_name_of_the_command_and_given_back(newsroom: Open, file: Path) -> None:
    async with newsroom(80, 24, config_file=file) as room:
        await room.press("C")
        await go_to(room, "keys.star")
        await room.press("enter", "backspace")
        await room.type("b, F7")
        await room.press("enter")
        assert '[keys]\nstar = "b, F7"\n' in file.read_text()
        assert room.app.person_keys["star"] == "b,f7"
        await room.press("x")
        assert "star" not in file.read_text()
        assert "star" not in room.app.person_keys
        await room.press("x")
        assert "it stands at its default" in said(room)
        room.screen.do_settings("keys.star b")
        await room.settle()
        await go_to(room, "keys.why")
        await room.press("enter", "backspace")
        await room.type("b")
        await room.press("enter")
        assert "'b' is the key of both " in room.text


async def test_a_key_that_is_built_in_is_given_to_another_command(newsroom: Open, file: Path) -> None:
    async with newsroom(80, 24, config_file=file) as room:
        await room.press("C")
        await go_to(room, "keys.star")
        await room.press("enter", "backspace")
        await room.type("U")
        await room.press("enter")
        assert (room.app.person_keys["star"], room.app.person_keys["unread-only"]) == ("U", "")
        await go_to(room, "keys.unread-only")
        row = next(line for line in room.text.splitlines() if " unread-only " in line)
        assert "yours" not in row
        assert row.rstrip(" │").endswith("U is for star")
        assert "Keys: none, but the command line does it" in room.text
        assert "U is yours for star (Star)." in room.text
        await go_to(room, "keys.star")
        await room.press("x")
        assert "is for star" not in room.text


async def test_a_list_has_lines_that_come_and_go(newsroom: Open, file: Path, tmp_path: Path) -> None:
    (tmp_path / "wires").mkdir()
    async with newsroom(80, 24, config_file=file) as room:
        await room.press("C", "enter", "down", "enter")
        await room.type(str(tmp_path / "wir"))
        await room.press("tab")
        assert str(tmp_path / "wires") + "/" in room.text
        await room.press("enter")
        assert f'  "~/news",  # pages\n  "{tmp_path / "wires"}/",\n]' in file.read_text()
        await room.press("enter", "down", "d")
        assert file.read_text() == FILE
        await room.press("enter", "down", "enter")
        await room.type("/nowhere/at/all")
        await room.press("enter")
        assert "/nowhere/at/all: no such file or folder" in room.text


async def test_a_file_that_somebody_else_changed_is_not_written_over(newsroom: Open, file: Path) -> None:
    async with newsroom(80, 24, config_file=file) as room:
        await room.press("C")
        await go_to(room, "display.theme")
        file.write_text(FILE.replace('"dark"', '"contrast"'))
        await room.press("l")
        assert "was changed there in the meantime; nothing was written" in said(room)
        assert '"contrast"' in file.read_text()
        assert "contrast" in room.text, "what it says by now is shown"


async def test_what_the_environment_sets_is_said_to_outrank_the_file(newsroom: Open, file: Path) -> None:
    env = {"LANG": "C.UTF-8", "NEWSDESK_DISPLAY_KEYMAP": "emacs"}
    async with newsroom(80, 24, config_file=file, env=env, keymap="emacs") as room:
        await room.press("C")
        await go_to(room, "display.keymap")
        meaning = "".join(text for line in screen_of(room).setting_page.lines for text, _ in line)
        assert "Set by NEWSDESK_DISPLAY_KEYMAP, which overrides the file" in meaning
        await room.press("enter", "2")
        assert "but NEWSDESK_DISPLAY_KEYMAP overrides the file" in said(room)
        assert 'keymap = "newsboat"' in file.read_text()


async def test_the_command_line_goes_to_a_setting_and_sets_it(newsroom: Open, file: Path) -> None:
    async with newsroom(80, 24, config_file=file) as room:
        await room.press("colon")
        await room.type("settings alerts.quiet 22:00-07:00")
        await room.press("enter")
        assert 'quiet = "22:00-07:00"' in file.read_text()
        assert "alerts.quiet" in room.text
        assert (await room.screen.offers())["settings"][0] == "seeds"


async def test_a_demo_shows_and_changes_nothing(newsroom: Open) -> None:
    async with newsroom(80, 24, demo=True) as room:
        for key in ("enter", "x"):
            await room.press("C", key)
            assert "nothing is kept here, so nothing can be set" in said(room)
            await room.press("escape")


async def test_faults_and_hostile_settings(newsroom: Open, file: Path) -> None:
    file.write_text("nonsense = 1\n" + FILE)
    async with newsroom(120, 20, config_file=file) as room:
        await room.press("C")
        assert "unknown key 'nonsense'" in said(room)
    text = "".join(part for part in HOSTILE if "\ud800" not in part and "\x00" not in part)
    env = {"LANG": "C.UTF-8", "NEWSDESK_FETCH_CONTACT": text, "NEWSDESK_SEEDS": text}
    async with newsroom(80, 24, config_file=file, env=env) as room:
        await room.press("C")
        assert_harmless(room.text)
        await go_to(room, "fetch.contact")
        assert_harmless(room.text)


def test_a_path_is_completed_as_far_as_the_disk_is_sure(tmp_path: Path) -> None:
    for name in ("pages-2025", "pages-2026", ".hidden"):
        (tmp_path / name).mkdir()
    (tmp_path / "list.opml").write_text("")
    assert complete_path(f"{tmp_path}/p") == (f"{tmp_path}/pages-202", ["pages-2025/", "pages-2026/"])
    assert complete_path(f"{tmp_path}/l") == (f"{tmp_path}/list.opml", ["list.opml"])
    assert complete_path(f"{tmp_path}/.h") == (f"{tmp_path}/.hidden/", [".hidden/"])
    assert complete_path(f"{tmp_path}/q") == (f"{tmp_path}/q", ())
    assert complete_path("~nobody-of-that-name/x")[1] == ()
    assert complete_path("/nonexistent/x") == ("/nonexistent/x", ())
    assert complete_path("a\0b/c")[1] == ()
