"""The bridge to what happens outside this process: the headless refresh as a child, and seeds that change on disk.

No parse and no tagging ever runs beside the screen: a refresh is a process of its own and its events come in as lines.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path

from textual.message import Message

from newsdesk.errors import Exit
from newsdesk.model import Json
from newsdesk.paths import expand
from newsdesk.processes.children import end, exited
from tui.messages import RefreshFailed, RefreshFinished, RefreshMoved, RefreshStarted, StepMoved, StoriesStored

LONGEST_LINE_BYTES = 32 * 2**20
MOST_WATCHED = 20_000  # files looked at in one round of the watch; beyond them the refresh key serves
PRIORITY = 10  # of a refresh: a key that a person presses goes first
_STOP_GRACE_S = 3.0
_KEPT_STDERR_CHARS = 2_000


def read_event(line: bytes) -> Message | None:
    """One line of `refresh --events` as a message; None for what this version doesn't know."""
    try:
        data = json.loads(line)
        return _message_of(data) if isinstance(data, dict) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _message_of(data: dict[str, Json]) -> Message | None:
    match data.get("event"):
        case "started":
            return RefreshStarted(int(data["sources"]))
        case "source":
            source = data["source"]
            name = source.get("id") or source.get("path") or source.get("url") or ""
            error = source.get("error")
            told = str(error) if error else None
            counts = int(source.get("new") or 0), int(source.get("changed") or 0)
            status, title = str(source.get("status") or ""), str(source.get("title") or "")
            return RefreshMoved(int(data["done"]), int(data["of"]), str(name), told, status, *counts, title)
        case "stored":
            return StoriesStored(int(data["new"]), int(data["changed"]))
        case "tagged":  # they have topics, countries and storylines now
            return StepMoved(int(data["done"]), int(data["of"]), "stories labelled", changes=True)
        case "files":
            return StepMoved(int(data["done"]), int(data["of"]), "files read")
        case "stories":
            return StepMoved(int(data["done"]), int(data["of"]), "stories stored")
        case "comments":
            return StepMoved(int(data["done"]), int(data["of"]), "comments read")
        case "words":
            return StepMoved(int(data["done"]), int(data["of"]), "stories in the new search index")
        case "finished":
            return RefreshFinished(dict(data["report"]))
    return None


async def run_refresh(command: Sequence[str], post: Callable[[Message], object]) -> int | None:
    """Run a headless refresh and post its events; ends with RefreshFinished or RefreshFailed, posted once.

    Cancelling the task stops the child. Returns the child's exit code, or None where it could not be started.
    """
    try:
        child = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=LONGEST_LINE_BYTES,
        )
    except (OSError, ValueError) as error:
        post(RefreshFailed(f"the refresh could not be started: {error}"))
        return None
    except asyncio.CancelledError:  # while it was being started
        post(RefreshFailed(""))
        raise
    with contextlib.suppress(OSError):  # gone already
        os.setpriority(os.PRIO_PROCESS, child.pid, PRIORITY)
    assert child.stdout is not None
    assert child.stderr is not None
    said = asyncio.ensure_future(_keep_tail(child.stderr))
    finished = False
    try:
        async for message in _events(child.stdout):
            finished = finished or isinstance(message, RefreshFinished)
            post(message)
        code = await exited(child)
        tail = await _whole_tail(said)
        await end(child)
    except asyncio.CancelledError:
        said.cancel()
        await _stop(child)
        post(RefreshFailed(""))
        raise
    if not finished:
        post(RefreshFailed(_reason(code, tail), elsewhere=code == Exit.LOCKED))
    return code


async def _whole_tail(said: asyncio.Future[str]) -> str:
    """What the child said last; a grandchild that holds the pipe open can't keep us."""
    try:
        return await asyncio.wait_for(said, _STOP_GRACE_S)
    except TimeoutError:
        return ""


async def _events(stream: asyncio.StreamReader) -> AsyncIterator[Message]:
    while True:
        try:
            line = await stream.readline()
        except ValueError:  # a line over the limit is dropped, the rest is read
            continue
        if not line:
            return
        message = read_event(line)
        if message is not None:
            yield message


async def _keep_tail(stream: asyncio.StreamReader) -> str:
    tail = ""
    while chunk := await stream.read(4096):
        tail = (tail + chunk.decode("utf-8", "replace"))[-_KEPT_STDERR_CHARS:]
    return tail


async def _stop(child: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError, TimeoutError):
        child.terminate()
        await asyncio.wait_for(exited(child), _STOP_GRACE_S)
    await end(child)


def _reason(code: int, tail: str) -> str:
    if code == Exit.LOCKED:
        return "another refresh is running; what it brings appears here"
    last = next((line.strip() for line in reversed(tail.splitlines()) if line.strip()), "").removeprefix("newsdesk: ")
    return last or f"the refresh ended with exit code {code} and said nothing"


def look_at(paths: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Size and time of change of every file under `paths`, hidden ones passed over. Cheap: nothing is opened."""
    seen: dict[str, tuple[int, int]] = {}
    for path, stat in _walk(paths):
        seen[path] = (stat.st_size, stat.st_mtime_ns)
        if len(seen) >= MOST_WATCHED:
            break
    return seen


def _walk(paths: Sequence[str]) -> Iterator[tuple[str, os.stat_result]]:
    for given in paths:
        root = Path(expand(given))
        with contextlib.suppress(OSError, ValueError):
            if not root.is_dir():
                yield str(root), root.stat()
                continue
            for folder, folders, files in os.walk(root):  # doesn't follow links to folders: no loops
                folders[:] = [name for name in folders if not name.startswith(".")]
                yield from _stats(Path(folder), files)


def _stats(folder: Path, names: Sequence[str]) -> Iterator[tuple[str, os.stat_result]]:
    for name in names:
        if not name.startswith("."):
            with contextlib.suppress(OSError, ValueError):
                path = folder / name
                yield str(path), path.stat()


class SeedWatch:
    """Says when watched files have changed and settled: a file still being written is not announced yet."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = tuple(paths)
        self._known: dict[str, tuple[int, int]] | None = None
        self._last: dict[str, tuple[int, int]] | None = None

    def changed(self) -> bool:
        """Look once (blocking, for a thread). True once for each change, on the second look that finds it the same."""
        now = look_at(self._paths)
        if self._known is None:
            self._known = self._last = now
            return False
        settled = now == self._last
        self._last = now
        if settled and now != self._known:
            self._known = now
            return True
        return False
