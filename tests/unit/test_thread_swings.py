"""An alert on a thread that turns: the new comments on a story are of another mood than its earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from newsdesk.desk import Desk
from newsdesk.model import Comment, Sentiment, Story
from newsdesk.tagging.drafts import dump_story
from newsdesk.threads.kept_text import first_and_last_seen
from tests.unit.desks import NOW, make_story, open_desk


def at(hours: int) -> str:
    return (NOW + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


def said(word: str, number: int, hours: int | None) -> list[Comment]:
    mood = Sentiment("negative" if word == "bad" else "positive", 0.0, 0.9)
    seen = None if hours is None else at(hours)
    return [Comment(word, f"{word} {n} {hours}", sentiment=mood, seen=seen) for n in range(number)]


def story(*parts: Sequence[Comment], published: str = "2026-01-31") -> Story:
    comments = tuple(comment for part in parts for comment in part)
    return make_story("1", "Bridge closes for two years", "The bridge is closed.", published=published, comments=comments)


def alerts(desk: Desk) -> list[str]:
    return [alert for told in desk.fire_alerts().values() for alert in told]


TURNED = "mood: comments on “Bridge closes for two years” 100% negative, 0% before"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (said("good", 40, -2), said("bad", 40, 2), [TURNED]),
        (said("good", 40, None), said("bad", 40, 2), [TURNED]),  # they came with the page
        (said("good", 40, -2), said("bad", 9, 2), []),
        (said("good", 9, -2), said("bad", 40, 2), []),
        (said("good", 40, -2), said("good", 40, 2), []),
        (said("good", 40, -2), said("bad", 6, 2) + said("good", 20, 2), []),
        ([], said("bad", 40, 2), []),
    ],
)
def test_a_thread_that_turns_is_told_once(tmp_path: Path, before: list[Comment], after: list[Comment], told: list[str]) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([story(before)])
        desk.follow("bridge", alerts=("mood",))
        assert alerts(desk) == []
        desk.keep([story(before, after)])
        assert alerts(desk) == told
        assert alerts(desk) == []


def test_it_stands_until_the_person_looks(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([story(said("good", 40, -2))])
        desk.follow("bridge", alerts=("mood",))
        assert desk.follows(new_only=True) == []
        desk.keep([story(said("good", 40, -2), said("bad", 40, 2))])
    with open_desk(tmp_path, NOW + timedelta(hours=3)) as desk:
        sight, states = desk.sight(), desk.follows(new_only=True)
        assert [(state.new, state.alerts) for state in states] == [(0, (TURNED,))]
        assert desk.follows() == states
        desk.look_at([state.follow for state in states], sight)
        assert desk.follows(new_only=True) == []
        assert [state.alerts for state in desk.follows()] == [()]
        assert alerts(desk) == []


def test_who_never_looks_hears_of_a_thread_that_turned_after_it_was_read_first(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.follow("bridge", alerts=("mood",))
        desk.keep([story(said("good", 40, 1))])
        assert alerts(desk) == []
        desk.keep([story(said("good", 40, 1), said("bad", 40, 3))])
        assert alerts(desk) == [TURNED]


def test_old_threads_are_left_alone(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.keep([story(said("good", 40, -2), published="2026-01-01")])
        desk.follow("bridge", alerts=("mood",))
        desk.keep([story(said("good", 40, -2), said("bad", 40, 2), published="2026-01-01")])
        assert alerts(desk) == []


def test_moments_are_found_without_reading_the_comments() -> None:
    early, late = Comment('"seen":"9"', "a"), Comment("b", seen="2026-02-01T12:00:00Z")
    assert first_and_last_seen(dump_story(Story(comments=(early, late)))) == ("", "2026-02-01T12:00:00Z")
    assert first_and_last_seen(dump_story(Story(comments=(early,)))) is None
    assert first_and_last_seen(dump_story(Story())) is None
