"""`feeds list`, `import`, `export`: the feeds with their health, and as OPML."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from newsdesk import opml
from newsdesk.commands.feeds.named import feed_key
from newsdesk.commands.feeds.printing import exit_code, print_rows
from newsdesk.commands.layout import style
from newsdesk.commands.session import Session
from newsdesk.config import Feed
from newsdesk.errors import Exit, UsageError
from newsdesk.feed_settings import add_feeds
from newsdesk.model import Json

_LARGEST_OPML_BYTES = 16 * 2**20


def list_health(session: Session, flags: argparse.Namespace) -> int:
    """Every feed with how it is doing."""
    feeds = session.config.feeds
    with session.open_desk(readonly=True) as desk:
        rows = [health.to_json() for health in desk.feeds_health(feeds)]
    print_rows(session, flags, "feeds", rows, _health_columns, grow=1)
    if not feeds:
        session.console.note("no feeds yet: newsdesk feeds add URL, or newsdesk feeds import FILE.opml")
    return Exit.OK


def _health_columns(row: dict[str, Json]) -> tuple[str, ...]:
    if row["last_error"]:
        times = f" ({row['failures']} times)" if row["failures"] > 1 else ""
        health = style(f"✗ {row['last_error']}{times}", "red")
    else:
        health = style(f"✓ {_minute(row['last_success'])}", "green") if row["last_success"] else "never asked"
    after = f"next {_minute(row['next_try'])}" if row["next_try"] else ""
    if row["paused"] or row["gone"]:
        after = "paused" if row["paused"] else "never again"
    named = f"{row['title']}  {row['url']}" if row["title"] else row["url"]
    return health, named, " ".join(row["tags"]), style(after, "dim")


def _minute(moment: str | None) -> str:
    return (moment or "")[:16].replace("T", " ")


def import_opml(session: Session, flags: argparse.Namespace) -> int:
    """Add the feeds of an OPML file to the settings, those that are not there."""
    name = flags.targets[0]
    listing = opml.read(_read_opml(name))
    known = {feed_key(feed) for feed in session.config.feeds}
    fresh = [Feed(entry.url, title=entry.title, tags=entry.tags) for entry in listing.entries]
    fresh = [feed for feed in fresh if feed_key(feed) not in known]
    if fresh:
        add_feeds(session.paths.config, fresh)
    for problem in listing.problems:
        session.console.complain(f"{name}: {problem}")
    session.console.line(f"{len(fresh)} added, {len(listing.entries) - len(fresh)} there already")
    return exit_code(len(listing.entries), len(listing.entries) + len(listing.problems))


def _read_opml(name: str) -> bytes:
    """The bytes of the file, or of stdin. Raises UsageError."""
    try:
        if name == "-":
            data = sys.stdin.buffer.read(_LARGEST_OPML_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_LARGEST_OPML_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UsageError(f"{name}: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > _LARGEST_OPML_BYTES:
        raise UsageError(f"{name}: larger than {_LARGEST_OPML_BYTES // 2**20} MiB, no list of feeds is")
    return data


def export_opml(session: Session, flags: argparse.Namespace) -> int:
    """The settings' feeds as OPML, on stdout."""
    entries, left = [], 0
    for feed in session.config.feeds:
        if isinstance(feed.url, str):
            entries.append(opml.Entry(feed.url, feed.title, feed.tags))
        else:
            left += 1
    for piece in opml.write(entries, "newsdesk feeds"):
        session.console.write(piece)
    if left:
        session.console.note(f"{left} left out: programs (exec:) stay in the settings")
    if any("@" in entry.url.split("/")[2] for entry in entries):
        session.console.note("some addresses hold a password: mind whom you give this to")
    return Exit.OK
