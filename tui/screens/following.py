"""The following screen: every follow, what is new in the one under the cursor, and what is done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from newsdesk.archive.rows import FollowState
from newsdesk.desk import Desk
from tui.drawing.render import Line, Span
from tui.keys.commands import Where, bindings
from tui.lanes import Lanes
from tui.messages import StoryChosen
from tui.panes.follow_words import NewsView
from tui.panes.following import FollowRows
from tui.panes.follows import FollowsPane, NewsPane
from tui.screens.beside import Beside
from tui.screens.follow_editing import FollowEditing
from tui.screens.packing import PackingScreen
from tui.screens.storyline import read_steps
from tui.session import Session

if TYPE_CHECKING:
    from newsdesk.briefs.developments import Development
    from tui.app import Setup

MOST_REMEMBERED = 20


class FollowingScreen(Beside, PackingScreen, FollowEditing):
    """`m` catches up, `f` stops following, Enter shows the stories or opens the one that a step is from."""

    PLACE: ClassVar[Where] = "follows"
    NAME = "Following"
    CSS = """
    FollowingScreen #follows { height: 2fr; }
    FollowingScreen #detail { height: 3fr; }
    FollowingScreen.wide #around { layout: horizontal; }
    FollowingScreen.wide #follows { width: 2fr; height: 1fr; }
    FollowingScreen.wide #detail { width: 3fr; height: 1fr; border-left: solid $edge; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("follows")]
    AUTO_FOCUS = "#follows"

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__(setup, lanes, session)
        self.states: Sequence[FollowState] = ()
        self._known_steps: dict[tuple[str, int], Sequence[Development]] = {}
        self.follows_pane, self.news_pane = FollowsPane(), NewsPane()

    def compose_panes(self) -> ComposeResult:
        yield self.follows_pane
        with Container(id="detail"):
            yield self.news_pane

    def on_mount(self) -> None:
        self.follows_pane.set_note(("Reading what you follow.", "faint"))

    # --- reading

    async def read(self) -> None:
        async for states in self.lanes.follows():
            self.states = states
            self.follows_pane.set_note(*self._empty_words())
            before = self.follows_pane.current
            self.follows_pane.put(states)
            self.show_title()
            if self.follows_pane.current != before:
                self._show_news()
        self._show_news()
        self.hint_again()

    def _empty_words(self) -> tuple[Span, ...]:
        follow, search = self.key_of("follow"), self.key_of("follow-search")
        return (
            ("You follow nothing yet.", "title"),
            (f"{follow} among the stories follows what the cursor is on: a storyline, a topic, a country.", "text"),
            (f"{search} follows the search that narrows the list.", "text"),
            ("On the command line: newsdesk follow QUERY", "text"),
        )

    def title_words(self) -> Line:
        number, fresh = len(self.states), sum(1 for state in self.states if state.new)
        words: list[Span] = [(f"{number:,} {'follow' if number == 1 else 'follows'}", "muted")] if number else []
        return (*words, (f"  {fresh:,} with news", "accent")) if fresh else tuple(words)

    def on_virtual_list_moved(self, message: FollowsPane.Moved) -> None:
        if message.view is self.follows_pane:
            self._show_news()

    def _show_news(self) -> None:
        state = self.follows_pane.current
        if state is None:
            self.news_pane.show(None)
        else:
            self.work("news", self._read_news, state, exclusive=True)

    async def _read_news(self, state: FollowState) -> None:
        follow = state.follow
        key = (follow.target, self.version)
        wanted = follow.kind == "storyline" and not follow.paused
        steps = self._known_steps.get(key) if wanted else ()
        view = await self.lanes.back(lambda desk: read_news(desk, follow.id, steps))
        self.news_pane.show(view)
        if view is not None and steps is None:
            told = await self.lanes.back(lambda desk: read_steps(desk, follow.target))
            while len(self._known_steps) >= MOST_REMEMBERED:
                del self._known_steps[next(iter(self._known_steps))]
            self._known_steps[key] = told
            self.news_pane.show(NewsView(view.news, told, view.countries))

    # --- what a person does

    @property
    def follow_rows(self) -> FollowRows:
        return self.follows_pane

    def on_follows_pane_chosen(self, message: FollowsPane.Chosen) -> None:
        newsroom, state = self.newsroom, message.state
        self.leave("stories")
        newsroom.work("look-at", newsroom.look_at_follow, state)

    def on_news_pane_chosen(self, message: NewsPane.Chosen) -> None:
        newsroom = self.newsroom
        self.leave("article")
        newsroom.on_story_chosen(StoryChosen(message.story_id))

    def line_here(self) -> tuple[str, str] | None:
        state = self.follows_pane.current
        return (state.follow.target, state.follow.name) if state and state.follow.kind == "storyline" else None

    def action_follow(self) -> None:
        self.do_to_follow(lambda desk, follow_id: desk.unfollow(follow_id), "no longer following {}")


def read_news(desk: Desk, follow_id: str, steps: Sequence[Development] | None) -> NewsView | None:
    """What is new in a follow, with countries' names; None where it was unfollowed meanwhile."""
    from newsdesk.countries import country_name

    if not desk.is_followed(follow_id):
        return None
    news = desk.follow_news(follow_id)
    return NewsView(news, steps, {code: country_name(code) for code in news.countries})
