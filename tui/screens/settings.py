"""The settings screen: every setting with its meaning, changed here, in force where that can be, and written to the file."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from newsdesk.config import to_toml
from newsdesk.config.editing import Place, change_setting
from newsdesk.config.standing import Standing, Standings, read_standings
from newsdesk.config.values import from_text
from newsdesk.errors import NewsdeskError
from newsdesk.model import Json
from newsdesk.paths import shorten_home
from tui.drawing.render import Line
from tui.keys.commands import Where, bindings
from tui.keys.keymaps import lost_keys
from tui.lanes import Lanes
from tui.new_settings import take_config
from tui.panes.setting_words import KeyRow, PlaceRow, Row, entries_of, feeds_words, follows_words
from tui.panes.settings import SettingPage, SettingsPane
from tui.screens.beside import Beside
from tui.screens.settings_asking import ask_for, ask_for_keys, choices_of, reason_against
from tui.session import Session

if TYPE_CHECKING:
    from tui.app import Setup

_EFFECTS = {"now": "", "refresh": "; it takes effect with the next refresh", "start": "; it takes effect after the next start"}


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One change that was written: what stood there before, and what stands there now (None: nothing)."""

    place: Place
    before: Json | None
    after: Json | None


class SettingsScreen(Beside):
    """Enter changes what the cursor is on, `l` and `h` go through its choices, `x` gives it its default, `u` undoes."""

    PLACE: ClassVar[Where] = "settings"
    NAME = "Settings"
    CSS = """
    SettingsScreen #settings { height: 1fr; }
    SettingsScreen #detail { height: 11; max-height: 50%; }
    SettingsScreen.wide #around { layout: horizontal; }
    SettingsScreen.wide #settings { width: 3fr; }
    SettingsScreen.wide #detail { width: 2fr; height: 1fr; max-height: 100%; border-left: solid $edge; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("settings")]
    AUTO_FOCUS = "#settings"

    def __init__(self, setup: Setup, lanes: Lanes, session: Session, wanted: str = "") -> None:
        """`wanted`: the name of a setting to begin at, and perhaps a value for it."""
        super().__init__(setup, lanes, session)
        self.settings_pane, self.setting_page = SettingsPane(), SettingPage()
        self.standings: Standings | None = None
        self._wanted = wanted
        self._writing = asyncio.Lock()  # keys may come faster than a change is written

    def compose_panes(self) -> ComposeResult:
        yield self.settings_pane
        with Container(id="detail"):
            yield self.setting_page

    def on_mount(self) -> None:
        self.settings_pane.set_note(("Reading the settings.", "faint"))

    # --- reading

    async def read(self) -> None:
        file, env = self.setup.config_file, self.setup.env
        found = self.standings = await self.lanes.back(lambda desk: read_standings(file, env))
        if found.faults:
            self.say_error(found.faults[0])
        places = (
            PlaceRow("feeds", "feeds", feeds_words(len(found.config.feeds))),
            PlaceRow("follows", "follows", follows_words(len(found.config.follows))),
        )
        lost = lost_keys(self.setup.keymap, self.setup.keys)
        self.settings_pane.show(entries_of(found.settings, places, self.desk_app.person_keys, lost))
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        name, _, value = self._wanted.partition(" ")
        self._wanted = ""
        if not name:
            return
        place = self.settings_pane.place_of(name)
        row = self.standings.find(name) if self.standings else None
        if place is None:
            self.say_error(f"no setting is called '{name}'")
            return
        self.settings_pane.go(place)
        if value and row is not None:
            self._put_setting(row, from_text(row.key, value.strip()))
        elif value and isinstance(current := self.settings_pane.current, KeyRow):
            self._put_keys(current, value.strip())

    def title_words(self) -> Line:
        file = self.setup.config_file
        return ((shorten_home(file, self.setup.env) if file else "nothing is kept here", "muted"),)

    def on_virtual_list_moved(self) -> None:
        keys = {"choose": self.key_of("choose"), "default": self.key_of("setting-default")}
        self.setting_page.show(self.settings_pane.current, keys)

    # --- what a person does

    def on_settings_pane_chosen(self, message: SettingsPane.Chosen) -> None:
        row = message.row
        if isinstance(row, PlaceRow):
            self.action_feeds() if row.id == "feeds" else self.action_follows()
        elif not self._can_write():
            return
        elif isinstance(row, KeyRow):
            ask_for_keys(self, row, partial(self._put_keys, row))
        elif row.key.kind == "flag":
            self.work("set", self._step, row, choices_of(self.setup, row.key), 1)
        else:
            ask_for(self, row, partial(self._put_setting, row))

    def on_settings_pane_stepped(self, message: SettingsPane.Stepped) -> None:
        row = message.row
        choices = choices_of(self.setup, row.key) if isinstance(row, Standing) else ()
        if not choices or not isinstance(row, Standing):
            self.say(f"{self.key_of('choose')} changes it", "muted")
        elif self._can_write():
            self.work("set", self._step, row, choices, message.step)

    def action_setting_default(self) -> None:
        row = self.settings_pane.current
        if isinstance(row, PlaceRow) or row is None or not self._can_write():
            return
        if (row.told if isinstance(row, KeyRow) else row.written) is None:
            self.say("it stands at its default", "muted")
        elif isinstance(row, KeyRow):
            self._put_keys(row, None)
        else:
            self._put_setting(row, None)

    def _can_write(self) -> bool:
        if self.setup.config_file is None:
            self.say("nothing is kept here, so nothing can be set; start newsdesk without --demo", "muted")
        return self.setup.config_file is not None

    def _put_setting(self, row: Standing, value: Json | None) -> None:
        reason = reason_against(self.setup, row.key, value) if value is not None else ""
        if reason:
            self.say_error(f"{reason}; nothing was changed")
        else:
            self.work("set", self._write, SettingChange(row.place, row.written, value), row)

    def _put_keys(self, row: KeyRow, told: Json | None) -> None:
        self.work("set", self._write, SettingChange(("keys", row.command.id), row.told, told), row)

    async def _step(self, row: Standing, choices: Sequence[Json], step: int) -> None:
        """The choice that comes `step` after the one that stands once what was wanted before is written."""
        async with self._writing:
            now = (self.standings.find(row.key.dotted) if self.standings else None) or row
            here = choices.index(now.told) if now.told in choices else -1
            await self._keep(SettingChange(now.place, now.written, choices[(here + step) % len(choices)]), now)

    async def _write(self, change: SettingChange, row: Row) -> None:
        async with self._writing:
            await self._keep(change, row)

    async def _keep(self, change: SettingChange, row: Row) -> None:
        await self._put(change)
        self.desk_app.changes.append(change)
        self.desk_app.undone.clear()
        name, outranked = ".".join(change.place), isinstance(row, Standing) and row.outranked_by
        said = f"{name} = {to_toml(change.after)}" if change.after is not None else f"{name} is at its default"
        effect = _EFFECTS[row.key.effect] if isinstance(row, Standing) else ""
        if outranked:
            effect = f", but {outranked} overrides the file"
        self.say_done(f"{said}{effect}")

    async def _put(self, change: SettingChange) -> None:
        """Write a change, and let the dashboard take what it can at once."""
        file = self.setup.config_file
        assert file is not None
        try:
            await self.lanes.front(lambda desk: change_setting(file, change.place, change.after, change.before))
        except NewsdeskError:
            await self.read()
            raise
        await self.read()
        assert self.standings is not None
        take_config(self.desk_app, self.standings.config)
        await self.read()  # keys and theme are others now

    def action_undo(self) -> None:
        none = "no setting was changed in this session"
        self.work("set", self._turn_setting, self.desk_app.changes, self.desk_app.undone, none)

    def action_redo(self) -> None:
        none = "no setting was undone since the last change"
        self.work("set", self._turn_setting, self.desk_app.undone, self.desk_app.changes, none)

    async def _turn_setting(self, done: list[SettingChange], turned: list[SettingChange], none: str) -> None:
        """Turn the last of `done` round and put it on the other pile; `none`: what is said where there is no such change."""
        async with self._writing:
            if not done:
                self.say(none, "muted")
                return
            change = done[-1]
            back = SettingChange(change.place, change.after, change.before)
            await self._put(back)
            done.pop()
            turned.append(back)
        told = to_toml(back.after) if back.after is not None else "its default"
        name = ".".join(back.place)
        undone = turned is self.desk_app.undone
        self.say(f"undone: {name} is {told} again" if undone else f"done again: {name} is {told}")
