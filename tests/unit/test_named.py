"""Whom readers name, and comments over time with their gaps."""

from __future__ import annotations

from itertools import pairwise

from newsdesk.model import Comment, MoodLabel, Sentiment, Story
from newsdesk.sentiment.named import FEWEST, find_named
from newsdesk.sentiment.over_time import over_time


def said(text: str, label: MoodLabel = "neutral", when: str | None = None) -> Comment:
    return Comment(text, when=when, sentiment=Sentiment(label, 0.0, 0.95))


BODY = ("The port of Ostrava Bay was shut by Mayor Ingrid Falk on Monday.", "Talks with Falk go on, said the Dockers Union.")


def named(*comments: Comment, language: str = "en") -> dict[str, tuple[int, str]]:
    story = Story(body=BODY, comments=comments, language=language)
    return {one.name: (one.mood.comments, one.lean) for one in find_named([story])}


def test_a_name_of_the_story_is_known_by_its_last_word_too() -> None:
    comments = [said(f"Falk should go, the {n}th time") for n in range(4)]
    comments += [said("Ingrid Falk again."), said("nothing of the kind")]
    assert named(*comments) == {"Ingrid Falk": (5, "")}


def test_nothing_is_told_of_few() -> None:
    assert named(*[said("Falk, Falk and Falk")] * (FEWEST - 1)) == {}
    assert find_named([Story(comments=(Comment("Falk"),) * 9)]) == ()


def test_names_that_the_comments_bring() -> None:
    brought = [said(f"i say that Okafor is right, {n}") for n in range(6)]
    usual = [said("i think this is Wrong and wrong and wrong") for _ in range(6)]
    calendar = [said("it was on Monday that I'd heard, never on Sundays") for _ in range(6)]
    assert named(*brought, *usual, *calendar) == {"Okafor": (6, "")}
    nouns = [said(f"wer hat die Bahn und den Hafen bezahlt, {n}") for n in range(6)]
    assert named(*nouns, language="de") == {}


def test_blamed_and_praised_only_where_that_is_sure() -> None:
    blamed = [said("so Falk lied", "negative") for _ in range(14)]
    others = [said("fine work there", "positive") for _ in range(14)]
    assert named(*blamed, *others) == {"Ingrid Falk": (14, "blamed")}
    praised = [said("so Falk is great", "positive") for _ in range(14)]
    assert named(*praised, *[said("bad", "negative")] * 14) == {"Ingrid Falk": (14, "praised")}
    unsure = [said("so Falk lied", "negative"), said("so Falk lied", "positive")] * 4
    assert named(*unsure, *others[:7], *[said("bad", "negative")] * 7) == {"Ingrid Falk": (8, "")}
    assert named(*blamed) == {"Ingrid Falk": (14, "")}


def test_steps_have_no_gap_and_blank_ones_no_mood() -> None:
    found = over_time([said("a", when="2026-03-12T10:40"), said("b", when="2026-03-12T13:05"), said("c")])
    assert found is not None
    assert (found.hours, found.untimed) == (1, 1)
    assert [(step.start, step.mood and step.mood.comments) for step in found.steps] == [
        ("2026-03-12T10:00", 1),
        ("2026-03-12T11:00", None),
        ("2026-03-12T12:00", None),
        ("2026-03-12T13:00", 1),
    ]


def test_steps_are_as_long_as_there_must_be_and_days_where_a_date_is_bare() -> None:
    days = over_time([said("a", when="2026-03-10"), said("b", when="2026-03-12T13:05"), said("c", when="soon")])
    assert days is not None
    assert [step.start for step in days.steps] == ["2026-03-10", "2026-03-11", "2026-03-12"]
    for last, hours in (
        ("2026-03-13T20:00", 3),
        ("2026-03-30T01:00", 24),
        ("2026-07-30T01:00", 168),
        ("2031-01-01T01:00", 2184),
    ):
        long = over_time([said("a", when="2026-03-11T10:40"), said("b", when=last)])
        assert long is not None
        assert (long.hours, len(long.steps) <= 24) == (hours, True)
        assert sum(step.mood is not None for step in long.steps) == 2
        assert all(one.start < other.start for one, other in pairwise(long.steps))
    ages = over_time([said("a", when="0001-01-01"), said("b", when="9999-12-31")])
    assert ages is not None
    assert len(ages.steps) <= 25


def test_one_moment_is_no_course() -> None:
    assert over_time([said("a", when="2026-03-12T10:40"), said("b", when="2026-03-12T10:40")]) is None
    assert over_time([said("a", when="2026-03-12T10:40"), said("b", when="2026-03-12T10:45")]) is None
    assert over_time([said("a")]) is None
