"""What `doctor` looks at beside the desk's own check: Python, settings, folders, sources, terminal. Reads, changes nothing."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from newsdesk import __version__
from newsdesk.archive.rows import Health
from newsdesk.config import read_config
from newsdesk.errors import NewsdeskError
from newsdesk.feeds.health import FeedHealth
from newsdesk.paths import Paths, is_missing
from newsdesk.refresh.sources import read_kept
from newsdesk.signs import places_text, speaks_unicode
from newsdesk.tagging import tiers
from newsdesk.wording import stories

_LITTLE_ROOM_BYTES = 200 * 1024 * 1024


def check_program() -> Iterator[Health]:
    """Which newsdesk and which Python."""
    yield Health("newsdesk", True, f"{__version__} on Python {platform.python_version()}, {platform.system()}")


def check_mood() -> Iterator[Health]:
    """Which model reads comments, and how often it is right."""
    from newsdesk.sentiment import measured

    tier = tiers.tier()
    well = tiers.wanted() != "model" or tier == "model"
    mend = "" if tier == "model" or tiers.wanted() == "base" else f"; the larger one comes with {tiers.INSTALL}"
    yield Health("mood", well, f"comments are read by the {tier} tier: {measured(tier)}{mend}")


def check_settings(paths: Paths, env: Mapping[str, str], named: bool) -> Iterator[Health]:
    """One line where all is well, else one for each thing that is wrong in the settings."""
    _, faults = read_config(paths.config, env, named)
    yield from (Health("settings", False, fault) for fault in faults)
    if not faults:
        there = paths.config.exists()
        yield Health("settings", True, f"{paths.config}{'' if there else ': none yet, defaults are in force'}")


def check_folders(paths: Paths) -> Iterator[Health]:
    """Whether data and state can be written where they are kept, and whether the disk has room."""
    for what, folder in (("data folder", paths.data), ("state folder", paths.state)):
        ground = nearest(folder)
        if not os.access(ground, os.W_OK | os.X_OK) or not ground.is_dir():
            yield Health(
                what, False, f"{folder}: can't be written; choose another (--data, NEWSDESK_DATA or the XDG variables)"
            )
            continue
        room = shutil.disk_usage(ground).free
        if room < _LITTLE_ROOM_BYTES:
            yield Health(what, False, f"{folder}: only {room // 1024 // 1024} MB are left on its disk; free some there")
        else:
            yield Health(what, True, f"{folder}")


def nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    while is_missing(str(folder)) and folder != folder.parent:
        folder = folder.parent
    return folder


def check_sources(paths: Paths, env: Mapping[str, str]) -> Iterator[Health]:
    """A line a source: is it there, can it be read."""
    config, _ = read_config(paths.config, env)
    try:
        kept: Sequence[str] = read_kept(paths.kept_seeds)
    except NewsdeskError as error:
        yield Health("seeds", False, str(error))
        kept = ()
    for path in dict.fromkeys([*config.seeds, *kept]):
        if is_missing(path):
            yield Health("seeds", False, f"{path}: not there; correct the path in {paths.config}")
        elif not os.access(path, os.R_OK):
            yield Health("seeds", False, f"{path}: can't be read; change its permissions")
        else:
            yield Health("seeds", True, path)
    if config.feeds and not config.contact:
        yield Health("contact", True, "none set: with contact under [fetch] the owner of a feed's server can reach you")
    if not config.seeds and not kept and not config.feeds:
        yield Health("seeds", True, "none configured yet: newsdesk --demo shows the sample stories")


def check_feeds(feeds: Sequence[FeedHealth]) -> Iterator[Health]:
    """A line a feed: when it answered last, or what is wrong with it."""
    for feed in feeds:
        name, last = feed.title or feed.id, (feed.last_success or "")[:16].replace("T", " ")
        if feed.paused:
            yield Health("feed", True, f"{name}: paused; newsdesk feeds resume {feed.id}")
        elif feed.gone:
            yield Health("feed", False, f"{name}: gone for good (410); newsdesk feeds remove {feed.id}")
        elif feed.last_error is not None:
            times = f" ({feed.failures} times)" if feed.failures > 1 else ""
            before = f"never read whole, {stories(feed.stories)}" if feed.stories else "never answered"
            yield Health("feed", False, f"{name}: {feed.last_error}{times}; {f'last answered at {last}' if last else before}")
        else:
            yield Health("feed", True, f"{name}: {f'answered at {last}, {stories(feed.stories)}' if last else 'not asked yet'}")


def check_terminal(env: Mapping[str, str]) -> Iterator[Health]:
    """Whether this terminal can show the dashboard: UTF-8, size, cursor control."""
    if not sys.stdout or not sys.stdout.isatty():
        yield Health("terminal", True, "stdout is not a terminal; headless commands need none")
        return
    size = shutil.get_terminal_size()
    if not places_text(env):
        term = env["TERM"]
        yield Health(
            "terminal", False, f"TERM is '{term}': the dashboard needs a terminal with cursor control (TERM=xterm-256color)"
        )
    elif size.columns < 80 or size.lines < 24:
        yield Health("terminal", False, f"{size.columns} x {size.lines} cells: the dashboard needs 80 x 24 at least")
    else:
        named = env.get("COLORTERM") or env.get("TERM", "TERM is not set and taken for xterm")
        colours = "no colours (NO_COLOR)" if env.get("NO_COLOR") else named
        yield Health("terminal", True, f"{size.columns} x {size.lines} cells, {colours}")
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding != "utf8":
        yield Health(
            "encoding", False, f"the locale's encoding is {encoding or 'unknown'}: set LANG to one with UTF-8, such as C.UTF-8"
        )
    elif not speaks_unicode(env):
        yield Health("encoding", True, "signs are drawn in ASCII here; a locale with UTF-8 (LANG=C.UTF-8) has all of them")
