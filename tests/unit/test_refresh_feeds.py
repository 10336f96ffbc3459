"""What a refresh makes of feeds' answers, with a reader that says what the test wants."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from newsdesk.config import Feed
from newsdesk.desk import Desk
from newsdesk.model import Comment, Json, Origin, Story
from newsdesk.paths import Paths
from newsdesk.ports import Discussion, FeedAnswer, FeedPart, StoryAnswer
from newsdesk.refresh_feeds import FeedOutcome, FeedRefresh

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
    return {str(outcome.reports[0]["id"])[-1]: outcome async for outcome in run.outcomes(lambda: False)}


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
        (kept,) = desk.stories()
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
