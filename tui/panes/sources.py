"""The panes of the feeds screen: every source in a row, and the one under the cursor in full."""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message

from tui.drawing.render import Line, Span, crop
from tui.panes.page import Page
from tui.panes.source_words import SeedHealth, SourceRow, detail_lines, heading_line, row_line
from tui.widgets.virtual_list import VirtualList


class SourcesPane(VirtualList):
    """Feeds, then files and folders; those that fail come first. Posts :class:`Chosen`."""

    BORDER_TITLE = "Feeds"

    class Chosen(Message):
        """The stories of a source are wanted."""

        def __init__(self, row: SourceRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self) -> None:
        super().__init__(id="sources")
        self.entries: list[SourceRow | str | Span] = []

    def show(self, sources: Sequence[SourceRow], no_feeds: Sequence[Span] = ()) -> None:
        """Show them; the cursor stays on the source that it is on. `no_feeds` are the words for a desk without feeds."""
        here = self.current
        ordered = sorted(sources, key=lambda row: (not row.failing, row.name.casefold(), row.id))
        feeds = [row for row in ordered if not isinstance(row.health, SeedHealth)]
        seeds = [row for row in ordered if isinstance(row.health, SeedHealth)]
        self.entries = ["FEEDS", *(feeds or no_feeds)] if sources else []
        self.entries += ["FILES AND FOLDERS", *seeds] if seeds else []
        place = next(
            (i for i, row in enumerate(self.entries) if here and isinstance(row, SourceRow) and row.id == here.id), None
        )
        self.set_rows(len(self.entries), place)
        self.post_message(self.Moved(self))

    @property
    def current(self) -> SourceRow | None:
        entry = self.entries[self.cursor] if self.cursor < len(self.entries) else None
        return entry if isinstance(entry, SourceRow) else None

    def can_rest(self, row: int) -> bool:
        return isinstance(self.entries[row], SourceRow)

    def draw_row(self, row: int, part: int, width: int) -> Line:
        entry = self.entries[row]
        if isinstance(entry, SourceRow):
            return row_line(entry, width, self.now, self.glyphs)
        return heading_line(entry, width) if isinstance(entry, str) else crop((("   ", ""), entry), width, self.glyphs.ellipsis)

    def action_choose(self) -> None:
        if self.current:
            self.post_message(self.Chosen(self.current))


class SourcePage(Page):
    """One source in full."""

    BORDER_TITLE = "Health"

    def __init__(self) -> None:
        super().__init__(id="source")
        self.row: SourceRow | None = None
        self.pause_key = ""

    def show(self, row: SourceRow | None) -> None:
        same = row is not None and self.row is not None and row.id == self.row.id
        self.row = row
        self.update(keep_place=same)

    def lay_out(self, width: int) -> Sequence[Line]:
        return detail_lines(self.row, width, self.now, self.pause_key) if self.row else ()
