"""How the feeds of the settings are doing: what is remembered of each, in the words that list and screen show. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal

from newsdesk.archive.rows import SourceState
from newsdesk.clock import stamp
from newsdesk.config import Feed
from newsdesk.model import Json
from newsdesk.urls import host_of

KEPT = timedelta(weeks=8)  # how long a feed that left the settings is remembered: who adds it again goes on where it was


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """A feed and what came of asking it. Moments are UTC and end in ``Z``.

    `title` is the settings' name for it, else the feed's own as far as it was read. `http` is the status code of the last
    answer, None where none came. `failures` counts those in a row. `next_try` is None where it was never asked, is gone for
    good (410) or `paused` (by the person); it is never before the time that its host asked for. `interval_s` are the seconds
    between the last try and the next. `address` is where it moved to for good. `stories` counts those in the archive that it
    gave. `hub` and `topic` are what it says of WebSub: the hub that could push its changes, and the address to subscribe to
    there.
    """

    id: str
    url: str
    title: str | None
    kind: Literal["feed", "program"]
    tags: tuple[str, ...] = ()
    last_success: str | None = None
    last_failure: str | None = None
    last_error: str | None = None
    failures: int = 0
    next_try: str | None = None
    interval_s: int | None = None
    http: int | None = None
    gone: bool = False
    stories: int = 0
    address: str | None = None
    hub: str | None = None
    topic: str | None = None
    paused: bool = False

    @property
    def well(self) -> bool:
        """False where the last try failed; true also of a feed that was never asked."""
        return self.last_error is None

    def to_json(self) -> dict[str, Json]:
        return {**asdict(self), "tags": list(self.tags)}


def resting_hosts(states: Iterable[SourceState]) -> dict[str, str]:
    """Hosts that asked to be left alone, and until when, by what any of their feeds and threads was told."""
    resting: dict[str, str] = {}
    for state in states:
        memory = state.detail if isinstance(state.detail, Mapping) else {}
        for host, until in ((memory.get("host"), memory.get("rest")), *memory.get("hosts", ())):
            if host and until:
                resting[host] = max(until, resting.get(host, ""))
    return resting


def health_of(
    feed: Feed,
    state: SourceState | None,
    stories: int,
    *,
    paused: bool,
    resting: Mapping[str, str] = MappingProxyType({}),
) -> FeedHealth:
    """The health of `feed` by what is remembered of it, None where it was never asked; `stories` are those it gave, and
    `resting` the hosts that no feed is asked from."""
    memory = state.detail if state and isinstance(state.detail, Mapping) else {}
    gone = bool(memory.get("gone"))
    tries = [moment for moment in ((state.succeeded, state.failed) if state else ()) if moment]
    due = _earlier(memory.get("due"), memory.get("asked"), None if memory.get("failures") else feed.every_s)
    if due and isinstance(feed.url, str):
        due = max(due, resting.get(host_of(memory.get("address") or feed.url), ""))
    if gone or paused:
        due = None
    return FeedHealth(
        id=feed.id,
        url=feed.id,
        title=feed.title or memory.get("title"),
        kind="feed" if isinstance(feed.url, str) else "program",
        tags=feed.tags,
        last_success=state.succeeded if state else None,
        last_failure=state.failed if state else None,
        last_error=state.error if state else None,
        failures=int(memory.get("failures", 0)),
        next_try=due,
        interval_s=_seconds(max(tries, default=None), due),
        http=memory.get("http"),
        gone=gone,
        stories=stories,
        address=memory.get("address"),
        hub=memory.get("hub"),
        topic=memory.get("topic"),
        paused=paused,
    )


def _earlier(due: str | None, asked: str | None, every_s: int | None) -> str | None:
    """The next try: sooner than it was remembered where a person wants it more often by now."""
    if not due or not asked or every_s is None:
        return due
    try:
        return min(due, stamp(datetime.fromisoformat(asked) + timedelta(seconds=every_s)))
    except ValueError:
        return due


def _seconds(before: str | None, after: str | None) -> int | None:
    """From one moment to a later one."""
    try:
        return (
            int((datetime.fromisoformat(after) - datetime.fromisoformat(before)).total_seconds()) if before and after else None
        )
    except ValueError:
        return None
