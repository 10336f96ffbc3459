"""The reading half of the desk in memory: the real query language over a few stories."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from newsdesk.archive.rows import Follow, MoodCounts, Section, Sections, SourceState, StorylineRow, StoryRow
from newsdesk.config import Feed
from newsdesk.desk import Coverage, Headline, Sight, StorylineDetail, Tally
from newsdesk.feeds.health import FeedHealth, health_of
from newsdesk.model import Country, Story, Storyline, StorylineRef, Topic
from newsdesk.query import Query, parse
from newsdesk.query.match import Facts
from newsdesk.query.moments import DAY, story_minute
from tests.tui.morning import COUNTRIES, NOW, TOPICS

SEEN = "2026-03-04T08:00:00Z"


class FakeReading:
    """Stories in memory, and what lists, counts and screens are made of. `calls` records every change that is asked."""

    def __init__(self, stories: Iterable[Story]) -> None:
        self._lock = threading.RLock()
        self._stories: dict[str, Story] = {story.id: story for story in stories}
        self._order = list(self._stories)
        self._arrived = {story_id: number for number, story_id in enumerate(self._order, 1)}
        self.read: set[str] = set()
        self.starred: set[str] = set()
        self._follows: dict[str, Follow] = {}
        self._looked: dict[str, set[str]] = {}
        self._undo: list[tuple[str, Callable[[], object]]] = []
        self._redo: list[tuple[str, Callable[[], object], dict[str, Any]]] = []
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
        self.quiet: set[str] = set()  # names of muted sources
        self.earlier: dict[str, tuple[Story, ...]] = {}  # versions before the one that is there
        self.visit: Sight | None = None
        self.unknown = "unknown"  # what stories without a label are called

    def add(self, story: Story) -> None:
        """Another process stores a story."""
        with self._lock:
            self._stories[story.id] = story
            self._order.insert(0, story.id)
            self._arrived.setdefault(story.id, len(self._arrived) + 1)
            self._version += 1

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
            muted=any(name.casefold() in map(str.casefold, self.quiet) for name in (story.source, story.outlet) if name),
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
            self._arrived[story.id],
        )  # fmt: skip

    def count(self, query: Query | str = "", *, with_muted: bool = False) -> int:
        return len(self._matching("is:muted OR -is:muted" if with_muted else query))

    def rows(self, query: Query | str = "", sort: str = "newest", limit: int | None = None, offset: int = 0) -> list[StoryRow]:
        found = self._matching(query)[:: -1 if sort == "oldest" else 1]
        if sort == "comments":
            found = sorted(found, key=lambda story: -len(story.comments))
        found = found[offset:]
        return [self._row(story) for story in found[:limit]]

    def rows_of(self, ids: Sequence[str]) -> list[StoryRow]:
        return [self._row(self._stories[one]) for one in ids if one in self._stories]

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
        self, query: Query | str = "", sort: str = "newest", limit: int | None = None, offset: int = 0, since: int | None = None
    ) -> list[StorylineRow]:
        lines = list(self._lines(query).items())[:: -1 if sort == "oldest" else 1]
        if sort == "stories":
            lines.sort(key=lambda line: -len(line[1]))
        lines = lines[offset:]
        return [self._line_row(line_id, stories, since) for line_id, stories in lines[:limit]]

    def storyline_ids(
        self, query: Query | str = "", sort: str = "newest", limit: int | None = None, offset: int = 0
    ) -> list[str]:
        return [row.id for row in self.storyline_rows(query, sort, limit, offset)]

    def storyline_rows_of(self, ids: Sequence[str], query: Query | str = "", since: int | None = None) -> list[StorylineRow]:
        lines = self._lines(query)
        return [self._line_row(line_id, lines[line_id], since) for line_id in ids if line_id in lines]

    def _line_row(self, line_id: str, stories: Sequence[Story], since: int | None) -> StorylineRow:
        newest = self._row(stories[0])
        unread = sum(s.id not in self.read for s in stories)
        new = 0 if since is None else sum(self._arrived[s.id] > since for s in stories)
        return StorylineRow(self._storyline(line_id), len(stories), unread, newest.followed, newest, new)

    def storyline(self, storyline_id: str) -> Storyline | None:
        return self._storyline(storyline_id) if storyline_id in self._lines("") else None

    def storyline_detail(self, storyline_id: str) -> StorylineDetail | None:
        storyline_id = self.forward.get(storyline_id, storyline_id)
        stories = sorted(self._lines("").get(storyline_id, ()), key=lambda s: s.published or SEEN)
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
            storyline=self._storyline(storyline_id),
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

    def sections(self, query: Query | str = "", *, with_muted: bool = False) -> Sections:
        found = self._matching("is:muted OR -is:muted" if with_muted else query)

        def section(key: str, name: str, stories: Sequence[Story]) -> Section:
            return Section(key, name, len(stories), sum(s.id not in self.read for s in stories))

        topics = [section(i, n, [s for s in found if i in {t.id for t in s.topics}]) for i, n in TOPICS.values()]
        places = [section(c, n, [s for s in found if c in {x.code for x in s.countries}]) for c, n in COUNTRIES.items()]
        return Sections(
            len(found),
            sum(s.id not in self.read for s in found),
            tuple(topics),
            tuple(places),
            section("", self.unknown, [s for s in found if not s.topics]),
            section("", self.unknown, [s for s in found if not s.countries]),
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

    def file_states(self) -> list[SourceState]:
        return list(self.states.values())

    def feeds_health(self, feeds: Sequence[Feed]) -> tuple[FeedHealth, ...]:
        return tuple(
            health_of(feed, self.states.get(feed.id), self.given.get(feed.id, 0), paused=feed.id in self.paused)
            for feed in feeds
        )
