"""Who wrote a story, by the lines right below its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from fetchers.seeds.page_text.credits.agencies import find_agency
from fetchers.seeds.page_text.credits.bylines import (
    are_people,
    is_person,
    read_byline,
)
from fetchers.seeds.page_text.credits.sources import (
    outlet_of_writer,
)
from fetchers.seeds.page_text.credits.uncased import is_uncased_name
from fetchers.seeds.page_text.lines.looks import Look
from fetchers.seeds.page_text.stories.division import Part
from fetchers.seeds.page_text.stories.fields import writer_of_words
from newsdesk.countries.gazetteer import is_place


def lines_below(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> list[Look]:
    """The lines right below a story's text, up to the next headline or comment."""
    if not part.body and not part.titles:
        return []
    start = (part.body[-1] if part.body else part.titles[-1]) + 1
    end = next((i for i in range(start, len(looks)) if labels[i] in ("title", "author", "comment")), len(looks))
    return list(looks[start : min(end, start + 8)])


_POSTED_AT = re.compile(
    r"(?:(?:submitted|posted) (?:.{3,40}? )?by(?=\s\S+(?:$| to \S+$))|"
    r"[Pp]osted by|Publicad[oa] por|Publié par|Eingestellt von|Pubblicato da|"
    r"Gepost door|Postado por|Автор:|via(?=\s\S+\s(?:\d+|an?)\s\w+\sago))\s"
    r"(?P<who>\S.{0,38}?)(?:$|\s(?:\d+|an?)\s\w+\sago|\sto\s\S|\s(?:at|en|à|um|a las|alle|às|op|на)\s\d)"
)


def posted_below(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """The writer in a blog's line right below the text: "Posted by Anna at 19:40"."""
    below = lines_below(part, looks, labels)[: 2 if part.body else 4]
    found = next((found for look in below if (found := _POSTED_AT.match(look.text))), None)
    return found["who"] if found else None


_SIGNED = re.compile(
    r"(?:[^\W\d_][\w-]{2,14}:\s)?(?P<who>[^\W\d_][^,/|:()]{4,40}?)(?:/(?P<place>[^,/()]{2,24}))?,\s\(?(?P<outlet>(?=[^,()]*[^\W\d_])[^,()]{2,36})\)?$"
)
_SLASHED_SIGN = re.compile(r"(?P<who>[^\d/|,:()]{4,40})\s?/\s?(?P<outlet>[A-ZÅÄÖ]{2,6})")


def signed_below(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> tuple[str, str | None] | None:
    """Writer and outlet of a line right below the text: "Anna Lie, Harbour Mail", "Text: Anna Lie/BERGEN, (NTB)"; no outlet
    where a town stands in its place."""
    for look in lines_below(part, looks, labels)[:2]:
        found = _SIGNED.match(look.text) if look.width <= 80 and not look.dates else None
        slashed = _SLASHED_SIGN.fullmatch(look.text)
        if slashed and is_person(slashed["who"]) and find_agency(slashed["outlet"]):
            return slashed["who"], slashed["outlet"]
        if found and is_person(found["who"]) and is_place(found["outlet"]):
            return found["who"], None
        if found and is_person(found["who"]) and (find_agency(found["outlet"]) or outlet_of_writer(look)):
            return found["who"], found["outlet"]
    return None


def named_below(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """The person whose name alone is the line right below the text, which does not speak of her: no list of names, no tag."""
    below = lines_below(part, looks, labels)[:2] if part.body else []
    if not below or below[0].width > 40 or below[0].line.bullet or not _is_name(below[0].text):
        return None
    parted = len(below) < 2 or below[1].line.blanks > 0 or "commenthead" in below[1].found.first
    listed = not parted
    name = below[0].text.lower()
    last = name.rpartition(" ")[2]
    spoken = any(last in looks[i].lower for i in (*part.titles, *part.highlights, *part.body))
    return None if listed or spoken else below[0].text


def _is_name(text: str) -> bool:
    return are_people(text) or (text.isupper() and is_person(text.title())) or is_uncased_name(text)


_ABOUT_WRITER = re.compile(
    r"(?:about the (?:author|writer)|über de[nr] autor(?:in)?|à propos de l'auteur|sobre el autor)\b", re.IGNORECASE
)


def presented_below(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """The person below "About the author"."""
    below = lines_below(part, looks, labels)
    for above, look in pairwise(below):
        if _ABOUT_WRITER.match(above.text) and is_person(look.text):
            return look.text
    return None


_INTRODUCED = re.compile(r"(?:By|BY|Von|Par|Por|Di|Door|Av|Af|Od|Oleh):?\s(?P<who>[^\W\d_].{3,60})")


def _introduced(text: str) -> str | None:
    """The persons of a line that is nothing but "By" and their names."""
    found = _INTRODUCED.fullmatch(text)
    return found["who"] if found and _is_name(found["who"]) else None


_KANJI_NAME = re.compile(r"[(\uff08]([\u3400-\u9fff]{3,5})[)\uff09]")
_PASSED_ON = re.compile(
    r"(?:Theo|Dle|Według|По)\s(?P<who>[^()\d,]{4,40})\s\([^()]{2,30}\)|(?P<who2>[^()\d,]{4,40})\s\(Theo [^()]{2,30}\)"
)


def written_below(part: Part, looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """The writer in a line below the text: "By Ann Lee", or one that states the source too, "来源：… 作者：…"."""
    below = lines_below(part, looks, labels)[:3]
    introduced = next((who for look in below[:2] if (who := _introduced(look.text))), None)
    if introduced and part.body:
        return introduced
    signed = next((found[1] for look in below if (found := _KANJI_NAME.fullmatch(look.text))), None)
    passed = next((found["who"] or found["who2"] for look in below if (found := _PASSED_ON.fullmatch(look.text))), None)
    signed = signed or (passed if passed and is_person(passed) else None)
    stated = (read_byline(look, "credit") for look in below if {"srcword", "byword"} <= set(look.found.classes))
    worded = (who for look in below if (who := writer_of_words(look.text)) and is_person(who))
    return signed or next(filter(None, stated), None) or next(worded, None)
