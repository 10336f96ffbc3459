"""Datelines and agency slugs: what stands before the first paragraph's text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from fetchers.seeds.page_text.credits.agencies import (
    OUTLET_WORD,
    agency_beside,
    could_be_agency,
    is_agency,
    is_known_agency,
    is_wire,
)
from fetchers.seeds.page_text.credits.partial_dates import is_partial_date, take_date
from fetchers.seeds.page_text.credits.signed_towns import STATES, in_capitals, is_region, is_signed, names_agency
from fetchers.seeds.page_text.credits.slugs import (
    Slug,
    agency_first_slug,
    barred_slug,
    danda_slug,
    filed_slug,
    glued_slug,
    numbered_slug,
    paired_slug,
    unspaced_slug,
)
from fetchers.seeds.page_text.credits.towns import AT, IN_PARENS, could_be_place
from fetchers.seeds.page_text.lines.lexicon import lexicon, split_words, told_agencies
from fetchers.seeds.page_text.lines.looks import Look
from newsdesk.countries.gazetteer import is_place
from newsdesk.dates import find_dates, month_names

HEAD_LIMIT = 130  # a dateline ends within this many characters
_SEPARATOR = re.compile(
    r"\s*\.?\s?(?:--+|[—–―]|(?<=\))\s?_(?=\s)|(?<=[\s).\u0590-\u06ff])-(?=\s))\s*|:\s+|(?<=\)):|(?<=\d)\s?=\s|(?<=기자)\s?=\s"
)
_UPPER_RUN = re.compile(r"[A-ZÀ-ÞА-ЯЁΑ-Ω]")
_CASED = re.compile(r"[A-Za-zÀ-ÿА-Яа-яЁёΑ-ω]")
_SLASHED = re.compile(r"(?P<head>[^/]{2,60}?)[.,]?\s*/(?P<agency>[^/()]{2,30})/\s*[.\-–—:]*\s*")
# "Kostroma. 14 June. INTERFAX": stops between the parts of a dateline.
_STOPS = re.compile(r"\.\s+(?=\d)|\s?۔\s?(?=\d)|(?<=[a-zа-яё])\.\s+(?=[A-ZА-ЯЁ]{3,}$)")
_BEFORE_DAY = re.compile(r"([^\W\d_]+)\.\s+\d")  # "Oct. 14"
# Places that end with an abbreviation: "TULSA, Okla.", "BEAUFORT, N.C.".
_ABBREVIATED = re.compile(r",\s?[A-Z][a-z]{1,5}\.$|(?:^|\W)[A-Z]\.\s?[A-Z]\.$")
_ROLES = frozenset("HOST BYLINE ANCHOR CORRESPONDENT REPORTER MODERATOR GUEST ANALYST CONTRIBUTOR PRESENTER".split())
_SALUTATIONS = frozenset(("sir", "sirs", "madam", "dear sir", "dear editor", "editor"))  # which letters begin with
# "АСТАНА. КазИнформ": a town in capitals, a stop, one word.
_TOWN_AND_SIGN = re.compile(
    r"(?P<place>[^\W\d_a-zа-яәғқңөұүһі][^\W\da-zа-яәғқңөұүһі]{3,24})\.\s(?P<agency>[^\W\d_a-z][^\s.,\d]{3,18})"
)


def _signed_town(head: str) -> Slug | None:
    found = _TOWN_AND_SIGN.fullmatch(head)
    return Slug("", found["place"], found["agency"]) if found and not is_place(found["agency"]) else None


def _is_brief_sign(inner: str, head: str, end: int) -> bool:
    """True for one short word of a script without capitals, in brackets right behind a place of a word or two."""
    before = head[: end - len(inner) - 2].strip(" ,")
    behind = not head[end:].strip(" .,-–—") and 0 < len(before.split()) <= 2
    return behind and bool(_UNCASED.match(inner)) and " " not in inner and 2 <= len(inner) <= 9


def _signs_town(name: str, behind: str) -> bool:
    """True for such a name in brackets that a town in capitals and a dash stand right behind: "(Halden) BERGEN, 2 MAR - …"."""
    found = _SEPARATOR.search(behind)
    town = take_date(behind[: found.start()])[0] if found and ":" not in found[0] else ""
    return could_be_agency(name) and could_be_place(town) and in_capitals(town)


_SITE_FIRST = re.compile(r"(?P<site>[\w-]{3,24}\.(?:com?|net|org|id|co\.\w\w)),\s", re.IGNORECASE)  # "KOTAKITA.CO, Bandung"


_BEFORE_DATE = re.compile(r"[\s,،](?:في|am|le|il|el|on|den)$")  # "Tunis, le 7 février"


# "RAROTONGA, Sept 27 AAP", "BRISBANE AAP": the agency with nothing around it, behind the day or a town in capitals
_UNMARKED = re.compile(r"(?P<before>[^()]*?(?P<day>\d)?[^()\d]{0,12})(?<![,(])\s(?P<agency>[A-Z]{3,6}|Reuters|Lusa|Ansa|dpa)")


def _with_agency_marked(head: str) -> str:
    """The head with an agency at its end in brackets, if nothing or a dash stands before that."""
    found = _UNMARKED.fullmatch(head)
    agency = found["agency"] if found else ""
    dated = found is not None and found["day"] and is_wire(agency) and agency.lower() not in month_names()
    if found and (dated or is_known_agency(agency)):
        return f"{found['before']} ({agency})"
    before, dash, behind = head.rpartition(" - ")
    return f"{before} ({behind.strip()})" if dash and before and is_known_agency(behind) else head


def _parse_head(head: str, signed: bool = False) -> tuple[Slug, bool] | None:
    """A dateline's parts and whether more than a place speaks for it; None if `head` is no dateline.

    `signed` tells that an agency stands before it: what the town has in brackets is its province, "CHIOGGIA (VENEZIA)".
    """
    date = byline = None
    day = _BEFORE_DAY.search(head)
    if not day or day[1].lower() not in month_names():
        head = _STOPS.sub(", ", head)
    head = _with_agency_marked(head)
    site = _SITE_FIRST.match(head)
    agency, sure, head = (site["site"], True, head[site.end() :]) if site else (None, False, head)
    for found in list(IN_PARENS.finditer(head)):
        inner = found[1].strip(" -–")
        beside = agency_beside(inner) if "/" in inner else None
        if beside in (None, inner) and (
            (is_known_agency(inner) if signed else is_agency(inner))
            or _is_brief_sign(inner, head, found.end())
            or (head.startswith(found[0]) is False and OUTLET_WORD.search(inner))
            or (found.start() > 0 and is_signed(head[: found.start()], inner))
        ):
            after = head[found.end() :].strip(" .,-–—")
            byline = after if after and len(after.split()) <= 4 and head.startswith(found[0]) is False else None
            agency, sure = inner, True
            head = (head[: found.start()] + (" " + head[found.end() :] if byline is None else "")).strip()
            break
        signs = beside or agency_beside(inner) or re.fullmatch(r"[a-zäöü]{2,4}(?:/[a-z]{2,5})?", inner)
        if signs and not head[found.end() :].strip(" .,-–—"):
            # "(dpa/lby)"; "(ots)", "(pte)" are who passed it on, not who wrote it
            agency = agency_beside(inner)
            sure, head = True, head[: found.start()].strip()
            break
        if is_partial_date(inner):
            full = find_dates(inner)
            date, sure = full[0].date if full else None, True
            head = (head[: found.start()] + head[found.end() :]).strip()
            break
    head = head.strip(" -–—.")
    head, printed, dated = take_date(head)
    parts = [part.strip() for part in head.split(",")]
    if agency is None and len(parts) > 1 and names_agency(parts[-1]) and not is_region(parts[-1]):
        agency, sure = parts[-1], True
        head, printed_too, dated_too = take_date(", ".join(parts[:-1]).strip())
        printed, dated = printed or printed_too, dated or dated_too
    place = _BEFORE_DATE.sub("", head).strip(" ,،") if dated or date or printed else head.strip(" ,")
    if not place and agency:
        return Slug("", None, agency, byline, date or printed), True
    if not place or not could_be_place(place) or is_known_agency(place) or place.lower() in _SALUTATIONS or agency in _ROLES:
        return None  # "Sir, …", "ANN LEE, HOST: …"
    return Slug("", place, agency, byline, date or printed), sure or dated


# "Aug. 2 (UPI) -- …": the day and the agency, no place.
_DAY_AND_AGENCY = re.compile(r"(?P<day>[^\W\d_]{3,9}\.? \d{1,2}) \((?P<agency>[A-Za-z]{2,12})\)\s?[-–—]{1,2}\s?(?=\S)")
# "DULUTH, Minn., Oct. 14, 2021 /PRNewswire/ -- …"
_RELEASED = re.compile(
    r"(?P<head>[^/()]{2,90}?),?\s?[/(](?P<agency>(?:[A-Z]\w{1,12} ?)?\w{0,12}wire(?:\.com)?|Newsfile Corp\.?)"
    r"(?:[-‑ ][\w ]{2,20})?[/)]\s?[-–—]{1,2}\s?(?=\S)",
    re.IGNORECASE,
)


def _released_slug(text: str) -> Slug | None:
    found = _RELEASED.match(text)
    parsed = _parse_head(found["head"]) if found else None
    return Slug(text[found.end() :], parsed[0].place, found["agency"], None, parsed[0].date) if found and parsed else None


def _day_slug(text: str) -> Slug | None:
    found = _DAY_AND_AGENCY.match(text)
    dated = found is not None and is_partial_date(found["day"]) and is_agency(found["agency"])
    return Slug(text[found.end() :], agency=found["agency"]) if found and dated else None


def read_slug(text: str, speakers: bool = False) -> Slug | None:
    """The dateline and agency slug that `text` begins with; None if it begins with neither.

    `speakers` tells that paragraphs of the page begin with names in capitals, so that "SUVA: …" proves nothing.
    """
    return _read_slug(text, speakers, told_agencies())


@lru_cache(maxsize=64)  # asked for the same few paragraphs by one rule after another
def _read_slug(text: str, speakers: bool, told: tuple[str, ...]) -> Slug | None:
    slug = _find_slug(text, speakers)
    if slug and slug.place and _ABBREVIATED.search(f"{slug.place}.") and text.startswith(f"{slug.place}."):
        return Slug(slug.rest, f"{slug.place}.", slug.agency, slug.byline, slug.date)
    return slug


# "AGI - Ancona, 14 nov. - …", "ANSA - …"
_BARE_AGENCY = re.compile(r"([A-ZÀ-ÞА-Я]{2,6})\s[-–—]+\s(?=[«“\"]?[^\W_a-zß-ÿа-я])")


def _leading_agency(head: str) -> tuple[str | None, int]:
    """The agency that stands first, in brackets or bare, and where what follows begins."""
    lead = re.match(r"\(([^()]{2,30})\)\s*[-–—]+\s*", head)
    if lead and (is_agency(lead[1]) or _signs_town(lead[1], head[lead.end() :])):
        return lead[1], lead.end()
    bare = _BARE_AGENCY.match(head)
    return (bare[1], bare.end()) if bare and is_known_agency(bare[1]) else (None, 0)


def _find_slug(text: str, speakers: bool) -> Slug | None:
    slug = unspaced_slug(text) or agency_first_slug(text) or barred_slug(text) or numbered_slug(text) or danda_slug(text)
    slug = slug or paired_slug(text) or _released_slug(text) or _day_slug(text) or glued_slug(text)
    if slug:
        return slug
    head = text[:HEAD_LIMIT]
    slashed = _SLASHED.match(head)
    if slashed:
        parsed = _parse_head(slashed["head"])
        if parsed and parsed[0].place:
            return _with_rest(parsed[0], text[slashed.end() :], slashed["agency"].strip())
    first_agency, offset = _leading_agency(head)
    for found in list(_SEPARATOR.finditer(head, offset))[:4]:
        slug = _accept(text, head[offset : found.start()], found[0], text[found.end() :], first_agency, speakers)
        if slug:
            return slug
    for found in list(IN_PARENS.finditer(head))[:2]:
        if (is_agency(found[1]) or agency_beside(found[1])) and found.end() < len(text) - 10:
            parsed = _parse_head(head[: found.end()])
            dated = parsed is not None and bool(parsed[0].date) and ":" not in head[: found.start()]
            if parsed and parsed[0].place and (dated or not _goes_on(parsed[0].place, found[1], text[found.end() :])):
                return _with_rest(parsed[0], text[found.end() :].lstrip(" -–—.:।"))
    if first_agency:
        return Slug(text[offset:], None, first_agency)
    return filed_slug(text) or _stopped_slug(text) or _bare_slug(text)


_BARE = re.compile(
    r"(?P<place>[A-ZÀ-ÞŁŚŽČŠА-ЯЁ][A-ZÀ-ÞŁŚŽČŠА-ЯЁ'’-]{3,20}(?: [A-ZÀ-ÞА-ЯЁ][A-ZÀ-ÞА-ЯЁ'’-]{2,20}){0,2})\s+"
    r"(?=[«“\"„]?[A-ZÀ-ÞА-ЯЁ][a-zß-ÿа-яё'’]|[«“\"„]?[A-ZÀ]\s[a-zß-ÿ])"
)


def _bare_slug(text: str) -> Slug | None:
    """A town in capitals and a sentence, nothing between them: "TALLINN Le vote …"."""
    found = _BARE.match(text)
    if not found or len(text) - found.end() < 50 or not is_place(found["place"]):
        return None
    return Slug(text[found.end() :], found["place"])


_STOPPED = re.compile(r"(?P<place>[^\W\d_a-z][\w'’-]{2,24}(?: [^\W\d_a-z][\w'’-]{2,24})?)\.\s+(?=[\"“«„]?[^\W\d_a-z])")


def _stopped_slug(text: str) -> Slug | None:
    """A town, known or in capitals, a full stop and the text: "Ljubljana. A swarm of bees …"."""
    found = _STOPPED.match(text)
    if not found or len(text) - found.end() < 60 or lexicon().look(split_words(found["place"])).cover:
        return None
    capitals = in_capitals(found["place"]) and not text[found.end() : found.end() + 2].isupper()
    return Slug(text[found.end() :], found["place"]) if capitals or is_place(found["place"]) else None


PLACED_LINES = 60  # lines at a page's top that may name its town


def read_town(text: str, looks: Sequence[Look]) -> Slug | None:
    """A town that no list knows, a full stop and the text, if another of the page's first lines names it as a place, or
    if a second item of the page begins so: "Eppstett. Die …"."""
    bare = _BARE.match(text)  # "WORKUM Sinds de …"
    found = bare or _STOPPED.match(text)
    if not found or len(text) - found.end() < 60 or lexicon().look(split_words(found["place"])).cover:
        return None
    lines = [look.text for look in looks[:PLACED_LINES]]
    lines += [text[found.end() :][:200]] if bare else []
    name = re.escape(found["place"].title() if bare else found["place"])
    told = re.compile(rf"(?:^|[>›»/|,]\s?|\b(?:{AT})\s){name}(?:$|\s?[>›»/|,]|\.(?:\s|$)|\s[a-zß-ÿ])")
    alike = {i for i, line in enumerate(lines[1:], 1) if len(lines[i - 1]) < 90 and _NAME_WORDS.match(line) and len(line) >= 80}
    items = not bare and len(alike) >= 2 and bool(_NAME_WORDS.match(text)) and all(lines[i - 1][-1:].isalnum() for i in alike)
    named = items or any(told.search(line) for line in lines if line != text and len(line) <= 200)
    return Slug(text[found.end() :], found["place"]) if named else None


# "Eppstett. Die", "Bad Münder. Die", "Châteauneuf-du-Faou. Die"
_NAME_WORDS = re.compile(
    r"[^\W\d_a-z][a-zß-ÿ'’]{2,24}(?:-[^\W\d_][a-zß-ÿ'’]+){0,3}(?: [^\W\d_a-z][a-zß-ÿ'’]{2,24})?\.\s[^\W\d_a-z]"
)


def _goes_on(place: str, acronym: str, rest: str) -> bool:
    """True if `place` is the subject of the sentence that `rest` goes on with, and `acronym` its short name: "The World
    Health Organization (WHO) said". Behind an agency a sentence begins: with a capital, and in Japanese and Korean with no
    particle."""
    opening = rest.lstrip(" -–—.:\"'“‘«„(「")[:1]
    if opening.islower() or _PARTICLE.match(rest) or (_UNCASED.match(place) and len(place.split()) > 3):
        return True
    known = is_known_agency(acronym) or agency_beside(acronym)
    return not known and not (place.isupper() and (opening.isupper() or opening.isdigit()))


_PARTICLE = re.compile("[\u3041-\u309f\uac00-\ud7a3]")
_DASHED_DATE = re.compile(r"[^\W\d_]{3,9}\.? \d{1,2}, \d{4}\s?[-–—]{1,2}\s|\d{1,2} [^\W\d_]{3,9}\.? \d{4}\s?[-–—]{1,2}\s")


def _with_rest(slug: Slug, rest: str, agency: str | None = None) -> Slug:
    dated = _DASHED_DATE.match(rest)  # "CHUR – May 4, 2024 – The …"
    dates = find_dates(dated[0]) if dated else []
    if dated and dates:
        return Slug(rest[dated.end() :], slug.place, slug.agency or agency, slug.byline, slug.date or dates[0].date)
    writer = _WRITER_BEHIND.match(rest) if slug.agency and not slug.byline else None
    if writer:
        return Slug(rest[writer.end() :], slug.place, slug.agency, writer["who"], slug.date)
    return Slug(rest, slug.place, slug.agency or agency, slug.byline, slug.date)


# "TİFLİS (AA) - DERYA KIRIŞ - …": who wrote it, in capitals
_WRITER_BEHIND = re.compile(r"(?P<who>[^\W\d_a-z][^\W\d_a-zß-ÿ]+(?: [^\W\d_a-z][^\W\d_a-zß-ÿ]+){1,3}) [-–—] (?=\S)")
_UNCASED = re.compile("[\u0590-\u06ff\u0900-\u0eff\u10a0-\u10ff]")


def _is_short_place(head: str, separator: str, rest: str) -> bool:
    """True for one or two words before a dash in a script without capitals, running text behind it."""
    return (
        bool(_UNCASED.match(head))
        and len(head.split()) <= 2
        and len(head) <= (14 if ":" in separator else 20)
        and len(rest) >= 50
        and bool(_UNCASED.match(rest))
    )


def _opens_text(place: str, rest: str) -> bool:
    """True for a name of one or two words, none of them a page's, before a colon and a long sentence ("Kozhikode: A …")."""
    words = split_words(place)
    plain = 1 <= len(words) <= 2 and len(place) >= 4 and lexicon().look(words).cover == 0 and place.istitle()
    return plain and len(rest) >= 80 and rest[:1].isupper()


_INDIC = re.compile("[\u0900-\u0dff]")  # whose papers begin so


def _opens_uncased(place: str, rest: str) -> bool:
    """The same in a script without capitals: one word, the name of a place or one that the text says again."""
    known = is_place(place) or place in rest[:200] or bool(_INDIC.match(place))
    return (
        known
        and (" " not in place or is_place(place))
        and 3 <= len(place) <= 14
        and bool(_UNCASED.match(place))
        and len(rest) >= 60
    )


def _accept(text: str, head: str, separator: str, rest: str, agency: str | None, speakers: bool) -> Slug | None:
    if IN_PARENS.fullmatch(head) and not is_agency(head[1:-1]):
        return Slug(rest) if "-" in separator or "–" in separator else None  # the outlet's own sign: "(Harbour News) - …"
    signed = _signed_town(head)
    parsed = (signed, True) if signed else _parse_head(head, agency is not None)
    if not parsed or not (rest or parsed[1]):
        return None
    slug, sure = parsed
    if not sure and ":" not in separator and _is_sign(slug.place or ""):
        return Slug(rest, None, slug.place)  # "TTO - …"
    sure = sure or agency is not None
    capitals = bool(_UPPER_RUN.search(slug.place or "")) and (slug.place or "").upper() == slug.place
    if not _CASED.search(head) and not sure and not _is_short_place(head, separator, rest):
        return None
    opens = not (speakers or sure or capitals) and (
        _opens_text(slug.place or "", rest) or _opens_uncased(slug.place or "", rest)
    )
    if ":" in separator and opens:
        return _with_rest(slug, rest, agency)
    return _accept_plain(slug, head, separator, rest, agency, (sure, capitals, speakers))


# "РИА Север" behind a place and a day: an acronym, and what else an agency's name has.
_OWN_SIGN = re.compile(r"[A-ZА-ЯЁ]{2,6}(?: [A-ZА-ЯЁ][\w-]{2,20}){1,2}")


def _is_sign(place: str) -> bool:
    """True for an outlet's own acronym in a place's stead."""
    return bool(re.fullmatch(r"[A-Z]{3,4}", place)) and place not in STATES and not is_place(place)


def _accept_plain(
    slug: Slug, head: str, separator: str, rest: str, agency: str | None, told: tuple[bool, bool, bool]
) -> Slug | None:
    """A dateline that its form must speak for: `told` is whether it is sure, in capitals, on a page with speakers."""
    sure, capitals, speakers = told
    city = (slug.place or "").partition(",")[0]
    capitals = capitals or ("," in (slug.place or "") and len(city) > 3 and city.isupper())
    if ":" in separator and not sure and (not capitals or speakers or len(slug.place or "") < 3):
        return None
    if not sure and "kicker" in lexicon().look(split_words(head)).first:
        return None
    opening = rest.lstrip("\"'“‘«„(")[:1]
    if not sure and not capitals and _CASED.search(head) and not (opening.isupper() or opening.isdigit()):
        return None
    if slug.place and slug.agency and not capitals and opening.islower() and not is_known_agency(slug.agency):
        return None
    if not sure and not capitals and len([word for word in (slug.place or "").split() if not word.islower()]) > 3:
        return None
    named = re.match(r"([^.:]{2,40}?)(?:[.:]|\s[-–—])\s+", rest)
    signed = named is not None and (names_agency(named[1]) or (sure and bool(_OWN_SIGN.fullmatch(named[1]))))
    if named and agency is None and slug.agency is None and signed:
        return _with_rest(slug, rest[named.end() :], named[1])
    return _with_rest(slug, rest, agency)
