"""The following pane: storylines, topics, countries and queries that a person follows, and what is new in each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from newsdesk.archive.rows import FollowState
from tui.drawing.captions import caption
from tui.drawing.render import Glyphs, Line, Span, count, crop, right, spread
from tui.keys.commands import bindings
from tui.messages import FollowChosen
from tui.widgets.virtual_list import VirtualList


def name_of(state: FollowState) -> str:
    follow = state.follow
    return caption(follow.target, follow.name) if follow.kind == "topic" else follow.name


def sign_of(state: FollowState, glyphs: Glyphs) -> str:
    return {"storyline": glyphs.closed, "topic": "#", "country": "@", "query": "/"}[state.follow.kind]


def follow_line(state: FollowState, width: int, glyphs: Glyphs) -> Line:
    """A follow in the list: kind, name, alerts that stand, what is new, all; of one that is not counted yet no number."""
    follow = state.follow
    ink = "muted" if follow.paused else "title" if state.new else "text"
    end: list[Span] = [("muted ", "faint")] if follow.muted and not follow.paused else []
    if state.alerts:
        end.append((f"!{len(state.alerts)} ", "error"))
    end += [(f"+{count(state.new)}" if state.new else "", "accent")]
    total = count(state.total) if state.counted else glyphs.ellipsis
    end += [("paused " if follow.paused else right(total, 6) + " ", "muted")]
    return spread(((f" {sign_of(state, glyphs)} ", "follow"), (name_of(state), ink)), end, width, glyphs.ellipsis)


class FollowRows(VirtualList):
    """Follows under their folders, those without one first; with news first among them, paused ones last."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self.entries: list[FollowState | str] = []

    @property
    def follows(self) -> list[FollowState]:
        return [entry for entry in self.entries if isinstance(entry, FollowState)]

    @property
    def current(self) -> FollowState | None:
        entry = self.entries[self.cursor] if self.cursor < len(self.entries) else None
        return entry if isinstance(entry, FollowState) else None

    def put(self, states: Sequence[FollowState]) -> None:
        """Show them; the cursor stays on the follow that it is on, or at the top while places depend on what is not counted."""
        above = [entry for entry in self.entries[: self.cursor] if isinstance(entry, FollowState)]
        here = self.current if above or all(state.counted for state in self.follows) else None
        folders: dict[str, list[FollowState]] = {}
        for state in sorted(states, key=_place):
            folders.setdefault(state.follow.folder, []).append(state)
        self.entries = []
        for folder, inside in folders.items():
            self.entries += [folder, *inside] if folder else inside
        row = next((at for at, entry in enumerate(self.entries) if here and _id(entry) == here.follow.id), None)
        self.set_rows(len(self.entries), row)

    def can_rest(self, row: int) -> bool:
        return isinstance(self.entries[row], FollowState)

    def draw_row(self, row: int, part: int, width: int) -> Line:
        entry = self.entries[row]
        if isinstance(entry, str):
            return crop((("  ", ""), (entry, "faint")), width, self.glyphs.ellipsis)
        return follow_line(entry, width, self.glyphs)


def _place(state: FollowState) -> tuple[str, bool, bool, str, str]:
    follow = state.follow
    return follow.folder.casefold(), follow.paused, not state.new, follow.kind, follow.name.casefold()


def _id(entry: FollowState | str) -> str:
    return entry.follow.id if isinstance(entry, FollowState) else ""


class FollowingPane(FollowRows):
    """Posts :class:`FollowChosen`."""

    BORDER_TITLE = "5 Following"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("following")]

    def __init__(self) -> None:
        super().__init__("following")
        self.set_note(("Reading what you follow.", "faint"))

    def show(self, follows: Sequence[FollowState], follow_key: str) -> None:
        """Show follows; `follow_key` is the key that follows, for the empty pane."""
        self.set_note(
            ("You follow nothing yet.", "muted"),
            (f"Press {follow_key} on a story, a topic or a country.", "faint"),
        )
        self.put(follows)

    def action_choose(self) -> None:
        if self.current:
            self.post_message(FollowChosen(self.current.follow.id))

    def action_turn(self) -> None:
        self.action_choose()

    def opens_on_first_click(self) -> bool:
        return True
