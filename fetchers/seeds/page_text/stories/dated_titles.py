"""Headlines with the day in their own line, as press reviews print them: "Owls vote - 4 May 2024", "Owls vote (04/05/2024)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from fetchers.seeds.page_text.credits.agencies import names_paper
from fetchers.seeds.page_text.credits.partial_dates import find_days
from fetchers.seeds.page_text.credits.uncased import is_uncased_name
from fetchers.seeds.page_text.lines.looks import width_of
from newsdesk.dates import Order, PrintedDate, find_dates, weekday_names
from newsdesk.model import Story

PAIR = 2  # dated headlines that are a list
LEAST = 16  # columns of a headline
PLAIN = 6  # words of what no person or paper is called
UNCASED = 4  # of a script without capitals
NEAR = 40  # characters from an end of the line, within which its day has its number

_OPENS = re.compile(r"\s?[(\[\uff08【]\s?$|\s[-–—|·]\s?$|,\s$")  # what parts a headline from the day behind it
_CLOSES = re.compile(r"\s?[)\]\uff09】]\s?|\s?[-–—|·]\s|\s?[:\uff1a]\s")  # and from the day before it
_WEEKDAY = re.compile(r"(?P<day>[^\W\d_]+)\.?,?\s?$")


class DatedTitle(NamedTuple):
    """A headline without its day, and that day as `YYYY-MM-DD`, or None if no year is printed."""

    title: str
    date: str | None


def split_day(text: str, dates: Sequence[PrintedDate]) -> DatedTitle | None:
    """Headline and day of a line that is both, the day first or last; None for another line. `dates` are those with a year."""
    if not any(map(str.isnumeric, text[:NEAR] + text[-NEAR:])):
        return None
    spans: list[tuple[int, int, str | None]] = [(one.start, one.end, one.iso[:10]) for one in dates]
    spans = spans or [(start, end, None) for start, end in find_days(text)]
    for start, end, date in spans[-1:] + spans[:1]:
        head, tail = _without_weekday(text[:start]), text[end:]
        opened, closed = _OPENS.search(head), _CLOSES.match(tail)
        if opened and not tail.strip(" )]\uff09】."):
            title = head[: opened.start()]
        elif closed and not head.strip(" ([\uff08【"):
            title = tail[closed.end() :]
        else:
            continue
        if width_of(title) >= LEAST:
            return DatedTitle(title.strip(), date)
    return None


def _without_weekday(text: str) -> str:
    found = _WEEKDAY.search(text)
    return text[: found.start()] if found and found["day"].lower() in weekday_names() else text


def tells(title: str) -> bool:
    """True for a headline that says something: with two longer words that no name has, or more words than names have."""
    words = title.split()
    longer = [word for word in words if len(word) >= 4]
    if sum(word[0].islower() for word in longer) >= 2 or len(words) >= PLAIN:
        return True
    uncased = not any(char.isupper() or char.islower() for char in title)
    wide = width_of(title) > len(title)
    return uncased and (wide or len(words) >= UNCASED) and not (is_uncased_name(title) or names_paper(title))


def date_stories(stories: Sequence[Story], order: Order) -> list[Story]:
    """A page's stories; those of a list of dated headlines without the day there, which dates them."""
    titles = [story.title or "" for story in stories]
    pairs = [split_day(title, find_dates(title, order)) for title in titles]
    dated = sum(pair is not None for pair in pairs)
    if dated < PAIR or dated * 3 < len(stories) * 2:
        return list(stories)
    return [
        replace(story, title=pair.title, published=pair.date or story.published) if pair else story
        for story, pair in zip(stories, pairs, strict=True)
    ]
