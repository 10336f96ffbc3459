"""A story, where it was seen, and the storyline that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from newsdesk.jsontext import Json
from newsdesk.model.comment import Comment, Mood
from newsdesk.model.label import Concept, Country, Labelling, Topic

Status: TypeAlias = Literal["usable", "embargoed", "withheld", "canceled"]


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
class Story:
    """A story: what is printed of it, and what newsdesk found out about it. None or empty is what is not known.

    Printed, and filled by a fetcher: `title`; `body`, a paragraph each; `highlights`, the points that sum it up; `published`
    and `updated`, ISO 8601 as exact as printed (a date, or a time, with an offset only if there is one); `source`, the agency
    or outlet that is credited; `outlet`, whose page or feed it is; `byline`, the writers; `dateline`, the place; `url`;
    `comments`; `hints`, the source's own words for the subject (a section, a category, a code); `status`. `extra` keeps the
    source's unknown keys.

    Found out: `id`, by :mod:`newsdesk.ingest`; `language`, ISO 639-1, where the source does not say it; `topics` and
    `countries`, best first; `published_in`, the outlet's country, ISO 3166-1 alpha-2; `mood` of the comments; `storyline`;
    `wire_copy_of`, the id of the earliest story of nearly the same text. `origins` is where it was seen, `revision` counts its
    versions from 1. `labelled`: a person's word on its topics and countries; where there is one, these are that.
    `unlabelled`: why the taggers failed on it, a sentence; None where they did not, or nobody has asked them.
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
    labelled: Labelling | None = None
    unlabelled: str | None = None

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
        """The inverse of :meth:`to_json` (what is kept beside it, as `hints`, `extra`, `labelled` and `answers`, is read)."""
        mood, line, labelled = data["mood"], data["storyline"], data.get("labelled")
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
            labelled=Labelling.from_json(labelled) if labelled else None,
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
