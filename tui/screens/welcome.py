"""The welcome: what should be read? The sample stories, a folder, the feeds of another reader, a first feed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.worker import Worker

from newsdesk.config.editing import change_setting, value_at
from newsdesk.config.file import read_file
from newsdesk.errors import NewsdeskError
from newsdesk.first_start import FirstStart, Next
from newsdesk.paths import expand, shorten_home
from newsdesk.processes.children import sibling
from tui.drawing.render import Line, Span, clean, crop, fit
from tui.keys.commands import BY_ID, COMMANDS, Command, bindings, first_key, keys_of
from tui.lanes import apart
from tui.messages import SearchEntered
from tui.outside import errands
from tui.outside.bridge import look_at
from tui.screens.adding import FeedAdder
from tui.screens.asking import Words
from tui.screens.entry import Entry, complete_path
from tui.screens.sheet import Sheet, is_on_top
from tui.widgets.sheet_rows import SheetRows

NAME_WIDTH = 22


class WelcomeRows(SheetRows):
    """The ways to begin, with their keys."""

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__("ways")
        self._commands = commands

    def show(self) -> None:
        self.set_rows(len(self._commands), 0)

    @property
    def current(self) -> Command:
        return self._commands[self.cursor]

    def draw_row(self, row: int, part: int, width: int) -> Line:
        command = self._commands[row]
        keymap: dict[str, str] = getattr(self.app, "person_keys", {})
        key = fit(keys_of(command, keymap).split(" ")[0], 4)
        name = fit(command.name, NAME_WIDTH, self.glyphs.ellipsis)
        return crop(((f"  {key}", "accent"), (name, "title"), (command.help, "muted")), width, self.glyphs.ellipsis)


class WelcomeScreen(Sheet):
    """Over the stories. A key that is none of its own leaves it and does what it does there."""

    CSS = """
    WelcomeScreen { align: center bottom; background: $background 0%; }
    #welcome { width: 92; max-width: 100%; height: 14; max-height: 100%; border: solid $edge-focus; background: $background; }
    #welcome Words { height: 1fr; border-top: none; }
    #welcome #ways { height: 4; border-top: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("welcome"),
        Binding("down,j,ctrl+n,tab", "step(1)", show=False),
        Binding("up,k,ctrl+p,shift+tab", "step(-1)", show=False),
        Binding("enter", "choose", show=False),
        Binding("escape", "back", show=False),
    ]

    def __init__(
        self, first: FirstStart | None, demo: bool, env: Mapping[str, str], why: Span | None = None, *, empty: bool = True
    ) -> None:
        """`why`: what has gone before, as a refresh that brought nothing; `empty`: no story is here yet."""
        super().__init__()
        self._behind = "Nothing is here yet." if empty else "What is here stays; more can come in beside it."
        if demo:
            self._behind = "Behind this are sample stories; nothing is kept."
        self._first, self._demo, self._env, self._why = first, demo, env, why
        self._words = Words(())
        self._rows = WelcomeRows([command for command in COMMANDS if command.is_at("welcome")])
        self._work: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        with Container(id="welcome"):
            yield self._words
            yield self._rows

    def on_mount(self) -> None:
        self._rows.show()
        self._words.tell(self._told(self._why))

    def on_resize(self) -> None:
        self._words.update()

    def _told(self, more: Span | None = None) -> Sequence[Span]:
        where = "Start newsdesk without --demo to begin your own."
        if self._first is not None:
            where = f"What you choose is written to {shorten_home(self._first.config, self._env)}."
        keys: dict[str, str] = getattr(self.app, "person_keys", {})
        back = f"Esc leaves; {first_key(BY_ID['welcome'], keys)} brings this back. {where}"
        asks: Sequence[Span] = ((self._behind, "muted"), ("", ""), ("What should newsdesk read?", "text"))
        said = ((clean(more[0]), more[1]),) if more else asks
        return (("Welcome to newsdesk", "title"), *said, ("", ""), (back, "faint"))

    def _say(self, text: str, ink: str = "text") -> None:
        self._words.tell(self._told((text, ink)))

    # --- keys

    def on_key(self, event: events.Key) -> None:
        """A key that is bound to nothing here is meant for the stories."""
        if event.key in self.active_bindings:
            return
        event.stop()
        if is_on_top(self) and self._work is None:
            app, again = self.app, events.Key(event.key, event.character)
            self.leave()
            app.call_later(app.post_message, again)

    def on_paste(self, event: events.Paste) -> None:
        """A page: also meant for what is behind this."""
        event.stop()
        if is_on_top(self) and self._work is None:
            app, again = self.app, events.Paste(event.text)
            self.leave()
            app.call_later(app.post_message, again)

    def on_search_entered(self, message: SearchEntered) -> None:
        self.action_choose()

    def action_step(self, rows: int) -> None:
        self._rows.move(rows)

    def action_choose(self) -> None:
        getattr(self, f"action_{self._rows.current.action}")()

    def action_back(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self._work = None
            self._say("stopped; nothing was written", "muted")
        else:
            self.leave()

    # --- the ways

    def action_welcome_samples(self) -> None:
        if self._demo:
            self.leave()
        elif self._first is None:
            self._say("newsdesk --demo opens them", "muted")
        else:
            self.app.exit(return_code=Next.DEMO)

    def action_welcome_folder(self) -> None:
        words = (("A folder of saved pages, or a file", "title"), (_PATHS, "muted"))
        self._ask(words, "~/news", _wrong_folder, self._take_folder)

    def action_welcome_opml(self) -> None:
        words = (("An OPML file: the feeds of another reader", "title"), (_OPML, "muted"))
        self._ask(words, "~/subscriptions.opml", _wrong_file, self._take_opml)

    def action_feed_add(self) -> None:
        if self._first is None:
            self._say(_NOT_KEPT, "error")
        else:
            FeedAdder(self.app, self._first.refresh_command, self._do, self._say, self._added).ask()

    def _ask(
        self,
        words: Sequence[Span],
        example: str,
        check: Callable[[str], str],
        take: Callable[[FirstStart, str], Coroutine[Any, Any, None]],
    ) -> None:
        first = self._first
        if first is None:
            self._say(_NOT_KEPT, "error")
            return
        self.app.push_screen(
            Entry(
                words, lambda text: self._do(partial(take, first, text)), example=example, check=check, complete=complete_path
            )
        )

    def _do(self, task: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._work = self.run_worker(partial(self._guarded, task), group="welcome", exclusive=True, exit_on_error=False)

    async def _guarded(self, task: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await task()
        except NewsdeskError as error:
            self._say(str(error), "error")
        finally:
            self._work = None

    async def _take_folder(self, first: FirstStart, text: str) -> None:
        self._say(f"looking at {text}; Esc stops")
        if not await apart(partial(look_at, [text])):
            self._say(f"{text}: no file is in it; choose the folder that holds the saved pages", "error")
            return
        await asyncio.to_thread(_add_seed, first.config, os.path.abspath(text) if expand(text) == text else text)  # noqa: PTH100
        self._begin()

    async def _take_opml(self, first: FirstStart, text: str) -> None:
        self._say(f"reading {text}; Esc stops")
        outcome = await self._run(first, "feeds", "import", "--", expand(text))
        if outcome.code not in (0, 3):
            self._say(outcome.says or f"{text}: no feed could be taken from it; export it again from the other reader", "error")
        else:
            self._begin()

    async def _added(self, _url: str) -> None:
        self._begin()

    async def _run(self, first: FirstStart, *words: str) -> errands.Outcome:
        return await errands.run(sibling(first.refresh_command, words))

    def _begin(self) -> None:
        """On to the person's own desk: its first refresh shows how far it is, and its stories as they come."""
        self.app.exit(return_code=Next.DESK)


_NOT_KEPT = "nothing is kept here; start newsdesk without --demo"
_OPML = "Tab completes. Its feeds go into your settings; the file is not needed after that."
_PATHS = "Tab completes. It is read again whenever something in it changes."


def _wrong_folder(text: str) -> str:
    if not text:
        return "write its path; Esc leaves"
    return "" if os.path.lexists(expand(text)) else f"{text}: no such file or folder; Tab shows what there is"


def _wrong_file(text: str) -> str:
    is_folder = f"{text}: is a folder; choose the file in it"
    return _wrong_folder(text) or (is_folder if Path(expand(text)).is_dir() else "")


def _add_seed(config: Path, path: str) -> None:
    """Add a path to the settings' seeds, which may not be there yet. Raises ConfigError and StorageError."""
    before = value_at(read_file(config).document, ("seeds",))
    known = list(before) if isinstance(before, list) else []
    if path not in known:
        change_setting(config, ("seeds",), [*known, path], before)
