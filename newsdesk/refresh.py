"""One refresh: every source that has changed is read into the archive, and a report says what came of it.

An async iterator of events, so that whoever runs it can narrate, stop it, or read it from another process. Stories are
committed in batches while it goes on. Work is linear in what changed: an unchanged file costs one look at its fingerprint.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import TypeAlias

from newsdesk import __version__
from newsdesk.archive.rows import FollowState, Kept, SourceState
from newsdesk.clock import Clock, stamp
from newsdesk.config import FollowEntry
from newsdesk.desk import Desk
from newsdesk.errors import Problem
from newsdesk.events import CommentsRead, Event, Finished, SourceDone, Started, Stored, Tagged
from newsdesk.model import Json, Story
from newsdesk.paths import path_text
from newsdesk.ports import FeedReader, SeedFile, SeedReader
from newsdesk.refresh_feeds import FeedOutcome, FeedRefresh
from newsdesk.sources import SeedSource, Sources, note_emptiness, with_path_text

BATCH_STORIES = 100
WORTH_PROCESSES = 1_000  # stories from which on processes that tag are worth the time that they take to start
_TELL_COMMENTS = 256

OpenFeeds: TypeAlias = Callable[[], AbstractAsyncContextManager[FeedReader]]


@dataclass
class _Outcome:
    """What reading one source came to. `sitting`: the token of the sitting that its stories last for, null if they stay."""

    source: SeedSource
    sitting: str | None = None
    files: int = 0
    read: int = 0
    failed: int = 0
    flaws: list[str] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    interrupted: bool = False

    def status(self) -> str:
        if self.failed and self.failed == self.files:
            return "failed"
        if self.interrupted:
            return "skipped"
        return "updated" if self.read else "unchanged"

    def error(self) -> str | None:
        """One sentence, or null where all went well."""
        if not self.flaws:
            return "interrupted" if self.interrupted else None
        more = f" (and {len(self.flaws) - 1} more)" if len(self.flaws) > 1 else ""
        return self.flaws[0] + more


class Refresh:
    """One run. `tell` hears each problem as it is met; :meth:`stop` ends it after the batch that is being kept."""

    def __init__(
        self,
        desk: Desk,
        reader: SeedReader,
        sources: Sources,
        clock: Clock,
        *,
        open_feeds: OpenFeeds | None = None,
        force: bool = False,
        follows: Sequence[FollowEntry] = (),
        arrivals: bool = False,
        sitting: str | None = None,
        tell: Callable[[Problem], None] = lambda problem: None,
    ) -> None:
        self.desk = desk
        self.reader = reader
        self.sources = sources
        self.clock = clock
        self.open_feeds = open_feeds
        self.force = force
        self.follows = follows
        self.arrivals = arrivals
        self.sitting = sitting
        self.tell = tell
        self.stopped = False
        self._skipped: list[dict[str, str]] = []
        self._lines_new: set[str] = set()
        self._lines_grown: set[str] = set()
        self._new = 0
        self._changed = 0
        self._differences = _Differences()

    def stop(self) -> None:
        """Ask it to end: what is kept stays, what isn't read yet is read by the next refresh."""
        self.stopped = True

    async def events(self) -> AsyncIterator[Event]:
        """Run it. The last event is the report. Raises StorageError where the archive can't be written."""
        started = stamp(self.clock())
        seeds = self.sources.seeds
        of = len(seeds) + len(self.sources.feeds)
        yield Started(started, of)
        self.desk.begin_run()
        for entry in self.follows:
            self.desk.follow(entry.query, entry.name, entry.alerts, undoable=False)
        reports: list[dict[str, Json]] = []
        for source in seeds:
            outcome = _Outcome(source, self.sitting if source.sitting else None)
            began = self.clock()
            async for event in self._read_source(outcome):
                yield event
            reports.append(self._report_source(outcome, (self.clock() - began).total_seconds()))
            yield SourceDone(len(reports), of, reports[-1])
        done, places = len(reports), {feed.id: at for at, feed in enumerate(self.sources.feeds)}
        answers: list[tuple[int, list[dict[str, Json]]]] = []
        async for answer in self._ask_feeds():
            if isinstance(answer, CommentsRead):
                yield answer
                continue
            for kept in answer.kept:
                for event in self._count(kept):
                    yield event
            answers.append((places[str(answer.reports[0]["id"])], answer.reports))
            self._differences.add(answer)
            done += 1
            yield SourceDone(done, of, answer.reports[0])
        # Told in the settings' order, whoever answered first.
        reports += chain.from_iterable(rows for _, rows in sorted(answers, key=itemgetter(0)))
        for event in self._finish():
            yield event
            await asyncio.sleep(0)
        for event in self._read_ahead(self.desk.read_again(), again=True) if not self.stopped else ():
            yield event
            await asyncio.sleep(0)
        yield Finished(self._report(started, reports))

    async def _ask_feeds(self) -> AsyncIterator[FeedOutcome | CommentsRead]:
        if self.open_feeds is None or not self.sources.feeds or self.stopped:
            return
        async with self.open_feeds() as reader:
            run = FeedRefresh(self.desk, reader, self.sources.feeds, self.clock, force=self.force)
            async for outcome in run.outcomes(lambda: self.stopped):
                yield outcome

    def _finish(self) -> Iterator[Event]:
        """Tag and group what came from feeds, and what a run before this one left: it can be read already."""
        of, done = self.desk.waiting(), 0
        if of >= WORTH_PROCESSES and self.desk.tag is None:
            for kept in self._finish_beside():
                done += kept.unchanged
                yield self._tell_tagged(kept, done, of)
        while done < of and not self.stopped:
            if not (yield from self._read_ahead(self.desk.read_ahead())):
                return
            kept = self.desk.finish()
            if not kept.unchanged:
                return
            done += kept.unchanged
            yield self._tell_tagged(kept, done, of)

    def _finish_beside(self) -> Iterator[Kept]:
        """The same of stories without comments, while processes beside tag those that come next."""
        from newsdesk.tagging_process import TaggingProcesses

        with TaggingProcesses() as processes:
            for kept in self.desk.finish_beside(processes):
                yield kept
                if self.stopped:
                    return

    def _tell_tagged(self, kept: Kept, done: int, of: int) -> Tagged:
        self._lines_new.update(kept.storylines_new)
        self._lines_grown.update(kept.storylines_grown)
        return Tagged(done, max(done, of))

    def _read_ahead(self, bits: Iterator[tuple[int, int]], *, again: bool = False) -> Generator[Event, None, bool]:
        """Comments that the larger model reads, bit by bit. False where this was stopped before all were read."""
        told = 0
        for done, of in bits:
            if done - told >= _TELL_COMMENTS or (done == of and done > told):
                told = done
                yield CommentsRead(done, of, again)
            if self.stopped:
                return False
        return True

    async def _read_source(self, outcome: _Outcome) -> AsyncIterator[Event]:
        for found in self.reader.find([outcome.source.path]):
            outcome.interrupted = self.stopped
            if self.stopped:
                break
            outcome.files += 1
            if isinstance(found, Problem):
                self._note(outcome, [found], lost=True)
                continue
            for event in self._read_file(outcome, Path(found)):
                yield event
                await asyncio.sleep(0)

    def _read_file(self, outcome: _Outcome, path: Path) -> Iterator[Event]:
        state = self.desk.source_state(_state_id(path), sitting=outcome.sitting)
        mark = self.reader.fingerprint(path)
        fingerprint = f"{__version__} {mark}" if mark is not None else None
        if state is not None and fingerprint is not None and state.fingerprint == fingerprint:
            self._recall(outcome, state)
            return
        seed = note_emptiness(self.reader.read(path))
        outcome.read += 1
        yield from self._keep(outcome, with_path_text(seed.stories))
        if outcome.interrupted:
            return
        self._note(outcome, seed.problems, lost=not seed.stories)
        self._remember(outcome, path, fingerprint, seed)

    def _keep(self, outcome: _Outcome, stories: Sequence[Story]) -> Iterator[Event]:
        read = dict[tuple[str, ...], int]()
        for start in range(0, len(stories), BATCH_STORIES):
            batch = stories[start : start + BATCH_STORIES]
            heard = yield from self._read_ahead(self.desk.read_ahead(batch, sitting=outcome.sitting, read=read))
            if not heard or (self.stopped and start):
                outcome.interrupted = True
                return
            kept = self.desk.keep(batch, sitting=outcome.sitting, read=read)
            outcome.new += len(kept.new)
            outcome.changed += len(kept.changed)
            yield from self._count(kept)

    def _count(self, kept: Kept) -> Iterator[Event]:
        """Add a batch to the report's sums; the event that its stories can be read now, if it brought any."""
        self._new += len(kept.new)
        self._changed += len(kept.changed)
        self._differences.changed.update(dict.fromkeys(kept.changed))
        self._lines_new.update(kept.storylines_new)
        self._lines_grown.update(kept.storylines_grown)
        if kept.new or kept.changed:
            yield Stored(len(kept.new), len(kept.changed))

    def _note(self, outcome: _Outcome, problems: Sequence[Problem], lost: bool) -> None:
        flaws = [problem for problem in problems if not problem.harmless]
        outcome.failed += bool(flaws) and lost
        outcome.flaws += map(str, flaws)
        for problem in problems:
            self.tell(problem)
            what = problem.what if problem.line is None else f"{problem.what}:{problem.line}"
            self._skipped.append({"what": what, "why": problem.why})

    def _remember(self, outcome: _Outcome, path: Path, fingerprint: str | None, seed: SeedFile) -> None:
        """What the next refresh needs to pass the file over, and to say again what is wrong with it."""
        moment = stamp(self.clock())
        flaws = [problem for problem in seed.problems if not problem.harmless]
        state = SourceState(
            id=_state_id(path),
            fingerprint=fingerprint,
            succeeded=None if flaws else moment,
            failed=moment if flaws else None,
            error=path_text(str(flaws[0])) if flaws else None,
            detail={"lost": not seed.stories} if flaws else None,
        )
        self.desk.set_source_state(state, sitting=outcome.sitting)

    def _recall(self, outcome: _Outcome, state: SourceState) -> None:
        """An unchanged file is as good or bad as it was: its failure is not forgotten because nobody looked again."""
        if state.error is None:
            return
        outcome.failed += bool(state.detail and state.detail.get("lost"))
        outcome.flaws.append(state.error)

    def _report_source(self, outcome: _Outcome, seconds: float) -> dict[str, Json]:
        return {
            "id": outcome.source.id,
            "kind": "seeds",
            "path": outcome.source.path,
            "status": outcome.status(),
            "http": None,
            "new": outcome.new,
            "changed": outcome.changed,
            "error": outcome.error(),
            "retry_after": None,
            "seconds": round(seconds, 3),
        }

    def _report(self, started: str, sources: list[dict[str, Json]]) -> dict[str, Json]:
        fired = self.desk.fire_alerts()
        report: dict[str, Json] = {
            "version": 1,
            "started": started,
            "finished": stamp(self.clock()),
            "sources": sources,
            "stories": {"new": self._new, "changed": self._changed, "total": self.desk.count()},
            "storylines": {"new": len(self._lines_new), "grown": len(self._lines_grown - self._lines_new)},
            "follows": [_report_follow(state, fired.get(state.follow.id, ())) for state in self.desk.follows()],
            "skipped": self._skipped,
        }
        if self.arrivals:
            rows = self.desk.rows("since:last-run", "arrived")
            report["arrived"] = [{"id": row.id, "title": row.heading} for row in rows]
            report |= self._differences.to_json(self.desk)
        return report


@dataclass(slots=True)
class _Differences:
    """What is other than after the refresh before, beside what arrived: stories that changed or got comments (with how many),
    feeds that fail now and did not, and the other way round."""

    changed: dict[str, None] = field(default_factory=dict)
    commented: dict[str, int] = field(default_factory=dict)
    failing: list[str] = field(default_factory=list)
    recovered: list[str] = field(default_factory=list)

    def add(self, outcome: FeedOutcome) -> None:
        self.commented |= outcome.commented
        if outcome.turned is not None:
            (self.failing if outcome.turned == "failing" else self.recovered).append(str(outcome.reports[0]["id"]))

    def to_json(self, desk: Desk) -> dict[str, Json]:
        rows = {row.id: row.heading for row in desk.rows_of([*self.changed, *self.commented])}
        return {
            "changed": [{"id": one, "title": rows[one]} for one in self.changed if one in rows],
            "commented": [{"id": one, "title": rows[one], "new": new} for one, new in self.commented.items() if one in rows],
            "failing": self.failing,
            "recovered": self.recovered,
        }


def _report_follow(state: FollowState, alerts: Sequence[str]) -> dict[str, Json]:
    """A follow; `alerts` are those that fired in this refresh, each once and never again."""
    return {"id": state.follow.id, "name": state.follow.name, "new": state.new, "alerts": list(alerts)}


def _state_id(path: Path) -> str:
    """The key of a file's state: its absolute path, as text that can be stored whatever bytes its name has."""
    return path_text(os.path.abspath(path))  # noqa: PTH100 - links are not followed
