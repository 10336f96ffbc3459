"""The desk's reading half: stories, storylines and counts, windowed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from newsdesk.archive import lines, read, sections
from newsdesk.archive.compile import Context
from newsdesk.archive.coverage import Coverage, read_coverage
from newsdesk.archive.ids import is_story_id, to_id, to_key
from newsdesk.archive.rows import Sections, Sort, StorylineRow, StorylineSort, StoryRow
from newsdesk.desk.base import DeskBase, showing_muted
from newsdesk.errors import UsageError
from newsdesk.model import Story, Storyline
from newsdesk.query import Query
from newsdesk.query.terms import Term, asks

if TYPE_CHECKING:
    from newsdesk.archive import detail
    from newsdesk.edits import Edit

_ID = re.compile(r"[stf][a-z2-7]{1,10}")


def _keys(ids: Sequence[str]) -> list[int]:
    return [to_key(story_id) for story_id in ids if is_story_id(story_id)]


def _with_what_is_asked(context: Context, term: Term | None) -> Context:
    """Muted sources are named where a query asks for their stories."""
    return replace(context, muted=()) if asks(term, "muted") else context


class Reading(DeskBase):
    # Stories

    def count(self, query: Query | str = "", *, with_muted: bool = False) -> int:
        """How many stories match. `with_muted`: also those of muted sources."""
        term = self.term(query)
        with self.store.reading() as connection:
            context = self.context(connection)
            context = showing_muted(context, term) if with_muted else context
            if term is None:
                return sections.tally_of(connection, None, context).get(("all", ""), (0, 0))[0]
            return read.count(connection, term, context)

    def ids(
        self,
        query: Query | str = "",
        sort: Sort = "newest",
        limit: int | None = None,
        offset: int = 0,
        *,
        with_muted: bool = False,
    ) -> list[str]:
        """Ids of the matching stories in order; all of them without `limit` (100,000: about 0.1 s). `with_muted`: also those
        of muted sources."""
        term = self.term(query)
        with self.store.reading() as connection:
            context = self.context(connection)
            context = showing_muted(context, term) if with_muted else context
            return [to_id(key) for key in read.keys(connection, term, context, sort, limit, offset)]

    def rows(self, query: Query | str = "", sort: Sort = "newest", limit: int | None = None, offset: int = 0) -> list[StoryRow]:
        """Rows of the matching stories in order."""
        term = self.term(query)
        with self.store.reading() as connection:
            keys = read.keys(connection, term, self.context(connection), sort, limit, offset)
            return self._rows(connection, keys)

    def rows_of(self, ids: Sequence[str]) -> list[StoryRow]:
        """Rows of the given stories, in the order given; ids that are gone are left out."""
        with self.store.reading() as connection:
            return self._rows(connection, _keys(ids))

    def _rows(self, connection: sqlite3.Connection, keys: Sequence[int]) -> list[StoryRow]:
        context = self.context(connection)
        return read.story_rows(connection, keys, context, frozenset(context.stars).__contains__)

    def story(self, story_id: str) -> Story | None:
        """The whole story by its full id, with its storyline and origins."""
        if not _keys([story_id]):
            return None
        with self.store.reading() as connection:
            return read.story(connection, story_id)

    def revisions(self, story_id: str) -> list[Story]:
        """Every version of the story, the earliest first."""
        with self.store.reading() as connection:
            return [story for key in _keys([story_id]) for story in read.stories(connection, key, every=True)]

    def edits(self, story_id: str) -> list[tuple[str, Edit]]:
        """What changed in the story from version to version, each with the moment (UTC, ``Z``) at which that one came in."""
        from newsdesk.edits import find_edits

        with self.store.reading() as connection:
            versions = [story for key in _keys([story_id]) for story in read.stories(connection, key, every=True)]
            seen = {n: at for key in _keys([story_id]) for n, at in read.version_moments(connection, key)}
        return [(seen[edit.version], edit) for edit in find_edits(versions)]

    def find(self, text: str) -> str:
        """The full id of the story (s...), storyline (t...) or follow (f...) that `text` is a prefix of.

        UsageError names near ids where there is none, or more than one.
        """
        wanted = text.strip().casefold()
        if not _ID.fullmatch(wanted):
            raise UsageError(f"'{text}' is no id; ids look like s2n5xk7m3qa (a story), t... (a storyline) or f... (a follow)")
        with self.store.reading() as connection:
            found = self._ids_like(connection, wanted)
            if wanted in found or len(found) == 1:
                only = wanted if wanted in found else found[0]
                return lines.resolve(connection, only) if only.startswith("t") else only
            if found:
                raise UsageError(
                    f"'{text}' may be {' or '.join(found[:4])}{' or others' if len(found) > 4 else ''}; write more of it"
                )
            raise UsageError(f"there is no id '{text}'{self._near_ids(connection, wanted)}")

    def _ids_like(self, connection: sqlite3.Connection, prefix: str) -> list[str]:
        if prefix.startswith("f"):
            return [follow.id for follow in self.all_follows() if follow.id.startswith(prefix)]
        return read.ids_like(connection, prefix, 6)

    def _near_ids(self, connection: sqlite3.Connection, wanted: str) -> str:
        for length in range(len(wanted) - 1, 2, -1):
            near = self._ids_like(connection, wanted[:length])
            if near:
                return f"; near it: {', '.join(near[:3])}"
        command = {"t": "storylines", "f": "follows"}.get(wanted[0], "list")
        return f"; `newsdesk {command}` shows the ids that there are"

    # Storylines

    def storylines(self, query: Query | str = "", sort: StorylineSort = "newest", limit: int | None = None) -> list[Storyline]:
        """Storylines with a matching story; counts, sources and countries are of the whole storyline."""
        term = self.term(query)
        with self.store.reading() as connection:
            context = self.context(connection)
            numbers = lines.line_numbers(connection, term, context, sort, limit, 0)
            telling = _with_what_is_asked(context, term)
            return [line for number in numbers if (line := lines.storyline(connection, number, telling))]

    def storyline_ids(
        self, query: Query | str = "", sort: StorylineSort = "newest", limit: int | None = None, offset: int = 0
    ) -> list[str]:
        term = self.term(query)
        with self.store.reading() as connection:
            numbers = lines.line_numbers(connection, term, self.context(connection), sort, limit, offset)
            return lines.line_ids(connection, numbers)

    def storyline_count(self, query: Query | str = "") -> int:
        term = self.term(query)
        with self.store.reading() as connection:
            return lines.count_lines(connection, term, self.context(connection))

    def storyline_rows(
        self,
        query: Query | str = "",
        sort: StorylineSort = "newest",
        limit: int | None = None,
        offset: int = 0,
        since: int | None = None,
    ) -> list[StorylineRow]:
        """Storylines with a matching story, with counts of the matching stories; new are those after the arrival number
        `since`, where one is given."""
        term = self.term(query)
        with self.store.reading() as connection:
            numbers = lines.line_numbers(connection, term, self.context(connection), sort, limit, offset)
            return self._line_rows(connection, numbers, term, since)

    def storyline_rows_of(self, ids: Sequence[str], query: Query | str = "", since: int | None = None) -> list[StorylineRow]:
        """As :meth:`storyline_rows`, of the given storylines, in the order given."""
        term = self.term(query)
        with self.store.reading() as connection:
            found = (lines.line_number(connection, lines.resolve(connection, line_id)) for line_id in ids)
            numbers = list(dict.fromkeys(number for number in found if number is not None))
            return self._line_rows(connection, numbers, term, since)

    def _line_rows(
        self, connection: sqlite3.Connection, numbers: Sequence[int], term: Term | None, since: int | None
    ) -> list[StorylineRow]:
        context = self.context(connection)
        matching = lines.matching(connection, numbers, term, context, since)
        newest = [matching[number][3] for number in numbers if number in matching]
        stories = {row.id: row for row in self._rows(connection, newest)}
        followed = {lines.resolve(connection, follow.target) for follow in self.all_follows() if follow.kind == "storyline"}
        found = []
        told = lines.briefs(connection, list(matching), _with_what_is_asked(context, term))
        for number in numbers:
            line = told.get(number)
            if line is not None:
                total, unread, new, key = matching[number]
                found.append(StorylineRow(line, total, unread, line.id in followed, stories.get(to_id(key)), new))
        return found

    def storyline(self, storyline_id: str) -> Storyline | None:
        """A storyline by its full id; an id that was merged away answers with the storyline it went into."""
        with self.store.reading() as connection:
            number = lines.line_number(connection, lines.resolve(connection, storyline_id))
            return None if number is None else lines.storyline(connection, number, self.context(connection))

    def storyline_detail(self, storyline_id: str) -> detail.StorylineDetail | None:
        """A storyline in full, for a screen of its own: outlets and originals, stories by day and hour, sources, countries,
        headlines. By its full id, or one that was merged away; None where there is none (1,000 stories: about 10 ms)."""
        from newsdesk.archive import detail

        with self.store.reading() as connection:
            number = lines.line_number(connection, lines.resolve(connection, storyline_id))
            return None if number is None else detail.storyline_detail(connection, number, self.context(connection))

    def storyline_stories(self, storyline_id: str, query: Query | str = "") -> list[StoryRow]:
        """The storyline's (matching) stories, newest first. Without a query those of muted sources are left out, unless all of
        them are such."""
        term = self.term(query)
        with self.store.reading() as connection:
            number = lines.line_number(connection, lines.resolve(connection, storyline_id))
            if number is None:
                return []
            context = self.context(connection)
            if term is None:
                return self._rows(connection, lines.told_keys(connection, number, context))
            return self._rows(connection, lines.matching_keys(connection, number, term, context))

    # Counts

    def named_sources(self) -> list[str]:
        """The names by which stories are sorted by source, at most 2,000 in the order of the alphabet; found from name to name
        along an index, whatever number of stories there is (100 names: 1 ms)."""
        with self.store.reading() as connection:
            return read.named_sources(connection, self.sitting)

    def sections(self, query: Query | str = "", *, with_muted: bool = False) -> Sections:
        """Topics and countries with totals and unread counts, of all stories or of those that match. `with_muted`: also those
        of muted sources."""
        from newsdesk.countries import country_name
        from newsdesk.topics.names import TOPICS

        term = self.term(query)
        with self.store.reading() as connection:
            context = self.context(connection)
            context = showing_muted(context, term) if with_muted else context
            tally = sections.tally_of(connection, term, context)
            unlabelled = sections.has_unlabelled(connection)
        return sections.make_sections(tally, dict(TOPICS), country_name, unlabelled=unlabelled)

    def coverage(self, query: Query | str = "", day: int | None = None) -> Coverage:
        """Stories by topic and country at once, of those that match, on the day (UTC) that begins with minute `day`
        (:func:`newsdesk.query.moments.to_minute`) or at any time (1,000,000 stories: 10 ms of all, 2 s of a query that most
        of them match)."""
        term = self.term(query)
        with self.store.reading() as connection:
            return read_coverage(connection, term, self.context(connection), day)

    def version(self) -> int:
        """A number that grows when any process changes archive, marks or notebook. Cheap: ask it as often as you like."""
        with self.store.reading() as connection:
            tick = connection.execute("SELECT (SELECT tick FROM state) + ifnull((SELECT mark_tick FROM mark_state), 0)")
            number = int(tick.fetchone()[0])
        with self._lock:
            state = self.notebook.version()
            if state != self._book_state:
                self._book_state = state
                self._book_changes += 1
            return number + self._book_changes
