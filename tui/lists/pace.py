"""How long the cursor rests on a row before its story is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import monotonic
from typing import Final

from tui.outside.links import is_remote

PREVIEW_AFTER_S: Final = 0.1
SKIM_S: Final = 0.4  # moves closer to each other than this go past what they come to


class Pace:
    """A story costs about twice the bytes of the move to it. Over SSH, where a line may be slow and what waits in it can't be
    seen from here, those that are only gone past are not shown."""

    def __init__(self, env: Mapping[str, str], clock: Callable[[], float] = monotonic) -> None:
        self._remote = is_remote(env)
        self._clock = clock
        self._last = -SKIM_S

    def rest_s(self) -> float:
        """For the move that is made now, in seconds."""
        before, self._last = self._last, self._clock()
        return SKIM_S if self._remote and self._last - before < SKIM_S else PREVIEW_AFTER_S
