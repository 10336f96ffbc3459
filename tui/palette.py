"""The palette: every command by its name, from the same table as the keys."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import takewhile
from typing import ClassVar, Final, TypeAlias

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.worker import Worker

from newsdesk.errors import NewsdeskError
from tui.drawing.render import Line, crop, fit, spread
from tui.history import History
from tui.keys.commands import BY_ID, COMMANDS, Command, Where, keys_of
from tui.keys.other_words import OTHER_WORDS
from tui.messages import SearchEntered, SearchTyped
from tui.screens.sheet import Sheet, is_on_top
from tui.widgets.search_box import SearchBox
from tui.widgets.sheet_rows import SheetRows

NAME_WIDTH = 22
PANES: Final[tuple[Where, ...]] = ("thread", "following")  # of the newsroom: what is done there is found from everywhere in it
Offers: TypeAlias = Mapping[str, Sequence[str]]  # by a command's id, what its argument may begin with


def read_line(text: str) -> tuple[Command, str] | None:
    """A command with what it takes, as ``theme light`` or ``:search country:JP``; None where the line is no such one."""
    name, _, argument = text.strip().removeprefix(":").partition(" ")
    command = BY_ID.get(name)
    return (command, argument.strip()) if command is not None and command.takes and argument.strip() else None


def complete(text: str, chosen: Command | None, offers: Offers) -> str:
    """The line with its last word completed: a command's id (that of `chosen`), or what its argument may be."""
    name, space, argument = text.removeprefix(":").partition(" ")
    command = BY_ID.get(name)
    if not space or command is None or not command.takes:
        begun = [one for one in COMMANDS if name and one.id.startswith(name)]
        chosen = begun[0] if begun and chosen not in begun and not space else chosen
        return text if chosen is None else chosen.id + (" " if chosen.takes else "")
    whole = [one for one in offers.get(command.id, ()) if argument and one.casefold().startswith(argument.casefold())]
    head, blank, last = argument.rpartition(" ")
    found = whole or [one for one in offers.get(command.id, ()) if last and one.casefold().startswith(last.casefold())]
    if not found:
        return text
    ending = found[0] if len(found) == 1 else found[0][: _shared(found)]
    return f"{name} {ending}" if whole else f"{name} {head}{blank}{ending}"


def find_commands(text: str, place: Where, entered: Sequence[str] = ()) -> list[Command]:
    """Commands at `place` whose name, help or other words hold every word of `text`: first those whose name or id starts with
    it, then those with words of their name that do, then the rest; of equals those that were `entered`, the latest first."""
    words = text.casefold().split()
    used = list(dict.fromkeys(line.partition(" ")[0] for line in reversed(entered)))
    found = []
    for number, command in enumerate(COMMANDS):
        if not (command.is_at("pane") or command.is_at(place) or (place == "screen" and any(map(command.is_at, PANES)))):
            continue
        others = OTHER_WORDS.get(command.id, "")
        name, whole = command.name.casefold(), f"{command.name} {command.help} {command.id} {others}".casefold()
        if command.id != "palette" and all(word in whole for word in words):
            begins = any(one.startswith(text.casefold().strip()) for one in (name, command.id))
            started = all(any(part.startswith(word) for part in name.split()) for word in words)
            named = all(word in name for word in words)
            last = used.index(command.id) if command.id in used else len(used)
            elsewhere = not command.is_at(place) and last == len(used)  # in the comments
            found.append((not begins, elsewhere, not started, not named, last, command.where == "pane", number, command))
    return [command for *_, command in sorted(found, key=lambda entry: entry[:-1])]


def _shared(words: Sequence[str]) -> int:
    """How many letters all of them begin with."""
    columns = zip(*(word.casefold() for word in words), strict=False)
    return sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, columns))


def _without_name(command: Command) -> str:
    """What a command does, without the name that stands before it: `sections: topics and countries`."""
    begun, _, rest = command.help.partition(": ")
    return rest if rest and command.name.casefold().startswith(begun) else command.help


class CommandRows(SheetRows):
    """The commands found, with their keys."""

    def __init__(self, keymap: Mapping[str, str]) -> None:
        super().__init__("commands")
        self.commands: Sequence[Command] = ()
        self._keymap = keymap
        self.set_note(("No command is called that.", "faint"))

    def show(self, commands: Sequence[Command]) -> None:
        self.commands = commands
        self.set_rows(len(commands), 0)

    @property
    def current(self) -> Command | None:
        return self.commands[self.cursor] if self.cursor < len(self.commands) else None

    def draw_row(self, row: int, part: int, width: int) -> Line:
        command = self.commands[row]
        name = (f" {fit(command.name, NAME_WIDTH, self.glyphs.ellipsis)} ", "title")
        keys = (keys_of(command, self._keymap) + " ", "accent")
        takes = (f"{command.id} {command.takes}  " if command.takes else "", "accent")
        return spread(crop((name, takes, (_without_name(command), "muted")), width), (keys,), width, self.glyphs.ellipsis)


class Palette(Sheet):
    """The command line: type words, go up and down, Enter does it, Esc leaves. Tab completes; above the first row stands what
    was entered before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("pagedown", "step(10)", show=False, priority=True),
        Binding("pageup", "step(-10)", show=False, priority=True),
        Binding("tab", "complete", show=False, priority=True),
        Binding("escape,ctrl+g,ctrl+p", "leave", show=False, priority=True),
    ]
    KEYS = "Enter does it, Tab completes it, Esc leaves"

    def __init__(
        self,
        keymap: Mapping[str, str],
        do: Callable[[Command, str], None],
        place: Where,
        history: History,
        offers: Callable[[], Awaitable[Offers]],
    ) -> None:
        super().__init__()
        self._do = do
        self._place: Where = place
        self._box = SearchBox("a command, or a command and what it takes: theme light")
        self._rows = CommandRows(keymap)
        self._history = history
        self._ask = offers
        self._offers: Offers = {}

    def compose(self) -> ComposeResult:
        with Container(id="palette"):
            yield self._box
            yield self._rows

    def on_mount(self) -> None:
        self._box.add_class("-shown")
        self._box.focus()
        self._history.rest()
        self._show("")
        self._newest: Worker[None] = self.run_worker(self._gather, group="offers", exit_on_error=False)

    async def _gather(self) -> None:
        """What arguments may be completed to; without that only commands are."""
        with contextlib.suppress(NewsdeskError):
            self._offers = await self._ask()

    def _show(self, text: str) -> None:
        told = read_line(text)
        name, space, _ = text.removeprefix(":").partition(" ")
        waits = [BY_ID[name]] if space and name in BY_ID and BY_ID[name].takes else []
        self._rows.show([told[0]] if told else self._find(text.removeprefix(":")) or waits)

    def _find(self, text: str) -> list[Command]:
        return find_commands(text, self._place, self._history.lines)

    def on_search_typed(self, message: SearchTyped) -> None:
        self._show(message.text)

    def on_search_entered(self, message: SearchEntered) -> None:
        told = read_line(self._box.value)
        command, argument = told or (self._rows.current, "")
        if not is_on_top(self):
            return
        self.leave()
        if command is not None:
            self._history.add(f"{command.id} {argument}".strip())
            self.call_later(self._do, command, argument)

    def action_step(self, rows: int) -> None:
        if rows == -1 and self._rows.cursor == 0:
            self._write(self._history.older(self._box.value))
        elif rows == 1 and (newer := self._history.newer()) is not None:
            self._write(newer)
        else:
            self._rows.move(rows)

    def action_complete(self) -> None:
        self._write(complete(self._box.value, self._rows.current, self._offers))

    def _write(self, text: str | None) -> None:
        if text is not None:
            self._box.value = text
            self._box.cursor_position = len(self._box.value)
