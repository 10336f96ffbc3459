"""Two accounts of one event: which other story of a storyline one is best read beside."""

from __future__ import annotations

from collections.abc import Sequence

from newsdesk.archive.rows import StoryRow


def pair_of(rows: Sequence[StoryRow], wanted: Sequence[str]) -> list[str]:
    """Two of a storyline's stories by id, the `wanted` ones as far as they are there. What is not told stands beside the first
    best: an account of another outlet that is no copy, in the same language if there is one."""
    there = {row.id: row for row in rows}
    first, second = ([one if one in there else None for one in wanted[:2]] + [None, None])[:2]
    if first is None:
        first = next((one for one in there if one != second), None)
    if first is None or len(there) == 1:
        return [first] if first else list(there)
    if second is None:
        here, at = there[first], list(there).index(first)
        round_the_end = [*rows[at + 1 :], *rows[:at]]
        second = min(
            round_the_end, key=lambda row: (row.wire_copy, _teller(row) == _teller(here), row.language != here.language)
        ).id
    return [first, second]


def _teller(row: StoryRow) -> str | None:
    return row.source or row.outlet
