"""`feeds add`, `remove`, `pause`, `resume`: what the settings hold, and what is left alone."""

from __future__ import annotations

import argparse

from newsdesk.commands.feeds.asking import ask, count_stories, why_not, with_flag
from newsdesk.commands.feeds.named import check_url, feed_key, find_feed
from newsdesk.commands.session import Session
from newsdesk.config import KEYS, Feed, check_value
from newsdesk.errors import Exit, UsageError
from newsdesk.feeds.settings import add_feeds, remove_feed
from newsdesk.model import Json


def check_text(name: str, value: Json) -> Json:
    """A value for a feed's key as the settings take it. Raises UsageError."""
    key = next(key for key in KEYS if key.section == "feeds" and key.name == name)
    try:
        return check_value(key, value)
    except ValueError as error:
        raise UsageError(f"{name.replace('_', '-')}: {error}") from None


def add(session: Session, flags: argparse.Namespace) -> int:
    """Write a feed into the settings; with --check only if it answers."""
    url = check_url(flags.targets[0])
    feed = Feed(
        url,
        title=flags.title,
        tags=tuple(dict.fromkeys(flags.tag or ())),
        outlet_country=check_text("outlet_country", flags.outlet_country) if flags.outlet_country else None,
        full_text=flags.full_text,
        comments=not flags.no_comments,
        allow_private=flags.allow_private,
        every=check_text("every", flags.every) if flags.every else None,
    )
    known = next((other for other in session.config.feeds if feed_key(other) == feed_key(feed)), None)
    if known:
        raise UsageError(f"{known.id}: this feed is in the settings already")
    if flags.check:
        answer = ask(session, [feed])[0]
        if fault := why_not(answer):
            session.console.complain(f"{feed.id}: {with_flag(fault)}; not added")
            return Exit.FAILED
        session.console.note(f"{feed.id}: {count_stories(answer)}")
    add_feeds(session.paths.config, [feed])
    session.console.line(f"added {feed.id}")
    return Exit.OK


def remove(session: Session, flags: argparse.Namespace) -> int:
    """Take feeds out of the settings."""
    titles = _titles(session)
    for target in flags.targets:
        find_feed(session.config.feeds, target, titles)
    for target in flags.targets:  # each one is looked for in the file as the one before left it
        feeds = session.config.feeds
        index = find_feed(feeds, target, titles)
        remove_feed(session.paths.config, index)
        _forget_pause(session, feeds[index])
        session.console.line(f"removed {feeds[index].id}")
        del session.config
    return Exit.OK


def _titles(session: Session) -> dict[str, str]:
    """What the feeds of the settings are called by themselves, as far as they were read, by their ids."""
    with session.open_desk(readonly=True) as desk:
        return {feed.id: feed.title for feed in desk.feeds_health(session.config.feeds) if feed.title}


def _forget_pause(session: Session, feed: Feed) -> None:
    """A feed that is added again one day is asked."""
    with session.open_desk(readonly=True) as desk:
        if feed.id not in desk.paused():
            return
    with session.open_desk() as desk:
        desk.pause([feed.id], resume=True)


def pause(session: Session, flags: argparse.Namespace) -> int:
    """Ask feeds no more, or again. `undo` takes it back."""
    feeds, resume = session.config.feeds, flags.action == "resume"
    titles = _titles(session)
    ids = list(dict.fromkeys(feeds[find_feed(feeds, target, titles)].id for target in flags.targets))
    with session.open_desk() as desk:
        made = desk.pause(ids, resume=resume)
    for one in ids:
        word = "resumed" if resume else "paused"
        session.console.line(f"{word} {one}" if one in made else f"{one} {'is not paused' if resume else 'is paused already'}")
    return Exit.OK
