"""A desk in memory with the real query language: what the dashboard's own tests talk to, fast and without a disk."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import replace
from typing import Any

from newsdesk.alerts import Correction, read_rules
from newsdesk.archive.rows import Follow, FollowState, MoodCounts, Section, Sections, SourceState, StorylineRow, StoryRow
from newsdesk.config import Feed
from newsdesk.desk import Coverage, Headline, Sight, StorylineDetail, Tally
from newsdesk.errors import UsageError
from newsdesk.feed_health import FeedHealth, health_of
from newsdesk.follow_news import FollowNews
from newsdesk.judgements import Said, note_of, put_over
from newsdesk.model import Comment, Country, Story, Storyline, StorylineRef, Topic
from newsdesk.query import Query, parse
from newsdesk.query.match import Facts
from newsdesk.query.moments import DAY, story_minute
from tests.tui.morning import COUNTRIES, NOW, TOPICS

SEEN = "2026-03-04T08:00:00Z"


class FakeDesk:
    """The part of :class:`newsdesk.desk.Desk` that the dashboard uses. `calls` records every change that was asked."""

    def __init__(self, stories: Iterable[Story]) -> None:
        self._lock = threading.RLock()
        self._stories: dict[str, Story] = {story.id: story for story in stories}
        self._order = list(self._stories)
        self._arrived = {story_id: number for number, story_id in enumerate(self._order, 1)}
        self.read: set[str] = set()
        self.starred: set[str] = set()
        self._follows: dict[str, Follow] = {}
        self._looked: dict[str, set[str]] = {}
        self._undo: list[tuple[str, Callable[[], None]]] = []
        self._redo: list[tuple[str, Callable[[], None], dict[str, Any]]] = []
        self.forward: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self.pinned: set[str] = set()
        self.notes: dict[str, list[dict[str, Any]]] = {}  # judgements
        self._version = 1
        self.calls: list[tuple[object, ...]] = []
        self.states: dict[str, SourceState] = {}
        self.saved: dict[str, str] = {}
        self.given: dict[str, int] = {}  # stories by source
        self.paused: set[str] = set()
        self.visit: Sight | None = None

    def add(self, story: Story) -> None:
        """Another process stores a story."""
        with self._lock:
            self._stories[story.id] = story
            self._order.insert(0, story.id)
            self._arrived.setdefault(story.id, len(self._arrived) + 1)
            self._version += 1

    # reading

    def _matching(self, query: Query | str) -> list[Story]:
        parsed = parse(query, NOW) if isinstance(query, str) else query
        with self._lock:
            return [s for s in (self._stories[i] for i in self._order) if parsed.matches(s, self._facts(s))]

    def _facts(self, story: Story) -> Facts:
        return Facts(
            read=story.id in self.read,
            starred=story.id in self.starred,
            followed=self._followed(story),
            seen=SEEN,
            arrived=self._arrived[story.id],
            visit=self.visit.arrivals if self.visit else 0,
        )

    def _followed(self, story: Story) -> bool:
        return any(
            f.kind == "storyline" and story.storyline and f.target == story.storyline.id for f in list(self._follows.values())
        )

    def _row(self, story: Story) -> StoryRow:
        mood = story.mood
        return StoryRow(
            story.id, story.heading(), story.title is not None, story.source, story.outlet, story.published, SEEN,
            tuple(t.id for t in story.topics), tuple(c.code for c in story.countries), story.language, len(story.comments),
            MoodCounts(mood.negative, mood.neutral, mood.positive, mood.unsure) if mood else MoodCounts(),
            story.id not in self.read, story.id in self.starred, self._followed(story),
            story.storyline.id if story.storyline else None, story.revision, story.status, bool(story.wire_copy_of), False,
        )  # fmt: skip

    def count(self, query: Query | str = "") -> int:
        return len(self._matching(query))

    def rows(self, query: Query | str = "", sort: str = "newest", limit: int | None = None, offset: int = 0) -> list[StoryRow]:
        found = self._matching(query)[:: -1 if sort == "oldest" else 1]
        if sort == "comments":
            found = sorted(found, key=lambda story: -len(story.comments))
        found = found[offset:]
        return [self._row(story) for story in found[:limit]]

    def ids(self, query: Query | str = "", sort: str = "newest", limit: int | None = None, offset: int = 0) -> list[str]:
        return [row.id for row in self.rows(query, sort, limit, offset)]

    def _lines(self, query: Query | str) -> dict[str, list[Story]]:
        lines: dict[str, list[Story]] = {}
        for story in self._matching(query):
            assert story.storyline
            lines.setdefault(story.storyline.id, []).append(story)
        return lines

    def storyline_count(self, query: Query | str = "") -> int:
        return len(self._lines(query))

    def storyline_rows(
        self, query: Query | str = "", sort: str = "newest", limit: int | None = None, offset: int = 0
    ) -> list[StorylineRow]:
        lines = list(self._lines(query).items())[:: -1 if sort == "oldest" else 1]
        if sort == "stories":
            lines.sort(key=lambda line: -len(line[1]))
        lines = lines[offset:]
        return [self._line_row(line_id, stories) for line_id, stories in lines[:limit]]

    def storyline_ids(
        self, query: Query | str = "", sort: str = "newest", limit: int | None = None, offset: int = 0
    ) -> list[str]:
        return [row.id for row in self.storyline_rows(query, sort, limit, offset)]

    def storyline_rows_of(self, ids: Sequence[str], query: Query | str = "") -> list[StorylineRow]:
        lines = self._lines(query)
        return [self._line_row(line_id, lines[line_id]) for line_id in ids if line_id in lines]

    def _line_row(self, line_id: str, stories: Sequence[Story]) -> StorylineRow:
        newest = self._row(stories[0])
        unread = sum(s.id not in self.read for s in stories)
        return StorylineRow(self._storyline(line_id), len(stories), unread, newest.followed, newest)

    def storyline(self, line_id: str) -> Storyline | None:
        return self._storyline(line_id) if line_id in self._lines("") else None

    def storyline_detail(self, line_id: str) -> StorylineDetail | None:
        line_id = self.forward.get(line_id, line_id)
        stories = sorted(self._lines("").get(line_id, ()), key=lambda s: s.published or SEEN)
        if not stories:
            return None

        def tallies(names: Callable[[Story], Iterable[str]]) -> tuple[Tally, ...]:
            total = Counter(name for s in stories for name in names(s))
            own = Counter(name for s in stories for name in names(s) if not s.wire_copy_of)
            return tuple(Tally(name, number, own[name]) for name, number in total.most_common())

        def moment(story: Story) -> str:
            return story.published or SEEN

        copies = sum(bool(s.wire_copy_of) for s in stories)
        return StorylineDetail(
            storyline=self._storyline(line_id),
            outlets=len({s.outlet for s in stories if s.outlet}),
            originals=len(stories) - copies,
            copies=copies,
            days=tuple(sorted(tallies(lambda s: (moment(s)[:10],)), key=lambda t: t.name)),
            hours=tuple(sorted(tallies(lambda s: (moment(s)[:13],) if len(moment(s)) > 10 else ()), key=lambda t: t.name)),
            sources=tallies(lambda s: (s.source,) if s.source else ()),
            countries=tallies(lambda s: [c.code for c in s.countries]),
            headlines=tuple(
                Headline(moment(s), s.heading(), s.id, s.source, s.revision, bool(s.wire_copy_of)) for s in stories
            ),
        )

    def _storyline(self, line_id: str) -> Storyline:
        stories = [s for s in self._stories.values() if s.storyline and s.storyline.id == line_id]
        assert stories[0].storyline
        places = Counter(c.code for s in stories for c in s.countries)
        sources = tuple(dict.fromkeys(s.source for s in stories if s.source))
        dates = sorted((s.published or SEEN)[:10] for s in stories)
        return Storyline(
            line_id,
            self.titles.get(line_id, stories[0].storyline.title),
            len(stories),
            sources,
            tuple(c for c, _ in places.most_common()),
            dates[0],
            dates[-1],
            stories[0].storyline.why,
            line_id in self.pinned,
        )

    def storyline_stories(self, storyline_id: str, query: Query | str = "") -> list[StoryRow]:
        return [self._row(story) for story in self._lines(query).get(storyline_id, [])]

    def story(self, story_id: str) -> Story | None:
        story = self._stories.get(story_id)
        if story is None or story.storyline is None:
            return story
        line = self._storyline(story.storyline.id)
        return replace(story, storyline=StorylineRef(line.id, line.title, line.stories, story.storyline.why))

    def sections(self, query: Query | str = "") -> Sections:
        found = self._matching(query)

        def section(key: str, name: str, stories: Sequence[Story]) -> Section:
            return Section(key, name, len(stories), sum(s.id not in self.read for s in stories))

        topics = [section(i, n, [s for s in found if i in {t.id for t in s.topics}]) for i, n in TOPICS.values()]
        places = [section(c, n, [s for s in found if c in {x.code for x in s.countries}]) for c, n in COUNTRIES.items()]
        return Sections(
            len(found),
            sum(s.id not in self.read for s in found),
            tuple(topics),
            tuple(places),
            section("", "unknown", [s for s in found if not s.topics]),
            section("", "unknown", [s for s in found if not s.countries]),
        )

    def coverage(self, query: str = "", day: int | None = None) -> Coverage:
        every = self._matching(query)
        minutes = {s.id: story_minute(s.published, SEEN) // DAY * DAY for s in every}
        found = [s for s in every if day is None or minutes[s.id] == day]

        def ids(parts: Sequence[Topic] | Sequence[Country]) -> list[str]:
            return [part.id if isinstance(part, Topic) else part.code for part in parts] or [""]

        return Coverage(
            len(found),
            Counter(topic for s in found for topic in ids(s.topics)),
            Counter(code for s in found for code in ids(s.countries)),
            Counter((topic, code) for s in found for topic in ids(s.topics) for code in ids(s.countries)),
            max((minute for minute in minutes.values() if day is None or minute < day), default=None),
            min((minute for minute in minutes.values() if day is not None and minute > day), default=None),
        )

    def stop_reading(self, thread: int) -> None:
        """Nothing here takes long."""

    def version(self) -> int:
        return self._version

    def source_states(self) -> list[SourceState]:
        return list(self.states.values())

    def feeds_health(self, feeds: Sequence[Feed]) -> tuple[FeedHealth, ...]:
        return tuple(
            health_of(feed, self.states.get(feed.id), self.given.get(feed.id, 0), paused=feed.id in self.paused)
            for feed in feeds
        )

    # changing

    def pause(self, feeds: Sequence[str], *, resume: bool = False) -> list[str]:
        before = set(self.paused)
        self.paused = before.difference(feeds) if resume else before.union(feeds)
        self._changed(
            ("pause", *feeds, resume),
            f"{'resumed' if resume else 'paused'} {feeds[0]}",
            lambda: setattr(self, "paused", before),
        )
        return list(feeds)

    def _changed(self, call: tuple[object, ...], undone: str, back: Callable[[], None]) -> None:
        self.calls.append(call)
        self._version += 1
        self._undo.append((undone, back))
        self._redo.clear()

    def mark(self, what: Query | str | Sequence[str], how: str) -> int:
        with self._lock:
            ids = list(what) if isinstance(what, (list, tuple)) else [s.id for s in self._matching(what)]  # type: ignore[arg-type]
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
        kind, shown = "query", target
        if target in topics:
            kind, shown = "topic", topics[target]
        elif target in COUNTRIES:
            kind, shown = "country", COUNTRIES[target]
        elif target.startswith("t") and any(s.storyline and s.storyline.id == target for s in self._stories.values()):
            kind, shown = "storyline", self._storyline(target).title
        else:
            parse(target, NOW)
        rules = read_rules(alerts)
        follow = Follow(f"f{len(self._follows) + 1:06d}", kind, target, name or shown, rules)  # type: ignore[arg-type]
        self._follows[follow.id] = follow
        self._changed(("follow", target), f"followed {follow.name}", lambda: self._follows.pop(follow.id, None) and None)
        return follow

    def unfollow(self, what: str) -> Follow:
        if what not in self._follows:
            raise UsageError(f"no follow is called {what!r}")
        follow = self._follows.pop(what)
        self._changed(("unfollow", what), f"unfollowed {follow.name}", lambda: self._follows.update({what: follow}))
        return follow

    def _follow_text(self, follow: Follow) -> str:
        return {"query": "", "topic": "topic:", "country": "country:", "storyline": "storyline:"}[follow.kind] + follow.target

    def follows(self, *, new_only: bool = False) -> list[FollowState]:
        states = []
        for follow in list(self._follows.values()):  # another thread may change them
            found = [] if follow.paused else self._matching(self._follow_text(follow))
            new = [s for s in found if s.id not in self._looked.get(follow.id, set())]
            unread = sum(s.id not in self.read for s in found)
            states.append(FollowState(follow, self._follow_text(follow), len(found), len(new), unread))
        return states

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

    def query(self, text: str) -> Query:
        return parse(text, NOW)

    def find(self, text: str) -> str:
        return self.forward.get(text, text)

    def revisions(self, story_id: str) -> list[Story]:
        return [self._stories[story_id]]

    def follow_query(self, follow_id: str, *, new_only: bool = False) -> Query:
        return parse(self._follow_text(self._known(follow_id)), NOW)

    def _known(self, follow_id: str) -> Follow:
        if follow_id not in self._follows:
            raise UsageError(f"no follow is called {follow_id!r}")
        return self._follows[follow_id]

    def look(self, follow_id: str) -> None:
        self.look_at([self._known(follow_id)], self.sight())

    def look_at(self, follows: Iterable[Follow], sight: Sight) -> None:
        for follow in follows:
            found = self._matching(self._follow_text(self._known(follow.id)))
            self._looked[follow.id] = {s.id for s in found if self._arrived[s.id] <= sight.arrivals}
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
        names = ("_stories", "_follows", "_looked", "read", "starred", "pinned", "paused", "titles", "notes")
        names += ("saved", "forward")
        return {name: copy(getattr(self, name)) for name in names}
