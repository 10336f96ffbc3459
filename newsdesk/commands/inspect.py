"""`newsdesk inspect`: seed files in, stories out. Stores nothing and needs no settings."""

from __future__ import annotations

import argparse
import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from newsdesk.commands.arguments import Command
from newsdesk.commands.session import Session
from newsdesk.commands.stories import FORMATS, add_format, print_stories
from newsdesk.errors import Exit, NewsdeskError, Problem
from newsdesk.model import Story
from newsdesk.ports import SeedFile
from newsdesk.sources import note_emptiness, with_path_text

STDIN = "-"
_PROGRESS_EVERY = 50
_LARGE = 2_000_000  # bytes of a file that takes over a second to read
_MANY = 5_000


@dataclass
class Tally:
    """How the reading went, for the exit code."""

    files: int = 0
    failed: int = 0
    missing: int = 0
    flaws: int = 0
    stories: list[Story] = field(default_factory=list)

    def exit_code(self) -> Exit:
        """2 where a PATH is not there, 4 where every file failed, 3 where a file or a part of one did."""
        if self.missing:
            return Exit.USAGE
        if self.failed and self.failed == self.files:
            return Exit.FAILED
        return Exit.PARTIAL if self.failed or self.flaws else Exit.OK


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="seed files and folders, read recursively; - is stdin")
    parser.add_argument("--seed-format", metavar="NAME", help="the files' format, where detection is not to decide")
    add_format(parser, FORMATS)


def run(session: Session, flags: argparse.Namespace) -> int:
    chosen = session.choose_format(FORMATS)
    with contextlib.suppress(NewsdeskError):  # inspect needs no settings, but which model reads comments is one of them
        _ = session.config
    tally = read(session, flags.paths, flags.seed_format)
    print_stories(session, chosen, prepare(session, tally.stories))
    return tally.exit_code()


def read(session: Session, paths: Sequence[str], seed_format: str | None) -> Tally:
    """The stories under `paths`, in order, as they were printed; what went wrong is told on stderr as it is met."""
    tally = Tally()
    session.check_seed_format(seed_format)
    for path in paths:
        if path != STDIN and not os.path.lexists(path):
            tally.missing += 1
            session.console.complain(f"{path}: no such file or folder")
            continue
        for seed in _files(session, path, seed_format):
            _count(session, tally, note_emptiness(seed))
    return tally


def _files(session: Session, path: str, seed_format: str | None) -> Iterator[SeedFile]:
    """The seed files under one argument, read one after the other."""
    if path == STDIN:
        yield session.read_stdin(seed_format)
        return
    for found in session.reader.find([path]):
        if isinstance(found, Problem):
            yield SeedFile(path=found.what, format=None, problems=(found,))
        else:
            if _size(found) > _LARGE:
                session.console.progress(f"reading {found.name}")
            yield session.reader.read(Path(found), seed_format)


def _size(path: Path) -> int:
    """Bytes of a file, 0 where that can't be known; reading it says why."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _count(session: Session, tally: Tally, seed: SeedFile) -> None:
    tally.files += 1
    tally.stories.extend(with_path_text(seed.stories))
    flaws = [problem for problem in seed.problems if not problem.harmless]
    tally.flaws += len(flaws)
    tally.failed += bool(flaws) and not seed.stories
    for problem in seed.problems:
        session.console.complain(str(problem))
    if tally.files % _PROGRESS_EVERY == 0:
        session.console.progress(f"{tally.files} files read, {len(tally.stories)} stories")


def prepare(session: Session, stories: Sequence[Story]) -> list[Story]:
    """Stories of one call with ids, tags and storylines, in their order."""
    from newsdesk.ingest import identify
    from newsdesk.storylines import Grouper, NoProfiles, refs
    from newsdesk.tagging import tag_many

    tagged: list[Story] = []
    if len(stories) > _MANY:
        session.console.progress(f"telling {len(stories)} stories apart")
    known = identify(stories)
    for number in range(0, len(known), _PROGRESS_EVERY):
        session.console.progress(f"tagging stories: {number} of {len(known)}")
        tagged += tag_many(known[number : number + _PROGRESS_EVERY])
    session.console.progress(f"grouping {len(tagged)} stories")
    grouping = Grouper(NoProfiles(), today=session.clock().date()).group(tagged)
    grouped = refs(tagged, grouping)
    session.console.end_progress()
    return grouped


COMMANDS = {"inspect": Command(configure, run)}
