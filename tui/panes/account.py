"""One of two accounts that are read beside each other: an article that asks its screen how it is scrolled."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, TypeAlias

from textual import events
from textual.message import Message

from tui.panes.article import ArticlePane

Scroll: TypeAlias = "Callable[[AccountPane, int], None]"
FAR = 1_000_000  # lines: to the start or the end of either
WHEEL = 3  # lines of a notch of the mouse's wheel


class AccountPane(ArticlePane):
    """`scroll` is told by how many lines this one would go, and calls :meth:`go_on` of each that does. Posts :class:`Other`.

    A short text waits at its end while the other goes on, and its place runs on out of sight: on the way back the same lines
    stand beside each other.
    """

    CHOOSING: ClassVar[str] = "other account"

    class Other(Message):
        """Another account is wanted in the place of this one."""

    def __init__(self, name: str, scroll: Scroll) -> None:
        super().__init__(id=name)
        self._scroll_by = scroll
        self._place = 0  # the line at the top, or beyond the last one that can be there

    def _true_place(self) -> int:
        top = self.scroll_offset.y
        if top != max(0, min(self.max_scroll_y, self._place)):  # gone there by other means
            self._place = top
        return self._place

    @property
    def room_above(self) -> int:
        return max(0, self._true_place())

    @property
    def room_below(self) -> int:
        return max(0, int(self.max_scroll_y) - self._true_place())

    def settle(self) -> None:
        """What is out of sight counts no longer."""
        self._place = self.scroll_offset.y

    def go_on(self, lines: int) -> None:
        """By so many lines, as far as there are any."""
        self._place = self._true_place() + lines
        self.scroll_to(y=max(0, min(self.max_scroll_y, self._place)), animate=False)

    def move(self, lines: int) -> None:
        self._scroll_by(self, lines)

    def action_top(self) -> None:
        self.move(-FAR)

    def action_bottom(self) -> None:
        self.move(FAR)

    def action_choose(self) -> None:
        self.post_message(self.Other())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        event.prevent_default()
        self.move(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        event.prevent_default()
        self.move(-WHEEL)
