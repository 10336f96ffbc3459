"""CSV and TSV: a story a row, for spreadsheets and for cut."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from newsdesk.model import Story

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
# A spreadsheet would run a cell that begins like this as a formula (OWASP, CSV injection), with the wide signs too where it is
# set to Japanese.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def without_formula(text: str) -> str:
    """The text of a cell, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(story: Story) -> tuple[str, ...]:
    mood, line = story.mood, story.storyline
    counts = (mood.negative, mood.neutral, mood.positive, mood.unsure) if mood else ("", "", "", "")
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
    yield ",".join(COLUMNS) + "\n"
    for story in stories:
        buffer = io.StringIO()
        cells = map(without_formula, _row(story))
        csv.writer(buffer, lineterminator="\n").writerow([" ".join(cell.split("\n")) for cell in cells])
        yield buffer.getvalue()


def to_tsv(stories: Iterable[Story], _now: datetime) -> Iterator[str]:
    """Tabs between, one line a story, nothing quoted: white space inside a cell is a space."""
    yield "\t".join(COLUMNS) + "\n"
    for story in stories:
        yield "\t".join(" ".join(cell.split()) for cell in _row(story)) + "\n"
