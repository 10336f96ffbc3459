"""The article pane: one story at a readable measure, and what is looked for in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.message import Message

from newsdesk.archive.rows import StoryRow
from newsdesk.model import Story
from tui.drawing.render import Line, age
from tui.keys.commands import bindings
from tui.panes.article_text import Reading, article_lines
from tui.panes.page import Page

if TYPE_CHECKING:  # nobody has searched yet
    from tui.drawing.found import Sought

ABOVE = 3  # lines left above one that is gone to


class ArticlePane(Page):
    """Shows a story; `why` is turned by :meth:`turn_why`. Posts :class:`Asked`."""

    BORDER_TITLE = "3 Article"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("article")]

    class Asked(Message):
        """Words to find are to be asked for, and given to `find`."""

        def __init__(self, find: Callable[[str], None]) -> None:
            super().__init__()
            self.find = find

    def __init__(self, *, id: str = "article") -> None:  # noqa: A002, Textual's own name for it
        super().__init__(id=id)
        self.story: Story | None = None
        self.original: StoryRow | None = None
        self.why = False
        self._query = ""
        self._sought: Sought | None = None
        self._at = -1  # the line that was gone to last
        self._age = ""  # of the story, as it stands there

    def show(self, story: Story | None, original: StoryRow | None = None) -> None:
        """Show another story from its start; the same story again (perhaps changed) stays where it is read. `original`: what it
        is a copy of."""
        same = story is not None and self.story is not None and story.id == self.story.id
        if same and (story, original) == (self.story, self.original):
            return
        self.story, self.original = story, original
        self._at = self._at if same else -1
        self.set_note(("The story under the cursor appears here.", "faint"))
        self.update(keep_place=same)

    def tell_ages(self) -> None:
        if self.story is not None and age(self.story.published, self.now) != self._age:
            self.update(keep_place=True)

    def turn_why(self) -> bool:
        """Show or hide what speaks for each label; returns whether it is shown now."""
        self.why = not self.why
        self.update()
        return self.why

    def addresses(self) -> Sequence[str]:
        from tui.outside.links import links_of

        return [url for url, _ in links_of(self.story)] if self.story else ()

    def lay_out(self, width: int) -> Sequence[Line]:
        if self.story is None:
            return ()
        now = self.now
        self._age = age(self.story.published, now)
        return article_lines(self.story, Reading(width, self.glyphs, now, self.why, self._sought, self.original))

    # --- what is looked for

    def mark_found(self, query: str) -> None:
        """Mark what the list's query looked for, from now on."""
        if query != self._query:
            from tui.drawing.found import sought_by

            self._query = query
            self._seek(sought_by(query))

    def _seek(self, sought: Sought | None) -> None:
        if sought != self._sought:
            self._sought, self._at = sought, -1
            if self.story is not None:
                self.update(keep_place=True)

    def find(self, text: str) -> None:
        """Mark words that begin so and go to the first of them that is in sight or below."""
        from tui.drawing.found import sought_words

        self._seek(sought_words(text))
        self._go_on()

    def action_thread_find(self) -> None:
        if self.story is not None:
            self.post_message(self.Asked(self.find))
        else:
            self.say_why_not("there is no story here")

    def action_thread_again(self) -> None:
        if self._sought is None:
            self.action_thread_find()
        else:
            self._go_on()

    def _go_on(self) -> None:
        """To the next line in which something was found, round the end."""
        from tui.drawing.found import found_lines

        lines, top = found_lines(self.lines), self.scroll_offset.y
        if not lines:
            self.say_why_not("no word of this text is what was looked for")
            return
        after = self._at if top <= self._at < top + self.inner_height else top - 1
        self._at = next((y for y in lines if y > after), lines[0])
        if not top <= self._at < top + self.inner_height - 1:
            self.scroll_to(y=max(0, min(self.max_scroll_y, self._at - ABOVE)), animate=False)
        self.say_why_not(f"found in line {lines.index(self._at) + 1} of {len(lines)}")
