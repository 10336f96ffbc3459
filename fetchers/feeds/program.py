"""A feed that a program prints (`exec:` in the person's own configuration, and nowhere else). Never a shell."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from newsdesk.processes.children import end, exited
from newsdesk.text import clean_paragraph

DEADLINE_S = 30.0
LIMIT = 15 * 2**20
LAST_WORDS, LAST_WORDS_S = 2000, 0.5  # of what it writes to stderr: bytes, and how long more may come once it has ended


async def run_program(arguments: Sequence[str]) -> tuple[bytes | None, str]:
    """What the program wrote to stdout, or None and one sentence why not. It is killed at its deadline or past its size."""
    name = clean_paragraph(arguments[0])[:60] if arguments else ""
    try:
        process = await asyncio.create_subprocess_exec(
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,  # what it starts itself ends with it
        )
    except (OSError, ValueError, TypeError) as error:
        return None, f"the program {name} can't be started ({getattr(error, 'strerror', None) or error})"
    said = bytearray()
    listening = asyncio.ensure_future(_keep_last(process, said))
    try:
        async with asyncio.timeout(DEADLINE_S):
            body = await _read(process)
            code = await exited(process)
            if code:
                await asyncio.wait([listening], timeout=LAST_WORDS_S)
    except TimeoutError:
        return None, f"the program {name} took more than {DEADLINE_S:g} seconds and was stopped{_last_line(said)}"
    finally:
        listening.cancel()
        await end(process, group=True)
    if body is None:
        return None, f"the program {name} wrote more than {LIMIT // 2**20} MiB and was stopped"
    return (body, "") if code == 0 else (None, f"the program {name} ended with exit code {code}{_last_line(said)}")


async def _keep_last(process: asyncio.subprocess.Process, said: bytearray) -> None:
    """Read stderr, which would fill up else, and keep its end."""
    while process.stderr is not None and (part := await process.stderr.read(65536)):
        said += part
        del said[:-LAST_WORDS]


def _last_line(said: bytearray) -> str:
    """Why it failed, as programs say last on stderr; "" where it said nothing."""
    lines = said.decode("utf-8", "replace").strip().splitlines()
    last = clean_paragraph(lines[-1])[:200] if lines else ""
    return f": {last}" if last else ""


async def _read(process: asyncio.subprocess.Process) -> bytes | None:
    parts, size = [], 0
    while process.stdout is not None and (part := await process.stdout.read(65536)):
        size += len(part)
        if size > LIMIT:
            await end(process, group=True)
            return None
        parts.append(part)
    return b"".join(parts)
