"""The ground that the panes stand on: it tells of a mouse that drags a border between two of them."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.containers import Container
from textual.message import Message


class Splitter(Container):
    """`find` gives the name of the split whose border is at a column and line of the screen, if one is."""

    class Dragged(Message):
        """The border of `split` is to come to this column and line; `ended` where it was let go, `moved` if it was moved."""

        def __init__(self, split: str, x: int, y: int, *, ended: bool, moved: bool) -> None:
            super().__init__()
            self.split = split
            self.x = x
            self.y = y
            self.ended = ended
            self.moved = moved

    def __init__(self, find: Callable[[int, int], str | None], *, id: str) -> None:  # noqa: A002, Textual's own name for it
        super().__init__(id=id)
        self._find = find
        self._held: str | None = None
        self._from = (0, 0)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        split = self._find(event.screen_x, event.screen_y) if event.button == 1 else None
        if split is not None:
            event.stop()
            self._held = split
            self._from = (event.screen_x, event.screen_y)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._held is not None:
            event.stop()
            self._tell(event, ended=False)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._held is not None:
            event.stop()
            self._tell(event, ended=True)
            self.let_go()

    def let_go(self) -> None:
        """The mouse holds no border any more."""
        if self._held is not None:
            self._held = None
            self.release_mouse()

    def _tell(self, event: events.MouseEvent, *, ended: bool) -> None:
        assert self._held is not None
        x, y = event.screen_x, event.screen_y
        self.post_message(self.Dragged(self._held, x, y, ended=ended, moved=(x, y) != self._from))
