"""Where a text begins: what was taken for standfirsts or for the page's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.labels.captions import is_caption
from fetchers.seeds.page_text.lines.features import is_prose, speaks_to_reader
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import first_of

_REACH = 8  # lines at most between a date and the text


def begin_below_bar(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A sentence between the buttons below a headline and the text is the text's first, and so is a long one below a date."""
    first = first_of(labels, "body", 0)
    if first <= 2 or labels[first - 1] != "furniture" or "title" not in labels[:first] or not looks[first].long:
        return labels
    above, look = looks[first - 2], looks[first - 1]
    barred = above.found.cover >= 0.99 and "share" in above.found.first and is_prose(look)
    told = look.long and look.ends == "." and look.found.cover < TOLD and not speaks_to_reader(look)
    dated = labels[first - 2] == "date" and told and not is_caption(look, above)
    return [*labels[: first - 1], *["body"] * 2, *labels[first + 1 :]] if barred or dated else labels


TOLD = 0.25  # of a long sentence's words that pages have beside their texts too: "vote", "photo", "by"


def begin_text(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where no line was taken for text, "highlights" from one with a dateline on are the text."""
    if "body" in labels:
        return labels
    for i, look in enumerate(looks):
        slug = read_slug(look.text) if labels[i] == "highlight" and look.long and look.ends == "." else None
        if slug and slug.place and not look.line.bullet:
            return [*labels[:i], *("body" if label == "highlight" else label for label in labels[i:])]
    told = _take_told(looks, labels)
    return told if "body" in told else _take_unstopped(looks, labels)


def _take_told(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where no line was taken for text, two running sentences or more in a row below a headline and a full date are."""
    head = first_of(labels, "title", len(labels))
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


UNSTOPPED, SAYING = 4, 20  # lines without a stop in a row that are a text, at least; columns of each and of their headline
_PAIRS = re.compile("(?=([\u3400-\u9fff\u30a1-\u30fc]{2}))")


def _take_unstopped(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where no line was taken for text, a row of Chinese or Japanese lines below headline and date is, if a third speak of
    what the headline does, as a list of headlines never would."""
    head = first_of(labels, "title", len(labels))
    dated = next((i for i in range(head + 1, min(head + _REACH, len(looks))) if looks[i].dates), len(looks))
    first = next((i for i in range(dated + 1, min(dated + _REACH, len(looks))) if _is_line(looks[i])), len(looks))
    end = next((i for i in range(first, len(looks)) if not _is_line(looks[i])), len(looks))
    linked = any("related" in look.found.first for look in looks[dated:first])
    if end - first < UNSTOPPED or looks[head].width < SAYING or linked or "comment" in labels:
        return labels
    said = set(_PAIRS.findall(looks[head].text))
    alike = sum(not said.isdisjoint(_PAIRS.findall(look.text)) for look in looks[first:end])
    return [*labels[:first], *["body"] * (end - first), *labels[end:]] if alike * 3 >= end - first else labels


def _is_line(look: Look) -> bool:
    """True for what may be a sentence of a script without capitals: of some length, no date, link, heading or page's word."""
    plain = look.case == "none" and look.width >= SAYING and look.ends in ".aq," and look.found.cover < 0.34
    return plain and (not look.dates or look.rest >= SAYING) and not (look.url or look.separators or look.line.bullet)
