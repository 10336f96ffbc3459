"""Words of an earlier comment inside a later one: in quotation marks on a line of their own, or below "Ann wrote:"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import lines_of
from fetchers.seeds.page_text.thread.frames import QUOTED_FROM, WROTE

REACH = 200  # lines above in which quoted words are looked for, so that long threads stay fast
_QUOTED = re.compile(r"[\"“«„‚‘「『'](?P<said>.{8,300}?)[\"”»“‘’」』']\.{0,3}")


def cites(looks: Sequence[Look], i: int) -> bool:
    """True for a line that is nothing but quoted words, which a line above it holds."""
    found = _QUOTED.fullmatch(looks[i].text)
    said = found["said"].strip(" .…").lower() if found else ""
    return bool(said) and any(said in look.lower for look in looks[max(0, i - REACH) : i])


def heads_before(looks: Sequence[Look], labels: Sequence[str], at: int, name: str) -> bool:
    """True if a frame line not far above holds the name."""
    near = range(max(0, at - REACH), at)
    return any(labels[i] in ("author", "meta") and name in looks[i].lower for i in near)


def mend_quoters(looks: Sequence[Look], labels: list[str]) -> None:
    """ "X wrote:" heads comments where most heads are so, and quotes inside comments where few are."""
    authors, inside = lines_of(labels, "author"), set()
    for i in authors:
        cited = QUOTED_FROM.match(looks[i].text) or (WROTE.match(looks[i].text) if looks[i].dates else None)
        if cited and cited["who"] and heads_before(looks, labels, i, cited["who"].lower()):
            inside |= {i} if labels[i - 1] != "comment" else set()
            labels[i] = "meta"
    authors = [i for i in authors if labels[i] == "author"]
    for i in range(1, len(looks) - 1):
        quoted = WROTE.match(looks[i].text) if labels[i - 1] != "comment" and labels[i : i + 2] == ["comment"] * 2 else None
        who = (quoted["who2"] or quoted["who"]).lower() if quoted else ""
        if who and heads_before(looks, labels, i, who):
            labels[i] = "meta"
    framing = [i for i, look in enumerate(looks) if labels[i] in ("author", "meta") and look.ends == ":"]
    writes = [i for i in framing if i not in inside and _writes(looks[i])]
    heads = sum(labels[i] == "author" for i in writes)
    if not authors or not writes:
        return
    for i in writes:
        labels[i] = "author" if heads * 2 > len(authors) else "meta"


def _writes(look: Look) -> bool:
    """True for "Ann wrote:", and for such a word behind a name, however long, and a time; not for "by Ann writes:"."""
    dated = bool(look.dates) and "wrote" in look.found.classes
    return "byword" not in look.found.first and (dated or bool(WROTE.match(look.text)))
