"""Rows of the sections pane, drawn without the pane: the opening has them too."""

from __future__ import annotations

from dataclasses import dataclass

from newsdesk.archive.rows import Section, Sections
from tui.captions import caption
from tui.render import Glyphs, Line, count, right, spread


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


def draw_section(entry: SectionRow, chosen: bool, width: int, glyphs: Glyphs) -> Line:
    """A row in `width` cells; what the list is narrowed to is `chosen`."""
    section = entry.section
    if section is None:
        return ((" " + entry.label, "faint"),)
    ink = "accent" if chosen else "faint" if entry.label == "unknown" else "title" if section.unread else "text"
    left = ((glyphs.chosen if chosen else " ", "accent"), (" ", ""), (entry.label, ink))
    end = (
        (count(section.unread) if section.unread else "", "accent"),
        (right(count(section.total), 6) + " ", "muted"),
    )
    return spread(left, end, width, glyphs.ellipsis)
