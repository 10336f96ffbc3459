"""Seed files: files on disk that hold stories. :class:`Reader` finds them, knows their format and reads them.

Nothing raises for what it reads: what goes wrong comes back as :class:`newsdesk.errors.Problem`.
"""

from __future__ import annotations

import math
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from fetchers.seeds.detect import HEAD_BYTES, Format, Source, detect, formats, look_at_head
from fetchers.seeds.walk import explain, find_files, name_kind
from newsdesk.errors import Problem
from newsdesk.model import Origin, Story
from newsdesk.ports import SeedFile

__all__ = ["FORMATS", "Reader", "whole"]

FORMATS: tuple[str, ...] = tuple(formats())
_NOTHING = b" \t\r\n\0\xef\xbb\xbf\xfe\xff"  # white space, NULs and the marks that texts in Unicode may begin with
TRIES = 2  # a file that changes while it is read is read once more, unless a part of it was given away
PART_STORIES = 1_000
PART_BYTES = 8_000_000  # from the first story of a part on
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

    def read(self, path: Path, seed_format: str | None = None) -> Iterator[SeedFile]:
        """The stories of one file, in parts. Pipes and devices are never waited for."""
        name = str(path)
        part = SeedFile(name, None)
        for _ in range(TRIES):
            try:
                descriptor = os.open(path, _OPEN)
            except (OSError, ValueError) as error:
                yield _lost(name, explain(error))
                return
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                os.close(descriptor)
                yield _lost(name, f"{name_kind(before.st_mode)}, not a file")
                return
            mark, given = _mark(before), False
            with os.fdopen(descriptor, "rb") as stream:
                for found in self._read_stream(stream, name, seed_format, before.st_size):
                    part = replace(found, fingerprint=mark)
                    if part.ahead:
                        yield part
                        given = True
                unchanged = _mark(os.fstat(descriptor)) == mark
            if unchanged:
                yield part
                return
            if given:
                break
        changed = Problem(name, "changed while it was read; some of it may be missing", whole=False)
        yield replace(part, problems=(*part.problems, changed))

    def read_bytes(self, data: bytes, path: str, seed_format: str | None = None) -> SeedFile:
        """The stories of bytes that came from elsewhere (stdin, `path` "-")."""
        return whole(self._read_stream(BytesIO(data), path, seed_format, len(data)))

    def _read_stream(self, stream: BinaryIO, path: str, seed_format: str | None, size: int) -> Iterator[SeedFile]:
        try:
            data = stream.read(HEAD_BYTES) or b""  # none: a device of the kernel with nothing to say
            stream.seek(0)
        except OSError as error:
            yield _lost(path, explain(error))
            return
        if not data.strip(_NOTHING) and len(data) < HEAD_BYTES:
            yield _lost(path, "empty", harmless=True)
            return
        head = look_at_head(path, data, len(data) < HEAD_BYTES)
        chosen = formats().get(seed_format) if seed_format else detect(head)
        if chosen is None:
            known = f"no seed format '{seed_format}'" if seed_format else "of no known seed format"
            why = "binary data, " + known if head.text is None else known
            if _OPML.search((head.text or "")[:2000]):
                why = f"a list of feeds, not of stories; `newsdesk feeds import {path}` takes it in"
            yield _lost(path, why, harmless=path in self._in_folders)
            return
        yield from _collect(chosen, Source(path, stream), size)


def whole(parts: Iterable[SeedFile]) -> SeedFile:
    """A file of which all parts are in memory."""
    *before, last = parts
    stories = tuple(story for part in (*before, last) for story in part.stories)
    return replace(last, stories=stories, problems=tuple(problem for part in (*before, last) for problem in part.problems))


def _lost(path: str, why: str, harmless: bool = False) -> SeedFile:
    return SeedFile(path, None, problems=(Problem(path, why, harmless=harmless),))


def _mark(state: os.stat_result) -> str:
    return f"{state.st_size}-{state.st_mtime_ns}-{state.st_ino}"


def _collect(chosen: Format, source: Source, size: int) -> Iterator[SeedFile]:
    """Everything that a parser yields; an error that it did not foresee is a problem of this file alone. `size`: its bytes."""
    stories: list[Story] = []
    problems: list[Problem] = []
    empty: list[int] = []
    count, noted, begun = 0, False, 0
    for found in _parse(chosen, source):
        if isinstance(found, Story):
            read = source.stream.tell()
            begun = begun if stories else read
            stories.append(_place(found, chosen.name, source.path, count))
            count += 1
            if not found.heading():
                empty.append(count)
            # What was read to its end for the first story is in memory as it is.
            if (len(stories) >= PART_STORIES or read - begun > PART_BYTES) and read < size:
                ahead = math.ceil(count * (size / read - 1) / PART_STORIES) * PART_STORIES
                yield SeedFile(source.path, chosen.name, tuple(stories), tuple(problems), ahead=ahead)
                stories, problems = [], []
        elif isinstance(found, Problem):
            problems.append(found)
            noted = noted or found.harmless
        else:
            why = explain(found) if isinstance(found, OSError) else f"can't be read ({type(found).__name__}: {found})"
            problems.append(Problem(source.path, why, whole=not count))
    if not noted:
        problems += [
            Problem(source.path, f"story {number} has neither title nor body", whole=False, harmless=True) for number in empty
        ]
    yield SeedFile(source.path, chosen.name, tuple(stories), tuple(problems))


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
