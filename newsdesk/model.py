"""What a story is: the frozen values that every other part passes on.

Text in these values is clean (see :mod:`newsdesk.text`): fetchers clean it when they build them. Times that a page or feed
printed are strings, as printed (``2025-02-28T10:40-05:00``, ``2023-11-03``); a zone is never guessed. Moments that newsdesk
records itself are UTC strings that end in ``Z``. The JSON form (:meth:`Story.to_json`) is the outside contract.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

Json: TypeAlias = Any
MoodLabel: TypeAlias = Literal["negative", "neutral", "positive"]
Status: TypeAlias = Literal["usable", "embargoed", "withheld", "canceled"]

FEWEST_FOR_SHARE = 10  # comments that a mood is told of, below which no percentage is given


@dataclass(frozen=True, slots=True)
class Sentiment:
    """A comment's mood. `score` runs from -1 (most negative) to +1; `confidence` is the chance that `label` is right."""

    label: MoodLabel
    score: float
    confidence: float
    unsure: bool = False
    sarcasm: bool = False
    toxic: bool = False
    why: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Json]:
        return {
            "label": self.label,
            "score": round(self.score, 3),
            "confidence": round(self.confidence, 3),
            "unsure": self.unsure,
            "sarcasm": self.sarcasm,
            "toxic": self.toxic,
            "why": list(self.why),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Sentiment:
        told = data["label"], data["score"], data["confidence"], data["unsure"], data["sarcasm"], data["toxic"]
        return cls(*told, tuple(data["why"]))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person said of a comment's mood: `label`, null where it is not to be scored; `read` is what a model had said."""

    label: MoodLabel | None
    read: Sentiment | None = None

    def to_json(self) -> dict[str, Json]:
        return {"label": self.label, "read": self.read.to_json() if self.read else None}

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Judgement:
        return cls(data["label"], Sentiment.from_json(data["read"]) if data["read"] else None)


@dataclass(frozen=True, slots=True)
class Comment:
    """One reader's comment. `text` joins its paragraphs with newlines; `reply_to` is an index into the story's comments.

    `answers` is the text of the comment replied to, where a source gives it without giving the comment itself. `seen` is when
    newsdesk first read it in its thread (UTC, ``Z``); null where it came with the story. `judged` is a person's word on its
    mood; where there is one, `sentiment` is that.
    """

    text: str
    author: str | None = None
    when: str | None = None
    votes: int | None = None
    reply_to: int | None = None
    answers: str | None = None
    sentiment: Sentiment | None = None
    seen: str | None = None
    judged: Judgement | None = None

    def to_json(self) -> dict[str, Json]:
        return {
            "author": self.author,
            "text": self.text,
            "when": self.when,
            "votes": self.votes,
            "reply_to": self.reply_to,
            "sentiment": self.sentiment.to_json() if self.sentiment else None,
            "seen": self.seen,
            "judged": self.judged.to_json() if self.judged else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Comment:
        mood, judged = data.get("sentiment"), data.get("judged")
        return cls(  # by place: a thread may have 20,000, and names cost a fifth of the time
            data["text"],
            data["author"],
            data["when"],
            data["votes"],
            data["reply_to"],
            data.get("answers"),
            Sentiment.from_json(mood) if mood else None,
            data.get("seen"),
            Judgement.from_json(judged) if judged else None,
        )


@dataclass(frozen=True, slots=True)
class Concept:
    """An IPTC Media Topic below the top level (``medtop:20000574``, election) and the words that speak for it."""

    id: str
    name: str
    why: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Json]:
        return {"id": self.id, "name": self.name, "why": list(self.why)}

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Concept:
        return cls(data["id"], data["name"], tuple(data["why"]))


@dataclass(frozen=True, slots=True)
class Topic:
    """A top-level IPTC Media Topic (``medtop:11000000``) with a score from 0 to 1 and the words that speak for it.

    `narrower` are concepts below it, at most two, the clearest first; without any the topic is all that is known.
    """

    id: str
    name: str
    score: float
    why: tuple[str, ...] = ()
    narrower: tuple[Concept, ...] = ()

    def family(self) -> tuple[Topic | Concept, ...]:
        """Itself, and behind it the narrower ones."""
        return (self, *self.narrower)

    def full_name(self) -> str:
        """Its name with the narrower ones behind it: ``politics and government (election)``."""
        narrower = ", ".join(concept.name for concept in self.narrower)
        return f"{self.name} ({narrower})" if narrower else self.name

    def to_json(self) -> dict[str, Json]:
        narrower = [concept.to_json() for concept in self.narrower]
        return {"id": self.id, "name": self.name, "score": round(self.score, 3), "why": list(self.why), "narrower": narrower}

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Topic:
        narrower = tuple(map(Concept.from_json, data.get("narrower", ())))
        return cls(data["id"], data["name"], data["score"], tuple(data["why"]), narrower)


@dataclass(frozen=True, slots=True)
class Country:
    """A country a story is about: ISO 3166-1 alpha-2 code, name, score from 0 to 1 and the words that speak for it."""

    code: str
    name: str
    score: float
    why: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Json]:
        return {"code": self.code, "name": self.name, "score": round(self.score, 3), "why": list(self.why)}

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Country:
        return cls(data["code"], data["name"], data["score"], tuple(data["why"]))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a story was seen: a file (`path`) or a feed, its format, its place in it, and the id that it came with."""

    format: str
    index: int = 0
    path: str | None = None
    feed: str | None = None
    item_id: str | None = None

    def to_json(self) -> dict[str, Json]:
        place = {"path": self.path} if self.feed is None else {"feed": self.feed}
        return {**place, "format": self.format, "index": self.index, "item_id": self.item_id}

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Origin:
        return cls(data["format"], data["index"], data.get("path"), data.get("feed"), data["item_id"])


@dataclass(frozen=True, slots=True)
class StorylineRef:
    """The storyline a story belongs to, as the story knows it. `why` names what it shares with the others."""

    id: str
    title: str
    stories: int
    why: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Json]:
        return {"id": self.id, "title": self.title, "stories": self.stories, "why": list(self.why)}

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> StorylineRef:
        return cls(data["id"], data["title"], data["stories"], tuple(data["why"]))


@dataclass(frozen=True, slots=True)
class Mood:
    """Counts over a story's comments; negative + neutral + positive + unsure = scored. `interval`: `share` at 95 %.

    `reader` is the mark of the model that read them (:func:`newsdesk.tiers.reader`), "" where it isn't known; only kept.
    """

    comments: int
    scored: int
    negative: int
    neutral: int
    positive: int
    unsure: int
    share: float | None
    interval: tuple[float, float] | None
    tier: Literal["base", "model"] = "base"
    reader: str = ""

    @property
    def sure(self) -> int:
        """How many are scored and not unsure: what `share` is of."""
        return self.negative + self.neutral + self.positive

    def share_to_tell(self) -> tuple[float, float, float] | None:
        """`share` and its interval, for percentages; null for a few comments, of which they would say more than is known."""
        if self.share is None or self.interval is None or self.sure < FEWEST_FOR_SHARE:
            return None
        return (self.share, *self.interval)

    def to_json(self) -> dict[str, Json]:
        return {
            "comments": self.comments,
            "scored": self.scored,
            "negative": self.negative,
            "neutral": self.neutral,
            "positive": self.positive,
            "unsure": self.unsure,
            "share": None if self.share is None else round(self.share, 3),
            "interval": None if self.interval is None else [round(x, 3) for x in self.interval],
            "tier": self.tier,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Mood:
        interval = data["interval"]
        return cls(**{**data, "interval": tuple(interval) if interval else None})


@dataclass(frozen=True, slots=True)
class Story:
    """A story with everything that is printed of it and everything that newsdesk found out about it.

    A fetcher fills what was printed; `id` is empty until :mod:`newsdesk.ingest` gives it one, tags come from the taggers.
    `hints` are a feed's or file's own words for the subject (a section, a category, a code), input to the topic tagger.
    `extra` keeps unknown keys of the source.
    """

    title: str | None = None
    body: tuple[str, ...] = ()
    id: str = ""
    published: str | None = None
    updated: str | None = None
    source: str | None = None
    outlet: str | None = None
    byline: str | None = None
    dateline: str | None = None
    language: str | None = None
    url: str | None = None
    origins: tuple[Origin, ...] = ()
    highlights: tuple[str, ...] = ()
    comments: Sequence[Comment] = ()
    mood: Mood | None = None
    topics: tuple[Topic, ...] = ()
    countries: tuple[Country, ...] = ()
    published_in: str | None = None
    storyline: StorylineRef | None = None
    wire_copy_of: str | None = None
    status: Status = "usable"
    revision: int = 1
    hints: tuple[str, ...] = ()
    extra: Mapping[str, Json] = field(default_factory=dict)

    @property
    def origin(self) -> Origin | None:
        """The first place it was seen."""
        return self.origins[0] if self.origins else None

    def lead(self) -> str:
        """The first paragraph, for places that show a title and have none."""
        return self.body[0] if self.body else self.highlights[0] if self.highlights else ""

    def heading(self) -> str:
        """What stands for the story in one line: its title, else its lead."""
        return self.title or self.lead()

    def all_topics(self) -> tuple[Topic | Concept, ...]:
        """Its topics, best first, and then the narrower ones below them."""
        return (*self.topics, *(concept for topic in self.topics for concept in topic.narrower))

    def topic_ids(self) -> tuple[str, ...]:
        """The ids of :meth:`all_topics`."""
        return tuple(topic.id for topic in self.all_topics())

    def with_(self, **changes: Json) -> Story:
        return replace(self, **changes)

    def to_json(self) -> dict[str, Json]:
        """The story as the outside contract has it: every field present, lists never null."""
        return {
            "id": self.id,
            "title": self.title,
            "published": self.published,
            "updated": self.updated,
            "source": self.source,
            "outlet": self.outlet,
            "byline": self.byline,
            "dateline": self.dateline,
            "language": self.language,
            "url": self.url,
            "origin": self.origin.to_json() if self.origin else None,
            "origins": [origin.to_json() for origin in self.origins],
            "highlights": list(self.highlights),
            "body": list(self.body),
            "comments": [comment.to_json() for comment in self.comments],
            "mood": self.mood.to_json() if self.mood else None,
            "topics": [topic.to_json() for topic in self.topics],
            "countries": [country.to_json() for country in self.countries],
            "published_in": self.published_in,
            "storyline": self.storyline.to_json() if self.storyline else None,
            "wire_copy_of": self.wire_copy_of,
            "status": self.status,
            "revision": self.revision,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Story:
        """The inverse of :meth:`to_json` (`hints`, `extra` and `answers` are read where they are kept beside it)."""
        mood, line = data["mood"], data["storyline"]
        return cls(
            id=data["id"],
            title=data["title"],
            published=data["published"],
            updated=data["updated"],
            source=data["source"],
            outlet=data["outlet"],
            byline=data["byline"],
            dateline=data["dateline"],
            language=data["language"],
            url=data["url"],
            origins=tuple(map(Origin.from_json, data["origins"])),
            highlights=tuple(data["highlights"]),
            body=tuple(data["body"]),
            comments=tuple(map(Comment.from_json, data["comments"])),
            mood=Mood.from_json(mood) if mood else None,
            topics=tuple(map(Topic.from_json, data["topics"])),
            countries=tuple(map(Country.from_json, data["countries"])),
            published_in=data["published_in"],
            storyline=StorylineRef.from_json(line) if line else None,
            wire_copy_of=data["wire_copy_of"],
            status=data["status"],
            revision=data["revision"],
            hints=tuple(data.get("hints", ())),
            extra=data.get("extra", {}),
        )


@dataclass(frozen=True, slots=True)
class Storyline:
    """One continuing affair. `first_seen` and `last_seen` are the earliest and latest dates of its stories, as printed or,
    where none is printed, when newsdesk first saw them. `countries` are codes, most frequent first. `pinned`: a person keeps
    it as it is, so that it is never merged with another one unasked."""

    id: str
    title: str
    stories: int
    sources: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    first_seen: str | None = None
    last_seen: str | None = None
    why: tuple[str, ...] = ()
    pinned: bool = False

    def to_json(self) -> dict[str, Json]:
        return {
            "id": self.id,
            "title": self.title,
            "stories": self.stories,
            "sources": list(self.sources),
            "countries": list(self.countries),
            "first_seen": self.first_seen,
            "last_seen": self.last_seen,
            "why": list(self.why),
            "pinned": self.pinned,
        }
