"""A list with a cursor whose rows cost nothing until they are in sight. Every row is `row_height` lines high."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual import events
from textual.message import Message

from tui.drawing.render import Line
from tui.widgets.line_view import Landing, LineView

ROWS_KEPT = 2  # in sight when a list goes on by a page, for the eye to find its place


class VirtualList(LineView):
    """Subclasses give :meth:`draw_row` and, where rows differ, :meth:`can_rest` (headings are passed over)."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002, Textual's own name for it
        super().__init__(id=id)
        self.rows = 0
        self.cursor = 0
        self.row_height = 1
        self._squeezed = (0, 0, 0)  # cursor and first row as a resize left them, and the first row that would stand there

    class Moved(Message):
        """The cursor is on another row."""

        def __init__(self, view: VirtualList) -> None:
            super().__init__()
            self.view = view

        @property
        def control(self) -> VirtualList:
            return self.view

    def draw_row(self, row: int, part: int, width: int) -> Line:
        """Line `part` (from 0) of row `row` in `width` cells."""
        raise NotImplementedError

    def can_rest(self, row: int) -> bool:
        """Whether the cursor may stand on `row`."""
        return True

    # --- content

    def set_rows(self, rows: int, cursor: int | None = None) -> None:
        """There are `rows` rows now; the cursor goes to `cursor`, or stays where it is, as near as rows allow."""
        self.rows = rows
        self.cursor = self._nearest(self.cursor if cursor is None else cursor)
        self.set_length(rows * self.row_height)
        self._keep_in_sight()

    def set_row_height(self, lines: int) -> None:
        """Rows are that high from this resize on."""
        if lines == self.row_height:
            return
        first = self.scroll_offset.y // self.row_height
        self.row_height = lines
        self.set_length(self.rows * lines)
        self.scroll_to(y=first * lines, animate=False)

    @property
    def in_sight(self) -> range:
        """The rows in sight, those cut at an edge too."""
        first = self.scroll_offset.y // self.row_height
        last = (self.scroll_offset.y + self.inner_height - 1) // self.row_height
        return range(max(0, first), max(0, min(self.rows, last + 1)))

    # --- drawing

    def draw_line(self, y: int, width: int) -> Line:
        row, part = divmod(y, self.row_height)
        return self.draw_row(row, part, width)

    def ground_of(self, y: int) -> str:
        if y // self.row_height != self.cursor or not self.rows or not self.can_rest(self.cursor):
            return ""
        return "cursor" if self.has_focus else "cursor-off"

    # --- the cursor

    def go(self, row: int, *, centre: bool = False) -> None:
        """Put the cursor on `row`, or the nearest row that it may stand on, and bring it into sight."""
        before, self.cursor = self.cursor, self._nearest(row, 1 if row >= self.cursor else -1)
        if before != self.cursor:
            for changed in (before, self.cursor):
                self.refresh_cells(changed * self.row_height, self.row_height)
            self._keep_in_sight(centre=centre)
            self.post_message(self.Moved(self))
        elif self.rows:
            self._keep_in_sight()

    def move(self, lines: int) -> None:
        self.go(self.cursor + lines)

    def action_top(self) -> None:
        self.go(0)
        self.scroll_to(y=0, animate=False)

    @property
    def page(self) -> int:
        return max(1, self.inner_height // self.row_height - 1)

    def _nearest(self, row: int, direction: int = 1) -> int:
        if not self.rows:
            return 0
        row = max(0, min(self.rows - 1, row))
        for step in (direction, -direction):
            at = row
            while 0 <= at < self.rows:
                if self.can_rest(at):
                    return at
                at += step
        return row

    def _keep_in_sight(self, *, centre: bool = False) -> None:
        """Scroll if the cursor has left the view: row by row where that costs little, else by a page but for
        :data:`ROWS_KEPT`, one repaint for many rows."""
        top, height = self.cursor * self.row_height, self.inner_height
        first = self.scroll_offset.y
        room = max(0, height - self.row_height)
        ahead = 0 if self.moves_lines else room - min(room // 4, ROWS_KEPT * self.row_height)
        if first <= top and top + self.row_height <= first + height:
            return
        if centre or top < first - height or top > first + 2 * height:
            target = top - room // 2
        elif top < first:
            target = top - ahead if self.cursor else 0
        else:
            target = top - room + ahead
        whole = -(-target // self.row_height) * self.row_height  # a row in full at the top, and that of the cursor in sight
        self.scroll_to(y=max(0, min(self.max_scroll_y, whole)), animate=False)

    # --- jumping

    def landings(self) -> Iterator[Landing]:
        """Every row in sight, at its first line."""
        for row in self.in_sight:
            y = row * self.row_height - self.scroll_offset.y
            if y >= 0 and self.can_rest(row):
                yield Landing(0, y, self.landing_on(row))

    def landing_on(self, row: int) -> Callable[[], None]:
        """What going to a row does: the same as a click on it."""
        return partial(self._land, row)

    def _land(self, row: int) -> None:
        self.go(row)
        if self.opens_on_first_click():
            self.action_choose()

    # --- the mouse

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row; a click on the row of the cursor opens it."""
        offset = event.get_content_offset(self)
        if offset is None or event.button != 1 or self.is_on_bar(event):
            return
        event.stop()
        row = (offset.y + self.scroll_offset.y) // self.row_height
        if row >= self.rows or not self.can_rest(row):
            return
        if row == self.cursor and self.opens_on_click(event.chain):
            self.action_choose()
        else:
            self._land(row)

    def opens_on_click(self, clicks: int) -> bool:
        return True

    def opens_on_first_click(self) -> bool:
        return False

    def on_resize(self) -> None:
        """The cursor stays in sight; what had to leave for it in a smaller view stands there again once there is room."""
        self.set_length(self.rows * self.row_height)
        cursor, left, first = self._squeezed
        if (cursor, min(left * self.row_height, self.max_scroll_y)) != (self.cursor, self.scroll_offset.y):
            first = self.scroll_offset.y // self.row_height
        self.scroll_to(y=min(first * self.row_height, self.max_scroll_y), animate=False)
        self._keep_in_sight()
        self._squeezed = self.cursor, self.scroll_offset.y // self.row_height, first

    def on_focus(self) -> None:
        self.refresh_cells(self.cursor * self.row_height, self.row_height)

    def on_blur(self) -> None:
        self.refresh_cells(self.cursor * self.row_height, self.row_height)
