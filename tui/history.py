"""What a person typed before, to be found again with up and down."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 50


class History:
    """Lines, the latest last, each once. :meth:`older` and :meth:`newer` walk through them, from the line that is typed."""

    def __init__(self, lines: Sequence[str] = ()) -> None:
        self.lines = list(lines)[-MOST:]
        self._at: int | None = None  # None: at the line that is typed
        self._typed = ""

    def add(self, line: str) -> None:
        """Keep a line that was entered."""
        self._at = None
        if line:
            self.lines = [*(one for one in self.lines if one != line), line][-MOST:]

    def rest(self) -> None:
        """A line is typed anew."""
        self._at = None

    def older(self, typed: str) -> str | None:
        """The line before; None where there is none."""
        if self._at is None:
            self._typed = typed
        at = len(self.lines) if self._at is None else self._at
        while at > 0:
            at -= 1
            if self.lines[at] != typed:
                self._at = at
                return self.lines[at]
        return None

    def newer(self) -> str | None:
        """The line after, at last what was typed; None where that is reached."""
        if self._at is None:
            return None
        self._at += 1
        if self._at < len(self.lines):
            return self.lines[self._at]
        self._at = None
        return self._typed
