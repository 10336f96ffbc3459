"""Where a text begins: what was taken for standfirsts or for the page's own."""

from __future__ import annotations

from collections.abc import Sequence

from fetchers.seeds.page_text.datelines import read_slug
from fetchers.seeds.page_text.features import speaks_to_reader
from fetchers.seeds.page_text.looks import Look

_REACH = 8  # lines at most between a date and the text


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
