"""The mood of many comments together: counts, and the share of negative ones with an interval that owns up to errors."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsdesk.model import Comment, Mood, Sentiment, Story
from newsdesk.sentiment.weights import read_settings
from newsdesk.tagging.tiers import Tier

_Z95 = 1.959964
# Of the comments that lack a label in error, the share that should have it.
_MISSED = 0.6
# How far mean confidence and mean rightness are apart from outlet to outlet (standard deviation).
_DRIFT = 0.06


class Told(NamedTuple):
    """What is told of some comments' share of negative ones: the share that was counted; the one that is to be expected, the
    mean of the comments' chances; and the variance of the true share around that, if each is right or wrong by itself."""

    counted: float
    expected: float
    variance: float


def wilson(share: float, count: float) -> tuple[float, float]:
    """Wilson's score interval at 95 % of a share seen in `count` trials (E.B. Wilson, 1927)."""
    spread = _Z95 * _Z95 / count
    centre = (share + spread / 2) / (1 + spread)
    half = _Z95 / (1 + spread) * math.sqrt(share * (1 - share) / count + spread / (4 * count))
    return max(0.0, centre - half), min(1.0, centre + half)


def summarise(comments: Sequence[Comment], tier: Tier = "base") -> Mood | None:
    """Counts over `comments`, which `tier` read, the share of negative ones among the sure, and its interval at 95 %; None
    without comments.

    The interval is of the true share among these comments, the sure ones, not of readers at large. A comment is negative by the
    chance that its confidence gives; the true share is expected at the mean of the chances (see :func:`around`). What a person
    judged is certain. How far the chances are off on a thread was measured by the recipe (``training/mood/interval.py``, the
    settings' ``interval``): the interval covers 95 % of threads of which six to nine tenths are negative, as labelled stories
    have them, and fewer of those that are much kinder.
    """
    if not comments:
        return None
    moods = [comment.sentiment for comment in comments if comment.sentiment]
    sure = [mood for mood in moods if not mood.unsure]
    labels = [mood.label for mood in sure]
    negative, count = labels.count("negative"), len(sure)
    counts = (negative, labels.count("neutral"), labels.count("positive"), len(moods) - count)
    if not count:
        return Mood(len(comments), len(moods), *counts, None, None, tier)
    low, high = _interval(sure, tier)
    # As they are kept: told in whole percents they come out the same, counted now or from the archive.
    return Mood(len(comments), len(moods), *counts, round(negative / count, 3), (round(low, 3), round(high, 3)), tier)


def _interval(sure: Sequence[Sentiment], tier: Tier) -> tuple[float, float]:
    settings = read_settings()
    own = (settings["model"] if tier == "model" else settings)["interval"]
    missed, count = own["missed"], len(sure)
    chances = [mood.confidence if mood.label == "negative" else missed * (1 - mood.confidence) for mood in sure]
    counted = sum(mood.label == "negative" for mood in sure) / count
    told = Told(counted, sum(chances) / count, sum(one * (1 - one) for one in chances) / count**2)
    guessed = sum(mood.confidence < 1 for mood in sure) / count
    return around(told, own["drift"] * guessed)


def around(told: Told, drift: float) -> tuple[float, float]:
    """The interval at 95 % of a true share: Wilson's around the expected one, of so many trials as have that variance, widened
    by `drift` (the standard deviation of how far all chances are off together), and reaching to the share that was counted.

    Wilson's lies nearer to a half than the expected share does, which helps where an outlet's readers are kinder than those
    that the chances were calibrated on.
    """
    counted, expected, variance = told
    low, high = wilson(expected, expected * (1 - expected) / variance) if variance else (expected, expected)
    low, high = expected - math.hypot(expected - low, _Z95 * drift), expected + math.hypot(high - expected, _Z95 * drift)
    return max(0.0, min(counted, low)), min(1.0, max(counted, high))


def tier_of(stories: Iterable[Story]) -> Tier:
    """Which tier speaks for stories together: the larger one where it read the comments of all of them."""
    tiers = {story.mood.tier for story in stories if story.mood and story.mood.scored}
    return "model" if tiers == {"model"} else "base"


def widened(yes: Sequence[float], no: Sequence[float]) -> tuple[float, float]:
    """An interval at 95 % for the share of a label among all who might have commented, by which groups of comments are
    compared: `yes` are the confidences of those that have the label, `no` of the others.

    Wilson's for the sampling; its halves lengthened so that the variances of independent mislabelling and of a calibration that
    is off for this outlet (:data:`_DRIFT`) add up with it; and reaching from the share that was counted to the one that the
    confidences themselves expect, since mistakes lean one way: what is called negative in error is not made up for.
    """
    count = len(yes) + len(no)
    share = len(yes) / count
    expected = (sum(yes) + _MISSED * sum(1 - sure for sure in no)) / count
    low, high = wilson(share, count)
    apart = _Z95 * math.hypot(math.sqrt(sum(sure * (1 - sure) for sure in (*yes, *no))) / count, _DRIFT)
    return (
        max(0.0, min(share, expected) - math.hypot(share - low, apart)),
        min(1.0, max(share, expected) + math.hypot(high - share, apart)),
    )
