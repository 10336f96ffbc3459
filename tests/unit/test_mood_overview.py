"""The overview of many comments: each writer once, days, what is picked to be looked at."""

from __future__ import annotations

from newsdesk.model import Comment, MoodLabel, Sentiment, Story
from newsdesk.sentiment.overview import each_voice_once, survey
from newsdesk.sentiment.summary import widened, wilson


def said(label: MoodLabel | None, author: str | None = None, when: str | None = None, votes: int | None = None) -> Comment:
    mood = Sentiment(label, 0.0, 0.9, toxic=label == "negative") if label else None
    return Comment("x" * (votes or 1) if votes and votes > 0 else "x", author, when, votes, sentiment=mood)


def test_a_loud_voice_counts_once() -> None:
    loud = [said("negative", "loud")] * 9
    overview = survey([Story(id="s1", comments=(*loud, said("positive", "ann"), said("positive"), said("positive")))])
    assert overview.mood
    assert overview.voices
    assert (overview.mood.negative, overview.mood.positive) == (9, 3)
    assert (overview.voices.negative, overview.voices.positive, overview.voices.comments) == (1, 3, 4)
    assert [name for name, _ in overview.writers] == ["loud"]
    assert overview.toxic == 9


def test_a_voice_is_its_commonest_sure_label() -> None:
    unsure = Comment("x", "ann", sentiment=Sentiment("positive", 0.0, 0.3, unsure=True))
    voices = each_voice_once([unsure, said("negative", "ann"), said("negative", "ann"), said("neutral", "ann")])
    assert [voice.sentiment.label for voice in voices if voice.sentiment] == ["negative"]
    assert each_voice_once([unsure]) == [unsure]
    assert each_voice_once([said(None, "bob")]) == [said(None, "bob")]


def test_days_are_in_order_and_gaps_are_left_out() -> None:
    comments = (said("negative", when="2026-03-12T10:00"), said("neutral", when="2026-03-10"), said("neutral"))
    assert [day for day, _ in survey([Story(comments=comments)]).days] == ["2026-03-10", "2026-03-12"]


def test_picks_know_their_story_and_place() -> None:
    comments = (said("positive", votes=-8), said("negative", votes=40), said("negative", votes=1), said("positive", votes=9))
    picks = dict(survey([Story(id="s1", comments=comments)]).picks)
    assert [(one.story_id, one.index) for one in picks["disputed"]] == [("s1", 1), ("s1", 0)]
    assert {one.index for one in picks["negative"]} == {1, 2}
    assert picks["longest"][0].index == 1
    assert picks["newest"] == ()


def test_nothing_said_is_no_mood() -> None:
    overview = survey([Story(id="s1")])
    assert (overview.mood, overview.voices, overview.writers, overview.days) == (None, None, (), ())


def test_the_interval_owns_up_to_errors_that_lean_one_way() -> None:
    for negative, others in (([0.8] * 47, [0.7] * 3), ([0.6] * 5, [0.6] * 5), ([1.0] * 9, [1.0] * 11)):
        number = len(negative) + len(others)
        share = len(negative) / number
        low, high = widened(negative, others)
        below, above = wilson(share, number)
        assert low <= below
        assert high >= above
        assert low <= (sum(negative) + 0.6 * sum(1 - sure for sure in others)) / number <= high
    low, high = widened([0.8] * 90_000, [0.7] * 10_000)
    assert low < 0.74 - 0.1
    assert high == 1.0
    assert widened([], [0.9] * 4)[0] == 0.0
