"""Settings in words: a row of the list, and one of them in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from newsdesk.config import to_toml
from newsdesk.config.standing import Standing
from newsdesk.config.telling import told_default
from newsdesk.model import Json
from newsdesk.wording import counted
from tui.drawing.render import Line, Span, crop, fit, spread, wrap
from tui.keys.commands import COMMANDS, Command, keys_of, show_keys
from tui.keys.keymaps import NO_KEY

NAME_WIDTH: Final = 22
KEYS_WIDTH: Final = 16
_SECTIONS: Final = {
    "": "SOURCES",
    "display": "DISPLAY",
    "alerts": "ALERTS",
    "archive": "ARCHIVE",
    "mood": "MOOD",
    "fetch": "FETCHING",
    "threads": "SERVERS OF COMMENTS",
}
_EFFECTS: Final = {
    "now": "A change takes effect at once.",
    "refresh": "A change takes effect from the next refresh on.",
    "start": "A change takes effect after the next start.",
}


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A command whose keys can be changed. `told`: the person's own words, None where the keymap's keys are in force. `lost`:
    those of the keymap's that are the person's for another command, which is named."""

    command: Command
    keys: str
    told: str | None
    lost: Mapping[str, Command]

    @property
    def id(self) -> str:
        return f"keys.{self.command.id}"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Settings that have a screen of their own."""

    id: str
    name: str
    says: str


Row: TypeAlias = Standing | KeyRow | PlaceRow


def row_id(row: Row) -> str:
    return row.key.dotted if isinstance(row, Standing) else row.id


def entries_of(
    settings: Sequence[Standing],
    places: Sequence[PlaceRow],
    keymap: Mapping[str, str],
    lost: Mapping[str, Mapping[str, Command]],
) -> list[Row | str]:
    """Headings and rows, in the order of the settings file; every command's keys last. By id of a command, `keymap` are its
    keys in force and `lost` those that gave way."""
    entries: list[Row | str] = []
    person: Mapping[str, str] = next((one.value for one in settings if one.key.kind == "map"), {})
    section: str | None = None
    for one in settings:
        if one.key.kind == "map":
            continue
        if one.key.section != section:
            section = one.key.section
            entries.append(_SECTIONS.get(section, section.upper()))
        entries.append(one)
        if not section:
            entries += places
    entries.append("KEYS")
    entries += [
        KeyRow(command, keys_of(command, keymap), person.get(command.id), lost.get(command.id, {})) for command in COMMANDS
    ]
    return entries


def value_words(value: Json, unset: str) -> str:
    """A value as a person reads it in a row; an empty one is `unset`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or unset
    return str(value) if value not in (None, "") else unset


def row_line(row: Row, width: int, ellipsis: str) -> Line:
    if isinstance(row, PlaceRow):
        return spread(((f"   {fit(row.name, NAME_WIDTH, ellipsis)}", "text"), (row.says, "muted")), (), width, ellipsis)
    if isinstance(row, KeyRow):
        name, value, is_set = row.command.id, row.keys, row.told is not None
        by = "yours" if is_set else _taken(row)
    else:
        name, value = row.key.name, value_words(row.told, row.key.unset)
        is_set = row.written is not None or bool(row.outranked_by)
        by = row.outranked_by or ("file" if is_set else "default")
    said: Span = (value, "accent" if is_set else "muted")
    left = [(f"   {fit(name, NAME_WIDTH, ellipsis)}", "title" if is_set else "text"), said]
    if isinstance(row, KeyRow):
        left[1:] = [(fit(value, KEYS_WIDTH, ellipsis), said[1]), (row.command.name, "muted")]
    return spread(crop(left, max(0, width - len(by) - 3), ellipsis), ((f"  {by} ", "faint"),), width, ellipsis)


def _taken(row: KeyRow) -> str:
    """Which of its keys are now for what, if any: `U is for star`."""
    return ", ".join(f"{show_keys(key)} is for {taker.id}" for key, taker in row.lost.items())


def heading_line(words: str, width: int) -> Line:
    return (((f" {words}")[:width], "line"),)


def detail_lines(row: Row, width: int, keys: Mapping[str, str]) -> list[Line]:
    """One of them in full; `keys` are those that change it, by command."""
    return [
        ((f" {line}", ink),) if line else () for text, ink in _paragraphs(row, keys) for line in wrap(text, width - 2) or [""]
    ]


def _paragraphs(row: Row, keys: Mapping[str, str]) -> Iterator[Span]:
    if isinstance(row, PlaceRow):
        yield row.name, "title"
        yield row.says, "text"
        yield "", ""
        yield f"{keys['choose']} opens their own screen, where they are added and removed.", "faint"
    elif isinstance(row, KeyRow):
        yield row.id, "title"
        yield f"{row.command.name}: {row.command.help}.", "text"
        yield "", ""
        yield f"Keys: {row.keys or NO_KEY}", "accent" if row.told is not None else "text"
        for key, taker in row.lost.items():
            yield f"{show_keys(key)} is yours for {taker.id} ({taker.name}).", "accent"
        yield f"Built in: {show_keys(row.command.keys)}", "muted"
        yield "", ""
        yield f"{keys['choose']} changes them, {keys['default']} restores the keymap's. {_EFFECTS['now']}", "faint"
    else:
        yield from _of_setting(row, keys)


def _of_setting(row: Standing, keys: Mapping[str, str]) -> Iterator[Span]:
    key = row.key
    yield key.dotted, "title"
    yield key.doc, "text"
    yield "", ""
    yield (
        f"Now: {to_toml(row.told) if row.told or isinstance(row.told, bool | int) else key.unset}",
        "accent" if row.told != key.default else "text",
    )
    yield f"Default: {told_default(key)}", "muted"
    if key.choices:
        yield f"Choices: {', '.join(key.choices)}", "muted"
    else:
        yield f"Example: {to_toml(key.example)}", "muted"
    if row.outranked_by:
        yield (
            f"Set by {row.outranked_by}, which overrides the file: a change is written but has no effect while it is set.",
            "error",
        )
    else:
        yield f"Environment: {key.variable}", "muted"
    yield "", ""
    yield f"{keys['choose']} changes it, {keys['default']} resets it to its default. {_EFFECTS[key.effect]}", "faint"


def feeds_words(number: int) -> str:
    return counted(number, "feed", "feeds") if number else "none yet"


def follows_words(number: int) -> str:
    return f"{counted(number, 'follow', 'follows')} in the file" if number else "none in the file"
