"""The palette: every command by its name, from the same table as the keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from tui.commands import COMMANDS, Command, Where, keys_of
from tui.messages import SearchEntered, SearchLeft, SearchTyped
from tui.render import Line, crop, fit, spread
from tui.screens.sheet import Sheet
from tui.widgets.search_box import SearchBox
from tui.widgets.virtual_list import VirtualList

NAME_WIDTH = 22


def find_commands(text: str, place: Where = "screen") -> list[Command]:
    """Commands at `place` whose name or help holds every word of `text`, those first whose name starts with it."""
    words = text.casefold().split()
    found = []
    for number, command in enumerate(COMMANDS):
        if not (command.is_at("pane") or command.is_at(place)):
            continue
        name, whole = command.name.casefold(), f"{command.name} {command.help} {command.id}".casefold()
        if command.id != "palette" and all(word in whole for word in words):
            named = all(word in name for word in words)
            found.append((not name.startswith(text.casefold().strip()), not named, command.where == "pane", number, command))
    return [command for *_, command in sorted(found, key=lambda entry: entry[:-1])]


class CommandRows(VirtualList):
    """The commands found, with their keys."""

    def __init__(self, keymap: Mapping[str, str]) -> None:
        super().__init__(id="commands")
        self.can_focus = False
        self.commands: Sequence[Command] = ()
        self._keymap = keymap
        self.set_note(("No command is called that.", "faint"))

    def show(self, commands: Sequence[Command]) -> None:
        self.commands = commands
        self.set_rows(len(commands), 0)

    @property
    def current(self) -> Command | None:
        return self.commands[self.cursor] if self.cursor < len(self.commands) else None

    def ground_of(self, y: int) -> str:
        return "cursor" if self.rows and y == self.cursor else ""

    def draw_row(self, row: int, part: int, width: int) -> Line:
        command = self.commands[row]
        name = (" " + fit(command.name, NAME_WIDTH, self.glyphs.ellipsis), "title")
        keys = (keys_of(command, self._keymap) + " ", "accent")
        return spread(crop((name, (command.help, "muted")), width), (keys,), width, self.glyphs.ellipsis)

    def action_choose(self) -> None:
        self.post_message(SearchEntered(""))

    def opens_on_first_click(self) -> bool:
        return True


class Palette(Sheet):
    """Type words, go up and down, Enter does it, Esc leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("pagedown", "step(10)", show=False, priority=True),
        Binding("pageup", "step(-10)", show=False, priority=True),
        Binding("escape,ctrl+p", "leave", show=False, priority=True),
    ]

    def __init__(self, keymap: Mapping[str, str], do: Callable[[Command], None], place: Where = "screen") -> None:
        super().__init__()
        self._do = do
        self._place: Where = place
        self._box = SearchBox("find a command")
        self._rows = CommandRows(keymap)

    def compose(self) -> ComposeResult:
        with Container(id="palette"):
            yield self._box
            yield self._rows

    def on_mount(self) -> None:
        self._box.add_class("-shown")
        self._box.focus()
        self._rows.show(find_commands("", self._place))

    def on_search_typed(self, message: SearchTyped) -> None:
        self._rows.show(find_commands(message.text, self._place))

    def on_search_entered(self, message: SearchEntered) -> None:
        command = self._rows.current if self.is_current else None
        self.leave()
        if command is not None:
            self.call_later(self._do, command)

    def on_search_left(self, message: SearchLeft) -> None:
        self.leave()

    def action_step(self, rows: int) -> None:
        self._rows.move(rows)

    def action_leave(self) -> None:
        self.leave()
