"""The thread of a story: which kind of server holds it, and reading it from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from fetchers.comments import comment_feed, discourse, hacker_news, lemmy, mastodon, reddit, wordpress
from fetchers.comments.thread import NotAThreadError
from fetchers.feeds.parse import parse
from fetchers.http import Failure, Fetcher
from fetchers.worker import ParserProcess, ParsingError
from newsdesk.model import Comment, Story

Read: TypeAlias = Callable[[bytes], tuple[Comment, ...]]
Find: TypeAlias = Callable[[Story, str], str | None]

# Kinds by the name that the settings know them by. Those with a base of their own need none in the settings.
KINDS: Mapping[str, tuple[Find, Read, str | None]] = {
    "hacker_news": (hacker_news.find, hacker_news.read, hacker_news.BASE),
    "reddit": (reddit.find, reddit.read, reddit.BASE),
    "discourse": (discourse.find, discourse.read, None),
    "lemmy": (lemmy.find, lemmy.read, None),
    "mastodon": (mastodon.find, mastodon.read, None),
}


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a story's comments are. `read` is null for a feed of comments, which the feed parser reads."""

    url: str
    read: Read | None = None


def find_thread(story: Story, bases: Mapping[str, Sequence[str]]) -> Thread | None:
    """The best source of the story's comments: a whole thread before a feed that holds only the latest."""
    for name, (find, read, own) in KINDS.items():
        for base in bases.get(name) or ([own] if own else []):
            if url := find(story, base):
                return Thread(url, read)
    for base in bases.get("wordpress", ()):
        if (story.url or "").startswith(base) and (url := wordpress.find(story, base)):
            return Thread(url, wordpress.read)
    feed = story.extra.get("comment_feed")
    return Thread(feed) if isinstance(feed, str) else None


class CommentReader:
    """Reads threads with the fetcher and the parser process that it is given."""

    def __init__(self, fetcher: Fetcher, parser: ParserProcess) -> None:
        self._fetcher = fetcher
        self._parser = parser

    async def read(self, thread: Thread, *, allow_private: bool = False) -> tuple[Comment, ...] | str:
        """The comments of a thread, or one sentence why they can't be had."""
        got = await self._fetcher.get(thread.url, allow_private=allow_private)
        if isinstance(got, Failure):
            return got.sentence
        if got.status != 200:
            return f"the server answered {got.status}"
        try:
            if thread.read is not None:
                return thread.read(got.body)
            return comment_feed.read(await parse(got.body, got.headers.get("content-type"), self._parser))
        except (NotAThreadError, ParsingError) as error:
            return str(error)
