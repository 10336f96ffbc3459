"""Writing a file whole or not at all: one who is killed meanwhile leaves the old file or the new one, and nothing else."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path


def write_whole(
    path: Path,
    pieces: Iterable[bytes],
    *,
    private: bool = False,
    alone: bool = False,
    last: Callable[[], None] = lambda: None,
) -> None:
    """Give `path` this content at the end, and on the disk when it returns. An existing file is replaced, and who may read it
    stays; a new `private` one only its owner may read. A link stays one: what it leads to is replaced.

    `last` is called before the old file gives way, which stays where that raises. `alone`: the caller keeps all others from
    writing it, so that one name does for what is not whole yet, and nothing is left of who was killed. Raises OSError.
    """
    place = Path(os.path.realpath(path))
    fresh = place.with_name(f".{place.name}.new" if alone else f".newsdesk.{os.getpid()}.new")  # short, whatever the name is
    fresh.unlink(missing_ok=True)  # of one with the same name, who was killed
    try:
        number, named = _open(fresh, 0o600 if private else 0o666)
        with os.fdopen(number, "wb") as stream:
            for piece in pieces:
                stream.write(piece)
            stream.flush()
            with contextlib.suppress(FileNotFoundError):
                os.fchmod(number, stat.S_IMODE(place.stat().st_mode))
            os.fsync(number)  # or a power cut leaves an empty file in the place of the old one
            last()
            if not named:
                os.link(_place(number), fresh, src_dir_fd=number)  # with a folder named, Python follows the link
        fresh.replace(place)
        _sync_folder(place.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _open(fresh: Path, mode: int) -> tuple[int, bool]:
    """A file to write to, and whether it has its name already: where the system can, it has none before it is whole."""
    try:
        number = os.open(fresh.parent, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, mode)
        if os.path.exists(_place(number)):  # noqa: PTH110 - /proc may not be there
            return number, False
        os.close(number)
    except (AttributeError, OSError):  # no Linux, or a file system without unnamed files
        pass
    return os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode), True


def _place(number: int) -> str:
    return f"/proc/self/fd/{number}"


def _sync_folder(folder: Path) -> None:
    """Make a rename last: the folder's own entry has to reach the disk too."""
    try:
        number = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except PermissionError:  # one that may be written and not read
        return
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a file system that keeps its folders otherwise
            raise
    finally:
        os.close(number)
