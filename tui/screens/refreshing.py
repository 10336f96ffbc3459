"""The refresh as the newsroom sees it: a child that reports, a line that says how far it is, a key that stops it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer
from textual.worker import Worker

from newsdesk.desk import Desk
from newsdesk.model import Json, Origin
from tui.drawing.render import Line, Span, clock_time, line_width, shorten
from tui.lanes import Lanes
from tui.messages import RefreshFailed, RefreshFinished, RefreshMoved, RefreshStarted, StepMoved, StoriesStored
from tui.outside.bridge import run_refresh
from tui.refreshed import first_due, full_name, short_name, words_of
from tui.screens.reading import ReadingScreen
from tui.session import Session

if TYPE_CHECKING:
    from newsdesk.feeds.health import FeedHealth
    from tui.app import Setup
    from tui.panes.source_words import SeedHealth

SHOW_EVERY_S = 0.5  # how often progress is drawn: a busy refresh must not flood a slow line
LOAD_AFTER_S = 0.3  # how long stored stories are gathered before the list is read anew: the first ones
LOAD_EVERY_S = 1.5  # and those after them, so that a refresh that stores all the time leaves the keys alone
LOAD_SELDOM_S = 6.0  # where nobody has touched a full list: every row of it is another one each time, and a line may be slow
TITLE_CELLS = 34  # of the title line before its right end, with what stands between
LEAST_NAMED = 10  # cells below which a name of a source says nothing
COUNT_EVERY = 4  # so many times the list would have been read while it is kept still: then what there is, is counted


@dataclass(frozen=True, slots=True)
class SourceNews:
    """What the running or last refresh says of a source. `status` is that of the report."""

    status: str
    new: int = 0
    changed: int = 0
    error: str | None = None


class Refreshing(ReadingScreen):
    """Starts, shows and stops refreshes; one at a time."""

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__(setup, lanes, session)
        self.source_news: dict[str, SourceNews] = {}
        self.pages: set[str] = set()  # files of pasted pages
        self._failing: set[str] = set()  # sources whose last answer was none
        self.asked: str | None = None  # the one source that is being refreshed, None where it is all of them
        self._by_hand = self._forced = False  # whether a person asked for all of them, and also for those that are not due
        self._again_until: datetime | None = None  # until then R reads also what is not due, as it said
        self._child: Worker[int | None] | None = None
        self._next: list[str | None] = []
        self._progress: tuple[int, int, str] | None = None
        self._at_step = False  # whether that is of something else than sources
        self._read = (0, 0, "")  # what it is of the sources
        self._ticker: Timer | None = None
        self._loading: Timer | None = None
        self._loads = 0  # in this refresh
        self._brought = 0  # new stories, in this refresh
        self._clock: Timer | None = None

    @property
    def refreshing(self) -> bool:
        return self._progress is not None

    def action_refresh(self) -> None:
        """Read the source of the story under the cursor; all of them where there is no story."""
        item = self.stories_pane.current
        story_id = item.story_id if item else None
        if story_id is None:
            self.refresh_sources()
        else:
            self.work("source", self._refresh_source_of, story_id, exclusive=True)

    async def _refresh_source_of(self, story_id: str) -> None:
        def find(desk: Desk) -> str | None:
            story = desk.story(story_id)
            return source_of(story.origins, self.setup.seeds) if story else None

        source = await self.lanes.front(find)
        if source is None:
            self.say(f"this story's source is not read any more; {self.key_of('refresh-all')} reads every source", "muted")
        else:
            self.refresh_sources(source)

    def refresh_all(self) -> None:
        """A person asks for all sources: for those that are due; again, where that was none, for the others too."""
        self.refresh_sources(force=self._again_until is not None and self.setup.now() < self._again_until)

    def refresh_sources(self, only: str | None = None, *, force: bool = False) -> None:
        """A person asks for a refresh, of one source or of all, with `force` also of those that are not due; what can't be done
        is said."""
        screen = self.on_top
        if self.refreshing:
            screen.say(f"a refresh is running; {self.key_of('stop-refresh')} stops it", "muted")
        elif not self.setup.refresh_command:
            screen.say("there are no sources to refresh here", "muted")
        else:
            self.start_refresh(only, force=force)
            self._by_hand = only is None
            if only is not None:
                screen.say(f"reading {short_name(only)}", "muted")

    def start_clock(self) -> None:
        """Refresh as often as the settings say, from now on."""
        if self._clock is not None:
            self._clock.stop()
        every_s = self.setup.refresh_every_s if self.setup.polls else None
        self._clock = self.set_interval(every_s, self.refresh_by_clock) if every_s else None

    def refresh_by_clock(self) -> None:
        """The time that the settings name has passed."""
        if not self.refreshing:
            self.start_refresh()

    def start_refresh(self, only: str | None = None, *, force: bool = False) -> None:
        """Run a refresh of all sources, or of one; where one is running, it is done after that. `force`: due or not."""
        if self.refreshing:
            if only not in self._next and None not in self._next:
                self._next.append(only)
            return
        if not self.setup.refresh_command:
            return
        self._progress = (0, 0, "")
        self.asked, self._by_hand, self._forced, self._again_until = only, False, force, None
        self.source_news = {}
        self._ticker = self.set_interval(SHOW_EVERY_S, self._show_progress)
        self._show_progress()
        self.hint_again()
        command = (*self._command(only), "--force") if force else self._command(only)
        self._child = self.run_worker(partial(run_refresh, command, self._tell), group="refresh", exit_on_error=False)

    def _command(self, only: str | None) -> Sequence[str]:
        command = self.setup.refresh_command
        if only is None:
            return command
        return page_command(command, only) if only in self.pages else only_command(command, only)

    def _show_progress(self) -> None:
        self.show_title()
        if not len(self.stories_pane.listing):
            self.say_empty()

    def _empty_words(self) -> tuple[Span, ...]:
        """Where nothing is there yet but is being read, how far that is."""
        empty = self.counts is None or self.counts.empty
        if self._progress is None and empty and self.failing:
            many = f"{self.failing:,} sources" if self.failing > 1 else "One source"
            return (
                (f"{many} could not be read.", "title"),
                (f"{self.key_of('feeds')} shows which and why; {self.key_of('settings')} changes what is read.", "text"),
                (f"{self.key_of('welcome')} asks what else to read.", "text"),
            )
        if self._progress is None or not (empty or self.view.narrowing.empty):  # what is stored may wait for its labels
            return super()._empty_words()
        done, of, what = self._progress
        things = what if self._at_step else "source read" if of == 1 else "sources read"
        far = f"{done:,} of {of:,} {things} so far." if of else "It has begun."
        stops = f"Stories appear here as they come in; {self.key_of('stop-refresh')} stops it."
        return ("Reading the sources.", "title"), (far, "text"), (stops, "muted")

    @property
    def failing(self) -> int:
        """How many sources could not be read, and have not answered since."""
        return len(self._failing)

    def know_health(self, healths: Iterable[FeedHealth | SeedHealth]) -> None:
        """How sources are doing: also those that were not asked in this sitting."""
        from tui.panes.source_words import SourceRow

        for health in healths:
            (self._failing.add if SourceRow(health).failing else self._failing.discard)(health.id)
        self.show_title()

    async def _look_at_health(self) -> None:
        from tui.screens.feeds import read_health

        healths, _ = await self.lanes.back(lambda desk: read_health(desk, self.setup))
        self.know_health(healths)

    def _tell(self, message: Message) -> None:
        if self.is_attached:
            self.post_message(message)

    def stop_refresh(self) -> bool:
        """Stop a running refresh; false where none runs."""
        self._next.clear()
        if self._child is None or not self.refreshing:
            return False
        self._child.cancel()
        return True

    def refresh_words(self) -> Line:
        """How the refresh goes, for the title line; empty where none runs."""
        if self._progress is None:
            return ()
        done, of, what = self._progress
        failed = sum(news.status == "failed" for news in self.source_news.values())
        dot: Span = (f" {self.desk_app.glyphs.dot} ", "faint")
        line: list[Span] = []
        if self.held:
            shows = f"{self.key_of('top')} shows " if self.on_top is self else ""
            line += [(shows, "faint"), (f"{self.held:,} new", "accent"), dot]
        elif self._brought and not what:  # the first source, perhaps the only one, may take long
            what = f"{self._brought:,} new so far"
        line.append((f"refreshing {done:,} of {of:,}" if of > 1 else "refreshing" if of else "refreshing starting", "text"))
        if failed:
            line += [dot, (f"{failed:,} failed", "error")]
        end = (dot, (f"{self.key_of('stop-refresh')} stops", "faint"))
        room = self.app.size.width - TITLE_CELLS - line_width((*line, dot, *end))
        if what and room >= LEAST_NAMED:  # what is being read gives way to how it is stopped
            line += [dot, (shorten(what, room, self.desk_app.glyphs.ellipsis), "muted")]
        return (*line, *end)

    # --- what the child says

    def on_refresh_started(self, message: RefreshStarted) -> None:
        self._read = 0, message.sources, ""
        self._progress, self._at_step = self._read, False
        self._loads = self._brought = 0
        self._show_progress()

    def on_refresh_moved(self, message: RefreshMoved) -> None:
        self._read = message.done, message.of, message.title or short_name(message.what)
        self._progress, self._at_step = self._read, False
        self.source_news[message.what] = SourceNews(message.status, message.new, message.changed, message.error)
        if message.status == "failed":
            self._failing.add(message.what)
        elif message.status != "skipped":
            self._failing.discard(message.what)
        if message.error and message.status == "failed":
            self.on_top.tell(f"{full_name(message.title, message.what)}: {message.error}", "error")

    def on_step_moved(self, message: StepMoved) -> None:
        self._progress, self._at_step = (message.done, message.of, message.what), True
        if message.done >= message.of:  # other sources may still be waited for
            self._progress, self._at_step = self._read, False
        if message.changes:
            self.on_stories_stored(StoriesStored(0, 0))

    def on_stories_stored(self, message: StoriesStored) -> None:
        self.stored += message.new
        self._brought += message.new
        if self._loading is None:
            every_s = LOAD_EVERY_S if self.acted or not self.stories_pane.is_full else LOAD_SELDOM_S
            self._loading = self.set_timer(every_s if self._loads else LOAD_AFTER_S, self._load_stored)

    @property
    def load_waits(self) -> bool:
        """Whether the list is about to be read anew in any case."""
        return self._loading is not None

    def _load_stored(self) -> None:
        self._loading = None
        self._loads += 1
        if not self.holds_list:
            self.load(keep=True)
            return
        self.held = self.stored
        if self._loads % COUNT_EVERY == 0:
            self.count()

    @property
    def holds_list(self) -> bool:
        """A refresh puts hundreds of stories a second above what a person reads: until it ends, or they go to the top or come
        to rows that were not read yet, the title line tells how many."""
        return self.refreshing and self.stories_pane.is_read

    def on_refresh_finished(self, message: RefreshFinished) -> None:
        if self.asked is None:
            self._failing.intersection_update(self.source_news)  # others are sources no more
        said = self.report_words(message.report)
        self._ended()
        self.load(keep=True)  # what an empty list says stays until then: there may be stories in it
        self.on_top.tell(*said)
        self._call(message.report)
        if len(message.report.get("sources") or ()) <= 1:  # who named several has answered what to read
            self.welcome_after(said)

    def report_words(self, report: dict[str, Json]) -> Span:
        """What the refresh that ends now has brought."""
        due = first_due(report)
        if due is None or self._forced or self.asked is not None:
            return words_of(report)
        all_of_them = self._by_hand or self.stories_pane.current is None
        self._again_until = due if all_of_them else None
        one, every = self.key_of("refresh"), self.key_of("refresh-all")
        again = f"{every} again" if self._by_hand else every
        way = f"{again} reads all of them now" if all_of_them else f"{one} reads the source under the cursor now"
        return f"nothing is due before {clock_time(due, self.setup.now())}; {way}", "muted"

    def _call(self, report: dict[str, Json]) -> None:
        """Ring, or have the terminal pass a notice on, for alerts that the refresh raised."""
        from tui.outside.attention import call

        signal = call(report, self.setup.alerts, self.setup.now(), self.setup.env)
        if signal and self.app._driver is not None and not self.app.is_headless and not self.app.is_web:
            self.app._driver.write(signal)
            self.app._driver.flush()

    def on_refresh_failed(self, message: RefreshFailed) -> None:
        self._ended()
        if self.held is not None:
            self.load(keep=True)
        elif not len(self.stories_pane.listing):
            self.say_empty()
        if message.elsewhere:
            self.on_top.tell(message.why, "muted")
            self.welcome_after((message.why, "muted"))
        elif message.why:
            self.on_top.tell(f"refresh failed: {message.why}", "error")
            self.welcome_after((f"the refresh failed: {message.why}", "error"))
        else:
            self.on_top.tell("refresh stopped; what was stored stays", "muted")

    def _ended(self) -> None:
        self._progress = None
        self.asked = None
        if self._ticker is not None:
            self._ticker.stop()
        self.show_title()
        self.work("health", self._look_at_health, exclusive=True)
        if self._next:
            self.start_refresh(self._next.pop(0))

    def show_title(self) -> None:
        raise NotImplementedError

    def welcome_after(self, says: Span) -> None:
        raise NotImplementedError


def only_command(command: Sequence[str], source: str) -> tuple[str, ...]:
    """The refresh command for one source: it alone is asked, due or not."""
    return (*_without(command, "--only"), "--only", source)


def page_command(command: Sequence[str], path: str) -> tuple[str, ...]:
    """The refresh command for one pasted page: what it brings stays, also where other files are open for a session alone."""
    return (*only_command(_without(command, "--sitting"), path), "--seeds", path)


def _without(command: Sequence[str], flag: str) -> list[str]:
    """A command without a flag and its values."""
    words = list(command)
    while flag in words:
        place = words.index(flag)
        del words[place : place + 2]
    return words


def source_of(origins: Sequence[Origin], seeds: Sequence[str]) -> str | None:
    """Which source a story came from: its feed, or the file or folder among `seeds` that its file is or lies in."""
    for origin in origins:
        if origin.feed:
            return origin.feed
        path = PurePath(origin.path or "")
        found = [seed for seed in seeds if path == PurePath(seed) or PurePath(seed) in path.parents]
        if origin.path and found:
            return max(found, key=len)
    return None
