"""Mastodon and its kin: the answers to a status, from its context."""

from __future__ import annotations

import re
from typing import Any

from fetchers.comments.thread import Entry, NotAThreadError, html, moment, number, pick, place, rows, text
from newsdesk.model import Comment, Story

MOST = 60  # answers that a server tells whoever is not logged in (docs.joinmastodon.org/methods/statuses/#context)
_STATUS = re.compile(r"/@[^/\s]+/(\d{1,24})(?:[/?#].*)?|/users/[^/\s]+/statuses/(\d{1,24})(?:[/?#].*)?")


def find(story: Story, base: str) -> str | None:
    url, root = story.url or "", base.rstrip("/")
    found = _STATUS.fullmatch(url.removeprefix(root)) if url.startswith(root) else None
    return f"{root}/api/v1/statuses/{found[1] or found[2]}/context" if found else None


def read(document: Any) -> tuple[Comment, ...]:
    if not isinstance(pick(document, "descendants"), list):
        raise NotAThreadError("the answer is not a Mastodon context")
    return place(
        Entry(
            text(row.get("id")) or "",
            text(row.get("in_reply_to_id")),
            text(pick(row, "account", "display_name")) or text(pick(row, "account", "acct")),
            html(row.get("content")),
            moment(row.get("created_at")),
            number(row.get("favourites_count")),
        )
        for row in rows(document["descendants"])
    )


def is_whole(document: Any) -> bool:
    """Whether the answer holds the whole thread."""
    return len(rows(pick(document, "descendants"))) < MOST
