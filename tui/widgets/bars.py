"""One-line bars: the title bar, the filter line, the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.strip import Strip
from textual.widget import Widget

from tui.render import Line, spread
from tui.themes import Inks
from tui.widgets.paint import paint

if TYPE_CHECKING:
    from tui.app import NewsdeskApp


class Bar(Widget):
    """A line with a left and a right end. The left gives way where both don't fit."""

    ALLOW_SELECT = False

    def __init__(self, ground: str = "bar", *, id: str | None = None) -> None:  # noqa: A002, Textual's own name for it
        super().__init__(id=id)
        self._ground = ground
        self._left: Line = ()
        self._right: Line = ()

    def show(self, left: Line, end: Line = ()) -> None:
        """Set both ends; nothing is drawn where nothing changed."""
        if (left, end) != (self._left, self._right):
            self._left, self._right = left, end
            if self.is_attached:
                cast("NewsdeskApp", self.app).brush.touch(self)

    @property
    def text(self) -> str:
        return "".join(text for text, _ in (*self._left, *self._right))

    def render_line(self, y: int) -> Strip:
        styles = cast("NewsdeskApp", self.app).inks
        inks = Inks(styles)
        width = self.size.width
        if y:
            return Strip.blank(width, inks.get("", self._ground))
        line = spread((*self._left,), (*self._right,), max(0, width - 2))
        return paint(((" ", ""), *line), width, inks, self._ground)
