"""A follow in full as lines: what came in since the last look, its days, and the story so far. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tui.drawing.charts import column_words, timeline, timeline_lines
from tui.drawing.render import Glyphs, Line, Span, age, crop, printed_time, short_time, spread, wrap
from tui.panes.following import name_of

if TYPE_CHECKING:
    from newsdesk.briefs.developments import Development
    from newsdesk.following.news import FollowNews

CHART_LINES = 3
AGE_CELLS = 7
STEP_CELLS = 13
KINDS = {"storyline": "a storyline", "topic": "a topic", "country": "a country", "query": "a search"}
_TOLD = {
    "first": "the first report",
    "language": "the first report in another language",
    "headline": "headline changed",
    "correction": "correction",
}


@dataclass(frozen=True, slots=True)
class NewsView:
    """What the pane shows: the news, the developments of a storyline (None while they are looked for), countries' names."""

    news: FollowNews
    steps: Sequence[Development] | None = ()
    countries: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the pane. The cursor may stand on it if it `rests`; `story` is what it opens."""

    line: Line
    rests: bool = False
    story: str | None = None


def news_rows(view: NewsView, width: int, now: datetime, glyphs: Glyphs) -> list[Row]:
    """The whole pane."""
    room = max(10, width - 2)
    news = view.news
    rows = [Row(((" " + line, "title"),)) for line in wrap(name_of(news.state), room)]
    rows += [Row(((" " + line, "muted"),)) for line in wrap(_facts(news, glyphs), room)]
    rows += _section("ALERTS", [_told((alert, "error"), room) for alert in news.state.alerts])
    if news.quiet is not None:
        words = f"Gone quiet: the last story is from {printed_time(news.quiet)}; before that there were some every day."
        rows += [Row(()), *_told((words, "accent"), room)]
    rows += _section(*_fresh(view, room, now, glyphs))
    rows += _chart(news, room, glyphs)
    rows += _story_so_far(view, room)
    return [Row(crop(row.line, width, glyphs.ellipsis), row.rests, row.story) for row in rows]


def _facts(news: FollowNews, glyphs: Glyphs) -> str:
    state = news.state
    follow = state.follow
    parts = [KINDS[follow.kind]]
    if follow.paused:
        parts.append("paused: neither counted nor told")
    else:
        parts.append(f"{state.total:,} {'story' if state.total == 1 else 'stories'}, {state.unread:,} unread")
    if follow.muted:
        parts.append("muted: raises no alert")
    if follow.folder:
        parts.append(f"in {follow.folder}")
    parts.append(f"alerts: {'; '.join(follow.alerts)}" if follow.alerts else "no alert rules")
    return f" {glyphs.dot} ".join(parts)


def _told(span: Span, room: int, indent: str = "") -> list[Row]:
    text, ink = span
    return [Row(((" ", ""), (indent + line, ink))) for line in wrap(text, room - len(indent))]


def _section(title: str, parts: Sequence[Sequence[Row]]) -> list[Row]:
    return [Row(()), Row(((f" {title}", "faint"),)), *(row for part in parts for row in part)] if parts else []


def _fresh(view: NewsView, room: int, now: datetime, glyphs: Glyphs) -> tuple[str, list[list[Row]]]:
    """What came in since the last look."""
    news = view.news
    names = view.countries or {}
    title = f"SINCE THE LAST LOOK  {printed_time(news.since)}" if news.since else "SINCE THE LAST LOOK"
    if news.state.follow.paused:
        return "", []
    parts: list[list[Row]] = []
    if news.countries:
        told = ", ".join(names.get(code, code) for code in news.countries)
        parts.append(_told((f"About {told} for the first time", "place"), room))
    parts += [_told((swing, "accent"), room) for swing in news.swings]
    for change in news.corrections:
        parts.append(_rest(f"Changed: {change.after}, previously {change.before}", "accent", change.story, room, ""))
    for row in news.rows:
        when = age(row.published, now) or "date?"
        parts.append([Row(_story_line(row.heading, row.source, when, room, glyphs), True, row.id)])
    left = news.state.new - len(news.rows)
    if left > 0:
        parts.append(_told((f"and {left:,} more; Enter in the list of follows shows them", "faint"), room))
    return title, parts or [_told(("Nothing new.", "muted"), room)]


def _story_line(heading: str, source: str | None, when: str, room: int, glyphs: Glyphs) -> Line:
    left: Line = ((" ", ""), (f"{when:<{AGE_CELLS}}", "faint"), (heading, "title"))
    return spread(left, ((source or "", "muted"),), room + 1, glyphs.ellipsis)


def _rest(text: str, ink: str, story: str, room: int, lead: str) -> list[Row]:
    """A text of several lines, on whose first the cursor rests."""
    lines = wrap(text, max(8, room - len(lead)))
    return [
        Row(((" ", ""), (lead if not at else " " * len(lead), "faint"), (line, ink)), not at, story)
        for at, line in enumerate(lines)
    ]


def _chart(news: FollowNews, room: int, glyphs: Glyphs) -> list[Row]:
    line = timeline({day: (number, number) for day, number in news.days}, room)
    if line is None or len(line.columns) < 2:
        return []
    drawn = timeline_lines(line, room, min(CHART_LINES, line.busiest.stories), glyphs)
    rows = [[Row(((" ", ""), *drawn_line))] for drawn_line in drawn]
    rows[-1] = [Row(((" ", ""), *drawn[-1]), rests=True)]
    return _section(f"STORIES BY {line.unit}  {column_words(line)}", rows)


def _story_so_far(view: NewsView, room: int) -> list[Row]:
    if view.news.state.follow.kind != "storyline":
        return []
    if view.steps is None:
        return _section("THE STORY SO FAR", [_told(("Reading its stories.", "faint"), room)])
    return _section("THE STORY SO FAR", [step_rows(step, room) for step in view.steps])


def step_rows(step: Development, room: int) -> list[Row]:
    """A development: when, the sentence that was new, who says it."""
    return list(_step(step, room))


def _step(step: Development, room: int) -> Iterator[Row]:
    lead = f"{short_time(step.when):<{STEP_CELLS}}"
    narrow = room < 4 * STEP_CELLS
    if narrow:
        yield Row(((" ", ""), (lead.rstrip(), "faint")))
    text = f"{step.text}, previously {step.before}" if step.before else step.text
    ink = "accent" if step.kind in ("headline", "correction") else "text"
    yield from _rest(text, ink, step.story, room, "" if narrow else lead)
    by = ", ".join(part for part in (step.source or "no source named", *step.also, _TOLD.get(step.kind, "")) if part)
    yield from _told((by, "faint"), room, "" if narrow else " " * STEP_CELLS)
