"""The composition root: gives every command the readers and screens that the core must not know.

The only core module that may import fetchers and tui, and it does so inside functions: `--help` and headless commands load
no Textual. Whatever isn't needed to print the help is imported later, since a start is waited for each time.
"""

from __future__ import annotations

import sys

from newsdesk import __version__
from newsdesk.commands import SHARED_FLAGS, TABLE

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself takes two milliseconds
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime
    from pathlib import Path

    from newsdesk.commands.outside import StreamReader
    from newsdesk.config import Config
    from newsdesk.config.lines import Lines
    from newsdesk.first_start import FirstStart
    from newsdesk.paths import Paths
    from newsdesk.ports import FeedFinder, FeedReader


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (without the program's name); returns its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        if words in (["--help"], ["-h"]):
            return _print(help_text())
        if words == ["--version"]:
            return _print(f"newsdesk {__version__}\n")
        from newsdesk.commands.dispatch import run_guarded

        return run_guarded(words, Outside())
    except KeyboardInterrupt:  # while it is still being loaded, which is a good part of a short command
        return 130


class Outside:
    """What commands may ask for and the core must not know (`newsdesk.commands.outside.Outside` is its shape)."""

    def make_reader(self) -> StreamReader:
        """The reader of seed files."""
        from fetchers.seeds import Reader

        return Reader()

    def seed_formats(self) -> tuple[str, ...]:
        """Names that `--seed-format` may be given."""
        from fetchers.seeds import FORMATS

        return FORMATS

    def make_feed_reader(
        self, user_agent: str, threads: Mapping[str, Sequence[str]]
    ) -> AbstractAsyncContextManager[FeedReader]:
        """The reader of feeds, to be entered in the event loop that it is used in; `threads` are servers of comments."""
        from fetchers.feeds.reader import Reader

        return Reader(user_agent, threads=threads)

    def make_feed_finder(self, user_agent: str) -> AbstractAsyncContextManager[FeedFinder]:
        """What finds the feeds of a web page, to be entered in the event loop that it is used in."""
        from fetchers.feeds.discover import Finder

        return Finder(user_agent)

    def run_dashboard(
        self,
        paths: Paths,
        config: Config,
        now: Callable[[], datetime] | None,
        refresh_command: Sequence[str],
        seeds: Sequence[str],
        demo: bool,
        sitting: bool,
        *,
        first: FirstStart | None = None,
    ) -> int:
        """Open the dashboard; returns its exit code once it is closed.

        `refresh_command` is the child it refreshes with; in a `sitting` what its --seeds bring goes when the dashboard closes.
        """
        from tui.door import run

        return run(paths, config, now, refresh_command, seeds, demo=demo, sitting=sitting, first=first)

    def check_dashboard(self, config: Config, lines: Lines) -> tuple[list[str], list[str]]:
        """What is wrong with the keys and the theme that the settings in `lines` name, and what is only hard to read."""
        from tui.keys.checking import look_over

        return look_over(config, lines)

    def theme_text(self, name: str, file: Path) -> str:
        """The theme of that name ("": the first) as a file to begin with. Raises ConfigError."""
        from tui.keys.checking import theme_to_begin_with

        return theme_to_begin_with(name, file)

    def run_server(
        self, command: Sequence[str], host: str, port: int, public_url: str | None, say: Callable[[str], None]
    ) -> int:
        """Serve the dashboard that `command` opens to browsers, until it is told to end."""
        from tui.serve import run

        return run(command, host, port, public_url, say)


def help_text() -> str:
    """What `newsdesk --help` prints: the dashboard's flags and every command, from the tables."""
    from newsdesk.commands.dashboard import FLAGS

    shared = [(f"{flag} {value}", text) for flag, value, text in SHARED_FLAGS]
    shared += [("--version", "print the version"), ("-h, --help", "this, or with a command its own flags")]
    return "\n".join(
        [
            "usage: newsdesk [PATH...]            open the dashboard",
            "       newsdesk COMMAND ...          do one thing without it",
            "",
            "A newsroom dashboard in the terminal: stories by topic, country and storyline,",
            "with the readers' mood.",
            "",
            "the dashboard:",
            *_two_columns([("PATH", "seed files or folders to open beside the configured ones"), *FLAGS]),
            "",
            "commands (newsdesk COMMAND --help tells more; a folder of that name is ./list):",
            *_two_columns([(name, summary) for name, (_, summary) in TABLE.items()]),
            "",
            "everywhere:",
            *_two_columns(shared),
            "",
        ]
    )


def _two_columns(rows: Sequence[tuple[str, str]]) -> list[str]:
    return [f"  {left:<13}  {right}" for left, right in rows]


def _print(text: str) -> int:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except AttributeError:  # there is no stdout
        return 0
    except OSError as error:
        sys.stdout = None  # or Python would try once more at its end
        if isinstance(error, BrokenPipeError):
            return 0
        import os

        from newsdesk.commands.console import Console, why_not_written

        Console(os.environ).complain(f"newsdesk: stdout: {why_not_written(error)}")
        return 1
    return 0
