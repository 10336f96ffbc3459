"""The sections pane: the whole desk, topics, countries, each with what is there and what is unread."""

from __future__ import annotations

from dataclasses import dataclass

from newsdesk.archive.rows import Section, Sections
from tui.captions import caption
from tui.messages import SectionChosen
from tui.narrowing import Narrowing
from tui.render import Line, count, right, spread
from tui.widgets.virtual_list import VirtualList


@dataclass(frozen=True, slots=True)
class SectionRow:
    """`kind` is `all`, `topic`, `country`, `heading` or `gap`."""

    kind: str
    section: Section | None
    label: str


def section_rows(sections: Sections) -> list[SectionRow]:
    """The rows: topics with stories by size, then countries by size, what is unknown last in each."""
    rows = [SectionRow("all", Section("", "Everything", sections.total, sections.unread), "Everything")]
    for kind, heading, known, unknown in (
        ("topic", "TOPICS", sections.topics, sections.unknown_topic),
        ("country", "COUNTRIES", sections.countries, sections.unknown_country),
    ):
        rows += [SectionRow("gap", None, ""), SectionRow("heading", None, heading)]
        for section in sorted((s for s in known if s.total), key=lambda s: (-s.total, s.name)):
            label = caption(section.id, section.name) if kind == "topic" else section.name
            rows.append(SectionRow(kind, section, label))
        if unknown.total:
            rows.append(SectionRow(kind, unknown, "unknown"))
    return rows


class SectionsPane(VirtualList):
    """Posts :class:`SectionChosen`; what is chosen is told by :meth:`show_chosen`."""

    BORDER_TITLE = "1 Sections"

    def __init__(self) -> None:
        super().__init__(id="sections")
        self.entries: list[SectionRow] = []
        self._chosen = Narrowing()

    def show(self, sections: Sections) -> None:
        """Show counts; the cursor stays on the section that it is on."""
        current = self.current
        self.entries = section_rows(sections) if sections.total else []
        key = (current.kind, current.section.id) if current and current.section else None
        row = next((i for i, e in enumerate(self.entries) if e.section and (e.kind, e.section.id) == key), None)
        self.set_rows(len(self.entries), row)

    def show_chosen(self, narrowing: Narrowing) -> None:
        if narrowing != self._chosen:
            self._chosen = narrowing
            self.forget()

    @property
    def current(self) -> SectionRow | None:
        return self.entries[self.cursor] if self.cursor < len(self.entries) else None

    def can_rest(self, row: int) -> bool:
        return self.entries[row].section is not None

    def is_chosen(self, entry: SectionRow) -> bool:
        if entry.section is None:
            return False
        if entry.kind == "all":
            return self._chosen.topic is None and self._chosen.country is None and not self._chosen.follow
        wanted = self._chosen.topic if entry.kind == "topic" else self._chosen.country
        return wanted == entry.section.id

    def draw_row(self, row: int, part: int, width: int) -> Line:
        entry = self.entries[row]
        section = entry.section
        if section is None:
            return ((" " + entry.label, "faint"),)
        chosen = self.is_chosen(entry)
        ink = "accent" if chosen else "faint" if entry.label == "unknown" else "title" if section.unread else "text"
        left = ((self.glyphs.chosen if chosen else " ", "accent"), (" ", ""), (entry.label, ink))
        end = (
            (count(section.unread) if section.unread else "", "accent"),
            (right(count(section.total), 6) + " ", "muted"),
        )
        return spread(left, end, width, self.glyphs.ellipsis)

    def action_choose(self) -> None:
        entry = self.current
        if entry and entry.section:
            self.post_message(SectionChosen(entry.kind, None if entry.kind == "all" else entry.section.id))

    def action_turn(self) -> None:
        self.action_choose()

    def opens_on_first_click(self) -> bool:
        return True
