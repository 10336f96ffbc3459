"""When to ask a feed again: pure functions of what it said, how it changed and how often it failed.

The order of what counts: `Retry-After` and back-off, the person's `every`, the server's freshness (`Cache-Control`, `Expires`),
the publisher's wish (`ttl`, `sy:`), and else a guess from how often the feed changed lately (as Miniflux does).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise

from fetchers.comments.watch import Watch
from fetchers.resting import BUSY
from newsdesk.clock import stamp
from newsdesk.model import Json
from newsdesk.ports import Discussion, FeedPart

SHORTEST, USUAL, LONGEST = timedelta(minutes=15), timedelta(hours=1), timedelta(hours=24)
LONGEST_WISH = timedelta(days=7)
LONGEST_BACK_OFF, LONGEST_OFFLINE = timedelta(days=2), timedelta(hours=4)
MOVES_TO_BELIEVE = 3  # a permanent redirect is stored after as many sightings: captive portals send them too
CHANGES_KEPT = 8
FAILURES_TO_MOVE_BACK = 3
CLOCK_SLIP = timedelta(minutes=10)  # a feed that was asked further ahead than this was asked by a clock that was wrong


@dataclass(frozen=True, slots=True)
class Page:
    """A linked page: which item it belongs to, what the feed said of it, and whether it was read or will never be."""

    item: str
    said: str
    done: bool = False
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a feed between refreshes (kept as JSON in its source state). Times are UTC, ISO 8601.

    `skip_days` are days of the week (0 is Monday), `title` is the feed's own, `hub` and `topic` are what it says of WebSub.
    `asked` is when it was asked last. `address` is where it moved to for good. `host` is the one that asked for `rest`; `hosts`
    are others that did, of its threads.
    `pages` are those of stories that the feed still holds, `threads` also of younger ones: the memory does not grow.
    """

    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    due: str | None = None
    asked: str | None = None
    rest: str | None = None
    failures: int = 0
    changed: tuple[str, ...] = ()
    moved_to: str | None = None
    moves: int = 0
    gone: bool = False
    every_s: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    title: str | None = None
    hub: str | None = None
    topic: str | None = None
    address: str | None = None
    host: str | None = None
    hosts: tuple[tuple[str, str], ...] = ()
    pages: tuple[Page, ...] = ()
    threads: tuple[Watch, ...] = ()

    @classmethod
    def from_json(cls, data: Json) -> Memory:
        """Tolerant: what an older or newer version wrote is read as far as it is known."""
        if not isinstance(data, dict):
            return cls()
        known = {name: data[name] for name in cls.__slots__ if name in data}
        for name in ("changed", "skip_hours", "skip_days"):
            known[name] = tuple(known.get(name, ()))
        known["hosts"] = tuple((row[0], row[1]) for row in _rows(known.get("hosts"), 2))
        known["pages"] = tuple(Page(*row) for row in _rows(known.get("pages"), 4))
        watches = map(Watch.from_json, known.get("threads", ()))
        known["threads"] = tuple(watch for watch in watches if watch is not None)
        return cls(**known)

    def to_json(self) -> dict[str, Json]:
        told = {name: getattr(self, name) for name in self.__slots__}
        told["pages"] = [[page.item, page.said, page.done, page.tries] for page in self.pages]
        told["threads"] = [watch.to_json() for watch in self.threads]
        return {name: list(v) if isinstance(v, tuple) else v for name, v in told.items() if v not in (None, (), [], 0, False)}


@dataclass(slots=True)
class Followed:
    """What reading threads came to."""

    memory: Memory
    discussions: tuple[Discussion, ...] = ()
    parts: tuple[FeedPart, ...] = ()


def _rows(value: Json, width: int) -> list[Sequence[Json]]:
    """The rows of a list that are `width` long; an older version's are passed over."""
    rows = value if isinstance(value, list | tuple) else []
    return [row for row in rows if isinstance(row, list | tuple) and len(row) == width]


def read_stamp(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def when_due(memory: Memory, now: datetime, *, every: timedelta | None = None) -> datetime:
    """When the feed may be asked next, `now` at the earliest; it is due now where the clock was set back since it was asked.

    Where a person wants it more often by now (`every`) than when it was asked, that counts, but not for one that failed.

    A publisher that asks to be left alone in every hour, or on every day, is asked all the same.
    """
    due, asked = read_stamp(memory.due), read_stamp(memory.asked)
    if due is None or (asked is not None and asked - now > CLOCK_SLIP):
        due = now
    elif every is not None and asked is not None and not memory.failures:
        due = min(due, asked + every)
    return _past_skips(memory, max(due, now))


def _past_skips(memory: Memory, moment: datetime) -> datetime:
    """The first moment from this one on in whose hour and on whose day the publisher does not ask to be left alone."""
    hours = memory.skip_hours if len(memory.skip_hours) < 24 else ()
    days = memory.skip_days if len(memory.skip_days) < 7 else ()
    for _ in range(8 * 24):
        here = moment.astimezone(UTC)
        if here.hour not in hours and here.weekday() not in days:
            break
        moment = here.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment


def jitter(key: str, turn: int) -> float:
    """A number from 0.85 to 1.15 that differs by feed and turn and is the same in every run."""
    return 0.85 + (zlib.crc32(f"{turn}:{key}".encode()) % 1000) / 1000 * 0.3


def read_retry_after(text: str | None, now: datetime) -> datetime | None:
    """`Retry-After` in both forms (seconds, HTTP date), at most :data:`LONGEST_WISH` away."""
    if not text:
        return None
    waits = [part.strip() for part in text.split(",")]  # each server on the way may have said one
    if all(part.isascii() and part.isdigit() for part in waits):
        return now + min(timedelta(seconds=max(int(part[:9]) for part in waits)), LONGEST_WISH)
    moment = _http_date(text)
    return min(max(moment, now), now + LONGEST_WISH) if moment else None


def read_rest(status: int | None, retry_after: str | None, now: datetime) -> datetime | None:
    """Until when a host is to be left alone that answers 429 or 503: as it says. Who asks to slow down (429) and does not say
    for how long gets rest until the next refresh."""
    if status not in BUSY:
        return None
    return read_retry_after(retry_after, now) or (now + SHORTEST if status == 429 else None)


def _http_date(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text) if text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def read_freshness(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the answer stays fresh by `max-age` or else `Expires` against `Date` (RFC 9111); None if unsaid."""
    control = headers.get("cache-control", "").lower()
    if re.search(r"\bno-(cache|store)\b", control):
        return None
    if found := re.search(r"\bmax-age\s*=\s*\"?(\d{1,9})", control):
        age = headers.get("age", "")
        return timedelta(seconds=max(0, int(found[1]) - (int(age[:9]) if age.isascii() and age.isdigit() else 0)))
    expires = _http_date(headers.get("expires"))
    return max(timedelta(), expires - (_http_date(headers.get("date")) or now)) if expires else None


def _usual_gap(changed: tuple[str, ...], now: datetime) -> timedelta:
    """Half of the median time between the feed's latest changes, the running gap included."""
    moments = [moment for moment in map(read_stamp, changed) if moment] + [now]
    gaps = sorted(later - earlier for earlier, later in pairwise(moments))
    return min(max(gaps[len(gaps) // 2] / 2, SHORTEST), LONGEST) if gaps else USUAL


def after_answer(
    memory: Memory, key: str, headers: Mapping[str, str], now: datetime, *, changed: bool, every: timedelta | None
) -> Memory:
    """The memory after a 200 or 304. A 304 that names no validators keeps those that were known."""
    history = (*memory.changed, stamp(now))[-CHANGES_KEPT:] if changed else memory.changed
    if every is not None:
        wait = every
    else:
        wishes = [read_freshness(headers, now), timedelta(seconds=memory.every_s) if memory.every_s else None]
        wish = min(max((w for w in wishes if w is not None), default=timedelta()), LONGEST_WISH)
        wait = max(_usual_gap(history, now) * jitter(key, len(history)), wish)
    return replace(
        memory,
        etag=headers.get("etag") or (None if changed else memory.etag),
        last_modified=headers.get("last-modified") or (None if changed else memory.last_modified),
        due=stamp(_past_skips(memory, now + wait)),
        asked=stamp(now),
        rest=None,
        failures=0,
        changed=history,
        gone=False,
    )


def after_failure(
    memory: Memory,
    key: str,
    now: datetime,
    *,
    retry_after: datetime | None,
    every: timedelta | None,
    answered: bool = True,
) -> Memory:
    """The memory after a failure: the wait doubles from 5 minutes (or the server's word, if that is later).

    Without an answer (`answered`) it may be our own network that is gone, and is back before a feed's two days are over.
    """
    failures = memory.failures + 1
    longest = LONGEST_BACK_OFF if answered else LONGEST_OFFLINE
    wait = min(timedelta(minutes=5) * 2 ** min(failures - 1, 12), longest) * jitter(key, failures)
    due = now + (min(wait, every) if every and failures == 1 else wait)
    return replace(
        memory,
        failures=failures,
        due=stamp(_past_skips(memory, max(due, retry_after) if retry_after else due)),
        asked=stamp(now),
        rest=stamp(retry_after) if retry_after else None,
        # An address that was believed and answers no more is given up for the one in the settings.
        address=memory.address if failures < FAILURES_TO_MOVE_BACK else None,
    )


def after_move(memory: Memory, moved_to: str | None) -> Memory:
    """Count sightings of the same permanent redirect: a few make it the address; one that is not seen again is forgotten."""
    if moved_to is None:
        return replace(memory, moved_to=None, moves=0) if memory.moved_to or memory.moves else memory
    moves = memory.moves + 1 if moved_to == memory.moved_to else 1
    if moves >= MOVES_TO_BELIEVE:
        return replace(memory, address=moved_to, moved_to=None, moves=0)
    return replace(memory, moved_to=moved_to, moves=moves)
