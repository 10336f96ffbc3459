"""Discourse: a topic's JSON. The first post is the story itself and no comment.

The topic names the numbers of all its posts and holds the first twenty; the others are asked for by these numbers
(docs.discourse.org, `/t/{id}/posts.json`). A topic made for printing holds more, but a server gives five of those an hour.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from fetchers.comments.thread import Entry, NotAThreadError, html, moment, number, pick, place, rows, text
from newsdesk.model import Comment, Story

_TOPIC = re.compile(r"/t/(?:[^/?#\s]+/)?(\d{1,12})(?:/\d+)?/?(?:[?#].*)?")
_LIKE = 2
# A note of the forum about its topic; a post of which only a sentence is shown, that it is hidden or was deleted.
_NO_COMMENT = ("action_code", "hidden", "cooked_hidden", "user_deleted", "deleted_at")
A_PAGE = 100  # posts that are asked for at once
MOST_PAGES = 20  # of one topic at a time: of a longer one the latest posts are read


def find(story: Story, base: str) -> str | None:
    url = story.url or ""
    found = _TOPIC.fullmatch(url.removeprefix(base.rstrip("/"))) if url.startswith(base) else None
    return f"{base.rstrip('/')}/t/{found[1]}.json" if found else None


def pages(url: str, topic: Any) -> list[str]:
    """Where the posts are that the topic at `url` names and doesn't hold."""
    missing = _missing([topic])[-A_PAGE * MOST_PAGES :]
    root = url.partition("?")[0].removesuffix(".json")
    some = [missing[at : at + A_PAGE] for at in range(0, len(missing), A_PAGE)]
    return [f"{root}/posts.json?{'&'.join(f'post_ids%5B%5D={number}' for number in numbers)}" for numbers in some]


def read(topic: Any, *more: Any) -> tuple[Comment, ...]:
    """The comments of a topic and of further pages of it; None is one that can't be read."""
    posts = _posts(topic)
    if not posts:
        raise NotAThreadError("the answer is not a Discourse topic")
    posts += [post for page in more for post in _posts(page)]
    posts.sort(key=lambda post: number(post.get("post_number")) or 0)
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
        if number(post.get("post_number")) != 1 and not any(map(post.get, _NO_COMMENT))
    )


def is_whole(topic: Any, *more: Any) -> bool:
    """Whether the answers hold the whole thread: the topic names the numbers of all posts."""
    return not _missing([topic, *more])


def _posts(answer: Any) -> list[dict[str, Any]]:
    return rows(pick(answer, "post_stream", "posts"))


def _missing(answers: Sequence[Any]) -> list[int]:
    """The numbers of the posts that the topic, which is the first answer, names and none of them holds."""
    named = pick(answers[0], "post_stream", "stream")
    here = {number(post.get("id")) for answer in answers for post in _posts(answer)}
    numbers = map(number, named) if isinstance(named, list) else ()
    return [one for one in dict.fromkeys(numbers) if one is not None and one >= 0 and one not in here]
