"""`feeds check` and `discover`: feeds and pages asked now, of which nothing is kept."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from newsdesk.commands.feeds.named import check_url, feed_key, find_feed, shown
from newsdesk.commands.feeds.printing import exit_code, print_rows
from newsdesk.commands.layout import style
from newsdesk.commands.session import Session
from newsdesk.config import Feed, user_agent
from newsdesk.errors import Exit, UsageError
from newsdesk.model import Json
from newsdesk.wording import ALLOWS_PRIVATE, stories

if TYPE_CHECKING:
    from newsdesk.ports import FeedAnswer, FeedReader, FoundFeed

AT_ONCE = 128  # most of those that are slow to answer; how many connections there are is the reader's business


def check(session: Session, flags: argparse.Namespace) -> int:
    """Ask feeds of the settings, or by their addresses, as if for the first time."""
    known = set(map(feed_key, session.config.feeds))
    feeds = [_meant(session.config.feeds, text) for text in flags.targets] or list(session.config.feeds)
    if flags.allow_private:
        feeds = [replace(feed, allow_private=True) for feed in feeds]
    answers = ask(session, feeds)
    rows: list[dict[str, Json]] = [
        {
            "url": feed.id,
            "well": why_not(answer) is None,
            "says": _says(answer, in_settings=feed_key(feed) in known),
            "http": answer.http,
            "stories": len(answer.stories),
            "seconds": answer.seconds,
            **{name: (answer.memory or {}).get(name) for name in ("hub", "topic")},
        }
        for feed, answer in zip(feeds, answers, strict=True)
    ]
    print_rows(session, flags, "checks", rows, _check_columns, grow=2)
    if not feeds:
        session.console.note("no feeds yet: newsdesk feeds add URL")
    return exit_code(sum(row["well"] for row in rows), len(rows))


def _meant(feeds: Sequence[Feed], text: str) -> Feed:
    """The feed of the settings that a person names, else the address as it was typed. Raises UsageError."""
    try:
        return feeds[find_feed(feeds, text)]
    except UsageError:
        return Feed(check_url(text))


def _says(answer: FeedAnswer, *, in_settings: bool) -> str:
    fault = why_not(answer)
    if fault is None:
        return count_stories(answer)
    return fault if in_settings else with_flag(fault)


def _check_columns(row: dict[str, Json]) -> tuple[str, ...]:
    return style("✓", "green") if row["well"] else style("✗", "red"), row["url"], row["says"]


def why_not(answer: FeedAnswer) -> str | None:
    """Why a feed did not answer, None if it did."""
    return (answer.error or answer.status) if answer.status in ("failed", "skipped") else None


def with_flag(said: str) -> str:
    """A fault of a feed that is not in the settings: there a flag is the mend, where an entry of theirs would be."""
    return said.replace(ALLOWS_PRIVATE, "--allow-private")


def count_stories(answer: FeedAnswer) -> str:
    """How many stories a feed answered with, in words."""
    return stories(len(answer.stories))


def ask(session: Session, feeds: Sequence[Feed]) -> list[FeedAnswer]:
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


def discover(session: Session, flags: argparse.Namespace) -> int:
    """The feeds that a web page names."""
    url = check_url(flags.targets[0])

    async def find() -> tuple[FoundFeed, ...] | str:
        async with session.outside.make_feed_finder(user_agent(session.config)) as finder:
            return await finder.find(url, guess=flags.guess, allow_private=flags.allow_private)

    found = asyncio.run(find())
    if isinstance(found, str):
        session.console.complain(f"{shown(url)}: {with_flag(found)}")
        return Exit.FAILED
    rows: list[dict[str, Json]] = [{"url": feed.url, "title": feed.title, "kind": feed.kind} for feed in found]
    print_rows(session, flags, "feeds", rows, lambda row: (row["url"], row["kind"], row["title"] or ""), grow=2)
    if not rows:
        more = "" if flags.guess else "; --guess tries the addresses where feeds often are"
        session.console.note(f"{shown(url)}: the page names no feed{more}")
    return Exit.OK
