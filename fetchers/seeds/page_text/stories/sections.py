"""What a page files a story under: the section or the path above its headline, the tags below its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.stories.division import Part
from newsdesk.topics.hints import topic_of_section

FAR_ABOVE, FAR_BELOW = 8, 12  # lines from the headline, and from the end of the text
_WIDEST, _WIDEST_TAGS, _LONGEST_NAME = 90, 200, 40  # columns of a line, letters of a name
_MOST, _DEEPEST = 8, 5
_LISTED, _MENU_WORDS = 2, 2  # lines above that tell a menu, words of one of its names
_HOME = "home"  # where a path begins, though also a section of its own
_STEP = re.compile(r"\s?[>»›→/\\]\s?")  # between the steps of a path
_SIDE = re.compile(r"\s?[|•·]\s?")  # between names side by side, which most often are a menu
_TAG = re.compile(r"\s?[|•·,;/#、，،]\s?")
_HEADED = re.compile(r"[^:\uff1a]{2,40}[:\uff1a]\s?(?=\S)")


def sections_of(part: Part, floor: int, looks: Sequence[Look], labels: Sequence[str]) -> tuple[str, ...]:
    """The names, as printed, best first. `floor`: the line that the story before it ends on, -1 for the first."""
    top = min([*part.titles, *part.body], default=0)
    above = [i for i in range(max(floor + 1, top - FAR_ABOVE), top) if labels[i] == "furniture"]
    section = next((found for i in above if (found := _path(looks[i]))), None) or _kicker(above[-1:], looks)
    below = range(part.body[-1] + 1, min(part.body[-1] + FAR_BELOW, len(looks))) if part.body else range(0)
    tags = chain.from_iterable(_tags(looks[i]) for i in below if labels[i] == "aside")
    return tuple(dict.fromkeys((*((section,) if section else ()), *tags)))[:_MOST]


def _path(look: Look) -> str | None:
    """The first known step of a path."""
    steps = _STEP.split(look.text)
    if not 1 < len(steps) <= _DEEPEST or look.width > _WIDEST or look.ends == "." or _SIDE.search(look.text):
        return None
    return next(filter(_is_section, steps), None)


def _kicker(last: Sequence[int], looks: Sequence[Look]) -> str | None:
    """The section that the last line above a headline names, if there is one."""
    return next((looks[i].text for i in last if _is_section(looks[i].text) and not _ends_menu(i, looks)), None)


def _ends_menu(i: int, looks: Sequence[Look]) -> bool:
    """True if what stands right above line `i` is a site's menu, whose last line it then is."""
    topic = topic_of_section(looks[i].text)
    for at in range(i, max(0, i - _LISTED), -1):
        above = looks[at - 1]
        if looks[at].line.blanks or above.width > _LONGEST_NAME or above.separators:
            return False
        other = topic_of_section(above.text)
        if ("related" in above.found.first) or (other not in (None, topic)) or (other is None and _leads_on(above)):
            return True
    return False


def _leads_on(look: Look) -> bool:
    """True for a name of a menu that is no section ("World", "More")."""
    return "nav" in look.found.first and look.found.cover == 1.0 and len(look.words) <= _MENU_WORDS


def _is_section(name: str) -> bool:
    return name.lower() != _HOME and topic_of_section(name) is not None


def _tags(look: Look) -> list[str]:
    """The tags of a line that says it holds them."""
    head = _HEADED.match(look.text)
    if head is None or "tags" not in look.found.first or look.width > _WIDEST_TAGS or look.ends == ".":
        return []
    return [name for name in _TAG.split(look.text[head.end() :]) if 1 < len(name) <= _LONGEST_NAME]
