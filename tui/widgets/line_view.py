"""A scrolling view of one-line strips: what every pane is made of. Only lines in sight are ever drawn."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.commands import bindings
from tui.messages import PaneEntered
from tui.render import Glyphs, Line, Span, wrap
from tui.themes import Inks
from tui.widgets.paint import paint

if TYPE_CHECKING:
    from tui.app import NewsdeskApp

MOST_CACHED = 2_000


class LineView(ScrollView, can_focus=True):
    """Subclasses give :meth:`draw_line` and call :meth:`set_length`; strips are cached by line, ground and width."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("pane")]
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002, Textual's own name for it
        super().__init__(id=id)
        self._strips: dict[tuple[int, str], Strip] = {}
        self._inks = Inks({})
        self._inks_of: object = None
        self._note: tuple[Span, ...] = ()
        self.length = 0

    # --- what a subclass gives

    def draw_line(self, y: int, width: int) -> Line:
        """Line `y` of the whole content, for `width` cells."""
        raise NotImplementedError

    def ground_of(self, y: int) -> str:
        """What line `y` is drawn on: `` ``, `cursor` or `cursor-off`."""
        return ""

    # --- what a subclass calls

    @property
    def glyphs(self) -> Glyphs:
        return cast("NewsdeskApp", self.app).glyphs

    @property
    def now(self) -> datetime:
        return cast("NewsdeskApp", self.app).now()

    @property
    def inner_width(self) -> int:
        return int(self.scrollable_content_region.width)

    @property
    def inner_height(self) -> int:
        return max(1, int(self.scrollable_content_region.height))

    def set_length(self, lines: int) -> None:
        """The content is `lines` long now and all of it may have changed."""
        self.length = lines
        self.forget()
        self.virtual_size = Size(self.inner_width, lines)
        if self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to(y=self.max_scroll_y, animate=False)

    def forget(self) -> None:
        """Draw everything anew."""
        self._strips.clear()
        self.refresh()

    def redraw(self, y: int, lines: int = 1) -> None:
        """Draw `lines` lines from `y` anew, and nothing else."""
        for line in range(y, y + lines):
            for ground in ("", "cursor", "cursor-off"):
                self._strips.pop((line, ground), None)
        self.refresh_cells(y, lines)

    def refresh_cells(self, y: int, lines: int) -> None:
        """Draw lines again, but not the scrollbar beside them: every cell costs bytes on a slow line."""
        self.refresh(Region(0, y - self.scroll_offset.y, self.inner_width, lines))

    def set_note(self, *paragraphs: Span) -> None:
        """What stands here while there is nothing to show: what that means, and what to do next."""
        if paragraphs != self._note:
            self._note = paragraphs
            if not self.length:
                self.refresh()

    # --- drawing

    def _note_line(self, y: int, width: int) -> Line:
        lines: list[Line] = [()]
        for text, ink in self._note:
            lines += [((" " + line, ink),) for line in wrap(text, min(width - 2, 60))]
            lines.append(())
        return lines[y] if y < len(lines) else ()

    @property
    def inks(self) -> Inks:
        styles = cast("NewsdeskApp", self.app).inks
        if styles is not self._inks_of:
            self._inks = Inks(styles)
            self._inks_of = styles
            self._strips.clear()
        return self._inks

    def render_line(self, y: int) -> Strip:
        inks, width = self.inks, self.inner_width
        line = y + self.scroll_offset.y
        if line >= self.length:
            note = self._note_line(y, width) if not self.length else ()
            return paint(note, width, inks) if note else Strip.blank(width, inks.get(""))
        ground = self.ground_of(line)
        strip = self._strips.get((line, ground))
        if strip is None or strip.cell_length != width:
            if len(self._strips) > MOST_CACHED:
                self._strips.clear()
            strip = self._strips[line, ground] = paint(self.draw_line(line, width), width, inks, ground)
        return strip

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def on_focus(self) -> None:
        self.post_message(PaneEntered(self.id or ""))

    # --- moving: a text scrolls; a list overrides these and moves its cursor

    def move(self, lines: int) -> None:
        self.scroll_to(y=max(0, min(self.max_scroll_y, self.scroll_offset.y + lines)), animate=False)

    def action_cursor_down(self) -> None:
        self.move(1)

    def action_cursor_up(self) -> None:
        self.move(-1)

    def action_page_down(self) -> None:
        self.move(self.page)

    def action_page_up(self) -> None:
        self.move(-self.page)

    def action_half_down(self) -> None:
        self.move(max(1, self.page // 2))

    def action_half_up(self) -> None:
        self.move(-max(1, self.page // 2))

    def action_top(self) -> None:
        self.move(-self.length)

    def action_bottom(self) -> None:
        self.move(self.length)

    def action_turn(self) -> None:
        self.action_page_down()

    def action_choose(self) -> None:
        """Enter in a text: nothing more to go into."""

    def action_unfold(self) -> None:
        """Only lists fold."""

    def action_fold(self) -> None:
        """Only lists fold."""

    @property
    def page(self) -> int:
        """How far a page goes: what is in sight, less one line to hold on to."""
        return max(1, self.inner_height - 1)
