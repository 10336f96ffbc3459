"""What a refresh makes of feeds' answers, with a reader that says what the test wants."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newsdesk.archive.rows import SourceState
from newsdesk.config import Feed
from newsdesk.desk import Desk
from newsdesk.errors import StorageError
from newsdesk.feeds.health import health_of
from newsdesk.model import Comment, Json, Origin, Story
from newsdesk.paths import Paths
from newsdesk.ports import Discussion, FeedAnswer, FeedPart, StoryAnswer
from newsdesk.refresh.events import SourceDone, Tagged
from newsdesk.refresh.feeds import FeedOutcome, FeedRefresh
from newsdesk.refresh.run import Refresh
from newsdesk.refresh.sources import Sources
from tests.unit.desks import whole_stories

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


def story(feed: Feed, name: str) -> Story:
    return Story(title=f"Pier {name}", body=(f"The pier {name} opens.",), origins=(Origin("feed", feed=feed.id, item_id=name),))


class Said:
    """A reader of feeds that answers by the feed's address; what it remembers is handed back to it."""

    def __init__(self, **answers: FeedAnswer | Exception) -> None:
        self.answers = answers
        self.recalled: list[Json] = []

    def recall(self, memory: Json) -> None:
        self.recalled.append(memory)

    def aside(self) -> int:
        return 0

    async def read(self, feed: Feed, memory: Json, now: datetime, *, force: bool = False) -> FeedAnswer:
        answer = self.answers[feed.id.rpartition("/")[2]]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def read_story(self, story: Story, feed: Feed | None, now: datetime) -> StoryAnswer:
        return StoryAnswer()


A, B = Feed("https://example.org/a"), Feed("https://example.org/b")


async def refresh(desk: Desk, reader: Said) -> dict[str, FeedOutcome]:
    run = FeedRefresh(desk, reader, (A, B), lambda: NOW, force=False)
    told = [one async for one in run.outcomes(lambda: False)]
    return {str(outcome.reports[0]["id"])[-1]: outcome for outcome in told if isinstance(outcome, FeedOutcome)}


def open_desk(tmp_path: Path) -> Desk:
    return Desk.open(Paths(tmp_path / "c.toml", tmp_path / "data", tmp_path / "state"), now=lambda: NOW, tag=lambda one: one)


async def test_a_fault_with_one_feed_costs_that_feed(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        got = await refresh(desk, Said(a=KeyError("x"), b=FeedAnswer("updated", {}, (story(B, "1"),), 200)))
        assert got["a"].reports[0]["error"] == "internal error: KeyError: 'x'"
        assert (got["b"].reports[0]["status"], desk.count()) == ("updated", 1)


async def test_comments_find_their_story_and_a_skipped_feed_keeps_its_health(tmp_path: Path) -> None:
    said = Discussion("1", None, "https://example.org/t", (Comment("Well."),))
    lost = Discussion("9", None, "https://example.org/u", (Comment("Where?"),))
    parts = (FeedPart("comments", said.thread), FeedPart("comments", lost.thread))
    first = FeedAnswer("updated", {"due": "2026-03-12T10:00:00Z"}, (story(A, "1"),), 200)
    later = FeedAnswer("skipped", {"due": "2026-03-12T11:00:00Z"}, parts=parts, discussions=(said, lost))
    none = FeedAnswer("skipped", {})
    with open_desk(tmp_path) as desk:
        await refresh(desk, Said(a=first, b=none))
        reader = Said(a=later, b=none)
        got = await refresh(desk, reader)
        assert reader.recalled == [{"due": "2026-03-12T10:00:00Z", "http": 200}]
        assert [row["new"] for row in got["a"].reports] == [0, 1, 0]
        (kept,) = whole_stories(desk)
        assert got["a"].commented == {kept.id: 1}
        assert [comment.seen for comment in kept.comments] == ["2026-03-12T09:30:00Z"]
        health = desk.feeds_health((A, B))
        assert (health[0].next_try, health[0].http, health[0].well) == ("2026-03-12T11:00:00Z", 200, True)
        assert (health[1].last_success, health[1].next_try) == (None, None)


async def test_a_feed_that_turns_says_so_once(tmp_path: Path) -> None:
    down, up, none = FeedAnswer("failed", {}, error="no"), FeedAnswer("unchanged", {}, http=304), FeedAnswer("skipped", {})
    with open_desk(tmp_path) as desk:
        turns = [(await refresh(desk, Said(a=one, b=none)))["a"].turned for one in (up, down, down, none, up, up)]
    assert turns == [None, "failing", None, None, "recovered", None]


async def test_a_paused_feed_is_not_asked_until_it_is_resumed_or_named(tmp_path: Path) -> None:
    said = Said(a=FeedAnswer("updated", {"due": "2026-03-12T10:00:00Z"}, (story(A, "1"),), 200), b=FeedAnswer("unchanged", {}))
    with open_desk(tmp_path) as desk:
        await refresh(desk, said)
        assert desk.pause([A.id]) == [A.id]
        assert desk.pause([A.id]) == []
        got = await refresh(desk, Said(a=KeyError("asked"), b=FeedAnswer("unchanged", {})))
        assert (got["a"].reports[0]["status"], got["a"].reports[0]["error"], got["a"].turned) == ("skipped", None, None)
        health, other = desk.feeds_health((A, B))
        assert (health.paused, other.paused) == (True, False)
        assert (health.next_try, health.last_success) == (None, "2026-03-12T09:30:00Z")
        for named, status in ((False, "skipped"), (True, "updated")):
            run = FeedRefresh(desk, said, (A,), lambda: NOW, force=True, named=named)
            forced = [one async for one in run.outcomes(lambda: False)]
            assert [one.reports[0]["status"] for one in forced if isinstance(one, FeedOutcome)] == [status]
        assert desk.undo() == f"paused “{A.id}”"
        assert desk.feeds_health((A,))[0].next_try == "2026-03-12T10:00:00Z"
        desk.pause([A.id, B.id])
        desk.pause([A.id, B.id], resume=True)
        assert [desk.undo(), desk.undo(), desk.undo()] == ["resumed 2 feeds", "paused 2 feeds", None]


def test_the_next_try_is_sooner_once_a_person_wants_it_more_often() -> None:
    asked, due = "2026-03-12T09:30:00Z", "2026-03-13T09:30:00Z"
    state = SourceState(A.id, succeeded=asked, detail={"asked": asked, "due": due})
    for every, told in ((None, due), ("2h", "2026-03-12T11:30:00Z"), ("3d", due)):
        assert health_of(replace(A, every=every), state, 0, paused=False).next_try == told
    failed = replace(state, detail={"asked": asked, "due": due, "failures": 2})
    assert health_of(replace(A, every="2h"), failed, 0, paused=False).next_try == due


async def test_no_feed_is_due_before_its_host_may_be_asked(tmp_path: Path) -> None:
    rest = {"due": "2026-03-12T10:00:00Z", "rest": "2026-03-12T12:00:00Z", "host": "example.org"}
    with open_desk(tmp_path) as desk:
        await refresh(desk, Said(a=FeedAnswer("failed", rest, error="slow"), b=FeedAnswer("updated", {"due": rest["due"]})))
        assert [health.next_try for health in desk.feeds_health((A, B))] == ["2026-03-12T12:00:00Z"] * 2
        elsewhere = Feed("https://example.net/b")
        assert desk.feeds_health((elsewhere,))[0].next_try is None


async def test_stories_come_in_several_transactions_and_each_is_told_when_it_is_there(tmp_path: Path) -> None:
    feeds = [Feed(f"https://example.org/{name}") for name in "abc"]
    answers = {
        feed.id[-1]: FeedAnswer("updated", {}, tuple(story(feed, f"{feed.id[-1]}{number}") for number in range(150)), 200)
        for feed in feeds
    }
    with open_desk(tmp_path) as desk:
        before, kept = [], 0
        async for outcome in FeedRefresh(desk, Said(**answers), feeds, lambda: NOW, force=False).outcomes(lambda: False):
            assert isinstance(outcome, FeedOutcome)
            kept += len(outcome.kept[0].new)
            before.append(desk.count())
            assert desk.count() >= kept
        assert (kept, before[0] < before[-1], before[-1]) == (450, True, 450)


async def test_what_came_in_is_labelled_while_one_feed_keeps_us_waiting(tmp_path: Path) -> None:
    labelled = asyncio.Event()

    class Slow(Said):
        async def read(self, feed: Feed, memory: Json, now: datetime, *, force: bool = False) -> FeedAnswer:
            if feed is B:
                await asyncio.wait_for(labelled.wait(), 10)
            return await super().read(feed, memory, now, force=force)

    @asynccontextmanager
    async def open_feeds() -> AsyncIterator[Slow]:
        yield Slow(a=FeedAnswer("updated", {}, (story(A, "1"),), 200), b=FeedAnswer("updated", {}, (story(B, "2"),), 200))

    told = list[object]()
    with open_desk(tmp_path) as desk:
        async for event in Refresh(desk, None, Sources(feeds=(A, B)), lambda: NOW, open_feeds=open_feeds).events():
            if isinstance(event, SourceDone):
                told.append(event.source["status"])
            elif isinstance(event, Tagged):
                told.append((event.done, event.of, desk.waiting()))
                labelled.set()
    assert told == ["updated", (1, 1, 0), "updated", (1, 1, 0)]


async def test_feeds_that_failed_are_asked_after_the_others(tmp_path: Path) -> None:
    asked: list[str] = []

    class Listed(Said):
        async def read(self, feed: Feed, memory: Json, now: datetime, *, force: bool = False) -> FeedAnswer:
            asked.append(feed.id[-1])
            return await super().read(feed, memory, now, force=force)

    reader = Listed(a=FeedAnswer("failed", {}, error="no answer"), b=FeedAnswer("unchanged", {}))
    with open_desk(tmp_path) as desk:
        await refresh(desk, reader)
        await refresh(desk, reader)
    assert asked == ["a", "b", "b", "a"]


async def test_the_first_feed_of_each_host_is_asked_before_the_second_of_any(tmp_path: Path) -> None:
    names = ["one.example/a", "one.example/b", "one.example/c", "two.example/d", "three.example/e", "two.example/f"]
    asked: list[str] = []

    class Listed(Said):
        async def read(self, feed: Feed, memory: Json, now: datetime, *, force: bool = False) -> FeedAnswer:
            asked.append(feed.id[-1])
            return FeedAnswer("unchanged", {})

    with open_desk(tmp_path) as desk:
        feeds = [Feed(f"https://{name}") for name in names]
        [one async for one in FeedRefresh(desk, Listed(), feeds, lambda: NOW, force=False).outcomes(lambda: False)]
    assert asked == ["a", "d", "e", "b", "f", "c"]


async def test_a_disk_that_is_full_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loop, told, waits = asyncio.get_running_loop(), list[dict[str, Any]](), threading.Event()
    loop.set_exception_handler(lambda _, context: told.append(context))

    @contextmanager
    def fail(_: Desk) -> Iterator[None]:
        loop.call_soon_threadsafe(waits.set)  # only once the refresh waits for this
        if waits.wait(10):
            raise StorageError("the disk is full")
        yield

    monkeypatch.setattr(Desk, "taking_in", fail)
    with open_desk(tmp_path) as desk, pytest.raises(StorageError, match="full"):
        await refresh(desk, Said(a=FeedAnswer("updated", {}, (story(A, "1"),), 200), b=FeedAnswer("unchanged", {})))
    await asyncio.sleep(0)
    gc.collect()
    assert told == []
