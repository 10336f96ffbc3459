"""A screen over the newsroom that is left once."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

AROUND_KEYS = 6  # cells of the lower edge beside its words
SHORT_BELOW = 20  # lines of the terminal, below which a sheet needs them all


def is_on_top(screen: Screen[Any]) -> bool:
    """Whether keys go to a screen: Textual's `is_current` holds of those as well that lie below it."""
    return screen.app.screen_stack[-1:] == [screen]


class Sheet(ModalScreen[None]):
    """Leaving twice (two quick keys) must not take away the screen below: Textual's dismiss pops whatever is on top."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (SHORT_BELOW, "-tall")]  # noqa: RUF012, as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "app.redraw", show=False),
        Binding("ctrl+z", "app.suspend", show=False),
    ]

    KEYS: ClassVar[str] = ""  # what stands on the lower edge of the box: how to go on, and how to leave

    keys = ""

    def on_mount(self) -> None:
        self.screen_layout_refresh_signal.subscribe(self, self._say_keys, immediate=True)

    def _say_keys(self, _: Screen[object] | None = None) -> None:
        """How to go on and how to leave, or only the latter where there is no room for both."""
        keys = self.keys or self.KEYS
        for box in self.children:
            room = box.outer_size.width - AROUND_KEYS
            told = keys if len(keys) <= room else keys.rpartition(", ")[2]
            if (box.border_subtitle or "") != told:  # else each layout would draw the box twice
                box.border_subtitle = told

    def on_click(self, event: events.Click) -> None:
        """Beside the box, or on the words of its lower edge that say how to leave: the sheet is left as by Esc."""
        if event.widget is self:
            self.pressed_beside()
        elif any(event.widget is box and _on_last_words(box, event) for box in self.children):
            self.leave()

    def pressed_beside(self) -> None:
        """The mouse was pressed beside the box."""
        self.leave()

    def on_search_left(self) -> None:
        """Of a sheet with a box to type in."""
        self.leave()

    def action_leave(self) -> None:
        self.leave()

    def leave(self) -> None:
        if is_on_top(self):
            self.dismiss()


def _on_last_words(box: Widget, event: events.Click) -> bool:
    last = (box.border_subtitle or "").rpartition(", ")[2]
    from_right = box.region.right - 1 - event.screen_x
    return event.screen_y == box.region.bottom - 1 and 0 < from_right <= len(last) + 2
