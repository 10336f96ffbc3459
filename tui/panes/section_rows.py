"""Rows of the sections pane, drawn without the pane: the opening has them too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsdesk.archive.rows import Section, Sections
from tui.drawing.captions import caption
from tui.drawing.render import Glyphs, Line, count, right, spread


@dataclass(frozen=True, slots=True)
class SectionRow:
    """`kind` is `all`, `topic`, `country`, `heading` or `gap`. `shown`: how many of its stories the rest of what narrows the
    list leaves, None where nothing narrows it; a heading has it where its rows do."""

    kind: str
    section: Section | None
    label: str
    shown: int | None = None

    @property
    def is_unknown(self) -> bool:
        return self.section is not None and self.kind != "all" and not self.section.id


@dataclass(frozen=True, slots=True)
class Within:
    """How many stories the list shows in all, and would show of each topic and country, were that chosen ("": unknown)."""

    total: int
    topics: Mapping[str, int]
    countries: Mapping[str, int]


def section_rows(sections: Sections, within: Within | None = None) -> list[SectionRow]:
    """The rows: topics with stories by size, then countries by size, what is unknown last in each."""
    everything = Section("", "Everything", sections.total, sections.unread)
    rows = [SectionRow("all", everything, "Everything", within.total if within else None)]
    for kind, heading, known, unknown, left in (
        ("topic", "TOPICS", sections.topics, sections.unknown_topic, within.topics if within else None),
        ("country", "COUNTRIES", sections.countries, sections.unknown_country, within.countries if within else None),
    ):
        rows += [SectionRow("gap", None, ""), SectionRow("heading", None, heading, None if left is None else 0)]
        for section in sorted((s for s in known if s.total), key=lambda s: (-s.total, s.name)):
            label = caption(section.id, section.name) if kind == "topic" else section.name
            rows.append(SectionRow(kind, section, label, None if left is None else left.get(section.id, 0)))
        if unknown.total:
            rows.append(SectionRow(kind, unknown, unknown.name, None if left is None else left.get("", 0)))
    return rows


def draw_section(entry: SectionRow, chosen: bool, width: int, glyphs: Glyphs) -> Line:
    """A row in `width` cells; what the list is narrowed to is `chosen`. Its numbers are what is unread and all there is; where
    the list is narrowed, what of it is shown and what is hidden."""
    section = entry.section
    if section is None:
        words = ("unread", "all") if entry.shown is None else ("shown", "hidden")
        told = f"{words[0]}{right(words[1], 7)} " if entry.kind == "heading" else ""
        return spread(((" " + entry.label, "faint"),), ((told, "faint"),) if told else (), width, glyphs.ellipsis)
    if entry.shown is not None:
        return _narrowed(entry, section, chosen, width, glyphs)
    ink = "accent" if chosen else "faint" if entry.is_unknown else "title" if section.unread else "text"
    left = ((glyphs.chosen if chosen else " ", "accent"), (" ", ""), (entry.label, ink))
    end = (
        (count(section.unread) if section.unread else "", "accent"),
        (right(count(section.total), 6) + " ", "muted"),
    )
    return spread(left, end, width, glyphs.ellipsis)


def _narrowed(entry: SectionRow, section: Section, chosen: bool, width: int, glyphs: Glyphs) -> Line:
    shown = entry.shown or 0
    hidden = max(0, section.total - shown)
    ink = "accent" if chosen else "title" if shown and not entry.is_unknown else "faint"
    left = ((glyphs.chosen if chosen else " ", "accent"), (" ", ""), (entry.label, ink))
    end = (
        (count(shown) if shown else glyphs.dot, "text" if shown else "faint"),
        (right(count(hidden) if hidden else "", 6) + " ", "muted"),
    )
    return spread(left, end, width, glyphs.ellipsis)
