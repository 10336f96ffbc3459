"""What a person changes: marks, stars, follows, storylines. Every change is the desk's; the panes show it when it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from newsdesk.archive.rows import FollowState, StoryRow
from newsdesk.desk import Desk
from newsdesk.wording import stories
from tui.lanes import Lanes
from tui.lists.listing import PAGE, Item, Listing
from tui.lists.narrowing import Look
from tui.lists.view import Folding, View, read_page
from tui.messages import StoryChosen
from tui.screens.base import NO_STORY
from tui.screens.grouping import GroupingScreen
from tui.screens.muting import MutingScreen
from tui.screens.reading import ReadingScreen
from tui.session import Session

if TYPE_CHECKING:
    from tui.app import Setup

MOST_PAGES_SEARCHED = 200  # pages of the list that "next unread" reads before it gives up


def toggle_follow(desk: Desk, target: str) -> tuple[str, bool]:
    """Follow `target`, or stop following it; returns its name and whether it is followed now."""
    known = desk.follow_of(target)
    if known is not None:
        return desk.unfollow(known.id).name, False
    return desk.follow(target).name, True


def find_unread(desk: Desk, view: View, folding: Folding, listing: Listing, after: int, step: int) -> int | None:
    """The display row of the next unread story from `after` on in the direction of `step`, reading pages as it goes."""
    row, read = after + step, 0
    while 0 <= row < len(listing):
        item = listing.item(row)
        if item is None:
            head = listing.locate(row)[0]
            if listing.head(head) is None and head // PAGE not in listing.pages and read < MOST_PAGES_SEARCHED:
                read_page(desk, view, head // PAGE, folding, listing)
                read += 1
                continue
            return None
        if item.is_head and item.storyline and item.storyline.unread:
            head, _ = listing.locate(row)
            if not listing.is_open(head):
                listing.open(head, desk.storyline_stories(item.storyline.id, view.narrowing.query()))
                row = row if step > 0 else row + len(listing.opened(head)) + 1
        elif item.story and item.story.unread:
            return row
        row += step
    return None


class ChangingScreen(ReadingScreen, GroupingScreen, MutingScreen):
    """Marks, follows and corrections of what the cursor is on."""

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__(setup, lanes, session)
        self.merging: tuple[str, str] | None = None  # id and title of the storyline that is to go into another

    @property
    def waits_for(self) -> str:
        if self.merging is None:
            return ""
        into, drop = self.key_of("merge"), self.key_of("back")
        return f"merging “{self.merging[1]}”: {into} on the storyline that it belongs to, {drop} drops it"

    # --- marks

    def on_story_chosen(self, message: StoryChosen) -> None:
        self.go_to("article")
        self.read_story(message.story_id)
        self.work("mark", self._mark, [message.story_id], "read")

    async def _mark(self, ids: Sequence[str], how: str) -> None:
        await self.change(lambda desk: desk.mark(list(ids), how))
        self.stories_pane.listing.mark(ids, how)
        self.stories_pane.forget()
        self.count()

    def action_toggle_read(self) -> None:
        item = self.stories_pane.current
        if item is None:
            self.say(NO_STORY, "muted")
        elif item.story is not None:
            self.work("mark", self._mark, [item.story.id], "read" if item.story.unread else "unread")
        elif item.storyline is not None:
            self.work("mark", self._mark_storyline, item.storyline.id, "read" if item.storyline.unread else "unread")

    async def _mark_storyline(self, storyline_id: str, how: str) -> None:
        query = self.view.narrowing.query()
        await self._mark_many(f"storyline:{storyline_id} ({query})" if query else f"storyline:{storyline_id}", how)

    def action_mark_all(self) -> None:
        self.work("mark", self._mark_many, self.view.narrowing.query(), "read")

    async def _mark_many(self, query: str, how: str) -> None:
        """Mark what a query finds, but not what came in since the list was read: nobody has seen that."""
        number, sight = 0, self.sight

        def mark(desk: Desk) -> None:
            nonlocal number
            number = desk.mark(query, how, sight)

        await self.change(mark)
        self.say_done(f"{stories(number)} marked {how}")
        self.load(keep=True)

    def action_star(self) -> None:
        row = self.row_here()
        if row is not None:
            self.work("mark", self._mark, [row.id], "unstar" if row.starred else "star")
        else:
            self.say(NO_STORY, "muted")

    def row_here(self) -> StoryRow | None:
        item = self.stories_pane.current
        if item is None:
            return None
        return item.story or (item.storyline.newest if item.storyline else None)

    async def turn_back(self, work: Callable[[Desk], str | None]) -> str | None:
        told: list[str | None] = []
        await self.change(lambda desk: told.append(work(desk)))
        if told[0]:
            self.load(keep=True)
            self.read_again()
        return told[0]

    # --- next unread

    def action_next_unread(self) -> None:
        self.work("unread", self._go_unread, 1, exclusive=True)

    def action_previous_unread(self) -> None:
        self.work("unread", self._go_unread, -1, exclusive=True)

    async def _go_unread(self, step: int) -> None:
        pane, view, folding = self.stories_pane, self.view, self.folding
        listing, number, at = pane.listing.copy(), pane.number, pane.cursor
        row = await self.lanes.front(lambda desk: find_unread(desk, view, folding, listing, at, step))
        if row is None:
            from_end = -1 if step > 0 else len(listing)
            row = await self.lanes.front(lambda desk: find_unread(desk, view, folding, listing, from_end, step))
        if number != pane.number:
            return
        pane.listing.take(listing)
        pane.extend()
        if row is None:
            unread = replace(view.narrowing, unread_only=True).query()
            number = await self.lanes.front(lambda desk: desk.count(unread))
            far = f"{stories(number)} unread, too far off to be looked for; {self.key_of('unread-only')} shows them"
            self.say(far if number else "everything here is read")
            return
        pane.go(pane.listing.row_of(*listing.locate(row)))
        item = pane.current
        if self.focused_pane in ("article", "comments") and item and item.story:
            self.on_story_chosen(StoryChosen(item.story.id))

    # --- sources

    def source_here(self) -> str:
        item = self.stories_pane.current
        names = (item.storyline.storyline.sources if item and item.storyline and item.is_head else ())[:2]
        row = self.row_here()
        if row is not None and len(names) < 2:
            names = (row.source or row.outlet or "",)
        if len(names) == 1 and names[0]:
            return names[0]
        several = f"these stories are of several sources; {self.key_of('unfold')} shows them"
        self.say(NO_STORY if row is None else several if names[1:] else "this story names no source", "muted")
        return ""

    def muting_changed(self) -> None:
        self.load(keep=True)

    # --- follows

    def action_follow(self) -> None:
        target = self._follow_target()
        if target:
            self.work("follow", self._follow, target)
        else:
            self.say("the cursor is on nothing that can be followed", "muted")

    def action_follow_search(self) -> None:
        query = self.view.narrowing.query()
        if query:
            self.work("follow", self._follow, query)
        else:
            self.say(f"search ({self.key_of('search')}) or choose a section first; this follows what narrows the list", "muted")

    def _follow_target(self) -> str | None:
        """What the cursor is on, as the desk names it."""
        pane = self.focused_pane
        if pane == "sections":
            entry = self.sections_pane.current
            if entry is None or entry.section is None or entry.kind == "all":
                return None
            return entry.section.id or f"{entry.kind}:unknown"
        if pane == "following":
            return self.following_pane.current.follow.target if self.following_pane.current else None
        item = self.stories_pane.current
        return item.storyline_id if item else None

    async def _follow(self, target: str) -> None:
        name, followed = "", False

        def toggle(desk: Desk) -> None:
            nonlocal name, followed
            name, followed = toggle_follow(desk, target)

        await self.change(toggle)
        self.say_done(f"following “{name}”" if followed else f"no longer following “{name}”")
        self.load(keep=True)

    async def look_at_follow(self, state: FollowState) -> None:
        """Show a follow's stories and remember that they were looked at: what comes in meanwhile stays new."""
        follow = state.follow
        query, sight = await self.lanes.front(lambda desk: (desk.follow_query(follow.id).text, desk.sight()))
        before = None if follow.paused else Look(follow.id, follow.looked, follow.looked_at)
        narrowing = self.wanted.narrowing.with_follow(query, follow.name, before)
        self.load(keep=False, view=replace(self.wanted, narrowing=narrowing))
        await self.change(lambda desk: desk.look_at([follow], sight))
        self.count()

    # --- storylines

    def action_merge(self) -> None:
        item = self.stories_pane.current
        if item is None or item.storyline_id is None:
            self.say(NO_STORY, "muted")
            return
        title = self._storyline_title(item)
        if self.merging is None:
            self.merging = (item.storyline_id, title)
            self.hush()
            return
        other, name = self.merging
        self.merging = None
        if other == item.storyline_id:
            self.say("that is the same storyline; nothing was merged", "muted")
            return
        self.work("correct", self._merge, item.storyline_id, other, f"“{name}” merged into “{title}”")

    def _storyline_title(self, item: Item) -> str:
        if item.storyline is not None:
            return item.storyline.title
        return item.story.heading if item.story else ""

    async def _merge(self, into: str, other: str, done: str) -> None:
        await self.change(lambda desk: desk.merge(into, other))
        self.say_done(done)
        self.load(keep=True)

    def action_split(self) -> None:
        item = self.stories_pane.current
        if item is None or item.story is None or item.storyline_id is None:
            self.say("put the cursor on the story that is to leave its storyline", "muted")
            return
        self.work("correct", self._split, item.storyline_id, item.story.id)

    async def _split(self, storyline_id: str, story_id: str) -> None:
        await self.change(lambda desk: desk.split(storyline_id, story_id))
        self.say_done("the story stands in a storyline of its own")
        self.load(keep=True)

    def line_here(self) -> tuple[str, str] | None:
        item = self.stories_pane.current
        return (item.storyline_id, self._storyline_title(item)) if item and item.storyline_id else None

    def corrected(self) -> None:
        self.load(keep=True)
        self.read_again()

    # --- what the newsroom gives

    @property
    def focused_pane(self) -> str:
        raise NotImplementedError

    def go_to(self, pane_id: str) -> None:
        raise NotImplementedError
