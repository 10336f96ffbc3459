"""How a command writes to stdout, or with ``--output`` to a file."""

from __future__ import annotations

import argparse
import errno
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from newsdesk.commands.console import is_for_room
from newsdesk.commands.layout import without_styles
from newsdesk.commands.session import Session
from newsdesk.errors import StorageError, UsageError
from newsdesk.whole_file import write_whole

_ENDINGS = {"txt": "text", "jsonl": "ndjson", "htm": "html", "markdown": "md"}  # of files, where they are no format's name


def add_output(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    """The flags of a command that writes in one of `formats`, the first by default."""
    told = f"{', '.join(formats)}; without it as the ending of --output says, else {formats[0]}"
    parser.add_argument("--format", choices=formats, help=told)
    add_output_file(parser)


def add_output_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", metavar="FILE", help="write there instead of to stdout; the file is replaced whole")


def output_format(session: Session, flags: argparse.Namespace, formats: Sequence[str], usual: str = "") -> str:
    """The format asked for: by name, else by the ending of --output, else the `usual` one, or the first."""
    if flags.format:
        return str(flags.format)
    if (named := format_of_ending(flags.output or "", formats)) is not None:
        return named
    ending, usual = _ending(flags.output or ""), usual or formats[0]
    if ending.isalpha():
        session.console.note(f"{flags.output}: no format is called {ending}, so it is written as {usual} (--format)")
    return usual


def _ending(name: str) -> str:
    return Path(name).suffix.removeprefix(".").lower()


def format_of_ending(name: str, formats: Sequence[str]) -> str | None:
    """The one of `formats` that the ending of a file's name stands for."""
    ending = _ending(name)
    named = _ENDINGS.get(ending, ending)
    return named if named in formats else None


def settle_format(session: Session, flags: argparse.Namespace, formats: Sequence[str], usual: str = "ndjson") -> None:
    """With --output, the format that was not named is that of its ending, else the `usual` one; the same bytes everywhere."""
    if not is_stdout(flags.output):
        session.console.fix_appearance()
        flags.format = output_format(session, flags, formats, usual)


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


@contextmanager
def output_to(session: Session, output: str | None) -> Iterator[None]:
    """What is printed meanwhile goes to the file that ``--output`` names, as :func:`write_file`; to stdout without it. It is
    in memory until then: what may be the whole archive has :func:`put_out`."""
    if output is None or is_stdout(output):
        yield
        return
    with session.console.gathering() as pieces:
        yield
    write_file(Path(output), pieces)


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
        raise not_written(path, error) from None


def not_written(path: Path, error: OSError) -> StorageError:
    """That a file a person named can't be written: the reason and, where there is one, the mend."""
    mend = ""
    if is_for_room(error):
        mend = "; free some space, or write to another place"
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        mend = "; write to another place"
    return StorageError(f"{path}: {error.strerror}{mend}")


def put_lines(session: Session, output: str | None, lines: Iterable[str]) -> None:
    """As :func:`put_out`, of lines with style marks: a file has none."""
    if is_stdout(output):
        session.console.lines(lines)
    else:
        put_out(session, output, (without_styles(line) + "\n" for line in lines))
