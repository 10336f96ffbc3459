"""`newsdesk --plain`: lines from stdin to the desk, and what it says to stdout."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime

from newsdesk.commands.console import Console
from newsdesk.commands.layout import wrap
from newsdesk.commands.plain import Plain, Say
from newsdesk.config import Config
from newsdesk.errors import Exit
from newsdesk.first_start import FirstStart, in_words
from newsdesk.paths import Paths

_LONGEST_LINE = 4096


def run_plain(
    console: Console,
    paths: Paths,
    _config: Config,
    now: Callable[[], datetime] | None,
    refresh_command: Sequence[str],
    _seeds: Sequence[str],
    _demo: bool,
    sitting: bool,
    *,
    first: FirstStart | None = None,
) -> int:
    """Read the sources, then carry out lines until `quit` or the end of stdin. The arguments are those of the dashboard."""
    from newsdesk.clock import utc_now
    from newsdesk.desk import Desk

    console.fix_appearance()  # no colours: a screen reader would spell them out

    def say(text: str) -> None:
        console.lines(wrap(text, console.width) if console.out_is_terminal else [text])

    with Desk.open(paths, now=now or utc_now) as desk:
        command = [word for word in refresh_command if word != "--events"]
        command += ["--sitting", desk.begin_sitting()] if sitting else []
        if first is not None and first.welcome and not desk.count(with_muted=True):
            for words in in_words():
                say(words)
        plain = Plain(desk, say, lambda tell: _refresh(command, tell, console))
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


def _refresh(command: Sequence[str], tell: Say, console: Console) -> None:
    """A headless refresh, and its report in its own words."""
    tell("Reading the sources; Control C stops it.")
    console.flush()
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True, errors="replace") as process:
        try:
            said, complained = process.communicate()
        except KeyboardInterrupt:
            process.communicate()  # the refresh has heard it too, and keeps the batch at hand before it ends
            tell("Stopped; what was read so far is kept.")
            return
    for line in (*said.splitlines(), *complained.splitlines()):
        tell(line)
