"""What grouping keeps in memory from one batch of a refresh to the next, and when that is no longer true.

Each write transaction, of any process, counts the archive's `tick` up. So what was read in one of ours is still true in the
next one if the tick has gone up by one meanwhile: by that one itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

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
