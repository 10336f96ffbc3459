"""Child processes: the command line of one of the same program, when one has ended, and ending one for sure.

asyncio's own `wait` waits for the ends of the pipes as well: for ever, where nobody reads them any further or where something
that the child has started holds them open.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from asyncio.subprocess import Process
from collections.abc import Sequence

_LOOK_S = 0.2
_KEPT = ("--data", "--config", "--now")


async def exited(process: Process) -> int:
    """The exit code, as soon as there is one (minus the signal that ended it). What it has written can still be read."""
    while process.returncode is None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _LOOK_S)
    return process.returncode


async def end(process: Process, group: bool = False) -> int:
    """Kill a process where it still runs (`group`: and all that belongs to the group that it leads, in any case), close its
    pipes, and wait until it is gone. Returns its exit code."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if group:
            os.killpg(process.pid, signal.SIGKILL)
        elif process.returncode is None:
            process.kill()
    if process.stdin is not None and not process.stdin.is_closing():
        process.stdin.transport.abort()  # what it was still to be given
    code = await exited(process)
    process._transport.close()  # type: ignore[attr-defined]  # no public name closes the pipes that are read
    return code


def sibling(refresh_command: Sequence[str], words: Sequence[str]) -> tuple[str, ...]:
    """The argument list of another command into the same desk: the refresh command's program, data folder and settings."""
    words = list(words)
    if "refresh" not in refresh_command:
        return ()
    place = refresh_command.index("refresh")
    rest = list(refresh_command[place + 1 :])
    kept = [word for flag in _KEPT if flag in rest[:-1] for word in (flag, rest[rest.index(flag) + 1])]
    return (*refresh_command[:place], *words[:1], *kept, *words[1:])  # before the words: after ``--`` they would be among them
