"""The facade that cli and tui talk to: everything that is kept, read and changed through one object.

Reading is windowed and never waits for a writer. Every writing method is atomic, and what it wrote outlives the process when
it returns. Errors: :class:`UsageError` for a bad id or query, :class:`StorageError` for a disk or file that does not do its
part. A desk may be used from several threads at once.
"""

from __future__ import annotations

from newsdesk.archive.coverage import Coverage
from newsdesk.archive.detail import Headline, StorylineDetail, Tally
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
    StorylineRow,
    StorylineSort,
    StoryRow,
)
from newsdesk.desk.base import Sight
from newsdesk.desk.keeping import Desk

__all__ = [
    "SORTS",
    "STORYLINE_SORTS",
    "Coverage",
    "Desk",
    "Follow",
    "FollowKind",
    "FollowState",
    "Headline",
    "Health",
    "Kept",
    "MoodCounts",
    "Section",
    "Sections",
    "Sight",
    "Sort",
    "SourceState",
    "StoryRow",
    "StorylineDetail",
    "StorylineRow",
    "StorylineSort",
    "Tally",
]
