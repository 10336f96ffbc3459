"""Counts by topic and country: of everything from the kept tallies, under a query by counting."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence

from newsdesk.archive import read
from newsdesk.archive.compile import Context, make_plan
from newsdesk.archive.read import run
from newsdesk.archive.rows import Section, Sections
from newsdesk.archive.tags import UNKNOWN_COUNTRY, is_counted, top_level, topic_id, topic_number
from newsdesk.person.marks import read_counts
from newsdesk.query.terms import CountryIs, Is, Term, TopicIs, both
from newsdesk.wording import UNKNOWN, UNLABELLED

Tally = dict[tuple[str, str], tuple[int, int]]


def tally_of(connection: sqlite3.Connection, term: Term | None, context: Context) -> Tally:
    """Total and unread of what matches, by kind and value: from the kept counts where they tell it."""
    if term is None:
        kept = whole_tally(connection, context.sitting)
    elif (section := section_of(term)) is not None:
        kept = section_tally(connection, section, context.sitting)
    else:
        return query_tally(connection, term, context)
    return _less(kept, query_tally(connection, both(term, Is("muted")), context)) if context.muted else kept


def _less(tally: Tally, other: Tally) -> Tally:
    """What is left of counts without others; they are read one after the other, as in :func:`_kept_tally`."""
    left: Tally = {}
    for key, (total, unread) in tally.items():
        less_total, less_unread = other.get(key, (0, 0))
        if total > less_total:
            left[key] = (total - less_total, min(max(unread - less_unread, 0), total - less_total))
    return left


def count_unread(connection: sqlite3.Connection, term: Term, context: Context) -> tuple[int, int]:
    """How many match, and how many of them are not read: from the kept counts where they tell it alone."""
    if not _is_kept(term, context):
        return read.count_unread(connection, term, context)
    return tally_of(connection, term, context).get(("all", ""), (0, 0))


def count(connection: sqlite3.Connection, term: Term, context: Context) -> int:
    """How many match, which takes half as long."""
    return count_unread(connection, term, context)[0] if _is_kept(term, context) else read.count(connection, term, context)


def _is_kept(term: Term, context: Context) -> bool:
    return section_of(term) is not None and not context.muted


def whole_tally(connection: sqlite3.Connection, sitting: int) -> Tally:
    """Total and unread of everything, by kind and value."""
    return _kept_tally(connection, sitting, ("all", "topic", "country"))


def _kept_tally(connection: sqlite3.Connection, sitting: int, kinds: Sequence[str]) -> Tally:
    totals: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    rows = connection.execute(
        "SELECT kind, value, total FROM tally WHERE sitting IN (0, ?) AND kind IN (SELECT value FROM json_each(?))",
        (sitting, json.dumps(kinds)),
    )
    for kind, value, total in rows:
        totals[kind, value] += total
    for (of, kind, value), number in read_counts(connection, kinds).items():
        if of in (0, sitting):
            seen[kind, value] += number
    # The two files are read one after the other: a mark made in between must not show as a negative number.
    return {key: (total, min(max(total - seen[key], 0), total)) for key, total in totals.items() if total > 0}


def section_of(term: Term | None) -> str | None:
    """The section that a query asks for and nothing else, as the kind under which it is counted; None for any other query."""
    if isinstance(term, TopicIs) and len(term.topics) == 1 and is_counted(term.topics[0]):
        return f"topic:{topic_number(term.topics[0])}"
    return f"country:{term.code}" if isinstance(term, CountryIs) else None


def section_tally(connection: sqlite3.Connection, section: str, sitting: int) -> Tally:
    """Total and unread within a section (:func:`section_of`), from the kept counts."""
    within = _kept_tally(connection, sitting, (section,))
    tally = {(kind, value): counts for (_, name), counts in within.items() for kind, _, value in [name.partition(":")]}
    own = within.get((section, section))
    return {**tally, ("all", ""): own} if own else tally


def query_tally(connection: sqlite3.Connection, term: Term | None, context: Context) -> Tally:
    """Total and unread of what matches, by kind and value."""
    plan = make_plan(term, context)
    sql = f"SELECT s.topics, s.countries, count(*), count(*) - count(r.story) {plan.body_with_marks} GROUP BY 1, 2"
    totals: Counter[tuple[str, str]] = Counter()
    unread: Counter[tuple[str, str]] = Counter()
    for topics, countries, total, fresh in run(connection, sql, plan.values):
        keys = [("all", "")]
        keys += [("topic", str(topic_number(topic))) for topic in top_level(topics) or ("",)]
        keys += [("country", code) for code in countries.split() or [UNKNOWN_COUNTRY]]
        for key in keys:
            totals[key] += total
            unread[key] += fresh
    return {key: (total, unread[key]) for key, total in totals.items()}


def has_unlabelled(connection: sqlite3.Connection) -> bool:
    """Whether stories wait for their labels: until they have them they count as unknown."""
    return connection.execute("SELECT 1 FROM story WHERE tagged = 0 LIMIT 1").fetchone() is not None


def make_sections(tally: Tally, topics: dict[str, str], country_name: Callable[[str], str], *, unlabelled: bool) -> Sections:
    """Sections of a tally. `topics` are all there are, by id, in their order; `unlabelled` as :func:`has_unlabelled`."""

    def section(kind: str, value: str, section_id: str, name: str) -> Section:
        return Section(section_id, name, *tally.get((kind, value), (0, 0)))

    found = {topic_id(int(value)) for kind, value in tally if kind == "topic" and value != "0"}
    names = topics | {topic: topic for topic in sorted(found - set(topics))}
    codes = [value for kind, value in tally if kind == "country" and value]
    countries = [section("country", code, code, country_name(code)) for code in codes]
    unknown = UNLABELLED if unlabelled else UNKNOWN
    everything = tally.get(("all", ""), (0, 0))
    return Sections(
        total=everything[0],
        unread=everything[1],
        topics=tuple(section("topic", str(topic_number(topic)), topic, name) for topic, name in names.items()),
        countries=tuple(sorted(countries, key=lambda row: (-row.total, row.name))),
        unknown_topic=section("topic", "0", "", unknown),
        unknown_country=section("country", "", "", unknown),
    )
