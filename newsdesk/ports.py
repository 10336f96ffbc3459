"""The shapes of what the core needs from outside itself. Fetchers implement the readers; the archive, the profile store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from newsdesk.config import Feed
from newsdesk.errors import Problem
from newsdesk.model import Comment, Json, Story


@dataclass(frozen=True, slots=True)
class SeedFile:
    """What a seed file, or a part of it, held. `format` is None where none was recognised; `fingerprint` changes when the bytes
    do. `ahead`: about how many stories come in the parts after this one, by the file's bytes; 0 in the last one and only there.
    """

    path: str
    format: str | None
    stories: tuple[Story, ...] = ()
    problems: tuple[Problem, ...] = ()
    fingerprint: str = ""
    ahead: int = 0


class SeedReader(Protocol):
    """Reads files and folders. Never raises for what it reads: failures are values."""

    def find(self, paths: Sequence[str]) -> Iterator[Path | Problem]:
        """The files under `paths`, in the order of argument and name, hidden ones passed over, loops cut."""
        ...

    def fingerprint(self, path: Path) -> str | None:
        """A cheap mark of the file's state (size, mtime, inode), without reading it; None if it can't be looked at."""
        ...

    def read(self, path: Path, seed_format: str | None = None) -> Iterator[SeedFile]:
        """The stories of one file, in parts, each read when it is asked for: a file may be longer than the memory. One part at
        least, and one alone of most files. `seed_format` overrides detection."""
        ...


@dataclass(frozen=True, slots=True)
class FeedPart:
    """A page or thread that was fetched because of a feed, as the refresh report tells it."""

    kind: Literal["article", "comments"]
    url: str
    error: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Discussion:
    """Readers' comments of a story that a feed gave by this item id, or else address. `thread` is where they were read.

    `whole`: they are all that the thread has now; else only its latest.
    """

    item_id: str | None
    url: str | None
    thread: str
    comments: tuple[Comment, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """The outcome of asking a feed. `memory` is to be handed in the next time; times are UTC and end in ``Z``; `http` is the
    status code of the answer, `seconds` what asking took.

    `status` is that of the refresh report; `skipped` means that it was not asked (`error` says why: not due, a Retry-After, or
    410 at an earlier time). `moved_to` is a new address that was seen often enough to be believed. Threads have a
    schedule of their own, so that also a feed that was skipped may bring `discussions`; then `parts` tells of them.
    """

    status: Literal["updated", "unchanged", "skipped", "failed"]
    memory: Json = None
    stories: Sequence[Story] = ()
    http: int | None = None
    error: str | None = None
    retry_after: str | None = None
    moved_to: str | None = None
    parts: tuple[FeedPart, ...] = ()
    discussions: tuple[Discussion, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class StoryAnswer:
    """The outcome of following a story's link: the story with the text of its page, None where it can't be read (`error` says
    why), and its thread as it is now, if it has one."""

    story: Story | None = None
    discussion: Discussion | None = None
    error: str | None = None


class FeedReader(Protocol):
    """Asks feeds. Never raises for what the network or a document does: failures are values."""

    def recall(self, memory: Json) -> None:
        """Take in what is remembered of a feed, before the first one is asked: a host's Retry-After holds for all its feeds."""
        ...

    def aside(self) -> int:
        """How many of the feeds being asked only wait for a server that is slow to answer: as many more may be asked."""
        ...

    async def read(self, feed: Feed, memory: Json, now: datetime, *, force: bool = False) -> FeedAnswer:
        """Ask `feed`; `force` asks also when it is not due (a person pressed the key) but not against a Retry-After."""
        ...

    async def read_story(self, story: Story, feed: Feed | None, now: datetime) -> StoryAnswer:
        """Follow the story's link, and to its thread. `feed` is the one that gave it, if it is among the settings'."""
        ...


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a web page names: its address, its title where one is told, and `kind`: rss, atom, rdf, json or feed."""

    url: str
    title: str | None
    kind: str


class FeedFinder(Protocol):
    """Finds the feeds of web pages. Never raises for what the network or a page does."""

    async def find(self, url: str, *, guess: bool = False, allow_private: bool = False) -> tuple[FoundFeed, ...] | str:
        """The feeds of the page at `url`, or one sentence why it can't be read; `guess` also asks the usual addresses."""
        ...


@dataclass(frozen=True, slots=True)
class Profile:
    """What the clusterer remembers of a storyline: opaque to the store but for its id, keys and the last day it grew.

    `keys` are the terms it can be found by; `day` is days since 1970-01-01 of its latest story; `blob` is JSON.
    """

    id: str
    keys: tuple[str, ...]
    day: int
    blob: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for storylines that share at least `least` of `keys`, asked for a story or storyline of about `day`.

    `weights`: how much each of the keys tells, 1 each where none is given. What tells less together than `enough`, or less than
    half of what the best storyline's keys do, need not be given; nor storylines in any of the languages `foreign_to`.
    """

    keys: tuple[str, ...]
    least: int = 1
    day: int | None = None
    weights: tuple[int, ...] = ()
    enough: int = 0
    foreign_to: frozenset[str] = frozenset()


class ProfileStore(Protocol):
    """Where storyline profiles are kept: in memory for `inspect`, in the archive for a refresh."""

    def find(self, asked: Sequence[Asked], limit: int) -> list[list[str]]:
        """As :meth:`candidates`, of many questions at once: the storylines' ids, for each question."""
        ...

    def read(self, ids: Sequence[str]) -> Iterable[Profile]:
        """The profiles that have these ids, in any order."""
        ...

    def candidates(self, keys: Sequence[str], limit: int, least: int = 1, day: int | None = None) -> Iterable[Profile]:
        """Profiles that share at least `least` of `keys`, those that share most first, `limit` at most.

        Of a key that very many have, some are looked at: the latest, or those that grew last before or about `day`.
        """
        ...

    def get(self, storyline_id: str) -> Profile | None:
        """The profile of this storyline, or of the one that it was merged into; None where there is neither."""
        ...

    def known(self, ids: Sequence[str]) -> set[str]:
        """Those of the ids for which :meth:`get` has a profile."""
        ...

    def put(self, profile: Profile) -> None:
        """Insert or replace, with its keys."""
        ...

    def put_all(self, profiles: Sequence[Profile]) -> None:
        """As :meth:`put`, of each."""
        ...

    def forward(self, old_id: str, new_id: str) -> None:
        """`old_id` was merged into `new_id`: drop its profile and answer `get(old_id)` with the new one."""
        ...
