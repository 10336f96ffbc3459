"""What a person says that a story is about: topics and countries are added and taken away in a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from newsdesk.labelling import MOST_TOPICS
from newsdesk.model import Story
from tui.render import Line, clean, shorten, spread
from tui.screens.picking import Picker
from tui.widgets.sheet_rows import SheetRows

MOST_TITLE = 50


@dataclass(frozen=True, slots=True)
class Label:
    """A topic (id) or country (code)."""

    kind: Literal["topic", "country"]
    id: str
    name: str


class LabelRows(SheetRows):
    """Labels; those that the story has have a tick."""

    def __init__(self) -> None:
        super().__init__("lines")
        self.found: Sequence[Label] = ()
        self.said: Sequence[Label] = ()
        self.set_note(("No topic or country has these letters.", "faint"))

    def show(self, found: Sequence[Label], said: Sequence[Label]) -> None:
        self.found, self.said = found, said
        self.set_rows(len(found), 0)

    def draw_row(self, row: int, part: int, width: int) -> Line:
        label = self.found[row]
        had = label in self.said
        name = (f" {self.glyphs.chosen if had else ' '} {clean(label.name)}", "accent" if had else "text")
        return spread((name,), ((f"{label.kind} ", "faint"),), width, self.glyphs.ellipsis)


class LabelPicker(Picker):
    """Stays until it is left, since a wrong label is mostly one to take away and one to add."""

    KEYS = "Enter adds it or takes it away, Esc leaves"

    def __init__(
        self,
        story: Story,
        topics: Mapping[str, str],
        countries: Mapping[str, str],
        do: Callable[[list[str] | None, list[str] | None, str], None],
    ) -> None:
        """`topics` and `countries`: the names of all, by id and by code. After each change `do` is given the story's topics, or
        its countries, where they are what changed, and all of them in words."""
        self._rows = LabelRows()
        super().__init__(f"“{shorten(story.heading(), MOST_TITLE)}” is about", "letters of a topic or country", self._rows)
        self._all = [Label("topic", one, name) for one, name in topics.items()]
        self._all += [Label("country", code, name) for code, name in sorted(countries.items(), key=lambda one: one[1])]
        named = [*(("topic", topic.id) for topic in story.topics), *(("country", one.code) for one in story.countries)]
        by_id = {(label.kind, label.id): label for label in self._all}
        self._said = [by_id[one] for one in named if one in by_id]
        self._do = do

    def ask(self, text: str) -> None:
        parts = text.casefold().split()
        rows = [*self._said, *(label for label in self._all if label not in self._said)]
        self._rows.show([one for one in rows if all(part in one.name.casefold() for part in parts)], self._said)

    def take(self) -> None:
        if not self.is_current or not self._rows.rows:
            return
        label = self._rows.found[self._rows.cursor]
        if label in self._said:
            self._said.remove(label)
        else:  # what a person adds is the main one
            self._said.insert(0, label)
        topics = [one for one in self._said if one.kind == "topic"][:MOST_TOPICS]
        countries = [one for one in self._said if one.kind == "country"]
        self._said = [*topics, *countries]
        self._box.value = ""
        self.ask("")
        told = ", ".join(one.name for one in topics) or "no topic", ", ".join(one.name for one in countries) or "no country"
        changed = [one.id for one in (topics if label.kind == "topic" else countries)]
        self._do(changed if label.kind == "topic" else None, changed if label.kind == "country" else None, " · ".join(told))
