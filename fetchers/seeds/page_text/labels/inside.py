"""Lines in the midst of a text that are the text's: its running paragraphs, what announces a list, and the list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.labels.captions import heads_picture, is_caption
from fetchers.seeds.page_text.labels.endings import FURNISHED
from fetchers.seeds.page_text.lines.features import is_prose, speaks_to_reader
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import lines_of

_QUOTED_SPEECH = re.compile("[\"“”„«»‘'’「].*[\"“”„«»’'」]")


def keep_between(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A running paragraph between two of the text's is the text's, whatever stands around it, if it speaks to nobody."""
    texts = lines_of(labels, "body")
    if not texts or "comment" in labels[texts[0] : texts[-1]] or "title" in labels[texts[0] : texts[-1]]:
        return labels
    mended = list(labels)
    for i in range(texts[0] + 1, texts[-1]):
        look = looks[i]
        if labels[i] != "aside":
            continue
        near = labels[i - 1] == "body" and "body" in labels[i + 1 : i + 3]
        spoken = "wrote" in look.found.classes and bool(_QUOTED_SPEECH.search(look.text))
        plain = (
            look.width >= 95
            and (look.ends in ".q" or look.text[-2:] in (".«", "!«", "?«"))
            and look.found.cover < (0.3 if near or spoken else 0.15)
        )
        plain = plain and not heads_picture(looks, i) and not FURNISHED & set(look.found.classes)
        spoken = spoken or (near and look.width >= 100) or not speaks_to_reader(look)
        told = plain and not look.line.bullet and not look.url and spoken
        if told and not is_caption(look, looks[i - 1]) and "related" not in looks[i - 1].found.first:
            mended[i] = "body"
    return mended


ANNOUNCES = 5  # words of a line that announces what the text has next, at least


def keep_lead_ins(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line with a colon at its end in the midst of a text is the text's, if it speaks to nobody ("And he said:"); so is a
    plain sentence."""
    mended = list(labels)
    for i in range(1, len(looks) - 1):
        look = looks[i]
        if labels[i] != "aside" or not _is_inside(mended, i, bool(look.line.listing)):
            continue
        told = look.ends == ":" and len(look.words) >= ANNOUNCES and look.case == "Sentence" and look.found.cover < 0.34
        told = told and not (look.line.bullet or look.dates or look.url or "related" in look.found.classes)
        told = told and not (speaks_to_reader(look) or FURNISHED & set(look.found.first))
        if told or _is_plain(looks, i):
            mended[i] = "body"
    return mended


INSIDE = 8  # lines at most between a line in the midst of a text and what else is the text's


def _is_inside(labels: Sequence[str], i: int, listing: bool) -> bool:
    """True if the text goes on above and below line `i`, under no headline of its own."""
    above = next((j for j in range(i - 1, max(-1, i - 1 - INSIDE), -1) if labels[j] in ("body", "title")), -1)
    below = next((j for j in range(i + 1, min(len(labels), i + 1 + INSIDE)) if labels[j] in ("body", "title")), -1)
    return above >= 0 and labels[above] == "body" and (listing or (below >= 0 and labels[below] == "body"))


def _is_plain(looks: Sequence[Look], i: int) -> bool:
    """True for a sentence of five words or more without a word of a page's furniture."""
    look = looks[i]
    told = is_prose(look) and look.ends == "." and look.case == "Sentence" and len(look.words) >= ANNOUNCES
    told = told and not look.text.endswith(("?", "…", "..."))  # as links to other stories do
    told = told and not (look.line.bullet or look.dates or look.url or FURNISHED & set(look.found.classes))
    return told and not (is_caption(look, looks[i - 1]) or heads_picture(looks, i) or "related" in looks[i - 1].found.first)


_AMOUNT = re.compile(r"(?:\d{1,4}(?:[.,/]\d+)?|½|¼|¾)\s?[^\W\d_A-Z]{1,12}")  # "2 pounds", "400 g"
LISTED = 14  # lines of a list at most


def keep_lists(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Short lines between two paragraphs, announced by a colon above them or beginning with amounts, are the text's."""
    mended = list(labels)
    starts = [i for i in range(1, len(looks)) if labels[i] == "aside" and labels[i - 1] == "body"]
    for start in starts:
        end = start
        while end < len(looks) and labels[end] == "aside" and end - start <= LISTED and _is_listed(looks[end]):
            end += 1
        told = looks[start - 1].ends == ":" and len(looks[start - 1].words) >= ANNOUNCES
        amounts = sum(bool(_AMOUNT.match(looks[i].text)) for i in range(start, end))
        if (
            (1 if told else 2) <= end - start <= LISTED
            and labels[end : end + 1] == ["body"]
            and (told or (amounts >= 3 and amounts * 2 > end - start))
        ):
            mended[start:end] = ["body"] * (end - start)
    return mended


def _is_listed(look: Look) -> bool:
    """True for a short line that holds no word of a page's furniture."""
    plain = look.width <= 90 and look.found.cover < 0.35 and not is_caption(look, None)
    return plain and not (look.dates or look.ago or look.url or look.separators > 1)
