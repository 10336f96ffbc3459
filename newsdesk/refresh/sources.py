"""What a refresh reads: the settings' feeds and seeds, those that `--keep` made sources, and those of this sitting."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from newsdesk.config import Config, Feed
from newsdesk.errors import StorageError, UsageError
from newsdesk.model import Origin, Story
from newsdesk.paths import path_text
from newsdesk.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class SeedSource:
    """A file or folder that is read. `sitting`: its new stories last only as long as the dashboard that opened it."""

    path: str
    sitting: bool = False

    @property
    def id(self) -> str:
        return self.path


@dataclass(frozen=True, slots=True)
class Sources:
    """The seeds and feeds of one refresh."""

    seeds: tuple[SeedSource, ...] = ()
    feeds: tuple[Feed, ...] = ()


def find_sources(config: Config, kept: Iterable[str], asked: Sequence[str], only: Sequence[str], sitting: bool) -> Sources:
    """Settings' feeds and seeds, `kept` and `asked` ones, each once, in that order; `only` picks among them by path or name.

    Raises UsageError where `only` names none of them.
    """
    seeds = {path: SeedSource(path) for path in [*config.seeds, *kept]}
    for path in map(os.path.abspath, asked):
        seeds.setdefault(path, SeedSource(path, sitting))
    feeds = {feed.id: feed for feed in config.feeds}
    names = {feed.title: feed.id for feed in config.feeds if feed.title}
    if not only:
        return Sources(tuple(seeds.values()), tuple(feeds.values()))
    addresses = {feed.url: feed.id for feed in config.feeds}
    chosen = {addresses.get(name) or _choose(name, [*seeds, *feeds], names) for name in only}
    return Sources(
        tuple(seed for path, seed in seeds.items() if path in chosen),
        tuple(feed for name, feed in feeds.items() if name in chosen),
    )


def with_path_text(stories: Sequence[Story]) -> Sequence[Story]:
    """Stories whose origins name their files in text that can be stored and printed (see :func:`newsdesk.paths.path_text`)."""
    paths = {origin.path for story in stories for origin in story.origins if origin.path is not None}
    if all(path_text(path) == path for path in paths):
        return stories
    return [story.with_(origins=tuple(map(_with_path_text, story.origins))) for story in stories]


def _with_path_text(origin: Origin) -> Origin:
    return replace(origin, path=path_text(origin.path)) if origin.path is not None else origin


def _choose(name: str, known: Sequence[str], names: dict[str, str]) -> str:
    """The id of the source that a person means: its id, a feed's title, a path in another spelling, or its last part."""
    if name in known:
        return name
    if "://" in name:  # as it stands in the settings, perhaps with a password
        name = Feed(name).id
        if name in known:
            return name
    if name in names:
        return names[name]
    if os.path.abspath(name) in known:  # noqa: PTH100 - resolve would follow links, and ids don't
        return os.path.abspath(name)  # noqa: PTH100
    ends = [source for source in known if Path(source).name == name]
    if len(ends) == 1:
        return ends[0]
    raise UsageError(_no_source(name, [*known, *names]))


def _no_source(name: str, known: Sequence[str]) -> str:
    import difflib

    if not known:
        return f"no source '{name}': none is configured (seeds in the settings, or --seeds PATH)"
    near = difflib.get_close_matches(name, known, 1, 0.4) or list(known[:5])
    return f"no source '{name}': did you mean {' or '.join(near)}?"


def read_kept(file: Path) -> tuple[str, ...]:
    """The paths that `--keep` made sources. Raises StorageError for a file that holds something else."""
    try:
        paths = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise StorageError(f"{file}: it can't be read ({why}); check who owns it, or remove it") from None
    except (ValueError, RecursionError):
        paths = None
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        raise StorageError(f"{file}: not a list of paths; repair or remove it")
    return tuple(paths)


def keep_seeds(file: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Add `paths` to those kept; the file is replaced whole, by one process at a time. Returns all. Raises StorageError."""
    from newsdesk.archive.files import explained  # with SQLite, which who only reads the paths doesn't need

    with explained(file):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.with_suffix(".lock").open("ab") as guard:
            fcntl.flock(guard, fcntl.LOCK_EX)
            known = read_kept(file)
            every = tuple(dict.fromkeys([*known, *map(os.path.abspath, paths)]))
            if every != known:
                write_whole(file, [json.dumps(every, indent=1).encode(), b"\n"])
    return every
