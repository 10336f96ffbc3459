"""The comments pane: the readers' mood as a bar, then the thread, with what can be done in it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from textual import events
from textual.binding import BindingType
from textual.message import Message

from newsdesk.model import Comment, Story
from newsdesk.threads.kept_text import changes
from tui.drawing.render import Span
from tui.keys.commands import bindings
from tui.messages import Said
from tui.panes.thread import mood_lines
from tui.panes.thread_page import AT_ONCE, ThreadPage
from tui.panes.thread_tree import ThreadTree
from tui.widgets.line_view import Landing

if TYPE_CHECKING:  # nobody has searched yet
    from tui.drawing.found import SoughtInThread

MOST_PATCHED = 5  # comments that are drawn anew where they stand

NO_COMMENT = "there is no comment here"
NO_COMMENTS: Span = ("No reader comments came with this story.", "faint")
NO_STORY: Span = ("What readers wrote appears here, with their mood.", "faint")

Wish: TypeAlias = Literal["find", "author", "mood"]


class CommentsPane(ThreadPage):
    """Shows a story's comments, with a cursor that stands on one of them. Posts :class:`Asked`."""

    BORDER_TITLE = "4 Comments"
    CHOOSING = "fold"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("thread")]

    class Asked(Message):
        """Something is wanted that has to be asked for first: words to find, an author, another mood for this comment."""

        def __init__(self, wish: Wish) -> None:
            super().__init__()
            self.wish: Wish = wish

    def __init__(self) -> None:
        super().__init__()
        self.wanted: Callable[[Comment], bool] | None = None  # what was searched for last
        self._hits: AbstractSet[int] | None = None  # the indexes of those that are, once they are known
        self._query = ""
        self._by_query: SoughtInThread | None = None

    def show(self, story: Story | None) -> None:
        """Show another story's comments; the same ones stay where they are read."""
        same = story is not None and self.story is not None and story.id == self.story.id
        if same and self.story is not None and story is not None and story.comments == self.story.comments:
            return
        before, row = self.talk, self._row_in_sight()
        self.story = story
        if same and story is not None and self._patch(story):
            return
        self.talk, self._hits = ThreadTree(story.comments if story else ()), None
        self.at = self._carry(before) if same else 0
        if not same:
            self._seek(self._by_query)
        number = len(self.talk)
        self.border_title = f"4 Comments  {number:,}" if number else "4 Comments"
        self.set_note(NO_COMMENTS if story else NO_STORY)
        self.update(keep_place=same)
        if same and row is not None and self.at in self._places:
            self.scroll_to(y=max(0, min(self.max_scroll_y, self._start(self.at) - row)), animate=False)

    def _patch(self, story: Story) -> bool:
        """Draw anew only what is another in a few comments, their moods above all; false where the thread itself is another."""
        changed = changes(self.talk.comments, story.comments)
        thread = self._thread(self.inner_width)
        head = mood_lines(story.mood, thread)
        if changed is None or len(changed) > MOST_PATCHED or not self._starts or self.inner_width != self._laid_out_for:
            return False
        self.talk.comments = story.comments
        self.lines[: self._starts[0]] = head
        if (more := len(head) - self._starts[0]) != 0:
            self._starts = [start + more for start in self._starts]
        for place in map(self.talk.place_of, changed):
            row = self._row(place or 0)
            if self._places[row] == place:
                lines = self._lines_of(place, thread)
                if len(lines) != self._end(place) + 1 - self._starts[row]:
                    return False
                self.lines[self._starts[row] : self._end(place) + 1] = lines
        self.set_length(len(self.lines))
        return True

    def _carry(self, before: ThreadTree) -> int:
        """What was folded, and where the cursor is, among the comments as they are now. They are told by what they say, and of
        those that say the same the first from the second."""
        if not before.folded and not self.at:
            return 0
        known = list(islice(_told_apart(before), max([self.at, *before.folded]) + 1))
        folded = {known[place] for place in before.folded}
        here = known[self.at] if self.at < len(known) else None
        at = 0
        for place, said in enumerate(_told_apart(self.talk)):
            if said in folded and self.talk.has_replies(place):
                self.talk.folded.add(place)
            if said == here:
                at = place
        return at

    def turn_why(self, why: bool) -> None:
        self.why = why
        self.update(keep_place=bool(self.at))
        if self.at:
            self._show_whole(centre=True)

    def addresses(self) -> Sequence[str]:
        from tui.outside.links import links_of

        return [url for url, _ in links_of(self.story)] if self.story else ()

    @property
    def current(self) -> Comment | None:
        """The comment under the cursor."""
        return self.talk.comment(self.at) if len(self.talk) else None

    # --- the thread

    def action_choose(self) -> None:
        """Fold what answers the comment into it, or open it again."""
        if len(self.talk) and self.talk.turn(self.at):
            self._lay_out_from(self.at)
            self._show_whole()
        else:
            self.say_why_not("no reply to this comment to fold" if len(self.talk) else NO_COMMENT)

    def action_fold(self) -> None:
        """Fold; where there is nothing to fold, to what the comment answers."""
        if not len(self.talk):
            return
        if self.talk.has_replies(self.at) and self.at not in self.talk.folded:
            self.action_choose()
        else:
            self._visit(self.talk.parent(self.at))

    def action_unfold(self) -> None:
        """Open; where it is open, to the first answer."""
        if not len(self.talk):
            return
        if self.at in self.talk.folded:
            self.action_choose()
        elif self.talk.has_replies(self.at):
            self._visit(self.at + 1)

    def action_thread_fold_all(self) -> None:
        if len(self.talk):
            above = list(self.talk.above(self.at))
            self.at = above[-1] if self.talk.fold_all() and above else self.at
            self.update(keep_place=True)
            self._show_whole(centre=True)

    def action_thread_next(self) -> None:
        self._visit_or_tell(lambda at: self.talk.beside(at, 1), "no reply to the same comment follows")

    def action_thread_previous(self) -> None:
        self._visit_or_tell(lambda at: self.talk.beside(at, -1), "no reply to the same comment is before this one")

    def action_thread_parent(self) -> None:
        self._visit_or_tell(self.talk.parent, "this comment replies to no other")

    def _visit_or_tell(self, place_from: Callable[[int], int | None], why_not: str) -> None:
        if not len(self.talk):
            self.say_why_not(NO_COMMENT)
        elif not self._visit(place_from(self.at)):
            self.say_why_not(why_not)

    def action_thread_find(self) -> None:
        self._ask("find")

    def action_thread_author(self) -> None:
        self._ask("author")

    def action_judge(self) -> None:
        self._ask("mood")

    def _ask(self, wish: Wish) -> None:
        if len(self.talk):
            self.post_message(self.Asked(wish))
        else:
            self.say_why_not(NO_COMMENT)

    def mark_found(self, query: str) -> None:
        """Mark what the list's query looked for in comments, from now on."""
        if query != self._query:
            from tui.drawing.found import sought_in_thread

            self._query, self._by_query = query, sought_in_thread(query)
            self._seek(self._by_query)

    def _seek(self, sought: SoughtInThread | None, wanted: Callable[[Comment], bool] | None = None) -> None:
        """Mark something and go to it from now on."""
        before, self.sought = self.sought, sought
        self.wanted, self._hits = wanted or (sought.is_in if sought else None), None
        if sought != before and self.story is not None:
            self.update(keep_place=True)

    async def find(self, wanted: Callable[[Comment], bool], sought: SoughtInThread) -> int | None:
        """Mark what is sought, and go to the next comment, from the cursor's on and round the end, that is wanted. How many
        are; None where something else is wanted by now."""
        self._seek(sought, wanted)
        went = await self._go_on()
        return None if went is None else len(went[1])

    async def _go_on(self) -> tuple[int | None, AbstractSet[int]] | None:
        """To the next comment that is wanted: its place in the thread, and which are wanted, by index."""
        hits = await self._look_through()
        if hits is None:
            return None
        place = self.talk.next_of(hits, self.at + 1)
        self._visit(place)
        return place, hits

    async def _look_through(self) -> AbstractSet[int] | None:
        """Which comments are wanted, by index: looked for once, a piece at a time, so that keys are let in between."""
        talk, wanted, hits = self.talk, self.wanted, self._hits
        if hits is None and wanted is not None:
            hits = set()
            for index, comment in enumerate(talk.comments):
                if index % AT_ONCE == AT_ONCE - 1:
                    await asyncio.sleep(0)
                if wanted(comment):
                    hits.add(index)
            if talk is not self.talk or wanted is not self.wanted:
                return None
            self._hits = hits
        return hits

    def action_thread_again(self) -> None:
        if self.wanted is None:
            self._ask("find")
        else:
            self._newest = self.run_worker(self._find_next(), group="find", exclusive=True)

    async def _find_next(self) -> None:
        went = await self._go_on()
        if went is not None:
            place, hits = went
            nth = 0 if place is None else sum(self.talk.index(at) in hits for at in range(place + 1))
            self.post_message(Said(f"{nth:,} of {len(hits):,}" if hits else "no comment here has what was looked for"))

    def go_to(self, index: int) -> None:
        """The cursor to the comment of that index in the story."""
        self._visit(self.talk.place_of(index))

    # --- focus, jump mode, the mouse

    def on_focus(self) -> None:
        self._follow()
        self.refresh_cells(self._start(self.at), 1)

    def on_blur(self) -> None:
        self.refresh_cells(self._start(self.at), 1)

    def landings(self) -> Iterator[Landing]:
        """The comments that begin in sight, and the web addresses."""
        top, taken = self.scroll_offset.y, set()
        for landing in super().landings():
            taken.add(landing.y)
            yield landing
        for start, place in zip(self._starts, self._places, strict=True):
            if top <= start < top + self.inner_height and start - top not in taken:
                yield Landing(0, start - top, partial(self._put, place))

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a comment; on the head of the cursor's it folds or opens."""
        offset = event.get_content_offset(self)
        if offset is None or event.button != 1 or self.is_on_bar(event) or not self._places:
            return
        event.stop()
        y = offset.y + self.scroll_offset.y
        place = self._places[self._row_at(y)]
        if place == self.at and y == self._start(place):
            self.action_choose()
        elif y >= self._starts[0] and y < self.length:
            self._put(place)


def _told_apart(talk: ThreadTree) -> Iterator[tuple[str | None, str, int]]:
    """Who writes what, and how often that was before: by this a comment is known in the thread as it will be."""
    before = Counter[tuple[str | None, str]]()
    for comment in map(talk.comment, range(len(talk))):
        said = comment.author, comment.text
        yield *said, before[said]
        before[said] += 1
