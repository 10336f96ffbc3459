"""Which panes stand where and how large, for a size of the terminal. Pure, so that every size can be tested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

PANES: Final = ("sections", "stories", "article", "comments", "following")
COLUMNS_FROM: Final = 110  # cells of width from which three columns are readable
TALL_FROM: Final = 36  # lines from which an article leaves room for its comments below
ALL: Final = frozenset(PANES)
BARS: Final = 2  # lines of the title and of the keys
WHOLE: Final = 1000  # a share is counted in thousandths

Sizes = Mapping[str, int]  # by the name of a split, what a person has set: cells for LEFT and SIDE, else a share of the room

LEFT, RIGHT, SIDE, FOLLOWING, COMMENTS, TOP = SPLITS = ("left", "right", "side", "following", "comments", "top")
_CELLS: Final = frozenset({LEFT, SIDE})  # columns of names: what they need doesn't grow with the terminal
_LEAST: Final = {LEFT: 14, RIGHT: 34, SIDE: 14, FOLLOWING: 6, COMMENTS: 4, TOP: 4}
_LEFT_OVER: Final = {LEFT: 70, RIGHT: 34, SIDE: 34, FOLLOWING: 5, COMMENTS: 5, TOP: 5}  # what the others need at least
# Which split a pane's size depends on, and whether it grows with it.
_OWN: Final[Mapping[str, Mapping[str, tuple[str, int]]]] = {
    "columns": {
        "sections": (LEFT, 1),
        "stories": (RIGHT, -1),
        "article": (RIGHT, 1),
        "comments": (COMMENTS, 1),
        "following": (FOLLOWING, 1),
    },
    "side": {"sections": (SIDE, 1), "following": (SIDE, 1), "stories": (SIDE, -1)},
    "stack": {"stories": (TOP, 1), "article": (TOP, -1), "comments": (COMMENTS, 1)},
    "single": {"article": (COMMENTS, -1), "comments": (COMMENTS, 1)},
}


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`name` is the style class: `columns`, `side` (a narrow pane left of the list), `stack` (list above article), `single`."""

    name: str
    visible: frozenset[str]

    def split_of(self, pane: str) -> tuple[str, int] | None:
        """The split that decides how large a pane is, and 1 where the pane grows with it, else -1; None where none does."""
        found = _OWN[self.name].get(pane)
        return found if found and found[0] in self.splits else None

    @property
    def splits(self) -> frozenset[str]:
        """The splits that there are."""
        if self.name == "columns":
            return frozenset({LEFT, RIGHT, FOLLOWING, COMMENTS})
        own = {"side": {SIDE}, "stack": {TOP}}.get(self.name, set())
        return frozenset(own | ({COMMENTS} if {"article", "comments"} <= self.visible else set()))


def arrange(width: int, height: int, focus: str, zoomed: bool) -> Arrangement:
    """All five panes from 110 columns on; below, the one in focus, with the list or the article where there is room."""
    if zoomed:
        return Arrangement("single", frozenset({focus}))
    if width >= COLUMNS_FROM and height >= 20:
        return Arrangement("columns", ALL)
    if focus in ("sections", "following") and width >= 60:
        return Arrangement("side", frozenset({focus, "stories"}))
    if focus == "stories" and height >= 16:
        below = {"article", "comments"} if height >= TALL_FROM else {"article"}
        return Arrangement("stack", frozenset({"stories", *below}))
    if focus in ("article", "comments") and height >= TALL_FROM:
        return Arrangement("single", frozenset({"article", "comments"}))
    return Arrangement("single", frozenset({focus}))


def _room(split: str, arrangement: Arrangement, sizes: Sizes, width: int, height: int, usual_left: int) -> int:
    """Cells or lines that a split parts in two."""
    body = height - BARS
    if split == RIGHT:
        return width - (length_of(LEFT, arrangement, sizes, width, height, usual_left) or usual_left)
    if split == COMMENTS and arrangement.name == "stack":
        return body - (length_of(TOP, arrangement, sizes, width, height, usual_left) or body * 11 // 21)
    return width if split in _CELLS else body


def length_of(split: str, arrangement: Arrangement, sizes: Sizes, width: int, height: int, usual_left: int) -> int | None:
    """Cells or lines of the part that a split measures, within what all panes need; None where its usual size holds."""
    wanted = sizes.get(split)
    if not wanted or split not in arrangement.splits:
        return None
    room = _room(split, arrangement, sizes, width, height, usual_left)
    return _within(split, wanted if split in _CELLS else round(room * wanted / WHOLE), room)


def _within(split: str, length: int, room: int) -> int:
    return max(_LEAST[split], min(length, room - _LEFT_OVER[split]))


def resized(split: str, length: int, arrangement: Arrangement, sizes: Sizes, width: int, height: int, usual_left: int) -> Sizes:
    """The sizes with one that a person has set to `length` cells or lines, or as near to that as all panes allow."""
    room = _room(split, arrangement, sizes, width, height, usual_left)
    length = _within(split, length, room)
    return {**sizes, split: length if split in _CELLS else max(1, round(length * WHOLE / max(1, room)))}


def sizes_in(data: object) -> Sizes:
    """The sizes that a file holds; what is none is left out."""
    if not isinstance(data, Mapping):
        return {}
    return {
        name: size
        for name in SPLITS
        if isinstance(size := data.get(name), int) and not isinstance(size, bool) and 0 < size <= WHOLE
    }
