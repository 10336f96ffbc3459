"""What newsdesk finds out about a story by itself: language, topics, countries, and the mood of its comments.

The composition of the taggers: the same story gets the same tags in every run, and each tag says why it is there.
Storylines are not here, since they are a matter between stories.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from newsdesk.countries import outlet_country, tag_countries_many
from newsdesk.language import detect, detect_plain
from newsdesk.log import record_crash
from newsdesk.model import Comment, Country, Story, Topic
from newsdesk.processes.collecting import collector_at_rest
from newsdesk.sentiment import score_many, summarise
from newsdesk.tagging.tiers import Tier, reader, tier
from newsdesk.topics import tag_topics_many
from newsdesk.words.cutting import Cut, cut

# A language is told from the beginning of a text; more of it costs time and changes nothing.
_SAMPLE_CHARS = 2000
# Detection of shorter comments is a guess, and the story's language the better one.
_TELLING_CHARS = 40
# What taggers that work cope with.
_PLAIN = Story(title="Ministers met in Paris on Monday", comments=(Comment("Well said, thank you."),))


def tag(story: Story) -> Story:
    """`story` with language, topics, countries, `published_in`, a sentiment on each comment that can be scored, and mood.

    Tags that the story came with are replaced, but for its `language` and `published_in`, which a source knows better.
    """
    return tag_many((story,))[0]


def tag_many(stories: Sequence[Story], cuts: Sequence[Cut] | None = None) -> list[Story]:
    """As :func:`tag`, of each story; many at a time take less time. `cuts` are their texts, where they are cut already.

    A story that the taggers can't cope with is left without tags and says why (`unlabelled`), the log at length: it would keep
    all that come with it and after it from being tagged. Where they cope with none, the error is raised.
    """
    with collector_at_rest():
        return _tag_apart(stories, cut(stories) if cuts is None else cuts)


def _tag_apart(stories: Sequence[Story], cuts: Sequence[Cut]) -> list[Story]:
    try:
        return _tag_together(stories, cuts)
    except Exception as error:
        if len(stories) == 1:
            _tag_together((_PLAIN,), cut((_PLAIN,)))
            return [_without_tags(stories[0], record_crash(error, os.environ))]
    half = len(stories) // 2
    return [*_tag_apart(stories[:half], cuts[:half]), *_tag_apart(stories[half:], cuts[half:])]


def _tag_together(stories: Sequence[Story], cuts: Sequence[Cut]) -> list[Story]:
    languages = detect_languages(stories, cuts)
    topics = tag_topics_many(stories, languages, cuts)
    countries = tag_countries_many(stories, languages, cuts)
    return [_with_tags(*known) for known in zip(stories, languages, topics, countries, strict=True)]


def _without_tags(story: Story, why: str) -> Story:
    comments = tuple(replace(comment, sentiment=None) for comment in story.comments)
    return replace(story, topics=(), countries=(), comments=comments, mood=summarise(comments, tier()), unlabelled=why)


def _with_tags(story: Story, language: str | None, topics: tuple[Topic, ...], countries: tuple[Country, ...]) -> Story:
    comments = tag_comments(story, language)
    mood = summarise(comments, _tier_of(story, language))
    return replace(
        story,
        language=language,
        topics=topics,
        countries=countries,
        published_in=story.published_in or outlet_country(story.outlet, story.url),
        comments=comments,
        mood=replace(mood, reader=reader()) if mood else None,
    )


def detect_languages(stories: Sequence[Story], cuts: Sequence[Cut]) -> list[str | None]:
    """The language of each story, its own where it came with one; `cuts` are their texts."""
    unknown = [place for place, story in enumerate(stories) if not story.language]
    plain = dict(zip(unknown, detect_plain([cuts[place].body for place in unknown]), strict=True))
    return [story.language or plain[place] or detect_language(story) for place, story in enumerate(stories)]


def detect_language(story: Story) -> str | None:
    """ISO 639-1 of the story's own words (title, highlights, body), or of its comments where it has none; None if unclear."""
    own = "\n".join(filter(None, (story.title, *story.highlights, *story.body)))[:_SAMPLE_CHARS]
    found = detect(own) if own else None
    if found or not story.comments:
        return found
    said = "\n".join(comment.text[:_SAMPLE_CHARS] for comment in story.comments[:20])[:_SAMPLE_CHARS]
    return detect(said)


def tag_comments(story: Story, language: str | None) -> tuple[Comment, ...]:
    """The story's comments with a sentiment each (None where none can be given), in their order.

    What this same encoder said of a comment that came with it is kept: it is slow, and a thread is read again every hour.
    """
    comments = story.comments
    if not comments:
        return ()
    kept = story.mood is not None and tier() == "model" and story.mood.reader == reader()
    asked = [at for at, comment in enumerate(comments) if not (kept and comment.sentiment)]
    scores = score_many(
        [comments[at].text for at in asked],
        titles=[story.title] * len(asked),
        parents=[answered(comments, at) for at in asked],
        languages=[comment_language(comments[at], language) for at in asked],
    )
    said = dict(zip(asked, scores, strict=True))
    return tuple(replace(comment, sentiment=said.get(at, comment.sentiment)) for at, comment in enumerate(comments))


def _tier_of(story: Story, language: str | None) -> Tier:
    """Which tier read the story's comments: the encoder reads English alone."""
    of = tier()
    if of == "model" and not any((comment_language(comment, language) or "en") == "en" for comment in story.comments):
        return "base"
    return of


def answered(comments: Sequence[Comment], index: int) -> str | None:
    """The text that a comment answers: of the comment it replies to, else the one that came with it."""
    comment = comments[index]
    if comment.reply_to is not None and 0 <= comment.reply_to < len(comments) and comment.reply_to != index:
        return comments[comment.reply_to].text
    return comment.answers


def comment_language(comment: Comment, language: str | None) -> str | None:
    """The comment's own language where it is long enough to tell, else the story's."""
    text = comment.text[:_SAMPLE_CHARS]
    if len(text) < _TELLING_CHARS and text.isascii():
        return language
    return detect(text) or language
