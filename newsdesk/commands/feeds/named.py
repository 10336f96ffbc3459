"""Which feed of the settings an address or a title means, and what an address may be."""

from __future__ import annotations

from collections.abc import Sequence

from newsdesk import opml
from newsdesk.config import Feed
from newsdesk.errors import UsageError
from newsdesk.urls import canonical


def check_url(text: str) -> str:
    """An address that a person typed. Raises UsageError."""
    if text.startswith("exec:"):
        raise UsageError('a program is written into the settings by hand: url = ["exec:", "name", "argument"]')
    url = opml.web_address(text)
    if url is None or canonical(url) is None:
        raise UsageError(f"url: must be a web address that begins with http:// or https://, not '{text[:80]}'")
    return url


def shown(text: str) -> str:
    """An address that a person typed, without the password that may be in it."""
    return Feed(text).id if "://" in text else text


def feed_key(feed: Feed) -> tuple[str, str]:
    """What two settings for the same feed have in common: the address in its canonical form, and who logs in there."""
    return _place(feed), feed.login


def _place(feed: Feed) -> str:
    return (canonical(feed.url) if isinstance(feed.url, str) else None) or feed.id


def find_feed(feeds: Sequence[Feed], target: str) -> int:
    """Which feed an address or title means. Raises UsageError that names the nearest."""
    meant = Feed(target)
    for matches in (
        lambda feed: feed.url == target,
        lambda feed: feed.id in (target, meant.id),
        lambda feed: feed_key(feed) == feed_key(meant),
        lambda feed: _place(feed) == _place(meant) and not meant.login,  # the login was left out
        lambda feed: feed.title == target,
    ):
        found = [index for index, feed in enumerate(feeds) if matches(feed)]
        if found:
            return found[0]
    import difflib

    near = difflib.get_close_matches(target, [feed.id for feed in feeds], 1, 0.5)
    raise UsageError(f"{shown(target)}: no such feed in the settings{f'; did you mean {near[0]}?' if near else ''}")
