"""The whole desk: opening and closing, what a refresh keeps, sittings and health."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from newsdesk.archive import lines, read, sources
from newsdesk.archive.compile import Context, cost_of
from newsdesk.archive.files import back_up, explained, make_private_folder
from newsdesk.archive.ids import to_id, to_key
from newsdesk.archive.rows import Health, Kept, SourceState
from newsdesk.archive.store import Store
from newsdesk.clock import before, stamp, utc_now
from newsdesk.desk.base import showing_muted
from newsdesk.desk.finishing import FINISHED_AT_ONCE, Finishing
from newsdesk.desk.steps import follows_of, says_any, told_of
from newsdesk.errors import FullDiskError, StorageError, UsageError
from newsdesk.following.follows import to_doc
from newsdesk.model import Story
from newsdesk.paths import Paths
from newsdesk.person.marks import Marks
from newsdesk.person.notebook import TABLES, Change, Notebook
from newsdesk.query import Query
from newsdesk.query.terms import Is, Not, Term, both
from newsdesk.wording import counted

if TYPE_CHECKING:
    from newsdesk.archive.intake import Intake
    from newsdesk.archive.keep import Keeper
    from newsdesk.config import Feed
    from newsdesk.feeds.health import FeedHealth

_AT_ONCE = 200  # stories that are forgotten in one transaction
_FEW = 2000  # stories that are asked whether they are followed one by one, and not by all that every follow matches


class Desk(Finishing):
    """Open with :meth:`open`, close with :meth:`close` or as a context manager."""

    @classmethod
    def open(
        cls,
        paths: Paths,
        *,
        now: Callable[[], datetime] | None = None,
        readonly: bool = False,
        tag: Callable[[Story], Story] | None = None,
        lean: bool = False,
    ) -> Desk:
        """Open (and, unless `readonly`, make or bring up to date) archive, marks and notebook. `now` is the clock (aware),
        `tag` what gives stories their tags (:func:`newsdesk.tagging.tagger.tag`).

        A `readonly` desk makes nothing, and shows nothing where there is nothing yet. A `lean` one keeps little in memory.
        """
        with contextlib.ExitStack() as opened:
            marks = None if readonly else opened.enter_context(contextlib.closing(Marks(paths.marks, paths.archive)))
            store = opened.enter_context(contextlib.closing(Store(paths.archive, paths.marks, readonly=readonly, lean=lean)))
            desk = cls(store, marks, Notebook(paths.notebook, readonly=readonly), now or utc_now)
            desk.tag = tag
            if not readonly:
                with contextlib.suppress(FullDiskError):  # what is stored can be read, and is put in order when there is room
                    desk.marks.meet_archive()
                    desk._end_stale_sittings()
            opened.pop_all()
        return desk

    def close(self) -> None:
        """Close everything; a sitting that was begun here is ended."""
        if self.sitting:
            with contextlib.suppress(StorageError):
                self.end_sitting(str(self.sitting))
        if self._marks is not None:
            self._marks.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # Refresh

    def keep(
        self, batch: Sequence[Story], *, sitting: str | None = None, read: dict[tuple[str, ...], int] | None = None
    ) -> Kept:
        """Store what a source gave: known stories are found again, new and changed ones tagged, grouped and written in one
        transaction. With a `sitting` (its token), new stories last only as long as it does, and known ones stay as they are.
        Where one reading of a source comes in several batches, each is given the same `read`, which they fill.
        """
        return self._keeper(sitting, read).keep(batch)

    def _keeper(self, sitting: str | None, read: dict[tuple[str, ...], int] | None) -> Keeper:
        from newsdesk.archive.keep import Keeper
        from newsdesk.archive.profiles import SittingProfiles

        token = self._token(sitting) if sitting is not None else 0
        keeper = Keeper(
            *(self.store, self._tag_many, self._say, self.corrections(), self.moment()),
            sitting=token,
            memory=self.grouping_memory,
        )
        if token:
            keeper.profiles = self.sitting_profiles.setdefault(token, SittingProfiles())
        if read is not None:
            keeper.read = read
        return keeper

    def read_ahead(
        self,
        batch: Sequence[Story] | None = None,
        *,
        sitting: str | None = None,
        read: dict[tuple[str, ...], int] | None = None,
    ) -> Iterator[tuple[int, int]]:
        """Before :meth:`keep` with the same arguments, or :meth:`finish` where there is no batch: read what takes longest, the
        comments of long threads, bit by bit. After each bit how many are done, and of how many; nothing where they are few."""
        from newsdesk.tagging.read_ahead import AT_ONCE, read_ahead

        if self.tag is not None:
            return
        if batch is None:
            from newsdesk.archive.finish import read_waiting

            with self.store.reading() as connection:
                waiting = [one.story() for one in read_waiting(connection, FINISHED_AT_ONCE, self.unlabelled) if one.comments]
            yield from read_ahead(waiting)
        elif sum(len(story.comments) for story in batch) > AT_ONCE:
            yield from read_ahead(self._keeper(sitting, read).find_news(batch))

    @contextlib.contextmanager
    def taking_in(self) -> Iterator[Intake]:
        """A transaction in which sources' stories are taken in as they come; they are readable and searchable when it ends,
        and tagged and grouped by :meth:`finish`."""
        from newsdesk.archive.intake import Intake

        with self.source_names.lasting(), self.store.writing() as connection:
            intake = Intake(connection, self.moment(), self.source_names)
            yield intake
            intake.flush()

    def begin_run(self) -> int:
        """A refresh starts: from here `since:last-run` means what comes in now. Returns the arrival number so far."""
        self.unlabelled.clear()
        with self.store.writing() as connection:
            return sources.begin_run(connection)

    def refill_words(self) -> Iterator[tuple[int, int]]:
        """Fill the search index anew where text became words in another way when it was filled; the stories in it can be found
        meanwhile. After each bit how many are done, and of how many; who stops before the end begins anew the next time."""
        if self.store.stale_words:
            from newsdesk.archive.refill import refill

            yield from refill(self.store)

    def source_state(self, source_id: str, *, sitting: str | None = None) -> SourceState | None:
        """What is remembered of a source; in a sitting, what that sitting remembers."""
        prefix = self._prefix(sitting)
        with self.store.reading() as connection:
            found = sources.read_state(connection, prefix + source_id)
        return replace(found, id=source_id) if found else None

    def set_source_state(self, state: SourceState) -> None:
        self.set_source_states((state,))

    def set_source_states(self, states: Sequence[SourceState], *, sitting: str | None = None) -> None:
        prefix = self._prefix(sitting)
        with self.store.writing() as connection:
            for state in states:
                sources.write_state(connection, replace(state, id=prefix + state.id) if prefix else state)

    def file_states(self) -> list[SourceState]:
        """Every seed file that is remembered, but for those of sittings."""
        with self.store.reading() as connection:
            return list(sources.read_states(connection, files=True))

    def feed_states(self) -> list[SourceState]:
        """Every feed that is remembered."""
        with self.store.reading() as connection:
            states = sources.read_states(connection, files=False)
            return [state for state in states if not state.id.startswith(sources.APART)]

    def drop_states(self, is_gone: Callable[[str], bool], feeds: Container[str] = ()) -> None:
        """Forget what is remembered of files that are gone, by their ids, of sources that are none of the settings' `feeds` and
        were not asked for long, and what alerts were raised of follows that nobody can take up again."""
        from newsdesk.feeds.health import KEPT, resting_hosts

        with self.store.reading() as connection:
            files, told = sources.read_ids(connection)
            idle = sources.read_idle(connection, stamp(before(self.now(), KEPT)))
        gone = list(filter(is_gone, files))
        now = self.moment()  # a host that wants to rest until later is left alone by every feed
        gone += [one.id for one in idle if one.id not in feeds and max(resting_hosts([one]).values(), default="") <= now]
        if orphans := set(told).difference(follow.id for follow in self.all_follows()):
            orphans -= {one for step in self.marks.steps() for one in follows_of(step)}  # one that comes back is not told again
        if gone or orphans:
            with self.store.writing() as connection:
                sources.drop_states(connection, gone, orphans)

    def feeds_health(self, feeds: Sequence[Feed]) -> tuple[FeedHealth, ...]:
        """How each of `feeds` (the settings') is doing, in their order."""
        from newsdesk.feeds.health import health_of, resting_hosts

        with self.store.reading() as connection:
            states = {state.id: state for state in sources.read_states(connection, files=False)}
            stories = sources.count_stories(connection)
        paused, resting = self.paused(), resting_hosts(states.values())
        return tuple(
            health_of(feed, states.get(feed.id), stories.get(feed.id, 0), paused=feed.id in paused, resting=resting)
            for feed in feeds
        )

    # Forgetting

    def stale(self, query: Query | str) -> list[str]:
        """Ids of the matching stories that a person does not hold on to: neither starred nor followed, in no storyline that
        was corrected or pinned, without a label that was corrected or a comment whose mood was judged."""
        term = both(self.term(query), Not(Is("starred")))
        with self.store.reading() as connection:
            context = self.context(connection)
            keys = read.keys(connection, term, showing_muted(context, term), "newest", None, 0)  # hidden is not held
            ids = list(map(to_id, keys))
            if len(ids) <= _FEW:
                held = self._held(ids) if ids else set()
            else:
                held = self._worked_on(connection) | self._followed_among(connection, context, term, ids)
        return [story_id for story_id in ids if story_id not in held]

    def _followed_among(self, connection: sqlite3.Connection, context: Context, term: Term, ids: Iterable[str]) -> Set[str]:
        """Those of many stories, which `term` matches, that a follow matches: follow by follow, until none is left over."""
        held, left = set[str](), set(ids)
        for followed in sorted((followed for _, followed in self._followed_terms()), key=cost_of):
            if not left:
                break
            wanted = both(term, followed)
            keys = read.keys(connection, wanted, showing_muted(context, wanted), "newest", None, 0)
            found = left.intersection(map(to_id, keys))
            left -= found
            held |= found
        return held

    def _worked_on(self, connection: sqlite3.Connection) -> set[str]:
        """Ids of the stories that a person corrected something of."""
        from newsdesk.archive import forget

        corrected = map(to_id, forget.corrected(connection, self.corrections()))
        return {*corrected, *self.judged_stories(), *self.labels()}

    def _held(self, ids: Sequence[str]) -> set[str]:
        """Those of a few stories that :meth:`stale` leaves out."""
        with self.store.reading() as connection:
            rows = self._rows(connection, list(map(to_key, ids)))
            return {row.id for row in rows if row.starred or row.followed} | self._worked_on(connection).intersection(ids)

    def forget(
        self, ids: Sequence[str], told: Callable[[int], None] = lambda _: None, *, spared: Set[str] = frozenset()
    ) -> int:
        """Take stories out for good, :data:`_AT_ONCE` in a transaction; `told` is given how many are gone after each. No
        source brings them back. Of those in `spared` stays what a person holds on to by then (:meth:`stale`). Returns how many
        are gone."""
        from newsdesk.archive import forget

        gone, day = 0, self.now().toordinal()
        for at in range(0, len(ids), _AT_ONCE):
            with self.store.writing() as connection, self.notebook.held():
                some = set(ids[at : at + _AT_ONCE])
                some -= self._held(list(some & spared))
                keys = list(map(to_key, some))
                # First: who is killed in between finds the stories there, and can forget them and their words once more.
                self._drop_notes(some)
                forget.drop_alerts(connection, keys)
                titles = forget.titles(connection, keys)
                struck = self._drop_steps(some, titles)
                gone += forget.forget(connection, keys, day, self.corrections)
                self._call_follows_anew(connection, titles)
            struck += self._drop_steps(set(), set())  # of storylines that went with their stories
            if struck:
                self.marks.settle()
            told(gone)
        return gone

    def _drop_notes(self, forgotten: Set[str]) -> None:
        """Nothing that the notebook says of forgotten stories stays either: with a judgement it holds words of the comment."""
        changes = [Change("drop", "stars", doc) for doc in self.notebook.docs("stars") if doc["id"] in forgotten]
        changes += [Change("drop", "moods", doc) for doc in self.notebook.docs("moods") if doc["story"] in forgotten]
        changes += [Change("drop", "labels", doc) for doc in self.notebook.docs("labels") if doc["id"] in forgotten]
        if changes:
            self.notebook.apply(changes)

    def _drop_steps(self, forgotten: Set[str], titles: Set[str]) -> int:
        """Nor what the journal says, which are headings and words of comments: nothing is left there to take back. `titles`:
        what storylines that stay may have been called after the stories. Returns how many steps those were."""
        steps = [(step, told_of(step)) for step in self.marks.steps()]
        with self.store.reading() as connection:
            gone = lines.missing(connection, {one for _, told in steps for one in told if one.startswith("t")})
        gone |= forgotten
        struck = [step for step, told in steps if told & gone or says_any(step, titles)]
        if struck:
            self.marks.drop_steps(struck)
        return len(struck)

    def _call_follows_anew(self, connection: sqlite3.Connection, titles: Set[str]) -> None:
        """A follow that is called by one of `titles` is called as its storyline is now, by its id where that is gone."""
        from newsdesk.archive.regroup import title_of

        changes = []
        for follow in self.all_follows():
            if follow.kind == "storyline" and follow.name in titles:
                line = lines.resolve(connection, follow.target)
                name = follow.target if lines.line_number(connection, line) is None else title_of(connection, line)
                changes.append(Change("put", "follows", to_doc(replace(follow, name=name))))
        if changes:
            self.notebook.apply(changes)

    def let_back(self) -> None:
        """Sources may bring again what was forgotten."""
        from newsdesk.archive import forget

        with self.store.writing() as connection:
            forget.let_back(connection)

    # Sittings

    @staticmethod
    def _token(token: str) -> int:
        number = int(token) if token.isdecimal() else 0
        if not number:
            raise UsageError(f"'{token}' is no token of a sitting")
        return number

    def _prefix(self, sitting: str | None) -> str:
        return sources.sitting_prefix(self._token(sitting)) if sitting is not None else ""

    def begin_sitting(self) -> str:
        """Begin a sitting of this process. From here on this desk also shows what is kept with its token, which it returns."""
        with self.store.writing() as connection:
            self.sitting = sources.begin_sitting(connection, self.moment())
        return str(self.sitting)

    def end_sitting(self, token: str) -> None:
        """Take out everything that was there for this sitting only."""
        number = self._token(token)
        with self.store.writing() as connection:
            sources.end_sitting(connection, number)
        self.sitting_profiles.pop(number, None)
        if self.sitting == number:
            self.sitting = 0

    def _end_stale_sittings(self) -> None:
        with self.store.reading() as connection:
            stale = sources.stale_sittings(connection)
        for token in stale:
            self.end_sitting(str(token))

    # Health

    def check(self) -> list[Health]:
        """What `doctor` says of archive, marks and notebook."""
        from newsdesk.archive.health import check_archive

        found = check_archive(self.store)
        try:
            notes = sum(len(self.notebook.docs(table)) for table in TABLES)
            found.append(Health("notebook", True, f"{self.notebook.path}: {counted(notes, 'note')}"))
        except StorageError as error:
            found.append(Health("notebook", False, str(error)))
        with contextlib.suppress(StorageError):  # of an archive that can't be read, which is told above
            if waiting := self.waiting_alerts():
                what = f"{counted(len(waiting), 'alert')} could not be carried yet, raised since {waiting[0].at}"
                found.append(Health("alerts", False, f"{what}; newsdesk refresh tries again and says why"))
        return found

    def backup(self, folder: str) -> None:
        """A whole, consistent copy of archive, marks and notebook into a new folder."""
        target = Path(folder)
        if target.exists() and any(target.iterdir()):
            raise UsageError(f"{folder}: it is there already and not empty; name a new folder")
        make_private_folder(target)
        for path in (self.store.path, self.store.marks):
            if path.exists():
                back_up(path, target / path.name)
        if self.notebook.path.exists():
            with explained(target):
                shutil.copy2(self.notebook.path, target / self.notebook.path.name)
