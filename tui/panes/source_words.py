"""How a source is doing, in a row and in full. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Literal, TypeAlias

from newsdesk.archive.rows import SourceState
from newsdesk.feeds.health import FeedHealth
from tui.drawing.render import Glyphs, Line, Span, age, count, fit, printed_time, right, spread, wrap

Live: TypeAlias = Literal["asking", "waiting", "updated", "unchanged", "skipped", "failed"]
WIDE_FROM = 64  # cells from which a row has all its columns


@dataclass(frozen=True, slots=True)
class SeedHealth:
    """A file or folder that is read, by what is remembered of the files in it. Moments are UTC and end in ``Z``."""

    id: str
    files: int = 0
    failing: int = 0
    last_success: str | None = None
    last_failure: str | None = None
    last_error: str | None = None


Health: TypeAlias = FeedHealth | SeedHealth


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as the screen shows it. `live` is what the running refresh says of it, `new` what it has brought."""

    health: Health
    live: Live | None = None
    new: int = 0
    error: str | None = None
    muted: bool = False

    @property
    def id(self) -> str:
        return self.health.id

    @property
    def name(self) -> str:
        title = self.health.title if isinstance(self.health, FeedHealth) else None
        return title or bare_address(self.health.id)

    @property
    def failing(self) -> bool:
        if self.live in ("updated", "unchanged") or self.paused:
            return False
        return self.live == "failed" or self.health.last_error is not None or self.gone

    @property
    def gone(self) -> bool:
        return isinstance(self.health, FeedHealth) and self.health.gone

    @property
    def paused(self) -> bool:
        return isinstance(self.health, FeedHealth) and self.health.paused

    @property
    def reason(self) -> str | None:
        """Why it fails, in words."""
        return (self.error or self.health.last_error) if self.failing else None


def bare_address(source: str) -> str:
    """An address without what all of them share; a path as it is."""
    return source.split("://", 1)[1].removeprefix("www.").rstrip("/") if "://" in source else source


def seeds_health(seeds: Sequence[str], states: Iterable[SourceState]) -> list[SeedHealth]:
    """Each of `seeds`, by the states of the files that it is or that lie in it."""
    found: dict[str, list[SourceState]] = {seed: [] for seed in seeds}
    for state in states:
        path = PurePath(state.id)
        for place in (path, *path.parents):
            if (held := found.get(str(place))) is not None:
                held.append(state)
    return [_seed_health(seed, held) for seed, held in found.items()]


def _seed_health(seed: str, states: Sequence[SourceState]) -> SeedHealth:
    failing = [state for state in states if state.error]
    latest = max(failing, key=lambda state: state.failed or "", default=None)
    return SeedHealth(
        seed,
        len(states),
        len(failing),
        max((state.succeeded for state in states if state.succeeded), default=None),
        latest.failed if latest else None,
        latest.error if latest else None,
    )


# Times


def ahead(moment: str | None, now: datetime) -> str:
    """How long until a moment, in at most 6 cells: `now`, `12m`, `5h`, `3d`."""
    try:
        when = datetime.fromisoformat(moment or "")
    except ValueError:
        return ""
    when = when.replace(tzinfo=UTC) if when.tzinfo is None else when
    return span(max(0.0, (when - now).total_seconds())) or "now"


def span(seconds: float) -> str:
    """A length of time in one unit; empty below a minute."""
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes}m" if minutes else ""
    hours = round(seconds / 3600)
    return f"{hours}h" if hours < 48 else f"{round(seconds / 86400)}d"


# A row


def heading_line(title: str, width: int) -> Line:
    """The names of the columns, beside what the rows are."""
    if width < WIDE_FROM:
        return spread(((f" {title}", "faint"),), (("stories ", "faint"),), width)
    return spread(((f" {title}", "faint"),), (("last read     next   every   stories ", "faint"),), width)


def row_line(row: SourceRow, width: int, now: datetime, glyphs: Glyphs) -> Line:
    """Mark, name, what came of the last try, when the next is, how often, stories."""
    sign, ink = ("!", "error") if row.failing else ("?", "faint") if _unread(row) else (" ", "")
    left = ((f" {sign} ", ink), (row.name, "title" if row.failing else "text"), (" muted" if row.muted else "", "faint"))
    stories = right(count(row.health.stories) if isinstance(row.health, FeedHealth) else "", 8) + " "
    state = _state(row, now)
    if width < WIDE_FROM:
        return spread(left, (state, (stories, "muted")), width, glyphs.ellipsis)
    after, every = _schedule(row, now)
    end = ((fit(state[0], 11, glyphs.ellipsis), state[1]), (right(after, 7), "muted"), (right(every, 8), "muted"))
    return spread(left, (*end, (stories, "muted")), width, glyphs.ellipsis)


def _unread(row: SourceRow) -> bool:
    return not row.live and not row.health.last_success and not row.health.last_failure


def _state(row: SourceRow, now: datetime) -> Span:
    """What came of the last try, or what the running refresh says."""
    if row.live in ("asking", "waiting"):
        return row.live, "accent"
    if row.paused:
        return "paused", "muted"
    if row.live == "updated" and row.new:
        return f"+{count(row.new)} new", "accent"
    if row.failing:
        return _failing(row), "error"
    if _unread(row):
        return "never", "faint"
    last = age(row.health.last_success, now)
    return (f"{last} ago" if last[:1].isdigit() and " " not in last else last), "muted"


def _failing(row: SourceRow) -> str:
    if row.gone:
        return "gone"
    if isinstance(row.health, SeedHealth):
        return f"{count(row.health.failing)} failed"
    return f"failed {count(row.health.failures)}x" if row.health.failures > 1 else "failed"


def _schedule(row: SourceRow, now: datetime) -> tuple[str, str]:
    if isinstance(row.health, SeedHealth):
        return "", "watched"
    if row.gone:
        return "never", ""
    return ahead(row.health.next_try, now), _every(row.health)


def _every(health: FeedHealth) -> str:
    """How often it is read; empty while it fails: until the next try it may be minutes or days, whatever is usual."""
    return "" if health.gone or health.failures or not health.interval_s else span(health.interval_s) or "minute"


# In full


def detail_lines(row: SourceRow, width: int, now: datetime, pause_key: str) -> list[Line]:
    """Everything that is known of a source; `pause_key` is the key that asks a paused one again."""
    lines: list[Line] = [((" " + line, "title"),) for line in wrap(row.name, width - 2)]
    lines += [((" " + line, "link"),) for line in wrap(row.id, width - 2) if row.name != row.id]
    for name, value, ink in _facts(row, now, pause_key):
        told = wrap(value, max(8, width - 18))
        lines += [((f" {name if not i else '':<15} ", "faint"), (line, ink)) for i, line in enumerate(told)]
    return lines


def _facts(row: SourceRow, now: datetime, pause_key: str) -> list[tuple[str, str, str]]:
    health = row.health
    facts = [("last success", _when(health.last_success, now) or "never", "text")]
    if row.reason or health.last_failure:
        facts.append(("last failure", _when(health.last_failure, now) or "now", "text"))
    if row.reason:
        facts.append(("because", row.reason, "error"))
    facts += _seed_facts(health) if isinstance(health, SeedHealth) else _feed_facts(health, now, pause_key)
    return facts


def _seed_facts(health: SeedHealth) -> list[tuple[str, str, str]]:
    files = f"{health.files:,}" + (f", {health.failing:,} of them failed" if health.failing else "")
    return [("files", files, "text"), ("read", "when a file changes, and at every refresh", "muted")]


def _feed_facts(health: FeedHealth, now: datetime, pause_key: str) -> list[tuple[str, str, str]]:
    facts = [("failures", f"{health.failures:,} in a row", "text")] if health.failures > 1 else []
    if health.paused:
        facts.append(("next try", f"paused; {pause_key} asks it again", "text"))
    elif health.gone:
        facts.append(("next try", "never: the server says it is gone for good", "error"))
    elif health.next_try:
        wait = ahead(health.next_try, now)
        facts.append(("next try", f"{'now' if wait == 'now' else f'in {wait}'}, {printed_time(health.next_try)}", "text"))
    if every := _every(health):
        facts.append(("every", every, "text"))
    facts.append(("stories", f"{health.stories:,} in the archive", "text"))
    optional = (
        ("answer", f"HTTP {health.http}" if health.http else None),
        ("tags", " ".join(health.tags)),
        ("moved to", health.address),
        ("pushes by", health.hub),
    )
    return facts + [(name, value, "muted") for name, value in optional if value]


def _when(moment: str | None, now: datetime) -> str:
    if not moment:
        return ""
    ago = age(moment, now)
    return f"{printed_time(moment)} ({ago})" if ago else printed_time(moment)
