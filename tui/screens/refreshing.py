"""The refresh as the newsroom sees it: a child that reports, a line that says how far it is, a key that stops it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.timer import Timer
from textual.worker import Worker

from tui.bridge import run_refresh
from tui.lanes import Lanes
from tui.messages import RefreshFailed, RefreshFinished, RefreshMoved, RefreshStarted, StoriesStored
from tui.render import Line
from tui.screens.reading import ReadingScreen
from tui.session import Session

if TYPE_CHECKING:
    from tui.app import Setup

SHOW_EVERY_S = 0.5  # how often progress is drawn: a busy refresh must not flood a slow line
LOAD_AFTER_S = 0.3  # how long stored stories are gathered before the list is read anew


class Refreshing(ReadingScreen):
    """Starts, shows and stops refreshes; one at a time."""

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__(setup, lanes, session)
        self._child: Worker[int | None] | None = None
        self._again = False
        self._progress: tuple[int, int, str] | None = None
        self._ticker: Timer | None = None
        self._loading: Timer | None = None

    @property
    def refreshing(self) -> bool:
        return self._progress is not None

    def action_refresh(self) -> None:
        if self.refreshing:
            self.say("a refresh is running; Esc stops it", "muted")
        elif not self.setup.refresh_command:
            self.say("there are no sources to refresh here", "muted")
        else:
            self.start_refresh()

    def start_refresh(self) -> None:
        """Run a refresh; where one is running, another follows it."""
        if self.refreshing:
            self._again = True
            return
        if not self.setup.refresh_command:
            return
        self._progress = (0, 0, "")
        self._ticker = self.set_interval(SHOW_EVERY_S, self.show_title)
        self.show_title()
        self._child = self.run_worker(
            partial(run_refresh, self.setup.refresh_command, self._tell), group="refresh", exit_on_error=False
        )

    def _tell(self, message: object) -> None:
        if self.is_attached:
            self.post_message(message)  # type: ignore[arg-type]

    def stop_refresh(self) -> bool:
        """Stop a running refresh; false where none runs."""
        self._again = False
        if self._child is None or not self.refreshing:
            return False
        self._child.cancel()
        return True

    def refresh_words(self) -> Line:
        """How the refresh goes, for the title line; empty where none runs."""
        if self._progress is None:
            return ()
        done, of, what = self._progress
        share = f"{done:,} of {of:,}" if of else "starting"
        name = what.rsplit("/", 1)[-1]
        return ((f"refreshing {share} ", "text"), (f"{name} " if name else "", "muted"), ("Esc stops", "faint"))

    # --- what the child says

    def on_refresh_started(self, message: RefreshStarted) -> None:
        self._progress = (0, message.sources, "")

    def on_refresh_moved(self, message: RefreshMoved) -> None:
        self._progress = (message.done, message.of, message.what)

    def on_stories_stored(self, message: StoriesStored) -> None:
        if self._loading is None:
            self._loading = self.set_timer(LOAD_AFTER_S, self._load_stored)

    def _load_stored(self) -> None:
        self._loading = None
        self.load(keep=True)

    def on_refresh_finished(self, message: RefreshFinished) -> None:
        self._ended()
        self.load(keep=True)
        self.say(*words_of(message.report))

    def on_refresh_failed(self, message: RefreshFailed) -> None:
        self._ended()
        if message.why:
            self.say_error(f"refresh failed: {message.why}")
        else:
            self.say("refresh stopped; what was stored stays", "muted")

    def _ended(self) -> None:
        self._progress = None
        if self._ticker is not None:
            self._ticker.stop()
        self.show_title()
        if self._again:
            self._again = False
            self.start_refresh()

    def show_title(self) -> None:
        raise NotImplementedError


def words_of(report: dict[str, object]) -> tuple[str, str]:
    """A finished refresh in a sentence, and its ink: failures first, with what failed and why."""
    sources = report.get("sources")
    failed = [s for s in sources if isinstance(s, dict) and s.get("status") == "failed"] if isinstance(sources, list) else []
    stories = report.get("stories")
    new, changed = (stories.get("new", 0), stories.get("changed", 0)) if isinstance(stories, dict) else (0, 0)
    brought = f"{new} new, {changed} changed" if new or changed else "nothing new"
    if not failed:
        return f"refreshed: {brought}", "muted"
    first = failed[0]
    name = str(first.get("path") or first.get("url") or first.get("id") or "a source").rsplit("/", 1)[-1]
    others = f" and {len(failed) - 1} more" if len(failed) > 1 else ""
    return f"refreshed: {brought}; failed: {name}{others}: {first.get('error') or 'no reason given'}", "error"
