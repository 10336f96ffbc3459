"""A screen over the newsroom that is left once."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen


class Sheet(ModalScreen[None]):
    """Leaving twice (two quick keys) must not take away the screen below: Textual's dismiss pops whatever is on top."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+l", "app.redraw", show=False)]

    def leave(self) -> None:
        if self.is_current:
            self.dismiss()
