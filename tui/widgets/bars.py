"""One-line bars: the title bar, the filter line, the status line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.colours.themes import Inks
from tui.drawing.render import Line, Span, line_width, spread
from tui.keys.hints import Hint
from tui.widgets.paint import paint

if TYPE_CHECKING:
    from tui.app import NewsdeskApp


GAP = 3  # cells between two hints


class Bar(Widget):
    """A line with a left and a right end. The left gives way where both don't fit."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002, Textual's own name for it
        super().__init__(id=id)
        self._ground = "bar"
        self._hints: Sequence[Hint] = ()
        self._right: Line = ()
        self._below: Sequence[Line] = ()

    class Pressed(Message):
        """A key of the line was pressed with the mouse."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def show(self, left: Line, end: Line = (), below: Sequence[Line] = ()) -> None:
        """Set both ends, and lines below for which the bar grows; nothing is drawn where nothing changed."""
        if below != self._below:
            self._below = below
            self.styles.height = 1 + len(below) if below else None
        self._show((Hint("", left, kept=True),), end)

    def show_hints(self, hints: Sequence[Hint], end: Line) -> None:
        """Set the left end to as many of `hints` as there is room for, each whole, those that are kept in any case."""
        if self._below:
            self._below, self.styles.height = (), None
        self._show(hints, end)

    def _show(self, hints: Sequence[Hint], end: Line) -> None:
        if (hints, end) != (self._hints, self._right):
            self._hints, self._right = hints, end
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
        more = (span for line in self._below for span in ((" ", ""), *line))
        return "".join(text for text, _ in (*_joined(self._fitting(100_000)), *self._right, *more))

    def _fitting(self, room: int) -> list[Hint]:
        """The hints that `room` cells hold."""
        room -= sum(hint.width + GAP for hint in self._hints if hint.kept) - GAP
        fitting = []
        for hint in self._hints:
            if not hint.kept:
                if hint.width + GAP > room:
                    continue
                room -= hint.width + GAP
            fitting.append(hint)
        return fitting

    def on_click(self, event: events.Click) -> None:
        at = 1
        for hint in self._fitting(self._room):
            if hint.command and at <= event.x < at + hint.width:
                event.stop()
                self.post_message(self.Pressed(hint.command))
            at += hint.width + GAP

    @property
    def _room(self) -> int:
        return self.size.width - 2 - (line_width(self._right) + 2 if self._right else 0)

    def render_line(self, y: int) -> Strip:
        styles = cast("NewsdeskApp", self.app).inks
        inks = Inks(styles)
        width = self.size.width
        if y > len(self._below):
            return Strip.blank(width, inks.get("", self._ground))
        if y:
            return paint(((" ", ""), *self._below[y - 1]), width, inks, self._ground)
        left = _joined(self._fitting(self._room))
        line = spread(left, self._right, max(0, width - 2))
        return paint(((" ", ""), *line), width, inks, self._ground)


def _joined(hints: Sequence[Hint]) -> Line:
    spans: list[Span] = []
    for hint in hints:
        spans += [(" " * GAP, ""), *hint.line] if spans else hint.line
    return tuple(spans)
