"""How a story and a storyline look in a list: one line where it is wide, two where it is narrow. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newsdesk.archive.rows import StorylineRow, StoryRow
from newsdesk.wording import NO_TITLE
from tui.drawing.render import Glyphs, Line, Span, age, clean, count, crop, fit, line_width, mood_sign, right, shorten, spread
from tui.lists.listing import Item

ONE_LINE_FROM = 78  # cells of width from which a row's facts have columns of their own
MOST_COUNTRIES = 3
NO_SOURCE = "no source"
LEAST_NAMED = 8  # cells of a source's name
PLACES_WIDTH = 7  # two countries, a sign for more, and a blank before the date


@dataclass(frozen=True, slots=True)
class RowStyle:
    """What every row of a list is drawn with; `since` is the arrival number from which on stories are told to be new."""

    width: int
    now: datetime
    glyphs: Glyphs
    since: int | None = None

    @property
    def one_line(self) -> bool:
        return self.width >= ONE_LINE_FROM

    @property
    def source_width(self) -> int:
        return 12 if self.width < 96 else 16


def draw_item(item: Item, part: int, is_open: bool, style: RowStyle) -> Line:
    """Line `part` of a row."""
    if item.is_head and item.storyline:
        return _head_line(item.storyline, part, is_open, style)
    assert item.story is not None
    return _story_line(item.story, part, item.inside, style)


def _story_line(row: StoryRow, part: int, inside: bool, style: RowStyle) -> Line:
    indent = "  " if inside else ""
    if style.one_line:
        return _with_columns((*_marks(row, style.glyphs, indent), *_title(row, style)), _story_columns(row, style), style)
    if part == 0:
        return crop((*_marks(row, style.glyphs, indent), *_title(row, style)), style.width - 1, style.glyphs.ellipsis)
    start, end = ("   " + indent, ""), (*_readers(row, style.glyphs), (" ", ""))
    return spread((start, *_facts(row, style, _room(start, end, style))), end, style.width)


def _room(start: Span, end: Line, style: RowStyle) -> int:
    """Cells between both."""
    return style.width - line_width((start, *end)) - 1


def _marks(row: StoryRow, glyphs: Glyphs, indent: str) -> Line:
    second: Span = (" ", "")
    if row.starred:
        second = (glyphs.starred, "accent")
    elif row.followed:
        second = (glyphs.followed, "follow")
    return ((glyphs.unread if row.unread else " ", "accent"), second, (" " + indent, ""))


def _new(told: str, style: RowStyle) -> Line:
    """What is new in what is followed, before the title: apart from its words also where there are no colours."""
    return (told, "accent"), (f" {style.glyphs.dot} ", "muted")


def _title(row: StoryRow, style: RowStyle) -> Line:
    ink = ("title" if row.unread else "text") if row.titled else ("lead-unread" if row.unread else "lead")
    flag = ((f"{row.status.upper()} ", "error"),) if row.status != "usable" else ()
    new = _new("new", style) if style.since is not None and row.arrived > style.since else ()
    return (*new, *flag, (row.heading or "(no text)", ink))


def _facts(row: StoryRow, style: RowStyle, room: int) -> Line:
    """Who says it, when, about where, and the rest; a long name leaves room for when and where."""
    dot = (f" {style.glyphs.dot} ", "muted")  # of the ink beside it: a change of ink costs bytes
    facts: list[Span] = [dot, _when(row, style.now, "no date"), dot, _places(row.countries)]
    name = shorten(row.source or row.outlet or NO_SOURCE, max(LEAST_NAMED, room - line_width(facts)), style.glyphs.ellipsis)
    facts.insert(0, (name, "muted" if row.source or row.outlet else "faint"))
    if row.revision > 1:
        facts += [dot, (f"version {row.revision}", "faint")]
    if row.wire_copy:
        facts += [dot, ("copy", "faint")]
    return tuple(facts)


def _when(row: StoryRow, now: datetime, unknown: str) -> Span:
    """How old a story is by the date that is printed in it: when it came in says nothing of that."""
    when = age(row.published, now)
    return (when, "muted") if when else (unknown, "faint")


def _when_column(row: StoryRow | None, now: datetime) -> Span:
    when, ink = _when(row, now, "date?") if row else ("", "muted")
    return right(when, 6), ink


def _places(codes: tuple[str, ...], most: int = MOST_COUNTRIES) -> Span:
    if not codes:
        return "??", "muted"  # of the ink beside it: a change of ink costs bytes
    more = "+" if len(codes) > most else ""
    return " ".join(codes[:most]) + more, "place"


def _readers(row: StoryRow, glyphs: Glyphs) -> Line:
    if not row.comments:
        return ()
    return ((count(row.comments) + " ", "muted"), mood_sign(row.mood, glyphs))


def _story_columns(row: StoryRow, style: RowStyle) -> Line:
    source = row.source or row.outlet
    sign = mood_sign(row.mood, style.glyphs)
    places, ink = _places(row.countries, 2)
    return (
        (fit(source or NO_SOURCE, style.source_width, style.glyphs.ellipsis) + " ", "muted" if source else "faint"),
        (fit(places, PLACES_WIDTH), ink),
        _when_column(row, style.now),
        (right(count(row.comments) if row.comments else "", 6) + " ", "muted"),
        sign,
    )


def _head_line(row: StorylineRow, part: int, is_open: bool, style: RowStyle) -> Line:
    glyphs = style.glyphs
    fold = glyphs.opened if is_open else glyphs.closed
    ink = "line" if row.unread else "line-read"
    title: list[Span] = [(glyphs.unread if row.unread else " ", "accent"), (f"{fold} ", ink)]
    if row.followed:
        title.append((f"{glyphs.followed} ", "follow"))
    if row.new:
        title += _new(f"{count(row.new)} new", style)
    title.append((clean(row.title) or NO_TITLE, ink))
    if style.one_line:
        return _with_columns(tuple(title), _head_columns(row, style), style)
    if part == 0:
        return crop(title, style.width - 1, glyphs.ellipsis)
    start, end = ("   ", ""), (*_unread(row), (" ", ""))
    return spread((start, *_head_facts(row, style, _room(start, end, style))), end, style.width)


def _head_facts(row: StorylineRow, style: RowStyle, room: int) -> Line:
    """How many stories, of how many sources where that has room, about where."""
    dot = (f" {style.glyphs.dot} ", "muted")  # of the ink beside it: a change of ink costs bytes
    stories, places, sources = (_stories(row), "muted"), _places(row.storyline.countries), len(row.storyline.sources)
    whole: Line = (stories, dot, (f"{sources} sources", "muted"), dot, places)
    return whole if sources > 1 and line_width(whole) <= room else (stories, dot, places)


def _stories(row: StorylineRow) -> str:
    whole = row.storyline.stories
    shown = f"{row.stories:,} of {whole:,}" if whole > row.stories else f"{row.stories:,}"
    if row.pinned:
        return f"{shown}, pinned"
    return f"{shown} stories" if shown != "1" else "1 story"


def _stories_within(row: StorylineRow, width: int) -> str:
    """The numbers alone where the word has no room beside them."""
    told = _stories(row)
    return told if len(told) <= width else told.removesuffix(" stories")


def _unread(row: StorylineRow) -> Line:
    return ((f"{count(row.unread)} unread", "accent"),) if row.unread else ()


def _head_columns(row: StorylineRow, style: RowStyle) -> Line:
    newest = row.newest
    places, ink = _places(row.storyline.countries, 2)
    return (
        (fit(_stories_within(row, style.source_width), style.source_width) + " ", "muted"),
        (fit(places, PLACES_WIDTH), ink),
        _when_column(newest, style.now),
        (right(f"{count(row.unread)} {style.glyphs.unread}" if row.unread else "", 8), "accent"),
    )


def _with_columns(title: Line, columns: Line, style: RowStyle) -> Line:
    return spread(title, (*columns, (" ", "")), style.width, style.glyphs.ellipsis)
