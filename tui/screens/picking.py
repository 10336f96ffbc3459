"""Choosing a storyline or a name among many: words narrow the list, Enter takes one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.worker import Worker

from newsdesk.archive.rows import StorylineRow
from newsdesk.desk import Desk
from newsdesk.errors import NewsdeskError
from newsdesk.query import Query
from newsdesk.query.terms import StorylineIs
from newsdesk.query.words import search_words
from newsdesk.wording import NO_TITLE
from tui.drawing.render import Line, age, clean, count, right, spread
from tui.lanes import Lanes
from tui.messages import SearchEntered, SearchTyped
from tui.screens.asking import Words
from tui.screens.sheet import Sheet, is_on_top
from tui.widgets.search_box import SearchBox
from tui.widgets.sheet_rows import SheetRows

MOST = 50


class LineRows(SheetRows):
    """Storylines, those with the words in their title first, then the newest first."""

    def __init__(self) -> None:
        super().__init__("lines")
        self.found: Sequence[StorylineRow] = ()
        self.set_note(("Reading.", "faint"))

    def show(self, found: Sequence[StorylineRow]) -> None:
        self.found = found
        self.set_note(("No other storyline has these words.", "faint"))
        self.set_rows(len(found), 0)

    @property
    def current(self) -> StorylineRow | None:
        return self.found[self.cursor] if self.cursor < len(self.found) else None

    def draw_row(self, row: int, part: int, width: int) -> Line:
        line = self.found[row]
        newest = line.newest
        when = age(newest.published, self.now) or "no date" if newest else ""
        end = ((right(count(line.storyline.stories), 6), "muted"), (right(when, 8) + " ", "faint"))
        return spread(((f" {line.title or NO_TITLE}", "text"),), end, width, self.glyphs.ellipsis)


class NameRows(SheetRows):
    """Names, each with a number."""

    def __init__(self) -> None:
        super().__init__("lines")
        self.found: Sequence[tuple[str, int]] = ()
        self.set_note(("No name has these letters.", "faint"))

    def show(self, found: Sequence[tuple[str, int]]) -> None:
        self.found = found
        self.set_rows(len(found), 0)

    def draw_row(self, row: int, part: int, width: int) -> Line:
        name, number = self.found[row]
        return spread(((f" {clean(name)}", "text"),), ((f"{number:,} ", "muted"),), width, self.glyphs.ellipsis)


class Picker(Sheet):
    """Type words, go up and down, Enter takes it, Esc leaves. Subclasses give :meth:`ask` and :meth:`take`."""

    CSS = """
    #picker { width: 96; max-width: 94%; height: 20; max-height: 90%; margin-top: 2; border: solid $edge-focus;
        background: $background; }
    #picker Words { height: 2; border-top: none; }
    #lines { border-top: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "step(1)", show=False, priority=True),
        Binding("up,ctrl+p", "step(-1)", show=False, priority=True),
        Binding("pagedown", "step(10)", show=False, priority=True),
        Binding("pageup", "step(-10)", show=False, priority=True),
        Binding("escape,ctrl+g", "leave", show=False, priority=True),
    ]
    KEYS = "Enter takes it, Esc leaves"

    def __init__(self, question: str, example: str, rows: SheetRows) -> None:
        super().__init__()
        self._words = Words(((question, "title"),))
        self._box = SearchBox(example)
        self._list = rows

    def ask(self, text: str) -> None:
        """Show what has these words."""
        raise NotImplementedError

    def take(self) -> None:
        """Leave, and do what is to be done with the row under the cursor."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with Container(id="picker"):
            yield self._words
            yield self._box
            yield self._list

    def on_mount(self) -> None:
        self._box.add_class("-shown")
        self._box.focus()
        self.ask("")

    def on_resize(self) -> None:
        self._words.update()

    def on_search_typed(self, message: SearchTyped) -> None:
        self.ask(message.text)

    def on_search_entered(self, message: SearchEntered) -> None:
        self.take()

    def action_step(self, rows: int) -> None:
        self._list.move(rows)


class NamePicker(Picker):
    """Among names that are known."""

    def __init__(self, question: str, names: Sequence[tuple[str, int]], do: Callable[[str], None]) -> None:
        self._rows = NameRows()
        super().__init__(question, "letters of the name", self._rows)
        self._names = names
        self._do = do

    def ask(self, text: str) -> None:
        parts = text.casefold().split()
        self._rows.show([row for row in self._names if all(part in row[0].casefold() for part in parts)])

    def take(self) -> None:
        if is_on_top(self) and self._rows.rows:
            self.leave()
            self.call_later(self._do, self._rows.found[self._rows.cursor][0])


def find_lines(desk: Desk, text: str, most: int) -> list[StorylineRow]:
    """Storylines with these words, at most so many of a kind: those that have them in their title come first, the last word as
    it begins. Raises UsageError for a query that is none."""
    tokens, _ = search_words(text)
    titled = desk.storyline_rows(Query(text, StorylineIs("", tokens, True)), limit=most) if tokens else []
    return list({row.id: row for row in (*titled, *desk.storyline_rows(text, limit=most))}.values())


class LinePicker(Picker):
    """Among the desk's storylines."""

    def __init__(self, lanes: Lanes, question: str, without: str, do: Callable[[str, str], None]) -> None:
        self._rows = LineRows()
        super().__init__(question, "words of its stories", self._rows)
        self._lanes = lanes
        self._without = without
        self._do = do
        self._waits = False  # for an answer
        self._entered = False  # before the answer came

    def ask(self, text: str) -> None:
        self._waits = True
        self._newest: Worker[None] = self.run_worker(
            partial(self._find, text), group="find", exclusive=True, exit_on_error=False
        )

    async def _find(self, text: str) -> None:
        try:
            found: Sequence[StorylineRow] | None = await self._lanes.front(lambda desk: find_lines(desk, text, MOST + 1))
        except NewsdeskError:  # a query that is not typed to its end: what was found before stays
            found = None
        self._waits = False
        if found is not None:
            self._rows.show([line for line in found if line.id != self._without][:MOST])
        if self._entered:
            self._take()

    def take(self) -> None:
        if self._waits:
            self._entered = True
        else:
            self._take()

    def _take(self) -> None:
        line = self._rows.current if is_on_top(self) else None
        self.leave()
        if line is not None:
            self.call_later(self._do, line.id, line.title)
