"""What many readers say, told in more than one figure: each writer once, who writes most, over time, whom they name, and what
to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from newsdesk.model import Comment, Mood, Sentiment, Story
from newsdesk.sentiment.likely import Shares, likely
from newsdesk.sentiment.named import Named, find_named
from newsdesk.sentiment.over_time import OverTime, over_time
from newsdesk.sentiment.summary import summarise, tier_of
from newsdesk.tagging.tiers import Tier

TELLING = 3
# A reply is disputed if votes and mood pull apart at least so far: votes of this size against a sure mood.
_VOTES = 3
# What pages call those who give no name: many people.
_NOBODY = frozenset(
    "anonymous|anonymous coward|anonymous user|anon|guest|unknown|no name|name withheld|anonym|gast|anonyme|invité|anónimo|"
    "invitado|anonimo|ospite|anônimo|convidado|anoniem|anonim|gość|misafir|аноним|гость|анонім|гість|مجهول|ضيف|匿名|匿名用户|"
    "匿名さん|名無し|名無しさん|ゲスト|익명|게스트".split("|")
)


@dataclass(frozen=True, slots=True)
class Said:
    """A comment with the story that it stands under, by id, and its place there."""

    story_id: str
    index: int
    comment: Comment


@dataclass(frozen=True, slots=True)
class Overview:
    """The mood of `stories` together. `mood` counts comments, `voices` each writer once; both None without comments.

    `writers` are those with more than one comment, most first; `days` are in order, days without a comment left out, `times`
    are steps without a gap. `toxic`, `sarcastic` and `judged` (by a person) are counts of comments. The picks are the surest,
    most disputed, most voted for, longest and newest, a few of each, but for the newest no two by one writer or of the same
    words. `named` is who is mentioned, in enough comments to tell their mood. `likely`: the shares of negative, neutral and
    positive comments, misreadings allowed for; None for few sure comments, and in other languages than English, whose
    confidence isn't calibrated.
    """

    stories: int
    mood: Mood | None
    voices: Mood | None
    writers: tuple[tuple[str, Mood], ...]
    days: tuple[tuple[str, Mood], ...]
    toxic: int
    sarcastic: int
    picks: tuple[tuple[str, tuple[Said, ...]], ...]
    named: tuple[Named, ...] = ()
    times: OverTime | None = None
    judged: int = 0
    likely: Shares | None = None


def survey(stories: Sequence[Story]) -> Overview:
    """Everything that is told of the comments of `stories`, which are scored already."""
    said = [Said(story.id, index, comment) for story in stories for index, comment in enumerate(story.comments)]
    comments = [one.comment for one in said]
    moods = [comment.sentiment for comment in comments if comment.sentiment]
    tier = tier_of(stories)
    mood = summarise(comments, tier)
    return Overview(
        len(stories),
        mood,
        summarise(each_voice_once(comments), tier),
        _writers(comments, tier),
        _days(comments, tier),
        sum(mood.toxic for mood in moods),
        sum(mood.sarcasm for mood in moods),
        _picks(said),
        find_named(stories, tier),
        over_time(comments, tier),
        sum(comment.judged is not None for comment in comments),
        likely(moods, tier) if mood and mood.share_to_tell() and _in_english(stories) else None,
    )


def _in_english(stories: Iterable[Story]) -> bool:
    return all(story.language in (None, "en") for story in stories if story.comments)


def each_voice_once(comments: Iterable[Comment]) -> list[Comment]:
    """One comment a writer: of those with the writer's commonest sure label the surest. A comment without a name is a voice."""
    nameless, by_writer = _by_writer(comments)
    return nameless + [_typical(own) for own in by_writer.values()]


def _by_writer(comments: Iterable[Comment]) -> tuple[list[Comment], dict[str, list[Comment]]]:
    nameless: list[Comment] = []
    named: dict[str, list[Comment]] = {}
    for comment in comments:
        if writer := _writer(comment):
            named.setdefault(writer, []).append(comment)
        else:
            nameless.append(comment)
    return nameless, named


def _writer(comment: Comment) -> str | None:
    """The name of one person who wrote a comment."""
    return comment.author if comment.author and comment.author.casefold() not in _NOBODY else None


def _typical(comments: Sequence[Comment]) -> Comment:
    scored = [comment for comment in comments if comment.sentiment]
    sure = [comment for comment in scored if not _mood(comment).unsure]
    if not sure:
        return (scored or comments)[0]
    count = Counter(_mood(comment).label for comment in sure)
    return max(sure, key=lambda one: (count[_mood(one).label], _mood(one).confidence))


def _mood(comment: Comment) -> Sentiment:
    assert comment.sentiment is not None
    return comment.sentiment


def _writers(comments: Iterable[Comment], tier: Tier) -> tuple[tuple[str, Mood], ...]:
    _, named = _by_writer(comments)
    ranked = sorted(((name, own) for name, own in named.items() if len(own) > 1), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple((name, mood) for name, own in ranked if (mood := summarise(own, tier)))


def _days(comments: Iterable[Comment], tier: Tier) -> tuple[tuple[str, Mood], ...]:
    days: dict[str, list[Comment]] = {}
    for comment in comments:
        if comment.when:
            days.setdefault(comment.when[:10], []).append(comment)
    return tuple((day, mood) for day, own in sorted(days.items()) if (mood := summarise(own, tier)))


def _picks(said: Sequence[Said]) -> tuple[tuple[str, tuple[Said, ...]], ...]:
    sure = [one for one in said if one.comment.sentiment and not one.comment.sentiment.unsure]
    ways: dict[str, tuple[Iterable[Said], Callable[[Said], float | str]]] = {
        "negative": (_with_label(sure, "negative"), lambda one: _mood(one.comment).confidence),
        "positive": (_with_label(sure, "positive"), lambda one: _mood(one.comment).confidence),
        "disputed": (filter(_is_disputed, sure), lambda one: abs(one.comment.votes or 0)),
        "voted": (filter(lambda one: (one.comment.votes or 0) > 0, said), lambda one: one.comment.votes or 0),
        "longest": (said, lambda one: len(one.comment.text)),
        "newest": (filter(lambda one: one.comment.when, said), lambda one: one.comment.when or ""),
    }
    ranked = {name: sorted(found, key=key, reverse=True) for name, (found, key) in ways.items()}
    return tuple((name, tuple(islice(found if name == "newest" else _apart(found), TELLING))) for name, found in ranked.items())


def _apart(said: Iterable[Said]) -> Iterator[Said]:
    """Those of other writers and of other words than all before them: neither one loud voice nor one slogan fills a list."""
    writers, texts = set[str | None](), set[str]()
    for one in said:
        writer, text = _writer(one.comment), " ".join(one.comment.text.casefold().split())
        if writer not in writers and text not in texts:
            yield one
            writers.update((writer,) if writer else ())
            texts.add(text)


def _with_label(said: Iterable[Said], label: str) -> list[Said]:
    return [one for one in said if _mood(one.comment).label == label]


def _is_disputed(one: Said) -> bool:
    """Voted down though kind, or voted up though angry."""
    votes, label = one.comment.votes or 0, _mood(one.comment).label
    return (votes <= -_VOTES and label == "positive") or (votes >= _VOTES and label == "negative")
