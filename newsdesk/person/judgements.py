"""What a person said of comments' moods, kept in the notebook and put over what the models say. Pure.

A judgement is of a story and of what somebody wrote there, not of a place in the thread: it stays with its comment when the
thread grows or shrinks, when the story is revised, and when votes change. A comment that was edited is still the same where its
author and moment name one in the thread (as in :mod:`newsdesk.threads.discussions`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal, TypeAlias, get_args

from newsdesk.model import Comment, Json, Judgement, MoodLabel, Sentiment, Story
from newsdesk.threads.quoted_lines import without_marks

Said: TypeAlias = Literal["negative", "neutral", "positive", "none", "machine"]
SAID: Final = get_args(Said)
Docs: TypeAlias = Sequence[Mapping[str, Json]]

SAYS: Final[Mapping[str, str]] = {"none": "not scored", "machine": "what the models say", **{one: one for one in SAID[:3]}}
WHY = "a person said so"
_SCORES: Mapping[str, float] = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}
_SHOWN_CHARS = 80  # of the comment, so that a person who reads the notebook knows what was meant


def note_of(story_id: str, comment: Comment, said: Said) -> dict[str, Json]:
    """A judgement as the notebook keeps it."""
    return {
        "id": _digest(story_id, comment.author or "", comment.text),
        "story": story_id,
        "author": comment.author,
        "when": comment.when,
        "begins": comment.text[:_SHOWN_CHARS],
        "said": said,
    }


def _digest(*parts: str) -> str:
    import hashlib  # takes time that someone who only reads need not spend

    return hashlib.blake2b("\x00".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def by_story(docs: Docs) -> dict[str, Docs]:
    """The notebook's judgements by the story that they are of."""
    found: dict[str, list[Mapping[str, Json]]] = {}
    for doc in docs:
        found.setdefault(str(doc["story"]), []).append(doc)
    return dict(found)


def put_over(story: Story, docs: Docs) -> Story:
    """`story` with what the person said of its comments, and nothing that was said before and taken back since."""
    if not docs and not any(comment.judged for comment in story.comments):
        return story
    said = _match(story, docs)
    comments = tuple(_judged(comment, said.get(at)) for at, comment in enumerate(story.comments))
    if comments == story.comments:
        return story
    from newsdesk.sentiment.summary import summarise

    mood = summarise(comments, story.mood.tier if story.mood else "base")
    if mood and story.mood:
        mood = replace(mood, reader=story.mood.reader)
    return story.with_(comments=comments, mood=mood)


def as_read(story: Story) -> Story:
    """`story` with what the models said alone."""
    if not any(comment.judged for comment in story.comments):
        return story
    return story.with_(comments=tuple(_judged(comment, None) for comment in story.comments))


def is_there(story: Story, doc: Mapping[str, Json]) -> bool:
    """Whether the comment that a judgement is of is in the story's thread."""
    return bool(_match(story, [doc]))


def standing(story: Story, wanted: Mapping[str, Json], docs: Docs) -> Mapping[str, Json] | None:
    """The one of `docs` that stands for the comment that `wanted` is of."""
    found = _match(story, docs)
    return next((found[at] for at in _match(story, [wanted]) if at in found), None)


def _judged(comment: Comment, doc: Mapping[str, Json] | None) -> Comment:
    read = comment.judged.read if comment.judged else comment.sentiment
    if doc is None:
        return replace(comment, sentiment=read, judged=None) if comment.judged else comment
    label: MoodLabel | None = None if doc["said"] == "none" else doc["said"]
    return replace(comment, sentiment=_sentiment(label, read), judged=Judgement(label, read))


def _sentiment(label: MoodLabel | None, read: Sentiment | None) -> Sentiment | None:
    """A person is sure. Toxicity stays what was read; mockery too, but for one who is called positive."""
    if label is None:
        return None
    mocks = read is not None and read.sarcasm and label != "positive"
    return Sentiment(label, _SCORES[label], 1.0, False, mocks, read is not None and read.toxic, (WHY,))


def _match(story: Story, docs: Docs) -> dict[int, Mapping[str, Json]]:
    """Which comments the judgements are of, by index: first by author and text, else by author and moment."""
    if not docs:
        return {}
    by_id = {doc["id"]: doc for doc in docs}
    found: dict[int, Mapping[str, Json]] = {}
    signed: dict[tuple[str, str], list[int]] = {}
    for at, comment in enumerate(story.comments):
        doc = by_id.get(_digest(story.id, comment.author or "", comment.text))
        if doc is None and (plain := without_marks(comment.text)) != comment.text:  # as it was when quotations had no marks
            doc = by_id.get(_digest(story.id, comment.author or "", plain))
        if doc is not None:
            found[at] = doc
        if comment.author and comment.when:
            signed.setdefault((comment.author, comment.when), []).append(at)
    met = {doc["id"] for doc in found.values()}
    for doc in docs:
        places = signed.get((doc["author"] or "", doc["when"] or ""), []) if doc["id"] not in met else []
        if len(places) == 1 and places[0] not in found:
            found[places[0]] = doc
    return found


def labels(stories: Iterable[Story]) -> Iterator[dict[str, Json]]:
    """The judged comments as labelled examples: text, headline, what is answered, the person's label (None: not to be scored)
    and what a model had said."""
    from newsdesk.tagging.tagger import answered

    for story in stories:
        for at, comment in enumerate(story.comments):
            if comment.judged is None:
                continue
            read = comment.judged.read
            yield {
                "story": story.id,
                "index": at,
                "text": comment.text,
                "title": story.title,
                "parent": answered(story.comments, at),
                "language": story.language,
                "label": comment.judged.label,
                "sarcasm": bool(comment.sentiment and comment.sentiment.sarcasm),
                "read": read.to_json() if read else None,
            }
