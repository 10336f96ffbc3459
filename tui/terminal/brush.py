"""Drawing lines at once, past the framework's compositor.

The compositor draws every widget below a changed line, whole, and waits for the next sixtieth of a second: right for a changed
layout, far too much for a cursor that moves. A view that changed only what is inside it says so here; when the step that
changed it is done, its lines go to the terminal. Whatever is not plainly in sight is left to the compositor.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.terminal.paper import Stretch

if TYPE_CHECKING:
    from tui.app import NewsdeskApp

FRAME_S = 1 / 60  # the least time between two frames: faster than that nobody sees
BUSY_S = 1 / 20  # how long a terminal that is still taking in the last frame is left alone

Lines = tuple[int, int]  # from and to, of a widget's content


class Brush:
    """Gathers which lines changed and draws them, the newest state only: on a slow line frames are left out, never queued."""

    def __init__(self, app: NewsdeskApp) -> None:
        self._app = app
        self._touched: dict[Widget, Lines] = {}
        self._handle: asyncio.Handle | None = None
        self._last = 0.0

    def touch(self, widget: Widget, first: int = 0, after: int = 100_000) -> None:
        """Lines `first` up to `after` of the widget's content have changed."""
        top = widget.gutter.top
        widget._styles_cache.set_dirty(Region(0, first + top, 1, max(0, min(after, widget.size.height) - first)))
        if not widget.is_attached:
            return
        if self._app.is_headless or not self._can_draw(widget):
            widget.refresh()
            return
        old = self._touched.get(widget)
        self._touched[widget] = (min(first, old[0]), max(after, old[1])) if old else (first, after)
        if self._handle is None:
            loop = asyncio.get_running_loop()
            self._handle = loop.call_later(max(0.0, self._last + FRAME_S - monotonic()), self._draw)

    def _can_draw(self, widget: Widget) -> bool:
        screen = widget.screen
        return self._app.screen is screen and not screen._layout_required and not self._app.holds

    def _draw(self) -> None:
        self._handle = None
        if self._app.is_behind:
            self._handle = asyncio.get_running_loop().call_later(BUSY_S, self._draw)
            return
        self._last = monotonic()
        touched, self._touched = self._touched, {}
        stretches: list[Stretch] = []
        for widget, lines in touched.items():
            if widget.is_attached and not self._add(widget, lines, stretches):
                widget.refresh()
        if stretches:
            self._app.put(stretches)

    def _add(self, widget: Widget, lines: Lines, stretches: list[Stretch]) -> bool:
        """Add the lines that are in sight; false where the compositor has to do it."""
        if not self._can_draw(widget):
            return False
        there = widget.screen._compositor.visible_widgets.get(widget)
        if there is None:
            return True  # hidden: it is drawn when it is shown
        region, clip = there
        if not clip.contains_region(region):
            return False
        content = region.shrink(widget.gutter)
        for y in range(max(0, lines[0]), min(lines[1], content.height)):
            strip = self._filtered(widget.render_line(y).adjust_cell_length(content.width), widget)
            stretches.append((content.y + y, content.x, strip._segments))
        return True

    def _filtered(self, strip: Strip, widget: Widget) -> Strip:
        for line_filter in self._app.colour_filters:
            strip = strip.apply_filter(line_filter, widget.background_colors[1])
        return strip
