"""The stories pane: a listing drawn as rows, with the cursor kept on the same story while rows come and go."""

from __future__ import annotations

from collections.abc import Callable

from textual.message import Message

from tui.drawing.render import Line
from tui.lists.listing import Item, Listing
from tui.lists.view import Anchor
from tui.messages import PagesWanted, RowReached, StoryChosen, StorylineTurned
from tui.panes.story_rows import ONE_LINE_FROM, RowStyle, draw_item
from tui.widgets.virtual_list import VirtualList

AHEAD = 60  # rows asked for beyond both edges of the view, so that scrolling seldom meets an empty row


class StoriesPane(VirtualList):
    """Rows come from a :class:`Listing`; pages that are not there are asked for with :class:`PagesWanted`."""

    BORDER_TITLE = "2 Stories"

    def __init__(self) -> None:
        super().__init__(id="stories")
        self.listing = Listing()
        self.since: int | None = None  # arrival number from which on stories are told to be new
        self.number = 0  # of the listing: an answer for an older one is dropped
        self._above = self._before = 0  # rows that came in above the view since a person was at the top, now and before `show`
        self._asked: set[int] = set()
        self._reached: tuple[str | None, str | None] = (None, None)
        self._said_choosing = self.CHOOSING

    # --- content

    def show(self, listing: Listing, story_id: str | None = None, storyline_id: str | None = None) -> None:
        """Show another listing, with the cursor on a story or storyline if it is there, else at the top."""
        self.listing = listing
        self.number += 1
        self._asked.clear()
        self._before = self._above
        self._tell_above(0)
        row = listing.find(story_id, storyline_id)
        if row is None and story_id is not None:
            row = listing.find(None, storyline_id)
        self.set_rows(len(listing), row or 0)
        self.settle()

    def update_rows(self) -> None:
        """Rows were added or changed; the cursor stays on what it is on."""
        item = self.current
        row = None
        if item is not None:
            row = self.listing.find(item.story_id if not item.is_head else None, item.storyline_id)
        self.set_rows(len(self.listing), row)
        self.settle()

    def extend(self) -> None:
        """Pages were loaded or counted below and around; indexes of rows are the same."""
        self.set_rows(len(self.listing))
        self.settle()

    def settle(self) -> None:
        """Ask for what is in sight and missing, and say where the cursor is."""
        self._want()
        self._say_where()

    @property
    def current(self) -> Item | None:
        return self.listing.item(self.cursor)

    @property
    def standing(self) -> Anchor | None:
        """What is to stay where it is when the list is read anew; None where the cursor is on nothing."""
        index, _ = self.listing.locate(self.cursor)
        head = self.listing.head(index)
        if head is None:
            return None
        sight = self.in_sight
        first, last = (self.listing.locate(row)[0] for row in (sight.start, max(sight.start, sight.stop - 1)))
        return Anchor(head.id, index, range(first, last + 1))

    @property
    def is_at_top(self) -> bool:
        return self.cursor == 0 and self.scroll_offset.y == 0

    @property
    def is_full(self) -> bool:
        """Whether the list is longer than the view."""
        return self.length > self.inner_height

    @property
    def is_read(self) -> bool:
        """Whether a person is further down than its top, in a list that is longer than the view."""
        return self.is_full and not self.is_at_top

    def keep_lines(self, row: int, top: int) -> None:
        """The cursor was on `row`, the first line in sight was `top`: leave the cursor's line where it was. Whoever is at the
        very top sees what comes in above, unless that would push the cursor's row out of sight."""
        moved = (self.cursor - row) * self.row_height
        if row or top or moved >= self.inner_height:
            y = max(0, min(self.max_scroll_y, top + moved))
            self.scroll_to(y=y, animate=False)
            self._tell_above(self._before + self.cursor - row if y else 0)

    def _tell_above(self, rows: int) -> None:
        """The title says how many rows came in above what is in sight: nothing else of a list that stands still does."""
        rows = max(0, rows)
        if rows != self._above:  # setting a title draws the pane anew
            self._above = rows
            self.border_title = self.BORDER_TITLE + (f"  {rows:,} more above" if rows else "")

    def turn(self, open_it: bool) -> None:
        """Open or close the storyline that the cursor is on or in."""
        item = self.current
        if item is None or item.storyline is None or item.storyline.stories < 2:
            self.say_why_not("there is no story here" if item is None else "this story has no others below it to show or hide")
            return
        head, _ = self.listing.locate(self.cursor)
        if self.listing.is_open(head) and not open_it:
            self.listing.close(head)
            self.set_rows(len(self.listing), self.listing.row_of(head))
            self.settle()
        elif open_it and not self.listing.is_open(head):
            self.post_message(StorylineTurned(item.storyline.id))

    def _want(self) -> None:
        sight = self.in_sight
        wanted = range(max(0, sight.start - AHEAD), min(self.rows, sight.stop + AHEAD))
        pages = tuple(page for page in self.listing.missing(wanted) if page not in self._asked)
        if pages:
            self._asked.update(pages)
            self.post_message(PagesWanted(pages, self.number))

    def arrived(self, page: int) -> None:
        self._asked.discard(page)

    def _say_where(self) -> None:
        item = self.current
        reached = (item.story_id, item.storyline_id) if item else (None, None)
        if reached != self._reached:
            self._reached = reached
            self.post_message(RowReached(*reached))
        if self.choosing != self._said_choosing:
            self._said_choosing = self.choosing
            self.post_message(self.MeansOther())

    @property
    def choosing(self) -> str:
        item = self.current
        if item is None:
            return super().choosing
        if item.story is not None:
            return "read"
        return "fold" if self.listing.is_open(self.listing.locate(self.cursor)[0]) else "open"

    # --- drawing

    def tell_ages(self) -> None:
        self.forget()

    def draw_row(self, row: int, part: int, width: int) -> Line:
        item = self.listing.item(row)
        if item is None:
            return (("   " + self.glyphs.ellipsis, "faint"),) if part == 0 else ()
        head, _ = self.listing.locate(row)
        style = RowStyle(width, self.now, self.glyphs, self.since)
        return draw_item(item, part, self.listing.is_open(head), style)

    class MeansOther(Message):
        """Enter does something else on the row that the cursor is on now."""

    class Placed(Message):
        """The pane has a size."""

    class Topped(Message):
        """A person goes to the top, to what is newest."""

    def on_resize(self) -> None:
        self.post_message(self.Placed())
        self.set_row_height(1 if self.inner_width >= ONE_LINE_FROM else 2)
        self._want()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if not new_value:
            self._tell_above(0)
        self._want()

    # --- what a person does

    def go(self, row: int, *, centre: bool = False) -> None:
        super().go(row, centre=centre)
        self._say_where()

    def action_top(self) -> None:
        self.post_message(self.Topped())
        super().action_top()

    def landing_on(self, row: int) -> Callable[[], None]:
        """The story or storyline that stands there now, wherever it has got to by then."""
        item = self.listing.item(row)

        def land() -> None:
            found = self.listing.find(None if item.is_head else item.story_id, item.storyline_id) if item else row
            if found is not None:
                self.go(found)

        return land

    def action_choose(self) -> None:
        item = self.current
        if item is None:
            return
        if item.story is not None:
            self.post_message(StoryChosen(item.story.id))
        else:
            self.action_turn()

    def action_turn(self) -> None:
        head, _ = self.listing.locate(self.cursor)
        self.turn(not self.listing.is_open(head))

    def action_unfold(self) -> None:
        self.turn(True)

    def action_fold(self) -> None:
        self.turn(False)
