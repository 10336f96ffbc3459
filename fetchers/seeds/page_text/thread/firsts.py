"""The first comment of a thread, which stands among other things than the rest: below a text, a prompt, a heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import first_of, lines_of
from fetchers.seeds.page_text.thread.authors import read_author
from fetchers.seeds.page_text.thread.closing import is_timed
from fetchers.seeds.page_text.thread.forms import is_named
from fetchers.seeds.page_text.thread.rhythm import is_bare_time

REACH = 8  # lines of a first comment at most
NAME = 30  # columns of a name at most


def lift_first(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line of name and time like the authors' below it heads the first comment, whatever it was taken for."""
    authors = lines_of(labels, "author")
    first = authors[0] if authors else 0
    shapes = Counter(_plain_shape(looks[i]) for i in authors if looks[i].dates)
    for i in range(max(0, first - REACH), first):
        alike = bool(looks[i].dates) and shapes[_plain_shape(looks[i])] >= 2
        told = alike and labels[i] in ("byline", "date") and "body" in labels[i:first] and "title" not in labels[i:first]
        headed = any("commenthead" in look.found.first for look in looks[max(0, i - 2) : i])
        if told and ("body" in labels[:i] or (headed and "title" not in labels[:i])):
            inner = ["comment" if label == "body" else "meta" for label in labels[i + 1 : first]]
            return [*labels[:i], "author", *inner, *labels[first:]]
    labels = _lift_above_text(looks, labels, authors)
    return _lift_above_foot(looks, _lift_below_credit(looks, labels, first), authors)


def _lift_above_text(looks: Sequence[Look], labels: Sequence[str], authors: Sequence[int]) -> Sequence[str]:
    """Where all authors are named with their times right above their texts, a line of a name and time right above the first
    text names its author."""
    first = first_of(labels, "comment", 0)
    framed = all(_is_dated(looks[i]) and labels[i + 1 : i + 2] == ["comment"] for i in authors)
    led = len(authors) >= 2 and 0 < first < authors[0] and labels[first - 1] == "meta" and _is_dated(looks[first - 1])
    return [*labels[: first - 1], "author", *labels[first:]] if led and framed else labels


def _lift_below_credit(looks: Sequence[Look], labels: Sequence[str], first: int) -> Sequence[str]:
    """Right below the credit that is glued to a text, a short line and a text above the first undated author are a comment."""
    if not first or looks[first].dates or looks[first].ago or "meta" in labels:
        return labels
    glued = next((i for i in range(max(0, first - REACH), first) if labels[i] == "credit" and looks[i].line.glued), None)
    said = range(glued + 2, first) if glued is not None else range(0)
    if glued is None or not said or looks[glued + 1].width > NAME or looks[glued + 1].ends not in "a0":
        return labels
    if labels[glued + 1] not in ("aside", "furniture") or any(labels[i] not in ("body", "aside") for i in said):
        return labels
    return [*labels[: glued + 1], "author", *["comment"] * len(said), *labels[first:]]


def _plain_shape(look: Look) -> str:
    return look.shape.replace("a+", "a")


def _is_dated(look: Look) -> bool:
    return (bool(look.dates) or look.ago) and look.rest > 2 and look.ends != "." and look.width <= 90


def _lift_above_foot(looks: Sequence[Look], labels: Sequence[str], authors: Sequence[int]) -> Sequence[str]:
    """Where every author's line is dated and a thread begins with what ends comments, a comment stands above that too."""
    if len(authors) < 2 or not all(_is_dated(looks[i]) for i in authors):
        return labels
    foot = next((i for i, label in enumerate(labels) if label in ("author", "meta", "comment")), 0)
    if (
        labels[foot] != "meta"
        or "comment" in labels[foot : authors[0]]
        or not {"reply", "vote"} & set(looks[foot].found.classes)
    ):
        return labels
    near = range(foot - 1, max(0, foot - REACH), -1)
    head = next((i for i in near if _is_dated(looks[i])), None)
    if head is None or any(labels[i] != "aside" for i in range(head, foot)):
        return labels
    said = [i for i in range(head + 1, foot) if looks[i].width >= 25 or looks[i].ends == "."] or [head + 1]
    inner = ["comment" if i in said else "meta" for i in range(head + 1, foot)]
    return [*labels[:head], "author", *inner, *labels[foot:]] if inner else labels


def _is_button(look: Look) -> bool:
    """True for a line that is nothing but what may be done with a comment: "Responda  Denuncie"."""
    return (
        look.found.cover >= 0.5
        and len(look.words) <= 3
        and "reply" in look.found.first
        and not (look.dates or look.ago)
        and look.width <= 40
    )


def _demote_repeated(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Buttons taken for authors twice or more are none: what is dated above a text names who wrote it."""
    buttons = [i for i in lines_of(labels, "author") if _is_button(looks[i])]
    alike = Counter(looks[i].lower for i in buttons)
    buttons = [i for i in buttons if alike[looks[i].lower] >= 2]
    heads = [
        i
        for i, label in enumerate(labels)
        if label in ("meta", "author") and labels[i + 1 : i + 2] == ["comment"] and looks[i].dates
    ]
    if not buttons or len(heads) < len(buttons):
        return labels
    bare = [i for i in heads if looks[i].rest <= 2 and labels[i - 1] == "meta" and is_named(looks[i - 1])]
    heads = [i - 1 if i in bare else i for i in heads]  # "2. Bob" above the time
    return ["meta" if i in buttons else "author" if i in heads else label for i, label in enumerate(labels)]


def demote_buttons(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A row of buttons ("Like · Reply · 2 · 3y") is no author where other lines are."""
    labels = _demote_repeated(looks, labels)
    authors = lines_of(labels, "author")
    rows = [i for i in authors if {"vote", "reply"} & set(looks[i].found.first) and looks[i].separators >= 2]
    if not rows or len(rows) * 2 > len(authors):
        return labels
    return ["meta" if i in rows else label for i, label in enumerate(labels)]


_COUNT = re.compile(r"\(?\d{1,5}\)?\s[^\W\d_]{3,14}")  # "9 comments"


def drop_preface(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Above a thread, what a page would have read next, above "9 comments", is no comment; nor is what stands above a line that
    begins the first comment as it does the others."""
    labels = _drop_untimed(looks, _drop_linked(looks, _drop_order(looks, labels)))
    authors = lines_of(labels, "author")
    first = authors[0] if authors else 0
    begun = first_of(labels, "comment", first)
    above = [looks[i - 1].lower for i in authors[1:]]
    lead = looks[max(0, first - 1)]
    led = begun < first and above.count(lead.lower) * 2 > len(above) >= 2 and lead.found.cover < 0.5 and not lead.number
    if not led or any(look.lower == lead.lower for look in looks[authors[-1] :]):
        return labels  # what stands below the last comment too ends comments
    return [*labels[:begun], *["aside"] * (first - begun), *labels[first:]]


_ENDS = ("reply", "vote", "num", "share", "sent", "shortsent", "long")  # kinds of the line above another comment's head


def _drop_order(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where every other comment is headed by a time, alone or beside the name, what stands above the first one's time names
    nobody: it says how they are sorted."""
    first, *others = lines_of(labels, "author") or [0]
    led = labels[first : first + 3] == ["author", "meta", "comment"] and bool(looks[first + 1].dates)
    if not led or looks[first].dates or looks[first].ago:
        return labels
    bare = _begins_bare(looks[first + 1])
    like = [i for i, look in enumerate(looks) if i > first + 1 and look.dates and _begins_bare(look) == bare]
    heads = [i for i in like if labels[i] == "author" or (bare and labels[i : i + 2] == ["meta", "comment"])]
    ended = sum(looks[i - 1].kind in _ENDS for i in heads) * 3 >= len(heads) * 2
    told = len(heads) >= TIMED and sum(i in heads for i in others) * 3 >= len(others) * 2
    if not (told and ended) or not (bare or read_author(looks[first + 1])):
        return labels
    mended = ["author" if i in heads else label for i, label in enumerate(labels)]
    return [*mended[:first], "aside", "author", *mended[first + 2 :]]


def _begins_bare(look: Look) -> bool:
    """True for a time alone, nothing before it: names that are written in signs are short."""
    return is_bare_time(look) and not look.dates[0].start


TIMED = 2  # other authors, at least


def _drop_untimed(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where every other comment has its time and ends with a line of the frame, a first one that has neither is a button and
    what the page says of the thread."""
    authors = lines_of(labels, "author")
    if len(authors) <= TIMED or labels[authors[1] - 1] != "comment" or is_timed(looks, labels, *authors[:2]):
        return labels
    ends = [*authors[2:], len(labels)]
    others = list(zip(authors[1:], ends, strict=True))
    framed = all(is_timed(looks, labels, i, end) for i, end in others) and all(labels[i - 1] == "meta" for i in ends[:-1])
    first = authors[0]
    return [*labels[:first], *["aside"] * (authors[1] - first), *labels[authors[1] :]] if framed else labels


def _drop_linked(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A headline below "More from …" and above the count of the comments, which two authors or more wrote, is a link."""
    text = first_of(labels, "comment", len(labels))
    head = text - 1 if labels[text - 1 : text] == ["author"] else text
    if head < 1 or text + 1 >= len(looks) or looks[text].ends == "." or labels[text + 2 :].count("author") < 2:
        return labels
    count, link = looks[text + 1], looks[head - 1]
    counted = bool({"commenthead", "reply"} & set(count.found.classes)) and bool(_COUNT.fullmatch(count.text))
    if not counted or "related" not in link.found.first or link.found.cover < 0.5:
        return labels
    return [*labels[:head], *["aside"] * (text + 2 - head), *labels[text + 2 :]]
