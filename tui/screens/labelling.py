"""What a person says that a story, or every story of its storyline, is about: a list of topics and countries to add and take
away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.binding import Binding, BindingType

from newsdesk.countries import find_country
from newsdesk.desk import Desk
from newsdesk.model import Story
from newsdesk.person.labelling import MOST_TOPICS
from tui.drawing.render import Line, clean, shorten, spread
from tui.lanes import Lanes
from tui.screens.picking import Picker
from tui.screens.sheet import is_on_top
from tui.widgets.sheet_rows import SheetRows

MOST_TITLE = 50


@dataclass(frozen=True, slots=True)
class Label:
    """A topic (id) or country (code)."""

    kind: Literal["topic", "country"]
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A story, and those of its storyline: their ids, and how many of them have a label, by its kind and id."""

    story: Story
    ids: Sequence[str]
    having: Mapping[tuple[str, str], int]

    def number(self, label: Label) -> int:
        return self.having.get((label.kind, label.id), 0)


def read_labelled(desk: Desk, story_id: str) -> Labelled | None:
    """None where the story is gone."""
    story = desk.story(story_id)
    if story is None:
        return None
    rows = desk.rows(f"storyline:{story.storyline.id}") if story.storyline else []
    having = Counter(("topic", topic) for row in rows for topic in row.topics)
    having.update(("country", code) for row in rows for code in row.countries)
    return Labelled(story, [row.id for row in rows], having)


class LabelRows(SheetRows):
    """Labels with a tick where they are said; of a storyline with the number of stories where some have it."""

    def __init__(self) -> None:
        super().__init__("lines")
        self.found: Sequence[Label] = ()
        self.said: Sequence[Label] = ()
        self.some: Mapping[Label, str] = {}
        self.set_note(("No topic or country has these letters.", "faint"))

    def show(self, found: Sequence[Label], said: Sequence[Label], some: Mapping[Label, str]) -> None:
        self.found, self.said, self.some = found, said, some
        self.set_rows(len(found), 0)

    def draw_row(self, row: int, part: int, width: int) -> Line:
        label = self.found[row]
        had = label in self.said
        name = (f" {self.glyphs.chosen if had else ' '} {clean(label.name)}", "accent" if had else "text")
        end = ((f"{self.some.get(label, '')}  ", "accent"), (f"{label.kind} ", "faint"))
        return spread((name,), end, width, self.glyphs.ellipsis)


class LabelPicker(Picker):
    """Stays until it is left, since a wrong label is mostly one to take away and one to add. Tab turns to all stories of the
    storyline and back: there a label that any of them has is taken away, and another is given to all."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "turn", show=False, priority=True)]

    def __init__(
        self,
        lanes: Lanes,
        labelled: Labelled,
        topics: Mapping[str, str],
        countries: Mapping[str, str],
        do: Callable[[list[str] | None, list[str] | None, str], None],
        do_all: Callable[[LabelPicker, Sequence[str], Label, bool], None],
    ) -> None:
        """`topics` and `countries`: the names of all, by id and by code. After each change `do` is given the story's topics, or
        its countries, where they are what changed, and all of them in words; `do_all` the stories of the storyline, the label
        and whether it is taken away, and calls :meth:`know_again` when that is done."""
        self._rows = LabelRows()
        super().__init__(_question(labelled, of_all=False), "letters of a topic or country", self._rows)
        self._lanes = lanes
        self._all = [Label("topic", one, name) for one, name in topics.items()]
        self._all += [Label("country", code, name) for code, name in sorted(countries.items(), key=lambda one: one[1])]
        self._do, self._do_all = do, do_all
        self._of_all = False
        self._know(labelled)

    def _know(self, labelled: Labelled) -> None:
        """What stands now."""
        self._labelled, story, number = labelled, labelled.story, len(labelled.ids)
        named = [*(("topic", topic.id) for topic in story.topics), *(("country", one.code) for one in story.countries)]
        by_id = {(label.kind, label.id): label for label in self._all}
        self._said = [by_id[one] for one in named if one in by_id]
        other = "this story alone" if self._of_all else f"all {number:,} stories"
        self.keys = f"Enter adds it or takes it away{f', Tab: {other}' if number > 1 else ''}, Esc leaves"

    async def know_again(self) -> None:
        """Something has changed."""
        story_id = self._labelled.story.id
        labelled = await self._lanes.front(lambda desk: read_labelled(desk, story_id))
        if labelled is not None and self.is_attached:
            self._know(labelled)
            self._words.tell(((_question(labelled, of_all=self._of_all), "title"),))
            self._say_keys()
            self.ask(self._box.value)

    async def action_turn(self) -> None:
        if len(self._labelled.ids) > 1:
            self._of_all = not self._of_all
            await self.know_again()

    def ask(self, text: str) -> None:
        parts, first, said, some = text.casefold().split(), self._said, self._said, dict[Label, str]()
        if self._of_all:
            labelled, number = self._labelled, len(self._labelled.ids)
            first = sorted(filter(labelled.number, self._all), key=labelled.number, reverse=True)
            said = [label for label in first if labelled.number(label) == number]
            some = {label: f"{labelled.number(label):,} of {number:,}" for label in first if label not in said}
        rows = [*first, *(label for label in self._all if label not in first)]
        if parts:
            meant, letters = find_country(text.strip()), " ".join(parts)
            rows = [one for one in rows if one.id == meant or all(part in one.name.casefold() for part in parts)]
            rows.sort(key=lambda one: _distance(one, letters, meant))
        self._rows.show(rows, said, some)

    def take(self) -> None:
        if not is_on_top(self) or not self._rows.rows:
            return
        label = self._rows.found[self._rows.cursor]
        self._box.value = ""
        if self._of_all:
            self._do_all(self, self._labelled.ids, label, bool(self._labelled.number(label)))
            return
        if label in self._said:
            self._said.remove(label)
        else:  # what a person adds is the main one
            self._said.insert(0, label)
        topics = [one for one in self._said if one.kind == "topic"][:MOST_TOPICS]
        countries = [one for one in self._said if one.kind == "country"]
        self._said = [*topics, *countries]
        self.ask("")
        told = ", ".join(one.name for one in topics) or "no topic", ", ".join(one.name for one in countries) or "no country"
        changed = [one.id for one in (topics if label.kind == "topic" else countries)]
        self._do(changed if label.kind == "topic" else None, changed if label.kind == "country" else None, " · ".join(told))


def _distance(label: Label, letters: str, meant: str | None) -> int:
    """How far a label is from what was typed, which alone may mean the country of the code `meant` (UK, Holland)."""
    name = label.name.casefold()
    if label.kind == "topic" and name.startswith(letters):  # LA is labour sooner than Laos
        return 0
    if label.id == meant:
        return 1
    return 2 if name.startswith(letters) else 3 if f" {letters}" in name else 4


def _question(labelled: Labelled, *, of_all: bool) -> str:
    story = labelled.story
    if of_all and story.storyline:
        return f"All {len(labelled.ids):,} stories of “{shorten(story.storyline.title, MOST_TITLE)}” are about"
    return f"“{shorten(story.heading(), MOST_TITLE)}” is about"
