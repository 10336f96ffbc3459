"""What can go wrong, in words for a person, and the exit codes that tell a script."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Exit(enum.IntEnum):
    """Exit codes of the outside contract. Other signals than INT give 128 + their number."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    PARTIAL = 3
    FAILED = 4
    LOCKED = 5
    ALERT = 6
    INTERRUPTED = 130


class NewsdeskError(Exception):
    """An error with one sentence for a person: the thing, the reason and, where there is one, the mend."""

    exit_code: Exit = Exit.INTERNAL

    def in_words(self) -> str:
        """The sentence where nobody counts columns: read out, or below what was typed."""
        return str(self)


class UsageError(NewsdeskError):
    """A wrong flag, query, id, path or setting."""

    exit_code = Exit.USAGE


class QueryError(UsageError):
    """A query that can't be read: `why`, and the mend, at the character `at` of its `text`."""

    def __init__(self, text: str, at: int, why: str) -> None:
        super().__init__(f"query, column {at + 1}: {why}")
        self.text, self.at, self.why = text, at, why

    def in_words(self) -> str:
        before = self.text[: self.at].split()
        if not before:
            return self.why  # it names its word, or there is but one
        return f"after '{before[-1]}': {self.why}"


class ConfigError(UsageError):
    """A configuration that can't be used; names file, key and, for an unknown key, the nearest one."""


class LockedError(NewsdeskError):
    """Another process holds the lock that this one needs."""

    exit_code = Exit.LOCKED


class StorageError(NewsdeskError):
    """The archive, the marks or the notebook can't be read or written (disk full, read-only, damaged, too new)."""


class FullDiskError(StorageError):
    """The disk has no room for what would be written. What is stored can still be read."""


class OutdatedError(StorageError):
    """The archive was written by an older version, and was opened for reading only, which can't bring it up to date."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A failure as a value: `what` (a file, a line of it, a feed) failed, and `why`, in a few words.

    `whole` is true where nothing could be read of `what`, false where only a part of it was lost. `harmless` marks a note
    that is no failure: a page without a story, a file of no known format in a folder.
    """

    what: str
    why: str
    line: int | None = None
    whole: bool = True
    harmless: bool = False

    def __str__(self) -> str:
        place = f"{self.what}:{self.line}" if self.line is not None else self.what
        return f"{place}: {self.why}"
