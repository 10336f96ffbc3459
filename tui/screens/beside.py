"""A whole screen that stands over the newsroom: one thing looked at closely, with the way back."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.timer import Timer

from newsdesk.desk import Desk
from newsdesk.model import Story
from tui.arrangement import COLUMNS_FROM, PANES
from tui.drawing.render import Line, Span
from tui.keys.commands import Command
from tui.lanes import Lanes
from tui.lists.narrowing import Narrowing
from tui.messages import PaneEntered
from tui.screens.base import DeskScreen
from tui.screens.changing import toggle_follow
from tui.screens.sheet import is_on_top
from tui.session import Session
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from tui.app import Setup

LOOK_EVERY_S = 1.0  # how often the desk's version is asked
READ_AT_MOST_EVERY_S = 2.0  # a busy refresh changes the desk more often than a person reads
REST = 4  # times as long as reading took: what is slow to read is read less often


class Beside(DeskScreen):
    """Subclasses give :meth:`compose_panes` and :meth:`read` (fill the panes from the desk), and bind their commands.

    What they show is read again when another process or the person has changed the desk. Esc goes back to the newsroom, and
    a number to one of its panes.
    """

    NAME: ClassVar[str] = ""

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__(setup, lanes, session)
        self._again: Timer | None = None
        self._took_s = 0.0
        self.zoomed = False

    # --- what a subclass gives

    def compose_panes(self) -> ComposeResult:
        """What stands between the title line and the status line."""
        raise NotImplementedError

    async def read(self) -> None:
        """Ask the desk and show the answer, with the cursor on what it was on."""
        raise NotImplementedError

    def title_words(self) -> Line:
        """What stands at the right end of the title line."""
        return ()

    # --- life

    def compose(self) -> ComposeResult:
        yield self.title_bar
        with Container(id="around"):
            yield from self.compose_panes()
        yield self.status_bar

    def on_mount(self) -> None:
        """Called by the framework, as each of a screen's classes that has one, after that of a subclass."""
        self.hush()
        self.show_title()
        self.reload()
        if self.setup.polls:
            self.set_interval(LOOK_EVERY_S, self._look)

    def reload(self) -> None:
        self.work("read", self._read, exclusive=True)

    async def _read(self) -> None:
        self.version = await self.lanes.back(lambda desk: desk.version())
        began = monotonic()
        await self.read()
        self._took_s = monotonic() - began
        self.show_title()
        self.hint_again()

    def _look(self) -> None:
        if self._again is None:
            self.work("look", self.look_for_changes, exclusive=True)

    async def look_for_changes(self) -> None:
        version = await self.lanes.back(lambda desk: desk.version())
        if version != self.version and self._again is None:
            self._again = self.set_timer(max(READ_AT_MOST_EVERY_S, REST * self._took_s), self._rested)
            self.reload()

    def _rested(self) -> None:
        self._again = None

    async def change(self, work: Callable[[Desk], object]) -> None:
        """Do a change and show what has become of it."""
        await self.lanes.front(work)
        self.reload()

    async def turn_follow(self, target: str) -> None:
        """Follow `target`, or stop following it, and say so."""
        told: list[tuple[str, bool]] = []
        await self.change(lambda desk: told.append(toggle_follow(desk, target)))
        name, followed = told[0]
        self.say_done(f"following “{name}”" if followed else f"no longer following “{name}”")

    async def turn_back(self, work: Callable[[Desk], str | None]) -> str | None:
        told: list[str | None] = []
        await self.change(lambda desk: told.append(work(desk)))
        return told[0]

    def on_resize(self) -> None:
        self.set_class(self.app.size.width >= COLUMNS_FROM, "wide")
        self.show_title()

    def tick(self) -> None:
        self.show_title()

    def show_title(self) -> None:
        left: list[Span] = [(" newsdesk ", "brand"), (f"  {self.NAME}", "title")]
        words = self.newsroom.refresh_words() or self.title_words()
        self.title_bar.show(tuple(left), words)

    # --- going elsewhere

    def leave(self, pane_id: str | None = None) -> None:
        """Back to the newsroom, which looks at once whether something has changed."""
        if not is_on_top(self):
            return
        newsroom = self.newsroom
        self.app.pop_screen()
        newsroom.look_again()
        newsroom.key_came()  # what was said there before is old by now
        if pane_id is not None:
            newsroom.go_to(pane_id)

    def show_stories(self, narrowing: Narrowing) -> None:
        """Back to the newsroom, with the stories that `narrowing` leaves."""
        newsroom = self.newsroom
        self.leave("stories")
        newsroom.narrow(narrowing)

    def on_pane_entered(self, _message: PaneEntered) -> None:
        self._place_alone()
        self.hint_again()

    def hint_for(self, command: Command) -> str:
        return "all panes" if command.id == "back" and self.zoomed else super().hint_for(command)

    def action_back(self) -> None:
        if self.zoomed:
            self.action_zoom()
        else:
            self.leave()

    def action_pane_sections(self) -> None:
        self.leave(PANES[0])

    def action_pane_stories(self) -> None:
        self.leave(PANES[1])

    def action_pane_article(self) -> None:
        self._leave_reading(PANES[2])

    def action_pane_comments(self) -> None:
        self._leave_reading(PANES[3])

    def _leave_reading(self, pane_id: str) -> None:
        """To the story that is read here, if one is, and not to the one that the newsroom had before."""
        story, newsroom = self.story_read(), self.newsroom
        self.leave(pane_id)
        if story is not None:
            newsroom.go_to_story(story.id)

    def story_read(self) -> Story | None:
        """The story that is read here, where any is."""
        return None

    def action_pane_following(self) -> None:
        self.leave(PANES[4])

    def action_next_pane(self) -> None:
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        """Also to one that is out of sight while another stands alone."""
        panes = list(self.query(LineView))
        at = next((at for at, pane in enumerate(panes) if pane is self.focused), 0)
        self.go_to_view(panes[(at + step) % len(panes)])

    # --- one pane alone

    def action_zoom(self) -> None:
        seen = [pane for pane in self.query(LineView) if all(one.display for one in pane.ancestors_with_self)]
        if not self.zoomed and len(seen) < 2:
            self.say_briefly("this pane has all the room that there is")
            return
        self.zoomed = not self.zoomed
        self._place_alone()
        self.hush()

    def _place_alone(self) -> None:
        """Leave only what holds the pane with the focus while that stands alone, else everything."""
        kept = set(self.focused.ancestors_with_self) if self.zoomed and self.focused else set()
        for widget in self.query("#around *"):
            widget.set_class(widget in kept, "-alone")
            widget.set_class(bool(kept) and widget not in kept, "-aside")
