"""When a story's thread is read again: soon while it is young, seldom as it ages, and never more once it is a week old.

Pure functions. A thread that the feed counts (`slash:comments`, `thr:count`) is read when the count changes; one that it does
not count, or that has left the feed, is read on a schedule of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from newsdesk.clock import stamp
from newsdesk.model import Comment, Json, Story

if TYPE_CHECKING:  # every server's module comes with it, which most refreshes need none of
    from fetchers.comments.reader import Thread, ThreadAnswer

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=30), timedelta(days=1)
LIFETIME = timedelta(days=7)
MOST_KEPT = 200
FAILURES_TO_GIVE_UP = 5


@dataclass(frozen=True, slots=True)
class Watch:
    """A thread and what is known of it. Moments are UTC, ``Z``. `since` is when its story appeared; `due` is None while nothing
    is expected of it. `count` is the feed's number of comments when it was last read, `quiet` how often in a row a reading
    brought nothing new."""

    kind: str
    url: str
    item_id: str | None = None
    story: str | None = None
    since: str = ""
    due: str | None = None
    count: int | None = None
    quiet: int = 0
    failures: int = 0
    digest: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    @classmethod
    def from_json(cls, data: Json) -> Watch | None:
        """Tolerant: what is no watch is none, unknown keys are passed over."""
        if not isinstance(data, dict) or not isinstance(data.get("url"), str) or not isinstance(data.get("kind"), str):
            return None
        return cls(**{name: data[name] for name in cls.__slots__ if name in data})

    def to_json(self) -> dict[str, Json]:
        return {name: value for name, value in asdict(self).items() if value not in (None, 0, "")}

    def conditions(self) -> dict[str, str]:
        """The headers of a conditional request."""
        told = {"if-none-match": self.etag, "if-modified-since": self.last_modified}
        return {name: value for name, value in told.items() if value}


def update(watches: Sequence[Watch], found: Sequence[tuple[Story, Thread | None]], now: datetime) -> tuple[Watch, ...]:
    """The watches after the feed was read: `found` are its stories with their threads. New threads are due at once."""
    known = {watch.url: watch for watch in watches}
    here: dict[str, Watch] = {}
    for story, thread in found:
        if thread is not None and thread.url not in here:
            here[thread.url] = _meet(known.get(thread.url), thread, story, now)
    gone = [_let_go(watch, now) for watch in watches if watch.url not in here and not _is_over(watch, now)]
    return tuple([*here.values(), *gone][:MOST_KEPT])


def due(watches: Sequence[Watch], now: datetime, *, force: bool = False) -> list[Watch]:
    """Those to read now, the longest overdue first; with `force` all that are young enough."""
    ready = [watch for watch in watches if _is_due(watch, now) or (force and not _is_over(watch, now))]
    return sorted(ready, key=lambda watch: watch.due or "~")


def after_reading(watch: Watch, answer: ThreadAnswer, now: datetime, *, count: int | None) -> Watch:
    """After a 200 or 304. `count` is what the feed says now, None where it says nothing."""
    headers = answer.headers
    digest = _digest(answer.comments) if answer.comments is not None else watch.digest
    changed = digest != watch.digest
    quiet = 0 if changed else watch.quiet + 1
    later = replace(
        watch,
        quiet=quiet,
        failures=0,
        count=count,
        digest=digest,
        etag=headers.get("etag") or (None if changed else watch.etag),
        last_modified=headers.get("last-modified") or (None if changed else watch.last_modified),
    )
    return replace(later, due=None if count is not None else _next(later, now))


def after_failure(watch: Watch, status: int | None, retry_after: datetime | None, now: datetime) -> Watch:
    """After a failure: the wait doubles; a thread that is gone, or that fails again and again, is given up."""
    failures = watch.failures + 1
    given_up = status in (401, 403, 410) or failures >= FAILURES_TO_GIVE_UP
    wait = min(FIRST_WAIT * 2**failures, LONGEST_WAIT)
    later = max(now + wait, retry_after) if retry_after else now + wait
    return replace(watch, failures=failures, due=None if given_up else stamp(later))


def _meet(known: Watch | None, thread: Thread, story: Story, now: datetime) -> Watch:
    said = story.extra.get("comment_count")
    count = said if isinstance(said, int) else None
    if known is None:
        item = story.origin.item_id if story.origin else None
        return Watch(thread.kind, thread.url, item, story.url, _appeared(story, now), stamp(now) if count != 0 else None)
    if count is None or known.failures:  # which waits longer each time, and is given up
        return known
    return replace(known, due=stamp(now)) if count != (known.count or 0) else replace(known, due=None)


def _let_go(watch: Watch, now: datetime) -> Watch:
    """A story that has left the feed: nobody counts its comments any more."""
    waits = watch.due is None and watch.failures == 0
    return replace(watch, count=None, due=_next(watch, now)) if waits else watch


def _next(watch: Watch, now: datetime) -> str | None:
    if _is_over(watch, now):
        return None
    wait = max(FIRST_WAIT, (now - _moment(watch.since, now)) / 4) * 2 ** min(watch.quiet, 2)
    return stamp(now + min(wait, LONGEST_WAIT))


def _is_due(watch: Watch, now: datetime) -> bool:
    """What is due further off than anything waits became so by a clock that was wrong."""
    due = _moment(watch.due, now) if watch.due is not None else None
    return due is not None and (now >= due or due - now > LIFETIME)


def _is_over(watch: Watch, now: datetime) -> bool:
    return now - _moment(watch.since, now) > LIFETIME


def _appeared(story: Story, now: datetime) -> str:
    """When the story was published, as far as it says so, and not in the future."""
    told = _moment((story.published or "")[:10], now)
    return stamp(min(told, now)) if now - told > timedelta(days=1) else stamp(now)


def _digest(comments: Sequence[Comment]) -> str:
    said = "\n".join(f"{comment.author} {comment.when} {comment.text}" for comment in comments)
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _moment(text: str, otherwise: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return otherwise
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
