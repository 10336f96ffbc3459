"""Teasers of other stories below a story: a few lines each, closed by the same link with an arrow ("Read more »")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.lexicon import lexicon, split_words
from fetchers.seeds.page_text.looks import Look

LINKS = 2  # that close teasers, at least
TOLD = 2  # paragraphs of the story above them, at least
HEADED = 3  # lines above a teaser's text at most: a section, a headline, a day
_ARROWED = re.compile(r"(?:^|[.!?…。]\s?)(?P<link>[^\W\d_][^.!?…。|•·]{1,28}?\s?(?:»|›|→|>>|▸|►))$")
_BUTTONS = frozenset(("reply", "vote", "login", "share"))


def set_teasers_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Below a story with a headline and some text, on a page without a thread's heading, teasers are neither its text nor what
    readers said of it."""
    links = [_link_of(look) for look in looks]
    counts = Counter(filter(None, links))
    closed = [i for i, link in enumerate(links) if link and counts[link] >= LINKS]
    if not closed or any("commenthead" in look.found.classes and look.width <= 60 for look in looks):
        return labels
    begins = _begin_of(looks, closed[0], 0)
    told = sum(label == "body" and look.width >= 60 for look, label in zip(looks[:begins], labels, strict=False))
    if told < TOLD or "title" not in labels[:begins]:
        return labels
    spans = [(_begin_of(looks, end, above + 1), end + 1) for above, end in pairwise([begins - 1, *closed])]
    if all("title" in labels[begin:end] for begin, end in spans):
        return labels  # a letter that tells each of them
    mended = list(labels)
    for begin, end in spans:
        mended[begin:end] = ["aside"] * (end - begin)
    return mended


def _link_of(look: Look) -> str | None:
    """The words before an arrow that end a line, or are all of it, if they are no button of a comment."""
    found = _ARROWED.search(look.text[-60:]) if look.text[-1] in "»›→>▸►" else None
    link = found["link"].lower() if found else None
    classes = set(lexicon().look(split_words(link or "")).classes)
    return link if "related" in classes or not _BUTTONS & classes else None


def _begin_of(looks: Sequence[Look], end: int, above: int) -> int:
    """The first line of the teaser that line `end` closes, below line `above`: its text, and short lines above that."""
    text = end if looks[end].width > 40 else end - 1
    begin = text
    while begin > max(above, text - HEADED) and looks[begin - 1].ends != "." and not looks[begin].line.blanks:
        begin -= 1
    return max(begin, above)
