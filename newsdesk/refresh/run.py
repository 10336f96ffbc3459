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
from itertools import takewhile
from pathlib import Path
from typing import TypeAlias

from newsdesk import __version__
from newsdesk.archive.rows import Follow, Kept, SourceState
from newsdesk.clock import Clock, stamp
from newsdesk.config import AlertSettings, FollowEntry
from newsdesk.desk import Desk
from newsdesk.errors import Problem
from newsdesk.following.notices import ways_of
from newsdesk.model import Json, Story
from newsdesk.ports import FeedReader, SeedReader
from newsdesk.refresh.events import (
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
from newsdesk.refresh.feeds import FeedOutcome, FeedRefresh, report_interrupted
from newsdesk.refresh.seeds import FileRead, SeedsRead, state_id
from newsdesk.refresh.sources import Sources, with_path_text

BATCH_STORIES = 100
BATCH_FILES = 400  # read ones whose stories, few or none, wait for others
WORTH_PROCESSES = 1_000  # stories from which on processes that tag are worth the time that they take to start
_TELL_COMMENTS = 256
_TELL_FILES = 100
_MANY_STORIES = 1_000  # take seconds

OpenFeeds: TypeAlias = Callable[[], AbstractAsyncContextManager[FeedReader]]


class Refresh:
    """One run. `reader` may be None where no source is a file. `force` and `named` as :class:`FeedRefresh` has them. `tell`
    hears each problem as it is met; :meth:`stop` ends it after the batch that is being kept."""

    def __init__(
        self,
        desk: Desk,
        reader: SeedReader | None,
        sources: Sources,
        clock: Clock,
        *,
        open_feeds: OpenFeeds | None = None,
        force: bool = False,
        named: bool = False,
        follows: Sequence[FollowEntry] = (),
        alerts: AlertSettings | None = None,
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
        self.named = named
        self.follows = follows
        self.alerts = alerts or AlertSettings()
        self.arrivals = arrivals
        self.sitting = sitting
        self.tell = tell
        self.stopped = False
        self._skipped: list[dict[str, str]] = []
        self._found = set[str]()  # ids of files
        self._unseen: list[str] = []  # files and folders of which nothing is known, perhaps as their disk is elsewhere
        self._lines_new: set[str] = set()
        self._lines_grown: set[str] = set()
        self._new = 0
        self._changed = 0
        self._differences = _Differences()

    @property
    def _files(self) -> SeedReader:
        if self.reader is None:
            raise RuntimeError("a refresh of files was given no reader of files")
        return self.reader

    def stop(self) -> None:
        """Ask it to end: what is kept stays, what isn't read yet is read by the next refresh."""
        self.stopped = True

    async def events(self) -> AsyncIterator[Event]:
        """Run it. The last event is the report. Raises StorageError where the archive can't be written."""
        started = stamp(self.clock())
        of = len(self.sources.seeds) + len(self.sources.feeds)
        yield Started(started, of)
        for event in self._refill_words():
            yield event
            await asyncio.sleep(0)
        self.desk.begin_run()
        self.desk.look_anew()
        self.desk.follow_all(self.follows)
        reports: list[dict[str, Json]] = []
        async for told in self._read_seeds(reports, of):
            yield told
        async for told in self._read_feeds(reports, of):
            yield told
        if not (self.stopped or self.named):  # all files were looked at
            self.desk.drop_states(self._is_gone, {feed.id for feed in self.sources.feeds})
        for event in self._finish():
            yield event
            await asyncio.sleep(0)
        for event in self._read_ahead(self.desk.read_again(), again=True) if not self.stopped else ():
            yield event
            await asyncio.sleep(0)
        yield Finished(self._report(started, reports))

    def _refill_words(self) -> Iterator[Event]:
        """The first refresh of a newsdesk that makes words of text in another way fills the search index anew."""
        for done, of in self.desk.refill_words():
            yield WordsFilled(done, of)
            if self.stopped:
                return

    async def _read_seeds(self, reports: list[dict[str, Json]], of: int) -> AsyncIterator[Event]:
        """Read the files, and add what came of each source to the `reports`, which will be `of`."""
        for source in self.sources.seeds:
            outcome = SeedsRead(source, self.sitting if source.sitting else None)
            began = self.clock()
            async for event in self._read_source(outcome):
                yield event
            reports.append(outcome.to_json((self.clock() - began).total_seconds()))
            yield SourceDone(len(reports), of, reports[-1])

    async def _read_feeds(self, reports: list[dict[str, Json]], of: int) -> AsyncIterator[Event]:
        """The same of the feeds."""
        done = len(reports)
        answers: dict[str, list[dict[str, Json]]] = {}
        async for answer in self._ask_feeds():
            if answer is None:
                for event in self._finish_some(0, self.desk.waiting()):
                    yield event
                    await asyncio.sleep(0)
                continue
            if isinstance(answer, CommentsRead):
                yield answer
                continue
            for kept in answer.kept:
                for event in self._count(kept):
                    yield event
            answers[str(answer.reports[0]["id"])] = answer.reports
            self._differences.add(answer)
            done += 1
            yield SourceDone(done, of, answer.reports[0])
        # Told in the settings' order, whoever answered first.
        for feed in self.sources.feeds:
            reports += answers.get(feed.id) or [report_interrupted(feed)]

    async def _ask_feeds(self) -> AsyncIterator[FeedOutcome | CommentsRead | None]:
        if self.open_feeds is None or not self.sources.feeds or self.stopped:
            return
        async with self.open_feeds() as reader:
            run = FeedRefresh(self.desk, reader, self.sources.feeds, self.clock, force=self.force, named=self.named)
            async for outcome in run.outcomes(lambda: self.stopped):
                yield outcome

    def _finish(self) -> Iterator[Event]:
        """Tag and group what came from feeds, and what a run before this one left: it can be read already."""
        of, done = self.desk.waiting(), 0
        if of >= WORTH_PROCESSES and self.desk.tag is None and not self.stopped:
            for kept in self._finish_beside():
                done += kept.unchanged
                yield self._tell_tagged(kept, done, of)
        while done < of and not self.stopped:
            some = yield from self._finish_some(done, of)
            if not some:
                return
            done += some

    def _finish_some(self, done: int, of: int) -> Generator[Event, None, int]:
        """The same of as many as go into a transaction, after `done` of `of`. How many that was."""
        if done == of or not (yield from self._read_ahead(self.desk.read_ahead())):
            return 0
        kept = self.desk.finish()
        if kept.unchanged:
            yield self._tell_tagged(kept, done + kept.unchanged, of)
        return kept.unchanged

    def _finish_beside(self) -> Iterator[Kept]:
        """The same of stories without comments, while processes beside tag those that come next."""
        from newsdesk.tagging.processes import TaggingProcesses

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

    async def _read_source(self, outcome: SeedsRead) -> AsyncIterator[Event]:
        every = list(takewhile(lambda _: not self.stopped, self._files.find([outcome.source.path])))
        outcome.interrupted = self.stopped
        long = False
        for found in every:
            if outcome.files and (long or outcome.files % _TELL_FILES == 0):
                yield FilesRead(outcome.files, len(every))
                await asyncio.sleep(0)
            outcome.interrupted = self.stopped
            if self.stopped:
                break
            outcome.files += 1
            if isinstance(found, Problem):
                self._unseen.append(state_id(Path(found.what)))
                self._note(outcome, [found], lost=True)
                continue
            for event in self._read_file(outcome, Path(found)):
                yield event
                await asyncio.sleep(0)
            long = outcome.kept > 0 or len(outcome.stories) >= _MANY_STORIES
            if long or len(outcome.stories) >= BATCH_STORIES or len(outcome.waiting) >= BATCH_FILES:
                for event in self._keep_waiting(outcome):
                    yield event
                    await asyncio.sleep(0)
        for event in self._keep_waiting(outcome):
            yield event
            await asyncio.sleep(0)

    def _read_file(self, outcome: SeedsRead, path: Path) -> Iterator[Event]:
        """Read a file, if it is another than it was. Its stories wait to be kept, of a long one only those of its last part."""
        file_id = state_id(path)
        self._found.add(file_id)
        state = self.desk.source_state(file_id, sitting=outcome.sitting)
        mark = self._files.fingerprint(path)
        fingerprint = f"{__version__} {mark}" if mark is not None else None
        if state is not None and fingerprint is not None and state.fingerprint == fingerprint:
            self._recall(outcome, state)
            return
        outcome.read += 1
        flaws: list[Problem] = []
        lost = True
        for part in self._files.read(path):
            outcome.stories += with_path_text(part.stories)
            flaws += [problem for problem in part.problems if not problem.harmless]
            lost = lost and not part.stories
            self._note(outcome, part.problems, lost=lost)
            if part.ahead:
                yield from self._keep_waiting(outcome, part.ahead)
                if self.stopped:
                    outcome.interrupted = True
                    return
        outcome.waiting.append(FileRead(path, fingerprint, flaws, lost))

    def _is_gone(self, file_id: str) -> bool:
        """Whether a file is there no more: it was not found, and it would have been, or nobody reads it now."""
        if file_id in self._found or os.path.lexists(file_id):
            return False
        return not any(file_id == path or file_id.startswith(f"{path.rstrip('/')}/") for path in self._unseen)

    def _keep_waiting(self, outcome: SeedsRead, ahead: int = 0) -> Iterator[Event]:
        """Keep the stories that wait, then remember their files: what is not kept whole is read again by the next refresh.
        About so many more are `ahead` in the last file, which is not among them yet."""
        stories, files = outcome.stories, outcome.waiting
        outcome.stories, outcome.waiting = [], []
        if (yield from self._keep(outcome, stories, ahead)):
            self._remember(outcome, files)
        outcome.kept += len(stories)
        if not ahead:
            outcome.kept, outcome.found = 0, {}

    def _keep(self, outcome: SeedsRead, stories: Sequence[Story], ahead: int) -> Generator[Event, None, bool]:
        """False where it was stopped before all were kept."""
        of = outcome.kept + len(stories) + ahead
        for start in range(0, len(stories), BATCH_STORIES):
            batch = stories[start : start + BATCH_STORIES]
            heard = yield from self._read_ahead(self.desk.read_ahead(batch, sitting=outcome.sitting, read=outcome.found))
            if not heard or (self.stopped and start):
                outcome.interrupted = True
                return False
            kept = self.desk.keep(batch, sitting=outcome.sitting, read=outcome.found)
            outcome.new += len(kept.new)
            outcome.changed += len(kept.changed)
            yield from self._count(kept)
            if of >= _MANY_STORIES:
                yield StoriesKept(outcome.kept + start + len(batch), of)
        return True

    def _count(self, kept: Kept) -> Iterator[Event]:
        """Add a batch to the report's sums; the event that its stories can be read now, if it brought any."""
        self._new += len(kept.new)
        self._changed += len(kept.changed)
        self._differences.changed.update(dict.fromkeys(kept.changed))
        self._lines_new.update(kept.storylines_new)
        self._lines_grown.update(kept.storylines_grown)
        if kept.new or kept.changed:
            yield Stored(len(kept.new), len(kept.changed))

    def _note(self, outcome: SeedsRead, problems: Sequence[Problem], lost: bool) -> None:
        flaws = [problem for problem in problems if not problem.harmless]
        outcome.failed += bool(flaws) and lost
        outcome.flaws += map(str, flaws)
        for problem in problems:
            self.tell(problem)
            what = problem.what if problem.line is None else f"{problem.what}:{problem.line}"
            self._skipped.append({"what": what, "why": problem.why})

    def _remember(self, outcome: SeedsRead, files: Sequence[FileRead]) -> None:
        """What the next refresh needs to pass the files over, and to say again what is wrong with them."""
        if files:
            moment = stamp(self.clock())
            self.desk.set_source_states([file.state(moment) for file in files], sitting=outcome.sitting)

    def _recall(self, outcome: SeedsRead, state: SourceState) -> None:
        """An unchanged file is as good or bad as it was: its failure is not forgotten because nobody looked again."""
        if state.error is None:
            return
        outcome.failed += bool(state.detail and state.detail.get("lost"))
        outcome.flaws.append(state.error)

    def _report(self, started: str, sources: list[dict[str, Json]]) -> dict[str, Json]:
        fired = self.desk.fire_alerts(ways_of(self.alerts, self.clock()))
        report: dict[str, Json] = {
            "version": 1,
            "started": started,
            "finished": stamp(self.clock()),
            "stopped": self.stopped,
            "sources": sources,
            "stories": {"new": self._new, "changed": self._changed, "total": self.desk.count()},
            "storylines": {"new": len(self._lines_new), "grown": len(self._lines_grown - self._lines_new)},
            "follows": [_report_follow(*told, fired.get(told[0].id, ())) for told in self.desk.new_in_follows()],
            "skipped": self._skipped,
            "unlabelled": [{"id": story_id, "why": why} for story_id, why in self.desk.unlabelled.items()],
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


def _report_follow(follow: Follow, new: int, alerts: Sequence[str]) -> dict[str, Json]:
    """A follow with how much is new in it; `alerts` are those that fired in this refresh, each once and never again."""
    return {"id": follow.id, "name": follow.name, "new": new, "alerts": list(alerts)}
