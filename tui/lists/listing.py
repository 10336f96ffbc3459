"""What the stories pane shows, as numbers: display rows to storylines and stories, loaded a page at a time.

Pure bookkeeping: nothing here draws or asks the desk. A *head* is what the desk lists (a storyline, or a story where the list
is flat); the stories of an open storyline stand below their head. Finding a row costs a binary search over open storylines.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from newsdesk.archive.rows import StorylineRow, StoryRow

Head: TypeAlias = StorylineRow | StoryRow
PAGE = 100  # heads a page
MOST_PAGES = 40
_MARKED: Mapping[str, Callable[[StoryRow], StoryRow]] = {
    "read": lambda row: replace(row, unread=False),
    "unread": lambda row: replace(row, unread=True),
    "star": lambda row: replace(row, starred=True),
    "unstar": lambda row: replace(row, starred=False),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One display row. A storyline's head has no `story` of its own; a story under an open head is `inside`."""

    storyline: StorylineRow | None
    story: StoryRow | None
    inside: bool = False

    @property
    def story_id(self) -> str | None:
        """The story that stands for the row: its own, or a storyline's newest."""
        row = self.story or (self.storyline.newest if self.storyline else None)
        return row.id if row else None

    @property
    def storyline_id(self) -> str | None:
        if self.story:
            return self.story.storyline
        return self.storyline.id if self.storyline else None

    @property
    def is_head(self) -> bool:
        return self.story is None and self.storyline is not None


def item_of(head: Head) -> Item:
    """A storyline of which one story matches is shown as that story."""
    if isinstance(head, StoryRow):
        return Item(None, head)
    if head.stories == 1 and head.newest is not None:
        return Item(head, head.newest)
    return Item(head, None)


class Listing:
    """The rows of one query. `heads` is how many the desk has; until it has counted, as many as are known to be there."""

    def __init__(self, heads: int | None = None) -> None:
        self.counted = heads is not None
        self.heads = heads or 0
        self._pages: OrderedDict[int, list[Head]] = OrderedDict()
        self._open: dict[int, tuple[StoryRow, ...]] = {}  # by index of head
        self._order: list[int] = []  # indexes of open heads, in order
        self._starts: list[int] = []  # display row of each open head
        self._length = self.heads

    def __len__(self) -> int:
        return self._length

    # --- loading

    def set_heads(self, heads: int) -> None:
        """The desk has counted."""
        self.counted = True
        self.heads = heads
        self._measure()

    def put(self, page: int, rows: Sequence[Head]) -> None:
        """Page `page` (of :data:`PAGE` heads) has been read."""
        self._pages[page] = list(rows)
        self._pages.move_to_end(page)
        while len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)
        if not self.counted:
            self.heads = max(self.heads, page * PAGE + len(rows))
        self._measure()

    def missing(self, rows: range) -> tuple[int, ...]:
        """Pages that the display rows need and that are not loaded."""
        if not rows or not self._length:
            return ()
        first, last = self.locate(rows.start)[0], self.locate(min(rows.stop, self._length) - 1)[0]
        return tuple(page for page in range(first // PAGE, last // PAGE + 1) if page not in self._pages)

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(self._pages)

    def copy(self) -> Listing:
        """Another one with the same rows: to be read into beside the screen, which draws this one meanwhile."""
        other = Listing(self.heads if self.counted else None)
        other.heads = self.heads
        other.take(self)
        return other

    def take(self, other: Listing) -> None:
        """What was read into a copy."""
        for page, rows in other._pages.items():
            if page not in self._pages:
                self.put(page, rows)
        for head, stories in other._open.items():
            if head not in self._open:
                self.open(head, stories)

    # --- open storylines

    def open(self, head: int, stories: Sequence[StoryRow]) -> None:
        if head not in self._open:
            insort(self._order, head)
        self._open[head] = tuple(stories)
        self._measure()

    def close(self, head: int) -> None:
        if self._open.pop(head, None) is not None:
            self._order.remove(head)
            self._measure()

    def opened(self, head: int) -> tuple[StoryRow, ...]:
        """The stories below an open head."""
        return self._open.get(head, ())

    def is_open(self, head: int) -> bool:
        return head in self._open

    def _measure(self) -> None:
        self._starts = []
        below = 0
        for head in self._order:
            self._starts.append(head + below)
            below += len(self._open[head])
        self._length = self.heads + below

    # --- rows

    def locate(self, row: int) -> tuple[int, int]:
        """Display row to (index of head, 0 for the head itself or n for its nth story)."""
        place = bisect_right(self._starts, row) - 1
        if place < 0:
            return row, 0
        head, start = self._order[place], self._starts[place]
        inside = row - start
        stories = len(self._open[head])
        return (head, inside) if inside <= stories else (head + inside - stories, 0)

    def row_of(self, head: int, inside: int = 0) -> int:
        """The inverse of :meth:`locate`."""
        place = bisect_right(self._order, head - 1)
        below = sum(len(self._open[opened]) for opened in self._order[:place])
        return head + below + inside

    def head(self, index: int) -> Head | None:
        page, place = divmod(index, PAGE)
        rows = self._pages.get(page)
        return rows[place] if rows is not None and place < len(rows) else None

    def item(self, row: int) -> Item | None:
        """What display row `row` shows; None while its page is not loaded."""
        if not 0 <= row < self._length:
            return None
        index, inside = self.locate(row)
        head = self.head(index)
        if head is None:
            return None
        if inside:
            return Item(head if isinstance(head, StorylineRow) else None, self._open[index][inside - 1], inside=True)
        return item_of(head)

    def loaded(self) -> Iterator[tuple[int, Head]]:
        """Every loaded head with its index, in order."""
        for page in sorted(self._pages):
            for place, head in enumerate(self._pages[page]):
                yield page * PAGE + place, head

    def find(self, story_id: str | None, storyline_id: str | None) -> int | None:
        """The display row of a story, else of its storyline, among what is loaded; of the storyline where no story is named."""
        fallback = None
        for index, head in self.loaded():
            if isinstance(head, StoryRow):
                if head.id == story_id:
                    return self.row_of(index)
                continue
            if storyline_id is not None and head.id == storyline_id and fallback is None:
                fallback = self.row_of(index)
                if story_id is None:
                    return fallback
            if story_id is None:
                continue
            for inside, story in enumerate(self._open.get(index, ()), 1):
                if story.id == story_id:
                    return self.row_of(index, inside)
            if head.stories == 1 and head.newest is not None and head.newest.id == story_id:
                return self.row_of(index)
        return fallback

    # --- changes that need no reading

    def mark(self, ids: Iterable[str], how: str) -> None:
        """Mark loaded stories as :meth:`newsdesk.desk.Desk.mark` does, and count storylines' unread anew by what changed."""
        wanted, marked = frozenset(ids), _MARKED[how]

        def changed(row: StoryRow) -> StoryRow:
            return marked(row) if row.id in wanted else row

        for page, rows in self._pages.items():
            self._pages[page] = [self._mark_head(page * PAGE + at, head, changed) for at, head in enumerate(rows)]

    def _mark_head(self, index: int, head: Head, changed: Callable[[StoryRow], StoryRow]) -> Head:
        if isinstance(head, StoryRow):
            return changed(head)
        newest = changed(head.newest) if head.newest else None
        stories = self._open.get(index)
        if stories is None:
            shift = _shift(head.newest, newest)
        else:
            after = tuple(map(changed, stories))
            shift = sum(_shift(old, new) for old, new in zip(stories, after, strict=True))
            self._open[index] = after
        if newest is head.newest and not shift:
            return head
        return replace(head, newest=newest, unread=max(0, min(head.stories, head.unread + shift)))


def _shift(old: StoryRow | None, new: StoryRow | None) -> int:
    return int(new.unread) - int(old.unread) if old and new else 0
