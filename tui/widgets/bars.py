"""One-line bars: the title bar, the filter line, the status line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual.strip import Strip
from textual.widget import Widget

from tui.render import Line, line_width, spread
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
        self._parts: Sequence[Line] = ()
        self._right: Line = ()

    def show(self, left: Line, end: Line = ()) -> None:
        """Set both ends; nothing is drawn where nothing changed."""
        self.show_parts((left,), end)

    def show_parts(self, parts: Sequence[Line], end: Line = ()) -> None:
        """Set the left end to as many of `parts` as there is room for, each whole, the last one in any case."""
        if (parts, end) != (self._parts, self._right):
            self._parts, self._right = parts, end
            self._touch()

    def set_ground(self, ground: str) -> None:
        """Draw it on another ground: that of the panes is the empty one."""
        if ground != self._ground:
            self._ground = ground
            self._touch()

    def _touch(self) -> None:
        if self.is_attached:
            cast("NewsdeskApp", self.app).brush.touch(self)

    @property
    def text(self) -> str:
        return "".join(text for text, _ in (*self._fitting(100_000), *self._right))

    def _fitting(self, room: int) -> Line:
        """The parts that `room` cells hold."""
        *others, last = self._parts or ((),)
        room -= line_width(last)
        fitting: list[Line] = []
        for part in others:
            room -= line_width(part)
            if room < 0:
                break
            fitting.append(part)
        return tuple(span for part in (*fitting, last) for span in part)

    def render_line(self, y: int) -> Strip:
        styles = cast("NewsdeskApp", self.app).inks
        inks = Inks(styles)
        width = self.size.width
        if y:
            return Strip.blank(width, inks.get("", self._ground))
        left = self._fitting(width - 3 - line_width(self._right))
        line = spread(left, self._right, max(0, width - 2))
        return paint(((" ", ""), *line), width, inks, self._ground)
