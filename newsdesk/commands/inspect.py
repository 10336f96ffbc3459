"""`newsdesk inspect`: seed files in, stories out. Stores nothing and needs no settings."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.commands.arguments import Command
from newsdesk.commands.session import Session
from newsdesk.commands.stories import FORMATS, add_format, print_stories
from newsdesk.errors import Exit, NewsdeskError, Problem
from newsdesk.model import Story
from newsdesk.paths import is_missing, told_missing
from newsdesk.ports import SeedFile
from newsdesk.refresh.sources import with_path_text
from newsdesk.wording import counted, stories, told_unlabelled

if TYPE_CHECKING:  # it comes with the models, which a PATH that is not there never pays
    from newsdesk.tagging.one_call import OneCall

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
    stories: int = 0
    before: int = 0  # stories before the file at hand

    def exit_code(self) -> Exit:
        """2 where a PATH is not there, 4 where every file failed, 3 where a file or a part of one did."""
        if self.missing:
            return Exit.USAGE
        if self.failed and self.failed == self.files:
            return Exit.FAILED
        return Exit.PARTIAL if self.failed or self.flaws else Exit.OK


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="seed files and folders, read recursively; - is stdin")
    parser.add_argument("--seed-format", metavar="NAME", help="the files' format, instead of detecting it")
    add_format(parser, FORMATS)


def run(session: Session, flags: argparse.Namespace) -> int:
    from newsdesk.tagging.one_call import OneCall
    from newsdesk.tagging.story_shelf import Shelf

    chosen = session.choose_format()
    try:  # it needs no settings, but which model reads comments is one of them
        _ = session.config
    except NewsdeskError as error:
        session.console.note(f"{error}; read as without settings")
    with Shelf() as shelf:
        progress = session.console.progress
        call = OneCall(
            shelf,
            lambda count: progress(f"{stories(count)} tagged"),
            lambda done, of: progress(f"{done} of {counted(of, 'comment')} read"),
        )
        tally = read(session, flags.paths, flags.seed_format, call)
        print_stories(session, chosen, finish(session, call))
    if said := told_unlabelled(call.unlabelled):
        session.console.complain(said)
        tally.flaws += len(call.unlabelled)
    return tally.exit_code()


def read(session: Session, paths: Sequence[str], seed_format: str | None, call: OneCall) -> Tally:
    """Give `call` the stories under `paths`, in order, as they were printed; what went wrong is told on stderr as it is met."""
    tally = Tally()
    session.check_seed_format(seed_format)

    for path in paths:
        if path != STDIN and is_missing(path):
            tally.missing += 1
            session.console.complain(told_missing(path))
            continue
        for seed in _files(session, path, seed_format):
            for story in with_path_text(seed.stories):
                call.take(story)
            _count(session, tally, seed)
    return tally


def _files(session: Session, path: str, seed_format: str | None) -> Iterator[SeedFile]:
    """The seed files under one argument, or parts of them, read one after the other."""
    if path == STDIN:
        yield session.read_stdin(seed_format)
        return
    for found in session.reader.find([path]):
        if isinstance(found, Problem):
            yield SeedFile(path=found.what, format=None, problems=(found,))
        else:
            if _size(found) > _LARGE:
                session.console.progress(f"reading {found.name}")
            yield from session.reader.read(Path(found), seed_format)


def _size(path: Path) -> int:
    """Bytes of a file, 0 where that can't be known; reading it says why."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _count(session: Session, tally: Tally, seed: SeedFile) -> None:
    tally.stories += len(seed.stories)
    flaws = [problem for problem in seed.problems if not problem.harmless]
    tally.flaws += len(flaws)
    for problem in seed.problems:
        session.console.complain(str(problem))
    if seed.ahead:
        return
    held, tally.before = tally.stories > tally.before, tally.stories
    tally.files += 1
    tally.failed += bool(flaws) and not held
    if tally.files % _PROGRESS_EVERY == 0:
        session.console.progress(f"{counted(tally.files, 'file')} read, {stories(tally.stories)}")


def finish(session: Session, call: OneCall) -> Iterator[Story]:
    """The stories of a call with ids, tags and storylines, in their order."""
    count = call.close()
    if count > _MANY:
        session.console.progress(f"telling {stories(count)} apart")
    call.identify()
    session.console.progress(f"grouping {stories(count)}")
    grouped = call.group()
    session.console.end_progress()
    return grouped


COMMANDS = {"inspect": Command(configure, run)}
