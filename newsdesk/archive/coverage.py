"""How many stories there are by topic and country at once, of all days or of one. Runs in the caller's snapshot."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from newsdesk.archive.compile import A_MINUTE, Context, make_plan
from newsdesk.archive.read import run
from newsdesk.archive.sections import has_unlabelled
from newsdesk.archive.tags import top_level, topic_id
from newsdesk.query.moments import DAY
from newsdesk.query.terms import Between, Is, Term, both

UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Stories by topic (its id) and country (its code); "" is unknown. A story counts once in `total`, and in every cell of its
    topics and countries; `topics` and `countries` count it once a topic and once a country.

    `days` are the days (minutes since 0001-01-01 of their beginnings, UTC) before and after the one asked for that have a
    story that matches; without a day, `earlier` is the latest day that has one. `unlabelled`: stories wait for their labels,
    and count as unknown until they have them.
    """

    total: int
    topics: Mapping[str, int]
    countries: Mapping[str, int]
    cells: Mapping[tuple[str, str], int]
    earlier: int | None = None
    later: int | None = None
    unlabelled: bool = False


def read_coverage(connection: sqlite3.Connection, term: Term | None, context: Context, day: int | None) -> Coverage:
    """Of what matches `term`, on the day that begins with minute `day`, or at any time."""
    whole = term is None and day is None
    counted = _kept(connection, context) if whole else _counted(connection, term, context, day)
    before = _next_day(connection, term, context, Between(None, day), "DESC")
    after = None if day is None else _next_day(connection, term, context, Between(day + DAY, None), "ASC")
    return replace(counted, earlier=before, later=after, unlabelled=has_unlabelled(connection))


def _counted(connection: sqlite3.Connection, term: Term | None, context: Context, day: int | None) -> Coverage:
    """By going through the stories."""
    wanted = term if day is None else both(term, Between(day, day + DAY))
    plan = make_plan(wanted, context)
    sql = f"SELECT s.topics, s.countries, count(*) {plan.body} GROUP BY 1, 2"
    total = 0
    topics: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    cells: Counter[tuple[str, str]] = Counter()
    for told_topics, told_countries, number in run(connection, sql, plan.values):
        here, places = top_level(told_topics) or (UNKNOWN,), told_countries.split() or [UNKNOWN]
        total += number
        topics.update(dict.fromkeys(here, number))
        countries.update(dict.fromkeys(places, number))
        cells.update({(topic, place): number for topic in here for place in places})
    return Coverage(total, topics, countries, cells)


def _kept(connection: sqlite3.Connection, context: Context) -> Coverage:
    """Of everything but what is muted, from the counts that are kept (:meth:`newsdesk.archive.tags.Tags.counted`)."""
    total = 0
    topics: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    cells: Counter[tuple[str, str]] = Counter()
    rows = connection.execute(
        "SELECT kind, value, total FROM tally WHERE sitting IN (0, ?) AND total > 0"
        " AND (kind IN ('all', 'topic', 'country') OR kind LIKE 'topic:%' AND value LIKE 'country:%')",
        (context.sitting,),
    )
    for kind, value, number in rows:
        if kind == "all":
            total += number
        elif kind == "topic":
            topics[topic_id(int(value))] += number
        elif kind == "country":
            countries[value] += number
        else:
            cells[topic_id(int(kind.removeprefix("topic:"))), value.removeprefix("country:")] += number
    if not context.muted:
        return Coverage(total, topics, countries, cells)
    muted = _counted(connection, Is("muted"), context, None)
    left = (topics - Counter(muted.topics), countries - Counter(muted.countries), cells - Counter(muted.cells))
    return Coverage(total - muted.total, *left)


def _next_day(connection: sqlite3.Connection, term: Term | None, context: Context, when: Term, order: str) -> int | None:
    """The day of the story that stands first in this order of time."""
    plan = make_plan(both(term, when), context)
    sql = f"SELECT {plan.doc} {plan.body} ORDER BY {plan.doc} {order} LIMIT 1"
    row = next(iter(run(connection, sql, plan.values)), None)
    return None if row is None else int(row[0]) // A_MINUTE // DAY * DAY
