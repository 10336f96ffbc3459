"""The mood of comments over time, in steps of one length, those without a comment left blank. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from newsdesk.model import Comment, Mood
from newsdesk.sentiment.summary import summarise
from newsdesk.tagging.tiers import Tier

MOST: Final = 24
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_STEPS: Final = (_HOUR, 3 * _HOUR, 6 * _HOUR, _DAY, 2 * _DAY, 7 * _DAY, 28 * _DAY, 91 * _DAY, 364 * _DAY)


@dataclass(frozen=True, slots=True)
class Step:
    """From `start` (``2026-03-12T10:00``, or a date where steps are days) on; `mood` is None where nobody wrote."""

    start: str
    mood: Mood | None


@dataclass(frozen=True, slots=True)
class OverTime:
    """`hours` is the length of a step. `untimed` comments say no time that can be placed."""

    hours: int
    steps: tuple[Step, ...]
    untimed: int


def over_time(comments: Sequence[Comment], tier: Tier = "base") -> OverTime | None:
    """The comments in at most :data:`MOST` steps, the shortest ones that will do; None where fewer than two moments are told.

    Where a comment has a bare date, steps are days at least. Zones are not printed with comments, and none is guessed.
    """
    placed = [(when, comment) for comment in comments if (when := _moment(comment.when)) is not None]
    moments = {when for when, _ in placed}
    if len(moments) < 2:
        return None
    least = _DAY if any(len(comment.when or "") <= 10 for _, comment in placed) else _HOUR
    first, last = min(moments), max(moments)
    step, begin = next(
        (found for one in _STEPS if one >= least and (last - (found := (one, _floor(first, one)))[1]) // one < MOST),
        (max(_STEPS[-1], (last - first) / (MOST - 1)), _floor(first, _DAY)),
    )
    groups: list[list[Comment]] = [[] for _ in range((last - begin) // step + 1)]
    for when, comment in placed:
        groups[(when - begin) // step].append(comment)
    if len(groups) < 2:
        return None
    names = (_name(begin + step * place, step) for place in range(len(groups)))
    steps = tuple(Step(name, summarise(group, tier)) for name, group in zip(names, groups, strict=True))
    return OverTime(round(step / _HOUR), steps, len(comments) - len(placed))


def _moment(printed: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat((printed or "")[:16]).replace(tzinfo=None)
    except ValueError:
        return None


def _floor(moment: datetime, step: timedelta) -> datetime:
    """The beginning of the step that holds a moment: of hours within its day, of weeks a Monday."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if step < _DAY:
        return day + (moment - day) // step * step
    return day - timedelta(days=day.weekday()) if step >= 7 * _DAY else day


def _name(start: datetime, step: timedelta) -> str:
    return start.isoformat(timespec="minutes") if step < _DAY else start.date().isoformat()
