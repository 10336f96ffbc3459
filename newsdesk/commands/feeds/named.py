"""Which feed of the settings an address or a title means, and what an address may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from newsdesk.config import Feed
from newsdesk.errors import UsageError
from newsdesk.feeds import opml
from newsdesk.urls import canonical

_MOST_NAMED = 4


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


def find_feed(feeds: Sequence[Feed], target: str, titles: Mapping[str, str] = MappingProxyType({})) -> int:
    """Which feed an address or title means; `titles` are those that feeds have by themselves, by their ids. Raises UsageError
    that names the nearest."""
    meant, word = Feed(target), target.casefold()
    names = [(feed.title or titles.get(feed.id, "")) for feed in feeds]
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
    named = [index for index, name in enumerate(names) if name.casefold() == word]
    if len(named) == 1:
        return named[0]
    import difflib

    near = [name or feeds[index].id for index, name in enumerate(names) if word in name.casefold()][:_MOST_NAMED]
    near = near or difflib.get_close_matches(target, [*(feed.id for feed in feeds), *filter(None, names)], 1, 0.5)
    mend = f"; did you mean {' or '.join(near)}?" if near else "; newsdesk feeds list tells what there is" if feeds else ""
    raise UsageError(f"{shown(target)}: no such feed in the settings{mend}")
