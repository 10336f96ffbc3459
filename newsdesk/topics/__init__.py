"""What a story is about: the 17 IPTC Media Topics, up to three a story, with the words that speak for each.

Three sources of evidence come together as log-odds: a trained model for English (:mod:`newsdesk.topics.model`), word lists
for other languages (:mod:`newsdesk.topics.lexicon`), and what the story's source says itself
(:mod:`newsdesk.topics.hints`). Where a language has neither model nor list, only the hints speak. Below an English story's
topics stand narrower ones (:mod:`newsdesk.topics.narrower`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsdesk.model import Story, Topic
from newsdesk.topics.names import TOPICS

if TYPE_CHECKING:  # texts are cut with numpy, which whoever only asks for a name never pays
    from newsdesk.words.cutting import Cut

__all__ = ["TOPICS", "tag_topics", "tag_topics_many"]


def tag_topics(story: Story, language: str | None) -> tuple[Topic, ...]:
    """The topics of `story`, best first, at most three; none where nothing speaks clearly enough.

    `language` is ISO 639-1, or None where it is not known. A score is the chance that the topic fits, by this evidence.
    """
    return tag_topics_many((story,), (language,))[0]


def tag_topics_many(
    stories: Sequence[Story], languages: Sequence[str | None], cuts: Sequence[Cut] | None = None
) -> list[tuple[Topic, ...]]:
    """As :func:`tag_topics`, of many stories, each with its language, in less time. `cuts` are their words, where they are cut
    already."""
    from newsdesk.topics.choosing import tag_many

    return tag_many(stories, languages, cuts)
