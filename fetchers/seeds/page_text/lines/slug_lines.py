"""A dateline with its agency on a line of its own, set before the paragraph below it, where other pages have theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fetchers.seeds.page_text.credits.agencies import is_known_agency
from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.credits.towns import BRAZILIAN_STATES
from fetchers.seeds.page_text.lines.lines import Line, Page
from newsdesk.countries.gazetteer import is_place

BRIEF, LONG = 60, 60  # characters of such a line at most, and of the paragraph below it at least
_TOWN = re.compile(r"[^\W\d_a-z][^\W\d_a-z'’. -]{2,24}:")  # "OSLO:"
_ENDS = (")", "-", "–", "—")


def with_slug_lines(page: Page) -> Page:
    """The page with "LEÓN 9 Ago. (EUROPA PRESS) -" and the line below it as one."""
    lines: list[Line] = []
    for line in page.lines:
        if _is_headed(line, lines[-2:]):
            above = lines[-1]
            lines[-1] = replace(line, text=f"{above.text} {line.text}", blanks=above.blanks, ruled=above.ruled)
        else:
            lines.append(line)
    return replace(page, lines=tuple(lines)) if len(lines) < len(page.lines) else page


def _is_headed(line: Line, above: Sequence[Line]) -> bool:
    """True if the last of the lines above is the line's dateline, and not what ends the paragraph before."""
    head = above[-1] if above else None
    if head is None or len(head.text) > BRIEF or len(line.text) < LONG:
        return False
    if _TOWN.fullmatch(head.text) and is_place(head.text[:-1].title()) and read_slug(f"{head.text} {line.text}"):
        return True
    ends = len(above) > 1 and len(above[0].text) >= LONG and line.blanks > head.blanks
    if ends or "(" not in head.text or not head.text.endswith(_ENDS):
        return False
    slug = read_slug(f"{head.text} {line.text}")
    if slug is None or not slug.place or not slug.agency or slug.rest != line.text:
        return False
    return slug.agency not in BRAZILIAN_STATES or (is_known_agency(slug.agency) and not head.text.endswith(")"))
