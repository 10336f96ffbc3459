"""How a setting is asked for: turned over, chosen among a few, written in a line, or a list whose lines come and go."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newsdesk.config import Key, check_value
from newsdesk.config.standing import Standing
from newsdesk.model import Json
from newsdesk.paths import expand
from tui.drawing.render import Line, Span
from tui.panes.setting_words import KeyRow
from tui.screens.asking import Choice
from tui.screens.beside import Beside
from tui.screens.entry import Entry, complete_path

if TYPE_CHECKING:
    from tui.app import Setup

Put = Callable[[Json | None], None]  # writes a value; None is the default


def reason_against(setup: Setup, key: Key, value: Json) -> str:
    """Why a value can't be taken; empty where it can."""
    from textual.theme import BUILTIN_THEMES

    from newsdesk.errors import ConfigError
    from tui.keys.keymaps import read_keys_in_force

    try:
        check_value(key, value)
        if key.dotted == "display.theme" and value and setup.themes.find(value) is None and value not in BUILTIN_THEMES:
            return setup.themes.unknown(value)
    except (ValueError, ConfigError) as error:
        return f"{key.name} {error}" if isinstance(error, ValueError) else str(error)
    faults = read_keys_in_force(value, setup.keys)[1] if key.dotted == "display.keymap" else []
    return faults[0] if faults else ""


def choices_of(setup: Setup, key: Key) -> Sequence[Json]:
    """What a setting may be, where that is a few things."""
    if key.kind == "flag":
        return (False, True)
    if key.dotted == "display.theme":
        return setup.themes.names()
    return key.choices


def ask_for(screen: Beside, row: Standing, put: Put) -> None:
    """Ask for another value of a setting."""
    key = row.key
    choices = choices_of(screen.setup, key)
    if choices:
        lines: list[Line] = [((str(one), "accent" if one == row.told else "text"),) for one in choices]
        words: tuple[Span, ...] = ((key.dotted, "title"),)
        screen.app.push_screen(Choice(words, lines, lambda at: put(choices[at])))
    elif key.kind in ("texts", "paths"):
        _ask_for_list(screen, row, put)
    else:
        screen.app.push_screen(_line(screen, row, str(row.told or ""), lambda text: put(text or None)))


def _line(screen: Beside, row: Standing, text: str, do: Callable[[str], None], *, element: bool = False) -> Entry:
    """The sheet for a value, or for one element of a list."""
    key = row.key

    def reason(told: str) -> str:
        if not told:
            return ""
        if key.kind == "paths" and not os.path.lexists(expand(told)):
            return f"{told}: no such file or folder"
        return reason_against(screen.setup, key, [told] if element else told)

    example = key.example[0] if isinstance(key.example, list) else str(key.example)
    words: tuple[Span, ...] = ((key.dotted, "title"), (key.doc, "muted"))
    completes = complete_path if key.kind == "paths" else None
    return Entry(words, do, text=text, example=example, check=reason, complete=completes)


def _ask_for_list(screen: Beside, row: Standing, put: Put) -> None:
    told = [str(part) for part in row.told]

    def change(at: int, text: str) -> None:
        whole = [*told[:at], *([text] if text else []), *told[at + 1 :]]
        put(whole or None)

    def choose(at: int) -> None:
        screen.app.push_screen(
            _line(screen, row, told[at] if at < len(told) else "", lambda text: change(at, text), element=True)
        )

    if not told:
        choose(0)
        return
    lines: list[Line] = [*(((text, "text"),) for text in told), (("add one", "accent"),)]
    words: tuple[Span, ...] = ((row.key.dotted, "title"),)
    keys = "Enter changes or adds one, d removes it, Esc leaves"
    screen.app.push_screen(Choice(words, lines, choose, drop=lambda at: change(at, ""), keys=keys))


def ask_for_keys(screen: Beside, row: KeyRow, put: Put) -> None:
    """Ask for a command's keys."""
    from tui.keys.keymaps import read_keys_in_force

    def reason(text: str) -> str:
        if not text:
            return ""
        keys = {**screen.setup.keys, row.command.id: text}
        known = read_keys_in_force(screen.setup.keymap, screen.setup.keys)[1]
        faults = [fault for fault in read_keys_in_force(screen.setup.keymap, keys)[1] if fault not in known]
        return faults[0] if faults else ""

    words: tuple[Span, ...] = (
        (f"Keys for {row.command.name}", "title"),
        ("As they are shown: f, ^d, M-x, PgDn, F5; several separated by commas. Empty: those of the keymap.", "muted"),
    )
    text = row.told if row.told is not None else row.keys.replace(" ", ", ")
    screen.app.push_screen(Entry(words, lambda told: put(told or None), text=text, check=reason))
