"""Carrying alerts out of the terminal: to a file, and by a program of the person's own. When it has to be quiet.

A program is started from a list of arguments, never by a shell; what an alert says is put into arguments that are there, can
add none and can't be taken for a flag.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsdesk.clock import stamp
from newsdesk.config import AlertSettings
from newsdesk.paths import expand
from newsdesk.text import clean_field
from newsdesk.wording import counted

PATIENCE_S = 20.0
_PLACES = re.compile(r"\{follow\}|\{alert\}")


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert that was raised: the follow's name and its text."""

    follow: str
    text: str


def is_quiet(hours: str | None, now: datetime) -> bool:
    """Whether `now`, in local time, lies within ``22:00-07:00``; the end is no part of it."""
    if not hours:
        return False
    begin, end = hours.split("-")
    clock = now.astimezone().strftime("%H:%M")
    return begin <= clock < end if begin <= end else clock >= begin or clock < end


def carry(raised: Sequence[Raised], settings: AlertSettings, now: datetime, env: dict[str, str]) -> Iterator[str]:
    """Write the alerts to the settings' file and start their program for each; yields a sentence for whatever went wrong.

    In quiet hours the program waits for the next alert that is raised outside of them; the file is written all the same.
    """
    if settings.file and raised:
        yield from _write(Path(expand(settings.file, env)), raised, now)
    if settings.command and not is_quiet(settings.quiet, now):
        yield from _start_each(settings.command, raised)


def _write(path: Path, raised: Sequence[Raised], now: datetime) -> Iterator[str]:
    lines = "".join(f"{stamp(now)}\t{clean_field(alert.follow)}\t{clean_field(alert.text)}\n" for alert in raised)
    try:
        with path.open("ab", buffering=0) as file:  # one write: two refreshes can't mix their lines
            rest = memoryview(lines.encode("utf-8", "replace"))
            while rest:  # more than one only where the disk fills up, and the next says so
                rest = rest[file.write(rest) or 0 :]
    except OSError as error:
        yield f"{path}: alerts could not be written: {error.strerror}"


def _start_each(command: Sequence[str], raised: Sequence[Raised]) -> Iterator[str]:
    """Start the program for one alert after the other. One that can't be started, or had to be ended, would hold up a refresh
    as often as there are alerts: it is not tried again."""
    for left, alert in zip(reversed(range(len(raised))), raised, strict=True):
        words = [_fill(word, alert) for word in command]
        quiet = subprocess.DEVNULL
        try:
            done = subprocess.run(words, stdin=quiet, stdout=quiet, stderr=quiet, timeout=PATIENCE_S, check=False)
        except OSError as error:
            why = f"could not be started: {error.strerror}"
        except subprocess.TimeoutExpired:
            why = f"took over {PATIENCE_S:.0f} s and was ended"
        else:
            if done.returncode:
                yield f"alerts.command: {words[0]} ended with {done.returncode}"
            continue
        rest = f"; it was not started for {counted(left, 'more alert')}" if left else ""
        yield f"alerts.command: {words[0]} {why}{rest}"
        return


def _fill(word: str, alert: Raised) -> str:
    told = {"{follow}": clean_field(alert.follow) or "", "{alert}": clean_field(alert.text) or ""}
    filled = _PLACES.sub(lambda found: told[found[0]], word)
    return filled.lstrip("-") if word.startswith("{") else filled
