"""The overview of many comments: each writer once, days, what is picked to be looked at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newsdesk.model import Comment, Mood, MoodLabel, Sentiment, Story
from newsdesk.sentiment.overview import each_voice_once, survey
from newsdesk.sentiment.summary import summarise, widened, wilson
from newsdesk.threads.readers import Level, tell_readers
from tests.unit.desks import comments, make_story, open_desk


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
    against, kind = said("negative", "ann"), Comment("x", "ann", sentiment=Sentiment("positive", 0.0, 0.6))
    assert each_voice_once([kind, against]) == [against], "of as many of each the surest"
    assert each_voice_once([unsure]) == [unsure]
    assert each_voice_once([said(None, "bob")]) == [said(None, "bob")]


def test_who_gives_no_name_is_not_one_person() -> None:
    comments = [
        said("negative", name) for name in ("Anonymous", "anonymous", "Guest", "Гость", "匿名", "Anonymous") for _ in range(3)
    ]
    overview = survey([Story(id="s1", comments=(*comments, *[said("positive", "Guesting")] * 2))])
    assert overview.voices
    assert (overview.voices.negative, overview.voices.positive) == (18, 1)
    assert [name for name, _ in overview.writers] == ["Guesting"]


def test_days_are_in_order_and_gaps_are_left_out() -> None:
    comments = (said("negative", when="2026-03-12T10:00"), said("neutral", when="2026-03-10"), said("neutral"))
    assert [day for day, _ in survey([Story(comments=comments)]).days] == ["2026-03-10", "2026-03-12"]


def test_picks_know_their_story_and_place() -> None:
    comments = (said("positive", votes=-8), said("negative", votes=40), said("negative", votes=1), said("positive", votes=9))
    picks = dict(survey([Story(id="s1", comments=comments)]).picks)
    assert [(one.story_id, one.index) for one in picks["disputed"]] == [("s1", 1), ("s1", 0)]
    assert [one.index for one in picks["voted"]] == [1, 3, 2]
    assert {one.index for one in picks["negative"]} == {1, 2}
    assert picks["longest"][0].index == 1
    assert picks["newest"] == ()


def test_neither_one_writer_nor_one_slogan_fills_a_list() -> None:
    sure = Sentiment("negative", -0.9, 0.9)
    loud = [Comment(f"Liars, and that is point {n}", "loud", votes=50 + n, sentiment=sure) for n in range(5)]
    slogan = [Comment("Resign now" if n else " resign  NOW", f"fan {n}", votes=9, sentiment=sure) for n in range(5)]
    quiet = Comment("It is wrong", "ann", votes=3, sentiment=sure)
    picks = dict(survey([Story(id="s1", comments=(*loud, *slogan, quiet))]).picks)
    assert [one.comment.author for one in picks["disputed"]] == ["loud", "fan 0", "ann"]
    assert {one.comment.author for one in picks["negative"]} == {"loud", "fan 0", "ann"}
    assert [one.index for one in picks["longest"]] == [0, 5, 10]
    nameless = [Comment(f"No {n}", sentiment=sure) for n in range(3)]
    assert len(dict(survey([Story(id="s1", comments=tuple(nameless))]).picks)["negative"]) == 3


def test_every_figure_says_which_model_read() -> None:
    read = [replace(said("negative", "ann", f"2026-03-1{n}T10:00"), text=f"No {n}") for n in range(3)]
    story = Story(id="s1", comments=tuple(read), mood=summarise(read, "model"))
    overview = survey([story])
    told = [overview.mood, overview.voices, *(mood for _, mood in (*overview.writers, *overview.days))]
    assert {mood.tier for mood in told if mood} == {"model"}
    assert len(told) == 6


def test_what_is_usual_is_told_by_other_stories(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        angry, kind = (
            make_story(
                str(n), f"Bridge {n} closes in town", f"It is closed, number {n}", index=n, comments=comments(*[word] * 12)
            )
            for n, word in enumerate(("bad", "good"))
        )
        desk.keep([angry, kind, make_story("9", "Tunnel opens again", "It is open", source="Harbour Radio")])
        by_title = {story.title: story for one in desk.ids() if (story := desk.story(one))}
        levels = tell_readers(desk, [by_title[angry.title]]).levels
        assert [(level.outlet, level.negative, level.sure) for level in levels] == [("Test Wire", 0, 12), (None, 0, 12)]
        assert tell_readers(desk, [by_title[angry.title], by_title[kind.title]]).levels == ()
        assert [level.negative for level in tell_readers(desk, [by_title["Tunnel opens again"]]).levels] == [12]


def test_figures_are_the_same_counted_now_and_from_the_archive() -> None:
    for number in range(1, 30):
        mood = summarise([said("negative")] * number + [said("neutral")] * 11)
        assert mood
        assert Mood.from_json(mood.to_json()) == mood


def test_nothing_said_is_no_mood() -> None:
    overview = survey([Story(id="s1")])
    assert (overview.mood, overview.voices, overview.writers, overview.days) == (None, None, (), ())


def test_one_giant_thread_is_not_what_is_usual() -> None:
    level = Level.of(None, [(18_000, 20_000), *[(30, 100)] * 5, (0, 0)])
    assert (level.negative, level.sure) == (18_150, 20_500)
    assert level.share == pytest.approx((0.9 + 5 * 0.3) / 6)
    assert Level.of("A Wire", [(3, 10), (9, 10)]).share == 0.6
    assert Level.of("A Wire", []).sure == 0


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
