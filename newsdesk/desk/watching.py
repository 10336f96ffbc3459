"""The desk's follows as a workplace: what is new in one, catching up, and changing how it is kept."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from newsdesk.archive import read, sections, sources
from newsdesk.archive.compile import Context
from newsdesk.archive.rows import Follow, FollowState
from newsdesk.desk.following import Following, renewal
from newsdesk.errors import UsageError
from newsdesk.following.alerts import find_alerts, read_rule, tell_of_known_stories
from newsdesk.following.follows import query_of, to_doc
from newsdesk.person.notebook import Change
from newsdesk.query.moments import to_minute
from newsdesk.query.terms import ArrivedAfter, Term, both
from newsdesk.text import clean_paragraph

if TYPE_CHECKING:
    from newsdesk.following.news import FollowNews

MOST_NEW = 50
DAYS = 60
_LONGEST = 120
_FRESH_MINUTES = 10
_ASKS_THE_CLOCK = re.compile(r"\b(?:newer|older):|velocity", re.IGNORECASE)
_ASKS_WHAT_A_PERSON_DID = re.compile(r"\b(?:is|since):", re.IGNORECASE)
_RULES = ("new-country", "mood", "correction")


class Watching(Following):
    def follows(self, *, new_only: bool = False, among: Container[str] | None = None) -> list[FollowState]:
        """Every follow with its counts and alerts (only those with something new or an alert, with `new_only`; those of the ids
        `among`, where they are given)."""
        with self.store.reading() as connection:
            context = self.context(connection)
            asked = [follow for follow in self.all_follows() if among is None or follow.id in among]
            asked = [follow for follow in asked if not new_only or self._is_behind(follow, context.arrivals)]
            if asked:
                context = read.knowing_muted(connection, context)
            states = (self._state(connection, context, follow, new_only=new_only) for follow in asked)
            return [state for state in states if state.new or state.alerts or not new_only]

    def follow_totals(self, most_s: float | None = None) -> tuple[list[FollowState], bool]:
        """As :meth:`follows`, but what is unread is not counted (0 in each). Each is remembered until something changes that
        may tell: to read stories does not, nor what is done to another follow; the clock does with each minute for one that
        asks it, else after :data:`_FRESH_MINUTES`.

        With `most_s` none is begun after so many seconds, and whether all are counted comes with them. First those that never
        were, or were changed themselves; then those that it is longest ago of, which stand as they were until it is their turn.
        """
        began, follows = time.monotonic(), self.all_follows()
        with self.store.reading() as connection:
            context = self.context(connection)
            stands = dict(zip(follows, self._stands(connection, context, follows), strict=True))
            # In the order in which they were counted. One that was changed is another one.
            known = self._totals = {follow: told for follow, told in self._totals.items() if follow in stands}
            left = [follow for follow in follows if follow not in known]
            left += [follow for follow, (stood, _) in known.items() if stood != stands[follow]]
            context = read.knowing_muted(connection, context) if left else context
            done = 0
            while done < len(left) and not (done and most_s is not None and time.monotonic() - began > most_s):
                state = self._state(connection, context, left[done], unread=False)
                known.pop(left[done], None)
                known[left[done]] = stands[left[done]], state
                done += 1
        return [known[follow][1] if follow in known else _uncounted(follow) for follow in follows], done == len(left)

    def _stands(self, connection: sqlite3.Connection, context: Context, follows: Iterable[Follow]) -> Iterator[object]:
        """What the counts of each follow depend on beside itself: the archive, and what it asks of the person and the clock."""
        minute = to_minute(self.now())
        tick, marks = connection.execute("SELECT tick, (SELECT mark_tick FROM mark_state) FROM state").fetchone()
        stand = tick, minute // _FRESH_MINUTES, context.sitting, context.muted
        did = marks, context.stars, context.visit
        for follow in follows:
            text = " ".join((query_of(follow), *follow.alerts))
            yield stand, _ASKS_WHAT_A_PERSON_DID.search(text) and did, _ASKS_THE_CLOCK.search(text) and minute

    def _state(
        self,
        connection: sqlite3.Connection,
        context: Context,
        follow: Follow,
        *,
        new_only: bool = False,
        unread: bool = True,
    ) -> FollowState:
        """Its counts and alerts; with `new_only` all are 0 where nothing can be new, without `unread` that is."""
        term = self.follow_term(follow)
        if term is None or follow.paused:
            return FollowState(follow, query_of(follow), 0, 0, 0)
        new = self._count_new(connection, context, follow, term)
        if new_only and not new and not tell_of_known_stories(follow.alerts):
            return FollowState(follow, query_of(follow), 0, 0, 0)
        counts = sections.count_unread(connection, term, context) if unread else (sections.count(connection, term, context), 0)
        standing = () if follow.muted else self._standing(connection, context, follow, term)
        alerts = tuple(alert.text for alert in standing if new or alert.is_of_known_story)
        return FollowState(follow, query_of(follow), counts[0], new, counts[1], alerts)

    def new_in_follows(self) -> list[tuple[Follow, int]]:
        """Every follow with how many stories came in since the last look at it, and nothing that takes more to tell."""
        with self.store.reading() as connection:
            context = self.context(connection)
            follows = self.all_follows()
            if any(follow.looked < context.arrivals for follow in follows):
                context = read.knowing_muted(connection, context)
            return [(follow, self._count_new(connection, context, follow, self.follow_term(follow))) for follow in follows]

    @staticmethod
    def _count_new(connection: sqlite3.Connection, context: Context, follow: Follow, term: Term | None) -> int:
        if term is None or follow.paused or follow.looked >= context.arrivals:
            return 0
        return read.count(connection, both(term, ArrivedAfter(follow.looked)), context)

    def follow_news(self, what: str) -> FollowNews:
        """What came in for a follow since the last look. A paused one has only its days."""
        from newsdesk.archive import watch
        from newsdesk.following.news import FollowNews, gone_quiet

        follow = self._find_follow(what)
        term = self.follow_term(follow)
        with self.store.reading() as connection:
            context = self.context(connection)
            state = self._state(connection, context, follow)
            if term is None:
                return FollowNews(state)
            now = self.now()
            days = watch.days(connection, context, term, DAYS)
            quiet = gone_quiet(dict(days), now.date())
            if follow.paused:
                return FollowNews(state, days=days, quiet=quiet)
            fresh = both(term, ArrivedAfter(follow.looked))
            keys = read.keys(connection, fresh, context, "newest", MOST_NEW, 0) if state.new else []
            facts = watch.gather(
                connection,
                context,
                term,
                [read_rule(rule) for rule in _RULES],
                {},
                looked=follow.looked,
                looked_at=follow.looked_at,
                now=to_minute(now),
                versions=self._changed_from(follow, sources.read_told(connection, follow.id)),
            )
            rows = tuple(self._rows(connection, keys))
        swings = tuple(alert.text for alert in find_alerts(("mood",), facts))
        return FollowNews(
            state, follow.looked_at, rows, tuple(sorted(facts.new_countries)), facts.corrections, swings, days, quiet
        )

    def is_followed(self, what: str) -> bool:
        """Whether `what` is the id, the name, the target or the query of a follow."""
        try:
            self._find_follow(what)
        except UsageError:
            return False
        return True

    def edit_follow(
        self,
        what: str,
        *,
        name: str | None = None,
        alerts: Iterable[str] | None = None,
        folder: str | None = None,
        muted: bool | None = None,
        paused: bool | None = None,
    ) -> Follow:
        """Change how a follow is kept; what is None stays. Raises UsageError for a rule that can't be read."""
        if name is not None and not clean_paragraph(name):
            raise UsageError("a follow needs a name")
        with self.notebook.held():
            known = self._find_follow(what)
            follow = replace(
                known,
                name=known.name if name is None else clean_paragraph(name)[:_LONGEST],
                alerts=known.alerts if alerts is None else self.read_alerts(alerts),
                folder=known.folder if folder is None else clean_paragraph(folder)[:_LONGEST],
                muted=known.muted if muted is None else muted,
                paused=known.paused if paused is None else paused,
            )
            if follow != known:
                self._change(renewal(known, follow), "follow", _says(known, follow))
        return follow

    def catch_up(self, what: str | None = None) -> int:
        """Count everything that a follow has now as seen (every follow that isn't paused, without `what`), as one step that
        can be taken back. Returns how many follows that concerned."""
        behind = [state.follow for state in self.follows(new_only=True)] if what is None else [self._find_follow(what)]
        sight = self.sight()
        if behind:
            says = f"caught up with “{behind[0].name}”" if len(behind) == 1 else f"caught up with {len(behind)} follows"
            ids = {follow.id for follow in behind}
            with self.notebook.held():  # as they are by now: to count what is new may have taken a while
                known = [follow for follow in self.all_follows() if follow.id in ids]
                dropped = [Change("drop", "follows", to_doc(one)) for one in known]
                seen = [to_doc(self._seen(one, sight)) for one in known]
                self._change([*dropped, *(Change("put", "follows", doc) for doc in seen)], "follow", says)
        return len(behind)


def _uncounted(follow: Follow) -> FollowState:
    return FollowState(follow, query_of(follow), 0, 0, 0, counted=False)


def _says(before: Follow, after: Follow) -> str:
    """What was done to a follow, for the undo."""
    if before.name != after.name:
        return f"renamed “{before.name}” to “{after.name}”"
    if before.paused != after.paused:
        return f"{'paused' if after.paused else 'resumed'} “{after.name}”"
    if before.muted != after.muted:
        return f"{'muted' if after.muted else 'unmuted'} “{after.name}”"
    if before.folder != after.folder:
        return f"put “{after.name}” into {after.folder}" if after.folder else f"took “{after.name}” out of its folder"
    return f"changed the alerts of “{after.name}”"
