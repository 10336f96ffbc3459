"""Whether a story in memory matches a query: the same answer as the archive's SQL gives for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from newsdesk.model import Comment, Json, Mood, Story
from newsdesk.query.moments import story_minute
from newsdesk.query.patterns import pattern_found
from newsdesk.query.terms import (
    And,
    ArrivedAfter,
    Between,
    CommentHas,
    Comments,
    CountryIs,
    Field,
    Is,
    LanguageIs,
    MoodIs,
    MoodWord,
    Not,
    Or,
    PublishedIn,
    Regex,
    SinceLastLook,
    SinceLastRun,
    SinceLastVisit,
    SourceIs,
    StorylineIs,
    Term,
    TopicIs,
    Words,
    asks,
)
from newsdesk.query.words import holds, index_words

_CARRIED: Final = "carried by"  # of a story's extra keys


def body_parts(story: Story) -> tuple[str, ...]:
    """What ``body:`` searches: highlights, paragraphs, and the lines that go with them."""
    return (*story.highlights, *story.body, *filter(None, (story.byline, story.dateline)))


def source_parts(story: Story) -> tuple[str, ...]:
    """What ``source:`` searches: agency and outlet, the tags that the settings give the story's feed, and the same of the other
    places that gave it."""
    return tuple(filter(None, (story.source, story.outlet, *names_in(story.extra))))


def names_in(extra: Mapping[str, Json]) -> list[str]:
    """The names by which ``source:`` finds a story with these extra keys, beside agency and outlet."""
    listed = [extra[key] for key in ("tags", _CARRIED) if isinstance(extra.get(key), list | tuple)]
    return [name for names in listed for name in names if isinstance(name, str)]


def with_names(story: Story, names: Iterable[str]) -> Story:
    """The story, to be found by these names of who carried it as well."""
    known = source_parts(story)
    more = [name for name in dict.fromkeys(names) if name not in known]
    before = story.extra.get(_CARRIED)
    carried = [*(before if isinstance(before, list | tuple) else ()), *more]
    return story.with_(extra={**story.extra, _CARRIED: carried}) if more else story


def leading_mood(negative: int, neutral: int, positive: int, unsure: int) -> MoodWord:
    """The mood with the largest count; "mixed" where no one leads, "none" where nothing is scored."""
    if negative + neutral + positive + unsure == 0:
        return "none"
    if negative > max(neutral, positive):
        return "negative"
    if positive > max(negative, neutral):
        return "positive"
    return "neutral" if neutral > max(negative, positive) else "mixed"


def mood_of(mood: Mood | None) -> MoodWord:
    return leading_mood(mood.negative, mood.neutral, mood.positive, mood.unsure) if mood else "none"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a story doesn't say of itself: the person's marks, and when it came (`arrived`, `run_start`, `visit`:
    arrival numbers). `muted`: its source or outlet is; lists have it only where they are asked for such. `fresh`: it is new
    in a follow."""

    read: bool = False
    starred: bool = False
    followed: bool = False
    seen: str = ""
    arrived: int = 1
    run_start: int = 0
    visit: int = 0
    muted: bool = False
    fresh: bool = False


@dataclass(slots=True)
class _Candidate:
    story: Story
    facts: Facts
    _columns: dict[str, list[str]] = field(default_factory=dict)

    def parts(self, column: str) -> tuple[str, ...]:
        story = self.story
        if column == "title":
            return (story.title,) if story.title else ()
        return body_parts(story) if column == "body" else source_parts(story)

    def tokens(self, column: str) -> list[str]:
        if column not in self._columns:
            self._columns[column] = index_words("\n".join(self.parts(column)))
        return self._columns[column]


def columns_of(wanted: Field) -> tuple[str, ...]:
    """The text columns that a field searches."""
    return ("title", "body", "source") if wanted == "any" else (wanted,)


def _words(term: Words, at: _Candidate) -> bool:
    return any(holds(at.tokens(column), term.tokens, term.prefix) for column in columns_of(term.field))


def _regex(term: Regex, at: _Candidate) -> bool:
    columns = columns_of(term.field)
    return any(pattern_found(term.pattern, at.parts(column)) for column in columns if column != "source")


def _is(term: Is, at: _Candidate) -> bool:
    facts = at.facts
    flags = {"unread": not facts.read, "read": facts.read, "starred": facts.starred, "followed": facts.followed}
    flags["muted"] = facts.muted
    return at.story.revision > 1 if term.flag == "changed" else flags[term.flag]


def _storyline(term: StorylineIs, at: _Candidate) -> bool:
    line = at.story.storyline
    if line is None:
        return False
    if term.prefix and line.id.startswith(term.prefix):
        return True
    held, (*whole, last) = set(index_words(line.title)), term.tokens
    return held.issuperset(whole) and (any(word.startswith(last) for word in held) if term.open_end else last in held)


def _between(term: Between, at: _Candidate) -> bool:
    minute = story_minute(at.story.published, at.facts.seen)
    return (term.low is None or minute >= term.low) and (term.high is None or minute < term.high)


def _comments(term: Comments, at: _Candidate) -> bool:
    number = len(at.story.comments)
    return term.low <= number and (term.high is None or number <= term.high)


def comment_has(term: CommentHas, comment: Comment) -> bool:
    """Whether this comment is one that `term` looks for."""
    text = comment.text if term.part == "text" else comment.author
    return text is not None and holds(index_words(text), term.tokens, term.prefix)


_DECIDE: Mapping[type, Callable[[Any, _Candidate], bool]] = {
    Words: _words,
    Regex: _regex,
    SourceIs: lambda term, at: holds(at.tokens("source"), term.tokens, term.prefix),
    TopicIs: lambda term, at: bool((set(at.story.topic_ids()) or {""}) & set(term.topics)),
    CountryIs: lambda term, at: term.code in ({country.code for country in at.story.countries} or {""}),
    LanguageIs: lambda term, at: term.code == (at.story.language or ""),
    PublishedIn: lambda term, at: term.code == (at.story.published_in or ""),
    StorylineIs: _storyline,
    Is: _is,
    Comments: _comments,
    CommentHas: lambda term, at: any(comment_has(term, comment) for comment in at.story.comments),
    MoodIs: lambda term, at: term.mood == mood_of(at.story.mood),
    Between: _between,
    SinceLastRun: lambda term, at: at.facts.arrived > at.facts.run_start,
    SinceLastVisit: lambda term, at: at.facts.arrived > at.facts.visit,
    SinceLastLook: lambda term, at: at.facts.fresh,
    ArrivedAfter: lambda term, at: at.facts.arrived > term.number,
    And: lambda term, at: all(_decide(part, at) for part in term.terms),
    Or: lambda term, at: any(_decide(part, at) for part in term.terms),
    Not: lambda term, at: not _decide(term.term, at),
}


def _decide(term: Term, at: _Candidate) -> bool:
    return _DECIDE[type(term)](term, at)


def matches(term: Term | None, story: Story, facts: Facts | None = None) -> bool:
    """Whether `story` matches `term` (None matches everything), given what is known of it beside its text."""
    facts = facts or Facts()
    if facts.muted and not asks(term, "muted"):
        return False
    return term is None or _decide(term, _Candidate(story, facts))
