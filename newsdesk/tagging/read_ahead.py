"""Comments that the larger model reads before their stories are tagged: bit by bit, so that whoever waits sees how far it is.

It reads some hundred comments a second, and a thread may have 20,000. What it said is remembered
(:mod:`newsdesk.sentiment.encoder`), so that tagging the stories afterwards finds it there. The base tier is fast enough to need
nothing of this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsdesk.model import Story
from newsdesk.tagging.tiers import reader, tier

AT_ONCE = 256  # comments, about half a second
_MOST = 40_000  # beyond them what was said first would be forgotten before it is asked for


def read_ahead(stories: Sequence[Story]) -> Iterator[tuple[int, int]]:
    """Read the comments of `stories` that tagging will ask for; how many are done, and of how many, after each bit. Nothing
    where they are few, or where the base tier reads."""
    if tier() != "model" or sum(len(story.comments) for story in stories) <= AT_ONCE:
        return
    asked = [one for story in stories for one in _asked(story)][:_MOST]
    if len(asked) <= AT_ONCE:
        return
    from newsdesk.sentiment.encoder import load_encoder

    encoder = load_encoder()
    for begin in range(0, len(asked), AT_ONCE):
        encoder.read(asked[begin : begin + AT_ONCE])
        yield min(begin + AT_ONCE, len(asked)), len(asked)


def _asked(story: Story) -> list[str]:
    """What tagging asks the encoder about a story: its English comments that have words, as it reads them, but for those that
    it has read."""
    from newsdesk.sentiment import has_words
    from newsdesk.sentiment.emoji import read_aloud
    from newsdesk.sentiment.lines import own_words
    from newsdesk.tagging.tagger import answered, comment_language, detect_language

    known = story.mood is not None and story.mood.reader == reader()
    language = story.language or (detect_language(story) if story.comments else None)
    return [
        read_aloud(own_words(comment.text, answered(story.comments, at)))
        for at, comment in enumerate(story.comments)
        if not (known and comment.sentiment)
        and has_words(comment.text)
        and (comment_language(comment, language) or "en") == "en"
    ]
