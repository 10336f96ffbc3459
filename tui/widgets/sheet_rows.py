"""The rows of a sheet: one is under the cursor while the keys go to the sheet, and a click takes it."""

from __future__ import annotations

from tui.messages import SearchEntered
from tui.widgets.virtual_list import VirtualList


class SheetRows(VirtualList):
    """Subclasses draw the rows. The sheet moves the cursor and is told of a click as of Enter."""

    def __init__(self, id: str) -> None:  # noqa: A002 - the framework's name for it
        super().__init__(id=id)
        self.can_focus = False

    def ground_of(self, y: int) -> str:
        return "cursor" if self.rows and y == self.cursor else ""

    def action_choose(self) -> None:
        self.post_message(SearchEntered(""))

    def opens_on_first_click(self) -> bool:
        return True
