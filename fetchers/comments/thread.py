"""What all kinds of thread share: reading hostile JSON by name, and a flat list of comments from entries with parents."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from fetchers.worker import ParsingError
from newsdesk.dates import parse_printed
from newsdesk.markup import read_comment
from newsdesk.model import Comment
from newsdesk.text import clean_field

MAX_COMMENTS = 20_000
_LONGEST_NUMBER = 10**12


class NotAThreadError(ParsingError):
    """The answer is no thread of the kind that was asked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A comment before it is placed. `id` and `parent` are the server's, "" where it gave no id; a parent that isn't in the
    thread is no parent."""

    id: str
    parent: str | None
    author: str | None
    paragraphs: tuple[str, ...]
    when: str | None = None
    votes: int | None = None


def load(data: bytes) -> Any:
    """The JSON in `data`. Raises :class:`NotAThreadError`."""
    try:
        return json.loads(data)
    except ValueError as error:
        raise NotAThreadError("the thread is not JSON") from error
    except RecursionError as error:
        raise NotAThreadError("the thread is nested too deeply") from error


def pick(value: Any, *names: str) -> Any:
    """The value at a path of names through objects; None where the path ends early."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def rows(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; nothing for anything else."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def text(value: Any) -> str | None:
    """A string or number as clean text."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return clean_field(value if isinstance(value, str) else str(value) if abs(value) < _LONGEST_NUMBER**2 else "")


def number(value: Any) -> int | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if is_number and -_LONGEST_NUMBER < value < _LONGEST_NUMBER else None


def moment(value: Any) -> str | None:
    """Seconds since 1970, or a printed date, as a comment's `when`: local to the minute where it is printed, else UTC."""
    if (seconds := number(value)) is not None:
        try:
            return datetime.fromtimestamp(seconds, UTC).isoformat()[:16]
        except (ValueError, OverflowError, OSError):
            return None
    printed = parse_printed(value[:100]) if isinstance(value, str) else None
    return printed[:16] if printed else None


def html(value: Any) -> tuple[str, ...]:
    return read_comment(value) if isinstance(value, str) else ()


def place(entries: Iterable[Entry]) -> tuple[Comment, ...]:
    """Entries in thread order: a reply stands behind what it answers and earlier replies to it. Empty ones are left out."""
    kept = _named([entry for entry in entries if entry.paragraphs][:MAX_COMMENTS])
    known = {entry.id for entry in kept}
    children: dict[str | None, list[Entry]] = {}
    for entry in kept:
        parent = entry.parent if entry.parent in known and entry.parent != entry.id else None
        children.setdefault(parent, []).append(entry)
    order: list[Comment] = []
    index: dict[str, int] = {}
    for start in [*children.get(None, []), *kept]:  # `kept` again: entries that answer each other in a circle have no start
        waiting: list[tuple[Entry, int | None]] = [(start, None)]
        while waiting:
            entry, reply_to = waiting.pop()
            if entry.id in index:
                continue
            index[entry.id] = len(order)
            order.append(Comment("\n".join(entry.paragraphs), entry.author, entry.when, entry.votes, reply_to))
            waiting.extend((child, index[entry.id]) for child in reversed(children.get(entry.id, [])))
    return tuple(order)


def _named(entries: list[Entry]) -> list[Entry]:
    """`entries`, in which one without an id, or with an id that comments of others or of other moments have too, has one of its
    own. Some servers give all of theirs the same: taken for what it claims to be, it would make one comment of all."""
    first: dict[str, Entry] = {}
    shared = {"", *(entry.id for entry in entries if _signed(first.setdefault(entry.id, entry)) != _signed(entry))}
    # What servers say begins with no space.
    return [replace(entry, id=f" {at}") if entry.id in shared else entry for at, entry in enumerate(entries)]


def _signed(entry: Entry) -> tuple[object, ...]:
    """What stays the same where a comment is edited, or else all that it says."""
    return (entry.author, entry.when) if entry.author and entry.when else (entry.author, entry.when, entry.paragraphs)
