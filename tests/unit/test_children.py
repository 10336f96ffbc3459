"""Child processes that do all they can so that whoever waits for them waits for ever."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process

from newsdesk.processes.children import end, exited


async def _start(code: str, group: bool = False) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=group
    )


async def test_one_whose_output_nobody_reads_is_ended() -> None:
    child = await _start("while True: print('y' * 1000)")
    assert child.stdout is not None
    assert await child.stdout.read(1)
    assert await end(child) == -signal.SIGKILL
    assert await end(child) == -signal.SIGKILL, "twice does no harm"


async def test_one_that_reads_nothing_of_what_it_is_given_is_ended() -> None:
    child = await _start("import signal; print(flush=True); signal.pause()")
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(b"x" * 3_000_000)
    assert await child.stdout.read(1)
    assert await end(child) == -signal.SIGKILL


async def test_what_it_has_started_may_hold_its_output_open() -> None:
    code = "import os, signal\nif os.fork() == 0:\n    os.setsid(); print(os.getpid(), flush=True); signal.pause()\nos._exit(7)"
    child = await _start(code, group=True)
    assert child.stdout is not None
    held = int(await child.stdout.readline())
    try:
        assert await exited(child) == 7
        assert await end(child, group=True) == 7
    finally:
        os.kill(held, signal.SIGKILL)


async def test_what_belongs_to_its_group_ends_with_it() -> None:
    code = "import os, signal; os.fork() or print(os.getpid(), flush=True); signal.pause()"
    child = await _start(code, group=True)
    assert child.stdout is not None
    assert await child.stdout.readline()
    await end(child, group=True)
    assert await asyncio.to_thread(_is_gone, child.pid)


def _is_gone(group: int) -> bool:
    while True:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
