"""One storyline in full: when it was told, by whom, in how many texts of their own, and under which headlines."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsdesk.archive.compile import Context
from newsdesk.archive.ids import to_id
from newsdesk.archive.lines import storyline, told_keys
from newsdesk.model import Storyline

_MOST_HEADLINES = 500


@dataclass(frozen=True, slots=True)
class Tally:
    """How many stories, and how many of them are `originals`, that is no copies of an earlier text of the storyline.

    `name` is what they are counted by: a day (``2026-01-10``), an hour (``2026-01-10T14``), a source or a country's code.
    """

    name: str
    stories: int
    originals: int


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline that a story had. `when` is the date printed on the story, or the moment when newsdesk saw it; `revision`
    is above 1 where the story had another headline before."""

    when: str
    text: str
    story: str
    source: str | None
    revision: int
    wire_copy: bool


@dataclass(frozen=True, slots=True)
class StorylineDetail:
    """A storyline for a screen of its own. "12 outlets, 3 originals" is `outlets` and `originals`.

    `days`: by the date printed on the story, else the day it was seen (UTC); every day with a story, the earliest first.
    `hours`: likewise, of stories that have a time. `sources`: by who tells it, most stories first. `countries`: by code, most
    stories first. `headlines`: the earliest first; the latest 500. `undated`: stories that print no date.
    """

    storyline: Storyline
    outlets: int
    originals: int
    copies: int
    days: tuple[Tally, ...]
    hours: tuple[Tally, ...]
    sources: tuple[Tally, ...]
    countries: tuple[Tally, ...]
    headlines: tuple[Headline, ...]
    undated: int = 0
    muted: int = 0

    @property
    def stories(self) -> int:
        """How many are told here."""
        return self.storyline.stories - self.muted


Row = tuple[int, str, str | None, str | None, str | None, str, str, str | None, int]


def storyline_detail(connection: sqlite3.Connection, number: int, context: Context) -> StorylineDetail | None:
    """The storyline in row `number`; None if it has no story that can be seen. Costs as much as it has stories."""
    line = storyline(connection, number, context)
    if line is None:
        return None
    rows: list[Row] = connection.execute(
        "SELECT key, heading, source, outlet, published, seen, countries, wire_copy_of, revision FROM story"
        " WHERE storyline = ? AND sitting IN (0, ?) ORDER BY doc",
        (number, context.sitting),
    ).fetchall()
    every = len(rows)
    if context.muted:
        told = set(told_keys(connection, number, context))
        rows = [row for row in rows if row[0] in told]
    copies = sum(row[7] is not None for row in rows)
    moments = [_moment(published, seen) for _, _, _, _, published, seen, *_ in rows]
    return StorylineDetail(
        storyline=line,
        outlets=len({row[3] or row[2] for row in rows} - {None}),
        originals=len(rows) - copies,
        copies=copies,
        days=tuple(sorted(_tallies(rows, [(moment[:10],) for moment in moments]), key=lambda tally: tally.name)),
        hours=tuple(sorted(_tallies(rows, [_hour(moment) for moment in moments]), key=lambda tally: tally.name)),
        sources=_tallies(rows, [(name,) if (name := row[2] or row[3]) else () for row in rows]),
        countries=_tallies(rows, [row[6].split() for row in rows]),
        headlines=_headlines(connection, rows),
        undated=sum(row[4] is None for row in rows),
        muted=every - len(rows),
    )


def _moment(published: str | None, seen: str) -> str:
    return published or seen


def _hour(moment: str) -> tuple[str, ...]:
    return (moment[:13],) if len(moment) > len("2026-01-10T") else ()


def _tallies(rows: Sequence[Row], names: Sequence[Sequence[str]]) -> tuple[Tally, ...]:
    """The stories counted by each of their names, most stories first."""
    total: Counter[str] = Counter()
    originals: Counter[str] = Counter()
    for row, under in zip(rows, names, strict=True):
        total.update(under)
        if row[7] is None:
            originals.update(under)
    return tuple(Tally(name, count, originals[name]) for name, count in total.most_common())


def _headlines(connection: sqlite3.Connection, rows: Sequence[Row]) -> tuple[Headline, ...]:
    found: list[Headline] = []
    for key, heading, source, outlet, published, seen, _, copy_of, revision in rows[-_MOST_HEADLINES:]:
        latest = Headline(_moment(published, seen), heading, to_id(key), source or outlet, revision, copy_of is not None)
        found += _earlier(connection, key, latest) if revision > 1 else [latest]
    return tuple(sorted(found, key=lambda headline: headline.when)[-_MOST_HEADLINES:])


def _earlier(connection: sqlite3.Connection, key: int, latest: Headline) -> list[Headline]:
    """The headlines of a story that was revised, each once, from the first on."""
    versions = connection.execute(
        "SELECT n, seen, json_extract(json, '$.title'), coalesce(json_extract(json, '$.updated'),"
        " json_extract(json, '$.published')) FROM revision WHERE story = ? ORDER BY n",
        (key,),
    ).fetchall()
    found: list[Headline] = []
    for number, seen, title, printed in versions:
        text = title or latest.text
        if not found or found[-1].text != text:
            # A changed text with an old date was changed some time before it was seen.
            when = (printed or seen) if not found else max(printed or seen, seen)
            found.append(replace(latest, text=text, when=when, revision=number))
    return found
