"""When a thread is read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fetchers.comments.reader import Thread, ThreadAnswer
from fetchers.comments.watch import MOST_KEPT, Watch, after_failure, after_reading, due, update
from newsdesk.model import Comment, Origin, Story

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
THREAD = Thread("feed", "https://example.org/a/comments")


def story(count: int | None = None, published: str | None = "2026-03-12T09:00+00:00") -> Story:
    extra = {} if count is None else {"comment_count": count}
    return Story(published=published, url="https://example.org/a", origins=(Origin("feed", item_id="a"),), extra=extra)


def said(*texts: str) -> ThreadAnswer:
    return ThreadAnswer(tuple(map(Comment, texts)), status=200, headers={"etag": '"1"'})


def first(count: int | None = None, published: str | None = "2026-03-12T09:00+00:00") -> Watch:
    (watch,) = update((), [(story(count, published), THREAD)], NOW)
    return watch


def test_a_new_thread_is_due_at_once_unless_it_is_counted_empty() -> None:
    assert due([first()], NOW) == [first()]
    assert due([first(3)], NOW)
    assert not due([first(0)], NOW)
    assert (first().item_id, first().story) == ("a", "https://example.org/a")


def test_a_clock_that_was_set_back_keeps_no_thread_waiting() -> None:
    ahead = replace(first(), due="2036-03-12T09:30:00Z")
    assert due([ahead], NOW) == [ahead]


def test_it_is_read_often_while_young_and_seldom_when_old() -> None:
    waits = []
    for age in (timedelta(), timedelta(hours=4), timedelta(days=1), timedelta(days=3)):
        now = NOW + age
        watch = after_reading(first(), said("One"), now, count=None)
        waits.append(datetime.fromisoformat(watch.due or "") - now)
    assert waits == [timedelta(minutes=30), timedelta(hours=1), timedelta(hours=6), timedelta(hours=18)]
    assert after_reading(first(), said("One"), NOW + timedelta(days=8), count=None).due is None


def test_a_quiet_thread_waits_longer() -> None:
    watch = after_reading(first(), said("One"), NOW, count=None)
    quiet = after_reading(watch, said("One"), NOW, count=None)
    same = after_reading(quiet, ThreadAnswer(status=304), NOW, count=None)
    assert [w.quiet for w in (watch, quiet, same)] == [0, 1, 2]
    assert (watch.due or "") < (quiet.due or "") < (same.due or "")
    assert same.conditions() == {"if-none-match": '"1"'}
    assert after_reading(same, said("One", "Two"), NOW, count=None).quiet == 0


def test_a_counted_thread_is_read_when_the_count_changes() -> None:
    watch = after_reading(first(3), said("One"), NOW, count=3)
    later = NOW + timedelta(hours=5)
    assert not due(update([watch], [(story(3), THREAD)], later), later)
    assert due(update([watch], [(story(4), THREAD)], later), later)


def test_a_story_that_left_the_feed_is_watched_until_it_is_a_week_old() -> None:
    watch = after_reading(first(3), said("One"), NOW, count=3)
    (gone,) = update([watch], [], NOW)
    assert (gone.count, gone.due) == (None, "2026-03-12T10:00:00Z")
    assert update([gone], [], NOW + timedelta(days=8)) == ()
    assert len(update([replace(watch, url=str(i)) for i in range(500)], [], NOW)) == MOST_KEPT


def test_an_old_story_is_read_once() -> None:
    old = first(published="2026-01-01")
    assert due([old], NOW)
    read = after_reading(old, said("One"), NOW, count=None)
    assert (read.due, update([read], [(story(published="2026-01-01"), THREAD)], NOW)) == (None, (read,))
    assert not due([read], NOW, force=True)


@pytest.mark.parametrize("status", [410, 403])
def test_a_thread_that_is_gone_is_left_alone(status: int) -> None:
    assert after_failure(first(), status, None, NOW).due is None


def test_failures_back_off_and_end() -> None:
    watch, waits = first(), []
    for _ in range(4):
        watch = after_failure(watch, 500, None, NOW)
        waits.append(datetime.fromisoformat(watch.due or "") - NOW)
    assert waits == [timedelta(hours=hours) for hours in (1, 2, 4, 8)]
    assert after_failure(watch, None, None, NOW).due is None
    assert after_failure(first(), 429, NOW + timedelta(days=2), NOW).due == "2026-03-14T09:30:00Z"


def test_a_counted_thread_that_fails_waits_too() -> None:
    later = NOW + timedelta(minutes=10)
    waiting = after_failure(first(3), 500, None, NOW)
    assert not due(update([waiting], [(story(3), THREAD)], later), later)
    assert due(update([waiting], [(story(4), THREAD)], later), NOW + timedelta(hours=2))
    gone = after_failure(first(3), 403, None, NOW)
    assert not due(update([gone], [(story(4), THREAD)], later), later)


@pytest.mark.parametrize("data", [None, 3, [], {}, {"url": 3, "kind": "feed"}, {"url": "x"}])
def test_what_is_no_watch_is_none(data: object) -> None:
    assert Watch.from_json(data) is None
    assert Watch.from_json({**first().to_json(), "later": 1}) == first()
