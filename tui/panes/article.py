"""The article pane: one story at a readable measure."""

from __future__ import annotations

from collections.abc import Sequence

from newsdesk.model import Story
from tui.panes.article_text import Reading, article_lines
from tui.panes.page import Page
from tui.render import Line


class ArticlePane(Page):
    """Shows a story; `why` is turned by :meth:`turn_why`."""

    BORDER_TITLE = "3 Article"

    def __init__(self) -> None:
        super().__init__(id="article")
        self.story: Story | None = None
        self.why = False

    def show(self, story: Story | None) -> None:
        """Show another story from its start; the same story again (perhaps changed) stays where it is read."""
        same = story is not None and self.story is not None and story.id == self.story.id
        if same and story == self.story:
            return
        self.story = story
        self.set_note(("The story under the cursor appears here.", "faint"))
        self.update(keep_place=same)

    def turn_why(self) -> bool:
        """Show or hide what speaks for each label; returns whether it is shown now."""
        self.why = not self.why
        self.update()
        return self.why

    def addresses(self) -> Sequence[str]:
        from tui.links import links_of

        return [url for url, _ in links_of(self.story)] if self.story else ()

    def lay_out(self, width: int) -> Sequence[Line]:
        return article_lines(self.story, Reading(width, self.glyphs, self.now, self.why)) if self.story else ()
