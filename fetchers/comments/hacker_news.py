"""Hacker News, by the interface of its search (hn.algolia.com), which gives a whole thread in one answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fetchers.comments.thread import Entry, NotAThreadError, html, moment, number, pick, place, rows, text
from newsdesk.model import Comment, Story

BASE = "https://hn.algolia.com"
_ITEM = re.compile(r"https?://news\.ycombinator\.com/item\?id=(\d{1,12})")


def find(story: Story, base: str = BASE) -> str | None:
    places = (story.extra.get("comments_page"), story.origin.item_id if story.origin else None, story.url)
    for told in places:
        if isinstance(told, str) and (found := _ITEM.fullmatch(told)):
            return f"{base.rstrip('/')}/api/v1/items/{found[1]}"
    return None


def read(document: Any) -> tuple[Comment, ...]:
    if not isinstance(pick(document, "children"), list):
        raise NotAThreadError("the answer is not a Hacker News item")
    return place(_walk(document))


def _walk(document: dict[str, Any]) -> Iterator[Entry]:
    root = text(document.get("id"))
    waiting = [(child, root) for child in reversed(rows(document.get("children")))]
    while waiting:
        row, parent = waiting.pop()
        name = text(row.get("id")) or ""
        author, when, votes = text(row.get("author")), moment(row.get("created_at_i")), number(row.get("points"))
        yield Entry(name, parent, author, html(row.get("text")), when, votes)
        waiting.extend((child, name) for child in reversed(rows(row.get("children"))))
