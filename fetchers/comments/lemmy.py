"""Lemmy: the comments of a post by its number; `path` (``0.12.34``) names the parents."""

from __future__ import annotations

import re
from typing import Any

from fetchers.comments.thread import Entry, NotAThreadError, moment, number, pick, place, rows, text
from newsdesk.model import Comment, Story
from newsdesk.text import clean_lines

MOST = 300  # comments that a server answers with at most where a depth is asked for; it has no next page then
_POST = re.compile(r"/post/(\d{1,12})(?:[/?#].*)?")


def find(story: Story, base: str) -> str | None:
    url, root = story.url or "", base.rstrip("/")
    found = _POST.fullmatch(url.removeprefix(root)) if url.startswith(root) else None
    return f"{root}/api/v3/comment/list?post_id={found[1]}&type_=All&sort=New&max_depth=8&limit={MOST}" if found else None


def read(document: Any) -> tuple[Comment, ...]:
    if not isinstance(pick(document, "comments"), list):
        raise NotAThreadError("the answer is not a Lemmy thread")
    return place(
        Entry(
            text(pick(row, "comment", "id")) or "",
            _parent(text(pick(row, "comment", "path"))),
            text(pick(row, "creator", "display_name")) or text(pick(row, "creator", "name")),
            _lines(row),
            moment(pick(row, "comment", "published")),
            number(pick(row, "counts", "score")),
        )
        for row in reversed(rows(document["comments"]))  # the latest come first, so that a long thread's new ones are there
    )


def is_whole(document: Any) -> bool:
    """Whether the answer holds the whole thread."""
    return len(rows(pick(document, "comments"))) < MOST


def _parent(path: str | None) -> str | None:
    steps = (path or "").split(".")
    return steps[-2] if len(steps) > 2 else None


def _lines(row: object) -> tuple[str, ...]:
    content = pick(row, "comment", "content")
    if not isinstance(content, str) or pick(row, "comment", "deleted") or pick(row, "comment", "removed"):
        return ()
    return tuple(filter(None, clean_lines(content).split("\n")))
