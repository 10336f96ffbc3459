"""The mood screen: what readers say of a story, of its whole storyline or of all stories of a narrowed list, how sure that is,
and which comments to look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from newsdesk.desk import Desk
from newsdesk.threads.readers import Measured, figures, tell_readers, tier_briefly
from tui.drawing.render import Line
from tui.keys.commands import Command, Where, bindings
from tui.lanes import Lanes
from tui.lists.narrowing import Narrowing
from tui.panes.mood import Extent, MoodPage, MoodView, PicksPane
from tui.screens.beside import Beside
from tui.screens.judging import JudgingScreen
from tui.session import Session
from tui.widgets.bars import Bar

if TYPE_CHECKING:
    from tui.app import Setup

MOST_STORIES = 400  # of a storyline or a list, the latest ones with comments, whose threads are read
EXTENTS: Mapping[Extent, str] = {"story": "one story", "storyline": "the whole storyline", "list": "all stories of the list"}


class MoodScreen(Beside, JudgingScreen):
    """`t` changes between the story, its storyline and the list, where that is narrowed; Enter goes to a comment where it
    stands in its thread."""

    PLACE: ClassVar[Where] = "mood"
    NAME = "Mood"
    CSS = """
    MoodScreen #figures { height: 1fr; }
    MoodScreen #quotes { height: 1fr; }
    MoodScreen #reader { height: 1; }
    MoodScreen.wide #around { layout: horizontal; }
    MoodScreen.wide #figures { width: 1fr; height: 1fr; }
    MoodScreen.wide #quotes { width: 1fr; height: 1fr; border-left: solid $edge; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("mood")]
    AUTO_FOCUS = "#picks"

    def __init__(self, setup: Setup, lanes: Lanes, session: Session, story_id: str | None, line_id: str) -> None:
        super().__init__(setup, lanes, session)
        self.story_id = story_id  # None where the cursor was on a storyline
        self.line_id = line_id
        self.extent: Extent = "storyline" if story_id is None else "story"
        self.narrowing = Narrowing()  # that of the list from where it was opened
        self.once = False  # each writer counts once
        self.figures, self.picks = MoodPage(), PicksPane()
        self.reader_bar = Bar(id="reader")

    def compose(self) -> ComposeResult:
        yield self.title_bar
        with Container(id="around"):
            yield self.figures
            with Container(id="quotes"):
                yield self.picks
        yield self.reader_bar
        yield self.status_bar

    def on_mount(self) -> None:
        self.narrowing = self.newsroom.view.narrowing
        self.figures.set_note(("Reading the comments.", "faint"))

    async def read(self) -> None:
        extent, story_id, line_id, narrowing = self.extent, self.story_id, self.line_id, self.narrowing

        def read(desk: Desk) -> MoodView | None:
            if extent == "list":
                return read_list_mood(desk, narrowing)
            return read_mood(desk, story_id if extent == "story" else None, line_id)

        view = await self.lanes.back(read)
        if extent != self.extent:
            return
        self.figures.set_note(("It is not here any more.", "title"), (f"{self.key_of('back')} leaves.", "muted"))
        silent = view is not None and view.others and view.readers.overview.mood is None
        more = (f"{self.key_of('layout')} tells of the whole storyline.", "text")
        self.picks.set_note(more if silent else ("No comment stands out.", "faint"))
        self.figures.show(replace(view, once=self.once) if view else None)
        self.picks.show(view.readers.overview if view else None)
        self._show_reader(view)

    def _show_reader(self, view: MoodView | None) -> None:
        """Who read the comments, and how well that is done."""
        mood = view.readers.overview.mood if view else None
        words: Line = ((f"Read by {tier_briefly(mood.tier)}", "muted"),) if mood else ()
        self.reader_bar.show(words, ((f"{self.key_of('help')} figures ", "faint"),) if mood else ())

    def action_help(self) -> None:
        """How good the reading is, and every key."""
        from tui.screens.keys import KeysScreen

        rows = [("macro-F1", "how well negative, neutral and positive are told apart: the mean of the three, 1 at best")]
        rows += [(_both(row), f"{row.what}, {row.of}") for row in figures()]
        self.app.push_screen(KeysScreen(self.places, "How well moods are read: words, encoder", rows))

    def action_voices(self) -> None:
        """Every comment counts, or every writer once."""
        self.once = not self.once
        if self.figures.view is not None:
            self.figures.show(replace(self.figures.view, once=self.once))
            self.say("each writer counts once" if self.once else "every comment counts", "muted")

    def here(self) -> tuple[str | None, str] | None:
        return self.story_id, self.line_id

    def hint_for(self, command: Command) -> str:
        return "" if command.id in ("judge", "voices") and not self.picks.entries else super().hint_for(command)

    def title_words(self) -> Line:
        return ((EXTENTS[self.extent], "muted"),)

    def action_layout(self) -> None:
        """The story alone, all of its storyline, or all that the list is narrowed to."""
        every: list[Extent] = ["storyline"] if self.story_id is None else ["story", "storyline"]
        if not self.narrowing.empty:
            every.append("list")
        if len(every) == 1:
            self.say("this is the whole storyline; open it from a story to see that alone", "muted")
            return
        self.extent = every[(every.index(self.extent) + 1) % len(every)]
        self.reload()

    def action_judge(self) -> None:
        """Say what the mood of the comment under the cursor is."""
        said = self.picks.current
        if said is None:
            self.say("put the cursor on a comment first", "muted")
        else:
            self.ask_mood(said.story_id, said.comment)

    def corrected(self) -> None:
        self.newsroom.read_again()

    async def turn_back(self, work: Callable[[Desk], str | None]) -> str | None:
        told = await super().turn_back(work)
        self.newsroom.read_again()
        return told

    def on_picks_pane_chosen(self, message: PicksPane.Chosen) -> None:
        newsroom = self.newsroom
        self.leave("comments")
        newsroom.go_to_story(message.said.story_id, message.said.index)


def read_mood(desk: Desk, story_id: str | None, line_id: str) -> MoodView | None:
    """The figures of one story, or of a storyline; None where it is not there."""
    if story_id is None:
        line = desk.storyline(line_id)
        if line is None:
            return None
        ids = [row.id for row in desk.storyline_stories(line.id) if row.comments][:MOST_STORIES]
        title = line.title
    else:
        ids, title = [story_id], ""
    stories = [story for one in ids if (story := desk.story(one)) is not None]
    if story_id is not None and not stories:
        return None
    known = stories[0].storyline if story_id is not None else None
    title = title or (stories[0].heading() if stories else "")
    extent: Extent = "storyline" if story_id is None else "story"
    return MoodView(title, extent, tell_readers(desk, stories), others=known.stories - 1 if known else 0)


def read_list_mood(desk: Desk, narrowing: Narrowing) -> MoodView:
    """The figures of the latest stories with comments that a narrowing leaves."""
    ids = desk.ids(f"({narrowing.query()}) comments:>0", "newest", MOST_STORIES)
    stories = [story for one in ids if (story := desk.story(one)) is not None]
    title = " · ".join(f"{kind} {name}".strip() for kind, name in narrowing.words())
    latest = f": the latest {MOST_STORIES} with comments" if len(ids) == MOST_STORIES else ""
    return MoodView(title + latest, "list", tell_readers(desk, stories))


def _both(row: Measured) -> str:
    return "  ".join("   –" if value is None else f"{value:.2f}" for value in (row.base, row.model))
