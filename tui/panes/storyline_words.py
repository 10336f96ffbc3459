"""A storyline in full as lines: how many tell it and when, who, where, under which headlines. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsdesk.desk import Headline, StorylineDetail, Tally
from newsdesk.wording import NO_TITLE, stories
from tui.drawing.charts import bar_lines, column_words, timeline, timeline_lines
from tui.drawing.render import Glyphs, Line, Span, crop, in_lines, printed_time, short_time, wrap
from tui.panes.follow_words import step_rows

if TYPE_CHECKING:
    from newsdesk.briefs.developments import Development

CHART_LINES = 4
MOST_SOURCES = 12
MOST_COUNTRIES = 8
MOST_HEADLINES = 60
MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class StorylineView:
    """What the page shows: the detail, whether it is followed, how much is unread, the countries' names by code, and the story
    so far, which may come later."""

    detail: StorylineDetail
    followed: bool
    unread: int
    countries: Mapping[str, str]
    steps: Sequence[Development] = ()


def storyline_lines(view: StorylineView, width: int, glyphs: Glyphs) -> list[Line]:
    """The whole page."""
    room = max(10, width - 2)
    detail = view.detail
    lines: list[Line] = [((" " + line, "title"),) for line in wrap(detail.storyline.title or NO_TITLE, room)]
    lines += [((" ", ""), *line) for line in in_lines(_counts(view, glyphs), room, glyphs)]
    lines += _section(*_chart(detail, room, glyphs))
    lines += _section("WHO TELLS IT", bar_lines(_shares(detail.sources, MOST_SOURCES), room, glyphs))
    others = len(detail.sources) - MOST_SOURCES
    lines += _more(others, "source" if others == 1 else "sources")
    lines += unnamed_lines(detail.stories, sum(tally.stories for tally in detail.sources))
    places = [
        (view.countries.get(name, name), number, word) for name, number, word in _shares(detail.countries, MOST_COUNTRIES)
    ]
    lines += _section("COUNTRIES", bar_lines(places, room, glyphs, "place") or [(("none found", "faint"),)])
    others = len(detail.countries) - MOST_COUNTRIES
    lines += _more(others, "country" if others == 1 else "countries")
    lines += _section("THE STORY SO FAR", _story_so_far(view.steps, room))
    lines += _section("HEADLINES, THE LATEST FIRST", _headlines(detail.headlines, room, glyphs))
    if detail.storyline.why:
        why: list[Line] = [((line, "muted"),) for reason in detail.storyline.why for line in wrap(reason, room)]
        lines += _section("WHAT THEY SHARE", why)
    return [crop(line, width, glyphs.ellipsis) for line in lines]


def originals_words(detail: StorylineDetail) -> str:
    """`12 outlets, 3 originals`: who tells it, and how many texts of their own there are."""
    outlets = f"{detail.outlets:,} {'outlet' if detail.outlets == 1 else 'outlets'}" if detail.outlets else "no outlet named"
    return f"{outlets}, {detail.originals:,} {'original' if detail.originals == 1 else 'originals'}"


def _counts(view: StorylineView, glyphs: Glyphs) -> list[Span]:
    detail = view.detail
    line = detail.storyline
    parts: list[Span] = [(stories(detail.stories), "text"), (originals_words(detail), "line-read")]
    if detail.muted:
        parts.append((f"{detail.muted:,} muted, left out", "muted"))
    if detail.copies:
        parts.append((f"{detail.copies:,} wire {'copy' if detail.copies == 1 else 'copies'}", "muted"))
    if view.unread:
        parts.append((f"{view.unread:,} unread", "accent"))
    parts.append((_span_of(line.first_seen, line.last_seen), "muted"))
    if detail.undated:
        it = "it" if detail.undated == 1 else "they"
        parts.append((f"{detail.undated:,} without a date, placed where {it} came in", "muted"))
    if line.pinned:
        parts.append(("pinned: never merged unasked", "accent"))
    if view.followed:
        parts.append((f"{glyphs.followed} followed", "follow"))
    return [part for part in parts if part[0]]


def _span_of(first: str | None, last: str | None) -> str:
    if not first or not last:
        return ""
    return printed_time(first) if first == last else f"{printed_time(first)} to {printed_time(last)}"


def _section(title: str, lines: Sequence[Line]) -> list[Line]:
    return [(), ((f" {title}", "faint"),), *(((" ", ""), *line) for line in lines)] if lines else []


def unnamed_lines(stories: int, named: int) -> list[Line]:
    """How many of the stories name no source; nothing where the line above has said so of all."""
    left = stories - named if named else 0
    return _more(left, "that names no source" if left == 1 else "that name no source")


def _more(number: int, what: str) -> list[Line]:
    return [((f" and {number:,} more {what}", "faint"),)] if number > 0 else []


def _chart(detail: StorylineDetail, room: int, glyphs: Glyphs) -> tuple[str, list[Line]]:
    """By hour where the storyline is short and its stories have times, else by day."""
    timed = sum(tally.stories for tally in detail.hours)
    by_hour = len(detail.days) <= 3 and timed * 3 >= detail.stories * 2
    tallies = detail.hours if by_hour else detail.days
    line = timeline({tally.name: (tally.stories, tally.originals) for tally in tallies}, room)
    if line is None:
        return "", []
    if line.columns[0].start == line.last:
        return f"STORIES BY {line.unit}", [((f"all of them in one {'hour' if by_hour else 'day'}", "muted"),)]
    key: list[Line] = []
    if detail.copies:
        key = [((f"{glyphs.bars[0]} originals  ", "accent"), (f"{glyphs.bars[1]} copies", "muted"))]
    missing = detail.stories - timed if by_hour else 0
    title = f"STORIES BY {line.unit}  {column_words(line)}"
    title += f"; {missing:,} without an hour" if missing else ""
    return title, [*timeline_lines(line, room, min(CHART_LINES, line.busiest.stories), glyphs), *key]


def _shares(tallies: Sequence[Tally], most: int) -> list[tuple[str, int, str]]:
    return [
        (tally.name, tally.stories, "" if tally.originals == tally.stories else f"{tally.originals:,} original")
        for tally in tallies[:most]
    ]


def _story_so_far(steps: Sequence[Development], room: int) -> list[Line]:
    """The first report and the latest developments; the following screen has them all."""
    told = steps if len(steps) <= MOST_STEPS else (steps[0], *steps[1 - MOST_STEPS :])
    lines: list[Line] = []
    for at, step in enumerate(told):
        if at == 1 and len(told) < len(steps):
            lines.append(((f"and {len(steps) - len(told):,} more steps up to these", "faint"),))
        lines += [row.line[1:] for row in step_rows(step, room)]
    return lines


def _headlines(headlines: Sequence[Headline], room: int, glyphs: Glyphs) -> list[Line]:
    lines: list[Line] = []
    for headline in reversed(headlines[-MOST_HEADLINES:]):
        when = f"{short_time(headline.when):<13}"
        changed = "changed: " if headline.revision > 1 else ""
        copy = " (copy)" if headline.wire_copy else ""
        who = f"{headline.source}: " if headline.source else ""
        told = wrap(f"{who}{changed}{headline.text}{copy}", max(8, room - 13))
        ink = "muted" if headline.wire_copy else "accent" if changed else "text"
        lines += [((when if not i else " " * 13, "faint"), (text, ink)) for i, text in enumerate(told)]
    left = len(headlines) - MOST_HEADLINES
    return [*lines, *([((f"and {left:,} earlier", "faint"),)] if left > 0 else [])]
