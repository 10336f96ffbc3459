"""What a server says of a thread, to its comments. Runs in the parser process: megabytes of JSON take their time.

The answer is plain data: `comments` are rows in the order of :class:`newsdesk.model.Comment`'s fields, `whole` says whether the
thread has no others, and `pages` are addresses of what it has elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, TypeAlias

from fetchers.comments import comment_feed, discourse, hacker_news, lemmy, mastodon, reddit, wordpress
from fetchers.comments.thread import MAX_COMMENTS, NotAThreadError, load
from fetchers.feeds import parse as feeds
from newsdesk.model import Comment, Json

Read: TypeAlias = Callable[..., tuple[Comment, ...]]  # of the answer's JSON, and of further pages' where its kind has some

READERS: Mapping[str, Read] = {
    "hacker_news": hacker_news.read,
    "reddit": reddit.read,
    "discourse": discourse.read,
    "lemmy": lemmy.read,
    "mastodon": mastodon.read,
    "wordpress": wordpress.read,
}
# Whether an answer of these holds all that the thread has; those of the others may always be a part of it.
WHOLE: Mapping[str, Callable[..., bool]] = {
    "hacker_news": lambda _: True,
    "discourse": discourse.is_whole,
    "lemmy": lemmy.is_whole,
    "mastodon": mastodon.is_whole,
}
# What of a thread stands elsewhere: addresses, by that of its first answer and what this says.
PAGES: Mapping[str, Callable[[str, Any], list[str]]] = {"discourse": discourse.pages}


def read(data: bytes, *, kind: str, url: str, content_type: str | None, sizes: Sequence[int] = ()) -> dict[str, Json]:
    """The thread of that kind at `url`. `data` is the server's answer, and behind it what it said of further pages, `sizes` in
    bytes each. Raises :class:`fetchers.worker.ParsingError`."""
    if kind not in READERS:
        return _told(comment_feed.read(feeds.read(data, content_type)))
    ends = list(accumulate(sizes, initial=len(data) - sum(sizes)))
    first, more = load(data[: ends[0]]), [_load_page(data[start:end]) for start, end in pairwise(ends)]
    comments = READERS[kind](first, *more)
    pages = PAGES[kind](url, first) if kind in PAGES and not more else []
    whole = kind in WHOLE and len(comments) < MAX_COMMENTS and WHOLE[kind](first, *more)
    return _told(comments, whole, pages)


def _load_page(data: bytes) -> Any:
    """A further page: one that is damaged costs itself alone."""
    try:
        return load(data)
    except NotAThreadError:
        return None


def _told(comments: Sequence[Comment], whole: bool = False, pages: Sequence[str] = ()) -> dict[str, Json]:
    rows = [(comment.text, comment.author, comment.when, comment.votes, comment.reply_to) for comment in comments]
    return {"comments": rows, "whole": whole, "pages": list(pages)}
