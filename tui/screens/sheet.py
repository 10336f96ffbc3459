"""A screen over the newsroom that is left once."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

AROUND_KEYS = 6  # cells of the lower edge beside its words
SHORT_BELOW = 20  # lines of the terminal, below which a sheet needs them all


class Sheet(ModalScreen[None]):
    """Leaving twice (two quick keys) must not take away the screen below: Textual's dismiss pops whatever is on top."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (SHORT_BELOW, "-tall")]  # noqa: RUF012, as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "app.redraw", show=False),
        Binding("ctrl+z", "app.suspend", show=False),
    ]

    KEYS: ClassVar[str] = ""  # what stands on the lower edge of the box: how to go on, and how to leave

    keys = ""

    def on_resize(self) -> None:
        self.call_after_refresh(self._say_keys)

    def _say_keys(self) -> None:
        """How to go on and how to leave, or only the latter where there is no room for both."""
        keys = self.keys or self.KEYS
        for box in self.children:
            box.border_subtitle = keys if len(keys) + AROUND_KEYS <= box.outer_size.width else keys.rpartition(", ")[2]

    def on_click(self, event: events.Click) -> None:
        """Beside the box: the sheet is left as by Esc."""
        if event.widget is self:
            self.leave()

    def leave(self) -> None:
        if self.is_current:
            self.dismiss()
