"""When a feed is asked again, and what is remembered of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from fetchers.feeds import schedule
from fetchers.feeds.schedule import (
    Memory,
    after_answer,
    after_failure,
    after_move,
    read_freshness,
    read_retry_after,
    when_due,
)
from newsdesk.clock import stamp

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
KEY = "https://example.org/rss"


def due_in(memory: Memory) -> timedelta:
    due = schedule.read_stamp(memory.due)
    assert due is not None
    return due - NOW


def is_due(memory: Memory, now: datetime) -> bool:
    return when_due(memory, now) == now


def test_a_new_feed_is_due_and_a_fresh_one_is_not() -> None:
    assert is_due(Memory(), NOW)
    after = after_answer(Memory(), KEY, {}, NOW, changed=True, every=None)
    assert not is_due(after, NOW)
    assert is_due(after, NOW + timedelta(hours=2))


def test_a_304_keeps_the_validators_that_it_does_not_name() -> None:
    known = Memory(etag='"a"', last_modified="Thu, 12 Mar 2026 08:00:00 GMT")
    kept = after_answer(known, KEY, {}, NOW, changed=False, every=None)
    assert (kept.etag, kept.last_modified) == (known.etag, known.last_modified)
    renewed = after_answer(known, KEY, {"etag": '"b"'}, NOW, changed=True, every=None)
    assert (renewed.etag, renewed.last_modified) == ('"b"', None)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": "max-age=600", "age": "100"}, 500),
        ({"cache-control": "no-cache, max-age=600"}, None),
        ({"expires": "Thu, 12 Mar 2026 10:30:00 GMT", "date": "Thu, 12 Mar 2026 09:30:00 GMT"}, 3600),
        ({"expires": "0"}, None),
        ({"cache-control": "max-age=5", "expires": "Thu, 12 Mar 2027 10:30:00 GMT"}, 5),
        ({}, None),
    ],
)
def test_freshness(headers: dict[str, str], seconds: int | None) -> None:
    got = read_freshness(headers, NOW)
    assert got == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("Thu, 12 Mar 2026 10:30:00 GMT", timedelta(hours=1)),
        ("Wed, 11 Mar 2026 10:30:00 GMT", timedelta()),
        ("99999999999999", timedelta(days=7)),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_in_both_forms(text: str, wait: timedelta | None) -> None:
    got = read_retry_after(text, NOW)
    assert got == (None if wait is None else NOW + wait)


def test_back_off_doubles_to_a_limit_and_differs_by_feed() -> None:
    memory, waits = Memory(), []
    for _ in range(14):
        memory = after_failure(memory, KEY, NOW, retry_after=None, every=None)
        waits.append(due_in(memory))
    assert timedelta(minutes=4) < waits[0] < timedelta(minutes=6)
    assert all(later > earlier for earlier, later in pairwise(waits[:9]))
    assert max(waits) < timedelta(days=2.4)
    assert due_in(after_failure(Memory(), "https://other.example.org/", NOW, retry_after=None, every=None)) != waits[0]


def test_the_servers_word_outranks_the_back_off_and_an_answer_ends_both() -> None:
    failed = after_failure(Memory(), KEY, NOW, retry_after=NOW + timedelta(hours=6), every=None)
    assert due_in(failed) == timedelta(hours=6)
    assert failed.rest == stamp(NOW + timedelta(hours=6))
    well = after_answer(failed, KEY, {}, NOW, changed=False, every=None)
    assert (well.failures, well.rest) == (0, None)


def test_the_interval_follows_how_often_the_feed_changes() -> None:
    busy = tuple(stamp(NOW - timedelta(minutes=40 * i)) for i in range(6, 0, -1))
    slow = tuple(stamp(NOW - timedelta(days=5 * i)) for i in range(6, 0, -1))
    often = due_in(after_answer(Memory(changed=busy), KEY, {}, NOW, changed=False, every=None))
    seldom = due_in(after_answer(Memory(changed=slow), KEY, {}, NOW, changed=False, every=None))
    assert timedelta(minutes=12) < often < timedelta(minutes=30)
    assert timedelta(hours=20) < seldom < timedelta(hours=28)
    asked = due_in(after_answer(Memory(changed=slow), KEY, {}, NOW, changed=False, every=timedelta(minutes=10)))
    assert asked == timedelta(minutes=10)
    wished = due_in(after_answer(Memory(changed=busy, every_s=7200), KEY, {}, NOW, changed=False, every=None))
    assert wished == timedelta(hours=2)


def test_hours_to_skip_and_a_feed_that_is_gone() -> None:
    assert not is_due(Memory(skip_hours=(9,)), NOW)
    assert is_due(Memory(skip_hours=(10,)), NOW)


def test_a_permanent_redirect_is_believed_after_several_sightings() -> None:
    memory = Memory()
    for sighting in range(1, 3):
        memory = after_move(memory, "https://new.example.org/")
        assert (memory.moves, memory.address) == (sighting, None)
    assert after_move(memory, "https://third.example.org/").moves == 1
    assert after_move(memory, None) == Memory()
    moved = after_move(memory, "https://new.example.org/")
    assert moved == Memory(address="https://new.example.org/")
    for _ in range(3):
        moved = after_failure(moved, KEY, NOW, retry_after=None, every=None)
    assert moved.address is None, "one that answers no more is given up for the settings' own"


@pytest.mark.parametrize("data", [None, [], 3, {"changed": []}, {"unknown": 1}, {"etag": "x", "failures": 2}])
def test_memory_is_read_tolerantly_and_comes_back_as_it_was(data: object) -> None:
    memory = Memory.from_json(data)
    assert Memory.from_json(memory.to_json()) == memory


def test_a_shorter_wish_of_the_person_counts_at_once_but_not_against_a_failure() -> None:
    after = after_answer(Memory(), KEY, {"cache-control": "max-age=86400"}, NOW, changed=True, every=None)
    half, hour, later = timedelta(minutes=30), timedelta(hours=1), NOW + timedelta(minutes=40)
    assert when_due(after, later) == NOW + timedelta(hours=24)
    assert when_due(after, later, every=hour) == NOW + hour
    assert when_due(after, later, every=half) == later
    assert when_due(after, later, every=timedelta(days=9)) == NOW + timedelta(hours=24), "the earlier of the two"
    assert when_due(replace(after, skip_hours=(10,)), later, every=half) == NOW.replace(hour=11, minute=0)
    failed = after_failure(after, KEY, NOW, retry_after=None, every=None)
    failed = after_failure(failed, KEY, NOW, retry_after=None, every=None)
    assert when_due(failed, NOW, every=timedelta(minutes=1)) == NOW + due_in(failed)


def test_days_to_skip_and_a_publisher_that_asks_for_silence_always() -> None:
    assert NOW.weekday() == 3
    assert not is_due(Memory(skip_days=(3,)), NOW)
    assert is_due(Memory(skip_days=(2,)), NOW)
    assert is_due(Memory(skip_days=tuple(range(7)), skip_hours=tuple(range(24))), NOW)


def test_the_next_try_is_outside_of_what_is_to_be_skipped() -> None:
    quiet = Memory(skip_hours=(9, 10, 11), skip_days=(4, 5))
    assert when_due(quiet, NOW) == datetime(2026, 3, 12, 12, tzinfo=UTC)
    late = replace(quiet, due=stamp(datetime(2026, 3, 12, 23, 59, tzinfo=UTC)))
    assert when_due(late, NOW) == datetime(2026, 3, 12, 23, 59, tzinfo=UTC)
    after = after_answer(late, KEY, {}, datetime(2026, 3, 12, 23, 50, tzinfo=UTC), changed=True, every=timedelta(hours=1))
    assert after.due == "2026-03-15T00:00:00Z"
    failed = after_failure(quiet, KEY, datetime(2026, 3, 12, 8, 59, tzinfo=UTC), retry_after=None, every=None)
    assert failed.due == "2026-03-12T12:00:00Z"


def test_a_clock_that_was_set_back_keeps_no_feed_waiting() -> None:
    ahead = NOW + timedelta(days=3650)
    for after in (
        after_answer(Memory(), KEY, {}, ahead, changed=True, every=None),
        after_failure(Memory(), KEY, ahead, retry_after=None, every=None),
    ):
        assert is_due(after, NOW)
        assert not is_due(after, ahead + timedelta(seconds=1))
    slipped = after_answer(Memory(), KEY, {}, NOW + timedelta(minutes=2), changed=True, every=None)
    assert not is_due(slipped, NOW)


def test_without_a_network_the_wait_stays_short() -> None:
    memory = Memory(failures=20)
    assert due_in(after_failure(memory, KEY, NOW, retry_after=None, every=None, answered=False)) < timedelta(hours=5)
    assert due_in(after_failure(memory, KEY, NOW, retry_after=None, every=None)) > timedelta(hours=40)
