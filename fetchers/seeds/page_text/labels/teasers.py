"""Teasers of other stories below a story: a few lines each, closed by the same link with an arrow ("Read more »")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import first_of, lines_of
from fetchers.seeds.page_text.lines.stems import LONGER, stems_of

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


WHOLE, OTHERS = 3, 3  # paragraphs of a story that is told whole, and short ones below it, at least
TEASER = 3  # lines of one: a headline, a text, a link
ABOVE = 3  # lines above a headline among which its credits stand
SHARED = 3  # words of the story's that tell that a text below it is of it, at least
BELOW = 2  # lines below a teaser's text at most: a day, a link


def set_items_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Below a story with its credits and three paragraphs, headlines with a single text each, closed by the same link, are
    teasers of other stories; but in a letter."""
    counts = Counter(look.lower for look in looks if _heads_teasers(look))
    ends = [i for i in range(2, len(looks)) if counts[looks[i].lower] >= OTHERS and _is_text(looks[i - 1])]
    title, begin = first_of(labels, "title", len(labels)), ends[0] - 2 if ends else 0
    told = [i for i in range(title, begin) if labels[i] == "body" and looks[i].width >= 60]
    if len(ends) < OTHERS or len(told) < WHOLE or {"author", "comment"} & set(labels[: ends[-1]]):
        return labels
    credited = {"byline", "date"} & set(labels[max(0, title - ABOVE) : told[0]])
    headed = all(_could_head(looks[i - 2]) for i in ends) and all(b - a == TEASER for a, b in pairwise(ends))
    if not credited or not headed or any("letter" in look.found.classes for look in looks):
        return labels
    return [*labels[:begin], *_set_apart(labels[begin:])]


def set_read_also_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Below a story and "Read also", headlines with a single text each, to the end of the text, are teasers if those speak of
    other things: neither stories of the page nor sub-headings."""
    texts = lines_of(labels, "body")
    counts = Counter(look.lower for look in looks)
    heads = (i for i, look in enumerate(looks) if labels[i] in ("aside", "furniture") and _heads_teasers(look))
    for i in (i for i in heads if counts[looks[i].lower] == 1):  # what comes again is a link
        told = [j for j in texts if j < i and looks[j].width >= 60]
        items = _items_below(looks, i + 1) if len(told) >= WHOLE else []
        if len(items) < OTHERS or any(j > items[-1] + 1 for j in texts):
            continue
        said = stems_of(*(looks[j] for j in told), shortest=LONGER)
        if all(len(stems_of(looks[j + 1], shortest=LONGER) & said) < SHARED for j in items):
            return [*labels[:i], *_set_apart(labels[i : items[-1] + 2]), *labels[items[-1] + 2 :]]
    return labels


def _set_apart(labels: Sequence[str]) -> list[str]:
    return [label if label in ("author", "meta", "comment") else "aside" for label in labels]


def _heads_teasers(look: Look) -> bool:
    return look.width <= 60 and "related" in look.found.first and look.ends not in ".q"


def _items_below(looks: Sequence[Look], start: int) -> list[int]:
    """The headlines from line `start` on that a single line of text follows each, and perhaps a day or a link."""
    items: list[int] = []
    i = start
    while i + 1 < len(looks) and _could_head(looks[i]) and _is_text(looks[i + 1]):
        items.append(i)
        i += 2
        closing = (j for j in range(i, min(i + BELOW, len(looks))) if looks[j].dates or "related" in looks[j].found.first)
        i = max((j + 1 for j in closing if looks[j].width <= 40), default=i)
    return items


def _could_head(look: Look) -> bool:
    return 12 <= look.width <= 120 and look.ends not in ".:" and look.found.cover < 0.5 and not look.dates


def _is_text(look: Look) -> bool:
    return look.width >= 40 and look.ends in ".q" and not look.line.bullet
