"""Commands as the rest of the dashboard takes them: key bindings, a person's own keys, keys as they are shown.

Every command is declared once, in :mod:`tui.keys.command_table`; key line, palette, help and manual are all made from that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from tui.keys.command_table import BESIDE, BY_ID, COMMANDS, Command, Where
from tui.keys.key_names import read_keys

if TYPE_CHECKING:  # the settings are looked over without the framework
    from textual.binding import Binding

__all__ = ["BESIDE", "BY_ID", "COMMANDS", "Command", "Where", "bindings", "first_key", "grouped", "keys_of"]
__all__ += ["read_keymap", "show_keys"]

_SHOWN: Final = {
    "slash": "/",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "colon": ":",
    "semicolon": ";",
    "comma": ",",
    "full_stop": ".",
    "at": "@",
    "exclamation_mark": "!",
    "asterisk": "*",
    "vertical_line": "|",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "underscore": "_",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "backspace": "Backspace",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
}


def bindings(where: Where) -> list[Binding]:
    """The bindings of the panes or of a screen, remappable by id. What is done to a follow is done by the screen."""
    from textual.binding import Binding

    of = "screen." if where == "following" else ""
    return [
        Binding(command.keys, of + command.action, command.name, show=False, id=command.id, priority=command.id == "palette")
        for command in COMMANDS
        if command.is_at(where)
    ]


def read_keymap(remapped: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """A person's keys by command id, by the framework's names, as far as they can be used; and a sentence for each other one:
    of an id that no command has, with the nearest one, or with a key that can't be typed."""
    keys: dict[str, str] = {}
    faults: list[str] = []
    for name, told in remapped.items():
        if name not in BY_ID:
            import difflib

            near = difflib.get_close_matches(name, BY_ID, 1)
            mend = f"did you mean {near[0]!r}?" if near else "see ? in the dashboard for the names"
            faults.append(f"keys: no command is called {name!r}; {mend}")
            continue
        try:
            keys[name] = read_keys(told)
        except ValueError as error:
            faults.append(f"keys: {name}: {error}")
    return keys, faults


def show_keys(keys: str) -> str:
    """Textual's key names as a person knows them: ``slash`` is ``/``, ``ctrl+d`` is ``^d``."""
    return " ".join(_show_key(key.strip()) for key in keys.split(","))


def _show_key(key: str) -> str:
    for prefix, shown in (("ctrl+", "^"), ("alt+", "M-")):
        if key.startswith(prefix):
            return shown + _show_key(key.removeprefix(prefix))
    return _SHOWN.get(key, key)


def keys_of(command: Command, keymap: Mapping[str, str]) -> str:
    return show_keys(keymap.get(command.id, command.keys))


def first_key(command: Command, keymap: Mapping[str, str]) -> str:
    """Its first key; of a command that has none, what the command line is told: ``:unread-only``."""
    key = keys_of(command, keymap).split(" ")[0]
    if key:
        return key
    line = keys_of(BY_ID["palette"], keymap).split(" ")[0]
    return f"{line}{' ' if len(line) > 1 else ''}{command.id}"


def grouped() -> Iterable[tuple[str, list[Command]]]:
    """The commands by group, in the order of the table."""
    groups: dict[str, list[Command]] = {}
    for command in COMMANDS:
        groups.setdefault(command.group, []).append(command)
    return groups.items()
