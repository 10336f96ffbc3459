"""Seed files: files on disk that hold stories. :class:`Reader` finds them, knows their format and reads them.

Nothing raises for what it reads: what goes wrong comes back as :class:`newsdesk.errors.Problem`.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from fetchers.seeds.detect import HEAD_BYTES, Format, Source, detect, formats, look_at_head
from fetchers.seeds.walk import explain, find_files, name_kind
from newsdesk.errors import Problem
from newsdesk.model import Origin, Story
from newsdesk.ports import SeedFile

__all__ = ["FORMATS", "Reader"]

FORMATS: tuple[str, ...] = tuple(formats())
_NOTHING = b" \t\r\n\0\xef\xbb\xbf\xfe\xff"  # white space, NULs and the marks that texts in Unicode may begin with
TRIES = 2  # a file that changes while it is read is read once more
_OPML = re.compile(r"<opml[\s>]", re.IGNORECASE)

# Without O_NONBLOCK, opening a pipe would wait for its writer.
_OPEN = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


class Reader:
    """Implements :class:`newsdesk.ports.SeedReader`.

    It remembers which files it met in folders: there a file of no known format is passed over with a note, while one that
    was named by itself is a failure.
    """

    def __init__(self) -> None:
        self._in_folders: set[str] = set()

    def find(self, paths: Sequence[str]) -> Iterator[Path | Problem]:
        """The files under `paths`, in the order of argument and name; what can't be looked at as problems."""
        for found, in_folder in find_files(paths):
            if in_folder and isinstance(found, Path):
                self._in_folders.add(str(found))
            yield found

    def fingerprint(self, path: Path) -> str | None:
        """Size, time of change and inode of a regular file; None for anything else."""
        try:
            state = os.stat(path)  # noqa: PTH116 - Path.stat is the same with one more frame, and this runs for every file
        except (OSError, ValueError):
            return None
        return _mark(state) if stat.S_ISREG(state.st_mode) else None

    def read(self, path: Path, seed_format: str | None = None, take: Callable[[Story], None] | None = None) -> SeedFile:
        """The stories of one file. Pipes and devices are never waited for. What `take` was given is not read once more."""
        name = str(path)
        result = SeedFile(name, None)
        for _ in range(1 if take else TRIES):
            try:
                descriptor = os.open(path, _OPEN)
            except (OSError, ValueError) as error:
                return SeedFile(name, None, problems=(Problem(name, explain(error)),))
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                os.close(descriptor)
                return SeedFile(name, None, problems=(Problem(name, f"{name_kind(before.st_mode)}, not a file"),))
            with os.fdopen(descriptor, "rb") as stream:
                result = replace(self._read_stream(stream, name, seed_format, take), fingerprint=_mark(before))
                if _mark(os.fstat(descriptor)) == result.fingerprint:
                    return result
        changed = Problem(name, "changed while it was read; some of it may be missing", whole=False)
        return replace(result, problems=(*result.problems, changed))

    def read_bytes(self, data: bytes, path: str, seed_format: str | None = None) -> SeedFile:
        """The stories of bytes that came from elsewhere (stdin, `path` "-")."""
        return self._read_stream(BytesIO(data), path, seed_format)

    def _read_stream(
        self, stream: BinaryIO, path: str, seed_format: str | None, take: Callable[[Story], None] | None = None
    ) -> SeedFile:
        try:
            data = stream.read(HEAD_BYTES) or b""  # none: a device of the kernel with nothing to say
            stream.seek(0)
        except OSError as error:
            return SeedFile(path, None, problems=(Problem(path, explain(error)),))
        if not data.strip(_NOTHING) and len(data) < HEAD_BYTES:
            return SeedFile(path, None, problems=(Problem(path, "empty", harmless=True),))
        head = look_at_head(path, data, len(data) < HEAD_BYTES)
        chosen = formats().get(seed_format) if seed_format else detect(head)
        if chosen is None:
            known = f"no seed format '{seed_format}'" if seed_format else "of no known seed format"
            why = "binary data, " + known if head.text is None else known
            if _OPML.search((head.text or "")[:2000]):
                why = f"a list of feeds, not of stories; `newsdesk feeds import {path}` takes it in"
            return SeedFile(path, None, problems=(Problem(path, why, harmless=path in self._in_folders),))
        return _collect(chosen, Source(path, stream), take)


def _mark(state: os.stat_result) -> str:
    return f"{state.st_size}-{state.st_mtime_ns}-{state.st_ino}"


def _collect(chosen: Format, source: Source, take: Callable[[Story], None] | None) -> SeedFile:
    """Everything that a parser yields; an error that it did not foresee is a problem of this file alone."""
    stories: list[Story] = []
    problems: list[Problem] = []
    take, count = take or stories.append, 0
    for found in _parse(chosen, source):
        if isinstance(found, Story):
            take(_place(found, chosen.name, source.path, count))
            count += 1
        elif isinstance(found, Problem):
            problems.append(found)
        else:
            why = explain(found) if isinstance(found, OSError) else f"can't be read ({type(found).__name__}: {found})"
            problems.append(Problem(source.path, why, whole=not count))
    return SeedFile(source.path, chosen.name, tuple(stories), tuple(problems))


def _parse(chosen: Format, source: Source) -> Iterator[Story | Problem | Exception]:
    """What a parser yields, and what it raises: at the edge of this package one bad file must not end a refresh."""
    try:
        yield from chosen.parse(source)
    except Exception as error:
        yield error


def _place(story: Story, name: str, path: str, index: int) -> Story:
    """`story` with the place where it was found as its origin, keeping the id that it came with."""
    item_id = story.origins[0].item_id if story.origins else None
    return replace(story, origins=(Origin(format=name, index=index, path=path, item_id=item_id),))
