"""Why a story is in a storyline, and what the storyline is called, in words for a reader."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from newsdesk.model import Story
from newsdesk.storylines.signature import parts
from newsdesk.storylines.words import stem, tells_nothing
from newsdesk.wording import SHARES, days_apart, line_title

SHARED = 5  # terms named as the reason
NOTHING_SHARED = 1e-6


def name(story: Story) -> str:
    """What a storyline is called after this story: its title, else the first words of its text, else its source and time."""
    said = next(filter(str.strip, (story.title or "", *story.body, *story.highlights)), "")
    return line_title(said or f"{story.outlet or story.source or ''} {story.published or ''}")


def reasons(story: Story, shared: Sequence[str], gap: int | None) -> tuple[str, ...]:
    """The terms that the story shares with the others of its storyline, as it prints them, and how far their dates are apart.
    Of words that are everywhere it is silent where there are others.

    `shared`: heaviest first; `gap`: days to the nearest of the others, see :func:`nearest`.
    """
    out: list[str] = []
    if shared:
        text = " ".join(parts(story))
        lower = text.lower()
        telling = [term for term in shared if not tells_nothing(term)] or shared
        out.append(f"{SHARES}{', '.join(dict.fromkeys(_as_printed(text, lower, term) for term in telling))}")
    return tuple(out) if gap is None else (*out, days_apart(gap))


def kept_out(title: str) -> str:
    """Why a story is alone that is like those of another storyline, which is called so."""
    return f"not in “{title}”, which has like words but other names"


def _as_printed(text: str, lower: str, term: str) -> str:
    """A term as the story spells it; a stem is grown to the whole word, where the word is one of its forms."""
    part = ""
    at = lower.find(term) if len(lower) == len(text) else -1
    while at >= 0:
        if not at or not lower[at - 1].isalnum():
            end = at + len(term)
            while end < len(text) and text[end].isalnum():
                end += 1
            if stem(lower[at:end]) == term:
                return text[at:end]
            part = part or text[at : at + len(term)]  # of a word in a script without spaces
        at = lower.find(term, at + 1)
    return part or term


def nearest(day: int | None, days: Sequence[int]) -> int | None:
    """How many days a story is from the nearest other one of its storyline, None if that isn't known. `days`: of all of them,
    sorted."""
    if day is None or len(days) < 2:
        return None
    at = bisect_left(days, day)
    after = at + 1 if at < len(days) and days[at] == day else at
    return min(abs(day - other) for other in (*days[max(0, at - 1) : at], *days[after : after + 1]))
