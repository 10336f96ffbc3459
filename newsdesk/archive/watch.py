"""The facts that a follow's alerts look at. Every function reads in the caller's snapshot."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from newsdesk.archive import read
from newsdesk.archive.compile import A_MINUTE, Context, Plan, make_plan
from newsdesk.archive.ids import to_id
from newsdesk.archive.lines import UNGROUPED
from newsdesk.archive.read import run
from newsdesk.archive.time_stretches import within
from newsdesk.archive.word_starts import LATEST
from newsdesk.following.alerts import USUAL_DAYS, Correction, Facts, LineFacts, Match, Rule
from newsdesk.model import FEWEST_FOR_SHARE, Comment
from newsdesk.query.moments import DAY
from newsdesk.query.terms import ArrivedAfter, Between, Comments, CountryIs, Not, Term, asks, both
from newsdesk.threads.kept_text import first_and_last_seen, without_comments

_MOST_LINES = 200
_MOST_MATCHES = 50
_MOST_CHANGED = 1000  # stories of which two versions are compared
_MOST_THREADS = 100
MOST_SAID = 120  # of a title, in an alert
_THREAD_DAYS = 14  # a thread is read for a week
_NOWHERE = CountryIs("-")  # a query that asks for it shows where reading would start
_OF_ANY_STORY = {"velocity", "correction"}  # rules that ask for more, or for other, than the stories since the last look


def gather(
    connection: sqlite3.Connection,
    context: Context,
    term: Term,
    rules: Sequence[Rule],
    keywords: Mapping[str, Term],
    *,
    looked: int,
    looked_at: str,
    now: int,
    first: int = 0,
    versions: int | None = None,
) -> Facts:
    """What the rules need of the stories that match `term`, and no more.

    `looked` is the arrival number of the last look, `looked_at` its moment (UTC, ``Z``, or "" if it isn't known), `first` that
    of the end of the first refresh that brought a story (0: not known), `now` in minutes; `keywords` are the queries of the
    keyword rules, by the rule's text. `versions`: where the clock was set back behind the last look, so that no moment tells,
    what :func:`count_versions` was when alerts were told last; a change from there on comes after the look too.
    """
    names = {rule.name for rule in rules}
    fresh = both(term, ArrivedAfter(looked))
    is_new = bool(names - _OF_ANY_STORY) and looked < context.arrivals and read.is_any(connection, fresh, context)
    day = now - DAY
    border = _border(connection, context, term, looked, first) if is_new and names & {"new-country", "mood"} else looked
    return Facts(
        new_countries=_new_countries(connection, term, context, border) if is_new and "new-country" in names else frozenset(),
        last_day=read.count(connection, both(term, Between(day, None)), context) if "velocity" in names else 0,
        usual=(read.count(connection, both(term, Between(day - DAY * USUAL_DAYS, day)), context) if "velocity" in names else 0),
        lines=_lines(connection, fresh, context, border) if is_new and names & {"sources", "mood"} else (),
        threads=_threads(connection, both(term, Between(now - _THREAD_DAYS * DAY, None)), context, looked_at)
        if "mood" in names
        else (),
        matches=tuple(
            match
            for text, query in (keywords.items() if is_new else ())
            for match in _matches(connection, text, both(fresh, query), context)
        ),
        corrections=(
            _corrections(connection, term, context, looked_at, versions) if "correction" in names and looked_at else ()
        ),
    )


def count_versions(connection: sqlite3.Connection) -> int:
    """The number of the version of a story that was written last."""
    return int(connection.execute("SELECT coalesce(max(rowid), 0) FROM revision").fetchone()[0])


def _border(connection: sqlite3.Connection, context: Context, term: Term, looked: int, first: int) -> int:
    """Up to where what is new is held against what was before: the last look. Where no story came before it, the first refresh
    that brought one: who never looks, as from cron, hears of what is other than at first."""
    came = looked and read.is_any(connection, both(term, Not(ArrivedAfter(looked))), context)
    return looked if came or not first else first


def days(connection: sqlite3.Connection, context: Context, term: Term, most: int) -> tuple[tuple[str, int], ...]:
    """How many stories there are by day (``2026-03-04``, UTC), over the `most` days up to that of the latest one."""
    plan = make_plan(term, context)
    sql = f"SELECT {plan.doc} {plan.body} ORDER BY {plan.doc} DESC LIMIT 1"
    latest = next(iter(run(connection, sql, plan.values)), None)
    if latest is None:
        return ()
    last = int(latest[0]) // A_MINUTE // DAY
    plan = make_plan(both(term, Between((last - most + 1) * DAY, None)), context)
    sql = f"SELECT {plan.doc} / {A_MINUTE} / {DAY}, count(*) {plan.body} GROUP BY 1 ORDER BY 1"
    return tuple((date.fromordinal(int(day) + 1).isoformat(), number) for day, number in run(connection, sql, plan.values))


def _new_countries(connection: sqlite3.Connection, term: Term, context: Context, border: int) -> frozenset[str]:
    """Codes of the countries that the matching stories after the border are about, and none up to it. None where no story up to
    it is about any. Where reading starts from a country, those are asked for one by one: most are soon found, and to read all
    took longer the more there were. Else each that is not there would have all read: they are, once, until all are found.
    """
    if not border:
        return frozenset()
    plan = make_plan(both(term, ArrivedAfter(border)), context)
    rows = run(connection, f"SELECT DISTINCT s.countries {plan.body}", plan.values)
    later = {code for row in rows for code in row[0].split()}
    before = both(term, Not(ArrivedAfter(border)))
    if not later or not read.is_any(connection, both(before, Not(CountryIs(""))), context):
        return frozenset()
    if make_plan(both(before, _NOWHERE), context).values[:1] == [_NOWHERE.code]:
        return frozenset(code for code in later if not read.is_any(connection, both(before, CountryIs(code)), context))
    plan = make_plan(before, context)
    for (codes,) in run(connection, f"SELECT s.countries {plan.body}", plan.values):
        later.difference_update(codes.split())
        if not later:
            break
    return frozenset(later)


def _lines(connection: sqlite3.Connection, fresh: Term, context: Context, border: int) -> tuple[LineFacts, ...]:
    """The storylines that the new stories belong to. What is muted counts there where the follow asks for it."""
    numbers = list(_latest_by_line(connection, fresh, context, _MOST_LINES))
    plan = Plan("storyline l CROSS JOIN story s INDEXED BY story_storyline ON s.storyline = l.n")
    plan.add("l.n IN (SELECT value FROM json_each(?))", json.dumps(numbers))
    plan = make_plan(None, replace(context, muted=()) if asks(fresh, "muted") else context, plan)
    sql = f"SELECT l.n, l.id, l.title, count(DISTINCT coalesce(s.source, s.outlet)) {plan.body} GROUP BY l.n"
    rows = list(run(connection, sql, plan.values))
    moods = _moods(connection, border, plan)
    return tuple(LineFacts(name, title[:MOST_SAID], sources, *moods.get(number, ())) for number, name, title, sources in rows)


def _latest_by_line(connection: sqlite3.Connection, term: Term, context: Context, most: int) -> dict[int, str]:
    """`most` storylines of the stories that match, those with the latest arrivals, each with the heading of that one. Stories
    that are in none yet wait until they are."""
    plan = make_plan(term, context)
    plan.add("s.storyline <> ?", UNGROUPED)
    found: dict[int, str] = {}
    for number, heading in run(connection, f"SELECT s.storyline, s.heading {plan.body} ORDER BY s.arrived DESC", plan.values):
        found.setdefault(number, heading)
        if len(found) == most:
            break
    return found


def _moods(connection: sqlite3.Connection, border: int, plan: Plan) -> dict[int, tuple[tuple[int, int], tuple[int, int]]]:
    """Of each storyline the counts before and after the border, as one and the same model read them: the one by which most
    comments are known on the side where it knows fewer."""
    decided = "s.negative + s.neutral + s.positive"
    parts = ((side, what) for side in ("<=", ">") for what in ("s.negative", decided))
    sums = (f"sum(CASE WHEN s.arrived {side} {border:d} THEN {what} ELSE 0 END)" for side, what in parts)
    sql = f"SELECT s.storyline, {', '.join(sums)} {plan.body} AND s.comments > 0 GROUP BY s.storyline, s.reader"
    found: dict[int, tuple[tuple[int, int], tuple[int, int]]] = {}
    for line, was, of, now, among in run(connection, sql, plan.values):
        known = found.get(line)
        if known is None or min(of, among) > min(known[0][1], known[1][1]):
            found[line] = ((was, of), (now, among))
    return found


def _threads(connection: sqlite3.Connection, term: Term, context: Context, looked_at: str) -> tuple[LineFacts, ...]:
    """The stories whose readers wrote on after the last look, or after the thread was read first, where that was later."""
    plan = make_plan(both(term, Comments(2 * FEWEST_FOR_SHARE, None)), context)
    sql = f"SELECT s.key, s.heading, {LATEST} {plan.body} ORDER BY {plan.doc} DESC LIMIT {_MOST_THREADS}"
    found: list[LineFacts] = []
    for key, heading, text in run(connection, sql, plan.values):
        moments = first_and_last_seen(text)
        border = max(looked_at, moments[0]) if moments else ""
        if moments and moments[1] > border:
            thread = read.stories(connection, key, every=False)[0].comments
            sides = ([one for one in thread if ((one.seen or "") > border) == later] for later in (False, True))
            before, after = map(_counted, sides)
            found.append(LineFacts(to_id(key), heading[:MOST_SAID], 0, before, after))
    return tuple(found)


def _counted(comments: Iterable[Comment]) -> tuple[int, int]:
    """Comments that are negative, and all that are not unsure."""
    sure = [mood for comment in comments if (mood := comment.sentiment) and not mood.unsure]
    return sum(mood.label == "negative" for mood in sure), len(sure)


def _matches(connection: sqlite3.Connection, rule: str, term: Term, context: Context) -> list[Match]:
    """A match a storyline, of those with the latest arrivals: who never looks hears of what comes in all the same."""
    found = _latest_by_line(connection, term, context, _MOST_MATCHES)
    names = dict(
        connection.execute(
            "SELECT n, id FROM storyline WHERE n IN (SELECT value FROM json_each(?))", (json.dumps(list(found)),)
        )
    )
    return [Match(rule, names[number], heading[:MOST_SAID]) for number, heading in reversed(found.items())]


def _corrections(
    connection: sqlite3.Connection, term: Term, context: Context, looked_at: str, versions: int | None
) -> tuple[Correction, ...]:
    """Stories whose latest revision came after the look, and says another headline or standing than the one before it; the
    latest ones, for who never looks. Most revisions say neither."""
    latest = "FROM revision r WHERE r.story = s.key AND r.n = s.revision"
    docs = _changed_since(connection, looked_at, versions)
    plan = Plan()
    plan.add("s.doc IN (SELECT value FROM json_each(?))", json.dumps(docs))
    plan = make_plan(term, within(connection, term, context, docs), plan)
    order = f"ORDER BY (SELECT r.rowid {latest}) DESC LIMIT {_MOST_CHANGED}"
    rows = list(run(connection, f"SELECT s.key, s.revision, s.heading, s.status {plan.body} {order}", plan.values))
    found = (change for row in rows if (change := _change(connection, *row)) is not None)
    return tuple(reversed(list(islice(found, _MOST_MATCHES))))


def _changed_since(connection: sqlite3.Connection, looked_at: str, versions: int | None) -> list[int]:
    """The `doc` of each story whose latest revision came after the look."""
    latest = "CROSS JOIN story s ON s.key = r.story AND s.revision = r.n WHERE r.n > 1"
    sql = f"SELECT s.doc FROM revision r INDEXED BY revision_later {latest} AND r.seen >= ?"  # noqa: S608
    rows = connection.execute(sql, (looked_at,)).fetchall()
    if versions is not None:
        rows += connection.execute(f"SELECT s.doc FROM revision r {latest} AND r.rowid > ?", (versions,)).fetchall()  # noqa: S608
    return list({doc for (doc,) in rows})


def _change(connection: sqlite3.Connection, key: int, revision: int, heading: str, status: str) -> Correction | None:
    old = connection.execute("SELECT json FROM revision WHERE story = ? AND n = ?", (key, revision - 1)).fetchone()
    before = json.loads(without_comments(old[0])) if old else {}
    if before.get("status", status) != status:
        return Correction(to_id(key), revision, before["status"], f"“{heading[:MOST_SAID]}” is {status}")
    title = before.get("title")
    if title and title[:MOST_SAID] != heading[:MOST_SAID]:
        return Correction(to_id(key), revision, f"“{title[:MOST_SAID]}”", f"“{heading[:MOST_SAID]}”")
    return None
