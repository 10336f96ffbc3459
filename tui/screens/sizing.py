"""How large the panes of the newsroom are: changed by key and by dragging a border, kept with the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.widget import Widget

from tui.arrangement import COMMENTS, FOLLOWING, LEFT, RIGHT, SIDE, TOP, Arrangement, Sizes, arrange, length_of, resized
from tui.lanes import Lanes
from tui.screens.base import DeskScreen
from tui.session import Session
from tui.widgets.splitter import Splitter

if TYPE_CHECKING:
    from tui.app import Setup

STEP_CELLS, STEP_LINES = 4, 2
_WIDTHS = (LEFT, RIGHT, SIDE)
_HOLDERS = {LEFT: "left", SIDE: "left", RIGHT: "right", FOLLOWING: "following", COMMENTS: "comments", TOP: "middle"}


class SizingScreen(DeskScreen):
    """Subclasses lay out; what they lay out with is :attr:`arrangement` and :meth:`set_lengths`."""

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__(setup, lanes, session)
        self.sizes: Sizes = session.sizes
        self.arrangement: Arrangement = arrange(0, 0, "stories", zoomed=False)
        self.splitter = Splitter(self.split_at, id="body")
        self._sizes_before: Sizes = {}
        self._lengths: dict[str, int] = {}  # what is set now, by id of the widget

    # --- what the newsroom gives

    @property
    def focused_pane(self) -> str:
        raise NotImplementedError

    @property
    def usual_left(self) -> int:
        """Cells of the left column where nobody has changed it."""
        raise NotImplementedError

    def lay_out(self) -> None:
        raise NotImplementedError

    # --- what it takes

    def set_lengths(self) -> None:
        """Give the parts the sizes that are set, and no other those that were."""
        lengths = {}
        for split in self.arrangement.splits:
            length = length_of(split, self.arrangement, self.sizes, *self.app.size, self.usual_left)
            if length is not None:
                lengths[_HOLDERS[split]] = (length, split in _WIDTHS)
        told = {holder: length for holder, (length, _) in lengths.items()}
        if told == self._lengths:
            return
        self._lengths = told
        for holder in set(_HOLDERS.values()):
            styles = self.query_one(f"#{holder}").styles
            length, is_width = lengths.get(holder, (None, False))
            styles.width = length if is_width else None
            styles.height = None if is_width else length

    def _holder(self, split: str) -> Widget:
        return self.query_one(f"#{_HOLDERS[split]}", Widget)

    def _resize(self, split: str, length: int) -> None:
        self.sizes = resized(split, length, self.arrangement, self.sizes, *self.app.size, self.usual_left)
        self.lay_out()

    # --- by key

    def action_grow(self) -> None:
        self._step(1)

    def action_shrink(self) -> None:
        self._step(-1)

    def _step(self, sign: int) -> None:
        found = self.arrangement.split_of(self.focused_pane)
        if found is None:
            self.say("this pane has all the room that there is", "muted")
            return
        split, direction = found
        outer = self._holder(split).outer_size
        length, step = (outer.width, STEP_CELLS) if split in _WIDTHS else (outer.height, STEP_LINES)
        before = self.sizes
        self._resize(split, length + sign * direction * step)
        if self.sizes == before:
            self.say(f"the pane is as {'large' if sign > 0 else 'small'} as it can be", "muted")
        else:
            self.say(f"{self.key_of('usual-sizes')} gives the panes their usual sizes", "muted")

    def action_usual_sizes(self) -> None:
        """The usual sizes; again, those that were before."""
        if self.sizes:
            self._sizes_before, self.sizes = self.sizes, {}
            self.say(f"the usual sizes; {self.key_of('usual-sizes')} brings yours back", "muted")
        elif self._sizes_before:
            self.sizes = self._sizes_before
            self.say("your sizes again", "muted")
        else:
            self.say("the panes have their usual sizes", "muted")
        self.lay_out()

    # --- by mouse

    def split_at(self, x: int, y: int) -> str | None:
        """The split whose border is there."""
        for split in self.arrangement.splits:
            border = self._border(split)
            if border is not None and border.contains(x, y):
                return split
        return None

    def _border(self, split: str) -> Region | None:
        """Where the border of a split is on the screen; in ASCII there are none between columns."""
        if split in _WIDTHS:
            after = self.query_one("#right" if split == RIGHT else "#middle").region
            return None if self.app.has_class("ascii") else Region(after.x, after.y, 1, after.height)
        below = self.query_one("#right" if split == TOP else f"#{_HOLDERS[split]}").region
        return Region(below.x, below.y, below.width, 1)

    def on_splitter_dragged(self, message: Splitter.Dragged) -> None:
        split = message.split
        if split not in self.arrangement.splits:
            self.splitter.let_go()
        elif message.moved:
            self._resize(split, self._length_to(split, message.x, message.y))
        elif message.ended and split == TOP:
            self.pressed_on_border()

    def _length_to(self, split: str, x: int, y: int) -> int:
        whole = self.splitter.region
        if split in _WIDTHS:
            return whole.right - x if split == RIGHT else x - whole.x
        return y - whole.y if split == TOP else whole.bottom - y

    def pressed_on_border(self) -> None:
        """The border of list and article was pressed and not dragged."""

    def get_focusable_widget_at(self, x: int, y: int) -> Widget | None:
        """Going to the article would take the list away whose border is to be dragged."""
        return None if self.split_at(x, y) == TOP else super().get_focusable_widget_at(x, y)
