"""The thread of a story: which kind of server holds it, and reading it from there."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from fetchers.comments import discourse, hacker_news, lemmy, mastodon, reddit, wordpress
from fetchers.http import Answer, Failure, Fetcher
from fetchers.resting import BUSY
from fetchers.worker import Parser, ParsingError
from newsdesk.model import Comment, Json, Story

Find: TypeAlias = Callable[[Story, str], str | None]

# How a story's thread is found, by the name that the settings know the kind of server by. Those with a base of their own need
# none in the settings.
KINDS: Mapping[str, tuple[Find, str | None]] = {
    "hacker_news": (hacker_news.find, hacker_news.BASE),
    "reddit": (reddit.find, reddit.BASE),
    "discourse": (discourse.find, None),
    "lemmy": (lemmy.find, None),
    "mastodon": (mastodon.find, None),
    "wordpress": (wordpress.find, None),
}
_SIGNS = ("ycombinator.com", "reddit.com")  # a part of all that those with an address of their own find a thread by

FEED = "feed"


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a story's comments are: `kind` is a name of :data:`KINDS`, or "feed" for a feed of comments."""

    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class ThreadAnswer:
    """What came of asking a thread: its comments, None where they are as they were (304) or can't be had (`error` says why);
    `whole` where there are no others. `status` and `headers` are those of its first page, or of a later one that the server was
    too busy for (:data:`BUSY`)."""

    comments: tuple[Comment, ...] | None = None
    whole: bool = False
    error: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    url: str = ""


def names_a_thread(told: str | None) -> bool:
    """Whether an address or id may be that of a thread on a server that :data:`KINDS` knows by itself."""
    return told is not None and (_SIGNS[0] in (low := told.lower()) or _SIGNS[1] in low)  # asked twice for each story


def find_thread(story: Story, bases: Mapping[str, Sequence[str]]) -> Thread | None:
    """The best source of the story's comments: a whole thread before a feed that holds only the latest."""
    for name, (find, own) in KINDS.items():
        for base in bases.get(name) or ([own] if own else []):
            if url := find(story, base):
                return Thread(name, url)
    feed = story.extra.get("comment_feed")
    return Thread(FEED, feed) if isinstance(feed, str) else None


class CommentReader:
    """Reads threads with the fetcher and the parser process that it is given."""

    def __init__(self, fetcher: Fetcher, parser: Parser) -> None:
        self._fetcher = fetcher
        self._parser = parser

    async def read(
        self, thread: Thread, conditions: Mapping[str, str] | None = None, *, allow_private: bool = False
    ) -> ThreadAnswer:
        """The comments of a thread, or one sentence why they can't be had. `conditions` are headers that ask for news only."""
        got = await self._fetcher.get(thread.url, conditions, allow_private=allow_private)
        if isinstance(got, Failure):
            return ThreadAnswer(error=got.sentence)
        told = ThreadAnswer(status=got.status, headers=got.headers, url=got.url)
        if got.status == 304 and conditions:
            return told
        if got.status != 200:
            return replace(told, error=f"the server answered {got.status}")
        try:
            said = await self._parse(thread, got)
            more, busy = await self._more(said["pages"], allow_private=allow_private)
            if more:
                said = await self._parse(thread, got, more)
        except ParsingError as error:
            return replace(told, error=str(error))
        told = replace(told, comments=tuple(Comment(*row) for row in said["comments"]), whole=said["whole"])
        return replace(told, status=busy.status, headers={**got.headers, **_rest(busy)}) if busy else told

    async def _more(self, pages: Sequence[str], *, allow_private: bool) -> tuple[list[bytes], Answer | None]:
        """The further pages of a thread, the latest first, up to one that can't be had; and what a busy server answered. All
        together they may take as long and be as large as one answer."""
        limits = self._fetcher.limits
        more: list[bytes] = []
        until = time.monotonic() + limits.deadline_s
        for page in reversed(pages):
            if time.monotonic() > until or sum(map(len, more)) > limits.decoded:
                break
            further = await self._fetcher.get(page, allow_private=allow_private)
            if isinstance(further, Failure):
                break
            if further.status != 200 or not further.body.lstrip().startswith(b"{"):
                return more, further if further.status in BUSY else None
            more.append(further.body)
        return more, None

    async def _parse(self, thread: Thread, got: Answer, more: Sequence[bytes] = ()) -> dict[str, Json]:
        data, sizes = b"".join([got.body, *more]), [len(page) for page in more]
        kind = got.headers.get("content-type")
        return await self._parser.ask("thread", data, kind=thread.kind, url=thread.url, content_type=kind, sizes=sizes)


def _rest(busy: Answer) -> dict[str, str]:
    """How long a busy server asks to be left alone, as a header."""
    return {name: value for name, value in busy.headers.items() if name == "retry-after"}
