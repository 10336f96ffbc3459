"""Which keys are in force: a keymap's, and a person's own on top of them. Two commands of one place never share a key: what
is built in gives way to a person's own, so that a new command's key takes none away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from newsdesk.config import KEYMAPS as NAMES
from newsdesk.errors import ConfigError
from tui.keys.commands import BESIDE, BY_ID, COMMANDS, Command, Where, read_keymap, show_keys

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
_NEVER_TYPED: Final = "no_key"
NO_KEY: Final = "none, but the command line does it"


def keys_in_force(keymap: str, person: Mapping[str, str]) -> dict[str, str]:
    """Keys by command id, where they aren't those of the table. Raises ConfigError for the first thing that is wrong: an id
    that no command has, a key that can't be typed, a key that a person gave to two commands of one place (it names both)."""
    keys, faults = read_keys_in_force(keymap, person)
    if faults:
        raise ConfigError(faults[0] if len(faults) == 1 else f"{faults[0]} (and {len(faults) - 1} more: newsdesk config check)")
    return keys


def read_keys_in_force(keymap: str, person: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Keys by command id, and a sentence for each thing that is wrong with them. A command all of whose keys are a person's
    for something else has none (an empty text): the command line still does it."""
    told, faults = read_keymap(person)
    keys = {**KEYMAPS[keymap or "vim"], **told}
    for name, lost in lost_keys(keymap, person).items():
        keys[name] = ",".join(one for one in _keys(BY_ID[name], keys) if one not in lost)
    pairs = {(key, one.id, other.id): (one, other) for key, one, other in clashes(keys)}
    for (key, *_), (one, other) in pairs.items():
        faults.append(
            f"keys: {show_keys(key)!r} is the key of both {one.id!r} ({one.name}) and {other.id!r} ({other.name}); "
            "give one of them another"
        )
    if not _keys(BY_ID["palette"], keys):
        faults.append("keys: nothing is left to open the command line; give 'palette' a key")
    return keys, faults


def lost_keys(keymap: str, person: Mapping[str, str]) -> dict[str, dict[str, Command]]:
    """By id, the keys of a command that gave way to a person's own, and what the person has each for."""
    told = read_keymap(person)[0]
    lost: dict[str, dict[str, Command]] = {}
    for key, one, other in clashes({**KEYMAPS[keymap or "vim"], **told}):
        for command, taker in ((one, other), (other, one)):
            if command.id not in told:
                lost.setdefault(command.id, {})[key] = taker
    return lost


def given_way(keymap: str, person: Mapping[str, str]) -> list[str]:
    """A sentence for each command that gave a key, or all it had, to one of a person's own."""
    lost, keys = lost_keys(keymap, person), read_keys_in_force(keymap, person)[0]
    told = []
    for command in COMMANDS:
        if command.id in lost:
            left = show_keys(keys[command.id]) or NO_KEY
            gone = show_keys(",".join(lost[command.id]))
            told.append(f"keys: {gone!r} is yours; {command.id!r} ({command.name}) is left with {left}")
    return told


def _keys(command: Command, keys: Mapping[str, str]) -> list[str]:
    told = keys.get(command.id, command.keys).replace(" ", "")
    return list(dict.fromkeys(told.split(","))) if told else []


def for_framework(keys: Mapping[str, str]) -> dict[str, str]:
    """The same as the framework takes it, which would leave a command without a key the one that is built in."""
    return {name: told or _NEVER_TYPED for name, told in keys.items()}


def clashes(keys: Mapping[str, str]) -> Iterator[tuple[str, Command, Command]]:
    """Each key that two commands have at one place."""
    places: tuple[Where, ...] = ("article", "thread", "following", "screen", "welcome", *BESIDE)
    for place in places:
        owners: dict[str, Command] = {}
        for command in COMMANDS:
            if command.is_at("pane") or command.is_at(place):
                for key in _keys(command, keys):
                    if key in owners:
                        yield key, owners[key], command
                    owners[key] = command


def differences(keymap: str) -> list[tuple[Command, str]]:
    """The commands whose keys a keymap changes, with those keys as a person knows them."""
    return [(BY_ID[name], show_keys(keys)) for name, keys in KEYMAPS[keymap].items()]
