"""`newsdesk backup`: a whole copy of the desk in one file."""

from __future__ import annotations

import argparse
import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.commands.arguments import Command
from newsdesk.commands.output import not_written
from newsdesk.commands.session import Session
from newsdesk.errors import Exit, StorageError, UsageError

if TYPE_CHECKING:
    from newsdesk.desk import Desk
    from newsdesk.paths import Paths

_LEVEL = 3  # packs 1.5 GB in half the time of 6, into 6 % more
_JUST_MADE_S = 3600  # of a folder with nothing in it: whoever made it holds it a moment later


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the copy, a .tar.gz that does not exist yet")


def _put_there(packed: Path, target: Path) -> None:
    """Give the file its name; unlike a rename, that replaces nothing that came there meanwhile. Raises OSError."""
    try:
        os.link(packed, target)
    except FileExistsError:
        raise
    except OSError:  # FAT, as on a memory stick, has no links
        import shutil

        number = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(number, "wb") as copy, packed.open("rb") as whole:
                shutil.copyfileobj(whole, copy)
        except BaseException:
            target.unlink()
            raise


def _copy(desk: Desk, copy: Path, target: Path) -> None:
    """Copy the desk beside `target`. What goes wrong there names the file that was asked for."""
    try:
        desk.backup(str(copy))
    except StorageError as error:
        scratch, _, why = str(error).partition(": ")
        if scratch.startswith(str(copy)):
            raise StorageError(f"{target}: {why.replace(str(copy), str(target.parent))}") from None
        raise


def _open(session: Session) -> Desk:
    """The desk, which may be one that the person can only read."""
    try:
        return session.open_desk()
    except StorageError:
        return session.open_desk(readonly=True)


def _is_still(folder: Path) -> bool:
    """Whether nobody can write there: the disk is read-only, as the system makes one that fails."""
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def _copy_still(paths: Paths, copy: Path) -> None:
    """Copy the desk's files as they are, with the logs of what is not in them yet. Raises OSError."""
    import shutil

    copy.mkdir(mode=0o700)
    for file in (paths.archive, paths.marks, paths.notebook):
        for part in (file, file.with_name(f"{file.name}-wal")):
            if part.exists():
                shutil.copyfile(part, copy / part.name)
                (copy / part.name).chmod(0o600)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Signals that end a command wait until this is over."""
    come: list[int] = []
    ending = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, lambda number, _: come.append(number)) for number in ending}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for came in come:
        signal.raise_signal(came)


@contextmanager
def _scratch_in(folder: Path) -> Iterator[Path]:
    """A folder that goes again whatever happens: with the next backup to the same place, where its process is killed. Raises
    OSError."""
    import shutil
    import tempfile

    _remove_abandoned(folder)
    with _undisturbed():
        scratch = Path(tempfile.mkdtemp(dir=folder, prefix=_scratch_prefix()))
        held = _hold(scratch, fcntl.LOCK_EX)  # before there is anything in it; one that looks at it is soon done
    try:
        yield scratch
    finally:
        with _undisturbed():
            shutil.rmtree(scratch)
            if held is not None:
                os.close(held)


def _scratch_prefix() -> str:
    """How scratch folders of this machine are called: locks may not be seen by others that share the disk."""
    return f".newsdesk-backup-{os.uname().nodename.replace('/', '-')[:60]}-"


def _hold(scratch: Path, how: int) -> int | None:
    """Lock a folder until what is returned is closed or the process ends; None where it can't be had, or where the file system
    locks no folders. Method: flock(2)."""
    try:
        number = os.open(scratch, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(number, how)
    except OSError:
        os.close(number)
        return None
    return number


def _remove_abandoned(folder: Path) -> None:
    """Take away what backups left that were killed. One that still runs holds its folder, or has just made it."""
    import shutil

    with suppress(OSError):  # what can't be looked at stays
        for scratch in [path for path in folder.iterdir() if path.name.startswith(_scratch_prefix())]:
            if (held := _hold(scratch, fcntl.LOCK_EX | fcntl.LOCK_NB)) is None:
                continue
            names, about = {path.name for path in scratch.iterdir()}, os.fstat(held)
            is_left = names or time.time() - about.st_mtime > _JUST_MADE_S
            if is_left and names <= {"newsdesk", "packed"} and about.st_uid == os.geteuid():
                shutil.rmtree(scratch, ignore_errors=True)
            os.close(held)


def _run(session: Session, flags: argparse.Namespace) -> int:
    """A tar file of the data folder as it is at one moment, and of the settings. To restore: unpack it and name it --data."""
    import tarfile

    target = Path(flags.file)
    if flags.file == "-":
        raise UsageError("a backup is a file, not a stream: name one that is not there yet (./- is a file called -)")
    if os.path.lexists(target):
        raise UsageError(f"{target}: is there already; a backup never replaces a file")
    if not session.paths.archive.exists():
        raise UsageError(f"{session.paths.data}: there is no archive to copy yet")
    try:
        with _scratch_in(target.parent) as scratch:
            copy, packed = scratch / "newsdesk", scratch / "packed"
            packed.touch(0o600)  # as private as what will be in it: settings may hold passwords; an empty folder is a new one
            if _is_still(session.paths.data):
                _copy_still(session.paths, copy)
            else:
                with _open(session) as desk:
                    _copy(desk, copy, target)
            with tarfile.open(packed, "w:gz", compresslevel=_LEVEL, dereference=True) as tar:  # a link restores nothing
                tar.add(copy, "newsdesk")
                for extra, name in ((session.paths.kept_seeds, "seeds.json"), (session.paths.config, "config.toml")):
                    if extra.is_file():
                        tar.add(extra, f"newsdesk/{name}")
            _put_there(packed, target)
    except FileNotFoundError:
        raise UsageError(f"{target}: no such folder") from None
    except FileExistsError:
        raise UsageError(f"{target}: is there already; a backup never replaces a file") from None
    except OSError as error:
        raise not_written(target, error) from None
    session.console.line(f"{target}")
    return Exit.OK


COMMANDS = {"backup": Command(_configure, _run)}
