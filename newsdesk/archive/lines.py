"""Storylines: their rows and their lists. Every function runs in the caller's transaction."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import merge
from itertools import chain, groupby, islice
from operator import itemgetter

from newsdesk.archive.compile import Context, Plan, clause_of, make_plan
from newsdesk.archive.insertion import Insertion
from newsdesk.archive.read import FAR, newest_first, run
from newsdesk.archive.rows import StorylineSort
from newsdesk.archive.texts import asked_in
from newsdesk.archive.time_stretches import asks_words, within
from newsdesk.archive.word_starts import MOST_NAMED
from newsdesk.model import Storyline
from newsdesk.query.terms import Is, Term
from newsdesk.query.words import index_words
from newsdesk.wording import that_hold_alone

_quote = json.encoder.encode_basestring  # a text as a profile has it
_WORD = Insertion("INSERT OR IGNORE INTO storyline_word", "(?, ?)")
_AT_ONCE = 400  # stories whose storylines' newest ones are looked up together, and titles that are cut into words

# The row that stories are in as long as they are in no storyline.
UNGROUPED = 0


def line_number(connection: sqlite3.Connection, line_id: str) -> int | None:
    row = connection.execute("SELECT n FROM storyline WHERE id = ?", (line_id,)).fetchone()
    return int(row[0]) if row else None


def put_line(connection: sqlite3.Connection, line_id: str, title: str) -> int:
    """Make the storyline, or give it this title; returns its row."""
    return put_lines(connection, {line_id: title})[line_id]


def put_lines(connection: sqlite3.Connection, titles: Mapping[str, str]) -> dict[str, int]:
    """As :func:`put_line`, of storylines by their ids."""
    sql = "SELECT id, n, title FROM storyline WHERE id IN (SELECT value FROM json_each(?))"
    known = {line_id: (n, title) for line_id, n, title in connection.execute(sql, (json.dumps(list(titles)),))}
    changed = [line_id for line_id, (_, title) in known.items() if title != titles[line_id]]
    last = connection.execute("SELECT max(n) FROM storyline").fetchone()[0]
    numbers = {line_id: number for number, line_id in enumerate((one for one in titles if one not in known), last + 1)}
    rows = [(number, line_id, titles[line_id]) for line_id, number in numbers.items()]
    connection.executemany("INSERT INTO storyline (n, id, title) VALUES (?, ?, ?)", rows)
    numbers |= {line_id: n for line_id, (n, _) in known.items()}
    connection.executemany("UPDATE storyline SET title = ? WHERE n = ?", [(titles[one], numbers[one]) for one in changed])
    _forget_words(connection, {numbers[one]: known[one][1] for one in changed})
    named = [line_id for line_id in numbers if line_id not in known or line_id in changed]
    _put_words(connection, {numbers[line_id]: titles[line_id] for line_id in named})
    return numbers


def _put_words(connection: sqlite3.Connection, titles: Mapping[int, str]) -> None:
    # Of an older kind of words some may still be there: all are made anew by the next refresh.
    _WORD.write(connection, _words_of(titles))


def _forget_words(connection: sqlite3.Connection, titles: Mapping[int, str]) -> None:
    """`titles`: those by which the storylines were found. An index by storyline would cost as much as the words do."""
    connection.executemany("DELETE FROM storyline_word WHERE word = ? AND storyline = ?", _words_of(titles))


def _words_of(titles: Mapping[int, str]) -> list[tuple[str, int]]:
    return sorted((word, number) for number, title in titles.items() for word in dict.fromkeys(index_words(title)))


def rebuild_words(connection: sqlite3.Connection) -> None:
    """Find storylines by the words of their titles anew, after the way in which text becomes words has changed."""
    connection.execute("DELETE FROM storyline_word")
    titles = connection.execute("SELECT n, title FROM storyline WHERE n <> ?", (UNGROUPED,))
    while some := dict(titles.fetchmany(_AT_ONCE)):
        _put_words(connection, some)


def follow_headline(connection: sqlite3.Connection, number: int, before: str, after: str) -> None:
    """A storyline that is called after a story goes with its headline, which its outlet changed: so does what grouping knows of
    it. `before` and `after` are as :func:`newsdesk.wording.line_title` gives them."""
    row = connection.execute("SELECT id FROM storyline WHERE n = ? AND title = ?", (number, before)).fetchone()
    if row is not None and after:
        put_line(connection, row[0], after)
        old, new = (f'"t":{_quote(title)},' for title in (before, after))
        connection.execute("UPDATE profile SET blob = replace(blob, ?, ?) WHERE id = ?", (old, new, row[0]))


def drop_empty_lines(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Forget those of the storylines that no story is in any more."""
    for number in set(numbers) - {UNGROUPED}:
        if connection.execute("SELECT 1 FROM story WHERE storyline = ? LIMIT 1", (number,)).fetchone() is None:
            titles = connection.execute("SELECT n, title FROM storyline WHERE n = ?", (number,))
            _forget_words(connection, dict(titles.fetchall()))
            connection.execute("DELETE FROM storyline WHERE n = ?", (number,))


def resolve(connection: sqlite3.Connection, line_id: str) -> str:
    """Where the stories of `line_id` are now: itself, or the storyline that it was merged into."""
    seen = {line_id}
    while row := connection.execute("SELECT new FROM forward WHERE old = ?", (line_id,)).fetchone():
        line_id = row[0]
        if line_id in seen:
            break
        seen.add(line_id)
    return line_id


def resolve_all(connection: sqlite3.Connection, line_ids: Iterable[str]) -> list[str]:
    """As :func:`resolve`, of several."""
    names = list(line_ids)
    sql = "SELECT old FROM forward WHERE old IN (SELECT value FROM json_each(?))"
    moved = {row[0] for row in connection.execute(sql, (json.dumps(names),))}
    return [resolve(connection, line_id) if line_id in moved else line_id for line_id in names]


def leading_to(connection: sqlite3.Connection, line_id: str) -> list[str]:
    """The ids of storylines that were merged into this one, and into those."""
    rows = connection.execute(
        "WITH RECURSIVE led (id) AS (SELECT ?1 UNION SELECT old FROM forward JOIN led ON new = id) SELECT id FROM led",
        (line_id,),
    )
    return [row[0] for row in rows if row[0] != line_id]


def missing(connection: sqlite3.Connection, line_ids: Iterable[str]) -> set[str]:
    """Those of the storylines that are there no more, not even as a part of another."""
    names = list(line_ids)
    return {
        name for name, now in zip(names, resolve_all(connection, names), strict=True) if line_number(connection, now) is None
    }


# Lists


def _among(connection: sqlite3.Connection, numbers: Sequence[int], term: Term | None, context: Context) -> Plan:
    """The SQL of a query over the stories of a few storylines."""
    lines = json.dumps(list(numbers))
    docs: list[int] = []
    if asks_words(term, context):
        sql = "SELECT doc FROM story INDEXED BY story_storyline WHERE storyline IN (SELECT value FROM json_each(?))"
        docs = [row[0] for row in connection.execute(sql, (lines,))]
    if len(docs) <= MOST_NAMED:
        context = replace(context, in_texts=True)
    plan = Plan("story s INDEXED BY story_storyline")
    plan.add("s.storyline IN (SELECT value FROM json_each(?))", lines)
    return make_plan(term, within(connection, term, context, docs), plan)


def _kept_order(connection: sqlite3.Connection, context: Context, sort: StorylineSort) -> Iterator[int]:
    """Every storyline in the order of its newest story, along the kept order; those that stand elsewhere are put in their
    places."""
    down = sort == "newest"
    moved = _moved(connection, context)
    rows = connection.execute(f"SELECT newest, n FROM storyline WHERE newest > 0 ORDER BY newest {'DESC' if down else ''}")  # noqa: S608
    kept = (row for row in rows if row[1] not in moved) if moved else rows
    there = sorted(((doc, number) for number, doc in moved.items() if doc), reverse=down)
    return (number for _, number in merge(kept, there, reverse=down))


def _moved(connection: sqlite3.Connection, context: Context) -> dict[int, int]:
    """Storylines of which the newest story may not be the one that the kept order has, with that story's `doc`, 0 where none
    is left: those with a story of the sitting, or of a muted source."""
    own: dict[int, int] = {}
    if context.sitting:
        sql = (
            "SELECT storyline, max(doc), (SELECT newest FROM storyline WHERE n = storyline) FROM story INDEXED BY story_sitting"
            " WHERE sitting = ?1 AND sitting <> 0 AND storyline <> ?2 GROUP BY 1"
        )
        own = {number: max(doc, newest or 0) for number, doc, newest in connection.execute(sql, (context.sitting, UNGROUPED))}
    if not context.muted:
        return own
    plan = make_plan(Is("muted"), context)
    numbers = {row[0] for row in run(connection, f"SELECT DISTINCT s.storyline {plan.body}", plan.values)}
    numbers = (numbers | set(own)) - {UNGROUPED}
    among = _among(connection, list(numbers), None, context)
    found = run(connection, f"SELECT s.storyline, max(s.doc) {among.body} GROUP BY 1", among.values)
    return dict.fromkeys(numbers, 0) | dict(found)


def _page_of_all(connection: sqlite3.Connection, sort: StorylineSort, limit: int | None, offset: int) -> list[int]:
    """As :func:`_kept_order`, where there is no sitting: what is before the page is passed over inside SQLite."""
    sql = f"SELECT n FROM storyline WHERE newest > 0 ORDER BY newest {'DESC' if sort == 'newest' else ''} LIMIT ? OFFSET ?"  # noqa: S608
    return [row[0] for row in connection.execute(sql, (-1 if limit is None else max(limit, 0), max(offset, 0)))]


def _newest_lines(connection: sqlite3.Connection, term: Term | None, context: Context) -> Iterator[int]:
    """Storylines with a matching story, in the order of their newest one."""
    seen: set[int] = set()
    for (number,) in newest_first(connection, "s.storyline", term, context):
        if number not in seen and number != UNGROUPED:
            seen.add(number)
            yield number


def _oldest_lines(connection: sqlite3.Connection, term: Term | None, context: Context) -> Iterator[int]:
    """The same from the other end, without reading all: of the oldest stories, those that are the newest of their storyline."""
    plan = make_plan(term, context)
    sql = f"SELECT s.storyline, {plan.doc} {plan.body} ORDER BY {plan.doc}"
    if asked_in(plan.body):  # looked for once, not for every storyline again
        yield from reversed(list(_newest_lines(connection, term, context)))
        return
    rows = run(connection, sql, plan.values)
    while some := list(islice(rows, _AT_ONCE)):
        among = _among(connection, [number for number in {row[0] for row in some} if number != UNGROUPED], term, context)
        newest_of = f"SELECT s.storyline, max(s.doc) {among.body} GROUP BY 1"
        newest: dict[int, int] = dict(run(connection, newest_of, among.values))
        yield from (number for number, doc in some if newest.get(number) == doc)


def _ranked_of_all(connection: sqlite3.Connection, sort: StorylineSort) -> Iterator[int]:
    """As :func:`_ranked_lines`, of every story where none is of a sitting: along an index that holds all that is asked."""
    read = "SELECT s.storyline AS n, count(*) AS number FROM read_mark r JOIN story s ON s.key = r.story GROUP BY 1"
    rank = "every.number" if sort == "stories" else "every.number - ifnull(seen.number, 0)"
    rows = connection.execute(
        f"WITH seen AS MATERIALIZED ({read}), every AS (SELECT storyline AS n, count(*) AS number, max(doc) AS newest"  # noqa: S608
        f" FROM story INDEXED BY story_storyline WHERE storyline <> {UNGROUPED} GROUP BY 1)"
        f" SELECT every.n FROM every LEFT JOIN seen ON seen.n = every.n ORDER BY {rank} DESC, newest DESC"
    )
    return (row[0] for row in rows)


def _ranked_lines(connection: sqlite3.Connection, term: Term | None, context: Context, sort: StorylineSort) -> Iterator[int]:
    whole = term is None and not context.muted
    if whole and connection.execute("SELECT 1 FROM story WHERE sitting <> 0 LIMIT 1").fetchone() is None:
        yield from _ranked_of_all(connection, sort)
        return
    plan = make_plan(term, context)
    rank = "count(*)" if sort == "stories" else "count(*) - count(r.story)"
    plan.add("s.storyline <> ?", UNGROUPED)
    sql = f"SELECT s.storyline {plan.body_with_marks} GROUP BY s.storyline ORDER BY {rank} DESC, max(s.doc) DESC"
    yield from (row[0] for row in run(connection, sql, plan.values))


def line_numbers(
    connection: sqlite3.Connection,
    term: Term | None,
    context: Context,
    sort: StorylineSort,
    limit: int | None,
    offset: int,
) -> list[int]:
    """Rows of the storylines with a matching story, in order."""
    kept = term is None and sort in ("newest", "oldest") and (not context.muted or offset >= FAR)
    if kept:
        if not (context.sitting or context.muted):
            return _page_of_all(connection, sort, limit, offset)
        numbers = _kept_order(connection, context, sort)
    elif sort == "newest":
        numbers = _newest_lines(connection, term, context)
    elif sort == "oldest":
        numbers = _oldest_lines(connection, term, context)
    else:
        numbers = _ranked_lines(connection, term, context, sort)
    first = max(offset, 0)
    return list(islice(numbers, first, None if limit is None else first + max(limit, 0)))


def count_lines(connection: sqlite3.Connection, term: Term | None, context: Context) -> int:
    if term is None and not context.muted:
        return _count_all(connection, context)
    plan = make_plan(term, context)
    sql = f"SELECT count(DISTINCT nullif(s.storyline, {UNGROUPED})) {plan.body}"
    return int(next(run(connection, sql, plan.values))[0])


def _count_all(connection: sqlite3.Connection, context: Context) -> int:
    """Every storyline has a story: all but those whose stories are all of other sittings."""
    rows = connection.execute(
        "SELECT (SELECT count(*) - 1 FROM storyline), (SELECT count(*) FROM"
        " (SELECT DISTINCT storyline AS n FROM story INDEXED BY story_sitting WHERE sitting <> ?1 AND sitting <> 0)"
        " WHERE NOT EXISTS"
        " (SELECT 1 FROM story INDEXED BY story_storyline WHERE storyline = n AND sitting IN (0, ?1)))",
        (context.sitting,),
    )
    every, hidden = rows.fetchone()
    return int(every - hidden)


def line_ids(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[str]:
    rows = connection.execute(
        "SELECT n, id FROM storyline WHERE n IN (SELECT value FROM json_each(?))", (json.dumps(list(numbers)),)
    )
    names = dict(rows.fetchall())
    return [names[number] for number in numbers if number in names]


def storyline(connection: sqlite3.Connection, number: int, context: Context) -> Storyline | None:
    """A storyline with its stories counted; None if it has none that can be seen."""
    brief = briefs(connection, [number], context).get(number)
    if brief is None:
        return None
    rows = connection.execute(
        "SELECT why FROM story WHERE storyline = ? AND sitting IN (0, ?) ORDER BY doc", (number, context.sitting)
    )
    told = map(json.loads, chain.from_iterable(rows))
    why = Counter(chain.from_iterable(told if brief.stories > 1 else map(that_hold_alone, told)))
    return replace(brief, why=tuple(reason for reason, _ in why.most_common(5)))


def briefs(connection: sqlite3.Connection, numbers: Sequence[int], context: Context) -> dict[int, Storyline]:
    """Storylines by their row, with their stories counted but without what speaks for them; those that have a story that can
    be seen. Muted sources are not named, unless every story is of one: who asks for that storyline wants those."""
    wanted = json.dumps(list(numbers))
    heads = connection.execute("SELECT n, id, title FROM storyline WHERE n IN (SELECT value FROM json_each(?))", (wanted,))
    muted, names = clause_of(Is("muted"), context)
    rows = connection.execute(
        f"SELECT storyline, coalesce(source, outlet), countries, substr(coalesce(published, seen), 1, 10), {muted}"  # noqa: S608
        " FROM story AS s INDEXED BY story_storyline WHERE storyline IN (SELECT value FROM json_each(?)) AND sitting IN (0, ?)"
        " ORDER BY storyline, doc",
        (*names, wanted, context.sitting),
    )
    members = {number: list(stories) for number, stories in groupby(rows, key=itemgetter(0))}
    return {n: _brief(line_id, title, members[n], line_id in context.pinned) for n, line_id, title in heads if n in members}


def _brief(line_id: str, title: str, rows: Sequence[tuple[int, str | None, str, str, bool]], pinned: bool) -> Storyline:
    sources = Counter(row[1] for row in [row for row in rows if not row[4]] or rows if row[1])
    countries = Counter(code for row in rows for code in row[2].split())
    return Storyline(
        id=line_id,
        title=title,
        stories=len(rows),
        sources=tuple(name for name, _ in sources.most_common()),
        countries=tuple(code for code, _ in countries.most_common()),
        first_seen=min(row[3] for row in rows),
        last_seen=max(row[3] for row in rows),
        pinned=pinned,
    )


def matching(
    connection: sqlite3.Connection, numbers: Sequence[int], term: Term | None, context: Context, since: int | None
) -> dict[int, tuple[int, int, int, int]]:
    """By storyline: how many of its stories match, how many of these are unread, how many came in after the arrival number
    `since`, where one is given, and the key of the newest."""
    plan = _among(connection, numbers, term, context)
    new = "0" if since is None else f"sum(s.arrived > {since:d})"
    counts = f"count(*), count(*) - count(r.story), {new}"
    sql = f"SELECT s.storyline, {counts}, s.key, max(s.doc) {plan.body_with_marks} GROUP BY 1"
    return {row[0]: row[1:5] for row in run(connection, sql, plan.values)}


def matching_keys(connection: sqlite3.Connection, number: int, term: Term | None, context: Context) -> list[int]:
    """Keys of a storyline's matching stories, newest first."""
    plan = _among(connection, [number], term, context)
    return [row[0] for row in run(connection, f"SELECT s.key {plan.body} ORDER BY s.doc DESC", plan.values)]


def told_keys(connection: sqlite3.Connection, number: int, context: Context) -> list[int]:
    """Keys of the stories by which a storyline is told where it is told by itself, newest first: all but those that are muted;
    where every one is, who asks for it wants those."""
    told = matching_keys(connection, number, None, context)
    return told or (matching_keys(connection, number, None, replace(context, muted=())) if context.muted else told)
