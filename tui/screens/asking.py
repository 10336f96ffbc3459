"""A small sheet that asks for one of a few things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from tui.drawing.render import Line, Span, crop, wrap
from tui.messages import SearchEntered
from tui.panes.page import Page
from tui.screens.sheet import Sheet, is_on_top
from tui.widgets.sheet_rows import SheetRows

WORDS_HEIGHT = 2
LEAST_HEIGHT, MOST_HEIGHT = 7, 16  # of a choice: what it covers is what it is about


class Words(Page):
    """A few lines above what is asked."""

    def __init__(self, paragraphs: Sequence[Span]) -> None:
        super().__init__()
        self.can_focus = False
        self._paragraphs = paragraphs

    def tell(self, paragraphs: Sequence[Span]) -> None:
        """Other lines."""
        if tuple(paragraphs) != tuple(self._paragraphs):
            self._paragraphs = paragraphs
            self.update()

    def lay_out(self, width: int) -> Sequence[Line]:
        return [((" " + line, ink),) for text, ink in self._paragraphs for line in wrap(text, width - 2)]


class Rows(SheetRows):
    """Lines to choose among."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__("choices")
        self._lines = lines

    def show(self) -> None:
        self.set_rows(len(self._lines), 0)

    def draw_row(self, row: int, part: int, width: int) -> Line:
        return crop(((" ", ""), *self._lines[row]), width, self.glyphs.ellipsis)


class Choice(Sheet):
    """Asks which of `lines`. Enter or one of 1 to 9 gives its number to `do`, d to `drop` where there is one; Esc leaves."""

    CSS = """
    #choice { width: 90; max-width: 94%; height: 16; max-height: 80%; margin-top: 3; border: solid $edge-focus;
        background: $background; }
    #choice Words { height: 2; border-top: none; }
    #choices { border-top: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j,ctrl+n", "step(1)", show=False, priority=True),
        Binding("up,k,ctrl+p", "step(-1)", show=False, priority=True),
        Binding("pagedown", "step(10)", show=False, priority=True),
        Binding("pageup", "step(-10)", show=False, priority=True),
        Binding("enter", "choose", show=False, priority=True),
        Binding("d,delete", "drop", show=False, priority=True),
        *(Binding(str(number), f"number({number})", show=False, priority=True) for number in range(1, 10)),
        Binding("escape,ctrl+g,q", "leave", show=False, priority=True),
    ]
    KEYS = "Enter or its number takes one, Esc leaves"

    def __init__(
        self,
        paragraphs: Sequence[Span],
        lines: Sequence[Line],
        do: Callable[[int], None],
        *,
        drop: Callable[[int], None] | None = None,
        keys: str = "",
    ) -> None:
        """`keys`: what stands on the lower edge where Enter does more than take one."""
        super().__init__()
        self.keys = keys or self.KEYS
        self._do = do
        self._drop = drop
        self._words = Words(paragraphs)
        self._lines = lines
        self._rows = Rows(lines)

    def compose(self) -> ComposeResult:
        with Container(id="choice"):
            yield self._words
            yield self._rows

    def on_mount(self) -> None:
        self._rows.show()
        needed = len(self._lines) + WORDS_HEIGHT + 2
        self.query_one("#choice").styles.height = max(LEAST_HEIGHT, min(MOST_HEIGHT, needed))

    def on_resize(self) -> None:
        self._words.update()

    def on_search_entered(self, message: SearchEntered) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        if is_on_top(self) and self._rows.rows:
            self.leave()
            self.call_later(self._do, self._rows.cursor)

    def action_number(self, number: int) -> None:
        if number <= self._rows.rows:
            self._rows.go(number - 1)
            self.action_choose()

    def action_drop(self) -> None:
        if self._drop is not None and is_on_top(self) and self._rows.rows:
            self.leave()
            self.call_later(self._drop, self._rows.cursor)

    def action_step(self, rows: int) -> None:
        self._rows.move(rows)
