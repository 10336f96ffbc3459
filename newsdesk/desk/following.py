"""The desk's follows: what a person follows, and what is new in it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from newsdesk.archive import lines, read, sources
from newsdesk.archive.compile import Context
from newsdesk.archive.rows import Follow
from newsdesk.desk.base import Sight
from newsdesk.desk.reading import Reading
from newsdesk.desk.steps import step_ahead
from newsdesk.errors import UsageError
from newsdesk.following.alerts import (
    Alert,
    Raised,
    Rule,
    Way,
    find_alerts,
    read_rule,
    read_rules,
    tell_of_known_stories,
    untold,
)
from newsdesk.following.follows import follow_id, followable, kind_of, onto, query_of, to_doc
from newsdesk.model import Json
from newsdesk.person.notebook import Change
from newsdesk.query import Query
from newsdesk.query.moments import to_minute
from newsdesk.query.terms import ArrivedAfter, CountryIs, StorylineIs, Term, TopicIs, both
from newsdesk.text import clean_paragraph, strip_unsafe

if TYPE_CHECKING:
    from newsdesk.config import FollowEntry

_CODE = re.compile(r"[A-Z]{2}")
_TOPIC = re.compile(r"\btopic:(medtop:\d{8})\b")


class Following(Reading):
    def follow(self, target: str, name: str | None = None, alerts: Iterable[str] = ()) -> Follow:
        """Follow a storyline or a story's storyline (its id), a topic (id), a country (code) or a query.

        A query that says no more than one topic or country follows that. Following the same again gives it the new name and
        alerts, where there are some, and keeps the last look.
        """
        with self.notebook.held():
            known, follow = self._wanted(target, name, alerts, {follow.id: follow for follow in self.all_follows()})
            changes = renewal(known, follow)
            if changes:
                self._change(changes, "follow", f"followed “{follow.name}”")
        return follow

    def follow_all(self, entries: Iterable[FollowEntry]) -> None:
        """Follow what the settings ask for, as :meth:`follow` one after the other, in one change that is no step to undo."""
        entries = tuple(entries)
        if self._renewals(entries):
            with self.notebook.held():
                self.notebook.apply(self._renewals(entries))

    def _renewals(self, entries: Sequence[FollowEntry]) -> list[Change]:
        follows, changes = {follow.id: follow for follow in self.all_follows()}, list[Change]()
        for entry in entries:
            known, follow = self._wanted(entry.query, entry.name, entry.alerts, follows)
            changes += renewal(known, follow)
            follows[follow.id] = follow
        return changes

    def _wanted(
        self, target: str, name: str | None, alerts: Iterable[str], follows: Mapping[str, Follow]
    ) -> tuple[Follow | None, Follow]:
        """What is followed of it already, and what is to be."""
        wanted = self.read_alerts(alerts)
        found = self._target(strip_unsafe(target).strip())
        name = clean_paragraph(name or "")  # digests and exports have it as it is
        known = self._known(found, follows)
        if known is not None:
            return known, replace(known, name=name or known.name, alerts=wanted or known.alerts)
        arrivals, now = self.sight()
        return None, replace(found, name=name or found.name, alerts=wanted, looked=arrivals, looked_at=now, since=now)

    def _known(self, follow: Follow, follows: Mapping[str, Follow]) -> Follow | None:
        """The one of `follows`, by id, that follows the same: of a storyline also one that it was merged from."""
        if follow.id in follows or follow.kind != "storyline":
            return follows.get(follow.id)
        with self.store.reading() as connection:
            ids = [follow_id("storyline", old) for old in lines.leading_to(connection, follow.target)]
        return next((follows[one] for one in ids if one in follows), None)

    def follow_of(self, target: str) -> Follow | None:
        """The follow of a storyline or topic (its id), a country (its code) or a query; None where that is not followed. A
        query that says no more than one of these is that, as :meth:`follow` takes it."""
        follows = {follow.id: follow for follow in self.all_follows()}
        exact = next((follow for follow in follows.values() if follow.target == target), None)
        gone = Follow(follow_id("storyline", target), "storyline", target, target)
        return exact or self._known(self._try_target(target) or gone, follows)

    def read_alerts(self, alerts: Iterable[str]) -> tuple[str, ...]:
        """The rules as they are kept. Raises UsageError for one that can't be read, or whose query can't."""
        rules = read_rules(map(strip_unsafe, alerts))
        for rule in map(read_rule, rules):
            if rule.name == "keyword":
                self.query(rule.argument)
        return rules

    def _target(self, text: str) -> Follow:
        from newsdesk.query.values import may_be_id

        if may_be_id(text) and (line := self._line_of(text)):
            return Follow(follow_id("storyline", line), "storyline", line, self._line_title(line))
        if re.fullmatch(r"medtop:\d{8}", text):
            text = f"topic:{text}"
        elif _CODE.fullmatch(text) and self._is_country(text):
            text = f"country:{text}"
        return self._of_term(text, followable(text, self.term(text)))

    def _of_term(self, text: str, term: Term) -> Follow:
        from newsdesk.countries import country_name
        from newsdesk.topics.names import topic_name

        kind = kind_of(term)
        if kind == "topic" and isinstance(term, TopicIs):
            return Follow(follow_id(kind, term.topics[0]), kind, term.topics[0], topic_name(term.topics[0]))
        if kind == "country" and isinstance(term, CountryIs):
            return Follow(follow_id(kind, term.code), kind, term.code, country_name(term.code))
        if kind == "storyline" and isinstance(term, StorylineIs):
            line = self.find(term.prefix)
            return Follow(follow_id(kind, line), kind, line, self._line_title(line))
        named = _TOPIC.sub(lambda topic: f'topic:"{topic_name(topic[1])}"', text)  # as a person would write it
        return Follow(follow_id("query", text), "query", text, clean_paragraph(named))

    def _line_of(self, text: str) -> str | None:
        """The storyline that an id, or the beginning of one, means; None where it is a word."""
        try:
            found = self.find(text)
        except UsageError:
            if len(text) == len("s") + 10:
                raise
            return None
        if found.startswith("t"):
            return found
        story = self.story(found)
        return story.storyline.id if story and story.storyline else None

    def _line_title(self, line_id: str) -> str:
        line = self.storyline(line_id)
        return line.title if line else line_id

    @staticmethod
    def _is_country(code: str) -> bool:
        from newsdesk.countries import find_country

        return find_country(code) == code

    def unfollow(self, what: str) -> Follow:
        """Stop following: `what` is the follow's id (or a prefix of it), its target or its name."""
        follow = self._find_follow(what)
        self._change([Change("drop", "follows", to_doc(follow))], "follow", f"unfollowed “{follow.name}”")
        return follow

    def _find_follow(self, what: str) -> Follow:
        wanted = what.strip()
        follows = self.all_follows()
        for same in (
            lambda follow: wanted == follow.id,
            lambda follow: wanted in (follow.target, query_of(follow)),
            lambda follow: wanted.casefold() == follow.name.casefold(),
            lambda follow: len(wanted) > 2 and follow.id.startswith(wanted),
        ):
            found = [follow for follow in follows if same(follow)]
            if len(found) == 1:
                return found[0]
        target = self._try_target(wanted)
        known = self._known(target, {follow.id: follow for follow in follows}) if target is not None else None
        if known is not None:
            return known
        names = ", ".join(f"{follow.id} ({follow.name})" for follow in follows[:5])
        raise UsageError(f"'{what}' is not followed; " + (f"there are {names}" if names else "nothing is followed yet"))

    def _try_target(self, text: str) -> Follow | None:
        try:
            return self._target(text)
        except UsageError:
            return None

    def fire_alerts(self, ways: Sequence[Way] = ()) -> dict[str, tuple[str, ...]]:
        """The alerts, by their follow's id, that the stories call for now and that were not raised before.

        They count as raised before this returns, and those that are to be carried in some `ways` wait from then on until
        :meth:`settle_alerts` is told that they were: who is killed in between loses none. :meth:`follows` says what stands
        until the person looks.
        """
        fired: dict[str, tuple[str, ...]] = {}
        raised: list[Raised] = []
        news: dict[str, dict[str, Json]] = {}
        with self.store.reading() as connection:
            context = self.context(connection)
            for follow in self.all_follows():
                term = self.follow_term(follow)
                if term is None or not follow.alerts or follow.paused:
                    continue
                standing = self._standing(connection, context, follow, term)
                before = sources.read_told(connection, follow.id)
                first = before.get("first") or (context.arrivals if read.is_any(connection, term, context) else 0)
                versions = self._versions(connection, follow, before)
                fresh, told = untold(standing, before)
                told |= {name: number for name, number in (("first", first), ("versions", versions)) if number}
                if told != before:
                    news[follow.id] = told
                if fresh and not follow.muted:  # what a muted one calls for is passed over, not put off
                    fired[follow.id] = tuple(alert.text for alert in fresh)
                    raised += [Raised(follow.name, alert.text, self.moment(), tuple(ways)) for alert in fresh]
        if news:  # in one go: with each change of the archive whoever shows it counts anew
            with self.store.writing() as connection:
                for follow_id, told in news.items():
                    sources.write_told(connection, follow_id, told)
                sources.write_waiting(connection, raised if ways else ())
        return fired

    def waiting_alerts(self) -> list[Raised]:
        """The alerts that were raised and still have to be carried somewhere."""
        with self.store.reading() as connection:
            return sources.read_waiting(connection)

    def settle_alerts(self, way: Way, alerts: Iterable[Raised]) -> None:
        """These need not be carried that way any more: they were, or nobody tries again."""
        with self.store.writing() as connection:
            sources.settle_waiting(connection, way, [alert.key for alert in alerts])

    def _versions(self, connection: sqlite3.Connection, follow: Follow, told: Mapping[str, Json]) -> int:
        """Where a rule asks what was changed, up to what version of a story the last look is sure to have seen; else 0."""
        from newsdesk.archive import watch

        if "correction" not in follow.alerts:
            return 0
        known = int(told.get("versions", 0)) if self._looked_later(follow) else 0
        return known or watch.count_versions(connection)

    def _changed_from(self, follow: Follow, told: Mapping[str, Json]) -> int | None:
        """From what version on a story was changed after the last look, where its moment can't tell."""
        return told.get("versions") if self._looked_later(follow) else None

    def _looked_later(self, follow: Follow) -> bool:
        """Whether the last look was later than now: the clock was set back since."""
        return follow.looked_at > self.moment()

    def _standing(self, connection: sqlite3.Connection, context: Context, follow: Follow, term: Term) -> tuple[Alert, ...]:
        """The alerts that the follow's rules call for, whether they were raised or not."""
        rules = [rule for text in follow.alerts if (rule := _known_rule(text)) is not None]
        if not rules:
            return ()
        from newsdesk.archive import watch

        asked = [rule for rule in rules if rule.name == "keyword"]
        keywords = {rule.text: wanted for rule in asked if (wanted := self.readable_term(rule.argument)) is not None}
        told = sources.read_told(connection, follow.id)
        facts = watch.gather(
            connection,
            context,
            term,
            rules,
            keywords,
            looked=follow.looked,
            looked_at=follow.looked_at,
            first=int(told.get("first", 0)),
            now=to_minute(self.now()),
            versions=self._changed_from(follow, told),
        )
        return find_alerts([rule.text for rule in rules], facts)

    def follow_query(self, follow: Follow | str, *, new_only: bool = False) -> Query:
        """The query that lists what a follow (or that of an id) matches; with `new_only` what is new since its last look."""
        if isinstance(follow, str):
            follow = self._find_follow(follow)
        query = self.query(query_of(follow))
        return Query(query.text, both(query.term, ArrivedAfter(follow.looked))) if new_only else query

    def sight(self) -> Sight:
        """What a look that begins now can see."""
        with self.store.reading() as connection:
            return Sight(self.context(connection).arrivals, self.moment())

    def look(self, follow_id: str | None = None) -> None:
        """Remember that the person has seen everything a follow has now (every follow, without an id)."""
        self.look_at(self.all_follows() if follow_id is None else [self._find_follow(follow_id)], self.sight())

    def look_at(self, follows: Iterable[Follow], sight: Sight) -> None:
        """Remember that the person has seen what these follows had at `sight`: what came in since then stays new."""
        named = {follow.id for follow in follows}
        with self.notebook.held():
            looked = [
                self._seen(follow, sight)
                for follow in self.all_follows()
                if follow.id in named and self._is_behind(follow, sight.arrivals)
            ]
            self.notebook.apply([Change("put", "follows", to_doc(follow)) for follow in looked])

    def _seen(self, follow: Follow, sight: Sight) -> Follow:
        """A follow that was looked at: nothing is new again of what was seen elsewhere since `sight`."""
        at = sight.moment if self._looked_later(follow) else max(follow.looked_at, sight.moment)
        return replace(follow, looked=max(follow.looked, sight.arrivals), looked_at=at)

    def look_anew(self) -> None:
        """Where an archive was made anew or an older one restored, looks at the one before it may have seen more than there
        is: bring them back to what there is, or nothing that comes in were new until there is as much again."""
        if self._ahead():
            with self.notebook.held():
                self.notebook.apply(self._ahead())

    def _ahead(self) -> list[Change]:
        """The looks that saw more than has come in by now, as they have to be."""
        follows, visit = self.all_follows(), self.last_visit()  # first: what came in since may have been seen
        arrivals = self.sight().arrivals
        ahead = [replace(follow, looked=arrivals) for follow in follows if follow.looked > arrivals]
        changes = [Change("put", "follows", to_doc(follow)) for follow in ahead]
        if visit is not None and visit.arrivals > arrivals:
            changes.append(_visit(Sight(arrivals, visit.moment)))
        return changes

    def leave(self) -> None:
        """The dashboard is closed: what comes in from now on is new since the last visit."""
        self.notebook.apply([_visit(self.sight())])

    @staticmethod
    def _is_behind(follow: Follow, arrivals: int) -> bool:
        """Whether a look changes anything: something came in since, or a known story may have been told of."""
        return follow.looked != arrivals or tell_of_known_stories(follow.alerts)

    # Saved queries

    def save_query(self, name: str, query: str) -> None:
        """Keep a query under a name. UsageError if it can't be read."""
        self.query(query)
        with self.notebook.held():
            before = [Change("drop", "queries", doc) for doc in self.notebook.docs("queries") if doc["id"] == name]
            saved = Change("put", "queries", {"id": name, "query": query})
            self._change([*before, saved], "notebook", f"saved the query “{name}”")

    def saved_queries(self) -> dict[str, str]:
        return {doc["id"]: doc["query"] for doc in self.notebook.docs("queries")}

    def drop_query(self, name: str) -> None:
        """Forget a saved query. UsageError where none has that name."""
        query = self.saved_queries().get(name)
        if query is None:
            raise UsageError(f"no query is saved as '{name}'")
        doc: dict[str, Json] = {"id": name, "query": query}
        self._change([Change("drop", "queries", doc)], "notebook", f"dropped the query “{name}”")

    def _change_again(self, changes: Sequence[Change]) -> None:
        """Make the changes of a step again, or the other way round. Of a follow that stays only what the step changed: it may
        have been looked at since."""
        with self.notebook.held():
            self.notebook.apply(onto(changes, self.notebook.docs("follows")))

    def _change(self, changes: list[Change], kind: str, says: str) -> None:
        """Change the notebook, as one step that can be taken back."""
        with step_ahead(self.marks, self.notebook) as step:
            step.write(kind, says, changes)


def _visit(seen: Sight) -> Change:
    return Change("put", "visits", {"id": "dashboard", "arrivals": seen.arrivals, "at": seen.moment})


def renewal(known: Follow | None, follow: Follow) -> list[Change]:
    """What makes the one of the other."""
    if known == follow:
        return []
    dropped = [Change("drop", "follows", to_doc(known))] if known is not None else []
    return [*dropped, Change("put", "follows", to_doc(follow))]


def _known_rule(text: str) -> Rule | None:
    """A rule of the notebook; None for one that a later version wrote."""
    try:
        return read_rule(text)
    except UsageError:
        return None
