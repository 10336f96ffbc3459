"""A desk in memory with the real query language: what the dashboard's own tests talk to, fast and without a disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from copy import copy
from dataclasses import replace
from typing import Any

from newsdesk.archive.rows import Follow, FollowKind, FollowState
from newsdesk.desk import Sight
from newsdesk.edits import Edit, find_edits
from newsdesk.errors import UsageError
from newsdesk.following.alerts import Correction, read_rules
from newsdesk.following.news import FollowNews
from newsdesk.model import Comment, Labelling, Story, Storyline, StorylineRef
from newsdesk.person.judgements import Said, note_of, put_over
from newsdesk.person.labelling import as_read as without_labels
from newsdesk.person.labelling import note_of as note_of_labels
from newsdesk.person.labelling import put_over as put_labels_over
from newsdesk.query import Query, parse
from tests.tui.fake_reading import SEEN, FakeReading
from tests.tui.morning import COUNTRIES, NOW, TOPICS


class FakeDesk(FakeReading):
    """The part of :class:`newsdesk.desk.Desk` that the dashboard uses."""

    def pause(self, feeds: Sequence[str], *, resume: bool = False) -> list[str]:
        before = set(self.paused)
        self.paused = before.difference(feeds) if resume else before.union(feeds)
        self._changed(
            ("pause", *feeds, resume),
            f"{'resumed' if resume else 'paused'} {feeds[0]}",
            lambda: setattr(self, "paused", before),
        )
        return list(feeds)

    def muted(self) -> tuple[str, ...]:
        return tuple(self.quiet)

    def named_sources(self) -> list[str]:
        return sorted({story.source or story.outlet or "" for story in self._stories.values()} - {""})

    def mute(self, names: Sequence[str], *, back: bool = False) -> list[str]:
        before = set(self.quiet)
        self.quiet = {one for one in before if one.casefold() not in map(str.casefold, names)} if back else before.union(names)
        undone = f"{'unmuted' if back else 'muted'} {names[0]}"
        self._changed(("mute", *names, back), undone, lambda: setattr(self, "quiet", before))
        return list(names)

    def _changed(self, call: tuple[object, ...], undone: str, back: Callable[[], object]) -> None:
        self.calls.append(call)
        self._version += 1
        self._undo.append((undone, back))
        self._redo.clear()

    def mark(self, what: Query | str | Sequence[str], how: str, sight: Sight | None = None) -> int:
        with self._lock:
            there = set(list(self._stories)[: sight.arrivals if sight else None])
            ids = [s.id for s in self._matching(what) if s.id in there] if isinstance(what, str | Query) else list(what)
            read, starred = set(self.read), set(self.starred)
            place = self.read if how in ("read", "unread") else self.starred
            before = len(place)
            (place.update if how in ("read", "star") else place.difference_update)(ids)

            def back() -> None:
                self.read, self.starred = read, starred

            self._changed(("mark", tuple(ids), how), f"marked {len(ids)} {how}", back)
            return abs(len(place) - before)

    def follow(self, target: str, name: str | None = None, alerts: Iterable[str] = ()) -> Follow:
        topics = dict(TOPICS.values())
        kind: FollowKind = "query"
        shown = target
        if target in topics:
            kind, shown = "topic", topics[target]
        elif target in COUNTRIES:
            kind, shown = "country", COUNTRIES[target]
        elif target.startswith("t") and any(s.storyline and s.storyline.id == target for s in self._stories.values()):
            kind, shown = "storyline", self._storyline(target).title
        else:
            parse(target, NOW)
        rules = read_rules(alerts)
        follow = Follow(f"f{len(self._follows) + 1:06d}", kind, target, name or shown, rules)
        self._follows[follow.id] = follow
        self._changed(("follow", target), f"followed {follow.name}", lambda: self._follows.pop(follow.id, None))
        return follow

    def unfollow(self, what: str) -> Follow:
        if what not in self._follows:
            raise UsageError(f"no follow is called {what!r}")
        follow = self._follows.pop(what)
        self._changed(("unfollow", what), f"unfollowed {follow.name}", lambda: self._follows.update({what: follow}))
        return follow

    def _follow_text(self, follow: Follow) -> str:
        return {"query": "", "topic": "topic:", "country": "country:", "storyline": "storyline:"}[follow.kind] + follow.target

    def all_follows(self) -> list[Follow]:
        return list(self._follows.values())

    def follows(self, *, new_only: bool = False, among: Container[str] | None = None) -> list[FollowState]:
        states = []
        for follow in self.all_follows():  # another thread may change them
            if among is not None and follow.id not in among:
                continue
            found = [] if follow.paused else self._matching(self._follow_text(follow))
            new = [s for s in found if s.id not in self._looked.get(follow.id, set())]
            unread = sum(s.id not in self.read for s in found)
            states.append(FollowState(follow, self._follow_text(follow), len(found), len(new), unread))
        return states

    def follow_totals(self, most_s: float | None = None) -> tuple[list[FollowState], bool]:
        return [replace(state, unread=0) for state in self.follows()], True

    def follow_of(self, target: str) -> Follow | None:
        return next((follow for follow in self._follows.values() if follow.target == target), None)

    def is_followed(self, what: str) -> bool:
        return what in self._follows

    def follow_news(self, what: str) -> FollowNews:
        state = next(state for state in self.follows() if state.follow.id == self._known(what).id)
        found = self._matching(self._follow_text(state.follow))
        new = [] if state.follow.paused else [s for s in found if s.id not in self._looked.get(what, set())]
        corrections = tuple(
            Correction(s.id, s.revision, "“An earlier headline”", f"“{s.heading()}”") for s in found if s.revision > 1
        )
        days = Counter((s.published or SEEN)[:10] for s in found)
        return FollowNews(state, SEEN, tuple(map(self._row, new)), ("CL",), corrections, (), tuple(sorted(days.items())))

    def edit_follow(self, what: str, **changes: Any) -> Follow:
        before = self._known(what)
        alerts = read_rules(changes.pop("alerts", before.alerts))
        follow = replace(before, alerts=alerts, **changes)
        self._follows[what] = follow
        self._changed(("edit", what), f"changed {before.name}", lambda: self._follows.update({what: before}))
        return follow

    def catch_up(self, what: str | None = None) -> int:
        behind = [state.follow for state in self.follows() if (state.new if what is None else state.follow.id == what)]
        looked = dict(self._looked)
        for follow in behind:
            self._looked[follow.id] = {s.id for s in self._matching(self._follow_text(follow))}
        if behind:
            self._changed(("catch-up", what), "caught up", lambda: setattr(self, "_looked", looked))
        return len(behind)

    def query(self, query: str) -> Query:
        return parse(query, NOW)

    def find(self, text: str) -> str:
        return self.forward.get(text, text)

    def revisions(self, story_id: str) -> list[Story]:
        return [self._stories[story_id]]

    def follow_query(self, follow: Follow | str, *, new_only: bool = False) -> Query:
        return parse(self._follow_text(self._known(follow) if isinstance(follow, str) else follow), NOW)

    def _known(self, follow_id: str) -> Follow:
        if follow_id not in self._follows:
            raise UsageError(f"no follow is called {follow_id!r}")
        return self._follows[follow_id]

    def look(self, follow_id: str | None = None) -> None:
        self.look_at(self._follows.values() if follow_id is None else [self._known(follow_id)], self.sight())

    def look_at(self, follows: Iterable[Follow], sight: Sight) -> None:
        for follow in follows:
            found = self._matching(self._follow_text(self._known(follow.id)))
            self._looked[follow.id] = {s.id for s in found if self._arrived[s.id] <= sight.arrivals}
            self._follows[follow.id] = replace(self._known(follow.id), looked=sight.arrivals, looked_at=sight.moment)
            self.calls.append(("look", follow.id))
            self._version += 1

    def leave(self) -> None:
        self.visit = self.sight()

    def last_visit(self) -> Sight | None:
        return self.visit

    def sight(self) -> Sight:
        return Sight(len(self._stories), SEEN)

    def saved_queries(self) -> dict[str, str]:
        return dict(self.saved)

    def save_query(self, name: str, query: str) -> None:
        parse(query, NOW)
        before = dict(self.saved)
        self.saved[name] = query
        self._changed(("save", name, query), f"saved the query {name}", lambda: setattr(self, "saved", before))

    def drop_query(self, name: str) -> None:
        before = dict(self.saved)
        del self.saved[name]
        self._changed(("drop", name), f"dropped the query {name}", lambda: setattr(self, "saved", before))

    def merge(self, into: str, other: str) -> Storyline:
        title = self._storyline(into).title
        before = dict(self._stories)
        if not any(s.storyline and s.storyline.id == other for s in before.values()):
            raise UsageError(f"no storyline is called {other!r}")
        for story in list(self._stories.values()):
            if story.storyline and story.storyline.id == other:
                self._stories[story.id] = replace(story, storyline=StorylineRef(into, title, 0))
        self.forward[other] = into

        def back() -> None:
            self._stories.update(before)
            del self.forward[other]

        self._changed(("merge", into, other), "merged", back)
        return self._storyline(into)

    def split(self, storyline_id: str, story_id: str) -> Storyline:
        story = self._stories[story_id]
        if self._storyline(storyline_id).stories < 2:
            raise UsageError("a storyline of one can't be split; choose one with several stories")
        line = StorylineRef(f"tsplit{story_id[-5:]}", story.heading(), 1)
        self._stories[story_id] = replace(story, storyline=line)
        self._changed(("split", storyline_id, story_id), "split", lambda: self._stories.update({story_id: story}))
        return self._storyline(line.id)

    def move(self, story_id: str, storyline_id: str) -> Storyline:
        story = self._stories[story_id]
        self._stories[story_id] = replace(story, storyline=StorylineRef(storyline_id, self._storyline(storyline_id).title, 0))
        self._changed(("move", story_id, storyline_id), "moved", lambda: self._stories.update({story_id: story}))
        return self._storyline(storyline_id)

    def pin(self, storyline_id: str, pinned: bool = True) -> Storyline:
        before = set(self.pinned)
        (self.pinned.add if pinned else self.pinned.discard)(storyline_id)
        self._changed(("pin", storyline_id, pinned), "pinned", lambda: setattr(self, "pinned", before))
        return self._storyline(storyline_id)

    def rename(self, storyline_id: str, title: str) -> Storyline:
        before = dict(self.titles)
        self.titles[storyline_id] = title
        self._changed(("rename", storyline_id, title), "renamed", lambda: setattr(self, "titles", before))
        return self._storyline(storyline_id)

    def judge(self, story_id: str, comment: Comment, said: Said) -> None:
        story = self._stories[story_id]
        notes = [note for note in self.notes.get(story_id, ()) if note["id"] != note_of(story_id, comment, said)["id"]]
        before = dict(self.notes)
        self.notes[story_id] = notes + ([note_of(story_id, comment, said)] if said != "machine" else [])
        self._stories[story_id] = put_over(story, self.notes[story_id])

        def back() -> None:
            self.notes = before
            self._stories[story_id] = story

        self._changed(("judge", story_id, said), f"called a comment {said}", back)

    def edits(self, story_id: str) -> list[tuple[str, Edit]]:
        return [(SEEN, edit) for edit in find_edits((*self.earlier.get(story_id, ()), self._stories[story_id]))]

    def label(self, story_id: str, topics: Sequence[str] | None = None, countries: Sequence[str] | None = None) -> Story:
        before = self._stories[story_id]
        read, said = without_labels(before), before.labelled or Labelling()
        had = [topic.id for topic in before.topics], [country.code for country in before.countries]
        note = note_of_labels(
            read,
            had[0] if topics is None and said.topics is not None else topics,
            had[1] if countries is None and said.countries is not None else countries,
        )
        after = put_labels_over(read, note)
        self._stories[story_id] = after
        self._changed(
            ("label", story_id, topics, countries), "labelled a story", lambda: self._stories.update({story_id: before})
        )
        return after

    def label_all(self, story_ids: Sequence[str], kind: str, label: str, *, away: bool = False) -> int:
        before, number = dict(self._stories), 0
        for story_id in story_ids:
            story = before[story_id]
            had = [topic.id for topic in story.topics] if kind == "topic" else [one.code for one in story.countries]
            if (label in had) == away:
                said = [one for one in had if one != label] if away else [label, *had]
                note = note_of_labels(without_labels(story), *((said, None) if kind == "topic" else (None, said)))
                self._stories[story_id] = put_labels_over(without_labels(story), note)
                number += 1
        self._changed(("label-all", label, away), f"labelled {number} stories", lambda: self._stories.update(before))
        return number

    def undo(self) -> str | None:
        if not self._undo:
            return None
        said, back = self._undo.pop()
        self._redo.append((said, back, self._standing()))
        back()
        self._version += 1
        self.calls.append(("undo", said))
        return said

    def redo(self) -> str | None:
        if not self._redo:
            return None
        said, back, standing = self._redo.pop()
        vars(self).update(standing)
        self._undo.append((said, back))
        self._version += 1
        self.calls.append(("redo", said))
        return said

    def _standing(self) -> dict[str, Any]:
        """What changes change, as it is now."""
        names = ["_stories", "_follows", "_looked", "read", "starred", "pinned", "paused", "quiet", "titles", "notes"]
        names += ["saved", "forward"]
        return {name: copy(getattr(self, name)) for name in names}
