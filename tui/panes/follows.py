"""The panes of the following screen: every follow in a row, by folder, and the one under the cursor in full."""

from __future__ import annotations

from textual.message import Message

from newsdesk.archive.rows import FollowState
from tui.drawing.render import Line
from tui.panes.follow_words import NewsView, Row, news_rows
from tui.panes.following import FollowRows
from tui.widgets.virtual_list import VirtualList


class FollowsPane(FollowRows):
    """Posts :class:`Chosen`."""

    BORDER_TITLE = "Following"

    class Chosen(Message):
        """The stories of a follow are wanted."""

        def __init__(self, state: FollowState) -> None:
            super().__init__()
            self.state = state

    def __init__(self) -> None:
        super().__init__("follows")

    def action_choose(self) -> None:
        if self.current:
            self.post_message(self.Chosen(self.current))


class NewsPane(VirtualList):
    """One follow: what is new, its days, the story so far. Posts :class:`Chosen` for the story under the cursor."""

    BORDER_TITLE = "What is new"

    class Chosen(Message):
        """The story is to be read."""

        def __init__(self, story_id: str) -> None:
            super().__init__()
            self.story_id = story_id

    def __init__(self) -> None:
        super().__init__(id="news")
        self.view: NewsView | None = None
        self.entries: list[Row] = []
        self._laid_out_for = 0

    def show(self, view: NewsView | None) -> None:
        """Show it; of the same follow the place stays, and the cursor on the story that it is on."""
        same = view is not None and self.view is not None and view.news.state.follow.id == self.view.news.state.follow.id
        here = self.current
        self.view = view
        self._lay_out(None if same else 0)
        if not same:
            self.scroll_to(y=0, animate=False)
        elif here is not None and here.story is not None:
            places = [at for at, row in enumerate(self.entries) if row.rests and row.story == here.story]
            self.set_rows(len(self.entries), min(places, key=lambda at: abs(at - self.cursor), default=None))

    def tell_ages(self) -> None:
        self._lay_out(None)

    def _lay_out(self, row: int | None) -> None:
        self._laid_out_for = width = self.inner_width
        self.entries = news_rows(self.view, width, self.now, self.glyphs) if self.view and width > 0 else []
        self.set_rows(len(self.entries), row)

    def on_resize(self) -> None:
        if self.inner_width != self._laid_out_for:
            self._lay_out(None)

    @property
    def current(self) -> Row | None:
        return self.entries[self.cursor] if self.cursor < len(self.entries) else None

    def can_rest(self, row: int) -> bool:
        return self.entries[row].rests

    def draw_row(self, row: int, part: int, width: int) -> Line:
        return self.entries[row].line

    def action_choose(self) -> None:
        if self.current and self.current.story and self.current.rests:
            self.post_message(self.Chosen(self.current.story))
