"""Carrying alerts out of the terminal: to a file, and by a program of the person's own. When it has to be quiet.

A program is started from a list of arguments, never by a shell; what an alert says is put into arguments that are there, can
add none and can't be taken for a flag.

An alert is carried once at least: that it was is written down after it was. Who is killed in between has it carried twice,
which costs a glance; the other way round it would be lost.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from newsdesk.clock import before, stamp
from newsdesk.config import AlertSettings
from newsdesk.following.alerts import Raised, Way
from newsdesk.paths import expand
from newsdesk.text import clean_field
from newsdesk.wording import counted

PATIENCE_S = 20.0
KEPT = timedelta(days=1)  # what could not be carried for so long is no news
_PLACES = re.compile(r"\{follow\}|\{alert\}")
_NOTHING_TO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EROFS)  # as in a pipe or a terminal
_Done: TypeAlias = Callable[[Sequence[Raised]], None]


def is_quiet(hours: str | None, now: datetime) -> bool:
    """Whether `now`, in local time, lies within ``22:00-07:00``; the end is no part of it."""
    if not hours:
        return False
    begin, end = hours.split("-")
    clock = now.astimezone().strftime("%H:%M")
    return begin <= clock < end if begin <= end else clock >= begin or clock < end


def ways_of(settings: AlertSettings, now: datetime) -> tuple[Way, ...]:
    """How alerts that are raised now are to be carried: for those of quiet hours no program is started, nor later."""
    file: tuple[Way, ...] = ("file",) if settings.file else ()
    return (*file, "command") if settings.command and not is_quiet(settings.quiet, now) else file


def carry(
    raised: Sequence[Raised],
    settings: AlertSettings,
    now: datetime,
    env: dict[str, str],
    settle: Callable[[Way, Sequence[Raised]], None] = lambda way, alerts: None,
) -> Iterator[str]:
    """Write the alerts to the settings' file and start their program for each; yields a sentence for whatever went wrong.

    `settle` is told of those that need not be carried a way any more, as soon as that is so: they were, the settings name
    nothing for it, or they are older than :data:`KEPT`. In quiet hours no program is started.
    """

    def write(alerts: Sequence[Raised], done: _Done) -> Iterator[str]:
        return _write(Path(expand(settings.file, env)), alerts, now, done)

    def start(alerts: Sequence[Raised], done: _Done) -> Iterator[str]:
        return iter(()) if is_quiet(settings.quiet, now) else _start_each(settings.command, alerts, done)

    yield from _carry_by("file", raised, write if settings.file else None, now, settle)
    yield from _carry_by("command", raised, start if settings.command else None, now, settle)


def _carry_by(
    way: Way,
    raised: Sequence[Raised],
    attempt: Callable[[Sequence[Raised], _Done], Iterator[str]] | None,
    now: datetime,
    settle: Callable[[Way, Sequence[Raised]], None],
) -> Iterator[str]:
    """Carry the alerts one way; give up those that are old and could not be."""
    left = [alert for alert in raised if way in alert.ways]

    def done(alerts: Sequence[Raised]) -> None:
        settle(way, alerts)
        left[:] = [alert for alert in left if alert not in alerts]

    if not left:
        return
    if attempt is None:
        done(left)
        return
    border = stamp(before(now, KEPT))
    again = "; the next refresh tries again" if any(not alert.at or alert.at >= border for alert in left) else ""
    for fault in attempt(tuple(left), done):
        yield f"{fault}{again}"
    old = [alert for alert in left if alert.at and alert.at < border]
    if old:
        done(old)
    for alert in old:
        yield f"alerts.{way}: given up, as it was raised over a day ago: {alert.follow}: {alert.text}"


def _write(path: Path, raised: Sequence[Raised], now: datetime, done: _Done) -> Iterator[str]:
    lines = "".join(f"{alert.at or stamp(now)}\t{clean_field(alert.follow)}\t{clean_field(alert.text)}\n" for alert in raised)
    try:
        # A pipe that nobody reads is a fault, and must not hold up who writes.
        number = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC, 0o666)
        try:
            _append(number, lines.encode("utf-8", "replace"))
        finally:
            os.close(number)
    except OSError as error:
        yield f"{path}: alerts could not be written: {error.strerror}"
    else:
        done(raised)


def _append(number: int, lines: bytes) -> None:
    """All of it, or nothing: what a full disk cuts off would be there twice when there is room again. Raises OSError."""
    size = os.fstat(number).st_size
    rest = memoryview(lines)
    try:
        while rest:  # more than one write only where the disk fills up, and the next says so
            rest = rest[os.write(number, rest) :]
        try:
            os.fsync(number)
        except OSError as error:
            if error.errno not in _NOTHING_TO_SYNC:
                raise
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(number, size)
        raise


def _start_each(command: Sequence[str], raised: Sequence[Raised], done: _Done) -> Iterator[str]:
    """Start the program for one alert after the other. One that can't be started, or had to be ended, would hold up a refresh
    as often as there are alerts, as would one that takes its time to fail: it is not tried again now."""
    failed_s = 0.0
    for left, alert in zip(reversed(range(len(raised))), raised, strict=True):
        words = [_fill(word, alert) for word in command]
        began = time.monotonic()
        try:
            code = _start(words)
        except OSError as error:
            why = f"could not be started: {error.strerror}"
        except subprocess.TimeoutExpired:
            why = f"took over {PATIENCE_S:.0f} s and was ended"
        else:
            if not code:
                done([alert])
                continue
            why = f"ended with {code}"
            failed_s += time.monotonic() - began
            if failed_s < PATIENCE_S:
                yield f"alerts.command: {words[0]} {why}"
                continue
        rest = f"; it was not started for {counted(left, 'more alert')}" if left else ""
        yield f"alerts.command: {words[0]} {why}{rest}"
        return


def _start(words: Sequence[str]) -> int:
    """Start a program, and return the code that it ends with. One that takes too long is ended with all that it has started,
    as it is where the refresh is told to end. Raises OSError and subprocess.TimeoutExpired."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True) as process:
        try:
            return process.wait(PATIENCE_S)
        except BaseException:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            raise


def _fill(word: str, alert: Raised) -> str:
    told = {"{follow}": clean_field(alert.follow) or "", "{alert}": clean_field(alert.text) or ""}
    filled = _PLACES.sub(lambda found: told[found[0]], word)
    return filled.lstrip("-") if word.startswith("{") else filled
