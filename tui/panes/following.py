"""The following pane: storylines, topics, countries and queries that a person follows, and what is new in each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from newsdesk.archive.rows import FollowState
from tui.captions import caption
from tui.commands import bindings
from tui.messages import FollowChosen
from tui.render import Glyphs, Line, Span, count, right, spread
from tui.widgets.virtual_list import VirtualList


def name_of(state: FollowState) -> str:
    follow = state.follow
    return caption(follow.target, follow.name) if follow.kind == "topic" else follow.name


def sign_of(state: FollowState, glyphs: Glyphs) -> str:
    return {"storyline": glyphs.closed, "topic": "#", "country": "@", "query": "/"}[state.follow.kind]


def follow_line(state: FollowState, width: int, glyphs: Glyphs) -> Line:
    """A follow in the list: kind, name, alerts that stand, what is new, all."""
    follow = state.follow
    ink = "muted" if follow.paused else "title" if state.new else "text"
    end: list[Span] = [("muted ", "faint")] if follow.muted and not follow.paused else []
    if state.alerts:
        end.append((f"!{len(state.alerts)} ", "error"))
    end += [(f"+{count(state.new)}" if state.new else "", "accent")]
    end += [("paused " if follow.paused else right(count(state.total), 6) + " ", "muted")]
    return spread(((f" {sign_of(state, glyphs)} ", "follow"), (name_of(state), ink)), end, width, glyphs.ellipsis)


class FollowingPane(VirtualList):
    """Posts :class:`FollowChosen`."""

    BORDER_TITLE = "5 Following"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("following")]

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
        return follow_line(self.follows[row], width, self.glyphs)

    def action_choose(self) -> None:
        if self.current:
            self.post_message(FollowChosen(self.current.follow.id))

    def action_turn(self) -> None:
        self.action_choose()

    def opens_on_first_click(self) -> bool:
        return True
