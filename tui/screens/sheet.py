"""A screen over the newsroom that is left once."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen


class Sheet(ModalScreen[None]):
    """Leaving twice (two quick keys) must not take away the screen below: Textual's dismiss pops whatever is on top."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "app.redraw", show=False),
        Binding("ctrl+z", "app.suspend", show=False),
    ]

    KEYS: ClassVar[str] = ""  # what stands on the lower edge of the box: how to go on, and how to leave

    keys = ""

    def on_mount(self) -> None:
        for box in self.children:
            box.border_subtitle = self.keys or self.KEYS

    def on_click(self, event: events.Click) -> None:
        """Beside the box: the sheet is left as by Esc."""
        if event.widget is self:
            self.leave()

    def leave(self) -> None:
        if self.is_current:
            self.dismiss()
