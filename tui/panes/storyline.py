"""The page of the storyline screen."""

from __future__ import annotations

from collections.abc import Sequence

from tui.drawing.render import Line
from tui.panes.page import Page
from tui.panes.storyline_words import StorylineView, storyline_lines


class StorylinePage(Page):
    """One storyline in full."""

    BORDER_TITLE = "Storyline"

    def __init__(self) -> None:
        super().__init__(id="storyline")
        self.view: StorylineView | None = None

    def show(self, view: StorylineView | None) -> None:
        self.view = view
        self.update(keep_place=True)

    def lay_out(self, width: int) -> Sequence[Line]:
        return storyline_lines(self.view, width, self.glyphs) if self.view else ()
