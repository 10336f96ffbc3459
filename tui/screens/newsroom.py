"""The newsroom: five panes, a search box, a title and a status line. It lays out, moves the focus and does commands."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from newsdesk.model import Story
from tui.arrangement import PANES, arrange
from tui.bridge import SeedWatch
from tui.captions import caption
from tui.commands import Command, Where, bindings
from tui.lanes import Lanes
from tui.messages import FollowChosen, PaneEntered, SectionChosen, StoryChosen
from tui.narrowing import Narrowing
from tui.places import ROOMY_FROM, usual_left
from tui.render import Line, Span, line_width
from tui.screens.base import DeskScreen
from tui.screens.judging import ThreadScreen
from tui.screens.linking import LinkingScreen
from tui.screens.piping import PipingScreen
from tui.screens.searching import SearchingScreen
from tui.screens.sizing import SizingScreen
from tui.session import Session
from tui.view import Counts, Folding
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from tui.app import Setup
    from tui.opening import Opening

LOOK_EVERY_S = 1.0  # how often the desk's version is asked
WATCH_EVERY_S = 2.0  # how often seeds are looked at on disk
TEXTS = ("article", "comments")
SIDE_WIDTH = 30


class Newsroom(SearchingScreen, LinkingScreen, ThreadScreen, SizingScreen, PipingScreen):
    """Everything on one page."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("screen")]
    AUTO_FOCUS = "#stories"

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__(setup, lanes, session)
        self.watch_seeds = SeedWatch(setup.seeds)
        self._pane = "stories"
        self._zoomed = False
        self._zen_from: str | None = None  # the pane that zen was begun from, while it lasts

    def compose(self) -> ComposeResult:
        yield self.title_bar
        with self.splitter:
            with Container(id="left"):
                yield self.sections_pane
                yield self.following_pane
            with Container(id="middle"):
                yield self.filter_bar
                yield self.search_box
                yield self.trouble_bar
                yield self.stories_pane
            with Container(id="right"):
                yield self.article_pane
                yield self.comments_pane
        yield self.status_bar

    def on_mount(self) -> None:
        for pane in (self.sections_pane, self.stories_pane, self.article_pane, self.comments_pane, self.following_pane):
            pane.border_title = pane.BORDER_TITLE
        self.following_pane.show((), self.key_of("follow"))
        self.article_pane.set_note(("The story under the cursor appears here.", "faint"))
        self.comments_pane.set_note(("What readers wrote appears here, with their mood.", "faint"))
        self.say_empty()
        self.hush()
        if self.desk_app.theme_fault:
            self.say_error(self.desk_app.theme_fault)
        self.show_title()
        if self.setup.opening is not None:
            self._take_over(self.setup.opening)
            self.lay_out()
        else:
            self.load(keep=False)
        if self.setup.polls:
            self.set_interval(LOOK_EVERY_S, self._look)
            self.set_interval(WATCH_EVERY_S, self._watch)
            self.set_interval(15.0, self.show_title)
        self.start_clock()
        if self.setup.refresh_command:
            self.call_after_refresh(self.start_refresh)
        self.call_after_refresh(self.welcome_at_start)

    def _take_over(self, opening: Opening) -> None:
        """Show what stands on the terminal already."""
        self.stories_pane.show(opening.listing, self.session.story or None, self.session.storyline or None)
        if opening.sections is not None:
            self.sections_pane.show(opening.sections)
        if opening.story is not None:
            self._show_story(opening.story)

    def on_unmount(self) -> None:
        item = self.stories_pane.current
        self.desk_app.keep_session(
            Session(
                theme=self.app.theme,
                grouped=self.view.grouped,
                story=(item.story.id if item and item.story else ""),
                storyline=(item.storyline_id or "") if item else "",
                searches=tuple(self.searches.lines),
                commands=tuple(self.entered.lines),
                sizes=dict(self.sizes),
                piped=tuple(self.piped.lines),
            )
        )

    def _compositor_refresh(self) -> None:
        if not self.desk_app.holds:
            super()._compositor_refresh()

    def on_stories_pane_placed(self) -> None:
        """The list knows its size: from now on there is something to draw, and time for what a first frame doesn't need."""
        if self.desk_app.holds:
            self.desk_app.let_go()
            self.load(keep=True)

    # --- looking again

    def _look(self) -> None:
        if not self.load_waits:
            self.work("look", self.look_for_changes, exclusive=True)

    def look_again(self) -> None:
        """Back from another screen, where something may have been changed."""
        self._look()

    def _watch(self) -> None:
        if self.setup.seeds:
            self.work("watch", self._watch_once, exclusive=True)

    async def _watch_once(self) -> None:
        if await asyncio.to_thread(self.watch_seeds.changed):
            self.start_refresh()

    # --- layout

    def on_resize(self) -> None:
        self.lay_out()

    def lay_out(self) -> None:
        """Show the panes that the size and the focus ask for."""
        width, height = self.app.size
        zen = self._zen_from is not None
        arrangement = self.arrangement = arrange(width, height, self._pane, self._zoomed or zen)
        for name in ("columns", "side", "stack", "single"):
            self.set_class(name == arrangement.name, name)
        self.set_class(width >= ROOMY_FROM, "roomy")
        self.set_class(zen, "zen")
        self.status_bar.set_ground("" if zen else "bar")
        for pane_id, pane in self.panes.items():
            pane.display = pane_id in arrangement.visible
        for column, ids in (("left", PANES[:1] + PANES[4:]), ("middle", PANES[1:2]), ("right", PANES[2:4])):
            self.query_one(f"#{column}").display = bool(arrangement.visible.intersection(ids))
        self.set_lengths()

    @property
    def usual_left(self) -> int:
        return SIDE_WIDTH if self.arrangement.name == "side" else usual_left(self.app.size.width)

    def pressed_on_border(self) -> None:
        self.go_to("article")

    @property
    def panes(self) -> dict[str, Widget]:
        return {
            "sections": self.sections_pane,
            "stories": self.stories_pane,
            "article": self.article_pane,
            "comments": self.comments_pane,
            "following": self.following_pane,
        }

    @property
    def places(self) -> tuple[Where, ...]:
        return ("thread", *super().places) if self._pane == "comments" else super().places

    @property
    def focused_pane(self) -> str:
        return self._pane

    def go_to(self, pane_id: str) -> None:
        """Put the focus on a pane, making room for it first."""
        self._pane = pane_id
        if pane_id not in TEXTS:
            self._zen_from = None
        self.lay_out()
        self.set_focus(self.panes[pane_id], scroll_visible=False)

    def go_to_view(self, view: LineView) -> None:
        self.go_to(view.id or self._pane)

    def on_pane_entered(self, message: PaneEntered) -> None:
        if message.pane_id in PANES and message.pane_id != self._pane:
            self._pane = message.pane_id
            self.lay_out()
        self.hint_again()

    # --- bars

    def show_title(self) -> None:
        """Brand, day and minute; what there is, or how the refresh goes."""
        now = self.setup.now()
        left: list[Span] = [(" newsdesk ", "brand"), (f"  {now:%a} {now.day} {now:%b}", "text"), (f"  {now:%H:%M}", "muted")]
        self.title_bar.show(tuple(left), self.refresh_words() or self._count_words())
        for screen in self.app.screen_stack[1:]:
            if isinstance(screen, DeskScreen):
                screen.tick()

    def _count_words(self) -> Line:
        if self.counts is None:
            return ()
        sections = self.counts.sections
        if not sections.total:
            return (("no stories yet", "muted"),)
        unread: Span = (f"{sections.unread:,} unread", "accent") if sections.unread else ("all read", "muted")
        dot = (f" {self.desk_app.glyphs.dot} ", "faint")
        return ((f"{sections.total:,} stories", "muted"), dot, unread)

    def show_counts(self, counts: Counts) -> None:
        super().show_counts(counts)
        self.show_title()
        self._show_filter(counts)
        news = sum(1 for follow in counts.follows if follow.new)
        self.following_pane.border_title = f"5 Following  {news} with news" if news else "5 Following"

    def _show_filter(self, counts: Counts) -> None:
        words = self.view.narrowing.words()
        self.filter_bar.set_class(bool(words), "-shown")
        left: list[Span] = []
        for kind, name in words:
            if left:
                left.append((" + ", "faint"))
            left += [(f"{kind} ", "faint"), (name, "accent")] if kind else [(name, "accent")]
        hidden = counts.sections.total - counts.stories
        long = f"{counts.stories:,} shown, {hidden:,} hidden"
        fits = line_width(left) + len(long) < self.stories_pane.inner_width - 3
        self.filter_bar.show(tuple(left), ((long if fits else f"{hidden:,} hidden", "muted"),))

    # --- narrowing

    def narrow(self, narrowing: Narrowing) -> None:
        self.folding = Folding()
        self.load(keep=False, view=replace(self.view, narrowing=narrowing))

    def on_section_chosen(self, message: SectionChosen) -> None:
        name = ""
        for entry in self.sections_pane.entries:
            if entry.section and entry.kind == message.kind and entry.section.id == message.section_id:
                name = caption(entry.section.id, entry.section.name) if entry.section.id else "unknown"
        self.narrow(self.view.narrowing.with_section(message.kind, message.section_id, name))

    def on_follow_chosen(self, message: FollowChosen) -> None:
        state = next((f for f in self.following_pane.follows if f.follow.id == message.follow_id), None)
        if state is not None:
            self.folding = Folding()
            self.work("look-at", self.look_at_follow, state)

    def action_unread_only(self) -> None:
        self.narrow(replace(self.view.narrowing, unread_only=not self.view.narrowing.unread_only))

    def action_clear(self) -> None:
        self.narrow(Narrowing())

    def action_layout(self) -> None:
        self.folding = Folding()
        self.load(keep=False, view=replace(self.view, grouped=not self.view.grouped))
        self.say("grouped by storyline" if not self.view.grouped else "newest stories first", "muted")

    def action_fold_all(self) -> None:
        listing = self.stories_pane.listing
        several = [head.id for _, head in listing.loaded() if self._foldable(head)]
        if any(listing.is_open(index) for index, head in listing.loaded() if self._foldable(head)):
            self.folding = Folding(frozenset(), self.folding.closed.union(several))
        else:
            self.folding = Folding(self.folding.opened.union(several), frozenset())
        self.load(keep=True, refold=True)

    @staticmethod
    def _foldable(head: object) -> bool:
        return Folding(frozenset({getattr(head, "id", "")})).wants(head, False)  # type: ignore[arg-type]

    def clear_for_search(self) -> None:
        if self._pane not in ("stories", "sections", "following"):
            self.go_to("stories")
        if self._zoomed and self._pane != "stories":
            self._zoomed = False
            self.go_to("stories")

    # --- commands

    def run_command(self, command: Command, argument: str = "") -> None:
        """Do a command chosen by name, with what it takes."""
        if argument:
            super().run_command(command, argument)
            return
        if command.where == "thread":
            self.go_to("comments")
        target: Widget = self.panes[self._pane] if command.where in ("pane", "thread") else self
        action = getattr(target, f"action_{command.action}", None) or getattr(self, f"action_{command.action}")
        action()

    def action_pane_sections(self) -> None:
        self.go_to("sections")

    def action_pane_stories(self) -> None:
        self.go_to("stories")

    def action_pane_article(self) -> None:
        self.go_to("article")

    def action_pane_comments(self) -> None:
        self.go_to("comments")

    def action_pane_following(self) -> None:
        self.go_to("following")

    def action_next_pane(self) -> None:
        self.go_to(PANES[(PANES.index(self._pane) + 1) % len(PANES)])

    def action_previous_pane(self) -> None:
        self.go_to(PANES[(PANES.index(self._pane) - 1) % len(PANES)])

    def action_zoom(self) -> None:
        if self._zen_from is not None:
            self.action_zen()
            return
        self._zoomed = not self._zoomed
        self.lay_out()

    def action_zen(self) -> None:
        """The story under the cursor and nothing else; from there back to where that was begun."""
        if self._zen_from is not None:
            back, self._zen_from = self._zen_from, None
            self.go_to(back)
            self.hush()
            return
        item = self.stories_pane.current
        if self._pane not in TEXTS and (item is None or item.story_id is None):
            self.say("put the list's cursor on a story first", "muted")
            return
        begun = self._pane
        if begun not in TEXTS and item is not None and item.story_id is not None:
            self.on_story_chosen(StoryChosen(item.story_id))
        self._zen_from = begun
        self.go_to(begun if begun in TEXTS else "article")
        keys = f"{self.key_of('next-unread')} goes to the next unread story, {self.key_of('back')} leaves"
        self.say(keys, "faint")

    def hush(self) -> None:
        super().hush()
        if self._zen_from is not None:
            self.status_bar.show(())

    def _corner(self) -> Line:
        return () if self._zen_from is not None else super()._corner()

    def action_back(self) -> None:
        """The nearest thing that can be left or stopped."""
        if self.merging is not None:
            self.merging = None
            self.say("nothing was merged", "muted")
        elif self._zoomed or self._zen_from is not None:
            self.action_zoom()
        elif self._pane != "stories":
            self.go_to("stories")
        elif self.stop_refresh():
            self.say("stopping the refresh", "muted")
        elif not self.view.narrowing.empty:
            self.narrow(self.view.narrowing.loosened())
        else:
            self.hush()

    def action_why(self) -> None:
        self.comments_pane.turn_why(self.article_pane.turn_why())
        if not self.article_pane.display:
            self.go_to("article")

    def story_read(self) -> Story | None:
        return self.article_pane.story

    def story_fetched(self, story: Story | None) -> None:
        read = self.article_pane.story
        if story is not None and read is not None and story.id == read.id:
            self.article_pane.show(story)
            self.comments_pane.show(story)

    def on_app_focus(self, event: events.AppFocus) -> None:
        """Back at the desk: look at once."""
        if self.setup.polls:
            self._look()
