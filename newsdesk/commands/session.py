"""What every command is given: the console, the clock, settings and places, and what only the composition root can make."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from newsdesk.commands.console import Console
from newsdesk.errors import UsageError

if TYPE_CHECKING:
    from newsdesk.clock import Clock
    from newsdesk.ports import SeedFile, SeedReader


class Stopped(BaseException):
    """A signal other than INT asked the command to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Session:
    """One run of one command. Nothing is read, made or imported before it is asked for."""

    def __init__(
        self,
        console: Console,
        env: Mapping[str, str],
        flags: argparse.Namespace,
        make_reader: Callable[[], SeedReader],
    ) -> None:
        self.console = console
        self.env = env
        self.flags = flags
        self._make_reader = make_reader

    @cached_property
    def reader(self) -> SeedReader:
        return self._make_reader()

    def read_stdin(self, seed_format: str | None) -> SeedFile:
        """The stories that stdin holds, read to its end."""
        import sys

        return self.reader.read_bytes(sys.stdin.buffer.read(), "-", seed_format)

    def check_seed_format(self, name: str | None) -> None:
        """Raises UsageError for a seed format that isn't there."""
        formats = self.reader.formats
        if name is not None and name not in formats:
            raise UsageError(f"no seed format '{name}'; there are {', '.join(formats)}")

    @cached_property
    def clock(self) -> Clock:
        from newsdesk.clock import parse_moment, utc_now

        if self.flags.now is None:
            return utc_now
        fixed = parse_moment(self.flags.now)
        return lambda: fixed

    def choose_format(self, formats: tuple[str, ...]) -> str:
        """The format asked for, else text on a terminal and ndjson off it. Raises UsageError for one that isn't offered."""
        asked: str | None = self.flags.format
        if asked is None:
            return "text" if self.console.out_is_terminal else "ndjson"
        if asked not in formats:
            raise UsageError(f"no format '{asked}' here; there are {', '.join(formats)}")
        return asked
