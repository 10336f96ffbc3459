"""`newsdesk export`: stories out of the archive; and how a command writes to stdout or to a file."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

from newsdesk.commands.arguments import Command
from newsdesk.commands.browse import NO_STORIES, NONE_MATCH, add_query, each_story, meant_ids
from newsdesk.commands.session import Session
from newsdesk.errors import Exit, StorageError, UsageError
from newsdesk.export import FORMATS, export_stories
from newsdesk.whole_file import write_whole


def _configure(parser: argparse.ArgumentParser) -> None:
    add_query(parser)
    add_output(parser, FORMATS)


def add_output(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    """The flags of a command that writes in one of `formats`, the first by default."""
    told = f"{', '.join(formats)}; without it as the ending of --output says, else {formats[0]}"
    parser.add_argument("--format", choices=formats, help=told)
    parser.add_argument("--output", metavar="FILE", help="write there instead of to stdout; the file is replaced whole")


def output_format(flags: argparse.Namespace, formats: Sequence[str]) -> str:
    """The format asked for: by name, else by the ending of --output, else the first."""
    ending = Path(flags.output or "").suffix.removeprefix(".")
    return flags.format or (ending if ending in formats else formats[0])


def _run(session: Session, flags: argparse.Namespace) -> int:
    with session.open_desk(readonly=True) as desk:
        ids = meant_ids(desk, flags.query)
        if not ids:
            session.console.note(NONE_MATCH if flags.query else NO_STORIES)
        stories = each_story(desk, ids)
        pieces = export_stories(stories, output_format(flags, FORMATS), session.clock())
        put_out(session, flags.output, pieces)
    return Exit.OK


def is_stdout(output: str | None) -> bool:
    """Whether ``--output``, as it was given or not, means stdout."""
    return output is None or output == "-"


def put_out(session: Session, output: str | None, pieces: Iterable[str]) -> None:
    """Write to stdout, or to the file that ``--output`` names, as :func:`write_file`."""
    if output is not None and not is_stdout(output):
        write_file(Path(output), pieces)
        return
    for piece in pieces:
        session.console.write(piece)


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Write a file whole or not at all: an existing one is replaced at the end, who may read it stays. Raises UsageError,
    StorageError."""
    path = path.resolve() if path.is_symlink() else path
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; --output takes a file")
    content = (piece.encode("utf-8", "replace") for piece in pieces)
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:  # a pipe or a device
                stream.writelines(content)
        else:
            write_whole(path, content)
    except FileNotFoundError:
        raise UsageError(f"{path}: no such folder") from None
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}") from None


COMMANDS = {"export": Command(_configure, _run)}
