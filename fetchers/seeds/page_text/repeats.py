"""Threads told by what comes again: dated names of one form, numbers that rise from line to line, what ends every comment."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.looks import Look

FRAMED = 90  # columns: a longer line is text and no part of a frame
_FREE = ("comment", "meta", "aside", "author", "furniture")


def _sign_of(look: Look) -> tuple[bool, bool, str] | None:
    """What names of one thread with their times have in common; null for a line that is no such name."""
    if not look.dates or look.rest <= 2 or look.width > FRAMED or look.ends == ".":
        return None
    one = look.dates[0]
    return one.start < 3, one.hour is not None, look.starts if one.start >= 3 and look.starts in "-([#" else ""


def unify_signs(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where names with a time head or sign most comments, all lines of that form do, and no other line."""
    authors = [i for i, label in enumerate(labels) if label == "author"]
    forms = Counter(sign for i in authors if (sign := _sign_of(looks[i])))
    form, count = forms.most_common(1)[0] if forms else (None, 0)
    if count < 3 or count * 2 <= len(authors):
        return labels
    mended = list(labels)
    begun = next(i for i in authors if _sign_of(looks[i]) == form)
    for i in range(begun, len(looks)):
        if _sign_of(looks[i]) == form and mended[i] in _FREE and "author" not in mended[i - 1 : i]:
            mended[i] = "author"
    for i in authors:
        if i < begun and not looks[i].dates and not looks[i].ago and "comment" in mended[i + 1 : begun]:
            mended[i] = "meta"  # what heads the thread
    return mended


_NUMBER = re.compile(r"(?:#|№\s?|n[.º°]\s?)(\d{1,4})$", re.IGNORECASE)


def number_posts(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Numbers on lines of their own that rise by one, a time below each, head the comments of a thread without names."""
    found = {i: int(match[1]) for i, look in enumerate(looks) if (match := _NUMBER.match(look.text))}
    heads = [i for i in found if i + 2 < len(looks) and looks[i + 1].dates and looks[i + 1].rest <= 6]
    numbers = [found[i] for i in heads]
    if len(heads) < 3 or len(heads) < len(found) or any(b - a != 1 for a, b in pairwise(numbers)):
        return labels
    alike = Counter(look.shape if any(map(str.isdigit, look.text)) else look.lower for look in looks)
    mended = list(labels)
    for head, end in pairwise([*heads, len(looks)]):
        mended[head : head + 2] = ["author", "meta"]
        ended = False
        for i in range(head + 2, end):
            look = looks[i]
            again = alike[look.shape if any(map(str.isdigit, look.text)) else look.lower] >= 3
            framed = look.width <= 40 and (again or look.found.cover >= 0.99) and i > head + 2
            if ended and not framed:
                mended[i] = "aside" if head == heads[-1] else "meta"
                continue
            mended[i], ended = ("meta", True) if framed else ("comment", ended)
    return mended


def _foot(look: Look) -> str:
    """What feet of comments have in common: a button's words, the form of a line with figures."""
    return look.kind if look.kind == "num" else look.shape.lstrip("+-−–") if any(map(str.isdigit, look.text)) else look.lower


def end_last(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where every comment ends with the same kind of line, nothing below that of the last one is a comment's."""
    texts = [i for i, label in enumerate(labels) if label == "comment"]
    ends = [i for i in texts if labels[i + 1 : i + 2] == ["meta"] and "author" in labels[:i]]
    closed = [i for i in ends if "author" in labels[i + 1 : i + 8]]
    feet = Counter(_foot(looks[i + 1]) for i in closed if looks[i + 1].width <= FRAMED)
    foot, count = feet.most_common(1)[0] if feet else ("", 0)
    authors = labels.count("author")
    last = max((i for i, label in enumerate(labels) if label == "author"), default=len(labels))
    if count < 2 or count + 1 < authors * 0.6 or not any(i > last for i in texts):
        return labels
    at = next((i for i in range(last + 1, len(looks)) if _foot(looks[i]) == foot and "comment" in labels[last:i]), None)
    if at is None:
        return labels
    return [*labels[:at], *("aside" if label == "comment" else label for label in labels[at:])]
