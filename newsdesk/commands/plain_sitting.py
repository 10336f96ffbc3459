"""`newsdesk --plain`: lines from stdin to the desk, and what it says to stdout."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.commands.console import Console
from newsdesk.commands.layout import wrap
from newsdesk.commands.plain import Plain
from newsdesk.commands.plain_lists import Say
from newsdesk.config import Config
from newsdesk.errors import Exit, UsageError
from newsdesk.first_start import FirstStart, in_words
from newsdesk.paths import Paths

if TYPE_CHECKING:
    from newsdesk.desk import Desk
    from newsdesk.feeds.health import FeedHealth

_LONGEST_LINE = 4096


def run_plain(
    console: Console,
    paths: Paths,
    config: Config,
    now: Callable[[], datetime] | None,
    refresh_command: Sequence[str],
    _seeds: Sequence[str],
    demo: bool,
    sitting: bool,
    *,
    first: FirstStart | None = None,
) -> int:
    """Read the sources, then carry out lines until `quit` or the end of stdin. The arguments are those of the dashboard."""
    from newsdesk.clock import utc_now
    from newsdesk.desk import Desk

    console.colour = False  # a screen reader would spell them out

    def say(text: str) -> None:
        console.lines(wrap(text, console.width) if console.out_is_terminal else [text])

    with Desk.open(paths, now=now or utc_now) as desk:
        command = [word for word in refresh_command if word != "--events"]
        command += ["--sitting", desk.begin_sitting()] if sitting else []
        if first is not None and first.welcome and not desk.count(with_muted=True):
            for words in in_words():
                say(words)
        plain = Plain(desk, say, Children(command, console, desk, config, None if demo else paths.config, first))
        plain.do("refresh")
        plain.greet()
        while (line := _ask(console)) is not None:
            if not plain.do(line):
                break
    return Exit.OK


def _ask(console: Console) -> str | None:
    """The next line, None at the end of stdin."""
    if sys.stdin is None:
        return None
    if sys.stdin.isatty():
        console.write("> ")
    console.flush()
    line = sys.stdin.readline(_LONGEST_LINE)
    return line.strip() if line else None


class Children:
    """Other processes of newsdesk into the same desk. `refresh_command` is a headless refresh; `file` are the settings, which
    one of them may change, None for those of the samples; who is at a first start changes their own."""

    def __init__(
        self,
        refresh_command: Sequence[str],
        console: Console,
        desk: Desk,
        config: Config,
        file: Path | None,
        first: FirstStart | None,
    ) -> None:
        self._command, self._console, self._desk = refresh_command, console, desk
        self._config, self._file, self._first = config, file, first

    def refresh(self, say: Say, only: str | None = None) -> None:
        say("Reading the sources; Control C stops it.")
        stopped = "Stopped; what was read so far is kept."
        self._tell([*self._command, *(("--only", only) if only else ())], say, stopped)

    def run(self, say: Say, words: Sequence[str]) -> None:
        from newsdesk.processes.children import sibling

        command, then = self._command, "refresh reads the feeds, feeds lists how each is doing."
        if self._file is None:
            if self._first is None or not self._first.welcome:
                raise UsageError("the samples have no settings to change; start newsdesk --plain without --demo")
            command, then = self._first.refresh_command, "Say quit and start newsdesk --plain again: it opens your own desk."
        if self._tell(sibling(command, words), say, "Stopped."):
            say(then)

    def feeds_health(self) -> Sequence[FeedHealth]:
        from newsdesk.config import read_config

        config = self._config if self._file is None else read_config(self._file, os.environ)[0]
        return self._desk.feeds_health(config.feeds)

    def _tell(self, command: Sequence[str], say: Say, stopped: str) -> bool:
        """Run a child to its end, and say what it prints; whether all went well."""
        self._console.flush()
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True, errors="replace"
        ) as child:
            try:
                said, complained = child.communicate()
            except KeyboardInterrupt:
                child.communicate()  # it has heard it too: a refresh keeps the batch at hand before it ends
                say(stopped)
                return False
        for line in (*said.splitlines(), *complained.splitlines()):
            say(line.removeprefix("newsdesk: "))
        return child.returncode == 0
