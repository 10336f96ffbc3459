"""A scrolling view of one-line strips: what every pane is made of. Only lines in sight are ever drawn.

The bar at its right is drawn with the lines: a widget of its own would have the whole screen laid out anew whenever a text of
another length is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from tui.colours.themes import Inks
from tui.drawing.render import Glyphs, Line, Span, wrap
from tui.keys.commands import bindings
from tui.messages import PaneEntered, Said
from tui.widgets.paint import paint

if TYPE_CHECKING:
    from tui.app import NewsdeskApp

MOST_CACHED = 2_000
BAR_WIDTH = 1


@dataclass(frozen=True, slots=True)
class Landing:
    """A place within a view that can be gone to: column and line of what is in sight, and what going there does."""

    x: int
    y: int
    go: Callable[[], None]


def thumb_of(length: int, height: int, top: int) -> range:
    """The lines of a bar of `height` that stand for what is in sight, `top` lines down in `length`; none where all is."""
    if length <= height:
        return range(0)
    size = max(1, height * height // length)
    first = round(top * (height - size) / (length - height))
    return range(first, first + size)


class LineView(ScrollView, can_focus=True):
    """Subclasses give :meth:`draw_line` and call :meth:`set_length`; strips are cached by line, ground and width."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("pane")]
    ALLOW_SELECT = False
    CHOOSING: ClassVar[str] = "open"  # what the line of keys says that Enter does; nothing where it does nothing

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002, Textual's own name for it
        super().__init__(id=id)
        self._strips: dict[tuple[int, str, bool], Strip] = {}
        self._dragged = False
        self._inks = Inks({})
        self._inks_of: object = None
        self._note: tuple[Span, ...] = ()
        self.length = 0

    @property
    def choosing(self) -> str:
        """The same where the cursor is now."""
        return self.CHOOSING if self.length else ""

    # --- what a subclass gives

    def draw_line(self, y: int, width: int) -> Line:
        """Line `y` of the whole content, for `width` cells."""
        raise NotImplementedError

    def ground_of(self, y: int) -> str:
        """What line `y` is drawn on: `` ``, `cursor` or `cursor-off`."""
        return ""

    def tell_ages(self) -> None:
        """Time has passed: draw anew what tells how old something is."""

    def landings(self) -> Iterable[Landing]:
        """The places in sight that can be gone to, for jump mode."""
        return ()

    # --- what a subclass calls

    @property
    def glyphs(self) -> Glyphs:
        return cast("NewsdeskApp", self.app).glyphs

    @property
    def now(self) -> datetime:
        return cast("NewsdeskApp", self.app).now()

    @property
    def inner_width(self) -> int:
        """Cells of a line, without the bar."""
        return max(0, int(self.content_region.width) - BAR_WIDTH)

    @property
    def inner_height(self) -> int:
        return max(1, int(self.content_region.height))

    @property
    def moves_lines(self) -> bool:
        """Whether scrolling costs little: of a view that has the whole width the terminal itself moves the lines."""
        return bool(self.content_region.width == self.app.size.width)

    @property
    def allow_vertical_scroll(self) -> bool:
        return True

    def set_length(self, lines: int) -> None:
        """The content is `lines` long now and all of it may have changed."""
        self.length = lines
        self.forget()
        grown = lines != self.virtual_size.height
        self.set_reactive(Widget.virtual_size, Size(self.inner_width, lines))  # which would have all laid out anew
        if grown and self.styles.is_auto_height:
            self.refresh(layout=True)
        if self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to(y=self.max_scroll_y, animate=False)

    def forget(self) -> None:
        """Draw everything anew."""
        self._strips.clear()
        self._touch()

    def _touch(self, first: int = 0, after: int = 100_000) -> None:
        if self.is_attached:
            cast("NewsdeskApp", self.app).brush.touch(self, first, after)

    def refresh_cells(self, y: int, lines: int) -> None:
        """Draw lines again, but not the bar beside them."""
        first = y - self.scroll_offset.y
        self._touch(first, first + lines)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        if round(old_value) != round(new_value):
            self._touch()

    def set_note(self, *paragraphs: Span) -> None:
        """What stands here while there is nothing to show: what that means, and what to do next."""
        if paragraphs != self._note:
            self._note = paragraphs
            if not self.length:
                self._touch()

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
            return paint(note, width + BAR_WIDTH, inks) if note else Strip.blank(width + BAR_WIDTH, inks.get(""))
        ground, on_bar = self.ground_of(line), y in thumb_of(self.length, self.inner_height, self.scroll_offset.y)
        strip = self._strips.get((line, ground, on_bar))
        if strip is None or strip.cell_length != width + BAR_WIDTH:
            if len(self._strips) > MOST_CACHED:
                self._strips.clear()
            text = paint(self.draw_line(line, width), width, inks, ground)
            end = Segment(self.glyphs.thumb, inks.get("edge")) if on_bar else Segment(" ", inks.get(""))
            strip = self._strips[line, ground, on_bar] = Strip([*text, end], width + BAR_WIDTH)
        return strip

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def on_focus(self) -> None:
        self.post_message(PaneEntered(self.id or ""))

    # --- the mouse on the bar

    def is_on_bar(self, event: events.MouseEvent) -> bool:
        offset = event.get_content_offset(self)
        return offset is not None and offset.x >= self.inner_width and self.length > self.inner_height

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.button == 1 and self.is_on_bar(event):
            event.stop()
            self._dragged = True
            self.capture_mouse()
            self._drag_to(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragged:
            event.stop()
            self._drag_to(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._dragged:
            event.stop()
            self._dragged = False
            self.release_mouse()

    def _drag_to(self, event: events.MouseEvent) -> None:
        """Scroll so that the middle of the bar's thumb comes to the mouse."""
        height = self.inner_height
        size = len(thumb_of(self.length, height, 0))
        line = event.y - self.gutter.top - size // 2
        share = min(1.0, max(0.0, line / max(1, height - size)))
        self.scroll_to(y=round(share * self.max_scroll_y), animate=False)

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
        self.say_why_not("nothing opens here: this is the text itself")

    def action_unfold(self) -> None:
        """Only lists fold."""
        self.say_why_not("nothing unfolds here")

    def action_fold(self) -> None:
        """Only lists fold."""
        self.say_why_not("nothing folds here")

    def say_why_not(self, text: str) -> None:
        """Say, quietly, why a key does nothing here."""
        self.post_message(Said(text))

    @property
    def page(self) -> int:
        """How far a page goes: what is in sight, less one line to hold on to."""
        return max(1, self.inner_height - 1)
