"""What is new in a follow since a person looked at it last. Pure; the archive gathers the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from newsdesk.archive.rows import FollowState, StoryRow
from newsdesk.following.alerts import Correction
from newsdesk.model import Json

QUIET_DAYS = 3  # days without a story after as many with one each


@dataclass(frozen=True, slots=True)
class FollowNews:
    """A follow with what came in since the last look, which `since` says (UTC, ``Z``, or "" where it isn't known).

    `rows` are new stories, the newest first, the first so many of `state.new`; `countries` codes that none before was about;
    `corrections` changed headlines, withdrawals and the like; `swings` sentences of a mood that changed. `days` counts stories
    by day (``2026-03-04``) over the weeks up to the latest. `quiet` is the day of the last story where it has gone quiet.
    """

    state: FollowState
    since: str = ""
    rows: tuple[StoryRow, ...] = ()
    countries: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    swings: tuple[str, ...] = ()
    days: tuple[tuple[str, int], ...] = ()
    quiet: str | None = None

    def to_json(self) -> dict[str, Json]:
        return {
            **self.state.to_json(),
            "since": self.since or None,
            "stories": [row.id for row in self.rows],
            "countries": list(self.countries),
            "corrections": [
                {"story": change.story, "revision": change.revision, "before": change.before, "after": change.after}
                for change in self.corrections
            ],
            "swings": list(self.swings),
            "days": dict(self.days),
            "quiet": self.quiet,
        }


def gone_quiet(days: Mapping[str, int], today: date) -> str | None:
    """The day of the last story, if :data:`QUIET_DAYS` whole days went by without one, after as many with one each."""
    told = sorted(day for day, stories in days.items() if stories)
    if not told:
        return None
    last = date.fromisoformat(told[-1])
    running = all((last - timedelta(days=back)).isoformat() in days for back in range(QUIET_DAYS))
    return told[-1] if running and today - last > timedelta(days=QUIET_DAYS) else None
