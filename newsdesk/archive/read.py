"""Reading stories and storylines for lists and screens. Every function reads in the caller's snapshot."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import islice

from newsdesk.archive import by_others
from newsdesk.archive.by_others import speaks_of_others
from newsdesk.archive.compile import Context, Plan, clause_of, make_plan
from newsdesk.archive.ids import key_range, to_id, to_key
from newsdesk.archive.rows import MoodCounts, Sort, StoryRow
from newsdesk.archive.tags import top_level
from newsdesk.archive.texts import asked_in
from newsdesk.archive.time_stretches import among_few, asks_words, within
from newsdesk.archive.word_starts import LOOKED_THROUGH, has_start, has_words, is_common
from newsdesk.errors import UsageError
from newsdesk.model import Json, Origin, Story, StorylineRef
from newsdesk.processes.collecting import collector_at_rest
from newsdesk.query.terms import Is, Term
from newsdesk.threads.kept_text import cut_thread
from newsdesk.wording import that_hold_alone

LAST = 1 << 62  # no story is that late
FAR = 2000  # so far down a list it is worth while to look up what is muted first, and not with every story that is passed
_NEWEST = 4000  # stories that are gone through in some milliseconds
_NAMES = 2000  # sources that are named at once
_ORDERS: dict[Sort, str] = {
    "newest": "{doc} DESC",
    "oldest": "{doc} ASC",
    "arrived": "s.arrived DESC",
    "title": "s.heading COLLATE NOCASE, {doc} DESC",
    "source": "coalesce(s.source, s.outlet, '~') COLLATE NOCASE, {doc} DESC",
    "comments": "s.comments DESC, {doc} DESC",
}
_FIRST_OF: dict[Sort, str] = {
    "arrived": "story s INDEXED BY story_arrived WHERE arrived > 0",
    "comments": "story s INDEXED BY story_comments WHERE comments > 0",
    "title": "story s INDEXED BY story_title WHERE doc > 0",
    "source": "story s INDEXED BY story_source WHERE doc > 0",
}
_ROW = (
    "s.key, s.heading, s.titled, s.source, s.outlet, s.published, s.seen, s.topics, s.countries, s.language, s.comments,"
    " s.negative, s.neutral, s.positive, s.unsure, NOT EXISTS (SELECT 1 FROM read_mark WHERE story = s.key),"
    " l.id, s.revision, s.status, s.wire_copy_of IS NOT NULL, s.sitting, s.arrived"
)


def run(connection: sqlite3.Connection, sql: str, values: Sequence[Json]) -> Iterator[tuple[Json, ...]]:
    """The rows of a query that may look into texts. UsageError when that takes too long."""
    if "has_words(" in sql:
        connection.create_function("has_words", 3, has_words, deterministic=True)
    searches = asked_in(sql)
    for search in searches:
        connection.create_function(search.NAME, 3, search)
    try:
        yield from connection.execute(sql, values)
    except sqlite3.OperationalError:
        for search in searches:
            if search.failure is not None:
                raise search.failure from None
        raise


def _order(plan: Plan, sort: Sort) -> str:
    return _ORDERS[sort].format(doc=plan.doc)


def count(connection: sqlite3.Connection, term: Term | None, context: Context) -> int:
    plan = make_plan(term, context)
    return int(next(run(connection, f"SELECT count(*) {plan.body}", plan.values))[0])


def is_any(connection: sqlite3.Connection, term: Term | None, context: Context) -> bool:
    """Whether any story matches."""
    plan = make_plan(term, context)
    return next(run(connection, f"SELECT 1 {plan.body} LIMIT 1", plan.values), None) is not None


def count_unread(connection: sqlite3.Connection, term: Term | None, context: Context) -> tuple[int, int]:
    """How many match, and how many of them are not read."""
    plan = make_plan(term, context)
    sql = f"SELECT count(*), count(*) - count(r.story) {plan.body_with_marks}"
    total, unread = next(run(connection, sql, plan.values))
    return total, unread


def newest_first(
    connection: sqlite3.Connection, columns: str, term: Term | None, context: Context
) -> Iterator[tuple[Json, ...]]:
    """The matching stories' `columns`, newest first. Where the search index would be long in giving the first of them, the
    newest stories are gone through first."""
    plan = make_plan(term, context)
    ahead = _ahead(connection, plan, term, context)
    if ahead is not None:
        low, nearer = ahead
        recent = make_plan(term, nearer)
        recent.add(f"{recent.doc} >= ?", low)
        yield from run(connection, f"SELECT {columns} {recent.body} ORDER BY {recent.doc} DESC", recent.values)
        plan.add(f"{plan.doc} < ?", low)
    yield from run(connection, f"SELECT {columns} {plan.body} ORDER BY {plan.doc} DESC", plan.values)


def _ahead(connection: sqlite3.Connection, plan: Plan, term: Term | None, context: Context) -> tuple[int, Context] | None:
    """The `doc` down to which stories are better gone through first, and in which context; None where the index is soon
    there. It is not where words don't narrow by themselves (as ``-word``) or a start of words is common."""
    if is_common(connection, term):
        low, nearer = _doc_after(connection, LOOKED_THROUGH), replace(context, in_texts=True)
    elif _is_slow_to_begin(plan, term, context):
        low = _doc_after(connection, _NEWEST)
        nearer = replace(context, stretches=((low or 0, LAST),))
    else:
        return None
    return (low, nearer) if low is not None else None


def _is_slow_to_begin(plan: Plan, term: Term | None, context: Context) -> bool:
    """Whether the search index is asked of all stories before the first one is there."""
    return not plan.start.startswith("words") and asks_words(term, context)


def _doc_after(connection: sqlite3.Connection, stories: int) -> int | None:
    """The `doc` of the story that follows the newest so many; None where there are no more."""
    found = connection.execute("SELECT doc FROM story ORDER BY doc DESC LIMIT 1 OFFSET ?", (stories,)).fetchone()
    return found[0] if found else None


def keys(
    connection: sqlite3.Connection, term: Term | None, context: Context, sort: Sort, limit: int | None, offset: int
) -> list[int]:
    """Keys of the matching stories, in order."""
    if term is None and offset >= FAR:
        context = knowing_muted(connection, context)
    plan = make_plan(term, context)
    if sort == "newest" and limit is not None and (has_start(term) or _is_slow_to_begin(plan, term, context)):
        rows = newest_first(connection, "s.key", term, context)
        return [row[0] for row in islice(rows, max(offset, 0), max(offset, 0) + max(limit, 0))]
    narrows = term is not None or bool(context.muted)
    if limit is not None and sort in _FIRST_OF and (narrows or sort != "arrived"):
        for most in (_NEWEST, 10 * _NEWEST) if narrows else (max(offset, 0) + max(limit, 0),):
            found = _first_of_order(connection, term, context, sort, most)
            if len(found) >= max(offset, 0) + limit:
                return found[max(offset, 0) :][: max(limit, 0)]
    sql = f"SELECT s.key {plan.body} ORDER BY {_order(plan, sort)} LIMIT ? OFFSET ?"
    rows = run(connection, sql, [*plan.values, -1 if limit is None else max(limit, 0), max(offset, 0)])
    return [row[0] for row in rows]


def knowing_muted(connection: sqlite3.Connection, context: Context) -> Context:
    """The context for queries of this snapshot that pass many stories: what is muted is looked up once, and the others are
    passed along an index alone, which takes a third of the time."""
    if not context.muted or context.muted_known:
        return context
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS muted (doc INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM temp.muted")
    connection.execute(
        "INSERT INTO temp.muted SELECT doc FROM story INDEXED BY story_source WHERE doc > 0 AND coalesce(source, outlet, '~')"
        " COLLATE NOCASE IN (SELECT value COLLATE NOCASE FROM json_each(?) WHERE value <> '~')",
        (json.dumps(context.muted),),
    )
    rest = make_plan(Is("muted"), context)  # the outlet's, of stories that credit another source
    rest.add(f"{rest.doc} NOT IN (SELECT doc FROM temp.muted)")  # noqa: S608
    connection.execute(f"INSERT INTO temp.muted SELECT s.doc {rest.body}", rest.values)
    return replace(context, muted_known=True)


def _first_of_order(connection: sqlite3.Connection, term: Term | None, context: Context, sort: Sort, most: int) -> list[int]:
    """Keys, in order, of the stories that match among the first `most` in the order of `sort`: read along an index, where to
    order all that match takes seconds."""
    first = f"SELECT doc FROM {_FIRST_OF[sort]} AND sitting IN (0, ?) ORDER BY {_ORDERS[sort].format(doc='s.doc')} LIMIT ?"  # noqa: S608
    docs = [row[0] for row in connection.execute(first, (context.sitting, most))]
    plan = Plan()
    plan.add("s.doc IN (SELECT value FROM json_each(?))", json.dumps(docs))
    plan = make_plan(term, within(connection, term, context, docs), plan)
    sql = f"SELECT s.key {plan.body} ORDER BY {_order(plan, sort)}"
    return [row[0] for row in run(connection, sql, plan.values)]


def story_rows(
    connection: sqlite3.Connection, wanted: Sequence[int], context: Context, is_starred: Callable[[str], bool]
) -> list[StoryRow]:
    """Rows of the given stories, in the order given."""
    found: dict[int, StoryRow] = {}
    followed = _followed(connection, wanted, context)
    for at in range(0, len(wanted), 500):
        some = wanted[at : at + 500]
        sql = f"SELECT {_ROW} FROM story s JOIN storyline l ON l.n = s.storyline WHERE s.key IN ({', '.join('?' * len(some))})"  # noqa: S608
        for row in connection.execute(sql, some):
            found[row[0]] = _story_row(row, row[0] in followed, is_starred)
    return [found[key] for key in wanted if key in found]


def named_sources(connection: sqlite3.Connection, sitting: int) -> list[str]:
    """The names of sources, or of outlets where a story credits none, as :data:`_FIRST_OF` has them; at most :data:`_NAMES`."""
    name = "coalesce(source, outlet, '~') COLLATE NOCASE"
    among = f"FROM story INDEXED BY story_source WHERE doc > 0 AND sitting IN (0, {sitting:d}) AND {name}"
    rows = connection.execute(
        f"WITH RECURSIVE found (name) AS (SELECT (SELECT coalesce(source, outlet, '~') {among} > '' ORDER BY {name} LIMIT 1)"  # noqa: S608
        f" UNION ALL SELECT (SELECT coalesce(source, outlet, '~') {among} > found.name ORDER BY {name} LIMIT 1)"
        f" FROM found WHERE found.name IS NOT NULL LIMIT {_NAMES})"
        " SELECT name FROM found WHERE name IS NOT NULL AND name <> '~'"
    )
    return [row[0] for row in rows]


def _followed(connection: sqlite3.Connection, wanted: Sequence[int], context: Context) -> AbstractSet[int]:
    """Which of the given stories a follow matches."""
    if context.followed is None or not wanted:
        return frozenset()
    keys = json.dumps(list(wanted))
    docs: list[int] = []
    if asks_words(context.followed, context):
        found = connection.execute("SELECT doc FROM story WHERE key IN (SELECT value FROM json_each(?))", (keys,))
        docs = [row[0] for row in found]
    plan = make_plan(None, replace(context, muted=()))
    clause, values = clause_of(context.followed, among_few(connection, context.followed, context, docs))
    plan.add("s.key IN (SELECT value FROM json_each(?))", keys)
    plan.add(clause, *values)
    return {row[0] for row in run(connection, f"SELECT s.key {plan.body}", plan.values)}


def _story_row(row: tuple[Json, ...], followed: bool, is_starred: Callable[[str], bool]) -> StoryRow:
    story_id = to_id(row[0])
    return StoryRow(
        id=story_id,
        heading=row[1],
        titled=bool(row[2]),
        source=row[3],
        outlet=row[4],
        published=row[5],
        seen=row[6],
        topics=top_level(row[7]),
        countries=tuple(row[8].split()),
        language=row[9],
        comments=row[10],
        mood=MoodCounts(*row[11:15]),
        unread=bool(row[15]),
        starred=is_starred(story_id),
        followed=followed,
        storyline=row[16] or None,
        revision=row[17],
        status=row[18],
        wire_copy=bool(row[19]),
        sitting=bool(row[20]),
        arrived=row[21],
    )


def _origins(connection: sqlite3.Connection, key: int) -> tuple[Origin, ...]:
    rows = connection.execute(
        "SELECT format, position, is_feed, place, item_id FROM origin WHERE story = ? ORDER BY rowid", (key,)
    )
    return tuple(
        Origin(form, position, feed=place, item_id=item) if is_feed else Origin(form, position, path=place, item_id=item)
        for form, position, is_feed, place, item in rows
    )


def stories(connection: sqlite3.Connection, key: int, every: bool) -> list[Story]:
    """The latest version of a story (or `every` one, the earliest first); nothing if it is not there."""
    row = connection.execute(
        "SELECT s.revision, s.wire_copy_of, s.why, l.id, l.title, (SELECT count(*) FROM story WHERE storyline = s.storyline)"
        " FROM story s JOIN storyline l ON l.n = s.storyline WHERE s.key = ?",
        (key,),
    ).fetchone()
    if row is None:
        return []
    revision, wire_copy_of, why, line_id, line_title, line_stories = row
    told = tuple(json.loads(why))
    reasons = told if line_stories > 1 else that_hold_alone(told)
    line = StorylineRef(line_id, line_title, line_stories, reasons) if line_id else None
    origins = _origins(connection, key)
    versions = connection.execute(
        "SELECT n, json, tags FROM revision WHERE story = ? AND n >= ? ORDER BY n", (key, 1 if every else revision)
    )
    kept_apart = {"id": to_id(key), "storyline": line, "origins": origins, "wire_copy_of": wire_copy_of}
    with collector_at_rest():  # a thread of 20,000 comments would have it go through everything several times
        found = [_load(text, tags, {**kept_apart, "revision": n}) for n, text, tags in versions]
    if line is None or line_stories == 1:
        return found
    if speaks_of_others(told):
        line = replace(line, why=by_others.with_days(connection, key, found[-1], told))
    else:
        line = replace(line, why=(*told, *by_others.reasons(connection, key, found[-1])))
    return [one.with_(storyline=line) for one in found]


def version_moments(connection: sqlite3.Connection, key: int) -> list[tuple[int, str]]:
    """The number of each version of a story, and when it came in."""
    return connection.execute("SELECT n, seen FROM revision WHERE story = ? ORDER BY n", (key,)).fetchall()


def _load(text: str, tags: str | None, kept_apart: dict[str, Json]) -> Story:
    from newsdesk.tagging.drafts import load_story

    thread = cut_thread(text, tags)
    if thread is None:
        return load_story(text, tags, **kept_apart)
    text, tags, comments = thread
    return load_story(text, tags, comments=comments, **kept_apart)


def story(connection: sqlite3.Connection, story_id: str) -> Story | None:
    found = stories(connection, to_key(story_id), every=False)
    return found[0] if found else None


def ids_like(connection: sqlite3.Connection, prefix: str, limit: int) -> list[str]:
    """Ids of stories or storylines that start with `prefix`."""
    if prefix.startswith("s"):
        try:
            low, high = key_range(prefix)
        except UsageError:
            return []
        rows = connection.execute("SELECT key FROM story WHERE key >= ? AND key < ? ORDER BY key LIMIT ?", (low, high, limit))
        return [to_id(row[0]) for row in rows]
    rows = connection.execute(
        "SELECT id FROM storyline WHERE id >= ?1 AND id < ?1 || '~'"
        " UNION SELECT old FROM forward WHERE old >= ?1 AND old < ?1 || '~' ORDER BY 1 LIMIT ?2",
        (prefix, limit),
    )
    return [row[0] for row in rows]
