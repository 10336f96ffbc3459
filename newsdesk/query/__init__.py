"""The one query language: search box, list, follow, mark, export.

``words "phrases" /regex/ -not OR (parentheses)`` and the prefixes in :data:`PREFIXES`. Terms side by side must all match.
A word matches whole words, ``word*`` the start of one; case and accents don't matter. :func:`parse` gives a
:class:`Query`; the archive turns it into SQL, :meth:`Query.matches` decides in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsdesk.query.terms import And, Or, Term

if TYPE_CHECKING:  # matching in memory and parsing are needed later than the terms, if at all
    from newsdesk.model import Story
    from newsdesk.query.match import Facts

__all__ = ["PREFIXES", "Facts", "Query", "parse"]

PREFIXES: Mapping[str, str] = {
    "title": "words of the title",
    "body": "words of the body, the highlights, byline and dateline",
    "source": "words of the name of the agency, or of an outlet or feed that carried the story",
    "topic": "a topic's name or the start of it, its id, or unknown",
    "country": "a country's name or code that a story is about, or unknown",
    "published-in": "the country of the outlet",
    "language": "a language's two letters, or unknown",
    "storyline": "a storyline's id or words of its title",
    "is": "unread, read, starred, followed, changed by its outlet, or muted",
    "comments": "a number: 10, >10, >=10, <3, 5..20",
    "comment": "words that a reader's comment has",
    "commenter": "words of the name of a reader who comments",
    "mood": "negative, neutral, positive, mixed or none",
    "newer": "an age (2d, 6h, 1d12h, 2w, 1y), 18:00, today or yesterday by your clock, or a date as stories print it",
    "older": "an age (2d, 6h, 1d12h, 2w, 1y), 18:00, today or yesterday by your clock, or a date as stories print it",
    "since": "last-run, last-visit: since the dashboard was closed, or last-look: new in a follow since you looked at it",
}
"""Every prefix and what its value may be, for help and completion."""


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. `text` is as typed; `term` is None for the empty query, which matches everything."""

    text: str
    term: Term | None = None

    def matches(self, story: Story, facts: Facts | None = None) -> bool:
        """Whether `story` matches, given its marks and when it came."""
        from newsdesk.query.match import matches

        return matches(self.term, story, facts)

    def __and__(self, other: Query) -> Query:
        """Stories that match both."""
        if self.term is None or other.term is None:
            return other if self.term is None else self
        text = " ".join(f"({query.text})" if isinstance(query.term, Or) else query.text for query in (self, other))
        return Query(text, And((self.term, other.term)))


def parse(text: str, now: datetime | None = None) -> Query:
    """Parse `text`; ages count back from `now` (aware; by default the present).

    UsageError names the mistake, its column (from 1) and the mend.
    """
    from newsdesk.query.parser import parse_term

    return Query(text, parse_term(text, now or datetime.now(UTC)))


def __getattr__(name: str) -> Any:
    if name == "Facts":
        from newsdesk.query.match import Facts

        return Facts
    raise AttributeError(name)
