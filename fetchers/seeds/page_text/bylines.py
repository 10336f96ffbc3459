"""Who wrote a story: the person that a byline, date or credit line names."""

from __future__ import annotations

import re

from fetchers.seeds.page_text.agencies import OUTLET_WORD, is_agency
from fetchers.seeds.page_text.lexicon import lexicon, split_words
from fetchers.seeds.page_text.looks import AGO, Look
from fetchers.seeds.page_text.partial_dates import without_dates
from newsdesk.dates import find_dates

_BY = re.compile(
    r"(?:^|\s|[|·])(?:posted\s+by|written\s+by|reported\s+by|reporting\s+by|story\s+by|words\s+by|text\s+by|"
    r"interview\s+by|started\s+by|by|from(?=\s?:)|author|autor|par|von|por|di|oleh|door|av|автор|yazan|بقلم|na mwandishi|"
    r"interview|propos recueillis par)\s*[:\uff1a]?\s+",
    re.IGNORECASE,
)
_REPORTER = re.compile(
    r"(?:记者|記者|文|撰文|作者|通讯员)\s?[:/\uff1a/]?\s?([\u3400-\u9fff]{2,4}(?:[、 ][\u3400-\u9fff]{2,4})*)"
    r"|([가-힣]{2,4})\s?(?:기자|특파원)"
)
_CUT_BYLINE = re.compile(
    r"\s*(?:[|·•(\[;]|\s[-–—]\s|,\s|\b(?:[Ff]or|FOR)\s+[A-Z]|\bin\s+[A-Z]|\bon\s(?=[A-Z]?\w*day|\|)|\bat\s(?=\||\d)|"
    r"\bfrom:?\s|\bPublished\b|\bUpdated\b|\bEditing\b)"
)


def strip_words(text: str) -> str:
    return re.sub(
        r"\s*\b(?:published|updated|posted|publié|aktualisiert|on|at|le|il|el|am)\s*:?\s*$", "", text, flags=re.IGNORECASE
    ).strip(" |,;-–—·•")


_ADDRESS = re.compile(r"\s*<[^<>\s]+@[^<>\s]+>")


def names_writer(look: Look) -> bool:
    """True if the line says that it names the writer: "By …", "Von …", "… reporter: …"."""
    return "byword" in look.found.first or bool(_BY.match(look.text))


def read_byline(look: Look, label: str) -> str | None:
    """The person that a byline, date or credit line names as the writer, as printed."""
    text = look.text.strip()
    found = _REPORTER.search(text)
    if found and len(text) < 60:
        return (found[1] or found[2]).strip()
    by = _BY.search(text)
    role, colon, rest = text.partition(":")
    if by is None and colon and len(role) <= 40 and "byword" in lexicon().look(split_words(role)).classes:
        text = rest.strip()  # "Courts reporter: …"
    elif by is None and "photo" in look.found.classes:
        return None
    if by is None and label != "byline":
        return _name_beside_date(text)
    rest = text[by.end() :] if by else text
    rest = _ADDRESS.sub(" ", AGO.sub(" | ", without_dates(rest)))
    name = _CUT_BYLINE.split(rest, maxsplit=1)[0] if rest else ""
    name = strip_words(name).strip(" .,:;-–—|") + _final_dot(name)
    words = split_words(name)
    if not words or len(name) > 70 or (any(c.isdigit() for c in name) and " " in name):
        return None
    kinds = lexicon().look(words)
    if is_agency(name) or (kinds.cover >= 0.99 and {"byword", "agency", "nav", "pubword"} & set(kinds.classes)):
        return None
    return name.strip(" »«")


def _name_beside_date(text: str) -> str | None:
    """The person in "4 March 2021 09:31 - Harriet Voss": what a date line holds beside its date, if it is a name."""
    if not find_dates(text):
        return None
    rest = strip_words(without_dates(text))
    words = rest.split()
    if not 2 <= len(words) <= 4 or lexicon().look(split_words(rest)).cover or any(c.isdigit() for c in rest):
        return None
    return rest if all(word[:1].isupper() for word in words) and not OUTLET_WORD.search(rest) else None


def _final_dot(name: str) -> str:
    """ "Liam O. B." keeps its dot, a sentence's end does not."""
    return "." if re.search(r"(?:^|\s)[^\W\d_]\.\s*$", name) else ""
