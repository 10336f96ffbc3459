"""Which keys are in force: a keymap's, and a person's own on top of them. Two commands of one place never share a key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from newsdesk.config import KEYMAPS as NAMES
from newsdesk.errors import ConfigError
from tui.commands import BESIDE, BY_ID, COMMANDS, Command, Where, read_keymap, show_keys

# What differs from the table of commands, which is the vim-like one.
KEYMAPS: Final[Mapping[str, Mapping[str, str]]] = {
    "vim": {},
    "newsboat": {
        "unfold": "right",
        "fold": "left",
        "page-down": "pagedown",
        "previous-unread": "p",
        "toggle-read": "N",
        "unread-only": "l",
        "clear": "ctrl+f,backspace",
        "back": "q,escape",
        "quit": "Q,ctrl+c",
        "thread-parent": "P",
    },
    "emacs": {
        "cursor-down": "ctrl+n,down",
        "cursor-up": "ctrl+p,up",
        "page-down": "ctrl+v,pagedown",
        "page-up": "alt+v,pageup",
        "top": "alt+less_than_sign,home",
        "bottom": "alt+greater_than_sign,end",
        "unfold": "ctrl+f,right",
        "fold": "ctrl+b,left",
        "next-unread": "n",
        "previous-unread": "p",
        "search": "ctrl+s,slash",
        "back": "ctrl+g,escape",
        "refresh": "g,r",
        "undo": "ctrl+underscore,u",
        "redo": "alt+underscore,ctrl+r",
        "palette": "alt+x,colon",
        "thread-parent": "P",
    },
}
assert tuple(KEYMAPS) == NAMES


def keys_in_force(keymap: str, person: Mapping[str, str]) -> dict[str, str]:
    """Keys by command id, where they aren't those of the table. Raises ConfigError for the first thing that is wrong: an id
    that no command has, a key that can't be typed, a key that two commands of one place would have (it names both)."""
    keys, faults = read_keys_in_force(keymap, person)
    if faults:
        raise ConfigError(faults[0] if len(faults) == 1 else f"{faults[0]} (and {len(faults) - 1} more: newsdesk config check)")
    return keys


def read_keys_in_force(keymap: str, person: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Keys by command id, and a sentence for each thing that is wrong with them."""
    told, faults = read_keymap(person)
    keys = {**KEYMAPS[keymap or "vim"], **told}
    pairs = {(key, one.id, other.id): (one, other) for key, one, other in clashes(keys)}
    for (key, *_), (one, other) in pairs.items():
        faults.append(
            f"keys: {show_keys(key)!r} is the key of both {one.id!r} ({one.name}) and {other.id!r} ({other.name}); "
            "give one of them another"
        )
    return keys, faults


def clashes(keys: Mapping[str, str]) -> Iterator[tuple[str, Command, Command]]:
    """Each key that two commands have at one place."""
    places: tuple[Where, ...] = ("article", "thread", "following", "screen", *BESIDE)
    for place in places:
        owners: dict[str, Command] = {}
        for command in COMMANDS:
            if command.is_at("pane") or command.is_at(place):
                for key in dict.fromkeys(keys.get(command.id, command.keys).replace(" ", "").split(",")):
                    if key in owners:
                        yield key, owners[key], command
                    owners[key] = command


def differences(keymap: str) -> list[tuple[Command, str]]:
    """The commands whose keys a keymap changes, with those keys as a person knows them."""
    return [(BY_ID[name], show_keys(keys)) for name, keys in KEYMAPS[keymap].items()]
