"""Standfirsts and highlights between headline and text: lines that were taken for something else, and what is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.labels.captions import (
    is_caption,
)
from fetchers.seeds.page_text.lines.features import speaks_to_reader
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import first_of, lines_of
from fetchers.seeds.page_text.stories.division import LEAD, heads_points

POINTING = 0.4  # of a line's words: "More such stories on our front page"


def lift_points(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Two short lines or more between "Key points", near the text's beginning, and the text are highlights: all or none is."""
    head = next((i for i, look in enumerate(looks) if heads_points(look)), 0)
    lead = labels[:head].count("body")
    if not head or "title" not in labels[:head] or lead > LEAD or (lead and labels[head - 1] != "body"):
        return labels
    end = head + 1
    while end < len(looks) and labels[end] in ("aside", "highlight", "body") and _is_point(looks[end], bool(lead)):
        end += 1
    rest = labels[end:]
    listed = end - head > 2 and rest.count("body") >= TEXTS
    begun = rest[:1] == ["body"] if lead else rest[:1] not in (["body"], []) and labels[head + 1] == "highlight"
    return [*labels[: head + 1], *["highlight"] * (end - head - 1), *rest] if listed and begun else labels


POINT = 110  # columns of a point at most


def _is_point(look: Look, inside: bool) -> bool:
    """True for a line that may be a point: inside a text, whose sentences have stops, one without."""
    plain = 12 <= look.width <= POINT and look.found.cover < 0.5 and not (look.url or look.dates or look.separators)
    return plain and (look.ends not in ".q:" if inside else look.ends in ".aq0")


def keep_above_points(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A long sentence right above "Key points" and below who wrote the text and when is the text's first."""
    head = next((i for i, look in enumerate(looks) if heads_points(look)), 0)
    if head < 2 or "body" in labels[:head] or "body" not in labels[head:] or labels[head + 1 : head + 2] != ["highlight"]:
        return labels
    look = looks[head - 1]
    above = labels[: head - 1]
    told = look.long and look.ends == "." and look.found.cover < 0.15 and not is_caption(look, looks[head - 2])
    dated = {"byline", "date"} & set(above) and "title" in above and "share" in looks[head - 2].found.first
    return [*above, "body", *labels[head:]] if told and dated and labels[head - 1] == "furniture" else labels


POINTS = 8  # lines at most from the heading of a box of points to what credits the picture below it


# "(Adds minister's comment, paragraph 4)": what an agency tells editors of a text's versions
_FOR_EDITORS = re.compile(
    r"\((?:(?:adds?|recasts?|updates?|corrects?|repeats?|removes?|rewrites|writes through|refiles|new throughout|changes|"
    r"agrega|añade|actualiza|corrige|repite|ajoute|actualise|met à jour|corrige|répète|precise|aggiorna|aggiunge|corregge|"
    r"ripete|"
    r"atualiza|acrescenta|corrige|repete|aktualisiert|ergänzt|berichtigt|neu|добавлен[аоы]|обновлен[аоы]|doplněno|"
    r"aktualizace)\b)"
    r"[^()]{2,120}\)\.?",
    re.IGNORECASE,
)


def drop_pointers(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """What points to other stories, and what a picture shows, twice above whose it is, is no standfirst."""
    mended = list(labels)
    title = first_of(labels, "title", len(looks))
    for i, (look, label) in enumerate(zip(looks, labels, strict=True)):
        pointing = "related" in look.found.first and look.found.cover >= POINTING
        if label == "highlight" and (pointing or _FOR_EDITORS.fullmatch(look.text)):
            mended[i] = "furniture"
        owned = label in ("title", "highlight") and title < i < len(looks) - 2 and looks[i + 2].starts == "©"
        told = owned and labels[i + 1] in ("title", "highlight", "furniture")
        if told and looks[i + 1].lower.rstrip(".") == look.lower.rstrip("."):
            mended[i : i + 2] = ["furniture", "furniture"]
    return mended


def end_points(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Sentences below "Key points" are highlights, to the caption of the picture whose credit stands right above the text."""
    head = next((i for i, look in enumerate(looks) if heads_points(look)), None)
    if head is None or "title" not in labels[:head] or labels[head + 1 : head + 2] != ["highlight"]:
        return labels
    credit = next((i for i in range(head + 3, min(head + POINTS, len(looks) - 1)) if _is_picture_credit(looks[i])), None)
    told = credit is not None and all(look.ends in ".q" and look.width >= 25 for look in looks[head + 1 : credit])
    if credit is None or not told or not looks[credit + 1].long or labels[credit + 1] != "body":
        return labels
    points = credit - 1 - (head + 1)
    return [*labels[: head + 1], *["highlight"] * points, "furniture", "furniture", *labels[credit + 1 :]]


def _is_picture_credit(look: Look) -> bool:
    """True for a name or two in capitals' form and nothing else: "Getty Images", "Ann Lee | Eastpix", "Fourteen Inc."."""
    return look.width <= 40 and len(look.words) <= 5 and look.case in ("Title", "upper") and not look.line.bullet


_RESULT = re.compile(
    r"[^\W\d_][^\d:]{1,28} \d{1,3}(?:\s?[-–:]\s?\d{1,3} [^\W\d_][^\d:]{1,28}|,? [^\W\d_a-z][^\d:,]{1,28} \d{1,3})"
    r"(?: \([^()]{2,24}\))?$"
)  # "Leeds 2-1 Hull", "Tonga 24 Samoa 21"


def lift_standfirsts(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line between headline and credits that holds no word of a page's furniture is a standfirst."""
    labels = _lift_life(looks, _lift_between(looks, _head_block(looks, labels)))
    return [
        "highlight"
        if label == "furniture"
        and labels[max(0, i - 1)] == "title"
        and (_is_result(look) or (_heads_credit(looks, labels, i + 1) and _may_stand(look)))
        else label
        for i, (look, label) in enumerate(zip(looks, labels, strict=True))
    ]


LIFE = 3653  # days between birth and death at least
TOLD_OF_LIFE = 8  # letters beside the two dates at least: "born", "died"


def _lift_life(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Two dates ten years and more apart, with words, right below a headline tell of a life and date no text: "Teacher, born
    4 May 1924; died 9 June 2016"."""

    def lives(i: int) -> bool:
        days = [one.day_number for one in looks[i].dates]
        apart = len(days) == 2 and abs(days[1] - days[0]) >= LIFE
        return labels[i - 1] == "title" and apart and looks[i].rest >= TOLD_OF_LIFE and not looks[i].clock

    return ["highlight" if label == "date" and i and lives(i) else label for i, label in enumerate(labels)]


def _heads_credit(looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True for a line of credits, and for what is nothing but the words above one: "News provided by"."""
    stated = i < len(looks) and looks[i].found.cover >= 0.99 and bool({"srcword", "byword"} & set(looks[i].found.first))
    return labels[i : i + 1] in (["byline"], ["date"], ["credit"]) or stated


def _head_block(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where no line above the text was taken for its headline, the first of a block of it and sentences above credits is."""
    first = first_of(labels, "body", 0)
    credit = next((i for i in range(first) if labels[i] in ("byline", "date", "credit")), 0)
    if "title" in labels[:first] or not credit:
        return labels
    head = credit - 1
    while head > 0 and labels[head] == "furniture" and not looks[head].line.blanks:
        if not (_is_told(looks[head]) or is_caption(looks[head], looks[head - 1])):
            break
        head -= 1
    look = looks[head]
    begun = head == 0 or look.line.blanks > 0
    plain = (
        look.width >= 28 and look.ends != "." and look.found.cover < 0.3 and not (look.dates or look.url or look.line.bullet)
    )
    if head == credit - 1 or labels[head] != "furniture" or not begun or not plain:
        return labels
    return [*labels[:head], "title", *labels[head + 1 :]]


def _lift_between(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Sentences from right below a headline down to who wrote the text and when, captions aside, are standfirsts."""
    mended = list(labels)
    for head in lines_of(labels, "title"):
        end = head + 1
        told: list[int] = []
        while end < len(looks) and labels[end] in ("furniture", "highlight"):
            if is_caption(looks[end], looks[end - 1]):
                end += 1
                continue
            if not _is_told(looks[end]):
                break
            told.append(end)
            end += 1
        if labels[end : end + 1] in (["byline"], ["date"], ["credit"]):
            for i in told:
                mended[i] = "highlight"
        below = labels[head + 1 : head + 4] == ["byline", "furniture", "date"]  # "Ann Lee", a standfirst, when
        if below and _may_stand(looks[head + 2]) and len(looks[head + 2].words) >= STANDS:
            mended[head + 2] = "furniture" if "byword" in looks[head + 2].found.classes else "highlight"
    return mended


STANDS = 7  # words of a standfirst below who wrote the text, at least
_PAGE_WORDS = frozenset("letter login share ad readtime closed commenthead legal".split())


def _is_told(look: Look) -> bool:
    """True for a whole sentence that is no caption and says nothing of the page."""
    whole = look.ends == "." and (len(look.words) >= 5 or (look.case == "none" and look.width >= 40))
    plain = look.found.cover <= (0.35 if len(look.words) >= 9 else 0.2) and not _PAGE_WORDS & set(look.found.classes)
    return whole and plain and not (look.dates or look.ago or look.url or look.line.bullet or is_caption(look, None))


def lift_bullets(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A list of two bullets or more right below a headline, none of them a page's words, is one of highlights."""
    mended = list(labels)
    for head in lines_of(labels, "title"):
        end = head + 1
        while end < len(looks) and looks[end].line.bullet and labels[end] == "furniture" and looks[end].found.cover < 0.5:
            end += 1
        plain = all(look.width >= 12 and not (look.url or look.dates or look.clock) for look in looks[head + 1 : end])
        for i in range(head + 2, min(head + 8, len(looks))):
            headed = heads_points(looks[i - 1]) and labels[i] == "furniture"
            if headed and looks[i].width >= 25 and not looks[i].clock and "body" in labels[i:]:
                mended[i] = "highlight"
        if end - head > 2 and plain and "body" in labels[end : end + 8]:
            mended[head + 1 : end] = ["highlight"] * (end - head - 1)
    return _lift_listed(looks, mended)


def _lift_listed(looks: Sequence[Look], labels: list[str]) -> list[str]:
    """A list of bullets right above the text, some of which were taken for text and some not, is one of highlights."""
    first = first_of(labels, "body", 0)
    if not first or not looks[first].line.bullet or "title" not in labels[:first]:
        return labels
    begin = end = first
    while begin and looks[begin - 1].line.bullet and labels[begin - 1] == "furniture" and looks[begin - 1].ends == ".":
        begin -= 1
    while end < len(looks) and looks[end].line.bullet and labels[end] == "body":
        end += 1
    text = labels[end : end + 1] == ["body"] and "author" not in labels[:end]
    if begin == first or not text:
        return labels
    return [*labels[:begin], *["highlight"] * (end - begin), *labels[end:]]


TEXTS = 3  # paragraphs at least that show how a page parts them
STANDFIRST = 200  # columns of a standfirst at most


_NEXT = re.compile(
    r"(?:what['’]s next|what happens next|what now|wie geht es weiter|et maintenant|qué sigue|y ahora qué|e agora|e adesso|"
    r"wat nu|hva nå|vad händer nu|co dalej|что дальше|що далі)\s?[?:]",
    re.IGNORECASE,
)
BOXED = 6  # sentences of a box at most


def lift_boxed(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Between "In short:" above a text and "What's next?" near below it are a box's sentences, and one more below that."""
    head = next((i for i, look in enumerate(looks) if heads_points(look)), 0)
    last = next(
        (i for i in range(head + 2, min(head + 2 + BOXED, len(looks))) if _NEXT.fullmatch(looks[i].text.lstrip("¿"))), 0
    )
    if not head or not last or "title" not in labels[:head] or "body" in labels[:head]:
        return labels
    points = [*range(head + 1, last), last + 1]
    told = all(labels[i : i + 1] in (["body"], ["highlight"], ["furniture"]) and looks[i].ends in ".q" for i in points)
    if not told or labels[last + 2 :].count("body") < TEXTS:
        return labels
    return ["highlight" if i in points else "furniture" if i == last else label for i, label in enumerate(labels)]


def lift_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A sentence above the text that is parted from what stands around it as no paragraph of the text is stands first."""
    labels = _keep_first(looks, labels)
    texts = lines_of(labels, "body")
    first = texts[0] if len(texts) > TEXTS else 0
    if not first or "highlight" in labels[:first] or "title" not in labels[:first]:
        return labels
    if labels[first + 1] != "body" and not (is_caption(looks[first + 1], None) and texts[1] == first + 2):
        return labels
    parted = [looks[i].line.blanks > 0 for i in texts if labels[i - 1] == "body" or i == texts[1]]
    apart = parted[0] and not any(parted[1:])
    told = looks[first].width <= STANDFIRST and looks[first].ends == "." and not read_slug(looks[first].text)
    if len(parted) < TEXTS or not apart or not told:
        return labels
    return [*labels[:first], "highlight", *labels[first + 1 :]]


def _keep_first(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """What an empty line parts from the standfirsts above, and none from the text below, is the text's first paragraph."""
    first = first_of(labels, "body", 0)
    if first < 2 or labels[first - 1] != "highlight" or labels[first + 1 : first + 2] != ["body"]:
        return labels
    above = looks[first - 1]
    parted = above.line.blanks > 0 and not (looks[first].line.blanks or looks[first + 1].line.blanks)
    below = labels[first - 2] in ("highlight", "byline", "date") or "title" in labels[: first - 2]
    if not parted or not below or above.line.bullet or above.ends not in ".q":
        return labels
    return [*labels[: first - 1], "body", *labels[first:]]


def _may_stand(look: Look) -> bool:
    """True for a line of words that hardly holds one of a page's furniture."""
    share = 0.35 if look.ends == "." and len(look.words) >= 9 else 0.15  # of a whole sentence more may be such words
    plain = not look.found.cover or (look.found.cover <= share and len(look.words) >= 7 and not look.found.first)
    bare = not (look.dates or look.clock or look.ago or look.url or look.separators or speaks_to_reader(look))
    return look.width >= 20 and len(look.words) >= 4 and plain and bare and not is_caption(look, None)


def _is_result(look: Look) -> bool:
    return bool(_RESULT.match(look.text)) and look.found.cover < 0.5


def set_links_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A bullet list below "Related links" and its like is none of highlights."""
    mended = list(labels)
    listed = begun = False
    for i in range(1, len(looks)):
        begun = begun or labels[i - 1] == "body"
        headed = "related" in looks[i - 1].found.first and looks[i - 1].found.cover >= 0.6
        listed = bool(looks[i].line.bullet) and (listed or headed)
        if listed and labels[i] in ("highlight", "title"):
            mended[i] = "furniture"
        if labels[i] == "title" and begun and "related" in looks[i].found.first:
            mended[i] = "aside"  # "RELATED The plough that would not start"
    return mended


def drop_sentences(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A whole Japanese or Chinese sentence between a caption and the text is the text's first."""
    mended = list(labels)
    for i in range(2, len(looks) - 1):
        told = labels[i] == "highlight" and labels[i + 1] == "body" and looks[i].text.endswith("。") and looks[i].width >= 50
        if told and labels[i - 1] in ("title", "furniture") and is_caption(looks[i - 1], looks[i - 2]):
            mended[i] = "body"
    return mended


def lift_linked(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """What stands between a headline and the page's own address on a line, apart from the rest of the text, is a standfirst."""
    first = first_of(labels, "body", 0)
    headed = first > 0 and labels[first - 1] in ("title", "date")
    apart = headed and labels[first + 1 : first + 3] == ["aside", "body"] and _ADDRESS.fullmatch(looks[first + 1].text)
    return [*labels[:first], "highlight", *labels[first + 1 :]] if apart else labels


_ADDRESS = re.compile(r"(?:https?://|www\.)\S{4,120}")


def lift_summary(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """The first sentence of a text below "Summary" and its like is no paragraph of it, if another heading or text follows."""
    first = first_of(labels, "body", 0)
    if first < 2 or first + 2 >= len(looks) or "title" not in labels[:first]:
        return labels
    apart = heads_points(looks[first - 1]) and labels[first + 1] != "body" and "body" in labels[first + 2 :]
    return [*labels[:first], "highlight", *labels[first + 1 :]] if apart else labels
