"""Numbers in sentences, and words that several say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsdesk.model import Story

NO_TITLE = "(no title)"
UNKNOWN, UNLABELLED = "unknown", "no label yet"  # instead of a topic or country: nothing points to one, nobody has looked yet
ALLOWS_PRIVATE = "allow_private = true in its [[feeds]] entry"  # how the settings let a private address be asked

_TITLE_CHARS = 160  # of a storyline

# Reasons why a story is in a storyline that speak of its other stories.
SHARES = "shares "
ON_THE_SAME_DAY = "on the same day as another of its stories"
FROM_NEAREST = " from the nearest of its stories"
# What a person did; what the clusterer said held for the storyline that the story was in.
PUT_HERE = "you put it here"
MERGED = "you merged its storyline into this one"
TOGETHER = "you put others of its stories to it"


def that_hold_alone(why: Iterable[str]) -> tuple[str, ...]:
    """Of the reasons why a story is in its storyline those that hold where it is the only one left."""
    return tuple([reason for reason in why if not (reason.startswith(SHARES) or tells_days(reason))])


def tells_days(reason: str) -> bool:
    """Whether a reason is one of :func:`days_apart`."""
    return reason.endswith((ON_THE_SAME_DAY, FROM_NEAREST))


def line_title(text: str) -> str:
    """What a storyline is called after a story with this title, or without one after its text."""
    text = " ".join(text.split())
    if len(text) <= _TITLE_CHARS:
        return text
    cut = text.rfind(" ", 0, _TITLE_CHARS)
    return text[: cut if cut > _TITLE_CHARS // 2 else _TITLE_CHARS].rstrip(" ,;:") + "…"


def days_apart(days: int) -> str:
    """How far a story is from the nearest other one of its storyline."""
    return f"{days} day{'s' if days > 1 else ''}{FROM_NEAREST}" if days else ON_THE_SAME_DAY


def unknown(story: Story) -> str:
    """What stands for topics or countries that a story of the archive has not. Labels come with its storyline."""
    return UNLABELLED if story.storyline is None else UNKNOWN


def label_words(story: Story, between: str = ", ") -> tuple[str, str]:
    """The topics and the countries of a story by their names, or what stands for them where it has none."""
    topics = between.join(topic.full_name() for topic in story.topics)
    countries = between.join(country.name for country in story.countries)
    return topics or unknown(story), countries or unknown(story)


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 story``, ``2,000 stories``; without `many`, `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def stories(number: int) -> str:
    """``1 story``, ``2,000 stories``."""
    return counted(number, "story", "stories")


def told_unlabelled(whys: Sequence[str]) -> str:
    """That the taggers failed on stories, by why they did on each; empty where there are none."""
    return f"{stories(len(whys))} {'has' if len(whys) == 1 else 'have'} {UNLABELLED}: {whys[0]}" if whys else ""


def share_out(counts: Sequence[int], cells: int) -> list[int]:
    """`cells` of a bar for each of `counts`, together that many if anything is counted: as near to the shares as whole cells
    come, but at least one for whatever is there, as far as there is room."""
    total = sum(counts)
    parts = [max(1, count * cells // total) if count else 0 for count in counts]
    while total and sum(parts) != cells:
        step = 1 if sum(parts) < cells else -1
        able = [i for i, part in enumerate(parts) if part and part + step > 0] or [i for i, part in enumerate(parts) if part]
        parts[max(able, key=lambda i: (counts[i] * cells / total - parts[i]) * step)] += step
    return parts
