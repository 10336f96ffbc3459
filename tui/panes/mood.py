"""The panes of the mood screen: what the readers of a story or storyline say together, and the comments to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from newsdesk.model import FEWEST_FOR_SHARE, Mood
from newsdesk.sentiment.overview import Overview, Said
from tui.panes.page import Page
from tui.panes.thread import Thread, mood_lines, mood_mark
from tui.render import Glyphs, Line, Span, count, crop, fit, mood_bar, printed_time, right, spread, wrap
from tui.widgets.virtual_list import VirtualList

MOST_WRITERS = 6
MOST_DAYS = 14
PICKS = {
    "disputed": "VOTES AGAINST THE MOOD",
    "negative": "SUREST NEGATIVE",
    "positive": "SUREST POSITIVE",
    "longest": "LONGEST",
    "newest": "NEWEST",
}


@dataclass(frozen=True, slots=True)
class MoodView:
    """What is shown: of what (`title`), the figures, how negative is usual here (share, of how many), and how good the
    reading is, in words. `whole` where it is a storyline."""

    title: str
    whole: bool
    overview: Overview
    usual: tuple[float, int] | None
    measured: str


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
    """Bar and counts, each writer once, the usual level, who writes most, day by day."""
    overview, room = view.overview, max(10, width - 2)
    mood = overview.mood
    lines: list[Line] = [((" " + line, "title"),) for line in wrap(view.title or "(no title)", room)]
    lines.append(((f" {_of(overview, view.whole)}", "muted"),))
    if mood is None:
        return [*lines, (), ((" No reader has commented yet.", "faint"),)]
    thread = Thread(width, glyphs)
    lines += [(), *mood_lines(mood, thread)]
    if overview.voices and overview.voices.comments < mood.comments:
        lines.append(((f" each writer once: {overview.voices.comments:,}", "faint"),))
        lines += mood_lines(overview.voices, thread)
    lines += [((" " + line, "muted"),) for text in _besides(view, mood) for line in wrap(text, room)]
    if overview.writers:
        lines += [(), ((" WHO WRITES MOST", "faint"),)]
        lines += [_moods(name, one, room, glyphs, 20) for name, one in overview.writers[:MOST_WRITERS]]
    if len(overview.days) > 1:
        lines += [(), ((" DAY BY DAY", "faint"),)]
        lines += [_moods(printed_time(day), one, room, glyphs, 18) for day, one in overview.days[-MOST_DAYS:]]
    lines += [(), *(((" " + line, "faint"),) for line in wrap(f"Read by a machine that errs: {view.measured}", room))]
    return [crop(line, width, glyphs.ellipsis) for line in lines]


def _of(overview: Overview, whole: bool) -> str:
    comments = overview.mood.comments if overview.mood else 0
    told = f"{comments:,} {'comment' if comments == 1 else 'comments'}"
    return f"{told} on {overview.stories:,} {'story' if overview.stories == 1 else 'stories'} with any" if whole else told


def _besides(view: MoodView, mood: Mood) -> list[str]:
    told: list[str] = []
    if view.usual is not None and mood.sure >= FEWEST_FOR_SHARE:
        told.append(f"usual here: {view.usual[0]:.0%} negative of {view.usual[1]:,} sure ones")
    if mood.comments > mood.scored:
        told.append(f"{mood.comments - mood.scored:,} are in languages that aren't read yet")
    if view.overview.toxic or view.overview.sarcastic:
        told.append(f"{view.overview.toxic:,} toxic, {view.overview.sarcastic:,} sarcastic")
    return told


def _moods(name: str, mood: Mood, room: int, glyphs: Glyphs, named: int) -> Line:
    bar = mood_bar(mood, max(4, min(30, room - named - 8)), glyphs)
    return ((" " + fit(name, named, glyphs.ellipsis) + " ", "text"), *bar, (right(count(mood.comments), 6), "muted"))


class PicksPane(VirtualList):
    """Comments to look at, two lines each, under headings. Posts :class:`Chosen`."""

    BORDER_TITLE = "To look at"

    class Chosen(Message):
        """The thread that a comment stands in is wanted."""

        def __init__(self, story_id: str) -> None:
            super().__init__()
            self.story_id = story_id

    def __init__(self) -> None:
        super().__init__(id="picks")
        self.row_height = 2
        self.entries: list[str | Said] = []

    def show(self, overview: Overview | None) -> None:
        found = dict(overview.picks) if overview else {}
        self.entries = []
        for name, heading in PICKS.items():
            self.entries += [heading, *found[name]] if found.get(name) else []
        self.set_rows(len(self.entries))

    def can_rest(self, row: int) -> bool:
        return isinstance(self.entries[row], Said)

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
        return spread(
            ((" ", ""), mood_mark(comment.sentiment, self.glyphs), (" ", ""), who, when), votes, width, self.glyphs.ellipsis
        )

    @property
    def current(self) -> Said | None:
        """The comment under the cursor."""
        entry = self.entries[self.cursor] if self.cursor < len(self.entries) else None
        return entry if isinstance(entry, Said) else None

    def action_choose(self) -> None:
        if self.current is not None:
            self.post_message(self.Chosen(self.current.story_id))
