"""`feeds`: the feeds of the settings; adding, removing, pausing, health, asking them now, OPML, and those of a page."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newsdesk import opml
from newsdesk.commands.arguments import Command
from newsdesk.commands.layout import columns, style
from newsdesk.commands.session import Session
from newsdesk.commands.stories import print_json_list
from newsdesk.config import KEYS, Feed, check_value, user_agent
from newsdesk.errors import Exit, UsageError
from newsdesk.feed_settings import add_feeds, remove_feed
from newsdesk.jsontext import dump_json
from newsdesk.model import Json
from newsdesk.urls import canonical

if TYPE_CHECKING:
    from newsdesk.ports import FeedAnswer, FeedReader, FoundFeed

FORMATS = ("text", "ndjson", "json")
AT_ONCE = 32
_LARGEST_OPML_BYTES = 16 * 2**20


class Action(NamedTuple):
    """One thing that `feeds` does: `targets` is how many it takes at least and at most, `flags` those that go with it."""

    run: Callable[[Session, argparse.Namespace], int]
    targets: tuple[int, int]
    flags: frozenset[str]
    summary: str


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=ACTIONS, help="; ".join(f"{name}: {a.summary}" for name, a in ACTIONS.items()))
    parser.add_argument(
        "targets", nargs="*", metavar="URL|FILE", help="the feed's or page's address; the OPML file (- is stdin)"
    )
    add = parser.add_argument_group("add")
    add.add_argument("--title", metavar="TEXT", help="a name for it; else the feed's own")
    add.add_argument("--tag", action="append", metavar="WORD", help="a word to find its stories by (may be repeated)")
    add.add_argument("--every", metavar="AGE", help="how often to ask (30m, 1h, 2d); else by how often it changes")
    add.add_argument("--outlet-country", metavar="CODE", help="where the outlet is at home (ISO 3166-1, two letters)")
    add.add_argument("--full-text", action="store_true", help="fetch the linked pages too")
    add.add_argument("--no-comments", action="store_true", help="leave the readers' comments alone")
    add.add_argument("--check", action="store_true", help="ask it first, and add it only if it answers")
    more = parser.add_argument_group("add, check, discover, list")
    more.add_argument("--allow-private", action="store_true", help="add, check, discover: it may be inside a private network")
    more.add_argument("--guess", action="store_true", help="discover: also ask the addresses where feeds often are")
    more.add_argument(
        "--format", choices=FORMATS, default=None, help="list, check, discover: text (the default), ndjson or json"
    )


def run(session: Session, flags: argparse.Namespace) -> int:
    action = ACTIONS[flags.action]
    least, most = action.targets
    if not least <= len(flags.targets) <= most:
        wants = "nothing more" if most == 0 else "one address or file" if most == 1 else "at least one address"
        raise UsageError(f"feeds {flags.action} takes {wants} (see newsdesk feeds --help)")
    for name in _FLAGS - action.flags:
        if getattr(flags, name):
            raise UsageError(f"--{name.replace('_', '-')} does not go with feeds {flags.action}")
    return action.run(session, flags)


def _check_text(name: str, value: Json) -> Json:
    """A value for a feed's key as the settings take it. Raises UsageError."""
    key = next(key for key in KEYS if key.section == "feeds" and key.name == name)
    try:
        return check_value(key, value)
    except ValueError as error:
        raise UsageError(f"{name.replace('_', '-')}: {error}") from None


def _check_url(text: str) -> str:
    """An address that a person typed. Raises UsageError."""
    if text.startswith("exec:"):
        raise UsageError('a program is written into the settings by hand: url = ["exec:", "name", "argument"]')
    url = opml.web_address(text)
    if url is None or canonical(url) is None:
        raise UsageError(f"url: must be a web address that begins with http:// or https://, not '{text[:80]}'")
    return url


def _key(feed: Feed) -> str:
    """What two settings for the same feed have in common."""
    return (canonical(feed.url) if isinstance(feed.url, str) else None) or feed.id


def _add(session: Session, flags: argparse.Namespace) -> int:
    url = _check_url(flags.targets[0])
    feed = Feed(
        url,
        title=flags.title,
        tags=tuple(dict.fromkeys(flags.tag or ())),
        outlet_country=_check_text("outlet_country", flags.outlet_country) if flags.outlet_country else None,
        full_text=flags.full_text,
        comments=not flags.no_comments,
        allow_private=flags.allow_private,
        every=_check_text("every", flags.every) if flags.every else None,
    )
    known = next((other for other in session.config.feeds if _key(other) == _key(feed)), None)
    if known:
        raise UsageError(f"{known.id}: this feed is in the settings already")
    if flags.check:
        answer = _ask(session, [feed])[0]
        if _why_not(answer):
            session.console.complain(f"{url}: {_why_not(answer)}; not added")
            return Exit.FAILED
        session.console.note(f"{url}: {_count(answer)}")
    add_feeds(session.paths.config, [feed])
    session.console.line(f"added {url}")
    return Exit.OK


def _remove(session: Session, flags: argparse.Namespace) -> int:
    for target in flags.targets:
        _find(session.config.feeds, target)
    for target in flags.targets:  # each one is looked for in the file as the one before left it
        feeds = session.config.feeds
        index = _find(feeds, target)
        remove_feed(session.paths.config, index)
        _forget_pause(session, feeds[index])
        session.console.line(f"removed {feeds[index].id}")
        del session.config
    return Exit.OK


def _forget_pause(session: Session, feed: Feed) -> None:
    """A feed that is added again one day is asked."""
    with session.open_desk(readonly=True) as desk:
        if feed.id not in desk.paused():
            return
    with session.open_desk() as desk:
        desk.pause([feed.id], resume=True)


def _pause(session: Session, flags: argparse.Namespace) -> int:
    feeds, resume = session.config.feeds, flags.action == "resume"
    ids = list(dict.fromkeys(feeds[_find(feeds, target)].id for target in flags.targets))
    with session.open_desk() as desk:
        made = desk.pause(ids, resume=resume)
    for one in ids:
        word = "resumed" if resume else "paused"
        session.console.line(f"{word} {one}" if one in made else f"{one} {'is not paused' if resume else 'is paused already'}")
    return Exit.OK


def _find(feeds: Sequence[Feed], target: str) -> int:
    """Which feed an address or title means. Raises UsageError that names the nearest."""
    wanted = canonical(target) or target
    for matches in (lambda feed: feed.id == target, lambda feed: _key(feed) == wanted, lambda feed: feed.title == target):
        found = [index for index, feed in enumerate(feeds) if matches(feed)]
        if found:
            return found[0]
    import difflib

    near = difflib.get_close_matches(target, [feed.id for feed in feeds], 1, 0.5)
    raise UsageError(f"{target}: no such feed in the settings{f'; did you mean {near[0]}?' if near else ''}")


def _list(session: Session, flags: argparse.Namespace) -> int:
    feeds = session.config.feeds
    with session.open_desk(readonly=True) as desk:
        rows = [health.to_json() for health in desk.feeds_health(feeds)]
    _print(session, flags, "feeds", rows, _health_columns, grow=1)
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


def _check(session: Session, flags: argparse.Namespace) -> int:
    known = {_key(feed): feed for feed in session.config.feeds}
    if flags.targets:
        typed = [next((f for f in known.values() if f.id == text), None) or Feed(_check_url(text)) for text in flags.targets]
        feeds = [known.get(_key(feed), feed) for feed in typed]
    else:
        feeds = list(session.config.feeds)
    if flags.allow_private:
        feeds = [replace(feed, allow_private=True) for feed in feeds]
    answers = _ask(session, feeds)
    rows: list[dict[str, Json]] = [
        {
            "url": feed.id,
            "well": _why_not(answer) is None,
            "says": _why_not(answer) or _count(answer),
            "http": answer.http,
            "stories": len(answer.stories),
            "seconds": answer.seconds,
            **{name: (answer.memory or {}).get(name) for name in ("hub", "topic")},
        }
        for feed, answer in zip(feeds, answers, strict=True)
    ]
    _print(session, flags, "checks", rows, _check_columns, grow=2)
    if not feeds:
        session.console.note("no feeds yet: newsdesk feeds add URL")
    return _exit(sum(row["well"] for row in rows), len(rows))


def _check_columns(row: dict[str, Json]) -> tuple[str, ...]:
    return style("✓", "green") if row["well"] else style("✗", "red"), row["url"], row["says"]


def _why_not(answer: FeedAnswer) -> str | None:
    """Why a feed did not answer, null if it did."""
    return (answer.error or answer.status) if answer.status in ("failed", "skipped") else None


def _count(answer: FeedAnswer) -> str:
    return "1 story" if len(answer.stories) == 1 else f"{len(answer.stories)} stories"


def _ask(session: Session, feeds: Sequence[Feed]) -> list[FeedAnswer]:
    """Ask feeds as if for the first time; pages and threads behind their stories are left alone, nothing is stored."""

    async def ask_all() -> list[FeedAnswer]:
        places = asyncio.Semaphore(AT_ONCE)
        async with session.outside.make_feed_reader(user_agent(session.config), {}) as reader:
            return await asyncio.gather(*(_ask_one(session, reader, feed, places) for feed in feeds))

    return asyncio.run(ask_all())


async def _ask_one(session: Session, reader: FeedReader, feed: Feed, places: asyncio.Semaphore) -> FeedAnswer:
    async with places:
        alone = replace(feed, full_text=False, comments=False)
        return await reader.read(alone, None, session.clock(), force=True)


def _import(session: Session, flags: argparse.Namespace) -> int:
    name = flags.targets[0]
    listing = opml.read(_read_opml(name))
    known = {_key(feed) for feed in session.config.feeds}
    fresh = [Feed(entry.url, title=entry.title, tags=entry.tags) for entry in listing.entries]
    fresh = [feed for feed in fresh if _key(feed) not in known]
    if fresh:
        add_feeds(session.paths.config, fresh)
    for problem in listing.problems:
        session.console.complain(f"{name}: {problem}")
    session.console.line(f"{len(fresh)} added, {len(listing.entries) - len(fresh)} there already")
    return _exit(len(listing.entries), len(listing.entries) + len(listing.problems))


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


def _export(session: Session, flags: argparse.Namespace) -> int:
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


def _discover(session: Session, flags: argparse.Namespace) -> int:
    url = _check_url(flags.targets[0])

    async def find() -> tuple[FoundFeed, ...] | str:
        async with session.outside.make_feed_finder(user_agent(session.config)) as finder:
            return await finder.find(url, guess=flags.guess, allow_private=flags.allow_private)

    found = asyncio.run(find())
    if isinstance(found, str):
        session.console.complain(f"{url}: {found}")
        return Exit.FAILED
    rows: list[dict[str, Json]] = [{"url": feed.url, "title": feed.title, "kind": feed.kind} for feed in found]
    _print(session, flags, "feeds", rows, lambda row: (row["url"], row["kind"], row["title"] or ""), grow=2)
    if not rows:
        more = "" if flags.guess else "; --guess asks the addresses where feeds often are"
        session.console.note(f"{url}: the page names no feed{more}")
    return Exit.OK


def _print(
    session: Session,
    flags: argparse.Namespace,
    name: str,
    rows: Sequence[dict[str, Json]],
    to_columns: Callable[[dict[str, Json]], tuple[str, ...]],
    grow: int,
) -> None:
    """Rows in the format that was asked for; text, where none was. An address is never cut where nobody sees it."""
    console = session.console
    if flags.format == "json":
        print_json_list(session, name, rows)
    elif flags.format == "ndjson":
        for row in rows:
            console.write(dump_json(row) + "\n")
    else:
        cells = console.width if console.out_is_terminal else 10_000
        console.lines(columns(map(to_columns, rows), cells, grow))


def _exit(well: int, of: int) -> Exit:
    return Exit.OK if well == of else Exit.PARTIAL if well else Exit.FAILED


def _flags(*names: str) -> frozenset[str]:
    return frozenset(names)


_MANY = 10_000
ACTIONS: dict[str, Action] = {
    "add": Action(
        _add,
        (1, 1),
        _flags("title", "tag", "every", "outlet_country", "full_text", "no_comments", "check", "allow_private"),
        "write a feed into the settings",
    ),
    "remove": Action(_remove, (1, _MANY), _flags(), "take feeds out of the settings"),
    "pause": Action(_pause, (1, _MANY), _flags(), "ask feeds no more, their stories stay; undo takes it back"),
    "resume": Action(_pause, (1, _MANY), _flags(), "ask paused feeds again"),
    "list": Action(_list, (0, 0), _flags("format"), "the feeds with their health: last success, last error, next try"),
    "check": Action(_check, (0, _MANY), _flags("format", "allow_private"), "ask feeds now, keeping nothing (else all)"),
    "import": Action(_import, (1, 1), _flags(), "add the feeds of an OPML file, folders as tags"),
    "export": Action(_export, (0, 0), _flags(), "OPML to stdout"),
    "discover": Action(_discover, (1, 1), _flags("format", "allow_private", "guess"), "the feeds of a web page"),
}
_FLAGS = frozenset[str]().union(*(action.flags for action in ACTIONS.values()))

COMMANDS = {"feeds": Command(configure, run)}
