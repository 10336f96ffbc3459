"""What time it is: the real clock, or a fixed one (`--now`). Moments that newsdesk records are UTC and end in ``Z``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from newsdesk.errors import UsageError

Clock: TypeAlias = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def parse_moment(text: str) -> datetime:
    """A moment as a person types it, ISO 8601; without an offset it is UTC. Raises UsageError."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):  # at either end of the calendar an offset can lead out of it
        raise UsageError(f"not a time: '{text}' (write it like 2026-01-31 or 2026-01-31T09:30Z)") from None


def before(moment: datetime, by: timedelta) -> datetime:
    """So much before `moment`, in the first days of the calendar as early as can be."""
    try:
        return moment - by
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def stamp(moment: datetime) -> str:
    """`moment` (aware) as newsdesk writes it: ``2026-01-31T09:30:00Z``."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"  # strftime's %Y may have three digits
