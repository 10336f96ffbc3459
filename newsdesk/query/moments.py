"""Dates as whole minutes since 0001-01-01 00:00 UTC, the unit in which the archive sorts and the query language compares."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

DAY = 24 * 60
_EPOCH = datetime(1, 1, 1, tzinfo=UTC)
_AGE_PART = re.compile(r"(\d{1,6})([smhdwy])")
_AGE = re.compile(rf"(?:{_AGE_PART.pattern})+")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_AGE_S = {"s": 1, "m": 60, "h": 3600, "d": 60 * DAY, "w": 7 * 60 * DAY, "y": 365 * 60 * DAY}
_DAYS = {"today": 0, "yesterday": 1}
_PART_OF_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?")


def to_minute(moment: datetime) -> int:
    """`moment` in minutes; without an offset it is taken as UTC."""
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    since = moment - _EPOCH
    return since.days * DAY + since.seconds // 60


def read_minute(text: str) -> int | None:
    """A date or time in ISO 8601 in minutes; a bare year or month is its first day. None if it is none."""
    part = _PART_OF_DATE.fullmatch(text)
    if part:
        text = f"{part[1]}-{part[2] or '01'}-01"
    try:
        return to_minute(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return None


_arrival = lru_cache(maxsize=16)(read_minute)  # thousands of stories come at one moment


def story_minute(published: str | None, seen: str) -> int:
    """When a story is from: what is printed, but never after it was first seen (`seen`, UTC, ``Z``).

    A bare date is the end of that day, or the moment it was seen if that came first: it can't be later than that.
    """
    arrival = _arrival(seen)
    printed = read_minute(published) if published else None
    if printed is None:
        return arrival or 1
    timed = published is not None and len(published) > len("2026-01-31")
    printed = max(1, printed if timed else printed + DAY - 1)  # 0 is the newest of a storyline that has no story
    if arrival is None or printed <= arrival:
        return printed
    # A time without a zone may run ahead of UTC by some hours; a date further off is a slip or an embargo.
    return printed if timed and printed <= arrival + DAY else arrival


def read_age(text: str) -> int | None:
    """An age (``2d``, ``6h``, ``30m``, ``90s``, ``2w``, ``1y``, ``1d12h``) in whole minutes, None if it is none."""
    if not _AGE.fullmatch(text):
        return None
    return sum(int(number) * _AGE_S[unit] for number, unit in _AGE_PART.findall(text)) // 60


def read_moment(text: str, now: datetime) -> int | None:
    """The minute that a person means by an age before `now`, a date, ``today``, ``yesterday`` or ``18:00`` of today.

    None if by none of them. What is told from now on goes by the person's clock, in the system's zone: ages, times, and the
    two days, which begin at its midnight. A date is the day that stories print, the same one everywhere.
    """
    age, time = read_age(text), _TIME.fullmatch(text)
    hour, minute = (int(time[1]), int(time[2])) if time else (0, 0)
    if age is not None:
        return to_minute(now) - age
    if time is None and text.casefold() not in _DAYS:
        return read_minute(text)
    day = _day(text, now)
    try:
        return None if day is None else to_minute(day.replace(hour=hour, minute=minute).astimezone())
    except (OverflowError, ValueError):  # at the first days of the calendar
        return None


def end_of_day_before(text: str, now: datetime) -> int | None:
    """For ``today`` and ``yesterday``: where stories stand that print the day before and no time. None for anything else.

    East of Greenwich that is after the person's midnight.
    """
    day = _day(text, now) if text.casefold() in _DAYS else None
    return None if day is None else to_minute(day) - 1


def _day(text: str, now: datetime) -> datetime | None:
    """Midnight of a day by the person's clock, without a zone; None before the calendar begins."""
    try:
        day = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        return day - timedelta(days=_DAYS.get(text.casefold(), 0))
    except (OverflowError, ValueError):
        return None
