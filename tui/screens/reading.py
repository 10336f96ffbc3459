"""Reading the desk for the panes: the list by pages, the story under the cursor, counts, and what other processes change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.timer import Timer

from newsdesk.archive.rows import FollowState, StoryRow
from newsdesk.desk import Desk, Sight
from newsdesk.errors import UsageError
from newsdesk.model import Story
from tui.drawing.render import Span, wrap
from tui.lanes import Lanes
from tui.lists.listing import PAGE, Listing
from tui.lists.pace import Pace
from tui.lists.trail import Spot, Trail
from tui.lists.view import (
    AT_FIRST,
    Counts,
    Folding,
    View,
    read_around,
    read_counts,
    read_first,
    read_listing,
    read_one,
    read_within,
)
from tui.lists.why_empty import Lifted, empty_words, read_lifted
from tui.messages import PagesWanted, RowReached, StorylineTurned
from tui.panes.article import ArticlePane
from tui.panes.comments import CommentsPane
from tui.panes.following import FollowingPane
from tui.panes.sections import SectionsPane
from tui.panes.stories import StoriesPane
from tui.screens.base import MOST_LINES_SAID, DeskScreen
from tui.session import Session
from tui.widgets.bars import Bar

if TYPE_CHECKING:
    from tui.app import Setup

MOST_COUNTED = 100_000  # stories up to which all that a search leaves is counted by section
MOST_PAGES_KEPT = 3  # pages read anew around the cursor when the archive changed


class ReadingScreen(DeskScreen):
    """Keeps the panes filled."""

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__(setup, lanes, session)
        self.sections_pane = SectionsPane()
        self.stories_pane = StoriesPane()
        self.article_pane = ArticlePane()
        self.comments_pane = CommentsPane()
        self.following_pane = FollowingPane()
        self.filter_bar = Bar(id="filter")
        self.trouble_bar = Bar(id="trouble")
        self.view = View(grouped=session.grouped)
        self.folding = Folding()
        self.trail = Trail()
        self._back: Spot | None = None  # where the list that comes was left
        self.counts: Counts | None = None
        self.lifted: Lifted | None = None  # what is in the way where the list is empty
        self.sight: Sight | None = None  # what there was when the list was read
        self.stored = 0  # new stories since then
        self.held: int | None = None  # how many of them are kept out of the list, None where none are
        self._coming: View | None = None  # another list, while it is being read
        self._counting: View | None = None
        self._count_again = False
        self._preview: Timer | None = None
        self._pace = Pace(setup.env)
        self._rests_on: str | None = None

    # --- the list

    @property
    def wanted(self) -> View:
        """What the list shows, or is about to: who narrows it further, or widens it again, goes on from there."""
        return self._coming or self.view

    def load(self, *, keep: bool, view: View | None = None, refold: bool = False) -> None:
        """Read the list anew: with `keep` the same one, around the cursor; else another, from its top or where it was left for
        a narrower one. What stands open in the same list stays so, unless `refold` says that :attr:`folding` has changed."""
        if view is None and self._coming is not None:  # not given up for what has changed in the list before it
            keep, view = False, self._coming
        elif view == self.view and self._coming is not None:  # back before the other one has come
            keep, view, self._back = True, None, None
        elif view is not None:
            self._back = self.trail.go(self.view, None if self.stories_pane.is_at_top else self._spot(), view)
            self.folding = self._back.folding if self._back else Folding()
        self._coming = view
        if keep and not refold:
            self.folding = self.folding.as_shown(self.stories_pane.listing)
        self.work("list", self._load, keep, view or self.view, exclusive=True)

    async def _load(self, keep: bool, view: View) -> None:
        pane, folding, look = self.stories_pane, self.folding, view.narrowing.look
        spot = (self._spot() if self._is_placed else None) if keep else self._back
        pages = self._pages_around() if keep else [0]
        heads = pane.listing.heads if keep and pane.listing.counted else None
        at_first = bool(view.narrowing.search) and not keep

        def read_it(desk: Desk) -> tuple[int, Sight, Listing]:
            desk.looking = (look.follow, look.arrivals) if look else None
            before = desk.version(), desk.sight()  # what others change while the list is read is found by the next look
            if spot is not None:
                return *before, read_around(desk, view, spot.anchor, folding, heads)
            return *before, read_first(desk, view, folding) if at_first else read_listing(desk, view, pages, folding, heads)

        try:
            version, sight, listing = await self.lanes.front(read_it)
        except UsageError as error:
            self._coming = self._back = None
            self.show_trouble(error.in_words())
            return
        self._coming = self._back = None
        self.version, self.sight = version, sight
        self.show_trouble("")
        if not len(pane.listing):
            self.acted = False  # where nothing was, nobody put the cursor on anything
        self.view, pane.since = view, view.narrowing.since
        self.article_pane.mark_found(view.narrowing.query())
        self.comments_pane.mark_found(view.narrowing.query())
        self.hint_again()
        self.stored, self.held = 0, None
        if keep:
            self._show_at(listing, self._spot() if self._is_placed else None)
        elif spot is not None:
            self._show_at(listing, spot)
        else:
            pane.show(listing, self.session.story or None, self.session.storyline or None)
            if at_first and listing.heads >= AT_FIRST:
                self.work("pages", self._load_rest, pane.number)
        self.session = replace(self.session, story="", storyline="")
        self.say_empty()
        self.count()
        if not len(listing):
            self._show_story(None)

    @property
    def _is_placed(self) -> bool:
        """Whether a person has put the cursor where it is: a list that comes in by parts is looked at from its top."""
        return self.acted or not self.stories_pane.is_at_top

    def _spot(self) -> Spot | None:
        """Where a person stands in the list; None where the cursor is on nothing."""
        pane = self.stories_pane
        item, anchor = pane.current, pane.standing
        if item is None or anchor is None:
            return None
        story, top = None if item.is_head else item.story_id, int(pane.scroll_offset.y)
        return Spot(anchor, story, item.storyline_id, pane.cursor, top, self.folding.as_shown(pane.listing))

    def _show_at(self, listing: Listing, spot: Spot | None) -> None:
        """The list as it is now, with the cursor on what it was on, in its line."""
        pane = self.stories_pane
        row, top = (spot.row, spot.top) if spot else (pane.cursor, int(pane.scroll_offset.y))
        story, storyline = (spot.story, spot.storyline) if spot else (None, None)
        pane.show(listing, story, storyline)
        if listing.find(story, storyline) is None:
            pane.go(row)
        else:
            pane.keep_lines(row, top)

    @property
    def holds_list(self) -> bool:
        """Whether what is being stored is to be kept out of the list, so that it stands still for whoever reads it."""
        return False

    def _pages_around(self) -> list[int]:
        pane = self.stories_pane
        sight = pane.in_sight
        if not sight or not len(pane.listing):
            return [0]
        first = pane.listing.locate(sight.start)[0] // PAGE
        last = pane.listing.locate(max(sight.start, min(sight.stop, len(pane.listing)) - 1))[0] // PAGE
        here = pane.listing.locate(min(pane.cursor, len(pane.listing) - 1))[0] // PAGE
        return sorted({0, here, *range(first, last + 1)})[: MOST_PAGES_KEPT + 1]

    def on_pages_wanted(self, message: PagesWanted) -> None:
        if message.listing != self.stories_pane.number:
            return
        if self.held is not None:  # pages of the list as it was can't be read any more
            self.load(keep=True)
        else:
            for page in message.pages:
                self.work("pages", self._load_page, page, message.listing)

    async def _load_rest(self, number: int) -> None:
        """All of the first page, once what was found first stands there: reading beside it would keep its paint waiting."""
        await self.painted()
        await self._load_page(0, number)

    async def _load_page(self, page: int, number: int) -> None:
        view, folding, pane = self.view, self.folding, self.stories_pane
        counts, heads = self.counts, pane.listing.heads if pane.listing.counted else -1

        def read_it(desk: Desk) -> Listing:
            known = counts.heads if counts and counts.heads == heads and counts.version == desk.version() else 0
            return read_listing(desk, view, [page], folding, 0, known=known)

        read = await self.lanes.front(read_it)
        if number != pane.number:
            return
        listing = pane.listing
        listing.put(page, [head for _, head in read.loaded()])
        for index, _ in read.loaded():
            stories = read.opened(index)
            if stories:
                listing.open(index, stories)
        pane.arrived(page)
        pane.extend()

    def on_stories_pane_topped(self) -> None:
        if self.held is not None:
            self.held = None
            self.folding = self.folding.as_shown(self.stories_pane.listing)
            self.load(keep=False)

    def on_storyline_turned(self, message: StorylineTurned) -> None:
        self.folding = self.folding.turn(message.storyline_id, True)
        self.work("open", self._open, message.storyline_id)

    async def _open(self, storyline_id: str) -> None:
        query, pane = self.view.narrowing.query(), self.stories_pane
        stories = await self.lanes.front(lambda desk: desk.storyline_stories(storyline_id, query))
        row = pane.listing.find(None, storyline_id)
        if row is not None and stories:
            pane.listing.open(pane.listing.locate(row)[0], stories)
            pane.update_rows()

    # --- the story under the cursor

    def on_row_reached(self, message: RowReached) -> None:
        if self._preview is not None:
            self._preview.stop()
        if self.held is not None and not self.holds_list:
            self.load(keep=True)
        self._rests_on = message.story_id
        self._preview = self.set_timer(self._pace.rest_s(), self.hurry)

    def hurry(self) -> None:
        """The cursor rests: read the story that it is on."""
        if self._preview is not None:
            self.read_story(self._rests_on)

    def read_story(self, story_id: str | None, comment: int | None = None) -> None:
        """Show a story, with the cursor of its thread on the `comment` of that index."""
        if self._preview is not None:  # whoever goes into a story at once has it read once
            self._preview.stop()
            self._preview = None
        if story_id is None:
            self._show_story(None)
        else:
            self.work("story", self._read_story, story_id, comment, exclusive=True)

    def read_again(self) -> None:
        """The story that is shown may have changed."""
        if self.article_pane.story is not None:
            self.work("story", self._read_story, self.article_pane.story.id, exclusive=True)

    async def _read_story(self, story_id: str, comment: int | None = None) -> None:
        self._show_story(*await self.lanes.front(lambda desk: read_one(desk, story_id)))
        if comment is not None:
            self.comments_pane.go_to(comment)

    def _show_story(self, story: Story | None, original: StoryRow | None = None) -> None:
        self.article_pane.show(story, original)
        self.comments_pane.show(story)

    # --- counts

    def count(self) -> None:
        """Count what the view shows; where that is being counted already, once more after it."""
        if self._counting == self.view:
            self._count_again = True
        else:
            self.work("counts", self._count, exclusive=True)

    async def _count(self) -> None:
        view = self._counting = self.view
        self._count_again = False

        def read(desk: Desk) -> tuple[Counts, Lifted | None]:
            counts = read_counts(desk, view)
            in_the_way = not (counts.heads or view.narrowing.empty) and counts.sections.total <= MOST_COUNTED
            return counts, read_lifted(desk, view.narrowing, self.setup.now()) if in_the_way else None

        try:
            await self.painted()
            counts, lifted = await self.lanes.back(read)
        finally:
            if self._counting is view:
                self._counting = None
        if view != self.view:
            return
        if self._count_again:
            self.call_later(self.count)
        self.counts, self.lifted = counts, lifted
        self.show_counts(counts)
        self.work("follows", self._count_follows, exclusive=True)

    async def _count_follows(self) -> None:
        async for follows in self.lanes.follows():
            self.show_follows(follows)

    def show_counts(self, counts: Counts) -> None:
        """Fill what depends on counts; the newsroom adds its bars."""
        pane = self.stories_pane
        held = self.held is not None and pane.listing.counted
        if not held and (pane.listing.heads != counts.heads or not pane.listing.counted):
            pane.listing.set_heads(counts.heads)
            pane.extend()
        self.sections_pane.show(counts.choices or counts.sections)
        self.sections_pane.show_chosen(self.view.narrowing)
        self._count_within(counts)
        self.say_empty()

    def show_follows(self, follows: Sequence[FollowState]) -> None:
        """Fill the pane of what is followed."""
        self.following_pane.show(follows, self.key_of("follow"))

    def _count_within(self, counts: Counts) -> None:
        """What the narrowing leaves of each section: at once where sections narrow, else in a desk that is not huge."""
        narrowing = self.view.narrowing
        told = narrowing == replace(narrowing, search="", follow=None, unread_only=False, since_left=False, muted_only=False)
        if narrowing.empty or not (told or counts.sections.total <= MOST_COUNTED):
            self.sections_pane.show_within(None)
        else:
            self.work("within", self._read_within, self.view, counts.stories, exclusive=True)

    async def _read_within(self, view: View, stories: int) -> None:
        within = await self.lanes.back(lambda desk: read_within(desk, view, stories))
        if view == self.view:
            self.sections_pane.show_within(within)

    # --- what others change

    async def look_for_changes(self) -> None:
        """Ask the desk's version; read the list anew where another process has changed it."""
        version = await self.lanes.back(lambda desk: desk.version())
        if version != self.version:
            first, self.version = self.version == 0, version
            if not first and not self.holds_list:
                self.load(keep=True)

    async def change(self, work: Callable[[Desk], object]) -> None:
        """Do a change of our own; its version is known then, so that it is not taken for another process's. Where one of these
        came before it, the next look finds that."""

        def changed(desk: Desk) -> tuple[int, int]:
            before = desk.version()
            work(desk)
            return before, desk.version()

        before, after = await self.lanes.front(changed)
        if before == self.version:
            self.version = after

    # --- what there is to say where there is nothing to show

    def say_empty(self) -> None:
        self.stories_pane.set_note(*self._empty_words())
        if self.counts is not None and self.counts.muted:
            way = f"{self.key_of('muted-only')} shows the stories."
            self.sections_pane.set_note(("All sources are muted.", "title"), (way, "text"))
        else:
            self.sections_pane.set_note(("Topics and countries appear here with the first stories.", "faint"))

    def _empty_words(self) -> tuple[Span, ...]:
        pasted = self.setup.pasted is not None
        return empty_words(self.counts, self.view.narrowing, self.lifted, self.key_of, pasted=pasted)

    def show_trouble(self, sentence: str) -> None:
        """A mistake in the search, said to its end where it was typed; an empty sentence takes it away."""
        self.trouble_bar.set_class(bool(sentence), "-shown")
        lines = wrap(sentence, max(1, self.stories_pane.inner_width - 2))[:MOST_LINES_SAID] if sentence else [""]
        first, *below = (((line, "error"),) for line in lines)
        self.trouble_bar.show(first, (), below)
