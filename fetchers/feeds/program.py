"""A feed that a program prints (`exec:` in the person's own configuration, and nowhere else). Never a shell."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from newsdesk.children import end, exited
from newsdesk.text import clean_paragraph

DEADLINE_S = 30.0
LIMIT = 15 * 2**20


async def run_program(arguments: Sequence[str]) -> tuple[bytes | None, str]:
    """What the program wrote to stdout, or None and one sentence why not. It is killed at its deadline or past its size."""
    name = clean_paragraph(arguments[0])[:60] if arguments else ""
    try:
        process = await asyncio.create_subprocess_exec(
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,  # what it starts itself ends with it
        )
    except (OSError, ValueError, TypeError) as error:
        return None, f"the program {name} can't be started ({getattr(error, 'strerror', None) or error})"
    try:
        async with asyncio.timeout(DEADLINE_S):
            body = await _read(process)
            code = await exited(process)
    except TimeoutError:
        return None, f"the program {name} took more than {DEADLINE_S:g} seconds and was stopped"
    finally:
        await end(process, group=True)
    if body is None:
        return None, f"the program {name} wrote more than {LIMIT // 2**20} MiB and was stopped"
    return (body, "") if code == 0 else (None, f"the program {name} ended with exit code {code}")


async def _read(process: asyncio.subprocess.Process) -> bytes | None:
    parts, size = [], 0
    while process.stdout is not None and (part := await process.stdout.read(65536)):
        size += len(part)
        if size > LIMIT:
            await end(process, group=True)
            return None
        parts.append(part)
    return b"".join(parts)
