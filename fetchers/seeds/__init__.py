"""Seed files: found, read and parsed. A broken file is a value (:class:`newsdesk.errors.Problem`) and costs itself alone."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from fetchers.seeds.decode import decode
from fetchers.seeds.detect import FORMATS, REGISTRY, Format, find_format, named
from fetchers.seeds.walk import walk
from newsdesk.errors import Problem
from newsdesk.ports import SeedFile

__all__ = ["FORMATS", "Reader"]

_LARGEST = max(entry.largest for entry in REGISTRY)
_OPEN = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY


class _UnreadableError(Exception):
    """The file can't be read; the text says why."""


class Reader:
    """Implements :class:`newsdesk.ports.SeedReader`."""

    formats = FORMATS

    def __init__(self) -> None:
        self._walked: set[str] = set()

    def find(self, paths: Sequence[str]) -> Iterator[Path | Problem]:
        """As :meth:`newsdesk.ports.SeedReader.find`. A file found in a folder may be of no known format without harm."""
        for path in paths:
            for found in walk(path):
                if isinstance(found, Path) and str(found) != str(Path(path)):
                    self._walked.add(str(found))
                yield found

    def fingerprint(self, path: Path) -> str | None:
        try:
            status = path.stat()
        except (OSError, ValueError):
            return None
        return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ino}"

    def read(self, path: Path, seed_format: str | None = None) -> SeedFile:
        """The stories of a file. One that changes while it is read is read once more, then given up."""
        name = str(path)
        try:
            for _ in range(2):
                data, steady = _read_bytes(path)
                if steady:
                    return self.read_bytes(data, name, seed_format)
        except _UnreadableError as error:
            return SeedFile(name, None, problems=(Problem(name, str(error)),))
        return SeedFile(name, None, problems=(Problem(name, "it changed while it was read; it is read again the next time"),))

    def read_bytes(self, data: bytes, path: str, seed_format: str | None = None) -> SeedFile:
        """The stories in `data`; `path` is what they and problems are named after (``-`` for stdin)."""
        mark = hashlib.blake2b(data, digest_size=16).hexdigest()
        if not data.strip():
            return SeedFile(path, None, problems=(Problem(path, "empty", harmless=True),), fingerprint=mark)
        text = decode(data)
        chosen = named(seed_format) if seed_format else find_format(text, path) if text is not None else None
        if text is None or chosen is None:
            why = "binary, not text" if text is None else f"of no known format ({', '.join(FORMATS)})"
            return SeedFile(path, None, problems=(Problem(path, why, harmless=path in self._walked),), fingerprint=mark)
        if (problem := _too_large(chosen, len(data), path)) is not None:
            return SeedFile(path, chosen.name, problems=(problem,), fingerprint=mark)
        stories, problems = chosen.parse(text, path)
        return SeedFile(path, chosen.name, tuple(stories), tuple(problems), mark)


def _too_large(chosen: Format, size: int, path: str) -> Problem | None:
    if size <= chosen.largest:
        return None
    return Problem(path, f"{size / 2**20:.0f} MiB is too large for {chosen.name} (at most {chosen.largest // 2**20} MiB)")


def _read_bytes(path: Path) -> tuple[bytes, bool]:
    """The bytes of a regular file, and whether it stayed the same meanwhile. A pipe or device is never waited for."""
    try:
        handle = os.open(path, _OPEN)
    except (OSError, ValueError) as error:
        code = getattr(error, "errno", None)
        loop = "a link that leads in a circle" if code == errno.ELOOP else None
        raise _UnreadableError(loop or getattr(error, "strerror", None) or "no such name can be") from None
    with open(handle, "rb") as file:  # noqa: PTH123 - a descriptor that was opened without blocking
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise _UnreadableError("not a regular file")
        if before.st_size > _LARGEST:
            raise _UnreadableError(f"{before.st_size / 2**20:.0f} MiB is too large (at most {_LARGEST // 2**20} MiB)")
        try:
            data = file.read(_LARGEST + 1)
        except OSError as error:
            raise _UnreadableError(error.strerror or "can't be read") from None
        after = os.fstat(handle)
    return data, (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and len(data) == after.st_size
