"""Which panes stand where, for a size of the terminal. Pure, so that every size can be tested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PANES: Final = ("sections", "stories", "article", "comments", "following")
COLUMNS_FROM: Final = 110  # cells of width from which three columns are readable
TALL_FROM: Final = 36  # lines from which an article leaves room for its comments below
ALL: Final = frozenset(PANES)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`name` is the style class: `columns`, `side` (a narrow pane left of the list), `stack` (list above article), `single`."""

    name: str
    visible: frozenset[str]


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
