"""The panes of the mood screen: what the readers of one story or of many say together, and the comments to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal, TypeAlias

from textual.message import Message

from newsdesk.model import Mood
from newsdesk.threads.readers import Level, Readers, likely_words
from newsdesk.wording import NO_TITLE, counted, stories
from tui.drawing.render import Glyphs, Line, Span, count, crop, fit, mood_bar, mood_words, printed_time, right, spread, wrap
from tui.panes.page import Page
from tui.panes.thread import Thread, mood_lines, mood_mark
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from newsdesk.sentiment.over_time import OverTime
    from newsdesk.sentiment.overview import Overview, Said

MOST_WRITERS = 6
MOST_NAMED = 8
MOST_QUOTES = 3
QUOTE_LINES = 4
PICKS = {
    "disputed": "NEGATIVE BUT VOTED UP, POSITIVE BUT VOTED DOWN",
    "voted": "MOST VOTED FOR",
    "negative": "SUREST NEGATIVE",
    "positive": "SUREST POSITIVE",
    "longest": "LONGEST",
    "newest": "NEWEST",
}


Extent: TypeAlias = Literal["story", "storyline", "list"]  # whose readers: the list is all that a narrowing leaves


@dataclass(frozen=True, slots=True)
class MoodView:
    """What is shown: of what (`title`), and what is told of its readers. `once` where each writer counts once in the figure;
    `others`: stories of the same storyline that are left out."""

    title: str
    extent: Extent
    readers: Readers
    once: bool = False
    others: int = 0


class MoodPage(Page):
    """The figures."""

    BORDER_TITLE = "Mood"

    def __init__(self) -> None:
        super().__init__(id="figures")
        self.view: MoodView | None = None

    def show(self, view: MoodView | None) -> None:
        self.view = view
        self.update(keep_place=True)

    def lay_out(self, width: int) -> Sequence[Line]:
        return figures(self.view, width, self.glyphs) if self.view else ()


def figures(view: MoodView, width: int, glyphs: Glyphs) -> list[Line]:
    """Bar and counts, usual levels, negative and positive quotes, who is named, over time, who writes most."""
    overview, room = view.readers.overview, max(10, width - 2)
    lines: list[Line] = [((" " + line, "title"),) for line in wrap(view.title or NO_TITLE, room)]
    lines.append(((f" {_of(overview, view.extent)}", "muted"),))
    if overview.mood is None:
        return [*lines, (), ((" No reader has commented yet.", "faint"),)]
    lines += _both_figures(view, Thread(width, glyphs))
    lines += [((" " + line, "muted"),) for text in _besides(view.readers, overview.mood) for line in wrap(text, room)]
    lines += _side_by_side(dict(overview.picks), room, glyphs)
    lines += _named(overview, room, glyphs)
    lines += _over_time(overview.times, room, glyphs)
    if overview.writers:
        lines += [(), ((" WHO WRITES MOST", "faint"),)]
        lines += [_moods(name, one, room, glyphs, 20) for name, one in overview.writers[:MOST_WRITERS]]
    return [crop(line, width, glyphs.ellipsis) for line in lines]


def _of(overview: Overview, extent: Extent) -> str:
    comments = overview.mood.comments if overview.mood else 0
    told = counted(comments, "comment")
    if extent == "list":
        return f"{told} on {stories(overview.stories)}"
    return told if extent == "story" else f"{told} on {overview.stories:,} of its stories"


def _both_figures(view: MoodView, thread: Thread) -> list[Line]:
    """The figure of all comments and the one in which each writer counts once, the one that is wanted first and with a bar."""
    mood, voices = view.readers.overview.mood, view.readers.overview.voices
    if mood is None or voices is None or voices.comments == mood.comments:
        return mood_lines(mood, thread)
    names = ("every comment counts", f"each of {voices.comments:,} writers counts once")
    shown = [(names[0], mood), (names[1], voices)]
    (first, main), (second, other) = reversed(shown) if view.once else shown
    words: list[Line] = [((" ", ""), *line) for line in mood_words(other, thread.glyphs, thread.width - 2)]
    return [((f" {first}", "faint"),), *mood_lines(main, thread)[:-1], ((f" {second}", "faint"),), *words, ()]


def _besides(readers: Readers, mood: Mood) -> list[str]:
    overview = readers.overview
    told = [f"likely {likely_words(overview.likely)}"] if overview.likely else []
    levels = readers.levels_told
    told += [f"usual {_whose(level)}: {level.share:.0%} negative, of {level.sure:,} other comments" for level in levels]
    if mood.comments > mood.scored:
        told.append(f"{mood.comments - mood.scored:,} not scored: in languages that newsdesk doesn't read, or excluded")
    if overview.toxic or overview.sarcastic:
        told.append(f"{overview.toxic:,} toxic, {overview.sarcastic:,} sarcastic")
    if overview.judged:
        told.append(f"{overview.judged:,} as you judged")
    return told


def _whose(level: Level) -> str:
    return f"for {level.outlet}" if level.outlet else "here"


def _side_by_side(picks: Mapping[str, Sequence[Said]], room: int, glyphs: Glyphs) -> list[Line]:
    """The surest negative words at the left, the surest positive ones at the right."""
    against, kind = picks.get("negative", ()), picks.get("positive", ())
    if not against or not kind:
        return []
    half = (room - 3) // 2
    lines: list[Line] = [(), ((f" {fit('NEGATIVE', half)} {glyphs.thread} POSITIVE", "faint"),)]
    for pair in zip_longest(against[:MOST_QUOTES], kind[:MOST_QUOTES]):
        columns = [_quote(one, half, glyphs) if one else [] for one in pair]
        for left, end in zip_longest(*([*one, ("", "")] for one in columns), fillvalue=("", "")):
            lines.append(((f" {fit(left[0], half)}", left[1]), (f" {glyphs.thread} ", "edge"), end))
    return lines


def _quote(one: Said, room: int, glyphs: Glyphs) -> list[Span]:
    """The words in a few lines, and who said them."""
    text = wrap(" ".join(one.comment.text.split()), room)
    if len(text) > QUOTE_LINES:
        text = [*text[: QUOTE_LINES - 1], fit(" ".join(text[QUOTE_LINES - 1 : QUOTE_LINES + 1]), room, glyphs.ellipsis)]
    return [*((line, "text") for line in text), (fit(one.comment.author or "no name", room, glyphs.ellipsis), "faint")]


def _named(overview: Overview, room: int, glyphs: Glyphs) -> list[Line]:
    if not overview.named:
        return []
    lines: list[Line] = [(), ((" NAMED, AND THE MOOD OF THOSE COMMENTS", "faint"),)]
    for one in overview.named[:MOST_NAMED]:
        ink = {"blamed": "negative", "praised": "positive"}.get(one.lean, "")
        lines.append((*_moods(one.name, one.mood, room - 9, glyphs, 20), (f"  {one.lean}", ink)))
    return lines


def _over_time(times: OverTime | None, room: int, glyphs: Glyphs) -> list[Line]:
    """A bar a step, as long as there are comments in it; blank where nobody wrote."""
    if times is None:
        return []
    most = max(step.mood.comments for step in times.steps if step.mood)
    widest = max(4, min(30, room - 30))
    lines: list[Line] = [(), ((f" OVER TIME, BY {_step_words(times.hours)}", "faint"),)]
    for step in times.steps:
        name: Span = (" " + fit(printed_time(step.start), 24), "text" if step.mood else "faint")
        if step.mood is None:
            lines.append((name,))
            continue
        cells = max(1, step.mood.comments * widest // most)
        lines.append((name, *mood_bar(step.mood, cells, glyphs), (f" {count(step.mood.comments)}", "muted")))
    if times.untimed:
        lines.append(((f" {times.untimed:,} without a time", "faint"),))
    return lines


def _step_words(hours: int) -> str:
    if hours < 24:
        return "HOUR" if hours == 1 else f"{hours} HOURS"
    days = hours // 24
    return {1: "DAY", 7: "WEEK"}.get(days, f"{days} DAYS")


def _moods(name: str, mood: Mood, room: int, glyphs: Glyphs, named: int) -> Line:
    bar = mood_bar(mood, max(4, min(30, room - named - 8)), glyphs)
    return ((" " + fit(name, named, glyphs.ellipsis) + " ", "text"), *bar, (right(count(mood.comments), 6), "muted"))


def _is_same(one: Said, other: Said) -> bool:
    """Whether it is the same comment, perhaps with another mood by now."""
    return (one.story_id, one.comment.author, one.comment.text) == (other.story_id, other.comment.author, other.comment.text)


class PicksPane(VirtualList):
    """Comments to look at, two lines each, under headings. Posts :class:`Chosen`."""

    BORDER_TITLE = "To look at"

    class Chosen(Message):
        """A comment is wanted where it stands in its thread."""

        def __init__(self, said: Said) -> None:
            super().__init__()
            self.said = said

    def __init__(self) -> None:
        super().__init__(id="picks")
        self.row_height = 2
        self.entries: list[str | Said] = []

    def show(self, overview: Overview | None) -> None:
        """Show them; the cursor stays on the comment that it is on, under the heading nearest to where it was."""
        here = self.current
        found = dict(overview.picks) if overview else {}
        self.entries = []
        for name, heading in PICKS.items():
            self.entries += [heading, *found[name]] if found.get(name) else []
        places = [at for at, one in enumerate(self.entries) if here and not isinstance(one, str) and _is_same(one, here)]
        self.set_rows(len(self.entries), min(places, key=lambda at: abs(at - self.cursor), default=None))

    def can_rest(self, row: int) -> bool:
        return not isinstance(self.entries[row], str)

    def draw_row(self, row: int, part: int, width: int) -> Line:
        entry = self.entries[row]
        if isinstance(entry, str):
            return ((f" {entry}", "faint"),) if part else ()
        comment = entry.comment
        if part:
            return crop((("   ", ""), (" ".join(comment.text.split()), "text")), width - 1, self.glyphs.ellipsis)
        who: Span = (comment.author, "line-read") if comment.author else ("no name", "faint")
        when: Span = (f"  {printed_time(comment.when)}", "faint") if comment.when else ("", "")
        votes: Line = ((f"{comment.votes:+,} " if comment.votes else "0 ", "muted"),) if comment.votes is not None else ()
        yours: Span = ("  you said", "accent") if comment.judged else ("", "")
        mark = mood_mark(comment.sentiment, self.glyphs)
        return spread(((" ", ""), mark, (" ", ""), who, when, yours), votes, width, self.glyphs.ellipsis)

    @property
    def current(self) -> Said | None:
        """The comment under the cursor."""
        entry = self.entries[self.cursor] if self.cursor < len(self.entries) else None
        return None if isinstance(entry, str) else entry

    def action_choose(self) -> None:
        if self.current is not None:
            self.post_message(self.Chosen(self.current))
