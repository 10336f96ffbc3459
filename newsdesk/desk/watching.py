"""The desk's follows as a workplace: what is new in one, catching up, and changing how it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from newsdesk.alerts import find_alerts, read_rule
from newsdesk.archive import read, sources
from newsdesk.archive.rows import Follow
from newsdesk.desk.following import Following, renewal
from newsdesk.errors import UsageError
from newsdesk.follows import to_doc
from newsdesk.notebook import Change
from newsdesk.query.moments import to_minute
from newsdesk.query.terms import ArrivedAfter, both
from newsdesk.text import clean_paragraph

if TYPE_CHECKING:
    from newsdesk.follow_news import FollowNews

MOST_NEW = 50
DAYS = 60
_LONGEST = 120
_RULES = ("new-country", "mood", "correction")


class Watching(Following):
    def follow_news(self, what: str) -> FollowNews:
        """What came in for a follow since the last look. A paused one has only its days."""
        from newsdesk.archive import watch
        from newsdesk.follow_news import FollowNews, gone_quiet

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
        if what is None:
            behind = [state.follow for state in self.follows(new_only=True)]
        else:
            behind = [self._find_follow(what)]
        sight = self.sight()
        if behind:
            says = f"caught up with {behind[0].name}" if len(behind) == 1 else f"caught up with {len(behind)} follows"
            ids = {follow.id for follow in behind}
            with self.notebook.held():  # as they are by now: to count what is new may have taken a while
                known = [follow for follow in self.all_follows() if follow.id in ids]
                dropped = [Change("drop", "follows", to_doc(one)) for one in known]
                seen = [to_doc(self._seen(one, sight)) for one in known]
                self._change([*dropped, *(Change("put", "follows", doc) for doc in seen)], "follow", says)
        return len(behind)


def _says(before: Follow, after: Follow) -> str:
    """What was done to a follow, for the undo."""
    if before.name != after.name:
        return f"renamed {before.name} to {after.name}"
    if before.paused != after.paused:
        return f"{'paused' if after.paused else 'resumed'} {after.name}"
    if before.muted != after.muted:
        return f"{'muted' if after.muted else 'unmuted'} {after.name}"
    if before.folder != after.folder:
        return f"put {after.name} into {after.folder}" if after.folder else f"took {after.name} out of its folder"
    return f"changed the alerts of {after.name}"
