"""What commands need and only the composition root can give: shapes alone, imported for their types and never at run time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from newsdesk.clock import Clock
from newsdesk.config import Config
from newsdesk.config.lines import Lines
from newsdesk.first_start import FirstStart
from newsdesk.paths import Paths
from newsdesk.ports import FeedFinder, FeedReader, SeedFile, SeedReader


class StreamReader(SeedReader, Protocol):
    """A reader of seed files that can also read what stdin held."""

    def read_bytes(self, data: bytes, path: str, seed_format: str | None = None) -> SeedFile: ...


class Outside(Protocol):
    """What only the composition root can give: readers and the dashboard."""

    def make_reader(self) -> StreamReader: ...

    def seed_formats(self) -> tuple[str, ...]: ...

    def make_feed_reader(
        self, user_agent: str, threads: Mapping[str, Sequence[str]]
    ) -> AbstractAsyncContextManager[FeedReader]:
        """To be entered in the event loop that it is used in; `threads` are servers of comments by kind."""
        ...

    def make_feed_finder(self, user_agent: str) -> AbstractAsyncContextManager[FeedFinder]: ...

    def run_dashboard(
        self,
        paths: Paths,
        config: Config,
        now: Clock | None,
        refresh_command: Sequence[str],
        seeds: Sequence[str],
        demo: bool,
        sitting: bool,
        *,
        first: FirstStart | None = None,
    ) -> int:
        """The exit code, or one of :class:`newsdesk.first_start.Next`: what is to be opened instead."""
        ...

    def check_dashboard(self, config: Config, lines: Lines) -> tuple[list[str], list[str]]:
        """What is wrong with the keys and the theme that the settings in `lines` name, and what is only hard to read."""
        ...

    def theme_text(self, name: str, file: Path) -> str:
        """The theme of that name ("": the first) as a file to begin with. Raises ConfigError."""
        ...

    def run_server(
        self, command: Sequence[str], host: str, port: int, public_url: str | None, say: Callable[[str], None]
    ) -> int:
        """Serve the dashboard that `command` opens to browsers. Raises OSError where the port can't be had."""
        ...
