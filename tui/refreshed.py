"""What a refresh brought and what could not be read, in words: by the report of `refresh --json`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from newsdesk.clock import parse_moment
from newsdesk.model import Json
from newsdesk.wording import told_unlabelled
from tui.drawing.render import shorten

TITLE_NAMED = 30  # cells of a title before its address
NOT_DUE = "not due yet"  # why, as the reports say it


def short_name(source: str) -> str:
    """A source in few words: a path's last part, an address without what all of them share."""
    if source.startswith(("http://", "https://")):
        return source.split("://", 1)[1].removeprefix("www.").rstrip("/")
    return source.rstrip("/").rsplit("/", 1)[-1]


def full_name(title: str, source: str) -> str:
    """A source by its title, where it has one, with the address behind it."""
    return f"{shorten(title, TITLE_NAMED)} ({short_name(source)})" if title else short_name(source)


def first_due(report: Mapping[str, Json]) -> datetime | None:
    """When the first source is due, where none was; those that are not asked at any time aside. None where a person can't
    have any of them asked sooner, as their hosts want rest."""
    sources = [source for source in report.get("sources") or [] if may_be_due(source)]
    waits = [
        str(source["retry_after"]) for source in sources if source.get("status") == "skipped" and source.get("retry_after")
    ]
    return parse_moment(min(waits)) if any(map(is_early, sources)) and len(waits) == len(sources) else None


def may_be_due(source: Mapping[str, Json]) -> bool:
    """Whether a source is one that is asked, sooner or later: nobody paused it, it is not gone."""
    return source.get("status") != "skipped" or bool(source.get("retry_after")) or is_early(source)


def is_early(source: Mapping[str, Json]) -> bool:
    """Whether a source that was skipped only was not due yet: its host did not ask for rest, nobody paused it."""
    return (source.get("why") or source.get("error") or NOT_DUE) == NOT_DUE


def words_of(report: dict[str, object]) -> tuple[str, str]:
    """A finished refresh in a sentence, and its ink: failures first, with what failed and why."""
    told = report.get("sources")
    sources = [source for source in told if isinstance(source, dict)] if isinstance(told, list) else []
    failed = [source for source in sources if source.get("status") == "failed"]
    stories = report.get("stories")
    new, changed = (stories.get("new", 0), stories.get("changed", 0)) if isinstance(stories, dict) else (0, 0)
    brought = f"{new:,} new, {changed:,} changed" if new or changed else "nothing new"
    skipped = [source for source in sources if source.get("status") == "skipped"]
    early = sum(map(is_early, skipped))
    later = f"; {early} not due yet" if early else ""
    later += f"; {len(skipped) - early} left alone" if len(skipped) > early else ""
    if len(skipped) == len(sources) == 1 and (why := sources[0].get("error") or sources[0].get("why")):
        return f"{_name_in(sources[0])} was not read: {why}", "muted"
    did = "refresh stopped" if report.get("stopped") else "refreshed"
    unlabelled = report.get("unlabelled")
    why = [str(one["why"]) for one in unlabelled if isinstance(one, dict)] if isinstance(unlabelled, list) else []
    without = f"; {told_unlabelled(why)}" if why else ""
    if not failed:
        return f"{did}: {brought}{later}{without}", "error" if without else "muted"
    first = failed[0]
    others = f"; and {len(failed) - 1} more" if len(failed) > 2 else f"; also {_name_in(failed[1])}" if len(failed) == 2 else ""
    others += without
    return f"{did}: {brought}{later}; failed: {_name_in(first)}: {first.get('error') or 'no reason given'}{others}", "error"


def _name_in(source: dict[str, object]) -> str:
    address = str(source.get("path") or source.get("url") or source.get("id") or "a source")
    return full_name(str(source.get("title") or ""), address)
