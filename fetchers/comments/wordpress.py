"""WordPress: the REST interface of any blog, found by the post's number in its guid (``?p=123``)."""

from __future__ import annotations

import re
from typing import Any

from fetchers.comments.thread import Entry, NotAThreadError, html, moment, pick, place, rows, text
from newsdesk.markup import read_line
from newsdesk.model import Comment, Story

_POST = re.compile(r"https?://[^\s?#]+\?p=(\d{1,12})")


def find(story: Story, base: str) -> str | None:
    """The URL of the comments of a story of the blog at `base`, which may be another address than the guid's."""
    root, url = base.rstrip("/"), story.url or ""
    found = _POST.fullmatch((story.origin.item_id if story.origin else None) or "")
    if not found or not (url == root or url.startswith((f"{root}/", f"{root}?"))):
        return None
    return f"{root}/wp-json/wp/v2/comments?post={found[1]}&per_page=100&order=desc"


def read(document: Any) -> tuple[Comment, ...]:
    if not isinstance(document, list):
        raise NotAThreadError("the answer is not a WordPress thread")
    return place(
        Entry(
            text(row.get("id")) or "",
            text(row.get("parent")),
            _name(row.get("author_name")),
            html(pick(row, "content", "rendered")),
            moment(row.get("date")),
        )
        for row in reversed(rows(document))  # the latest come first, so that a long thread's new ones are among them
    )


def _name(value: Any) -> str | None:
    """A writer's name, which WordPress keeps with its special characters as HTML has them."""
    return read_line(value) if isinstance(value, str) else None
