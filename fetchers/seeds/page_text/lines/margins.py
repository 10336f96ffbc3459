"""Rows of a page without the margin and the spacing that all of them have, which tell nothing."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

LEAST_GAPS = 3  # gaps between texts that show how a page is spaced


def set_left(rows: Sequence[str]) -> Sequence[str]:
    """The rows without the spaces that all of them begin with."""
    filled = (row for row in rows if row and not row.isspace())
    least = min((len(row) - len(row.lstrip(" ")) for row in filled), default=0)
    return [row[least:] for row in rows] if least else rows


def set_close(rows: Sequence[str]) -> Sequence[str]:
    """The rows with one empty one where each gap has more, and one fewer in wider gaps for each that is left out."""
    filled = [i for i, row in enumerate(rows) if row and not row.isspace()]
    gaps = [b - a - 1 for a, b in itertools.pairwise(filled) if b - a > 1]
    least = min(gaps, default=0)
    if least < 2 or len(gaps) < LEAST_GAPS:
        return rows
    kept = list(rows[: filled[0] + 1])
    for a, b in itertools.pairwise(filled):
        kept += rows[a + 1 + (least - 1 if b - a > 1 else 0) : b + 1]
    return [*kept, *rows[filled[-1] + 1 :]]
