"""The list of keys: every command with its keys and what it does, from the one table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.drawing.cells import width_of
from tui.drawing.render import Glyphs, Line, fit, wrap
from tui.keys.command_table import Command, Where
from tui.keys.commands import grouped, keys_of
from tui.panes.page import Page
from tui.screens.sheet import Sheet

_PREFIXES = (
    ('"two words"', "the phrase"),
    ("title: body:", "words there"),
    ("source:reuters", "agency, outlet or byline"),
    ("topic:politics", "a topic, or unknown"),
    ("country:JP", "what the story is about"),
    ("published-in:GB", "the outlet's country"),
    ("language:fr", "what it is written in, or unknown"),
    ("storyline:", "its id or words of its title"),
    ("is:unread", "or starred, followed, read, changed"),
    ("comments:>10", "how many there are"),
    ("comment:word", "readers' comments; commenter: who wrote them"),
    ("mood:negative", "how readers feel"),
    ("newer:2d older:", "an age or a date"),
    ("since:last-run", "what the last refresh brought; last-visit: what came since you left; last-look: new in follows"),
    ("-word  OR  ( )", "not, either, together"),
    ("/regex/", "a pattern"),
)


def _signs(glyphs: Glyphs) -> list[tuple[str, str]]:
    """What the signs of the lists mean."""
    moods = " ".join((glyphs.negative, glyphs.neutral, glyphs.positive, glyphs.unsure))
    return [
        (f"{glyphs.unread} {glyphs.starred} {glyphs.followed}", "unread, starred, followed"),
        (f"{glyphs.opened} {glyphs.closed}", "a storyline, its stories shown or hidden"),
        (moods, "its readers are negative, neutral, positive, unsure"),
        ("new", "came into the follow that is shown since the look before"),
        ("??", "no country is known"),
    ]


def _nearness(commands: Sequence[Command], places: Collection[Where]) -> int:
    """0 for what is done at one of the `places` alone, 1 for what can be done there, 2 for the keys of other screens."""
    if any(command.where in places and command.where not in ("pane", "screen") for command in commands):
        return 0
    return 1 if any(command.is_at(place) for command in commands for place in places) else 2


class KeysPage(Page):
    BORDER_TITLE = "Keys"

    def __init__(self, places: Collection[Where], name: str, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__(id="keys")
        self._places = places
        self._first = [self._block(name, list(rows))] if rows else []

    def lay_out(self, width: int) -> Sequence[Line]:
        groups = sorted(grouped(), key=lambda group: _nearness(group[1], self._places))
        blocks = [self._block(name, [(keys_of(c, self.keymap), c.help) for c in commands]) for name, commands in groups]
        blocks.append(self._block("What a search may say", list(_PREFIXES)))
        own = [blocks.pop(0)] if _nearness(groups[0][1], self._places) == 0 else []
        signs = self._block("Signs in the lists", _signs(self.glyphs))
        return _columns([*self._first, *own, signs, *blocks], width)

    @property
    def keymap(self) -> dict[str, str]:
        keys: dict[str, str] = getattr(self.app, "person_keys", {})
        return keys

    def _block(self, name: str, rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(name, ""), *rows, ("", "")]


def _columns(blocks: list[list[tuple[str, str]]], width: int) -> list[Line]:
    """Blocks in one, two or three columns of at least 52 cells, broken between blocks."""
    number = max(1, min(3, width // 52))
    total = sum(map(len, blocks))
    columns: list[list[tuple[str, str]]] = [[]]
    for block in blocks:
        if len(columns) < number and columns[-1] and len(columns[-1]) + len(block) // 2 > total / number:
            columns.append([])
        columns[-1] += block
    cell = width // number
    drawn = [_column(column, cell) for column in columns]
    height = max(map(len, drawn))
    return [sum((column[y] if y < len(column) else ((" " * cell, ""),) for column in drawn), ()) for y in range(height)]


def _column(rows: list[tuple[str, str]], width: int) -> list[Line]:
    keys_width = min(17, max(width_of(keys) for keys, says in rows if says) + 1)
    lines: list[Line] = []
    for keys, says in rows:
        if not says:
            lines.append(((fit(f"  {keys}", width), "line"),))
            continue
        for place, text in enumerate(wrap(says, width - keys_width - 6)):
            shown = fit(keys if not place else "", keys_width)
            lines.append((("    ", ""), (shown, "accent"), (fit(text, width - keys_width - 4), "text")))
    return lines


class KeysScreen(Sheet):
    """Shown over a screen; any of the keys that opened it closes it. What there is to say of the screen itself stands first:
    its `name`, and `rows` of a figure or key each, and what it means. Then come the keys of its own, at the end those that do
    nothing at these `places`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g,q,question_mark,enter", "dismiss_keys", show=False, priority=True),
    ]
    KEYS = "Esc leaves"

    def __init__(self, places: Collection[Where], name: str = "", rows: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._page = KeysPage(places, name, rows)

    def compose(self) -> ComposeResult:
        yield self._page

    def on_mount(self) -> None:
        self.query_one(KeysPage).focus()

    def on_resize(self) -> None:
        self.query_one(KeysPage).update(keep_place=True)

    def action_dismiss_keys(self) -> None:
        self.leave()
