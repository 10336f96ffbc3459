"""`feeds list`, `import`, `export`: the feeds with their health, and as OPML."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from newsdesk.commands.feeds.named import feed_key
from newsdesk.commands.feeds.printing import exit_code, print_rows
from newsdesk.commands.layout import columns, cut, style, wrap
from newsdesk.commands.session import Session, stdin_bytes
from newsdesk.config import Feed
from newsdesk.errors import Exit, UsageError
from newsdesk.feeds import opml
from newsdesk.feeds.settings import add_feeds
from newsdesk.model import Json

_LARGEST_OPML_BYTES = 16 * 2**20
_TITLE_CELLS = 40  # of a name that a feed gives itself


def list_health(session: Session, flags: argparse.Namespace) -> int:
    """Every feed with how it is doing."""
    feeds = session.config.feeds
    with session.open_desk(readonly=True) as desk:
        rows = [health.to_json() for health in desk.feeds_health(feeds)]
    if flags.format is None and session.console.out_is_terminal:
        session.console.lines(_health_lines(rows, session.console.width))
    else:
        print_rows(session, flags, "feeds", rows, _health_columns, grow=1)
    if not feeds:
        session.console.note("no feeds yet: newsdesk feeds add URL, or newsdesk feeds import FILE.opml")
    return Exit.OK


def _health_lines(rows: Sequence[dict[str, Json]], cells: int) -> Iterator[str]:
    """A line a feed, and its fault whole below it: cut beside the address, it could not be read at 80 cells."""
    table = []
    for row in rows:
        sign = style("✗", "red") if row["last_error"] else style("✓", "green") if row["last_success"] else " "
        table.append((sign, _named(row), " ".join(row["tags"]), style(_after(row), "dim")))
    for row, line in zip(rows, columns(table, cells, grow=1), strict=True):
        yield line
        if row["last_error"]:
            last = f"; last answered at {_minute(row['last_success'])}" if row["last_success"] else ""
            yield from (style(part, "red") for part in wrap(f"{_fault(row)}{last}", cells, "   "))


def _health_columns(row: dict[str, Json]) -> tuple[str, ...]:
    if row["last_error"]:
        health = style(f"✗ {_fault(row)}", "red")
    else:
        health = style(f"✓ {_minute(row['last_success'])}", "green") if row["last_success"] else "never asked"
    return health, _named(row), " ".join(row["tags"]), style(_after(row), "dim")


def _fault(row: dict[str, Json]) -> str:
    times = f" ({row['failures']} times)" if row["failures"] > 1 else ""
    return f"{row['last_error']}{times}"


def _named(row: dict[str, Json]) -> str:
    return f"{cut(row['title'], _TITLE_CELLS)}  {row['url']}" if row["title"] else f"{row['url']}"


def _after(row: dict[str, Json]) -> str:
    """When it is asked next, if ever."""
    if row["paused"] or row["gone"]:
        return "paused" if row["paused"] else "never again"
    return f"next {_minute(row['next_try'])}" if row["next_try"] else ""


def _minute(moment: str | None) -> str:
    return (moment or "")[:16].replace("T", " ")


def import_opml(session: Session, flags: argparse.Namespace) -> int:
    """Add the feeds of an OPML file to the settings, those that are not there."""
    name = flags.targets[0]
    listing = opml.read(_read_opml(name))
    known = {feed_key(feed) for feed in session.config.feeds}
    fresh = [Feed(entry.url, title=_name(entry), tags=entry.tags) for entry in listing.entries]
    fresh = [feed for feed in fresh if feed_key(feed) not in known]
    if fresh:
        add_feeds(session.paths.config, fresh)
    for problem in listing.problems:
        session.console.complain(f"{name}: {problem}")
    session.console.line(f"{len(fresh)} added, {len(listing.entries) - len(fresh)} there already")
    return exit_code(len(listing.entries), len(listing.entries) + len(listing.problems))


def _name(entry: opml.Entry) -> str | None:
    """What the file calls a feed; its address, perhaps with a password, is no name: the feed has one of its own."""
    return entry.title if entry.title not in (entry.url, Feed(entry.url).id) else None


def _read_opml(name: str) -> bytes:
    """The bytes of the file, or of stdin. Raises UsageError."""
    try:
        if name == "-":
            data = stdin_bytes(_LARGEST_OPML_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_LARGEST_OPML_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UsageError(f"{name}: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > _LARGEST_OPML_BYTES:
        raise UsageError(f"{name}: larger than {_LARGEST_OPML_BYTES // 2**20} MiB, too large for a list of feeds")
    return data


def export_opml(session: Session, flags: argparse.Namespace) -> int:
    """The settings' feeds as OPML, on stdout."""
    entries, left, secrets = [], 0, False
    for feed in session.config.feeds:
        if isinstance(feed.url, str):
            entries.append(opml.Entry(feed.url, feed.title or feed.id, feed.tags))
            secrets = secrets or feed.has_secret
        else:
            left += 1
    for piece in opml.write(entries, "newsdesk feeds"):
        session.console.write(piece)
    if left:
        session.console.note(f"{left} left out: programs (exec:) stay in the settings")
    if secrets:
        session.console.note("some addresses hold a password: be careful who you give this to")
    return Exit.OK
