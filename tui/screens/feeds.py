"""The feeds screen: how every source is doing, asking one again, its stories, and adding one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from newsdesk.config import Config, read_config
from newsdesk.desk import Desk
from newsdesk.feeds.health import FeedHealth
from newsdesk.first_start import Next
from newsdesk.processes.children import sibling
from tui.drawing.render import Line, Span, shorten
from tui.keys.commands import Where, bindings
from tui.lanes import Lanes
from tui.lists.narrowing import Narrowing
from tui.outside import errands
from tui.panes.source_words import Live, SeedHealth, SourceRow, bare_address, seeds_health
from tui.panes.sources import SourcePage, SourcesPane
from tui.screens.adding import FeedAdder, Task
from tui.screens.asking import Choice
from tui.screens.beside import Beside
from tui.screens.muting import MutingScreen
from tui.session import Session

if TYPE_CHECKING:
    from tui.app import Setup

ADDING = "add"  # the group of what looks for a feed
MOST_NAMED = 48  # letters of a feed's name in a question


class FeedsScreen(Beside, MutingScreen):
    """`r` asks the source under the cursor, Enter shows its stories, `a` adds one, `p` leaves one alone, `d` takes one out."""

    PLACE: ClassVar[Where] = "feeds"
    NAME = "Feeds"
    CSS = """
    FeedsScreen #sources { height: 1fr; }
    FeedsScreen #detail { height: 11; max-height: 50%; }
    FeedsScreen.wide #around { layout: horizontal; }
    FeedsScreen.wide #sources { width: 3fr; }
    FeedsScreen.wide #detail { width: 2fr; height: 1fr; max-height: 100%; border-left: solid $edge; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("feeds")]
    AUTO_FOCUS = "#sources"
    healths: Sequence[FeedHealth | SeedHealth] = ()  # until they are read: a refresh may tick before
    muted: frozenset[str] = frozenset()  # names without case

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__(setup, lanes, session)
        self.sources_pane, self.source_page = SourcesPane(), SourcePage()

    def compose_panes(self) -> ComposeResult:
        yield self.sources_pane
        with Container(id="detail"):
            yield self.source_page

    def on_mount(self) -> None:
        self.source_page.pause_key = self.key_of("feed-pause")
        self.sources_pane.set_note(("Reading the settings.", "faint"))

    # --- reading

    async def read(self) -> None:
        self.healths, self.muted, faults = await self.lanes.back(self._ask)
        self.newsroom.know_health(self.healths)
        if faults:
            self.say_error(faults[0])
        self.sources_pane.set_note(*self._empty_words())
        self.show_rows()

    def _ask(self, desk: Desk) -> tuple[list[FeedHealth | SeedHealth], frozenset[str], list[str]]:
        healths, faults = read_health(desk, self.setup)
        return healths, frozenset(name.casefold() for name in desk.muted()), faults

    def show_rows(self) -> None:
        self.sources_pane.show([self._row(health) for health in self.healths], self._empty_words())

    def _row(self, health: FeedHealth | SeedHealth) -> SourceRow:
        newsroom = self.newsroom
        muted = isinstance(health, FeedHealth) and (health.title or "").casefold() in self.muted
        news = newsroom.source_news.get(health.id)
        if news is not None:
            return SourceRow(health, _live(news.status), news.new, news.error, muted)
        if newsroom.refreshing and newsroom.asked in (None, health.id):
            return SourceRow(health, "asking" if newsroom.asked else "waiting", muted=muted)
        return SourceRow(health, muted=muted)

    def _empty_words(self) -> tuple[Span, ...]:
        if self.setup.demo and self.setup.first is None:
            return ("No feeds here.", "title"), ("Nothing is kept here; newsdesk without --demo adds feeds.", "text")
        return (
            ("No feeds yet.", "title"),
            (f"{self.key_of('feed-add')} adds one: give its address, or that of a page that names one.", "text"),
            (f"{self.key_of('welcome')} takes a list from another reader, as an OPML file.", "text"),
            ("On the command line: newsdesk feeds add URL, feeds import FILE.opml", "text"),
        )

    def title_words(self) -> Line:
        rows = [row for row in self.sources_pane.entries if isinstance(row, SourceRow)]
        failing = sum(row.failing for row in rows)
        words: list[Span] = [(f"{len(rows):,} {'source' if len(rows) == 1 else 'sources'}", "muted")] if rows else []
        return (*words, (f"  {failing:,} failing", "error")) if failing else tuple(words)

    def tick(self) -> None:
        self.show_rows()
        super().tick()

    def on_virtual_list_moved(self) -> None:
        self.source_page.show(self.sources_pane.current)

    # --- what a person does

    def on_sources_pane_chosen(self, message: SourcesPane.Chosen) -> None:
        row = message.row
        if isinstance(row.health, SeedHealth):
            self.say(f"its stories are among all of them; {self.key_of('pane-stories')} goes there", "muted")
        elif not row.health.stories:
            self.say(f"no story of it is here yet; {self.key_of('refresh')} asks it now", "muted")
        else:
            name = row.name.replace('"', " ").replace("\\", " ")
            self.show_stories(Narrowing(search=f'source:"{name}"', muted_only=row.muted))

    def action_refresh(self) -> None:
        row = self.sources_pane.current
        if row is not None:
            self.newsroom.refresh_sources(row.id)

    def action_feed_pause(self) -> None:
        row = self.sources_pane.current
        if row is None:
            return
        if not isinstance(row.health, FeedHealth):
            self.say("only feeds can be paused; files are read where they changed", "muted")
            return
        self.work("pause", self._pause, row.health)

    def source_here(self) -> str:
        row = self.sources_pane.current
        if row is None:
            return ""
        if not isinstance(row.health, FeedHealth):
            self.say(f"a file may be of many sources; {self.key_of('mute-source')} on a story mutes the story's", "muted")
            return ""
        if not row.health.title:
            self.say("this feed has not yet told the name that its stories have", "muted")
        return row.health.title or ""

    async def _pause(self, feed: FeedHealth) -> None:
        await self.change(lambda desk: desk.pause([feed.id], resume=feed.paused))
        done = "is asked again" if feed.paused else "is left alone; its stories stay"
        self.say_done(f"{feed.title or bare_address(feed.url)} {done}", "muted")

    def action_feed_remove(self) -> None:
        """Ask, since `u` does not bring it back, and take it out as `newsdesk feeds remove` does."""
        row = self.sources_pane.current
        if row is None:
            return
        if not isinstance(row.health, FeedHealth):
            self.say(f"only feeds can be taken out here; {self.key_of('settings')} shows the files and folders", "muted")
            return
        if not self._can_write():
            return
        words = ((f"Take {shorten(row.name, MOST_NAMED)} out of the settings?", "title"), ("Its stories stay.", "muted"))
        lines: tuple[Line, ...] = (
            (("1  keep it", "text"), (f"   {self.key_of('feed-pause')} only leaves it alone for a while", "muted")),
            (("2  take it out", "text"),),
        )
        self.app.push_screen(Choice(words, lines, lambda at: self.work("remove", self._remove, row) if at else None))

    async def _remove(self, row: SourceRow) -> None:
        outcome = await errands.run(sibling(self.setup.refresh_command, ("feeds", "remove", "--", row.id)))
        if outcome.code:
            self.say_error(outcome.says or f"{row.name} could not be taken out")
        else:
            await self.read()
            self.say(f"{row.name} is no longer read; its stories stay", "muted")

    def action_feed_add(self) -> None:
        first = self.setup.first
        if self.setup.demo and first is not None:  # a first start: with it the person's own desk begins, as by the welcome
            FeedAdder(self.app, first.refresh_command, self._do, self._tell, self._begin).ask()
        elif self._can_write():
            FeedAdder(self.app, self.setup.refresh_command, self._do, self._tell, self._added).ask()

    async def _begin(self, _url: str) -> None:
        self.app.exit(return_code=Next.DESK)

    @property
    def _kept(self) -> bool:
        return self.setup.config_file is not None and bool(self.setup.refresh_command)

    def _can_write(self) -> bool:
        if not self._kept:
            self.say("nothing is kept here, so feeds can't be added or taken out; start newsdesk without --demo", "muted")
        return self._kept

    def _do(self, task: Task) -> None:
        self.work(ADDING, task, exclusive=True)

    def _tell(self, text: str, ink: str) -> None:
        if ink == "error":
            self.say_error(text)
        else:
            self.say(text, "muted")

    async def _added(self, url: str) -> None:
        await self.read()
        self.say(f"added {url}; {self.key_of('feed-remove')} takes it out again", "muted")
        self.newsroom.start_refresh(url)

    def action_back(self) -> None:
        """Stops looking for a feed, else leaves."""
        if self.workers.cancel_group(self, ADDING):
            self.say("stopped; no feed was added", "muted")
        else:
            super().action_back()


def _live(status: str) -> Live | None:
    match status:
        case "updated" | "unchanged" | "skipped" | "failed":
            return status
    return None


def read_health(desk: Desk, setup: Setup) -> tuple[list[FeedHealth | SeedHealth], list[str]]:
    """How every source of the settings and of this sitting is doing; and what is wrong with the settings."""
    file = setup.config_file
    config, faults = read_config(file, setup.env) if file is not None else (Config(), [])
    return [*desk.feeds_health(config.feeds), *seeds_health(setup.seeds, desk.file_states())], faults
