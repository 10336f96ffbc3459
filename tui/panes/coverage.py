"""The panes of the coverage screen: topics by countries as shades and numbers, and the world. They share a cursor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from textual.message import Message

from newsdesk.world import world
from tui.drawing import atlas
from tui.drawing.render import ASCII, Glyphs, Line, Span, count, crop, fit, right
from tui.panes.page import Page
from tui.widgets.line_view import Landing, LineView

NAMED = 16  # cells for a topic's name
CELL = 7
_SHADES = " ░▒▓█"
_ASCII_SHADES = " .:+#"
MOST_LISTED = 250
LIST_FROM = 26  # cells beside the map from which countries are listed there


@dataclass(frozen=True, slots=True)
class Heading:
    """A row or a column: the id of its topic or country, None for all of them, "" for unknown; its name and stories."""

    id: str | None
    name: str
    total: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of topics and columns of countries, "all" first, with the stories of each cell."""

    rows: tuple[Heading, ...] = ()
    columns: tuple[Heading, ...] = ()
    cells: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def number(self, row: int, column: int) -> int:
        topic, country = self.rows[row], self.columns[column]
        if topic.id is None:
            return country.total
        return topic.total if country.id is None else self.cells.get((topic.id, country.id), 0)

    def by_country(self, row: int) -> dict[str, int]:
        """Stories of a row by country."""
        return {
            heading.id: number for at, heading in enumerate(self.columns) if heading.id and (number := self.number(row, at))
        }

    def most(self) -> int:
        return max(self.cells.values(), default=0)

    def at(self, topic: str | None, country: str | None) -> int:
        """The stories of a topic and a country, None for all of them; 0 where there are none."""
        row, column = self.find(topic, country)
        there = self.rows and (self.rows[row].id, self.columns[column].id) == (topic, country)
        return self.number(row, column) if there else 0

    def find(self, topic: str | None, country: str | None) -> tuple[int, int]:
        """Where a topic and a country stand; "all" for those that are not there."""
        row = next((at for at, heading in enumerate(self.rows) if heading.id == topic), 0)
        return row, next((at for at, heading in enumerate(self.columns) if heading.id == country), 0)


class Walked(Message):
    """The cursor is to go so many rows down and columns to the right."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self.rows = rows
        self.columns = columns


class Entered(Message):
    """The stories of the cell under the cursor are wanted."""


class _Walking(LineView):
    """The keys of a table: up, down, left and right move a cursor that the screen keeps."""

    CHOOSING = "open"
    grid: Grid

    @property
    def choosing(self) -> str:
        return self.CHOOSING if self.grid.rows else ""  # drawn already or not

    def action_cursor_down(self) -> None:
        self.post_message(Walked(1, 0))

    def action_cursor_up(self) -> None:
        self.post_message(Walked(-1, 0))

    def action_unfold(self) -> None:
        self.post_message(Walked(0, 1))

    def action_fold(self) -> None:
        self.post_message(Walked(0, -1))

    def action_page_down(self) -> None:
        self.post_message(Walked(10, 0))

    def action_page_up(self) -> None:
        self.post_message(Walked(-10, 0))

    def action_half_down(self) -> None:
        self.post_message(Walked(5, 0))

    def action_half_up(self) -> None:
        self.post_message(Walked(-5, 0))

    def action_top(self) -> None:
        self.post_message(Walked(-1000, -1000))

    def action_bottom(self) -> None:
        self.post_message(Walked(1000, 0))

    def action_choose(self) -> None:
        self.post_message(Entered())

    def action_turn(self) -> None:
        self.post_message(Entered())


class MatrixPane(_Walking):
    """Topics by countries. The names of the countries stay in the first line."""

    BORDER_TITLE = "Topics by countries"

    def __init__(self) -> None:
        super().__init__(id="matrix")
        self.grid = Grid()
        self.row = self.column = 0
        self._first_row = self._first_column = 0

    def show(self, grid: Grid, row: int, column: int) -> None:
        self.grid, self.row, self.column = grid, row, column
        self._place()

    def _place(self) -> None:
        """Bring the cursor into sight."""
        lines, columns = max(1, self.inner_height - 1), max(1, (self.inner_width - NAMED) // CELL)
        self._first_row = _scrolled(self._first_row, self.row, lines, len(self.grid.rows))
        self._first_column = _scrolled(self._first_column, self.column, columns, len(self.grid.columns))
        self.set_length(min(self.inner_height, len(self.grid.rows) + 1) if self.grid.rows else 0)

    def on_resize(self) -> None:
        self._place()

    def landings(self) -> Iterator[Landing]:
        """The names of rows and columns: going there keeps the other of the two."""
        for y in range(1, self.length):
            yield Landing(NAMED, y, partial(self._walk, self._first_row + y - 1 - self.row, 0))
        for x in range(NAMED, self.inner_width - CELL + 1, CELL):
            column = self._first_column + (x - NAMED) // CELL
            if self.length and column < len(self.grid.columns):
                yield Landing(x, 0, partial(self._walk, 0, column - self.column))

    def _walk(self, rows: int, columns: int) -> None:
        self.post_message(Walked(rows, columns))

    def draw_line(self, y: int, width: int) -> Line:
        row = self._first_row + y - 1
        spans: list[Span] = []
        if y:
            heading = self.grid.rows[row]
            spans.append((fit(f" {heading.name}", NAMED, self.glyphs.ellipsis), "title" if row == self.row else "text"))
        else:
            spans.append((" " * NAMED, ""))
        for column in range(self._first_column, min(len(self.grid.columns), self._first_column + (width - NAMED) // CELL)):
            spans += self._cell(row, column) if y else self._code(column)
        more = self._first_column + (width - NAMED) // CELL < len(self.grid.columns)
        if more and not y:
            spans.append((">", "accent"))
        return crop(spans, width, self.glyphs.ellipsis)

    def _code(self, column: int) -> list[Span]:
        heading = self.grid.columns[column]
        name = heading.id if heading.id else "all" if heading.id is None else "??"
        return [(right(name, CELL - 1) + " ", "title" if column == self.column else "place")]

    def _cell(self, row: int, column: int) -> list[Span]:
        number = self.grid.number(row, column)
        whole = self.grid.rows[row].id is None or self.grid.columns[column].id is None
        sign, ink = (" ", "muted") if whole else shade(number, self.grid.most(), self.glyphs)
        told = (count(number) if number else self.glyphs.dot).rjust(4)
        number_ink = "muted" if whole else "text" if number else "faint"
        if (row, column) == (self.row, self.column):
            spans: list[Span] = [("[", "accent"), (sign, ink), (told, "title"), ("]", "accent")]
        else:
            spans = [(" ", ""), (sign, ink), (told, number_ink), (" ", "")]
        if len(told) == CELL - 2:  # `1,234` takes the sign's place within the brackets, and the space before the sign
            del spans[1 if spans[0][0] == "[" else 0]
        return spans


def _scrolled(first: int, at: int, room: int, length: int) -> int:
    """The first place in sight, moved as little as possible for `at` to be in sight."""
    first = min(first, max(0, length - room))
    return min(at, max(first, at - room + 1))


def shade(number: int, most: int, glyphs: Glyphs) -> Span:
    """A sign for how large a number is beside the largest, of five."""
    if not number or not most:
        return " ", ""
    place = 4 if number * 10 > most * 6 else 3 if number * 10 > most * 3 else 2 if number * 10 > most else 1
    return (_ASCII_SHADES if glyphs is ASCII else _SHADES)[place], ("", "faint", "place", "accent", "follow")[place]


class MapPane(_Walking, Page):
    """The world: countries shaded by the stories of the chosen topic, the chosen country marked."""

    BORDER_TITLE = "World"

    def __init__(self) -> None:
        super().__init__(id="map")
        self.grid = Grid()
        self.row = self.column = 0

    def show(self, grid: Grid, row: int, column: int) -> None:
        self.grid, self.row, self.column = grid, row, column
        self.update(keep_place=True)

    def on_resize(self) -> None:
        self.update(keep_place=True)

    def lay_out(self, width: int) -> Sequence[Line]:
        if not self.grid.rows:
            return ()
        counts = self.grid.by_country(self.row)
        chosen = self.grid.columns[self.column]
        earth = world()
        size = atlas.map_size(earth, width, max(1, self.inner_height - 1))
        lines = atlas.map_lines(earth, counts, chosen.id, size, self.glyphs)
        if width - size[0] >= LIST_FROM:
            return [*self._beside(lines, counts, size, width), self._legend(counts, width)]
        left = self.inner_height - len(lines) - 1
        return [*lines, self._legend(counts, width), *self._below(left, counts, width)]

    def _beside(self, lines: list[Line], counts: Mapping[str, int], size: tuple[int, int], width: int) -> list[Line]:
        """The map with its countries listed to the right, most stories first."""
        listed = self._listed(counts, min(40, width - size[0] - 2))[: len(lines)]
        blank: Line = ((" ", ""),)
        return [(*line, ("  ", ""), *(listed[at] if at < len(listed) else blank)) for at, line in enumerate(lines)]

    def _below(self, height: int, counts: Mapping[str, int], width: int) -> list[Line]:
        """As many of the countries as the lines below the map hold, column by column."""
        number = max(1, width // (LIST_FROM + 1))
        room = width // number - 1
        listed = self._listed(counts, room)[: max(0, height) * number]
        deep = -(-len(listed) // number)
        return [tuple(span for line in listed[y::deep] for span in ((" ", ""), *line)) for y in range(deep)]

    def _listed(self, counts: Mapping[str, int], room: int) -> list[Line]:
        """The countries in `room` cells each, most stories first: shade, code, name, number."""
        named = [heading for heading in self.grid.columns if heading.id and counts.get(heading.id)]
        named.sort(key=lambda heading: -counts[heading.id or ""])
        most = max(counts.values(), default=0)
        shades = atlas.ASCII_SHADES if self.glyphs is ASCII else atlas.SHADES
        listed: list[Line] = []
        for heading in named[:MOST_LISTED]:
            number = counts[heading.id or ""]
            strength = atlas.level(number, most)
            ink = "title" if heading.id == self.grid.columns[self.column].id else "text"
            name = fit(f"{heading.id} {heading.name}", room - 8, self.glyphs.ellipsis)
            listed.append(((f"{shades[strength]} ", atlas.INKS[strength]), (name, ink), (right(count(number), 6), "muted")))
        return listed

    def _legend(self, counts: Mapping[str, int], width: int) -> Line:
        """What the shades mean, and the chosen country in words."""
        chosen, topic = self.grid.columns[self.column], self.grid.rows[self.row]
        spans: list[Span] = []
        if chosen.id:
            spans += [(f" {atlas.CHOSEN} ", "title"), (f"{chosen.name}: {count(counts.get(chosen.id, 0))}  ", "text")]
        elif topic.id is not None:
            spans += [(f" {topic.name}  ", "text")]
        most = max(counts.values(), default=0)
        shades = atlas.ASCII_SHADES if self.glyphs is ASCII else atlas.SHADES
        for strength, start in enumerate(atlas.level_starts(most), 1):
            if start is not None:
                more = "+" if start < most else ""
                spans += [(f" {shades[strength]} ", atlas.INKS[strength]), (f"{count(start)}{more}", "muted")]
        return crop(spans, width, self.glyphs.ellipsis)
