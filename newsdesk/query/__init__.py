"""The one query language: search box, list, follow, mark, export.

``words "phrases" /regex/ -not OR (parentheses)`` and the prefixes in :data:`PREFIXES`. Terms side by side must all match.
A word matches whole words, ``word*`` the start of one; case and accents don't matter. :func:`parse` gives a
:class:`Query`; the archive turns it into SQL, :meth:`Query.matches` decides in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from newsdesk.query.terms import Term

PREFIXES: Mapping[str, str] = {
    "title": "words of the title",
    "body": "words of the body and the highlights",
    "source": "agency, outlet or byline",
    "topic": "a topic's name or the start of it, its id, or unknown",
    "country": "a country's name or code that a story is about, or unknown",
    "published-in": "the country of the outlet",
    "storyline": "a storyline's id or words of its title",
    "is": "unread, read, starred or followed",
    "comments": "a number: 10, >10, >=10, <3, 5..20",
    "mood": "negative, neutral, positive, mixed or none",
    "newer": "an age (2d, 6h, 30m, 2w) or a date",
    "older": "an age (2d, 6h, 30m, 2w) or a date",
    "since": "last-run, or a date",
}
"""Every prefix and what its value may be, for help and completion."""


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. `text` is as typed; `term` is null for the empty query, which matches everything."""

    text: str
    term: Term | None = None


def parse(text: str, now: datetime | None = None) -> Query:
    """Parse `text`; ages are taken from `now` (aware; the clock's without). UsageError names the mistake, its column and the mend."""
    raise NotImplementedError
