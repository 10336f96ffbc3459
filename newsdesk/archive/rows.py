"""What the desk shows of the archive: light, frozen rows for lists, counts and follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from newsdesk.model import Json, Status, Storyline

Sort: TypeAlias = Literal["newest", "oldest", "arrived", "title", "source", "comments"]
StorylineSort: TypeAlias = Literal["newest", "oldest", "stories", "unread"]
FollowKind: TypeAlias = Literal["storyline", "topic", "country", "query"]

SORTS: tuple[Sort, ...] = ("newest", "oldest", "arrived", "title", "source", "comments")
STORYLINE_SORTS: tuple[StorylineSort, ...] = ("newest", "oldest", "stories", "unread")


@dataclass(frozen=True, slots=True)
class MoodCounts:
    """How many of a story's scored comments are negative, neutral, positive and unsure."""

    negative: int = 0
    neutral: int = 0
    positive: int = 0
    unsure: int = 0

    @property
    def sure(self) -> int:
        """How many are scored and not unsure."""
        return self.negative + self.neutral + self.positive


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One story as lists draw it. `heading` is the title, or the start of the lead where there is none (`titled` false).

    `published` is as printed; `seen` is when newsdesk first saw the story (UTC, ``Z``). `countries` are codes, the main one
    first; `topics` are ids, the best first. `arrived` is its arrival number.
    """

    id: str
    heading: str
    titled: bool
    source: str | None
    outlet: str | None
    published: str | None
    seen: str
    topics: tuple[str, ...]
    countries: tuple[str, ...]
    language: str | None
    comments: int
    mood: MoodCounts
    unread: bool
    starred: bool
    followed: bool
    storyline: str | None
    revision: int
    status: Status
    wire_copy: bool
    sitting: bool
    arrived: int = 0


@dataclass(frozen=True, slots=True)
class StorylineRow:
    """A storyline as lists draw it. Counts are of the stories that match the query it was asked with, `new` of those that came
    in since what it was asked for; what speaks for the storyline (`storyline.why`) is left out."""

    storyline: Storyline
    stories: int
    unread: int
    followed: bool
    newest: StoryRow | None
    new: int = 0

    @property
    def id(self) -> str:
        return self.storyline.id

    @property
    def title(self) -> str:
        return self.storyline.title

    @property
    def pinned(self) -> bool:
        return self.storyline.pinned


@dataclass(frozen=True, slots=True)
class Section:
    """A topic or a country with its counts. `id` is the topic's id or the country's code; "" is unknown."""

    id: str
    name: str
    total: int
    unread: int


@dataclass(frozen=True, slots=True)
class Sections:
    """Topics in the contract's order (all 17), countries by number of stories; unknown ones apart."""

    total: int
    unread: int
    topics: tuple[Section, ...]
    countries: tuple[Section, ...]
    unknown_topic: Section
    unknown_country: Section


@dataclass(frozen=True, slots=True)
class Follow:
    """What a person follows: `target` is a storyline's id, a topic's id, a country's code or a query's text.

    `id` is short and shell-safe ("f..."). `looked` is the arrival number up to which the person has looked, `looked_at` when
    that was (UTC, ``Z``; "" for a follow of an earlier version). `alerts` are rules (:mod:`newsdesk.following.alerts`). A
    `muted` follow raises none; a `paused` one is not counted either. `folder` is what it stands under, "" for none.
    """

    id: str
    kind: FollowKind
    target: str
    name: str
    alerts: tuple[str, ...] = ()
    looked: int = 0
    since: str = ""
    looked_at: str = ""
    muted: bool = False
    paused: bool = False
    folder: str = ""


@dataclass(frozen=True, slots=True)
class FollowState:
    """A follow with its counts. `new` is what arrived since the last look, `unread` what is not read yet; `query` lists it.
    One that is not `counted` has nothing but 0."""

    follow: Follow
    query: str
    total: int
    new: int
    unread: int
    alerts: tuple[str, ...] = ()
    counted: bool = True

    def to_json(self) -> dict[str, Json]:
        return {
            "id": self.follow.id,
            "kind": self.follow.kind,
            "name": self.follow.name,
            "query": self.query,
            "total": self.total,
            "new": self.new,
            "unread": self.unread,
            "alerts": list(self.alerts),
            "muted": self.follow.muted,
            "paused": self.follow.paused,
            "folder": self.follow.folder,
        }


@dataclass(frozen=True, slots=True)
class Kept:
    """What a batch did to the archive: ids of stories that are new and changed, how many are as they were; storylines that
    are new and that grew."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    storylines_new: tuple[str, ...] = ()
    storylines_grown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source (a file's path, a feed's url) from one refresh to the next. Times are UTC, ``Z``."""

    id: str
    fingerprint: str | None = None
    succeeded: str | None = None
    failed: str | None = None
    error: str | None = None
    detail: Json = None


@dataclass(frozen=True, slots=True)
class Health:
    """One line of the desk's own check: what was looked at, whether it is well, and a sentence (with the mend)."""

    what: str
    well: bool
    says: str
