"""The comments pane: the readers' mood as a bar, then the thread. A long thread is laid out piece by piece as it is read."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import ClassVar, Literal, TypeAlias

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.worker import Worker

from newsdesk.kept_text import changes
from newsdesk.model import Comment, Story
from tui.commands import bindings
from tui.panes.page import Page
from tui.panes.thread import Thread, comment_lines, mood_lines
from tui.panes.thread_tree import ThreadTree
from tui.render import Line
from tui.widgets.line_view import Landing

AT_ONCE = 200  # comments laid out before the first paint, and each time the end of what is laid out comes near
MOST_PATCHED = 5  # comments that are drawn anew where they stand
NEAR = 4 * AT_ONCE  # comments that are laid out without letting a key in between

Wish: TypeAlias = Literal["find", "author", "mood"]


class CommentsPane(Page):
    """Shows a story's comments, with a cursor that stands on one of them. Where more than :data:`AT_ONCE` are there, the rest
    follows as it comes near. Posts :class:`Asked`."""

    BORDER_TITLE = "4 Comments"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("thread")]

    class Asked(Message):
        """Something is wanted that has to be asked for first: words to find, an author, another mood for this comment."""

        def __init__(self, wish: Wish) -> None:
            super().__init__()
            self.wish: Wish = wish

    def __init__(self) -> None:
        super().__init__(id="comments")
        self.story: Story | None = None
        self.why = False
        self.talk = ThreadTree(())
        self.at = 0  # the place in the tree that the cursor is on
        self.wanted: Callable[[Comment], bool] | None = None  # what was searched for last
        self._places: list[int] = []  # what is laid out, from the top
        self._starts: list[int] = []  # the first line of each
        self._next: int | None = None  # the place that is laid out next
        self._newest: Worker[None] | None = None

    def show(self, story: Story | None) -> None:
        """Show another story's comments; the same ones stay where they are read."""
        same = story is not None and self.story is not None and story.id == self.story.id
        if same and self.story is not None and story is not None and story.comments == self.story.comments:
            return
        before, row = self.talk, self._row_in_sight()
        self.story = story
        if same and story is not None and self._patch(story):
            return
        self.talk = ThreadTree(story.comments if story else ())
        self.at = self._carry(before) if same else 0
        self.wanted = self.wanted if same else None
        number = len(self.talk)
        self.border_title = f"4 Comments  {number:,}" if number else "4 Comments"
        self.set_note(("No reader comments came with this story.", "faint"))
        self.update(keep_place=same)
        if same and row is not None and self.at in self._places:
            self.scroll_to(y=max(0, min(self.max_scroll_y, self._start(self.at) - row)), animate=False)

    def _patch(self, story: Story) -> bool:
        """Draw anew only what is another in a few comments, their moods above all; false where the thread itself is another."""
        changed = changes(self.talk.comments, story.comments)
        thread = self._thread(self.inner_width)
        head = mood_lines(story.mood, thread)
        if changed is None or len(changed) > MOST_PATCHED or not self._starts or self.inner_width != self._laid_out_for:
            return False
        self.talk.comments = story.comments
        self.lines[: self._starts[0]] = head
        if (more := len(head) - self._starts[0]) != 0:
            self._starts = [start + more for start in self._starts]
        for place in map(self.talk.place_of, changed):
            row = self._row(place or 0)
            if self._places[row] == place:
                lines = comment_lines(self.talk.comment(place), self.talk.depth(place), thread, self.talk.hidden(place))
                if len(lines) != self._end(place) + 1 - self._starts[row]:
                    return False
                self.lines[self._starts[row] : self._end(place) + 1] = lines
        self.set_length(len(self.lines))
        return True

    def _carry(self, before: ThreadTree) -> int:
        """What was folded, and where the cursor is, among the comments as they are now. They are told by what they say."""
        if not before.folded and not self.at:
            return 0
        folded = {_said(before.comment(place)) for place in before.folded}
        here = _said(before.comment(self.at)) if self.at < len(before) else None
        at = 0
        for place in range(len(self.talk)):
            said = _said(self.talk.comment(place))
            if said in folded and self.talk.has_replies(place):
                self.talk.folded.add(place)
            if said == here:
                at = place
        return at

    def turn_why(self, why: bool) -> None:
        self.why = why
        self.update(keep_place=bool(self.at))
        if self.at:
            self._show_whole(centre=True)

    def addresses(self) -> Sequence[str]:
        from tui.links import links_of

        return [url for url, _ in links_of(self.story)] if self.story else ()

    @property
    def current(self) -> Comment | None:
        """The comment under the cursor."""
        return self.talk.comment(self.at) if len(self.talk) else None

    # --- laying out

    def lay_out(self, width: int) -> Sequence[Line]:
        self._places, self._starts, self._next, self.lines = [], [], 0 if len(self.talk) else None, []
        if self.story and self.story.comments:
            self.lines += mood_lines(self.story.mood, self._thread(width))
            self._append(AT_ONCE)
            while self._next is not None and self.at + AT_ONCE // 2 > self._next:
                self._append(AT_ONCE)
        return self.lines

    def _thread(self, width: int) -> Thread:
        return Thread(width, self.glyphs, self.why)

    def _append(self, comments: int) -> bool:
        """Lay out so many more; whether there were any."""
        thread, talk, first = self._thread(self.inner_width), self.talk, len(self._places)
        for _ in range(comments):
            place = self._next
            if place is None:
                break
            self._places.append(place)
            self._starts.append(len(self.lines))
            self.lines += comment_lines(talk.comment(place), talk.depth(place), thread, talk.hidden(place))
            self._next = talk.after(place)
        return len(self._places) > first

    def _lay_out_from(self, place: int) -> None:
        """Lay out anew what stands at `place` and below it."""
        row = self._row(place)
        if row < len(self._places):
            del self.lines[self._starts[row] :]
            self._next = self._places[row]
            del self._places[row:], self._starts[row:]
            self._append(AT_ONCE)
            self.set_length(len(self.lines))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if new_value + 4 * self.inner_height >= self.length and self._append(AT_ONCE):
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
            self._append(AT_ONCE)
        self._arrive(place)
        return True

    async def _reach(self, place: int) -> None:
        """Lay out as far as `place`, a piece at a time, so that keys are let in between."""
        talk, width = self.talk, self.inner_width
        while self._next is not None and self._next <= place:
            self._append(AT_ONCE)
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

    # --- the thread

    def action_choose(self) -> None:
        """Fold what answers the comment into it, or open it again."""
        if len(self.talk) and self.talk.turn(self.at):
            self._lay_out_from(self.at)
            self._show_whole()

    def action_fold(self) -> None:
        """Fold; where there is nothing to fold, to what the comment answers."""
        if not len(self.talk):
            return
        if self.talk.has_replies(self.at) and self.at not in self.talk.folded:
            self.action_choose()
        else:
            self._visit(self.talk.parent(self.at))

    def action_unfold(self) -> None:
        """Open; where it is open, to the first answer."""
        if not len(self.talk):
            return
        if self.at in self.talk.folded:
            self.action_choose()
        elif self.talk.has_replies(self.at):
            self._visit(self.at + 1)

    def action_thread_fold_all(self) -> None:
        if len(self.talk):
            above = list(self.talk.above(self.at))
            self.at = above[-1] if self.talk.fold_all() and above else self.at
            self.update(keep_place=True)
            self._show_whole(centre=True)

    def action_thread_next(self) -> None:
        if len(self.talk):
            self._visit(self.talk.beside(self.at, 1))

    def action_thread_previous(self) -> None:
        if len(self.talk):
            self._visit(self.talk.beside(self.at, -1))

    def action_thread_parent(self) -> None:
        if len(self.talk):
            self._visit(self.talk.parent(self.at))

    def action_thread_find(self) -> None:
        self._ask("find")

    def action_thread_author(self) -> None:
        self._ask("author")

    def action_judge(self) -> None:
        self._ask("mood")

    def _ask(self, wish: Wish) -> None:
        if len(self.talk):
            self.post_message(self.Asked(wish))

    def find(self, wanted: Callable[[Comment], bool]) -> bool:
        """To the next comment, from the cursor's on and round the end, that is wanted; false where none is."""
        self.wanted = wanted
        return self._visit(self.talk.search(wanted, self.at + 1))

    def action_thread_again(self) -> None:
        if self.wanted is not None:
            self.find(self.wanted)
        else:
            self._ask("find")

    # --- focus, jump mode, the mouse

    def on_focus(self) -> None:
        super().on_focus()
        self._follow()
        self.refresh_cells(self._start(self.at), 1)

    def on_blur(self) -> None:
        self.refresh_cells(self._start(self.at), 1)

    def landings(self) -> Iterator[Landing]:
        """The comments that begin in sight, and the web addresses."""
        top, taken = self.scroll_offset.y, set()
        for landing in super().landings():
            taken.add(landing.y)
            yield landing
        for start, place in zip(self._starts, self._places, strict=True):
            if top <= start < top + self.inner_height and start - top not in taken:
                yield Landing(0, start - top, partial(self._put, place))

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a comment; on the head of the cursor's it folds or opens."""
        offset = event.get_content_offset(self)
        if offset is None or event.button != 1 or self.is_on_bar(event) or not self._places:
            return
        event.stop()
        y = offset.y + self.scroll_offset.y
        place = self._places[self._row_at(y)]
        if place == self.at and y == self._start(place):
            self.action_choose()
        elif y >= self._starts[0] and y < self.length:
            self._put(place)


def _said(comment: Comment) -> tuple[str | None, str]:
    return comment.author, comment.text
