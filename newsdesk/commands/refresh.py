"""`newsdesk refresh`: one headless refresh with a report. The dashboard runs it too, and reads its events."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

from newsdesk.commands.arguments import Command
from newsdesk.commands.session import Session, Stopped
from newsdesk.config import user_agent
from newsdesk.config.lines import Lines
from newsdesk.errors import ConfigError, Exit, LockedError, Problem
from newsdesk.following.alerts import Raised
from newsdesk.following.follows import wrong_queries
from newsdesk.jsontext import dump_json
from newsdesk.model import Json
from newsdesk.paths import is_missing, told_missing
from newsdesk.processes.collecting import collector_seldom
from newsdesk.refresh.events import (
    INTERRUPTED,
    CommentsRead,
    Event,
    FilesRead,
    Finished,
    SourceDone,
    Started,
    Stored,
    StoriesKept,
    Tagged,
    WordsFilled,
)
from newsdesk.refresh.run import Refresh
from newsdesk.refresh.sources import Sources
from newsdesk.wording import counted, told_unlabelled

PARTS = ("article", "comments")  # what a feed points to: no sources of their own
FAIL_ON = ("none", "partial", "alert")
_LONG_S = 3600  # a refresh that another one finds at work, for longer than this, may be stuck


def configure(parser: argparse.ArgumentParser) -> None:
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print the report as JSON")
    shape.add_argument("--events", action="store_true", help="print events as NDJSON as they happen, the report last")
    parser.add_argument("--quiet", action="store_true", help="only what failed; with --fail-on alert also the alerts")
    parser.add_argument("--only", metavar="SOURCE", action="append", default=[], help="only this source (may be repeated)")
    parser.add_argument(
        "--force",
        action="store_true",
        help="also feeds that are not due yet; a host that asked for rest is left alone all the same, and so is a paused feed",
    )
    parser.add_argument("--seeds", metavar="PATH", action="append", default=[], help="read this too (may be repeated)")
    parser.add_argument("--sitting", metavar="TOKEN", help=argparse.SUPPRESS)
    parser.add_argument(
        "--since-last",
        action="store_true",
        help="also list what changed since the last refresh: stories that are new, changed or got comments,"
        " feeds that began to fail or answer again",
    )
    parser.add_argument(
        "--fail-on",
        choices=FAIL_ON,
        default="partial",
        help="none: exit 0 whatever fails; partial (the default): 3 or 4 where sources fail; alert: also 6 for an alert",
    )


def run(session: Session, flags: argparse.Namespace) -> int:
    session.console.quiet = flags.quiet
    try:
        return _refresh(session, flags)
    except LockedError:
        if flags.quiet and time.time() - session.paths.lock.stat().st_mtime < _LONG_S:
            return Exit.LOCKED
        raise


def _refresh(session: Session, flags: argparse.Namespace) -> int:
    from newsdesk.clock import stamp
    from newsdesk.refresh.lock import hold

    missing = [path for path in flags.seeds if is_missing(path)]
    for path in missing:
        session.console.complain(told_missing(path))
    seeds = [path for path in flags.seeds if path not in missing]
    sources = session.sources(seeds, flags.only, sitting=flags.sitting is not None)
    for fault in wrong_queries(session.config, Lines.of(session.paths.config)):
        raise ConfigError(fault)
    holder = f"process {os.getpid()}, since {stamp(session.clock())}"
    with hold(session.paths.lock, holder), session.open_desk(lean=True) as desk, collector_seldom():
        refresh = Refresh(
            desk,
            session.reader if sources.seeds else None,  # it knows a dozen formats, which take time to load
            sources,
            session.clock,
            open_feeds=lambda: session.outside.make_feed_reader(user_agent(session.config), session.config.threads),
            force=flags.force or bool(flags.only),
            named=bool(flags.only),
            follows=session.config.follows,
            alerts=session.config.alerts,
            arrivals=flags.since_last,
            sitting=flags.sitting,
            tell=lambda problem: _tell(session, problem),
        )
        with _signals_stop(refresh) as caught:
            report = asyncio.run(_run_through(session, flags, refresh))
        if session.config.keep and not (caught or flags.only or flags.sitting):
            from newsdesk.commands.forget import forget_old

            forget_old(session, desk)
        waiting = bool(desk.waiting_alerts())
    try:
        _print_report(session, flags, report, sources)
        session.console.flush()
    finally:  # that nobody reads stdout any more, or its disk is full, must not keep them here
        if waiting:
            _carry_alerts(session)
    if caught:
        return 128 + caught[0]
    return Exit.USAGE if missing else exit_code(report, flags.fail_on)


def _tell(session: Session, problem: Problem) -> None:
    """A fault of a file, as it is met; what is none (a file of no known format in a folder) is narration."""
    if problem.harmless:
        session.console.note(str(problem))
    else:
        session.console.complain(str(problem))


async def _run_through(session: Session, flags: argparse.Namespace, refresh: Refresh) -> dict[str, Json]:
    """Narrate the events, or print them; returns the report."""
    report: dict[str, Json] = {}
    stored = 0
    async for event in refresh.events():
        if flags.events:
            session.console.write(dump_json(event.to_json()) + "\n")
            session.console.flush()
        if isinstance(event, Stored):
            stored += event.new + event.changed
        if isinstance(event, Finished):
            report = event.report
        _narrate(session, event, stored)
    session.console.end_progress()
    return report


def _narrate(session: Session, event: Event, stored: int) -> None:
    if isinstance(event, Started):
        session.console.progress(f"reading {counted(event.sources, 'source')}")
    elif isinstance(event, SourceDone):
        session.console.progress(
            f"{event.done} of {counted(event.of, 'source')}, {counted(stored, 'story', 'stories')} new or changed"
        )
    elif isinstance(event, FilesRead):
        session.console.progress(
            f"{event.done:,} of {counted(event.of, 'file')}, {counted(stored, 'story', 'stories')} new or changed"
        )
    elif isinstance(event, Stored):
        session.console.progress(f"{counted(stored, 'story', 'stories')} new or changed")
    elif isinstance(event, StoriesKept):
        session.console.progress(f"{event.done:,} of {counted(event.of, 'story', 'stories')}, {stored:,} new or changed")
    elif isinstance(event, Tagged):
        session.console.progress(f"topics, countries and storylines of {event.done} of {counted(event.of, 'story', 'stories')}")
    elif isinstance(event, WordsFilled):
        session.console.progress(f"search index filled anew for {event.done:,} of {counted(event.of, 'story', 'stories')}")
    elif isinstance(event, CommentsRead):
        what = "comments read again by the model now in use" if event.again else "comments read"
        session.console.progress(f"{event.done} of {event.of} {what}")


def _print_report(session: Session, flags: argparse.Namespace, report: dict[str, Json], sources: Sources) -> None:
    if flags.json:
        session.console.write(dump_json(report, indent=2) + "\n")
    elif flags.quiet and not flags.events:
        _tell_what_is_not_well(session, flags, report)
    elif not flags.events:
        session.console.lines(describe(report, wanted=flags.force or bool(flags.only)))
        if not sources.seeds and not sources.feeds:
            session.console.note(f"nothing to read: name seeds or feeds in {session.paths.config}, or with --seeds PATH")


def _carry_alerts(session: Session) -> None:
    """To the file and the program that the settings name, also what a refresh before this one could not; after the report, and
    when the next refresh may run: neither can be held up. What that one raises meanwhile is carried here too."""
    from newsdesk.following.notices import carry
    from newsdesk.refresh.lock import hold

    with suppress(LockedError), session.open_desk(lean=True) as desk:
        tried = set[str]()

        def untried() -> list[Raised]:
            return [alert for alert in desk.waiting_alerts() if alert.key not in tried]

        while untried():  # asked again once the lock is let go: who found it held relies on that
            with hold(session.paths.alerts_lock, ""):
                raised = untried()
                tried.update(alert.key for alert in raised)
                env = dict(session.env)
                for fault in carry(raised, session.config.alerts, session.clock(), env, settle=desk.settle_alerts):
                    session.console.complain(fault)


def _tell_what_is_not_well(session: Session, flags: argparse.Namespace, report: dict[str, Json]) -> None:
    """With --quiet, nothing where all is well: feeds that failed (files told it as they were read), that it was stopped, alerts
    where they count."""
    for source in report["sources"]:
        if source["kind"] == "feed" and source["error"]:
            session.console.complain(f"{source['url']}: {source['error']}")
    for words in (*_stopped(report), *_unlabelled(report)):
        session.console.complain(words)
    if flags.fail_on == "alert":
        session.console.lines(_alerts(report))


def _alerts(report: dict[str, Json]) -> Iterator[str]:
    for follow in report["follows"]:
        if follow["alerts"]:
            yield f"following {follow['name']}: {follow['new']:,} new; {'; '.join(follow['alerts'])}"


def describe(report: dict[str, Json], *, wanted: bool = False) -> Iterator[str]:
    """A refresh report in a few lines for a person, who `wanted` the sources to be read now or had those read that are due."""
    yield from _stopped(report)
    told = [source["status"] for source in _asked(report)]
    parts = [f"{told.count(status)} {status}" for status in ("updated", "unchanged", "skipped", "failed") if status in told]
    yield f"{counted(len(told), 'source')}{': ' if parts else ''}{', '.join(parts)}"
    yield from _failures(report["sources"], wanted=wanted)
    due = [source["retry_after"] for source in report["sources"] if source["status"] == "skipped" and source["retry_after"]]
    if due and not wanted and told.count("skipped") == len(told):
        yield f"  nothing is due before {min(due)[:16].replace('T', ' ')} UTC"
    stories, lines = report["stories"], report["storylines"]
    yield from _behind(report)
    yield f"{stories['new']:,} new and {stories['changed']:,} changed, {counted(stories['total'], 'story', 'stories')} in all"
    yield f"{counted(lines['new'], 'new storyline')}, {lines['grown']:,} grown"
    yield from _unlabelled(report)
    for follow in report["follows"]:
        if follow["new"] or follow["alerts"]:
            alerts = f"; {'; '.join(follow['alerts'])}" if follow["alerts"] else ""
            yield f"following {follow['name']}: {follow['new']:,} new{alerts}"
    yield from _differences(report)


def _failures(sources: Sequence[dict[str, Json]], *, wanted: bool) -> Iterator[str]:
    """What was not read and why, by source; threads and pages that share a reason in one line, or a feed of many fills the
    report."""
    alike: dict[tuple[Json, Json], list[dict[str, Json]]] = {}
    for at, source in enumerate(sources):
        if error := source["error"] or (source.get("why") if wanted else None):
            part = source.get("kind") if source.get("kind") in PARTS else at
            alike.setdefault((part, error), []).append(source)
    for (kind, error), (source, *others) in alike.items():
        name = source.get("path") or source["url"]
        named = f"{source['title']} ({name})" if source.get("title") else name
        if others:
            named += f" and {len(others):,} more {'pages' if kind == 'article' else 'threads'}"
        yield f"  {error}" if error.startswith(f"{name}:") else f"  {named}: {error}"


def _asked(report: dict[str, Json]) -> list[dict[str, Json]]:
    """The sources, without what they point to."""
    return [source for source in report["sources"] if source.get("kind") not in PARTS]


def _stopped(report: dict[str, Json]) -> Iterator[str]:
    """That the refresh was stopped, and what of it is left for the next one."""
    if not report.get("stopped"):
        return
    every = _asked(report)
    left = sum(INTERRUPTED in (source["error"], source.get("why")) for source in every)
    rest = f"{left:,} of {counted(len(every), 'source')} {'was' if left == 1 else 'were'} not read, or not to the end"
    yield f"stopped: {rest if left else 'the sources were read'}; what came in is kept, the next refresh does the rest"


def _unlabelled(report: dict[str, Json]) -> Iterator[str]:
    """That the taggers failed, on how many stories, and what comes of them."""
    if said := told_unlabelled([one["why"] for one in report.get("unlabelled", ())]):
        yield f"{said}; the next refresh tries again"


def _behind(report: dict[str, Json]) -> Iterator[str]:
    """The pages and threads behind stories, where some were read."""
    parts = [source for source in report["sources"] if source.get("kind") in PARTS]
    pages = sum(1 for part in parts if part["kind"] == "article" and not part["error"])
    threads = [part for part in parts if part["kind"] == "comments" and not part["error"]]
    said = [counted(pages, "page")] if pages else []
    if threads:
        said.append(f"{counted(len(threads), 'thread')} with {counted(sum(part['new'] for part in threads), 'new comment')}")
    if said:
        yield f"{' and '.join(said)} read"


def _differences(report: dict[str, Json]) -> Iterator[str]:
    """What is other than after the refresh before, as --since-last asks for."""
    for story in report.get("arrived", ()):
        yield f"  {story['id']}  {story['title']}"
    for story in report.get("changed", ()):
        yield f"  {story['id']}  {story['title']} (changed)"
    for story in report.get("commented", ()):
        yield f"  {story['id']}  {story['title']} ({counted(story['new'], 'new comment')})"
    yield from (f"  {url} fails now" for url in report.get("failing", ()))
    yield from (f"  {url} answers again" for url in report.get("recovered", ()))


def exit_code(report: dict[str, Json], fail_on: str) -> Exit:
    """6 for an alert (if asked for), else 4 where every source failed, 3 where one or a part of one did, or the taggers on a
    story."""
    if fail_on == "alert" and any(follow["alerts"] for follow in report["follows"]):
        return Exit.ALERT
    sources = _asked(report)
    failed = [source for source in sources if source["error"] or source["status"] == "failed"]
    if fail_on == "none" or not (failed or report.get("unlabelled")):
        return Exit.OK
    return Exit.FAILED if failed and all(source["status"] == "failed" for source in sources) else Exit.PARTIAL


@contextmanager
def _signals_stop(refresh: Refresh) -> Iterator[list[int]]:
    """INT, TERM and HUP let the batch at hand be kept and end the run; a second one ends it at once. Yields what came."""
    caught: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        if caught:
            raise KeyboardInterrupt if number == signal.SIGINT else Stopped(number)
        caught.append(number)
        refresh.stop()

    before = {}
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        try:
            if signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, stop)
        except ValueError:  # not the main thread: whoever runs it there stops it
            break
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


COMMANDS = {"refresh": Command(configure, run)}
