"""Stories that wait for others: in memory while they are few, in a file without a name when they grow too many."""

from __future__ import annotations

import pickle
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from typing import IO, overload

from newsdesk.model import Story

MOST_CHARS = 8_000_000  # of text in memory; beyond that all stories are in the file


class Shelf(Sequence[Story]):
    """Takes stories at its end and gives them back by their places, as they came. To be closed: the file goes then.

    What is pickled is read back by this process alone, from a file that no other one can open.
    """

    def __init__(self, most_chars: int = MOST_CHARS) -> None:
        self._held: list[Story] = []
        self._chars, self._most_chars = 0, most_chars
        self._file: IO[bytes] | None = None
        self._ends = array("q", [0])

    def __len__(self) -> int:
        return len(self._held) if self._file is None else len(self._ends) - 1

    def __enter__(self) -> Shelf:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def extend(self, stories: Sequence[Story]) -> None:
        """Take stories in. Raises OSError where the file can't be written."""
        self._held += stories
        if self._file is None:
            self._chars += sum(map(_chars_of, stories))
            if self._chars <= self._most_chars:
                return
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed with the shelf
        rows = [pickle.dumps(story, pickle.HIGHEST_PROTOCOL) for story in self._held]
        self._held.clear()
        self._file.seek(self._ends[-1])
        self._file.write(b"".join(rows))
        for row in rows:
            self._ends.append(self._ends[-1] + len(row))

    @overload
    def __getitem__(self, at: int) -> Story: ...
    @overload
    def __getitem__(self, at: slice) -> list[Story]: ...
    def __getitem__(self, at: int | slice) -> Story | list[Story]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        if self._file is None:
            return self._held[at]
        at = range(len(self))[at]
        self._file.seek(self._ends[at])
        found: Story = pickle.loads(self._file.read(self._ends[at + 1] - self._ends[at]))  # noqa: S301 - see above
        return found

    def __iter__(self) -> Iterator[Story]:
        return map(self.__getitem__, range(len(self)))


def _chars_of(story: Story) -> int:
    own = len(story.title or "") + sum(map(len, story.body)) + sum(map(len, story.highlights))
    return own + sum([len(comment.text) for comment in story.comments]) + 500
