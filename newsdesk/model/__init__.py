"""What a story is: the frozen values that every other part passes on.

Text in these values is clean (see :mod:`newsdesk.text`): fetchers clean it when they build them. Times that a page or feed
printed are strings, as printed (``2025-02-28T10:40-05:00``, ``2023-11-03``); a zone is never guessed. Moments that newsdesk
records itself are UTC strings that end in ``Z``. The JSON form (:meth:`Story.to_json`) is the outside contract.
"""

from __future__ import annotations

from newsdesk.jsontext import Json
from newsdesk.model.comment import FEWEST_FOR_SHARE, Comment, Judgement, Mood, MoodLabel, Sentiment
from newsdesk.model.label import Concept, Country, Labelling, Topic
from newsdesk.model.story import Origin, Status, Story, Storyline, StorylineRef

__all__ = [
    "FEWEST_FOR_SHARE",
    "Comment",
    "Concept",
    "Country",
    "Json",
    "Judgement",
    "Labelling",
    "Mood",
    "MoodLabel",
    "Origin",
    "Sentiment",
    "Status",
    "Story",
    "Storyline",
    "StorylineRef",
    "Topic",
]
