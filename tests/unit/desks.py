"""Desks and stories for the tests of what is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsdesk.desk import Desk
from newsdesk.model import Comment, Country, Mood, Origin, Story, Topic
from newsdesk.paths import Paths
from newsdesk.refresh.events import Event
from newsdesk.refresh.run import Refresh

NOW = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
TOPICS = {"politics": "medtop:11000000", "sport": "medtop:15000000", "disaster": "medtop:03000000"}


def paths(root: Path) -> Paths:
    return Paths(root / "config.toml", root / "data", root / "state")


def make_story(
    item: str | None,
    title: str | None,
    *body: str,
    path: str = "a.jsonl",
    index: int = 0,
    feed: str | None = None,
    **fields: Any,
) -> Story:
    """A story as a fetcher gives it. `hints` stand for the tags that :func:`tag` gives: topic words and country codes."""
    origin = Origin("jsonl", index, path=None if feed else path, feed=feed, item_id=item)
    return Story(title=title, body=body, **{"published": "2026-01-10", "source": "Test Wire", "origins": (origin,), **fields})


def tag(story: Story) -> Story:
    """Tags by the story's hints, and a mood by the words of its comments."""
    topics = tuple(Topic(TOPICS[hint], hint, 0.9) for hint in story.hints if hint in TOPICS)
    countries = tuple(Country(hint, hint, 0.9) for hint in story.hints if hint.isupper())
    bad = sum("bad" in comment.text for comment in story.comments)
    good = sum("good" in comment.text for comment in story.comments)
    number = len(story.comments)
    mood = Mood(number, bad + good, bad, 0, good, 0, None, None) if number else None
    return story.with_(topics=topics, countries=countries, mood=mood)


def whole_stories(desk: Desk, query: str = "") -> list[Story]:
    """The stories that match, newest first, each as it stands in the archive."""
    return [story for story_id in desk.ids(query) if (story := desk.story(story_id))]


def comments(*texts: str) -> tuple[Comment, ...]:
    return tuple(map(Comment, texts))


QUAKE = (
    make_story(
        "1",
        "Earthquake hits Kamikawa in Japan",
        "A strong earthquake struck the town of Kamikawa in Japan early on Friday and killed ten people.",
        hints=("disaster", "JP"),
        comments=comments("bad news", "good work by the rescuers", "bad"),
        published="2026-01-10",
    ),
    make_story(
        "2",
        "Kamikawa earthquake toll rises to twenty",
        "The toll of the earthquake in Kamikawa, Japan, rose to twenty as rescuers reached the town.",
        hints=("disaster", "JP"),
        published="2026-01-11",
        index=1,
    ),
)
VOTE = make_story(
    "3",
    "Russia elects a parliament",
    "Voters in Russia went to the polls to elect a new parliament.",
    hints=("politics", "RU"),
    published="2026-01-12",
    source="Other Wire",
    index=2,
)
BANK = make_story("4", "日本銀行、金利を引き上げ", "日本銀行は金利を引き上げた。", published="2026-01-13", index=3)
ALL = (*QUAKE, VOTE, BANK)


def open_desk(root: Path, now: datetime = NOW, **options: Any) -> Desk:
    return Desk.open(paths(root), now=lambda: now, **{"tag": tag, **options})


def headings(desk: Desk, query: str = "") -> list[str]:
    return [row.heading for row in desk.rows(query)]


def line_of(desk: Desk, query: str) -> str:
    line = desk.rows(query)[0].storyline
    assert line is not None
    return line


def assert_well(desk: Desk) -> None:
    """Pages, counts, marks and modes are as they should be."""
    assert [health.says for health in desk.check() if not health.well] == []


def collect(refresh: Refresh, on: Callable[[Event], None] = lambda event: None) -> list[Event]:
    """The events of a whole refresh; `on` is told each as it comes."""

    async def run() -> list[Event]:
        events = []
        async for event in refresh.events():
            events.append(event)
            on(event)
        return events

    return asyncio.run(run())
