"""The way back through lists that were narrowed: where a person stood in each when they left it."""

from __future__ import annotations

from dataclasses import dataclass

from tui.lists.view import Anchor, Folding, View

MOST_KEPT = 20  # lists that are gone back to


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a person stands in a list: the story or storyline of the cursor (`story` is None on a storyline's head), its row,
    the first line in sight, and what is folded."""

    anchor: Anchor
    story: str | None
    storyline: str | None
    row: int
    top: int
    folding: Folding


class Trail:
    """Lists that were left for others, the latest last. Whoever comes back to one has come back from all that followed."""

    def __init__(self) -> None:
        self._left: list[tuple[View, Spot]] = []

    def go(self, here: View, spot: Spot | None, there: View) -> Spot | None:
        """From the list `here`, left at `spot` (None: at its top), to another; returns where that one was left."""
        views = [view for view, _ in self._left]
        if there in views:
            del self._left[views.index(there) + 1 :]
            return self._left[-1][1]
        kept = [left for left in self._left if left[0] != here]
        self._left = [*kept, *([(here, spot)] if spot else [])][-MOST_KEPT:]
        return None
