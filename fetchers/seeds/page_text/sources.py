"""Whom a story's text is credited to: agencies and outlets in credit, copyright and date lines, and the page's masthead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetchers.seeds.page_text.agencies import OUTLET_WORD, find_agency
from fetchers.seeds.page_text.bylines import strip_words
from fetchers.seeds.page_text.looks import Look
from fetchers.seeds.page_text.partial_dates import without_dates

_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?\b")
_COPYRIGHT = re.compile(r"©|\(c\)|\bcopyright\b", re.IGNORECASE)
_LEGALESE = re.compile(
    r"[.,|;]?\s*(?:all rights reserved|reprinted|tous droits|todos los|todos os|alle rechte|tutti i|no "
    r"part|accuracy|riproduzione|все права|無断|版权所有|未经|무단).*$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:\bsources?|\bquelle|\bfuente|\bfonte|来源|來源|出典|提供|출처|المصدر|स्रोत|источник|kaynak|sumber|\bprovided "
    r"by|\breporting by|\bvia|\bbron|\bkilde)\s*[:|\uff1a\-–]?\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[|·•/]\s*|\s[-–—]\s|,\s|;\s")


def read_source(look: Look, label: str) -> str | None:
    """The agency or outlet that a credit, byline or date line credits, as printed."""
    text = look.text.strip()
    if _COPYRIGHT.search(text):
        return _read_copyright(text) if label == "credit" else None
    stated = _FROM.search(text)
    if stated and stated.start() <= 60:
        rest = without_dates(text[stated.end() :])
        name = re.split(r"[|·•;]|\s{2,}|(?<=[\u3400-\u9fff])\s", rest, maxsplit=1)[0].strip(" .,-") if rest else ""
        if name and name[:1].islower() is False and len(name) <= 60:
            return name + ("." if rest.endswith(f"{name}.") and len(name.split()[-1]) <= 3 else "")
    agency = find_agency(text)
    if agency:
        return agency
    if label != "credit":
        parts = [part for part in _PARTS.split(strip_words(without_dates(text))) if part]
        named = [part for part in parts[1:] if OUTLET_WORD.search(part) and len(part) <= 50]
        return strip_words(named[0]) if named and label == "byline" else None
    name = re.sub(r"^(?:by|from|par|von|por|di)\s+", "", without_dates(text), flags=re.IGNORECASE).strip(" .-–—()")
    return name if 1 < len(name) <= 60 else None


def _read_copyright(text: str) -> str | None:
    found = _COPYRIGHT.search(text)
    text = _LEGALESE.sub("", text[found.start() :] if found else text)
    text = _YEARS.sub(" ", _COPYRIGHT.sub(" ", text))
    name = re.sub(r"\s+", " ", text).strip(" .,;|-–—:")
    name = _PARTS.split(name)[0].strip() if name else ""
    agency = find_agency(name)
    if agency and name.lower() == f"the {agency.lower()}":
        return agency
    return name if 1 < len(name) <= 60 else None


_STATED = re.compile(
    r"^(?:SOURCE\s+[A-Z]|Provided by |Source\s?:|Quelle\s?:|Fuente\s?:|Fonte\s?:|Источник\s?:|来源\s?[:\uff1a]|"
    r"Kaynak\s?:|Sumber\s?:)"
)


_INITIALS = re.compile(r"[(\[]?[\w.-]{1,10}(?:/[\w.-]{2,10}){1,3}[)\]]?$")  # "jko/dpa"


def read_notice(look: Look) -> str | None:
    """The source that a notice below a story states outright, whatever the line was taken for."""
    if _STATED.match(look.text) and look.width <= 90:
        return read_source(look, "credit")
    if look.width <= 24 and _INITIALS.match(look.text):
        return find_agency(look.text)
    if look.starts == "©" and "agency" in look.found.classes:
        return find_agency(look.text)
    return None


def outlet_of(looks: Sequence[Look], labels: Sequence[str]) -> str | None:
    """The page's masthead: a line at its top that its copyright line names again."""
    notices = [look.lower for look in looks[-12:] if look.starts == "©" or "legal" in look.found.classes]
    for i, look in enumerate(looks[:4]):
        if labels[i] == "furniture" and 4 <= len(look.text) <= 40 and any(look.lower in notice for notice in notices):
            return look.text
    return None
