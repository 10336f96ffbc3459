"""Who wrote a story: the person that a byline, date or credit line names."""

from __future__ import annotations

import re

from fetchers.seeds.page_text.agencies import OUTLET_WORD, find_agency, is_agency
from fetchers.seeds.page_text.lexicon import lexicon, split_words
from fetchers.seeds.page_text.looks import AGO, Look
from fetchers.seeds.page_text.partial_dates import without_dates
from newsdesk.countries.gazetteer import is_place
from newsdesk.dates import find_dates

_BY = re.compile(
    r"(?:^|\s|[|·])(?:posted\s+by|written\s+by|reported\s+by|reporting\s+by|story\s+by|words\s+by|text\s+by|"
    r"interview\s+by|started\s+by|by|scritto\s+da|pubblicato\s+da|publicado\s+por|escrito\s+por|publié\s+par|rédigé\s+par|"
    r"verfasst\s+von|veröffentlicht\s+von|geschrieben\s+von|geschreven\s+door|geplaatst\s+door|skrevet\s+av|"
    r"skrevet\s+af|from(?=\s?:)|author|autor|par|von|por|di|oleh|door|av|автор|yazan|بقلم|na mwandishi|"
    r"interview|propos recueillis par|das (?:gespräch|interview) führten?|aufgezeichnet von)\s*[:\uff1a]?\s+",
    re.IGNORECASE,
)
_REPORTER = re.compile(
    r"(?:记者|記者|文|撰文|作者|通讯员)\s?[:/\uff1a/]?\s?([\u3400-\u9fff]{2,4}(?:[、 ][\u3400-\u9fff]{2,4})*)"
    r"|([가-힣]{2,4})\s?(?:기자|특파원)|^([\u3400-\u9fff]{2,4})\s?[／/]\s?[\u3400-\u9fff]{2,6}(?:報導|报道)$"
)
_CUT_BYLINE = re.compile(
    r"\s*(?:[|·•(\[;]|\s[-–—]\s|,\s|\b(?:[Ff]or|FOR)\s+[A-Z]|\bin\s+[A-Z]|\bon\s(?=[A-Z]?\w*day|\|)|\bat\s(?=\||\d)|"
    r"\bfrom:?\s|\bto\s+(?=[a-z])|\bPublished\b|\bUpdated\b|\bEditing\b)"
)


def strip_words(text: str) -> str:
    return re.sub(
        r"\s*\b(?:published|updated|posted|publié|aktualisiert|on|at|le|il|el|am)\s*:?\s*$", "", text, flags=re.IGNORECASE
    ).strip(" |,;-–—·•")


_ADDRESS = re.compile(r"\s*<[^<>\s]+@[^<>\s]+>")


def names_writer(look: Look) -> bool:
    """True if the line says that it names the writer: "By …", "Von …", "… reporter: …"."""
    return "byword" in look.found.first or bool(_BY.match(look.text))


_EDITOR = re.compile(r"(?:edited|editing|produced|curated|translated) by\b|(?:editor|editing|redaktion)\s?:", re.IGNORECASE)


def read_byline(look: Look, label: str) -> str | None:
    """The person that a byline, date or credit line names as the writer, as printed."""
    text = look.text.strip()
    found = _REPORTER.search(text)
    if found and len(text) < 60:
        return (found[1] or found[2] or found[3]).strip()
    if _EDITOR.match(text):
        return None
    by = _BY.search(text)
    role, colon, rest = text.partition(":")
    if by is None and colon and len(role) <= 40 and "byword" in lexicon().look(split_words(role)).classes:
        text = rest.strip()  # "Courts reporter: …"
    elif by is None and "photo" in look.found.classes:
        return None
    if by is None and label != "byline":
        return _name_before_credit(text) or _name_beside_date(text)
    rest = text[by.end() :] if by else _without_byword(text)
    rest = _ADDRESS.sub(" ", AGO.sub(" | ", without_dates(rest)))
    first, *others = _CUT_BYLINE.split(rest)
    person = next((name for name in map(_as_name, others) if name and is_person(name)), None)
    if by or not person or not _is_section(first, look):
        return person if is_agency(first) and not by else _as_name(first)
    return person


def _is_section(text: str, look: Look) -> bool:
    """True for what may stand before date and name on one line: "Politics | 4 May 2024 | Harriet Voss"."""
    words = split_words(text)
    found = lexicon().look(words)
    known = found.cover >= 0.99 and "byword" not in found.classes
    return known or (len(words) == 1 and not found.cover and bool(look.dates))


def _as_name(text: str) -> str | None:
    """What could be a writer's name in one part of a line; null for an agency, a role, a number."""
    name = strip_words(text).strip(" .,:;-–—|") + _final_dot(text)
    words = split_words(name)
    if not words or len(name) > 70 or (any(c.isdigit() for c in name) and " " in name):
        return None
    kinds = lexicon().look(words)
    name, words = _without_role(name, words)
    known = kinds.cover >= 0.99 and {"byword", "agency", "nav", "pubword"} & set(kinds.classes)
    if known or is_agency(name) or name.startswith("of "):
        return None
    return name.strip(" »«")


def _without_role(name: str, words: list[str]) -> tuple[str, list[str]]:
    """The name without the role behind it: "Harriet Voss Senior Reporter"."""
    for count in (3, 2, 1):
        if len(words) - count >= 2 and lexicon().opening(words[-count:], "byword") == count and words[-count] not in _PARTICLES:
            cut = re.sub(r"[\s,]+" + r"\W+".join(map(re.escape, words[-count:])) + r"$", "", name, flags=re.IGNORECASE)
            return cut, words[:-count]
    return name, words


_PARTICLES = frozenset(("de", "di", "da", "van", "von", "av", "del"))  # which begin names too


def _without_byword(text: str) -> str:
    """The line without the word at its start that says that it names a writer ("Penulis …", "Thread starter …")."""
    words = split_words(text)
    length = lexicon().opening(words, "byword")
    left = len(words) - length
    if not length or (words[0] in _PARTICLES and text[:1].isupper()) or left < (2 if length == 1 else 1):
        return text
    found = re.match(r"\W*" + r"\W+".join(map(re.escape, words[:length])) + r"\s*[.:\uff1a]?\s+(?=\w)", text, re.IGNORECASE)
    return text[found.end() :] if found else text


def is_person(text: str) -> bool:
    """True for two to four words, each with a capital, none of them known from elsewhere on pages."""
    words = text.split()
    if not 2 <= len(words) <= 4 or lexicon().look(split_words(text)).cover or any(c.isdigit() for c in text):
        return False
    return all(word[:1].isupper() for word in words) and not OUTLET_WORD.search(text)


_BEFORE_CREDIT = re.compile(r"\s*[(|·•]\s*|\s[-–—]\s|,\s")


def _name_before_credit(text: str) -> str | None:
    """The person in "Harriet Voss · Metro News · Posted: …", "Harriet Voss (AFP)": the first part, an agency or outlet next."""
    name, *others = _BEFORE_CREDIT.split(text, maxsplit=2)
    if not others or not is_person(name):
        return None
    return name if find_agency(others[0]) or OUTLET_WORD.search(others[0]) else None


def _name_beside_date(text: str) -> str | None:
    """The person in "4 March 2021 09:31 - Harriet Voss": what a date line holds beside its date, if it is a name."""
    rest = strip_words(without_dates(text)) if find_dates(text) else ""
    return rest if is_person(rest) else None


def _final_dot(name: str) -> str:
    """ "Liam O. B." keeps its dot, a sentence's end does not."""
    return "." if re.search(r"(?:^|\s)[^\W\d_]\.\s*$", name) else ""


COMPANY = re.compile(r"\b(?:Ltd|Inc|GmbH|LLC|PLC|plc|Corp|S\.A|AG|SE|Oy|AB)\.?$")  # what a company's name ends with


def split_place(text: str) -> tuple[str, str] | None:
    """Place and person of a line that is nothing but them, in either order: "Bergen - Anna Lie"."""
    parts = re.split(r"\s[-–—]\s", text.strip())
    if len(parts) != 2 or any(c.isdigit() for c in text) or not 1 <= len(parts[0].split()) <= 4:
        return None
    towns = [is_place(part) for part in parts]
    if towns[0] == towns[1]:
        return None
    place, person = parts if towns[0] else reversed(parts)
    return (place, person) if 2 <= len(person.split()) <= 4 and not OUTLET_WORD.search(person) else None
