"""Lines that are the text's though something parts them from it: sub-headings, sentences cut off by offers and links."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.credits.agencies import is_known_agency
from fetchers.seeds.page_text.credits.datelines import read_slug
from fetchers.seeds.page_text.labels.captions import TOLD_CAPTION, is_caption
from fetchers.seeds.page_text.labels.endings import FURNISHED
from fetchers.seeds.page_text.labels.notices import BOXED_LINK
from fetchers.seeds.page_text.lines.features import is_prose, speaks_to_reader
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.lines.positions import first_of, last_of
from fetchers.seeds.page_text.lines.stems import LONGER, stems_of


def keep_datelined(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A paragraph above the text's others that begins with a dateline is its first."""
    first = first_of(labels, "body", 0)
    mended = list(labels)
    for i in range(max(1, first - FAR_ABOVE), first):
        near = labels[i] == "highlight" and i == first - 1 and not looks[i].line.bullet
        told = near or (i >= first - 3 and labels[i] in ("furniture", "aside"))
        if labels[i] == "highlight" and labels[i - 1] == "title" and looks[i].long and not looks[i].line.bullet:
            parted = read_slug(looks[i].text)  # by the date and a picture
            told = told or (parted is not None and parted.place is not None and is_known_agency(parted.agency or ""))
        if told and looks[i].long and looks[i].ends == "." and "title" in labels[:i]:
            slug = read_slug(looks[i].text)
            if slug and slug.place and not is_caption(looks[i], looks[i - 1]):
                mended[i] = "body"
    return _begin_at_dateline(looks, mended, first)


FAR_ABOVE = 8  # lines from a text's first paragraph down to its second, at most


def _begin_at_dateline(looks: Sequence[Look], labels: list[str], first: int) -> list[str]:
    """A few words right above a paragraph that begins with a dateline are no text: "Leer en español"."""
    brief = 0 < first < len(looks) - 1 and looks[first].width <= 40 and looks[first].ends in "a0"
    slug = read_slug(looks[first + 1].text) if brief and labels[first + 1] == "body" and looks[first + 1].long else None
    if slug and slug.place and "body" not in labels[:first]:
        labels[first] = "furniture"
    return labels


def keep_headings(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line in capitals or quotes right above a paragraph, below another or below an offer, is a sub-heading."""
    mended = list(labels)
    said = _said(looks, labels, len(looks))
    for i in range(2, len(looks) - 1):
        offered = labels[i - 2] == "body" and bool(set(looks[i - 1].found.classes) & _OFFERS)
        text = _text_below(looks, labels, i)
        below = labels[text] == "body" or (labels[text] == "aside" and is_prose(looks[text]) and looks[text].long)
        parted = labels[i - 2] == "body" and looks[i - 1].found.cover >= 0.99 and "ad" in looks[i - 1].found.first
        alone = (labels[i - 1] == "body" or parted) and labels[text] == "body" and looks[text].width >= 60
        alone = alone and (_is_short_heading(looks[i]) or (text == i + 1 and _is_longer_heading(looks[i])))
        alone = alone and not read_slug(looks[text].text) and not _tells_another(looks[i], said)
        listed = (
            labels[i - 1] == "aside" and labels[i + 1] == "body" and "body" in labels[max(0, i - 7) : i] and _shouts(looks[i])
        )
        bare = labels[i + 1] == "body" and "body" in labels[max(0, i - 8) : i] and _is_bare_heading(looks[i], looks[i + 1])
        if labels[i] == "aside" and (
            alone
            or listed
            or bare
            or (below and (labels[i - 1] == "body" or offered) and _is_heading(looks[i]) and not _tells_another(looks[i], said))
        ):
            mended[i] = "body"
    return mended


def _text_below(looks: Sequence[Look], labels: Sequence[str], i: int) -> int:
    """The line below line `i`; where lines that say of themselves that they are a picture's stand there, what follows those."""
    j = i + 1
    while j < min(i + 3, len(looks) - 1) and labels[j] == "aside" and TOLD_CAPTION.match(looks[j].text):
        j += 1
    return j


def drop_pointed(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A line without a stop right above "Read more" and its like is the link that they belong to."""
    return [
        "aside"
        if label == "body"
        and look.ends not in ".:q?"
        and len(look.words) >= OTHER
        and look.width <= 110
        and below.width <= 20
        and "related" in below.found.first
        and below.found.cover >= 0.99
        else label
        for look, below, label in zip(looks, [*looks[1:], looks[-1]], labels, strict=True)
    ]


OTHER = 6  # words of a line that could be another story's headline


def is_sub_heading(looks: Sequence[Look], i: int, above: Sequence[int], between: bool = False) -> bool:
    """True for a line that could head the paragraph below it and tells of nothing else than lines `above`: a few words, or
    more of them right `between` two paragraphs."""
    look = looks[i]
    said = stems_of(*(looks[j] for j in above), shortest=LONGER)
    plain = look.width <= HEADING_WIDTH and look.found.cover < 0.34 and not (look.dates or look.url or look.separators)
    plain = plain and look.ends not in ".,:" and not (look.line.bullet or speaks_to_reader(look))
    return ((between and plain) or _is_short_heading(look)) and not _tells_another(look, said)


SHORT, HEADING_WIDTH = 45, 70  # columns of a sub-heading at most: of a few words, of more between two paragraphs


def _tells_another(look: Look, said: set[str]) -> bool:
    """True for a line of many words between paragraphs none of which the story says: another story's headline."""
    own = stems_of(look, shortest=LONGER)
    longer = {stem for stem in own if len(stem) > 5}
    told = bool(longer & said) if longer else bool(own) and own <= said
    return len(look.words) >= OTHER and not told


def _said(looks: Sequence[Look], labels: Sequence[str], end: int) -> set[str]:
    """The longer words of the headlines and paragraphs above line `end`, each without its ending."""
    return stems_of(*(looks[i] for i in range(end) if labels[i] in ("body", "title")))


def end_headings(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A sub-heading with no text of its own below heads something else."""
    mended = list(labels)
    for i in range(len(looks) - 2, 1, -1):
        ended = labels[i] == "body" and mended[i + 1] not in ("body", "furniture") and "body" in labels[:i]
        section = (
            labels[i : i + 2] == ["body", "title"]
            and looks[i].case == "upper"
            and looks[i].width <= 24
            and looks[i].ends == "a"
        )
        if section and "body" in labels[:i]:
            mended[i] = "aside"  # what the next item is filed under
        if (
            ended
            and _is_short_heading(looks[i])
            and not (_OFFICIALS.match(looks[i].text) or _lists_results(looks, i, True))
            and "body" not in mended[i + 1 : i + 6]
            and looks[i].case != "none"
        ):
            mended[i] = "aside"
    return mended


def _is_short_heading(look: Look, widest: int = SHORT) -> bool:
    """True for a line of a few words, none of them a page's, without a stop."""
    plain = (
        look.found.cover < 0.3
        and set(look.found.first) <= {"placetitle", "greeting", "ago"}
        and not (look.dates or look.clock or look.ago or look.separators or look.url)
    )
    return (
        plain
        and look.kind in ("headline", "short", "name")
        and 8 <= look.width <= widest
        and look.ends in "aq0"
        and look.starts in "Aq"
    )


def _is_longer_heading(look: Look) -> bool:
    """True for a few words more, none of them a picture's, without a comma or stop inside, as captions have."""
    plain = "photo" not in look.found.classes and not re.search(r"[,.] ", look.text)
    return plain and _is_short_heading(look, HEADING_WIDTH)


def _is_heading(look: Look) -> bool:
    quoted = look.starts == "q" and look.ends == "q"  # whose words may be a page's too: "Like a train"
    shown = look.case == "upper" or quoted
    plain = look.found.cover < (0.7 if quoted and len(look.words) >= 3 else 0.3) and not look.dates and not look.separators
    return shown and plain and 8 <= look.width <= 70 and look.ends in "aq0"


def _shouts(look: Look) -> bool:
    """True for two words or more in capitals, none of them a page's: a tabloid's sub-heading."""
    return look.case == "upper" and len(look.words) >= 2 and not look.found.classes and _is_heading(look)


def _is_bare_heading(look: Look, below: Look) -> bool:
    """True for two words or more of a script without capitals, none of them a page's, apart from a long paragraph below."""
    plain = look.case == "none" and look.ends == "a" and not (look.found.cover or look.dates or look.clock or look.url)
    apart = look.line.blanks > 0 and below.line.blanks > 0 and below.width >= 60 and not look.line.bullet
    return plain and apart and 2 <= len(look.words) <= 6 and look.width <= 40


_RATE = re.compile(r"\([$€£]1 = [\d.,]+ [^()]{3,40}\)$")


_FIGURES = re.compile(r"[A-ZÀ-Þ][^:.]{3,24}: .*\d.*[,;.]")


# Who led a match, where it was played and who came.
_OFFICIALS = re.compile(
    r"(?:árbitro|arbitro|arbitre|referee|umpires?|schiedsrichter|scheidsrechter|sędzia|судья|hakem|dommer|domare|rozhodčí|"
    r"estadio|estádio|stadio|stade|attendance|zuschauer|spectateurs|affluence|asistencia|público|spettatori|widzów|зрителей)"
    r"\s?:\s?\S",
    re.IGNORECASE,
)


def _names_officials(looks: Sequence[Look], labels: Sequence[str], last: int) -> bool:
    """True if the line right below a text's last, which lists what happened in a match, says who led it."""
    below = looks[last + 1] if 0 <= last < len(looks) - 1 else None
    listed = ":" in looks[last].text[:30] and any(map(str.isdigit, looks[last].text))
    return below is not None and listed and labels[last + 1] == "aside" and bool(_OFFICIALS.match(below.text))


_LIST = re.compile(r"(?P<head>[^\W\d_][^:.!?|\d]{2,26})\s?:\s(?P<items>\S.*)")
_ITEMS = re.compile(r"[,;]\s")


def _lists_results(looks: Sequence[Look], i: int, below: bool) -> bool:
    """True for what is listed of a match ("Goals: 0-1 Reed 19, 1-1 Marsh 71"): a word or two that are no page's, and items, a
    figure in most of them; `below` such a line, names too."""
    look = looks[i]
    found = _LIST.fullmatch(look.text) if look.width <= 200 and not (look.url or look.dates or look.line.bullet) else None
    if not found or lexicon().look(split_words(found["head"])).cover or speaks_to_reader(look):
        return False
    items = [item for item in _ITEMS.split(found["items"]) if item]
    figures = sum(any(map(str.isdigit, item)) for item in items)
    named = below and all(item[:1].isupper() for item in items)
    return len(items) >= 2 and (figures * 3 >= len(items) * 2 or named)


_UNTOLD = ("aside", "byline", "credit", "title")  # what such lines were taken for


def _end_of_results(looks: Sequence[Look], labels: Sequence[str], last: int) -> int:
    """Where the lists right below a text's last line end, which nothing parts from it that does not part paragraphs too."""
    texts = [i for i, label in enumerate(labels[: last + 1]) if label == "body"]
    gap = max((looks[i].line.blanks for i in texts[1:]), default=0)
    end = last + 1
    while end < len(looks) and labels[end] in _UNTOLD and looks[end].line.blanks <= gap:
        below = end > last + 1 or (last >= 0 and _lists_results(looks, last, False))
        officials = bool(_OFFICIALS.match(looks[end].text)) and below
        heads = labels[end] == "title" and labels[end + 1 : end + 2] == ["body"]
        if heads or not (officials or _lists_results(looks, end, below)):
            break
        end += 1
    return end


def keep_figures(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """Two lines or more of figures right below a text ("Scores: 12-15, …", "Attendance: 1,140. …") are its last; so is one that
    lists what happened in a match."""
    last = last_of(labels, "body", -1)
    end = _end_of_results(looks, labels, last) if labels.count("body") >= 3 and "author" not in labels[:last] else 0
    if end > last + 1:
        return [*labels[: last + 1], *["body"] * (end - last - 1), *labels[end:]]
    if _names_officials(looks, labels, last):
        return [*labels[: last + 1], "body", *labels[last + 2 :]]
    told = 0 <= last < len(looks) - 2 and labels[last + 1] == "aside" and looks[last + 1].long and looks[last + 1].ends == "."
    if told and _FIGURES.match(looks[last + 2].text) and not speaks_to_reader(looks[last + 1]):
        last += 1  # a paragraph between them is the text's, too
    end = last + 1
    while (
        end < len(looks)
        and labels[end] == "aside"
        and looks[end].width <= 160
        and _FIGURES.match(looks[end].text)
        and looks[end].found.cover < 0.3
    ):
        if looks[end].dates or looks[end].url or looks[end].found.first:
            break
        end += 1
    if last < 0 or end - last < 3 or looks[last].ends != ".":
        return labels
    return [*labels[:last], *["body"] * (end - last), *labels[end:]]


def keep_rates(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """The rate of exchange that ends an agency's text ("($1 = 10.65 Norwegian crowns)") is its last line."""
    return [
        "body" if label == "aside" and labels[i - 1] == "body" and _RATE.match(look.text) else label
        for i, (look, label) in enumerate(zip(looks, labels, strict=True))
    ]


_OFFERS = frozenset(("ad", "login", "letter", "share", "readtime"))
_REACH = 4


def resume(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A plain sentence that only offers to the reader part from the text above it is the story's too."""
    mended = list(labels)
    for i in range(2, len(looks)):
        look = looks[i]
        if mended[i] != "aside" or look.width < 28 or not is_prose(look) or FURNISHED & set(look.found.classes):
            continue
        ended = i + 1 == len(looks) or _offers(looks[i + 1])
        if look.width < 60 and not ended and not _names_again(looks, mended, i):
            continue
        above = _above_offers(looks, i)
        if 0 <= above < i - 1 and mended[above] == "body" and looks[above].ends == ".":
            mended[i] = "body"
    return mended


def _above_offers(looks: Sequence[Look], i: int) -> int:
    """The line above the offers that stand right above line `i`, what such a box holds of short lines between them included; -1
    if they go on too far up."""
    reach = range(i - 1, max(-1, i - 2 - _REACH), -1)
    above = next((j for j in reach if not _parts(looks[j])), -1)
    if not 0 < above < i - 1 or looks[above].long:
        return above
    begun = next((j for j in reach if j < above and _offers(looks[j])), 0)
    return begun - 1 if begun and not any(looks[j].long for j in range(begun, above)) else above


def resume_below_link(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A plain sentence below one line that points elsewhere ("Read more: …") is the text's, if no list goes on below."""
    mended = list(labels)
    for i in range(2, len(looks)):
        if mended[i] != "aside" or not (is_prose(looks[i]) and looks[i].width >= 28) or FURNISHED & set(looks[i].found.classes):
            continue
        boxed = bool(BOXED_LINK.match(looks[i - 1].text))
        link = i - 1 if boxed or ("related" in looks[i - 1].found.first and looks[i - 1].found.cover < 0.9) else i - 2
        pointed = (boxed or "related" in looks[link].found.first) and looks[i - 1].ends != "." and not looks[i - 1].long
        below = looks[i + 1] if i + 1 < len(looks) else None
        closed = below is None or below.found.cover >= 0.5 or mended[i + 1] == "body" or bool(_SIGNED.fullmatch(below.text))
        if link >= 1 and pointed and closed and mended[link - 1] == "body" and looks[link - 1].ends == ".":
            mended[i] = "body"
    return mended


_SIGNED = re.compile("[(\uff08][^()\uff08\uff09。、]{2,12}[)\uff09]")  # who wrote it, below the last
BLOCK = 6  # lines at most between a text and its last sentence
SHARED = 3  # words that such a sentence has in common with the text


def resume_by_words(looks: Sequence[Look], labels: Sequence[str]) -> Sequence[str]:
    """A plain sentence below a text and a few links is the text's, if it speaks of the same: of other stories few words are."""
    last = last_of(labels, "body", -1)
    if (
        last < 1
        or looks[last].ends != "."
        or any(label in ("author", "comment", "title") for label in labels[last : last + BLOCK])
    ):
        return labels
    said = _said(looks, labels, last + 1)
    if last + 1 < len(looks) and _ends_text(looks, labels, last + 1) and stems_of(looks[last + 1]) & said:
        return [*labels[: last + 1], "body", *labels[last + 2 :]]
    for i in range(last + 2, min(last + 2 + BLOCK, len(looks))):
        look = looks[i]
        if labels[i] != "aside" or "commenthead" in look.found.first:
            break
        told = is_prose(look) and look.width >= 28 and not FURNISHED & set(look.found.classes)
        credited = labels[i + 1 : i + 2] == ["credit"] and "srcword" in looks[i + 1].found.first
        if told and (credited or (look.width >= 60 and len(stems_of(look) & said) >= SHARED)):
            return [*labels[:i], "body", *labels[i + 1 :]]
    return labels


def _ends_text(looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True for a plain sentence right below a text, a page's own line or none below it."""
    look, below = looks[i], looks[i + 1] if i + 1 < len(looks) else None
    closed = below is None or below.found.cover >= 0.5 or bool(below.dates)
    told = look.ends == "." and look.width >= 40 and look.case == "Sentence" and look.found.cover < 0.25
    plain = set(look.found.classes) <= {"placetitle", "ago"} and not (look.line.bullet or look.url or speaks_to_reader(look))
    return labels[i] == "aside" and closed and told and plain


_NAME = re.compile(r"[^\W\d_a-z][a-zß-ÿ]{3,}")
NEAR = 12  # lines above a sentence in which its subject is looked for


def _names_again(looks: Sequence[Look], labels: Sequence[str], i: int) -> bool:
    """True if line `i` begins with a name that a paragraph near above holds inside a sentence: "Dorje said …"."""
    head = _NAME.match(looks[i].text)
    near = (looks[j].text for j in range(max(0, i - NEAR), i) if labels[j] == "body")
    return head is not None and any(f" {head[0]} " in text for text in near)


def _parts(look: Look) -> bool:
    """True for what parts a text from its last sentence: an offer, or one line that points elsewhere."""
    links = "related" in look.found.first and look.width <= 90 and re.search(r"[:|]\s?\S", look.text)
    return _offers(look) or bool(links and not look.text.endswith("."))


def _offers(look: Look) -> bool:
    kinds = set(look.found.classes)
    return bool(kinds & _OFFERS) and (look.found.cover >= 0.35 or speaks_to_reader(look)) and "commenthead" not in kinds
