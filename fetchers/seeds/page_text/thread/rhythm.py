"""Threads whose comments all begin with a name and a bare time, or a time and a name: what stands below those is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import lines_of

LEAST = 3  # comments at least
BARE_LETTERS = 6  # beside a date that is nothing else: "le", "Uhr", "GMT"
COUNTS = 3  # lines between such a head and the text at most: votes, buttons


def keep_rhythm(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """The labels of such a thread's heads and of the line below each, if most of its heads and texts were told for such."""
    first, last = (min(lines_of(labels, "author"), default=0), max(lines_of(labels, "comment"), default=0))
    dates = [i for i in range(max(first - 1, 0), last) if is_bare_time(looks[i]) and labels[i] in ("author", "meta", "aside")]
    if len(dates) < LEAST or "comment" not in labels:
        return labels
    above = [i - 1 for i in dates if i and _could_name(looks[i - 1])]
    below = [i + 1 for i in dates if i + 1 < len(looks) and _could_name(looks[i + 1])]
    if len(above) * 5 >= len(dates) * 4 and _differ(looks, above):
        heads = [(i, i + 2) for i in above]
    elif len(below) * 5 >= len(dates) * 4 and _differ(looks, below) and len(above) * 2 < len(dates):
        heads = [(i, i + 1) for i in below]
    else:
        return labels
    counts = Counter(_counts_below(looks, start) for _, start in heads)
    count, often = counts.most_common(1)[0]
    texts = [start + count for _, start in heads]
    told = sum(labels[i : i + 1] == ["comment"] for i in texts)
    if told * 2 < len(heads) or often * 2 < len(heads):
        return labels
    mended = list(labels)
    names = {name for name, _ in heads}
    for (name, start), text in zip(heads, texts, strict=True):
        if _counts_below(looks, start) != count or text >= len(looks) or not _could_be_said(looks[text]) or text in names:
            continue
        begin = min(name, start - 2) if start == name + 1 else name
        if _is_headed(mended, begin):
            continue
        mended[begin : text + 1] = [*["meta"] * (text - begin), "comment"]
        mended[name] = "author"
    return mended


def _is_headed(labels: Sequence[str], begin: int) -> bool:
    """True if an author stands above line `begin` already, and no text between: that line names another, or a rank."""
    above = next((label for label in reversed(labels[max(0, begin - COUNTS - 1) : begin]) if label != "meta"), "")
    return above == "author"


COUNTED = 3  # names with numbers before them, at least
_NUMBERED = re.compile(r"[#№]\s?(\d{1,4})[.:)]?\s\S.{0,44}")


def counted_names(looks: Sequence[Look]) -> list[int]:
    """The lines of names that numbers with their sign count from 1: "#1 Ann", "#2 Bob"."""
    heads: list[int] = []
    for i, look in enumerate(looks):
        found = _NUMBERED.fullmatch(look.text) if look.ends not in ".q" and not look.dates else None
        heads += [i] if found and int(found[1]) == len(heads) + 1 else []
    return heads


def keep_count(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where most lines of such names head comments, all do, and a line right below one that frames nothing is said."""
    heads = counted_names(looks)
    if len(heads) < COUNTED or sum(labels[i] == "author" for i in heads) * 2 < len(heads):
        return labels
    mended = list(labels)
    for i in heads:
        mended[i] = "author"
        framed = i + 1 >= len(looks) or i + 1 in heads or looks[i + 1].kind in ("vote", "num", "reply")
        if not framed and mended[i + 1] in ("author", "aside") and _could_be_said(looks[i + 1]):
            mended[i + 1] = "comment"
    return mended


def is_bare_time(look: Look) -> bool:
    """True for a line that is a date and a time and nothing else."""
    return bool(look.dates) and look.clock and look.rest <= BARE_LETTERS


def _could_name(look: Look) -> bool:
    named = look.kind in ("name", "user", "short") and look.width <= 40 and not (look.dates or look.ago)
    return named and not {"reply", "vote", "deleted", "login", "sort"} & set(look.found.first)


def _differ(looks: Sequence[Look], names: Sequence[int]) -> bool:
    """True if no line comes again too often to be a name."""
    return len({looks[i].lower for i in names}) * 2 > len(names)


def _counts_below(looks: Sequence[Look], start: int) -> int:
    """How many lines from line `start` on are votes and buttons."""
    counted = 0
    while counted < COUNTS and start + counted < len(looks) and looks[start + counted].kind in ("vote", "num", "reply"):
        counted += 1
    return counted


def _could_be_said(look: Look) -> bool:
    framed = {"reply", "vote", "deleted", "wrote"} & set(look.found.first)
    return not (look.dates or look.ago) and not (framed and look.found.cover >= 0.6)
