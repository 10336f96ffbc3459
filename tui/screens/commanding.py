"""Commands with a word behind them, as the command line takes them, and searches under a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from newsdesk.config import KEYS, LISTS, Config, read_config
from newsdesk.desk import Desk
from newsdesk.errors import ConfigError
from tui.drawing.render import Line
from tui.history import History
from tui.lanes import Lanes
from tui.lists.narrowing import Narrowing
from tui.screens.changing import ChangingScreen
from tui.screens.pasting import PastingScreen
from tui.screens.welcoming import WelcomingScreen
from tui.session import Session

if TYPE_CHECKING:
    from newsdesk.feeds.health import FeedHealth
    from tui.app import Setup
    from tui.palette import Offers
    from tui.screens.beside import Beside


class CommandingScreen(WelcomingScreen, PastingScreen, ChangingScreen):
    """``do_ID`` does a command with its argument; what is said goes to the screen that a person sees."""

    def __init__(self, setup: Setup, lanes: Lanes, session: Session) -> None:
        super().__init__(setup, lanes, session)
        self.searches = History(session.searches)
        self.entered = History(session.commands)  # on the command line

    # --- with an argument

    def do_search(self, text: str) -> None:
        self._come_back()
        self.searches.add(text)
        self.narrow(replace(self.wanted.narrowing, search=text))

    def _come_back(self) -> None:
        """To the newsroom, from a screen that may stand over it."""
        beside = self._beside()
        if beside is not None:
            beside.leave("stories")

    def _beside(self) -> Beside | None:
        """The screen that stands over the newsroom, if any does."""
        if self.on_top is self:
            return None
        from tui.screens.beside import Beside

        return self.on_top if isinstance(self.on_top, Beside) else None

    def do_follow(self, text: str) -> None:
        self.work("follow", self._follow_told, text)

    async def _follow_told(self, text: str) -> None:
        names: list[str] = []
        await self.change(lambda desk: names.append(desk.follow(text).name))
        self.on_top.say_done(f"following “{names[0]}”")
        self.load(keep=True)
        beside = self._beside()
        if beside is not None:
            beside.reload()

    def do_digest(self, since: str) -> None:
        self._come_back()
        self.ask_digest(since)

    def do_theme(self, name: str) -> None:
        try:
            self.desk_app.use_theme(name)
        except ConfigError as error:
            self.on_top.say_error(str(error))
            return
        self.on_top.say(f"theme: {name}", "muted")

    def do_settings(self, text: str) -> None:
        self.on_top.action_settings(text)

    def do_refresh(self, text: str) -> None:
        self.work("source", self._refresh_told, text, exclusive=True)

    def do_refresh_all(self, text: str) -> None:
        if text.casefold() == "now":
            self.refresh_sources(force=True)
        else:
            self.on_top.say_error(f"'{text}' is not known; refresh-all now reads also what is not due yet")

    async def _refresh_told(self, text: str) -> None:
        source = self._meant(text, await self.lanes.back(self._sources))
        if source:
            self.refresh_sources(source)

    def do_mute_source(self, text: str) -> None:
        self.work("mute", self._mute_told, text)

    async def _mute_told(self, text: str) -> None:
        names = await self.lanes.back(self._names_of_sources)
        source = self._meant(text, dict(zip(names, names, strict=True)))
        if source:
            await self.turn_muting(source)
            beside = self._beside()
            if beside is not None:
                beside.reload()

    def _meant(self, text: str, named: Mapping[str, str]) -> str:
        """What is `named` as a person says, or so that a part of the name is that; empty where none is, or several are, which
        is said."""
        told = text.casefold()
        found = [name for name in named if told == name.casefold()] or [name for name in named if told in name.casefold()]
        meant = {named[name]: name for name in reversed(found)}
        if len(meant) == 1:
            return next(iter(meant))
        if meant:
            self.on_top.say_error(f"'{text}' may be {', '.join([*reversed(meant.values())][:4])}; write more of it")
        else:
            self.on_top.say_error(f"no source is called '{text}'; {self.key_of('feeds')} shows what there is")
        return ""

    def _sources(self, desk: Desk) -> dict[str, str]:
        """Feeds and files that are read, as the reports name them, by that and by the feeds' titles; with one that several have
        stands the address."""
        feeds = self._feeds(desk)
        titles = Counter(feed.title for feed in feeds)
        named = {f"{feed.title} {feed.id}" if titles[feed.title] > 1 else feed.title: feed.id for feed in feeds if feed.title}
        return named | {source: source for source in (*(feed.id for feed in feeds), *self.setup.seeds)}

    def _feeds(self, desk: Desk) -> Sequence[FeedHealth]:
        file = self.setup.config_file
        config = read_config(file, self.setup.env)[0] if file is not None else Config()
        return desk.feeds_health(config.feeds)

    def _names_of_sources(self, desk: Desk) -> tuple[str, ...]:
        """Names by which stories are muted, or let in again: what is muted first, last feeds that gave no story yet."""
        names = (*desk.muted(), *desk.named_sources(), *(feed.title for feed in self._feeds(desk) if feed.title))
        first: dict[str, str] = {}
        for name in names:
            first.setdefault(name.casefold(), name)
        return tuple(first.values())

    def do_save_search(self, name: str) -> None:
        query = self.view.narrowing.query()
        if not query:
            self._say_what_to_search()
            return
        self.work("save", self._save_search, name, query)

    async def _save_search(self, name: str, query: str) -> None:
        await self.change(lambda desk: desk.save_query(name, query))
        self.on_top.say(f"saved as {name}; {self.key_of('saved-searches')} lists what is saved")

    def do_saved_searches(self, name: str) -> None:
        self.work("saved", self._go_to_saved, name)

    async def _go_to_saved(self, name: str) -> None:
        saved = await self.lanes.back(lambda desk: desk.saved_queries())
        if name in saved:
            self.go_to_search(saved[name])
        else:
            self.on_top.say_error(f"no search is saved as '{name}'; {self.key_of('saved-searches')} lists what is saved")

    # --- searches under a name

    def action_save_search(self) -> None:
        from tui.screens.entry import Prompt

        query = self.view.narrowing.query()
        if not query:
            self._say_what_to_search()
            return
        words = (("Save this search as", "title"), (query, "muted"))
        self.app.push_screen(Prompt(words, self.do_save_search, text=self.view.narrowing.search[:60]))

    def _say_what_to_search(self) -> None:
        self.on_top.say(f"search ({self.key_of('search')}) or choose a section: that is saved", "muted")

    def action_saved_searches(self) -> None:
        self.work("saved", self._show_saved, exclusive=True)

    async def _show_saved(self) -> None:
        from tui.screens.asking import Choice

        saved = await self.lanes.back(lambda desk: sorted(desk.saved_queries().items()))
        if not saved:
            self.say(f"no search is saved yet; {self.key_of('save-search')} saves the one that narrows the list", "muted")
            return
        lines: list[Line] = [((name, "text"), (f"  {query}", "muted")) for name, query in saved]
        words = (("Which search?", "title"),)
        self.app.push_screen(
            Choice(
                words,
                lines,
                lambda at: self.go_to_search(saved[at][1]),
                drop=lambda at: self.work("save", self._drop, saved[at][0]),
                keys="Enter or its number shows it, d drops it, Esc leaves",
            )
        )

    async def _drop(self, name: str) -> None:
        await self.change(lambda desk: desk.drop_query(name))
        self.say_done(f"dropped {name}")

    def go_to_search(self, query: str) -> None:
        """Show what a saved query finds, and nothing else."""
        self._come_back()
        self.searches.add(query)
        self.narrow(Narrowing(search=query))

    # --- what the command line may be completed to

    async def offers(self) -> Offers:
        from newsdesk.query import PREFIXES
        from newsdesk.query.offers import values_of

        def ask(desk: Desk) -> Offers:
            saved = tuple(sorted(desk.saved_queries()))
            names = self._names_of_sources(desk)
            terms = [f"{prefix}:{word}" for prefix in PREFIXES for word in ("", *(word for word, _ in values_of(prefix)))]
            terms += [f"source:{'-'.join(name.split())}" for name in names]
            return {
                "search": terms,
                "follow": terms,
                "theme": self.setup.themes.names(),
                "refresh": tuple(self._sources(desk)),
                "refresh-all": ("now",),
                "mute-source": names,
                "settings": tuple(key.dotted for key in KEYS if key.section not in LISTS),
                "saved-searches": saved,
                "save-search": saved,
            }

        return await self.lanes.back(ask)

    # --- what the newsroom gives

    def narrow(self, narrowing: Narrowing) -> None:
        raise NotImplementedError
