"""What is kept in memory from one batch of a refresh to the next, and when that is no longer true.

Each write transaction, of any process, counts the archive's `tick` up. So what was read in one of ours is still true in the
next one if the tick has gone up by one meanwhile: by that one itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from newsdesk.query.words import fold

if TYPE_CHECKING:  # they come with numpy, which a refresh that finds nothing new never pays
    from newsdesk.archive.postings import Postings
    from newsdesk.storylines.standing import Standing


class GroupingMemory:
    """`postings` and `standing` of the archive, to be used inside a write transaction after :meth:`meet`."""

    def __init__(self) -> None:
        self._tick = 0

    @cached_property
    def postings(self) -> Postings:
        from newsdesk.archive.postings import Postings

        return Postings()

    @cached_property
    def standing(self) -> Standing:
        from newsdesk.storylines.standing import Standing

        return Standing()

    @contextmanager
    def lasting(self) -> Iterator[None]:
        """Around a transaction. If that fails nothing is known any more: what it wrote is not there."""
        try:
            yield
        except BaseException:
            self.clear()
            raise

    def meet(self, connection: sqlite3.Connection) -> None:
        """A write transaction has begun: forget what may have changed since the last one."""
        tick = int(connection.execute("SELECT tick FROM state").fetchone()[0])
        if tick != self._tick + 1:
            self.clear()
        self._tick = tick

    def clear(self) -> None:
        """Forget everything."""
        for name in ("postings", "standing"):
            self.__dict__.pop(name, None)
        self._tick = 0


_NO_SOURCE = "~"  # as the index says it
_SOURCE = "coalesce(source, outlet, '~') COLLATE NOCASE"
_NEXT_SOURCE = f"SELECT {_SOURCE} FROM story INDEXED BY story_source WHERE doc > 0 AND {_SOURCE} > ? ORDER BY {_SOURCE} LIMIT 1"  # noqa: S608


@dataclass(slots=True)
class SourceNames:
    """The folded names of all sources that there are stories of, and perhaps some more, to be used inside a write transaction
    after :meth:`meet`; those of stories that are taken in are to be added. `sure`: false where the names can't be told."""

    names: set[str] = field(default_factory=set)
    sure: bool = True
    _tick: int = -1

    def meet(self, connection: sqlite3.Connection) -> None:
        """Read them anew if others have written since the last transaction in which they were met."""
        tick = int(connection.execute("SELECT tick FROM state").fetchone()[0])
        if tick not in (self._tick, self._tick + 1):
            known = set(_sources(connection))
            self.sure = "" not in known  # of a story with an empty one the outlet is asked
            self.names.update(map(fold, known), [""] if _NO_SOURCE in known else [])
        self._tick = tick

    @contextmanager
    def lasting(self) -> Iterator[None]:
        """Around a transaction. If that fails its tick is counted once more, by whoever writes next: perhaps another one."""
        try:
            yield
        except BaseException:
            self._tick = -1
            raise


def _sources(connection: sqlite3.Connection) -> Iterator[str]:
    """Each once, whatever its case: the index is gone along in leaps."""
    row = connection.execute(_NEXT_SOURCE.replace("> ? ORDER", ">= ? ORDER"), ("",)).fetchone()
    while row is not None:
        yield row[0]
        row = connection.execute(_NEXT_SOURCE, row).fetchone()
