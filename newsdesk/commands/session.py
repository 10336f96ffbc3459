"""What every command is given: the console, the clock, settings and places, and what only the composition root can make."""

from __future__ import annotations

import argparse
import stat
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from newsdesk.commands.console import Console
from newsdesk.errors import ConfigError, OutdatedError, StorageError, UsageError

if TYPE_CHECKING:
    from newsdesk.clock import Clock
    from newsdesk.commands.outside import Outside, StreamReader
    from newsdesk.config import Config
    from newsdesk.desk import Desk
    from newsdesk.paths import Paths
    from newsdesk.ports import SeedFile
    from newsdesk.refresh.sources import Sources


PLACES = ("NEWSDESK_CONFIG", "NEWSDESK_DATA")  # variables that are read before there are settings


class Stopped(BaseException):
    """A signal other than INT asked the command to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def stdin_bytes(most: int = -1) -> bytes:
    """What stdin holds, `most` bytes of it at most; nothing where it is closed. Raises OSError."""
    import sys

    return sys.stdin.buffer.read(most) if sys.stdin is not None else b""


class Session:
    """One run of one command. Nothing is read, made or imported before it is asked for."""

    def __init__(
        self,
        console: Console,
        env: Mapping[str, str],
        flags: argparse.Namespace,
        outside: Outside,
    ) -> None:
        self.console = console
        self.env = env
        self.flags = flags
        self.outside = outside
        self.makes_config = False  # the command writes the settings file, so that a named one may still be missing

    @cached_property
    def reader(self) -> StreamReader:
        return self.outside.make_reader()

    def read_stdin(self, seed_format: str | None) -> SeedFile:
        """The stories that stdin holds, read to its end."""
        return self.reader.read_bytes(stdin_bytes(), "-", seed_format)

    def check_seed_format(self, name: str | None) -> None:
        """Raises UsageError for a seed format that isn't there."""
        formats = self.outside.seed_formats()
        if name is not None and name not in formats:
            raise UsageError(f"no seed format '{name}'; there are {', '.join(formats)}")

    @cached_property
    def clock(self) -> Clock:
        from newsdesk.clock import utc_now

        return self.fixed_clock or utc_now

    @cached_property
    def fixed_clock(self) -> Clock | None:
        """The clock that `--now` stops, None where time goes on. Raises UsageError for what is no time."""
        from newsdesk.clock import parse_moment

        if self.flags.now is None:
            return None
        fixed = parse_moment(self.flags.now)
        return lambda: fixed

    @cached_property
    def paths(self) -> Paths:
        from newsdesk.paths import find_paths

        return find_paths(self.env, self.flags.config, self.flags.data)

    @property
    def config_named(self) -> bool:
        """Whether a person named the settings file, so that it must be there."""
        return bool(self.flags.config or self.env.get("NEWSDESK_CONFIG")) and not self.makes_config

    @cached_property
    def config(self) -> Config:
        """The settings; which model reads comments is as they say from here on."""
        from newsdesk.config import load_config
        from newsdesk.tagging.tiers import want

        found = load_config(self.paths.config, self.env, self.config_named)
        want(found.tier)
        return found

    def sources(self, asked: Sequence[str], only: Sequence[str] = (), sitting: bool = False) -> Sources:
        """What a refresh reads: the settings' sources, kept ones, and those asked for here."""
        from newsdesk.refresh.sources import find_sources, read_kept

        self._check_data_is_a_folder()
        return find_sources(self.config, read_kept(self.paths.kept_seeds), asked, only, sitting)

    def _check_named_config(self) -> None:
        """Raises ConfigError for a settings file that was named and isn't there, or is wrong; a desk needs none, but to go on
        as without it would be another desk than the one that was asked for."""
        if self.config_named:
            _ = self.config

    def _check_variables(self) -> None:
        """Raises ConfigError for a variable whose name was misspelt, also where no settings are read: it may be where the
        archive is."""
        if all(name in PLACES for name in self.env if name.startswith("NEWSDESK_")):
            return  # mostly; what knows the others' names takes time to load
        from newsdesk.config.reading import misspelt_variables

        for fault in misspelt_variables(self.env):
            raise ConfigError(fault)

    def _check_data_is_a_folder(self) -> None:
        """Raises UsageError for a data folder that is a file, or inside one."""
        try:
            is_folder = stat.S_ISDIR(self.paths.data.stat().st_mode)
        except NotADirectoryError:
            is_folder = False
        except (OSError, ValueError):
            return  # not there yet, or for others to tell
        if not is_folder:
            raise UsageError(f"{self.paths.data}: is not a folder (--data, NEWSDESK_DATA)")

    def open_desk(self, readonly: bool = False, *, lean: bool = False) -> Desk:
        """The desk: archive, marks and notebook; a `lean` one keeps little in memory. Close it, or use it with `with`."""
        from newsdesk.desk import Desk

        self._check_variables()
        self._check_named_config()
        self._check_data_is_a_folder()
        try:
            return Desk.open(self.paths, now=self.clock, readonly=readonly, lean=lean)
        except OutdatedError:
            self.console.progress("bringing the archive up to date")
            self._bring_up_to_date()
            self.console.end_progress()
            return Desk.open(self.paths, now=self.clock, readonly=readonly, lean=lean)

    def _bring_up_to_date(self) -> None:
        """Raises StorageError, with what stands in the way, where an older newsdesk's archive can't be made a newer one."""
        from newsdesk.desk import Desk

        try:
            Desk.open(self.paths, now=self.clock).close()
        except StorageError as error:
            old = f"{self.paths.archive}: written by an older newsdesk, and it can't be brought up to date here"
            raise StorageError(f"{old}: {error}") from None

    def choose_format(self) -> str:
        """The format asked for, else text on a terminal and ndjson off it."""
        return self.format_or("text" if self.console.out_is_terminal else "ndjson")

    def format_or(self, usual: str) -> str:
        """The format asked for, which gives the same bytes everywhere; else the `usual` one."""
        asked: str | None = self.flags.format
        if asked is None:
            return usual
        self.console.fix_appearance()
        return asked
