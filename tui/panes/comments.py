"""The comments pane: the readers' mood as a bar, then the thread. A long thread is laid out piece by piece as it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsdesk.model import Story
from tui.panes.page import Page
from tui.panes.thread import Thread, mood_lines, thread_lines
from tui.render import Line

AT_ONCE = 200  # comments laid out before the first paint, and each time the end of what is laid out comes near


class CommentsPane(Page):
    """Shows a story's comments. Where more than :data:`AT_ONCE` are there, the rest follows as it comes near."""

    BORDER_TITLE = "4 Comments"

    def __init__(self) -> None:
        super().__init__(id="comments")
        self.story: Story | None = None
        self.why = False
        self._rest: Iterator[list[Line]] = iter(())

    def show(self, story: Story | None) -> None:
        """Show another story's comments; the same ones stay where they are read."""
        same = story is not None and self.story is not None and story.id == self.story.id
        if same and self.story is not None and story is not None and story.comments == self.story.comments:
            return
        self.story = story
        number = len(story.comments) if story else 0
        self.border_title = f"4 Comments  {number:,}" if number else "4 Comments"
        self.set_note(("No reader comments came with this story.", "faint"))
        self.update(keep_place=same)

    def turn_why(self, why: bool) -> None:
        self.why = why
        self.update()

    def addresses(self) -> Sequence[str]:
        from tui.links import links_of

        return [url for url, _ in links_of(self.story)] if self.story else ()

    def lay_out(self, width: int) -> Sequence[Line]:
        if not self.story or not self.story.comments:
            self._rest = iter(())
            return ()
        thread = Thread(width, self.glyphs, self.why)
        self._rest = thread_lines(self.story.comments, thread)
        return [*mood_lines(self.story.mood, thread), *self._more(AT_ONCE)]

    def _more(self, comments: int) -> list[Line]:
        lines: list[Line] = []
        for _, piece in zip(range(comments), self._rest, strict=False):
            lines += piece
        return lines

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if new_value + 4 * self.inner_height >= self.length:
            self._extend(AT_ONCE)

    def _extend(self, comments: int) -> None:
        lines = self._more(comments)
        if lines:
            self.lines += lines
            self.set_length(len(self.lines))

    def action_bottom(self) -> None:
        """The end of a long thread: all of it is laid out first."""
        self._extend(len(self.story.comments) if self.story else 0)
        super().action_bottom()
