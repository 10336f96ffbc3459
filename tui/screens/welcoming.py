"""When the welcome is shown: at a first start, where a refresh brought nothing into an empty desk, and when it is asked for."""

from __future__ import annotations

from tui.drawing.render import Span
from tui.screens.reading import ReadingScreen


class WelcomingScreen(ReadingScreen):
    """Shows the welcome over the newsroom."""

    def show_welcome(self, why: Span | None = None) -> None:
        """`why`: what has gone before, for which it is shown."""
        from tui.screens.welcome import WelcomeScreen

        if self.app.screen is self:
            empty = self.counts is None or self.counts.empty
            self.app.push_screen(WelcomeScreen(self.setup.first, self.setup.demo, self.setup.env, why, empty=empty))

    def welcome_at_start(self) -> None:
        """Ask what to read, where nothing can come in by itself."""
        first = self.setup.first
        if first is not None and first.welcome:
            if self.setup.demo:
                self.show_welcome()
            else:
                self.work("welcome", self._welcome_if_empty, None)

    def welcome_after(self, says: Span) -> None:
        """A refresh has ended: where nothing has come in yet, ask again, with what it said."""
        if self.setup.first is not None and not self.setup.demo:
            self.work("welcome", self._welcome_if_empty, says)

    async def _welcome_if_empty(self, says: Span | None) -> None:
        if not await self.lanes.back(lambda desk: desk.count(with_muted=True)):
            self.show_welcome(says)
