"""A text to read: lines laid out once for a width, then scrolled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar

from tui.drawing.cells import width_of
from tui.drawing.render import Line
from tui.messages import LinkChosen
from tui.widgets.line_view import Landing, LineView

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


class Page(LineView):
    """Subclasses give :meth:`lay_out`, called when the content or the width changes."""

    CHOOSING: ClassVar[str] = ""

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

    def addresses(self) -> Sequence[str]:
        """The web addresses that stand in the text, whole: a line may hold no more than the beginning of one."""
        return ()

    def landings(self) -> Iterator[Landing]:
        """The web addresses in sight; the letters stand in the blanks before them."""
        top = self.scroll_offset.y
        texts = ["".join(part for part, _ in line) for line in self.lines[top : top + self.inner_height]]
        found = [(y, text, match) for y, text in enumerate(texts) for match in _ADDRESS.finditer(text)]
        addresses = self.addresses() if found else ()
        for y, text, match in found:
            shown = match[0].rstrip(".,;:!?'’…)")
            url = next((one for one in addresses if one.startswith(shown)), None)
            if url is not None:
                blanks = 2 if text[: match.start()].endswith("  ") else 0
                x = width_of(text[: match.start()]) - blanks
                yield Landing(x, y, partial(self._choose_link, url))

    def _choose_link(self, url: str) -> None:
        self.post_message(LinkChosen(url))

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
