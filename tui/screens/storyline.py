"""The storyline screen: one continuing affair in full, its stories to read, and the keys that correct it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.timer import Timer
from textual.widget import Widget

from newsdesk.archive.rows import StoryRow
from newsdesk.desk import Desk
from newsdesk.model import Story
from tui.drawing.render import Line, shorten
from tui.keys.commands import Where, bindings
from tui.lanes import Lanes
from tui.lists.listing import PAGE, Listing
from tui.lists.pace import Pace
from tui.lists.view import read_one
from tui.messages import PagesWanted, PaneEntered, RowReached, StoryChosen
from tui.panes.article import ArticlePane
from tui.panes.stories import StoriesPane
from tui.panes.storyline import StorylinePage
from tui.panes.storyline_words import StorylineView, originals_words
from tui.places import title_with_comments
from tui.screens.beside import Beside
from tui.screens.grouping import GroupingScreen
from tui.screens.linking import LinkingScreen
from tui.session import Session

if TYPE_CHECKING:
    from newsdesk.archive.detail import Headline
    from newsdesk.briefs.developments import Development
    from tui.app import Setup


class StorylineScreen(Beside, GroupingScreen, LinkingScreen):
    """The page, the list of stories, and the story that is read. Corrections are those of the newsroom."""

    PLACE: ClassVar[Where] = "storyline"
    NAME = "Storyline"
    CSS = """
    StorylineScreen #page { height: 1fr; }
    StorylineScreen #texts { height: auto; layout: vertical; }
    StorylineScreen #stories { height: auto; min-height: 4; max-height: 42vh; }
    StorylineScreen.reading #page { display: none; }
    StorylineScreen.reading #texts { height: 1fr; }
    StorylineScreen.reading #stories { display: none; }
    StorylineScreen #article { display: none; }
    StorylineScreen.reading #article { display: block; }
    StorylineScreen.wide #around { layout: horizontal; }
    StorylineScreen.wide #page { display: block; width: 1fr; height: 1fr; }
    StorylineScreen.wide #texts { width: 1fr; height: 1fr; border-left: solid $edge; }
    StorylineScreen.wide #stories { display: block; height: 2fr; max-height: 100%; }
    StorylineScreen.wide #article { display: block; height: 3fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("storyline")]
    AUTO_FOCUS = "#stories"

    def __init__(self, setup: Setup, lanes: Lanes, session: Session, storyline_id: str) -> None:
        super().__init__(setup, lanes, session)
        self.storyline_id = storyline_id
        self.rows: Sequence[StoryRow] = ()
        self.page = StorylinePage()
        self.stories_pane = StoriesPane()
        self.article_pane = ArticlePane()
        self._steps: Sequence[Development] = ()
        self._steps_of: tuple[str, Sequence[Headline]] = ("", ())
        self._preview: Timer | None = None
        self._pace = Pace(setup.env)
        self._rests_on: str | None = None

    def compose_panes(self) -> ComposeResult:
        with Container(id="page"):
            yield self.page
        with Container(id="texts"):
            yield self.stories_pane
            yield self.article_pane

    def on_mount(self) -> None:
        self.stories_pane.border_title, self.article_pane.border_title = "Its stories", "Article"
        self.page.set_note(("Reading the storyline.", "faint"))

    # --- reading

    async def read(self) -> None:
        line_id = self.storyline_id
        view, rows = await self.lanes.front(lambda desk: read_storyline(desk, line_id))
        if view is not None:
            self.storyline_id = view.detail.storyline.id
        self.page.set_note(
            ("Its stories were all moved or forgotten.", "title"),
            (f"{self.key_of('undo')} takes the last correction back, {self.key_of('back')} leaves.", "muted"),
        )
        self._show_rows(rows)
        if view is None:
            self.page.show(None)
        else:
            self.page.show(replace(view, steps=self._steps))
            self.work("steps", self._read_steps, view, exclusive=True)

    async def _read_steps(self, view: StorylineView) -> None:
        """The story so far takes all its texts: it comes after the rest, and again only when a headline came or went."""
        detail = view.detail
        key = (detail.storyline.id, detail.headlines)
        if self._steps_of != key:
            self._steps = await self.lanes.back(lambda desk: read_steps(desk, detail.storyline.id))
            self._steps_of = key
            self.page.show(replace(view, steps=self._steps))

    def _show_rows(self, rows: Sequence[StoryRow]) -> None:
        pane, here, row = self.stories_pane, self.stories_pane.current, self.stories_pane.cursor
        self.rows = rows
        listing = Listing(len(rows))
        for page in range(0, len(rows), PAGE):
            listing.put(page // PAGE, rows[page : page + PAGE])
        pane.show(listing, here.story_id if here else None, None)
        if here is not None and listing.find(here.story_id, None) is None:
            pane.go(row)

    def on_pages_wanted(self, message: PagesWanted) -> None:
        if message.listing == self.stories_pane.number:
            for page in message.pages:
                self.stories_pane.listing.put(page, self.rows[page * PAGE : (page + 1) * PAGE])
                self.stories_pane.arrived(page)
            self.stories_pane.extend()

    def title_words(self) -> Line:
        view = self.page.view
        return ((originals_words(view.detail), "muted"),) if view else ()

    # --- the story under the cursor

    def on_row_reached(self, message: RowReached) -> None:
        if self._preview is not None:
            self._preview.stop()
        self._rests_on = message.story_id
        self._preview = self.set_timer(self._pace.rest_s(), self.hurry)

    def hurry(self) -> None:
        """The cursor rests: read the story that it is on."""
        if self._preview is not None:
            self._preview.stop()
            self._preview = None
            if self._rests_on is not None:
                self.work("story", self._read_story, self._rests_on, exclusive=True)

    async def _read_story(self, story_id: str) -> None:
        self._show_story(*await self.lanes.front(lambda desk: read_one(desk, story_id)))

    def _show_story(self, story: Story | None, original: StoryRow | None) -> None:
        self.article_pane.show(story, original)
        self.article_pane.border_title = title_with_comments("Article", len(story.comments) if story else 0)

    def on_story_chosen(self, message: StoryChosen) -> None:
        self._rests_on = message.story_id
        self.work("story", self._read_story, message.story_id, exclusive=True)
        self.work("mark", self._mark, message.story_id, "read")
        self._enter(self.article_pane)

    def action_next_unread(self) -> None:
        self._go_unread(1)

    def action_previous_unread(self) -> None:
        self._go_unread(-1)

    def _go_unread(self, step: int) -> None:
        """To the next unread one in that direction, round the end; it is read where the last one was."""
        at, number = self.stories_pane.cursor, len(self.rows)
        rows = ((at + step * far) % number for far in range(1, number + 1))
        row = next((row for row in rows if self.rows[row].unread), None)
        if row is None:
            self.say("everything here is read", "muted")
            return
        self.stories_pane.go(row)
        if self.focused is self.article_pane:
            self.on_story_chosen(StoryChosen(self.rows[row].id))

    def on_pane_entered(self, message: PaneEntered) -> None:
        self.set_class(message.pane_id == "article", "reading")

    def _enter(self, pane: Widget) -> None:
        self.set_class(pane is self.article_pane, "reading")
        pane.focus(scroll_visible=False)

    def action_back(self) -> None:
        if self.focused is self.article_pane and not self.zoomed:
            self._enter(self.stories_pane)
        else:
            super().action_back()

    def action_next_pane(self) -> None:
        self._step(1)

    def action_previous_pane(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        panes: list[Widget] = [self.page, self.stories_pane, self.article_pane]
        place = panes.index(self.focused) if self.focused in panes else 0
        self._enter(panes[(place + step) % len(panes)])

    def story_read(self) -> Story | None:
        return self.article_pane.story

    def story_fetched(self, story: Story | None) -> None:
        read = self.article_pane.story
        if story is not None and read is not None and story.id == read.id:
            self._show_story(story, self.article_pane.original)

    def action_why(self) -> None:
        self.article_pane.turn_why()
        self._enter(self.article_pane)

    # --- marks, follows, corrections

    def line_here(self) -> tuple[str, str] | None:
        view = self.page.view
        return (view.detail.storyline.id, view.detail.storyline.title) if view else None

    def here(self) -> tuple[str | None, str] | None:
        story = None if self.focused is self.page else self.story_here()
        return story[0] if story else None, self.storyline_id

    def corrected(self) -> None:
        story = self.article_pane.story
        if story is not None:
            self.work("story", self._read_story, story.id, exclusive=True)

    def row_here(self) -> StoryRow | None:
        item = self.stories_pane.current
        return item.story if item else None

    async def _mark(self, story_id: str, how: str) -> None:
        await self.change(lambda desk: desk.mark([story_id], how))

    def action_toggle_read(self) -> None:
        item = self.stories_pane.current
        if item and item.story:
            self.work("mark", self._mark, item.story.id, "read" if item.story.unread else "unread")

    def action_star(self) -> None:
        item = self.stories_pane.current
        if item and item.story:
            self.work("mark", self._mark, item.story.id, "unstar" if item.story.starred else "star")

    def action_follow(self) -> None:
        line = self.line_here()
        if line is not None:
            self.work("follow", self.turn_follow, line[0])

    def action_merge(self) -> None:
        line = self.line_here()
        if line is not None:
            question = f"“{shorten(line[1], 60)}” belongs to which storyline?"
            self.ask_line(question, line[0], lambda into, title: self._merge(line[0], into, title))

    def _merge(self, other: str, into: str, title: str) -> None:
        self._correct(lambda desk: desk.merge(into, other), f"merged into “{title}”")

    def action_split(self) -> None:
        line, story = self.line_here(), self.story_here()
        if line is not None and story is not None:
            self._correct(lambda desk: desk.split(line[0], story[0]), "the story stands in a storyline of its own")


def read_steps(desk: Desk, line_id: str) -> Sequence[Development]:
    """The story so far of a storyline."""
    from newsdesk.briefs.briefing import story_so_far

    return story_so_far(desk, line_id)


def read_storyline(desk: Desk, line_id: str) -> tuple[StorylineView | None, Sequence[StoryRow]]:
    """What the screen shows; None and nothing where the storyline has no story any more."""
    detail = desk.storyline_detail(line_id)
    if detail is None:
        return None, ()
    from newsdesk.countries import country_name

    line = detail.storyline
    rows = desk.storyline_stories(line.id)
    followed = any(row.followed for row in desk.storyline_rows_of([line.id]))
    names = {tally.name: country_name(tally.name) for tally in detail.countries}
    return StorylineView(detail, followed, sum(row.unread for row in rows), names), rows
