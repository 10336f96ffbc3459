"""Small charts of characters: stories over time as columns, shares as bars. Readable without colour, and in ASCII. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tui.drawing.cells import width_of
from tui.drawing.render import ASCII, Glyphs, Line, Span, count, fit, right

EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
_ASCII_EIGHTHS: Final = "  ..::|##"
WIDEST_COLUMN: Final = 4


@dataclass(frozen=True, slots=True)
class Column:
    """How many stories, how many of them originals, from `start` on for one step."""

    start: datetime
    stories: int = 0
    originals: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """Columns of equal steps without a gap. `last`: the last day or hour that has a story."""

    columns: tuple[Column, ...]
    step: timedelta
    last: datetime

    @property
    def busiest(self) -> Column:
        return max(self.columns, key=lambda column: column.stories)

    @property
    def over_years(self) -> bool:
        """Whether a day needs its year to be known."""
        return self.columns[0].start.year != self.last.year

    @property
    def unit(self) -> str:
        """What a column stands for: `DAY`, `3 HOURS`."""
        days, hours = self.step.days, self.step // timedelta(hours=1)
        number, unit = (days, "DAY") if days and hours == 24 * days else (hours, "HOUR")
        return unit if number == 1 else f"{number} {unit}S"


def timeline(tallies: Mapping[str, tuple[int, int]], most: int) -> Timeline | None:
    """Stories and originals by day (``2026-01-10``) or hour (``2026-01-10T14``) as at most `most` columns.

    Times that can't be read are left out; None where none can.
    """
    told = sorted((when, *counts) for name, counts in tallies.items() if (when := _start(name)) is not None)
    if not told or most < 1:
        return None
    unit = timedelta(hours=1) if any("T" in name for name in tallies) else timedelta(days=1)
    first, last = told[0][0], told[-1][0]
    units = (last - first) // unit + 1
    step = unit * -(-units // most)
    columns = [Column(first + step * place) for place in range((last - first) // step + 1)]
    for when, stories, originals in told:
        place = (when - first) // step
        old = columns[place]
        columns[place] = Column(old.start, old.stories + stories, old.originals + originals)
    return Timeline(tuple(columns), step, last)


def _start(name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(f"{name}:00" if "T" in name else name)
    except ValueError:
        return None


def timeline_lines(line: Timeline, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """Columns of `height` lines over the first and the last day or hour that has a story. Copies stand shaded on originals."""
    cells = max(1, min(WIDEST_COLUMN, width // len(line.columns)))
    gap = 1 if cells > 1 else 0
    most = line.busiest.stories or 1
    lines: list[Line] = []
    for row in reversed(range(height)):
        spans: list[Span] = []
        for column in line.columns:
            total = -(-column.stories * height * 8 // most)
            originals = total * column.originals // column.stories if column.stories else 0
            char, ink = _cell(total - 8 * row, originals - 8 * row, glyphs)
            spans.append((char * (cells - gap) + " " * gap, ink))
        lines.append(tuple(spans))
    return [*lines, _axis(line, cells * len(line.columns) - gap, width)]


def _cell(total: int, originals: int, glyphs: Glyphs) -> Span:
    """What stands where a column of `total` eighths, `originals` of them solid, passes through a cell."""
    if total <= 0:
        return " ", ""
    if originals > 0:
        return (_ASCII_EIGHTHS if glyphs is ASCII else EIGHTHS)[min(8, total)], "accent"
    return glyphs.bars[1] if total >= 4 else glyphs.bars[3], "muted"


def _axis(line: Timeline, drawn: int, width: int) -> Line:
    first, last = _label(line, line.columns[0].start), _label(line, line.last)
    if first == last:
        return ((first, "faint"),)
    room = min(width, max(drawn, width_of(first) + width_of(last) + 1))
    return ((first + right(last, room - width_of(first)), "faint"),)


def _label(line: Timeline, when: datetime) -> str:
    day = f"{when.day} {when:%b %Y}" if line.over_years else f"{when.day} {when:%b}"
    return day if line.step >= timedelta(days=1) else f"{day} {when:%H}h"


def column_words(line: Timeline) -> str:
    """The busiest column in words: `most: 4 March, 12`, `most: 4 March to 6 March, 12`."""
    column = line.busiest
    unit = timedelta(days=1) if line.step >= timedelta(days=1) else timedelta(hours=1)
    end = min(column.start + line.step - unit, line.last)
    when = " to ".join(dict.fromkeys(_in_full(line, moment) for moment in (column.start, end)))
    return f"most: {when}, {count(column.stories)}"


def _in_full(line: Timeline, when: datetime) -> str:
    day = f"{when.day} {when:%B}" + (f" {when:%Y}" if line.over_years else "")
    return day if line.step >= timedelta(days=1) else f"{day}, {when:%H}h"


def bar_lines(rows: Sequence[tuple[str, int, str]], width: int, glyphs: Glyphs, ink: str = "accent") -> list[Line]:
    """A name, a bar and a number each, with a word behind it; the longest bar takes what room there is."""
    if not rows:
        return []
    most = max(number for _, number, _ in rows) or 1
    words = max(width_of(word) for *_, word in rows)
    named = max(6, min(24, max(width_of(name) for name, *_ in rows), width // 2))
    room = max(1, min(24, width - named - 8 - words))
    return [
        (
            (fit(name, named, glyphs.ellipsis) + " ", "text"),
            (fit(glyphs.bars[0] * max(1, number * room // most), room), ink),
            (right(count(number), 6), "muted"),
            (f" {word}" if word else "", "faint"),
        )
        for name, number, word in rows
    ]
