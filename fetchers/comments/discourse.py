"""Discourse: a topic's JSON. The first post is the story itself and no comment."""

from __future__ import annotations

import re

from fetchers.comments.thread import Entry, NotAThreadError, html, load, moment, number, pick, place, rows, text
from newsdesk.model import Comment, Story

_TOPIC = re.compile(r"/t/(?:[^/?#\s]+/)?(\d{1,12})(?:/\d+)?/?(?:[?#].*)?")
_LIKE = 2


def find(story: Story, base: str) -> str | None:
    url = story.url or ""
    found = _TOPIC.fullmatch(url.removeprefix(base.rstrip("/"))) if url.startswith(base) else None
    return f"{base.rstrip('/')}/t/{found[1]}.json?print=true" if found else None


def read(data: bytes) -> tuple[Comment, ...]:
    posts = rows(pick(load(data), "post_stream", "posts"))
    if not posts:
        raise NotAThreadError("the answer is not a Discourse topic")
    return place(
        Entry(
            text(post.get("post_number")) or "",
            text(post.get("reply_to_post_number")),
            text(post.get("username")),
            html(post.get("cooked")),
            moment(post.get("created_at")),
            next((number(a.get("count")) for a in rows(post.get("actions_summary")) if a.get("id") == _LIKE), None),
        )
        for post in posts
        if number(post.get("post_number")) != 1 and not post.get("action_code")
    )


def is_whole(data: bytes) -> bool:
    """Whether the answer holds the whole thread: it names the numbers of all posts, and holds as many as one page has."""
    stream = pick(load(data), "post_stream")
    numbers = pick(stream, "stream")
    return len(numbers) <= len(rows(pick(stream, "posts"))) if isinstance(numbers, list) else True
