"""The mood of many comments together: counts, and the share of negative ones with an interval that owns up to errors."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from newsdesk.model import Comment, Mood, Story
from newsdesk.tiers import Tier

_Z95 = 1.959964


def wilson(share: float, count: float, z: float = _Z95) -> tuple[float, float]:
    """Wilson's score interval of a share seen in `count` trials (E.B. Wilson, 1927)."""
    spread = z * z / count
    centre = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / count + spread / (4 * count))
    return max(0.0, centre - half), min(1.0, centre + half)


def summarise(comments: Sequence[Comment], tier: Tier = "base") -> Mood | None:
    """Counts over `comments`, which `tier` read, the share of negative ones among the sure, and its interval at 95 %; null
    without comments.

    The interval is Wilson's, widened by what the model itself gets wrong: a share may be off by as much as the comments that
    it is expected to have mislabelled, by its own calibrated confidences, taken as independent errors in either direction.
    """
    if not comments:
        return None
    moods = [comment.sentiment for comment in comments if comment.sentiment]
    sure = [mood for mood in moods if not mood.unsure]
    labels = [mood.label for mood in sure]
    negative, count = labels.count("negative"), len(sure)
    share = negative / count if count else None
    counts = (negative, labels.count("neutral"), labels.count("positive"), len(moods) - count)
    interval = None if share is None else widened(share, [mood.confidence for mood in sure])
    return Mood(len(comments), len(moods), *counts, share, interval, tier)


def tier_of(stories: Iterable[Story]) -> Tier:
    """Which tier speaks for stories together: the larger one where it read the comments of all of them."""
    tiers = {story.mood.tier for story in stories if story.mood and story.mood.scored}
    return "model" if tiers == {"model"} else "base"


def widened(share: float, confidences: Sequence[float]) -> tuple[float, float]:
    """Wilson's interval of `share`, each half lengthened so that variances of sampling and of mislabelling add up."""
    count = len(confidences)
    low, high = wilson(share, count)
    mislabelled = _Z95 * math.sqrt(sum(sure * (1 - sure) for sure in confidences)) / count
    return (
        max(0.0, share - math.hypot(share - low, mislabelled)),
        min(1.0, share + math.hypot(high - share, mislabelled)),
    )
