"""The following pane: storylines, topics, countries and queries that a person follows, and what is new in each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from newsdesk.archive.rows import FollowState
from tui.captions import caption
from tui.commands import bindings
from tui.messages import FollowChosen
from tui.render import Line, count, right, spread
from tui.widgets.virtual_list import VirtualList


class FollowingPane(VirtualList):
    """Posts :class:`FollowChosen` and :class:`AlertsMeant`."""

    BORDER_TITLE = "5 Following"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("following")]

    class AlertsMeant(Message):
        """The alert rules of a follow are to be chosen."""

        def __init__(self, state: FollowState) -> None:
            super().__init__()
            self.state = state

    def __init__(self) -> None:
        super().__init__(id="following")
        self.follows: tuple[FollowState, ...] = ()

    def show(self, follows: Sequence[FollowState], follow_key: str) -> None:
        """Show follows, those with news first; `follow_key` is the key that follows, for the empty pane."""
        current = self.current
        self.follows = tuple(sorted(follows, key=lambda f: (not f.new, f.follow.kind, f.follow.name.casefold())))
        row = next((i for i, f in enumerate(self.follows) if current and f.follow.id == current.follow.id), None)
        self.set_note(
            ("You follow nothing yet.", "muted"),
            (f"Press {follow_key} on a story, a topic or a country.", "faint"),
        )
        self.set_rows(len(self.follows), row)

    @property
    def current(self) -> FollowState | None:
        return self.follows[self.cursor] if self.cursor < len(self.follows) else None

    def draw_row(self, row: int, part: int, width: int) -> Line:
        state = self.follows[row]
        follow = state.follow
        name = caption(follow.target, follow.name) if follow.kind == "topic" else follow.name
        sign = {"storyline": self.glyphs.closed, "topic": "#", "country": "@", "query": "/"}[follow.kind]
        left = ((" " + sign + " ", "follow"), (name, "title" if state.new else "text"))
        news = f"+{count(state.new)}" if state.new else ""
        told = "paused" if follow.paused else right(count(state.total), 6)
        return spread(left, ((news, "accent"), (told + " ", "muted")), width, self.glyphs.ellipsis)

    def action_choose(self) -> None:
        if self.current:
            self.post_message(FollowChosen(self.current.follow.id))

    def action_follow_alerts(self) -> None:
        if self.current:
            self.post_message(self.AlertsMeant(self.current))

    def action_turn(self) -> None:
        self.action_choose()

    def opens_on_first_click(self) -> bool:
        return True
