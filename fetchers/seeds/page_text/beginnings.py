"""Where a text begins: what was taken for standfirsts or for the page's own."""

from __future__ import annotations

from collections.abc import Sequence

from fetchers.seeds.page_text.datelines import read_slug
from fetchers.seeds.page_text.features import is_prose, speaks_to_reader
from fetchers.seeds.page_text.looks import Look

_REACH = 8  # lines at most between a date and the text


def begin_below_bar(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A sentence between the buttons below a headline and the text is the text's first."""
    first = next((i for i, label in enumerate(labels) if label == "body"), 0)
    above = looks[first - 2] if first > 2 and labels[first - 1] == "furniture" and "title" in labels[:first] else None
    barred = above is not None and above.found.cover >= 0.99 and "share" in above.found.first and looks[first].long
    return [*labels[: first - 1], *["body"] * 2, *labels[first + 1 :]] if barred and is_prose(looks[first - 1]) else labels


def begin_text(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where no line was taken for text, "highlights" from one with a dateline on are the text."""
    if "body" in labels:
        return labels
    for i, look in enumerate(looks):
        slug = read_slug(look.text) if labels[i] == "highlight" and look.long and look.ends == "." else None
        if slug and slug.place and not look.line.bullet:
            return [*labels[:i], *("body" if label == "highlight" else label for label in labels[i:])]
    return _take_told(looks, labels)


def _take_told(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where no line was taken for text, two running sentences or more in a row below a headline and a full date are."""
    head = labels.index("title") if "title" in labels else len(labels)
    dated = next((i for i in range(head, len(looks)) if labels[i] == "date" and looks[i].dates), len(looks))
    first = next((i for i in range(dated + 1, min(dated + _REACH, len(looks))) if _runs_on(looks[i])), len(looks))
    end = next((i for i in range(first, len(looks)) if labels[i] != "furniture" or not _runs_on(looks[i])), len(looks))
    if end - first < 2 or "comment" in labels:
        return labels
    return [*labels[:first], *["body"] * (end - first), *labels[end:]]


def _runs_on(look: Look) -> bool:
    """True for a sentence that hardly holds a word of a page; of scripts without capitals the stop may be wanting."""
    told = look.ends == "." or (look.case == "none" and look.ends in "aq")
    plain = look.found.cover < 0.15 and not (look.dates or look.url or look.separators or speaks_to_reader(look))
    return look.width >= 45 and told and plain
