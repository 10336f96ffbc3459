"""Finding seed files: arguments and folders, in order, hidden files passed over, loops of links cut."""

from __future__ import annotations

import stat
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from newsdesk.errors import Problem

DEPTH_LIMIT = 64  # folders within folders; deeper ones are no one's archive
_PARTS = "_files"

_Mark: TypeAlias = tuple[int, int]  # a folder's device and inode

_KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}


def name_kind(mode: int) -> str:
    """What a path is that is no file, in words."""
    return _KINDS.get(stat.S_IFMT(mode), "no regular file")


def explain(error: OSError | ValueError) -> str:
    """Why a path can't be opened, in a few lower-case words."""
    reason = error.strerror if isinstance(error, OSError) else None
    return (reason or str(error)).lower()


def find_files(paths: Sequence[str]) -> Iterator[tuple[Path | Problem, bool]]:
    """(file or problem, whether it was met in a folder) for each argument, in order."""
    for given in paths:
        path = Path(given).expanduser() if given.startswith("~/") else Path(given)
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            yield Problem(given, _reason(path, error)), False
            continue
        if stat.S_ISDIR(mode):
            found: Path | Problem | None = None
            for found in _walk(path):
                yield found, True
            if found is None:
                yield Problem(given, "no file in it to read (hidden ones are passed over)", harmless=True), False
        elif stat.S_ISREG(mode):
            yield path, False
        else:
            mend = "; newsdesk inspect - reads what comes through one" if stat.S_ISFIFO(mode) else ""
            yield Problem(given, f"{name_kind(mode)}, not a file{mend}"), False


def _reason(path: Path, error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "a link to nowhere" if path.is_symlink() else "no such file or folder"
    return explain(error)


def _walk(top: Path) -> Iterator[Path | Problem]:
    """Files below `top` by name. A link to a folder above it is cut; of links to one folder elsewhere the first is followed: by
    all of them the ways to a folder may be more than anybody can go."""
    stack: list[tuple[Path, frozenset[_Mark]]] = [(top, frozenset())]
    linked: set[_Mark] = set()
    while stack:
        path, above = stack.pop()
        try:
            state = path.stat()
        except OSError as error:
            yield Problem(str(path), _reason(path, error))
            continue
        if stat.S_ISREG(state.st_mode):
            yield path
        elif not stat.S_ISDIR(state.st_mode):
            yield Problem(str(path), f"{name_kind(state.st_mode)}, not a file", harmless=True)
        else:
            mark = (state.st_dev, state.st_ino)
            is_link = path is not top and path.is_symlink()
            inside = _list(path, _why_not(mark, above, linked if is_link else ()))
            if is_link:
                linked.add(mark)
            if isinstance(inside, Problem):
                yield inside
            else:
                stack += [(path / name, above | {mark}) for name in reversed(inside)]


def _why_not(mark: _Mark, above: Collection[_Mark], linked: Collection[_Mark]) -> str:
    """Why a folder is passed over; "" where it is not. `linked`: the folders that links led to, where this is one more."""
    if mark in above:
        return "a link back to a folder above it"
    if mark in linked:
        return "a link to a folder that another link led to"
    return f"more than {DEPTH_LIMIT} folders deep" if len(above) >= DEPTH_LIMIT else ""


def _list(path: Path, why_not: str) -> list[str] | Problem:
    """The names in a folder, sorted, without hidden ones and without the folders that browsers put a saved page's parts in."""
    if why_not:
        return Problem(str(path), f"{why_not}; not followed", harmless=True)
    try:
        names = {entry.name for entry in path.iterdir() if not entry.name.startswith(".")}
    except OSError as error:
        return Problem(str(path), explain(error))
    return sorted(name for name in names if not (name.endswith(_PARTS) and _pages(name) & names))


def _pages(name: str) -> set[str]:
    """What the page is called whose parts are in the folder `name`."""
    return {name.removesuffix(_PARTS) + suffix for suffix in (".html", ".htm")}
