"""When a child process has ended, and ending one for sure.

asyncio's own `wait` waits for the ends of the pipes as well: for ever, where nobody reads them any further or where something
that the child has started holds them open.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from asyncio.subprocess import Process

_LOOK_S = 0.2


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
