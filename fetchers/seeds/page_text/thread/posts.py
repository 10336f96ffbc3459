"""Lines around a post that were taken for its author or its text: ranks, reactions, names printed twice, quotes in boxes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import first_of
from fetchers.seeds.page_text.thread.frames import WROTE
from fetchers.seeds.page_text.thread.rhythm import keep_count, keep_rhythm

NAME_WIDTH = 40  # columns of a name at most
_COUNT = re.compile(r"\d{1,4}\s[^\W\d_]{3,12}$")  # "3 entries"
_EXPAND = re.compile(r"(?:Click|Tap) to expand\s?(?:\.{3}|…)", re.IGNORECASE)


def set_around_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """The labels of a thread with what stands around its posts set apart."""
    if "author" not in labels:
        return labels
    for mend in (
        keep_rhythm,
        keep_count,
        _quote_boxes,
        _set_pairs_apart,
        _name_once,
        _name_above_ranks,
        _set_ranks_apart,
        _set_reactions_apart,
        _drop_count,
    ):
        labels = mend(looks, labels)
    return labels


def _quote_boxes(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """What stands between "Ann said:" and "Click to expand..." is quoted, and the sentence below it answers."""
    ends = [i for i, look in enumerate(looks) if look.width <= 24 and _EXPAND.fullmatch(look.text)]
    first = labels.index("author")
    mended = list(labels)
    for end in ends:
        marker = next((i for i in range(end - 1, max(first, end - 6), -1) if WROTE.match(looks[i].text)), None)
        if marker is None or end + 1 >= len(looks):
            continue
        mended[marker : end + 1] = ["meta", *["comment"] * (end - marker - 1), "meta"]
        if mended[end + 1] in ("body", "aside") and looks[end + 1].found.cover < 0.5:
            mended[end + 1] = "comment"
    return mended


PAIRS = 3  # times that an author and what he says come again, at least


def _set_pairs_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Nobody says the same again and again: an "author" and a "comment" that do are two buttons below every comment."""
    alike = Counter((above.lower, look.lower) for above, look in pairwise(looks))
    mended = list(labels)
    for i, pair in enumerate(pairwise(looks)):
        told = labels[i : i + 2] == ["author", "comment"] and not (pair[0].dates or pair[0].ago)
        if told and alike[pair[0].lower, pair[1].lower] >= PAIRS:
            mended[i : i + 2] = ["meta", "meta"]
    return mended


def _name_once(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where lines that name the authors stand above the bare names ("Comment posted by Ann, at 10:12", "Ann"), these head."""
    heads = [
        i
        for i, label in enumerate(labels[:-1])
        if label == "author"
        and 2 <= len(looks[i + 1].text) <= NAME_WIDTH
        and looks[i].width >= looks[i + 1].width + 4
        and looks[i].dates
        and looks[i + 1].lower in looks[i].lower
        and not looks[i + 1].number
    ]
    if len(heads) < 2 or len(heads) * 2 < labels.count("author"):
        return labels
    mended = list(labels)
    for i in heads:
        mended[i : i + 2] = ["meta", "author"]
    return mended


def _name_above_ranks(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where lines that begin with the same word stand right below names, as "Ars Praefectus" does, they are ranks."""
    first = max(1, labels.index("author"))
    below = [
        i
        for i in range(first, len(looks))
        if labels[i] in ("author", "meta")
        and looks[i].kind == "name"
        and len(looks[i].words) >= 2
        and looks[i - 1].kind in ("user", "name")
        and labels[i - 1] in ("aside", "meta", "author")
    ]
    begun = Counter(looks[i].words[0] for i in below)
    ranks = [i for i in below if begun[looks[i].words[0]] >= 2 and looks[i - 1].words[:1] != looks[i].words[:1]]
    if len(ranks) < 2 or len(ranks) * 2 < labels.count("author") or len({looks[i - 1].lower for i in ranks}) < 2:
        return labels
    mended = list(labels)
    for i in ranks:
        mended[i - 1 : i + 1] = ["author", "meta"]
    return mended


def _set_ranks_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A word or two between an author and the number, time or count of his post are what the site calls him."""
    mended = list(labels)
    for i in range(1, len(looks) - 2):
        below = looks[i + 1]
        if (
            labels[i - 1 : i + 2] == ["author", "comment", "meta"]
            and looks[i].width <= 30
            and not (looks[i - 1].dates or looks[i - 1].ago)
            and looks[i].ends in "a0"
            and (below.kind in ("num", "date", "ago") or bool(below.dates))
            and next((label for label in labels[i + 2 :] if label != "meta"), "") == "comment"
        ):
            mended[i] = "meta"
    return mended


def _set_reactions_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line that comes again, right above a number each time, is what was clicked, and nobody's name."""
    alike = Counter(look.lower for look in looks if look.width <= 24)
    counted = Counter(above.lower for above, look in pairwise(looks) if look.kind == "num" and above.width <= 24)
    first = labels.index("author")
    begun = next((i for i in range(first, len(labels)) if labels[i] == "comment"), len(labels))
    mended = list(labels)
    for i in range(begun, len(looks)):
        word = looks[i].lower
        if labels[i] in ("author", "comment") and alike[word] >= 2 and counted[word] == alike[word] and not looks[i].number:
            mended[i] = "meta"
    return mended


def _drop_count(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """ "3 entries" right below the heading of a thread counts them."""
    first = first_of(labels, "author", 0)
    counts = first and "commenthead" in looks[first - 1].found.first and _COUNT.fullmatch(looks[first].text)
    return [*labels[:first], "aside", *labels[first + 1 :]] if counts and "author" in labels[first + 1 :] else labels
