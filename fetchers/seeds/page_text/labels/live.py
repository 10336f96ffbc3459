"""Labels of a live blog put right: times of its entries, their headings, what stands above the first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fetchers.seeds.page_text.credits.bylines import is_person, names_writer
from fetchers.seeds.page_text.labels.captions import is_caption
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import first_of, lines_of

LIVE_TIME = re.compile(
    r"^(?:\[?\d{1,2}[.:hH]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?\s?(?:GMT|BST|ET|CET|UTC|IST|EST|EDT|Uhr|WIB|"
    r"MSK)?\]?)\s?(?:[-–—:|\uff1a]\s?|\s(?=[^\W\d_]|[\"“«„「]))",
    re.IGNORECASE,
)


def continue_live(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """In a live blog, entries that begin with a time as the others do are text too."""
    timed = [bool(LIVE_TIME.match(look.text)) and look.width >= 40 for look in looks]
    if sum(on and label == "body" for on, label in zip(timed, labels, strict=True)) < 3:
        return labels
    return ["body" if on and label == "aside" else label for on, label in zip(timed, labels, strict=True)]


_LABEL = re.compile(r"\d{1,2}[.:hH]\d\d\s?(?:[ap]\.?m\.?)?:?\s[^.!?]{2,40}$|[^.!?]{2,40}\s\d{1,2}[.:hH]\d\d:?$")


def set_labels_apart(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """In a live blog short lines of a time and a name or heading ("08:48: Ann Lee, Bergen") label the entries below them."""
    stamped = [
        i for i, look in enumerate(looks) if look.width <= 50 and look.clock and not look.dates and _LABEL.match(look.text)
    ]
    led = [i for i in stamped if looks[i].text[0].isdigit()]
    stamped = led if len(stamped) == len(led) + 1 else stamped  # "Lines 1 to 4 stand still from 05:15" labels nothing
    if len(stamped) < 3:
        return labels
    shown = {i for i in lines_of(labels, "byline") if stamped[0] < i < stamped[-1] and not names_writer(looks[i])}
    shown |= {i - 1 for i in stamped[1:] if labels[i - 1] == "body" and _shows(looks[i - 1], looks[i])}
    labels = ["aside" if i in shown else label for i, label in enumerate(labels)]
    labels = ["furniture" if i in stamped and label == "highlight" else label for i, label in enumerate(labels)]
    if sum(labels[i] in ("aside", "furniture") for i in stamped) * 2 < len(stamped):
        return labels
    return ["aside" if i in stamped and label == "body" else label for i, label in enumerate(labels)]


def _shows(look: Look, stamp: Look) -> bool:
    """True for a few words without a stop, nearer to an entry's label below than to the text above: what a picture shows."""
    return look.width <= 60 and look.ends not in ".q?:" and stamp.line.blanks < look.line.blanks


ENTRY_HEAD = 6  # lines at most between an entry's time and its text: a heading, who reports, in what role
ZONE = 6  # letters beside a date and its time: "GMT", "Uhr"
STAMP_LETTERS = 16  # what may stand beside the time in a label of its own: "Posted at", "GMT", "Key event"


def _stamps(looks: Sequence[Look], labels: Sequence[str]) -> list[int]:
    """The lines of a live blog that are nothing but the time of the entry below."""
    last = max((i for i, look in enumerate(looks) if look.clock), default=0)
    headed = any("commenthead" in look.found.classes and look.width <= 60 for look in looks[:last])
    alike = Counter(look.shape for look in looks if (look.dates or look.ago) and look.clock)
    daily = {look.shape for look in looks if look.ago and look.clock and not look.dates and alike[look.shape] >= 3}
    return [
        i
        for i, look in enumerate(looks[:-1])
        if look.clock
        and (not look.dates or (alike[look.shape] >= 3 and look.rest <= STAMP_LETTERS))
        and (look.width <= 30 or bool(look.dates))
        and (look.dates or sum(map(str.isalpha, look.text)) <= STAMP_LETTERS)
        and (labels[i] not in ("author", "meta", "comment") or ((look.dates or look.shape in daily) and not headed))
        and any(near.width >= 60 for near in looks[i + 1 : i + 1 + ENTRY_HEAD])
    ]


def _dated_stamps(looks: Sequence[Look], labels: Sequence[str], head: range) -> list[int]:
    """Lines of `head`, between headline and text, that are a date and a time, below another that is dated: the page's own."""
    dated = [i for i in head if looks[i].dates and labels[i] != "title"]
    bare = [i for i in dated[1:] if looks[i].clock and looks[i].rest <= ZONE]
    return [i for i in bare if any(near.width >= 60 for near in looks[i + 1 : i + 1 + ENTRY_HEAD])]


ANSWERED = 3  # buttons for answers that show a thread, at least


def _is_menu(look: Look) -> bool:
    """True for "Home News Live Radio" and "Listen Live", which call no page live."""
    return len(look.words) >= 2 and ("nav" in look.found.classes or len(look.words) >= 5)


_LIVE = frozenset(("live", "directo", "direct", "liveticker", "liveblog", "онлайн", "minuto", "diretta", "direto", "canlı"))


def enter_live(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """On a page that calls itself live, what looks like comments below dates with their times are entries."""
    titles = lines_of(labels, "title")
    heads = [i for i in range(titles[0] + 1) if looks[i].width <= 160] if titles else []
    called = any(_LIVE & set(looks[i].words) and (i == titles[0] or not _is_menu(looks[i])) for i in heads)
    if sum(look.kind == "reply" for look in looks) >= ANSWERED:
        return labels
    stamps = _stamps(looks, labels) if called and "comment" in labels else []
    stamps = [i for i in stamps if (looks[i].dates or looks[i].ago) and i > titles[0]]
    if len(stamps) < 3:
        return labels
    mended = list(labels)
    for i in range(stamps[0], len(looks)):
        if mended[i] in ("author", "meta", "comment", "byline", "body"):
            mended[i] = "body" if looks[i].width >= 60 and looks[i].ends in ".q?" else "aside"
    return mended


def head_entries(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """In a live blog, a heading between an entry's time and its text is a sub-heading and not the next story's headline."""
    first = first_of(labels, "title", None)
    stamps = _stamps(looks, labels)
    first = min(first, stamps[0]) if first is not None and stamps[:1] and looks[stamps[0]].dates else first
    first = 0 if first is None and "body" in labels else first
    if len(stamps) >= 3 and first is not None and "body" in labels:
        stamps = sorted({*stamps, *_dated_stamps(looks, labels, range(first, list(labels).index("body")))})
    stamps = [i for i in stamps if first is not None and i >= first]
    if len(stamps) < 3 or "author" in labels[stamps[0] : stamps[-1]] or not _lead_on(looks, labels, stamps):
        return labels
    if all(looks[i].dates and labels[i - 1] == "title" for i in stamps):
        return labels  # a digest, each date below its item's headline
    mended = list(labels)
    for i in range(stamps[0]):  # what stands above the first entry sums the day up
        if mended[i] == "body":
            mended[i] = "highlight"
        elif mended[i] in ("author", "meta", "comment"):  # "4h ago Ferries are back", which leads to an entry
            mended[i] = "furniture"
    for i in stamps:
        mended[i] = "furniture" if mended[i] == "title" or "body" not in mended[:i] else "aside"
        _label_entry(looks, mended, i + 1, stamps)
    for i in range(stamps[0], len(looks)):  # what sums the day up stands above the first entry
        if mended[i] == "highlight" and looks[i].ends == "." and not looks[i].line.bullet:
            mended[i] = "body"
    reporters = _reporters(looks, labels, stamps)
    return ["aside" if i in reporters else label for i, label in enumerate(mended)]


def _lead_on(looks: Sequence[Look], labels: Sequence[str], stamps: Sequence[int]) -> bool:
    """True if what was taken for authors and comments above the first entry ends with the headings of entries."""
    heads = tuple(looks[i + 1].lower for i in stamps)
    framed = (i for i in range(stamps[0]) if labels[i] in ("author", "comment"))
    return all(looks[i].lower.endswith(heads) for i in framed) or "author" not in labels[: stamps[0]]


def _reporters(looks: Sequence[Look], labels: Sequence[str], stamps: Sequence[int]) -> set[int]:
    """The lines of persons' names right below the times of most entries, or of those whom a byline names: who reports each."""
    firsts = [next((j for j in range(i + 1, min(i + 4, len(looks))) if not looks[j].ago), i) for i in stamps]
    named = {j for j in firsts if looks[j].kind == "name" and is_person(looks[j].text)}
    writers = [look.lower for look, label in zip(looks, labels, strict=True) if label == "byline"]
    known = {j for j in named if any(looks[j].lower in line for line in writers)}
    return named if len(named) * 3 >= len(stamps) * 2 else known


def _label_entry(looks: Sequence[Look], labels: list[str], start: int, stamps: Sequence[int]) -> None:
    """Label an entry's lines to its first long one: a heading and text are body, who reports it is not."""
    end = next((j for j in range(start, min(start + ENTRY_HEAD, len(looks))) if looks[j].width >= 60 or j in stamps), None)
    if end is None or end in stamps:
        return
    headed = False
    for j in range(start, end):
        look = looks[j]
        person = look.kind == "name" and 2 <= len(look.text.split(" ")) <= 3 and look.ends == "a"
        role = j > start and labels[j - 1] == "aside" and "byword" in look.found.classes
        if is_caption(look, None):
            labels[j] = "aside"
            continue
        if look.clock or look.line.bullet or (look.found.cover >= 0.99 and look.width < 30 and not headed and j > start):
            return
        summed = j == start and "standfirst" in look.found.first  # "What we know so far"
        if (look.found.cover >= 0.99 and look.width < 30 and not summed) or _is_signed(look):
            labels[j] = "aside"  # "Analysis", "By Ann Lee"
        elif headed and (person or role or (labels[j - 1] == "aside" and look.found.cover >= 0.3)):
            labels[j] = "aside"
        elif not headed:
            labels[j], headed = "body", True
    labels[end] = "aside" if is_caption(looks[end], None) and looks[end].ends != "." else "body"


_BY = re.compile(r"(?:By|Por|Par|Von|Di|Door|Av|Af|Oleh|Autor|Автор|Yazan)\s?:?\s[^\W\d_a-z]")


def _is_signed(look: Look) -> bool:
    """True for a line that is nothing but who reports an entry: "By Ann Lee", "Por Ana Gil, desde Lima"."""
    return bool(_BY.match(look.text)) and look.width <= 60 and look.ends not in ".?q:"


_TIMED = re.compile(r"(?:^|\s)\d{1,2}[:.]\d\d(?:\s?(?:[ap]\.?m\.?|GMT|UTC|Uhr))?\s?:?$", re.IGNORECASE)


def keep_entries(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """What looks like comments is a live blog, if nothing heads them and each "author" is a label that ends with a time."""
    authors = lines_of(labels, "author")
    timed = [i for i in authors if _TIMED.search(looks[i].text) and not looks[i].dates]
    if len(timed) < 3 or len(timed) < len(authors) or "title" not in labels[: authors[0]]:
        return labels
    if any("commenthead" in look.found.classes and look.width <= 60 for look in looks[: authors[0]]):
        return labels
    entries = {"author": "aside", "meta": "aside", "comment": "body"}
    return [entries.get(label, label) if i >= authors[0] else label for i, label in enumerate(labels)]


MINUTES = 3  # of a match that a page tells by them, at least
_MINUTE = re.compile(r"\d{1,3}(?:\s?\+\s?\d{1,2})?\s?(?:min(?:ute)?s?\.?|['’′])\s?:?")  # "90+4 min:", "23'"
_WHISTLE = re.compile(r"(?:HT|FT|KO|half[- ]?time|full[- ]?time|kick[- ]?off)\b[^.!?]{0,60}", re.IGNORECASE)


def enter_minutes(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Where a match is told by its minutes, those and its whistles label the text below them, to the foot of the page."""
    stamps = [i for i, look in enumerate(looks[:-1]) if look.width <= 14 and _MINUTE.fullmatch(look.text)]
    first = first_of(labels, "title", len(labels))
    if len(stamps) < MINUTES or first > stamps[0] or {"author", "comment"} & set(labels[first : stamps[-1]]):
        return labels
    foot = next((i for i in range(stamps[-1] + 1, len(looks)) if looks[i].found.cover >= 0.6), len(looks))
    mended = list(labels)
    for i in range(stamps[0], foot):
        look = looks[i]
        said = look.kind in ("sent", "long", "longish") and look.ends in ".q?"
        heads = look.ends != "." and i + 1 < foot and looks[i + 1].ends in ".q?" and i + 1 not in stamps
        if i in stamps or (look.width <= 70 and _WHISTLE.fullmatch(look.text)):
            mended[i] = "aside"
        elif mended[i] in ("aside", "furniture", "title", "highlight") and (said or heads) and not is_caption(look, None):
            mended[i] = "body"
    return mended
