"""The facade that cli and tui talk to: everything that is kept, read and changed through one object.

Reading is windowed and never waits for a writer. Every writing method is atomic and has been written to disk when it returns.
Ids may be given as any prefix that is unique. Errors: :class:`UsageError` for a bad id or query, :class:`StorageError` for a
disk or file that does not do its part. A desk may be used from several threads at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Self

from newsdesk.archive.rows import (
    SORTS,
    STORYLINE_SORTS,
    Follow,
    FollowKind,
    FollowState,
    Health,
    Kept,
    MoodCounts,
    Section,
    Sections,
    Sort,
    SourceState,
    StoryRow,
    StorylineRow,
    StorylineSort,
)
from newsdesk.model import Story, Storyline
from newsdesk.paths import Paths
from newsdesk.query import Query

__all__ = [
    "SORTS",
    "STORYLINE_SORTS",
    "Desk",
    "Follow",
    "FollowKind",
    "FollowState",
    "Health",
    "Kept",
    "MoodCounts",
    "Section",
    "Sections",
    "Sort",
    "SourceState",
    "StoryRow",
    "StorylineRow",
    "StorylineSort",
]


class Desk:
    """Open with :meth:`open`, close with :meth:`close` or as a context manager."""

    @classmethod
    def open(cls, paths: Paths, *, now: Callable[[], datetime] | None = None, readonly: bool = False) -> Desk:
        """Open (and, unless `readonly`, make or bring up to date) archive, marks and notebook. `now` is the clock (aware)."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # Reading: stories

    def count(self, query: Query | str = "") -> int:
        """How many stories match."""
        raise NotImplementedError

    def ids(self, query: Query | str = "", sort: Sort = "newest", limit: int | None = None, offset: int = 0) -> list[str]:
        """Ids of the matching stories in order; all of them without `limit` (100,000: about 0.1 s)."""
        raise NotImplementedError

    def rows(self, query: Query | str = "", sort: Sort = "newest", limit: int | None = None, offset: int = 0) -> list[StoryRow]:
        """Rows of the matching stories in order."""
        raise NotImplementedError

    def rows_of(self, ids: Sequence[str]) -> list[StoryRow]:
        """Rows of the given stories, in the order given; ids that are gone are left out."""
        raise NotImplementedError

    def story(self, story_id: str) -> Story | None:
        """The whole story by its full id, with its storyline and origins."""
        raise NotImplementedError

    def stories(self, query: Query | str = "", sort: Sort = "newest", limit: int | None = None) -> list[Story]:
        """Whole stories that match, in order (for export and ndjson)."""
        raise NotImplementedError

    def revisions(self, story_id: str) -> list[Story]:
        """Every version of the story, the earliest first."""
        raise NotImplementedError

    def find(self, text: str) -> str:
        """The full id of the story (s...), storyline (t...) or follow (f...) that `text` is a prefix of. UsageError names near ids."""
        raise NotImplementedError

    # Reading: storylines

    def storylines(
        self, query: Query | str = "", sort: StorylineSort = "newest", limit: int | None = None, offset: int = 0
    ) -> list[Storyline]:
        """Storylines with a matching story; counts, sources and countries are of the whole storyline."""
        raise NotImplementedError

    def storyline_ids(
        self, query: Query | str = "", sort: StorylineSort = "newest", limit: int | None = None, offset: int = 0
    ) -> list[str]:
        raise NotImplementedError

    def storyline_count(self, query: Query | str = "") -> int:
        raise NotImplementedError

    def storyline_rows(
        self, query: Query | str = "", sort: StorylineSort = "newest", limit: int | None = None, offset: int = 0
    ) -> list[StorylineRow]:
        """Storylines with a matching story, with counts of the matching stories."""
        raise NotImplementedError

    def storyline_rows_of(self, ids: Sequence[str], query: Query | str = "") -> list[StorylineRow]:
        """Rows of the given storylines, in the order given."""
        raise NotImplementedError

    def storyline(self, storyline_id: str) -> Storyline | None:
        """A storyline by its full id; an id that was merged away answers with the storyline it went into."""
        raise NotImplementedError

    def storyline_stories(self, storyline_id: str, query: Query | str = "") -> list[StoryRow]:
        """The storyline's (matching) stories, newest first."""
        raise NotImplementedError

    # Reading: counts

    def sections(self, query: Query | str = "") -> Sections:
        """Topics and countries with totals and unread counts, of all stories or of those that match."""
        raise NotImplementedError

    def version(self) -> int:
        """A number that grows when any process changes archive, marks or notebook. Cheap: ask it as often as you like."""
        raise NotImplementedError

    # Marks and stars

    def mark(self, what: Query | str | Sequence[str], how: str) -> int:
        """Mark stories ``read``, ``unread``, ``star`` or ``unstar``; `what` is a query (or its text) or a list of ids.

        Returns how many changed. One call is one step for :meth:`undo`.
        """
        raise NotImplementedError

    # Follows

    def follow(self, target: str, name: str | None = None, alerts: Iterable[str] = ()) -> Follow:
        """Follow a storyline or story's storyline (id), a topic (id or name), a country (code or name) or a query.

        Following the same again returns the follow that is there.
        """
        raise NotImplementedError

    def unfollow(self, what: str) -> Follow:
        """Stop following: `what` is the follow's id (or a prefix of it), its target or its name."""
        raise NotImplementedError

    def follows(self, *, new_only: bool = False) -> list[FollowState]:
        raise NotImplementedError

    def follow_query(self, follow_id: str, *, new_only: bool = False) -> Query:
        """The query that lists what a follow matches (only what is new since the last look, with `new_only`)."""
        raise NotImplementedError

    def look(self, follow_id: str | None = None) -> None:
        """Remember that the person has seen everything a follow has now (every follow, without an id)."""
        raise NotImplementedError

    # Saved queries

    def save_query(self, name: str, query: str) -> None:
        raise NotImplementedError

    def saved_queries(self) -> dict[str, str]:
        raise NotImplementedError

    def drop_query(self, name: str) -> None:
        raise NotImplementedError

    # Corrections

    def merge(self, into: str, other: str) -> Storyline:
        """Make one storyline of two. `into` keeps its id; the other's id leads to it from now on."""
        raise NotImplementedError

    def split(self, storyline_id: str, story_id: str) -> Storyline:
        """Take a story out of its storyline; returns the storyline that it has now."""
        raise NotImplementedError

    def rename(self, storyline_id: str, title: str) -> Storyline:
        """Give a storyline a title that stays."""
        raise NotImplementedError

    def undo(self) -> str | None:
        """Take back the last change a person made; says what was undone, null if there is nothing left."""
        raise NotImplementedError

    # Refresh

    def keep(self, batch: Sequence[Story]) -> Kept:
        """Store what a source gave: known stories are found again, new and changed ones tagged, grouped and written in one
        transaction. In a sitting, new stories last only as long as it does."""
        raise NotImplementedError

    def begin_run(self) -> int:
        """A refresh starts: from here `since:last-run` means what comes in now. Returns the arrival number so far."""
        raise NotImplementedError

    def source_state(self, source_id: str) -> SourceState | None:
        raise NotImplementedError

    def set_source_state(self, state: SourceState) -> None:
        raise NotImplementedError

    def source_states(self) -> list[SourceState]:
        raise NotImplementedError

    def begin_sitting(self) -> str:
        """From here on :meth:`keep` keeps new stories for this sitting only. Returns its token."""
        raise NotImplementedError

    def end_sitting(self, token: str) -> None:
        raise NotImplementedError

    # Health

    def check(self) -> list[Health]:
        """What `doctor` says of archive, marks and notebook."""
        raise NotImplementedError

    def backup(self, folder: str) -> None:
        """A whole, consistent copy of archive, marks and notebook into a new folder."""
        raise NotImplementedError
