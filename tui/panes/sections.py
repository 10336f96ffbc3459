"""The sections pane: the whole desk, topics, countries, each with what is there and what is unread."""

from __future__ import annotations

from newsdesk.archive.rows import Sections
from tui.drawing.render import Line
from tui.lists.narrowing import Narrowing
from tui.messages import SectionChosen
from tui.panes.section_rows import SectionRow, Within, draw_section, section_rows
from tui.widgets.virtual_list import VirtualList


class SectionsPane(VirtualList):
    """Posts :class:`SectionChosen`; what is chosen is told by :meth:`show_chosen`."""

    BORDER_TITLE = "1 Sections"
    CHOOSING = "narrow"

    def __init__(self) -> None:
        super().__init__(id="sections")
        self.entries: list[SectionRow] = []
        self._chosen = Narrowing()
        self._sections: Sections | None = None
        self._within: Within | None = None

    def show(self, sections: Sections) -> None:
        """Show counts; the cursor stays on the section that it is on."""
        current = self.current
        self._sections = sections
        self.entries = section_rows(sections, self._within) if sections.total else []
        key = (current.kind, current.section.id) if current and current.section else None
        row = next((i for i, e in enumerate(self.entries) if e.section and (e.kind, e.section.id) == key), None)
        self.set_rows(len(self.entries), row)

    def show_chosen(self, narrowing: Narrowing) -> None:
        if narrowing != self._chosen:
            self._chosen = narrowing
            self.forget()

    def show_within(self, within: Within | None) -> None:
        """Show what is left of each section by what narrows the list; None where nothing does, or that isn't counted."""
        if within != self._within:
            self._within = within
            if self._sections is not None:
                self.show(self._sections)

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
        return draw_section(entry, self.is_chosen(entry), width, self.glyphs)

    def action_choose(self) -> None:
        entry = self.current
        if entry and entry.section:
            self.post_message(SectionChosen(entry.kind, None if entry.kind == "all" else entry.section.id))

    def action_turn(self) -> None:
        self.action_choose()

    def opens_on_first_click(self) -> bool:
        return True
