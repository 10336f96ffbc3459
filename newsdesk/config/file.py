"""The settings file as it lies on the disk: read with what it says, and replaced whole, if nobody else changed it meanwhile."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsdesk.errors import ConfigError, StorageError
from newsdesk.model import Json
from newsdesk.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A settings file as it was read. `data` is None where there is none yet."""

    path: Path
    data: bytes | None
    text: str
    document: dict[str, Json]


def parse(text: str) -> dict[str, Json] | None:
    """What a TOML text says; None where it is none."""
    import tomllib

    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):  # a number of more than 4,300 digits is no mistake of TOML's
        return None


def read_file(path: Path) -> SettingsFile:
    """The file behind any links, so that a link to it stays one. Raises ConfigError for one that can't be read."""
    try:
        place = path.resolve()
        data = _content(place)
    except (OSError, RuntimeError) as error:
        raise ConfigError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    try:
        text = (data or b"").decode("utf-8")
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not a TOML file in UTF-8") from None
    document = parse(text)
    if document is None:
        raise ConfigError(f"{path}: it can't be read as it is (newsdesk config check says why)")
    return SettingsFile(place, data, text, document)


def _content(path: Path) -> bytes | None:
    """None where there is no file. Raises OSError."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        return path.read_bytes()
    return None


def write_file(file: SettingsFile, text: str) -> None:
    """Replace the file whole, with the rights that it had; a new one is the person's alone: addresses may hold passwords.

    Raises StorageError, also where somebody else changed the file since it was read.
    """
    try:
        file.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _one_at_a_time(file.path.parent) as alone:
            write_whole(file.path, [text.encode("utf-8")], private=True, alone=alone, last=lambda: _check_unchanged(file))
    except OSError as error:
        raise StorageError(f"{file.path}: {error.strerror}; name a place that can be written with --config FILE") from None


def _check_unchanged(file: SettingsFile) -> None:
    if _content(file.path) != file.data:
        raise StorageError(f"{file.path}: somebody else changed it in the meantime; try again")


@contextlib.contextmanager
def _one_at_a_time(folder: Path) -> Iterator[bool]:
    """Only one process at a time looks whether a settings file is as it was read, and replaces it. The folder is what is
    locked, so that no file for that lies about; False on a disk that can't lock folders, as some in a network."""
    number = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(number)
