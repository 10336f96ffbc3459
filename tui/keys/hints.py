"""The keys in the status line: which matter most at a place, in which order, and how they are worded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tui.drawing.render import Line, line_width
from tui.keys.commands import BESIDE, BY_ID, COMMANDS, Where, first_key

# What a person needs first where no key is the place's own; the rest stands in the order of the table.
_FIRST: Final = ("choose", "next-unread", "search", "next-pane", "follow", "star", "why")
_LATE: Final = ("jump",)  # who knows it needs no word of it
_LAST: Final = ("back", "help")  # always there: the way back, and where all keys stand


_ELSEWHERE: Final[Mapping[Where, str]] = {
    "screen": "among the stories",
    "article": "in the article or the comments",
    "thread": "in the comments",
    "following": "in the pane of follows",
    **{place: f"on the {place} screen" for place in BESIDE},
    "follows": "on the following screen",
}


@dataclass(frozen=True, slots=True)
class Hint:
    """A key and its word. A press of the mouse on it does the command of that id. `kept`: others give way to it."""

    command: str
    line: Line
    kept: bool = False

    @property
    def width(self) -> int:
        return line_width(self.line)


def hints_of(words: Mapping[str, str], own: frozenset[str], keymap: Mapping[str, str]) -> list[Hint]:
    """Hints of commands by id, those of `own` first and the way back and the list of keys last; of one without a key
    there is none. `keymap`: keys in force."""
    found = [command for command in COMMANDS if words.get(command.id) and keymap.get(command.id, command.keys)]
    place = {name: at for at, name in enumerate(_FIRST)} | {name: len(_FIRST) + 1 for name in _LATE}
    found.sort(key=lambda command: (command.id in _LAST, command.id not in own, place.get(command.id, len(_FIRST))))
    return [_hint(command.id, words[command.id], keymap) for command in found]


def unbound_words(key: str, shown: str, keymap: Mapping[str, str]) -> str:
    """That a key, shown as `shown`, does nothing where it was pressed; what it does elsewhere, and where."""
    found: dict[str, str] = {}
    for place, where in _ELSEWHERE.items():
        for command in COMMANDS:
            if command.is_at(place) and key in keymap.get(command.id, command.keys).split(","):
                again = any(told.startswith("on the ") for told in found.values())
                there = where.removeprefix("on the ").removesuffix(" screen") if again else where
                found.setdefault(command.id, f"{there}: {command.name}")
    told = "; ".join(found.values()) or f"{first_key(BY_ID['help'], keymap)} shows every key"
    return f"{shown} does nothing here; {told}"


def _hint(name: str, word: str, keymap: Mapping[str, str]) -> Hint:
    return Hint(name, ((first_key(BY_ID[name], keymap), "accent"), (f" {word}", "muted")), name in _LAST)
