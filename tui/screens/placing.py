"""Which panes are on the screen, and which has the focus: by size, by key, one alone, a story with nothing around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.widget import Widget

from newsdesk.archive.rows import StoryRow
from newsdesk.model import Story
from tui.arrangement import PANES, arrange
from tui.drawing.render import Line
from tui.keys.commands import Command, Where
from tui.lanes import Lanes
from tui.messages import PaneEntered, StoryChosen
from tui.places import ROOMY_FROM, title_with_comments, usual_left
from tui.screens.base import NO_STORY
from tui.screens.changing import ChangingScreen
from tui.screens.sizing import SizingScreen
from tui.session import Session
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from tui.app import Setup

TEXTS = ("article", "comments")
SIDE = ("sections", "following")
SIDE_WIDTH = 30


class PlacingScreen(SizingScreen, ChangingScreen):
    """The newsroom composes the panes; here they come and go."""

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__(setup, lanes, session)
        self._pane = "stories"
        self._zoomed = False
        self._zen_from: str | None = None  # the pane that zen was begun from, while it lasts

    def on_resize(self) -> None:
        self.lay_out()

    def _show_story(self, story: Story | None, original: StoryRow | None = None) -> None:
        super()._show_story(story, original)
        self.entitle_article()

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
        self.entitle_article()
        self.set_lengths()

    def entitle_article(self) -> None:
        """Where the comments are out of sight, the article's title says that there are some, and how many."""
        story, pane = self.article_pane.story, self.article_pane
        hidden = story is not None and "comments" not in self.arrangement.visible
        title = title_with_comments(pane.BORDER_TITLE, len(story.comments) if story is not None and hidden else 0)
        if pane.border_title != title:  # setting it draws the pane anew
            pane.border_title = title

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
        own: Mapping[str, Where] = {"article": "article", "comments": "thread", "following": "following"}
        return (own[self._pane], *super().places) if self._pane in own else super().places

    def hint_for(self, command: Command) -> str:
        if command.group == "Reading" and (self._pane in SIDE or not len(self.stories_pane.listing)):
            return ""
        return self.way_back() if command.id == "back" else super().hint_for(command)

    def way_back(self) -> str:
        """What Esc would do now, in a word or two; nothing where it would do nothing that is seen."""
        if self.merging is not None:
            return "no merge"
        if self._zoomed:
            return "all panes"
        if self._pane != "stories":
            return "list"
        return "widen" if not self.view.narrowing.empty else ""

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

    # --- by key

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
        self.hint_again()

    def action_zen(self) -> None:
        """The story under the cursor and nothing else; from there back to where that was begun."""
        if self._zen_from is not None:
            back, self._zen_from = self._zen_from, None
            self.go_to(back)
            self.hush()
            return
        item = self.stories_pane.current
        if self._pane not in TEXTS and (item is None or item.story_id is None):
            self.say(NO_STORY, "muted")
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
