"""The dashboard as the framework's app: clock, colours, signs, what is written to the terminal, and how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TextIO

from rich.color import ColorSystem
from rich.console import RenderableType
from rich.style import Style
from textual import events, on
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.binding import BindingType
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import LineFilter, NoColor
from textual.screen import Screen
from textual.widgets import Input

from newsdesk.clock import utc_now
from newsdesk.config import AlertSettings
from newsdesk.desk import Desk
from newsdesk.errors import ConfigError, NewsdeskError
from newsdesk.first_start import FirstStart
from newsdesk.signs import speaks_unicode
from tui.colours.schemes import DARK, MONO, SCHEMES, Scheme
from tui.colours.theme_files import Themes
from tui.colours.themes import ALL_UNSEEN, inks_of, missing_variables, theme_of, unseen_grounds
from tui.drawing.render import ASCII, UNICODE, Glyphs
from tui.keys.hints import unbound_words
from tui.keys.key_bytes import told_apart
from tui.keys.keymaps import for_framework, keys_in_force
from tui.keys.turns import Turns
from tui.lanes import Lanes
from tui.opening import Opening
from tui.screens.base import DeskScreen
from tui.screens.newsroom import Newsroom
from tui.session import Session, load_session, save_session
from tui.terminal.brush import Brush
from tui.terminal.output import CLEAN, SHORT_CHARS, DeskDriver, has_shell, stretches_of
from tui.terminal.paper import Stretch, make_paper
from tui.widgets.paint import DrawFilter

if TYPE_CHECKING:
    from tui.screens.settings import SettingChange

_ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class Setup:
    """What the dashboard is started with; tests make one with a desk of their own."""

    desk: Desk
    now: Callable[[], datetime] = utc_now
    refresh_command: Sequence[str] = ()
    seeds: Sequence[str] = ()
    demo: bool = False
    theme: str = ""
    themes: Themes = field(default_factory=Themes)  # where a person's own ones are
    keymap: str = "vim"  # one of tui.keys.keymaps
    keys: Mapping[str, str] = field(default_factory=dict)
    session_file: Path | None = None
    env: Mapping[str, str] = field(default_factory=lambda: os.environ)
    polls: bool = True  # whether the archive and the seeds are looked at again and again
    config_file: Path | None = None  # where the feeds are written
    pasted: Path | None = None  # the folder of pasted pages
    refresh_every_s: float | None = None  # how often a refresh starts by itself
    alerts: AlertSettings = field(default_factory=AlertSettings)  # whether an alert rings, and when it may
    first: FirstStart | None = None  # how a desk of the person's own is begun
    opening: Opening | None = None  # what stands on the terminal already


class NewsdeskApp(App[None]):
    """Holds what every screen needs: clock, colours, signs, the desk's lanes. What it does is done by its screens."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "newsdesk"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, setup: Setup) -> None:
        self.glyphs: Glyphs = UNICODE if speaks_unicode(setup.env) else ASCII
        self.setup = setup
        self.person_keys = keys_in_force(setup.keymap, setup.keys)
        self.brush = Brush(self)
        self.turns = Turns(self, super().on_event)
        self.inks: dict[str, Style] = {}
        super().__init__()
        self.animation_level = "none"
        self.now = setup.now
        self.lanes = Lanes(setup.desk)
        self.session = load_session(setup.session_file)
        self.changes: list[SettingChange] = []  # of the settings, to be undone
        self.undone: list[SettingChange] = []  # and those that were, turned round
        self.faults: list[BaseException] = []  # what went wrong inside; a test expects none
        self.opening = setup.opening
        self.holds = setup.opening is not None  # nothing is drawn before the panes are as far as the opening's frame
        colours = self.console._color_system or ColorSystem.TRUECOLOR
        self.paper = setup.opening.paper if setup.opening else make_paper(colours, setup.env)
        self._draw_filters: list[LineFilter] = [DrawFilter(), *([NoColor()] if self.no_color else [])]
        for scheme in SCHEMES:
            self.register_theme(theme_of(scheme))
        self.scheme: Scheme | None = None  # None: the theme is one of the framework's own
        self.theme_name = ""  # as it was asked for: the framework's name for it lacks what no class of a style sheet may have
        self.theme_fault = ""  # why it is not the one that the settings name
        self._first_theme()

    def _first_theme(self) -> None:
        wanted = MONO.name if self.no_color else self.setup.theme or self.session.theme or DARK.name
        try:
            self.use_theme(wanted)
        except ConfigError as error:
            self.theme_fault = str(error) if self.setup.theme else ""
            self.use_theme(DARK.name)

    # --- colours

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return missing_variables(self.current_theme)

    def _ink(self) -> None:
        scheme = self.scheme
        variables = self.get_css_variables()
        all_unseen = self.no_color or (scheme is not None and scheme.reverse)
        unseen = ALL_UNSEEN if all_unseen else unseen_grounds(variables, self.paper.colours, self.setup.env)
        self.inks = inks_of(variables, unseen=unseen, dim=scheme.dim if scheme else ())

    def use_theme(self, name: str) -> None:
        """Change to the theme of that name: a person's, ours or the framework's. Raises ConfigError, with the mend."""
        scheme = self.setup.themes.find(name)
        if scheme is None and name not in self.available_themes:
            raise ConfigError(self.setup.themes.unknown(name))
        theme = theme_of(scheme) if scheme is not None else None
        if theme is not None:
            self.register_theme(theme)
        self.scheme, self.theme_name = scheme, scheme.name if scheme in SCHEMES else name
        self.theme = theme.name if theme is not None else name
        self._ink()

    def next_theme(self) -> str:
        """Change to the next of our themes and the person's; returns its short name."""
        names = self.setup.themes.names()
        here = self.scheme.short_name if self.scheme else ""
        place = names.index(here) + 1 if here in names else 0
        for name in (*names[place:], *names[:place]):
            with contextlib.suppress(ConfigError):  # a person's file that can't be used is passed over
                self.use_theme(name)
                return name
        return here

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), *self._draw_filters]

    # --- the terminal

    def get_driver_class(self) -> type[Driver]:
        usual = super().get_driver_class()
        return DeskDriver if usual is LinuxDriver else usual

    def take_opening(self) -> Opening | None:
        """What stands on the terminal, once: after that the terminal is the framework's."""
        opening, self.opening = self.opening, None
        if opening is not None:
            opening.taken = True
        return opening

    def let_go(self) -> None:
        """Draw from now on."""
        if self.holds:
            self.holds = False
            gc.freeze()  # what is loaded stays: no collection needs to go over it again
            self.screen.refresh()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Where the framework would write every strip again, write what is different."""
        if not isinstance(renderable, LayoutUpdate | ChopsUpdate) or self.is_headless or self._batch_count:
            super()._display(screen, renderable)
        elif self._running and not self._closed and self._driver is not None:
            self.put(stretches_of(renderable))
            self.post_display_hook()

    @property
    def is_behind(self) -> bool:
        """Whether the terminal has not yet taken in what was written: a slow line."""
        thread = getattr(self._driver, "_writer_thread", None)
        return thread is not None and not thread._queue.empty()

    @property
    def colour_filters(self) -> Sequence[LineFilter]:
        """The filters that change colours; what our own views draw is clean already."""
        return [*super().get_line_filters(), *self._draw_filters[1:]]

    def put(self, stretches: Iterable[Stretch]) -> None:
        """Write what is different in these stretches of lines."""
        assert self._driver is not None
        if self.size != (self.paper.width, self.paper.height):
            self.paper.resize(*self.size)
        text = self.paper.show(stretches)
        cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
        if isinstance(self.focused, Input) and (text or cursor != self._previous_cursor_position):
            text += f"\x1b[{cursor.y + 1};{cursor.x + 1}H"
            self._previous_cursor_position = cursor
        if len(text) > SHORT_CHARS:
            self._begin_update()
        if text:
            self._driver.write(text)
        if len(text) > SHORT_CHARS:
            self._end_update()

    def action_redraw(self) -> None:
        """Write every cell again: something else has written on the terminal."""
        if self._driver is not None and not self.is_headless:
            self._driver.write(CLEAN)
        self.paper.forget()
        self.screen.refresh()

    def action_suspend(self) -> None:
        """Stop, with the terminal given back to the shell that started us, until that brings us to the front again."""
        if not isinstance(self._driver, DeskDriver) or not has_shell():
            if isinstance(self.screen, DeskScreen):
                self.screen.say("no shell started this; there is none to go back to", "muted")
            return
        self._driver.give_back()  # first: the shell takes the terminal as soon as the first of the job stops
        os.killpg(0, signal.SIGTSTP)  # all of the job: `make run` too

    @on(Driver.SignalResume)
    def _come_to_front(self) -> None:
        self.screen.refresh()

    # --- keys

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded:
            if self.screen_stack and isinstance(self.screen, DeskScreen) and type(event) is not events.MouseMove:
                self.screen.acted = True
                self.screen.key_came()
            await self.turns.come(event)
        else:
            if isinstance(event, events.Resize) and isinstance(self._driver, DeskDriver):
                event = self._driver.measured(event)
            await super().on_event(event)
            if isinstance(event, events.Key):
                self.turns.reached_app()

    def told_apart(self, event: events.Key) -> Sequence[events.Key]:
        """Esc and a key where they came as one that is bound to nothing; else the key itself."""
        if not event.key.startswith("alt+") or not self.screen_stack:
            return (event,)
        return told_apart(event, self.screen.active_bindings, writing=isinstance(self.focused, Input))

    async def _on_key(self, event: events.Key) -> None:
        """Where a key ends that no widget took: what it is bound to, else it is said that it does nothing."""
        event.prevent_default()  # or the framework's own would do it once more
        if await self._check_bindings(event.key) or not event.is_printable or not isinstance(self.screen, DeskScreen):
            return
        self.screen.say_briefly(unbound_words(event.key, event.character or event.key, self.person_keys))

    # --- life

    def get_default_screen(self) -> Newsroom:
        return Newsroom(self.setup, self.lanes, self.session)

    def on_mount(self) -> None:
        if self.glyphs is ASCII:
            self.add_class("ascii")
        self.set_keymap(for_framework(self.person_keys))
        self._listen()

    def _listen(self) -> None:
        """End in order when told to end: state kept, terminal restored."""
        loop = asyncio.get_running_loop()
        for number in _ENDING:
            try:
                loop.add_signal_handler(number, self._end, int(number))
                signal.signal(number, self._told_to_end)  # the loop hears of it all the same, but not while it writes
            except (ValueError, RuntimeError, NotImplementedError):  # not the main thread: a test
                return

    def _told_to_end(self, *_: object) -> None:
        if isinstance(self._driver, DeskDriver):
            self._driver.told_to_end()

    def _end(self, number: int) -> None:
        self.exit(return_code=128 + number)

    def keep_session(self, session: Session) -> None:
        self.session = session

    def finish(self) -> None:
        """After the screen is given back: keep how it was left, let the desk's threads end."""
        save_session(self.setup.session_file, self.session)
        self.lanes.close()
        if not self.setup.demo:
            with contextlib.suppress(NewsdeskError):  # a disk that is full only has more be new next time
                self.setup.desk.leave()
        for stream in (sys.__stdout__, sys.__stderr__):
            _let_go(stream)


def _let_go(stream: TextIO | None) -> None:
    """Point a stream whose terminal is gone at nothing, or its unwritten rest would turn our exit code into Python's 120."""
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            assert stream is not None
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, stream.fileno())
            os.close(nothing)
