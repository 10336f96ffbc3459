"""The mood of many comments together: counts, and the share of negative ones with an interval that owns up to errors."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from newsdesk.model import Comment, Mood, Story
from newsdesk.tiers import Tier

_Z95 = 1.959964
# Of the comments that lack a label in error, the share that should have it.
_MISSED = 0.6
# How far mean confidence and mean rightness are apart from outlet to outlet (standard deviation).
_DRIFT = 0.06


def wilson(share: float, count: float) -> tuple[float, float]:
    """Wilson's score interval at 95 % of a share seen in `count` trials (E.B. Wilson, 1927)."""
    spread = _Z95 * _Z95 / count
    centre = (share + spread / 2) / (1 + spread)
    half = _Z95 / (1 + spread) * math.sqrt(share * (1 - share) / count + spread / (4 * count))
    return max(0.0, centre - half), min(1.0, centre + half)


def summarise(comments: Sequence[Comment], tier: Tier = "base") -> Mood | None:
    """Counts over `comments`, which `tier` read, the share of negative ones among the sure, and its interval at 95 %; None
    without comments.

    The interval is Wilson's, widened by what the model itself gets wrong (:func:`widened`).
    """
    if not comments:
        return None
    moods = [comment.sentiment for comment in comments if comment.sentiment]
    sure = [mood for mood in moods if not mood.unsure]
    labels = [mood.label for mood in sure]
    negative, count = labels.count("negative"), len(sure)
    share = round(negative / count, 3) if count else None
    counts = (negative, labels.count("neutral"), labels.count("positive"), len(moods) - count)
    own = [[mood.confidence for mood in sure if (mood.label == "negative") == wanted] for wanted in (True, False)]
    # As they are kept: told in whole percents they come out the same, counted now or from the archive.
    low, high = widened(*own) if count else (0.0, 1.0)
    interval = (round(low, 3), round(high, 3)) if count else None
    return Mood(len(comments), len(moods), *counts, share, interval, tier)


def tier_of(stories: Iterable[Story]) -> Tier:
    """Which tier speaks for stories together: the larger one where it read the comments of all of them."""
    tiers = {story.mood.tier for story in stories if story.mood and story.mood.scored}
    return "model" if tiers == {"model"} else "base"


def widened(yes: Sequence[float], no: Sequence[float]) -> tuple[float, float]:
    """An interval at 95 % for the share of a label among comments: `yes` are the confidences of those that have it, `no` of the
    others.

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
