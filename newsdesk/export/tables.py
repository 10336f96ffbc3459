"""CSV and TSV: a story or a storyline a row, for spreadsheets and for cut."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from newsdesk.model import Story, Storyline

COLUMNS = (
    "id",
    "published",
    "updated",
    "source",
    "outlet",
    "byline",
    "dateline",
    "language",
    "title",
    "lead",
    "topics",
    "countries",
    "published_in",
    "storyline",
    "storyline_title",
    "comments",
    "negative",
    "neutral",
    "positive",
    "unsure",
    "url",
    "status",
    "revision",
)
LINE_COLUMNS = ("id", "title", "stories", "sources", "countries", "first_seen", "last_seen", "pinned")
# A spreadsheet would run a cell that begins like this as a formula (OWASP, CSV injection), with the wide signs too where it is
# set to Japanese.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def without_formula(text: str) -> str:
    """The text of a cell, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _line_row(line: Storyline) -> tuple[str, ...]:
    said = (line.id, line.title, str(line.stories), "; ".join(line.sources), "; ".join(line.countries))
    return (*said, line.first_seen or "", line.last_seen or "", str(line.pinned).lower())


def _row(story: Story) -> tuple[str, ...]:
    mood, line = story.mood, story.storyline
    counts = tuple(mood.counts().values()) if mood else ("", "", "", "")
    return tuple(
        str(value) if value is not None else ""
        for value in (
            story.id,
            story.published,
            story.updated,
            story.source,
            story.outlet,
            story.byline,
            story.dateline,
            story.language,
            story.title,
            story.lead(),
            "; ".join(topic.name for topic in story.topics),
            "; ".join(country.code for country in story.countries),
            story.published_in,
            line.id if line else None,
            line.title if line else None,
            len(story.comments),
            *counts,
            story.url,
            story.status,
            story.revision,
        )
    )


def to_csv(stories: Iterable[Story], _now: datetime) -> Iterator[str]:
    """RFC 4180, lines ended by LF. A text that a spreadsheet would take for a formula has an apostrophe before it."""
    yield from _csv(COLUMNS, map(_row, stories))


def to_tsv(stories: Iterable[Story], _now: datetime) -> Iterator[str]:
    """Tabs between, one line a story, nothing quoted: white space inside a cell is a space."""
    yield from _tsv(COLUMNS, map(_row, stories))


def storylines_to(chosen: str, storylines: Iterable[Storyline]) -> Iterator[str]:
    """A storyline a row, as ``csv`` or ``tsv``, in the way of the stories' tables."""
    return (_csv if chosen == "csv" else _tsv)(LINE_COLUMNS, map(_line_row, storylines))


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield ",".join(columns) + "\n"
    for row in rows:
        buffer = io.StringIO()
        cells = map(without_formula, row)
        csv.writer(buffer, lineterminator="\n").writerow([" ".join(cell.split("\n")) for cell in cells])
        yield buffer.getvalue()


def _tsv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "\t".join(columns) + "\n"
    for row in rows:
        yield "\t".join(" ".join(cell.split()) for cell in row) + "\n"
