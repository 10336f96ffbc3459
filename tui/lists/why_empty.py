"""What is in the way where a list is empty: each part of its narrowing without which it would not be. Knows no screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from newsdesk.desk import Desk
from newsdesk.wording import stories
from tui.drawing.render import Span
from tui.lists.narrowing import Narrowing

Lifted: TypeAlias = Sequence[tuple[str, int]]  # parts, and how many stories there are without each
UNREAD = "unread only"
MOST_PARTS = 8  # that are lifted
MOST_TOLD = 3


def _without_each(narrowing: Narrowing, now: datetime) -> Iterator[tuple[str, Narrowing]]:
    """Each part by the words that stand in the filter line, and what is left."""
    from newsdesk.query.parser import parts_of

    parts = parts_of(narrowing.search, now) if narrowing.search else []
    for at, part in enumerate(parts[:MOST_PARTS]):
        yield part, replace(narrowing, search=" ".join(parts[:at] + parts[at + 1 :]))
    if narrowing.unread_only:
        yield UNREAD, replace(narrowing, unread_only=False)
    if narrowing.since_left:
        yield "since you left", replace(narrowing, since_left=False)
    if narrowing.muted_only:
        yield "muted sources", replace(narrowing, muted_only=False)
    if narrowing.topic is not None:
        yield f"topic {narrowing.topic_name or 'unknown'}", replace(narrowing, topic=None)
    if narrowing.country is not None:
        yield f"country {narrowing.country_name or 'unknown'}", replace(narrowing, country=None)
    if narrowing.follow:
        yield f"following {narrowing.follow_name}", replace(narrowing, follow=None)


def read_lifted(desk: Desk, narrowing: Narrowing, now: datetime) -> Lifted:
    """The parts without which there are stories, and how many; a search that alone narrows needs no saying so."""
    left = [(part, rest.query()) for part, rest in _without_each(narrowing, now)]
    found = [(part, desk.count(query)) for part, query in left if query or part == UNREAD]
    return sorted(((part, number) for part, number in found if number), key=lambda one: -one[1])


def lifted_words(lifted: Lifted) -> Span:
    """The same in a sentence."""
    (first, number), *others = lifted[:MOST_TOLD]
    more = "".join(f", without “{part}” {count:,}" for part, count in others)
    return f"Without “{first}” there {'is' if number == 1 else 'are'} {stories(number)}{more}.", "text"
