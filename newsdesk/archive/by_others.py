"""Why a story is in its storyline, as far as that is of its other stories as they are now.

Of one that came first and alone it was never said. What it shares with those that came to it later is what they were said to
share with it and each other, as far as its own words have that. How far each is from the nearest other one changes with them.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from newsdesk.model import Story
from newsdesk.wording import MERGED, PUT_HERE, SHARES, TOGETHER, days_apart, tells_days, that_hold_alone

NEIGHBOURS = 8  # on each side that are asked: a storyline may have thousands of stories
_TERMS = 5
_NO_PLURAL = 3  # letters: `gas`, `bus`
_READ_CHARS = 20_000  # the words that stories are put together by stand at their head


def speaks_of_others(why: Sequence[str]) -> bool:
    """Whether some of a story's reasons tell what its storyline's other stories have to do with it."""
    return len(that_hold_alone(why)) < len(why) or MERGED in why or PUT_HERE in why


def reasons(connection: sqlite3.Connection, key: int, story: Story) -> tuple[str, ...]:
    """Why a story is with the others of its storyline, by what is said of those next to it in time. Reads few rows."""
    rows = _beside(connection, key)
    told = [reason for why, _ in rows for reason in json.loads(why)]
    terms = list(_own_terms(told, story))
    said = [f"{SHARES}{', '.join(terms)}"] if terms else [TOGETHER] if MERGED in told or PUT_HERE in told else []
    return (*said, *_apart(story, rows))


def with_days(connection: sqlite3.Connection, key: int, story: Story, why: Sequence[str]) -> tuple[str, ...]:
    """The reasons that were told of a story, those that name days as they are now: others came since, or went."""
    if not any(map(tells_days, why)):
        return tuple(why)
    now = _apart(story, _beside(connection, key))
    return tuple([said for reason in why for said in (now if tells_days(reason) else (reason,))])


def _beside(connection: sqlite3.Connection, key: int) -> list[tuple[str, str | None]]:
    """What is said of the stories of a storyline that are next to one in time, and when they were published."""
    return connection.execute(
        "WITH own AS (SELECT storyline, doc FROM story WHERE key = ?1)"
        " SELECT * FROM (SELECT s.why, s.published FROM own JOIN story s ON s.storyline = own.storyline AND s.doc < own.doc"
        " ORDER BY s.doc DESC LIMIT ?2)"
        " UNION ALL"
        " SELECT * FROM (SELECT s.why, s.published FROM own JOIN story s ON s.storyline = own.storyline AND s.doc > own.doc"
        " ORDER BY s.doc LIMIT ?2)",
        (key, NEIGHBOURS),
    ).fetchall()


def _apart(story: Story, beside: Sequence[tuple[str, str | None]]) -> tuple[str, ...]:
    days = [abs(own - other) for own in _days([story.published]) for other in _days(published for _, published in beside)]
    return (days_apart(min(days)),) if days else ()


def _own_terms(told: Sequence[str], story: Story) -> Iterator[str]:
    """The terms that most of the others name, as the story prints them; those that it has not are left out."""
    named = Counter(
        term for reason in told if reason.startswith(SHARES) for term in reason.removeprefix(SHARES).split(", ") if term
    )
    text = " ".join((story.title or "", *story.body))[:_READ_CHARS]
    found: dict[str, str] = {}
    for term, _ in named.most_common():
        if (there := _as_printed(term, text)) and len(found) < _TERMS:
            found.setdefault(there.lower(), there)
    yield from found.values()


def _as_printed(term: str, text: str) -> str | None:
    """A term as `text` has it, in the singular or the plural; a term in a script without spaces may stand within a word."""
    base = term[:-1] if len(term) > _NO_PLURAL and term.lower().endswith("s") else term
    pattern = rf"(?<!\w){re.escape(base)}s?(?!\w)" if term.isascii() else re.escape(term)
    there = re.search(pattern, text, re.IGNORECASE)
    return there[0] if there else None


def _days(printed: Iterable[str | None]) -> Iterator[int]:
    for one in printed:
        try:
            yield date.fromisoformat((one or "")[:10]).toordinal()
        except ValueError:
            continue
