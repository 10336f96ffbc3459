"""A text to read: lines laid out once for a width, then scrolled."""

from __future__ import annotations

from collections.abc import Sequence

from tui.render import Line
from tui.widgets.line_view import LineView


class Page(LineView):
    """Subclasses give :meth:`lay_out`, called when the content or the width changes."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002, Textual's own name for it
        super().__init__(id=id)
        self.lines: list[Line] = []
        self._laid_out_for = 0

    def lay_out(self, width: int) -> Sequence[Line]:
        """Every line, for `width` cells."""
        raise NotImplementedError

    def update(self, *, keep_place: bool = False) -> None:
        """The content changed."""
        width = self.inner_width
        self._laid_out_for = width
        self.lines = list(self.lay_out(width)) if width > 0 else []
        if not keep_place:
            self.scroll_to(y=0, animate=False)
        self.set_length(len(self.lines))

    def draw_line(self, y: int, width: int) -> Line:
        return self.lines[y]

    def on_resize(self) -> None:
        """Lay out for another width, staying at the same part of the text."""
        if self.inner_width == self._laid_out_for:
            self.set_length(len(self.lines))
            return
        share = self.scroll_offset.y / len(self.lines) if self.lines else 0.0
        self.update(keep_place=True)
        self.scroll_to(y=round(share * len(self.lines)), animate=False)
