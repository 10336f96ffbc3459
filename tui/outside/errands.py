"""Commands of the same program, run as children: whatever needs the network or writes the settings is not done here."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass

from newsdesk.model import Json
from newsdesk.processes.children import end

LARGEST_OUTPUT_BYTES = 8 * 2**20
LONGEST_S = 120.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a child came to. `says` is the last line of its narration, without the program's name."""

    code: int
    output: bytes
    says: str

    def listed(self, name: str) -> list[dict[str, Json]]:
        """The objects of a ``{"version": 1, name: [...]}`` document; nothing where the output is none."""
        try:
            document = json.loads(self.output)
        except (ValueError, RecursionError):
            return []
        rows = document.get(name) if isinstance(document, dict) else None
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


async def run(command: Sequence[str]) -> Outcome:
    """Run a child to its end. Cancelling stops it. Never raises for what the child does."""
    try:
        child = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
    except (OSError, ValueError) as error:
        return Outcome(-1, b"", f"it could not be started: {error}")
    try:
        output, said = await asyncio.wait_for(child.communicate(), LONGEST_S)
    except TimeoutError:
        return Outcome(-1, b"", f"it took longer than {LONGEST_S:.0f} s and was stopped")
    finally:
        await end(child)
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    return Outcome(child.returncode or 0, output[:LARGEST_OUTPUT_BYTES], lines[-1].removeprefix("newsdesk: ") if lines else "")
