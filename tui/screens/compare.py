"""Two outlets' accounts of one event: two stories of a storyline, side by side or one below the other, scrolled together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content

from newsdesk.archive.rows import StoryRow
from newsdesk.briefs.accounts import pair_of
from newsdesk.desk import Desk
from newsdesk.model import Story
from newsdesk.wording import NO_TITLE
from tui.drawing.render import Line, age, clean, shorten
from tui.keys.commands import Command, Where, bindings
from tui.lanes import Lanes
from tui.lists.view import read_one
from tui.panes.account import AccountPane
from tui.panes.story_rows import NO_SOURCE
from tui.places import title_with_comments
from tui.screens.beside import Beside
from tui.screens.correcting import StoryAtHand
from tui.screens.linking import LinkingScreen
from tui.session import Session

if TYPE_CHECKING:
    from tui.app import Setup

FULL_WORDS = 40  # cells of the title line that its own words take


class CompareScreen(Beside, LinkingScreen, StoryAtHand):
    """`[` and `]` put another account in the place of the one with the focus, Enter lists them, `t` parts their scrolling."""

    PLACE: ClassVar[Where] = "compare"
    NAME = "Side by side"
    CSS = """
    CompareScreen #first, CompareScreen #other { height: 1fr; }
    CompareScreen.wide #around { layout: horizontal; }
    CompareScreen.wide #first, CompareScreen.wide #other { width: 1fr; }
    CompareScreen.wide #other { border-left: solid $edge; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("compare")]
    AUTO_FOCUS = "#first"

    def __init__(self, setup: Setup, lanes: Lanes, session: Session, line_id: str, story_id: str, *, over: bool) -> None:
        """Begins with a story, or the newest where `story_id` is empty. `over`: it was opened on the storyline screen."""
        super().__init__(setup, lanes, session)
        self.line_id, self.over = line_id, over
        self.wanted = [story_id] if story_id else []
        self.rows: Sequence[StoryRow] = ()
        self.together = True
        self.accounts = (AccountPane("first", self._scroll), AccountPane("second", self._scroll))
        self._title = ""
        self._read_once: set[str] = set()  # what was marked read here: who takes that back means it

    def compose_panes(self) -> ComposeResult:
        yield self.accounts[0]
        with Container(id="other"):
            yield self.accounts[1]

    def on_mount(self) -> None:
        for pane in self.accounts:
            pane.border_title = ""
            pane.set_note(("Reading the accounts.", "faint"))
            pane.mark_found(self.newsroom.view.narrowing.query())

    # --- reading

    async def read(self) -> None:
        line_id = self.line_id
        self.rows, self._title = await self.lanes.front(lambda desk: read_line(desk, line_id))
        await self._read_accounts()

    async def _read_accounts(self) -> None:
        """The two alone: the list of a storyline may be long."""
        rows, wanted = self.rows, tuple(self.wanted)
        told = await self.lanes.front(lambda desk: [read_one(desk, one) for one in pair_of(rows, wanted)])
        if tuple(self.wanted) != wanted:  # another one was asked for meanwhile
            return
        self.wanted = [story.id for story, _ in told if story]
        ids = [row.id for row in self.rows]
        for at, pane in enumerate(self.accounts):
            story, original = told[at] if at < len(told) else (None, None)
            pane.show(story, original)
            pane.set_note(
                ("No other story tells of this.", "title"), (f"{self.key_of('merge')} joins storylines in the list.", "muted")
            )
            title = ""
            if story is not None and story.id in ids:
                name = clean(story.source or story.outlet or NO_SOURCE)
                title = title_with_comments(f"{name}  {ids.index(story.id) + 1} of {len(ids)}", len(story.comments))
            pane.border_title = Content(title)  # a name is no markup
        await self._mark_read()

    async def _mark_read(self) -> None:
        fresh = [row.id for row in self.rows if row.unread and row.id in self.wanted and row.id not in self._read_once]
        self._read_once.update(self.wanted)
        if fresh:
            await self.lanes.front(lambda desk: desk.mark(fresh, "read"))
            self.rows = [replace(row, unread=row.unread and row.id not in fresh) for row in self.rows]

    def title_words(self) -> Line:
        return ((shorten(self._title, max(0, self.app.size.width - FULL_WORDS), self.desk_app.glyphs.ellipsis), "muted"),)

    # --- scrolling

    def action_together(self) -> None:
        self.together = not self.together
        for pane in self.accounts:
            pane.settle()
        self.say("both scroll together" if self.together else "each scrolls alone", "muted")

    def _scroll(self, pane: AccountPane, lines: int) -> None:
        panes = self.accounts if self.together else (pane,)
        room = [one.room_below if lines > 0 else one.room_above for one in panes]
        step = min(abs(lines), max(room))  # the longer one goes on where the other has ended
        for one in panes:
            one.go_on(step if lines > 0 else -step)

    def hint_for(self, command: Command) -> str:
        if command.id == "together":
            return "apart" if self.together else "together"
        return super().hint_for(command)

    # --- which accounts

    @property
    def _at(self) -> int:
        """Which of the two has the focus."""
        return 1 if self.focused is self.accounts[1] else 0

    def _choices(self) -> list[StoryRow]:
        """What may stand there: all but the account beside it."""
        beside = self.accounts[1 - self._at].story
        return [row for row in self.rows if beside is None or row.id != beside.id]

    def action_account_before(self) -> None:
        self._step_account(-1)

    def action_account_after(self) -> None:
        self._step_account(1)

    def _step_account(self, step: int) -> None:
        ids = [row.id for row in self._choices()]
        if len(ids) < 2:
            self.say_briefly("there is no other account")
            return
        here = self.wanted[self._at]
        self._take(ids[((ids.index(here) if here in ids else 0) + step) % len(ids)])

    def _take(self, story_id: str) -> None:
        self.wanted[self._at] = story_id
        self.work("accounts", self._read_accounts, exclusive=True)

    def on_account_pane_other(self) -> None:
        from tui.screens.asking import Choice

        rows, now = self._choices(), self.setup.now()
        if len(rows) < 2:
            self.say_briefly("there is no other account")
            return
        lines: list[Line] = [
            (
                (f"{number:>2}  ", "accent"),
                (row.source or row.outlet or NO_SOURCE, "text"),
                (f"  {age(row.published, now) or 'no date'}  ", "faint"),
                (row.heading or NO_TITLE, "muted"),
            )
            for number, row in enumerate(rows, 1)
        ]
        words = (("Which account?", "title"), (self._title, "muted"))
        self.app.push_screen(Choice(words, lines, lambda at: self._take(rows[at].id)))

    # --- the account with the focus

    def story_read(self) -> Story | None:
        return self.accounts[self._at].story

    def here(self) -> tuple[str | None, str] | None:
        story = self.story_read()
        return story.id if story else None, self.line_id

    def story_fetched(self, story: Story | None) -> None:
        self.reload()

    def action_why(self) -> None:
        for pane in self.accounts:
            pane.turn_why()

    def row_here(self) -> StoryRow | None:
        """The account with the focus."""
        story = self.story_read()
        return next((row for row in self.rows if story is not None and row.id == story.id), None)

    def action_star(self) -> None:
        row = self.row_here()
        if row is not None:
            self.work("mark", self.change, lambda desk: desk.mark([row.id], "unstar" if row.starred else "star"))
            self.say("no longer starred" if row.starred else "starred", "muted")

    def action_toggle_read(self) -> None:
        row = self.row_here()
        if row is not None:
            self.work("mark", self._mark, row, "read" if row.unread else "unread")

    async def _mark(self, row: StoryRow, how: str) -> None:
        await self.change(lambda desk: desk.mark([row.id], how))
        self.say_done(f"“{row.heading or NO_TITLE}” marked {how}")

    def action_follow(self) -> None:
        self.work("follow", self.turn_follow, self.line_id)

    def action_back(self) -> None:
        if self.over and not self.zoomed:
            from tui.screens.storyline import StorylineScreen

            self.open_beside(StorylineScreen(self.setup, self.lanes, self.session, self.line_id))
        else:
            super().action_back()


def read_line(desk: Desk, line_id: str) -> tuple[Sequence[StoryRow], str]:
    """The storyline's stories, and its title."""
    line = desk.storyline(line_id)
    return desk.storyline_stories(line_id), line.title if line else ""
