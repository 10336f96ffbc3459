"""What reading a source of files came to: its part of the refresh report, and what is remembered of its files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from newsdesk.archive.rows import SourceState
from newsdesk.errors import Problem
from newsdesk.model import Json, Story
from newsdesk.paths import path_text
from newsdesk.refresh.events import INTERRUPTED
from newsdesk.refresh.sources import SeedSource


class FileRead(NamedTuple):
    """A file that was read. `lost`: there was no story in it."""

    path: Path
    fingerprint: str | None
    flaws: Sequence[Problem]
    lost: bool

    def state(self, moment: str) -> SourceState:
        """What the next refresh needs to pass the file over, and to say again what is wrong with it. `moment`: UTC, ``Z``."""
        return SourceState(
            id=state_id(self.path),
            fingerprint=self.fingerprint,
            succeeded=None if self.flaws else moment,
            failed=moment if self.flaws else None,
            error=path_text(str(self.flaws[0])) if self.flaws else None,
            detail={"lost": self.lost} if self.flaws else None,
        )


@dataclass
class SeedsRead:
    """What reading one source came to. `sitting`: the token of the sitting that its stories last for, None if they stay.

    `stories` of the `waiting` files are not kept yet: those of many small files are kept together, as each batch has its price.
    Of a file that is read in parts so many stories are `kept`; `found` is what the keeper found in them.
    """

    source: SeedSource
    sitting: str | None = None
    files: int = 0
    read: int = 0
    failed: int = 0
    flaws: list[str] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    interrupted: bool = False
    stories: list[Story] = field(default_factory=list)
    waiting: list[FileRead] = field(default_factory=list)
    kept: int = 0
    found: dict[tuple[str, ...], int] = field(default_factory=dict)

    def status(self) -> str:
        if self.failed and self.failed == self.files:
            return "failed"
        if self.interrupted:
            return "skipped"
        return "updated" if self.read else "unchanged"

    def error(self) -> str | None:
        """One sentence, or None where all went well."""
        if not self.flaws:
            return INTERRUPTED if self.interrupted else None
        more = f" (and {len(self.flaws) - 1} more)" if len(self.flaws) > 1 else ""
        return self.flaws[0] + more

    def to_json(self, seconds: float) -> dict[str, Json]:
        return {
            "id": self.source.id,
            "kind": "seeds",
            "path": self.source.path,
            "status": self.status(),
            "http": None,
            "new": self.new,
            "changed": self.changed,
            "error": self.error(),
            "retry_after": None,
            "seconds": round(seconds, 3),
        }


def state_id(path: Path) -> str:
    """The key of a file's state: its absolute path, as text that can be stored whatever bytes its name has."""
    return path_text(os.path.abspath(path))  # noqa: PTH100 - links are not followed
