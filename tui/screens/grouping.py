"""A person's corrections of one story's or storyline's place: move, pin, rename. Every one can be undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from newsdesk.desk import Desk
from newsdesk.model import Storyline
from tui.panes.stories import StoriesPane
from tui.screens.base import NO_STORY
from tui.screens.correcting import StoryAtHand
from tui.screens.packing import PackingScreen
from tui.screens.sheet import is_on_top


class GroupingScreen(PackingScreen, StoryAtHand):
    """Subclasses have a list of stories."""

    stories_pane: StoriesPane

    def story_here(self) -> tuple[str, str] | None:
        """Id and heading of the story under the cursor."""
        item = self.stories_pane.current
        return (item.story.id, item.story.heading) if item and item.story else None

    def action_compare(self) -> None:
        line, story = self.line_here(), self.story_here()
        if line is not None:
            self.work("compare", self._compare, line[0], story[0] if story else "", exclusive=True)
        else:
            self.say(NO_STORY, "muted")

    async def _compare(self, line_id: str, story_id: str) -> None:
        from tui.screens.compare import CompareScreen

        stories = await self.lanes.front(lambda desk: desk.storyline_stories(line_id))
        if len(stories) < 2:
            self.say(f"no other story tells of this yet; {self.key_of('merge')} joins storylines", "muted")
        elif is_on_top(self):
            over = self.PLACE == "storyline"
            self.open_beside(CompareScreen(self.setup, self.lanes, self.session, line_id, story_id, over=over))

    def _correct(self, work: Callable[[Desk], object], done: str) -> None:
        self.work("correct", self.correct, work, done)

    def ask_line(self, question: str, without: str, do: Callable[[str, str], None]) -> None:
        """Let a person choose a storyline; `do` gets its id and title."""
        from tui.screens.picking import LinePicker

        self.app.push_screen(LinePicker(self.lanes, question, without, do))

    def action_move(self) -> None:
        story, line = self.story_here(), self.line_here()
        if story is None or line is None:
            self.say("put the cursor on the story that is to move", "muted")
            return
        self.ask_line(f"Move “{story[1]}” into which storyline?", line[0], partial(self._move, *story))

    def _move(self, story_id: str, heading: str, line_id: str, title: str) -> None:
        self._correct(lambda desk: desk.move(story_id, line_id), f"“{heading}” moved into “{title}”")

    def action_pin(self) -> None:
        line = self.line_here()
        if line is not None:
            self.work("correct", self._pin, line[0])
        else:
            self.say(NO_STORY, "muted")

    async def _pin(self, line_id: str) -> None:
        found = await self._find_line(line_id)
        if found is None:
            return
        pinned, title = not found.pinned, found.title
        said = f"pinned “{title}”: it is never merged or split unasked" if pinned else f"“{title}” is no longer pinned"
        await self.correct(lambda desk: desk.pin(line_id, pinned), said)

    async def _find_line(self, line_id: str) -> Storyline | None:
        """The storyline as it is now; where there is none any more, that is said."""
        found = await self.lanes.front(lambda desk: desk.storyline(line_id))
        if found is None:
            self.say("that storyline is not here any more", "muted")
        return found

    def action_rename(self) -> None:
        line = self.line_here()
        if line is not None:
            self.work("rename", self._ask_title, line[0], exclusive=True)
        else:
            self.say(NO_STORY, "muted")

    async def _ask_title(self, line_id: str) -> None:
        from tui.screens.entry import Prompt

        found = await self._find_line(line_id)
        if found is not None:
            words = (("Another title for the storyline", "title"), ("It stays whatever comes in.", "muted"))
            self.app.push_screen(Prompt(words, partial(self._rename, found.id), text=found.title))

    def _rename(self, line_id: str, title: str) -> None:
        self._correct(lambda desk: desk.rename(line_id, title), f"renamed to “{title}”")
