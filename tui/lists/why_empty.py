"""What an empty list says, and each part of its narrowing without which it would not be empty. Knows no screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from newsdesk.desk import Desk
from newsdesk.wording import stories
from tui.drawing.render import Span
from tui.lists.narrowing import Narrowing
from tui.lists.view import Counts

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


def empty_words(
    counts: Counts | None, narrowing: Narrowing, lifted: Lifted | None, key_of: Callable[[str], str], *, pasted: bool
) -> tuple[Span, ...]:
    """What a list says that shows no story. `counts` is None where nothing is counted yet, `lifted` where :func:`read_lifted`
    was not asked; `key_of` names a command's key; `pasted`: whether a page that is pasted is read."""
    if counts is None:
        return (("Reading the archive.", "faint"),)
    if counts.muted and not (counts.sections.total or narrowing.shows_muted):
        return ("Every story is of a muted source.", "title"), (f"{key_of('muted-only')} shows them.", "text")
    if counts.empty:
        return (
            ("No stories yet.", "title"),
            (f"{key_of('welcome')} asks what to read: a folder of pages, an OPML file, a first feed.", "text"),
            (f"{key_of('settings')} shows the settings, {key_of('refresh-all')} reads every source.", "text"),
            *([("A page that is pasted here is read, and kept.", "text")] if pasted else ()),
            ("On the command line: newsdesk PATH; to look around first: newsdesk --demo", "muted"),
        )
    if narrowing.unread_only and (lifted is None or UNREAD in dict(lifted)):
        return (("Nothing unread here.", "title"), (f"{key_of('unread-only')} shows the read ones again.", "muted"))
    again = (f"{key_of('clear')} shows everything again.", "muted")
    if narrowing.muted_only and not counts.muted:
        return ("No source is muted any more.", "title"), again
    if narrowing.since_left and not narrowing.search:
        return ("Nothing here came in since you left.", "title"), again
    if lifted:
        return ("No story matches.", "title"), lifted_words(lifted), again
    if narrowing.search:
        return (
            ("No story matches.", "title"),
            ("Words are found whole; word* finds how they begin, /part/ any part.", "text"),
            ("Titles and texts are searched; comment:word looks in readers' comments.", "text"),
            again,
        )
    if narrowing.empty:  # another process reads the sources, or one was ended
        going_on = f"They appear here then; {key_of('refresh-all')} goes on with it."
        return ("What came in has still to be labelled and grouped.", "title"), (going_on, "text")
    return ("No story matches.", "title"), again
