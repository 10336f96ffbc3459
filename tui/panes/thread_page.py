"""A thread on a page, with a cursor that stands on one of its comments: laid out piece by piece as it is read."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.worker import Worker

from newsdesk.model import Story
from tui.drawing.render import Line
from tui.panes.page import Page
from tui.panes.thread import Thread, comment_lines, mood_lines
from tui.panes.thread_tree import ThreadTree

if TYPE_CHECKING:  # nobody has searched yet
    from tui.drawing.found import SoughtInThread

AT_ONCE = 200  # comments laid out before the first paint, and each time the end of what is laid out comes near
NEAR = 4 * AT_ONCE  # comments that are laid out without letting a key in between


class ThreadPage(Page):
    """Where more than :data:`AT_ONCE` comments are there, the rest follows as it comes near."""

    def __init__(self) -> None:
        super().__init__(id="comments")
        self.story: Story | None = None
        self.why = False
        self.talk = ThreadTree(())
        self.sought: SoughtInThread | None = None  # what is marked
        self.at = 0  # the place in the tree that the cursor is on
        self._places: list[int] = []  # what is laid out, from the top
        self._starts: list[int] = []  # the first line of each
        self._next: int | None = None  # the place that is laid out next
        self._newest: Worker[None] | None = None

    # --- laying out

    def update(self, *, keep_place: bool = False) -> None:
        if not self.inner_width:  # hidden: nothing is laid out, of this thread or of the one before
            self._places, self._starts, self._next = [], [], None
        super().update(keep_place=keep_place)

    def lay_out(self, width: int) -> Sequence[Line]:
        self._places, self._starts, self._next, self.lines = [], [], 0 if len(self.talk) else None, []
        if self.story and self.story.comments:
            self.lines += mood_lines(self.story.mood, self._thread(width))
            self._append_some()
            while self._next is not None and self.at + AT_ONCE // 2 > self._next:
                self._append_some()
        return self.lines

    def _thread(self, width: int) -> Thread:
        return Thread(width, self.glyphs, self.why)

    def _append_some(self) -> bool:
        """Lay out :data:`AT_ONCE` more; whether there were any."""
        thread, talk, first = self._thread(self.inner_width), self.talk, len(self._places)
        for _ in range(AT_ONCE):
            place = self._next
            if place is None:
                break
            self._places.append(place)
            self._starts.append(len(self.lines))
            self.lines += self._lines_of(place, thread)
            self._next = talk.after(place)
        return len(self._places) > first

    def _lines_of(self, place: int, thread: Thread) -> list[Line]:
        comment = self.talk.comment(place)
        lines = comment_lines(comment, self.talk.depth(place), thread, self.talk.hidden(place))
        return self.sought.mark(comment, lines) if self.sought else lines

    def _lay_out_from(self, place: int) -> None:
        """Lay out anew what stands at `place` and below it."""
        row = self._row(place)
        if row < len(self._places):
            del self.lines[self._starts[row] :]
            self._next = self._places[row]
            del self._places[row:], self._starts[row:]
            self._append_some()
            self.set_length(len(self.lines))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if new_value + 4 * self.inner_height >= self.length and self._append_some():
            self.set_length(len(self.lines))

    # --- where things stand

    def _row(self, place: int) -> int:
        """The row, among those that are laid out, of the comment at `place` or of the one that hides it."""
        return max(0, bisect_right(self._places, place) - 1)

    def _row_at(self, y: int) -> int:
        """The row that line `y` belongs to."""
        return max(0, bisect_right(self._starts, y) - 1)

    def _start(self, place: int) -> int:
        return self._starts[self._row(place)] if self._starts else 0

    def _end(self, place: int) -> int:
        """The line after the comment's text; the blank one below it is nobody's."""
        row = self._row(place) + 1
        return (self._starts[row] if row < len(self._starts) else len(self.lines)) - 1

    def _row_in_sight(self) -> int | None:
        """How many lines below the top of what is in sight the cursor's comment stands, if it does."""
        row = self._start(self.at) - self.scroll_offset.y
        return row if self.has_focus and self._places and 0 <= row < self.inner_height else None

    def ground_of(self, y: int) -> str:
        return "cursor" if self.has_focus and self._starts and y == self._start(self.at) else ""

    # --- the cursor

    def _put(self, place: int) -> None:
        """The cursor on a comment that is laid out."""
        before = self.at
        self.at = place
        for changed in (before, place):
            self.refresh_cells(self._start(changed), 1)

    def _show_whole(self, *, centre: bool = False) -> None:
        """Scroll if the cursor's comment is not in sight from its first to its last line, by half a view at least."""
        top, height = self.scroll_offset.y, self.inner_height
        start, end = self._start(self.at), self._end(self.at)
        if centre:
            target = start - height // 3
        elif start < top:
            target = max(0, start - height // 2) if self._row(self.at) else 0
        elif end > top + height:
            target = min(start, end - height // 2)
        else:
            return
        self.scroll_to(y=max(0, min(self.max_scroll_y, target)), animate=False)

    def _visit(self, place: int | None) -> bool:
        """The cursor to a comment, wherever it stands; what hides it is opened. False where there is none."""
        if place is None:
            return False
        opened = self.talk.uncover(place)
        if opened is not None:
            self._lay_out_from(opened)
        if self._next is not None and place >= self._next + NEAR:
            self._newest = self.run_worker(self._reach(place), group="reach", exclusive=True)
            return True
        while self._next is not None and self._next <= place:
            self._append_some()
        self._arrive(place)
        return True

    async def _reach(self, place: int) -> None:
        """Lay out as far as `place`, a piece at a time, so that keys are let in between."""
        talk, width = self.talk, self.inner_width
        while self._next is not None and self._next <= place:
            self._append_some()
            await asyncio.sleep(0)
            if talk is not self.talk or width != self.inner_width:
                return
        self._arrive(place)

    def _arrive(self, place: int) -> None:
        if self.length != len(self.lines):
            self.set_length(len(self.lines))
        self._put(place)
        top, height = self.scroll_offset.y, self.inner_height
        far = self._start(place) < top - height or self._start(place) > top + 2 * height
        self._show_whole(centre=far)

    def move(self, lines: int) -> None:
        """Scroll; the cursor stays in sight."""
        super().move(lines)
        self._follow()

    def _follow(self) -> None:
        """The cursor to the first comment that begins in sight, or that is all there is to see, unless it is in sight."""
        top, height = self.scroll_offset.y, self.inner_height
        if not self._starts or top <= self._start(self.at) < top + height:
            return
        row = self._row_at(top)
        if self._starts[row] < top and row + 1 < len(self._starts) and self._starts[row + 1] < top + height:
            row += 1
        self._put(self._places[row])

    def action_cursor_down(self) -> None:
        """The next comment; first the rest of a long one."""
        bottom = self.scroll_offset.y + self.inner_height
        following = self._row(self.at) + 1
        if self._end(self.at) > bottom or following >= len(self._places):
            super().move(1)
        else:
            self._put(self._places[following])
            self._show_whole()

    def action_cursor_up(self) -> None:
        row = self._row(self.at)
        if self._start(self.at) < self.scroll_offset.y or not row:
            super().move(-1)
        else:
            self._put(self._places[row - 1])
            self._show_whole()

    def action_top(self) -> None:
        super().action_top()
        if self._places:
            self._put(0)

    def action_bottom(self) -> None:
        """The last comment; all of a long thread is laid out first."""
        if self._next is None:
            super().action_bottom()
            if self._places:
                self._put(self._places[-1])
        else:
            last = len(self.talk) - 1
            self._visit(next((place for place in reversed([*self.talk.above(last)]) if place in self.talk.folded), last))
