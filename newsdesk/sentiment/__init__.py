"""The mood of reader comments: negative, neutral or positive, with sarcasm and toxicity apart, and the words that say so."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from newsdesk.model import Comment, Mood, MoodLabel, Sentiment

_BAD = frozenset(
    "bad worst stupid idiot liar lies corrupt disgusting shame terrible pathetic joke fool useless hate kill evil no not never".split()
)
_GOOD = frozenset("good great thanks thank love glad happy excellent best hope agree well congratulations bravo beautiful".split())
_WORD = re.compile(r"\w+")


def score(text: str, title: str | None = None, parent: str | None = None, language: str | None = None) -> Sentiment | None:
    """The mood of one comment; null if it can't be scored."""
    return score_many([text], [title], [parent], [language])[0]


def score_many(
    texts: Sequence[str],
    titles: Sequence[str | None] | None = None,
    parents: Sequence[str | None] | None = None,
    languages: Sequence[str | None] | None = None,
) -> list[Sentiment | None]:
    """As :func:`score`, for many comments at once."""
    return [_score(text) for text in texts]


def _score(text: str) -> Sentiment | None:
    words = set(_WORD.findall(text[:4000].lower()))
    if not words:
        return None
    bad, good = sorted(words & _BAD), sorted(words & _GOOD)
    value = (len(good) - len(bad) - 0.5) / (len(good) + len(bad) + 1)
    label: MoodLabel = "positive" if value > 0.2 else "negative"
    return Sentiment(label, value, 0.6, why=tuple(bad + good)[:4])


def summarise(comments: Sequence[Comment]) -> Mood | None:
    """Counts over `comments` with the Wilson interval of the negative share at 95 %; null without comments."""
    if not comments:
        return None
    moods = [comment.sentiment for comment in comments if comment.sentiment]
    sure = [mood.label for mood in moods if not mood.unsure]
    negative, n = sure.count("negative"), len(sure)
    interval = _wilson(negative / n, n) if n else None
    counts = (negative, sure.count("neutral"), sure.count("positive"), len(moods) - n)
    return Mood(len(comments), len(moods), *counts, negative / n if n else None, interval)


def _wilson(share: float, n: float, z: float = 1.96) -> tuple[float, float]:
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)
