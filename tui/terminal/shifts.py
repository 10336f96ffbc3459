"""Lines that stand on the terminal already, only higher or lower: found, so that the terminal moves them by itself.

Every terminal can move the lines of a part of its screen, but only whole ones: where a pane has the whole width. Method: votes
of equal lines for how far they moved, as curses finds what to scroll by the hashes of lines (ncurses, ``hashmap.c``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

Cells: TypeAlias = tuple[Sequence[str], Sequence[object]]  # what stands in each cell of a line, and its look
LEAST_SAVED: Final = 60  # cells that need not be written, from which moving lines pays
MOST_TRIED: Final = 2


class Shift(NamedTuple):
    """The lines from `top` to `bottom` move `by` lines up (down where it is negative); what moves out of them is gone."""

    top: int
    bottom: int
    by: int

    def source(self, y: int) -> int | None:
        """Where the line comes from that stands at `y` afterwards; None where it is a blank one."""
        return y + self.by if self.top <= y + self.by <= self.bottom else None


def find_shift(old: Mapping[int, Cells], new: Mapping[int, Cells], blank: Cells) -> Shift | None:
    """What is best moved before `new` is written over `old`; both are whole lines, by where they stand. `blank`: a line that
    the terminal makes. None where moving doesn't pay."""
    changed = [y for y, line in new.items() if line[0] != old[y][0]]
    if len(changed) < 2:
        return None
    there: dict[str, list[int]] = {}
    for y, line in old.items():
        there.setdefault(_key(line), []).append(y)
    votes = Counter(source - y for y in changed if (key := _key(new[y])) for source in there.get(key, ()))
    for by, number in votes.most_common(MOST_TRIED):
        shift = _reach(by, old, new, changed) if by and number > 1 else None
        if shift is not None and _saved(shift, old, new, blank) >= LEAST_SAVED:
            return shift
    return None


def _key(line: Cells) -> str:
    """The line without its last cell, where the bar of the pane is; empty for a blank one."""
    return "".join(line[0][:-1]).rstrip()


def _reach(by: int, old: Mapping[int, Cells], new: Mapping[int, Cells], changed: Sequence[int]) -> Shift | None:
    """From the first to the last line that moved, as far as all between them are given: another pane may move as far."""
    moved = [y for y in changed if y + by in old and _key(new[y]) == _key(old[y + by])]
    parts: list[Shift] = []
    for y in sorted(moved):
        top, bottom = min(y, y + by), max(y, y + by)
        if parts and all(at in new for at in range(parts[-1].bottom, bottom + 1)):
            parts[-1] = parts[-1]._replace(bottom=max(parts[-1].bottom, bottom))
        elif all(at in new for at in range(top, bottom + 1)):
            parts.append(Shift(top, bottom, by))
    return max(parts, key=lambda part: part.bottom - part.top, default=None)


def _saved(shift: Shift, old: Mapping[int, Cells], new: Mapping[int, Cells], blank: Cells) -> int:
    """How many cells less are to be written."""
    saved = 0
    for y in range(shift.top, shift.bottom + 1):
        source = shift.source(y)
        saved += _differing(new[y], old[y]) - _differing(new[y], blank if source is None else old[source])
    return saved


def _differing(one: Cells, other: Cells) -> int:
    return sum(
        sign != other_sign or look != other_look
        for sign, other_sign, look, other_look in zip(one[0], other[0], one[1], other[1], strict=True)
    )
