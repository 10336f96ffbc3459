"""Who read the comments is kept with them: like is compared with like, and what another model read is read anew, bit by bit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from newsdesk.config import Feed
from newsdesk.desk import Desk
from newsdesk.model import Comment, Origin, Story
from newsdesk.ports import Discussion, FeedAnswer, FeedPart
from newsdesk.refresh.events import CommentsRead
from newsdesk.refresh.feeds import FeedOutcome, FeedRefresh
from newsdesk.refresh.run import Refresh
from newsdesk.refresh.sources import SeedSource, Sources
from newsdesk.sentiment import encoder
from newsdesk.tagging import tiers
from newsdesk.tagging.one_call import OneCall
from newsdesk.tagging.read_ahead import AT_ONCE, read_ahead
from newsdesk.tagging.story_shelf import Shelf
from newsdesk.tagging.tagger import tag_comments
from tests.fakes.seeds import FakeReader, make_story
from tests.unit.desks import NOW, collect, paths
from tests.unit.test_refresh_feeds import Said

ANGRY = "What a disgrace, they lied to us again and nobody resigns."


class FakeEncoder:
    """Calls everything positive, and remembers what it was asked."""

    def __init__(self) -> None:
        self.heard: dict[str, int] = {}

    def read(self, texts: Sequence[str]) -> NDArray[np.float64]:
        for text in texts:
            self.heard[text] = self.heard.get(text, 0) + 1
        return np.tile([-9.0, -9.0, 9.0, -9.0], (len(texts), 1))


@pytest.fixture
def larger(monkeypatch: pytest.MonkeyPatch) -> Callable[[], FakeEncoder]:
    """Installs the larger model, or what stands for it here."""
    monkeypatch.setattr(tiers, "can_model", lambda: False)
    monkeypatch.setattr(tiers, "_wanted", ["auto"])
    fake = FakeEncoder()
    monkeypatch.setattr(encoder, "load_encoder", lambda: fake)

    def install() -> FakeEncoder:
        monkeypatch.setattr(tiers, "can_model", lambda: True)
        return fake

    return install


def thread(number: int, text: str = ANGRY) -> tuple[Comment, ...]:
    return tuple(Comment(f"{text} I have now said so {at} times.") for at in range(number))


HEADINGS = (
    "Flood in Kamikawa drives families from their homes",
    "Flood cleared: Kamikawa opens its schools",
    "A flood in court",
)


def flood(at: int, number: int = 12) -> Story:
    body = (f"What was told of the water on day {at}.",)
    return make_story(HEADINGS[at], body=body, published=f"2026-01-1{at}", comments=thread(number))


def join(desk: Desk) -> None:
    """Make one storyline of all."""
    lines = [row.id for row in desk.storyline_rows()]
    for other in lines[1:]:
        desk.merge(lines[0], other)


def open_desk(root: Path) -> Desk:
    return Desk.open(paths(root), now=lambda: NOW)


def test_an_installed_model_is_no_swing_of_mood_and_reads_anew(tmp_path: Path, larger: Callable[[], FakeEncoder]) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([flood(0, 40)])
        follow = desk.follow("flood", alerts=("mood",))
        larger()
        desk.keep([flood(1, 40)])
        join(desk)
        assert desk.fire_alerts() == {}, "two models disagree, no readers"
        assert [health.says.split()[0] for health in desk.check() if health.what == "moods"] == ["40"]
        assert list(desk.read_again()) == [(40, 40)]
        assert list(desk.read_again()) == []
        assert not [health for health in desk.check() if health.what == "moods"]
        stories = [desk.story(row.id) for row in desk.rows()]
        assert [story.mood.reader for story in stories if story and story.mood] == [tiers.reader()] * 2
        assert desk.fire_alerts() == {}
        assert desk.follow_news(follow.id).swings == ()


def test_a_swing_among_comments_that_one_model_read_is_told(tmp_path: Path, larger: Callable[[], FakeEncoder]) -> None:
    with open_desk(tmp_path) as desk:
        kind = thread(40, "Thank you all, this is wonderful and I am so proud and happy!")
        desk.keep([flood(0).with_(comments=kind)])
        desk.follow("flood", alerts=("mood",))
        desk.keep([flood(1, 40)])
        join(desk)
        assert [text for texts in desk.fire_alerts().values() for text in texts if text.startswith("mood:")]
    assert not larger().heard


def test_what_a_person_said_stands_when_comments_are_read_anew(tmp_path: Path, larger: Callable[[], FakeEncoder]) -> None:
    with open_desk(tmp_path) as desk:
        (story_id,) = desk.keep([flood(0)]).new
        kept = desk.story(story_id)
        assert kept is not None
        desk.judge(story_id, kept.comments[3], "neutral")
        larger()
        assert list(desk.read_again()) == [(12, 12)]
        story = desk.story(story_id)
        assert story is not None
        labels = [comment.sentiment.label for comment in story.comments if comment.sentiment]
        assert labels == ["positive"] * 3 + ["neutral"] + ["positive"] * 8
        assert story.comments[3].judged is not None
        assert story.mood is not None
        assert (story.mood.tier, story.mood.positive) == ("model", 11)


def test_a_long_thread_shows_how_far_it_is_and_can_be_stopped(tmp_path: Path, larger: Callable[[], FakeEncoder]) -> None:
    fake = larger()
    reader = FakeReader().hold("/a", flood(0, 3 * AT_ONCE - 1))
    sources = Sources((SeedSource("/a"),))
    with open_desk(tmp_path) as desk:
        refresh = Refresh(desk, reader, sources, lambda: NOW)
        events = collect(refresh, lambda event: refresh.stop() if isinstance(event, CommentsRead) else None)
        assert [event for event in events if isinstance(event, CommentsRead)] == [CommentsRead(AT_ONCE, 3 * AT_ONCE - 1)]
        assert (desk.count(), len(fake.heard)) == (0, AT_ONCE)
        events = collect(Refresh(desk, reader, sources, lambda: NOW))
        told = [(event.done, event.of) for event in events if isinstance(event, CommentsRead)]
        assert told == [(at, 767) for at in (256, 512, 767)]
        assert desk.count() == 1


def test_what_is_read_ahead_is_what_tagging_asks_for(larger: Callable[[], FakeEncoder]) -> None:
    fake = larger()
    first = Comment("The council has voted for the new bridge, and it opens in May.")
    replies = thread(AT_ONCE, f"{first.text}\n> You are wrong.\nThey lied to us 😡.")
    story = flood(0).with_(comments=(first, *(replace(reply, reply_to=0) for reply in replies)))
    assert [done for done, _ in read_ahead([story])] == [AT_ONCE, AT_ONCE + 1]
    ahead = set(fake.heard)
    assert [mood.label for comment in tag_comments(story, "en") if (mood := comment.sentiment)] == ["positive"] * (AT_ONCE + 1)
    assert set(fake.heard) == ahead
    assert [text for text in ahead if "council" in text or "😡" in text or "wrong" in text] == [first.text]


async def test_a_feeds_long_thread_shows_how_far_it_is_and_can_be_stopped(
    tmp_path: Path, larger: Callable[[], FakeEncoder]
) -> None:
    feed, fake = Feed("https://example.org/a"), larger()
    told = make_story(HEADINGS[0], origins=(Origin("feed", feed=feed.id, item_id="1"),), comments=())
    said = Discussion("1", None, "https://example.org/t", thread(2 * AT_ONCE))
    part = FeedPart("comments", said.thread)
    answer = FeedAnswer("updated", {}, (told,), 200, parts=(part,), discussions=(said,))
    with open_desk(tmp_path) as desk:
        heard: list[CommentsRead] = []

        async def ask(*, stops: bool) -> FeedOutcome:
            run = FeedRefresh(desk, Said(a=answer), (feed,), lambda: NOW, force=False)
            async for one in run.outcomes(lambda: stops and bool(heard)):
                assert one is not None
                if isinstance(one, FeedOutcome):
                    return one
                heard.append(one)
            raise AssertionError("no outcome")

        assert (await ask(stops=True)).commented == {}
        assert (heard, len(fake.heard)) == ([CommentsRead(AT_ONCE, 2 * AT_ONCE)], AT_ONCE)
        assert list((await ask(stops=False)).commented.values()) == [2 * AT_ONCE]
        assert [one.done for one in heard[1:]] == [AT_ONCE, 2 * AT_ONCE]


def test_a_refresh_reads_anew_what_another_model_read(tmp_path: Path, larger: Callable[[], FakeEncoder]) -> None:
    reader = FakeReader().hold("/a", *(flood(at) for at in range(3)))
    sources = Sources((SeedSource("/a"),))
    with open_desk(tmp_path) as desk:
        collect(Refresh(desk, reader, sources, lambda: NOW))
        larger()
        events = collect(Refresh(desk, reader, sources, lambda: NOW))
        assert [event for event in events if isinstance(event, CommentsRead)] == [CommentsRead(36, 36, again=True)]
        events = collect(Refresh(desk, reader, sources, lambda: NOW))
        assert not [event for event in events if isinstance(event, CommentsRead)]


def test_inspect_tells_how_far_a_long_thread_is(larger: Callable[[], FakeEncoder]) -> None:
    told: list[tuple[int, int]] = []
    with Shelf() as shelf:
        call = OneCall(shelf, told_comments=lambda done, of: told.append((done, of)))
        call.take(flood(0, AT_ONCE + 10))
        call.close()
        assert told == []
        larger()
        call.take(flood(1, AT_ONCE + 10))
        call.close()
    assert told == [(AT_ONCE, AT_ONCE + 10), (AT_ONCE + 10, AT_ONCE + 10)]
