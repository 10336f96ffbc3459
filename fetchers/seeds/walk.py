"""The files under the paths that a person names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from newsdesk.errors import Problem


def walk(path: str) -> Iterator[Path | Problem]:
    """`path` itself if it is a file, else the files below it by name. Hidden ones are passed over, links that lead back cut."""
    try:
        is_folder = Path(path).is_dir()
        exists = is_folder or os.path.lexists(path)
    except (OSError, ValueError):
        is_folder = exists = False
    if not exists:
        yield Problem(path, "no such file or folder")
    elif is_folder:
        yield from _walk_folder(path, frozenset())
    else:
        yield Path(path)


def _walk_folder(folder: str, above: frozenset[tuple[int, int]]) -> Iterator[Path | Problem]:
    try:
        here = os.stat(folder)  # noqa: PTH116 - a str spares a Path for each of many folders
        if (here.st_dev, here.st_ino) in above:
            yield Problem(folder, "a link back to a folder that it lies in", harmless=True)
            return
        with os.scandir(folder) as entries:
            found = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(folder, error.strerror or "can't be read")
        return
    for entry in found:
        try:
            is_folder = entry.is_dir()
        except OSError:
            is_folder = False
        if is_folder:
            yield from _walk_folder(entry.path, above | {(here.st_dev, here.st_ino)})
        else:
            yield Path(entry.path)
