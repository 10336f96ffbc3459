"""The likely shares of some comments: what counting labels gets wrong is made up for, and few are drawn to what is usual."""

from __future__ import annotations

import numpy as np
import pytest

from newsdesk.model import Comment, MoodLabel, Sentiment, Story
from newsdesk.sentiment.likely import chances_of, estimate, likely, likely_shares
from newsdesk.sentiment.overview import survey
from newsdesk.sentiment.weights import read_settings
from newsdesk.tagging.tiers import Tier
from newsdesk.threads.readers import likely_words

USUAL, PULL = (0.7, 0.2, 0.1), 60.0
SETTINGS = {"wrong": [[0.0, 0.7, 0.3], [0.9, 0.0, 0.1], [0.6, 0.4, 0.0]], "usual": USUAL, "pull": PULL}


def moods(negative: int, neutral: int, positive: int, confidence: float = 0.8) -> list[Sentiment]:
    counts: dict[MoodLabel, int] = {"negative": negative, "neutral": neutral, "positive": positive}
    return [Sentiment(label, 0.0, confidence) for label, count in counts.items() for _ in range(count)]


def test_a_wrong_label_leaves_its_chance_to_the_others() -> None:
    found = chances_of(np.array([0, 1, 2]), np.array([0.8, 0.5, 1.0]), np.array(SETTINGS["wrong"]))
    assert found == pytest.approx(np.array([[0.8, 0.14, 0.06], [0.45, 0.5, 0.05], [0.0, 0.0, 1.0]]))


@pytest.mark.parametrize("frequency", [(0.3, 0.5, 0.2), (0.5, 0.2, 0.3), (0.7, 0.2, 0.1)])
def test_many_comments_tell_how_frequent_classes_are_whatever_is_usual(frequency: tuple[float, float, float]) -> None:
    draw = np.random.default_rng(6)
    usual, gold = np.array(USUAL), draw.choice(3, 4000, p=frequency)
    # A reader that knows the usual frequencies, of one value a comment that tells the classes apart somewhat.
    seen = gold * 1.2 + draw.standard_normal(4000)
    odds = np.exp(-((seen[:, None] - np.arange(3) * 1.2) ** 2) / 2) * usual
    chance = odds / odds.sum(axis=1, keepdims=True)
    true, shares = np.bincount(gold) / 4000, likely_shares(chance, usual, PULL)
    assert shares.sum() == pytest.approx(1.0)
    assert shares == pytest.approx(true, abs=0.04)
    counted = np.bincount(chance.argmax(axis=1), minlength=3) / 4000
    assert np.abs(counted - true).max() > 0.06


def test_few_comments_are_drawn_to_the_usual_and_more_of_them_less_so() -> None:
    told = [estimate(np.full(count, 2), np.full(count, 0.6), SETTINGS)[2] for count in (5, 50, 500)]
    assert told == sorted(told)
    assert told[0] < 0.7 < 0.9 < told[2]


def test_groups_together_are_told_as_each_by_itself() -> None:
    draw = np.random.default_rng(2)
    label, confidence = draw.integers(3, size=(4, 20)), draw.uniform(0.4, 0.95, (4, 20))
    alone = [estimate(own, sure, SETTINGS) for own, sure in zip(label, confidence, strict=True)]
    assert estimate(label, confidence, SETTINGS) == pytest.approx(np.array(alone))


@pytest.mark.parametrize("tier", ["base", "model"])
def test_what_a_person_judged_is_certain(tier: Tier) -> None:
    assert likely(moods(6, 3, 1, 1.0), tier) == (0.6, 0.3, 0.1)
    negative, neutral, positive = likely(moods(0, 0, 40, 0.6) + moods(40, 0, 0, 1.0), tier)
    assert negative >= 0.5
    assert negative + neutral + positive == pytest.approx(1.0, abs=0.002)


@pytest.mark.parametrize("tier", ["base", "model"])
def test_shipped_chances_are_chances(tier: Tier) -> None:
    settings = read_settings()
    own = (settings["model"] if tier == "model" else settings)["likely"]
    wrong, usual = np.array(own["wrong"]), np.array(own["usual"])
    assert (np.diag(wrong) == 0).all()
    assert wrong.sum(axis=1) == pytest.approx(np.ones(3), abs=0.002)
    assert usual.sum() == pytest.approx(1.0, abs=0.002)
    assert (usual > 0).all()


def test_it_is_told_of_ten_sure_comments_in_english_and_no_fewer() -> None:
    def told(count: int, *languages: str | None) -> object:
        said = tuple(Comment("x", sentiment=one) for one in moods(count - 2, 1, 1))
        return survey([Story(id=f"s{n}", language=language, comments=said) for n, language in enumerate(languages)]).likely

    assert told(9, "en") is None
    assert told(10, "en") == told(10, None) == likely(moods(8, 1, 1), "base")
    assert told(5, "en", None) is not None
    assert told(10, "en", "de") is None
    unsure = [Comment("x", sentiment=Sentiment("positive", 0.0, 0.4, unsure=True))] * 9
    sure = [Comment("x", sentiment=one) for one in moods(8, 1, 1)]
    assert survey([Story(id="s", comments=(*sure[1:], *unsure))]).likely is None
    all_ten = survey([Story(id="s", comments=(*sure, *unsure))]).likely
    assert all_ten == likely([one.sentiment for one in (*sure, *unsure) if one.sentiment], "base")
    quiet = Story(id="q", language="de")
    assert survey([quiet, Story(id="s", comments=tuple(sure))]).likely
    assert likely_words((0.684, 0.216, 0.1)) == "68% negative, 22% neutral, 10% positive, misreadings allowed for"
