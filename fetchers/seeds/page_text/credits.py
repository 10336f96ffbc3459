"""Who and where from: datelines, agency slugs, bylines, credits and dates in the lines that the labelling gave them to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from fetchers.seeds.page_text.lexicon import lexicon, split_words
from fetchers.seeds.page_text.looks import AGO, Look
from newsdesk.dates import find_dates, fold_digits, month_names, weekday_names

HEAD_LIMIT = 130  # a dateline ends within this many characters
PLACE_WORDS = 6

_SEPARATOR = re.compile(r"\s*\.?\s?(?:--+|[—–―]|(?<=\))\s?_(?=\s)|(?<=[\s).])-(?=\s))\s*|:\s+|(?<=\d)\s?=\s|(?<=기자)\s?=\s")
_PARENS = re.compile(r"[(\uff08]([^()\uff08\uff09]{2,60})[)\uff09]")
_PARTICLES = frozenset(
    "de da do dos das del della di du la le les el al of and the y e i und et upon on sur am an der den las los in".split()
)
_UPPER_RUN = re.compile(r"[A-ZÀ-ÞА-ЯЁΑ-Ω]")
_CASED = re.compile(r"[A-Za-zÀ-ÿА-Яа-яЁёΑ-ω]")
_CJK_SLUG = re.compile(
    r"^[【(\uff08\[]?\s?(?P<agency>[^\s\d,、。【】()]{0,8}?(?:社|通讯|网|報|报|共同|時事))?\s?(?P<place>[\u3400-\u9fff\u30a0-\u30ff・]{2,10}?)"
    r"(?:\d{1,2}月)?\d{1,2}日(?:电|電|讯|訊|=)\s?[】)\uff09\]]?\s?(?:[(\uff08](?:记者|記者)?\s?(?P<byline>[^()\uff08\uff09]{2,"
    r"24})[)\uff09])?\s?[\uff1a:]?\s?"
)
_BRACKET_SLUG = re.compile(
    r"^[【(\uff08\[](?P<place>[^=\uff1d()【】]{1,16})\s?[=\uff1d]\s?(?P<who>[^=()【】\uff08\uff09]{1,20})[】)\uff09\]]\s?"
    r"(?:(?P<name>[^\s=]{2,12}(?:\s[^\s=]{2,6})?)\s?(?:기자|특파원|記者)\s?=\s?)?"
)
_SLASHED = re.compile(r"(?P<head>[^/]{2,60}?)[.,]?\s*/(?P<agency>[^/]{2,30})/\s*[.\-–—:]*\s*")


@dataclass(frozen=True, slots=True)
class Slug:
    """What stood before the first paragraph's text: `rest` is the text without it."""

    rest: str
    place: str | None = None
    agency: str | None = None
    byline: str | None = None
    date: str | None = None


@cache
def _agency_pattern() -> re.Pattern[str]:
    names = {" ".join(words) for entries in lexicon().by_word.values() for words, kinds in entries if "agency" in kinds}
    names |= {run for entries in lexicon().by_character.values() for run, kinds in entries if "agency" in kinds}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    choices = "|".join(re.escape(name).replace("\\ ", r"[\s/]") for name in ordered)
    return re.compile(rf"(?<![^\W_])(?:{choices})(?![^\W_])", re.IGNORECASE)


def find_agency(text: str) -> str | None:
    """The first known agency named in `text`, as printed. Short acronyms count only in capitals."""
    for found in _agency_pattern().finditer(text):
        name = found[0]
        if len(name) > 4 or not name.isascii() or name.isupper() or name in ("dpa", "epd"):
            return name
    return None


def _is_agency(text: str) -> bool:
    """True if bracketed `text` can be nothing but an agency: a known one, or an acronym."""
    return _is_known_agency(text) or bool(
        re.fullmatch(r"[A-Z][A-Z&]{1,7}|[\w-]{3,20}\.(?:com|net|org|id|ru|co\.\w\w)", text.strip())
    )


def _is_known_agency(text: str) -> bool:
    found = find_agency(text)
    return bool(found and len(found) * 2 > len(text.strip()))


def _is_partial_date(text: str) -> bool:
    """True for "Nov. 6", "26 GEN", "14 फरवरी", "Monday", with or without a year."""
    text = fold_digits(text).strip(" .,")
    if find_dates(text):
        return all(word in weekday_names() for word in split_words(_without_dates(text)))
    found = re.fullmatch(
        r"(?:(\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s?(?:de\s|of\s)?([^\s\d.]+)\.?|([^\s\d.]+)\.?\s(\d{1,2}))(?:\s\d{4})?", text
    )
    return found is not None and (found[2] or found[3]).lower().rstrip(".") in month_names()


def _is_place(text: str) -> bool:
    """True if `text` could be the place of a dateline: few words, each a name."""
    words = re.split(r"[\s/,]+", _PARENS.sub(lambda m: m[1], text).strip())
    if not 1 <= len(words) <= PLACE_WORDS or len(text) > 60 or any(c.isdigit() for c in text):
        return False
    for word in words:
        if word.lower() in _PARTICLES and word != words[0]:
            continue
        if not word[:1].isalpha() or word[:1].islower():
            return False
    return not re.search(r"[?!;\"“”«»]", text)


def _take_date(head: str) -> tuple[str, str | None, bool]:
    """`head` without the date at its end, that date if it is a full one, and whether one was there."""
    parts = head.split(",")
    for keep in range(1, len(parts)):
        tail = ",".join(parts[keep:])
        if _is_partial_date(tail):
            full = find_dates(fold_digits(tail))
            return ",".join(parts[:keep]).strip(), full[0].date if full else None, True
    words = head.split()
    for count in (3, 2):
        if len(words) > count and _is_partial_date(" ".join(words[-count:])):
            full = find_dates(fold_digits(" ".join(words[-count:])))
            return " ".join(words[:-count]).strip(" ,"), full[0].date if full else None, True
    return head, None, False


# "Kostroma. 14 June. INTERFAX": stops between the parts of a dateline.
_STOPS = re.compile(r"\.\s+(?=\d)|(?<=[a-zа-яё])\.\s+(?=[A-ZА-ЯЁ]{3,}$)")
# Places that end with an abbreviation: "TULSA, Okla.", "BEAUFORT, N.C.".
_ABBREVIATED = re.compile(r",\s?[A-Z][a-z]{1,5}\.$|(?:^|\W)[A-Z]\.\s?[A-Z]\.$")


def _parse_head(head: str) -> tuple[Slug, bool] | None:
    """A dateline's parts and whether more than a place speaks for it; null if `head` is no dateline."""
    agency = date = byline = None
    sure = False
    if head.split(".")[0].split(" ")[-1].lower() not in month_names():
        head = _STOPS.sub(", ", head)
    before, dash, after_dash = head.rpartition(" - ")
    if dash and before and _is_known_agency(after_dash):
        head = f"{before} ({after_dash.strip()})"
    for found in list(_PARENS.finditer(head)):
        inner = found[1].strip(" -–")
        if _is_agency(inner) or (head.startswith(found[0]) is False and _OUTLET_WORD.search(inner)):
            after = head[found.end() :].strip(" .,-–—")
            byline = after if after and len(after.split()) <= 4 and head.startswith(found[0]) is False else None
            agency, sure = inner, True
            head = (head[: found.start()] + (" " + head[found.end() :] if byline is None else "")).strip()
            break
        if _is_partial_date(inner):
            full = find_dates(inner)
            date, sure = full[0].date if full else None, True
            head = (head[: found.start()] + head[found.end() :]).strip()
            break
    head = head.strip(" -–—.")
    head, printed, dated = _take_date(head)
    parts = [part.strip() for part in head.split(",")]
    if agency is None and len(parts) > 1 and _is_agency(parts[-1]):
        agency, sure = parts[-1], True
        head, printed_too, dated_too = _take_date(",".join(parts[:-1]).strip())
        printed, dated = printed or printed_too, dated or dated_too
    place = head.strip(" ,")
    if not place and agency:
        return Slug("", None, agency, byline, date or printed), True
    if not place or not _is_place(place) or _is_known_agency(place):
        return None
    return Slug("", place, agency, byline, date or printed), sure or dated


_REPORTED_SLUG = re.compile(
    r"[【(\uff08](?P<agency>[^\s\d記记]{2,6}?)[記记]者(?P<byline>[\u3400-\u9fff]{3})(?P<place>[\u3400-\u9fff]{2,8}?)\d{1,2}日[^)\uff09]{0,4}[電电][)\uff09】]\s?"
)


_KYODO_SLUG = re.compile(
    r"^【(?P<place>[\u3400-\u9fff\u30a0-\u30ff・]{2,12}?)\s?(?P<agency>(?:AFP)?(?:共同|時事|ロイター)(?:通信)?)】\s?"
)


def _unspaced_slug(text: str) -> Slug | None:
    """Datelines of Chinese, Japanese and Korean agencies, which stand in brackets or end with a day and 电."""
    reported = _REPORTED_SLUG.match(text)
    if reported:
        return Slug(text[reported.end() :], reported["place"], reported["agency"], reported["byline"])
    kyodo = _KYODO_SLUG.match(text)
    if kyodo:
        return Slug(text[kyodo.end() :], kyodo["place"], kyodo["agency"])
    found = _CJK_SLUG.match(text)
    if found:
        return Slug(text[found.end() :], found["place"], found["agency"], found["byline"])
    found = _BRACKET_SLUG.match(text)
    if found and len(text) - found.end() > 10:
        agency = find_agency(found["who"])
        byline = found["name"] or (None if agency else found["who"])
        return Slug(text[found.end() :], found["place"].strip(), agency, byline)
    return None


def read_slug(text: str, speakers: bool = False) -> Slug | None:
    """The dateline and agency slug that `text` begins with; null if it begins with neither.

    `speakers` tells that paragraphs of the page begin with names in capitals, so that "SUVA: …" proves nothing.
    """
    slug = _find_slug(text, speakers)
    if slug and slug.place and _ABBREVIATED.search(f"{slug.place}.") and text.startswith(f"{slug.place}."):
        return Slug(slug.rest, f"{slug.place}.", slug.agency, slug.byline, slug.date)
    return slug


def _find_slug(text: str, speakers: bool) -> Slug | None:
    slug = _unspaced_slug(text)
    if slug:
        return slug
    head = text[:HEAD_LIMIT]
    slashed = _SLASHED.match(head)
    if slashed:
        parsed = _parse_head(slashed["head"])
        if parsed and parsed[0].place:
            return _with_rest(parsed[0], text[slashed.end() :], slashed["agency"].strip())
    lead = re.match(r"\(([^()]{2,30})\)\s*[-–—]+\s*", head)
    first_agency = lead[1] if lead and _is_agency(lead[1]) else None
    offset = lead.end() if lead and first_agency else 0
    for found in list(_SEPARATOR.finditer(head, offset))[:4]:
        slug = _accept(text, head[offset : found.start()], found[0], text[found.end() :], first_agency, speakers)
        if slug:
            return slug
    for found in list(_PARENS.finditer(head))[:2]:
        if _is_agency(found[1]) and found.end() < len(text) - 10:
            parsed = _parse_head(head[: found.end()])
            if parsed and parsed[0].place and not _goes_on(parsed[0].place, found[1], text[found.end() :]):
                return _with_rest(parsed[0], text[found.end() :].lstrip(" -–—.:"))
    if first_agency and lead:
        return Slug(text[offset:], None, first_agency)
    return None


def _goes_on(place: str, acronym: str, rest: str) -> bool:
    """True if `place` is the subject of the sentence that `rest` goes on with, and `acronym` its short name: "The World
    Health Organization (WHO) said". Behind an agency a sentence begins: with a capital, and in Japanese and Korean with no
    particle."""
    opening = rest.lstrip(" -–—.:\"'“‘«„(「")[:1]
    if opening.islower() or _PARTICLE.match(rest):
        return True
    return not _is_known_agency(acronym) and not (place.isupper() and (opening.isupper() or opening.isdigit()))


_PARTICLE = re.compile("[\u3041-\u309f\uac00-\ud7a3]")


def _with_rest(slug: Slug, rest: str, agency: str | None = None) -> Slug:
    return Slug(rest, slug.place, slug.agency or agency, slug.byline, slug.date)


_UNCASED = re.compile("[\u0590-\u06ff\u0900-\u0d7f\u10a0-\u10ff]")


def _is_short_place(head: str, separator: str, rest: str) -> bool:
    """True for one or two words before a dash in a script without capitals, running text behind it."""
    return (
        bool(_UNCASED.match(head))
        and ":" not in separator
        and len(head.split()) <= 2
        and len(head) <= 20
        and len(rest) >= 50
        and bool(_UNCASED.match(rest))
    )


def _accept(text: str, head: str, separator: str, rest: str, agency: str | None, speakers: bool) -> Slug | None:
    parsed = _parse_head(head)
    if not parsed or not (rest or parsed[1]):
        return None
    slug, sure = parsed
    sure = sure or agency is not None
    capitals = bool(_UPPER_RUN.search(slug.place or "")) and (slug.place or "").upper() == slug.place
    if not _CASED.search(head) and not sure and not _is_short_place(head, separator, rest):
        return None
    city = (slug.place or "").partition(",")[0]
    capitals = capitals or ("," in (slug.place or "") and len(city) > 3 and city.isupper())
    if ":" in separator and not sure and (not capitals or speakers or len(slug.place or "") < 3):
        return None
    if not sure and "kicker" in lexicon().look(split_words(head)).first:
        return None
    opening = rest.lstrip("\"'“‘«„(")[:1]
    if not sure and not capitals and _CASED.search(head) and not (opening.isupper() or opening.isdigit()):
        return None
    if slug.place and slug.agency and not capitals and opening.islower() and not _is_known_agency(slug.agency):
        return None
    if not sure and not capitals and len((slug.place or "").split()) > 3:
        return None
    named = re.match(r"([^.:]{2,40})[.:]\s+", rest)
    if named and agency is None and slug.agency is None and _is_agency(named[1]):
        return _with_rest(slug, rest[named.end() :], named[1])
    return _with_rest(slug, rest, agency)


_TAIL = re.compile(
    r"(?<=[.!?。\uff01\uff1f।…”\"'’»)])\s*(?:[(\uff08\[](?P<in>[^()\[\]\uff08\uff09]{2,40})[)\uff09\]]\.?|"
    r"[—–-]{1,2}\s?(?P<dash>[^\W\d_][^.!?,;:]{1,38})|(?P<bare>[^\W\d_][^\s.,]*(?:\s[^\W\d_][^\s.,]*){0,"
    r"2}))\.?$"
)


# "(編輯:…)1100905", "(责任编辑:…)": who edited the text, at its end.
_EDITED = re.compile(
    r"[(\uff08\[](?:責任|责任)?(?:編輯|编辑|編譯|编译|責編|责编)\s?[:\uff1a/][^()\uff08\uff09]{2,20}[)\uff09\]]\s?\d{0,8}$"
)


def cut_tail(paragraph: str) -> tuple[str, str | None]:
    """The paragraph without an agency's credit at its end, and that agency."""
    at = max(0, len(paragraph) - 60)
    edited = _EDITED.search(paragraph, at)
    if edited and edited.start() >= 12:
        paragraph = paragraph[: edited.start()].rstrip()
        at = max(0, len(paragraph) - 60)
    found = _TAIL.search(paragraph, at)
    if not found or found.start() < 12:
        return _cut_pointer(paragraph), None
    text = found["in"] or found["dash"] or found["bare"]
    names = [part.strip() for part in text.split(",")]
    known = (_is_known_agency if found["bare"] else _is_agency)(names[0]) and (
        len(names) == 1 or _is_partial_date(",".join(names[1:]))
    )
    if found["bare"] and not (known and (names[0].isupper() or len(names[0]) > 4)):
        return paragraph, None
    if not known:
        return _cut_pointer(paragraph), None
    return paragraph[: found.start()].rstrip(), names[0]


_LAST_SENTENCE = re.compile(r"(?<=[.!?。\uff01\uff1f।…\"”'’»)])\s+([^.!?]{4,45}[.!?…]?)$")


def _cut_pointer(paragraph: str) -> str:
    """The paragraph without a last sentence that only points elsewhere ("Read more in …")."""
    found = _LAST_SENTENCE.search(paragraph, max(0, len(paragraph) - 60))
    if found and found.start() > 40:
        words = split_words(found[1])
        known = lexicon().look(words)
        if "related" in known.first and len(words) <= 6:
            return paragraph[: found.start()].rstrip()
    return paragraph


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
_OUTLET_WORD = re.compile(
    r"\b(?:wire|news|press|agency|times|radio|post|herald|tribune|tv|media|service|network|standard|daily|journal)\b",
    re.IGNORECASE,
)


def _without_dates(text: str) -> str:
    for one in reversed(find_dates(text)):
        text = text[: one.start] + " | " + text[one.end :]
    return re.sub(r"(?:\s*\|\s*)+", " | ", text).strip(" |,;-–—·•")


def read_source(look: Look, label: str) -> str | None:
    """The agency or outlet that a credit, byline or date line credits, as printed."""
    text = look.text.strip()
    if _COPYRIGHT.search(text):
        return _read_copyright(text) if label == "credit" else None
    stated = _FROM.search(text)
    if stated and stated.start() <= 60:
        rest = _without_dates(text[stated.end() :])
        name = re.split(r"[|·•;]|\s{2,}|(?<=[\u3400-\u9fff])\s", rest, maxsplit=1)[0].strip(" .,-") if rest else ""
        if name and name[:1].islower() is False and len(name) <= 60:
            return name + ("." if rest.endswith(f"{name}.") and len(name.split()[-1]) <= 3 else "")
    agency = find_agency(text)
    if agency:
        return agency
    if label != "credit":
        parts = [part for part in _PARTS.split(_strip_words(_without_dates(text))) if part]
        named = [part for part in parts[1:] if _OUTLET_WORD.search(part) and len(part) <= 50]
        return _strip_words(named[0]) if named and label == "byline" else None
    name = re.sub(r"^(?:by|from|par|von|por|di)\s+", "", _without_dates(text), flags=re.IGNORECASE).strip(" .-–—()")
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


def _strip_words(text: str) -> str:
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
    rest = _ADDRESS.sub(" ", AGO.sub(" | ", _without_dates(rest)))
    name = _CUT_BYLINE.split(rest, maxsplit=1)[0] if rest else ""
    name = _strip_words(name).strip(" .,:;-–—|") + _final_dot(name)
    words = split_words(name)
    if not words or len(name) > 70 or (any(c.isdigit() for c in name) and " " in name):
        return None
    kinds = lexicon().look(words)
    if _is_agency(name) or (kinds.cover >= 0.99 and {"byword", "agency", "nav", "pubword"} & set(kinds.classes)):
        return None
    return name.strip(" »«")


def _name_beside_date(text: str) -> str | None:
    """The person in "4 March 2021 09:31 - Harriet Voss": what a date line holds beside its date, if it is a name."""
    if not find_dates(text):
        return None
    rest = _strip_words(_without_dates(text))
    words = rest.split()
    if not 2 <= len(words) <= 4 or lexicon().look(split_words(rest)).cover or any(c.isdigit() for c in rest):
        return None
    return rest if all(word[:1].isupper() for word in words) and not _OUTLET_WORD.search(rest) else None


def _final_dot(name: str) -> str:
    """ "Liam O. B." keeps its dot, a sentence's end does not."""
    return "." if re.search(r"(?:^|\s)[^\W\d_]\.\s*$", name) else ""


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
