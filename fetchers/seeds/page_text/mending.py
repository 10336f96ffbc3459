"""Labels of a page put right by what the whole page tells: its form (a live blog, a digest, a press release), its notices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.bylines import names_writer
from fetchers.seeds.page_text.datelines import read_slug
from fetchers.seeds.page_text.features import speaks_to_reader
from fetchers.seeds.page_text.looks import Look
from fetchers.seeds.page_text.threads import mend_threads

LIVE_TIME = re.compile(
    r"^(?:\[?\d{1,2}[.:hH]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?\s?(?:GMT|BST|ET|CET|UTC|IST|EST|EDT|Uhr|WIB|"
    r"MSK)?\]?)\s?(?:[-–—:|\uff1a]\s?|\s(?=[A-Z\"“]))",
    re.IGNORECASE,
)


_NOTICE = re.compile(r"(?:^|[.\s])(?:copyright\s(?:©|\(c\)|\d{4})|©\s?\d{4}|\(c\)\s\d{4})", re.IGNORECASE)


def _set_notices_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A paragraph that claims copyright is a credit line, however long it is."""
    return [
        "credit" if label == "body" and _NOTICE.search(look.text) else label for look, label in zip(looks, labels, strict=True)
    ]


def _continue_live(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """In a live blog, entries that begin with a time as the others do are text too."""
    timed = [bool(LIVE_TIME.match(look.text)) and look.width >= 40 for look in looks]
    if sum(on and label == "body" for on, label in zip(timed, labels, strict=True)) < 3:
        return labels
    return ["body" if on and label == "aside" else label for on, label in zip(timed, labels, strict=True)]


def _number_items(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """In a digest, headlines numbered from 1 with one running paragraph below each are stories of their own.

    A list inside one article is told by its byline, or by more than one paragraph under a number.
    """
    heads = [
        i
        for i, look in enumerate(looks[:-1])
        if look.starts == "num." and look.ends != "." and looks[i + 1].width >= 60 and looks[i + 1].ends == "."
    ]
    numbers = [int(looks[i].text.split(".")[0].split(")")[0]) for i in heads]
    if len(heads) < 3 or numbers != list(range(1, len(heads) + 1)) or "author" in labels:
        return labels
    if any(label == "byline" and names_writer(look) for look, label in zip(looks, labels, strict=True)):
        return labels
    ends = [*heads[1:], len(looks)]
    if any(sum(look.long for look in looks[i + 1 : end]) > 1 for i, end in zip(heads[:-1], ends[:-1], strict=True)):
        return labels
    mended = list(labels)
    for i in heads:
        mended[i], mended[i + 1] = "title", "body"
    return mended


def _head_items(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """In a digest, a line like the other headlines right above a dateline is a headline too."""
    titles = [i for i, label in enumerate(labels) if label == "title" and labels[i + 1 : i + 2] == ["body"]]
    if not titles or "author" in labels:
        return labels
    heads = []
    for i in range(titles[0] + 1, len(looks) - 1):
        alike = labels[i] in ("aside", "furniture") and looks[i].kind == "headline" and not looks[i].found.cover >= 0.5
        slug = read_slug(looks[i + 1].text) if alike and labels[i + 1] == "body" and looks[i + 1].long else None
        if slug and slug.place and not looks[i].line.bullet:
            heads.append(i)
    return ["title" if i in heads else label for i, label in enumerate(labels)] if len(heads) + len(titles) >= 3 else labels


def _is_told(look: Look) -> bool:
    """True for a sentence that holds no word of a page's furniture but articles and the like, and speaks to nobody."""
    told = look.ends == "." and look.case == "Sentence" and len(look.words) >= 5 and not look.dates
    return told and set(look.found.classes) <= {"placetitle"} and not speaks_to_reader(look)


def _keep_below_captions(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Prose right below a caption that stands between paragraphs is the story's."""
    mended = list(labels)
    last = max((i for i, label in enumerate(labels) if label == "body"), default=0)
    for i in range(2, last):
        between = labels[i] == labels[i - 1] == "aside" and labels[i - 2] == "body"
        if between and _is_told(looks[i]) and looks[i].width >= 40 and looks[i - 1].width >= 30:
            mended[i] = "body" if "photo" in looks[i - 1].found.first and not _is_caption(looks[i], None) else "aside"
    return mended


STAMP_LETTERS = 16  # what may stand beside the time in a label of its own: "Posted at", "GMT", "Key event"


def _stamps(looks: Sequence[Look], labels: Sequence[str]) -> list[int]:
    """The lines of a live blog that are nothing but the time of the entry below."""
    return [
        i
        for i, look in enumerate(looks[:-1])
        if look.clock
        and not look.dates
        and look.width <= 30
        and sum(map(str.isalpha, look.text)) <= STAMP_LETTERS
        and labels[i] not in ("author", "comment")
        and any(near.width >= 60 for near in looks[i + 1 : i + 4])
    ]


def _head_entries(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """In a live blog, a heading between an entry's time and its text is a sub-heading and not the next story's headline."""
    first = next((i for i, label in enumerate(labels) if label == "title"), None)
    stamps = [i for i in _stamps(looks, labels) if first is not None and i > first]
    if len(stamps) < 3 or "author" in labels[: stamps[-1]]:
        return labels
    mended = list(labels)
    for i in stamps:
        mended[i] = "furniture" if mended[i] == "title" or "body" not in mended[:i] else "aside"
        for j in range(i + 1, min(i + 3, len(looks))):
            look = looks[j]
            if j in stamps or look.clock or (look.found.cover >= 0.99 and look.width < 30):
                break
            mended[j] = "body"
            if look.width >= 60:
                break
    return mended


_TIMED = re.compile(r"(?:^|\s)\d{1,2}[:.]\d\d(?:\s?(?:[ap]\.?m\.?|GMT|UTC|Uhr))?\s?:?$", re.IGNORECASE)


def _keep_entries(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """What looks like comments is a live blog, if nothing heads them and each "author" is a label that ends with a time."""
    authors = [i for i, label in enumerate(labels) if label == "author"]
    timed = [i for i in authors if _TIMED.search(looks[i].text) and not looks[i].dates]
    if len(timed) < 3 or len(timed) < len(authors) or "title" not in labels[: authors[0]]:
        return labels
    if any("commenthead" in look.found.classes and look.width <= 60 for look in looks[: authors[0]]):
        return labels
    entries = {"author": "aside", "meta": "aside", "comment": "body"}
    return [entries.get(label, label) if i >= authors[0] else label for i, label in enumerate(labels)]


_ABOUT = re.compile(
    r"(?:About|Über|À propos (?:de |d['’])|Acerca de|Sobre|Informazioni su|О компании|Over)\s?(?P<who>\S.{1,50})$"
)


def _set_company_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """What a press release says about its company ("About Example Ltd") is furniture, to the next headline or comments."""
    seen = 0
    for i, look in enumerate(looks):
        seen += labels[i] == "body"
        found = _ABOUT.match(look.text) if seen >= 2 and look.width <= 60 and look.ends != "." else None
        if found and found["who"][0].isupper() and i + 1 < len(looks) and looks[i + 1].width >= 60:
            break
    else:
        return labels
    mended = list(labels)
    for j in range(i, len(looks)):
        if labels[j] == "title" or "commenthead" in looks[j].found.first:
            break
        if labels[j] in ("body", "author", "meta", "comment"):
            mended[j] = "aside"
    return mended


_PHOTO_CREDIT = re.compile(r"[:/©(\uff1a]|\bby\b|\bvia\b", re.IGNORECASE)
_PAIR = re.compile(
    r"(?:[A-Z]{2,}|\w+ Images?)/[A-Z]|\[[A-Z]{2,}\]$|\[[^\[\]]{3,40}/[A-Z][^\[\]]{1,20}\]$"
    r"|(?:\s[A-ZÀ-Þ][A-ZÀ-Þ'-]+){2,3}\s?/\s?[A-Z]{2,}$|\([A-Z][\w ]{1,30}: [A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,3}\)$"
    r"|[—–]\s?[A-Z][A-Z ]{2,20}(?:PHOTO|IMAGES?)$|\([A-Z][\w ]{1,30} (?:pic|photo|image)s?\)$"
)


_STOPPED_PAIR = re.compile(r"[—–]\s?[A-Z][A-Z ]{2,20}(?:PHOTO|IMAGES?)$|\([A-Z][\w ]{1,30} (?:pic|photo|image)s?\)$")


# "並ぶ人たち=札幌市": how Japanese papers say where a picture was taken.
_PLACED = re.compile(r"[^。=\uff1d]{5,60}[=\uff1d][\u3400-\u9fff\u30a0-\u30ff、・]{2,20}$")


def _is_caption(look: Look, above: Look | None) -> bool:
    """True for a line that credits a picture, or that stands below the words that head a caption ("Image caption,")."""
    if look.line.bullet:
        return False
    headed = above is not None and "photo" in above.found.first and above.found.cover >= 0.99 and above.text[-1:] in ",:"
    credited = "photo" in look.found.classes and _PHOTO_CREDIT.search(look.text)
    return bool(headed or credited or _PAIR.search(look.text) or _PLACED.match(look.text))


def _set_captions_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line above the text that credits a picture is its caption and no highlight, and what says what it shows is none."""
    mended = list(labels)
    for i, (look, label) in enumerate(zip(looks, labels, strict=True)):
        if label == "highlight" and _is_caption(look, looks[i - 1] if i else None):
            mended[i] = "furniture"
            shown = i > 1 and labels[i - 1] == "highlight" and labels[i - 2] not in ("title", "highlight")
            if shown and not looks[i - 1].line.bullet:
                mended[i - 1] = "furniture"
        elif (
            label == "body"
            and look.width <= 200
            and (look.ends != "." or _STOPPED_PAIR.search(look.text))
            and _PAIR.search(look.text[-60:])
        ):
            mended[i] = "aside"
    return mended


def _set_glued_captions_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line above the text to whose end "© name" is glued is a picture's."""
    mended = list(labels)
    for i, look in enumerate(looks[1:], 1):
        first = labels[i - 1] == "body" and "body" not in labels[: i - 1] and "body" in labels[i + 1 : i + 5]
        if first and look.line.glued and look.starts == "©":
            mended[i - 1 : i + 1] = ["furniture", "furniture"]
    return mended


def _keep_last(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Running text right below a story's is the story's, if it speaks to nobody and holds no word of a page's furniture."""
    mended = list(labels)
    for i in range(1, len(looks)):
        look = looks[i]
        plain = look.long and look.ends == "." and look.found.cover < 0.5 and not _FURNISHED & set(look.found.classes)
        if mended[i] == "aside" and mended[i - 1] == "body" and looks[i - 1].long and plain and not speaks_to_reader(look):
            mended[i] = "body"
    return mended


_FURNISHED = frozenset(("legal", "letter", "login", "byword", "agency", "tags", "srcword", "closed", "ad"))


def _lift_standfirsts(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line between headline and credits that holds no word of a page's furniture is a standfirst."""
    return [
        "highlight"
        if label == "furniture"
        and labels[max(0, i - 1)] == "title"
        and labels[i + 1 : i + 2] in (["byline"], ["date"], ["credit"])
        and look.width >= 20
        and len(look.words) >= 4
        and not (look.found.cover or look.dates or look.clock or look.ago or look.url or look.separators)
        and not _is_caption(look, None)
        else label
        for i, (look, label) in enumerate(zip(looks, labels, strict=True))
    ]


_PROMPTS = frozenset(("legal", "login", "letter", "ad", "closed", "related"))


_LISTED = re.compile(r"[^\s:][^:]{2,30}:\s")


def _set_lists_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """ "More information: …", "Topics: …" below a text is none of it."""
    return [
        "aside"
        if label == "body" and "tags" in look.found.first and _LISTED.match(look.text) and "body" in labels[:i]
        else label
        for i, (look, label) in enumerate(zip(looks, labels, strict=True))
    ]


# What outlets print about a writer's interests, and players about themselves.
_DISCLOSURE = re.compile(
    r"\b(?:receives? funding from|(?:does|do) not (?:own shares|work for, consult))\b.{0,160}\barticle\b|"
    r"provides? funding as an? \w+ partner|^(?:\w+ )?This content is provided by .{2,40}\bcookies\b"
)


def _set_prompts_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line of text that begins with, and mostly is, what pages say to their readers is none of the story's."""
    mended = list(labels)
    last = max((i for i, label in enumerate(labels) if label == "comment"), default=0)
    for i, look in enumerate(looks):
        if labels[i] == "body" and _DISCLOSURE.search(look.text):
            mended[i] = "aside"
        if look.width < 20 or not _PROMPTS & set(look.found.first) or look.found.cover < 0.55:
            continue
        lone = labels[i] == "comment" and labels[max(0, i - 1)] in ("meta", "aside") and i == last
        if labels[i] == "body" or (lone and "legal" in look.found.first):
            mended[i] = "aside"
    return mended


def mend_page(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """The labels of a whole page, put right."""
    for mend in (
        _set_notices_apart,
        _set_glued_captions_apart,
        _set_captions_apart,
        _lift_standfirsts,
        _keep_last,
        _keep_below_captions,
        _set_company_apart,
        _keep_entries,
        _head_entries,
        _continue_live,
        _number_items,
        _head_items,
        mend_threads,
        _set_lists_apart,
        _set_prompts_apart,
    ):
        labels = mend(looks, labels)
    return labels
