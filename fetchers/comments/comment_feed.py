"""A feed of comments (`wfw:commentRss`, `link rel="replies"`): an item is a comment."""

from __future__ import annotations

import re

from fetchers.comments.thread import Entry, place
from fetchers.feeds.adapt import read_author, read_date
from fetchers.feeds.wire import Feed
from newsdesk.markup import read_comment
from newsdesk.model import Comment

# WordPress puts the author's name into the title of a comment: "By: Name", "Comment on Title by Name".
_BY = re.compile(r"(?:By|Von|Par|Por|Di): (.+)|.+ (?:by|von|par|por|di) (.+)")

_TITLE_CHARS = 1000


def read(feed: Feed) -> tuple[Comment, ...]:
    """The thread, the oldest comment first, as far as the feed still holds it."""
    entries = []
    for item in feed.items:
        found = _BY.fullmatch((item.title or "")[:_TITLE_CHARS])
        author = read_author(item.author) or read_author((found[1] or found[2]) if found else None)
        when = read_date(item.published)
        entries.append(Entry(item.id or "", item.reply_to, author, read_comment(item.markup), when[:16] if when else None))
    entries.sort(key=lambda entry: entry.when or "")
    return place(entries)
