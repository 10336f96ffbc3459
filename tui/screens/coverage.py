"""The coverage screen: what the desk has by topic and country, as a table and on the world, of all days or of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from newsdesk.desk import Coverage, Desk
from newsdesk.query.moments import DAY
from newsdesk.wording import UNKNOWN, UNLABELLED
from tui.drawing.captions import caption
from tui.drawing.render import Line, Span
from tui.keys.commands import Where, bindings
from tui.lanes import Lanes
from tui.lists.narrowing import Narrowing
from tui.panes.coverage import Entered, Grid, Heading, MapPane, MatrixPane, Walked
from tui.screens.base import WORDY_FROM
from tui.screens.beside import Beside
from tui.session import Session

if TYPE_CHECKING:
    from tui.app import Setup

TALL_FROM = 34  # lines from which table and map stand one above the other
SIDE_FROM = 150  # cells of width from which, on a lower screen, they stand side by side
WEEK = 7  # days
_FIRST_DAY = datetime(1, 1, 1, tzinfo=UTC)


class CoverageScreen(Beside):
    """Arrows walk, Enter shows the stories of a cell, `[` and `]` go from day to day. The newsroom's search narrows it too."""

    PLACE: ClassVar[Where] = "coverage"
    NAME = "Coverage"
    CSS = """
    CoverageScreen.tall #matrix { height: 20; }
    CoverageScreen.tall #map { height: 1fr; }
    CoverageScreen.single #map { display: none; }
    CoverageScreen.single.mapped #map { display: block; }
    CoverageScreen.single.mapped #matrix { display: none; }
    CoverageScreen.side #around { layout: horizontal; }
    CoverageScreen.side #matrix { width: 9fr; }
    CoverageScreen.side #map { width: 11fr; }
    CoverageScreen.side #matrix { border-right: solid $edge; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("coverage")]
    AUTO_FOCUS = "#matrix"

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__(setup, lanes, session)
        self.coverage: Coverage | None = None
        self.day: int | None = None
        self.day_read: int | None = None  # of `coverage`
        self.before: Sequence[Grid] = ()  # of the day before that day, and of the week before it
        self.steps = 0  # days that are still to be gone, once it is known which these are
        self.grid = Grid()
        self.row = self.column = 0
        self.wanted: tuple[str | None, str | None] = (None, None)  # where a person put the cursor, on this day or another
        self.matrix, self.map = MatrixPane(), MapPane()
        self.narrowing = Narrowing()

    def compose_panes(self) -> ComposeResult:
        yield self.matrix
        yield self.map

    def on_mount(self) -> None:
        self.narrowing = replace(self.newsroom.view.narrowing, topic=None, country=None)
        for pane in (self.matrix, self.map):
            pane.set_note(("Counting the stories.", "faint"))

    def on_resize(self) -> None:
        width, height = self.app.size
        shape = "tall" if height >= TALL_FROM else "side" if width >= SIDE_FROM else "single"
        for name in ("side", "tall", "single"):
            self.set_class(name == shape, name)
        other = f"  {self.key_of('next-pane')}: " if shape == "single" else ""
        self.matrix.border_title = self.matrix.BORDER_TITLE + (f"{other}the world" if other else "")
        self.map.border_title = self.map.BORDER_TITLE + (f"{other}the table" if other else "")
        self.show_title()

    def _cell_words(self) -> str:
        """The cell under the cursor: its topic, its country and its stories; nothing where it stands for all."""
        if not self.grid.rows or self._cursor() == (None, None):
            return ""
        pair = (("topic", self.grid.rows[self.row]), ("country", self.grid.columns[self.column]))
        names = [one.name if one.id else f"{kind} {one.name}" for kind, one in pair if one.id is not None]
        return f"{', '.join(names)}: {self.grid.number(self.row, self.column):,}"

    def _words_before(self) -> str:
        """What the cell under the cursor had before the day that is shown."""
        if self.day_read is None or not self.grid.rows or self.app.size.width < WORDY_FROM:
            return ""
        yesterday, week = (grid.at(*self._cursor()) for grid in self.before)
        return f"; day before {yesterday:,}, week before {week:,}"

    # --- reading

    async def read(self) -> None:
        query, day = self.narrowing.query(), self.day
        found, names, before = await self.lanes.back(lambda desk: read_coverage(desk, query, day))
        if day != self.day:
            return
        self.coverage, self.day_read, self.before = found, day, before
        for pane in (self.matrix, self.map):
            pane.set_note(*self._empty_words())
        self.grid = make_grid(found, names)
        self.row, self.column = self.grid.find(*self.wanted)
        self._show()
        if self.steps:
            self.call_later(self._go_on)

    def _show(self) -> None:
        self.matrix.show(self.grid, self.row, self.column)
        self.map.show(self.grid, self.row, self.column)
        self.show_title()

    def _cursor(self) -> tuple[str | None, str | None]:
        """Topic and country under the cursor; None is all of them."""
        if not self.grid.rows:
            return None, None
        return self.grid.rows[self.row].id, self.grid.columns[self.column].id

    def _empty_words(self) -> tuple[Span, ...]:
        if self.day is not None:
            words = f"{self.key_of('day-before')} and {self.key_of('day-after')} go to days with stories."
            return (("No story on this day.", "title"), (words, "muted"))
        if not self.narrowing.empty:
            way = f"{self.key_of('back')} goes back to the list, {self.key_of('clear')} shows everything there."
            return (("No story matches what narrows the list.", "title"), (way, "muted"))
        reads = f"The sources are being read; {self.key_of('stop-refresh')} stops it."
        mend = reads if self.newsroom.refreshing else f"{self.key_of('refresh-all')} reads the sources."
        return (("No stories yet.", "title"), (mend, "muted"))

    def title_words(self) -> Line:
        found = self.coverage
        if found is None:
            return (("counting", "faint"),)
        cell = self._cell_words()
        if cell:
            return ((cell, "accent"), (f"{self._words_before()}  ", "muted"), (self.day_words(), "text"))
        words: list[Span] = [
            (self.day_words(), "text"),
            (f"  {found.total:,} {'story' if found.total == 1 else 'stories'}", "muted"),
        ]
        counts = self.newsroom.counts
        hidden = counts.hidden(found.total, self.narrowing) if counts is not None else 0
        if hidden > 0:
            words.append((f", {hidden:,} hidden", "faint"))
        words.append((self._words_before(), "muted"))
        for kind, name in self.narrowing.words():
            words = [(f"{kind} ", "faint"), (f"{name}  ", "accent"), *words]
        return tuple(words)

    def day_words(self) -> str:
        """The day that is shown, in words."""
        if self.day is None:
            return "all days"
        day = _FIRST_DAY + timedelta(minutes=self.day)
        return f"{day:%a} {day.day} {day:%b %Y}"

    # --- walking

    def on_walked(self, message: Walked) -> None:
        if self.grid.rows:
            self.row = max(0, min(len(self.grid.rows) - 1, self.row + message.rows))
            self.column = max(0, min(len(self.grid.columns) - 1, self.column + message.columns))
            self.wanted = self._cursor()
            self._show()

    def on_entered(self, message: Entered) -> None:
        if not self.grid.rows:
            return
        if not self.grid.number(self.row, self.column):
            self.say("no story there", "muted")
            return
        topic, country = self.grid.rows[self.row], self.grid.columns[self.column]
        narrowing = replace(
            self.narrowing,
            topic=topic.id,
            topic_name=topic.name,
            country=country.id,
            country_name=country.name,
            search=" ".join(filter(None, (_in_brackets(self.narrowing.search, self.day), self._day_query()))),
        )
        self.show_stories(narrowing)

    def _day_query(self) -> str:
        return "" if self.day is None else _days_query(self.day, 1)

    def action_day_before(self) -> None:
        self.steps -= 1
        self._go_on()

    def action_day_after(self) -> None:
        """The next day with a story; after the last one, all days."""
        self.steps += 1
        self._go_on()

    def _go_on(self) -> None:
        """One day further; while a day is being read nobody knows which one is next to it."""
        found, steps = self.coverage, self.steps
        if not steps or found is None or self.day_read != self.day:
            return
        self.steps -= 1 if steps > 0 else -1
        if steps > 0 and self.day is None:
            self.say(f"these are all days; {self.key_of('day-before')} goes to the latest", "muted")
        elif steps < 0 and found.earlier is None:
            self.say("there is no earlier story", "muted")
        else:
            self._go_to(found.later if steps > 0 else found.earlier)

    def _go_to(self, day: int | None) -> None:
        self.day = day
        self.hush()  # what was said of the day before it
        self.reload()

    def action_next_pane(self) -> None:
        pane = self.matrix if self.focused is self.map else self.map
        self.set_class(pane is self.map, "mapped")
        pane.focus(scroll_visible=False)
        self._show()

    def action_previous_pane(self) -> None:
        self.action_next_pane()

    # --- following

    def action_follow(self) -> None:
        topic, country = self._cursor()
        parts = [topic and f"topic:{topic}", country and f"country:{country}"]
        if topic == "" or country == "" or not any(parts):
            self.say("put the cursor on a topic or a country that is known", "muted")
            return
        target = " ".join(filter(None, parts)) if topic and country else topic or country or ""
        self.work("follow", self.turn_follow, target)


def _in_brackets(search: str, day: int | None) -> str:
    return f"({search})" if search and day is not None else search


def _days_query(minute: int, days: int) -> str:
    """The query for so many days, the first of which begins with that minute."""
    first = minute // DAY + 1
    told = f"newer:{date.fromordinal(first)}"
    return f"{told} older:{date.fromordinal(first + days)}" if first + days <= date.max.toordinal() else told


def read_coverage(desk: Desk, query: str, day: int | None) -> tuple[Coverage, Mapping[str, str], Sequence[Grid]]:
    """The counts, names of topics by id and of countries by code, and the counts of the day and of the week before the day."""
    found = desk.coverage(query, day)
    before = () if day is None else [_before(desk, query, day, days) for days in (1, WEEK)]
    from newsdesk.countries import country_name
    from newsdesk.topics.names import TOPICS

    names = {topic: caption(topic, dict(TOPICS).get(topic, topic)) for topic in found.topics}
    return found, names | {code: country_name(code) for code in found.countries}, before


def _before(desk: Desk, query: str, day: int, days: int) -> Grid:
    """The counts of so many days before a day."""
    first = max(0, day - days * DAY)
    if first == day:
        return Grid()
    within = desk.query(_days_query(first, (day - first) // DAY))
    return make_grid(desk.coverage(desk.query(query) & within), {})


def make_grid(found: Coverage, names: Mapping[str, str]) -> Grid:
    """Topics and countries, those with most stories first, unknown ones last."""
    if not found.total:
        return Grid()

    unknown = UNLABELLED if found.unlabelled else UNKNOWN

    def headings(totals: Mapping[str, int]) -> tuple[Heading, ...]:
        known = sorted(totals.items(), key=lambda item: (not item[0], -item[1], names.get(item[0], item[0])))
        named = (Heading(one, names.get(one, one) if one else unknown, number) for one, number in known)
        return (Heading(None, "all", found.total), *named)

    return Grid(headings(found.topics), headings(found.countries), found.cells)
