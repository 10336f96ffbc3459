"""The newsroom: five panes, a search box, a title and a status line; what they show, and what narrows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from newsdesk.archive.rows import FollowState
from newsdesk.model import Story
from tui.drawing.captions import caption
from tui.drawing.render import Line, Span, clock_time, line_width, moment, shorten
from tui.keys.commands import Command, bindings
from tui.lanes import Lanes, apart
from tui.lists.narrowing import Narrowing
from tui.lists.view import Counts, Folding, is_several
from tui.messages import FollowChosen, SectionChosen
from tui.outside.bridge import SeedWatch
from tui.panes.comments import NO_STORY
from tui.panes.following import FollowRows
from tui.screens.base import WORDY_FROM, DeskScreen
from tui.screens.follow_editing import FollowEditing
from tui.screens.judging import ThreadScreen
from tui.screens.linking import LinkingScreen
from tui.screens.piping import PipingScreen
from tui.screens.placing import PlacingScreen
from tui.screens.searching import SearchingScreen
from tui.session import Session
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from tui.app import Setup
    from tui.opening import Opening

LOOK_EVERY_S = 1.0  # how often the desk's version is asked
WATCH_EVERY_S = 2.0  # how often seeds are looked at on disk
TELL_TIME_EVERY_S = 15.0
LEAST_FOLLOW = 12  # cells of a follow's name in the filter line, whatever else stands there


class Newsroom(PlacingScreen, SearchingScreen, LinkingScreen, ThreadScreen, PipingScreen, FollowEditing):
    """Everything on one page."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("screen")]
    AUTO_FOCUS = "#stories"

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__(setup, lanes, session)
        self.watch_seeds = SeedWatch(setup.seeds)
        self._watching = False  # a look at them on a slow disk may take longer than the time until the next

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
        self.article_pane.set_note(("The story under the cursor appears here.", "faint"))
        self.comments_pane.set_note(NO_STORY)
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
            self.set_interval(TELL_TIME_EVERY_S, self.tell_time)
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
                theme=self.session.theme if self.app.no_color else self.desk_app.theme_name,
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
        elif self.counts is not None and self._counting is None:  # else the line comes with the counts
            self._show_filter(self.counts)

    # --- looking again

    def _look(self) -> None:
        if not self.load_waits:
            self.work("look", self.look_for_changes, exclusive=True)

    def look_again(self) -> None:
        """Back from another screen, where something may have been changed."""
        self._look()

    def _watch(self) -> None:
        if self.setup.seeds and not self._watching:
            self._watching = True
            self.work("watch", self._watch_once)

    async def _watch_once(self) -> None:
        try:
            changed = await apart(self.watch_seeds.changed)
        finally:
            self._watching = False
        if changed:
            self.start_refresh()

    def go_to_story(self, story_id: str, comment: int | None = None) -> None:
        """Show a story that was read on another screen, with the cursor of the list on it."""
        self.work("look", self._go_to_story, story_id, exclusive=True)
        self.read_story(story_id, comment)

    async def _go_to_story(self, story_id: str) -> None:
        """A storyline that is folded opens for it; where the list does not have it, its storyline is listed."""
        pane = self.stories_pane
        if await self.lanes.back(lambda desk: desk.version()) != self.version and not self.holds_list:
            self.folding = self.folding.as_shown(pane.listing)
            await self._load(True, self.view)  # what was read there may be in it no more
        if pane.listing.find(story_id, None) is None:
            rows = await self.lanes.front(lambda desk: desk.rows_of([story_id]))
            if not rows or rows[0].storyline is None:
                return
            line_id = rows[0].storyline
            self.folding = self.folding.turn(line_id, True)
            await self._open(line_id)
            if pane.listing.find(story_id, None) is None:
                self.session = replace(self.session, story=story_id)
                self.narrow(Narrowing(search=f"storyline:{line_id}"))
                self.say("the list did not have this story: now it is that of its storyline", "muted")
        if (row := pane.listing.find(story_id, None)) is not None:
            pane.go(row)

    # --- bars

    def tell_time(self) -> None:
        """The clock, and how old what is on the screen is by now."""
        self.show_title()
        for screen in self.app.screen_stack:
            for view in screen.query(LineView):
                view.tell_ages()

    def show_title(self) -> None:
        """Brand, day and minute; what there is, or how the refresh goes."""
        now = self.setup.now().astimezone()  # of the person's own zone, as every clock around them
        left: list[Span] = [(" newsdesk ", "brand"), (f"  {now:%a} {now.day} {now:%b}", "text"), (f"  {now:%H:%M}", "muted")]
        self.title_bar.show(tuple(left), self.refresh_words() or self._count_words())
        for screen in self.app.screen_stack[1:]:
            if isinstance(screen, DeskScreen):
                screen.tick()

    def _count_words(self) -> Line:
        if self.counts is None:
            return ()
        sections = self.counts.sections
        failed = (f"{self.failing:,} failed ({self.key_of('feeds')})  ", "error") if self.failing else ("", "")
        dot = (f" {self.desk_app.glyphs.dot} ", "faint")
        many = f"{sections.total:,} stories" if sections.total > 1 else "1 story"
        muted: Line = ()
        if self.counts.muted:
            key = f" ({self.key_of('muted-only')})" if self.app.size.width >= WORDY_FROM else ""
            muted = (dot, (f"{self.counts.muted:,} muted{key}", "muted"))
        if not sections.total:
            return failed, ("no stories" if muted else "no stories yet", "muted"), *muted
        unread: Span = (f"{sections.unread:,} unread", "accent") if sections.unread else ("all read", "muted")
        news: Line = ()
        if 0 < self.counts.news < sections.total and self.app.size.width >= WORDY_FROM:
            news = (dot, (f"{self.counts.news:,} since you left ({self.key_of('since-left')})", "muted"))
        return (failed, (many, "muted"), dot, unread, *muted, *news)

    def show_counts(self, counts: Counts) -> None:
        super().show_counts(counts)
        self.show_title()
        self._show_filter(counts)

    def show_follows(self, follows: Sequence[FollowState]) -> None:
        super().show_follows(follows)
        if self._pane == "following":
            self.hint_again()
        news = sum(1 for follow in follows if follow.new)
        self.following_pane.border_title = f"5 Following  {news} with news" if news else "5 Following"

    def _show_filter(self, counts: Counts) -> None:
        narrowing = self.view.narrowing
        words = narrowing.words()
        self.filter_bar.set_class(bool(words) or self.view.largest, "-shown")
        left: list[Span] = []
        for kind, name in words:
            if left:
                left.append((" + ", "faint"))
            left += [(f"{kind} ", "faint"), (name, "accent")] if kind else [(name, "accent")]
        if narrowing.since_left and counts.left and (when := moment(counts.left.moment)[1]):
            left.append((f" ({clock_time(when, self.setup.now())})", "faint"))
        if self.view.largest:
            left += [(" + ", "faint")] if left else []
            left.append((self.view.first, "accent"))
        hidden = counts.hidden(counts.stories, narrowing)
        new = self._new_words(counts)
        told = [f"{counts.stories:,} shown, {hidden:,} hidden", f"{hidden:,} hidden"]
        ends = [((f"{new}, " if new else "", "accent"), (words, "muted")) for words in told] + [((new, "accent"),)] * bool(new)
        room = self.stories_pane.inner_width - 3 - line_width(left)
        name_width = line_width(left[1:2]) if narrowing.follow else 0  # long where it is that of a storyline: it gives way
        room, least = room + name_width, min(name_width, LEAST_FOLLOW)
        end = next((end for end in ends if least + line_width(end) < room), ends[-1])
        if name_width:
            name = shorten(left[1][0], max(least, room - line_width(end) - 1), self.desk_app.glyphs.ellipsis)
            left[1] = name, "accent"
        self.filter_bar.show(tuple(left), end)

    def _new_words(self, counts: Counts) -> str:
        """How much is new in the follow that narrows the list, and since when; empty where nothing is."""
        look = self.view.narrowing.look
        if look is None or not counts.fresh:
            return ""
        _, when = moment(look.moment)
        return f"{counts.fresh:,} new since {clock_time(when, self.setup.now()) if when else 'the last look'}"

    # --- narrowing

    def narrow(self, narrowing: Narrowing) -> None:
        self.load(keep=False, view=replace(self.wanted, narrowing=narrowing))

    def on_section_chosen(self, message: SectionChosen) -> None:
        name = ""
        for entry in self.sections_pane.entries:
            if entry.section and entry.kind == message.kind and entry.section.id == message.section_id:
                name = caption(entry.section.id, entry.section.name) if entry.section.id else "unknown"
        self.narrow(self.wanted.narrowing.with_section(message.kind, message.section_id, name))

    @property
    def follow_rows(self) -> FollowRows:
        return self.following_pane

    def follow_changed(self) -> None:
        self.load(keep=True)

    def on_follow_chosen(self, message: FollowChosen) -> None:
        state = next((f for f in self.following_pane.follows if f.follow.id == message.follow_id), None)
        if state is not None:
            self.work("look-at", self.look_at_follow, state)

    def action_unread_only(self) -> None:
        narrowing = self.wanted.narrowing
        self.narrow(replace(narrowing, unread_only=not narrowing.unread_only))

    def action_since_left(self) -> None:
        if self.counts is not None and self.counts.left is None:
            self.say("all is new: nobody has closed the dashboard yet", "muted")
        else:
            narrowing = self.wanted.narrowing
            self.narrow(replace(narrowing, since_left=not narrowing.since_left))

    def action_muted_only(self) -> None:
        narrowing = self.wanted.narrowing
        if self.counts is not None and not self.counts.muted and not narrowing.muted_only:
            self.say(f"no story is muted; {self.key_of('mute-source')} mutes the source of one", "muted")
        else:
            self.narrow(replace(narrowing, muted_only=not narrowing.muted_only))

    def action_clear(self) -> None:
        self.narrow(Narrowing())

    def action_layout(self) -> None:
        view = replace(self.wanted, grouped=not self.wanted.grouped)
        self.load(keep=False, view=view)
        flat = view.first if view.largest else "newest stories first"
        self.say("grouped by storyline" if view.grouped else flat, "muted")

    def action_order(self) -> None:
        self.show_in_order(largest=not self.wanted.largest)

    def show_in_order(self, *, largest: bool) -> None:
        view = replace(self.wanted, largest=largest)
        self.load(keep=False, view=view)
        self.say(view.first, "muted")

    def action_fold_all(self) -> None:
        listing = self.stories_pane.listing
        several = [head.id for _, head in listing.loaded() if is_several(head)]
        if any(listing.is_open(index) for index, head in listing.loaded() if is_several(head)):
            self.folding = Folding(frozenset(), self.folding.closed.union(several))
        else:
            self.folding = Folding(self.folding.opened.union(several), frozenset())
        self.load(keep=True, refold=True)

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
        if not any(map(command.is_at, self.places)):
            self.go_to("following" if command.is_at("following") else "comments")
        target: Widget = self.panes[self._pane] if not command.is_at("screen") else self
        action = getattr(target, f"action_{command.action}", None) or getattr(self, f"action_{command.action}")
        action()

    def way_back(self) -> str:
        return super().way_back() or ("newest first" if self.view.largest else "")

    def action_back(self) -> None:
        """The nearest thing that can be left or stopped."""
        if self.merging is not None:
            self.merging = None
            self.say("nothing was merged", "muted")
        elif self._zoomed or self._zen_from is not None:
            self.action_zoom()
        elif self._pane != "stories":
            self.go_to("stories")
        elif not self.wanted.narrowing.empty:
            self.narrow(self.wanted.narrowing.loosened())
        elif self.wanted.largest:
            self.show_in_order(largest=False)
        elif self.stop_refresh():
            self.say("stopping the refresh", "muted")
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
            self._show_story(story)

    def on_app_focus(self, event: events.AppFocus) -> None:
        """Back at the desk: look at once."""
        if self.setup.polls:
            self._look()
