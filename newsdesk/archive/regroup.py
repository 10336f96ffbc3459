"""What a person corrects in the grouping, carried out in the archive. Each function runs in a write transaction.

The correction itself is kept in the notebook, from where the clusterer is told of it with every later batch.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence, Set
from itertools import count
from typing import TYPE_CHECKING

from newsdesk.archive.ids import to_id, to_key
from newsdesk.archive.lines import drop_empty_lines, line_number, put_line, resolve
from newsdesk.archive.read import stories as read_stories
from newsdesk.errors import UsageError
from newsdesk.model import Story
from newsdesk.wording import MERGED, PUT_HERE, line_title

if TYPE_CHECKING:  # whoever only reads must not wait for the clusterer
    from newsdesk.archive.profiles import ArchiveProfiles
    from newsdesk.storylines import Corrections

# A profile sums its stories; of a very long storyline the latest say enough.
_PROFILED = 300


def members(connection: sqlite3.Connection, line_id: str) -> list[str]:
    """Ids of the storyline's stories that stay, the latest first."""
    rows = connection.execute(
        "SELECT s.key FROM story s JOIN storyline l ON l.n = s.storyline WHERE l.id = ? AND s.sitting = 0 ORDER BY s.doc DESC",
        (line_id,),
    )
    return [to_id(row[0]) for row in rows]


def title_of(connection: sqlite3.Connection, line_id: str) -> str:
    row = connection.execute("SELECT title FROM storyline WHERE id = ?", (line_id,)).fetchone()
    if row is None:
        raise UsageError(f"there is no storyline {line_id}")
    return str(row[0])


def _profiles(connection: sqlite3.Connection) -> ArchiveProfiles:
    from newsdesk.archive.profiles import ArchiveProfiles

    return ArchiveProfiles(connection)


def profile(connection: sqlite3.Connection, line_id: str, corrections: Corrections) -> None:
    """Make the storyline's profile anew from the stories that are in it now; drop it where there are none."""
    from newsdesk.storylines import Grouper

    profiles = _profiles(connection)
    profiles.drop(line_id)
    ids = members(connection, line_id)[:_PROFILED]
    if ids:
        found: list[Story] = [story for one in ids for story in read_stories(connection, to_key(one), every=False)]
        Grouper(profiles, corrections).profile(line_id, found)


def move(connection: sqlite3.Connection, story_ids: Sequence[str], line_id: str, title: str) -> None:
    """Put stories into a storyline (made if it is not there); storylines left without a story go."""
    number = put_line(connection, line_id, title)
    connection.execute("DELETE FROM forward WHERE old = ?", (line_id,))
    left: set[int] = set()
    for story_id in story_ids:
        row = connection.execute("SELECT storyline FROM story WHERE key = ?", (to_key(story_id),)).fetchone()
        if row is not None:
            left.add(row[0])
            connection.execute("UPDATE story SET storyline = ? WHERE key = ?", (number, to_key(story_id)))
    drop_empty_lines(connection, left | {number})


def move_back(connection: sqlite3.Connection, story_ids: Sequence[str], line_id: str, title: str, called: str | None) -> None:
    """Put stories into the storyline that they were taken from, under the `title` that it had then, unless it has got another
    one than `called`, which it got when they left."""
    is_there = line_number(connection, line_id) is not None
    now = title_of(connection, line_id) if is_there else called
    move(connection, story_ids, line_id, title if now is None or now == called else now)


def why(connection: sqlite3.Connection, story_id: str) -> list[str]:
    """Why a story is in its storyline, as it is said of it."""
    row = connection.execute("SELECT why FROM story WHERE key = ?", (to_key(story_id),)).fetchone()
    return list(json.loads(row[0])) if row else []


def say_why(connection: sqlite3.Connection, story_id: str, reasons: Sequence[str]) -> None:
    told = json.dumps(list(reasons), ensure_ascii=False)
    connection.execute("UPDATE story SET why = ? WHERE key = ?", (told, to_key(story_id)))


def why_before_merge(connection: sqlite3.Connection, story_id: str) -> list[str]:
    """The same without what the last merge added."""
    told = why(connection, story_id)
    if MERGED in told:
        del told[len(told) - 1 - told[::-1].index(MERGED)]
    return told


def merge(connection: sqlite3.Connection, into: str, other: str, corrections: Corrections) -> None:
    """Everything of `other` into `into`; the id of `other` leads there from now on."""
    moved = members(connection, other)
    move(connection, moved, into, title_of(connection, into))
    for story_id in moved:
        say_why(connection, story_id, [*why(connection, story_id), MERGED])
    _profiles(connection).forward(other, into)
    profile(connection, into, corrections)


def move_one(connection: sqlite3.Connection, story_id: str, line_id: str, into: str, corrections: Corrections) -> None:
    """One story from a storyline into another one; a storyline that it was alone in leads there from now on."""
    move(connection, [story_id], into, title_of(connection, into))
    _call_after_who_stays(connection, line_id, {_heading(connection, story_id)}, corrections)
    say_why(connection, story_id, [PUT_HERE])
    if line_number(connection, line_id) is None:
        _profiles(connection).forward(line_id, into)
    else:
        profile(connection, line_id, corrections)
    profile(connection, into, corrections)


def free_line_id(connection: sqlite3.Connection, story_id: str) -> str:
    """The id of a new storyline that begins with a story; none leads there yet."""
    from newsdesk.storylines import storyline_id

    return next(wanted for attempt in count() if not _is_used(connection, wanted := storyline_id(story_id, attempt)))


def split(connection: sqlite3.Connection, line_id: str, story: Story, corrections: Corrections, new: str) -> None:
    """The story into a storyline of its own, whose id is `new`."""
    title = title_of(connection, line_id)
    move(connection, [story.id], new, line_title(story.heading()))
    _call_after_who_stays(connection, line_id, {_heading(connection, story.id)}, corrections)
    say_why(connection, story.id, [f"you took it out of “{title}”"])
    profile(connection, line_id, corrections)
    profile(connection, new, corrections)


def without(connection: sqlite3.Connection, line_id: str, left: Set[str], corrections: Corrections) -> None:
    """Stories with the headings `left` are gone from a storyline for good: nothing of theirs stays in its title and profile."""
    _call_after_who_stays(connection, line_id, left, corrections)
    profile(connection, line_id, corrections)


def _call_after_who_stays(connection: sqlite3.Connection, line_id: str, left: Set[str], corrections: Corrections) -> None:
    """A storyline that was called after a story that has left it is called after the newest that is still in it. `left`: the
    headings of those that have."""
    ids = members(connection, line_id)
    if ids and line_id not in corrections.titles:
        put_line(connection, line_id, _title_of_rest(connection, line_id, ids, left))


def title_without(connection: sqlite3.Connection, line_id: str, story_id: str) -> str:
    """What a storyline is called once a story of it has left, if no person gave it its title."""
    rest = [one for one in members(connection, line_id) if one != story_id]
    return _title_of_rest(connection, line_id, rest, {_heading(connection, story_id)})


def _title_of_rest(connection: sqlite3.Connection, line_id: str, rest: Sequence[str], left: Set[str]) -> str:
    title = title_of(connection, line_id)
    return line_title(_heading(connection, rest[0])) if rest and title in map(line_title, left) else title


def _heading(connection: sqlite3.Connection, story_id: str) -> str:
    return str(connection.execute("SELECT heading FROM story WHERE key = ?", (to_key(story_id),)).fetchone()[0])


def _is_used(connection: sqlite3.Connection, line_id: str) -> bool:
    return line_number(connection, line_id) is not None or resolve(connection, line_id) != line_id
