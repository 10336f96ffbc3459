"""Where a text begins: what was taken for standfirsts or for the page's own, and a name that was taken for a paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from fetchers.seeds.page_text.bylines import is_person
from fetchers.seeds.page_text.datelines import read_slug
from fetchers.seeds.page_text.features import speaks_to_reader
from fetchers.seeds.page_text.looks import Look
from fetchers.seeds.page_text.uncased import is_uncased_name

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


def name_first(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A name alone between a headline and the paragraphs that was taken for their first is who wrote them."""
    first = labels.index("body") if "body" in labels else 0
    named = first > 0 and labels[first - 1] in ("title", "date", "highlight") and labels[first + 1 : first + 2] == ["body"]
    if not named or looks[first].width > 30 or looks[first + 1].width < 45 or "byline" in labels[:first]:
        return labels
    named = is_uncased_name(looks[first].text) or is_person(looks[first].text)
    return [*labels[:first], "byline", *labels[first + 1 :]] if named else labels


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
