"""Reddit: the JSON of a post's page, as of any server that speaks like it.

Without `raw_json` it has ``<``, ``>`` and ``&`` escaped as in HTML (reddit.com/dev/api, "response body encoding"), and not all
servers of its kind know that parameter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from fetchers.comments.thread import Entry, NotAThreadError, moment, number, pick, place, rows, text
from newsdesk.model import Comment, Story
from newsdesk.text import clean_lines

BASE = "https://www.reddit.com"
_POST = re.compile(r"https?://(?:www\.|old\.)?reddit\.com(/r/[^/\s?#]+/comments/[a-z0-9]{1,12})(?:[/?#].*)?", re.IGNORECASE)
_ESCAPED = re.compile(r"&(?:lt|gt|amp);")
_BARE = re.compile(r"[<>]|&(?!(?:lt|gt|amp);)")
_GONE = {"[deleted]", "[removed]", "[ Removed by Reddit ]"}


def find(story: Story, base: str = BASE) -> str | None:
    found = _POST.fullmatch(story.url or "")
    return f"{base.rstrip('/')}{found[1]}.json?limit=500&raw_json=1" if found else None


def read(document: Any) -> tuple[Comment, ...]:
    if not isinstance(document, list) or len(document) < 2:
        raise NotAThreadError("the answer is not a Reddit thread")
    return place(_unescaped(list(_walk(document[1]))))


def _unescaped(entries: list[Entry]) -> list[Entry]:
    """Entries with their signs as they were written: where some are escaped and none stands bare, all of them are."""
    told = "\n".join(line for entry in entries for line in entry.paragraphs)
    if not _ESCAPED.search(told) or _BARE.search(told):
        return entries
    return [replace(entry, paragraphs=tuple(map(_plain, entry.paragraphs))) for entry in entries]


def _plain(line: str) -> str:
    return line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _walk(listing: Any) -> Iterator[Entry]:
    waiting: list[tuple[dict[str, Any], str | None]]
    waiting = [(row, None) for row in reversed(rows(pick(listing, "data", "children")))]
    while waiting:
        row, parent = waiting.pop()
        said = row.get("data")
        if row.get("kind") != "t1" or not isinstance(said, dict):
            continue
        name, body, author = text(said.get("id")) or "", said.get("body"), text(said.get("author"))
        author = author if author not in _GONE else None  # everyone who left is no one writer
        lines = clean_lines(body).split("\n") if isinstance(body, str) and body not in _GONE else []
        votes = None if said.get("score_hidden") else number(said.get("score"))
        yield Entry(name, parent, author, tuple(filter(None, lines)), moment(said.get("created_utc")), votes)
        waiting.extend((child, name) for child in reversed(rows(pick(said.get("replies"), "data", "children"))))
